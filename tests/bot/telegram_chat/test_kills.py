"""kill −9 at random moments while the door receives, answers and files; then the store and the chats are compared.

A reply may arrive twice only where Telegram had already got it when the process died: such a message is one whose
number no notice of the store knows. Those are counted, and each must lie before a kill.
"""

from __future__ import annotations

import os
import random
import re
import sqlite3
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from bot.telegram_chat.sending import AT_ONCE
from tests.conftest import Tally
from tests.telegram.double import Double
from tests.telegram.process import Bot

ROUNDS = 100 if os.environ.get("LONG") else 4
SEED = 11
CODE = re.compile(r"PA-\d{4}-\d{6}-[A-Z]")
QUESTIONS = (
    "làm giấy khai sinh cần giấy tờ gì",
    "lệ phí bao nhiêu",
    "chào bạn",
    "/linhvuc",
    "xe cứu thương gọi số mấy",
)
FILING = (
    "/gopy cán bộ một cửa nạt nộ tôi khi nộp hồ sơ",
    "ở trụ sở xã Hòa Bình",
    "sáng hôm qua",
    "không nêu tên",
    "gửi",
)


def test_nothing_is_lost_or_done_twice_whenever_the_process_dies(
    double: Double, index: Path, tmp_path: Path, tally: Tally
) -> None:
    chance, kills = random.Random(SEED), list[float]()
    bot = Bot(double, tmp_path / "var", index, AUTHORITY_NAME="UBND xã Hòa Bình")
    for number in range(ROUNDS):
        bot.start()
        say_all(double, number, chance)
        time.sleep(chance.random() * 1.5)
        bot.kill()
        kills.append(time.time())
    with bot:
        settled(double, bot)
        for number in range(ROUNDS):
            finish(double, 100 * (number + 1) + 50)
        settled(double, bot)
    compare(double, bot, kills, ROUNDS)
    tally("Giết tiến trình Telegram", ROUNDS, f"{len(double.pushed)} tin, không mất, không việc nào làm hai lần", SEED)


def say_all(double: Double, number: int, chance: random.Random) -> None:
    """Several people ask, one files a petition, all at once."""
    askers = [100 * (number + 1) + n for n in range(8)]
    messages = [(asker, chance.choice(QUESTIONS)) for asker in askers for _ in range(2)]
    filer = 100 * (number + 1) + 50
    for chat in (*askers, filer):
        double.chat(chat)
    for place, words in enumerate(FILING):
        messages.insert(min(len(messages), place * 3), (filer, words))
    for chat, words in messages:
        double.say(chat, words)


def finish(double: Double, filer: int) -> None:
    """Whoever was asked whether it is the same as what others told, or was interrupted, goes on by buttons."""
    for _ in range(6):
        if any(CODE.search(text) for text in double.texts(filer)):
            return
        wanted = ("Gửi phiếu riêng", "Gửi", "Bỏ qua", "Không nêu tên", "Viết tiếp")
        double.pressed(filer, next(label for label in wanted if label in double.buttons(filer)), 60)


def settled(double: Double, bot: Bot) -> None:
    """Everything said is answered, and every answer has left."""
    end = time.monotonic() + 240
    undone = (
        "select (select count(*) from updates where settled_at is null) + "
        "(select count(*) from notices where state = 'waiting')"
    )
    while rows(bot, "select count(*) from updates")[0][0] < len(double.pushed) or rows(bot, undone)[0][0]:
        assert time.monotonic() < end, bot.log()[-3000:]
        time.sleep(0.2)


def rows(bot: Bot, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(bot.folder / "mot-cua.db", timeout=20)) as db:
        return db.execute(query).fetchall()


def compare(double: Double, bot: Bot, kills: list[float], filers: int) -> None:
    kept = rows(bot, "select number from updates where settled_at is not null")
    assert {int(str(n)) for (n,) in kept} == double.pushed, "an update was lost or is still open"
    known = {code for (code,) in rows(bot, "select code from petitions")}
    shown = {code for chat in double.chats.values() for text in chat_texts(chat) for code in CODE.findall(text)}
    assert shown <= known, "a code was shown that does not exist"
    told = "select conversation from parties where conversation like 'telegram:%'"
    filed = Counter(conversation for (conversation,) in rows(bot, told))
    assert len(filed) == filers and set(filed.values()) == {1}, "a petition was lost or filed twice"
    sent = {str(answer) for (answer,) in rows(bot, "select answer from notices where state = 'sent'")}
    extra = [m for chat in double.chats.values() for m in chat.from_bot if str(m["message_id"]) not in sent]
    assert len(sent) == len(rows(bot, "select id from notices")), "a reply never arrived"
    by_kill = Counter(next((k for k in kills if k > m["taken"]), 0.0) for m in extra)
    print(f"{len(kills)} kills, {len(double.pushed)} messages; taken just before a kill and sent again: {len(extra)}")
    assert by_kill[0.0] == 0, "something was sent twice although nothing had died"
    assert all(count <= AT_ONCE for count in by_kill.values())


def chat_texts(chat: object) -> list[str]:
    return [m.get("text") or "" for m in chat.from_bot]  # type: ignore[attr-defined]
