"""Quizzes over a store, with a clock that a test moves and records that a test may change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from bot.desk.plays import Outcome, Step
from bot.desk.questions import Wording
from bot.desk.quizzes import Quizzes, quizzes
from bot.ledger import Officer
from bot.outreach.quiz.contest import Contest, Kind
from bot.outreach.quiz.question import Question, Stage
from bot.outreach.quiz.scoring import Counts, TieBreak
from knowledge.library import Library
from tests.bot.desk.conftest import House

HOUR = dt.timedelta(hours=1)


@dataclass
class Quiz:
    """`library`: what the records say; a test may put another in its place."""

    house: House
    library: Library
    admin: Officer
    desk: Quizzes = field(init=False)

    def __post_init__(self) -> None:
        self.desk = quizzes(self.house.store, lambda: self.library, self.house.now)

    def approved(self, most: int = 10, fields: tuple[str, ...] = ("Hộ tịch", "Cư trú")) -> list[Question]:
        self.desk.questions.draft(self.admin, fields, (), most)
        drafts = self.desk.questions.listed(self.admin, Stage.DRAFT)
        self.desk.questions.approve(self.admin, [q.id for q in drafts])
        return list(self.desk.questions.listed(self.admin, Stage.REVIEWED))

    def contest(self, count: int = 3, kind: Kind = Kind.CONTEST, **more: object) -> Contest:
        """Published, open since an hour, for a day."""
        questions = self.approved(count)[:count]
        now = self.house.now()
        made = Contest("", kind, "Tìm hiểu thủ tục", "", now - HOUR, now + 24 * HOUR, "", now)
        made = self.desk.contests.save(self.admin, replace(made, **more))  # type: ignore[arg-type]
        self.desk.contests.choose(self.admin, made.id, [q.id for q in questions])
        return self.desk.contests.publish(self.admin, made.id)

    def items(self, number: str) -> dict[str, int]:
        """Text of a question → its right option."""
        return {i.text: i.right for i in self.desk.contests.one(self.admin, number)[1]}

    def play(
        self, number: str, account: str, wrong: int = 0, seconds: float = 2, door: str = "web", name: str = ""
    ) -> Step:
        """A whole try; the first `wrong` answers are not right. The last step."""
        right = self.items(number)
        if self.desk.playing.view(number, account).player is None:
            self.desk.playing.join(number, account, door, name, bool(name))
        step = self.desk.playing.begin(number, account, door)
        while step.outcome is Outcome.ASKED and step.put:
            self.house.now.on(seconds=seconds)
            option = right[step.put.text]
            if wrong:
                wrong, option = wrong - 1, next(o for o, _ in step.put.options if o != option)
            step = self.desk.playing.answer(account, door, step.put.id, option)
        return step


BEST = {"counts": Counts.BEST, "tries": 0, "ties": (TieBreak.SECONDS,)}
OWN = Wording(
    *("Khai sinh cho con trong bao nhiêu ngày?", ("60 ngày", "90 ngày", "15 ngày"), 0, "Luật Hộ tịch, Điều 15"),
    topic="Hộ tịch",
)
