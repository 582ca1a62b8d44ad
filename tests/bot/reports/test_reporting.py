"""The desk's reports out of a real store: files, names, reminders, the command."""

from __future__ import annotations

import dataclasses
import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from bot.desk import generations
from bot.desk.reporting import Reporting, reminder
from bot.ledger import IndexEvent, TaskState, Turn, Unit
from bot.petitions.clock import VIETNAM, Clock
from bot.petitions.petition import Event, Happening
from bot.reports.duties import Due, DueKind
from bot.reports.letterhead import Letterhead
from bot.reports.periods import Span, between, months, parse
from bot.reports.tables import tables_of
from bot.store.opening import open_store
from knowledge.library import Library
from knowledge.records import Plan, PlanTask

NOW = dt.datetime(2026, 7, 3, 9, tzinfo=VIETNAM)
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 's.db'}"
    store = open_store(url)
    filed = {"kind": "kien_nghi", "channel": "web", "unit": "kt", "field": "Đất đai", "procedure": "khai_sinh"}
    at = dt.datetime(2026, 6, 30, 23, 30, tzinfo=VIETNAM)
    with store.writing() as tx:
        tx.put_unit(Unit("kt", "Phòng Kinh tế"))
        tx.add_event(Event("PA-2026-000001-A", 1, Happening.FILED, at, "citizen", filed))
        late = at + dt.timedelta(minutes=30)
        tx.add_event(Event("PA-2026-000002-B", 1, Happening.FILED, late, "citizen", filed))
        tx.add_turn(Turn("c", at, "web", "q", "cau_hoi", "answer", ("khai_sinh",), 1.0, "g", "r"))
        tx.add_task_state(TaskState("p", "t1", "hoan_thanh", "", "", "", "o", at))
    store.close()
    return url


def reporting(url: str, library: Library) -> Reporting:
    return Reporting(open_store(url), lambda: library, Clock(library.calendar), Letterhead("UBND xã"), lambda: NOW)


def with_plan(library: Library) -> Library:
    day = dt.date(2026, 7, 10)
    plan = Plan(
        "p",
        "Kế hoạch mẫu",
        "UBND xã",
        "",
        2026,
        tasks=(PlanTask("t1", "A", deadline=day), PlanTask("t2", "B", deadline=day)),
    )
    return dataclasses.replace(library, plans={**library.plans, "p": plan})


def test_a_half_year_ends_at_midnight_in_viet_nam(url: str, library: Library) -> None:
    desk = reporting(url, library)
    assert desk.figures(parse("6-thang-dau-2026")).petitions.total.received == 1
    assert desk.figures(between(dt.date(2026, 7, 1), dt.date(2026, 7, 2))).petitions.total.received == 1


def test_all_files_are_written_into_a_folder_of_the_period(url: str, library: Library, tmp_path: Path) -> None:
    made = reporting(url, library).make(months(Span.HALF, 2026, 1), tmp_path / "out")
    assert made.folder == tmp_path / "out" / "6-thang-dau-2026"
    assert all(f.is_file() and f.stat().st_size for f in made.files)
    assert {f.suffix for f in made.files} == {".docx", ".xlsx", ".csv", ".png"}
    rows = (made.folder / "bang" / "Thủ tục bị phản ánh.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[1].startswith("1,") and "khai sinh" in rows[1].lower()
    assert "Phòng Kinh tế" in (made.folder / "bang" / "Phản ánh theo đơn vị.csv").read_text(encoding="utf-8-sig")


def test_making_a_report_again_leaves_the_letter_that_an_officer_worked_on(
    url: str, library: Library, tmp_path: Path
) -> None:
    desk, period = reporting(url, library), months(Span.HALF, 2026, 1)
    first = desk.make(period, tmp_path)
    first.letter.write_bytes(b"edited")
    again = desk.make(period, tmp_path)
    assert first.letter.read_bytes() == b"edited" and again.letter != first.letter
    assert again.folder.name == "6-thang-dau-2026-lan-2"


def test_a_procedure_that_is_gone_is_called_as_it_was(url: str, library: Library) -> None:
    store = open_store(url)
    at = dt.datetime(2026, 6, 29, 9, tzinfo=VIETNAM)
    gone = dataclasses.replace(library.procedures["khai_sinh"], key="tt_2_001716", code="2.001716", name="Thủ tục cũ")
    with store.writing() as tx:
        event = IndexEvent("g", at, "a", "published", (("procedure:tt_2_001716", "announced"),))
        generations.enter(tx, event, generations.names_of([gone]))
    store.close()
    desk = reporting(url, library)
    report = desk.figures(parse("quy-2-2026"))
    rows = tables_of(report, desk.names(report))["thay_doi"].rows
    assert rows == ((1, "Thủ tục cũ", "2.001716", "Công bố mới"),)


def test_making_a_report_again_gives_the_same_figures(url: str, library: Library, tmp_path: Path) -> None:
    desk = reporting(url, library)
    period = parse("quy-2-2026")
    first = desk.make(period, tmp_path / "a")
    again = desk.make(period, tmp_path / "b")
    assert first.report == again.report
    assert [f.read_bytes() for f in first.texts + first.charts] == [f.read_bytes() for f in again.texts + again.charts]


def test_nobody_is_reminded_of_a_task_that_is_done(url: str, library: Library) -> None:
    desk = reporting(url, with_plan(library))
    assert [d.task for d in desk.due(NOW.date())] == ["t2"]
    assert len(desk.reminders()) == 1 and "Còn 7 ngày" in desk.reminders()[0]


def test_a_reminder_names_the_body_that_took_over() -> None:
    due = Due(DueKind.REPORT, "p", "k", "kết quả", dt.date(2026, 6, 14), "Sở A", "Sở B")
    told = {n: reminder(due, dt.date(2026, 6, 14 + n), []) for n in (-3, 0, 2)}
    assert all("Sở A (nay: Sở B)" in text for text in told.values())
    assert "Còn 3 ngày" in told[-3] and "Hôm nay" in told[0] and "quá hạn 2 ngày" in told[2]


def test_the_command_prints_where_the_files_are(url: str, tmp_path: Path) -> None:
    command = [sys.executable, "scripts/report.py", "--quarter", "2/2026", "--store", url, "--out", str(tmp_path / "o")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    shown = [Path(line) for line in done.stdout.split()]
    assert [p.name for p in shown] == ["bao-cao.docx", "so-lieu.xlsx", "bang", "bieu-do"]
    assert all(p.exists() for p in shown)


def test_the_command_refuses_a_period_and_a_plan_that_do_not_exist(url: str) -> None:
    for wrong in (["--period", "hôm qua"], ["--period", "nam-2026", "--plan", "không_có"]):
        command = [sys.executable, "scripts/report.py", "--store", url, *wrong]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 2 and wrong[-1] in done.stderr


def test_a_plan_without_a_period_is_reported_over_its_own(url: str, library: Library, tmp_path: Path) -> None:
    desk = reporting(url, library)
    plan = desk.plan("cao_bang_2014")
    assert plan is not None
    period = desk.own_period(plan)
    assert period is not None and (period.first, period.last) == (dt.date(2013, 12, 15), dt.date(2014, 12, 14))
    assert desk.make(period, tmp_path, plan).plan is not None
    bare = desk.plan("bac_giang_khcn_2014")
    assert bare is not None and desk.own_period(bare) is None
