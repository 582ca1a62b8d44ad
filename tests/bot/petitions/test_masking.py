"""The forms in which personal data is written in Vietnam; everyday ones: tests/bot/test_privacy.py."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.petitions.privacy import findings, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("gọi (024) 3825 1234 nhé", "gọi [điện thoại] nhé"),
        ("máy 024.38251234", "máy [điện thoại]"),
        ("84912345678", "[điện thoại]"),
        ("+84(0)912345678", "[điện thoại]"),
        ("sđt:0912345678", "sđt:[điện thoại]"),
        ("09 12 34 56 78", "[điện thoại]"),
        ("thẻ căn cước 001 099 012 345", "thẻ căn cước [số giấy tờ]"),
        ("hộ chiếu số C1234567", "hộ chiếu số [số giấy tờ]"),
        ("mã số bhxh 0123456789", "mã số bhxh [số bảo hiểm]"),
        ("thẻ BHYT DN4010112345678", "thẻ BHYT [số bảo hiểm]"),
        ("the GD 4 01 01 123 45678", "the [số bảo hiểm]"),
        ("tài khoản 0123456789 ngân hàng kia", "tài khoản [số tài khoản] ngân hàng kia"),
        ("viết về ten.toi (at) vi-du.vn", "viết về [email]"),
        ("xe 29A-123.45 chắn cổng", "xe [biển số xe] chắn cổng"),
        ("biển số 59X1 12345", "biển số [biển số xe]"),
        ("biển 30F12345", "biển [biển số xe]"),
        ("bien so 29-B1 123.45", "bien so [biển số xe]"),
        ("nhà tôi ở số 12 ngõ 5 đường Mẫu Đơn mất nước", "nhà tôi ở số [địa chỉ nhà] mất nước"),
        ("số nhà 12/3 hẻm 45", "số nhà [địa chỉ nhà]"),
        ("địa chỉ: số 7B phố Mẫu", "địa chỉ: số [địa chỉ nhà]"),
    ],
)
def test_each_form_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "từ 2019-2025 là 6 năm",
        "từ 7:30 đến 11:30 21-11-2026",
        "em sn 2012 chưa có căn cước",
        "tôi ở số 3 tháng nay",
        "tổ 5 khu 3, đường 19-5",
        "theo 12-QĐ/TW năm 2024",
        "hồ sơ H12.34-261121-0001",
        "thửa 123 tờ bản đồ 45",
        "nộp 1.500.000 đ, còn 250k",
        "quầy số 12, phòng 204",
        "Nghị quyết 66.7/2025/NQ-CP",
        "lớp 5A 2026",
    ],
)
def test_what_only_looks_like_it_is_kept(text: str) -> None:
    assert mask(text) == text


gaps = st.sampled_from(["", " ", ".", "-"])
around = st.tuples(
    st.sampled_from(["", "gọi ", "số của em: ", "“", "liên hệ\n"]), st.sampled_from(["", " nhé", ".", "”", "\nạ"])
)


def grouped(digits: str, gap: str, sizes: tuple[int, ...]) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(digits[at : at + size])
        at += size
    return gap.join(parts)


@given(st.from_regex(r"\A(?:0|\+84|84)[35789][0-9]{8}\Z"), gaps, around)
def test_no_digit_of_a_phone_is_left(digits: str, gap: str, words: tuple[str, str]) -> None:
    head = len(digits) - 6
    masked = mask(words[0] + grouped(digits, gap, (head, 3, 3)) + words[1])
    assert masked == f"{words[0]}[điện thoại]{words[1]}"


@given(st.from_regex(r"\A0[0-9]{2}[0-3][0-9]{8}\Z"), gaps, around)
def test_no_digit_of_an_identity_card_is_left(digits: str, gap: str, words: tuple[str, str]) -> None:
    masked = mask("căn cước " + words[0] + grouped(digits, gap, (3, 3, 3, 3)) + words[1])
    assert not re.search(r"\d", masked)


@given(
    st.integers(11, 99),
    st.from_regex(r"\A[A-HK-Z][0-9]?\Z"),
    st.from_regex(r"\A[0-9]{5}\Z"),
    st.sampled_from(["{p}{s}-{a}.{b}", "{p}{s} {a}{b}", "{p}-{s} {a}.{b}", "{p}{s}{a}{b}"]),
)
def test_no_plate_is_left_beside_a_vehicle(province: int, series: str, number: str, form: str) -> None:
    plate = form.format(p=province, s=series, a=number[:3], b=number[3:])
    assert mask(f"xe biển số {plate} đỗ chắn lối") == "xe biển số [biển số xe] đỗ chắn lối"


@given(st.text(max_size=200))
def test_masking_twice_masks_no_more(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


@given(st.text(alphabet="0123456789 .-/:+()aAxXđ@,\n", max_size=120))
def test_what_is_found_lies_in_order_and_apart(text: str) -> None:
    found = findings(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
