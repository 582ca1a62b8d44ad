from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.desk.expiring import Turning, long_unread, turning_points
from knowledge.library import Library
from knowledge.records import Change, Procedure, ReadingDay, Source, Status, Validity

TODAY = dt.date(2026, 11, 21)
MONTH = dt.timedelta(days=30)


def day(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def of(library: Library, *validities: Validity) -> Library:
    procedures = {f"p{i}": Procedure(f"p{i}", f"Thủ tục {i}", validity=v) for i, v in enumerate(validities)}
    return replace(library, procedures=procedures, calendar=None)


def kinds(library: Library, *validities: Validity) -> list[Turning]:
    return [t.kind for t in turning_points(of(library, *validities), TODAY, MONTH)]


def test_what_ends_begins_or_changes_within_the_span_is_told_from_the_soonest(library: Library) -> None:
    soon = Validity(until=day(20)), Validity(since=day(10)), Validity(changes=(Change(day(5), "phí mới"),))
    assert kinds(library, *soon) == [Turning.CHANGES, Turning.BEGINS, Turning.ENDS]


def test_what_ended_but_is_still_announced_stands_first(library: Library) -> None:
    assert kinds(library, Validity(until=day(3)), Validity(until=day(-3))) == [Turning.ENDED, Turning.ENDS]


def test_what_is_far_off_past_or_abolished_is_left_out(library: Library) -> None:
    far = Validity(until=day(31), since=day(-100), changes=(Change(day(40), "xa"), Change(day(-1), "qua")))
    assert kinds(library, far, Validity(until=day(3), status=Status.ABOLISHED)) == []


def test_the_calendar_of_days_off_is_told_when_it_runs_out(library: Library) -> None:
    assert library.calendar is not None
    until = library.calendar.decided_until
    points = turning_points(library, until - dt.timedelta(days=1), MONTH)
    assert Turning.CALENDAR in {p.kind for p in points}


def test_sources_that_were_read_long_ago_are_listed_the_oldest_first(library: Library) -> None:
    def read(key: str, *days: str) -> Procedure:
        return Procedure(key, key, sources=tuple(Source("n", ReadingDay(d)) for d in days))

    procedures = [read("a", "2025-03"), read("b", "2024-01-05"), read("c", "2024-01", "2026-10"), read("d")]
    found = long_unread(replace(library, procedures={p.key: p for p in procedures}), TODAY)
    assert [(at, p.key) for at, p in found] == [(dt.date(2024, 1, 5), "b"), (dt.date(2025, 3, 1), "a")]
