"""A list of all procedures of a place or a field, A4 or A3: for the notice board, read at arm's length."""

from __future__ import annotations

from collections.abc import Sequence

from bot.outreach.paper.colours import Palette
from bot.outreach.paper.pen import BOLD, HEAVY, REGULAR, Pen, balanced, measure, wrapped
from bot.outreach.paper.poster import HEIGHT, MARGIN, WIDTH, foot, head
from bot.outreach.paper.sheet import Group, Row, Sheet
from bot.wording import outreach as say

SIZE = 12.0
TITLE = 43.0
COLUMNS = (0.0, 0.42, 0.635, 0.87)
PAD = 5.0
SIDE = 118.0
_INNER = WIDTH - 2 * MARGIN
_BOTTOM = HEIGHT - 40.0
_LEADING = 1.22


def draw(pen: Pen, sheet: Sheet, colours: Palette) -> None:
    """As many pages as it needs; the heads of the columns on each, and the field's name again where it goes on."""
    top = _columns(pen, colours, _first(pen, sheet, colours))
    for group in sheet.groups:
        top = _group(pen, sheet, colours, group, top)
    _foot(pen, sheet, colours)


def _first(pen: Pen, sheet: Sheet, c: Palette) -> float:
    top = head(pen, sheet, c, WIDTH, MARGIN) + 16
    room = _INNER - SIDE - 20
    below = pen.lines(MARGIN, top, balanced(sheet.title, HEAVY, TITLE, room), HEAVY, TITLE, c.accent, leading=1.13)
    below = pen.lines(MARGIN, below + 2, wrapped(sheet.lead, REGULAR, 14, room), REGULAR, 14, c.quiet)
    if sheet.frame.hotline:
        call = say.CALL.format(number=sheet.frame.hotline.number)
        below = pen.lines(MARGIN, below + 4, [call], HEAVY, 20, c.text)
    pen.code(WIDTH - MARGIN - SIDE, top, SIDE, sheet.codes[0].address)
    label = wrapped(sheet.codes[0].title, BOLD, 12, SIDE)
    beside = pen.lines(WIDTH - MARGIN - SIDE / 2, top + SIDE, label, BOLD, 12, c.text, align="middle", leading=1.15)
    return max(below, beside) + 10


def _columns(pen: Pen, c: Palette, top: float) -> float:
    for share, name in zip(COLUMNS, say.LIST_COLUMNS, strict=True):
        pen.text(MARGIN + share * _INNER, top, name, BOLD, SIZE, c.quiet)
    pen.rule(MARGIN, top + SIZE * 1.5, WIDTH - MARGIN, c.text, 1.5)
    return top + SIZE * 1.5


def _group(pen: Pen, sheet: Sheet, c: Palette, group: Group, top: float) -> float:
    first = _cells(group.rows[0])
    if top + _title_high() + _high(first) > _BOTTOM:
        top = _turned(pen, sheet, c)
    # a list of one field has its name as the title already
    alone = len(sheet.groups) == 1
    top = top if alone else _heading(pen, c, group.title, top)
    for i, row in enumerate(group.rows):
        cells = _cells(row)
        if top + _high(cells) > _BOTTOM:
            top = _turned(pen, sheet, c)
            top = top if alone else _heading(pen, c, say.GOES_ON.format(title=group.title), top)
        elif i:
            pen.rule(MARGIN, top, WIDTH - MARGIN, c.soft, 0.6)
        for n, (share, lines) in enumerate(zip(COLUMNS, cells, strict=True)):
            pen.lines(
                MARGIN + share * _INNER,
                top + PAD,
                lines,
                REGULAR,
                SIZE,
                c.quiet if n == 3 else c.text,
                leading=_LEADING,
            )
        top += _high(cells)
    return top


def _heading(pen: Pen, c: Palette, title: str, top: float) -> float:
    pen.text(MARGIN, top + 9, title, HEAVY, 17, c.accent)
    return top + _title_high()


def _title_high() -> float:
    return 9 + 17 * 1.3


def _cells(row: Row) -> list[Sequence[str]]:
    ends = (*COLUMNS[1:], 1.0)
    texts = (row.name, row.fee, row.time, row.code or say.NO_CODE)
    return [
        wrapped(text, REGULAR, SIZE, (end - start) * _INNER - (10 if end < 1 else 0))
        for text, start, end in zip(texts, COLUMNS, ends, strict=True)
    ]


def _high(cells: Sequence[Sequence[str]]) -> float:
    return max(map(len, cells)) * SIZE * _LEADING + 2 * PAD


def _turned(pen: Pen, sheet: Sheet, c: Palette) -> float:
    _foot(pen, sheet, c)
    pen.next_page()
    return _columns(pen, c, MARGIN)


def _foot(pen: Pen, sheet: Sheet, c: Palette) -> None:
    foot(pen, sheet, c, MARGIN, HEIGHT - 31, _INNER - 60)
    page = say.PAGE.format(number=pen.pages + 1)
    pen.text(WIDTH - MARGIN - measure(page, BOLD, 8.5), HEIGHT - 31, page, BOLD, 8.5, c.quiet)
