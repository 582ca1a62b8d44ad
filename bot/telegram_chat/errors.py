"""One place where what went wrong is logged with a short number, told to whom it concerns, and summed up for admins."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import secrets
from collections.abc import Callable, Sequence

from bot.desk.mail import Mail
from bot.ledger import Notice, StoreUnavailable
from bot.ledger import Update as Row
from bot.telegram_chat.hearing import notice_of, now
from bot.telegram_chat.inbox import DOOR
from bot.telegram_chat.rendering import text_call
from bot.wording import telegram as say

log = logging.getLogger(__name__)
DIGEST_EVERY = 60.0
SHOWN = 5


class Errors:
    """`admins` gives the chats of the admins; they get a digest at most once a minute."""

    def __init__(self, mail: Mail, admins: Callable[[], Sequence[str]]) -> None:
        self._mail, self._admins = mail, admins
        self._since: list[str] = []
        self._happened = asyncio.Event()

    async def failed(self, row: Row, bad: Exception) -> None:
        """The update is settled with an apology that names the number; the same one is not tried for ever."""
        number = self._noted(f"update {row.number}", bad)
        await asyncio.to_thread(self._mail.settle, row, now(), _apology(row, number))

    async def refused(self, what: str, bad: Exception) -> None:
        """Something that should have arrived never will."""
        self._noted(what, bad)

    def _noted(self, what: str, bad: Exception) -> str:
        number = secrets.token_hex(3).upper()
        log.error("error %s in %s", number, what, exc_info=bad)
        self._since.append(number)
        self._happened.set()
        return number

    async def run(self, stopping: asyncio.Event) -> None:
        """Tells the admins at once of the first, and of those that follow once a minute."""
        while not stopping.is_set():
            await _first_of(self._happened, stopping)
            if not self._since:
                continue
            self._happened.clear()
            try:
                told = tuple(self._since)
                await asyncio.to_thread(self._tell, told)
                del self._since[: len(told)]
            except StoreUnavailable:
                log.exception("the digest stays for the next minute")
                self._happened.set()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), DIGEST_EVERY)

    def _tell(self, numbers: Sequence[str]) -> None:
        shown = ", ".join(numbers[-SHOWN:]) + (" …" if len(numbers) > SHOWN else "")
        text = say.ERROR_DIGEST.format(count=len(numbers), numbers=shown)
        key = f"{DOOR}:errors:{now().isoformat()}"
        self._mail.post([notice_of(text_call(int(c), text), f"{key}:{c}", now()) for c in self._admins()])


async def _first_of(*events: asyncio.Event) -> None:
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()


def _apology(row: Row, number: str) -> list[Notice]:
    update = json.loads(row.body) if row.body.startswith("{") else {}
    chat = row.chat.partition("#")[0]
    if not chat.lstrip("-").isdigit() or not ({"message", "callback_query"} & set(update)):
        return []
    return [notice_of(text_call(int(chat), say.FAILED.format(number=number)), f"{DOOR}:{row.number}:sorry", now())]
