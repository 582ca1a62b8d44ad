from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.petitions.clock import VIETNAM, Clock
from bot.petitions.petition import Channel, Kind, Naming, Petition, State, Urgency
from bot.web.console.dues import due_of

MONDAY = dt.datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM)
PETITION = Petition(
    *("PA-2026-000001-A", 1, State.ACCEPTED, Kind.CONDUCT, Channel.PHONE, Urgency.NORMAL, Naming.OPEN, MONDAY)
)


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("due", "text", "mood"),
    [
        (at(30, 17), "còn 5 ngày làm việc", ""),
        (at(24, 10), "còn 1 ngày làm việc", ""),
        (at(23, 16), "còn 5 giờ làm việc", "luu-y"),
        (at(23, 9), "còn chưa tới một giờ", "luu-y"),
        (at(20, 16), "quá hạn 2 giờ làm việc", "nguy"),
        (at(18, 8, 30), "quá hạn 3 ngày làm việc", "nguy"),
        (at(21, 10), "quá hạn 1 giờ làm việc", "nguy"),
    ],
)
def test_a_term_is_told_in_working_time(due: dt.datetime, text: str, mood: str) -> None:
    found = due_of(replace(PETITION, answer_by=due), Clock(), MONDAY)
    assert (found.text, found.mood, found.at) == (text, mood, due)


def test_a_new_petition_is_first_to_be_accepted() -> None:
    new = replace(PETITION, state=State.NEW, accept_by=at(23, 16), answer_by=at(30, 17))
    assert due_of(new, Clock(), MONDAY).at == at(23, 16)


def test_no_term_runs_while_the_citizen_is_asked_nor_after_the_end() -> None:
    waiting = replace(PETITION, state=State.WAITING, answer_by=at(2, 8))
    assert due_of(waiting, Clock(), MONDAY).mood == "" and due_of(waiting, Clock(), MONDAY).text
    assert due_of(replace(PETITION, state=State.ANSWERED, answer_by=at(2, 8)), Clock(), MONDAY).text == ""
    assert due_of(PETITION, Clock(), MONDAY).text == "không đặt hạn"
