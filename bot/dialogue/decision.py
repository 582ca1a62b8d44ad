"""What is decided about a question, and what deciding is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.dialogue.session import Session, Topic
from bot.dialogue.understanding import Clause, Reading
from index.passages import RecordId, RecordKind
from index.retriever import Hit, Hits, Retriever
from knowledge.library import Library

# Under UNKNOWN (likelihood that anything here answers) nothing is answered; from SURE on, a question may change the
# subject by itself. Both come from the curve of scripts/evaluate.py on the development questions, not from taste.
UNKNOWN = 0.5
SURE = 0.55
# A question that names nothing leaves what was spoken of only when the index is this sure of another.
SURE_OF_ANOTHER = 0.75


@dataclass(frozen=True, slots=True)
class Target:
    """One record that a clause asks about, with the aspects asked of it. `others`: siblings worth a button;
    `unstated`: what was asked that no record has a field for; `whether`: the question, where it asks one thing only
    of these aspects, as one for yes or no does; `particular`: those of its words that are none of the record's name."""

    kind: str
    key: str
    aspects: tuple[str, ...]
    told: str
    score: float
    others: tuple[str, ...] = ()
    unstated: tuple[str, ...] = ()
    whether: str = ""
    particular: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do about a question: `targets` to answer, `choices` to offer, or (both empty) nothing is known; then
    `absent` names what is known not to be here. `missed`: a part of the message that nothing here answers; `unsaid`:
    for whom it is asked, where the record does not speak of them; `later`: named as well, too many for one
    answer."""

    targets: tuple[Target, ...] = ()
    choices: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    score: float = 0.0
    absent: str = ""
    missed: str = ""
    unsaid: str = ""
    later: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """All that deciding needs of one turn. `aspects_of`: the aspects that a clause asks; `find`: what a text finds,
    remembered for the turn."""

    reading: Reading
    session: Session
    library: Library
    retriever: Retriever
    aspects_of: Callable[[Clause], tuple[str, ...]]
    find: Callable[[str], Hits]


def name_heard(hit: Hit) -> float:
    """How much of the record's name, or of an alias, stands in the question."""
    whole_alias = 1.0 if hit.evidence.get("fuzzy_name", 0) >= 0.999 else 0.0
    return max(hit.evidence.get("name_covered", 0), whole_alias)


def kind_of(hit: Hit) -> str:
    return "procedure" if hit.record.kind is RecordKind.ABOLISHED else str(hit.record.kind)


def as_topic(t: Target) -> Topic:
    return Topic(t.kind, t.key, t.aspects, t.told)


def name_of(library: Library, record: RecordId) -> str:
    tables: Mapping[RecordKind, Mapping[str, object]] = {
        RecordKind.CONTACT: library.contacts,
        RecordKind.SERVICE: library.services,
        RecordKind.PLAN: library.plans,
        RecordKind.PLACE: library.places,
    }
    found = tables.get(record.kind, library.procedures).get(record.key)
    return str(getattr(found, "name", record.key))
