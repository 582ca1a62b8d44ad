"""For whom it is asked: a foreigner's papers are another record's, or they are told of nowhere, and that is said."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.decision import Decision, Question, Target
from bot.dialogue.particulars import sentences
from knowledge.records import Procedure, Wordlist
from knowledge.vietnamese import fold, told

# Words that stand in any name, and those that say that it is not for them.
_ANY_NAME = frozenset("dang ky cap thu tuc giai quyet viec bao cho trong nuoc".split())


def for_whom(q: Question, decision: Decision) -> Decision:
    """The same, each record led over to its sibling for those who are told of; `unsaid` where no record speaks of
    them."""
    audiences = {w.key: w for w in q.library.language.audiences}
    targets, unsaid = [], ""
    for target in decision.targets:
        who = next((audiences[t.key] for t in told(tuple(audiences.values()), target.told)), None)
        procedure = q.library.procedure(target.key) if target.kind == "procedure" and who else None
        if who and procedure and not _speaks(procedure, who):
            other = _sibling(q, procedure, who)
            target = replace(target, key=other.key, others=_others(target, other)) if other else target
            if (
                not other
                and told((who,), q.reading.text)
                and not any(fold(who.name) in fold(s) for s in sentences(procedure))
            ):
                unsaid = who.name
        targets.append(target)
    return replace(decision, targets=tuple(targets), unsaid=unsaid)


def _speaks(procedure: Procedure, who: Wordlist) -> bool:
    return any(fold(who.name) in fold(name) for name in (procedure.name, *procedure.aliases))


def _sibling(q: Question, procedure: Procedure, who: Wordlist) -> Procedure | None:
    """The record for them whose name holds all of this one's: the shortest."""
    head = set(fold(procedure.name).split()) - _ANY_NAME
    found = (p for p in q.library.procedures.values() if fold(who.name) in fold(p.name))
    fitting = [p for p in found if head and head <= set(fold(p.name).split())]
    return min(fitting, key=lambda p: len(p.name), default=None)


def _others(target: Target, now: Procedure) -> tuple[str, ...]:
    return tuple(dict.fromkeys((target.key, *(k for k in target.others if k != now.key))))[:2]
