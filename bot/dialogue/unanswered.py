"""Nothing here is named: what the record spoken of says of it all the same, or that it does not."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answering import answered, unknown
from bot.dialogue.decision import Decision, Target
from bot.dialogue.particulars import of_words
from bot.dialogue.procedure_parts import told_case
from bot.dialogue.strangers import telling
from bot.dialogue.turn import Outcome, Turn
from bot.petitions.privacy import mask
from knowledge.records import Procedure
from knowledge.vietnamese import fold, normalise


def unanswered(turn: Turn, decision: Decision) -> Outcome:
    p, words = _in_mind(turn), _all_telling(turn)
    if p and not decision.absent and _speaks(p, turn.reading.text, words):
        target = Target("procedure", p.key, (), turn.reading.text, 1.0, whether=turn.reading.text, particular=words)
        return answered(turn.session, turn.library, Decision((target,), score=turn.hits.known))
    near = tuple(k for k in decision.near if decision.absent or _touched(turn, k, words))
    plausible = replace(decision, near=near)
    return unknown(turn.session, turn.library, plausible, mask(turn.message.text))


def _in_mind(turn: Turn) -> Procedure | None:
    topic = turn.session.topic
    return turn.library.procedure(topic.key) if topic and topic.kind == "procedure" else None


def _all_telling(turn: Turn) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w.lower() for c in turn.reading.clauses for w in telling(turn.question, c)))


def _speaks(p: Procedure, text: str, words: tuple[str, ...]) -> bool:
    """Whether the record knows the case that is told, or holds all the words in one place; one word proves nothing."""
    return told_case(p, text) is not None or (len(words) > 1 and bool(of_words(p, words)))


def _touched(turn: Turn, key: str, words: tuple[str, ...]) -> bool:
    """Whether a telling word stands in one of a record's names: what is merely near is no help to anybody."""
    library = turn.library
    record = library.procedures.get(key) or library.contacts.get(key) or library.services.get(key)
    held = set(re.findall(r"\w+", normalise(" ".join((record.name, *record.aliases))))) if record else set()
    bare = {fold(w) for w in held}
    return any(w in (bare if w.isascii() else held) for w in words)
