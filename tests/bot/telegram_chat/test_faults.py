"""Telegram misbehaves, the process dies: nothing is lost and nothing takes effect twice."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.telegram.double import TOKEN, Double, Fault
from tests.telegram.process import Bot, free_port

CHAT = 42
QUESTION = "làm giấy khai sinh cần giấy tờ gì"


def answers(double: Double, chat: int = CHAT) -> list[str]:
    return [t for t in double.texts(chat) if "khai sinh" in t.lower()]


@pytest.mark.parametrize("how", [429, 500, 502, "drop", "nonsense"])
def test_an_answer_arrives_although_sending_fails_at_first(double: Double, bot: Bot, how: int | str) -> None:
    double.chat(CHAT)
    double.faults.append(Fault(how, 2, ("sendMessage",)))
    double.say(CHAT, QUESTION)
    double.wait(lambda: answers(double), 60)
    time.sleep(0.5)
    assert len(answers(double)) == 1


@pytest.mark.parametrize("how", [429, 500, "drop", "nonsense"])
def test_fetching_goes_on_after_telegram_was_away(double: Double, bot: Bot, how: int | str) -> None:
    double.chat(CHAT)
    double.faults.append(Fault(how, 3, ("getUpdates",)))
    double.say(CHAT, QUESTION)
    double.wait(lambda: answers(double), 90)


def test_killed_between_receiving_and_answering_it_answers_once_it_is_back(double: Double, bot: Bot) -> None:
    double.chat(CHAT)
    double.faults.append(Fault("hang", 1, ("sendMessage",)))
    double.say(CHAT, QUESTION)
    double.wait(lambda: any(m == "sendMessage" for _, m, _ in double.requests))
    bot.kill()
    double.faults.clear()
    bot.start()
    double.wait(lambda: answers(double), 90)
    time.sleep(0.5)
    assert len(answers(double)) == 1


def test_an_update_that_comes_twice_takes_effect_once(double: Double, bot: Bot) -> None:
    double.chat(CHAT)
    number = double.say(CHAT, QUESTION)
    double.wait(lambda: answers(double))
    message = next(iter(double.chats[CHAT].messages.values()))
    double.push({"message": message}, number)
    double.say(CHAT, "cảm ơn bạn")
    double.wait(lambda: len(double.chats[CHAT].from_bot) >= 2)
    assert len(answers(double)) == 1


def test_a_blocked_chat_is_left_alone_and_others_are_served(double: Double, bot: Bot) -> None:
    double.chat(CHAT)
    double.reply(CHAT, QUESTION)
    double.block(CHAT)
    double.say(CHAT, QUESTION)
    double.chat(CHAT + 1)
    assert "khai sinh" in double.reply(CHAT + 1, QUESTION).lower()
    double.wait(lambda: any("blocked" in why for _, why in double.refusals))
    tried = sum(m == "sendMessage" and f.get("chat_id") == CHAT for _, m, f in double.requests)
    time.sleep(2)
    assert sum(m == "sendMessage" and f.get("chat_id") == CHAT for _, m, f in double.requests) == tried


def test_messages_of_one_chat_are_answered_in_their_order(double: Double, bot: Bot) -> None:
    double.chat(CHAT)
    for text in ("làm khai sinh cần gì", "làm khai tử cần gì", "đăng ký kết hôn cần gì"):
        double.say(CHAT, text)
    double.wait(lambda: len(double.chats[CHAT].from_bot) >= 3)
    said = [t.lower() for t in double.texts(CHAT)]
    assert ["khai sinh" in said[0], "khai tử" in said[1], "kết hôn" in said[2]] == [True] * 3


def test_a_flooding_chat_is_slowed_alone(double: Double, bot: Bot) -> None:
    double.chat(CHAT)
    double.chat(CHAT + 1)
    for _ in range(25):
        double.say(CHAT, "chào bạn")
    double.wait(lambda: any("lần lượt" in t for t in double.texts(CHAT)), 40)
    double.reply(CHAT + 1, QUESTION)
    assert len(double.chats[CHAT].from_bot) < 26
    assert sum("lần lượt" in t for t in double.texts(CHAT)) == 1


def test_the_bot_waits_for_a_telegram_that_is_away_at_the_start(double: Double, index: Path, tmp_path: Path) -> None:
    double.faults.append(Fault("drop", 1, ("getMe",)))
    with Bot(double, tmp_path / "var", index):
        double.chat(CHAT)
        assert "khai sinh" in double.reply(CHAT, QUESTION, 60).lower()


def test_a_wrong_token_is_said_at_once(double: Double, index: Path, tmp_path: Path) -> None:
    bot = Bot(double, tmp_path / "var", index, TELEGRAM_TOKEN=TOKEN[:-1] + "1")
    bot.start(wait=False)
    assert bot.child is not None
    assert bot.child.wait(60) == 1
    assert "TELEGRAM_TOKEN" in bot.log()
    assert TOKEN[12:-1] not in bot.log()


def test_by_webhook_with_a_secret(double: Double, index: Path, tmp_path: Path) -> None:
    import httpx

    port = free_port()
    hook = f"http://127.0.0.1:{port}/hook/abc"
    with Bot(double, tmp_path / "var", index, TELEGRAM_PORT=str(port), WEBHOOK_URL=hook, WEBHOOK_SECRET="s" * 24):
        double.wait(lambda: double.webhook.get("url"))
        double.chat(CHAT)
        assert "khai sinh" in double.reply(CHAT, QUESTION).lower()
        assert httpx.post(hook, json={"update_id": 1}).status_code == 403
        forged = httpx.post(hook, content=b"nonsense", headers={"X-Telegram-Bot-Api-Secret-Token": "s" * 24})
        assert forged.status_code == 400


def test_no_token_is_in_the_log(double: Double, bot: Bot) -> None:
    double.chat(CHAT)
    double.faults.append(Fault(500, 3))
    double.say(CHAT, QUESTION)
    double.wait(lambda: answers(double), 90)
    assert TOKEN not in bot.log()
