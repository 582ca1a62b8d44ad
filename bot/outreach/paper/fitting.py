"""Choosing sizes so that everything has room: never under the least size, never half a fact. Pure but for the font."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.outreach.paper.pen import BOLD, LEADING, REGULAR, measure, settled
from bot.outreach.paper.sheet import Line
from bot.wording import outreach as say

GAP = 0.45
"""Between two lines of a poster, in parts of the size."""


class TooMuch(ValueError):
    """This does not fit on the paper at the least readable size; says what."""


@dataclass(frozen=True, slots=True)
class Set:
    """Lines as they will stand: each with its label and its broken text, and how high all of it is."""

    size: float
    label: float
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    left_out: int = 0

    @property
    def height(self) -> float:
        return sum(len(text) * self.size * LEADING + self.size * GAP for _, text in self.rows)


def whole(lines: Sequence[Line], width: float, height: float, least: float, most: float, stacked: bool) -> Set | None:
    """All lines in their full words at the largest size that has room for them; None where none has."""
    size = most
    while size >= least:
        made = _set(tuple(lines), width, size, stacked)
        if made.height <= height:
            return made
        size -= 0.5
    return None


def fitted(lines: Sequence[Line], width: float, height: float, least: float, most: float, stacked: bool) -> Set:
    """The largest size at which all lines have room; else shorter wordings, the lightest and longest line first. A
    plain list (no labels) leaves its last rows to the code and says how many. Raises TooMuch."""
    for wording in _wordings(tuple(lines)):
        if made := whole(wording, width, height, least, most, stacked):
            return made
    if any(line.label for line in lines):
        raise TooMuch("; ".join(line.label or line.text for line in lines))
    return _cut(lines, width, height, least, stacked)


def _wordings(lines: tuple[Line, ...]) -> Iterator[tuple[Line, ...]]:
    """The full words first, then one line after the other in its shorter words; at last all that only the code says
    becomes one line."""
    yield lines
    while shortable := [i for i, line in enumerate(lines) if line.shorter]:
        first = min(shortable, key=lambda i: (lines[i].weight, -len(lines[i].text)))
        lines = tuple(line.shorter if i == first and line.shorter else line for i, line in enumerate(lines))
        yield lines
    behind = [line for line in lines if line.behind]
    if len(behind) > 1:
        names = ", ".join(line.label.lower() for line in behind)
        rest = Line(say.THE_REST, f"{names}: {behind[0].text.lower()}", behind=True)
        told = tuple(line for line in lines if not line.behind)
        yield (*told, rest)
        yield (*told, Line(say.THE_REST, behind[0].text, behind=True))


def _cut(lines: Sequence[Line], width: float, height: float, size: float, stacked: bool) -> Set:
    for kept in range(len(lines) - 1, 0, -1):
        made = _set(tuple(lines[:kept]), width, size, stacked)
        if made.height + size * (LEADING + GAP) <= height:
            return Set(made.size, made.label, made.rows, len(lines) - kept)
    raise TooMuch(lines[0].text if lines else "")


def _set(lines: tuple[Line, ...], width: float, size: float, stacked: bool) -> Set:
    """`stacked`: the label stands over its text instead of beside it."""
    widest = max((measure(line.label, BOLD, size) for line in lines), default=0.0)
    label = 0.0 if stacked else (widest + size * 0.9 if widest else size * 1.05)
    rows = []
    for line in lines:
        text = settled(line.text, REGULAR, size, width - label)
        rows.append((line.label, tuple(([line.label] if stacked and line.label else []) + text)))
    return Set(size, label, tuple(rows))
