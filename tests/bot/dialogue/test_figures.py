"""Figures that are told, and the record's sentences that set a limit of the same kind."""

from __future__ import annotations

import pytest

from bot.dialogue import figures

RULES = (
    "Đóng từ đủ 15 năm trở lên.",
    "Đóng đủ 20 năm thì được nghỉ sớm.",
    "Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi.",
    "Doanh thu từ 1 tỷ đồng trở xuống thì không phải nộp thuế.",
    "Đã đăng ký trước ngày 1/1/2016.",
    "Hằng tháng phải thông báo về việc tìm việc.",
)


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        ("đóng được 14 năm", 0),
        ("đóng 180 tháng", 0),
        ("em chưa đủ 18", 2),
        ("anh ấy 19 tuổi", 2),
        ("doanh thu 200 triệu", 3),
        ("em sinh năm 2017", 4),
    ],
)
def test_the_nearest_limit_of_the_same_kind_comes_first(asked: str, rule: int) -> None:
    assert figures.limits(RULES, asked)[:1] == (RULES[rule],)


@pytest.mark.parametrize("asked", ["nhà 4 người", "mấy ngày có", "lúc 15 giờ", "2 bản", "ngày 1/1/2026"])
def test_what_is_no_figure_of_a_limit_finds_none(asked: str) -> None:
    assert figures.limits(RULES, asked) == ()


def test_a_remark_far_from_what_is_told_is_about_something_else() -> None:
    remark = ("Ở từ 30 ngày trở lên thì phải đăng ký tạm trú.",)
    assert figures.limits(remark, "ở 20 ngày", main=False) == remark
    assert figures.limits(remark, "ở 3 ngày", main=False) == ()


def test_every_month_is_told_in_other_words() -> None:
    assert figures.repeated(RULES, "mỗi tháng có phải lên không") == (RULES[5],)
    assert figures.repeated(RULES, "mỗi năm có phải lên không") == ()


def test_a_class_is_one_of_a_school() -> None:
    said = ("Dùng cho cả tiểu học, THCS.", "Trường THPT thuộc Sở.")
    assert figures.of_school(said, "con học lớp 3") == said[:1]
    assert figures.of_school(said, "con học lớp 11") == said[1:]
