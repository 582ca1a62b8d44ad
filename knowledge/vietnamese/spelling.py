"""One spelling of what people type, the same without marks, and its words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from knowledge.vietnamese.syllables import NUCLEI, TONED, VOWELS

_ALIKE = {
    '"': "“”„‟«»″＂",
    "'": "‘’‚‛`´′＇",
    "-": "‐‑‒–—―−﹣",
    "/": "⁄∕",
    ".": "。․",
    ",": "、",
    "*": "•·●▪◦‣",
    "đ": "ÐðƉɖ",
    "x": "×",
    " ": "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))),
    "\n": "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029",
}
_UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u20e3\u3164\ufeff\uffa0"
_CONTROLS = ((0, 9), (14, 28), (31, 32), (127, 133), (134, 160), (0x202A, 0x202F), (0x2060, 0x2070))
_UNSEEN_RANGES = (*_CONTROLS, (0xD800, 0xE000), (0xFE00, 0xFE10), (0xE0000, 0xE0080))
_PICTURES = ((0x2190, 0x2200), (0x2300, 0x2400), (0x2500, 0x2BF0), (0x1F000, 0x1FB00))


def _cleaning() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(c): good for good, alike in _ALIKE.items() for c in alike}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x2026: "..."}
    table |= {code: " " for start, end in _PICTURES for code in range(start, end)}
    table |= {code: None for start, end in _UNSEEN_RANGES for code in range(start, end)}
    return table | {ord(c): None for c in _UNSEEN}


_CLEAN = _cleaning()
_STRAY_MARKS = re.compile(r"[\u0300-\u036f]+")
_BLANKS = re.compile(r" *\n\s*|  +")
_CONSONANT_RUN = f"(?<=[n{VOWELS}])([ghkmn])\\2{{2,}}"  # "khônggg", not "CCCD", "PCCC"
_RUN = re.compile(f"([{VOWELS}])\\1{{2,}}|{_CONSONANT_RUN}")
_WHOLE = re.compile(r"\w+")
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")
_CLUSTER = re.compile(f"([qg]?)([{VOWELS}]{{2,}})(?=([bcdfghjklmnpqrstvwxzđ]?))")


REMEMBERED = 120
"""Names, phrases and questions up to this length come again and again within a turn: their normal form is kept."""


def normalise(text: str) -> str:
    """NFC, lower case, one tone placement (hòa, thúy, của), nothing unseen or pictured, no "oiiii", single blanks.

    Line breaks stay, since they part questions; Roman numerals ("cấp III") are no lengthened letters.
    """
    return _normalised(text) if len(text) <= REMEMBERED else _made_normal(text)


def _made_normal(text: str) -> str:
    text = unicodedata.normalize("NFC", text.translate(_CLEAN).lower())
    if not text.isascii():
        text = _STRAY_MARKS.sub("", text)
    text = _squeezed(text)
    if not text.isascii():
        text = _CLUSTER.sub(lambda m: m[1] + _placed(m[1], m[2], bool(m[3])), text)
    return _BLANKS.sub(lambda m: "\n" if "\n" in m[0] else " ", text).strip()


_normalised = lru_cache(maxsize=16384)(_made_normal)


def _squeezed(text: str) -> str:
    if not _RUN.search(text):
        return text
    return _WHOLE.sub(lambda m: m[0] if _ROMAN.fullmatch(m[0]) else _RUN.sub(lambda r: r[1] or r[2], m[0]), text)


@lru_cache(maxsize=4096)
def _placed(before: str, vowels: str, closed: bool) -> str:
    """The vowels with their one tone where the school puts it; left alone when they are no Vietnamese rime."""
    plain = [TONED.get(v, (v, "")) for v in vowels]
    tones = [tone for _, tone in plain if tone]
    letters = "".join(v for v, _ in plain)
    glide = letters.startswith({"q": "u", "g": "i"}.get(before, "-"))
    nucleus = letters[glide:]
    at = _tone_place(nucleus, closed) if len(tones) == 1 else None
    if at is None:
        return vowels
    at += glide
    return unicodedata.normalize("NFC", letters[: at + 1] + tones[0] + letters[at + 1 :])


def _tone_place(nucleus: str, closed: bool) -> int | None:
    if nucleus not in NUCLEI:
        return None
    marked = [i for i, v in enumerate(nucleus) if v in "ăâêôơư"]
    if marked:
        return marked[-1]
    if closed and len(nucleus) == 2:
        return 1 if nucleus in ("oa", "oe", "uy", "oo") else None
    return len(nucleus) // 2 if len(nucleus) == 3 else 0


FOLDED = {ord(toned): unicodedata.normalize("NFD", toned)[0] for toned in (*TONED, *"ăâêôơư")} | {ord("đ"): "d"}


def fold(text: str) -> str:
    """`normalise`, then without marks, đ as d: what both sides of a comparison are brought to."""
    return _folded(text) if len(text) <= REMEMBERED else folded(normalise(text))


def folded(text: str) -> str:
    if text.isascii():
        return text
    text = text.translate(FOLDED)
    if not text.isascii():
        bare = _STRAY_MARKS.sub("", unicodedata.normalize("NFD", text))
        text = unicodedata.normalize("NFC", bare)
    return _squeezed(text)  # "oôơ" has only now become a lengthened letter


_folded = lru_cache(maxsize=16384)(lambda text: folded(_made_normal(text)))


WORD = re.compile(
    r"""
    (?:[a-z\d-]+\.)+(?:vn|com|net|org)\b                  # dichvucong.gov.vn
  | \d+[a-zđ]?/\d{4}/[a-zđ\d]+(?:-[a-zđ\d]+)*             # 63/2024/nđ-cp
  | \d+/[a-zđ]{1,5}-[a-zđ\d]+(?:-[a-zđ\d]+)*              # 127/kh-ubnd
  | \d\w*(?:[./:,-]\w*\d\w*)*                             # 1.001193, 8h30, 30/4, 1022
  | [a-zđ]{1,5}\d*(?:[.-]\w*\d\w*)+                       # h00.01-250000-0001
  | [^\W\d_]+&[^\W\d_]+                                   # kh&cn
  | [^\W_]+                                               # every other word
    """,
    re.VERBOSE,
)


def words(text: str) -> list[str]:
    """The normalised words and codes of a text, in order."""
    return split(normalise(text))


def split(normalised: str) -> list[str]:
    """The words and codes of a text that is normalised already."""
    return WORD.findall(normalised)
