"""A poster for a wall, A4 or A3: one design, A3 being A4 enlarged. Readable from two metres.

From top to bottom: who says it; what it is about; five lines; where to ask (codes, telephone); where it is from.
"""

from __future__ import annotations

from bot.outreach.paper.colours import Palette
from bot.outreach.paper.fitting import GAP, Set, fitted, whole
from bot.outreach.paper.pen import BOLD, HEAVY, LEADING, REGULAR, Pen, balanced, measure, settled, wrapped
from bot.outreach.paper.sheet import Hotline, Sheet, SheetKind
from bot.wording import outreach as say

WIDTH, HEIGHT = 595.28, 841.89
MARGIN = 40.0
TITLE_LEAST, TITLE_MOST, TITLE_LINES = 43.0, 66.0, 3
BODY_LEAST, BODY_MOST = 20.0, 25.0
TITLE_LEADING, KICKER = 1.13, 15.0
CODES_HIGH, SIDE, SECOND = 172.0, 140.0, 98.0
FOOT = 42.0
_INNER = WIDTH - 2 * MARGIN


def draw(pen: Pen, sheet: Sheet, colours: Palette) -> None:
    under = head(pen, sheet, colours, WIDTH, MARGIN) + 20
    bottom = HEIGHT - FOOT - CODES_HIGH - 14
    size, made = _sizes(sheet, under, bottom)
    _body(pen, made, colours, _title(pen, sheet, colours, under, size) + 14, bottom)
    _codes(pen, sheet, colours, HEIGHT - FOOT - CODES_HIGH)
    foot(pen, sheet, colours, MARGIN, HEIGHT - FOOT + 7, _INNER)


def _sizes(sheet: Sheet, top: float, bottom: float) -> tuple[float, Set]:
    """A smaller title rather than a shorter fact: the largest title beside which all lines stand in full words."""
    size = title_size(sheet.title, _INNER, TITLE_LEAST, TITLE_MOST)
    while True:
        room = bottom - top - _title_high(sheet, size) - 14
        if made := whole(sheet.lines, _INNER, room, BODY_LEAST, BODY_MOST, stacked=False):
            return size, made
        if size <= TITLE_LEAST:
            return size, fitted(sheet.lines, _INNER, room, BODY_LEAST, BODY_MOST, stacked=False)
        size = max(TITLE_LEAST, size - 3)


def head(pen: Pen, sheet: Sheet, c: Palette, width: float, margin: float, size: float = 15.0) -> float:
    """The authority's emblem and name; where what follows may begin."""
    name = (sheet.frame.authority or say.ASSISTANT).upper()
    picture = size * 3.0 if sheet.frame.emblem else 0.0
    left = margin + (picture + 12 if picture else 0)
    lines = wrapped(name, BOLD, size, width - margin - left)
    high = max(len(lines) * size * LEADING, picture) + size * 1.7
    pen.box(0, 0, width, high, c.band)
    if c.band == c.paper:
        pen.rule(margin, high, width - margin, c.text, 2.5)
    if sheet.frame.emblem:
        pen.picture(margin, (high - picture) / 2, picture, picture, sheet.frame.emblem)
    pen.lines(left, (high - len(lines) * size * LEADING) / 2, lines, BOLD, size, c.on_band, c.band)
    return high


def _title(pen: Pen, sheet: Sheet, c: Palette, top: float, size: float) -> float:
    if sheet.kind is SheetKind.PROCEDURE:
        top = pen.lines(MARGIN, top, [sheet.lead.upper()], BOLD, KICKER, c.quiet) + 4
    top = pen.lines(
        MARGIN, top, balanced(sheet.title, HEAVY, size, _INNER), HEAVY, size, c.accent, leading=TITLE_LEADING
    )
    if sheet.kind is not SheetKind.PROCEDURE:
        top = pen.lines(MARGIN, top + 4, wrapped(sheet.lead, REGULAR, BODY_LEAST, _INNER), REGULAR, BODY_LEAST, c.quiet)
    pen.box(MARGIN, top + 8, 64, 4, c.accent)
    return top + 12


def _title_high(sheet: Sheet, size: float) -> float:
    title = len(wrapped(sheet.title, HEAVY, size, _INNER)) * size * TITLE_LEADING
    if sheet.kind is SheetKind.PROCEDURE:
        return title + KICKER * LEADING + 16
    return title + len(wrapped(sheet.lead, REGULAR, BODY_LEAST, _INNER)) * BODY_LEAST * LEADING + 16


def title_size(title: str, width: float, least: float, most: float) -> float:
    """The largest at which it stands in three lines, no word broken; never under the least."""
    size = most
    while size > least and (
        len(wrapped(title, HEAVY, size, width)) > TITLE_LINES
        or max(measure(word, HEAVY, size) for word in title.split()) > width
    ):
        size -= 1
    return size


def _body(pen: Pen, made: Set, c: Palette, top: float, bottom: float) -> None:
    """What room is left over is shared out between the lines, up to a point."""
    left = bottom - top - made.height - (made.size * LEADING if made.left_out else 0)
    spare = max(0.0, min(left / max(len(made.rows), 1), made.size * 0.8))
    rows(pen, made, c, MARGIN, top + spare / 2, spare)


def rows(pen: Pen, made: Set, c: Palette, left: float, top: float, spare: float = 0.0) -> float:
    """Labels in the accent's colour, text beside them; a bullet where there is no label."""
    for label, text in made.rows:
        if label:
            pen.text(left, top, label, BOLD, made.size, c.accent)
        else:
            side = made.size * 0.32
            pen.box(left + side * 0.3, top + made.size * 0.5, side, side, c.accent)
        top = pen.lines(left + made.label, top, text, REGULAR, made.size, c.text)
        top += made.size * GAP + spare
    if made.left_out:
        more = say.AND_MORE.format(count=made.left_out)
        top = pen.lines(left + made.label, top, [more], BOLD, made.size, c.accent)
    return top


def _codes(pen: Pen, sheet: Sheet, c: Palette, top: float) -> None:
    pen.box(MARGIN - 14, top, WIDTH - 2 * (MARGIN - 14), CODES_HIGH, c.tint, round=12)
    if c.tint == c.paper:
        pen.border(MARGIN - 14, top, WIDTH - 2 * (MARGIN - 14), CODES_HIGH, c.text, 2, 12)
    inner = top + (CODES_HIGH - SIDE) / 2
    pen.code(MARGIN, inner, SIDE, sheet.codes[0].address)
    left, right = MARGIN + SIDE + 18, WIDTH - MARGIN
    if len(sheet.codes) > 1:
        right -= SECOND
        pen.code(right, inner, SECOND, sheet.codes[1].address)
        title = wrapped(sheet.codes[1].title, BOLD, 12, SECOND)
        pen.lines(right + SECOND / 2, inner + SECOND + 2, title, BOLD, 12, c.text, c.tint, "middle", 1.15)
        right -= 10
    title = balanced(sheet.codes[0].title, HEAVY, 24, right - left)
    below = pen.lines(left, inner - 2, title, HEAVY, 24, c.text, c.tint, leading=1.15)
    hint = wrapped(sheet.codes[0].hint, REGULAR, 14, right - left)
    pen.lines(left, below + 2, hint, REGULAR, 14, c.quiet, c.tint)
    if sheet.frame.hotline:
        _hotline(pen, sheet.frame.hotline, c, left, inner + SIDE, right - left)


def _hotline(pen: Pen, hotline: Hotline, c: Palette, left: float, bottom: float, width: float) -> None:
    name = settled(f"{hotline.name}. {hotline.hours}" if hotline.hours else hotline.name, REGULAR, 11, width)
    top = bottom - len(name) * 13.2 - 34
    pen.text(left, top, say.CALL.format(number=hotline.number), HEAVY, 27, c.accent, c.tint)
    pen.lines(left, top + 34, name, REGULAR, 11, c.quiet, c.tint, leading=1.2)


def foot(pen: Pen, sheet: Sheet, c: Palette, left: float, top: float, width: float, size: float = 8.5) -> None:
    number = say.POSTER_NUMBER.format(number=sheet.number) if sheet.number else ""
    room = width - (measure(number, BOLD, size) + 12 if number else 0)
    pen.lines(left, top, wrapped(sheet.source, REGULAR, size, room), REGULAR, size, c.quiet, leading=1.2)
    if number:
        pen.text(left + width, top, number, BOLD, size, c.quiet, align="right")
