"""One store is copied into another, empty one, of either kind; the copy counts only if every row is proved equal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

from bot.desk.transaction import Store, Transaction
from bot.store.books import Books
from bot.store.connection import POSTGRES, SQLITE, Connection
from bot.store.shelf import insert

BATCH = 2000
# Every table with the columns that tell its rows apart, those first that others refer to.
TABLES = {
    "sessions": "conversation",
    "turns": "id",
    "feedback": "turn",
    "proposals": "id",
    "gaps": "turn",
    "consents": "id",
    "counters": "name",
    "events": "code, number",
    "petitions": "id",
    "petition_words": "id",
    "papers": "id",
    "parties": "code",
    "receipts": "key",
    "attachments": "id",
    "updates": "id",
    "notices": "id",
    "officers": "id",
    "units": "key",
    "invitations": "digest",
    "audits": "id",
    "task_states": "id",
    "index_events": "id",
    "jobs": "key",
    "house_values": "name",
    "questions": "id",
    "contests": "id",
    "items": "contest, number",
    "players": "id",
    "entries": "id",
    "asked": "id",
    "drills": "id",
    "polls": "id",
    "votes": "poll, voter",
    "links": "digest",
    "subscriptions": "id",
    "mailings": "id",
    "posters": "id",
    "scans": "id",
}
# Whose `id` the engine does not give.
_NAMED_BY_US = frozenset(
    {"petition_words", "officers", "questions", "contests", "players", "entries", "asked", "drills", "polls"}
)


class CannotMove(Exception):
    """The target holds something already, or the copy is not equal; nothing was written."""


@dataclass(frozen=True, slots=True)
class Moved:
    table: str
    rows: int
    digest: str


def move(source: Store, target: Store) -> list[Moved]:
    """What was copied, table by table, each proved by reading it back. All of it is one transaction of the target."""
    with source.reading() as old, target.writing() as new:
        here, there = _connection(old), _connection(new)
        for table in TABLES:
            if there.rows(f"select 1 from {table} limit 1"):
                raise CannotMove(f"the target is not empty: {table} has rows")
        return [_copied(table, here, there) for table in TABLES]


def proof(store: Store) -> list[Moved]:
    """Counts and digests of every table: equal in two stores that hold the same."""
    with store.reading() as tx:
        return [_proved(table, _connection(tx)) for table in TABLES]


def _connection(tx: Transaction) -> Connection:
    return cast(Books, tx).connection


def _copied(table: str, here: Connection, there: Connection) -> Moved:
    columns = _columns(table, here)
    rows = _rows(table, columns, here)
    statement = insert(table, columns)
    while batch := list(islice(rows, BATCH)):
        there.run_many(statement, [dict(zip(columns, row, strict=True)) for row in batch])
    if "id" in columns and there.dialect is POSTGRES and table not in _NAMED_BY_US:
        there.rows(
            f"select setval(pg_get_serial_sequence('{table}', 'id'), (select max(id) from {table})) "
            f"where exists (select 1 from {table})"
        )
    if there.dialect is POSTGRES:
        there.run(f"analyze {table}")  # else its first queries would be planned for an empty table
    before, after = _proved(table, here), _proved(table, there)
    if before != after:
        raise CannotMove(f"the copy of {table} differs: {before.rows} rows, {after.rows} after it")
    return after


def _proved(table: str, db: Connection) -> Moved:
    return Moved(table, *_digest(_rows(table, _columns(table, db), db)))


def _rows(table: str, columns: tuple[str, ...], db: Connection) -> Iterator[tuple[Any, ...]]:
    listed = ", ".join(f'"{c}"' for c in columns)
    return db.stream(f"select {listed} from {table} order by {TABLES[table]}")


def _digest(rows: Iterable[tuple[Any, ...]]) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    for row in rows:
        count += 1
        digest.update(json.dumps(row, ensure_ascii=False).encode())
    return count, digest.hexdigest()


def _columns(table: str, db: Connection) -> tuple[str, ...]:
    query = (
        "select name from pragma_table_info(:name) order by name"
        if db.dialect is SQLITE
        else "select column_name from information_schema.columns where table_schema = current_schema() "
        "and table_name = :name and is_generated = 'NEVER' order by column_name"
    )
    return tuple(sorted(row[0] for row in db.rows(query, {"name": table})))
