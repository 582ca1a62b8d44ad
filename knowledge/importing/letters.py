"""Letters as they arrive: mixed Unicode forms, stray control characters, fonts from before Unicode, empty phrases."""

from __future__ import annotations

import re
import unicodedata

from knowledge.vietnamese import fold

_STRAY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffd]")
_SPACES = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_BREAKS = re.compile(r" *\r?\n[ \n\r]*")
_ABSENT = {"", "-", "--", "n/a", "null", "none", "không có thông tin", "chưa có thông tin", "đang cập nhật"}

# Letters that TCVN3 and VNI fonts put inside Vietnamese words and that Unicode Vietnamese never does.
_TCVN3 = re.compile(r"[a-zA-Z][µ¸¶·¹¨»¾¼½©®ª«¬§]|[µ¸¶·¹»¾¼½©®ª«¬§][a-zA-Z]|®[¬ªÒÓÔÕÖ×]|[a-z][À-ÖØ-Þ]")
_VNI = re.compile(r"[aeouyAEOUY][øûïåäëüöæ]|[ñÑ][aeiouyAEIOUY]|[aeo][âêô][øûïåäëüö]|[a-z][øûïåäëü]\b")
_MODERN = re.compile("[\u1ea0-\u1ef9\u0111\u0110\u01a0\u01a1\u01af\u01b0]")


def clean(text: str) -> str:
    """NFC without stray characters; runs of blanks and of line breaks become one."""
    text = _STRAY.sub("", unicodedata.normalize("NFC", text)).replace("\u00ad", "")
    return _BREAKS.sub("\n", _SPACES.sub(" ", text)).strip()


def line(text: str) -> str:
    """`clean`, on one line."""
    return clean(text).replace("\n", " ")


def published(text: object) -> str:
    """The cleaned text, or "" where the source only says that it says nothing."""
    found = clean(str(text)) if text is not None else ""
    return "" if found.lower().rstrip(". ") in _ABSENT else found


def oddities(text: str) -> list[str]:
    """What `clean` will have to mend in this text."""
    found = []
    if _STRAY.search(text):
        found.append("ký tự điều khiển lạ")
    if not unicodedata.is_normalized("NFC", text):
        found.append("dấu tách rời (NFD)")
    return found


def legacy_font(text: str) -> str:
    """ "TCVN3" or "VNI" where the text was typed with such a font, else "".

    Real Unicode Vietnamese may hold one "©" or "ñ" (brand names, Spanish names), so two different hits are asked for,
    and text that is full of modern letters is believed.
    """
    modern = len(_MODERN.findall(text))
    for name, pattern in (("TCVN3", _TCVN3), ("VNI", _VNI)):
        hits = pattern.findall(text)
        if len(set(hits)) >= 2 and len(hits) > modern:
            return name
    return ""


def plain(text: str) -> str:
    """Lower case without marks on one line, for telling headings and column names apart."""
    return " ".join(fold(text).split())


def bulletless(text: str) -> str:
    """The text without a leading bullet and Markdown marks."""
    return re.sub(r"^(?:[-–—•*+·]\s*)+", "", text.strip()).strip().strip("*_").strip()
