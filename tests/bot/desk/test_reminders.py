from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.notices import said
from bot.desk.reminders import Reminders, stage_of
from bot.desk.transaction import Store
from bot.ledger import Notice, Officer, Role, TaskState
from bot.petitions.clock import VIETNAM, Clock
from bot.store.opening import open_store
from knowledge.library import Folder, Library, Page, join
from knowledge.records import Plan, PlanTask, ReportingDuty, Successor

DAY = dt.date(2026, 12, 15)
PLAN = Plan(
    "mau-2026",
    "Kế hoạch tuyên truyền mẫu năm 2026",
    "UBND tỉnh Mẫu",
    "Cao Bằng",
    2026,
    tasks=(PlanTask("7", "In tờ gấp về nộp hồ sơ trên mạng", deadline=dt.date(2026, 12, 10)),),
    reporting=(ReportingDuty("báo cáo kết quả cả năm", ("các sở",), "Sở Cũ", days=(DAY,)),),
    successors=(Successor("Sở Cũ", "Sở Mới"),),
)
CLOCK = Clock()


def library() -> Library:
    return join([Folder(Path(), "mẫu", "", Page(plans=(PLAN,)))], day=dt.date(2026, 11, 21))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 's.db'}")
    with opened.writing() as tx:
        tx.put_officer(Officer("an", "An", Role.ADMIN, accounts=("telegram:5",)))
        tx.put_officer(Officer("lan", "Lan", Role.OFFICER, "xa", accounts=("telegram:1",)))
        tx.put_officer(Officer("cu", "Cũ", Role.LEAD, "xa", active=False, accounts=("telegram:7",)))
    yield opened
    opened.close()


def run(store: Store, day: dt.date, place: str = "") -> int:
    now = dt.datetime.combine(day, dt.time(7), VIETNAM)
    return Reminders(store, library, lambda: now, CLOCK, place).run()


def waiting(store: Store) -> list[Notice]:
    with store.writing() as tx:
        found = []
        while page := tx.claim_notices(
            "telegram", "me", dt.datetime(2027, 6, 1, tzinfo=VIETNAM), dt.datetime(2027, 6, 2, tzinfo=VIETNAM), 50
        ):
            found += page
            for notice in page:
                tx.notice_sent(notice.id, notice.due)
    return found


@pytest.mark.parametrize(
    ("left", "stage"),
    [
        (30, None),
        (16, None),
        (15, 15),
        (10, 15),
        (7, 7),
        (2, 3),
        (1, 1),
        (0, 0),
        (-1, -1),
        (-3, -1),
        (-8, -7),
        (-40, -7),
    ],
)
def test_the_nearest_reminder_that_was_reached_is_due(left: int, stage: int | None) -> None:
    assert stage_of(left) == stage


def test_a_report_is_reminded_of_in_time_once_a_stage_with_its_receiver_of_today(store: Store) -> None:
    assert run(store, dt.date(2026, 11, 24)) == 0
    assert run(store, dt.date(2026, 12, 1)) == 2  # the report, and the task
    assert run(store, dt.date(2026, 12, 2)) == 0
    texts = [said(n).text for n in waiting(store)]
    assert all(json.loads(json.dumps(t)) for t in texts)
    report = next(t for t in texts if "báo cáo kết quả cả năm" in t)
    assert "Còn 14 ngày" in report and "15/12/2026" in report and "Sở Cũ (nay là Sở Mới)" in report
    assert PLAN.name in report


def test_a_task_that_is_done_is_not_reminded_of(store: Store) -> None:
    at = dt.datetime(2026, 11, 30, 9, tzinfo=VIETNAM)
    with store.writing() as tx:
        tx.add_task_state(TaskState("mau-2026", "7", "dang_lam", "", "", "", "an", at))
    assert run(store, dt.date(2026, 12, 3)) == 2
    with store.writing() as tx:
        tx.add_task_state(TaskState("mau-2026", "7", "hoan_thanh", "tờ gấp", "", "", "an", at + dt.timedelta(days=4)))
    assert run(store, dt.date(2026, 12, 12)) == 1


def test_what_is_late_is_said_to_be_late(store: Store) -> None:
    run(store, dt.date(2026, 12, 17))
    texts = [said(n).text for n in waiting(store)]
    assert any("quá hạn báo cáo 2 ngày" in t for t in texts)


def test_plans_of_other_places_are_their_own_business(store: Store) -> None:
    assert run(store, DAY, "Vĩnh Long") == 0
    assert run(store, DAY, "Cao Bằng/Xã Thạch An") > 0
