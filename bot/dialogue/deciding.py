"""Which records a question is about, and whether to answer, to ask back or to say that nobody here knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.decision import SURE, UNKNOWN, Decision, Question, Target, as_topic, name_heard
from bot.dialogue.session import Topic
from bot.dialogue.siblings import age_told, among_siblings, by_age_or_kind, fits_age, generic_field
from bot.dialogue.strangers import (
    NAMED,
    absent,
    foreign,
    holding_first,
    holds_all,
    near_keys,
    of_this_place,
    strange,
    telling,
    wants_papers,
    without_contacts,
)
from bot.dialogue.understanding import Clause
from index.evidence import QUALIFIERS
from index.passages import RecordId, RecordKind
from index.retriever import Hit, Hits
from knowledge.records import PROCEDURE_ASPECTS
from knowledge.vietnamese import expand, fold, told

# With a topic in mind, words that would not be enough on their own still point at it.
STAY = 0.22
# A question that names nothing leaves the topic only when the index is this sure of another.
SURE_OF_ANOTHER = 0.75
STAY_UNDER = 0.4
_SO = re.compile(r"\bthi sao\W*$")
_THING = frozenset("viec vu cai chuyen thu tuc cau hoi khong a o da".split())
_WHERE = frozenset("o tai ben tinh thanh pho xa phuong huyen quan que cho vung mien thi con neu toi em minh".split())
_PLACED = re.compile(r"\b(?:huyện|quận|thị xã|thành phố|tỉnh|xã|phường) \w+")
_PLACED_BARE = re.compile(r"\b(?:huyen|quan|thi xa|thanh pho|tinh|xa|phuong) [a-z0-9]+")
_JOINED = re.compile(r" (?:va ca|va|lan) ")
# Of the words that tell siblings apart, those that are said of anything.
_NO_CHANGE = frozenset("con sao mat cap dau lan moi ban bo nuoc ngoai ho gia".split())
# A name whose words are all common ones.
_NAMED_IN_COMMON = ("sang ten",)
_ALL_OF_THEM = {"hai": 2, "2": 2, "ba": 3, "3": 3}
_NO = re.compile(r"(?:da |o |a )?khong\b\W*(?!phai (?:di|ra|nop))")


def decide(q: Question) -> Decision:
    clauses = q.reading.clauses
    if field := generic_field(q):
        return Decision(choices=field, aspects=q.aspects_of(clauses[0]) if clauses else ())
    if not clauses:
        return Decision()
    if everyone := all_of_them(q):
        return everyone
    if len(clauses) > 1:
        return of_several(q)
    return joined(q, clauses[0]) or decide_clause(q, clauses[0], q.session.topic)


def all_of_them(q: Question) -> Decision | None:
    """ "cả hai hết bao nhiêu": what is asked, of each of the last two or three that were spoken of."""
    said = re.search(r"\bca (hai|ba|2|3)\b", q.reading.folded)
    topics = [t for t in q.session.topics if t.kind == "procedure"][: _ALL_OF_THEM[said[1]] if said else 0]
    if len(topics) < 2 or len(q.reading.clauses) != 1 or telling(q, q.reading.clauses[0]):
        return None
    aspects = q.aspects_of(q.reading.clauses[0])
    return Decision(tuple(Target(t.kind, t.key, aspects or t.aspects, t.told, 1.0) for t in topics), score=1.0)


def of_several(q: Question) -> Decision:
    """Each clause in its turn; what follows leans on what stands before it."""
    clauses = q.reading.clauses
    first = decide_clause(q, clauses[0], q.session.topic)
    if not first.targets:
        return beginning_unclear(q, first)
    targets, missed = list(first.targets), ""
    for clause in clauses[1:]:
        found = decide_clause(q, clause, as_topic(targets[-1]))
        if found.targets:
            targets += found.targets
        elif found.absent or not within(q, clause, targets[-1]):
            missed = clause.text
        else:
            targets.append(replace(targets[-1], aspects=q.aspects_of(clause), unstated=clause.unstated))
    return replace(first, targets=merged(targets), missed=missed)


def within(q: Question, clause: Clause, target: Target) -> bool:
    """Whether every telling word of a clause that names nothing known stands in the record spoken of."""
    words, record = telling(q, clause), RecordId(RecordKind.PROCEDURE, target.key)
    return not words or record not in q.retriever.ground.records or holds_all(q, record, words)


def beginning_unclear(q: Question, first: Decision) -> Decision:
    """The first clause alone says too little: with the others it may be one question; a later one that is sure by
    itself is answered in any case, and what is left of the first is asked back or said not to be here."""
    clauses = q.reading.clauses
    later = [d for c in clauses[1:] if c.subject and (d := decide_clause(q, c, None)).targets]
    sure = [t for d in later for t in d.targets if d.score >= SURE]
    whole = whole_message(q)
    if whole.targets and not first.absent:
        others = [t for t in sure if t.key != whole.targets[0].key]
        if not others:
            return whole
        mine = replace(whole.targets[0], aspects=q.aspects_of(clauses[0]) or whole.targets[0].aspects)
        return replace(whole, targets=merged([mine, *others]))
    if not sure:
        return first if first.absent or not whole.choices else whole
    missed = "" if first.choices else clauses[0].text
    return Decision(merged(sure), first.choices, first.aspects, score=sure[0].score, missed=missed)


def whole_message(q: Question) -> Decision:
    """The clauses taken together as one question."""
    clauses = q.reading.clauses
    subject = " ".join(c.subject for c in clauses)
    aspects = tuple(dict.fromkeys(a for c in clauses for a in q.aspects_of(c)))
    unstated = tuple(dict.fromkeys(u for c in clauses for u in c.unstated))
    decision = decide_clause(q, Clause(q.reading.text, aspects, subject, unstated), q.session.topic)
    return replace(decision, targets=tuple(replace(t, aspects=aspects) for t in decision.targets))


def joined(q: Question, clause: Clause) -> Decision | None:
    """Two things named in one question ("khai sinh và kết hôn cần gì"): both, each asked the same."""
    parts = _JOINED.split(f" {clause.subject} ")
    if len(parts) != 2:
        return None
    rest = " ".join(w for w in parts[1].split() if w not in QUALIFIERS)
    one, other = parts[0].strip(), parts[1].strip()
    found = [named(q, one) or named(q, f"{one} {rest}") or at_edge(q, one, -1), named(q, other) or at_edge(q, other, 1)]
    if not (found[0] and found[1]) or found[0] == found[1]:
        return None
    aspects = q.aspects_of(clause)
    targets = tuple(Target("procedure", r.key, aspects, clause.text, 1.0) for r in found if r)
    return Decision(targets, score=1.0)


def named(q: Question, words: str) -> RecordId | None:
    """The procedure that these words surely name."""
    if exact := q.retriever.exact(words):
        return exact
    best = next(iter(q.find(words).hits), None) if len(words.split()) > 1 else None
    if best is None or best.record.kind is not RecordKind.PROCEDURE or name_heard(best) < 0.75:
        return None
    return best.record if q.find(words).confidence >= SURE else None


def beside_a_place(q: Question, clause: Clause) -> RecordId | None:
    """ "tôi ở huyện … làm căn cước ở đâu": names of places lead a search astray; what is named beside them counts."""
    if not q.reading.provinces and not _PLACED.search(clause.text) and not _PLACED_BARE.search(clause.text):
        return None
    words = [w for w in clause.subject.split() if not w.isdigit()]
    return q.retriever.exact(" ".join(words[-2:])) or at_edge(q, " ".join(words), -1) or at_edge(q, " ".join(words), 1)


def sibling_of_age(q: Question, clause: Clause, topic: Topic) -> Target | None:
    """ "bé 15 tuổi thì sao" after the card for those under 14: the sibling for that age."""
    procedure = q.library.procedure(topic.key) if topic.kind == "procedure" else None
    age = age_told(clause.text)
    if procedure is None or age is None or fits_age(procedure.name, age) is not False or telling(q, clause):
        return None
    kin = (p for p in q.library.procedures.values() if p.field == procedure.field and fits_age(p.name, age))
    found = next(kin, None)
    return Target("procedure", found.key, (), clause.text, 1.0) if found else None


def at_edge(q: Question, words: str, side: int) -> RecordId | None:
    """The name that stands right before (side -1) or after an "and"; nothing that tells siblings apart is left out."""
    every = words.split()
    for length in range(len(every) - 1, 1, -1):
        kept, left = (every[-length:], every[:-length]) if side < 0 else (every[:length], every[length:])
        if not set(left) & QUALIFIERS and (exact := q.retriever.exact(" ".join(kept))):
            return exact
    return None


def decide_clause(q: Question, clause: Clause, topic: Topic | None) -> Decision:
    aspects = q.aspects_of(clause)
    if topic and (followed := of_topic(q, clause, topic, aspects)):
        return followed
    if exact := q.retriever.exact(clause.subject):
        wanted = aspects or inherited(q, clause, topic)
        target = Target("procedure", exact.key, wanted, clause.text, 1.0, unstated=clause.unstated)
        return Decision((target,), score=1.0)
    hits = subjects_only(q.find(clause.text))
    hits = without_contacts(hits) if wants_papers(q.reading.folded) else of_this_place(q, hits)
    if lacking := absent(q, clause, hits):
        return Decision(near=near_keys(hits), score=min(hits.known, UNKNOWN - 0.01), absent=lacking)
    if not hits:
        return stay(topic, aspects, clause) if topic else Decision()
    if topic and (sibling := sibling_meant(q, clause, topic, hits)):
        wanted = aspects or tuple(a for a in topic.aspects if a in PROCEDURE_ASPECTS)
        return Decision((Target("procedure", sibling.key, wanted, clause.text, 1.0),), score=1.0)
    if topic and not clause.aspects and (other := spoken_of(q, topic, hits)):
        return stay(other, aspects, clause)
    if topic and stays(q, clause, topic, hits):
        return stay(topic, aspects, clause)
    if topic and clause.aspects and hits.confidence < SURE and speaks_of(q, clause, topic, hits):
        return stay(topic, aspects, clause)
    hits = holding_first(q, clause, by_age_or_kind(q, clause, hits))
    if hits.known < UNKNOWN or foreign(hits) or strange(q, clause, hits):
        if near_a_place := beside_a_place(q, clause):
            return Decision((Target("procedure", near_a_place.key, aspects, clause.text, 1.0),), score=1.0)
        if topic and aspects and telling(q, clause) and within(q, clause, Target(topic.kind, topic.key, (), "", 0.0)):
            return stay(topic, aspects, clause)
        return Decision(near=near_keys(hits), score=min(hits.known, UNKNOWN - 0.01))
    decision = among_siblings(q, clause, aspects or inherited(q, clause, topic), hits)
    return corrected(q, clause, topic, decision) if topic and decision.choices else decision


def speaks_of(q: Question, clause: Clause, topic: Topic, hits: Hits) -> bool:
    """Whether nothing in the clause is foreign to the topic, and nothing found is surely named by it."""
    turns = {"sua", "the_con"} & q.reading.marks
    record = RecordId(RecordKind.PROCEDURE, topic.key)
    if turns or q.reading.events or record not in q.retriever.ground.records:
        return False
    if hits.confidence < STAY_UNDER and len(clause.text.split()) <= 8:
        return True
    return name_heard(hits.hits[0]) < NAMED and holds_all(q, record, telling(q, clause))


def corrected(q: Question, clause: Clause, topic: Topic, decision: Decision) -> Decision:
    """ "nhầm, bằng lái cơ" after "mất bằng cấp ba": of the records that the new words leave open, the one that the old
    question fits too."""
    if not {"sua", "the_con"} & q.reading.marks:
        return decision
    both = q.find(f"{topic.told} {clause.text}")
    hit = next((h for h in both.hits if h.record.key in decision.choices), None)
    if hit is None:
        return decision
    target = Target("procedure", hit.record.key, decision.aspects, clause.text, both.confidence)
    return Decision((target,), score=both.confidence)


def of_topic(q: Question, clause: Clause, topic: Topic, aspects: tuple[str, ...]) -> Decision | None:
    """What a clause without a subject of its own says of what was spoken of."""
    if ordinal := ordinal_topic(q):
        return stay(ordinal, aspects, clause)
    if "quay_lai" in q.reading.marks:
        back = returned_to(q, clause)
        return stay(back, clause.aspects or back.aspects, clause)
    if not clause.subject:
        return stay(topic, aspects, clause)
    if not clause.absent and topic.kind != "contact" and only_a_place(q, clause):
        return stay(topic, clause.aspects or topic.aspects, clause)
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
    changes = set(clause.subject.split()) & (QUALIFIERS - _NO_CHANGE)
    return not changes and len(clause.text.split()) <= 10 and q.retriever.exact(clause.subject) is None


def of_told(q: Question, clause: Clause, topic: Topic) -> Target | None:
    """After a story with several procedures, a further detail of it chooses among them."""
    kin = {t.key: t for t in q.session.topics if t.told and topic.told.startswith(t.told)}
    if len(kin) < 2 or not telling(q, clause):
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


def sibling_meant(q: Question, clause: Clause, topic: Topic, hits: Hits) -> RecordId | None:
    """ "không, cấp lại cơ" after a question on exchanging a card: the few words correct what the topic's name says."""
    words = [w for w in clause.subject.split() if w not in _THING]
    turns = bool({"sua", "the_con"} & q.reading.marks) or bool(_NO.match(q.reading.folded))
    procedure = q.library.procedure(topic.key) if topic.kind == "procedure" else None
    if not turns or procedure is None or not 0 < len(words) <= 3:
        return None
    if name_heard(hits.hits[0]) >= 0.75 and hits.confidence >= SURE:
        return None
    if not set(words) & QUALIFIERS:
        return None
    base = " ".join(w for w in procedure.name.split() if fold(w) not in QUALIFIERS)
    for hit in subjects_only(q.find(f"{' '.join(words)} {base}")).hits[:4]:
        other = q.library.procedures.get(hit.record.key)
        if other and hit.record.key != topic.key and other.field == procedure.field:
            return hit.record
    return None


def stays(q: Question, clause: Clause, topic: Topic, hits: Hits) -> bool:
    """Whether a clause with words of its own still speaks of the topic."""
    best = hits.hits[0]
    named = max((name_heard(h) for h in hits.hits[:3]), default=0.0)
    weak = named < NAMED and hits.confidence < SURE_OF_ANOTHER
    so = hits.confidence < SURE and named < NAMED and _SO.search(q.reading.folded)
    if "sua" in q.reading.marks or ("the_con" in q.reading.marks and not so):
        return False
    if best.record.key == topic.key:
        return True
    apart = hits.confidence >= SURE and not within(q, clause, Target(topic.kind, topic.key, (), "", 0.0))
    if apart and holds_all(q, best.record, telling(q, clause)):
        return False
    share = next((h.share for h in hits.hits if h.record.key == topic.key), 0.0)
    few = len(clause.subject.split()) <= 2
    asks = bool(q.aspects_of(clause)) or bool(clause.unstated)
    if weak and asks and len(clause.text.split()) <= 14 and same_field(q, topic, best):
        return True
    if (few and asks and named < 0.5) or (len(clause.text.split()) <= 8 and named < 0.3 and not q.reading.events):
        return True
    if hits.confidence >= SURE:
        return False
    return share >= STAY or (hits.known < UNKNOWN and (asks or few))


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


def inherited(q: Question, clause: Clause, topic: Topic | None) -> tuple[str, ...]:
    """A switch keeps the aspect: "thế còn kết hôn?" after documents asks for documents."""
    length = len(clause.text.split())
    so = length <= 6 and clause.text.rstrip(" .?!ạa").endswith("thì sao")
    switching = bool({"the_con", "sua"} & q.reading.marks) or so
    named_only = length <= 4 and not q.reading.events
    if topic is None and switching:  # what was asked of something that is not here
        return tuple(
            a.key for a in told(q.library.language.aspects, expand(q.session.last_question, q.library.language))
        )
    keeps = topic is not None and topic.kind != "plan" and (switching or named_only)
    return tuple(a for a in topic.aspects if a in PROCEDURE_ASPECTS) if topic and keeps else ()


def ordinal_topic(q: Question) -> Topic | None:
    """ "cái đầu", "cái thứ hai" after an answer on several records: which of them."""
    numbers = [int(m[3:]) for m in q.reading.marks if m.startswith("so_") and m[3:].isdigit()]
    if len(numbers) != 1 or len(q.session.topics) < max(2, numbers[0]) or not q.session.several:
        return None
    return q.session.topics[numbers[0] - 1]


def returned_to(q: Question, clause: Clause) -> Topic:
    """The earlier topic that the words fit best; without words, the one before the last."""
    topics = tuple(t for t in q.session.topics if t.kind != "plan") or q.session.topics
    words = " ".join(w for w in clause.subject.split() if w not in _THING)
    if not words:
        return topics[min(1, len(topics) - 1)]
    shares = {h.record.key: h.share for h in q.retriever.search(words, 30).hits}
    return max(topics, key=lambda t: (shares.get(t.key, 0.0), -topics.index(t)))


def subjects_only(hits: Hits) -> Hits:
    """Procedures, hotlines and services; plans and places are answered elsewhere."""
    kept = tuple(h for h in hits.hits if h.record.kind not in (RecordKind.PLAN, RecordKind.PLACE))
    return replace(hits, hits=kept)


def merged(targets: Sequence[Target]) -> tuple[Target, ...]:
    """Clauses about one record become one target with all their aspects, in order."""
    by_key: dict[tuple[str, str], Target] = {}
    for t in targets:
        known = by_key.get((t.kind, t.key))
        aspects = tuple(dict.fromkeys((known.aspects if known else ()) + t.aspects))
        unstated = tuple(dict.fromkeys((known.unstated if known else ()) + t.unstated))
        by_key[(t.kind, t.key)] = replace(known or t, aspects=aspects, told=t.told, unstated=unstated)
    return tuple(by_key.values())
