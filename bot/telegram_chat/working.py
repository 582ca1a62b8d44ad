"""Updates are worked from the inbox: those of one chat in order, different chats side by side, a flood slowed alone."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from bot import journal
from bot.desk.mail import Mail
from bot.ledger import StoreUnavailable, Update
from bot.telegram_chat.crew import Crew
from bot.telegram_chat.easing import Easing
from bot.telegram_chat.inbox import DOOR

log = logging.getLogger(__name__)
IDLE = 0.5
AT_ONCE = 64
GATHER = 0.01
"""Seconds between two claims, at least: what arrives or is done meanwhile is gathered into one."""
BURST = 12
"""So many messages of one chat in a row are taken at once; after that one in `SLOWED` seconds."""
SLOWED = 1.5
Work = Callable[[Update], Awaitable[None]]


@dataclass(slots=True)
class Pace:
    """A bucket that fills by one every SLOWED seconds up to BURST."""

    tokens: float = BURST
    at: float = 0.0
    told: bool = False

    def wait(self, now: float) -> float:
        """Seconds until the next message may be taken; takes one."""
        self.tokens = min(BURST, self.tokens + (now - self.at) / SLOWED) if self.at else BURST
        self.at = now
        self.tokens -= 1
        if self.tokens >= BURST / 2:
            self.told = False
        return max(0.0, -self.tokens) * SLOWED

    @property
    def idle(self) -> bool:
        return self.tokens >= BURST - 1


class Workshop:
    """`work` does one update and settles it; `slow_down` tells a chat once that it is too fast; `failed` settles what
    could not be done and says so. `pool` reads the inbox; `crew`: who else works from it; `easing`: what is
    said while there is too much to do."""

    def __init__(
        self,
        mail: Mail,
        work: Work,
        slow_down: Work,
        failed: Callable[[Update, Exception], Awaitable[None]],
        pool: Executor,
        crew: Crew = Crew(),  # noqa: B008
        easing: Easing | None = None,
    ) -> None:
        self._mail, self._work, self._slow_down, self._failed, self._pool = mail, work, slow_down, failed, pool
        self._crew, self._easing = crew, easing or Easing(time.monotonic)
        self._busy: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._paces: dict[str, Pace] = {}
        self._arrived: list[tuple[Sequence[Update], asyncio.Future[None]]] = []
        self._woken = asyncio.Event()
        self._looked = 0.0

    async def keep(self, updates: Sequence[Update]) -> None:
        """On disk when it returns; raises StoreUnavailable."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arrived.append((updates, kept))
        self._woken.set()
        await kept

    def wake(self) -> None:
        self._woken.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Until told to stop; then what is in hand is finished."""
        while not stopping.is_set():
            self._woken.clear()
            for update in await self._taken_in():
                self._begin(update)
            await self._wait()
        for _, kept in self._arrived:
            kept.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=20)

    async def _taken_in(self) -> Sequence[Update]:
        """What has arrived goes on disk and what can be begun is claimed, in one transaction. Nothing else claims in
        this process: `besides` is never older than the claim before."""
        self._looked = asyncio.get_running_loop().time()
        arrived, self._arrived = self._arrived, []
        rows = [row for several, _ in arrived for row in several]
        owners = [self._crew.owner(row.chat) for row in rows]
        loop, now, room = asyncio.get_running_loop(), dt.datetime.now(dt.UTC), AT_ONCE - len(self._tasks)
        if not rows and room <= 0:
            return ()
        found: Sequence[Update] = ()
        bad: StoreUnavailable | None = None
        try:
            busy = tuple(self._busy)
            found = await loop.run_in_executor(self._pool, self._mail.take_in, DOOR, rows, now, room, busy, owners)
        except StoreUnavailable as away:
            log.exception("the inbox cannot be read or written now")
            bad = away
        if rows and not bad:
            self._crew.ring(self._crew.of(row.chat) for row in rows)
            await self._eased(rows)
        for _, kept in arrived:
            if not kept.done():
                kept.set_exception(bad) if bad else kept.set_result(None)
        return found

    async def _eased(self, rows: Sequence[Update]) -> None:
        """While there is too much to do, who writes now is told that it takes a moment."""
        if notices := self._easing.told(rows):
            with contextlib.suppress(StoreUnavailable):  # what is said besides may be lost
                await asyncio.get_running_loop().run_in_executor(self._pool, self._mail.post, notices)

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), IDLE)
        except TimeoutError:
            return
        await asyncio.sleep(self._looked + GATHER - asyncio.get_running_loop().time())

    def _begin(self, update: Update) -> None:
        self._busy.add(update.chat)
        self._easing.begun(update, dt.datetime.now(dt.UTC))
        task = asyncio.create_task(self._one(update))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _one(self, update: Update) -> None:
        try:
            with journal.about(update=update.number):
                await self._paced(update)
                if self._easing.too_late(update, dt.datetime.now(dt.UTC)):
                    await asyncio.to_thread(self._mail.settle, update, dt.datetime.now(dt.UTC))
                else:
                    await self._work(update)
        except StoreUnavailable:
            log.exception("an update stays in the inbox: the store cannot take it now")
            await asyncio.sleep(2)
        except Exception as bad:  # the outermost edge: one bad update must not stop the others
            await self._given_up(update, bad)
        finally:
            self._busy.discard(update.chat)
            self._woken.set()

    async def _given_up(self, update: Update, bad: Exception) -> None:
        try:
            await self._failed(update, bad)
        except StoreUnavailable:
            log.exception("an update that failed stays in the inbox")
            await asyncio.sleep(2)

    async def _paced(self, update: Update) -> None:
        if not update.chat.isdigit():  # a group, where most is not said to the bot; or an album's answer
            return
        now = asyncio.get_running_loop().time()
        pace = self._paces.setdefault(update.chat, Pace())
        wait = pace.wait(now)
        if wait > 0:
            if not pace.told:
                pace.told = True
                await self._slow_down(update)
            await asyncio.sleep(min(wait, 2 * SLOWED))
        if len(self._paces) > 20_000:
            self._paces = {k: p for k, p in self._paces.items() if k in self._busy or not p.idle}
