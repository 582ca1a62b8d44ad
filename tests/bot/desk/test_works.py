from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.desk.rights import Action
from bot.desk.transaction import Store
from bot.desk.works import DONE, FAILED, LOST, RUNNING, SILENT, Seen, Step, Works
from bot.ledger import NotAllowed, NotFound, Officer, Role
from bot.petitions.clock import VIETNAM
from bot.store.opening import open_store
from index.shelf import BuilderBusy

ADMIN, LAN = Officer("an", "An", Role.ADMIN), Officer("lan", "Lan", Role.OFFICER, "xa")
NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=VIETNAM)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(f"sqlite:///{tmp_path / 's.db'}")
    yield made
    made.close()


def finished(works: Works, key: str) -> Seen:
    for thread in threading.enumerate():
        if thread.name == key:
            thread.join(20)
    return works.seen(ADMIN, key)


def test_what_came_of_a_work_is_there_for_whoever_looks_later(store: Store) -> None:
    works = Works(store, lambda: NOON)
    key = works.begin(ADMIN, Action.CONTENT, "publish", "danh-sach.xlsx", lambda _step: {"generation": "g2"})
    seen = finished(works, key)
    assert (seen.state, seen.result, seen.progress, seen.title) == (DONE, {"generation": "g2"}, 100, "danh-sach.xlsx")
    assert finished(Works(store, lambda: NOON), key) == seen


def test_progress_is_seen_while_it_runs(store: Store) -> None:
    hands, half, go = [NOON], threading.Event(), threading.Event()
    works = Works(store, lambda: hands[0])

    def work(step: Step) -> Mapping[str, Any]:
        hands[0] += dt.timedelta(seconds=2)
        step("golden", 1, 4)
        half.set()
        go.wait(20)
        return {}

    key = works.begin(ADMIN, Action.CONTENT, "publish", "x", work)
    half.wait(20)
    seen = works.seen(ADMIN, key)
    assert (seen.state, seen.progress, seen.step) == (RUNNING, 25, "golden")
    go.set()
    assert finished(works, key).state == DONE


def test_a_refusal_is_told_and_an_error_is_not_shown(store: Store) -> None:
    works = Works(store, lambda: NOON)

    def busy(_step: Step) -> Mapping[str, Any]:
        raise BuilderBusy("đang có nơi khác dựng")

    def broken(_step: Step) -> Mapping[str, Any]:
        raise ZeroDivisionError("secret of the machine")

    told = finished(works, works.begin(ADMIN, Action.CONTENT, "publish", "x", busy))
    assert (told.state, told.why) == (FAILED, "đang có nơi khác dựng")
    assert finished(works, works.begin(ADMIN, Action.CONTENT, "publish", "x", broken)).why == "?"


def test_a_work_whose_process_died_is_not_shown_as_running(store: Store) -> None:
    go = threading.Event()
    key = Works(store, lambda: NOON).begin(ADMIN, Action.CONTENT, "publish", "x", lambda _s: {"y": go.wait(20)})
    later = Works(store, lambda: NOON + SILENT + dt.timedelta(seconds=1))
    assert later.seen(ADMIN, key).state == LOST
    go.set()
    finished(later, key)


def test_works_are_for_those_who_may_begin_them(store: Store) -> None:
    works = Works(store, lambda: NOON)
    with pytest.raises(NotAllowed):
        works.begin(LAN, Action.CONTENT, "publish", "x", lambda _s: {})
    key = works.begin(ADMIN, Action.CONTENT, "publish", "x", lambda _s: {})
    finished(works, key)
    with pytest.raises(NotAllowed):
        works.seen(LAN, key)
    with pytest.raises(NotFound):
        works.seen(ADMIN, "work:khong-co")
    report = works.begin(LAN, Action.REPORTS, "report", "quý I", lambda _s: {})
    finished(works, report)
    assert [w.key for w in works.recent(LAN)] == [report]
    assert [w.key for w in works.recent(ADMIN, "publish")] == [key]
