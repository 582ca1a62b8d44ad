"""Numbered changes of the schema: each runs once, in a transaction of its own, and is recorded in `migrations`."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator

from sqlite_utils import Database

Migration = Callable[[Database], None]


def turns_and_sessions(db: Database) -> None:
    db.table("sessions").create({"conversation": str, "session": str, "at": str}, pk="conversation", strict=True)
    db.table("turns").create(
        {
            "id": int,
            "conversation": str,
            "at": str,
            "door": str,
            "question": str,
            "class": str,
            "behavior": str,
            "records": str,
            "score": float,
            "generation": str,
            "reply": str,
            "milliseconds": float,
        },
        pk="id",
        not_null={"conversation", "at", "door", "behavior"},
        strict=True,
    )
    db.table("turns").create_index(["conversation", "id"])
    db.table("turns").create_index(["at"])
    db.table("gaps").create(
        {"turn": int, "question": str, "at": str, "door": str},
        pk="turn",
        foreign_keys=[("turn", "turns", "id")],
        strict=True,
    )
    db.table("feedback").create(
        {"turn": int, "about": int, "good": int, "reason": str, "words": str, "at": str},
        pk="turn",
        foreign_keys=[("turn", "turns", "id"), ("about", "turns", "id")],
        strict=True,
    )


def petitions(db: Database) -> None:
    db.table("petitions").create(
        {
            "code": str,
            "year": int,
            "number": int,
            "turn": int,
            "conversation": str,
            "kind": str,
            "text": str,
            "place": str,
            "happened": str,
            "contact": str,
            "anonymous": str,
            "at": str,
        },
        pk="code",
        foreign_keys=[("turn", "turns", "id")],
        strict=True,
    )
    db.table("petitions").create_index(["year", "number"], unique=True)


MIGRATIONS: tuple[Migration, ...] = (turns_and_sessions, petitions)


def migrate(db: Database) -> int:
    """Bring the schema up to date; returns how many migrations ran. Two processes at once: the second waits."""
    ran = 0
    for number, migration in enumerate(MIGRATIONS, 1):
        db.execute("begin immediate")
        with closing_transaction(db):
            db.execute("create table if not exists migrations (number integer primary key, name text, at text)")
            if db.execute("select 1 from migrations where number = ?", [number]).fetchone():
                continue
            migration(db)
            now = dt.datetime.now(dt.UTC).isoformat()
            db.execute("insert into migrations values (?, ?, ?)", [number, migration.__name__, now])
            ran += 1
    return ran


@contextlib.contextmanager
def closing_transaction(db: Database) -> Iterator[None]:
    """The open transaction is committed, or rolled back when anything goes wrong in it."""
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.commit()
