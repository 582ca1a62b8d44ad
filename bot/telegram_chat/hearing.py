"""One update with what every handler needs of it, and the calls that answer it as they wait in the outbox."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import telegram
from telegram.ext import ExtBot

from bot.ledger import Notice
from bot.ledger import Update as Row
from bot.telegram_chat.inbox import DOOR
from bot.telegram_chat.rendering import Call


@dataclass(frozen=True, slots=True)
class Heard:
    row: Row
    update: telegram.Update
    chat: int
    person: int
    private: bool

    @property
    def conversation(self) -> str:
        """In a group everyone has a conversation of their own, apart from their private one."""
        return f"{DOOR}:{self.chat}" if self.private else f"{DOOR}:{self.chat}/{self.person}"

    @property
    def message(self) -> telegram.Message | None:
        found = self.update.message
        return found if isinstance(found, telegram.Message) else None

    @property
    def pressed_on(self) -> int:
        """The message whose button was pressed; 0 where it is gone, or none was."""
        query = self.update.callback_query
        return query.message.message_id if query and query.message else 0


Handle = Callable[[Heard], Awaitable[bool]]


def heard(row: Row, bot: ExtBot[Any]) -> Heard | None:
    """None for an update that nobody can be answered for (a channel's post, one of a kind not known here)."""
    tree = json.loads(row.body)
    if "poll_answer" in tree:  # a server of one's own may be older than these
        tree["poll_answer"].setdefault("option_persistent_ids", [])
    update = telegram.Update.de_json(tree, bot)
    chat, person = update.effective_chat, update.effective_user
    if person is None:
        return None
    number = chat.id if chat else person.id
    return Heard(row, update, number, person.id, chat is None or chat.type == telegram.Chat.PRIVATE)


def notices_of(row: Row, calls: Sequence[Call]) -> list[Notice]:
    """The calls as they wait in the outbox, each once for this update."""
    return [notice_of(call, f"{DOOR}:{row.number}:{number}", row.at) for number, call in enumerate(calls)]


def notice_of(call: Call, key: str, due: dt.datetime) -> Notice:
    """`key` makes it once."""
    return Notice(DOOR, call.chat, "reply", json.dumps(call.as_tree(), ensure_ascii=False), key, due)


def away_key(chat: int | str) -> str:
    """The value that says that this chat has stopped the bot."""
    return f"{DOOR}:away:{chat}"


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
