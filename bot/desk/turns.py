"""What is kept of a turn: the question masked, the answer, what came of it. Of petitions, nothing: they have books of
their own, where a sealed name stays sealed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.desk.transaction import Transaction
from bot.dialogue.message import Behavior, LogFeedback, LogUnknown, MessageClass, Reply
from bot.dialogue.session import Session
from bot.ledger import Feedback, Gap, Turn

# What is said of law-breaking by others is kept out of question logs.
NOT_LOGGED = frozenset({MessageClass.DENUNCIATION, MessageClass.COMPLAINT})


def is_private(before: Session, session: Session, reply: Reply) -> bool:
    """Whether the words of this turn stay out of the log."""
    filing = reply.behavior is Behavior.PETITION or (before.draft is not None and not before.draft.away)
    return session.quiet or filing or reply.message_class in NOT_LOGGED


def remembered(before: Session, session: Session, reply: Reply) -> Session:
    """The session without the words of a turn that is private."""
    return replace(session, last_question="") if is_private(before, session, reply) else session


def keep(tx: Transaction, turn: Turn, before: Session, session: Session, reply: Reply) -> int:
    """Writes the turn, its gap and its feedback; `turn` comes with the words, which go where they may not stay."""
    private = is_private(before, session, reply)
    if private:
        turn = replace(turn, question="", reply="")
    number = tx.add_turn(turn)
    for intent in reply.intents:
        if isinstance(intent, LogUnknown) and intent.question and not private:
            tx.add_gap(Gap(number, intent.question, turn.at, turn.door, turn.conversation))
        elif isinstance(intent, LogFeedback):
            about = tx.last_answer(turn.conversation) if intent.kind == "answer" else number
            tx.add_feedback(Feedback(number, about, intent.good, intent.reason, intent.words, turn.at, intent.kind))
    return number


def turn_of(
    conversation: str, at: dt.datetime, door: str, session: Session, reply: Reply, generation: str, milliseconds: float
) -> Turn:
    return Turn(
        conversation=conversation,
        at=at,
        door=door,
        question=reply.masked,
        message_class=reply.message_class,
        behavior=reply.behavior,
        records=tuple(m.id for m in reply.records),
        score=reply.score,
        generation=generation,
        reply=reply.text,
        milliseconds=milliseconds,
        place=session.place,
    )
