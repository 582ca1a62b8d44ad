"""A generation of the index enters the books: what it brought, and what the procedures in it were called then.

The pointer to the live generation and the books cannot be written in one go. What is to be entered is therefore noted
beside the pointer before the switch, and stays there until it stands in the books, whoever gets to it first.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.desk.transaction import Store, Transaction
from bot.ledger import Audit, IndexEvent
from index.manifest import write_file
from index.shelf import Shelf
from index.snapshot import Changes
from knowledge.reading import read_library
from knowledge.records import Procedure

PUBLISHED_AS = "procedure:"
NOTED = "switching.json"
"""In INDEX_DIR: the switch that may not stand in the books yet."""
INSTANT = dt.timedelta(microseconds=1)
_PROCEDURE, _ABOLISHED = "procedure:", "abolished:"
Pairs = tuple[tuple[str, str], ...]


def brought(changes: Changes, official: bool) -> Pairs:
    """What became of each record. `official`: out of a file that the state publishes; what officers edit, answer or
    add announces and amends nothing. An abolished procedure stays a record, of another kind."""
    new = set(changes.new)
    pairs: dict[str, str] = {}
    for record in changes.new:
        if record.startswith(_ABOLISHED):
            pairs[_of_procedure(record)] = "abolished"
        else:
            pairs[record] = "announced" if official and record.startswith(_PROCEDURE) else "added"
    for record in changes.changed:
        pairs[_of_procedure(record)] = "amended" if official and record.startswith(_PROCEDURE) else "edited"
    for record in changes.gone:
        if _other_kind(record) not in new:
            pairs[_of_procedure(record)] = "removed"
    return tuple(pairs.items())


def named(shelf: Shelf, pairs: Pairs, generations: Iterable[str]) -> Sequence[Procedure]:
    """The procedures among these records as the first of the generations that knows them has them."""
    wanted = {record.removeprefix(_PROCEDURE) for record, _ in pairs if record.startswith(_PROCEDURE)}
    found: dict[str, Procedure] = {}
    for generation in generations:
        if wanted - set(found):
            known = _procedures(shelf, generation)
            found |= {key: known[key] for key in wanted - set(found) if key in known}
    return [found[key] for key in sorted(found)]


def note(shelf: Shelf, event: IndexEvent, procedures: Iterable[Procedure] = (), audit: Audit | None = None) -> None:
    """To be called before the switch, by whoever holds the lock of the builders. Names are kept for the reports on a
    time in which they were there."""
    tree = {"event": asdict(event), "names": names_of(procedures), "audit": asdict(audit) if audit else None}
    beside = shelf.root / f".{NOTED}"
    write_file(beside, json.dumps(tree, ensure_ascii=False, default=dt.datetime.isoformat))
    beside.replace(shelf.root / NOTED)


def settle(shelf: Shelf, store: Store) -> None:
    """To be called after the switch, and again wherever that may have been cut short: what was noted and came about
    stands in the books once; what did not come about is dropped. Raises StoreUnavailable."""
    noted: Path = shelf.root / NOTED
    try:
        tree = json.loads(noted.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    event = _event(tree["event"])
    if shelf.current() == event.generation:
        with store.writing() as tx:
            if event not in tx.index_events(event.at, event.at + INSTANT):
                enter(tx, event, tree["names"])
                if audit := tree["audit"]:
                    tx.audit(Audit(**{**audit, "at": event.at}))
    noted.unlink(missing_ok=True)


def enter(tx: Transaction, event: IndexEvent, names: Mapping[str, str]) -> None:
    tx.add_index_event(event)
    for key, called in names.items():
        tx.put_value(f"{PUBLISHED_AS}{key}", called)


def names_of(procedures: Iterable[Procedure]) -> dict[str, str]:
    return {p.key: f"{p.code}\t{p.name}" for p in procedures}


def _event(tree: Mapping[str, Any]) -> IndexEvent:
    pairs = tuple((record, what) for record, what in tree["changes"])
    return IndexEvent(**{**tree, "at": dt.datetime.fromisoformat(tree["at"]), "changes": pairs})


def called_once(tx: Transaction, key: str) -> tuple[str, str] | None:
    """Code and name of a procedure as they were when it was last published; None where that was never noted."""
    code, _, name = tx.value(f"{PUBLISHED_AS}{key}").partition("\t")
    return (code, name) if name else None


def _procedures(shelf: Shelf, generation: str) -> Mapping[str, Procedure]:
    folder = shelf.generations / generation / "knowledge"
    return read_library(sorted(folder.iterdir())).procedures if generation and folder.is_dir() else {}


def _of_procedure(record: str) -> str:
    return record.replace(_ABOLISHED, _PROCEDURE, 1) if record.startswith(_ABOLISHED) else record


def _other_kind(record: str) -> str:
    """The same procedure in force instead of abolished, or the other way round; "" for anything else."""
    if record.startswith(_PROCEDURE):
        return record.replace(_PROCEDURE, _ABOLISHED, 1)
    return _of_procedure(record) if record.startswith(_ABOLISHED) else ""
