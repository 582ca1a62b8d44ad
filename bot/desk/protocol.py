"""What the desk needs of a store. Two stores keep this contract; one suite of tests holds both to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class StoreUnavailable(Exception):
    """The store cannot take this now (locked, full, read-only); nothing was written."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a citizen thinks of the answer that stood before: 👍 or 👎, why, in whose words."""

    good: bool
    reason: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Petition:
    """What a citizen confirmed at the read-back. `anonymous`: "", "giau_ten" or "khong_neu_ten"."""

    kind: str
    text: str
    where: str = ""
    when: str = ""
    contact: str = ""
    anonymous: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A turn that is on disk: its number, and the code of the petition that came with it."""

    turn: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message and its reply, as it is kept: the question masked, the new session, what came of it."""

    conversation: str
    at: dt.datetime
    door: str
    question: str
    message_class: str
    behavior: str
    records: tuple[str, ...]
    score: float
    generation: str
    reply: str
    session: str
    milliseconds: float = 0.0
    unknown: str = ""
    feedback: Feedback | None = None
    petition: Petition | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that nobody's record answers."""

    question: str
    at: dt.datetime
    door: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Feedback with the question, the answer and the records it is about."""

    good: bool
    reason: str
    words: str
    question: str
    records: tuple[str, ...]
    generation: str
    at: dt.datetime


class Store(Protocol):
    """All calls may come from any thread; each is one transaction, and is on disk when it returns."""

    def session(self, conversation: str) -> str:
        """The session as it was last written, or ""."""
        ...

    def keep(self, turn: Turn) -> Kept:
        """Session, log, gap, feedback and petition of one turn, all or nothing."""
        ...

    def filed_at(self, code: str, conversation: str) -> dt.datetime | None:
        """When this conversation filed the petition of this code; None for any other's or none at all."""
        ...

    def gaps(self, since: dt.datetime) -> Sequence[Gap]: ...

    def verdicts(self, since: dt.datetime) -> Sequence[Verdict]: ...

    def forget(self, conversation: str) -> int:
        """Session and questions of one conversation are erased; how many turns were. Counts of behaviours stay."""
        ...

    def close(self) -> None: ...
