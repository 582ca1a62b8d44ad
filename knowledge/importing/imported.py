"""What reading one official file gives: records, what was refused and why, what a person should know."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.records import Plan, Procedure, ReadingDay


class Origin(StrEnum):
    """Which kind of official file it was. A poorer origin never overrules a richer one of the same day."""

    LIST = "danh sách của Cổng"
    PORTAL = "bản ghi của Cổng"
    DECISION = "quyết định công bố"
    PLAN = "kế hoạch"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that was not taken in. `where`: "hàng 5", "dòng 12", "" for the whole file."""

    file: str
    where: str
    value: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was taken in all the same, but that a person should know."""

    file: str
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Import:
    """The content of one file. `day_known`: the day comes from the file or a person, it is not simply today."""

    file: str
    origin: Origin
    day: ReadingDay
    day_known: bool = False
    rows: int = 0
    procedures: tuple[Procedure, ...] = ()
    plans: tuple[Plan, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    notices: tuple[Notice, ...] = field(default=())


class Unreadable(Exception):
    """The whole file was refused."""

    def __init__(self, file: str, reason: str, remedy: str, value: str = "") -> None:
        self.refusal = Refusal(file, "", value, reason, remedy)
        super().__init__(f"{file}: {reason}")
