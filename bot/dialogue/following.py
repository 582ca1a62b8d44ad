"""With something in mind that was spoken of: when a clause stays with it, and with which of several."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from bot.dialogue.decision import SURE, Decision, Question, Target, name_heard
from bot.dialogue.particulars import is_yes_no, of_words
from bot.dialogue.procedure_parts import told_case
from bot.dialogue.session import Topic
from bot.dialogue.siblings import age_told, among_siblings, fits_age
from bot.dialogue.strangers import FEW, NAMED, common_words, holds_all, names_of, runs, subjects_only, telling, without
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
SURELY, NAMED_WHOLE = 0.9, 0.75
# Said of any procedure's course, and so of what was spoken of.
_COURSE = re.compile(
    r"\b(?:kết quả|ket qua|bản (?:gốc|chính|sao)|ban (?:goc|chinh|sao)|giải quyết|giai quyet|"
    r"xác nhận|xac nhan|cán bộ|can bo)\b",
    re.I,
)
_ASKING_AFTER = frozenset("thi sao a khong nhi roi nua co".split())
# Words for what was spoken of, whatever it was.
THING = frozenset("viec vu cai chuyen thu tuc cau hoi khong a o da".split())
_SO = re.compile(r"\bthi sao\W*$")
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
    words = foreign_to(q, clause, topic)
    return bool(words) and len(_own_words(q, clause)) <= FEW


def foreign_to(q: Question, clause: Clause, topic: Topic) -> list[str]:
    """Telling words that stand nowhere in the record spoken of, but for those of people and of a procedure's course."""
    record = RecordId(RecordKind.PROCEDURE, topic.key)
    if record not in q.retriever.ground.number:
        return []
    return [w for w in _own_words(q, clause) if not holds_all(q, record, (w,))]


def _own_words(q: Question, clause: Clause) -> tuple[str, ...]:
    apart = _apart_from_people(q, clause)
    return telling(q, replace(apart, text=_COURSE.sub(" ", apart.text)))


def _apart_from_people(q: Question, clause: Clause) -> Clause:
    lists = q.library.language
    spans = sorted({*told(lists.audiences, clause.text), *told(lists.payers, clause.text)}, key=lambda t: t.start)
    return replace(clause, text=without(clause.text, spans))


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
    if not clause.subject:
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
    because = _BECAUSE.match(q.reading.folded) and len(clause.text.split()) <= 8
    if "sua" in q.reading.marks:
        return False
    if because or best.record.key == topic.key or tells_of(q, clause, topic, hits):
        return True
    if moves_on(q, clause, topic, hits):
        return False
    asks = bool(q.aspects_of(clause)) or bool(clause.unstated)
    whether = is_yes_no(clause.text) or _SO.search(q.reading.folded) or told(q.library.language.audiences, clause.text)
    share = next((h.share for h in hits.hits if h.record.key == topic.key), 0.0)
    short = len(clause.text.split()) <= 8 and max(map(name_heard, hits.hits[:3])) < NAMED
    if topic.kind != "procedure" and hits.confidence >= SURE and not (short and clause.unstated):
        return False
    return (
        bool(whether and not all_foreign(q, clause, topic))
        or share >= STAY
        or (asks and not of_something_else(q, clause, topic))
    )


def tells_of(q: Question, clause: Clause, topic: Topic, hits: Hits) -> bool:
    """A case of the topic's own, or words that stand together in one of its sentences, where no other thing is named
    whole: "chưa đủ 18 thì sao"."""
    p = q.library.procedure(topic.key) if topic.kind == "procedure" else None
    named = [r.key for r in q.retriever.said_in(clause.text)]
    named += [h.record.key for h in hits.hits[:3] if name_heard(h) >= NAMED_WHOLE]
    if p is None or set(named) - {topic.key} or named_elsewhere(q, clause, topic, hits):
        return False
    return told_case(p, clause.text) is not None or bool(of_words(p, telling(q, clause)))


def named_elsewhere(q: Question, clause: Clause, topic: Topic, hits: Hits) -> bool:
    """What is said stands whole in another's name ("doanh nghiệp tư nhân?", "mất biển số thì sao"), and not, as
    something to be asked of it, in the record spoken of."""
    said, ground, record = clause.subject.split(), q.retriever.ground, RecordId(RecordKind.PROCEDURE, topic.key)
    while said and said[-1] in _ASKING_AFTER:
        said.pop()
    if len(said) < 2 or record not in ground.number or not telling(q, clause):
        return False
    phrase = f" {' '.join(said)} "
    if not any(phrase in _names(q, h.record) for h in hits.hits[:3]) or phrase in _names(q, record):
        return False
    _, held = ground.pairs_of(record)
    return not _SO.search(q.reading.folded) or not all(" ".join(pair) in held for pair in pairwise(said))


def _names(q: Question, record: RecordId) -> str:
    known = record in q.retriever.ground.number
    return f" {' | '.join(names_of(q.retriever.ground, record))} " if known else ""


def moves_on(q: Question, clause: Clause, topic: Topic, hits: Hits) -> bool:
    """Whether another thing is named, or told at such length that what was found is no chance likeness: few words are
    like many things."""
    others = [h for h in hits.hits[:3] if h.record.key != topic.key]
    if not others or any(name_heard(h) >= NAMED for h in others) or named_elsewhere(q, clause, topic, hits):
        return bool(others)
    words = telling(q, clause)
    mine = _named_by(q, clause, RecordId(RecordKind.PROCEDURE, topic.key))
    enough = len(words) > 1 or (words and hits.confidence >= SURE)
    if enough and not mine and any(_named_by(q, clause, h.record) for h in others):
        return True
    at_length = len(clause.text.split()) > 8 and hits.confidence >= SURE_OF_ANOTHER
    surely = len(words) > 1 and hits.confidence >= SURELY
    elsewhere = not within(q, clause, topic.key) and holds_all(q, others[0].record, words)
    return (at_length or surely) and elsewhere


def _named_by(q: Question, clause: Clause, record: RecordId) -> bool:
    """Whether every telling word of a clause stands in the names of a record, neighbours as neighbours."""
    names, said = _names(q, record), runs(q, _apart_from_people(q, clause))
    return bool(names and said) and all(f" {fold(run)} " in names for run in said)


def all_foreign(q: Question, clause: Clause, topic: Topic) -> bool:
    """Two telling words or more, none of which stands in the record spoken of."""
    foreign = foreign_to(q, clause, topic)
    return len(foreign) > 1 and len(foreign) == len(_own_words(q, clause))


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
