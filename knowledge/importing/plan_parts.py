"""The parts of a plan: its head, its numbered sections with their items, its tables and its foot. Knows no meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.importing.documents import Block, Table
from knowledge.importing.letters import line, plain

_ROMAN = re.compile(r"^([IVX]{1,5})\s*[.)]\s+(\S.*)$")
_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\s*[.)]\s*(\S.*)$|^(\d{1,2}(?:\.\d{1,2})+)\s+(\S.*)$")
_BULLET = re.compile(r"^(?:[-–+•*]|[a-zđ]\))\s*(\S.*)$")
_FOOT = re.compile(r"^(?:noi nhan|tm\. |kt\. |chu tich$|giam doc$)")
_ANNEX = re.compile(r"^phu luc\b")
_HEADING_LENGTH = 140


@dataclass(slots=True)
class Section:
    """A numbered part: "II.1", its heading, the headings above it (nearest first), and what stands in it."""

    number: str
    heading: str
    above: tuple[str, ...] = ()
    items: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Annex:
    """A table behind the plan; `title` is what stands above it."""

    title: str
    table: Table


@dataclass(slots=True)
class Parts:
    """A plan taken apart. `closing`: paragraphs that belong to no item ("Trên đây là …")."""

    head: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)


def bare(text: str) -> str:
    """A line without the marks of Markdown."""
    return re.sub(r"\s+", " ", re.sub(r"^#+\s*|[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}", "", text.strip())).strip()


def parts(blocks: Sequence[Block]) -> Parts:
    """The document taken apart, block by block."""
    taken = _Taker()
    for block in blocks:
        if isinstance(block, Table):
            taken.table(block)
        else:
            for row in block.split("\n"):
                if found := bare(row):
                    taken.line(found)
    return taken.parts


class _Taker:
    """Reads lines in order and remembers where in the document it is."""

    def __init__(self) -> None:
        self.parts = Parts()
        self.roman: Section | None = None
        self.at: Section | None = None
        self.where = "head"
        self.title: list[str] = []

    def table(self, table: Table) -> None:
        if self.where == "head":
            self.parts.head += [
                bare(c) for row in table.rows for cell in dict.fromkeys(row) for c in cell.split("\n") if c
            ]
        elif self.where == "foot" and len(table.rows[0]) <= 2:
            self.parts.foot += [
                bare(c) for row in table.rows for cell in dict.fromkeys(row) for c in cell.split("\n") if c
            ]
        else:
            self._annex(table)

    def _annex(self, table: Table) -> None:
        """Tables with only a few lines of text between them are one table cut by a page."""
        last = self.parts.annexes[-1] if self.parts.annexes else None
        if last and not self.title and len(last.table.rows[0]) == len(table.rows[0]):
            last.table = Table(last.table.rows + table.rows)
            return
        self.parts.annexes.append(Annex(" ".join(self.title), table))
        self.title = []

    def line(self, text: str) -> None:
        told = plain(text)
        if (_ANNEX.match(told) and self.where in ("foot", "annex")) or (
            self.where == "annex" and not self.parts.annexes
        ):
            self.where = "annex"
            self.title.append(text)
        elif self.where == "annex":
            self.title += [text] if _ANNEX.match(told) else []
        elif self.where == "foot" or _FOOT.match(told):
            self.where = "foot"
            self.parts.foot.append(text)
        elif found := _ROMAN.match(text):
            self.where = "body"
            self.roman = self.at = self._open(Section(found[1], found[2].rstrip(":. ")))
        elif self.where == "head":
            self.parts.head.append(text)
        elif told.startswith("tren day la"):
            self.parts.closing.append(text)
        else:
            self._body(text)

    def _body(self, text: str) -> None:
        assert self.roman
        numbered = _NUMBER.match(text)
        number, rest = ((numbered[1] or numbered[3]), (numbered[2] or numbered[4])) if numbered else ("", "")
        if numbered and _is_heading(rest):
            heading, _, inline = rest.partition(":") if ":" in rest[:_HEADING_LENGTH] else (rest, "", "")
            self.at = self._open(Section(f"{self.roman.number}.{number}", heading.strip(" .;"), self._above(number)))
            self.at.items += [inline.strip()] if inline.strip() else []
        elif numbered and self._is_sibling(number):
            self.at = self._open(Section(f"{self.roman.number}.{number}", "", self._above(number), [rest]))
        elif numbered:
            (self.at or self.roman).items.append(rest)
        else:
            found = _BULLET.match(text)
            (self.at or self.roman).items.append(found[1] if found else text)

    def _above(self, number: str) -> tuple[str, ...]:
        """The headings that a number like "3.1" stands under: that of "3", then the Roman one."""
        assert self.roman
        inner = f"{self.roman.number}.{number.rpartition('.')[0]}"
        near = [s.heading for s in self.parts.sections if s.number == inner and s.heading]
        return (*near[-1:], self.roman.heading)

    def _is_sibling(self, number: str) -> bool:
        """Whether a numbered sentence goes on counting where the heading before it stopped ("2." after "1. Về …")."""
        if not self.at or not self.roman or self.at is self.roman:
            return False
        before = self.at.number.removeprefix(self.roman.number + ".").split(".")
        now = number.split(".")
        return before[:-1] == now[:-1] and int(now[-1]) > int(before[-1])

    def _open(self, section: Section) -> Section:
        self.parts.sections.append(section)
        return section


def _is_heading(text: str) -> bool:
    """A short line without a full stop, or a short name before a colon ("Sở Tài chính: Chủ trì …")."""
    head, colon, _ = text.partition(":")
    if colon and len(head) <= 90:
        return True
    return len(text) <= _HEADING_LENGTH and not text.endswith((".", ";", ","))


def one_line(text: str) -> str:
    return line(text).rstrip(" ;")
