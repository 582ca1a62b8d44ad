from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.classifier import CELLS, ClassifierUnusable, open_classifier, pieces
from index.encoder import BUNDLED, open_encoder
from knowledge.library import Library

NAMES = ("aspects", "message_classes", "urgency")


@pytest.mark.parametrize("name", NAMES)
def test_every_text_gets_a_probability_for_every_label(library: Library, name: str) -> None:
    encoder = open_encoder()
    classifier = open_classifier(BUNDLED / f"{name}.npz", encoder)
    for text in ("", "phí bao nhiêu", "x" * 2000, "🙂"):
        found = classifier.probabilities(text, encoder.queries([text])[0], library.language)
        assert set(found) == set(classifier.labels)
        assert all(0 <= p <= 1 for p in found.values())
        assert not classifier.exclusive or sum(found.values()) == pytest.approx(1, abs=1e-4)


def test_what_was_learnt_is_still_known(library: Library) -> None:
    encoder = open_encoder()

    def best(name: str, text: str) -> str:
        found = open_classifier(BUNDLED / f"{name}.npz", encoder).probabilities(
            text, encoder.queries([text])[0], library.language
        )
        return max(found, key=lambda label: found[label])

    assert best("aspects", "làm cái này mất mấy ngày") == "thoi_han"
    assert best("message_classes", "cảm ơn bạn đã hướng dẫn tận tình") == "cam_on"
    assert best("urgency", "cứu với cháy nhà rồi") == "khan_cap"
    assert best("urgency", "đăng ký kết hôn cần giấy tờ gì") == "khong"


@pytest.mark.parametrize("name", NAMES)
def test_the_weights_are_small(name: str) -> None:
    assert (BUNDLED / f"{name}.npz").stat().st_size < 2_000_000


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(b"x")
    with pytest.raises(ClassifierUnusable, match="train_classifier"):
        open_classifier(tmp_path / "a.npz", open_encoder())


@settings(deadline=None)
@given(st.text(max_size=120))
def test_each_part_of_any_text_has_length_one_or_nothing(text: str) -> None:
    cells, values = pieces(text, np.ones(CELLS, np.float32))
    assert len(cells) == len(values)
    assert np.linalg.norm(values) <= np.sqrt(2) + 1e-4
