"""What is kept of contests, surveys, practice and quiz polls. Pure values; what they add up to is scoring's to say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.outreach.quiz.question import Option, Question
from bot.outreach.quiz.scoring import Counts, Rules, TieBreak


class Kind(StrEnum):
    """A contest is for everybody; a survey of what officers know is for who was invited."""

    CONTEST = "thi"
    SURVEY = "khao_sat"


class Standing(StrEnum):
    """`STOPPED`: an officer ended it before its day."""

    DRAFT = "nhap"
    PUBLISHED = "da_dang"
    STOPPED = "da_dung"


class Phase(StrEnum):
    """Where a contest stands at a moment."""

    DRAFT = "nhap"
    AHEAD = "sap_mo"
    OPEN = "dang_mo"
    OVER = "da_het"


@dataclass(frozen=True, slots=True)
class Contest:
    """`about`: what the rules say besides; `pass_mark`: so many right answers earn a certificate (0: none is given);
    `board`: the list of places is public; `mixed`: every player gets questions and options in an order of their own;
    `units`: whose officers a survey invites (none named: all)."""

    id: str
    kind: Kind
    title: str
    about: str
    opens_at: dt.datetime
    closes_at: dt.datetime
    by: str
    made_at: dt.datetime
    counts: Counts = Counts.FIRST
    tries: int = 0
    seconds: int = 0
    points: int = 1
    ties: tuple[TieBreak, ...] = (TieBreak.SECONDS, TieBreak.EARLIER)
    pass_mark: int = 0
    board: bool = True
    mixed: bool = True
    units: tuple[str, ...] = ()
    standing: Standing = Standing.DRAFT
    published_at: dt.datetime | None = None

    @property
    def rules(self) -> Rules:
        return Rules(self.counts, self.seconds, self.tries, self.points, self.ties)

    @property
    def most_tries(self) -> int:
        """0: any number."""
        return 1 if self.counts is Counts.FIRST else self.tries

    def phase(self, now: dt.datetime) -> Phase:
        if self.standing is Standing.DRAFT:
            return Phase.DRAFT
        if self.standing is Standing.STOPPED or now >= self.closes_at:
            return Phase.OVER
        return Phase.OPEN if now >= self.opens_at else Phase.AHEAD


@dataclass(frozen=True, slots=True)
class Item:
    """A question as it stood when the contest was published. `withdrawn_at`: from then on it counts for nobody."""

    contest: str
    number: int
    question: str
    about: str
    aspect: str
    topic: str
    text: str
    options: tuple[Option, ...]
    right: int
    source: str
    reviewed_at: dt.datetime | None = None
    withdrawn_at: dt.datetime | None = None

    def as_question(self) -> Question:
        return Question(
            *(self.question, self.about, self.aspect, self.topic, self.text, self.options, self.right, self.source),
            reviewed_at=self.reviewed_at,
        )


@dataclass(frozen=True, slots=True)
class Player:
    """`account`: who it is ("telegram:123", "web:…", "officer:cb-1", "link:…"), a mere number after it was erased;
    `name`: what they want to be called; `shown`: they agreed to stand in the list; `hidden`: an officer took the name
    out of it."""

    id: str
    contest: str
    account: str
    name: str
    shown: bool
    joined_at: dt.datetime
    door: str
    unit: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One try of one player; `id` is the player's with the number of the try."""

    id: str
    contest: str
    player: str
    number: int
    door: str
    began_at: dt.datetime
    ended_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to a player in a try. `sent_at`: when it was known to have reached them; `seconds`: from then to
    the answer."""

    id: str
    entry: str
    number: int
    item: int
    asked_at: dt.datetime
    sent_at: dt.datetime | None = None
    option: int | None = None
    answered_at: dt.datetime | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Drill:
    """A question of somebody's practice."""

    id: str
    player: str
    question: str
    asked_at: dt.datetime
    door: str
    option: int | None = None
    right: bool | None = None
    answered_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """A quiz poll that was posted to a chat ("telegram:-100…")."""

    id: str
    question: str
    chat: str
    by: str
    at: dt.datetime
    right: int
    closed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    poll: str
    voter: str
    option: int
    right: bool
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Link:
    """A way into a survey for one person. `digest`: of the token in it; `account`: an officer's, "" for who is none;
    `used_by`: the visitor that it belongs to since it was first used."""

    digest: str
    contest: str
    name: str
    unit: str
    account: str
    by: str
    made_at: dt.datetime
    used_by: str = ""
    used_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """How many took part and answered in a span of time, for reports."""

    contests: int = 0
    players: int = 0
    answers: int = 0
    surveys: int = 0
    surveyed: int = 0
    survey_answers: int = 0
    practised: int = 0
    practice_answers: int = 0
    polls: int = 0
    voters: int = 0
    votes: int = 0
