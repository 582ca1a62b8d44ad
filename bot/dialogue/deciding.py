"""Which records a question is about, and whether to answer, to ask back or to say that nobody here knows.

Thresholds come from the curve of scripts/evaluate.py on the development questions, not from taste.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.dialogue.session import Session, Topic
from bot.dialogue.understanding import Clause, Reading
from index.passages import RecordId, RecordKind
from index.retriever import Hit, Hits, Retriever
from knowledge.library import Library
from knowledge.records import PROCEDURE_ASPECTS
from knowledge.vietnamese import fold

# Under UNKNOWN (likelihood that anything here answers) nothing is answered; from SURE on, a question may change the
# subject by itself.
UNKNOWN = 0.42
SURE = 0.55
# With a topic in mind, words that would not be enough on their own still point at it.
STAY = 0.22
# The best record's share under which its siblings are offered, and a sibling's share that counts as near.
CLEAR = 0.34
NEAR = 0.16
MOST_OPTIONS = 5
# Under DOUBT a few words that fit several records are asked about instead of guessed at.
DOUBT = 0.30
SUBJECTS = ("procedure", "contact", "service")


@dataclass(frozen=True, slots=True)
class Target:
    """One record that a clause asks about, with the aspects asked of it. `others`: siblings worth a button."""

    kind: str
    key: str
    aspects: tuple[str, ...]
    told: str
    score: float
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do about a question: `targets` to answer, or `choices` to offer, or (both empty) nothing is known."""

    targets: tuple[Target, ...] = ()
    choices: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    score: float = 0.0
    event: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """All that deciding needs of one turn. `aspects_of`: the aspects that a clause asks."""

    reading: Reading
    session: Session
    library: Library
    retriever: Retriever
    aspects_of: Callable[[Clause], tuple[str, ...]]


def decide(q: Question) -> Decision:
    clauses = q.reading.clauses
    if field := generic_field(q):
        return Decision(choices=field, aspects=q.aspects_of(clauses[0]) if clauses else ())
    if not clauses:
        return Decision()
    first = decide_clause(q, clauses[0], q.session.topic)
    if len(clauses) == 1 or not first.targets:
        return whole_message(q) if len(clauses) > 1 and not first.targets else first
    targets = list(first.targets)
    for clause in clauses[1:]:
        topic = as_topic(targets[-1])
        found = decide_clause(q, clause, topic)
        targets += found.targets or (replace(targets[-1], aspects=q.aspects_of(clause)),)
    return replace(first, targets=merged(targets))


def whole_message(q: Question) -> Decision:
    """The clauses taken together as one question."""
    subject = " ".join(c.subject for c in q.reading.clauses)
    aspects = tuple(dict.fromkeys(a for c in q.reading.clauses for a in q.aspects_of(c)))
    decision = decide_clause(q, Clause(q.reading.text, aspects, subject), q.session.topic)
    return replace(decision, targets=tuple(replace(t, aspects=aspects) for t in decision.targets))


def decide_clause(q: Question, clause: Clause, topic: Topic | None) -> Decision:
    aspects = q.aspects_of(clause)
    marks = q.reading.marks
    if topic and (ordinal := ordinal_topic(q)):
        return stay(ordinal, aspects, clause)
    if topic and not clause.subject:
        return stay(topic, aspects, clause)
    if topic and "quay_lai" in marks:
        return stay(returned_to(q, clause), aspects, clause)
    if exact := q.retriever.exact(clause.subject):
        wanted = aspects or inherited(q, clause, topic)
        return Decision((Target("procedure", exact.key, wanted, clause.text, 1.0),), score=1.0)
    hits = subjects_only(q.retriever.search(clause.text, 12))
    if not hits:
        return stay(topic, aspects, clause) if topic else Decision()
    if topic and stays(q, clause, topic, hits):
        return stay(topic, aspects, clause)
    if hits.known < UNKNOWN or foreign(hits):
        return Decision(near=near_keys(hits), score=min(hits.known, UNKNOWN - 0.01))
    return among_siblings(q, clause, aspects or inherited(q, clause, topic), hits)


def stays(q: Question, clause: Clause, topic: Topic, hits: Hits) -> bool:
    """Whether a clause with words of its own still speaks of the topic."""
    best = hits.hits[0]
    if "sua" in q.reading.marks or "the_con" in q.reading.marks:
        return False
    if best.record.key == topic.key:
        return True
    share = next((h.share for h in hits.hits if h.record.key == topic.key), 0.0)
    few = len(clause.subject.split()) <= 2
    asks = bool(q.aspects_of(clause))
    named = max((name_heard(h) for h in hits.hits[:3]), default=0.0)
    if (few and asks and named < 0.5) or (len(clause.text.split()) <= 8 and named < 0.3 and not q.reading.events):
        return True
    if hits.confidence >= SURE:
        return False
    return share >= STAY or (hits.known < UNKNOWN and (asks or few))


def name_heard(hit: Hit) -> float:
    """How much of the record's name, or of an alias, stands in the question."""
    whole_alias = 1.0 if hit.evidence.get("fuzzy_name", 0) >= 0.999 else 0.0
    return max(hit.evidence.get("name_covered", 0), whole_alias)


def stay(topic: Topic, aspects: tuple[str, ...], clause: Clause) -> Decision:
    if topic.kind == "plan":
        return Decision()
    told = f"{topic.told} {clause.text}".strip()[-600:]
    return Decision((Target(topic.kind, topic.key, aspects, told, 1.0),), score=1.0)


def inherited(q: Question, clause: Clause, topic: Topic | None) -> tuple[str, ...]:
    """A switch keeps the aspect: "thế còn kết hôn?" after documents asks for documents."""
    length = len(clause.text.split())
    so = length <= 6 and clause.text.rstrip(" .?!ạa").endswith("thì sao")
    switching = bool({"the_con", "sua"} & q.reading.marks) or so
    named = length <= 4 and not q.reading.events
    keeps = topic is not None and topic.kind != "plan" and (switching or named)
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
    if not clause.subject:
        return topics[min(1, len(topics) - 1)]
    shares = {h.record.key: h.share for h in q.retriever.search(clause.subject, 30).hits}
    return max(topics, key=lambda t: (shares.get(t.key, 0.0), -topics.index(t)))


def among_siblings(q: Question, clause: Clause, aspects: tuple[str, ...], hits: Hits) -> Decision:
    best = hits.hits[0]
    near = [h for h in hits.hits[1:] if h.share >= NEAR and h.record.kind is best.record.kind]
    few = len(clause.subject.split()) <= 5
    open_between = best.share < CLEAR and len(near) >= 2
    unsure = hits.confidence < DOUBT and near and few
    pair = best.share < 0.55 and near and few and undecided_pair(q, clause, best, near[0])
    if (open_between or unsure or pair) and not q.session.clarified:
        return Decision(choices=(best.record.key, *(h.record.key for h in near))[:MOST_OPTIONS], aspects=aspects)
    if best.record.kind is RecordKind.SERVICE and (behind := procedure_behind(q, best, aspects, hits)):
        best = behind
    others = tuple(h.record.key for h in near[:2] if h.record.kind is RecordKind.PROCEDURE)
    target = Target(kind_of(best), best.record.key, aspects, clause.text, hits.confidence, others)
    return Decision((target,), score=hits.confidence)


def procedure_behind(q: Question, best: Hit, aspects: tuple[str, ...], hits: Hits) -> Hit | None:
    """A service stood first, but what is asked (a fee, papers, a time) is said by its procedure."""
    service = q.library.services.get(best.record.key)
    if service is None or not set(aspects) - {"truc_tuyen"}:
        return None
    return next((h for h in hits.hits if h.record.key in service.procedures), None)


def undecided_pair(q: Question, clause: Clause, one: Hit, other: Hit) -> bool:
    """Two siblings between whose names no word of the message chooses."""
    names = [set(fold(name_of(q.library, h.record)).split()) for h in (one, other)]
    asked = set(clause.text.split())
    return not asked & (names[0] - names[1]) and not asked & (names[1] - names[0])


def generic_field(q: Question) -> tuple[str, ...]:
    """The procedures to offer when the message names a field and nothing in it ("thủ tục đất đai", "hộ tịch")."""
    asked = set(q.reading.subject.split()) - {"thu", "tuc", "linh", "vuc", "giay", "to"}
    if not asked or len(asked) > 5:
        return ()
    for field, procedures in q.library.fields().items():
        named = set(fold(field).replace(",", " ").split())
        if asked <= named and len(procedures) >= 3 and (len(asked) >= 2 or asked == named):
            ranked = sorted(procedures, key=lambda p: -p.popularity)
            return tuple(p.key for p in ranked[:MOST_OPTIONS])
    return ()


def foreign(hits: Hits) -> bool:
    """Hardly a word of the question stands in the best record's names or asks: nearness alone is no evidence."""
    seen = hits.hits[0].evidence
    return not hits.by_code and seen.get("question_covered", 1) < 0.3 and seen.get("name_covered", 1) < 0.2


def subjects_only(hits: Hits) -> Hits:
    """Procedures, hotlines and services; plans and places are answered elsewhere."""
    kept = tuple(h for h in hits.hits if h.record.kind not in (RecordKind.PLAN, RecordKind.PLACE))
    return replace(hits, hits=kept)


def near_keys(hits: Hits) -> tuple[str, ...]:
    """Names worth offering although nothing is sure."""
    named = (h for h in hits.hits[:4] if h.evidence.get("name_covered", 0) > 0.15)
    return tuple(h.record.key for h in named if h.share >= 0.1 and hits.known >= 0.25)[:3]


def kind_of(hit: Hit) -> str:
    return "procedure" if hit.record.kind is RecordKind.ABOLISHED else str(hit.record.kind)


def as_topic(t: Target) -> Topic:
    return Topic(t.kind, t.key, t.aspects, t.told)


def merged(targets: Sequence[Target]) -> tuple[Target, ...]:
    """Clauses about one record become one target with all their aspects, in order."""
    by_key: dict[tuple[str, str], Target] = {}
    for t in targets:
        known = by_key.get((t.kind, t.key))
        aspects = tuple(dict.fromkeys((known.aspects if known else ()) + t.aspects))
        by_key[(t.kind, t.key)] = replace(known or t, aspects=aspects, told=t.told)
    return tuple(by_key.values())


def name_of(library: Library, record: RecordId) -> str:
    tables: Mapping[RecordKind, Mapping[str, object]] = {
        RecordKind.CONTACT: library.contacts,
        RecordKind.SERVICE: library.services,
        RecordKind.PLAN: library.plans,
        RecordKind.PLACE: library.places,
    }
    found = tables.get(record.kind, library.procedures).get(record.key)
    return str(getattr(found, "name", record.key))
