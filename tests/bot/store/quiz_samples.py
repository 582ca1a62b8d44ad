"""A contest with a player's try, a practice, a poll and a link, as the tests of the store write them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from store_samples import HOUR, NOW

from bot.desk.transaction import Transaction
from bot.outreach.quiz.contest import (
    Asked,
    Contest,
    Drill,
    Entry,
    Item,
    Kind,
    Link,
    Player,
    Poll,
    Standing,
    Vote,
)
from bot.outreach.quiz.question import Option, Question, Stage
from bot.outreach.quiz.scoring import Counts, TieBreak

QUESTION = Question(
    *("q1", "khai_sinh", "le_phi", "Hộ tịch", "Lệ phí “khai sinh” là bao nhiêu?"),
    (Option("Miễn phí", "khai_sinh"), Option("8.000 đồng", "khai_tu")),
    *(0, "Cổng Dịch vụ công quốc gia", Stage.REVIEWED, "o1", NOW, "o1", NOW - HOUR),
)
CONTEST = Contest(
    *("c1", Kind.CONTEST, "Tìm hiểu thủ tục", "", NOW - HOUR, NOW + 24 * HOUR, "o1", NOW - HOUR),
    *(Counts.BEST, 3, 30, 1, (TieBreak.EARLIER,), 1, True, True, ("vp",), Standing.PUBLISHED, NOW - HOUR),
)
ITEM = Item(
    *("c1", 1, QUESTION.id, QUESTION.about, QUESTION.aspect, QUESTION.topic, QUESTION.text),
    *(QUESTION.options, QUESTION.right, QUESTION.source, NOW, None),
)
PLAYER = Player("p1", "c1", "telegram:1", "Chị Lan", True, NOW, "telegram")
ENTRY = Entry("p1-1", "c1", "p1", 1, "telegram", NOW)
ASKED = Asked("p1-1-1", "p1-1", 1, 1, NOW)
DRILL = Drill("d1", "telegram:1", "q1", NOW, "telegram")
POLL = Poll("po1", "q1", "telegram:-100", "o1", NOW, 0)
VOTE = Vote("po1", "telegram:1", 1, False, NOW)
LINK = Link("digest", "c1", "Anh Ba", "vp", "", "o1", NOW)


def play(tx: Transaction, answered: dt.datetime = NOW + HOUR) -> None:
    """Something in every table of the quizzes."""
    tx.put_question(QUESTION)
    tx.put_contest(CONTEST)
    tx.put_items("c1", [ITEM])
    tx.add_player(PLAYER)
    tx.add_entry(ENTRY)
    tx.add_asked(ASKED)
    tx.answer_asked(replace(ASKED, option=0, answered_at=answered, sent_at=NOW, seconds=2.5))
    tx.add_drill(DRILL)
    tx.answer_drill(replace(DRILL, option=0, right=True, answered_at=answered))
    tx.add_poll(POLL)
    tx.add_vote(VOTE)
    tx.add_link(LINK)
