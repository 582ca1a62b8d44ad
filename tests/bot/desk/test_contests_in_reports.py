"""Contests and practice stand in the reports as one of the plan's channels, and stay there when names are erased."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.desk.reporting import Reporting
from bot.petitions.clock import VIETNAM, Clock
from bot.reports.letterhead import Letterhead
from bot.reports.periods import between
from bot.reports.sentences import sentences_of
from bot.reports.spelling import Names
from bot.reports.tables import tables_of
from knowledge.library import Library
from tests.bot.desk.conftest import House
from tests.bot.desk.quiz_house import Quiz


@pytest.fixture
def quiz(house: House, library: Library) -> Quiz:
    return Quiz(house, library, house.staff["admin"])


def test_who_took_part_is_counted_also_after_erasing(quiz: Quiz, tmp_path: Path) -> None:
    contest = quiz.contest(2)
    quiz.play(contest.id, "web:1", name="Lan")
    quiz.play(contest.id, "web:2")
    exercise = quiz.desk.practice.next("web:1", "web")
    assert exercise
    quiz.desk.practice.answer("web:1", exercise.id, 0)
    quiz.house.now.on(minutes=1)
    now, store = quiz.house.now, quiz.house.store
    reporting = Reporting(store, lambda: quiz.library, Clock(None), Letterhead(), now)
    today = now().astimezone(VIETNAM).date()
    period = between(today - dt.timedelta(days=1), today + dt.timedelta(days=1))
    for erase in (False, True):
        if erase:
            quiz.house.desk.erase("web:1")
        report = reporting.figures(period)
        rows = {row[1]: row[2:] for row in tables_of(report, Names())["tuyen_truyen"].rows}
        assert rows["Cuộc thi tìm hiểu"] == (1, 2) and rows["Câu trả lời trong cuộc thi"] == (4, None)
        assert rows["Câu luyện tập đã làm"] == (1, 1)
        assert any("2 người tham gia" in said for said in sentences_of(report, Names())["cau_hoi"])
