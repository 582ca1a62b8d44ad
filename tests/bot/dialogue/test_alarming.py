"""Amid a topic: who is in danger always hears whom to call first; who tells of an illness, an age or a death does not
hear an alarm."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.build import make_desk
from bot.desk.desk import Desk
from bot.dialogue.message import Behavior, Message
from bot.settings import Settings

TOPICS = ("đăng ký tạm trú", "xin trợ cấp xã hội cho bà")
STORIES = (
    "bà yếu lắm rồi",
    "ông nội mất lâu rồi",
    "cháu mồ côi cả cha lẫn mẹ",
    "con em 16 tuổi",
    "cháu 17 tuổi rồi",
    "cha đang ở tù",
    "mẹ mất khi sinh",
    "chồng em bỏ đi rồi",
    "vợ em bỏ nhà đi",
    "em ở với bà ngoại",
    "bố đang hưởng lương hưu",
    "ba mẹ mất hết rồi",
    "em lớn tuổi rồi",
    "con em bị dị tật",
    "con em nó học lớp 5 rồi",
    "mẹ bị ung thư",
    "em đang thất nghiệp",
    "em bị câm điếc",
    "me em khong di duoc",
    "bo em dang benh nang",
    "co phai cho be di theo k",
    "em đang mang bầu",
)
CRIES = (
    "nhà em đang cháy",
    "có kẻ lạ đang cạy cửa nhà em",
    "ba em gục xuống rồi, không cử động",
    "bà nội thở không nổi nữa",
    "nước vô tới giường rồi, không ra được",
    "ổng đang lôi vợ ra sân",
    "nó rượt em nãy giờ",
    "thằng kia đang bóp cổ vợ nó",
    "chồng tôi say rồi đang đuổi mẹ con tôi",
    "em không muốn sống nữa",
    "có ai cứu em với",
    "cuu em voi",
    "nguy rồi, nó tới rồi",
    "con em tím tái rồi",
    "mẹ em uống nhầm thuốc rầy",
    "gọi ai bây giờ, ba em lạnh ngắt rồi",
    "có người lạ cạy cửa làm sao",
    "bé nuốt đồng xu phải làm sao",
    "nha bi ngap sau qua goi ai",
    "be nuot dong xu lam sao",
    "con em sốt co giật làm sao",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Desk:
    root = tmp_path_factory.mktemp("alarming")
    return make_desk(Settings(index_dir=index), lambda: dt.date(2026, 11, 21), root / "alarming.db")


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("text", STORIES)
def test_a_story_amid_a_topic_is_no_alarm(topic: str, text: str, desk: Desk) -> None:
    desk.answer(f"{topic}:{text}", Message(topic), "test")
    reply = desk.answer(f"{topic}:{text}", Message(text), "test")
    assert reply.behavior is not Behavior.EMERGENCY and "GỌI NGAY" not in reply.text, reply.text


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("text", CRIES)
def test_a_cry_amid_a_topic_has_the_number_in_its_first_line(topic: str, text: str, desk: Desk) -> None:
    desk.answer(f"{topic}:{text}", Message(topic), "test")
    reply = desk.answer(f"{topic}:{text}", Message(text), "test")
    assert any(number in reply.text.splitlines()[0] for number in ("113", "114", "115", "112", "111")), reply.text
