"""One place where what went wrong is logged with a short number, told to whom it concerns, and summed up for admins."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import secrets
from collections.abc import Callable, Sequence

from bot.desk.mail import Mail
from bot.ledger import Notice
from bot.ledger import Update as Row
from bot.telegram_chat.inbox import DOOR
from bot.telegram_chat.rendering import text_call
from bot.wording import telegram as say

log = logging.getLogger(__name__)
DIGEST_EVERY = dt.timedelta(minutes=1)
SHOWN = 5


class Errors:
    """`admins` gives the chats of the admins; they get a digest at most once a minute."""

    def __init__(self, mail: Mail, admins: Callable[[], Sequence[str]]) -> None:
        self._mail, self._admins = mail, admins
        self._since: list[str] = []
        self._told = dt.datetime.min.replace(tzinfo=dt.UTC)

    async def failed(self, row: Row, bad: Exception) -> None:
        """The update is settled with an apology that names the number; the same one is not tried for ever."""
        number = secrets.token_hex(3).upper()
        log.error("error %s in update %s", number, row.number, exc_info=bad)
        now = dt.datetime.now(dt.UTC)
        await asyncio.to_thread(self._mail.settle, row, now, self._apology(row, number, now))
        self._since.append(number)
        await self.digest(now)

    async def digest(self, now: dt.datetime) -> None:
        if not self._since or now - self._told < DIGEST_EVERY:
            return
        self._told, numbers = now, self._since
        self._since = []
        shown = ", ".join(numbers[-SHOWN:]) + (" …" if len(numbers) > SHOWN else "")
        text = say.ERROR_DIGEST.format(count=len(numbers), numbers=shown)
        admins = await asyncio.to_thread(self._admins)
        notices = [_notice(chat, text, f"{DOOR}:errors:{now.isoformat()}:{chat}", now) for chat in admins]
        await asyncio.to_thread(self._mail.post, notices)

    @staticmethod
    def _apology(row: Row, number: str, now: dt.datetime) -> list[Notice]:
        update = json.loads(row.body) if row.body.startswith("{") else {}
        if not row.chat.lstrip("-").isdigit() or "inline_query" in update or "my_chat_member" in update:
            return []
        return [_notice(row.chat, say.FAILED.format(number=number), f"{DOOR}:{row.number}:sorry", now)]


def _notice(chat: str, text: str, key: str, now: dt.datetime) -> Notice:
    body = json.dumps(text_call(int(chat), text).as_tree(), ensure_ascii=False)
    return Notice(DOOR, chat, "reply", body, key, now)
