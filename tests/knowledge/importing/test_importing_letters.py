from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.importing.letters import bulletless, clean, legacy_font, oddities, plain, published


@pytest.mark.parametrize("empty", ["", "  ", "Không có thông tin", "KHÔNG CÓ THÔNG TIN.", "--", "N/A", None])
def test_what_says_that_nothing_is_said_is_absent(empty: str | None) -> None:
    assert published(empty) == ""


def test_none_is_a_statement_and_stays() -> None:
    assert published("Không") == "Không"


def test_decomposed_marks_and_stray_characters_are_mended_and_reported() -> None:
    text = unicodedata.normalize("NFD", "Đường\x07 phố")
    assert clean(text) == "Đường phố"
    assert oddities(text) == ["ký tự điều khiển lạ", "dấu tách rời (NFD)"]
    assert oddities("Đường phố") == []


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("Thñ tôc cÊp giÊy phÐp x©y dùng nhµ ë riªng lÎ", "TCVN3"),
        ("Thuû tuïc caáp giaáy pheùp xaây döïng nhaø ôû rieâng leû", "VNI"),
        ("Thủ tục cấp giấy phép xây dựng nhà ở riêng lẻ", ""),
        ("Cấp phép phần mềm Windows® của hãng ©Microsoft cho ông Muñoz", ""),
        ("Application form 2026", ""),
    ],
)
def test_fonts_from_before_unicode_are_recognised_and_unicode_is_not_blamed(text: str, font: str) -> None:
    assert legacy_font(text) == font


def test_headings_are_compared_without_marks_and_bullets() -> None:
    assert plain("  Cơ quan\nthực hiện ") == "co quan thuc hien"
    assert bulletless("- * **Đơn đề nghị**") == "Đơn đề nghị"
