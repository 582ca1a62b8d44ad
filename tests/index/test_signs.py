from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.signs import OLDEST, SIGNS, SignedNames, ages_in

CARD_CHILD, CARD, LOST = "cap the can cuoc cho nguoi duoi 14 tuoi", "cap the can cuoc", "cap lai the can cuoc"
SHOP, COMPANY = "dang ky thanh lap ho kinh doanh", "dang ky thanh lap cong ty tnhh"
COPY, BIRTH, FOREIGN = "cap ban sao trich luc ho tich", "dang ky khai sinh", "dang ky ket hon co yeu to nuoc ngoai"
DEATH = "dang ky khai tu"
NAMES = (CARD_CHILD, CARD, LOST, SHOP, COMPANY, COPY, BIRTH, FOREIGN, DEATH)


def fit(question: str, name: str, sign: str) -> float:
    table = SignedNames(NAMES).fits(question, np.asarray([NAMES.index(name)]))
    return float(table[0, SIGNS.index(sign)])


@pytest.mark.parametrize(
    ("question", "name", "sign", "expected"),
    [
        ("be 5 tuoi lam can cuoc", CARD_CHILD, "age_fit", 1),
        ("nguoi 40 tuoi lam can cuoc", CARD_CHILD, "age_fit", -1),
        ("chau moi sinh", CARD_CHILD, "age_fit", 1),
        ("be 5 tuoi lam can cuoc", CARD, "age_fit", 0),
        ("mo quan com can giay gi", SHOP, "company_fit", 1),
        ("mo quan com can giay gi", COMPANY, "company_fit", -1),
        ("cong ty cua toi", COMPANY, "company_fit", 1),
        ("chau di tiem chung", SHOP, "company_fit", 0),
        ("lay chong han quoc", FOREIGN, "foreign_fit", 1),
        ("lay chong han quoc", BIRTH, "foreign_extra", 1),
        ("lam khai sinh cho con", FOREIGN, "foreign_extra", -1),
        ("giay to het han thi lam sao", FOREIGN, "foreign_fit", 0),
        ("bi mat the can cuoc", LOST, "again_fit", 1),
        ("bi mat the can cuoc", CARD, "again_fit", -1),
        ("lam the mat bao lau", LOST, "again_fit", 0),
        ("bo em vua mat", LOST, "again_fit", 0),
        ("bo em vua mat", DEATH, "died_fit", 1),
        ("bo em vua mat", BIRTH, "died_fit", -1),
        ("bo em mat the", DEATH, "died_fit", 0),
        ("xin trich luc", COPY, "copy_fit", 1),
        ("xin ban sao giay khai sinh", COPY, "copy_fit", 1),
        ("nop ban sao hay ban goc", COPY, "copy_fit", 0),
        ("lam khai sinh", COPY, "acts_extra", 1),
    ],
)
def test_a_sign_in_a_question_fits_a_name_or_not(question: str, name: str, sign: str, expected: float) -> None:
    assert fit(question, name, sign) == expected


@pytest.mark.parametrize(
    ("name", "ages"),
    [
        ("cho nguoi tu du 14 tuoi tro len", (14, OLDEST)),
        ("cho nguoi duoi 6 tuoi", (0, 6)),
        ("tu 6 tuoi den duoi 14 tuoi", (6, 14)),
        ("dang ky khai sinh", None),
    ],
)
def test_the_ages_that_a_name_is_for_are_read(name: str, ages: tuple[int, int] | None) -> None:
    assert ages_in(name) == ages


@given(st.text("abcdeghiklmnoptuvxy 0123456789,.?", max_size=80))
def test_whatever_is_asked_every_name_has_a_row_of_plain_numbers(question: str) -> None:
    table = SignedNames(NAMES).fits(question, np.arange(len(NAMES)))
    assert table.shape == (len(NAMES), len(SIGNS))
    assert np.isfinite(table).all()
    assert np.abs(table[:, :-1]).max() <= 1


def test_without_names_there_are_no_rows() -> None:
    assert SignedNames([]).fits("be 5 tuoi", np.zeros(0, np.int64)).shape == (0, len(SIGNS))
