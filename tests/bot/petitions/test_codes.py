from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.petitions.codes import code_of, complete


def test_a_code_with_a_wrong_letter_is_no_code() -> None:
    whole = code_of(2026, 123)
    assert complete(whole) == complete(whole[:-2]) == complete(whole.lower()) == whole
    wrong = "A" if whole[-1] != "A" else "B"
    assert complete(whole[:-1] + wrong) == complete("PA-26-1") == complete("") == ""


@given(st.integers(2000, 2100), st.integers(1, 999_999), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(year: int, number: int, at: int, more: int) -> None:
    whole = code_of(year, number)
    places = [i for i, c in enumerate(whole) if c.isdigit()]
    i = places[at]
    other = str((int(whole[i]) + more) % 10)
    assert complete(whole[:i] + other + whole[i + 1 :]) == ""
