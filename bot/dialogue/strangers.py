"""Whether what is asked about is here at all. Words that only lie near a record are no evidence for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from bot.dialogue.decision import Question, name_heard
from bot.dialogue.understanding import Clause
from index.evidence import CALLS_CONTACT, Ground
from index.passages import RecordId, RecordKind
from index.retriever import Hit, Hits
from knowledge.library import Library
from knowledge.records import Language
from knowledge.vietnamese import Told, fold, told
from knowledge.vietnamese.identity import Same

# From this confidence on, and with this much of its name in the question, a record is believed whatever else is said.
BELIEVED, NAMED = 0.6, 0.5
# Only in a short question does one strange word tell that it is about something else; a story holds many.
FEW = 5
BELIEVED_ALWAYS, NEAR_ENOUGH = 0.9, 0.04
# Under this confidence, and with so little of its name said, what was found has to hold the question's words.
HEARD, HARDLY = 0.7, 0.3
_LINKS = frozenset("vì trên dưới nhưng nên hoặc theo cùng để do bởi tren duoi nhung nen hoac theo cung boi".split())
_WORD = re.compile(r"\w+")
# "… ở Việt Nam" is said of anything.
_HOME = frozenset({"viet", "nam"})
_FIRMLY = re.compile(
    r"\b(?:đòi|bắt|yêu cầu|buộc|doi|bat|yeu cau)(?: (?:phải|nộp|có|phai|nop|co)){0,2} "
    r"(?=giấy|tờ|bản|xác nhận|giay|to|ban|xac nhan)"
)
_PAPERS = re.compile(r"\b(?:thu tuc|giay phep|ho so|cap phep|xin phep|giay to|dang ky)\b")


def foreign(hits: Hits) -> bool:
    """Hardly a word of the question stands in the best record's names or asks: nearness alone is no evidence."""
    seen = hits.hits[0].evidence
    return not hits.by_code and seen.get("question_covered", 1) < 0.3 and seen.get("name_covered", 1) < 0.2


def absent(q: Question, clause: Clause, hits: Hits) -> str:
    """The thing told that no record is about, by its key. "" where a record of just that name is among those found, or
    where it is told in passing ("con đi mẫu giáo, muốn làm căn cước")."""
    if not clause.absent:
        return ""
    spans = told(q.library.language.absent, clause.text)
    best = next(iter(hits.hits), None)
    where = set(q.aspects_of(clause)) <= {"truc_tuyen"}
    if best is not None and best.record.kind is RecordKind.SERVICE and hits.confidence >= BELIEVED and where:
        return ""
    called = CALLS_CONTACT.search(q.reading.folded)
    near = (h.record for h in hits.hits[:5] if called or h.record.kind is not RecordKind.CONTACT)
    names = [n for r in near for n in names_of(q.retriever.ground, r)]
    if any(t.phrase in n for t in spans for n in names) or _in_passing(q, clause, spans):
        return ""
    return clause.absent[0]


def demanded(q: Question, clause: Clause) -> Clause:
    """ "ngân hàng đòi giấy độc thân", "công ty bắt nộp giấy …": the paper is asked about, and not who demands it."""
    demand = _FIRMLY.search(clause.text)
    rest = clause.text[demand.end() :] if demand else ""
    if not rest or not q.retriever.said_in(rest):
        return clause
    words = set(_WORD.findall(fold(rest)))
    subject = " ".join(w for w in clause.subject.split() if w in words)
    absent = tuple(t.key for t in told(q.library.language.absent, rest))
    return replace(clause, text=rest, subject=subject, absent=absent)


def _in_passing(q: Question, clause: Clause, spans: Iterable[Told]) -> bool:
    """Whether what is left without the absent thing names a record by itself, and not the one of which the absent thing
    is a variant ("khai sinh cho trẻ sinh ở nước ngoài")."""
    left = named_without(q, fold(clause.text), spans)
    if left is None or left.confidence < BELIEVED or name_heard(left.hits[0]) < NAMED or _amid(q, clause, spans):
        return False
    lacking = " | ".join(fold(w.name) for w in q.library.language.absent if w.key in {t.key for t in spans})
    beside = telling(q, replace(clause, text=without(clause.text, spans)))
    if set(map(fold, beside)) <= set(lacking.split()):
        return False
    names = names_of(q.retriever.ground, left.hits[0].record)
    return not any(" " in name and re.search(rf"\b{re.escape(name)}\b", lacking) for name in names)


def _amid(q: Question, clause: Clause, spans: Iterable[Told]) -> bool:
    """ "thành lập chi nhánh công ty": the absent thing stands amid the words of the name, and is what it is about."""
    words = set(telling(q, clause))
    beside = ((_WORD.findall(clause.text[: t.start])[-1:], _WORD.findall(clause.text[t.end :])[:1]) for t in spans)
    return any(before and after and {*before, *after} <= words for before, after in beside)


def named_without(q: Question, text: str, spans: Iterable[Told]) -> Hits | None:
    """What is found by the text without these words, where that surely names a procedure."""
    left = without(text, spans)
    words = [w for w in telling(q, Clause(left, (), fold(left))) if fold(w) not in _HOME]
    if len(words) < 2:
        return None
    found = (subjects_only(q.find(said)) for said in (left, " ".join(words)))
    return next((hits for hits in found if _surely_named(q, words, hits)), None)


def _surely_named(q: Question, words: Iterable[str], hits: Hits) -> bool:
    best = next(iter(hits.hits), None)
    if best is None or best.record.kind is not RecordKind.PROCEDURE:
        return False
    whole = name_heard(best) == 1 and best.share >= NAMED
    if hits.confidence < (NAMED if whole else BELIEVED):
        return False
    names = names_of(q.retriever.ground, best.record)
    return name_heard(best) >= NAMED or any(set(map(fold, words)) <= set(name.split()) for name in names)


def without(text: str, spans: Iterable[Told]) -> str:
    """The text as written, without these words."""
    for t in spans:
        text = f"{text[: t.start]}{' ' * (t.end - t.start)}{text[t.end :]}"
    return " ".join(text.split())


def strange(q: Question, clause: Clause, hits: Hits) -> bool:
    """A short question that the best record is not sure to answer, with a telling word that it nowhere holds."""
    best = hits.hits[0]
    if (
        best.record.kind is RecordKind.CONTACT
        or hits.by_code
        or hits.confidence >= BELIEVED
        or name_heard(best) >= NAMED
    ):
        return False
    words = telling(q, clause)
    if not 0 < len(words) <= FEW:
        return False
    return not holds_all(q, best.record, words)


def unheard(q: Question, clause: Clause, hits: Hits) -> bool:
    """Nobody said the record's name, and half the words of two syllables, or more, stand nowhere in it ("thẻ đảng
    viên", "sổ tiêm chủng"): the syllables alone are no evidence."""
    best = hits.hits[0]
    known = hits.by_code or hits.confidence >= HEARD or name_heard(best) >= HARDLY
    if known or best.record.kind is not RecordKind.PROCEDURE:
        return False
    words = set(telling(q, clause)) - _LINKS
    pairs = [f"{one} {other}" for one, other in pairwise(_WORD.findall(clause.text)) if {one, other} <= words]
    held, bare = q.retriever.ground.pairs_of(best.record)
    missing = [pair for pair in pairs if pair not in (bare if pair.isascii() else held)]
    return bool(pairs) and 2 * len(missing) >= len(pairs)


def telling(q: Question, clause: Clause) -> tuple[str, ...]:
    """The words of a clause, as written, that tell what it is about: no common words, figures or names of places."""
    subject = set(clause.subject.split())
    common = common_in(q, clause)
    places = {w for key in q.reading.provinces for w in _place_words(q, key)}
    words = (w for w in _WORD.findall(clause.text) if fold(w) in subject and w not in common)
    return tuple(w for w in words if fold(w) not in places and not any(c.isdigit() for c in w))


def runs(q: Question, clause: Clause) -> list[str]:
    """The telling words of a clause, those that stand side by side together."""
    words, found = set(telling(q, clause)), list[list[str]]([[]])
    for word in _WORD.findall(clause.text):
        if word in words:
            found[-1].append(word)
        elif found[-1]:
            found.append([])
    return [" ".join(run) for run in found if run]


def common_in(q: Question, clause: Clause) -> frozenset[str]:
    """The common words as this clause is typed; a short form written out makes no message one with marks."""
    words = common_words(q.library.language, bare=q.reading.bare or clause.text.isascii())
    hidden = _hidden_in(q, clause) if q.reading.bare else frozenset()
    return words - hidden if hidden else words  # asked for dozens of times in a turn, and hardly ever is one hidden


def _hidden_in(q: Question, clause: Clause) -> frozenset[str]:
    """ "ho chieu" typed without marks is no "họ chiều": words that look like common ones, side by side in a name."""
    named = _look_common(Same(q.library))
    return frozenset(w for pair in pairwise(_WORD.findall(fold(clause.text))) if pair in named for w in pair)


@lru_cache(maxsize=4)
def _look_common(same: Same) -> frozenset[tuple[str, str]]:
    """Pairs of words of the names of procedures, neither of them common, that without marks look like common ones."""
    library: Library = same.it
    words, bare = common_words(library.language), common_words(library.language, bare=True)
    names = (name.lower() for p in library.procedures.values() for name in (p.name, *p.aliases) if not name.isascii())
    pairs = (pair for name in names for pair in pairwise(_WORD.findall(name)) if words.isdisjoint(pair))
    folded = ((fold(one), fold(other)) for one, other in pairs)
    return frozenset(pair for pair in folded if bare.issuperset(pair))


def common_words(language: Language, bare: bool = False) -> frozenset[str]:
    """Words that say nothing of the subject; `bare`: folded as well, for a message without marks."""
    return _common(Same(language))[bare]


@lru_cache(maxsize=4)
def _common(same: Same) -> tuple[frozenset[str], frozenset[str]]:
    words = frozenset(w for listed in same.it.common for w in listed.phrases)
    return words, words | frozenset(map(fold, words))


def holds_all(q: Question, record: RecordId, words: Iterable[str]) -> bool:
    """Whether every one of these words stands somewhere in a record."""
    held, bare = q.retriever.ground.words_of(record)
    return all(w in (bare if w.isascii() else held) for w in words)


def holding_first(q: Question, clause: Clause, hits: Hits) -> Hits:
    """With marks, "biển" is none of "sổ đỏ": where the best record nowhere holds a telling word and another one near it
    holds them all, that one is meant."""
    words, best = telling(q, clause), hits.hits[0]
    surely = name_heard(best) >= NAMED and hits.confidence >= BELIEVED
    if hits.by_code or not 0 < len(words) < FEW or hits.confidence >= BELIEVED_ALWAYS or surely:
        return hits
    if holds_all(q, best.record, words):
        return hits
    kind = best.record.kind
    near = (h for h in hits.hits[1:5] if h.share >= NEAR_ENOUGH and h.record.kind is kind)
    other = next((h for h in near if holds_all(q, h.record, words) and name_heard(h) > 0), None)
    return hits if other is None else led_by(other, hits)


def led_by(hit: Hit, hits: Hits) -> Hits:
    kept = (hit, *(h for h in hits.hits if h is not hit))
    return Hits(kept, hits.confidence, hits.known, hits.question, hits.by_code)


def _place_words(q: Question, key: str) -> Iterable[str]:
    place = q.library.places[key]
    return fold(" ".join((place.name, *place.formed_from, *place.aliases))).split()


def names_of(ground: Ground, record: RecordId) -> tuple[str, ...]:
    """The folded name and aliases of a record."""
    return ground.faces[ground.number[record]].names


def wants_papers(folded: str) -> bool:
    """Papers are asked for, not a number: a hotline of the same words answers nothing."""
    return bool(_PAPERS.search(folded)) and not CALLS_CONTACT.search(folded)


def without_contacts(hits: Hits) -> Hits:
    kept = tuple(h for h in hits.hits if h.record.kind is not RecordKind.CONTACT)
    return Hits(kept, hits.confidence, hits.known, hits.question, hits.by_code)


def of_this_place(q: Question, hits: Hits) -> Hits:
    """Without the numbers of a province that nobody named or chose."""
    here = {*q.reading.provinces}
    if q.session.place and (chosen := q.library.province(q.session.place)):
        here.add(chosen.key)
    kept = tuple(h for h in hits.hits if h.record.kind is not RecordKind.CONTACT or _tied_to(q, h) <= here)
    return Hits(kept, hits.confidence, hits.known, hits.question, hits.by_code) if kept else hits


def _tied_to(q: Question, hit: Hit) -> set[str]:
    contact = q.library.contacts.get(hit.record.key)
    name = fold(contact.name) if contact else ""
    return {key for place, key in q.library.province_names() if len(place) > 4 and re.search(rf"\b{place}\b", name)}


def subjects_only(hits: Hits) -> Hits:
    """Procedures, hotlines and services; plans and places are answered elsewhere."""
    kept = tuple(h for h in hits.hits if h.record.kind not in (RecordKind.PLAN, RecordKind.PLACE))
    return Hits(kept, hits.confidence, hits.known, hits.question, hits.by_code)


def near_keys(hits: Hits) -> tuple[str, ...]:
    """Names worth offering although nothing is sure."""
    named = (h for h in hits.hits[:4] if h.evidence.get("name_covered", 0) > 0.15)
    return tuple(h.record.key for h in named if h.share >= 0.1 and hits.known >= 0.25)[:3]
