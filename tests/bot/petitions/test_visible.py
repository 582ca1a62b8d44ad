from __future__ import annotations

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bot.petitions.visible import HIDDEN, Piece, deceives, pieces, spelt_out, without_hidden


@pytest.mark.parametrize("letter", HIDDEN)
def test_a_letter_that_is_not_seen_is_named(letter: str) -> None:
    assert pieces(f"tiền{letter}phạt") == (Piece("tiền"), Piece(HIDDEN[letter], "hidden"), Piece("phạt"))
    assert deceives(f"tiền{letter}phạt")


def test_a_turned_text_is_shown_in_the_order_in_which_it_was_written() -> None:
    shown = pieces("tệp \u202ejpg.exe")
    assert [p.trick for p in shown] == ["", "hidden", ""] and shown[2].shown == "jpg.exe"


def test_a_word_that_mixes_alphabets_is_marked_as_a_whole() -> None:
    assert pieces("trang p\u0430ypal thật") == (Piece("trang "), Piece("p\u0430ypal", "alike"), Piece(" thật"))


@pytest.mark.parametrize(
    "plain", ["Phường Bến Nghé, đường Nguyễn Huệ\nsố 5\t!", "Москва", "cả nhà 👨‍👩‍👧 vui", "ngày 2/9, 50% – “xong”", ""]
)
def test_plain_words_of_any_language_are_left_alone(plain: str) -> None:
    assert not deceives(plain)
    assert "".join(p.shown for p in pieces(plain)) == plain


def test_controls_without_a_name_are_shown_by_their_number() -> None:
    assert pieces("a\x07") == (Piece("a"), Piece("U+0007", "hidden"))


@given(st.text(max_size=80))
def test_nothing_but_what_is_hidden_is_lost(text: str) -> None:
    kept = without_hidden(text)
    assert not any(p.trick == "hidden" for p in pieces(kept)) or "\u200d" in kept
    rest = iter(text)
    assert all(letter in rest for letter in kept)


def test_spelt_out_a_trick_is_seen_where_nothing_can_be_marked() -> None:
    assert spelt_out("tệp \u202ejpg.exe của p\u0430ypal") == "tệp ⟦đảo chiều chữ⟧jpg.exe của p\u0430ypal⟦chữ lạ⟧"
    assert spelt_out("Phường Bến Nghé 👨‍👩‍👧") == "Phường Bến Nghé 👨‍👩‍👧"


@given(st.text(max_size=80))
def test_what_is_spelt_out_can_be_written_into_any_document(text: str) -> None:
    told = spelt_out(text)
    sheet = openpyxl.Workbook().active
    assert sheet is not None
    sheet["A1"] = told.replace("\r", "")
    etree.Element("x").text = told
    told.encode()
