"""How far a plan has been carried out: each task as the plan orders it, and as officers entered it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.ledger import TaskState
from bot.reports.duties import Due, DueKind, dues_of, task_day
from knowledge.records import Plan, PlanTask


class TaskProgress(StrEnum):
    NOT_BEGUN = "chua_bat_dau"
    DOING = "dang_lam"
    DONE = "hoan_thanh"
    STEADY = "thuong_xuyen"
    DROPPED = "khong_thuc_hien"
    UNENTERED = ""


SETTLED = frozenset({TaskProgress.DONE.value, TaskProgress.DROPPED.value})


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task, its newest entry up to the moment of the report, and its last day where the plan names one."""

    task: PlanTask
    entry: TaskState | None
    day: dt.date | None
    overdue: bool

    @property
    def state(self) -> str:
        return self.entry.state if self.entry else TaskProgress.UNENTERED.value


@dataclass(frozen=True, slots=True)
class PlanReport:
    plan: Plan
    as_of: dt.date
    lines: tuple[TaskLine, ...]
    duties: tuple[Due, ...]

    @property
    def overdue(self) -> tuple[TaskLine, ...]:
        return tuple(line for line in self.lines if line.overdue)

    @property
    def undated(self) -> int:
        return sum(line.day is None for line in self.lines)

    def by_state(self) -> dict[str, int]:
        """How many tasks stand where; the order is that of TaskProgress, unknown words last."""
        counted = Counter(line.state for line in self.lines)
        known = [p.value for p in TaskProgress]
        return {s: counted[s] for s in (*known, *sorted(set(counted) - set(known))) if counted[s]}


def plan_report(plan: Plan, states: Iterable[TaskState], until: dt.datetime) -> PlanReport:
    """As it stood before `until`. Of several entries for a task the newest counts."""
    newest: dict[str, TaskState] = {}
    for state in sorted(states, key=lambda s: s.at):
        if state.plan == plan.key and state.at < until:
            newest[state.task] = state
    as_of = (until - dt.timedelta(microseconds=1)).date()
    lines = tuple(_line(task, newest.get(task.id), as_of) for task in plan.tasks)
    return PlanReport(plan, as_of, lines, tuple(d for d in dues_of(plan) if d.kind is DueKind.REPORT))


def _line(task: PlanTask, entry: TaskState | None, as_of: dt.date) -> TaskLine:
    day = task_day(task, task.deadline) if task.deadline else None
    settled = entry is not None and entry.state in SETTLED
    return TaskLine(task, entry, day, bool(day and day < as_of and not settled))
