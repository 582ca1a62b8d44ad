"""What happened to a petition, event by event, in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.desk.notices import day_of
from bot.ledger import Dossier
from bot.petitions.petition import Event, Happening, State
from bot.wording import console as say
from bot.wording import office as say_office

_ENDED = (State.ANSWERED.value, State.CLOSED.value)


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the history: who did what, and the words that belong to it."""

    event: Event
    by: str
    text: str
    words: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What keys are called: of officers, of units, of procedures."""

    officers: Mapping[str, str]
    units: Mapping[str, str]
    procedures: Mapping[str, str]


def history(d: Dossier, names: Names) -> Iterator[Moment]:
    """The oldest first."""
    papers, state = {str(x.id): x for x in d.papers}, State.NEW.value
    for event in d.events:
        paper = papers.get(event.details.get("paper", ""))
        by = say_office.ACTORS.get(event.by) or names.officers.get(event.by, event.by)
        told = _told(event, state, names)
        state = event.details["to"] if event.kind is Happening.MOVED else state
        yield Moment(event, by, told, paper.text if paper else "", paper.role if paper else "")


def condensed(moments: Sequence[Moment]) -> list[tuple[dt.datetime, str, str]]:
    """For paper: what one person did within one minute stands on one line. When, what, who."""
    rows: list[tuple[dt.datetime, str, str]] = []
    for m in moments:
        minute = m.event.at.replace(second=0, microsecond=0)
        if rows and (rows[-1][0], rows[-1][2]) == (minute, m.by):
            rows[-1] = (minute, f"{rows[-1][1]}; {m.text[:1].lower()}{m.text[1:]}", m.by)
        else:
            rows.append((minute, m.text, m.by))
    return rows


def _told(event: Event, state: str, names: Names) -> str:
    """`state`: what it was in before."""
    given = event.details
    if event.kind is Happening.FILED:
        return _filed(given)
    if event.kind is Happening.MOVED:
        return moved_to(given["to"], given, state)
    if event.kind is Happening.ASSIGNED:
        return _handed(given.get("officer", ""), given.get("unit", ""), names)
    if event.kind is Happening.RECLASSIFIED:
        named = (f"{say.FACETS[k]}: {_facet(k, v, names)}" for k, v in given.items() if k in say.FACETS)
        return say.RECLASSIFIED.format(what="; ".join(named))
    if event.kind is Happening.VOICED and given.get("from"):
        return say.VOICED_FROM.format(code=given["from"])
    if event.kind is Happening.RATED:
        return say.RATED.format(stars=given.get("rating", "?"))
    if event.kind is Happening.DEADLINES_SET and given.get("answer_by"):
        return say.DEADLINE_SET.format(day=day_of(given["answer_by"]))
    if event.kind is Happening.PUBLISHED and given.get("published") == "0":
        return say.UNPUBLISHED
    name = say_office.HAPPENINGS[event.kind.value]
    return name[:1].upper() + name[1:]


def _filed(given: Mapping[str, str]) -> str:
    told = say.FILED.format(channel=say_office.CHANNELS[given["channel"]])
    return f"{told}, {say.RECEIVED.format(day=day_of(given['received']))}" if given.get("received") else told


def moved_to(to: str, given: Mapping[str, str], before: str = "") -> str:
    """With what says why or where: a refusal's reason, the body that it went to, the petition that it is part of."""
    if to == State.WORKING and before in _ENDED:
        return say_office.MOVE_AGAIN
    told = say.MOVED_TO.format(state=say_office.STATES[to])
    return f"{told}: {more}" if (more := why_of(to, given)) else told


def why_of(to: str, given: Mapping[str, str]) -> str:
    if to == State.REFUSED and given.get("reason") in say_office.REFUSALS:
        return say_office.REFUSALS[given["reason"]].title
    if to == State.FORWARDED:
        return given.get("body", "")
    return given.get("into", "") if to == State.MERGED else ""


def _handed(officer: str, unit: str, names: Names) -> str:
    where = say.ASSIGNED_UNIT.format(unit=names.units.get(unit, unit)) if unit else ""
    if not officer:
        return where or say.UNASSIGNED
    told = say.ASSIGNED_TO.format(name=names.officers.get(officer, officer))
    return f"{told}, {where[:1].lower()}{where[1:]}" if where else told


def _facet(facet: str, value: str, names: Names) -> str:
    if facet == "about":
        called = (_subject(key, names) for key in value.split(",") if key)
        return ", ".join(called) or "–"
    words = {"kind": say_office.KINDS, "urgency": say_office.URGENCIES, "procedure": names.procedures}.get(facet, {})
    return words.get(value, value) or "–"


def _subject(key: str, names: Names) -> str:
    lead, _, unit = key.partition(":")
    return say.LEAD_OF.format(unit=names.units.get(unit, unit)) if unit else names.officers.get(lead, lead)
