"""A clock that jumps, forwards and back: nothing is lost, nothing happens twice, projections stay what the log says."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.desk.deadlines import Deadlines
from bot.desk.mail import CLAIMED, Mail
from bot.jobs.loop import Jobs, Task, daily, every
from bot.ledger import Notice
from bot.petitions.petition import State, project
from tests.bot.desk.conftest import Ground, Hands, House, ground, house

__all__ = ["ground", "house"]
DAY = dt.timedelta(days=1)


def in_order(house: House, code: str) -> None:
    with house.store.writing() as tx:
        events = tx.events(code)
        assert [e.number for e in events] == list(range(1, len(events) + 1))
        assert tx.petition(code) == project(events)
        assert tx.rebuild() == 0


@pytest.mark.parametrize("jump", [-400 * DAY, -DAY, -dt.timedelta(seconds=1), 40 * DAY, 400 * DAY])
def test_a_petition_goes_its_way_although_the_clock_jumped_in_the_middle(house: House, jump: dt.timedelta) -> None:
    """Also into another year: its code stays, and the next one's number is of the year that the clock says."""
    lan = house.staff["lan"]
    code = house.file()
    house.office.assign(house.staff["chutich"], [code], unit="mc")
    house.now.at += jump
    house.office.take(lan, code)
    house.office.move(lan, code, State.WAITING, "Bạn nộp hồ sơ ngày nào?")
    house.now.at -= jump
    house.say("tôi nộp hồ sơ sáng thứ sáu tuần trước")
    house.say("f:send")
    house.now.at += jump
    house.office.move(lan, code, State.ANSWERED, "Giấy đã trả.")
    assert house.petition(code).state is State.ANSWERED
    in_order(house, code)
    another = house.file(who="telegram:8")
    assert another != code and another.startswith(f"PA-{house.now.at.year}-")
    in_order(house, another)


def test_what_was_to_be_said_is_said_once_whatever_the_clock_did(house: House) -> None:
    code = house.file()
    house.office.take(house.staff["chutich"], code)
    mail, told = Mail(house.store, "here"), list[str]()
    for jump in (-DAY, 2 * DAY, -DAY, dt.timedelta(hours=3)):
        house.now.at += jump
        for _ in range(20):
            for notice in mail.due("telegram", house.now(), 50):
                mail.sent(notice, house.now())
                told.append(notice.key)
    assert len(told) == len(set(told)) and any(key.startswith(code) for key in told)
    with house.store.reading() as tx:
        assert tx.notice_counts("telegram").get("waiting", 0) == 0


def test_what_a_dead_process_had_claimed_is_sent_by_another_when_the_clock_has_gone_on(house: House) -> None:
    with house.store.writing() as tx:
        tx.add_notice(Notice("web", "1", "reply", "x", "k", house.now()))
    assert Mail(house.store, "dead").due("web", house.now(), 5)
    house.now.at -= dt.timedelta(minutes=10)
    assert not Mail(house.store, "living").due("web", house.now(), 5), "not before its hour"
    house.now.at += dt.timedelta(minutes=10) + CLAIMED + dt.timedelta(seconds=1)
    (notice,) = Mail(house.store, "living").due("web", house.now(), 5)
    assert notice.key == "k"


def test_tasks_of_the_clock_run_once_a_day_although_it_was_set_back(house: House) -> None:
    hands, done = Hands(), list[str]()
    note = lambda: str(done.append("x"))  # noqa: E731
    jobs = Jobs(house.store, [Task("daily", daily(dt.time(7)), note)], hands, "here")
    jobs.tick()
    for jump in (-3 * DAY, DAY, DAY, dt.timedelta(hours=12)):
        hands.at += jump
        jobs.tick()
    assert len(done) == 1, "the same day is not worked twice"
    hands.at += 2 * DAY
    assert jobs.tick() == ["daily"]


def test_a_clock_that_was_years_ahead_does_not_stop_the_tasks_for_years(house: House) -> None:
    hands, done = Hands(), list[str]()
    note = lambda: str(done.append("x"))  # noqa: E731
    tasks = [Task("daily", daily(dt.time(7)), note), Task("often", every(dt.timedelta(minutes=5)), note)]
    jobs = Jobs(house.store, tasks, hands, "here")
    hands.at += 3650 * DAY
    assert jobs.tick() == ["daily", "often"]
    hands.at -= 3650 * DAY
    for _ in range(3):
        hands.at += DAY
        jobs.tick()
    assert len(done) > 2


def test_a_deadline_is_told_of_once_although_the_clock_was_set_back(house: House, ground: Ground) -> None:
    code = house.file()
    deadlines = Deadlines(house.store, house.now, ground.terms)
    for jump in (60 * DAY, -59 * DAY, DAY, 58 * DAY, -60 * DAY, 60 * DAY):
        house.now.at += jump
        for _ in range(3):
            deadlines.run()
    with house.store.reading() as tx:
        told = [(e.kind, e.details.get("level", "")) for e in tx.events(code)]
    assert len(told) == len(set(told)) and house.petition(code).escalated
    in_order(house, code)


def test_a_conversation_goes_on_although_the_clock_was_set_back(house: House) -> None:
    house.say("làm giấy khai sinh cần gì")
    house.now.at -= 100 * DAY
    assert "khai sinh" in house.say("lệ phí bao nhiêu").text.lower()
