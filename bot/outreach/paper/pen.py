"""Drawing on a page of PDF: Vietnamese text in a font that travels with it, measured before it is set; codes; pictures.

Places count from the upper left corner, in points times `scale`, so that one design serves A4 and A3.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import segno
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).resolve().parent.parent / "fonts"
REGULAR, BOLD, HEAVY = "BeVietnamPro-Regular", "BeVietnamPro-Bold", "BeVietnamPro-ExtraBold"
LEADING = 1.24
"""Capitals with two marks (Ễ) under a line with a dot below (ặ) need this much."""
ASCENT = 0.95
QUIET_ZONE = 4
_STAYS = re.compile(r"(?<=\d) (?=(?:đồng|ngày|giờ|tháng|tuổi|năm|bản|loại|giấy|%|thủ tục)\b)|(?<=\bĐiều) (?=\d)")
_HARD = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One piece of text as it was set: what the checks of contrast and size look at."""

    text: str
    size: float
    ink: str
    ground: str
    left: float
    top: float
    right: float


@cache
def _fonts() -> None:
    for name in (REGULAR, BOLD, HEAVY):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))


class Pen:
    def __init__(self, width: float, height: float, scale: float, title: str, author: str, ground: str) -> None:
        """`width`, `height`: of the page, before scaling."""
        _fonts()
        self.width, self.height, self.scale, self.ground = width, height, scale, ground
        self.drawn: list[Drawn] = []
        self.pages = 0
        self._shift = 0.0
        self._file = io.BytesIO()
        size = (width * scale, height * scale)
        # invariant: the same sheet makes the same file, byte for byte
        self._canvas = Canvas(self._file, pagesize=size, invariant=1, pageCompression=1, lang="vi-VN")
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)

    def shift(self, right: float) -> None:
        """What is drawn next counts its places from here: for the right half of a folded page."""
        self._shift = right

    def next_page(self) -> None:
        self._canvas.showPage()
        self.pages += 1

    def finished(self) -> bytes:
        self.next_page()
        self._canvas.save()
        return self._file.getvalue()

    # --- text ---

    def text(
        self,
        left: float,
        top: float,
        text: str,
        font: str,
        size: float,
        ink: str,
        ground: str = "",
        align: str = "left",
    ) -> None:
        """One line; `top` is where the line begins, not its base. `align` "right", "middle": `left` is that place."""
        wide = measure(text, font, size)
        start = self._shift + left - {"left": 0.0, "middle": wide / 2, "right": wide}[align]
        self._canvas.setFillColor(HexColor(ink))
        self._canvas.setFont(font, size * self.scale)
        base = top + size * (ASCENT + (LEADING - 1.2) / 2)
        self._canvas.drawString(start * self.scale, self._y(base), text.replace(_HARD, " "))
        at = self.scale
        self.drawn.append(Drawn(text, size * at, ink, ground or self.ground, start * at, top * at, (start + wide) * at))

    def lines(
        self,
        left: float,
        top: float,
        lines: Sequence[str],
        font: str,
        size: float,
        ink: str,
        ground: str = "",
        align: str = "left",
        leading: float = LEADING,
    ) -> float:
        """Lines under each other; where the next one would begin."""
        for line in lines:
            self.text(left, top, line, font, size, ink, ground, align)
            top += size * leading
        return top

    # --- shapes ---

    def box(self, left: float, top: float, width: float, height: float, fill: str, round: float = 0) -> None:
        self._canvas.setFillColor(HexColor(fill))
        where = self._where(left, top, width, height)
        if round:
            self._canvas.roundRect(*where, round * self.scale, stroke=0, fill=1)
        else:
            self._canvas.rect(*where, stroke=0, fill=1)

    def border(
        self, left: float, top: float, width: float, height: float, ink: str, thick: float, round: float
    ) -> None:
        self._canvas.setStrokeColor(HexColor(ink))
        self._canvas.setLineWidth(thick * self.scale)
        where = self._where(left, top, width, height)
        self._canvas.roundRect(*where, round * self.scale, stroke=1, fill=0)

    def rule(self, left: float, top: float, right: float, ink: str, thick: float, bottom: float | None = None) -> None:
        """A line; upright where `bottom` is given."""
        self._canvas.setStrokeColor(HexColor(ink))
        self._canvas.setLineWidth(thick * self.scale)
        end = top if bottom is None else bottom
        start, stop = (self._shift + left) * self.scale, (self._shift + right) * self.scale
        self._canvas.line(start, self._y(top), stop, self._y(end))

    def picture(self, left: float, top: float, width: float, height: float, file: Path) -> None:
        image = ImageReader(str(file))
        where = self._where(left, top, width, height)
        self._canvas.drawImage(image, *where, mask="auto", preserveAspectRatio=True, anchor="c")

    def code(self, left: float, top: float, side: float, address: str) -> None:
        """A QR code in black on white, its quiet zone within `side`."""
        rows = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix]
        module = side / (len(rows) + 2 * QUIET_ZONE)
        self.box(left, top, side, side, "#FFFFFF")
        self._canvas.setFillColor(HexColor("#000000"))
        for y, row in enumerate(rows):
            for run in re.finditer(rb"\x01+", row):
                x = left + (QUIET_ZONE + run.start()) * module
                # a hair taller than it is, so that no white seam shows between rows
                where = self._where(x, top + (QUIET_ZONE + y) * module, len(run[0]) * module, module * 1.02)
                self._canvas.rect(*where, stroke=0, fill=1)
        x, y_low, wide, high = self._where(left, top, side, side)
        self._canvas.linkURL(address, (x, y_low, x + wide, y_low + high))

    def _where(self, left: float, top: float, width: float, height: float) -> tuple[float, float, float, float]:
        """Lower left corner, width, height, as PDF counts them."""
        at = self.scale
        return (self._shift + left) * at, self._y(top + height), width * at, height * at

    def _y(self, top: float) -> float:
        return (self.height - top) * self.scale


def measure(text: str, font: str, size: float) -> float:
    _fonts()
    return float(pdfmetrics.stringWidth(text.replace(_HARD, " "), font, size))


def wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    """Lines that fit, broken only between words; a number stays with what it counts. A word that alone is too wide is
    broken where it must."""
    lines: list[str] = []
    for word in _STAYS.sub(_HARD, unicodedata.normalize("NFC", text)).split(" "):
        if lines and measure(f"{lines[-1]} {word}", font, size) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines += _pieces(word, font, size, width)
    return lines


def balanced(text: str, font: str, size: float, width: float) -> list[str]:
    """As few lines as `wrapped`, of as equal length as can be: for titles."""
    count = len(wrapped(text, font, size, width))
    narrow, wide = width * 0.3, width
    for _ in range(12):
        middle = (narrow + wide) / 2
        fits = len(wrapped(text, font, size, middle)) == count
        narrow, wide = (narrow, middle) if fits else (middle, wide)
    return wrapped(text, font, size, wide)


def settled(text: str, font: str, size: float, width: float) -> list[str]:
    """Like `wrapped`, but no short word is left alone on the last line where a little less width avoids it."""
    lines = wrapped(text, font, size, width)
    if len(lines) < 2 or measure(lines[-1], font, size) > width * 0.2:
        return lines
    for narrower in (0.95, 0.9, 0.85, 0.8):
        again = wrapped(text, font, size, width * narrower)
        if len(again) == len(lines) and measure(again[-1], font, size) > width * 0.2:
            return again
    return lines


def _pieces(word: str, font: str, size: float, width: float) -> list[str]:
    pieces = [""]
    for letter in word.replace(_HARD, " ") if measure(word, font, size) > width else ():
        if pieces[-1] and measure(pieces[-1] + letter, font, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces if pieces != [""] else [word]
