"""Periods of reports: by the calendar, by the state's cut-offs, by a plan's own dates, or any two days.

The state's cut-offs are those of Nghị định 09/2019/NĐ-CP on periodic reports (Điều 12; the article's number was not at
hand and is to be checked): a month's figures run from the 15th of the month before to its own 14th, and quarters,
halves and years likewise. The days themselves were checked against later decrees that repeat them: 152/2020/NĐ-CP
(first half 15/12–14/6, year 15/12–14/12), 77/2019/NĐ-CP and 91/2020/NĐ-CP (year). See docs/adr/0010.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from bot.petitions.clock import VIETNAM

CUT_OFF_DAY = 14


class Span(StrEnum):
    WEEK = "tuan"
    MONTH = "thang"
    QUARTER = "quy"
    HALF = "6-thang"
    YEAR = "nam"
    OWN = "tu-den"


class Cutoff(StrEnum):
    """By the calendar, or by the state's periodic reports (the 14th closes, the 15th opens)."""

    CALENDAR = "lich"
    STATE = "chot-so-lieu"


_MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.HALF: 6, Span.YEAR: 12}


class BadPeriod(ValueError):
    """This text names no period; says what was given."""


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both days included. `number` counts within the year, from 1 (0 for OWN)."""

    span: Span
    year: int
    number: int
    first: dt.date
    last: dt.date
    cutoff: Cutoff = Cutoff.CALENDAR

    @property
    def start(self) -> dt.datetime:
        return dt.datetime.combine(self.first, dt.time(), VIETNAM)

    @property
    def end(self) -> dt.datetime:
        """The first moment after it."""
        return dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time(), VIETNAM)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, at: dt.datetime) -> bool:
        return self.start <= at < self.end


def week(year: int, number: int) -> Period:
    """An ISO week: Monday to Sunday."""
    try:
        first = dt.date.fromisocalendar(year, number, 1)
    except ValueError as bad:
        raise BadPeriod(f"tuần {number} năm {year}") from bad
    return Period(Span.WEEK, year, number, first, first + dt.timedelta(days=6))


def months(span: Span, year: int, number: int, cutoff: Cutoff = Cutoff.CALENDAR) -> Period:
    """The number-th month, quarter or half of a year, or the year itself."""
    length = _MONTHS[span]
    if not 1 <= number <= 12 // length:
        raise BadPeriod(f"{span.value} {number} năm {year}")
    opening, closing = (number - 1) * length + 1, number * length
    if cutoff is Cutoff.CALENDAR:
        first = dt.date(year, opening, 1)
        last = dt.date(year, closing, calendar.monthrange(year, closing)[1])
    else:
        before = dt.date(year, opening, 1) - dt.timedelta(days=1)
        first = before.replace(day=CUT_OFF_DAY + 1)
        last = dt.date(year, closing, CUT_OFF_DAY)
    return Period(span, year, number, first, last, cutoff)


def between(first: dt.date, last: dt.date) -> Period:
    if last < first:
        raise BadPeriod(f"từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}")
    return Period(Span.OWN, first.year, 0, first, last)


def of_day(span: Span, day: dt.date, cutoff: Cutoff = Cutoff.CALENDAR) -> Period:
    """The period of this length that holds the day."""
    if span is Span.WEEK:
        year, number, _ = day.isocalendar()
        return week(year, number)
    if span is Span.OWN:
        return between(day, day)
    counted = _counted(day) if cutoff is Cutoff.STATE else day
    return months(span, counted.year, (counted.month - 1) // _MONTHS[span] + 1, cutoff)


def before(period: Period) -> Period:
    """The one of the same length right before it."""
    if period.span is Span.OWN:
        return between(period.first - dt.timedelta(days=period.days), period.first - dt.timedelta(days=1))
    return of_day(period.span, period.first - dt.timedelta(days=1), period.cutoff)


def a_year_before(period: Period) -> Period:
    """The same one of last year. A 53rd week is held against the 52nd where that year has no more."""
    if period.span is Span.OWN:
        return between(_year_earlier(period.first), _year_earlier(period.last))
    if period.span is Span.WEEK:
        weeks = dt.date(period.year - 1, 12, 28).isocalendar().week
        return week(period.year - 1, min(period.number, weeks))
    return months(period.span, period.year - 1, period.number, period.cutoff)


def slug(period: Period) -> str:
    """As it is spelled in a command and in names of files; `parse` reads it back."""
    if period.span is Span.OWN:
        return f"tu-{period.first.isoformat()}-den-{period.last.isoformat()}"
    tail = f"-{Cutoff.STATE.value}" if period.cutoff is Cutoff.STATE else ""
    if period.span is Span.YEAR:
        return f"nam-{period.year}{tail}"
    if period.span is Span.HALF:
        return f"6-thang-{'dau' if period.number == 1 else 'cuoi'}-{period.year}{tail}"
    return f"{period.span.value}-{period.number}-{period.year}{tail}"


def parse(text: str, cutoff: Cutoff = Cutoff.CALENDAR) -> Period:
    """Reads "6-thang-dau-2026", "quy-1-2026", "thang-3-2026", "tuan-12-2026", "nam-2026",
    "tu-2026-01-01-den-2026-03-31"; an ending "-chot-so-lieu" asks for the state's cut-offs. Raises BadPeriod."""
    cleaned = re.sub(r"[\s_/]+", "-", text.strip().lower())
    if cleaned.endswith(f"-{Cutoff.STATE.value}"):
        cleaned, cutoff = cleaned.removesuffix(f"-{Cutoff.STATE.value}"), Cutoff.STATE
    try:
        return _parsed(cleaned, cutoff)
    except ValueError as bad:
        raise BadPeriod(text) from bad


def _parsed(text: str, cutoff: Cutoff) -> Period:
    if found := re.fullmatch(r"tu-(\d{4}-\d\d-\d\d)-den-(\d{4}-\d\d-\d\d)", text):
        return between(dt.date.fromisoformat(found[1]), dt.date.fromisoformat(found[2]))
    if found := re.fullmatch(r"6-thang-(dau|cuoi)(?:-nam)?-(\d{4})", text):
        return months(Span.HALF, int(found[2]), 1 if found[1] == "dau" else 2, cutoff)
    if found := re.fullmatch(r"nam-(\d{4})", text):
        return months(Span.YEAR, int(found[1]), 1, cutoff)
    if found := re.fullmatch(r"(quy|thang)-(\d{1,2})(?:-nam)?-(\d{4})", text):
        return months(Span(found[1]), int(found[3]), int(found[2]), cutoff)
    if found := re.fullmatch(r"tuan-(\d{1,2})(?:-nam)?-(\d{4})", text):
        return week(int(found[2]), int(found[1]))
    raise BadPeriod(text)


def _counted(day: dt.date) -> dt.date:
    """A day of the calendar month to which the state's cut-offs count it."""
    return day if day.day <= CUT_OFF_DAY else day.replace(day=28) + dt.timedelta(days=14)


def _year_earlier(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
