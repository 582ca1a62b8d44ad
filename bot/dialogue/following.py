"""With something in mind that was spoken of: what a clause without a subject of its own says of it, or of which of
several."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.dialogue.decision import SURE, SURE_OF_ANOTHER, UNKNOWN, Decision, Question, Target, name_heard
from bot.dialogue.particulars import is_yes_no
from bot.dialogue.session import Topic
from bot.dialogue.siblings import age_told, among_siblings, fits_age, of_another_age
from bot.dialogue.staying import NAMED_IN_COMMON
from bot.dialogue.strangers import NAMED, common_words, names_of, subjects_only, telling
from bot.dialogue.understanding import Clause, subject_of
from index.evidence import QUALIFIERS
from index.passages import RecordId, RecordKind
from index.retriever import Hits
from knowledge.vietnamese import expand, fold, told

# Words for what was spoken of, whatever it was.
THING = frozenset("viec vu cai chuyen thu tuc cau hoi khong a o da".split())
# Who does it and that it is done; what is done is what was spoken of.
_DOING = frozenset("em minh toi con chau no nop lam khai xin gui dang ky co phai can duoc khong".split())
_WHERE = frozenset("o tai ben tinh thanh pho xa phuong huyen quan que cho vung mien thi con neu toi em minh".split())
# Where somebody lives, or is registered, told beside a place: "em ở trọ Bình Dương hộ khẩu Cà Mau".
_LIVES = frozenset("nha tro song sinh dang gio hien nay chong vo dan nguoi tui".split())
_REGISTERED = frozenset(("ho", "khau"))
# Of the words that tell siblings apart, those that are said of anything.
_NO_CHANGE = frozenset("con sao cap dau lan moi ban bo nuoc ngoai ho gia".split())
# "trễ hạn" tells of the citizen's delay; "gia hạn", "hết hạn" of another procedure.
_LATE = re.compile(r"\b(?:tre|qua|muon|cham|dung) han\b")
_LATE_WORDS = frozenset("tre qua muon cham dung han".split())
# Who tells where he lives is told where to go.
PLACED = ("noi_nop",)
# Of whom an age is told: "đứa lớn 16 tuổi".
_SOMEBODY = frozenset("dua trai gai nhoc cu ut be lon nho".split())
_FREED = frozenset("mien giam phi le tien thu duoc".split())
_SAID_OF_ALL = re.compile(
    r"\bca (hai|ba|2|3)\b|\b(hai|ba) (?:cai|viec|thu tuc|giay)\b|\bcai nao (?:re|dat|mac|nhanh|mau|lau) hon\b"
)
# The first that was spoken of, whatever it was.
_FIRST = re.compile(r"\b(?:cai|vu|viec|cau|thu tuc|chuyen)(?: hoi)?(?: luc| hoi)? dau(?: tien)?\b(?! (?:tu|la))")
_ALL_OF_THEM = {"hai": 2, "2": 2, "ba": 3, "3": 3}


def all_of_them(q: Question) -> Decision | None:
    """ "cả hai hết bao nhiêu": what is asked, of each of the last two or three that were spoken of."""
    said = _SAID_OF_ALL.search(q.reading.folded)
    most = _ALL_OF_THEM[said[1] or said[2] or "hai"] if said else answered_together(q)
    topics = [t for t in q.session.topics if t.kind == "procedure"][:most]
    if len(topics) < 2 or len(q.reading.clauses) != 1 or telling(q, q.reading.clauses[0]):
        return None
    aspects = q.aspects_of(q.reading.clauses[0])
    return Decision(tuple(Target(t.kind, t.key, aspects or t.aspects, t.told, 1.0) for t in topics), score=1.0)


def answered_together(q: Question) -> int:
    """ "còn thời gian?" after one message with two answers: how many it is asked of."""
    clauses, one = q.reading.clauses, asks_the_first(q) or q.reading.marks - {"the_con", "con"} or q.reading.provinces
    if not q.session.several or one or len(clauses) != 1 or not clauses[0].aspects:
        return 0
    return min(3, max(2, len(q.session.listed)))


def sibling_of_age(q: Question, clause: Clause, topic: Topic) -> Target | None:
    """ "bé 15 tuổi thì sao" after the card for those under 14: the sibling for that age."""
    procedure = q.library.procedure(topic.key) if topic.kind == "procedure" else None
    age = age_told(clause.text)
    if procedure is None or age is None or fits_age(procedure.name, age) is not False:
        return None
    if set(map(fold, telling(q, clause))) - _SOMEBODY:
        return None
    kin = (p for p in q.library.procedures.values() if p.field == procedure.field and fits_age(p.name, age))
    found = next(kin, None)
    return Target("procedure", found.key, (), clause.text, 1.0) if found else None


def of_topic(q: Question, clause: Clause, topic: Topic, aspects: tuple[str, ...]) -> Decision | None:
    """What a clause without a subject of its own says of what was spoken of."""
    if q.session.topics and ("quay_lai" in q.reading.marks or asks_the_first(q)):
        back = returned_to(q, clause)
        return stay(back, clause.aspects or (() if clause.unstated else back.aspects), clause)
    if lacking := unanswered(q, clause, topic):
        return Decision(score=UNKNOWN - 0.01, absent=lacking)
    if clause.subject in ("", "tien") or (clause.aspects and _DOING.issuperset(clause.subject.split())):
        return stay(topic, aspects, clause)
    if not clause.absent and topic.kind != "contact" and only_a_place(q, clause):
        return stay(topic, clause.aspects or topic.aspects or PLACED, clause)
    if only_a_payer(q, clause, topic):
        return stay(topic, aspects or ("le_phi",), clause)
    if only_too_late(q, clause):
        return stay(topic, aspects, clause)
    if within_its_name(q, clause, topic):
        return stay(topic, aspects or topic.aspects, clause)
    if aged := sibling_of_age(q, clause, topic):
        return Decision((replace(aged, aspects=aspects or topic.aspects),), score=1.0)
    if says_nothing_new(q, clause):
        so = "the_con" in q.reading.marks
        return stay(topic, aspects or (topic.aspects if so else ()), clause)
    if switched := of_told(q, clause, topic):
        return Decision((replace(switched, aspects=aspects),), score=switched.score)
    if clause.absent or not only_a_place(q, clause):
        return None
    hits = subjects_only(q.find(f"{topic.told} {clause.text}"))
    return among_siblings(q, clause, aspects, hits) if hits else None


def unanswered(q: Question, clause: Clause, topic: Topic) -> str:
    """ "phí bao nhiêu" right after a thing was named that is not here: it is asked of that, not of what was spoken of
    before it."""
    if clause.subject or "quay_lai" in q.reading.marks or topic.kind != "procedure":
        return ""
    before = expand(q.session.last_question, q.library.language)
    spans = told(q.library.language.absent, before)
    if is_yes_no(before):  # "cần dịch thuật không" asks of a part of it
        return ""
    return spans[0].key if spans and not topic.told.endswith(before[-100:].strip()) else ""


def only_a_payer(q: Question, clause: Clause, topic: Topic) -> bool:
    """ "hộ nghèo thì sao" after a fee: the same fee, of them."""
    if topic.kind != "procedure" or "le_phi" not in (clause.aspects or topic.aspects):
        return False
    spans = told(q.library.language.payers, clause.text)
    if not spans:
        return False
    left = subject_of(clause.text, spans).split()
    common = common_words(q.library.language, bare=True)
    return all(w in common or w in _FREED or w not in clause.subject.split() for w in left)


def only_too_late(q: Question, clause: Clause) -> bool:
    """ "trễ hạn thì phạt bao nhiêu": one's own delay, with what is spoken of."""
    words = {fold(w) for w in telling(q, clause)}
    return bool(clause.unstated) and bool(_LATE.search(fold(clause.text))) and words <= _LATE_WORDS


def within_its_name(q: Question, clause: Clause, topic: Topic) -> bool:
    """Words that all stand in the name of what is spoken of, and name nothing else by themselves."""
    record, words = RecordId(RecordKind.PROCEDURE, topic.key), set(clause.subject.split())
    if record not in q.retriever.ground.number or not words or q.retriever.exact(clause.subject):
        return False
    return words <= set(names_of(q.retriever.ground, record)[0].split()) and not telling(q, clause)


def says_nothing_new(q: Question, clause: Clause) -> bool:
    """ "thế 16 tuổi thì sao", "có cần bố mẹ ký không", "không khai có bị phạt không": common words and figures, none of
    which says that something else is meant."""
    if clause.absent or q.reading.events or "sua" in q.reading.marks or telling(q, clause):
        return False
    hits = subjects_only(q.find(clause.text))
    if any(name in clause.subject for name in NAMED_IN_COMMON):
        return False
    heard = SURE_OF_ANOTHER if clause.unstated else NAMED
    if any(name_heard(h) >= heard for h in hits.hits[:2]):
        return False
    if hits and hits.confidence >= SURE_OF_ANOTHER and name_heard(hits.hits[0]) >= NAMED / 2:
        return False
    changes = set(_LATE.sub("", clause.subject).split()) & (QUALIFIERS - _NO_CHANGE)
    return not changes and len(clause.text.split()) <= 10 and q.retriever.exact(clause.subject) is None


def of_told(q: Question, clause: Clause, topic: Topic) -> Target | None:
    """After a story with several procedures, a further detail of it chooses among them."""
    kin = {t.key: t for t in q.session.topics if t.told and topic.told.startswith(t.told)}
    if q.session.several or len(kin) < 2 or not telling(q, clause):
        return None
    alone = subjects_only(q.find(clause.text))
    if named := _named_of(q, clause, alone, kin):
        return Target("procedure", named, (), clause.text, 1.0)
    hits = subjects_only(q.find(f"{topic.told} {clause.text}"))
    best = next(iter(hits.hits), None)
    if best is None or best.record.key == topic.key or best.record.key not in kin or hits.confidence < SURE:
        return None
    if alone.confidence >= SURE and alone.hits[0].record.key not in kin and name_heard(alone.hits[0]) >= NAMED:
        return None
    return Target("procedure", best.record.key, (), f"{topic.told} {clause.text}"[-600:], hits.confidence)


def _named_of(q: Question, clause: Clause, hits: Hits, kin: Iterable[str]) -> str:
    """The one among these that a clause names in passing ("bằng lái thì sao" after a lost wallet); "" for none."""
    words, keys = set(clause.subject.split()) - THING, set(kin)
    called = [
        (name_heard(h), h.share, h.record.key)
        for h in hits.hits[:3]
        if h.record.key in keys and words <= set(" ".join(names_of(q.retriever.ground, h.record)).split())
    ]
    return max(called)[2] if called and words & set(map(fold, telling(q, clause))) else ""


def only_a_place(q: Question, clause: Clause) -> bool:
    """ "ở Đà Nẵng thì sao": the same question, of another place."""
    if not q.reading.provinces:
        return False
    named = (q.library.places[k] for k in q.reading.provinces)
    words = {w for p in named for w in fold(" ".join((p.name, *p.formed_from, *p.aliases))).split()}
    said = set(clause.subject.split())
    return said <= words | _WHERE | _LIVES | (_REGISTERED if {"o", "tro"} & said else frozenset())


def spoken_of(q: Question, topic: Topic, hits: Hits) -> Topic | None:
    """Another procedure of this conversation that the words fit clearly better than the one spoken of last."""
    others = {t.key: t for t in q.session.topics[1:] if t.kind == "procedure" and not of_another_age(q, topic, t.key)}
    share = next((h.share for h in hits.hits if h.record.key == topic.key), 0.0)
    best = next((h for h in hits.hits[:3] if h.record.key in others), None)
    if best is None or best.share < NAMED / 2 or best.share < 2 * share:
        return None
    return others[best.record.key]


def stay(topic: Topic, aspects: tuple[str, ...], clause: Clause) -> Decision:
    if topic.kind == "plan":
        return Decision()
    told = f"{topic.told}\n{clause.text}".strip()[-600:]
    return Decision((Target(topic.kind, topic.key, aspects, told, 1.0, unstated=clause.unstated),), score=1.0)


def asks_the_first(q: Question) -> bool:
    """ "cái đầu tiên nộp ở đâu", after several things were spoken of one after the other."""
    return bool(_FIRST.search(q.reading.folded)) and len(q.session.begun) > 1


def returned_to(q: Question, clause: Clause) -> Topic:
    """The earlier topic that the words fit best; without words, the one before the last, or the first of all."""
    topics = tuple(t for t in q.session.topics if t.kind != "plan") or q.session.topics
    if _FIRST.search(q.reading.folded) and not telling(q, clause):
        return next((t for key in q.session.begun for t in topics if t.key == key), topics[-1])
    words = " ".join(w for w in clause.subject.split() if w not in THING)
    if not words:
        return topics[min(1, len(topics) - 1)]
    shares = {h.record.key: h.share for h in q.retriever.search(words, 30).hits}
    return max(topics, key=lambda t: (shares.get(t.key, 0.0), -topics.index(t)))
