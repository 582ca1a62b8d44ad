"""What many hand in while the last transaction is still being written goes into the next one, together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Together(Generic[T]):
    """`write` puts a batch on disk, all of it or nothing; it runs on `pool`, one batch at a time."""

    def __init__(self, write: Callable[[Sequence[T]], Any], pool: Executor) -> None:
        self._write, self._pool = write, pool
        self._waiting: list[tuple[Sequence[T], asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def add(self, items: Sequence[T]) -> None:
        """On disk when it returns; raises what the writing raised."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((items, done))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_on())
        await done

    async def _write_on(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting, []
            items = [item for several, _ in batch for item in several]
            try:
                await loop.run_in_executor(self._pool, self._write, items)
            except Exception as bad:  # everyone who waits for this batch is told
                for _, done in batch:
                    if not done.done():
                        done.set_exception(bad)
            else:
                for _, done in batch:
                    if not done.done():
                        done.set_result(None)
        self._writing = None
