"""Albums, sound, captions, edits; groups that become supergroups; people who have stopped the bot."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.bot.telegram_chat.test_petitions import ADMIN, AUTHORITY, CODE, OFFICER, file_petition, join
from tests.telegram.double import Double
from tests.telegram.process import Bot

CITIZEN = 4000


@pytest.fixture(scope="module")
def office(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with (
        Double() as double,
        Bot(
            double,
            tmp_path_factory.mktemp("var"),
            index,
            AUTHORITY_NAME=AUTHORITY,
            PUBLIC_URL="https://motcua.hoabinh.example",
        ) as bot,
    ):
        bot.command("unit", "add", "mot-cua", "Bộ phận Một cửa")
        join(bot, ADMIN, "--role", "admin")
        join(bot, OFFICER, "--role", "can_bo", "--unit", "mot-cua")
        yield bot


@pytest.fixture
def double(office: Bot) -> Double:
    return office.double


@pytest.fixture
def citizen(double: Double) -> int:
    return max((*double.chats, CITIZEN)) + 1


def picture(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (shade, 30, 30)).save(out, "JPEG")
    return out.getvalue()


def sent(double: Double, chat: int, seconds: float = 2.5) -> int:
    """How many messages the chat holds once nothing more comes."""
    time.sleep(seconds)
    return len(double.chats[chat].from_bot)


def test_an_album_is_answered_once_and_all_of_it_goes_with_the_petition(double: Double, citizen: int) -> None:
    double.reply(citizen, "/gopy đường trước nhà văn hóa thôn bị sạt lở mấy tháng nay")
    before = len(double.chats[citizen].from_bot)
    double.album(citizen, [picture(n) for n in (10, 90, 170, 250)])
    double.wait(lambda: "4 tệp" in double.texts(citizen)[-1])
    assert sent(double, citizen) == before + 1


def test_an_album_whose_caption_is_a_petition_begins_one(double: Double, citizen: int) -> None:
    double.chat(citizen)
    double.album(citizen, [picture(n) for n in (20, 100)], "/gopy đèn đường trước chợ hỏng cả tháng không ai sửa")
    double.wait(lambda: any("2 tệp" in t for t in double.texts(citizen)))
    assert sent(double, citizen) == 1
    assert "Ở đâu" in double.texts(citizen)[-1] or "ở đâu" in double.texts(citizen)[-1]


def test_an_album_without_a_petition_is_declined_once(double: Double, citizen: int) -> None:
    double.chat(citizen)
    double.album(citizen, [picture(n) for n in (30, 60, 120)])
    double.wait(lambda: any("chữ trong ảnh" in t for t in double.texts(citizen)))
    assert sent(double, citizen) == 1


def test_a_voice_message_goes_with_the_petition_that_is_being_written(double: Double, citizen: int) -> None:
    double.reply(citizen, "/gopy loa phường mở to lúc năm giờ sáng ai cũng mất ngủ")
    before = len(double.chats[citizen].from_bot)
    double.voice(citizen, b"OggS" + bytes(300))
    double.wait(lambda: len(double.chats[citizen].from_bot) > before)
    assert "chưa nghe được" not in double.texts(citizen)[-1]


def test_an_edit_is_no_answer_to_the_next_question_of_a_form(double: Double, citizen: int) -> None:
    double.reply(citizen, "/gopy rác đổ đầy đường không ai dọn")
    asked = double.texts(citizen)[-1]
    last = max(n for n, m in double.chats[citizen].messages.items() if not m["from"]["is_bot"])
    double.edit(citizen, last, "/gopy rác đổ đầy đường cả tuần không ai dọn")
    double.wait(lambda: "Sửa lại" in double.texts(citizen)[-1])
    assert "phiếu vẫn ghi lời cũ" in double.texts(citizen)[-1] and asked


def test_a_service_message_gets_no_answer(double: Double, citizen: int) -> None:
    double.chat(citizen)
    double.send(citizen, {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}})
    assert "Một Cửa" in double.reply(citizen, "/start")
    assert len(double.chats[citizen].from_bot) == 1


def test_consent_leads_to_the_public_page(double: Double, citizen: int) -> None:
    assert "https://motcua.hoabinh.example/quyen-rieng-tu" in double.reply(citizen, "/start")


def test_officers_see_their_commands_and_citizens_do_not(double: Double, citizen: int) -> None:
    scope = json.dumps({"type": "chat", "chat_id": OFFICER}, sort_keys=True)
    double.wait(lambda: scope in double.commands)
    assert {"viec", "tim", "gopy"} <= {c["command"] for c in double.commands[scope]}
    assert "noidung" not in {c["command"] for c in double.commands[scope]}
    everyone = [c["command"] for k, v in double.commands.items() if '"chat"' not in k for c in v]
    assert "viec" not in everyone


def test_who_has_stopped_the_bot_is_left_alone_and_told_again_once_back(double: Double, citizen: int) -> None:
    code = file_petition(double, citizen)
    double.block(citizen)
    time.sleep(1)
    double.reply(OFFICER, f"/tim {code}", has="Tìm “")
    double.pressed(OFFICER, code, has="Người dân viết")
    double.pressed(OFFICER, "Nhận xử lý", has="Xong")
    time.sleep(1.5)
    asked = [f for _, method, f in double.requests if method == "sendMessage" and str(f.get("chat_id")) == str(citizen)]
    assert not any("tiếp nhận" in f["text"] and code in f["text"] and "Hạn tiếp nhận" not in f["text"] for f in asked)
    double.unblock(citizen)
    double.wait(lambda: "Một Cửa" in double.texts(citizen)[-1])
    double.pressed(OFFICER, "Trả lời")
    double.reply(OFFICER, "Chúng tôi đã nhắc nhở và xin lỗi.")
    double.pressed(OFFICER, "Gửi", has="Xong")
    double.wait(lambda: any("đã nhắc nhở" in t for t in double.texts(citizen)))


def test_the_officers_group_is_followed_when_it_becomes_a_supergroup(double: Double, citizen: int) -> None:
    double.chat(-77, "Tổ một cửa", "group")
    double.say(-77, "/nhomcanbo", sender=ADMIN)
    double.wait(lambda: double.texts(-77))
    double.migrate(-77, -100977)
    code = file_petition(double, citizen)
    double.wait(lambda: any(code in t for t in double.texts(-100977)))
    assert CODE.search(code)
