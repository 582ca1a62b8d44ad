"""Working time: hours with the lunch break, weekends, days off and make-up days. Pure.

Promises: what is added can be measured again (`between(a, after(a, span)) == span`); nothing ever ends outside working
time; a later start never ends earlier. Beyond the days that are decided, weekends and the holidays fixed by law still
count, and `certain` says that the rest is not known yet.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from knowledge.records import Calendar

# Vietnam keeps one time all year round, so no table of time zones is needed.
VIETNAM = dt.timezone(dt.timedelta(hours=7), "ICT")
"""Asia/Ho_Chi_Minh."""
# Days off that the Labour Code (45/2019/QH14, article 112) ties to a day of the solar calendar.
FIXED_HOLIDAYS = frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})
FIRST, LAST = dt.date(2000, 1, 1), dt.date(2079, 12, 31)
_ONE_DAY = dt.timedelta(days=1)
Session = tuple[dt.time, dt.time]


class BadHours(ValueError):
    """Working hours that cannot be read; the message says which part and how to write it."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of every working day, in order, and the days of the week (0 = Monday)."""

    sessions: tuple[Session, ...] = ((dt.time(7, 30), dt.time(11, 30)), (dt.time(13, 30), dt.time(17, 0)))
    weekdays: frozenset[int] = frozenset(range(5))

    def __post_init__(self) -> None:
        moments = [t for session in self.sessions for t in session]
        if not moments or any(a >= b for a, b in zip(moments, moments[1:], strict=False)):
            raise BadHours("các buổi làm việc phải theo thứ tự, không chồng nhau, ví dụ 7:30-11:30,13:30-17:00")
        if not self.weekdays or not self.weekdays <= set(range(7)):
            raise BadHours("cần ít nhất một ngày làm việc trong tuần, ví dụ T2-T6")

    @property
    def day(self) -> dt.timedelta:
        """Working time of one day."""
        return sum((_span(s) for s in self.sessions), dt.timedelta())


def hours_of(text: str) -> Hours:
    """From a setting: "7:30-11:30,13:30-17:00", where wanted with the days: "…; T2-T6" or "…; T2-T6,T7" (CN: Sunday).
    Raises BadHours."""
    spans, _, days = text.partition(";")
    sessions = tuple(_session(part) for part in spans.split(","))
    return Hours(sessions, frozenset(d for part in days.split(",") for d in _days(part))) if days else Hours(sessions)


class Clock:
    """The working time of one authority. Moments have a time zone; what comes back is in Vietnam's."""

    def __init__(self, calendar: Calendar | None = None, hours: Hours | None = None) -> None:
        self.working_hours = hours or Hours()
        self._day = self.working_hours.day
        self._off = frozenset(d.day for d in calendar.days_off) if calendar else frozenset[dt.date]()
        self._made_up = frozenset(d.day for d in calendar.make_up_days) if calendar else frozenset[dt.date]()
        years = [d.year for d in self._off]
        self._certain_from = dt.date(min(years), 1, 1) if years else dt.date.max
        self._certain_until = calendar.decided_until if calendar else dt.date.min
        days = (FIRST + n * _ONE_DAY for n in range((LAST - FIRST).days + 1))
        # working days before each day since FIRST
        self._before = list(accumulate(map(self.works, days), initial=0))

    def works(self, day: dt.date) -> bool:
        """Whether offices are open on this day."""
        if day in self._made_up:
            return True
        weekend = day.weekday() not in self.working_hours.weekdays
        return not (weekend or day in self._off or (day.month, day.day) in FIXED_HOLIDAYS)

    def certain(self, day: dt.date) -> bool:
        """Whether the days off of this day's time are decided; beyond, a lunar holiday may still move a term."""
        return self._certain_from <= day <= self._certain_until

    def open_at(self, moment: dt.datetime) -> bool:
        """Whether someone is at work at this moment (the last minute of a session counts)."""
        here = _here(moment)
        return self.works(here.date()) and any(a <= here.time() <= b for a, b in self.working_hours.sessions)

    def next_open(self, moment: dt.datetime) -> dt.datetime:
        """This moment, or the first working moment after it."""
        if self.open_at(moment):
            return _here(moment)
        here, start = _here(moment), None
        day = here.date()
        while start is None:
            starts = [a for a, _ in self.working_hours.sessions] if self.works(day) else []
            start = next((a for a in starts if day > here.date() or a > here.time()), None)
            day += _ONE_DAY
        return _at(day - _ONE_DAY, start)

    def after(self, moment: dt.datetime, span: dt.timedelta | float) -> dt.datetime:
        """When so much working time (hours, where a number) has passed."""
        span = dt.timedelta(hours=span) if isinstance(span, int | float) else span
        if span < dt.timedelta():
            raise ValueError(f"a negative working time: {span}")
        return self._moment(self._passed(moment) + span) if span else self.next_open(moment)

    def before(self, moment: dt.datetime, span: dt.timedelta) -> dt.datetime:
        """The working moment from which so much working time is left until this one."""
        if span < dt.timedelta():
            raise ValueError(f"a negative working time: {span}")
        passed = self._passed(moment) - span
        if passed <= dt.timedelta():
            raise ValueError(f"before {FIRST}")
        return self.next_open(self._moment(passed)) if span else self.next_open(moment)

    def after_days(self, moment: dt.datetime, days: int) -> dt.datetime:
        """The close of the n-th working day after the day of this moment, which itself does not count."""
        if days < 0:
            raise ValueError(f"a negative number of working days: {days}")
        if not days:
            start = self.next_open(moment).date()
            return _at(start, self.working_hours.sessions[-1][1])
        wanted = self._before[_index(_here(moment).date()) + 1] + days
        return _at(self._day_number(wanted), self.working_hours.sessions[-1][1])

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """The working time from one moment to another; negative where the other came first."""
        return self._passed(end) - self._passed(start)

    def hours(self, start: dt.datetime, end: dt.datetime) -> float:
        """The same in hours."""
        return self.between(start, end) / dt.timedelta(hours=1)

    def days_between(self, start: dt.datetime, end: dt.datetime) -> int:
        """Working days after the day of `start`, up to and with that of `end`."""
        return self._before[_index(_here(end).date()) + 1] - self._before[_index(_here(start).date()) + 1]

    def paused(self, spans: Iterable[tuple[dt.datetime, dt.datetime]]) -> dt.timedelta:
        """The working time that these spans cover together; what overlaps counts once."""
        total, reached = dt.timedelta(), None
        for start, end in sorted(spans):
            start = start if reached is None else max(start, reached)
            if end > start:
                total += self.between(start, end)
                reached = end
        return total

    # Working time as one straight line: how much of it passed between FIRST and a moment, and back.

    def _passed(self, moment: dt.datetime) -> dt.timedelta:
        here = _here(moment)
        whole = self._before[_index(here.date())] * self._day
        if not self.works(here.date()):
            return whole
        now = here.time()
        parts = (_span((a, min(max(now, a), b))) for a, b in self.working_hours.sessions)
        return sum(parts, whole)

    def _moment(self, passed: dt.timedelta) -> dt.datetime:
        """What falls between two sessions is the end of the first of them."""
        days, rest = divmod(passed, self._day)
        if not rest:
            days, rest = days - 1, self._day
        day = self._day_number(days + 1)
        for a, b in self.working_hours.sessions:
            length = _span((a, b))
            if rest <= length:
                return _at(day, a) + rest
            rest -= length
        raise AssertionError("a day holds its own sessions")

    def _day_number(self, n: int) -> dt.date:
        """The n-th working day since FIRST, from 1."""
        if n > self._before[-1]:
            raise ValueError(f"beyond {LAST}")
        return FIRST + (bisect_left(self._before, n) - 1) * _ONE_DAY


def _here(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {moment}")
    return moment.astimezone(VIETNAM)


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, VIETNAM)


def _index(day: dt.date) -> int:
    if not FIRST <= day <= LAST:
        raise ValueError(f"{day}: working time is known from {FIRST} to {LAST}")
    return (day - FIRST).days


def _span(session: Session) -> dt.timedelta:
    start, end = (
        dt.timedelta(hours=t.hour, minutes=t.minute, seconds=t.second, microseconds=t.microsecond) for t in session
    )
    return end - start


def _session(part: str) -> Session:
    found = re.fullmatch(r"\s*(\d{1,2})[:hg](\d\d)\s*[-–]\s*(\d{1,2})[:hg](\d\d)\s*", part)
    try:
        h1, m1, h2, m2 = map(int, found.groups()) if found else (99, 0, 0, 0)
        return dt.time(h1, m1), dt.time(h2, m2)
    except ValueError:
        raise BadHours(f"“{part.strip()}” không phải một buổi làm việc; viết như 7:30-11:30,13:30-17:00") from None


def _days(part: str) -> range:
    found = re.fullmatch(r"\s*(T[2-7]|CN)\s*(?:[-–]\s*(T[2-7]|CN)\s*)?", part.upper())
    first, last = (_weekday(name) for name in (found[1], found[2] or found[1])) if found else (1, 0)
    if first > last:
        raise BadHours(f"“{part.strip()}” không phải các ngày làm việc; viết như T2-T6 hoặc T2-T6,T7")
    return range(first, last + 1)


def _weekday(name: str) -> int:
    return 6 if name == "CN" else int(name[1]) - 2
