"""SQLite through sqlite-utils: one file, write-ahead log, every commit on disk before it counts."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from bot.desk.transaction import Transaction
from bot.ledger import StoreUnavailable
from bot.store.books import Books
from bot.store.lite import LiteConnection
from bot.store.schema import STEPS, take_step
from bot.store.writers import Writers

PATIENCE = 5.0
"""Seconds that a writer waits for the others."""
IDLE = 16
# What the machine or another process is to blame for; any other error of SQLite is a mistake of ours.
_AWAY = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)


class SqliteStore:
    """Implements desk.transaction.Store. Connections are lent to whoever has a transaction open."""

    def __init__(self, file: Path, patience: float = PATIENCE) -> None:
        self._file, self._patience = file, patience
        self._readers: list[LiteConnection] = []
        self._writers: list[LiteConnection] = []
        self._guard = threading.Lock()
        self._pens = Writers(lambda: self._take(self._writers), self._give_pen, patience)
        self._here = threading.local()
        self._closed = False
        with self._guarded():
            self._prepare()

    def _prepare(self) -> None:
        """One process at a time: two that start at once must not both make the tables."""
        with self._flock("opening", wait=True):
            with self._lent(self._writers) as connection:
                connection.db.enable_wal()
            for step in STEPS:
                with self._pens.writing(together=False) as connection, connection.finishing():
                    take_step(connection, step)

    def _open(self) -> LiteConnection:
        connection = sqlite3.connect(
            self._file, timeout=self._patience, check_same_thread=False, isolation_level=None, cached_statements=256
        )
        for pragma in ("foreign_keys = on", "synchronous = full", "temp_store = memory", "cache_size = -1000"):
            connection.execute(f"pragma {pragma}")
        return LiteConnection(Database(connection))

    @contextlib.contextmanager
    def _lent(self, idle: list[LiteConnection]) -> Iterator[LiteConnection]:
        """A connection for one transaction; one that something went wrong with is not lent again."""
        connection = self._take(idle)
        try:
            yield connection
        except BaseException:
            connection.db.close()
            raise
        self._give(idle, connection)

    def _take(self, idle: list[LiteConnection]) -> LiteConnection:
        with self._guard:
            if self._closed:
                raise StoreUnavailable(f"{self._file}: closed")
            connection = idle.pop() if idle else None
        if connection is None:
            connection = self._open()
            if idle is self._readers:
                connection.db.execute("pragma query_only = on")
        return connection

    def _give(self, idle: list[LiteConnection], connection: LiteConnection) -> None:
        with self._guard:
            keep = len(idle) < IDLE and not self._closed
            if keep:
                idle.append(connection)
        if not keep:
            connection.db.close()

    def _give_pen(self, connection: LiteConnection, whole: bool) -> None:
        if whole:
            self._give(self._writers, connection)
        else:
            connection.db.close()

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as bad:
            if (getattr(bad, "sqlite_errorcode", 0) or 0) & 0xFF not in _AWAY:
                raise
            raise StoreUnavailable(f"{self._file}: {bad}") from bad

    @contextlib.contextmanager
    def reading(self) -> Iterator[Transaction]:
        with self._guarded(), self._lent(self._readers) as connection:
            connection.plain.execute("begin")
            try:
                yield Books(connection)
            finally:
                connection.finish()
                connection.plain.rollback()

    @contextlib.contextmanager
    def writing(self, together: bool = False) -> Iterator[Transaction]:
        if getattr(self._here, "writing", False):
            raise RuntimeError("a writing transaction inside a writing transaction")
        self._here.writing = True
        try:
            with self._guarded(), self._pens.writing(together) as connection, connection.finishing():
                yield Books(connection)
        finally:
            self._here.writing = False

    @contextlib.contextmanager
    def locked(self, name: str) -> Iterator[bool]:
        """A lock of the operating system on a file beside the database: it ends with the process, however that ends."""
        with self._flock(name) as got:
            yield got

    @contextlib.contextmanager
    def _flock(self, name: str, wait: bool = False) -> Iterator[bool]:
        folder = self._file.with_name(self._file.name + "-locks")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            held = (folder / hashlib.sha256(name.encode()).hexdigest()[:32]).open("a")
        except OSError as bad:
            raise StoreUnavailable(f"{folder}: {bad.strerror}") from bad
        with held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
                got = True
            except BlockingIOError:
                got = False
            yield got

    def close(self) -> None:
        with self._guard:
            self._closed = True
            idle = [*self._readers, *self._writers]
            self._readers.clear()
            self._writers.clear()
        for connection in idle:
            connection.db.close()
