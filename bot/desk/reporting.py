"""Reports for who must send them: read from the store in one transaction, counted, written as files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import count as count_from
from pathlib import Path

from bot.desk.generations import called_once
from bot.desk.joining import joined
from bot.desk.reaching import reached
from bot.desk.transaction import Store, Transaction
from bot.petitions.clock import VIETNAM, Clock
from bot.reports.counting import Books, count, periods_read
from bot.reports.duties import Due, DueKind, due_reports, dues_of
from bot.reports.figures import Report
from bot.reports.files import COUNTED
from bot.reports.letterhead import Letterhead
from bot.reports.periods import Period, slug
from bot.reports.progress import SETTLED, PlanReport, plan_report
from bot.reports.spelling import Names, day, key_of
from bot.reports.tables import tables_of
from bot.wording import reports as say
from knowledge.library import Library
from knowledge.records import Plan

BEGINNING = dt.datetime(2000, 1, 1, tzinfo=VIETNAM)
AGAIN = "{name}-lan-{number}"
LETTER, WORKBOOK, TEXTS, CHARTS = "bao-cao.docx", "so-lieu.xlsx", "bang", "bieu-do"


@dataclass(frozen=True, slots=True)
class Made:
    """Where the files of a report are, and the figures in them."""

    report: Report
    plan: PlanReport | None
    folder: Path
    letter: Path
    workbook: Path
    texts: tuple[Path, ...]
    charts: tuple[Path, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        return (self.letter, self.workbook, *self.texts, *self.charts)


class Reporting:
    """`library`: what is known today, for names only: figures come from the store alone."""

    def __init__(
        self,
        store: Store,
        library: Callable[[], Library],
        clock: Clock,
        head: Letterhead,
        now: Callable[[], dt.datetime],
        templates: Path | None = None,
    ) -> None:
        self._store, self._library, self._clock, self._head = store, library, clock, head
        self._now, self._templates = now, templates

    def figures(self, period: Period) -> Report:
        with self._store.reading() as tx:
            return self._counted(tx, period)

    def plan(self, key: str) -> Plan | None:
        return self._library().plans.get(key)

    def make(self, period: Period, folder: Path, plan: Plan | None = None) -> Made:
        """Writes all files of one report into a folder of its own under `folder`. What was made before stays: an
        officer may have worked on it."""
        with self._store.reading() as tx:
            report = self._counted(tx, period)
            progress = plan_report(plan, tx.task_states(plan.key, report.until), report.until) if plan else None
            names = self._names(tx, report)
        return self._written(report, progress, names, _new_folder(folder, _folder_name(period, plan)))

    def names(self, report: Report) -> Names:
        """What everything that this report tells of is called."""
        with self._store.reading() as tx:
            return self._names(tx, report)

    def _names(self, tx: Transaction, report: Report) -> Names:
        names = names_of(self._library(), {u.key: u.name for u in tx.units()})
        changed = (r for records in report.changes.by_change.values() for r in records)
        told = {*changed, *report.petitions.grievances, *report.questions.records, *report.questions.bad_records}
        keys = {key_of(r) for r in told if names.is_procedure(r)} - set(names.procedures)
        gone = {key: called for key in sorted(keys) if (called := called_once(tx, key))}
        return replace(names, procedures={**gone, **names.procedures})

    def plan_keys(self) -> tuple[str, ...]:
        return tuple(sorted(self._library().plans))

    def own_period(self, plan: Plan) -> Period | None:
        """What the plan's newest report up to today is about, else its first one; None where it asks for none."""
        today = self._now().astimezone(VIETNAM).date()
        periods = [due.period for due in dues_of(plan) if due.period]
        past = [period for period in periods if period.last <= today]
        return past[-1] if past else next(iter(periods), None)

    def due(self, today: dt.date, ahead: int = 15, behind: int = 0) -> tuple[Due, ...]:
        """Reports and tasks of the known plans that fall due soon; tasks that officers entered as done are left out."""
        found = due_reports(today, self._library().plans.values(), ahead, behind)
        with self._store.reading() as tx:
            done = {key for plan in {d.plan for d in found} for key in self._settled(tx, plan)}
        return tuple(d for d in found if (d.plan, d.task) not in done)

    def _settled(self, tx: Transaction, key: str) -> set[tuple[str, str]]:
        now = self._now()
        lines = plan_report(self._library().plans[key], tx.task_states(key, now), now).lines
        return {(key, line.task.id) for line in lines if line.state in SETTLED}

    def reminders(self, ahead: int = 15, behind: int = 0) -> tuple[str, ...]:
        """The same in words, for today."""
        today = self._now().astimezone(VIETNAM).date()
        plans = self._library().plans.values()
        return tuple(reminder(due, today, plans) for due in self.due(today, ahead, behind))

    def _counted(self, tx: Transaction, period: Period) -> Report:
        first = min(p.start for p in periods_read(period))
        span = (period.start, period.end)
        books = Books(
            events=tx.log(BEGINNING, period.end, COUNTED),
            turns=tx.turns(first, period.end),
            verdicts=tx.verdicts(*span),
            gaps=tx.gaps(*span),
            index_events=tx.index_events(BEGINNING, period.end),
        )
        report = count(period, books, self._clock.hours, self._now())
        told = reached(tx, period.start, report.until)
        return replace(report, outreach=replace(told, joined=joined(tx, period.start, report.until)))

    def _written(self, report: Report, plan: PlanReport | None, names: Names, folder: Path) -> Made:
        from bot.reports.charts import charts_of, draw, plan_charts
        from bot.reports.documents import Letter, write_letter
        from bot.reports.plan_tables import plan_tables
        from bot.reports.sentences import plan_sentences, sentences_of
        from bot.reports.spreadsheets import write_texts, write_workbook

        tables = tables_of(report, names) | (plan_tables(plan, report) if plan else {})
        sentences = sentences_of(report, names) | (plan_sentences(plan, report) if plan else {})
        (folder / CHARTS).mkdir(parents=True, exist_ok=True)
        charts = [*charts_of(report), *(plan_charts(plan) if plan else ())]
        drawn = {c.key: (c.title, draw(c, folder / CHARTS / f"{c.title}.png")) for c in charts}
        today = self._now().astimezone(VIETNAM).date()
        letter = Letter(report, self._head, today, sentences, tables, drawn, plan)
        return Made(
            report,
            plan,
            folder,
            write_letter(letter, folder / LETTER, self._templates),
            write_workbook(tables.values(), report.period, folder / WORKBOOK, report.until),
            tuple(write_texts(tables.values(), folder / TEXTS)),
            tuple(file for _, file in drawn.values()),
        )


def names_of(library: Library, units: dict[str, str]) -> Names:
    procedures = {key: (p.code, p.name) for key, p in library.procedures.items()}
    others = frozenset((*library.plans, *library.contacts, *library.services))
    return Names(units, procedures, others)


def reminder(due: Due, today: dt.date, plans: Iterable[Plan]) -> str:
    """What officers are told of one due thing; a body that is no more is followed by what took its place."""
    plan = next((p.name for p in plans if p.key == due.plan), due.plan)
    left = due.days_left(today)
    words = _REMINDERS[due.kind][0 if left > 0 else 1 if left == 0 else 2]
    to = say.NOW_CALLED.format(name=due.to, now=due.successor) if due.successor else due.to
    when = (say.STATED_DAY if due.stated else say.UNSTATED_DAY).format(day=day(due.day))
    return words.format(days=abs(left), what=due.what, to=to, when=when, plan=plan)


_REMINDERS = {
    DueKind.REPORT: (say.REMIND_REPORT, say.REMIND_REPORT_TODAY, say.REMIND_REPORT_LATE),
    DueKind.TASK: (say.REMIND_TASK, say.REMIND_TASK_TODAY, say.REMIND_TASK_LATE),
}


def _new_folder(root: Path, name: str) -> Path:
    """One that nobody wrote into before: the name itself, or with a number after it."""
    for number in count_from(1):
        folder = root / (name if number == 1 else AGAIN.format(name=name, number=number))
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        return folder
    raise AssertionError  # numbers do not end


def _folder_name(period: Period, plan: Plan | None) -> str:
    return f"{slug(period)}-{plan.key.replace('_', '-')}" if plan else slug(period)
