"""Quiz polls as calls of the Bot API, and what is to be remembered of one that was posted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.desk.practice import POLL_END_KIND, POLL_KIND
from bot.ledger import Notice
from bot.telegram_chat.inbox import DOOR
from bot.telegram_chat.rendering import Call

KINDS = (POLL_KIND, POLL_END_KIND)


def poll_calls(notice: Notice) -> tuple[Call, ...]:
    """A poll that is posted or ended; nothing for one whose posting never arrived."""
    body: dict[str, Any] = json.loads(notice.body)
    if notice.kind == POLL_END_KIND:
        number = body["message"]
        return (Call("stopPoll", {"chat_id": int(notice.to), "message_id": int(number)}),) if number else ()
    fields = {
        "chat_id": int(notice.to),
        "question": body["question"],
        "options": [{"text": option} for option in body["options"]],
        "type": "quiz",
        "correct_option_id": body["right"],
        "explanation": body["explanation"],
        # only so does Telegram tell who answered, once each
        "is_anonymous": False,
    }
    return (Call("sendPoll", fields),)


def poll_values(key: str, message: Mapping[str, Any]) -> dict[str, str]:
    """Telegram's own number of the poll leads to ours, and ours to the message that holds it."""
    poll = message["poll"]
    number = poll.get("id") if isinstance(poll, Mapping) else None
    return {poll_name(str(number)): key, f"{key}:message": str(message["message_id"])} if number else {}


def poll_name(number: str) -> str:
    return f"{DOOR}:poll:{number}"
