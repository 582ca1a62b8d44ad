"""What came of a contest or survey, put together for whoever made it: places, topics, units, who is still to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.desk import rights
from bot.desk.plays import account_of, attempts_of, invited, places_of
from bot.desk.transaction import Transaction
from bot.ledger import Officer
from bot.outreach.quiz.contest import Contest, Item, Kind, Phase, Player
from bot.outreach.quiz.question import Question
from bot.outreach.quiz.scoring import Attempt, Place, by_topic


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody who was asked to take a survey and has not begun."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Group:
    """What a unit's people know: how many were asked, how many took it, right answers of those expected."""

    unit: str
    asked: int
    took: int
    right: int
    expected: int


@dataclass(frozen=True, slots=True)
class Results:
    """A contest or survey as who made it sees it. `topics`: topic → (right answers, expected)."""

    contest: Contest
    phase: Phase
    items: tuple[Item, ...]
    places: tuple[Place, ...]
    players: dict[str, Player]
    topics: dict[str, tuple[int, int]]
    by_item: dict[int, tuple[int, int]]
    answers: int
    finished: int
    groups: tuple[Group, ...] = ()
    absent: tuple[Absent, ...] = ()

    @property
    def total(self) -> int:
        """Questions that count."""
        return sum(not i.withdrawn_at for i in self.items)


def results_of(tx: Transaction, contest: Contest, who: Officer, now: dt.datetime) -> Results:
    """As this officer may see it: of a survey, the units that they reach."""
    items = tuple(tx.items(contest.id))
    counted = [i.as_question() for i in items if not i.withdrawn_at]
    players = {p.id: p for p in tx.players(contest.id)}
    attempts = attempts_of(tx, contest)
    groups: tuple[Group, ...] = ()
    absent: tuple[Absent, ...] = ()
    if contest.kind is Kind.SURVEY:
        reached = rights.reach(who, tx.units())
        seen = {p for p, one in players.items() if reached is None or one.unit in reached}
        attempts = [a for a in attempts if a.player in seen]
        players = {key: one for key, one in players.items() if key in seen}
        asked = [a for a in _asked_people(tx, contest) if reached is None or a[1].unit in reached]
        took = {players[a.player].account for a in attempts}
        absent = tuple(one for account, one in asked if account not in took)
        groups = _groups(contest, asked, attempts, players, counted)
    places = places_of(tx, contest)
    return Results(
        contest,
        contest.phase(now),
        items,
        tuple(p for p in places if p.player in players),
        players,
        dict(by_topic(attempts, counted, contest.rules)),
        _by_item(contest, items, attempts),
        sum(len(a.given) for a in attempts),
        len({a.player for a in attempts if a.ended_at}),
        groups,
        absent,
    )


def _asked_people(tx: Transaction, contest: Contest) -> list[tuple[str, Absent]]:
    """(account, who) of everybody that a survey asks: officers of its units, and who got a link."""
    units = tx.units()
    asked = [(account_of(o), Absent(o.name, o.unit)) for o in tx.officers() if o.active and invited(contest, o, units)]
    links = [link for link in tx.links(contest.id) if not link.account]
    return asked + [(f"link:{link.digest[:20]}", Absent(link.name, link.unit)) for link in links]


def _groups(
    contest: Contest,
    asked: Sequence[tuple[str, Absent]],
    attempts: Sequence[Attempt],
    players: dict[str, Player],
    questions: Sequence[Question],
) -> tuple[Group, ...]:
    made = []
    for unit in sorted({one.unit for _, one in asked} | {p.unit for p in players.values()}):
        mine = [a for a in attempts if a.unit == unit]
        points = by_topic(mine, questions, contest.rules).values()
        right, expected = sum(p[0] for p in points), sum(p[1] for p in points)
        invited_here = sum(one.unit == unit for _, one in asked)
        made.append(Group(unit, invited_here, len({a.player for a in mine}), right, expected))
    return tuple(made)


def _by_item(contest: Contest, items: Sequence[Item], attempts: Sequence[Attempt]) -> dict[int, tuple[int, int]]:
    """Question's number → (right in time, answered), over all tries."""
    numbers = {i.question: i for i in items}
    found: dict[int, tuple[int, int]] = {i.number: (0, 0) for i in items}
    for given in (g for a in attempts for g in a.given):
        item = numbers[given.question]
        right, answered = found[item.number]
        in_time = not contest.seconds or given.seconds <= contest.seconds
        found[item.number] = (right + (in_time and given.option == item.right), answered + 1)
    return found
