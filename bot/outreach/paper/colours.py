"""The colours of print, and how far apart they are (contrast ratio of WCAG 2). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

TEXT, LARGE = 7.0, 4.5
"""The least contrast of text, and of text of 18 points and more: the stricter level (AAA)."""
LARGE_FROM = 18.0


class Ink(StrEnum):
    COLOUR = "mau"
    BLACK = "den-trang"


@dataclass(frozen=True, slots=True)
class Palette:
    """`band`, `on_band`: the head and what is written on it; `tint`: behind the codes; `soft`: lines between rows."""

    paper: str
    text: str
    quiet: str
    accent: str
    band: str
    on_band: str
    tint: str
    soft: str


PALETTES = {
    Ink.COLOUR: Palette(
        paper="#FFFFFF",
        text="#14213D",
        quiet="#434B5E",
        accent="#8C1D18",
        band="#8C1D18",
        on_band="#FFFFFF",
        tint="#FBF1DF",
        soft="#D9CDB8",
    ),
    # nothing is filled with black but the codes: toner is dear, and a copier streaks
    Ink.BLACK: Palette(
        paper="#FFFFFF",
        text="#000000",
        quiet="#333333",
        accent="#000000",
        band="#FFFFFF",
        on_band="#000000",
        tint="#FFFFFF",
        soft="#9A9A9A",
    ),
}


def contrast(one: str, other: str) -> float:
    """1 (the same) to 21 (black on white)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def enough(ink: str, ground: str, size: float) -> bool:
    return contrast(ink, ground) >= (LARGE if size >= LARGE_FROM else TEXT)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
