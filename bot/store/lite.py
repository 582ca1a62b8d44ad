"""A connection to a SQLite file, as the books use it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from bot.store.connection import SQLITE, Dialect, Values, keepable


class LiteConnection:
    """A connection of sqlite-utils, as the books use it."""

    dialect: Dialect = SQLITE

    def __init__(self, db: Database) -> None:
        self.db = db
        self.plain: sqlite3.Connection = db.conn
        self._streams: list[sqlite3.Cursor] = []

    def run(self, sql: str, values: Values | None = None) -> int:
        return int(self.db.execute(sql, keepable(values or {})).rowcount)

    def run_many(self, sql: str, rows: Sequence[Values]) -> None:
        self.plain.executemany(sql, [keepable(row) for row in rows])

    def rows(self, sql: str, values: Values | None = None) -> list[tuple[Any, ...]]:
        return list(self.db.execute(sql, keepable(values or {})).fetchall())

    def stream(self, sql: str, values: Values | None = None) -> Iterator[tuple[Any, ...]]:
        cursor: sqlite3.Cursor = self.db.execute(sql, keepable(values or {}))
        self._streams.append(cursor)
        return iter(cursor)

    @contextlib.contextmanager
    def finishing(self) -> Iterator[None]:
        try:
            yield
        finally:
            self.finish()

    def finish(self) -> None:
        """A half-read cursor would keep the old view of the file open."""
        for cursor in self._streams:
            cursor.close()
        self._streams.clear()
