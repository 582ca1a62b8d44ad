"""A leaflet: A4 across, printed on both sides and folded once to A5. The outside first, then the inside.

Outside: back page left, cover right. Inside: two pages of what one needs. Held in the hand: 13 points and more.
"""

from __future__ import annotations

from bot.outreach.paper.colours import Palette
from bot.outreach.paper.fitting import fitted
from bot.outreach.paper.pen import BOLD, HEAVY, REGULAR, Pen, balanced, wrapped
from bot.outreach.paper.poster import foot, head, rows, title_size
from bot.outreach.paper.sheet import Line, Sheet, SheetKind
from bot.wording import outreach as say

WIDTH, HEIGHT = 841.89, 595.28
HALF = WIDTH / 2
MARGIN = 34.0
BODY_LEAST, BODY_MOST = 13.0, 17.0
TITLE_LEAST, TITLE_MOST = 27.0, 54.0
SIDE = 208.0
_INNER = HALF - 2 * MARGIN


def draw(pen: Pen, sheet: Sheet, colours: Palette) -> None:
    _back(pen, sheet, colours)
    _cover(pen, sheet, colours)
    _fold(pen, colours)
    pen.next_page()
    for side, block in enumerate(sheet.blocks):
        _inner_page(pen, colours, side * HALF + MARGIN, block.title, block.lines)
    _fold(pen, colours)


def _cover(pen: Pen, sheet: Sheet, c: Palette) -> None:
    left = HALF + MARGIN
    pen.shift(HALF)
    top = head(pen, sheet, c, HALF, MARGIN, size=12) + 26
    pen.shift(0)
    top = pen.lines(left, top, wrapped(sheet.lead, BOLD, 13, _INNER), BOLD, 13, c.quiet)
    size = title_size(sheet.title, _INNER, TITLE_LEAST, TITLE_MOST)
    top = pen.lines(left, top + 2, balanced(sheet.title, HEAVY, size, _INNER), HEAVY, size, c.accent, leading=1.14)
    pen.box(left, top + 8, 48, 3, c.accent)
    code = sheet.codes[0]
    at = HEIGHT - MARGIN - SIDE
    pen.code(left - 12, at, SIDE, code.address)
    beside, room = left + SIDE, _INNER - SIDE
    below = pen.lines(beside, at + 17, balanced(code.title, HEAVY, 20, room), HEAVY, 20, c.text, leading=1.15)
    pen.lines(beside, below + 6, wrapped(code.hint, REGULAR, 13, room), REGULAR, 13, c.quiet)


def _back(pen: Pen, sheet: Sheet, c: Palette) -> None:
    """How to ask, whom to call, where it is from."""
    top = pen.lines(MARGIN, MARGIN, wrapped(say.BACK_TITLE, HEAVY, 22, _INNER), HEAVY, 22, c.accent)
    how = say.ONE_STOP_LINES if sheet.kind is not SheetKind.ONE_STOP else say.BACK_LINES
    lines = [Line(str(i), text) for i, text in enumerate(how, 1)]
    at = 408.0
    made = fitted(lines, _INNER, at - 40 - top, BODY_LEAST, BODY_MOST, stacked=False)
    rows(pen, made, c, MARGIN, top + 14, min((at - 40 - top - made.height) / len(made.rows), made.size * 0.5))
    if hotline := sheet.frame.hotline:
        pen.rule(MARGIN, at - 14, HALF - MARGIN, c.soft, 1)
        below = pen.lines(MARGIN, at, [say.CALL.format(number=hotline.number)], HEAVY, 26, c.accent)
        name = f"{hotline.name}. {hotline.hours}" if hotline.hours else hotline.name
        pen.lines(MARGIN, below, wrapped(name, REGULAR, 13, _INNER - 100), REGULAR, 13, c.text)
    if len(sheet.codes) > 1:
        pen.code(HALF - MARGIN - 84, at, 92, sheet.codes[1].address)
        title = wrapped(sheet.codes[1].title, BOLD, 12, 92)
        pen.lines(HALF - MARGIN - 38, at + 92, title, BOLD, 12, c.text, align="middle", leading=1.15)
    foot(pen, sheet, c, MARGIN, HEIGHT - MARGIN - 24, _INNER, size=9)


def _inner_page(pen: Pen, c: Palette, left: float, title: str, lines: tuple[Line, ...]) -> None:
    top = pen.lines(left, MARGIN, balanced(title, HEAVY, 26, _INNER), HEAVY, 26, c.accent, leading=1.15)
    pen.box(left, top + 4, 40, 3, c.accent)
    top += 22
    stacked = any(line.label and not line.label.isdigit() for line in lines)
    if stacked:
        _stacked(pen, c, left, top, lines)
        return
    made = fitted(lines, _INNER, HEIGHT - MARGIN - top, BODY_LEAST, BODY_MOST, stacked=False)
    spare = min((HEIGHT - MARGIN - top - made.height) / max(len(made.rows), 1), made.size * 0.6)
    rows(pen, made, c, left, top, spare)


def _stacked(pen: Pen, c: Palette, left: float, top: float, lines: tuple[Line, ...]) -> None:
    """Each label over its text: a page is too narrow for two columns."""
    made = fitted(lines, _INNER, HEIGHT - MARGIN - top, BODY_LEAST, BODY_MOST, stacked=True)
    spare = min((HEIGHT - MARGIN - top - made.height) / len(made.rows), made.size)
    for label, text in made.rows:
        top = pen.lines(left, top, [label], BOLD, made.size, c.accent)
        top = pen.lines(left, top, text[1:], REGULAR, made.size, c.text) + made.size * 0.55 + spare


def _fold(pen: Pen, c: Palette) -> None:
    """Two short strokes at the edges show where to fold."""
    pen.rule(HALF, 0, HALF, c.quiet, 0.5, bottom=9)
    pen.rule(HALF, HEIGHT - 9, HALF, c.quiet, 0.5, bottom=HEIGHT)
