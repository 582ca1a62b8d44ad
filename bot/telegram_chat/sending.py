"""The outbox is emptied: in order within a chat, chats side by side, within Telegram's limits, again on failure."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
from collections.abc import Callable
from typing import Any

from telegram import InputFile
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.desk.mail import Mail
from bot.ledger import Notice, StoreUnavailable
from bot.telegram_chat.inbox import DOOR
from bot.telegram_chat.rendering import Call, call_of

log = logging.getLogger(__name__)
AT_ONCE = 50
IDLE = 0.5
MOST_TRIES = 40
"""With waits that grow to ten minutes: about six hours."""


class Sender:
    """`per_chat`: seconds between two messages to one chat. `rendered` turns a notice that is not a door's own calls
    into calls; `read` gives an upload's bytes."""

    def __init__(
        self,
        mail: Mail,
        bot: ExtBot[Any],
        rendered: Callable[[Notice], tuple[Call, ...]],
        read: Callable[[str], bytes],
        per_chat: float = 1.0,
    ) -> None:
        self._read = read
        self._mail, self._bot, self._rendered, self._per_chat = mail, bot, rendered, per_chat
        self._busy: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()
        self._last: dict[str, float] = {}

    def wake(self) -> None:
        self._woken.set()

    async def run(self, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            self._woken.clear()
            try:
                due = await asyncio.to_thread(self._mail.due, DOOR, dt.datetime.now(dt.UTC), AT_ONCE, tuple(self._busy))
            except StoreUnavailable:
                log.exception("the outbox cannot be read now")
                due = ()
            for notice in due:
                if notice.to not in self._busy:
                    self._begin(notice)
            if not due or len(self._busy) >= AT_ONCE:
                await self._wait(IDLE)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=10)

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return

    def _begin(self, notice: Notice) -> None:
        self._busy.add(notice.to)
        task = asyncio.create_task(self._deliver(notice))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, notice: Notice) -> None:
        try:
            await self._paced(notice.to)
            retry, why, answer = await self._sent(notice)
            now = dt.datetime.now(dt.UTC)
            if why:
                after = None if retry is None else now + retry
                await asyncio.to_thread(self._mail.failed, notice, after, why)
            else:
                await asyncio.to_thread(self._mail.sent, notice, now, answer)
        except StoreUnavailable:
            log.exception("a notice's fate could not be written; it may be sent again")
            await asyncio.sleep(1)
        finally:
            self._busy.discard(notice.to)
            self.wake()

    async def _paced(self, to: str) -> None:
        """Telegram wants about one message a second in one chat."""
        loop = asyncio.get_running_loop()
        wait = self._last.get(to, 0.0) + self._per_chat - loop.time()
        if wait > 0:
            await asyncio.sleep(wait)
        self._last[to] = loop.time()
        if len(self._last) > 10_000:
            self._last = {k: v for k, v in self._last.items() if loop.time() - v < self._per_chat}

    async def _sent(self, notice: Notice) -> tuple[dt.timedelta | None, str, str]:
        """(when to try again or None for never, why it failed or "", Telegram's answer)."""
        answer: Any = None
        try:
            for call in self._calls(notice):
                answer = await self._do(call)
        except RetryAfter as slow:
            wait = slow.retry_after
            return (wait if isinstance(wait, dt.timedelta) else dt.timedelta(seconds=wait)), "429", ""
        except Forbidden as bad:
            return None, f"blocked: {bad.message}", ""
        except BadRequest as bad:
            log.error("Telegram refused a notice of kind %s: %s", notice.kind, bad.message)
            return None, f"refused: {bad.message}", ""
        except (NetworkError, TelegramError) as bad:
            return self._later(notice), f"{type(bad).__name__}", ""
        number = answer.get("message_id", "") if isinstance(answer, dict) else ""
        return None, "", str(number)

    def _later(self, notice: Notice) -> dt.timedelta | None:
        if notice.tries >= MOST_TRIES:
            return None
        return dt.timedelta(seconds=min(600, 2 ** min(notice.tries, 10)))

    def _calls(self, notice: Notice) -> tuple[Call, ...]:
        if notice.kind == "reply":
            return (call_of(json.loads(notice.body)),)
        return self._rendered(notice)

    async def _do(self, call: Call) -> Any:
        try:
            return await self._bot.do_api_request(call.method, api_kwargs=with_files(call.fields, self._read))
        except BadRequest as bad:
            if "not modified" in bad.message:
                return None
            if call.method == "answerCallbackQuery":
                return None
            if call.fallback:
                return await self._bot.do_api_request("sendMessage", api_kwargs=call.fallback)
            raise


def with_files(fields: dict[str, Any], read: Callable[[str], bytes]) -> dict[str, Any]:
    """A text or an upload that is to travel as a file becomes one. `read` gives an upload's bytes by its digest."""
    made = dict(fields)
    for name, value in fields.items():
        if isinstance(value, dict) and "file_name" in value:
            data = read(value["upload"]) if "upload" in value else value["text"].encode()
            made[name] = InputFile(data, value["file_name"])
    return made
