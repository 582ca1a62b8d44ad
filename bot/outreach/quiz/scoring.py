"""Who has how many points, who comes before whom, who has not taken part. Pure; the rules are told beforehand."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.outreach.quiz.question import Question


class Counts(StrEnum):
    """Which try of a player counts."""

    FIRST = "mot_lan"
    BEST = "lan_tot_nhat"


class TieBreak(StrEnum):
    """What decides between equal points, in the order given by the rules."""

    SECONDS = "thoi_gian"
    EARLIER = "som_hon"


@dataclass(frozen=True, slots=True)
class Rules:
    """`seconds`: for each question, 0 for no limit. `tries`: the most that are taken (0: any number; FIRST takes one).
    Whoever is still equal after the tie-breaks shares the place."""

    counts: Counts = Counts.FIRST
    seconds: int = 0
    tries: int = 0
    points: int = 1
    ties: tuple[TieBreak, ...] = (TieBreak.SECONDS, TieBreak.EARLIER)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: the option's place in the question, and how long it took."""

    question: str
    option: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """`unit`: of an officer who was asked by it. An unfinished try is a try: what was answered counts."""

    player: str
    began_at: dt.datetime
    given: tuple[Given, ...] = ()
    ended_at: dt.datetime | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    right: int
    points: int
    seconds: float
    late: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """`number` is shared by equals; the next one is left out then (1, 2, 2, 4)."""

    number: int
    player: str
    score: Score
    attempt: Attempt


def score(attempt: Attempt, questions: Sequence[Question], rules: Rules) -> Score:
    """The first answer to each question counts; one that came too late is wrong and takes the whole time."""
    first: dict[str, Given] = {}
    for given in attempt.given:
        first.setdefault(given.question, given)
    right = late = 0
    seconds = 0.0
    for question in questions:
        if not (answer := first.get(question.id)):
            seconds += rules.seconds
            continue
        in_time = not rules.seconds or answer.seconds <= rules.seconds
        seconds += max(0.0, answer.seconds) if in_time else rules.seconds
        late += not in_time
        right += in_time and answer.option == question.right
    return Score(right, right * rules.points, round(seconds, 3), late)


def ranking(attempts: Iterable[Attempt], questions: Sequence[Question], rules: Rules) -> tuple[Place, ...]:
    """One place for each player."""
    rows = sorted(
        ((_key(s, a, rules), a.player, s, a) for a, s in _counting(attempts, questions, rules)), key=lambda r: r[:2]
    )
    places: list[Place] = []
    for row, (key, player, found, attempt) in enumerate(rows):
        same = row > 0 and key == rows[row - 1][0]
        places.append(Place(places[-1].number if same else row + 1, player, found, attempt))
    return tuple(places)


def _counting(
    attempts: Iterable[Attempt], questions: Sequence[Question], rules: Rules
) -> Iterable[tuple[Attempt, Score]]:
    tried: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in sorted(attempts, key=lambda a: a.began_at):
        tried[attempt.player].append(attempt)
    for mine in tried.values():
        most = 1 if rules.counts is Counts.FIRST else rules.tries or len(mine)
        scored = [(a, score(a, questions, rules)) for a in mine[:most]]
        yield min(scored, key=lambda pair: _key(pair[1], pair[0], rules))


def _key(found: Score, attempt: Attempt, rules: Rules) -> tuple[float, ...]:
    """Smaller is better."""
    end = attempt.ended_at or max(attempt.began_at, attempt.began_at + dt.timedelta(seconds=found.seconds))
    by = {TieBreak.SECONDS: found.seconds, TieBreak.EARLIER: end.timestamp()}
    return (-float(found.points), *(by[tie] for tie in rules.ties))


def by_topic(attempts: Iterable[Attempt], questions: Sequence[Question], rules: Rules) -> Mapping[str, tuple[int, int]]:
    """Topic → (right answers, answers expected), over the tries that count."""
    topics: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        topics[question.topic].append(question)
    kept = [a for a, _ in _counting(attempts, questions, rules)]
    return {
        topic: (sum(score(a, group, rules).right for a in kept), len(group) * len(kept))
        for topic, group in topics.items()
    }


def absent(invited: Iterable[str], attempts: Iterable[Attempt]) -> tuple[str, ...]:
    """Who was invited and has not begun."""
    seen = {a.player for a in attempts}
    return tuple(who for who in dict.fromkeys(invited) if who not in seen)
