from __future__ import annotations

import pytest

from bot.petitions.openings import without_opening


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("tôi muốn phản ánh: cán bộ hẹn ba lần", "Cán bộ hẹn ba lần"),
        ("Em xin góp ý là quầy mở muộn quá", "Quầy mở muộn quá"),
        ("toi muon gui phan anh ve viec den duong hong", "Den duong hong"),
        ("Phản ánh: đèn đường hỏng lâu rồi", "Đèn đường hỏng lâu rồi"),
        ("tôi phản ánh kiến nghị, quầy số 2 đóng cửa sớm", "Quầy số 2 đóng cửa sớm"),
    ],
)
def test_what_only_announces_a_story_is_left_out(told: str, left: str) -> None:
    assert without_opening(told) == left


@pytest.mark.parametrize(
    "whole",
    [
        "Kiến nghị mở thêm quầy vào thứ bảy",
        "tôi muốn phản ánh",
        "tôi muốn phản ánh: xấu",
        "Cán bộ không nghe phản ánh",
        "",
    ],
)
def test_a_story_that_would_lose_its_meaning_stays_whole(whole: str) -> None:
    assert without_opening(whole) == whole
