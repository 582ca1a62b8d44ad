"""Which poster brought how many people and how many questions. Pure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.dialogue.message import Behavior
from bot.ledger import Turn

FOLLOWS = dt.timedelta(days=1)
"""A question counts for the poster that was scanned last, if that was within this time before it."""
_NO_QUESTION = frozenset({Behavior.CHITCHAT.value, Behavior.PETITION.value})


@dataclass(frozen=True, slots=True)
class Scan:
    """`questions`: those counted when the conversation was forgotten; what it asks besides is found in the log."""

    poster: int
    conversation: str
    at: dt.datetime
    door: str = ""
    questions: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class PosterFigures:
    """`scans`: how often it was scanned; `people`: by how many conversations; `questions`: what they asked then."""

    poster: int
    scans: int
    people: int
    questions: int


def tally(scans: Iterable[Scan], turns: Iterable[Turn]) -> tuple[PosterFigures, ...]:
    """By the poster's number. A question counts once, for one poster."""
    of_conversation: dict[str, list[Scan]] = defaultdict(list)
    for scan in sorted(scans, key=lambda s: (s.at, s.poster)):
        of_conversation[scan.conversation].append(scan)
    questions: dict[int, int] = defaultdict(int)
    for found in of_conversation.values():
        for scan in found:
            questions[scan.poster] += scan.questions
    for turn in turns:
        if found_by := brought(turn, of_conversation.get(turn.conversation, ())):
            questions[found_by.poster] += 1
    by_poster: dict[int, list[str]] = defaultdict(list)
    for found in of_conversation.values():
        for scan in found:
            by_poster[scan.poster].append(scan.conversation)
    return tuple(PosterFigures(p, len(who), len(set(who)), questions[p]) for p, who in sorted(by_poster.items()))


def brought(turn: Turn, scans: Sequence[Scan]) -> Scan | None:
    """The scan, of those of its conversation in the order of time, that this question counts for."""
    before = [s for s in scans if s.at <= turn.at <= s.at + FOLLOWS]
    return before[-1] if before and turn.behavior not in _NO_QUESTION else None
