"""One contract for every encoder: the bundled one read plainly, and the same folder through sentence-transformers."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from ground import WordEncoder
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoder import BUNDLED, Encoder, EncoderUnusable, SentenceEncoder, StaticEncoder, open_encoder

TEXTS = ["đăng ký khai sinh", "dang ky khai sinh", "", "🙂", "a" * 3000, "1.001193"]


@pytest.fixture(scope="module", params=["words", "bundled", "sentence-transformers"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    if request.param == "words":
        return WordEncoder()
    return open_encoder() if request.param == "bundled" else SentenceEncoder(str(BUNDLED))


def test_every_text_becomes_one_unit_vector_or_nothing(encoder: Encoder) -> None:
    for vectors in (encoder.queries(TEXTS), encoder.passages(TEXTS)):
        assert vectors.shape == (len(TEXTS), encoder.card.dimension)
        lengths = np.linalg.norm(vectors, axis=1)
        assert np.all((np.abs(lengths - 1) < 1e-3) | (lengths < 1e-6))


def test_no_texts_become_no_vectors(encoder: Encoder) -> None:
    assert encoder.queries([]).shape == (0, encoder.card.dimension)


def test_a_text_is_encoded_alike_alone_and_among_others(encoder: Encoder) -> None:
    assert np.allclose(encoder.queries(TEXTS)[0], encoder.queries(TEXTS[:1])[0], atol=1e-3)


def test_the_plain_reader_gives_what_sentence_transformers_gives() -> None:
    ours, theirs = StaticEncoder(BUNDLED).queries(TEXTS[:2]), SentenceEncoder(str(BUNDLED)).queries(TEXTS[:2])
    assert np.allclose(ours, theirs, atol=5e-3)


def test_marks_or_none_a_text_stays_near_itself() -> None:
    with_marks, without, other = StaticEncoder(BUNDLED).queries(
        ["đăng ký kết hôn", "dang ky ket hon", "đổi bằng lái xe"]
    )
    assert with_marks @ without > 0.6 > with_marks @ other


def test_the_bundled_model_is_small_enough_to_be_carried() -> None:
    assert sum(f.stat().st_size for f in BUNDLED.iterdir()) < 15_000_000


@pytest.mark.parametrize("part", ["model.safetensors", "tokenizer.json"])
def test_a_damaged_model_is_refused_with_one_line_that_names_it(tmp_path: Path, part: str) -> None:
    folder = shutil.copytree(BUNDLED, tmp_path / "model")
    (folder / part).write_bytes(b"x" * 100)
    with pytest.raises(EncoderUnusable, match="model"):
        StaticEncoder(folder)


def test_a_model_that_is_not_there_is_refused_without_going_to_any_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EncoderUnusable, match="ENCODER=khong/co"):
        open_encoder("khong/co")


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300))
def test_any_text_has_a_finite_vector(text: str) -> None:
    assert np.isfinite(_bundled().queries([text])).all()


_opened: list[StaticEncoder] = []


def _bundled() -> StaticEncoder:
    if not _opened:
        _opened.append(StaticEncoder(BUNDLED))
    return _opened[0]
