"""A Reply becomes calls of the Bot API: HTML, escaped, split at sentence ends, its options as buttons."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.dialogue.message import Option, Reply

log = logging.getLogger(__name__)
LONGEST = 4096
LONGEST_DATA = 64
# Telegram counts UTF-16 units after the entities are parsed; a margin is left for what is added.
ROOM = 3900
SHORT_LABEL = 18
LONGEST_LABEL = 64
PARSED = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the Bot API. `fallback` is sent instead where this one is refused (an edit of what is gone)."""

    method: str
    fields: Tree
    fallback: Tree = field(default_factory=dict)

    @property
    def chat(self) -> str:
        """Whose order it keeps: the chat it is sent to, or whose settings it changes."""
        scope = self.fields.get("scope") or {}
        return str(self.fields.get("chat_id", scope.get("chat_id", "")))

    def as_tree(self) -> Tree:
        return {"method": self.method, "fields": self.fields, "fallback": self.fallback}


def call_of(tree: Tree) -> Call:
    return Call(tree["method"], tree["fields"], tree.get("fallback") or {})


def reply_calls(chat: int, reply: Reply, answers_to: int = 0) -> tuple[Call, ...]:
    """One message or several; the buttons hang under the last. `answers_to`: the message replied to, in groups."""
    parts = split(reply.text)
    calls = []
    for number, part in enumerate(parts, 1):
        fields: Tree = {"chat_id": chat, "text": marked_up(part, title=number == 1), **PARSED}
        if answers_to and number == 1:
            fields["reply_parameters"] = {"message_id": answers_to, "allow_sending_without_reply": True}
        if number == len(parts) and (rows := keyboard(reply.options)):
            fields["reply_markup"] = {"inline_keyboard": rows}
        calls.append(Call("sendMessage", fields))
    return tuple(calls)


def unfolding_calls(chat: int, message: int, reply: Reply) -> tuple[Call, ...]:
    """The message that carried the pressed button shows the new text; too long a text comes as messages."""
    if len(split(reply.text)) > 1:
        return reply_calls(chat, reply)
    fields = dict(reply_calls(chat, reply)[0].fields)
    return (Call("editMessageText", {**fields, "message_id": message}, fallback=fields),)


def text_call(chat: int, text: str, options: Sequence[Option] = (), on: int = 0) -> Call:
    """A short text of our own, plain; `on`: the message that becomes it, where it is still there."""
    fields: Tree = {"chat_id": chat, "text": html.escape(text, quote=False), **PARSED}
    if rows := keyboard(options):
        fields["reply_markup"] = {"inline_keyboard": rows}
    if on:
        return Call("editMessageText", {**fields, "message_id": on}, fallback=fields)
    return Call("sendMessage", fields)


def text_calls(chat: int, text: str, options: Sequence[Option] = ()) -> tuple[Call, ...]:
    """A text of any length, plain; the buttons hang under the last message."""
    *parts, last = split(text)
    return (*(text_call(chat, part) for part in parts), text_call(chat, last, options))


def marked_up(text: str, title: bool = False) -> str:
    """Escaped; a first line of its own (a card's title) and the labels of a card's lines stand out."""
    lines = html.escape(text, quote=False).split("\n")
    if title and len(lines) > 2 and lines[0] and not lines[1] and len(lines[0]) <= 200:
        lines[0] = f"<b>{lines[0]}</b>"
    return "\n".join(_label_bold(line) for line in lines)


_LABEL = re.compile(r"(?:⚠ )?([^\W\d_][^:•<>\n]{1,28}):(?=\s|$)")


def _label_bold(line: str) -> str:
    found = _LABEL.match(line)
    if not found or "http" in found[1]:
        return line
    return f"{line[: found.start(1)]}<b>{found[1]}</b>{line[found.end(1) :]}"


def keyboard(options: Sequence[Option]) -> list[list[Tree]]:
    """Short labels two in a row, long ones alone, 👍 👎 together at the end."""
    rows: list[list[Tree]] = []
    before = ""
    for option in filter(_fits, options):
        label = " ".join(option.label.split())
        short = len(label) <= SHORT_LABEL
        kind = "feedback" if option.id in ("fb:up", "fb:down") else "short" if short else "long"
        if kind != "long" and kind == before and len(rows[-1]) < 2:
            rows[-1].append(_button(option, label))
        else:
            rows.append([_button(option, label)])
        before = kind
    return rows


def _fits(option: Option) -> bool:
    """One button that Telegram would refuse must not cost the whole answer."""
    fits = 1 <= len(option.id.encode()) <= LONGEST_DATA
    if not fits:
        log.error("a button's id does not fit: %s", option.id)
    return fits


def _button(option: Option, label: str) -> Tree:
    shown = label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"
    return {"text": shown or "…", "callback_data": option.id}


def split(text: str, room: int = ROOM) -> list[str]:
    """Parts of at most `room` UTF-16 units: at blank lines, then line ends, then sentence ends, then blanks."""
    text = text.strip() or "…"
    parts: list[str] = []
    while units(text) > room:
        at = _cut(text, room)
        parts.append(text[:at].rstrip())
        text = text[at:].lstrip()
    if text:
        parts.append(text)
    return parts


def units(text: str) -> int:
    return len(text) + sum(ord(c) > 0xFFFF for c in text)


def _cut(text: str, room: int) -> int:
    end = room
    while units(text[:end]) > room:
        end -= 1
    head = text[:end]
    for mark in ("\n\n", "\n"):
        at = head.rfind(mark)
        if at > room // 3:
            return at + len(mark)
    sentences = [m.end() for m in re.finditer(r"[.!?…;](?=\s)", head)]
    if sentences and sentences[-1] > room // 3:
        return sentences[-1]
    at = head.rfind(" ")
    return at + 1 if at > room // 3 else end
