"""`python -m bot ask`: JSON lines in, JSON lines out. The evaluation and other programs come in here."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from typing import Any

from bot.desk.desk import Desk
from bot.dialogue.message import Behavior, Message, MessageClass, Reply
from bot.wording import citizens as say

log = logging.getLogger(__name__)
LONGEST_LINE = 100_000


def ask(lines: Iterable[str], desk: Desk) -> Iterator[str]:
    """One line of JSON for each line that is not blank; a line that cannot be read gets an answer that says so."""
    for line in lines:
        if line.strip():
            yield json.dumps(_one(line, desk), ensure_ascii=False)


def _one(line: str, desk: Desk) -> dict[str, Any]:
    try:
        row = json.loads(line[:LONGEST_LINE])
        conversation, text = str(row.get("conversation", "")), row.get("text", "")
        if not isinstance(text, str):
            raise TypeError("text")
    except (ValueError, TypeError, AttributeError):
        unreadable = Reply(Behavior.CLARIFY, say.WHAT_ABOUT, message_class=MessageClass.UNCLEAR)
        return {"error": 'cần một dòng {"conversation": "…", "text": "…"}', **as_tree("", unreadable)}
    choice = row.get("choice", "")
    message = Message(text, choice if isinstance(choice, str) else "")
    try:
        reply = desk.answer(f"ask:{conversation}", message, "ask")
    except Exception:  # the outermost edge: one bad turn must not take the others with it
        log.exception("a turn could not be answered")
        reply = Reply(Behavior.UNKNOWN, say.TURN_ERROR, message_class=MessageClass.UNCLEAR)
    return as_tree(conversation, reply)


def as_tree(conversation: str, reply: Reply) -> dict[str, Any]:
    return {
        "conversation": conversation,
        "behavior": str(reply.behavior),
        "records": [
            {"kind": m.kind, "id": m.id, "code": m.code, "name": m.name, "aspects": list(m.aspects)}
            for m in reply.records
        ],
        "text": reply.text,
        "options": [{"id": o.id, "label": o.label} for o in reply.options],
        "sources": list(reply.sources),
        "class": str(reply.message_class),
        "urgent": reply.urgent,
        "masked": reply.masked,
        "score": round(reply.score, 4),
        "ms": round(reply.milliseconds, 2),
        **({"document": reply.document} if reply.document else {}),
    }
