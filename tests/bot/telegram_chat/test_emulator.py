"""The same door against somebody else's idea of Telegram: polling and webhook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.telegram_chat.test_petitions import AUTHORITY, CODE
from tests.telegram.double import TOKEN
from tests.telegram.emulated import Emulator, emulator, installed
from tests.telegram.process import Bot, free_port


@pytest.fixture(scope="module", params=["polling", "webhook"])
def there(
    request: pytest.FixtureRequest, index: Path, tmp_path_factory: pytest.TempPathFactory, cache: Path
) -> Iterator[Emulator]:
    """One emulator and one bot for all conversations of a way of fetching."""
    with emulator(installed(cache)) as made:
        port = free_port()
        settings = {"TELEGRAM_PORT": str(port), "AUTHORITY_NAME": AUTHORITY, "TELEGRAM_TOKEN": TOKEN}
        if request.param == "webhook":
            settings |= {"WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram", "WEBHOOK_SECRET": "s" * 20}
        with Bot(made, tmp_path_factory.mktemp("var"), index, **settings):
            yield made


@pytest.fixture(scope="module")
def cache(request: pytest.FixtureRequest) -> Path:
    assert request.config.cache is not None
    return Path(request.config.cache.mkdir("telegram-emulator"))


def test_a_question_a_follow_up_and_a_button(there: Emulator) -> None:
    assert "khai sinh" in there.reply(1, "làm giấy khai sinh cần giấy tờ gì").lower()
    assert "Lệ phí" in there.reply(1, "lệ phí bao nhiêu")
    before = len(there.texts(1))
    there.press(1, "Thời hạn")
    there.wait(lambda: len(there.texts(1)) > before)
    assert "Thời hạn" in there.texts(1)[-1]


def test_start_and_a_list_that_unfolds_in_place(there: Emulator) -> None:
    assert "Một Cửa" in there.reply(2, "/start")
    there.reply(2, "/linhvuc")
    before = len(there.texts(2))
    there.press(2, "Hộ tịch")
    there.wait(lambda: any("khai sinh" in t for t in there.texts(2)))
    assert len(there.texts(2)) == before


def test_a_petition_gets_its_code(there: Emulator) -> None:
    said = there.reply(3, "/gopy cán bộ một cửa nạt nộ tôi khi nộp hồ sơ")
    for words in ("ở trụ sở xã Hòa Bình", "sáng thứ hai", "không nêu tên", "gửi"):
        said = there.reply(3, words)
    assert CODE.search(said), said
    assert "mới" in there.reply(3, f"/tracuu {CODE.findall(said)[0]}")


def test_each_of_many_chats_gets_one_answer(there: Emulator) -> None:
    chats = range(100, 120)
    for chat in chats:
        there.say(chat, "đăng ký kết hôn nộp ở đâu")
    there.wait(lambda: all(there.texts(chat) for chat in chats), 60)
    assert all(len(there.texts(chat)) == 1 for chat in chats)
