"""The database as one SQLite file that can be carried away: copied while others write, proved, put back.

Both engines give the same kind of file. So a copy is looked at on any machine, without a server, and goes back into
either engine.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import cast

from bot.desk.backing import Looked
from bot.desk.transaction import Store
from bot.ledger import StoreUnavailable
from bot.store.books import Books
from bot.store.moving import CannotMove, move, proof
from bot.store.opening import open_store

_LITE = "sqlite:///"


def copy_out(url: str, file: Path) -> Looked:
    """One state of the store, in a new file, while others write."""
    if url.startswith(_LITE):
        _copied(Path(url.removeprefix(_LITE)), file)
    with contextlib.closing(open_store(f"{_LITE}{file}")) as copy:
        if not url.startswith(_LITE):
            with contextlib.closing(open_store(url)) as store:
                move(store, copy)
        looked = _looked(copy)
    _one_file(file)
    return looked


def look_into(file: Path) -> Looked:
    """Opens a copy as the program would, and says what is in it and what is wrong with it."""
    try:
        faults = _faults(file)
        with contextlib.closing(open_store(f"{_LITE}{file}")) as copy:
            with copy.writing() as tx:
                if differing := tx.rebuild():
                    faults.append(f"{differing} petitions differ from their events")
            looked = replace(_looked(copy), faults=tuple(faults))
        _one_file(file)
        return looked
    except (StoreUnavailable, sqlite3.DatabaseError) as bad:
        return Looked({}, frozenset(), (str(bad),))


def put_back(file: Path, url: str) -> int:
    """A copy goes into an empty store of either engine; how many rows. Raises CannotMove where it is not empty."""
    with contextlib.closing(open_store(f"{_LITE}{file}")) as copy, contextlib.closing(open_store(url)) as store:
        return sum(m.rows for m in move(copy, store))


def _looked(store: Store) -> Looked:
    with store.reading() as tx:
        rows = cast(Books, tx).connection.rows("select distinct digest from attachments")
    return Looked({m.table: (m.rows, m.digest) for m in proof(store)}, frozenset(row[0] for row in rows))


def _copied(source: Path, target: Path) -> None:
    """SQLite's own online copy: all pages of one moment, while writers go on."""
    try:
        with (
            contextlib.closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True)) as live,
            contextlib.closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
    except sqlite3.DatabaseError as bad:
        raise StoreUnavailable(f"{source}: {bad}") from bad


def _faults(file: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(file)) as db:
        found = [str(row[0]) for row in db.execute("pragma integrity_check(5)")]
        broken = len(db.execute("pragma foreign_key_check").fetchall())
    return [f for f in found if f != "ok"] + ([f"{broken} rows name what is not there"] if broken else [])


def _one_file(file: Path) -> None:
    """Everything stands in the file itself, on disk; no log beside it."""
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.execute("pragma journal_mode = delete")
    with file.open("rb") as opened:
        os.fsync(opened.fileno())


__all__ = ["CannotMove", "copy_out", "look_into", "put_back"]
