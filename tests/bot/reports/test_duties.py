from __future__ import annotations

import datetime as dt

from bot.ledger import TaskState
from bot.petitions.clock import VIETNAM
from bot.reports.duties import DueKind, due_reports, dues_of, last_day, periods_over, plan_period, successor_of
from bot.reports.periods import Cutoff, Span
from bot.reports.progress import TaskProgress, plan_report
from knowledge.library import Library
from knowledge.records import Plan, PlanTask, ReportingDuty


def small_plan() -> Plan:
    tasks = (
        PlanTask("t1", "In tờ rơi", deadline=dt.date(2026, 3, 31)),
        PlanTask("t2", "Hội nghị", deadline=dt.date(2026, 5, 15), period="trước ngày 15/5/2026"),
        PlanTask("t3", "Đăng bài", frequency="thường xuyên"),
    )
    duties = (ReportingDuty("kết quả", ("Xã",), "Sở Nội vụ", frequency="hằng quý, 6 tháng, năm"),)
    return Plan("p", "Kế hoạch mẫu", "UBND xã", "Cao Bằng", 2026, tasks=tasks, reporting=duties)


def test_cao_bangs_two_reports_close_the_day_before_the_15th(library: Library) -> None:
    dues = [d for d in dues_of(library.plans["cao_bang_2014"]) if d.stated]
    assert [d.day for d in dues] == [dt.date(2014, 6, 14), dt.date(2014, 12, 14)]
    first, year = (d.period for d in dues)
    assert first is not None and year is not None
    assert (first.first, first.last) == (dt.date(2013, 12, 15), dt.date(2014, 6, 14))
    assert (year.first, year.last) == (dt.date(2013, 12, 15), dt.date(2014, 12, 14))
    assert all(d.to.startswith("Sở Nội vụ") and "hợp nhất" in d.successor for d in dues)


def test_vinh_linhs_reports_and_tasks_have_their_own_days(library: Library) -> None:
    dues = dues_of(library.plans["vinh_linh_2024"])
    reports = [d.day for d in dues if d.kind is DueKind.REPORT]
    assert reports == [dt.date(2024, 11, 19), dt.date(2024, 11, 24)]
    assert {d.task for d in dues if d.kind is DueKind.TASK} >= {"vinh_linh_2024_pl2_long_ghep"}
    assert next(d for d in dues if d.kind is DueKind.REPORT).successor.startswith("không còn")


def test_a_plan_that_names_no_day_is_given_the_states_cut_offs_as_a_suggestion(library: Library) -> None:
    dues = [d for d in dues_of(library.plans["tuyen_quang_2021"]) if d.kind is DueKind.REPORT]
    assert dues and not any(d.stated for d in dues)
    assert {d.day for d in dues} >= {dt.date(2021, 3, 14), dt.date(2021, 6, 14), dt.date(2021, 12, 14)}


def test_a_plan_without_dates_or_frequency_reminds_of_nothing(library: Library) -> None:
    assert dues_of(library.plans["bac_giang_khcn_2014"]) == ()


def test_what_is_due_soon_is_listed_soonest_first_and_once() -> None:
    plan = small_plan()
    soon = due_reports(dt.date(2026, 5, 10), [plan], ahead=40)
    assert [d.task or d.period.span for d in soon if d.period or d.task] == ["t2", Span.HALF]  # type: ignore[union-attr]
    assert soon[0].day == dt.date(2026, 5, 14) and soon[0].days_left(dt.date(2026, 5, 10)) == 4
    keys = [d.key for d in dues_of(plan)]
    assert len(keys) == len(set(keys))
    assert due_reports(dt.date(2027, 1, 20), [plan]) == ()


def test_what_fell_due_lately_is_listed_where_it_is_asked_for() -> None:
    assert [d.task for d in due_reports(dt.date(2026, 4, 3), [small_plan()], 0, behind=5)] == ["t1"]


def test_before_a_day_ends_the_day_before() -> None:
    assert last_day(dt.date(2026, 6, 15), "trước ngày 15/6") == dt.date(2026, 6, 14)
    assert last_day(dt.date(2026, 6, 15), "chậm nhất ngày 15/6") == dt.date(2026, 6, 15)


def test_periods_that_ended_yesterday_want_their_reports() -> None:
    over = periods_over(dt.date(2026, 7, 1))
    assert {(p.span, p.cutoff) for p in over} == {
        (Span.MONTH, Cutoff.CALENDAR),
        (Span.QUARTER, Cutoff.CALENDAR),
        (Span.HALF, Cutoff.CALENDAR),
    }
    assert {p.span for p in periods_over(dt.date(2026, 12, 15))} == {Span.MONTH, Span.QUARTER, Span.HALF, Span.YEAR}
    assert periods_over(dt.date(2026, 7, 3)) == []


def test_a_body_is_followed_to_what_it_became_by_its_name_alone(library: Library) -> None:
    plan = library.plans["cao_bang_2014"]
    assert "Lao động" in successor_of(plan, "Sở Nội vụ (để tổng hợp)")
    assert successor_of(plan, "UBND tỉnh (để gửi Bộ Nội vụ theo quy định)") == ""


def test_a_plan_that_closes_on_another_day_counts_from_new_year() -> None:
    period = plan_period(small_plan(), dt.date(2026, 11, 19))
    assert (period.first, period.last) == (dt.date(2026, 1, 1), dt.date(2026, 11, 19))


def entry(task: str, state: str, day: int) -> TaskState:
    return TaskState("p", task, state, "", "", "", "o", dt.datetime(2026, 4, day, tzinfo=VIETNAM))


def test_the_newest_entry_before_the_report_counts_and_later_ones_do_not() -> None:
    states = [entry("t1", "hoan_thanh", 20), entry("t1", "dang_lam", 2), entry("t1", "khong_thuc_hien", 28)]
    report = plan_report(small_plan(), states, dt.datetime(2026, 4, 25, tzinfo=VIETNAM))
    assert report.lines[0].state == TaskProgress.DONE
    assert report.by_state() == {"hoan_thanh": 1, "": 2}
    assert report.undated == 1


def test_a_task_past_its_day_and_not_done_is_overdue() -> None:
    at = dt.datetime(2026, 5, 16, tzinfo=VIETNAM)
    report = plan_report(small_plan(), [entry("t1", "hoan_thanh", 2), entry("t3", "dang_lam", 2)], at)
    assert [line.task.id for line in report.overdue] == ["t2"]
    assert plan_report(small_plan(), [], dt.datetime(2026, 3, 31, 23, tzinfo=VIETNAM)).overdue == ()
