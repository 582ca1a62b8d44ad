"""The threads of a process that write to SQLite, one after the other; several in one transaction where they allow it.

A commit waits for the disk, for milliseconds; whoever comes meanwhile would wait for one after the other. So a writer
that allows it leaves its transaction open for the next one that does, and the last of them commits for all. Each goes
on only when its own words are on disk. What goes wrong with one is undone alone (a savepoint).
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.ledger import StoreUnavailable
from bot.store.lite import LiteConnection

MOST = 16
LONGEST = 0.02
"""Seconds after which nobody may join any more."""
LOOK_EVERY = 0.001
LOST = 0.05
"""Seconds after which one who waits for the others looks whether they are still there."""
ALONE = 60.0
"""For so long nobody joins anybody after a commit of several failed: whose fault it was shows then."""


@dataclass(slots=True, eq=False)
class Group:
    """One transaction of several writers. `bad`: why nothing of it is on disk."""

    connection: LiteConnection
    until: float
    members: int = 0
    ended: threading.Event = field(default_factory=threading.Event)
    bad: BaseException | None = None


class Writers:
    """`take` lends a connection, `give` takes it back; with False it is broken and not lent again."""

    def __init__(
        self,
        take: Callable[[], LiteConnection],
        give: Callable[[LiteConnection, bool], None],
        patience: float,
    ) -> None:
        self._take, self._give, self._patience = take, give, patience
        self._turn, self._count = threading.Lock(), threading.Lock()
        self._coming = 0
        self._open: Group | None = None
        self._alone_until = 0.0

    @contextlib.contextmanager
    def writing(self, together: bool) -> Iterator[LiteConnection]:
        """A connection in a transaction that is on disk when this ends; with `together` it may hold others' writes."""
        together = together and time.monotonic() > self._alone_until
        self._wait_for_turn(together)
        try:
            group = self._joined(together)
            try:
                yield group.connection
            except BaseException as bad:
                self._undo(group, bad)
                raise
            group.members += 1
            if group.members > 1:
                group.connection.plain.execute("release member")
            left = together and self._left_open(group)
            if not left:
                self._commit(group)
        finally:
            self._turn.release()
        self._ended(group)

    def _wait_for_turn(self, together: bool) -> None:
        # threads of one process take turns here; only processes have to look again and again
        with self._count:
            self._coming += together
        try:
            if not self._turn.acquire(timeout=self._patience):
                raise StoreUnavailable("other threads are writing")
        finally:
            with self._count:
                self._coming -= together

    def _joined(self, together: bool) -> Group:
        group = self._open
        if group is not None and together:
            group.connection.plain.execute("savepoint member")
            self._open = None
            return group
        if group is not None:
            self._commit(group)
        connection = self._take()
        try:
            self._begin(connection.plain)
        except BaseException:
            self._give(connection, False)
            raise
        return Group(connection, time.monotonic() + LONGEST)

    def _begin(self, plain: sqlite3.Connection) -> None:
        """Looks again and again whether another process has finished. SQLite would, too, but ever more rarely: up to a
        tenth of a second after the file was free."""
        plain.execute("pragma busy_timeout = 0")
        end = time.monotonic() + self._patience
        while True:
            try:
                plain.execute("begin immediate")
                break
            except sqlite3.OperationalError as bad:
                if bad.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
            time.sleep(LOOK_EVERY)
        plain.execute(f"pragma busy_timeout = {int(1000 * self._patience)}")

    def _left_open(self, group: Group) -> bool:
        """Whether somebody is there already who joins it."""
        if not self._coming or group.members >= MOST or time.monotonic() > group.until:
            return False
        self._open = group
        return True

    def _undo(self, group: Group, bad: BaseException) -> None:
        """The last one's writes alone, where the engine has not undone all by itself (a full disk)."""
        if not group.members or not group.connection.plain.in_transaction:
            group.members += 1
            self._end(group, bad)
            return
        group.connection.plain.execute("rollback to member")
        group.connection.plain.execute("release member")
        if not self._left_open(group):
            self._commit(group)

    def _commit(self, group: Group) -> None:
        try:
            group.connection.plain.execute("commit")
        except sqlite3.Error as bad:
            self._end(group, bad)
        else:
            self._end(group)

    def _end(self, group: Group, bad: BaseException | None = None) -> None:
        self._open = None if self._open is group else self._open
        group.bad = bad
        if bad is not None:
            if group.members > 1:
                self._alone_until = time.monotonic() + ALONE
            with contextlib.suppress(sqlite3.Error):
                group.connection.plain.rollback()
        self._give(group.connection, bad is None)
        group.ended.set()

    def _ended(self, group: Group) -> None:
        """Waits until it is on disk; where whoever was to go on did not come, it is committed here."""
        while not group.ended.wait(LOST):
            if self._turn.acquire(blocking=False):
                try:
                    if self._open is group:
                        self._commit(group)
                    elif not group.ended.is_set():  # nobody has the turn, nobody can end it any more
                        self._end(group, StoreUnavailable("a transaction of several was given up"))
                finally:
                    self._turn.release()
        if group.bad is not None:
            if group.members == 1:
                raise group.bad
            raise StoreUnavailable("a transaction of several was not written") from group.bad
