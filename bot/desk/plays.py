"""What a step in a contest gives back, who is who in it, and a try as scoring wants it: for all who play or watch."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.desk import rights
from bot.desk.transaction import Transaction
from bot.ledger import NotFound, Officer, Unit
from bot.outreach.quiz.contest import Asked, Contest, Entry, Item, Kind, Phase, Player, Standing
from bot.outreach.quiz.question import Question
from bot.outreach.quiz.scoring import Attempt, Given, Place, Score, ranking
from bot.petitions.visible import pieces

LONGEST_NAME = 40


class Outcome(StrEnum):
    """What came of a step."""

    ASKED = "asked"
    FINISHED = "finished"
    REPEATED = "repeated"
    JOIN_FIRST = "join_first"
    NOT_OPEN = "not_open"
    NO_TRY_LEFT = "no_try_left"
    GONE = "gone"


class NotInvited(Exception):
    """This survey is not for whoever asks, or the link is somebody else's already."""


@dataclass(frozen=True, slots=True)
class Put:
    """A question as this player sees it. `options`: (the option's place in the question, its words) in the order shown;
    `key`: by which its notice is known."""

    id: str
    text: str
    topic: str
    options: tuple[tuple[int, str], ...]
    number: int
    total: int
    seconds: int
    asked_at: dt.datetime

    @property
    def key(self) -> str:
        return key_of(self.id)


@dataclass(frozen=True, slots=True)
class Step:
    """`put`: what is to be answered now; `late`: the answer that was just given came after the time; `score`: of the
    try that has ended; `tries_left`: None for any number."""

    outcome: Outcome
    contest: Contest | None = None
    put: Put | None = None
    late: bool = False
    score: Score | None = None
    total: int = 0
    tries_left: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A place in the list; `name` "" where it is not to be shown."""

    number: int
    name: str
    score: Score
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    rows: tuple[Row, ...]
    players: int
    total: int
    mine: Row | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A question with what was answered (None: nothing), once everybody has finished."""

    question: Question
    given: int | None
    late: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class View:
    """A contest as one who looks at it stands to it. `open_entry`: a try was begun and goes on; `can_begin`: a new one
    may be begun; `earned`: a certificate is theirs."""

    contest: Contest
    phase: Phase
    total: int
    players: int
    player: Player | None = None
    tries: int = 0
    open_entry: bool = False
    can_begin: bool = False
    best: Score | None = None
    earned: bool = False


@dataclass(frozen=True, slots=True)
class Earned:
    """What stands on a certificate. `place`: 0 unless one of the first three, and the contest over."""

    name: str
    contest: Contest
    right: int
    total: int
    place: int
    day: dt.date
    number: str


def key_of(asked: str) -> str:
    """By which the notice that brings this question is known."""
    return f"quiz:{asked}"


def account_of(who: Officer) -> str:
    """The same person by whichever door they come."""
    return f"officer:{who.id}"


def invited(contest: Contest, who: Officer, units: Sequence[Unit]) -> bool:
    if not who.active:
        return False
    return not contest.units or any(who.unit in rights.below(unit, units) for unit in contest.units)


def named(text: str) -> str:
    """A name as it may be shown: one line, nothing that deceives the eye, not too long."""
    plain = "".join(piece.shown for piece in pieces(" ".join(text.split())) if piece.trick != "hidden")
    return "".join(c for c in plain if c.isprintable() and c not in "<>@/\\")[:LONGEST_NAME].strip()


def attempt_of(entry: Entry, asked: Sequence[Asked], items: dict[int, Item], unit: str = "") -> Attempt:
    given = tuple(Given(items[a.item].question, a.option, a.seconds or 0.0) for a in asked if a.option is not None)
    return Attempt(entry.player, entry.began_at, given, entry.ended_at, unit)


def attempts_of(tx: Transaction, contest: Contest) -> list[Attempt]:
    """Every try, with the unit of who made it."""
    items = {i.number: i for i in tx.items(contest.id)}
    units = {p.id: p.unit for p in tx.players(contest.id)}
    by_entry: dict[str, list[Asked]] = {}
    for asked in tx.asked_in(contest.id):
        by_entry.setdefault(asked.entry, []).append(asked)
    return [attempt_of(e, by_entry.get(e.id, ()), items, units.get(e.player, "")) for e in tx.entries(contest.id)]


def places_of(tx: Transaction, contest: Contest) -> tuple[Place, ...]:
    questions = [i.as_question() for i in tx.items(contest.id) if not i.withdrawn_at]
    return ranking(attempts_of(tx, contest), questions, contest.rules)


def published(tx: Transaction, number: str) -> Contest:
    contest = tx.contest(number)
    if contest is None or contest.standing is Standing.DRAFT or contest.published_at is None:
        raise NotFound(number)
    return contest


def order_of(contest: Contest, entry: Entry, numbers: list[int]) -> list[int]:
    """The same for the same try, also after a restart."""
    if contest.mixed:
        random.Random(f"{entry.id}:order").shuffle(numbers)
    return numbers


def best_of(
    tx: Transaction, contest: Contest, player: Player, entries: Sequence[Entry], items: Sequence[Item]
) -> Place | None:
    """The player's try that counts."""
    everything = {i.number: i for i in tx.items(contest.id)}
    tries = [attempt_of(e, tx.asked_of(e.id), everything, player.unit) for e in entries]
    places = ranking(tries, [i.as_question() for i in items], contest.rules)
    return places[0] if places else None


def has_earned(contest: Contest, best: Place | None, entries: Sequence[Entry], phase: Phase) -> bool:
    finished = any(e.ended_at for e in entries) or phase is Phase.OVER
    return bool(contest.pass_mark and best and finished and best.score.right >= contest.pass_mark)


def first_three(tx: Transaction, contest: Contest, player: Player) -> int:
    if contest.kind is not Kind.CONTEST:
        return 0
    return next((p.number for p in places_of(tx, contest) if p.player == player.id and p.number <= 3), 0)


def row_of(place: Place, player: Player, account: str) -> Row:
    name = player.name if player.shown and not player.hidden else ""
    return Row(place.number, name, place.score, bool(account) and player.account == account)


def reviewed(item: Item, given: Given | None, limit: int) -> Review:
    late = bool(given and limit and given.seconds > limit)
    return Review(item.as_question(), given.option if given else None, late, item.withdrawn_at is not None)
