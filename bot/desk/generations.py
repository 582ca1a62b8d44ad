"""A generation of the index enters the books: what it brought, and what the procedures in it were called then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.desk.transaction import Transaction
from bot.ledger import IndexEvent
from index.shelf import Shelf
from index.snapshot import Changes
from knowledge.reading import read_library
from knowledge.records import Procedure

PUBLISHED_AS = "procedure:"
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


def enter(tx: Transaction, event: IndexEvent, procedures: Iterable[Procedure]) -> None:
    """Names are kept for the reports on a time in which they were there."""
    tx.add_index_event(event)
    for p in procedures:
        tx.put_value(f"{PUBLISHED_AS}{p.key}", f"{p.code}\t{p.name}")


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
