"""How a database is, asked without changing it: which version of the books it holds, and its clock."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bot.ledger import StoreUnavailable
from bot.store.schema import STEPS

NEWEST = STEPS[-1].number


@dataclass(frozen=True, slots=True)
class Health:
    """`version` 0: there is no database yet, or an empty one. `clock`: the server's, where it has one of its own."""

    version: int
    clock: dt.datetime | None = None
    petitions: int = 0


def health_of(url: str) -> Health:
    """Raises StoreUnavailable where it cannot be read, ValueError for a URL of no store."""
    if url.startswith("sqlite:///"):
        return _lite(Path(url.removeprefix("sqlite:///")))
    if url.startswith(("postgresql://", "postgres://")):
        return _postgres(url)
    raise ValueError(f"no store for {url.partition(':')[0]}: …")


def _lite(file: Path) -> Health:
    if not file.exists():
        return Health(0)
    try:
        with contextlib.closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True, timeout=5)) as db:
            tables = {row[0] for row in db.execute("select name from sqlite_master where type = 'table'")}
            if not {"migrations", "petitions"} <= tables:
                return Health(0)
            version = db.execute("select max(number) from migrations").fetchone()[0] or 0
            db.execute("begin immediate")  # a disk that is read-only tells so here
            db.rollback()
            return Health(int(version), None, int(db.execute("select count(*) from petitions").fetchone()[0]))
    except sqlite3.DatabaseError as bad:
        raise StoreUnavailable(f"{file}: {bad}") from bad


def _postgres(url: str) -> Health:
    try:
        with psycopg.connect(url, connect_timeout=5, client_encoding="utf8") as db:
            row = db.execute("select to_regclass('migrations'), to_regclass('petitions'), clock_timestamp()").fetchone()
            assert row is not None
            if not row[0] or not row[1]:
                return Health(0, row[2])
            counts = db.execute(
                "select (select max(number) from migrations), (select count(*) from petitions)"
            ).fetchone()
            assert counts is not None
            return Health(int(counts[0] or 0), row[2], int(counts[1]))
    except (psycopg.OperationalError, psycopg.InterfaceError) as bad:
        raise StoreUnavailable(f"PostgreSQL: {bad}") from bad
