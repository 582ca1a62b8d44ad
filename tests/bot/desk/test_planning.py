from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.planning import Planning
from bot.ledger import NotFound, Officer, Role
from bot.petitions.clock import VIETNAM
from bot.store.opening import open_store
from knowledge.library import Library

LAN = Officer("lan", "Lan", Role.OFFICER, "xa")
NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def planning(tmp_path: Path, library: Library) -> Iterator[Planning]:
    store = open_store(f"sqlite:///{tmp_path / 's.db'}")
    yield Planning(store, lambda: library, lambda: NOW)
    store.close()


def test_the_newest_entry_of_a_task_counts_and_all_are_kept(planning: Planning) -> None:
    plan = planning.plans(LAN)[0].plan
    task = plan.tasks[0].id
    planning.enter(LAN, plan.key, task, "dang_lam", "tờ rơi", "500 bản")
    planning.enter(LAN, plan.key, task, "hoan_thanh", "tờ rơi", "500 bản", "văn bản số 12")
    line = next(x for x in planning.progress(LAN, plan.key).lines if x.task.id == task)
    assert line.state == "hoan_thanh" and line.entry is not None and line.entry.evidence == "văn bản số 12"
    assert [s.state for s in planning.history(LAN, plan.key, task)] == ["hoan_thanh", "dang_lam"]


def test_only_tasks_and_states_that_there_are_can_be_entered(planning: Planning) -> None:
    plan = planning.plans(LAN)[0].plan
    with pytest.raises(NotFound):
        planning.enter(LAN, plan.key, "khong-co", "dang_lam")
    with pytest.raises(NotFound):
        planning.enter(LAN, "khong_co", "1", "dang_lam")
    for state in ("", "xong roi"):
        with pytest.raises(ValueError, match="state"):
            planning.enter(LAN, plan.key, plan.tasks[0].id, state)
