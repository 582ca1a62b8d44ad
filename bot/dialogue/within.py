"""What happened to somebody, told while something is spoken of: a detail of that, or news of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.decision import SURE, Decision, Question, name_heard
from bot.dialogue.following import PLACED, only_a_place, sibling_of_age, stay
from bot.dialogue.particulars import is_yes_no
from bot.dialogue.procedure_parts import told_case
from bot.dialogue.sayings import sentences
from bot.dialogue.staying import SO, within
from bot.dialogue.strangers import named_without, telling, without
from bot.dialogue.understanding import Clause
from knowledge.records import Procedure
from knowledge.vietnamese import Told, fold, told

# Told as news: it happened just now or is to happen soon.
_NEWS = re.compile(
    r"\b(?:mới|vừa|sắp|chuẩn bị|dự định|(?<!gia )(?<!quyết )(?<!quy )định|muốn|(?:hôm|tối|đêm|sáng|trưa|chiều) "
    r"(?:qua|nay|kia|rồi)|(?:tuần|tháng|năm) (?:trước|sau|tới|rồi|này))\b"
)
_NEWS_BARE = re.compile(
    r"\b(?:moi|vua|sap|chuan bi|du dinh|muon|(?:hom|toi|dem|sang|trua|chieu) (?:qua|nay|kia|roi)|"
    r"(?:tuan|thang|nam) (?:truoc|sau|toi|roi|nay))\b"
)
# Asked what there is to be done, and not which papers this needs.
WHAT_TO_DO = re.compile(
    r"\b(?:lam (?:nhung |cai )?(?:gi|sao)|(?:lam|can|co) (?:nhung )?(?:thu tuc|viec|giay to) (?:gi|nao)|huong gi|"
    r"che do gi|bat dau tu dau)\b"
)
# Anything is asked, so that it is not the event alone that is told.
ASKS = re.compile(r"\b(?:ai|gi|nao|dau|may|sao|bao (?:nhieu|lau|gio))\b")
# One word of what happened stands in many a record.
FEWEST = 2
_JUST = re.compile(r"^(?:(?:moi|vua|sap|dang|muon|dinh|xin|bi) )+")
_AGE = re.compile(r"\d tu[oổ]i\b")
# So much of a name is as good as said.
WHOLE = 0.75
# Asked "may I …", "what if …", another record has to be named a little, at least.
TOUCHED = 0.1


def told_within(q: Question) -> Decision | None:
    """A life event that is a detail of what is spoken of ("ly hôn rồi mà vẫn ở chung" while a household is split): its
    record is asked first, and who tells news or asks what there is to do is not held back."""
    topic, clauses = q.session.topic, q.reading.clauses
    p = q.library.procedure(topic.key) if topic and topic.kind == "procedure" else None
    if topic is None or p is None or len(clauses) != 1 or {"sua", "quay_lai"} & q.reading.marks:
        return None
    clause = clauses[0]
    spans = told(q.library.language.life_events, clause.text)
    if not spans:
        return None
    if not clause.absent and only_a_place(q, clause):
        return stay(topic, clause.aspects or PLACED, clause)
    if clause.absent or _names_another(q, clause, p, spans):
        return None
    aspects = q.aspects_of(clause)
    if aged := sibling_of_age(q, clause, topic):
        return Decision((replace(aged, aspects=aspects or topic.aspects),), score=1.0)
    if not _speaks_of(p, clause, spans) and not _is_detail(q, clause, p, spans):
        return None
    stayed = stay(topic, aspects, clause)
    return stayed if aspects or clause.unstated else _one_thing(q, clause, stayed)


def _one_thing(q: Question, clause: Clause, stayed: Decision) -> Decision:
    """Told what is the case, the record says what holds for it."""
    words = telling(q, clause)
    return replace(stayed, targets=tuple(replace(t, whether=clause.text, particular=words) for t in stayed.targets))


def _speaks_of(p: Procedure, clause: Clause, spans: Sequence[Told]) -> bool:
    """Whether the record knows the case that is told, or says in one sentence what happened."""
    aged = _AGE.search(clause.text) and any("tuổi" in text for text in (*p.conditions, *p.who))
    if aged or told_case(p, clause.text):
        return True
    said = [phrase for t in spans if len((phrase := _JUST.sub("", t.phrase)).split()) >= FEWEST]
    return any(f" {phrase} " in f" {fold(line)} " for line in sentences(p) for phrase in said)


def _is_detail(q: Question, clause: Clause, p: Procedure, spans: Sequence[Told]) -> bool:
    """Whether it is told or asked for the sake of what is spoken of, though the record does not know it."""
    if _is_news(q, clause, spans):
        return False
    beside = replace(clause, text=without(clause.text, spans))
    if not within(q, beside, p.key):
        return False
    best = next(iter(q.find(clause.text).hits), None)
    apart = best is not None and q.library.procedures.get(best.record.key, p).field != p.field
    whether = is_yes_no(clause.text) or (apart and bool(SO.search(q.reading.folded)))
    touched = TOUCHED if whether and not clause.aspects else 0.0
    of_age = all(_AGE.search(t.phrase) for t in spans)
    return of_age or not _fits_another(q, clause, p, touched)


def _is_news(q: Question, clause: Clause, spans: Sequence[Told]) -> bool:
    """Whether the event is what the message is about: it is just happening, it is asked what to do about it, or nothing
    else is said."""
    news = _NEWS_BARE if q.reading.bare else _NEWS
    before = max(0, spans[0].start - 12)
    if news.search(clause.text[before:]) or WHAT_TO_DO.search(fold(clause.text)):
        return not is_yes_no(clause.text)
    if all(_AGE.search(t.phrase) for t in spans):
        return False
    asks = clause.aspects or clause.unstated or is_yes_no(clause.text) or ASKS.search(q.reading.folded)
    beside = without(clause.text, spans)
    return not asks and not telling(q, replace(clause, text=beside))


def _names_another(q: Question, clause: Clause, p: Procedure, spans: Sequence[Told]) -> bool:
    """Whether a procedure other than the one spoken of is named beside what happened."""
    beside = without(clause.text, spans)
    exact = q.retriever.exact(clause.subject)
    if any(r.key != p.key for r in (*((exact,) if exact else ()), *q.retriever.said_in(beside))):
        return True
    found = named_without(q, clause.text, spans)
    if found is not None and found.hits[0].record.key != p.key:
        return True
    return _fits_another(q, clause, p, WHOLE)


def _fits_another(q: Question, clause: Clause, p: Procedure, heard: float = 0.0) -> bool:
    """Whether another record is surely found by the whole clause, with so much of its name said."""
    hits = q.find(clause.text)
    best = next(iter(hits.hits), None)
    return best is not None and best.record.key != p.key and hits.confidence >= SURE and name_heard(best) >= heard
