"""`python -m bot telegram --processes 2`: one receives and sends, both answer, each chat in its order and once."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.telegram_chat.crew import Crew, crews
from tests.telegram.double import Double
from tests.telegram.process import Bot

CHATS = 12
SAID = ("làm giấy khai sinh cần giấy tờ gì", "lệ phí bao nhiêu", "mất bao lâu", "cảm ơn bạn")


@pytest.fixture
def pair(double: Double, index: Path, tmp_path: Path) -> Iterator[Bot]:
    with Bot(double, tmp_path / "var", index, "telegram --processes 2") as running:
        until(lambda: running.log().count("ready as") == 2)
        yield running


def until(reached: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


def children(bot: Bot) -> list[int]:
    assert bot.child is not None
    told = Path(f"/proc/{bot.child.pid}/task/{bot.child.pid}/children")
    if not told.exists():
        pytest.skip("this system does not tell a process's children")
    return [int(one) for one in told.read_text().split()]


def answered(double: Double, each: int) -> Callable[[], bool]:
    return lambda: all(len(double.chats[chat].from_bot) >= each for chat in range(1, CHATS + 1))


def say_all(double: Double, texts: tuple[str, ...]) -> None:
    for text in texts:
        for chat in range(1, CHATS + 1):
            double.chat(chat)
            double.say(chat, text)


def owners(bot: Bot) -> set[str]:
    with closing(sqlite3.connect(bot.folder / "mot-cua.db")) as db:
        return {owner for (owner,) in db.execute("select claimed_by from updates")}


def test_both_answer_and_every_chat_gets_its_answers_once_and_in_order(double: Double, pair: Bot) -> None:
    say_all(double, SAID)
    until(answered(double, len(SAID)))
    said = [[m["text"] for m in double.chats[chat].from_bot] for chat in range(1, CHATS + 1)]
    assert all(texts == said[0] for texts in said), "what one chat was told, all were told, in the same order"
    assert len(said[0]) == len(SAID)
    assert len(owners(pair)) == 2


def test_a_process_that_falls_is_started_again_and_its_chats_go_on(double: Double, pair: Bot) -> None:
    say_all(double, SAID[:1])
    os.kill(children(pair)[1], signal.SIGKILL)
    say_all(double, SAID[1:3])
    until(answered(double, 3))
    until(lambda: len(children(pair)) == 2)
    time.sleep(1)
    assert all(len(double.chats[chat].from_bot) == 3 for chat in range(1, CHATS + 1))


def test_when_the_one_that_watches_is_killed_the_others_end_and_a_new_start_goes_on(double: Double, pair: Bot) -> None:
    say_all(double, SAID[:1])
    until(answered(double, 1))
    left = children(pair)
    pair.kill()
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left))
    pair.start()
    say_all(double, SAID[1:2])
    until(answered(double, 2))


def test_a_wrong_token_ends_all_of_them_with_a_word_about_it(double: Double, index: Path, tmp_path: Path) -> None:
    wrong = {"TELEGRAM_TOKEN": "123456789:AAE-not_the_token_of_this_double_at_all"}
    bot = Bot(double, tmp_path / "var", index, "telegram --processes 2", **wrong)
    bot.start(wait=False)
    assert bot.child is not None and bot.child.wait(120) == 1
    assert "TELEGRAM_TOKEN" in bot.log()


def test_a_chat_always_belongs_to_the_same_one_and_all_have_some() -> None:
    crew, again = crews("here", 3)[0], crews("here", 3)[1]
    found = [crew.owner(str(chat)) for chat in range(300)]
    assert found == [again.owner(str(chat)) for chat in range(300)]
    assert {name: found.count(name) > 60 for name in crew.owners} == {"here": True, "here.2": True, "here.3": True}


def test_whoever_is_alone_claims_nothing_beforehand() -> None:
    assert Crew().owner("1") == "" and Crew().first
