"""Figures that are told or asked ("đóng 14 năm", "con 8 tuổi", "trong mấy năm"), and the record's sentences that set a
limit of the same kind: the nearest one first. Which side of it one stands is left to the citizen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from knowledge.vietnamese import fold

# Every unit in the smallest of its kind, so that "1 năm" is compared with "12 tháng".
_KINDS = {
    "tuoi": ("tuoi", 1.0),
    "ngay": ("time", 1.0),
    "tuan": ("time", 7.0),
    "thang": ("time", 30.4),
    "nam": ("time", 365.0),
    "trieu": ("money", 1.0),
    "ty": ("money", 1000.0),
}
_UNIT = r"(tuoi|ngay|tuan|thang|nam|trieu|ty)\b"
_VALUE = r"(\d{1,3}(?:[.,]\d+)?)"
_TOLD = re.compile(rf"(?<![\d/.,]){_VALUE} {_UNIT}")
_AGE = re.compile(r"\b(?:chua (?:du|toi)|moi|da|du) (\d{1,2})\b(?! ?(?:ngay|tuan|thang|nam|trieu|ty|nguoi|%))")
_YEAR = re.compile(r"\b(?:sinh|hoi|tu|tu hoi) (?:nam )?((?:19|20)\d\d)\b")
_SCHOOL = re.compile(r"\blop (\d{1,2})\b")
# What makes a figure a limit.
_LIMIT = re.compile(
    rf"\b(?:du|tu|duoi|tren|qua|toi thieu|it nhat|toi da|it hon|trong|truoc|sau)(?: du)? {_VALUE} {_UNIT}|"
    rf"\b(?:nam|nu) {_VALUE} (tuoi)\b|(?<![\d/.,]){_VALUE} {_UNIT} (?:tro len|tro xuong)"
)
_DAY = re.compile(r"\b(?:truoc|sau|tu|den)(?: ngay)? (?:\d{1,2}/){0,2}((?:19|20)\d\d)\b")
_EVERY = re.compile(r"\b(?:moi|hang) (thang|quy|nam)\b")
_WORD = re.compile(r"\w+")
_SCHOOLS = ((5, "tiểu học"), (9, "thcs"), (12, "thpt"))
# So many times larger or smaller, a limit is about something else.
_NEAR, _ASIDE, _FAR, _TOO_FAR = 1.5, 2.0, 4.0, 20.0


@dataclass(frozen=True, slots=True)
class Figure:
    kind: str
    value: float


def told(text: str) -> tuple[Figure, ...]:
    """The figures of a question; an age may be told without its unit ("chưa đủ 18")."""
    folded = fold(text)
    found = [_figure(m[1], m[2]) for m in _TOLD.finditer(folded)]
    found += [Figure("tuoi", float(m[1])) for m in _AGE.finditer(folded)]
    found += [Figure("year", float(m[1])) for m in _YEAR.finditer(folded)]
    return tuple(found)


def limits(lines: Iterable[str], text: str, most: int = 2, main: bool = True) -> tuple[str, ...]:
    """Of these sentences, those that set a limit to what the text tells in figures: first those near it and with words
    of the question, in the record's order. `main`: they are what the record rules, not what it remarks, and a far
    limit or the year of a date may be meant, too."""
    figures = tuple(f for f in told(text) if main or f.kind != "year")
    words = {w for w in _WORD.findall(fold(text)) if not w.isdigit()}
    scored = []
    for number, line in enumerate(dict.fromkeys(lines)):
        far = _nearest(line, figures)
        if far is not None and far < (_TOO_FAR if main else _ASIDE):
            shared = len(words & set(_WORD.findall(fold(line))) - _SAID_OF_ALL)
            scored.append((far > _FAR, not shared, far > _NEAR, number, line))
    return tuple(line for *_, line in sorted(scored)[:most])


def repeated(lines: Iterable[str], text: str) -> tuple[str, ...]:
    """What has to be done every month, every year: asked of "mỗi tháng", told of "hằng tháng"."""
    asked = {m[1] for m in _EVERY.finditer(fold(text))}
    return tuple(line for line in lines if asked & {m[1] for m in _EVERY.finditer(fold(line))})[:2] if asked else ()


def of_school(lines: Iterable[str], text: str) -> tuple[str, ...]:
    """ "con học lớp 3": what is said of that school."""
    found = _SCHOOL.search(fold(text))
    school = next((name for last, name in _SCHOOLS if found and 0 < int(found[1]) <= last), "")
    return tuple(line for line in lines if school and school in line.lower())[:2]


_SAID_OF_ALL = frozenset("tu du duoi tren tro len xuong nam thang tuoi ngay va thi cua cho nguoi duoc khong".split())


def _figure(value: str, unit: str) -> Figure:
    kind, size = _KINDS[unit]
    return Figure(kind, float(value.replace(",", ".")) * size)


@lru_cache(maxsize=2048)  # the sentences of the records that are asked about most
def _limits_in(line: str) -> tuple[Figure, ...]:
    folded = fold(line)
    limits = (_figure(m[1] or m[3] or m[5], m[2] or m[4] or m[6]) for m in _LIMIT.finditer(folded))
    return (*limits, *(Figure("year", float(m[1])) for m in _DAY.finditer(folded)))


def _nearest(line: str, figures: Iterable[Figure]) -> float | None:
    """How far the nearest limit of the line is from the nearest figure of its kind, as a ratio."""
    pairs = ((limit, f) for limit in _limits_in(line) for f in figures if limit.kind == f.kind)
    far = [max(a.value, b.value) / max(min(a.value, b.value), 0.1) for a, b in pairs]
    return min(far, default=None)
