"""The carrying out of a plan as tables."""

from __future__ import annotations

from bot.petitions.clock import VIETNAM
from bot.petitions.petition import Channel
from bot.reports.duties import Due
from bot.reports.figures import Outcome, Report, Tally
from bot.reports.periods import Period
from bot.reports.progress import PlanReport, TaskLine
from bot.reports.spelling import day
from bot.reports.tables import Cell, Form, Table, columns, counted, outreach
from bot.wording import reports as say

_OWN = frozenset({Channel.WEB.value, Channel.TELEGRAM.value, Channel.API.value})


def plan_tables(plan: PlanReport, report: Report) -> dict[str, Table]:
    made = (
        counted("nhiem_vu_tom_tat", "tinh_trang", plan.by_state(), progress_name, "so_luong", total=True),
        _tasks("nhiem_vu", plan.lines),
        _tasks("nhiem_vu_qua_han", plan.overdue),
        _duties(plan.duties, report.period),
        _assistant(report),
        _successors(plan),
    )
    return {table.key: table for table in made}


def progress_name(state: str) -> str:
    return say.PROGRESS.get(state, state)


def _tasks(key: str, lines: tuple[TaskLine, ...]) -> Table:
    heads = columns(
        (say.ORDER, Form.COUNT, 0.6),
        ("muc", Form.WORDS, 0.8),
        ("nhiem_vu", Form.WORDS, 3.7),
        ("chu_tri", Form.WORDS, 1.7),
        ("thoi_han", Form.WORDS, 1.3),
        ("tinh_trang", Form.WORDS, 1.6),
        ("san_pham", Form.WORDS, 1.5),
        ("so_lieu", Form.WORDS, 1.3),
        ("minh_chung", Form.WORDS, 1.4),
    )
    return Table(key, heads, tuple(_task(n, line) for n, line in enumerate(lines, 1)), wide=True)


def _task(number: int, line: TaskLine) -> tuple[Cell, ...]:
    task, entry = line.task, line.entry
    due = task.period or (day(task.deadline) if task.deadline else task.frequency)
    # what the plan wants to have made stands with the task; the product column is for what was made
    wanted = say.WANTED.format(content=task.content, product=task.product) if task.product else task.content
    entered = (entry.product, entry.figures, entry.evidence) if entry else ("", "", "")
    return number, task.section, wanted, "; ".join(task.lead), due, _standing(line), *entered


def _standing(line: TaskLine) -> str:
    """How it stands, and since when that is known: what was entered long ago may no longer hold."""
    name = progress_name(line.state)
    at = line.entry.at.astimezone(VIETNAM) if line.entry else None
    return say.ENTERED.format(state=name, day=day(at)) if at else name


def _duties(duties: tuple[Due, ...], period: Period) -> Table:
    """Those of this report's period alone."""
    duties = tuple(d for d in duties if period.first <= d.day <= period.last or d.period == period)
    heads = columns(
        (say.ORDER, Form.COUNT, 0.6),
        ("noi_dung", Form.WORDS, 3),
        ("gui", Form.WORDS, 2.2),
        ("nay", Form.WORDS, 2.2),
        ("thoi_han", Form.WORDS, 1.5),
    )
    rows = tuple((n, _raised(d.what), _raised(d.to), d.successor or None, _when(d)) for n, d in enumerate(duties, 1))
    return Table("che_do_bao_cao", heads, rows)


def _when(due: Due) -> str:
    return _raised((say.STATED_DAY if due.stated else say.UNSTATED_DAY).format(day=day(due.day)))


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _assistant(report: Report) -> Table:
    """The assistant is one channel of the plan: its own figures stand beside what officers entered."""
    total, q = own_tally(report), report.questions
    figures: dict[str, Cell] = {
        say.SUMMARY["asked"]: q.asked,
        say.SUMMARY["answered"]: q.of("answer"),
        say.SUMMARY["unknown"]: q.of("unknown"),
        say.ASSISTANT["good"]: q.good,
        say.ASSISTANT["bad"]: q.bad,
        say.ASSISTANT["received"]: total.received,
        say.ASSISTANT["finished"]: total.finished,
        say.ASSISTANT["answered"]: total.of(Outcome.ANSWERED),
    }
    for _, label, made, reached in outreach(report).rows:
        figures |= {str(label): made} if made is not None else {}
        figures |= {say.REACHED.format(what=label): reached} if reached is not None else {}
    rows = tuple((n, label, value) for n, (label, value) in enumerate(figures.items(), 1))
    heads = columns((say.ORDER, Form.COUNT, 0.5), ("chi_tieu", Form.WORDS, 5), ("so_luong", Form.COUNT, 1.2))
    return Table("kenh_tro_ly", heads, rows)


def own_tally(report: Report) -> Tally:
    """Of the petitions that came through the assistant: not by phone, on paper or in person."""
    return sum((t for c, t in report.petitions.by_channel.items() if c in _OWN), Tally())


def _successors(plan: PlanReport) -> Table:
    rows = tuple((n, s.old, s.now, s.since) for n, s in enumerate(plan.plan.successors, 1))
    heads = columns(
        (say.ORDER, Form.COUNT, 0.6), ("ten_cu", Form.WORDS, 2.6), ("nay", Form.WORDS, 3.4), ("tu_ngay", Form.DAY, 1.1)
    )
    return Table("noi_ten_moi", heads, rows)
