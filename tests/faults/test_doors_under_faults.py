"""The doors while what they stand on misbehaves: a database that somebody holds, a Telegram that fails at random."""

from __future__ import annotations

import contextlib
import random
import sqlite3
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.bot.telegram_chat import test_kills
from tests.conftest import Tally
from tests.faults.citizens import CODE, Visitor, assert_books
from tests.faults.conftest import LONG
from tests.telegram.double import Double, Fault
from tests.telegram.process import Bot, free_port

SEED = 17
QUESTION = "làm giấy khai sinh cần giấy tờ gì"
HELD = 7.0
"""Seconds; a writer waits five."""
MESSAGES = 600 if LONG else 40
FAILING = ("sendMessage", "getUpdates", "sendChatAction")
HOWS: tuple[int | str, ...] = (429, 500, 502, "drop", "nonsense")


@pytest.mark.slow
def test_a_held_database_shows_no_code_and_what_was_said_meanwhile_is_answered_once(
    double: Double, shipped: Path, tmp_path: Path
) -> None:
    port = str(free_port())
    with Bot(double, tmp_path / "var", shipped, "serve", PORT=port, AUTHORITY_NAME="UBND xã Hòa Bình") as bot:
        visitor = Visitor(lambda: f"http://127.0.0.1:{port}", 1)
        visitor.ask(QUESTION)
        double.chat(7)
        file = bot.folder / "mot-cua.db"
        with contextlib.closing(sqlite3.connect(file, isolation_level=None, timeout=10)) as other:
            other.execute("begin immediate")
            double.say(7, QUESTION)
            until = time.monotonic() + HELD
            assert "khai sinh" in visitor.say(QUESTION).lower(), "a question needs no books to be answered"
            assert not CODE.search(visitor.say("tôi muốn phản ánh: cầu treo số 1 gãy lan can", "f:send"))
            time.sleep(max(0.0, until - time.monotonic()))
            other.execute("rollback")
        double.wait(lambda: any("khai sinh" in t.lower() for t in double.texts(7)), 60)
        code = visitor.file("tôi muốn phản ánh: cầu treo số 1 gãy lan can")
        test_kills.settled(double, bot)
        assert len(double.chats[7].from_bot) == 1, "answered once"
    assert assert_books(f"sqlite:///{file}", {1: code}, "cầu treo số {} gãy") == 1


@pytest.mark.slow
def test_a_telegram_that_fails_at_random_still_gets_every_answer_once(
    double: Double, shipped: Path, tmp_path: Path, tally: Tally
) -> None:
    """429, 500, 502, broken off, nonsense and, in the full counts, nothing at all; a failed request was not done."""
    dice, met = random.Random(SEED), Counter[int | str]()
    with Bot(double, tmp_path / "var", shipped) as bot:
        for number in range(MESSAGES):
            chat = dice.randrange(1, 30)
            double.chat(chat)
            double.faults[:] = [f for f in double.faults if f.times > 0]
            if not double.faults:
                how = dice.choice((*HOWS, "hang") if LONG and number % 100 == 50 else HOWS)
                double.faults.append(Fault(how, dice.randint(1, 2), (dice.choice(FAILING),)))
                met[how] += 1
            double.say(chat, QUESTION)
            time.sleep(dice.random() * 0.2)
        double.faults.clear()
        test_kills.settled(double, bot)
        sent = "select count(*), count(distinct answer) from notices where state = 'sent'"
        total, different = test_kills.rows(bot, sent)[0]
        assert test_kills.rows(bot, "select count(*) from notices where state = 'dead'") == [(0,)]
        arrived = sum(len(chat.from_bot) for chat in double.chats.values())
        assert arrived == total == different, "an answer was lost or came twice"
    tally(
        "Telegram hỏng ngẫu nhiên (429, 500, 502, đứt, vô nghĩa, im)", sum(met.values()), f"{arrived} tin tới đủ", SEED
    )
