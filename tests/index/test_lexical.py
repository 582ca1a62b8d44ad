from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import LENGTH_SHARE, SATURATION, build_lexicon, columns, open_lexicon
from index.vectors import IndexUnreadable

TEXTS = ["đăng ký khai sinh", "đăng ký khai tử", "cấp lại giấy phép lái xe", "giấy khai sinh bản sao"] + [
    f"thủ tục khác số {i}" for i in range(300)
]


def test_scores_are_those_of_the_bm25_formula() -> None:
    lexicon = build_lexicon([columns(t) for t in TEXTS])
    scores, _ = lexicon.scores("tử")
    lengths = [len(columns(t)) for t in TEXTS]
    relative = lengths[1] / (sum(lengths) / len(lengths))
    # "tử" stands once in one text, as a folded word and as a marked word: two columns
    rarity = math.log(1 + (len(TEXTS) - 1 + 0.5) / 1.5)
    expected = 2 * rarity * (1 + SATURATION) / (1 + SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * relative))
    assert scores[1] == pytest.approx(expected, rel=1e-4)
    assert scores[0] == 0


def test_a_text_without_marks_finds_the_one_with_marks() -> None:
    scores, limit = build_lexicon([columns(t) for t in TEXTS]).scores("khai sinh ban sao")
    assert int(np.argmax(scores)) == 3
    assert 0 < scores.max() <= limit


def test_right_marks_are_better_than_none_and_wrong_ones_worse() -> None:
    lexicon = build_lexicon([columns(t) for t in ["cấp thẻ", "cập thẻ", *TEXTS]])
    scores, _ = lexicon.scores("cấp thẻ")
    assert scores[0] > scores[1] > 0


def test_a_word_that_stands_everywhere_tells_nothing() -> None:
    scores, _ = build_lexicon([columns(t) for t in TEXTS]).scores("thủ tục khác")
    assert scores.max() == 0


@given(st.lists(st.text(max_size=30), max_size=12), st.text(max_size=40))
def test_any_texts_and_any_question_give_a_finite_score_each(texts: list[str], question: str) -> None:
    scores, limit = build_lexicon([columns(t) for t in texts]).scores(question)
    assert len(scores) == len(texts)
    assert np.isfinite(scores).all() and math.isfinite(limit)


def test_what_was_saved_scores_the_same(tmp_path: Path) -> None:
    lexicon = build_lexicon([columns(t) for t in TEXTS])
    lexicon.save(tmp_path / "l")
    assert np.array_equal(open_lexicon(tmp_path / "l").scores("khai sinh")[0], lexicon.scores("khai sinh")[0])


@pytest.mark.parametrize("name", ["rows.npy", "starts.npy", "count"])
def test_a_spoiled_or_missing_part_is_refused(tmp_path: Path, name: str) -> None:
    build_lexicon([columns(t) for t in TEXTS]).save(tmp_path)
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(IndexUnreadable):
        open_lexicon(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(IndexUnreadable):
        open_lexicon(tmp_path)
