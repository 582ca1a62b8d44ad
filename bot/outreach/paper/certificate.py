"""A certificate for who did well in a contest: one A4 page lying, a frame of two lines, the name largest of all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.outreach.paper.colours import PALETTES, Ink, Palette
from bot.outreach.paper.pen import BOLD, HEAVY, REGULAR, Pen, balanced, wrapped
from bot.wording import contests as say

WIDTH, HEIGHT = 841.89, 595.28
OUTER, INNER, CORNER = 24.0, 32.0, 30.0
ROOM = WIDTH - 2 * 96.0
NAME_MOST, NAME_LEAST = 46.0, 26.0
TITLE_MOST, TITLE_LEAST = 24.0, 15.0
CODE = 84.0
MIDDLE = WIDTH / 2


@dataclass(frozen=True, slots=True)
class Certificate:
    """What stands on it. `place`: "" unless it is told; `address`: where the code leads, "" for none."""

    authority: str
    name: str
    reason: str
    title: str
    score: str
    place: str
    day: str
    number: str
    address: str = ""
    emblem: Path | None = None


def certificate_pdf(c: Certificate) -> bytes:
    colours = PALETTES[Ink.COLOUR]
    pen = Pen(WIDTH, HEIGHT, 1.0, f"{say.CERTIFICATE_HEAD} – {c.title}", c.authority or say.TITLE, colours.paper)
    _frame(pen, colours)
    _words(pen, c, colours, _head(pen, c, colours))
    _foot(pen, c, colours)
    return pen.finished()


def _frame(pen: Pen, c: Palette) -> None:
    """A broad line, a thin one, and a square at each corner that ties the two."""
    pen.border(OUTER, OUTER, WIDTH - 2 * OUTER, HEIGHT - 2 * OUTER, c.accent, 3.2, 0.1)
    pen.border(INNER, INNER, WIDTH - 2 * INNER, HEIGHT - 2 * INNER, c.soft, 1.1, 0.1)
    for left in (OUTER, WIDTH - OUTER - CORNER):
        for top in (OUTER, HEIGHT - OUTER - CORNER):
            pen.box(left, top, CORNER, CORNER, c.paper)
            pen.border(left, top, CORNER, CORNER, c.accent, 3.2, 0.1)
            pen.box(left + 10, top + 10, CORNER - 20, CORNER - 20, c.accent)


def _head(pen: Pen, c: Certificate, colours: Palette) -> float:
    top = 66.0
    if c.emblem:
        pen.picture(MIDDLE - 26, top - 12, 52, 52, c.emblem)
        top += 48
    if c.authority:
        lines = balanced(c.authority.upper(), BOLD, 14.0, ROOM)
        top = pen.lines(MIDDLE, top, lines, BOLD, 14.0, colours.quiet, align="middle")
    pen.rule(MIDDLE - 44, top + 6, MIDDLE + 44, colours.accent, 1.6)
    pen.text(MIDDLE, top + 22, say.CERTIFICATE_HEAD, HEAVY, 40.0, colours.accent, align="middle")
    return top + 22 + 40 * 1.28


def _words(pen: Pen, c: Certificate, colours: Palette, top: float) -> None:
    """Whom, for what; all of it in the middle of the room between head and foot."""
    name_size = _size(c.name, HEAVY, NAME_MOST, NAME_LEAST, 1)
    title_size = _size(c.title, BOLD, TITLE_MOST, TITLE_LEAST, 2)
    name = balanced(c.name, HEAVY, name_size, ROOM)
    title = balanced(c.title, BOLD, title_size, ROOM)
    score = f"{c.score} {c.place}".strip()
    high = 20 + len(name) * name_size * 1.24 + 40 + len(title) * title_size * 1.3 + 34
    top += max(0.0, (HEIGHT - 128 - top - high) / 2)
    pen.text(MIDDLE, top, say.CERTIFICATE_GIVEN, REGULAR, 16.0, colours.quiet, align="middle")
    top = pen.lines(MIDDLE, top + 24, name, HEAVY, name_size, colours.text, align="middle")
    pen.text(MIDDLE, top + 8, c.reason, REGULAR, 16.0, colours.quiet, align="middle")
    top = pen.lines(MIDDLE, top + 34, title, BOLD, title_size, colours.text, align="middle", leading=1.3)
    pen.text(MIDDLE, top + 10, score, REGULAR, 16.0, colours.text, align="middle")


def _foot(pen: Pen, c: Certificate, colours: Palette) -> None:
    bottom = HEIGHT - INNER - 24
    if c.address:
        pen.code(INNER + 34, bottom - CODE, CODE, c.address)
        pen.text(INNER + 34 + CODE + 8, bottom - 42, say.CERTIFICATE_LOOK, REGULAR, 11.0, colours.quiet)
    pen.text(INNER + 34 + (CODE + 8 if c.address else 0), bottom - 24, c.number, REGULAR, 11.0, colours.quiet)
    right = WIDTH - INNER - 130
    pen.text(right, bottom - CODE + 2, c.day, REGULAR, 13.0, colours.quiet, align="middle")
    pen.text(right, bottom - CODE + 22, say.CERTIFICATE_ORGANISER, BOLD, 13.0, colours.text, align="middle")
    lines = balanced(c.authority, REGULAR, 12.0, 220) if c.authority else []
    if len(lines) <= 2:  # a longer name stands at the head only
        pen.lines(right, bottom - 4 - 15 * len(lines), lines, REGULAR, 12.0, colours.text, align="middle")


def _size(text: str, font: str, most: float, least: float, lines: int) -> float:
    size = most
    while size > least and len(wrapped(text, font, size, ROOM)) > lines:
        size -= 1
    return size
