"""Several processes of one bot on one machine: the first receives and sends, all of them answer.

Each chat belongs to one of them, so that its messages keep their order and its pace is counted in one place. Who has
something for another one rings: nobody has to look again and again.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

FULL = 4096


@dataclass(frozen=True, slots=True)
class Crew:
    """`number`: which one this process is, the first being 0. `owners`: by what names they take from the inbox.
    `bells`: a pipe for each, by which it is rung."""

    number: int = 0
    owners: tuple[str, ...] = ("",)
    bells: tuple[tuple[int, int], ...] = ()

    @property
    def first(self) -> bool:
        return self.number == 0

    def of(self, chat: str) -> int:
        """Whose chat this is: always the same one's."""
        return zlib.crc32(chat.encode()) % len(self.owners)

    def owner(self, chat: str) -> str:
        """The name of that one; "" where there is nobody but this process."""
        return self.owners[self.of(chat)]

    def ring(self, others: Iterable[int]) -> None:
        for number in set(others) - {self.number}:
            with contextlib.suppress(BlockingIOError):  # it has been ringing for long
                os.write(self.bells[number][1], b".")

    def listen(self, rung: Callable[[], None]) -> None:
        """`rung` is called in the running loop whenever somebody has rung here."""
        if not self.bells:
            return
        bell = self.bells[self.number][0]

        def heard() -> None:
            with contextlib.suppress(BlockingIOError):
                os.read(bell, FULL)
            rung()

        asyncio.get_running_loop().add_reader(bell, heard)


def crews(owner: str, processes: int) -> tuple[Crew, ...]:
    """One for each process, made before they are started. `owner`: the name of the first."""
    owners = (owner, *(f"{owner}.{number}" for number in range(2, processes + 1)))
    bells = tuple(os.pipe2(os.O_NONBLOCK) for _ in owners)
    return tuple(Crew(number, owners, bells) for number in range(processes))
