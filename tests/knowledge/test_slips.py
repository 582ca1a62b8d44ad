"""Slips of the finger: what is mended, and what never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.vietnamese import expand, normalise, words
from knowledge.vietnamese.slips import Known, is_syllable

TEXTS = (
    "đăng ký khai sinh",
    "đăng ký tạm trú",
    "cấp thẻ căn cước",
    "lý lịch tư pháp",
    "rửa chén",
    "sinh viên",
    "vneid",
)
KNOWN = Known(TEXTS)
SOUNDS = st.sampled_from(
    "khai sinh tam tru can cuoc khia sihn trus cancuoc vneid nghiêng khuỷu quyển abcd xyzt".split()
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khai sihn", "khai sinh"),
        ("khai sinhh", "khai sinh"),
        ("lam cancuoc", "lam can cuoc"),
        ("dang ky tam trus", "dang ky tam tru"),
        ("sihn viên", "sinh viên"),
        ("dangw ky tam tru", "dang ky tam tru"),
    ],
)
def test_a_word_that_is_none_becomes_the_one_that_stands_beside_its_neighbour(typed: str, meant: str) -> None:
    assert KNOWN.mend(typed) == meant


@pytest.mark.parametrize(
    "text",
    ["khai sinh", "khai tính", "sihn", "krông pa", "rửa chén", "khuỷu tay", "nghiêng", "facebok", "1.001193 khai"],
)
def test_what_may_be_a_word_or_has_no_known_neighbour_is_left_as_it_is(text: str) -> None:
    assert KNOWN.mend(text) == text


@given(st.lists(SOUNDS, max_size=8).map(" ".join))
def test_mending_twice_changes_nothing_more(text: str) -> None:
    once = KNOWN.mend(text)
    assert KNOWN.mend(once) == once


@given(st.text(max_size=60))
def test_known_words_and_syllables_stay_whatever_stands_beside_them(text: str) -> None:
    clean = normalise(text)
    kept = [w for w in words(clean) if is_syllable(w)]
    after = words(KNOWN.mend(clean))
    assert all(w in after for w in kept)


def test_the_library_knows_its_own_asks(library) -> None:  # type: ignore[no-untyped-def]
    asks = [normalise(a) for p in library.procedures.values() for a in (p.name, *p.aliases, *p.asks)]
    known = Known(asks)
    assert [a for a in asks if known.mend(a) != a] == []
    assert known.mend(expand("lam giay khai sihn", library.language)) == "lam giay khai sinh"
