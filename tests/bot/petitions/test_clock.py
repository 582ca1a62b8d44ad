from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.petitions.clock import VIETNAM, BadHours, Clock, Hours, hours_of
from knowledge.reading import CONTENT, read_folder
from knowledge.records import Calendar

CALENDAR = read_folder(CONTENT).calendar
CLOCK = Clock(CALENDAR)
TET = dt.datetime(2026, 2, 16, tzinfo=VIETNAM)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


# Moments around the year's ends, Tết, the spring and autumn holidays, to the second.
moments = st.datetimes(dt.datetime(2025, 12, 20), dt.datetime(2027, 2, 28)).map(
    lambda m: m.replace(microsecond=0, tzinfo=VIETNAM)
)
spans = st.integers(0, 120 * 3600).map(lambda s: dt.timedelta(seconds=s))
clocks = st.sampled_from(
    [
        CLOCK,
        Clock(None),
        Clock(CALENDAR, hours_of("8:00-12:00,13:00-17:00; T2-T7")),
        Clock(CALENDAR, hours_of("0:00-23:59")),
    ]
)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-20 08:00", 2, "2026-11-20 10:00"),
        ("2026-11-20 10:30", 2, "2026-11-20 14:30"),  # over the lunch break
        ("2026-11-20 16:00", 2, "2026-11-23 08:30"),  # over a weekend
        ("2026-11-21 09:00", 1, "2026-11-23 08:30"),  # filed on a Saturday
        ("2026-11-20 12:00", 0, "2026-11-20 13:30"),
        ("2026-11-20 17:00", 0, "2026-11-20 17:00"),
        ("2026-11-20 17:01", 0, "2026-11-23 07:30"),
        ("2026-02-13 16:00", 2, "2026-02-23 08:30"),  # over the whole of Tết
        ("2025-12-31 16:30", 1, "2026-01-05 08:00"),  # over the year's end: the Friday was exchanged
        ("2026-01-09 16:30", 1, "2026-01-10 08:00"),  # the Saturday on which it is made up
    ],
)
def test_hours_are_counted_where_offices_are_open(start: str, hours: float, end: str) -> None:
    assert CLOCK.after(at(start), hours) == at(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-20 08:00", 1, "2026-11-23 17:00"),  # the day itself does not count
        ("2026-11-20 23:00", 1, "2026-11-23 17:00"),
        ("2026-11-21 09:00", 1, "2026-11-23 17:00"),
        ("2026-02-13 09:00", 1, "2026-02-23 17:00"),
        ("2026-01-08 09:00", 2, "2026-01-10 17:00"),  # ends on a made-up Saturday
        ("2026-08-21 09:00", 1, "2026-08-22 17:00"),
        ("2026-04-24 09:00", 1, "2026-04-28 17:00"),  # Giỗ Tổ on a Sunday, the Monday off instead
        ("2026-11-20 12:30", 0, "2026-11-20 17:00"),
        ("2026-11-20 18:30", 0, "2026-11-23 17:00"),
    ],
)
def test_days_end_at_the_close_of_the_last_one(start: str, days: int, end: str) -> None:
    assert CLOCK.after_days(at(start), days) == at(end)


@given(clocks, moments, spans)
def test_what_was_added_is_measured_again(clock: Clock, start: dt.datetime, span: dt.timedelta) -> None:
    end = clock.after(start, span)
    assert clock.between(start, end) == span
    assert clock.between(end, start) == -span


@given(clocks, moments, spans)
def test_nothing_ends_outside_working_time(clock: Clock, start: dt.datetime, span: dt.timedelta) -> None:
    end = clock.after(start, span)
    assert clock.open_at(end) and end >= start
    assert not span or not clock.open_at(start) or end > start


@given(clocks, moments, moments, spans, spans)
def test_later_or_longer_never_ends_earlier(
    clock: Clock, one: dt.datetime, two: dt.datetime, short: dt.timedelta, more: dt.timedelta
) -> None:
    assert clock.after(min(one, two), short) <= clock.after(max(one, two), short)
    assert clock.after(one, short) <= clock.after(one, short + more)


@given(clocks, moments, st.integers(1, 60))
def test_days_that_were_added_are_measured_again(clock: Clock, start: dt.datetime, days: int) -> None:
    end = clock.after_days(start, days)
    assert clock.days_between(start, end) == days
    assert clock.open_at(end) and end.time() == clock.working_hours.sessions[-1][1]
    assert clock.after_days(start, days - 1) < end or days == 1


@given(clocks, moments, moments, moments)
def test_working_time_adds_up(clock: Clock, a: dt.datetime, b: dt.datetime, c: dt.datetime) -> None:
    assert clock.between(a, b) + clock.between(b, c) == clock.between(a, c)
    if a <= b:
        assert dt.timedelta() <= clock.between(a, b) <= b - a


@given(moments, spans)
def test_going_back_and_forth_meets(end: dt.datetime, span: dt.timedelta) -> None:
    start = CLOCK.before(end, span)
    assert CLOCK.open_at(start)
    assert CLOCK.between(start, end) == span or not span


@given(st.lists(st.tuples(moments, moments), max_size=5))
def test_a_pause_counts_once_however_its_parts_overlap(spans: list[tuple[dt.datetime, dt.datetime]]) -> None:
    spans = [(min(s), max(s)) for s in spans]
    paused = CLOCK.paused(spans)
    assert paused <= sum((CLOCK.between(*s) for s in spans), dt.timedelta())
    assert paused == CLOCK.paused([*spans, *spans])
    if spans:
        whole = CLOCK.between(min(a for a, _ in spans), max(b for _, b in spans))
        assert max(CLOCK.between(*s) for s in spans) <= paused <= whole


def test_a_moment_means_the_same_in_any_time_zone() -> None:
    there = at("2026-11-20 10:30").astimezone(dt.UTC)
    assert CLOCK.after(there, 2) == at("2026-11-20 14:30")
    with pytest.raises(ValueError, match="time zone"):
        CLOCK.after(dt.datetime(2026, 11, 20, 10), 2)


def test_beyond_what_is_decided_it_still_counts_and_says_that_it_is_not_certain() -> None:
    assert CLOCK.certain(dt.date(2026, 12, 31))
    assert not CLOCK.certain(dt.date(2027, 1, 4))
    assert not CLOCK.certain(dt.date(2025, 5, 5))
    assert not Clock(None).certain(dt.date(2026, 5, 5))
    # the solar holidays of any year, and weekends, are known all the same
    assert [CLOCK.works(d) for d in (dt.date(2031, 9, 2), dt.date(2031, 9, 3), dt.date(2031, 9, 6))] == [
        False,
        True,
        False,
    ]
    assert CLOCK.works(dt.date(2027, 2, 8))  # nobody has decided on this Tết yet


def test_a_made_up_day_counts_even_on_a_holiday_weekend() -> None:
    calendar = (
        Calendar(decided_until=dt.date(2026, 12, 31), make_up_days=(CALENDAR.make_up_days[0],)) if CALENDAR else None
    )
    assert Clock(calendar).works(dt.date(2026, 1, 10))
    assert not Clock(None).works(dt.date(2026, 1, 10))


def test_working_hours_are_read_from_a_setting() -> None:
    assert hours_of("7:30-11:30,13:30-17:00") == Hours()
    read = hours_of("7h00 – 11h30, 13:00-16:30; T2-T6,T7")
    assert read.sessions[0] == (dt.time(7), dt.time(11, 30))
    assert read.weekdays == frozenset(range(6))
    assert hours_of("8:00-12:00; CN").weekdays == {6}


@pytest.mark.parametrize(
    "text", ["", "7:30", "17:00-7:30", "7:30-11:30,11:00-17:00", "25:00-26:00", "7:30-11:30; T9", "7:30-11:30; T6-T2"]
)
def test_hours_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(BadHours):
        hours_of(text)
