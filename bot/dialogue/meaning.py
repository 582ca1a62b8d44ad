"""What "how much" and "how long" ask of the record that was found: a fee or a benefit, a fine, the office's time, the
citizen's own, or how long a paper may be used. A fee is never told for a fine, nor the office's days for another term.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.decision import Decision, Question, Target
from bot.dialogue.particulars import AMOUNT, FINE, LASTS, OWN_TERM
from bot.dialogue.understanding import Clause
from knowledge.records import Procedure
from knowledge.vietnamese import fold

FEE, TIME, RESULT, CONDITIONS = "le_phi", "thoi_han", "ket_qua", "dieu_kien"
# "phạt" in a question asks for the fine, but where paying one is the procedure; unmarked, "phat" may be another word.
_FINE = re.compile(r"\bphạt\b|(?<!cap )(?<!nop )\bphat\b(?! (?:hanh|trien|luong|thanh|mai|thuoc|bieu|qua))")
# Without marks "thue" is to rent as well.
_TAX_BARE = re.compile(r"\b(?:mat|dong|nop|chiu) thue\b")
_PAYS_A_FINE = re.compile(r"\bphat\b")
# Who is given money asks how much it is; who says one of these asks what it costs.
_GIVEN = re.compile(
    r"\b(?:tro cap|tro giup xa hoi|huong|che do|ho tro|luong huu|huu tri|mai tang|tu tuat|thai san|om dau|that nghiep|"
    r"bhxh mot lan|bao hiem xa hoi mot lan|thanh toan|boi thuong|uu dai)\b"
)
_COSTS_NOTHING = re.compile(r"^(?:khong thu|mien|khong mat|khong phai)")
_COSTS = re.compile(
    r"\b(?:le phi|mat (?:tien|phi|bao)|ton\b|nop (?:tien|bao|may)|dong (?:tien|bao|may)|phai (?:tra|nop|dong)|chi phi|"
    r"het (?:bao|may|tien)|co phi|phi (?:bao|la|lam|nop|bn))|\bmien phi|(?<!mai tang )\bphi\W*$"
)
_LENGTH = r"(?:bao lau|may|bao nhieu|bn|nhieu) ?(?:gio|ngay|hom|bua|tuan|thang|nam)?"
# The citizen's own term: told from a moment on, or by what he has to do within it.
_OWN = re.compile(
    r"\b(?:ke tu|tinh tu)\b|\bhan (?:nop|dang ky|khai|bao|khieu nai|chot|cuoi)\b|\btrong (?:vong )?(?:bao nhieu|may) "
    r"(?:ngay|thang|hom|nam)\b.{0,20}\b(?:sau khi|ke tu|tu khi|tu ngay)|"
    r"\b(?:nop|khai|bao|sang ten|dang ky)\b.{0,30}\btrong (?:vong )?(?:bao nhieu|may|bao lau)|"
    r"\bhan (?:may|bao nhieu|bao lau)\b.{0,30}\b(?:sau khi|tu khi|ke tu)\b|"
    r"\b(?:sau khi|tu khi)\b.{0,40}\b(?:trong|han)\b|\bthoi hieu\b|\btruoc (?:may|bao nhieu) (?:gio|ngay)|"
    r"\bkhieu nai (?:phai nop |duoc |phai )?trong (?:vong )?(?:bao nhieu|may|bao lau)"
)
# What must have passed or been paid before.
_BEFORE = re.compile(rf"\b(?:can|phai|cho|du)? ?(?:nghi|dong|o|song|cu tru)(?: viec| du| it nhat| duoc)? {_LENGTH}")
# How long the paper or the state lasts, and the longest that is allowed.
_LASTING = re.compile(
    rf"\b(?:xai|(?<!xay )dung|co gia tri|gia tri|hieu luc|co hieu luc)(?: duoc| dc| trong)? {_LENGTH}|"
    rf"\b(?:toi da|lau nhat|dai nhat|nhieu nhat)(?: la| duoc| trong)? {_LENGTH}|"
    r"\bduoc (?:may|bao nhieu) (?:nam|thang)\b"
)


def as_meant(q: Question, clause: Clause, decision: Decision) -> Decision:
    """The same, each aspect turned to what was meant of its record."""
    return replace(decision, targets=tuple(_meant(q, clause, t) for t in decision.targets))


def _meant(q: Question, clause: Clause, target: Target) -> Target:
    procedure = q.library.procedure(target.key) if target.kind == "procedure" else None
    if procedure is None:
        return target
    folded = fold(clause.text)
    if _asks_fine(clause, procedure):
        return _turned(target, (FEE,), FINE)
    if FEE in target.aspects and _asks_tax(clause, procedure):
        return replace(target, aspects=tuple(a for a in target.aspects if a != FEE), particular=("thuế",))
    if FEE in target.aspects and _is_given(procedure) and not _COSTS.search(folded):
        return _turned(target, (FEE, RESULT), AMOUNT)
    if TIME in target.aspects and _OWN.search(folded):
        return _turned(target, (TIME,), OWN_TERM)
    if TIME in target.aspects and _BEFORE.search(folded) and "cho may" not in folded:
        return replace(target, aspects=_without(target, TIME, CONDITIONS))
    if (not target.aspects or {TIME, RESULT} & {*target.aspects}) and _LASTING.search(folded):
        return _turned(target, (TIME, RESULT), LASTS)
    return target


def _asks_fine(clause: Clause, procedure: Procedure) -> bool:
    words = clause.text if not clause.text.isascii() else fold(clause.text)
    return bool(_FINE.search(words)) and not _PAYS_A_FINE.search(fold(procedure.name))


def _asks_tax(clause: Clause, procedure: Procedure) -> bool:
    """A tax is none of the record's fee, where neither its name nor its fee speaks of taxes."""
    asked = _TAX_BARE.search(clause.text) if clause.text.isascii() else "thuế" in clause.text
    return bool(asked) and not any("thuế" in text.lower() for text in (procedure.name, procedure.fee))


def _is_given(procedure: Procedure) -> bool:
    return bool(_GIVEN.search(fold(procedure.name))) and bool(_COSTS_NOTHING.match(fold(procedure.fee)))


def _turned(target: Target, instead: tuple[str, ...], unstated: str) -> Target:
    said = tuple(dict.fromkeys((*target.unstated, unstated)))
    return replace(target, aspects=tuple(a for a in target.aspects if a not in instead), unstated=said)


def _without(target: Target, aspect: str, now: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(now if a == aspect else a for a in target.aspects))
