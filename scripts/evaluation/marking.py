"""One answer against what was expected of it: which promises it kept. Pure.

Each marker returns only the promises that the case speaks of; a figure is the share of the kept among those.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from scripts.evaluation.cases import Expected
from scripts.evaluation.front_door import Answer

Marks = dict[str, bool]

# The front door's behaviours by the sets' words for them.
BEHAVIORS: Mapping[str, frozenset[str]] = {
    "answer": frozenset({"answer", "not_published", "emergency"}),
    "abstain": frozenset({"unknown", "out_of_scope", "not_stated"}),
    "petition": frozenset({"petition", "redirect"}),
}
ASPECTS: Mapping[str, str] = {
    "hồ sơ": "ho_so",
    "lệ phí": "le_phi",
    "thời hạn": "thoi_han",
    "nơi nộp": "noi_nop",
    "online": "truc_tuyen",
    "điều kiện": "dieu_kien",
    "kết quả": "ket_qua",
    "trình tự": "trinh_tu",
}
# Any telephone number but the short ones of emergencies, which may always be named.
_A_NUMBER = re.compile(
    r"(?<![\d/.,-])"
    r"(?:(?:\+?84|0)[ .-]?\d{2,3}(?:[ .-]?\d{2,4}){2,3}|1[89]00[ .-]?\d{2,4}(?:[ .-]?\d{2})?|10\d\d|11[06-9])"
    r"(?![\d/.-]\d|\d)"
)
_OFFICIAL_PLACE = re.compile(r"niêm yết|trang |cổng |ứng dụng|trụ sở|bộ phận một cửa|\.vn\b", re.I)


def mark(name: str, expected: Expected, answer: Answer) -> Marks:
    return _MARKERS[name](expected, answer)


def behaves(answer: Answer, *wanted: str) -> bool:
    return any(answer.behavior in BEHAVIORS.get(w, {w}) for w in wanted)


def _question(e: Expected, a: Answer) -> Marks:
    if e["expected"] == "abstain":
        return {"behaviour": behaves(a, "abstain"), "refused": not _told_a_procedure(a)}
    right, answered = set(e["keys"]), behaves(a, "answer")
    marks = {
        "record": answered and bool(right & set(a.ids)),
        "first": answered and bool(a.ids) and a.ids[0] in right,
        "behaviour": behaves(a, e["expected"]),
    }
    if len(right) > 1:
        marks["every"] = answered and right <= set(a.ids)
    if wanted := ASPECTS.get(e["aspect"]):
        marks |= _aspects_of(a, {wanted})
    return marks


def _aspects_of(a: Answer, wanted: set[str]) -> Marks:
    """Whether one of the wanted aspects is answered, and whether nothing else is."""
    there = bool(a.aspects & wanted)
    return {"aspect": there, "aspect_exact": there and a.aspects <= wanted}


def _told_a_procedure(a: Answer) -> bool:
    return behaves(a, "answer") and any(r.kind == "procedure" for r in a.records)


def _plan(e: Expected, a: Answer) -> Marks:
    right = {e["plan"]} if isinstance(e["plan"], str) else set(e["plan"])
    which = "offered" if e["expected"] == "clarify" else "record"
    marks = {which: right <= set(a.ids), "behaviour": behaves(a, e["expected"])}
    if e["must_include"]:
        marks["facts"] = _states(a.text, e["must_include"])
    return marks


def _contact(e: Expected, a: Answer) -> Marks:
    told_wrong = any(_has(a.text, number) for number in e["must_not_include"])
    if e["expected"] == "answer":
        right = behaves(a, "answer") and _states(a.text, e["must_include"])
        return {"contact": right and not told_wrong, "verified": not told_wrong}
    silent = not told_wrong and not _A_NUMBER.search(a.text)
    return {"contact": silent and bool(_OFFICIAL_PLACE.search(a.text)), "verified": silent}


def _triage(e: Expected, a: Answer) -> Marks:
    wanted = e["expected_class"]
    marks = {
        "class": a.message_class in (wanted, *e["also_ok"]),
        "class_strict": a.message_class == wanted,
        ("urgent" if e["urgent"] else "calm"): a.urgent == e["urgent"],
    }
    if e["must_mask"]:
        marks["masked"] = not any(secret in a.masked for secret in e["must_mask"])
    if e["must_keep"]:
        marks["kept"] = all(kept in a.masked for kept in e["must_keep"])
    if wanted == "spam":
        marks["refused"] = not _told_a_procedure(a)
    return marks


def _turn(e: Expected, a: Answer) -> Marks:
    marks = {"behaviour": behaves(a, e["behavior"], *e["also_ok"])}
    if e["behavior"] == "abstain":
        marks["refused"] = not _told_a_procedure(a)
    if e["behavior"] != "answer":
        return marks
    if e["procedures"]:
        marks["record"] = bool(set(e["procedures"]) & set(a.ids))
    if cover := e.get("must_cover"):
        every = {aspect for _, aspects in cover for aspect in aspects}
        marks["aspect"] = all(
            any(r.id == key and set(r.aspects) & set(aspects) for r in a.records) for key, aspects in cover
        )
        marks["aspect_exact"] = marks["aspect"] and a.aspects <= every
    elif e["aspects"]:
        marks |= _aspects_of(a, set(e["aspects"]))
    return marks


_MARKERS: Mapping[str, Callable[[Expected, Answer], Marks]] = {
    "questions": _question,
    "plans": _plan,
    "contacts": _contact,
    "triage": _triage,
    "dialogue": _turn,
}


def _states(text: str, groups: Iterable[Iterable[str]]) -> bool:
    return not missing(text, groups)


def missing(text: str, groups: Iterable[Iterable[str]]) -> list[Any]:
    """Groups of spellings of which none stands in the text."""
    return [group for group in groups if not any(_has(text, spelling) for spelling in group)]


def _has(text: str, spelling: str) -> bool:
    """Numbers are found whole and however they are grouped; words in any case."""
    digits = re.sub(r"^\+|[ .\-]", "", spelling)
    if digits.isdecimal():
        grouped = r"[ .\-]?".join(digits)
        return re.search(rf"(?<!\d){grouped}(?!\d)", text) is not None
    return _even(spelling) in _even(text)


def _even(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())
