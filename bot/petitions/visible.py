"""Letters that deceive the eye are shown for what they are: hidden ones by their name, look-alikes by a mark. Pure.

A text that turns its reading direction, hides letters of no width, or mixes in letters of another script can say one
thing to whoever reads it and another to whoever searches it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

HIDDEN = {
    "\u00ad": "gạch nối ẩn",
    "\u200b": "khoảng trắng ẩn",
    "\u200c": "ngắt chữ ẩn",
    "\u200d": "nối chữ ẩn",
    "\u200e": "dấu trái-phải",
    "\u200f": "dấu phải-trái",
    "\u202a": "đổi chiều chữ",
    "\u202b": "đổi chiều chữ",
    "\u202c": "hết đổi chiều",
    "\u202d": "đổi chiều chữ",
    "\u202e": "đảo chiều chữ",
    "\u2060": "nối từ ẩn",
    "\u2066": "đổi chiều chữ",
    "\u2067": "đảo chiều chữ",
    "\u2068": "đổi chiều chữ",
    "\u2069": "hết đổi chiều",
    "\ufeff": "khoảng trắng ẩn",
}
"""Letters that are not seen themselves, and what they do."""
_MARKED = {"": "{}", "hidden": "⟦{}⟧", "alike": "{}⟦chữ lạ⟧"}
_WORD = re.compile(r"[^\W\d_]+")
_NONE = "\ufffe\uffff"
_FOREIGN = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH", "MATHEMATICAL")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text. `trick`: "" for plain words, "hidden" for a letter that is not seen (`shown` is its name),
    "alike" for a word in which another script's letters pass for Latin ones."""

    shown: str
    trick: str = ""


def pieces(text: str) -> tuple[Piece, ...]:
    """The text in order; joined without what is hidden it is the text again."""
    found: list[Piece] = []
    at = 0
    for start, end, piece in sorted(_tricks(text), key=lambda t: t[0]):
        if start < at:
            continue
        if start > at:
            found.append(Piece(text[at:start]))
        found.append(piece)
        at = end
    return tuple([*found, Piece(text[at:])] if at < len(text) else found)


def deceives(text: str) -> bool:
    return any(piece.trick for piece in pieces(text))


def without_hidden(text: str) -> str:
    """The text without the letters that are not seen; for what officers edit and make public."""
    return "".join(piece.shown for piece in pieces(text) if piece.trick != "hidden")


def spelt_out(text: str) -> str:
    """The same for where nothing can be marked but by letters (a message, a cell of a table)."""
    return "".join(_MARKED[piece.trick].format(piece.shown) for piece in pieces(text))


def _tricks(text: str) -> Iterator[tuple[int, int, Piece]]:
    for i, letter in enumerate(text):
        name = HIDDEN.get(letter) or _unseen(letter)
        if name and not _joins_pictures(text, i):
            yield i, i + 1, Piece(name, "hidden")
    for found in _WORD.finditer(text):
        scripts = {_script(c) for c in found[0]} - {""}
        if "LATIN" in scripts and len(scripts) > 1:
            yield found.start(), found.end(), Piece(found[0], "alike")


def _unseen(letter: str) -> str:
    """Controls, tags, halves of letters and what is no letter at all, which have no name above."""
    if letter in "\n\t\r" or (unicodedata.category(letter) not in ("Cc", "Cf", "Co", "Cs") and letter not in _NONE):
        return ""
    return f"U+{ord(letter):04X}"


def _joins_pictures(text: str, at: int) -> bool:
    """A joiner between two emoji makes one picture and is no trick."""
    around = text[at - 1 : at] + text[at + 1 : at + 2]
    pictures = all(unicodedata.category(c) in ("So", "Mn", "Sk") for c in around)
    return text[at] == "\u200d" and len(around) == 2 and pictures


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((s for s in _FOREIGN if name.startswith(s)), "LATIN" if name.startswith("LATIN") else "")
