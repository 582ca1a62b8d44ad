"""Close records: whether the message chooses between them, and which are offered when it does not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.dialogue.decision import Decision, Question, Target, kind_of, name_heard, name_of
from bot.dialogue.session import Topic
from bot.dialogue.strangers import common_in, holds_all, led_by, names_of
from bot.dialogue.understanding import Clause
from index.evidence import QUALIFIERS
from index.passages import RecordKind
from index.retriever import Hit, Hits
from knowledge.records import Procedure
from knowledge.vietnamese import fold, normalise

# The best record's share under which its siblings are offered, and a sibling's share that counts as near.
CLEAR = 0.34
NEAR = 0.16
MOST_OPTIONS = 5
FEW = 8
# From this share on, and four times the next one's, a record is chosen although several names hold the few words.
LEADS = 0.5
# Under DOUBT a few words that fit several records are asked about instead of guessed at.
DOUBT = 0.30
# A question of so few telling words, all of them in the names of several records, chooses none of these.
FEWEST_WORDS = 3
ALIKE = 0.65
_AGE = re.compile(r"(?<![\d.,])(\d{1,2}) tu[ổo]i")
_GROWN, GROWN_UP = re.compile(r"\b(?:người lớn|nguoi lon|người trưởng thành)\b"), 18
_SMALL, SMALL = re.compile(r"\b(?:em bé|em be|trẻ em|tre em|trẻ nhỏ|tre nho|con nít|con nit|sơ sinh|so sinh)\b"), 5
# Husband and wife, parents and grandparents are grown up, where it is for them and nobody speaks of a child.
_WHOSE = r"(?: (?:nội|ngoại|noi|ngoai|em|tôi|toi|tui|mình|minh|con|cháu|chau))*"
_KIN = rf"(?:vợ|chồng|bố|mẹ|má|cha|ông|bà|vo|chong|me|ong){_WHOSE}"
_ELDER = re.compile(rf"\b(?:cho {_KIN}|{_KIN} (?=(?:chưa|chua|không|khong) (?:có|co|từng|tung|làm|lam)))\b")
_CHILD = re.compile(r"\b(?:con|cháu|chau|bé|trẻ|tre|đứa|dua|nhóc|em (?:trai|gái|gai))\b")
_FOR_ADULTS = re.compile(r"\b(?:nguoi lon|lon tuoi)\b")
_LIMIT = re.compile(r"\b(duoi|tu du|tu) (\d{1,2}) tuoi")
# Words of a name that nothing else is called by: who says them means such a record.
_KINDS = ("hai thanh vien", "mot thanh vien", "trich luc", "lien thong", "cong chung", "chung thuc")
AUDIENCES = (re.compile(r"\bho kinh doanh|ho ca the\b"), re.compile(r"\b(?:doanh nghiep|cong ty)\b"))


def among_siblings(q: Question, clause: Clause, aspects: tuple[str, ...], hits: Hits) -> Decision:
    best = hits.hits[0]
    doubted = hits.confidence < ALIKE or not _said_whole(q, best, clause)
    if doubted and (plain := plainly_named(q, clause, hits)):
        target = Target("procedure", plain.record.key, aspects, clause.text, hits.confidence, (), clause.unstated)
        return Decision((target,), score=hits.confidence)
    near = [h for h in hits.hits[1:] if h.share >= NEAR and h.record.kind is best.record.kind]
    few = len(clause.subject.split()) <= 5
    open_between = best.share < CLEAR and len(near) >= 2
    unsure = hits.confidence < DOUBT and near and few
    pair = best.share < 0.55 and near and few and undecided_pair(q, clause, best, near[0])
    if not q.session.clarified:
        if alike := named_alike(q, clause, hits):
            return Decision(choices=alike, aspects=aspects)
        if open_between or unsure or pair:
            return Decision(choices=(best.record.key, *(h.record.key for h in near))[:MOST_OPTIONS], aspects=aspects)
    if best.record.kind is RecordKind.SERVICE and (behind := procedure_behind(q, best, aspects, hits)):
        best = behind
    others = tuple(h.record.key for h in near[:2] if h.record.kind is RecordKind.PROCEDURE)
    target = Target(kind_of(best), best.record.key, aspects, clause.text, hits.confidence, others, clause.unstated)
    return Decision((target,), score=hits.confidence)


def named_alike(q: Question, clause: Clause, hits: Hits) -> tuple[str, ...]:
    """Records whose names all hold every telling word of a very short question ("mất thẻ", "bản sao"), where nothing
    chooses: several, of more than one field; or two that differ only in whom they are for (a household business, a
    company)."""
    words = _told_words(q, clause)
    if not 0 < len(words) <= FEWEST_WORDS + 1 or hits.by_code:
        return ()
    fitting = [h for h in hits.hits[:8] if _names_hold(q, h, words)]
    if _two_audiences(q, fitting):
        return tuple(h.record.key for h in fitting[:2])
    if len(words) > FEWEST_WORDS or hits.confidence >= ALIKE or name_heard(hits.hits[0]) >= 0.75:
        return ()
    fields = {q.library.procedures[h.record.key].field for h in fitting}
    if fitting and fitting[0] is hits.hits[0] and fitting[0].share >= max(LEADS, 4 * _second(fitting)):
        return ()
    several = len(fitting) >= 3 or (len(fitting) == 2 and len(fields) > 1)
    return tuple(h.record.key for h in fitting[:MOST_OPTIONS]) if several else ()


def _second(hits: list[Hit]) -> float:
    return hits[1].share if len(hits) > 1 else 0.0


def by_age_or_kind(q: Question, clause: Clause, hits: Hits) -> Hits:
    """The same hits, led by the sibling for the age that is told, or of the kind that is named ("trích lục")."""
    if hits.by_code:
        return hits
    age = age_of(clause.text)
    if adult := for_adults(q, hits, age):
        return led_by(adult, hits)
    fitting = [h for h in hits.hits[1:5] if age is not None and fits_age(name_of(q.library, h.record), age)]
    best = name_of(q.library, hits.hits[0].record)
    if age is not None and fits_age(best, age) is False and fitting:
        return led_by(max(fitting, key=lambda h: _field(q, h) == _field(q, hits.hits[0])), hits)
    folded = fold(clause.text)
    for kind in (k for k in _KINDS if k in folded):
        heads = [kind in " | ".join(names_of(q.retriever.ground, h.record)) for h in hits.hits[:6]]
        if not heads[0] and any(heads):
            return led_by(hits.hits[heads.index(True)], hits)
    return hits


def _field(q: Question, hit: Hit) -> str:
    procedure = q.library.procedures.get(hit.record.key)
    return procedure.field if procedure else ""


def age_told(text: str) -> int | None:
    told = GROWN_UP if _GROWN.search(text) else SMALL if _SMALL.search(text) else None
    return next((int(m[1]) for m in _AGE.finditer(text)), told)


def age_of(text: str) -> int | None:
    """The age of whom it is for, told or known by who they are."""
    told = age_told(text)
    others = _CHILD.search(_ELDER.sub(" ", text))
    return GROWN_UP if told is None and _ELDER.search(text) and not others else told


def for_adults(q: Question, hits: Hits, age: int | None) -> Hit | None:
    """Where a grown person's paper is asked for, the record of the same name that people call one for grown persons."""
    if age is None or age < GROWN_UP:
        return None
    best = set(fold(name_of(q.library, hits.hits[0].record)).split())
    called = ((h, " | ".join(names_of(q.retriever.ground, h.record))) for h in hits.hits[:FEW])
    return next((h for h, names in called if _FOR_ADULTS.search(names) and best <= set(names.split())), None)


def of_another_age(q: Question, topic: Topic, key: str) -> bool:
    """After "con 15 tuổi thì sao" the record for smaller children is not what is spoken of, however its words fit."""
    age = age_told(topic.told)
    procedure = q.library.procedure(key)
    return age is not None and procedure is not None and fits_age(procedure.name, age) is False


def fits_age(name: str, age: int) -> bool | None:
    """Whether a record's name is for people of this age; None where it names no age."""
    limit = _LIMIT.search(fold(name))
    if limit is None:
        return None
    return age < int(limit[2]) if limit[1] == "duoi" else age >= int(limit[2])


# Common words that nevertheless tell one sibling from another, as they are typed with marks.
_TELLING_APART = frozenset({"mất", "lại", "bỏ", "hạn", "tên", "ten"})


def plainly_named(q: Question, clause: Clause, hits: Hits) -> Hit | None:
    """The record of just the name that is left when the common words are taken away ("khai sinh cho bé")."""
    subject = set(clause.subject.split())
    common = common_in(q, clause) - QUALIFIERS - _TELLING_APART
    words = [w for w in re.findall(r"[^\W\d]+", clause.text) if fold(w) in subject and w not in common]
    record = q.retriever.exact(fold(" ".join(words)))
    if record and not holds_all(q, record, words):
        return None  # with marks, "bằng lái hỏng" is no "sổ hồng … lại"
    age = age_of(clause.text)
    if record and age is not None and fits_age(name_of(q.library, record), age) is False:
        return None
    if for_adults(q, hits, age):
        return None
    return next((h for h in hits.hits[:4] if h.record == record), None) if record else None


def _said_whole(q: Question, hit: Hit, clause: Clause) -> bool:
    """Whether the record's name, or one of its aliases, stands in the clause word for word."""
    words = set(fold(clause.text).split())
    return any(set(name.split()) <= words for name in names_of(q.retriever.ground, hit.record))


def _told_words(q: Question, clause: Clause) -> frozenset[str]:
    common = common_in(q, clause)
    subject = set(clause.subject.split())
    words = (w for w in re.findall(r"\w+", clause.text) if fold(w) in subject)
    return frozenset(fold(w) for w in words if w not in common or (fold(w) in QUALIFIERS and fold(w) != "sao"))


def _names_hold(q: Question, hit: Hit, words: frozenset[str]) -> bool:
    if hit.record.kind is not RecordKind.PROCEDURE:
        return False
    return words <= set(" ".join(names_of(q.retriever.ground, hit.record)).split())


def _two_audiences(q: Question, fitting: list[Hit]) -> bool:
    if len(fitting) < 2 or any(a.search(q.reading.folded) for a in AUDIENCES):
        return False
    names = [fold(name_of(q.library, h.record)) for h in fitting[:2]]
    household, company = ([bool(a.search(n)) for n in names] for a in AUDIENCES)
    apart = household != company and any(household) and any(company)
    return apart and all(h.share < NEAR for h in fitting[2:])


def procedure_behind(q: Question, best: Hit, aspects: tuple[str, ...], hits: Hits) -> Hit | None:
    """A service stood first, but what is asked (a fee, papers, a time) is said by its procedure."""
    service = q.library.services.get(best.record.key)
    if service is None or not set(aspects) - {"truc_tuyen"}:
        return None
    return next((h for h in hits.hits if h.record.key in service.procedures), None)


def undecided_pair(q: Question, clause: Clause, one: Hit, other: Hit) -> bool:
    """Two siblings between whose names no word of the message chooses."""
    names = [set(fold(name_of(q.library, h.record)).split()) for h in (one, other)]
    asked = set(fold(clause.text).split())
    return not asked & (names[0] - names[1]) and not asked & (names[1] - names[0])


def generic_field(q: Question) -> tuple[str, ...]:
    """The procedures to offer when the message names a field and nothing in it ("thủ tục đất đai", "hộ tịch")."""
    asked = set(q.reading.subject.split()) - {
        "thu",
        "tuc",
        "linh",
        "vuc",
        "giay",
        "to",
        "hoi",
        "ve",
        "muon",
        "toi",
        "em",
    }
    if not asked or len(asked) > 5:
        return ()
    called = " ".join(w for w in q.reading.subject.split() if w in asked)
    for field, procedures in q.library.fields().items():
        words = fold(field).replace(",", " ").split()
        named = set(words)
        bare_field = len(words) == 2 and asked == {words[0]}
        if asked <= named and len(procedures) >= 3 and (len(asked) >= 2 or asked == named or bare_field):
            if not _as_written(q.reading.text, field, asked) or _of_one_name(called, procedures):
                continue
            ranked = sorted(procedures, key=lambda p: -p.popularity)
            return tuple(p.key for p in ranked[:MOST_OPTIONS])
    return ()


def _of_one_name(called: str, procedures: Iterable[Procedure]) -> bool:
    """ "khiếu nại": a field has the word too, but one of its procedures is called just so."""
    return len([p for p in procedures if fold(p.name).startswith(f"{called} ")]) == 1


def _as_written(text: str, field: str, asked: set[str]) -> bool:
    """With marks, "được" is none of the field "Dược"."""
    if text.isascii():
        return True
    written = set(re.findall(r"\w+", normalise(field)))
    return all(w in written for w in re.findall(r"\w+", normalise(text)) if fold(w) in asked)
