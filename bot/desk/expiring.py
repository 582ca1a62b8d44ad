"""What in the content ends, changes or begins soon, and what was last read long ago. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge.library import Library
from knowledge.records import Procedure, ReadingDay, Status

OLD = dt.timedelta(days=365)


class Turning(StrEnum):
    ENDS = "ends"
    ENDED = "ended"
    BEGINS = "begins"
    CHANGES = "changes"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """`record`: key of the procedure ("" for the calendar of days off); `what`: the change as its source words it."""

    day: dt.date
    kind: Turning
    record: str
    name: str
    what: str = ""


def turning_points(library: Library, today: dt.date, ahead: dt.timedelta) -> tuple[TurningPoint, ...]:
    """From the soonest; what has ended already stands first, as long as it is still announced as in force."""
    found = [point for p in library.procedures.values() for point in _of(p, today, today + ahead)]
    calendar = library.calendar
    if calendar is not None and calendar.decided_until <= today + ahead:
        found.append(TurningPoint(calendar.decided_until, Turning.CALENDAR, "", ""))
    return tuple(sorted(found, key=lambda t: (t.day, t.record)))


def long_unread(library: Library, today: dt.date, least: dt.timedelta = OLD) -> tuple[tuple[dt.date, Procedure], ...]:
    """Procedures of which no source was read for so long, the oldest first."""
    read = ((max((_day(s.read) for s in p.sources), default=dt.date.min), p) for p in library.procedures.values())
    old = ((day, p) for day, p in read if day != dt.date.min and today - day > least)
    return tuple(sorted(old, key=lambda pair: (pair[0], pair[1].key)))


def _of(p: Procedure, today: dt.date, last: dt.date) -> Iterator[TurningPoint]:
    v = p.validity
    if v.status is not Status.IN_FORCE:
        return
    if v.until and v.until <= last:
        yield TurningPoint(v.until, Turning.ENDS if v.until >= today else Turning.ENDED, p.key, p.name, v.note)
    if v.since and today < v.since <= last:
        yield TurningPoint(v.since, Turning.BEGINS, p.key, p.name, v.decision)
    for change in v.changes:
        if today < change.since <= last:
            yield TurningPoint(change.since, Turning.CHANGES, p.key, p.name, change.what)


def _day(read: ReadingDay) -> dt.date:
    text = read.text
    return dt.date.fromisoformat(text if len(text) == 10 else f"{text}-01")
