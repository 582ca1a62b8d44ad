"""Figures, days and names as an official document spells them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.petitions.clock import VIETNAM
from bot.reports.periods import Period, Span
from bot.wording import reports as say

PROCEDURE = "procedure"


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called. `procedures`: key → (code, name), also of those that are gone; `others`: keys of plans,
    contacts, services, which are no procedures. A record is named by its key or by "kind:key"."""

    units: Mapping[str, str] = field(default_factory=dict)
    procedures: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    others: frozenset[str] = frozenset()

    def unit(self, key: str) -> str:
        return self.units.get(key, key) or say.NO_UNIT

    def procedure(self, record: str) -> str:
        key = key_of(record)
        return self.procedures[key][1] if key in self.procedures else say.UNKNOWN_RECORD.format(key=key)

    def code(self, record: str) -> str:
        """Of a procedure that came from a list its key tells the code, also where nothing else does."""
        key = key_of(record)
        listed = re.fullmatch(r"tt_(\d)_(\d{6})", key)
        return self.procedures[key][0] if key in self.procedures else ".".join(listed.groups()) if listed else ""

    def is_procedure(self, record: str) -> bool:
        """What nothing names any more was a procedure once, unless its own name says otherwise."""
        kind, _, key = record.rpartition(":")
        return kind == PROCEDURE or (not kind and key not in self.others)


def key_of(record: str) -> str:
    return record.rpartition(":")[2]


def number(value: int | float, places: int = 0) -> str:
    """1234567.8 → “1.234.567,8”: thousands by points, decimals by a comma."""
    text = f"{value:,.{places}f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def share(value: float | None) -> str:
    return "" if value is None else f"{number(value * 100, 1)}%"


def share_of(part: int, whole: int) -> str:
    return share(part / whole) if whole else ""


def day(value: dt.date | dt.datetime) -> str:
    return f"{value:%d/%m/%Y}"


def moment(value: dt.datetime) -> str:
    return f"{value.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"


def letter_day(value: dt.date) -> tuple[str, str, str]:
    """Day, month, year of a letter: days under 10 and the months 1 and 2 have a leading zero."""
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"{value.day:02d}", month, str(value.year)


def letter_number(given: str) -> str:
    """A letter's number under 10 has a leading zero."""
    return f"{int(given):02d}" if given.isdigit() else given


def period_name(period: Period) -> str:
    if period.span is Span.WEEK:
        return say.WEEK.format(number=period.number, year=period.year)
    if period.span is Span.MONTH:
        return say.MONTH.format(number=period.number, year=period.year)
    if period.span is Span.QUARTER:
        return say.QUARTER.format(roman=say.ROMAN[period.number - 1], year=period.year)
    if period.span is Span.HALF:
        return say.HALF[period.number - 1].format(year=period.year)
    if period.span is Span.YEAR:
        return say.YEAR.format(year=period.year)
    return say.OWN.format(first=day(period.first), last=day(period.last))


def roman(value: int) -> str:
    return say.ROMAN[value - 1] if value <= len(say.ROMAN) else str(value)
