"""What changed between two states of the records, as news: old → new in two lines. Pure.

Only what concerns who goes to the office is news: an alias, a source read anew, a doubt settled are none. A value that
a record holds but doubts is not told as a fact.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.wording import citizens
from bot.wording import outreach as say
from knowledge.library import Library
from knowledge.records import Confidence, Procedure

LONGEST = 180
"""A longer value is not cut, since half a rule is a wrong one: the reader is sent to the whole record."""


class What(StrEnum):
    """As the index's own record of a switch calls them."""

    ANNOUNCED = "announced"
    AMENDED = "amended"
    ABOLISHED = "abolished"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is other than it was; both sides as they are shown."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class News:
    """`others`: aspects that changed too, without their old and new wording."""

    what: What
    key: str
    code: str
    name: str
    field: str
    parts: tuple[Part, ...] = ()
    others: tuple[str, ...] = ()
    decision: str = ""

    @property
    def title(self) -> str:
        return say.NEWS_TITLE[self.what].format(name=self.name)

    @property
    def lines(self) -> tuple[str, str]:
        """Two lines: what was, what is."""
        if self.what is What.AMENDED and self.parts:
            return (
                say.NEWS_BEFORE.format(what=_joined((p.name, p.old) for p in self.parts)),
                say.NEWS_NOW.format(what=_joined((p.name, p.new) for p in self.parts)),
            )
        if self.what is What.AMENDED:
            return say.NEWS_OTHERS.format(what=", ".join(self.others)), say.NEWS_SEE
        if self.what is What.ABOLISHED:
            by = say.NEWS_BY.format(decision=self.decision) if self.decision else ""
            return say.NEWS_ENDED.format(by=by), say.NEWS_ASK
        return say.NEWS_BEFORE_NONE, say.NEWS_NOW.format(what=_joined((p.name, p.new) for p in self.parts))


def news(before: Library, after: Library) -> tuple[News, ...]:
    """Everything that `after` announces, amends or abolishes, in the order of its content. A record that only left the
    folders is no news: nobody abolished it."""
    return tuple(_found(before, after))


def of(old: Procedure | None, new: Procedure, day: dt.date) -> News | None:
    """What became of one procedure; None where nothing did that concerns anyone."""
    ended, was_there = not new.validity.in_force(day), old is not None and old.validity.in_force(day)
    if ended:
        # one that is announced for a later day is not in force yet and was never abolished
        over = not new.validity.since or new.validity.since <= day
        return _news(What.ABOLISHED, new) if was_there and over else None
    if old is None or not was_there:
        return _news(What.ANNOUNCED, new, tuple(_long_ones_named(Part(n, "", v)) for n, v in _told(new)))
    both = zip(_told(old), _told(new), strict=True)
    parts = tuple(_long_ones_named(Part(n, o, v)) for (n, o), (_, v) in both if o != v)
    others = tuple(_others(old, new))
    return _news(What.AMENDED, new, parts, others) if parts or others else None


def _found(before: Library, after: Library) -> Iterator[News]:
    for new in after.procedures.values():
        if not after.elsewhere(new.key):
            old = (before.procedure(new.code) if new.code else None) or before.procedure(new.key)
            if found := of(old, new, after.day):
                yield found


def _news(what: What, p: Procedure, parts: tuple[Part, ...] = (), others: tuple[str, ...] = ()) -> News:
    return News(what, p.key, p.code, p.name, p.field, parts, others, p.validity.decision)


def _told(p: Procedure) -> tuple[tuple[str, str], ...]:
    """Fee, time, place, number of documents: name and value as they are said."""
    count = len(p.documents)
    papers = say.PAPERS.format(count=count) if count and _sure(p, "documents") else say.UNPUBLISHED
    values = [(say.PART_NAMES[f], _value(p, f)) for f in ("fee", "time", "where")]
    return (*values, (say.PART_NAMES["documents"], papers))


def _value(p: Procedure, name: str) -> str:
    value = getattr(p, name)
    return str(value) if value and _sure(p, name) else say.UNPUBLISHED


def _sure(p: Procedure, name: str) -> bool:
    return p.confidence_of(name) is not Confidence.LOW


def _long_ones_named(part: Part) -> Part:
    old, new = (v if len(v) <= LONGEST else say.LONG_VALUE for v in (part.old, part.new))
    return Part(part.name, old, new) if old != new else Part(part.name, say.LONG_VALUE, say.LONG_VALUE_NEW)


def _others(old: Procedure, new: Procedure) -> Iterator[str]:
    """Aspects beside the four whose official words differ."""
    watched = {
        "name": say.PART_NAMES["name"],
        "agency": citizens.ASPECTS["co_quan"],
        "steps": citizens.ASPECTS["trinh_tu"],
        "conditions": citizens.ASPECTS["dieu_kien"],
        "who": citizens.ASPECTS["doi_tuong"],
        "result": citizens.ASPECTS["ket_qua"],
        "legal": citizens.ASPECTS["can_cu"],
        "online": citizens.ASPECTS["truc_tuyen"],
        "ways": citizens.ASPECTS["cach_nop"],
        "cases": say.PART_NAMES["cases"],
    }
    if len(old.documents) == len(new.documents) and [d.name for d in old.documents] != [d.name for d in new.documents]:
        yield say.PART_NAMES["papers"]
    yield from (label.lower() for name, label in watched.items() if getattr(old, name) != getattr(new, name))


def _joined(pairs: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in pairs)
