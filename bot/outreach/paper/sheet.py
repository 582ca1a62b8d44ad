"""What stands on a printed sheet, before anyone thinks of its looks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class SheetKind(StrEnum):
    ONE_STOP = "mot-cua"
    PROCEDURE = "thu-tuc"
    FIELD = "linh-vuc"
    ALL = "tat-ca"


@dataclass(frozen=True, slots=True)
class Line:
    """One of the few lines of a poster. `shorter`: what is said instead where there is no room; a fact is never cut.
    `weight`: a heavier line keeps its words longer. `behind`: nothing is said but that the code says it."""

    label: str
    text: str
    shorter: Line | None = None
    weight: int = 0
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A page of a leaflet's inside."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A procedure in a list."""

    name: str
    fee: str
    time: str
    code: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A square to be scanned: where it leads, and what it is for in a few words."""

    address: str
    title: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Hotline:
    number: str
    name: str
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every sheet of one authority has. `emblem`: the authority's own picture file; there is none by default."""

    authority: str = ""
    emblem: Path | None = None
    hotline: Hotline | None = None
    bot: str = ""
    public_url: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`lead`: a few words with the title. `blocks`: the two inner pages of a leaflet. `number`: the poster's own, by
    which scans are counted; 0: not counted."""

    kind: SheetKind
    title: str
    lines: tuple[Line, ...]
    codes: tuple[Code, ...]
    frame: Frame
    lead: str = ""
    blocks: tuple[Block, ...] = ()
    groups: tuple[Group, ...] = ()
    source: str = ""
    number: int = 0
