"""For whom it is asked: a foreigner's papers are another record's, or they are told of nowhere, and that is said."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.decision import Decision, Question, Target
from bot.dialogue.procedure_parts import sentence
from bot.dialogue.sayings import sentences
from bot.wording import citizens as say
from knowledge.records import Procedure, Wordlist
from knowledge.vietnamese import fold, told

# Words that stand in any name, and those that say that it is not for them.
_ANY_NAME = frozenset("dang ky cap thu tuc giai quyet viec bao cho trong nuoc".split())
_FOR_THEM = re.compile(r"\b(?:co yeu to|cho nguoi|cua nguoi)\b")

_IN_A_LAND = re.compile(
    r"\b(?:con|chong|vo|chau|anh|chi|em|ba|bo|me|cha|nguoi|dang|song|hien)(?: (?:dang|song|gai|trai|toi|minh))* "
    r"(?:o|ben) (?:nuoc ngoai|lao(?! dong| cai)|campuchia|thai lan|trung quoc|dai loan|han|"
    r"nhat(?! tan| tao| le)|my(?! tho| dinh| hao| loc| duc| xuyen| lam)|uc|canada|singapore|malaysia)\b"
)


def for_whom(q: Question, decision: Decision) -> Decision:
    """The same, each record led over to its sibling for those who are told of; `unsaid` where no record speaks of
    them."""
    targets, unsaid = [], ""
    for target in decision.targets:
        procedure = q.library.procedure(target.key) if target.kind == "procedure" else None
        if procedure:
            target, silent = _of_audience(q, target, procedure)
            unsaid = silent or _of_payer(q, target, procedure) or _of_land(q, procedure) or unsaid
        targets.append(target)
    return replace(decision, targets=tuple(targets), unsaid=unsaid)


def _of_audience(q: Question, target: Target, procedure: Procedure) -> tuple[Target, str]:
    who = _first_told(q.library.language.audiences, target.told)
    if who is None:
        return _for_everybody(q, target, procedure), ""
    if any(fold(who.name) in fold(name) for name in (procedure.name, *procedure.aliases)):
        return target, ""
    if other := _sibling(q, procedure, who):
        return replace(target, key=other.key, others=_others(target, other)), ""
    return target, who.name if told((who,), q.reading.text) and not _speaks(procedure, who) else ""


def _for_everybody(q: Question, target: Target, procedure: Procedure) -> Target:
    """A record for some only, where nobody speaks of them: the one of the same name for everybody."""
    name = fold(procedure.name)
    marks = [fold(w.name) for w in q.library.language.audiences if fold(w.name) in name]
    said = set(fold(target.told).split())
    if not marks or any(set(fold(a).split()) <= said for a in (procedure.name, *procedure.aliases)):
        return target
    plain = _FOR_THEM.sub("", name.replace(marks[0], ""))
    other = q.retriever.exact(plain)
    return target if other is None else replace(target, key=other.key, others=(procedure.key,))


def _of_payer(q: Question, target: Target, procedure: Procedure) -> str:
    """For whom a fee is asked that the record has for others only; free is free for everybody."""
    who = _first_told(q.library.language.payers, q.reading.text)
    priced = "le_phi" in target.aspects and any(c.isdigit() for c in procedure.fee)
    return who.name if who and priced and not _speaks(procedure, who) else ""


def _of_land(q: Question, procedure: Procedure) -> str:
    """Somebody who is in another country, where the record says nothing of other countries."""
    if not _IN_A_LAND.search(q.reading.folded):
        return ""
    texts = (procedure.name, procedure.agency, *({*sentences(procedure)} - {*map(sentence, procedure.who)}))
    return "" if any("ở nước ngoài" in text.lower() for text in texts) else say.ABROAD


def _first_told(lists: tuple[Wordlist, ...], text: str) -> Wordlist | None:
    keys = [t.key for t in told(lists, text)]
    return next((w for w in lists if w.key in keys), None)


def _speaks(procedure: Procedure, who: Wordlist) -> bool:
    texts = (procedure.name, procedure.fee, *sentences(procedure))
    return any(fold(who.name) in fold(text) for text in texts)


def _sibling(q: Question, procedure: Procedure, who: Wordlist) -> Procedure | None:
    """The record for them whose name holds all of this one's: the shortest."""
    head = set(fold(procedure.name).split()) - _ANY_NAME
    found = (p for p in q.library.procedures.values() if fold(who.name) in fold(p.name))
    fitting = [p for p in found if head and head <= set(fold(p.name).split())]
    return min(fitting, key=lambda p: len(p.name), default=None)


def _others(target: Target, now: Procedure) -> tuple[str, ...]:
    return tuple(dict.fromkeys((target.key, *(k for k in target.others if k != now.key))))[:2]
