"""The outbox is emptied: in order within a chat, chats side by side, within Telegram's limits, again on failure."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

from telegram import InputFile
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.desk.casework import GROUP
from bot.desk.delivering import Hold
from bot.desk.mail import Fate, Mail
from bot.desk.notices import HELD
from bot.ledger import Notice, StoreUnavailable
from bot.telegram_chat.hearing import away_key
from bot.telegram_chat.inbox import DOOR
from bot.telegram_chat.polls import poll_values
from bot.telegram_chat.rendering import Call, call_of

log = logging.getLogger(__name__)
AT_ONCE = 64
"""Notices in hand; of these so many are being sent at a time:"""
LINES = 12
IDLE = 0.5
GATHER = 0.01
DRAIN = 8.0
"""Seconds in which what is still waiting may leave when the bot is told to stop."""
MOST_TRIES = 40
"""With waits that grow to ten minutes: about six hours."""
Refused = Callable[[str, Exception], Awaitable[None]]
Asked = Callable[[Notice], Hold | None]


class Sender:
    """`per_chat`: seconds between two messages to one chat. `rendered` turns a notice that is not a door's own calls
    into calls; `read` gives an upload's bytes; `refused` is told of what will never arrive and should have; `pool`
    reads and writes the outbox; `held` says of one of HELD whether it may still go."""

    def __init__(
        self,
        mail: Mail,
        bot: ExtBot[Any],
        rendered: Callable[[Notice], tuple[Call, ...]],
        read: Callable[[str], bytes],
        refused: Refused,
        pool: Executor,
        per_chat: float = 1.0,
        held: Asked = lambda _notice: None,
    ) -> None:
        self._mail, self._bot, self._rendered, self._read = mail, bot, rendered, read
        self._refused, self._pool, self._per_chat, self._held = refused, pool, per_chat, held
        self._fates: list[Fate] = []
        self._busy: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()
        self._looked = 0.0
        self._last: dict[str, float] = {}
        self._lines = asyncio.Semaphore(LINES)

    def wake(self) -> None:
        self._woken.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Until told to stop; then what is due may still leave, for a while."""
        while not stopping.is_set():
            self._woken.clear()
            await self._send_off()
            await self._wait()
        end = asyncio.get_running_loop().time() + DRAIN
        while (await self._send_off() or self._tasks or self._fates) and asyncio.get_running_loop().time() < end:
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=DRAIN, return_when=asyncio.FIRST_COMPLETED)

    async def _send_off(self) -> int:
        """What became of those before is written down, and what is due is begun; how many. An address is free again
        only when the fate of what went there is on disk."""
        self._looked = asyncio.get_running_loop().time()
        fates, self._fates = self._fates, []
        free = {fate.notice.to for fate in fates}
        busy = tuple(self._busy - free)
        room = AT_ONCE - len(self._tasks)
        loop, now = asyncio.get_running_loop(), dt.datetime.now(dt.UTC)
        try:
            due = await loop.run_in_executor(self._pool, self._mail.send_off, DOOR, fates, now, room, busy)
        except StoreUnavailable:
            log.exception("the outbox cannot be read or written now")
            self._fates = [*fates, *self._fates]
            return 0
        self._busy -= free
        for notice in due:
            self._begin(notice)
        return len(due)

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), IDLE)
        except TimeoutError:
            return
        await asyncio.sleep(self._looked + GATHER - asyncio.get_running_loop().time())

    def _begin(self, notice: Notice) -> None:
        self._busy.add(notice.to)
        task = asyncio.create_task(self._deliver(notice))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, notice: Notice) -> None:
        await self._paced(notice.to)
        try:
            fate = await self._fate(notice)
        except StoreUnavailable:
            fate = Fate(notice, dt.datetime.now(dt.UTC), why="the store is away", retry_at=_later(notice))
        self._fates.append(fate)
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

    async def _fate(self, notice: Notice) -> Fate:
        """Sends it, and says what became of it."""
        fate = Fate(notice, dt.datetime.now(dt.UTC))
        answer: Any = None
        try:
            if notice.kind != "reply" and await self._away(notice.to):
                return replace(fate, why="away")
            if notice.kind in HELD and (hold := await asyncio.to_thread(self._held, notice)):
                return replace(fate, why=hold.why, put_off=hold.until)
            calls = self._calls(notice)
            for number, call in enumerate(calls[notice.arrived :], notice.arrived + 1):
                answer = await self._do(call)
                if number < len(calls):
                    await asyncio.to_thread(self._mail.arrived, notice, number)
                    await self._paced(notice.to)
        except RetryAfter as slow:
            wait = slow.retry_after
            later = wait if isinstance(wait, dt.timedelta) else dt.timedelta(seconds=wait)
            return replace(fate, why="429", retry_at=dt.datetime.now(dt.UTC) + later)
        except Forbidden as bad:
            await asyncio.to_thread(self._mail.put_value, away_key(notice.to), "1")
            return replace(fate, why=f"blocked: {bad.message}")
        except BadRequest as bad:
            await self._refused(f"Telegram refused a notice of kind {notice.kind}: {bad.message}", bad)
            return replace(fate, why=f"refused: {bad.message}")
        except TelegramError as bad:
            return replace(fate, why=type(bad).__name__, retry_at=_later(notice))
        except StoreUnavailable:
            raise
        except Exception as bad:  # the outermost edge: one notice that cannot be made must not hold up its chat
            await self._refused(f"a notice of kind {notice.kind} could not be made", bad)
            return replace(fate, why=f"unmade: {type(bad).__name__}")
        sent = answer.get("message_id", "") if isinstance(answer, dict) else ""
        values = poll_values(notice.key, answer) if isinstance(answer, dict) and "poll" in answer else {}
        return replace(fate, at=dt.datetime.now(dt.UTC), answer=str(sent), values=values)

    async def _away(self, to: str) -> bool:
        """Whoever has stopped the bot is left alone until they come back."""
        return bool(await asyncio.to_thread(self._mail.value, away_key(to)))

    def _calls(self, notice: Notice) -> tuple[Call, ...]:
        if notice.kind != "reply":
            return self._rendered(notice)
        return (call_of(json.loads(notice.body)),) if notice.body else ()  # erased in the meantime

    async def _do(self, call: Call) -> Any:
        try:
            return await self._asked(call.method, call.fields)
        except ChatMigrated as moved:
            await asyncio.to_thread(self._follow, str(call.fields.get("chat_id")), moved.new_chat_id)
            return await self._asked(call.method, {**call.fields, "chat_id": moved.new_chat_id})
        except BadRequest as bad:
            if "not modified" in bad.message:
                return None
            if call.fallback:
                return await self._asked("sendMessage", call.fallback)
            raise

    async def _asked(self, method: str, fields: dict[str, Any]) -> Any:
        async with self._lines:
            if any(isinstance(value, dict) and "file_name" in value for value in fields.values()):
                fields = await asyncio.to_thread(with_files, fields, self._read)
            return await self._bot.do_api_request(method, api_kwargs=fields)

    def _follow(self, old: str, new: int) -> None:
        """The officers' group became a supergroup."""
        if self._mail.value(GROUP) == f"{DOOR}:{old}":
            self._mail.put_value(GROUP, f"{DOOR}:{new}")


def _later(notice: Notice) -> dt.datetime | None:
    if notice.tries >= MOST_TRIES:
        return None
    return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=min(600, 2 ** min(notice.tries, 10)))


def with_files(fields: dict[str, Any], read: Callable[[str], bytes]) -> dict[str, Any]:
    """A text or an upload that is to travel as a file becomes one. `read` gives an upload's bytes by its digest."""
    made = dict(fields)
    for name, value in fields.items():
        if isinstance(value, dict) and "file_name" in value:
            data = read(value["upload"]) if "upload" in value else value["text"].encode()
            made[name] = InputFile(data, value["file_name"])
    return made
