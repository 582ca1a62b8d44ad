"""Which records a question is about, and whether to answer, to ask back or to say that nobody here knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.audiences import for_whom
from bot.dialogue.decision import SURE, UNKNOWN, Decision, Question, Target, as_topic, name_heard
from bot.dialogue.following import all_of_them, of_topic, spoken_of, stay
from bot.dialogue.kinds import VEHICLE_TAX, of_another_kind, of_kind_spoken, of_the_same_kind, vehicle_tax
from bot.dialogue.meaning import as_meant
from bot.dialogue.session import Topic
from bot.dialogue.several import at_edge, first_few, joined
from bot.dialogue.siblings import among_siblings, by_age_or_kind, generic_field, plainly_named
from bot.dialogue.staying import SO, moves_on, same_field, stays, within
from bot.dialogue.strangers import (
    BELIEVED,
    NAMED,
    absent,
    demanded,
    foreign,
    holding_first,
    led_by,
    named_without,
    names_of,
    near_keys,
    of_this_place,
    strange,
    subjects_only,
    telling,
    unheard,
    wants_papers,
    without,
    without_contacts,
)
from bot.dialogue.switching import corrected, inherited, sibling_meant
from bot.dialogue.understanding import Clause
from index.passages import RecordId
from index.retriever import Hits
from knowledge.records import PROCEDURE_ASPECTS
from knowledge.vietnamese import fold, told

# The share from which the first record, its whole name said, is meant.
ALONE = 0.5
_PLACED = re.compile(r"\b(?:huyện|quận|thị xã|thành phố|tỉnh|xã|phường) \w+")
_PLACED_BARE = re.compile(r"\b(?:huyen|quan|thi xa|thanh pho|tinh|xa|phuong) [a-z0-9]+")
# Who tells it is no part of the name: "em mất giấy kết hôn".
_TELLER = re.compile(r"^(?:(?:em|toi|tui|minh|chau|con|vo chong|bi) )+")
FEW_WORDS = 4
_OF_SOMEBODY = re.compile(r"(?:con|chau|vo|chong|bo|me|ba|ma|ong|em|anh|chi|toi|minh|nha) \w+")
_WHY = re.compile(r"(.+?),? (?:(?:tại|bởi|tai|boi) )?(?:vì|vi) (?!pham\b|phạm\b)\w+ \w+")
# Under this likelihood of being the right one, a record whose name is not said is offered, not answered.
GUESSED = 0.3
# Nothing of any name was said, and it is not likely that anything here answers.
NOT_AT_ALL, HARDLY_KNOWN = 0.1, 0.7


def decide(q: Question) -> Decision:
    return for_whom(q, first_few(decided(q)))


def decided(q: Question) -> Decision:
    clauses = q.reading.clauses
    if (field := generic_field(q)) and not told_in_topic(q):
        return Decision(choices=field, aspects=q.aspects_of(clauses[0]) if clauses else ())
    if not clauses:
        return Decision()
    if everyone := all_of_them(q):
        return everyone
    if len(clauses) > 1:
        return of_several(q)
    return listed_or_one(q, clauses[0], q.session.topic)


def told_in_topic(q: Question) -> bool:
    """ "thuế bao nhiêu" after a sale of land: what is spoken of speaks of it."""
    topic, clauses = q.session.topic, q.reading.clauses
    if topic is None or topic.kind != "procedure" or not clauses:
        return False
    if not (q.aspects_of(clauses[0]) or SO.search(q.reading.folded)):
        return False
    return within(q, clauses[0], topic.key)


def of_several(q: Question) -> Decision:
    """Each clause in its turn; what follows leans on what stands before it."""
    clauses = asked_together(q.reading.clauses)
    if len(clauses) == 1:
        return listed_or_one(q, clauses[0], q.session.topic)
    first = listed_or_one(q, clauses[0], q.session.topic)
    if not first.targets:
        return beginning_unclear(q, first)
    targets, missed = list(first.targets), first.missed
    for clause in clauses[1:]:
        found = listed_or_one(q, clause, as_topic(targets[-1]))
        if found.targets:
            targets += found.targets
            missed = found.missed or missed
        elif found.absent or not found.score or not within(q, clause, targets[-1].key):
            missed = clause.text
        else:
            targets.append(replace(targets[-1], aspects=q.aspects_of(clause), unstated=clause.unstated))
    return replace(first, targets=merged(targets), missed=missed)


def asked_together(clauses: Sequence[Clause]) -> Sequence[Clause]:
    """ "hồ sơ, lệ phí làm hộ chiếu": what is asked before anything is named is asked of what is named then."""
    bare = next((i for i, c in enumerate(clauses) if c.subject or len(c.text.split()) > FEW_WORDS), 0)
    if not bare:
        return clauses
    aspects = tuple(dict.fromkeys(a for c in clauses[: bare + 1] for a in c.aspects))
    unstated = tuple(dict.fromkeys(u for c in clauses[: bare + 1] for u in c.unstated))
    text = " ".join(c.text for c in clauses[: bare + 1])
    return (replace(clauses[bare], text=text, aspects=aspects, unstated=unstated), *clauses[bare + 1 :])


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


def beside_a_place(q: Question, clause: Clause) -> RecordId | None:
    """ "tôi ở huyện … làm căn cước ở đâu": names of places lead a search astray; what is named beside them counts."""
    if not q.reading.provinces and not _PLACED.search(clause.text) and not _PLACED_BARE.search(clause.text):
        return None
    words = [w for w in clause.subject.split() if not w.isdigit()]
    return q.retriever.exact(" ".join(words[-2:])) or at_edge(q, " ".join(words), -1) or at_edge(q, " ".join(words), 1)


def listed_or_one(q: Question, clause: Clause, topic: Topic | None) -> Decision:
    return joined(q, clause, decide_clause) or decide_clause(q, clause, topic)


def decide_clause(q: Question, clause: Clause, topic: Topic | None) -> Decision:
    decision = found(q, demanded(q, without_reason(q, clause)), topic)
    if topic is None and not (decision.targets or decision.choices or decision.absent):
        asked = after_story(clause)
        later = found(q, asked, None) if asked else decision
        decision = later if later.targets and later.score >= SURE else decision
    return as_meant(q, clause, decision)


def after_story(clause: Clause) -> Clause | None:
    """ "con tôi học lớp 3, muốn …": what is asked, without what is told of somebody before it."""
    told_first, _, asked = clause.text.partition(",")
    if not _OF_SOMEBODY.match(fold(told_first)) or len(asked.split()) < FEW_WORDS:
        return None
    said = clause.subject.split()
    left = [w for w in re.findall(r"[\w.&/-]*\w", fold(asked)) if w in said]
    return replace(clause, text=asked.strip(), subject=" ".join(left))


def without_reason(q: Question, clause: Clause) -> Clause:
    """ "đổi tên sổ đỏ vì đổi căn cước": why it is asked is not what is asked, where what stands before it is known."""
    why = _WHY.match(clause.text)
    if why is None or clause.aspects or len(why[1].split()) < FEW_WORDS:
        return clause
    subject = re.split(r"\b(?:tai |boi )?vi\b", clause.subject, maxsplit=1)[0].strip()
    known = subjects_only(q.find(why[1]))
    return replace(clause, text=why[1], subject=subject) if known and known.known >= UNKNOWN else clause


def found(q: Question, clause: Clause, topic: Topic | None) -> Decision:
    aspects = q.aspects_of(clause)
    if vehicle_tax(q, clause, topic):
        return Decision(score=UNKNOWN - 0.01, absent=VEHICLE_TAX)
    if topic and (followed := of_topic(q, clause, topic, aspects)):
        return followed
    if not clause.absent and (exact := q.retriever.exact(clause.subject)):
        again = topic is not None and topic.key == exact.key  # "lệ phí trước bạ thì sao", named once more
        wanted = aspects or (() if again else inherited(q, clause, topic))
        target = Target("procedure", exact.key, wanted, clause.text, 1.0, unstated=clause.unstated)
        return Decision((target,), score=1.0)
    if not q.session.clarified and (alike := q.retriever.shared(_TELLER.sub("", clause.subject))):
        wanted = aspects or inherited(q, clause, topic)
        if mine := of_kind_spoken(q, clause, topic, alike):
            target = Target("procedure", mine.key, wanted, clause.text, 1.0, unstated=clause.unstated)
            return Decision((target,), score=1.0)
        return Decision(choices=tuple(r.key for r in alike), aspects=wanted, score=1.0)
    hits = subjects_only(q.find(clause.text))
    number = q.reading.text.startswith("số ") and bool(hits) and name_heard(hits.hits[0]) == 1
    papers = wants_papers(q.reading.folded) and not number
    hits = without_contacts(hits) if papers else of_this_place(q, hits)
    hits = apart_from_payer(q, clause, hits)
    if lacking := absent(q, clause, hits):
        named_too = bool(hits) and hits.confidence >= BELIEVED and name_heard(hits.hits[0]) >= NAMED
        offered = near_keys(hits) if named_too else ()
        return Decision(near=offered, score=min(hits.known, UNKNOWN - 0.01), absent=lacking)
    if not hits:
        return stay(topic, aspects, clause) if topic else Decision()
    if topic and (sibling := sibling_meant(q, clause, topic, hits)):
        wanted = aspects or tuple(a for a in topic.aspects if a in PROCEDURE_ASPECTS)
        return Decision((Target("procedure", sibling.key, wanted, clause.text, 1.0),), score=1.0)
    if topic and not of_another_kind(q, clause, topic):
        other = None if clause.aspects else spoken_of(q, topic, hits)
        if other and not of_another_kind(q, clause, other):
            return stay(other, aspects, clause)
        if stays(q, clause, topic, hits):
            return stay(topic, aspects, clause)
        if topic.kind == "procedure" and "sua" not in q.reading.marks and not moves_on(q, clause, topic, hits):
            return Decision(near=near_keys(hits), score=min(hits.known, UNKNOWN - 0.01))
    same = of_the_same_kind(q, clause, topic, holding_first(q, clause, by_age_or_kind(q, clause, hits)))
    if same is None:
        return Decision(near=near_keys(hits)[1:], score=min(hits.known, UNKNOWN - 0.01))
    hits = same
    unknown = hits.known < UNKNOWN and not plain_to_all(hits)
    if (unknown or foreign(hits) or strange(q, clause, hits)) and not asked_of_just(q, clause, hits):
        if near_a_place := beside_a_place(q, clause):
            return Decision((Target("procedure", near_a_place.key, aspects, clause.text, 1.0),), score=1.0)
        if topic and aspects and telling(q, clause) and within(q, clause, topic.key):
            return stay(topic, aspects, clause)
        return Decision(near=near_keys(hits), score=min(hits.known, UNKNOWN - 0.01))
    near_by = topic is not None and same_field(q, topic, hits.hits[0])
    guessed = far_off(q, clause, hits) or (not near_by and unheard(q, clause, hits))
    if guessed and not asked_of_just(q, clause, hits):
        near = dict.fromkeys((hits.hits[0].record.key, *near_keys(hits)))
        return Decision(near=tuple(near)[:3], score=min(hits.known, UNKNOWN - 0.01))
    decision = among_siblings(q, clause, aspects or inherited(q, clause, topic), hits)
    return corrected(q, clause, topic, decision) if topic and decision.choices else decision


def asked_of_just(q: Question, clause: Clause, hits: Hits) -> bool:
    """ "phi ho chieu bn": something is asked of just this name, however little else was found by."""
    return bool(clause.aspects) and plainly_named(q, clause, hits) is not None


def plain_to_all(hits: Hits) -> bool:
    """Its whole name is said, and nothing else is as near: one word is enough ("VssID là gì")."""
    return name_heard(hits.hits[0]) >= 1 and hits.hits[0].share >= ALONE


def apart_from_payer(q: Question, clause: Clause, hits: Hits) -> Hits:
    """ "hộ nghèo làm căn cước có mất tiền không": for whom a fee is asked is not what it is asked of, where the rest
    names a record and the one found is of nothing but them."""
    spans = told(q.library.language.payers, clause.text) if "le_phi" in q.aspects_of(clause) else ()
    if not spans or not hits or hits.by_code:
        return hits
    rest = set(map(fold, telling(q, replace(clause, text=without(clause.text, spans)))))
    told_of = {t.key for t in spans}
    whom = {fold(w) for t in q.library.language.payers if t.key in told_of for w in (t.name, *t.phrases)}
    theirs = [any(w in n for w in whom for n in names_of(q.retriever.ground, h.record)) for h in hits.hits[:5]]
    for hit, of_them in zip(hits.hits, theirs, strict=False):
        called = set(" ".join(names_of(q.retriever.ground, hit.record)).split())
        if (of_them or hit is hits.hits[0]) and rest and rest <= called:
            return hits
    if alone := named_without(q, clause.text, spans):
        return alone
    others = tuple(h for h, of_them in zip(hits.hits, theirs, strict=False) if not of_them)
    said = next((h for h in others if name_heard(h) == 1), None) if theirs[0] else None
    return led_by(said, replace(hits, hits=others)) if said else hits


def far_off(q: Question, clause: Clause, hits: Hits) -> bool:
    """Something here answers, but which record is hardly more than a guess, and its name was not said; several words
    that name nothing may be of anything."""
    if hits.by_code or hits.confidence >= SURE:
        return False
    heard = max(map(name_heard, hits.hits[:3]))
    unlikely = heard < NOT_AT_ALL and hits.known < HARDLY_KNOWN and len(telling(q, clause)) != 1
    return heard < NAMED and (hits.confidence < GUESSED or unlikely)


def merged(targets: Sequence[Target]) -> tuple[Target, ...]:
    """Clauses about one record become one target with all their aspects, in order."""
    by_key: dict[tuple[str, str], Target] = {}
    for t in targets:
        known = by_key.get((t.kind, t.key))
        aspects = tuple(dict.fromkeys((known.aspects if known else ()) + t.aspects))
        unstated = tuple(dict.fromkeys((known.unstated if known else ()) + t.unstated))
        one = replace(known, whether="") if known else t
        by_key[(t.kind, t.key)] = replace(one, aspects=aspects, told=t.told, unstated=unstated)
    return tuple(by_key.values())
