"""What was asked of the assistant, counted: turns, verdicts, questions without an answer, changes of the index."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.dialogue.message import Behavior, MessageClass
from bot.ledger import Gap, IndexEvent, Turn, Verdict
from bot.petitions.clock import VIETNAM
from bot.petitions.visible import spelt_out
from bot.reports.figures import ChangeFigures, QuestionFigures
from knowledge.vietnamese import fold

LEAST_ASKED = 2
"""A question without an answer is quoted only where it was asked this often: one person's own words stay unquoted."""
_UNASKED = frozenset({Behavior.CHITCHAT.value, Behavior.PETITION.value})


@dataclass(slots=True)
class Asked:
    """Turns of one span of time, being counted."""

    start: dt.datetime
    until: dt.datetime
    total: int = 0
    thanks: int = 0
    by_behavior: Counter[str] = field(default_factory=Counter)
    by_door: Counter[str] = field(default_factory=Counter)
    by_place: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    by_day: Counter[dt.date] = field(default_factory=Counter)


def count_turns(turns: Iterable[Turn], spans: Sequence[Asked]) -> dt.datetime | None:
    """Counts each turn into the spans that hold it; the moment of the first one."""
    first: dt.datetime | None = None
    for turn in turns:
        first = turn.at if first is None or turn.at < first else first
        for span in spans:
            if span.start <= turn.at < span.until:
                _count(span, turn)
    return first


def _count(span: Asked, turn: Turn) -> None:
    span.thanks += turn.message_class == MessageClass.THANKS
    if turn.behavior in _UNASKED:
        return
    span.total += 1
    span.by_behavior[turn.behavior] += 1
    span.by_door[turn.door] += 1
    span.by_place[turn.place] += 1
    span.by_day[turn.at.astimezone(VIETNAM).date()] += 1
    # what was offered to choose from was not asked for
    if turn.behavior != Behavior.CLARIFY:
        span.records.update(set(turn.records))


def questions_of(
    asked: Asked, verdicts: Iterable[Verdict], gaps: Iterable[Gap], span: tuple[dt.datetime, dt.datetime]
) -> QuestionFigures:
    start, until = span
    heard = [v for v in verdicts if start <= v.at < until]
    bad = [v for v in heard if not v.good]
    unanswered = [g.question for g in gaps if start <= g.at < until]
    return QuestionFigures(
        asked=asked.total,
        by_behavior=_by_count(asked.by_behavior),
        by_door=_by_count(asked.by_door),
        by_place=_by_count(asked.by_place),
        records=_by_count(asked.records),
        asked_by_day=dict(sorted(asked.by_day.items())),
        thanks=asked.thanks,
        gaps_total=len(unanswered),
        gaps=_grouped(unanswered),
        good=len(heard) - len(bad),
        bad=len(bad),
        bad_reasons=_by_count(Counter(v.reason for v in bad)),
        bad_records=_by_count(Counter(r for v in bad for r in set(v.records))),
    )


def changes_of(events: Iterable[IndexEvent], span: tuple[dt.datetime, dt.datetime]) -> ChangeFigures:
    """Only what stayed: what a roll-back within the period took out again was no change. `events`: all up to the end
    of the period, in order."""
    start, until = span
    way: list[IndexEvent] = []
    rollbacks = 0
    for event in events:
        if event.at >= until:
            break
        if "back" in event.action:
            way = _gone_back(way, event.generation)
            rollbacks += event.at >= start
        else:
            way.append(event)
    stayed = [event for event in way if event.at >= start]
    found: dict[str, set[str]] = {}
    for record, change in (pair for event in stayed for pair in event.changes):
        found.setdefault(change, set()).add(record)
    return ChangeFigures({c: tuple(sorted(found[c])) for c in sorted(found)}, len(stayed), rollbacks)


def _gone_back(way: list[IndexEvent], generation: str) -> list[IndexEvent]:
    """What is left after going back to a generation. One that the books do not know is older than what they tell of
    and they sort by name, which begins with the moment."""
    known = [n for n, event in enumerate(way) if event.generation == generation]
    return way[: known[-1] + 1] if known else [event for event in way if event.generation < generation]


def _grouped(questions: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """The questions that were asked more than once, each in its most common spelling; "" stands for erased words."""
    groups: dict[str, Counter[str]] = {}
    for question in questions:
        groups.setdefault(" ".join(fold(question).split()), Counter())[question.strip()] += 1
    counted = [
        (spelt_out(min(spelt, key=lambda s: (-spelt[s], s))), spelt.total())
        for key, spelt in groups.items()
        if not key or spelt.total() >= LEAST_ASKED
    ]
    # what has no words any more says the least
    return tuple(sorted(counted, key=lambda item: (not item[0], -item[1], item[0])))


def _by_count(counted: Counter[str]) -> dict[str, int]:
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
