"""A question of a quiz: its right option, wrong ones that are other records' true values, its source, its state."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum


class Stage(StrEnum):
    """Only a REVIEWED one is put to people. UNTRUE: it was, and the record has changed since."""

    DRAFT = "nhap"
    REVIEWED = "da_duyet"
    DROPPED = "bo"
    UNTRUE = "khong_con_dung"


class NotReviewable(ValueError):
    """This question cannot be put to people; says why."""


@dataclass(frozen=True, slots=True)
class Option:
    """`record`: whose true value this is ("" where an officer wrote it)."""

    text: str
    record: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """`about`, `aspect`: what is asked for ("khai_sinh", "le_phi"); `topic`: the field or plan that it belongs to."""

    id: str
    about: str
    aspect: str
    topic: str
    text: str
    options: tuple[Option, ...]
    right: int
    source: str
    stage: Stage = Stage.DRAFT
    reviewed_by: str = ""
    reviewed_at: dt.datetime | None = None
    made_by: str = ""
    made_at: dt.datetime | None = None

    @property
    def answer(self) -> str:
        return self.options[self.right].text


def reviewed(question: Question, by: str, at: dt.datetime) -> Question:
    """Fit for use from now on. Raises NotReviewable for one that nobody could answer rightly."""
    texts = [o.text.strip().casefold() for o in question.options]
    if not question.text.strip() or not question.source.strip():
        raise NotReviewable("a question needs a text and a source")
    if len(texts) < 2 or len(set(texts)) < len(texts) or "" in texts:
        raise NotReviewable("a question needs two or more options, none empty, none twice")
    if not 0 <= question.right < len(texts):
        raise NotReviewable(f"option {question.right} does not exist")
    return replace(question, stage=Stage.REVIEWED, reviewed_by=by, reviewed_at=at)


def edited(question: Question, text: str, options: tuple[Option, ...], right: int, source: str) -> Question:
    """With other words it is a draft again: what was approved is not what stands there now."""
    changed = replace(question, text=text, options=options, right=right, source=source)
    return question if changed == question else replace(changed, stage=Stage.DRAFT, reviewed_by="", reviewed_at=None)


def doubted(question: Question) -> Question:
    """Out of play until somebody has looked at it again."""
    return replace(question, stage=Stage.UNTRUE, reviewed_by="", reviewed_at=None)


def dropped(question: Question) -> Question:
    return replace(question, stage=Stage.DROPPED)
