"""A petition from a citizen's first word to the officer's answer, over Telegram alone."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.telegram_chat.test_conversations import picture
from tests.telegram.double import Double
from tests.telegram.process import Bot

OFFICER, ADMIN, STRANGER = 601, 701, 801
_PEOPLE = itertools.count(5000)
AUTHORITY = "UBND xã Hòa Bình"
CODE = re.compile(r"PA-\d{4}-\d{6}-[A-Z]")


@pytest.fixture(scope="module")
def office(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot with an authority, an admin and an officer; every test has citizens of its own."""
    with Double() as double, Bot(double, tmp_path_factory.mktemp("var"), index, AUTHORITY_NAME=AUTHORITY) as bot:
        bot.command("unit", "add", "mot-cua", "Bộ phận Một cửa")
        join(bot, ADMIN, "--role", "admin")
        join(bot, OFFICER, "--role", "can_bo", "--unit", "mot-cua")
        yield bot


@pytest.fixture
def double(office: Bot) -> Double:
    return office.double


@pytest.fixture
def citizen() -> int:
    return next(_PEOPLE)


def join(bot: Bot, chat: int, *arguments: str) -> str:
    """A person becomes an officer by the link that the machine made."""
    token = re.findall(r"[\w-]{20,}", bot.command("invite", *arguments))[-1].removeprefix("moi_")
    bot.double.chat(chat, f"Người {chat}")
    return bot.double.reply(chat, f"/start moi_{token}")


def file_petition(double: Double, chat: int, words: str = "cán bộ một cửa nạt nộ tôi khi nộp hồ sơ") -> str:
    """Up to the code, by words and buttons as people do it."""
    double.chat(chat)
    said = double.reply(chat, f"/gopy {words}")
    for _ in range(8):
        if "gửi nhé" in said:
            said = double.pressed(chat, "Gửi")
            break
        said = double.pressed(chat, "Bỏ qua") if "Bỏ qua" in double.buttons(chat) else double.pressed(chat, "Không nêu")
    found = CODE.search(said)
    assert found, said
    return found[0]


def test_a_petition_is_filed_taken_asked_back_answered_and_rated(double: Double, office: Bot, citizen: int) -> None:
    code = file_petition(double, citizen)
    assert "Người dân" not in double.reply(STRANGER, f"/tracuu {code}")
    assert code in double.reply(OFFICER, "/viec", has="đang mở")
    shown = double.pressed(OFFICER, code, has="Người dân viết")
    assert "nạt nộ" in shown
    double.pressed(OFFICER, "Nhận xử lý")
    double.wait(lambda: any("tiếp nhận" in t for t in double.texts(citizen)))
    double.pressed(OFFICER, "Xem")
    double.pressed(OFFICER, "Hỏi thêm")
    double.reply(OFFICER, "Anh chị cho biết việc xảy ra ở quầy số mấy?")
    double.pressed(OFFICER, "Gửi")
    double.wait(lambda: any("quầy số mấy" in t for t in double.texts(citizen)))
    double.reply(citizen, "ở quầy số 3 sáng thứ hai")
    if "Gửi" in " ".join(double.buttons(citizen)):
        double.pressed(citizen, "Gửi")
    double.wait(lambda: any(code in t and "bổ sung" in t.lower() for t in double.texts(OFFICER)))
    double.reply(OFFICER, "/cuatoi", has="Việc của tôi")
    assert "quầy số 3" in double.pressed(OFFICER, code, has="Người dân viết")
    double.pressed(OFFICER, "Trả lời")
    double.reply(OFFICER, "Đã nhắc nhở cán bộ, xin lỗi anh chị.")
    double.pressed(OFFICER, "Gửi")
    double.wait(lambda: any("Đã nhắc nhở cán bộ" in t for t in double.texts(citizen)))
    assert len(double.buttons(citizen)) >= 5
    double.press(citizen, double.buttons(citizen)[0])
    double.wait(lambda: "ảm ơn" in double.texts(citizen)[-1] or "ghi" in double.texts(citizen)[-1])
    assert sum("Đã nhắc nhở cán bộ" in t for t in double.texts(citizen)) == 1
    assert not double.refusals


def test_a_long_answer_comes_in_parts_and_one_that_arrived_does_not_come_again(
    double: Double, office: Bot, citizen: int
) -> None:
    code = file_petition(double, citizen)
    double.reply(OFFICER, f"/tim {code}", has="Tìm “")
    double.pressed(OFFICER, code, has="Người dân viết")
    double.pressed(OFFICER, "Nhận xử lý")
    double.wait(lambda: any("tiếp nhận" in t for t in double.texts(citizen)))
    double.pressed(OFFICER, "Trả lời")
    answer = "Mở đầu. " + "Đã xem từng việc một. " * 184 + "Lời cuối."
    double.reply(OFFICER, answer, has="Lời cuối")
    time.sleep(1.1)
    double.limits = (0, 1)  # the second message of a second is refused, after the first has arrived
    try:
        double.press(OFFICER, "Gửi")
        double.wait(lambda: any("Lời cuối" in t for t in double.texts(citizen)), 60)
    finally:
        double.limits = (0, 0)
    told = double.texts(citizen)
    assert sum("Mở đầu" in t for t in told) == sum("Lời cuối" in t for t in told) == 1
    assert any("retry after" in why for _, why in double.refusals)
    double.refusals.clear()


def test_photos_and_a_place_go_with_the_petition(double: Double, office: Bot, citizen: int) -> None:
    double.chat(citizen)
    double.reply(citizen, "/gopy đường trước nhà văn hóa thôn bị sạt lở mấy tháng nay")
    before = len(double.chats[citizen].from_bot)
    double.photo(citizen, picture(), "ảnh chỗ sạt")
    double.wait(lambda: len(double.chats[citizen].from_bot) > before)
    before = len(double.chats[citizen].from_bot)
    double.send(citizen, {"location": {"latitude": 22.66, "longitude": 106.25}})
    double.wait(lambda: len(double.chats[citizen].from_bot) > before)
    for _ in range(8):
        if "Gửi" in double.buttons(citizen):
            break
        double.pressed(citizen, "Bỏ qua" if "Bỏ qua" in double.buttons(citizen) else "Không nêu")
    code = CODE.search(double.pressed(citizen, "Gửi"))
    assert code
    double.reply(OFFICER, "/viec", has="đang mở")
    assert "1 tệp" in double.pressed(OFFICER, code[0], has="Người dân viết")
    double.press(OFFICER, "Xem tệp")
    double.wait(lambda: any("document" in m for m in double.chats[OFFICER].from_bot))


def test_a_restart_in_the_middle_of_a_petition_forgets_nothing(double: Double, office: Bot, citizen: int) -> None:
    double.chat(citizen)
    double.reply(citizen, "/gopy rác đổ đầy đường trước chợ không ai dọn")
    office.stop()
    double.say(citizen, "ở chợ xã Hòa Bình")
    office.start()
    double.wait(lambda: len(double.chats[citizen].from_bot) >= 2)
    for _ in range(8):
        if "Gửi" in double.buttons(citizen):
            break
        double.pressed(citizen, "Bỏ qua" if "Bỏ qua" in double.buttons(citizen) else "Không nêu")
    read_back = double.texts(citizen)[-1]
    assert "rác đổ đầy đường" in read_back
    assert "chợ xã Hòa Bình" in read_back


def test_a_used_link_is_dead_and_officers_commands_are_hidden(double: Double, office: Bot) -> None:
    token = re.findall(r"[\w-]{20,}", office.command("invite", "--role", "can_bo", "--unit", "mot-cua"))[-1]
    token = token.removeprefix("moi_")
    double.chat(STRANGER)
    assert "cán bộ" in double.reply(STRANGER, f"/start moi_{token}")
    double.chat(STRANGER + 1)
    assert "đã dùng" in double.reply(STRANGER + 1, f"/start moi_{token}")
    assert "/help" in double.reply(STRANGER + 1, "/viec")


def test_a_refusal_says_where_to_go(double: Double, office: Bot, citizen: int) -> None:
    code = file_petition(double, citizen, "tôi muốn phản ánh bên điện lực cắt điện không báo trước")
    double.reply(OFFICER, "/viec", has="đang mở")
    double.pressed(OFFICER, code, has="Người dân viết")
    double.pressed(OFFICER, "Việc khác")
    double.pressed(OFFICER, "Từ chối")
    double.pressed(OFFICER, double.buttons(OFFICER)[6])
    double.pressed(OFFICER, "Gửi")
    double.wait(lambda: any(code in t and "pakn.dichvucong.gov.vn" in t for t in double.texts(citizen)))


def test_the_officers_group_gets_a_notice_without_the_citizens_words(double: Double, office: Bot, citizen: int) -> None:
    group = -100500
    double.chat(group, "Tổ một cửa", "supergroup")
    double.say(group, "/nhomcanbo", sender=ADMIN)
    double.wait(lambda: double.texts(group))
    code = file_petition(double, citizen)
    double.wait(lambda: any(code in t for t in double.texts(group)))
    assert not any("nạt nộ" in t for t in double.texts(group))
    double.press(group, "Xem", sender=OFFICER)
    double.wait(lambda: any("nạt nộ" in t for t in double.texts(OFFICER)))
    assert not any("nạt nộ" in t for t in double.texts(group))


def test_whoever_files_may_withdraw_and_erase(double: Double, office: Bot, citizen: int) -> None:
    code = file_petition(double, citizen)
    said = double.reply(citizen, f"/tracuu {code}")
    assert code in said
    double.pressed(citizen, "Rút")
    double.press(citizen, double.buttons(citizen)[0])
    double.wait(lambda: any("rút" in t.lower() for t in double.texts(citizen)[-2:]))
    double.reply(citizen, "/xoadulieu")
    double.press(citizen, double.buttons(citizen)[0])
    double.wait(lambda: "xóa" in double.texts(citizen)[-1])


def test_a_lead_gives_it_to_an_officer_and_puts_it_into_another_kind(double: Double, office: Bot, citizen: int) -> None:
    lead = 650
    join(office, lead, "--role", "lanh_dao", "--unit", "mot-cua")
    code = file_petition(double, citizen)
    double.reply(lead, f"/tim {code}", has="Tìm “")
    double.pressed(lead, code, has="Người dân viết")
    double.pressed(lead, "Việc khác")
    double.pressed(lead, "Giao việc")
    double.pressed(lead, f"Người {OFFICER}", has="Đã giao")
    double.wait(lambda: any(f"{code} được giao" in t for t in double.texts(OFFICER)))
    double.pressed(lead, "Xem", has="Người dân viết")
    double.pressed(lead, "Việc khác")
    double.pressed(lead, "Phân loại lại")
    double.pressed(lead, "Kiến nghị", has="Xong")
    assert "kiến nghị, góp ý" in double.pressed(lead, "Xem", has="Người dân viết")
    double.reply(OFFICER, f"/tim {code}", has="Tìm “")
    double.pressed(OFFICER, code, has="Người dân viết")
    double.pressed(OFFICER, "Việc khác")
    assert "Giao việc" not in double.buttons(OFFICER)


def test_the_queue_is_filtered_in_the_same_message(double: Double, office: Bot, citizen: int) -> None:
    code = file_petition(double, citizen, "thang máy ở trụ sở xã hỏng, người già không lên được")
    double.reply(OFFICER, "/viec", has="đang mở")
    before = len(double.chats[OFFICER].from_bot)
    double.pressed(OFFICER, "Chưa nhận", has="Chưa có người nhận")
    assert len(double.chats[OFFICER].from_bot) == before
    assert code in double.reply(OFFICER, "/tim thang máy", has="Tìm “thang máy”")
    assert "Không có phiếu nào" in double.reply(OFFICER, "/tim xyzabc không có", has="Tìm")
