"""A whole report of a small, known half-year, as files: for tests that look into them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from logs import random_log

from bot.ledger import Gap, TaskState, Turn, Verdict
from bot.petitions.clock import VIETNAM
from bot.reports.charts import charts_of, draw, plan_charts
from bot.reports.counting import Books, count
from bot.reports.documents import Letter, write_letter
from bot.reports.figures import Report
from bot.reports.letterhead import Letterhead
from bot.reports.periods import Span, months
from bot.reports.plan_tables import plan_tables
from bot.reports.progress import plan_report
from bot.reports.sentences import plan_sentences, sentences_of
from bot.reports.spelling import Names
from bot.reports.tables import Table, tables_of
from knowledge.records import Plan

HALF = months(Span.HALF, 2026, 1)
HEAD = Letterhead(
    "Ủy ban nhân dân xã Mẫu",
    "Ủy ban nhân dân tỉnh Cao Bằng",
    "BC-UBND",
    "7",
    "Xã Mẫu",
    ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"),
    "Phó Chủ tịch",
    "Nguyễn Văn Mẫu",
    ("Sở Nội vụ", "Đảng ủy xã"),
    "VT, VP",
)
NAMES = Names(
    {"mot-cua": '=cmd|" /C calc"!A1', "dia-chinh": "Phòng <Địa chính> & Đất đai"},
    {"khai_sinh": ("1.001193", "Đăng ký khai sinh")},
)


def half_year(seed: int = 5) -> Report:
    at = dt.datetime(2026, 3, 2, 9, tzinfo=VIETNAM)
    turns = [
        Turn("c", at + dt.timedelta(days=n), "web", "q", "cau_hoi", "answer", ("khai_sinh",), 1, "g", "r")
        for n in range(40)
    ]
    gaps = [Gap(n, '+HYPERLINK("http://a")', at, "web") for n in range(3)]
    verdicts = [Verdict(n > 1, "@SUM(1)", "", "q", "r", ("khai_sinh",), "g", at) for n in range(6)]
    hours = 2.5
    books = Books(random_log(seed, 120), turns, verdicts, gaps)
    return count(HALF, books, lambda a, b: hours, dt.datetime(2027, 1, 1, tzinfo=VIETNAM))


def letter(folder: Path, head: Letterhead = HEAD, plan: Plan | None = None, report: Report | None = None) -> Letter:
    report = report or half_year()
    entered = (
        [TaskState(plan.key, plan.tasks[0].id, "hoan_thanh", "-1+1", "=2", "Biên bản", "o", HALF.start)] if plan else []
    )
    progress = plan_report(plan, entered, report.until) if plan else None
    tables: dict[str, Table] = tables_of(report, NAMES) | (plan_tables(progress, report) if progress else {})
    sentences = sentences_of(report, NAMES) | (plan_sentences(progress, report) if progress else {})
    charts = [*charts_of(report), *(plan_charts(progress) if progress else ())]
    drawn = {c.key: (c.title, draw(c, folder / f"{c.key}.png")) for c in charts}
    return Letter(report, head, dt.date(2026, 7, 2), sentences, tables, drawn, progress)


def written(folder: Path, head: Letterhead = HEAD, plan: Plan | None = None) -> Path:
    return write_letter(letter(folder, head, plan), folder / "bao-cao.docx")


def unnamed() -> Letterhead:
    return replace(Letterhead())
