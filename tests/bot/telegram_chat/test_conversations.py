"""Conversations end to end: real HTTP between a child process and a strict double of the Bot API."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from tests.telegram.double import Double
from tests.telegram.process import Bot

SCRIPTS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "conversations.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def shared(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Double]:
    """One bot for all conversations: they have chats of their own."""
    with Double() as double, Bot(double, tmp_path_factory.mktemp("var"), index):
        yield double


@pytest.mark.parametrize("number", range(len(SCRIPTS)), ids=[s["name"] for s in SCRIPTS])
def test_a_conversation_goes_as_written(shared: Double, number: int) -> None:
    chat = 10_000 + number
    shared.chat(chat)
    for step in SCRIPTS[number]["steps"]:
        before = [_seen(m) for m in shared.chats[chat].from_bot]
        _do(shared, chat, step)
        new = shared.wait(lambda: [m for m in shared.chats[chat].from_bot if _seen(m) not in before])  # noqa: B023
        text = "\n".join(m.get("text") or m.get("caption") or "" for m in new)
        for wanted in step.get("has", ()):
            assert wanted.lower() in text.lower(), text
        for unwanted in step.get("not", ()):
            assert unwanted.lower() not in text.lower(), text
        for label in step.get("buttons", ()):
            assert any(b.startswith(label) for b in shared.buttons(chat)), shared.buttons(chat)
        if step.get("edited"):
            assert len(shared.chats[chat].from_bot) == len(before), "a new message instead of an edit"
        if step.get("document") is True:
            shared.wait(lambda: any("document" in m for m in shared.chats[chat].from_bot))
    assert not shared.refusals, shared.refusals


def _do(double: Double, chat: int, step: dict[str, Any]) -> None:
    if "say" in step:
        double.say(chat, step["say"])
    elif "say_long" in step:
        double.say(chat, ("khai sinh cần giấy tờ gì " * 400)[: step["say_long"]])
    elif "press" in step:
        double.press(chat, step["press"])
    elif "press_data" in step:
        double.press_data(chat, double.chats[chat].from_bot[-1]["message_id"], step["press_data"])
    elif "send" in step:
        double.send(chat, step["send"])
    elif "photo" in step:
        double.photo(chat, picture())
    elif "document" in step and isinstance(step["document"], str):
        double.document(chat, b"%PDF-1.4 nothing", step["document"])
    elif "edit" in step:
        last = max(n for n, m in double.chats[chat].messages.items() if not m["from"]["is_bot"])
        double.edit(chat, last, step["edit"])


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 30, 30)).save(out, "JPEG")
    return out.getvalue()


def _seen(message: dict[str, Any]) -> tuple[Any, ...]:
    return message["message_id"], message.get("edits")
