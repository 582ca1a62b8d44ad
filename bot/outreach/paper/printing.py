"""A sheet becomes a PDF of the format asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.outreach.paper import leaflet, listing, poster
from bot.outreach.paper.colours import PALETTES, Ink
from bot.outreach.paper.pen import Drawn, Pen
from bot.outreach.paper.sheet import Sheet, SheetKind
from bot.wording import outreach as say


class Format(StrEnum):
    A3 = "a3"
    A4 = "a4"
    A5_FOLD = "a5-gap"


class NoSuchFormat(ValueError):
    """This kind of sheet is not made in this format; says which are."""


A3_OVER_A4 = 2**0.5


@dataclass(frozen=True, slots=True)
class Printed:
    """The file, and every piece of text as it was set."""

    pdf: bytes
    drawn: tuple[Drawn, ...]
    pages: int


def printed(sheet: Sheet, format: Format, ink: Ink = Ink.COLOUR, as_list: bool = False) -> Printed:
    """`as_list`: a field's sheet as a list of its procedures with fee and time, instead of a poster. Raises
    NoSuchFormat, and fitting's TooMuch."""
    listed = sheet.kind is SheetKind.ALL or (as_list and bool(sheet.groups))
    if listed and format is Format.A5_FOLD:
        raise NoSuchFormat(say.LIST_FORMATS)
    colours = PALETTES[ink]
    across = format is Format.A5_FOLD
    size = (leaflet.WIDTH, leaflet.HEIGHT) if across else (poster.WIDTH, poster.HEIGHT)
    scale = A3_OVER_A4 if format is Format.A3 else 1.0
    pen = Pen(*size, scale, sheet.title, sheet.frame.authority or say.ASSISTANT, colours.paper)
    draw = leaflet.draw if across else listing.draw if listed else poster.draw
    draw(pen, sheet, colours)
    pdf = pen.finished()
    return Printed(pdf, tuple(pen.drawn), pen.pages)
