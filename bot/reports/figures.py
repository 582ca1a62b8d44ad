"""What a report says, as values: figures only, no sentence. Two reports are equal when every figure is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

from bot.reports.periods import Period

LEAST_ANSWERS = 5
"""A share of satisfied people is shown only where at least this many answered: under it, one could guess who."""


class Outcome(StrEnum):
    """How a petition that was to be handled in the period stands at its end."""

    ANSWERED = "da_tra_loi"
    ENDED = "ket_thuc"
    REFUSED = "tu_choi"
    FORWARDED = "chuyen"
    WITHDRAWN = "rut"
    MERGED = "gop"
    OPEN = "dang_giai_quyet"
    WAITING = "cho_bo_sung"
    LATE = "qua_han"


FINISHED = (
    Outcome.ANSWERED,
    Outcome.ENDED,
    Outcome.REFUSED,
    Outcome.FORWARDED,
    Outcome.WITHDRAWN,
    Outcome.MERGED,
)


@dataclass(frozen=True, slots=True)
class Tally:
    """Petitions of one unit, field … or all. They came in by three ways (carried over, new, reopened after they had
    ended in an earlier period), and each has one outcome, so both sides add up to `handled`. Of those received, some
    ended before anybody accepted them (`ended_unaccepted`: withdrawn, merged), some are still within the time to do so
    (`still_unaccepted`); the others were accepted in time or late, or `untimed`."""

    carried: int = 0
    received: int = 0
    returned: int = 0
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    accepted: int = 0
    accepted_in_time: int = 0
    accepted_late: int = 0
    answered_in_time: int = 0
    answered_late: int = 0
    ended_unaccepted: int = 0
    still_unaccepted: int = 0

    def __add__(self, other: Tally) -> Tally:
        counts = {f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self) if f.name != "outcomes"}
        return Tally(**counts, outcomes={o: n for o in Outcome if (n := self.of(o) + other.of(o))})

    @property
    def untimed(self) -> int:
        """Accepted, but with no term to do so."""
        judged = self.accepted_in_time + self.accepted_late
        return self.received - judged - self.ended_unaccepted - self.still_unaccepted

    @property
    def handled(self) -> int:
        return self.carried + self.received + self.returned

    @property
    def finished(self) -> int:
        return sum(self.outcomes.get(o, 0) for o in FINISHED)

    @property
    def remaining(self) -> int:
        return self.handled - self.finished

    def of(self, outcome: Outcome) -> int:
        return self.outcomes.get(outcome, 0)


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """In the manner of SIPAS: of those who answered, how many chose 4 or 5 of 5."""

    answers: int = 0
    satisfied: int = 0

    @property
    def share(self) -> float | None:
        return self.satisfied / self.answers if self.answers >= LEAST_ANSWERS else None


@dataclass(frozen=True, slots=True)
class Late:
    """An open petition past its day of answer; `since`: when it was due."""

    code: str
    unit: str
    field: str
    filed_at: dt.datetime
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class Regard:
    """What people say of one unit: ratings of 4 and 5 against ratings of 1 and 2, and petitions on its conduct."""

    good: int = 0
    bad: int = 0
    conduct: int = 0


@dataclass(frozen=True, slots=True)
class PetitionFigures:
    """Dimensions are sorted by the number handled, then by key. `hours`: medians in working hours."""

    total: Tally = Tally()
    by_kind: Mapping[str, Tally] = field(default_factory=dict)
    by_field: Mapping[str, Tally] = field(default_factory=dict)
    by_unit: Mapping[str, Tally] = field(default_factory=dict)
    by_place: Mapping[str, Tally] = field(default_factory=dict)
    by_channel: Mapping[str, Tally] = field(default_factory=dict)
    urgent: int = 0
    sealed: int = 0
    nameless: int = 0
    voices: int = 0
    reopenings: int = 0
    refusals: Mapping[str, int] = field(default_factory=dict)
    forwards: Mapping[str, int] = field(default_factory=dict)
    overdue: tuple[Late, ...] = ()
    hours: float | None = None
    hours_by_unit: Mapping[str, float] = field(default_factory=dict)
    hours_by_field: Mapping[str, float] = field(default_factory=dict)
    satisfaction: Satisfaction = Satisfaction()
    satisfaction_by_unit: Mapping[str, Satisfaction] = field(default_factory=dict)
    satisfaction_by_field: Mapping[str, Satisfaction] = field(default_factory=dict)
    regard_by_unit: Mapping[str, Regard] = field(default_factory=dict)
    grievances: Mapping[str, int] = field(default_factory=dict)
    received_by_day: Mapping[dt.date, int] = field(default_factory=dict)
    finished_by_day: Mapping[dt.date, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """What was asked of the assistant. `asked` leaves out small talk and the writing of petitions. `gaps`: questions
    without an answer by their folded words, most asked first; those whose words were erased stand under ""."""

    asked: int = 0
    by_behavior: Mapping[str, int] = field(default_factory=dict)
    by_door: Mapping[str, int] = field(default_factory=dict)
    by_place: Mapping[str, int] = field(default_factory=dict)
    records: Mapping[str, int] = field(default_factory=dict)
    asked_by_day: Mapping[dt.date, int] = field(default_factory=dict)
    thanks: int = 0
    gaps_total: int = 0
    gaps: tuple[tuple[str, int], ...] = ()
    good: int = 0
    bad: int = 0
    bad_reasons: Mapping[str, int] = field(default_factory=dict)
    bad_records: Mapping[str, int] = field(default_factory=dict)

    def of(self, behavior: str) -> int:
        return self.by_behavior.get(behavior, 0)


@dataclass(frozen=True, slots=True)
class ChangeFigures:
    """Index changes that stayed: records ("procedure:key") by what became of them; how often new content was taken into
    use and stayed, and how often the one before was brought back."""

    by_change: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    switches: int = 0
    rollbacks: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """One way of telling people: how many were sent or hung up, how many people they reached."""

    made: int = 0
    reached: int = 0


@dataclass(frozen=True, slots=True)
class OutreachFigures:
    """What was told unasked to those who had asked for it, and what posters brought. `by_kind`: mailings that began in
    the period; `subscribers`: people at its end; `begun`, `ended`: subscriptions within it. `joined`: contests,
    surveys, practice and polls, with how many took part."""

    by_kind: Mapping[str, Reach] = field(default_factory=dict)
    subscribers: int = 0
    begun: int = 0
    ended: int = 0
    posters: int = 0
    scans: int = 0
    scanned_by: int = 0
    questions: int = 0
    joined: Mapping[str, Reach] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        told = self.by_kind or self.subscribers or self.begun or self.ended or self.posters or self.scans
        return not (told or self.joined)


@dataclass(frozen=True, slots=True)
class Brief:
    """The same figures of another period, in short. None where counting had not begun by then."""

    period: Period
    petitions: Tally
    satisfaction: Satisfaction
    asked: int
    answered: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Report:
    """`until`: the moment up to which it counts: the end of the period, or now where that is still to come. `begun`:
    the first thing ever counted; a period that ended before it is not compared."""

    period: Period
    until: dt.datetime
    begun: dt.datetime | None
    petitions: PetitionFigures
    questions: QuestionFigures
    changes: ChangeFigures
    before: Brief | None = None
    last_year: Brief | None = None
    outreach: OutreachFigures = OutreachFigures()

    @property
    def provisional(self) -> bool:
        return self.until < self.period.end
