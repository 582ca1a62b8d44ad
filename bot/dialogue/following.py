"""With something in mind that was spoken of: when a clause stays with it, and with which of several."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.decision import SURE, UNKNOWN, Decision, Question, Target, name_heard
from bot.dialogue.particulars import is_yes_no
from bot.dialogue.session import Topic
from bot.dialogue.siblings import age_told, among_siblings, fits_age
from bot.dialogue.strangers import FEW, NAMED, common_words, holds_all, names_of, subjects_only, telling, without
from bot.dialogue.understanding import Clause, subject_of
from index.evidence import QUALIFIERS
from index.passages import RecordId, RecordKind
from index.retriever import Hit, Hits
from knowledge.vietnamese import fold, told

# With a topic in mind, words that would not be enough on their own still point at it.
STAY = 0.22
# A question that names nothing leaves the topic only when the index is this sure of another.
SURE_OF_ANOTHER = 0.75
STAY_UNDER = 0.4
# Said of any procedure's course, and so of what was spoken of.
_COURSE = re.compile(
    r"\b(?:kết quả|ket qua|bản (?:gốc|chính|sao)|ban (?:goc|chinh|sao)|giải quyết|giai quyet|"
    r"xác nhận|xac nhan|cán bộ|can bo)\b",
    re.I,
)
# Words for what was spoken of, whatever it was.
THING = frozenset("viec vu cai chuyen thu tuc cau hoi khong a o da".split())
_SO = re.compile(r"\bthi sao\W*$")
# Who does it and that it is done; what is done is what was spoken of.
_DOING = frozenset("em minh toi con chau no nop lam khai xin gui dang ky co phai can duoc khong".split())
_BECAUSE = re.compile(r"(?:la )?(?:vi|do|tai|boi)\b")
_WHERE = frozenset("o tai ben tinh thanh pho xa phuong huyen quan que cho vung mien thi con neu toi em minh".split())
# Of the words that tell siblings apart, those that are said of anything.
_NO_CHANGE = frozenset("con sao mat cap dau lan moi ban bo nuoc ngoai ho gia".split())
# "trễ hạn" tells of the citizen's delay; "gia hạn", "hết hạn" of another procedure.
_LATE = re.compile(r"\b(?:tre|qua|muon|cham|dung) han\b")
_LATE_WORDS = frozenset("tre qua muon cham dung han".split())
_FREED = frozenset("mien giam phi le tien thu duoc".split())
# A name whose words are all common ones.
_NAMED_IN_COMMON = ("sang ten",)
_SAID_OF_ALL = re.compile(
    r"\bca (hai|ba|2|3)\b|\b(hai|ba) (?:cai|viec|thu tuc|giay)\b|\bcai nao (?:re|dat|mac|nhanh|mau|lau) hon\b"
)
_ALL_OF_THEM = {"hai": 2, "2": 2, "ba": 3, "3": 3}


def all_of_them(q: Question) -> Decision | None:
    """ "cả hai hết bao nhiêu": what is asked, of each of the last two or three that were spoken of."""
    said = _SAID_OF_ALL.search(q.reading.folded)
    most = _ALL_OF_THEM[said[1] or said[2] or "hai"] if said else 0
    topics = [t for t in q.session.topics if t.kind == "procedure"][:most]
    if len(topics) < 2 or len(q.reading.clauses) != 1 or telling(q, q.reading.clauses[0]):
        return None
    aspects = q.aspects_of(q.reading.clauses[0])
    return Decision(tuple(Target(t.kind, t.key, aspects or t.aspects, t.told, 1.0) for t in topics), score=1.0)


def within(q: Question, clause: Clause, key: str) -> bool:
    """Whether every telling word of a clause that names nothing known stands in the record spoken of."""
    words, record = telling(q, clause), RecordId(RecordKind.PROCEDURE, key)
    return not words or record not in q.retriever.ground.number or holds_all(q, record, words)


def of_something_else(q: Question, clause: Clause, topic: Topic) -> bool:
    """ "quan tài bao nhiêu tiền" after a marriage's fee: a short question with a word that the record spoken of nowhere
    holds and that is said neither of people nor of any procedure's course."""
    lists = q.library.language
    spans = sorted({*told(lists.audiences, clause.text), *told(lists.payers, clause.text)}, key=lambda t: t.start)
    text = _COURSE.sub(" ", without(clause.text, spans))
    words = telling(q, replace(clause, text=text))
    return 0 < len(words) <= FEW and not within(q, replace(clause, text=text), topic.key)


def sibling_of_age(q: Question, clause: Clause, topic: Topic) -> Target | None:
    """ "bé 15 tuổi thì sao" after the card for those under 14: the sibling for that age."""
    procedure = q.library.procedure(topic.key) if topic.kind == "procedure" else None
    age = age_told(clause.text)
    if procedure is None or age is None or fits_age(procedure.name, age) is not False or telling(q, clause):
        return None
    kin = (p for p in q.library.procedures.values() if p.field == procedure.field and fits_age(p.name, age))
    found = next(kin, None)
    return Target("procedure", found.key, (), clause.text, 1.0) if found else None


def speaks_of(q: Question, clause: Clause, topic: Topic, hits: Hits) -> bool:
    """Whether nothing in the clause is foreign to the topic, and nothing found is surely named by it."""
    turns = {"sua", "the_con"} & q.reading.marks
    record = RecordId(RecordKind.PROCEDURE, topic.key)
    if turns or q.reading.events or record not in q.retriever.ground.records:
        return False
    if hits.confidence < STAY_UNDER and len(clause.text.split()) <= 8 and not of_something_else(q, clause, topic):
        return True
    return name_heard(hits.hits[0]) < NAMED and holds_all(q, record, telling(q, clause))


def of_topic(q: Question, clause: Clause, topic: Topic, aspects: tuple[str, ...]) -> Decision | None:
    """What a clause without a subject of its own says of what was spoken of."""
    if "quay_lai" in q.reading.marks and q.session.topics:
        back = returned_to(q, clause)
        return stay(back, clause.aspects or (() if clause.unstated else back.aspects), clause)
    if not clause.subject or (clause.aspects and _DOING.issuperset(clause.subject.split())):
        return stay(topic, aspects, clause)
    if not clause.absent and topic.kind != "contact" and only_a_place(q, clause):
        return stay(topic, clause.aspects or topic.aspects, clause)
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
    if any(name in clause.subject for name in _NAMED_IN_COMMON):
        return False
    heard = SURE_OF_ANOTHER if clause.unstated else NAMED
    if any(name_heard(h) >= heard for h in hits.hits[:2]):
        return False
    if hits and hits.confidence >= SURE_OF_ANOTHER and name_heard(hits.hits[0]) >= NAMED / 2:
        return False
    lost = {"mat"} if "the_con" in q.reading.marks else set()  # "thế còn mất bằng?" turns to the lost one
    changes = set(_LATE.sub("", clause.subject).split()) & (QUALIFIERS - (_NO_CHANGE - lost))
    return not changes and len(clause.text.split()) <= 10 and q.retriever.exact(clause.subject) is None


def of_told(q: Question, clause: Clause, topic: Topic) -> Target | None:
    """After a story with several procedures, a further detail of it chooses among them."""
    kin = {t.key: t for t in q.session.topics if t.told and topic.told.startswith(t.told)}
    if q.session.several or len(kin) < 2 or not telling(q, clause):
        return None
    hits = subjects_only(q.find(f"{topic.told} {clause.text}"))
    best = next(iter(hits.hits), None)
    if best is None or best.record.key == topic.key or best.record.key not in kin or hits.confidence < SURE:
        return None
    alone = subjects_only(q.find(clause.text))
    if alone.confidence >= SURE and alone.hits[0].record.key not in kin and name_heard(alone.hits[0]) >= NAMED:
        return None
    return Target("procedure", best.record.key, (), f"{topic.told} {clause.text}"[-600:], hits.confidence)


def only_a_place(q: Question, clause: Clause) -> bool:
    """ "ở Đà Nẵng thì sao": the same question, of another place."""
    if not q.reading.provinces:
        return False
    named = (q.library.places[k] for k in q.reading.provinces)
    words = {w for p in named for w in fold(" ".join((p.name, *p.formed_from, *p.aliases))).split()}
    return set(clause.subject.split()) <= words | _WHERE


def stays(q: Question, clause: Clause, topic: Topic, hits: Hits) -> bool:
    """Whether a clause with words of its own still speaks of the topic."""
    best = hits.hits[0]
    named = max((name_heard(h) for h in hits.hits[:3]), default=0.0)
    weak = named < NAMED and hits.confidence < SURE_OF_ANOTHER
    so = hits.confidence < SURE and named < NAMED and _SO.search(q.reading.folded)
    if "sua" in q.reading.marks or ("the_con" in q.reading.marks and not so):
        return False
    because = _BECAUSE.match(q.reading.folded) and len(clause.text.split()) <= 8
    if best.record.key == topic.key or because:
        return True
    apart = hits.confidence >= SURE and not within(q, clause, topic.key)
    if apart and holds_all(q, best.record, telling(q, clause)):
        return False
    share = next((h.share for h in hits.hits if h.record.key == topic.key), 0.0)
    if share < STAY and of_something_else(q, clause, topic):
        return False
    few = len(clause.subject.split()) <= 2
    asks = bool(q.aspects_of(clause)) or bool(clause.unstated)
    if weak and asks and len(clause.text.split()) <= 14 and same_field(q, topic, best):
        return True
    if few and asks and named < 0.5:
        return True
    whom = bool(told(q.library.language.audiences, clause.text))
    spoken = whom or is_yes_no(clause.text) or within(q, clause, topic.key)
    if spoken and len(clause.text.split()) <= 8 and named < 0.3 and not q.reading.events:
        return True
    if hits.confidence >= SURE:
        return False
    return share >= STAY or (hits.known < UNKNOWN and named < NAMED and (asks or few))


def same_field(q: Question, topic: Topic, hit: Hit) -> bool:
    one, other = q.library.procedures.get(topic.key), q.library.procedures.get(hit.record.key)
    return one is not None and other is not None and one.field == other.field


def spoken_of(q: Question, topic: Topic, hits: Hits) -> Topic | None:
    """Another procedure of this conversation that the words fit clearly better than the one spoken of last."""
    others = {t.key: t for t in q.session.topics[1:] if t.kind == "procedure"}
    share = next((h.share for h in hits.hits if h.record.key == topic.key), 0.0)
    best = next((h for h in hits.hits[:3] if h.record.key in others), None)
    if best is None or best.share < NAMED / 2 or best.share < 2 * share:
        return None
    return others[best.record.key]


def stay(topic: Topic, aspects: tuple[str, ...], clause: Clause) -> Decision:
    if topic.kind == "plan":
        return Decision()
    told = f"{topic.told} {clause.text}".strip()[-600:]
    return Decision((Target(topic.kind, topic.key, aspects, told, 1.0, unstated=clause.unstated),), score=1.0)


def returned_to(q: Question, clause: Clause) -> Topic:
    """The earlier topic that the words fit best; without words, the one before the last."""
    topics = tuple(t for t in q.session.topics if t.kind != "plan") or q.session.topics
    words = " ".join(w for w in clause.subject.split() if w not in THING)
    if not words:
        return topics[min(1, len(topics) - 1)]
    shares = {h.record.key: h.share for h in q.retriever.search(words, 30).hits}
    return max(topics, key=lambda t: (shares.get(t.key, 0.0), -topics.index(t)))
