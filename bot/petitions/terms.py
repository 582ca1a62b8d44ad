"""Service levels: until when a petition is to be accepted, forwarded, answered. A table with its sources; pure rules.

The table beside this file is the house's own; an authority names another by the setting SERVICE_LEVELS. Where a source
is not proved, the table says so (low confidence), and nobody is to call it the law.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.petitions.clock import Clock
from bot.petitions.petition import REOPENED_WITHIN, Kind, Petition, Urgency
from knowledge.parsing import Problem, build
from knowledge.records import Confidence

SHIPPED = Path(__file__).with_name("terms.yaml")


class TermsUnusable(Exception):
    """The table cannot be used; the message names the file, the place in it, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Level:
    """One line of the table. Without `kind` or `urgency` it holds for all; hours and days are working ones."""

    source: str
    confidence: Confidence
    kind: Kind | None = None
    urgency: Urgency | None = None
    hours: int = 0
    days: int = 0

    def holds(self, kind: Kind, urgency: Urgency) -> bool:
        return self.kind in (None, kind) and self.urgency in (None, urgency)


@dataclass(frozen=True, slots=True)
class ServiceLevels:
    """The first line that holds counts. `warning`: so long before an answer is due (`accept_warning`: before it is to
    be accepted) an officer is warned; `escalation`: a breach that has lasted so long goes one level further up;
    `closing`: after so many calendar days an answered petition closes by itself."""

    accept: tuple[Level, ...]
    forward: tuple[Level, ...]
    answer: tuple[Level, ...]
    warning: Level
    accept_warning: Level
    escalation: Level
    closing: Level


@dataclass(frozen=True, slots=True)
class Deadlines:
    """`certain`: whether all days off until the last of them are decided."""

    accept_by: dt.datetime
    forward_by: dt.datetime
    answer_by: dt.datetime
    certain: bool


def read_levels(file: Path | None = None) -> ServiceLevels:
    """The table of this file, or the shipped one. Raises TermsUnusable."""
    file = file or SHIPPED
    try:
        tree = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # plain strings: nothing is guessed
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as bad:
        raise TermsUnusable(f"{file}: không đọc được ({str(bad).splitlines()[0]}). Xem lại SERVICE_LEVELS.") from bad
    problems: list[Problem] = []
    levels = build(ServiceLevels, tree, problems)
    problems += _faults(levels) if levels else []
    if levels is None or problems:
        raise TermsUnusable("\n".join(f"{file}: {_spell(p)}: {p.what} → {p.remedy}" for p in problems))
    return levels


def level_of(table: Sequence[Level], kind: Kind, urgency: Urgency) -> Level:
    """The first line that holds; a readable table always has one."""
    return next(level for level in table if level.holds(kind, urgency))


def deadlines(kind: Kind, urgency: Urgency, filed_at: dt.datetime, clock: Clock, levels: ServiceLevels) -> Deadlines:
    """Of a petition that came in at this moment."""
    accept, forward, answer = (
        _end(level_of(table, kind, urgency), filed_at, clock)
        for table in (levels.accept, levels.forward, levels.answer)
    )
    answer = max(accept, forward, answer)
    return Deadlines(accept, forward, answer, clock.certain(answer.date()) and clock.certain(filed_at.date()))


def resumed(answer_by: dt.datetime, waiting_since: dt.datetime, now: dt.datetime, clock: Clock) -> dt.datetime:
    """The term after a pause: what passed while waiting for the citizen does not count."""
    pause = clock.between(waiting_since, max(now, waiting_since))
    return clock.after(answer_by, pause) if pause else answer_by


class Terms:
    """Service levels on a clock: what the desk asks when something is filed, goes on, or falls due."""

    def __init__(self, levels: ServiceLevels, clock: Clock) -> None:
        self.levels, self.clock = levels, clock

    def accept_by(self, urgency: Urgency, at: dt.datetime) -> dt.datetime:
        """Kinds do not matter: who accepts is to find out the kind."""
        return _end(level_of(self.levels.accept, Kind.UNCLEAR, urgency), at, self.clock)

    def forward_by(self, kind: Kind, urgency: Urgency, at: dt.datetime) -> dt.datetime:
        return _end(level_of(self.levels.forward, kind, urgency), at, self.clock)

    def answer_by(self, kind: Kind, urgency: Urgency, at: dt.datetime) -> dt.datetime:
        return deadlines(kind, urgency, at, self.clock, self.levels).answer_by

    def resumed(self, petition: Petition, at: dt.datetime) -> dt.datetime | None:
        if petition.answer_by is None or petition.waiting_since is None:
            return petition.answer_by
        return resumed(petition.answer_by, petition.waiting_since, at, self.clock)

    def warn_at(self, due: dt.datetime, accepted: bool = True) -> dt.datetime:
        """From when no more working time than the warning is left."""
        level = self.levels.warning if accepted else self.levels.accept_warning
        return self.clock.before(due, dt.timedelta(hours=level.hours))

    def escalates_at(self, due: dt.datetime, level: int) -> dt.datetime:
        """When a breach goes to this level: 1 at once, each further one after as long again."""
        return (
            self.clock.after(due, dt.timedelta(hours=self.levels.escalation.hours) * (level - 1)) if level > 1 else due
        )

    def closes_at(self, answered_at: dt.datetime) -> dt.datetime:
        return answered_at + dt.timedelta(days=self.levels.closing.days)


def _end(level: Level, at: dt.datetime, clock: Clock) -> dt.datetime:
    return clock.after_days(at, level.days) if level.days else clock.after(at, level.hours)


def _faults(levels: ServiceLevels) -> list[Problem]:
    found: list[Problem] = []
    for name in ("accept", "forward", "answer"):
        table: tuple[Level, ...] = getattr(levels, name)
        for kind in Kind:
            for urgency in Urgency:
                if not any(level.holds(kind, urgency) for level in table):
                    pair = f"{kind.value}, {urgency.value}"
                    found.append(
                        Problem((name,), pair, f"thiếu hạn cho {pair}", "thêm một dòng không ghi kind, urgency")
                    )
        found += [_amount((name, i)) for i, level in enumerate(table) if not _sound(level)]
    for name in ("warning", "accept_warning", "escalation"):
        if getattr(levels, name).hours < 1:
            found.append(Problem((name,), "", "cần hours từ 1", "viết số giờ làm việc"))
    if dt.timedelta(days=levels.closing.days) < REOPENED_WITHIN:
        found.append(Problem(("closing",), "", f"cần days từ {REOPENED_WITHIN.days}", "người gửi còn được mở lại"))
    return found


def _sound(level: Level) -> bool:
    return (level.hours > 0) is not (level.days > 0) and level.hours >= 0 and level.days >= 0


def _amount(path: tuple[str | int, ...]) -> Problem:
    return Problem(path, "", "cần đúng một trong hai: hours hoặc days, lớn hơn 0", "viết hours: 8 hoặc days: 10")


def _spell(problem: Problem) -> str:
    path = "".join(f"[{s + 1}]" if isinstance(s, int) else f".{s}" for s in problem.path).lstrip(".")
    return path or "cả tệp"
