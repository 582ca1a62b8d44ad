from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.desk.transaction import Store
from bot.jobs.loop import Jobs, Task, daily, every
from bot.jobs.tasks import reports_task
from bot.ledger import StoreUnavailable
from bot.petitions.clock import VIETNAM
from bot.reports.periods import Period, slug
from bot.store.opening import open_store

MORNING = dt.datetime(2026, 11, 21, 8, 0, tzinfo=VIETNAM)


class Time:
    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_(self, **span: float) -> None:
        self.now += dt.timedelta(**span)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 's.db'}")
    yield opened
    opened.close()


def counting(done: list[str], name: str = "x") -> Callable[[], str]:
    def run() -> str:
        done.append(name)
        return f"run {len(done)}"

    return run


def test_a_task_runs_when_it_is_due_and_what_it_did_is_written_down(store: Store) -> None:
    done: list[str] = []
    time = Time()
    jobs = Jobs(store, [Task("count", every(dt.timedelta(minutes=5)), counting(done))], time, "here")
    assert jobs.tick() == ["count"]
    time.pass_(minutes=4)
    assert jobs.tick() == []
    time.pass_(minutes=1)
    assert jobs.tick() == ["count"]
    with store.reading() as tx:
        (job,) = tx.jobs("clock")
    assert (job.key, job.state, job.message, job.by, job.at) == ("clock:count", "done", "run 2", "here", time.now)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        ("2026-11-20 07:00", "2026-11-21 06:59", False),
        ("2026-11-20 07:00", "2026-11-21 07:00", True),
        ("2026-11-20 06:59", "2026-11-20 23:00", True),  # nobody ran at seven
        ("2026-11-21 07:00", "2026-11-21 23:00", False),
        ("2026-11-15 07:00", "2026-11-21 03:00", True),
    ],
)
def test_a_daily_task_runs_once_a_day_and_late_where_nobody_ran(last: str, now: str, due: bool) -> None:
    then, here = (dt.datetime.fromisoformat(t).replace(tzinfo=VIETNAM).astimezone(dt.UTC) for t in (last, now))
    assert daily(dt.time(7))(then, here) is due


def test_a_task_that_fails_hinders_no_other_and_is_tried_again(store: Store) -> None:
    done: list[str] = []
    time = Time()

    def broken() -> str:
        done.append("broken")
        raise RuntimeError("no disk")

    tasks = [Task("broken", daily(dt.time(7)), broken), Task("sound", daily(dt.time(7)), counting(done, "sound"))]
    jobs = Jobs(store, tasks, time)
    assert jobs.tick() == ["broken", "sound"]
    with store.reading() as tx:
        job = tx.job("clock:broken")
    assert job and (job.state, job.message) == ("failed", "RuntimeError: no disk")
    time.pass_(minutes=9)
    assert jobs.tick() == []
    time.pass_(minutes=1)
    assert jobs.tick() == ["broken"]


def test_many_processes_run_a_task_once(store: Store, tmp_path: Path) -> None:
    done: list[str] = []
    started = threading.Barrier(5)
    others = [open_store(f"sqlite:///{tmp_path / 's.db'}") for _ in range(5)]

    def work(one: Store) -> None:
        jobs = Jobs(one, [Task("count", every(dt.timedelta(minutes=5)), counting(done))], Time())
        started.wait()
        for _ in range(5):
            jobs.tick()

    threads = [threading.Thread(target=work, args=(one,)) for one in others]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    for one in others:
        one.close()
    assert done == ["x"]


def test_a_store_that_is_away_is_waited_for(store: Store) -> None:
    stop = threading.Event()
    calls: list[str] = []

    def away() -> str:
        calls.append("call")
        if len(calls) < 3:
            raise StoreUnavailable("away")
        stop.set()
        return "back"

    Jobs(store, [Task("one", every(dt.timedelta()), away)], Time(), look=0.001).run(stop)
    assert len(calls) == 3


def test_a_report_is_made_once_after_its_period_also_some_days_late(store: Store, tmp_path: Path) -> None:
    time, made = Time(), list[Period]()
    time.now = dt.datetime(2026, 7, 3, 2, tzinfo=VIETNAM)
    task = reports_task(store, lambda period, _folder: made.append(period), tmp_path, time)
    assert task.run() == "thang-6-2026, quy-2-2026, 6-thang-dau-2026"
    assert task.run() == "no period ended"
    assert [slug(p) for p in made] == ["thang-6-2026", "quy-2-2026", "6-thang-dau-2026"]
