"""Questions drafted from procedures by rule: fee, time, who decides. Pure; the same seed gives the same questions.

A wrong option is the true value of another procedure, the nearest first (same field, then same level), and never one
that could be right as well. A fact that is doubtful, of low confidence, about to change, or different by way of filing
is not asked about.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.outreach.quiz import meaning
from bot.outreach.quiz.question import Option, Question
from bot.wording import outreach as say
from knowledge.library import Library
from knowledge.records import Confidence, Procedure

WRONG = 3
LONGEST_OPTION = 90
"""Telegram's quiz polls take 100 characters an option."""
LONGEST_QUESTION = 290
Meaning = Callable[[str], object | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be asked of a procedure: the record's field, the aspect, how its value is understood."""

    field: str
    aspect: str
    means: Meaning
    way: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that may be offered, with what it means and whose it is."""

    text: str
    means: object
    record: str


KINDS = (
    Kind("fee", "le_phi", meaning.fee, "fee"),
    Kind("time", "thoi_han", meaning.span, "time"),
    Kind("agency", "co_quan", meaning.body),
)


def of_procedures(library: Library, seed: int, fields: Sequence[str] = ()) -> tuple[Question, ...]:
    """Every question that these fields (all, where none is named) give, in the order of the content."""
    chosen = [p for p in _asked(library) if not fields or p.field in fields]
    return tuple(q for p in chosen for kind in KINDS if (q := _question(library, p, kind, seed)))


def picked(questions: Sequence[Question], count: int, seed: int) -> tuple[Question, ...]:
    """So many of them, from as many topics as there are, by the seed."""
    chance = random.Random(f"{seed}:picked")
    by_topic: dict[str, list[Question]] = {}
    for question in questions:
        by_topic.setdefault(question.topic, []).append(question)
    for group in by_topic.values():
        chance.shuffle(group)
    rows = list(by_topic.values())
    chance.shuffle(rows)
    dealt = [group[i] for i in range(max(map(len, rows), default=0)) for group in rows if i < len(group)]
    return tuple(dealt[:count])


def still_true(question: Question, library: Library) -> bool:
    """Whether the record still says what was right when the question was made."""
    p = library.procedure(question.about)
    kind = next((k for k in KINDS if k.aspect == question.aspect), None)
    if p is None or kind is None or not p.validity.in_force(library.day):
        return False
    value = _value(library, p, kind)
    return value is not None and value.text == question.answer


def _asked(library: Library) -> Iterator[Procedure]:
    return (p for group in library.fields().values() for p in group if p.validity.in_force(library.day))


def _question(library: Library, p: Procedure, kind: Kind, seed: int) -> Question | None:
    right = _value(library, p, kind)
    unit = meaning.per(p.fee) if kind.field == "fee" else ""
    text = say.QUIZ_QUESTIONS[kind.aspect].format(name=p.name, per=say.PER.format(unit=unit) if unit else "")
    if right is None or len(text) > LONGEST_QUESTION:
        return None
    chance = random.Random(f"{seed}:{p.key}:{kind.aspect}")
    wrong = wrong_options(right, _siblings(library, p, kind, chance))
    return assembled(p.key, kind.aspect, p.field, text, right, wrong, source_of(p), chance)


def _value(library: Library, p: Procedure, kind: Kind) -> Value | None:
    """The record's value, where it is sure, short, the same by every way, and means one thing."""
    text = str(getattr(p, kind.field)).strip()
    doubtful = kind.field in p.doubts or p.confidence_of(kind.field) is Confidence.LOW
    if not text or doubtful or len(text) > LONGEST_OPTION or p.validity.changes or not p.validity.in_force(library.day):
        return None
    means = kind.means(text)
    ways = [str(getattr(w, kind.way)) for w in p.ways if kind.way and getattr(w, kind.way)]
    same = all((m := kind.means(w)) is not None and not meaning.differ(m, means) for w in ways)
    return Value(meaning.shown(means, text), means, p.key) if means is not None and same else None


def _siblings(library: Library, p: Procedure, kind: Kind, chance: random.Random) -> list[Value]:
    """Other procedures' values: of the same field, of the same level, the others; within each by chance."""
    near: list[list[Value]] = [[], [], []]
    for other in _asked(library):
        if other.key != p.key and (value := _value(library, other, kind)):
            near[0 if other.field == p.field else 1 if set(other.level) & set(p.level) else 2].append(value)
    for group in near:
        chance.shuffle(group)
    return [value for group in near for value in group]


def wrong_options(right: Value, others: Iterable[Value], most: int = WRONG) -> tuple[Value, ...]:
    """Values that differ in meaning from the right one and from each other, in the order given."""
    chosen: list[Value] = []
    for value in others:
        if all(meaning.differ(value.means, known.means) for known in (right, *chosen)):
            chosen.append(value)
        if len(chosen) == most:
            break
    return tuple(chosen)


def assembled(
    about: str,
    aspect: str,
    topic: str,
    text: str,
    right: Value,
    wrong: Sequence[Value],
    source: str,
    chance: random.Random,
) -> Question | None:
    """None where fewer than two wrong options are left: a coin could answer it."""
    if len(wrong) < 2:
        return None
    options = [Option(v.text, v.record) for v in (right, *wrong)]
    chance.shuffle(options)
    place = next(i for i, o in enumerate(options) if o.text == right.text and o.record == right.record)
    digest = hashlib.sha256("\n".join((about, aspect, text, right.text)).encode()).hexdigest()[:16]
    return Question(digest, about, aspect, topic, text, tuple(options), place, source)


def source_of(p: Procedure) -> str:
    read = p.sources[0] if p.sources else None
    code = say.OF_CODE.format(code=p.code) if p.code and (read is None or p.code not in read.name) else ""
    name = say.SOURCE_READ.format(name=read.name, read=read.read) if read else p.name
    return f"{name}{code}"
