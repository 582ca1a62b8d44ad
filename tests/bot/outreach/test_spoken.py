"""What a loudspeaker reads out: everything in words, and nothing lost on the way."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.outreach.spoken import LARGEST, aloud, date, decimal, legal, letters, money, number, phone

DIGITS = {w: i for i, w in enumerate("không một hai ba bốn năm sáu bảy tám chín".split())}
DIGITS |= {"mốt": 1, "tư": 4, "lăm": 5}
SCALES = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}


def heard(words: str) -> int:
    """A listener who writes down the number that is read out."""
    total = group = last = 0
    for word in words.split():
        if word in SCALES:
            total, group, last = total + (group + last) * SCALES[word], 0, 0
        elif word == "trăm":
            group, last = last * 100, 0
        elif word == "mươi":
            group, last = group + last * 10, 0
        elif word == "mười":
            group += 10
        elif word != "linh":
            last = DIGITS[word]
    return total + group + last


@settings(max_examples=400)
@given(st.integers(0, 999_999_999))
def test_a_listener_hears_the_number_that_was_meant(value: int) -> None:
    assert heard(number(value)) == value


@settings(max_examples=100)
@given(st.integers(10**9, LARGEST))
def test_billions_are_read_too(value: int) -> None:
    assert heard(number(value)) == value


@given(st.integers(0, 999_999_999))
def test_money_is_heard_with_its_currency(value: int) -> None:
    assert money(value) == f"{number(value)} đồng"
    assert aloud(f"{value:,} đồng".replace(",", ".")) == money(value)


@pytest.mark.parametrize("value", [-1, LARGEST + 1])
def test_what_cannot_be_read_is_refused(value: int) -> None:
    with pytest.raises(ValueError):
        number(value)


@given(st.dates(dt.date(1945, 9, 2), dt.date(2099, 12, 31)))
def test_a_day_is_heard_as_it_was_written(day: dt.date) -> None:
    said = date(day)
    assert aloud(f"{day:%d/%m/%Y}") == aloud(f"ngày {day.day}/{day.month}/{day.year}") == said
    found = re.fullmatch(r"ngày (?:mùng )?(.+) tháng (.+) năm ((?:một|hai) nghìn.*)", said)
    assert found
    assert [heard(part) for part in found.groups()] == [day.day, day.month, day.year]


def test_the_first_ten_days_are_called_as_people_call_them() -> None:
    assert date(dt.date(2026, 4, 5)) == "ngày mùng năm tháng tư năm hai nghìn không trăm hai mươi sáu"
    assert date(dt.date(2026, 12, 21)).startswith("ngày hai mươi mốt tháng mười hai")


@given(st.text("0123456789", min_size=1, max_size=15))
def test_a_telephone_number_is_read_digit_by_digit(text: str) -> None:
    assert "".join(str(DIGITS[w]) for w in phone(text).replace(",", "").split()) == text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Gọi 1800 1096", "Gọi một tám không không, một không chín sáu"),
        ("gọi 115 hoặc 113", "gọi một một năm hoặc một một ba"),
        ("0912 345 678", "không chín một hai, ba bốn năm, sáu bảy tám"),
        ("có 115 phản ánh", "có một trăm mười lăm phản ánh"),
        ("8.000 đồng/bản", "tám nghìn đồng mỗi bản"),
        ("100.000đ", "một trăm nghìn đồng"),
        ("4,5%", "bốn phẩy năm phần trăm"),
        ("5-10 ngày", "năm đến mười ngày"),
        ("07:30–11:00", "bảy giờ ba mươi phút đến mười một giờ"),
        ("tháng 07/2026", "tháng bảy năm hai nghìn không trăm hai mươi sáu"),
        ("ngày 1/7", "ngày mùng một tháng bảy"),
        ("1/2 số tiền", "một phần hai số tiền"),
        ("mã 1.001193", "mã một chấm không không một một chín ba"),
        ("UBND xã, TP. Huế", "Ủy ban nhân dân xã, thành phố Huế"),
        ("mẫu CT01", "mẫu xê tê không một"),
        ("Điều 16a", "Điều mười sáu a"),
        ("nộp tại https://dichvucong.gov.vn/x", "nộp tại Cổng Dịch vụ công quốc gia"),
        ("trực 24/7", "trực suốt ngày đêm"),
    ],
)
def test_it_is_read_as_a_speaker_would(written: str, read: str) -> None:
    assert aloud(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Nghị định 61/2018/NĐ-CP", "Nghị định số sáu mươi mốt năm hai nghìn không trăm mười tám của Chính phủ"),
        ("61/2018/NĐ-CP", "Nghị định số sáu mươi mốt năm hai nghìn không trăm mười tám của Chính phủ"),
        ("Luật 60/2014/QH13", "Luật số sáu mươi năm hai nghìn không trăm mười bốn của Quốc hội khóa mười ba"),
        ("Quyết định số 3225/QĐ-BCA", "Quyết định số ba nghìn hai trăm hai mươi lăm của Bộ Công an"),
        ("Kế hoạch số 15/KH-UBND", "Kế hoạch số mười lăm của Ủy ban nhân dân"),
        (
            "12/2020/TTLT-BYT-BTC",
            "Thông tư liên tịch số mười hai năm hai nghìn không trăm hai mươi của Bộ Y tế và Bộ Tài chính",
        ),
        ("7/XY-ABC", "số bảy của a bê xê, ký hiệu ích i dài"),
    ],
)
def test_a_legal_document_is_called_by_its_name(written: str, read: str) -> None:
    assert aloud(written) == read


def test_a_number_alone_is_called_by_its_kind() -> None:
    assert legal("61/2018/NĐ-CP").startswith("Nghị định số")
    assert legal("61/2018/NĐ-CP", named=True).startswith("số")
    assert letters("GPLX") == "giê pê e lờ ích"
    assert decimal("007") == "không không bảy"


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_no_digit_is_ever_left_to_the_speaker(text: str) -> None:
    assert not re.search(r"\d", aloud(text))


WORDS = (
    *("Nghị định 61/2018/NĐ-CP", "ngày 5/4/2026", "mức 25.000 đồng/lần", "UBND", "gọi 113", "số CT01", "7,5%"),
    *("tại dichvucong.gov.vn", "1.001193", "(theo mẫu)", "“Tờ khai”", "24/7", "Sở KH&CN"),
)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_nothing_is_left_that_only_the_eye_understands(text: str) -> None:
    said = aloud(text)
    assert not re.search(r"[\d%/“”()&+]|(?<!\w)[A-ZĐ]{2,}(?!\w)", said)
    assert said == aloud(said)


def test_every_record_can_be_read_aloud(library) -> None:
    for p in library.procedures.values():
        for value in (p.name, p.fee, p.time, p.where, p.agency, *(d.name for d in p.documents)):
            assert not re.search(r"[\d%/“”()&+]|(?<!\w)[A-ZĐ]{2,7}(?!\w)", aloud(value)), (value, aloud(value))
