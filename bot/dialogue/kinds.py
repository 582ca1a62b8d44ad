"""What a question is of: a vehicle, land, a passport … What is said of one of them never answers for another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.dialogue.decision import Question, name_heard
from bot.dialogue.session import Topic
from bot.dialogue.staying import within
from bot.dialogue.strangers import NAMED, led_by, names_of
from bot.dialogue.understanding import Clause
from index.passages import RecordId, RecordKind
from index.retriever import Hits
from knowledge.vietnamese import fold

# A driving licence is none of the vehicle, though both speak of "xe"; so it is read, and taken away, first.
_KINDS = {
    "bang_lai": r"bang lai(?: xe)?|giay phep lai xe|gplx",
    "xe": r"xe(?! lan\b| dap\b| cuu)|o to|mo to|bien so|ca vet|cavet|(?<!bat )dong san",
    "dat": r"so do|so hong|bia do|nha dat|dat dai|nha, dat|thua dat|bat dong san|giay chung nhan quyen su dung|"
    r"(?:mua|ban|tach|quyen su dung|chuyen nhuong|tang cho) dat",
    "ho_chieu": r"ho chieu",
    "can_cuoc": r"can cuoc|chung minh nhan dan",
    "cong_ty": r"cong ty|doanh nghiep",
    "xay_dung": r"giay phep xay dung|xay nha|sua nha",
    "khai_sinh": r"khai sinh",
    "khai_tu": r"khai tu|bao tu|giay chung tu",
    "ket_hon": r"ket hon",
}
_PATTERNS = {kind: re.compile(rf"\b(?:{words})\b") for kind, words in _KINDS.items()}
# Of these, one is never the other, however much of its name is heard.
_NEVER_BOTH = (
    frozenset({"xe", "dat"}),
    frozenset({"khai_sinh", "khai_tu", "ket_hon"}),
    frozenset({"ho_chieu", "can_cuoc", "bang_lai", "dat"}),
)
# Between these two, what the conversation is about decides as well: both are bought, sold, registered and taxed.
_EXCLUSIVE = _NEVER_BOTH[0]
NEAR_ENOUGH = 0.02
# "điện tử" is not "điện từ sáng"
_SINCE = r"(?:sang|qua|hom|toi|khuya|dem|chieu|trua|luc|hoi|bua|\d)"
_POWER = re.compile(
    r"\b(?:(?:mat|cup|cat|tien|hoa don|hoa don tien|cong to|day|lich cat|lich cup|tru|cot|ro|sua) dien|"
    rf"dien (?:luc|yeu|chap chon))\b(?! (?:thoai|tu(?! {_SINCE})|may|bien|nang|lanh|hoa)\b)"
)


_CLASS = re.compile(r"\blop (\d{1,2}|mot|sau|muoi)\b")
_WANTS_TO_LEAVE = re.compile(
    r"\b(?:muon|dinh|tinh)\b(?: \w+){0,3} (?:de lai|dan lai|viet giay|viet to|lap giay|lap to)\b"
)
_HAS_LEFT = re.compile(
    r"\b(?:da mat|mat roi|moi mat|vua mat|qua doi roi|da qua doi|vua qua doi|moi qua doi|di san|thua ke)\b"
)
VEHICLE_TAX = "truoc_ba_xe"


def of_another_kind(q: Question, clause: Clause, topic: Topic) -> bool:
    """Whether a clause names a thing of another kind, of which the record spoken of says nothing: "giấy khai
    sinh bị mất" after a lost land certificate. ("Cần căn cước không" after birth registration stays:
    that record names it.)"""
    asked, about = kinds_in(fold(clause.text)), _kinds_spoken_of(q, topic)
    return bool(asked and about) and not asked & about and not within(q, clause, topic.key)


def vehicle_tax(q: Question, clause: Clause, topic: Topic | None) -> bool:
    """Asked of a vehicle, the registration tax is neither that of houses nor the fee of its plates."""
    if "truoc ba" not in fold(clause.text) or VEHICLE_TAX not in {w.key for w in q.library.language.absent}:
        return False
    asked = kinds_in(fold(clause.text)) & _EXCLUSIVE
    return (asked or _kinds_spoken_of(q, topic) & _EXCLUSIVE) == {"xe"}


def of_power(folded: str) -> bool:
    """Whether electricity is spoken of, which its company looks after: "cúp điện", and no "điện thoại"."""
    return bool(_POWER.search(folded))


@lru_cache(maxsize=4096)
def kinds_in(folded: str) -> frozenset[str]:
    found = set()
    for kind, pattern in _PATTERNS.items():
        if pattern.search(folded):
            found.add(kind)
            folded = pattern.sub(" ", folded)
    return frozenset(found)


def kinds_of(q: Question, record: RecordId) -> frozenset[str]:
    return kinds_in(" | ".join(names_of(q.retriever.ground, record)))


def of_the_same_kind(q: Question, clause: Clause, topic: Topic | None, hits: Hits) -> Hits | None:
    """The same hits, led by one of the kind that is asked of; None where what was found is of another kind."""
    hits = _of_the_living(q, clause, hits)
    best = hits.hits[0]
    if hits.by_code or best.record.kind is not RecordKind.PROCEDURE:
        return hits
    if _of_another_class(fold(clause.text), names_of(q.retriever.ground, best.record)):
        return None
    asked, found = kinds_in(fold(clause.text)), kinds_of(q, best.record)
    if asked:
        never = any(asked & kinds and found & kinds for kinds in _NEVER_BOTH)
        if not found or asked & found or (name_heard(best) >= NAMED and not never):
            return hits
        own = (h for h in hits.hits[1:6] if h.share >= NEAR_ENOUGH and asked & kinds_of(q, h.record))
        other = next(own, None)
        return led_by(other, hits) if other else None
    about = _exclusive(q, topic)
    if len(about) != 1 or len(found & _EXCLUSIVE) != 1 or about & found:
        return hits
    other = next((h for h in hits.hits[1:3] if h.share >= NEAR_ENOUGH and about & kinds_of(q, h.record)), None)
    return led_by(other, hits) if other else None


def of_kind_spoken(q: Question, clause: Clause, topic: Topic | None, records: Sequence[RecordId]) -> RecordId | None:
    """ "sang tên", of a certificate or after the contract of a car: the one of these of that kind."""
    about = kinds_in(fold(clause.text)) & _EXCLUSIVE or _exclusive(q, topic)
    fitting = [r for r in records if about & kinds_of(q, r)] if len(about) == 1 else []
    return fitting[0] if len(fitting) == 1 else None


def _exclusive(q: Question, topic: Topic | None) -> frozenset[str]:
    """Land or a vehicle, as the record spoken of is of one of them; a contract is of what was told of it."""
    about = _kinds_spoken_of(q, topic) & _EXCLUSIVE
    return kinds_in(fold(topic.told)) & _EXCLUSIVE if topic and len(about) != 1 else about


def _of_the_living(q: Question, clause: Clause, hits: Hits) -> Hits:
    """ "ông muốn để lại giấy chia nhà": who wants to leave something is alive and makes a will; only what the dead have
    left is divided."""
    folded, ground = fold(clause.text), q.retriever.ground
    if _HAS_LEFT.search(folded) or not _WANTS_TO_LEAVE.search(folded):
        return hits
    if not any("di san" in name for name in names_of(ground, hits.hits[0].record)):
        return hits
    wills = (h for h in hits.hits[1:4] if "di chuc" in names_of(ground, h.record)[0])
    will = next(wills, None)
    return led_by(will, hits) if will else hits


def _of_another_class(folded: str, names: tuple[str, ...]) -> bool:
    """ "lớp 1" is none of a record that is of "lớp 6" by its name."""
    asked, own = set(_CLASS.findall(folded)), set(_CLASS.findall(" | ".join(names)))
    return bool(asked and own) and not asked & own


def _kinds_spoken_of(q: Question, topic: Topic | None) -> frozenset[str]:
    procedure = q.library.procedure(topic.key) if topic and topic.kind == "procedure" else None
    record = RecordId(RecordKind.PROCEDURE, procedure.key) if procedure else None
    return kinds_of(q, record) if record in q.retriever.ground.records and record else frozenset()
