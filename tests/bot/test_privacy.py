from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.petitions.privacy import Personal, findings, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("gọi tôi 0912 345 678 nhé", "gọi tôi [điện thoại] nhé"),
        ("sdt 0912.345.678", "sdt [điện thoại]"),
        ("+84 912-345-678", "[điện thoại]"),
        ("CCCD 001099012345 của tôi", "CCCD [số giấy tờ] của tôi"),
        ("cmnd cũ 012345678.", "cmnd cũ [số giấy tờ]."),
        ("sổ bhxh 7912345678", "sổ bhxh [số bảo hiểm]"),
        ("chuyển vào tài khoản 0011 2233 4455 của anh ta", "chuyển vào tài khoản [số tài khoản] của anh ta"),
        ("stk 19031234567890 techcombank", "stk [số tài khoản] techcombank"),
        ("mail a.b+c@vi-du.com.vn trả lời", "mail [email] trả lời"),
        (f"mail {'rat-dai.' * 20}ten@vi-du.vn", "mail [email]"),
        ("a @ b.vn hay c(at)d.vn", "[email] hay [email]"),
        ("mã OTP là 482913", "mã OTP là [mã xác thực]"),
    ],
)
def test_personal_data_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "phạt 7.500.000 đồng",
        "nộp 12000000đ",
        "hẹn ngày 05/10/2026, nay 20-11-2026",
        "mã H00.01-250000-0001 trễ hẹn",
        "thủ tục 1.001193 và 2.002913",
        "theo Nghị định 63/2024/NĐ-CP",
        "gọi 1022, 113, 1900 9068 hay 18001096 đều không được",
        "đất 200m2 giá 2,5 tỷ",
        "PA-2026-000123-K",
        "năm 2026 có 365 ngày",
    ],
)
def test_what_is_not_personal_is_kept(text: str) -> None:
    assert mask(text) == text


@given(st.text(max_size=200))
def test_masking_any_text_leaves_nothing_to_find(text: str) -> None:
    masked = mask(text)
    assert not [f for f in findings(masked) if f.kind in (Personal.EMAIL, Personal.PHONE)]


@given(st.from_regex(r"\A0[35789][0-9]{8}\Z"), st.sampled_from(["", " ", ".", "-"]))
def test_a_phone_is_masked_however_it_is_grouped(digits: str, gap: str) -> None:
    written = gap.join((digits[:4], digits[4:7], digits[7:]))
    assert mask(f"số {written} ạ") == "số [điện thoại] ạ"


def test_the_development_messages_are_masked_and_kept_as_asked(shared: Path) -> None:
    for line in (shared / "eval/triage.dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        masked = mask(row["text"])
        assert not [x for x in row["must_mask"] if x in masked], row["text"]
        assert not [x for x in row["must_keep"] if x not in masked], row["text"]
