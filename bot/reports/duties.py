"""Which reports and tasks of the plans are due when; which periods are over and want a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.reports.periods import Cutoff, Period, Span, between, months, of_day
from knowledge.records import Plan, PlanTask, ReportingDuty
from knowledge.vietnamese import fold


class DueKind(StrEnum):
    REPORT = "bao_cao"
    TASK = "nhiem_vu"


@dataclass(frozen=True, slots=True)
class Due:
    """A report or a task of a plan. `day`: the last day on which it is in time; `stated`: the plan names it (else it
    is the state's cut-off, offered as a suggestion). `key` is the same each time, so a reminder is written once."""

    kind: DueKind
    plan: str
    key: str
    what: str
    day: dt.date
    to: str = ""
    successor: str = ""
    stated: bool = True
    period: Period | None = None
    task: str = ""

    def days_left(self, today: dt.date) -> int:
        return (self.day - today).days


def due_reports(today: dt.date, plans: Iterable[Plan], ahead: int = 15, behind: int = 0) -> tuple[Due, ...]:
    """What falls due within so many days from today (and what fell due up to `behind` days ago), soonest first."""
    first, last = today - dt.timedelta(days=behind), today + dt.timedelta(days=ahead)
    found = [due for plan in plans for due in dues_of(plan) if first <= due.day <= last]
    return tuple(sorted(found, key=lambda due: (due.day, due.plan, due.key)))


def dues_of(plan: Plan) -> tuple[Due, ...]:
    """All reports and dated tasks of one plan, in order of time."""
    found = [*_reports(plan), *_tasks(plan)]
    return tuple(sorted(found, key=lambda due: (due.day, due.key)))


def periods_over(
    today: dt.date, spans: Sequence[Span] = (Span.MONTH, Span.QUARTER, Span.HALF, Span.YEAR)
) -> list[Period]:
    """The periods, by the calendar and by the state's cut-offs, whose last day was yesterday."""
    yesterday = today - dt.timedelta(days=1)
    found = [of_day(span, yesterday, cutoff) for span in spans for cutoff in Cutoff]
    return [period for period in found if period.last == yesterday]


def last_day(day: dt.date, words: str) -> dt.date:
    """“Trước ngày 15/6” is kept by the 14th."""
    return day - dt.timedelta(days=1) if "truoc ngay" in fold(words) else day


def plan_period(plan: Plan, day: dt.date) -> Period:
    """What a report due on this day is about: the plan's year so far. A plan that closes on the 15th of June or
    December follows the state's cut-offs, so its year begins on the 15th of December before."""
    cut_off = (day.month, day.day) in ((6, 14), (12, 14))
    return between(dt.date(plan.year - 1, 12, 15) if cut_off else dt.date(plan.year, 1, 1), day)


def successor_of(plan: Plan, body: str) -> str:
    """What became of a body that the plan names, as the plan's record has it; "" where it says nothing. What the
    record puts in brackets is explanation and no name."""
    wanted = f" {fold(body.partition(' (')[0])} "
    named = [s for s in plan.successors if f" {fold(s.old)} " in wanted or wanted in f" {fold(s.old)} "]
    return named[0].now if named else ""


def _reports(plan: Plan) -> Iterator[Due]:
    for number, duty in enumerate(plan.reporting, 1):
        for day, period, stated in _days(plan, duty):
            yield Due(
                DueKind.REPORT,
                plan.key,
                f"{plan.key}:report:{number}:{day.isoformat()}",
                duty.what,
                day,
                duty.to,
                duty.successor or successor_of(plan, duty.to),
                stated,
                period,
            )


def _days(plan: Plan, duty: ReportingDuty) -> Iterator[tuple[dt.date, Period, bool]]:
    if duty.days:
        for named in duty.days:
            day = last_day(named, duty.by)
            yield day, plan_period(plan, day), True
        return
    # where several close on one day the longest stands for all: the half-year's report is the second quarter's too
    closing: dict[dt.date, Period] = {}
    for span, parts in _spans(duty.frequency):
        for number in range(1, parts + 1):
            period = months(span, plan.year, number, Cutoff.STATE)
            closing[period.last] = max(closing.get(period.last, period), period, key=lambda p: p.days)
    yield from ((day, period, False) for day, period in sorted(closing.items(), key=lambda item: item[0]))


def _spans(frequency: str) -> Iterator[tuple[Span, int]]:
    """The periods that words like “hằng quý, 6 tháng, năm” ask for; the half at year's end is the year's report."""
    words = fold(frequency)
    if "thang" in words.replace("6 thang", "").replace("sau thang", ""):
        yield Span.MONTH, 12
    if "quy" in words:
        yield Span.QUARTER, 4
    if "6 thang" in words or "sau thang" in words:
        yield Span.HALF, 1
    if "nam" in words.split():
        yield Span.YEAR, 1


def _tasks(plan: Plan) -> Iterator[Due]:
    for task in plan.tasks:
        if task.deadline:
            yield Due(
                DueKind.TASK,
                plan.key,
                f"{plan.key}:task:{task.id}",
                task.content,
                task_day(task, task.deadline),
                "; ".join(task.lead),
                task=task.id,
            )


def task_day(task: PlanTask, deadline: dt.date) -> dt.date:
    return last_day(deadline, task.period)
