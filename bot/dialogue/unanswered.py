"""Nothing here answers: it is said so, with the names that a telling word of the message stands in."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answering import unknown
from bot.dialogue.decision import Decision
from bot.dialogue.strangers import telling
from bot.dialogue.turn import Outcome, Turn
from bot.petitions.privacy import mask
from knowledge.vietnamese import fold, normalise


def unanswered(turn: Turn, decision: Decision) -> Outcome:
    words = _all_telling(turn)
    near = tuple(k for k in decision.near if decision.absent or _touched(turn, k, words))
    plausible = replace(decision, near=near)
    return unknown(turn.session, turn.library, plausible, mask(turn.message.text))


def _all_telling(turn: Turn) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w.lower() for c in turn.reading.clauses for w in telling(turn.question, c)))


def _touched(turn: Turn, key: str, words: tuple[str, ...]) -> bool:
    """Whether a telling word stands in one of a record's names: what is merely near is no help to anybody."""
    library = turn.library
    record = library.procedures.get(key) or library.contacts.get(key) or library.services.get(key)
    held = set(re.findall(r"\w+", normalise(" ".join((record.name, *record.aliases))))) if record else set()
    bare = {fold(w) for w in held}
    return any(w in (bare if w.isascii() else held) for w in words)
