"""SQLite through sqlite-utils: one file, write-ahead log, every commit on disk before it counts."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.desk.transaction import Transaction
from bot.ledger import StoreUnavailable
from bot.store.books import Books
from bot.store.connection import SQLITE, Dialect, Values, keepable
from bot.store.schema import STEPS, take_step

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


class LiteConnection:
    """A connection of sqlite-utils, as the books use it."""

    dialect: Dialect = SQLITE

    def __init__(self, db: Database) -> None:
        self.db = db
        self._streams: list[sqlite3.Cursor] = []

    def run(self, sql: str, values: Values | None = None) -> int:
        return int(self.db.execute(sql, keepable(values or {})).rowcount)

    def run_many(self, sql: str, rows: Sequence[Values]) -> None:
        self.db.conn.executemany(sql, [keepable(row) for row in rows])

    def rows(self, sql: str, values: Values | None = None) -> list[tuple[Any, ...]]:
        return list(self.db.execute(sql, keepable(values or {})).fetchall())

    def stream(self, sql: str, values: Values | None = None) -> Iterator[tuple[Any, ...]]:
        cursor: sqlite3.Cursor = self.db.execute(sql, keepable(values or {}))
        self._streams.append(cursor)
        return iter(cursor)

    def finish(self) -> None:
        """A half-read cursor would keep the old view of the file open."""
        for cursor in self._streams:
            cursor.close()
        self._streams.clear()


class SqliteStore:
    """Implements desk.transaction.Store. Connections are lent to whoever has a transaction open."""

    def __init__(self, file: Path, patience: float = PATIENCE) -> None:
        self._file, self._patience = file, patience
        self._idle: list[LiteConnection] = []
        self._guard = threading.Lock()
        self._turn = threading.Lock()
        self._here = threading.local()
        self._closed = False
        with self._guarded():
            self._prepare()

    def _prepare(self) -> None:
        """One process at a time: two that start at once must not both make the tables."""
        with self._flock("opening", wait=True):
            with self._lent() as connection:
                connection.db.enable_wal()
            for step in STEPS:
                with self._lent() as connection, self._committed(connection):
                    take_step(connection, step)

    def _open(self) -> LiteConnection:
        connection = sqlite3.connect(
            self._file, timeout=self._patience, check_same_thread=False, isolation_level=None, cached_statements=256
        )
        for pragma in ("foreign_keys = on", "synchronous = full", "temp_store = memory", "cache_size = -32000"):
            connection.execute(f"pragma {pragma}")
        return LiteConnection(Database(connection))

    @contextlib.contextmanager
    def _lent(self) -> Iterator[LiteConnection]:
        """A connection for one transaction; one that something went wrong with is not lent again."""
        with self._guard:
            if self._closed:
                raise StoreUnavailable(f"{self._file}: closed")
            connection = self._idle.pop() if self._idle else None
        connection = connection or self._open()
        try:
            yield connection
        except BaseException:
            connection.db.close()
            raise
        with self._guard:
            keep = len(self._idle) < IDLE and not self._closed
            if keep:
                self._idle.append(connection)
        if not keep:
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
        with self._guarded(), self._lent() as connection:
            connection.db.execute("pragma query_only = on")
            connection.db.execute("begin")
            try:
                yield Books(connection)
            finally:
                connection.finish()
                connection.db.rollback()
                connection.db.execute("pragma query_only = off")

    @contextlib.contextmanager
    def writing(self) -> Iterator[Transaction]:
        if getattr(self._here, "writing", False):
            raise RuntimeError("a writing transaction inside a writing transaction")
        # threads of one process take turns here; only processes have to poll for the file
        if not self._turn.acquire(timeout=self._patience):
            raise StoreUnavailable(f"{self._file}: other threads are writing")
        self._here.writing = True
        try:
            with self._guarded(), self._lent() as connection, self._committed(connection):
                yield Books(connection)
        finally:
            self._here.writing = False
            self._turn.release()

    @contextlib.contextmanager
    def _committed(self, connection: LiteConnection) -> Iterator[None]:
        connection.db.execute("begin immediate")
        try:
            yield
            connection.finish()
            connection.db.conn.execute("commit")
        except BaseException:
            connection.finish()
            connection.db.rollback()
            raise

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
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.db.close()
