"""How money is paid: by transfer, with a wallet, to which account. A procedure that is named or spoken of first."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue import composing
from bot.dialogue.answering import answered
from bot.dialogue.beyond_fields import ACCOUNT, CASH, PAYING
from bot.dialogue.decision import Decision, Target
from bot.dialogue.meaning import as_meant
from bot.dialogue.message import Behavior
from bot.dialogue.several import named
from bot.dialogue.strangers import telling
from bot.dialogue.turn import Outcome, Turn
from bot.dialogue.understanding import Clause
from knowledge.vietnamese import fold

# Words of paying whatever it is for.
_PAYS = "nộp"
_PAYS_ANYHOW = re.compile(
    r"\b(?:nop|dong|tra|thanh toan|phi|thue|chuyen (?:khoan|tien)|quet|phat|tai khoan (?:nao|kho bac))\b"
)
FEW = 6
_WHATEVER = frozenset("phi le thue nop dong tra tien thanh toan truc tuyen mang online qua bang".split())


def paying(turn: Turn) -> Outcome | None:
    """A message of one clause that asks how to pay; one among several clauses is answered with the others."""
    clauses = turn.reading.clauses
    asked = PAYING & {u for c in clauses for u in c.unstated}
    if len(clauses) != 1 or not asked or composing.PAYMENT_PAGE not in turn.library.services:
        return None
    if not _PAYS_ANYHOW.search(turn.reading.folded) and not (
        turn.session.topic and len(turn.reading.text.split()) <= FEW
    ):
        return None
    if key := _procedure(turn, clauses[0]):
        target = Target("procedure", key, clauses[0].aspects, turn.message.text, 1.0, unstated=clauses[0].unstated)
        decision = as_meant(turn.question, clauses[0], Decision((target,), score=1.0))
        return answered(turn.session, turn.library, decision)
    page = Target("service", composing.PAYMENT_PAGE, (), turn.message.text, 1.0)
    session, reply = answered(turn.session, turn.library, Decision((page,), score=1.0))
    behavior = Behavior.NOT_PUBLISHED if asked <= {ACCOUNT, CASH} else reply.behavior
    return session, replace(reply, behavior=behavior, text=composing.paying(turn.library, asked))


def _procedure(turn: Turn, clause: Clause) -> str:
    """The procedure that is named beside the words of paying, else the one spoken of; "" for none."""
    words = [w for w in telling(turn.question, clause) if fold(w) not in _WHATEVER]
    topic = turn.session.topic
    if not words:
        return topic.key if topic and topic.kind == "procedure" else ""
    said = " ".join(words)
    record = named(turn.question, said) or named(turn.question, f"{_PAYS} {said}")
    return record.key if record else ""
