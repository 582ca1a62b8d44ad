"""Who writes in English is told, in English, that the answer is Vietnamese; numbers and papers can be read in it."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.message import Behavior
from bot.dialogue.turn import Outcome, Turn
from bot.wording import citizens as say

ENGLISH = "tieng_anh"
_FROM = 0.5
_ANSWERS = (Behavior.ANSWER, Behavior.NOT_PUBLISHED, Behavior.CLARIFY)


def is_english(turn: Turn) -> bool:
    """Half of the words that were typed are common English words, and there are three at least."""
    if not turn.message.text.isascii():
        return False
    words = re.findall(r"[^\W\d_]+", turn.message.text.lower())
    common = next((w.phrases for w in turn.library.language.common if w.key == ENGLISH), ())
    plain = sum(w in common for w in words)
    if len(words) < 3 or plain < 2:
        return False
    expanded = {e.short for e in turn.library.language.english}
    return (plain + sum(w in expanded for w in words)) / len(words) >= _FROM


def in_vietnamese(turn: Turn) -> Turn:
    """The turn with what is Vietnamese after the known English words were written out; else the same turn."""
    if turn.message.choice or not is_english(turn):
        return turn
    plain = next((w.phrases for w in turn.library.language.common if w.key == ENGLISH), ())
    words = [w for w in turn.reading.text.split() if w.strip(".,?!") not in plain]
    return replace(turn, message=replace(turn.message, text=" ".join(words))) if words else turn


def told_in_english(turn: Turn, outcome: Outcome) -> Outcome:
    session, reply = outcome
    if turn.message.choice or not is_english(turn):
        return outcome
    if reply.behavior in _ANSWERS:
        return session, replace(reply, text=f"{say.ENGLISH}\n\n{reply.text}")
    if reply.behavior in (Behavior.UNKNOWN, Behavior.OUT_OF_SCOPE):
        return session, replace(reply, text=f"{say.ENGLISH_UNKNOWN}\n\n{reply.text}")
    return outcome
