"""One turn: (Session, Message) → (Session, Reply). Rules are tried in one order; the first that speaks answers.

The order, and why: a button means exactly one thing; danger goes before everything that is written; what must not be
said (codes, hidden orders, secrets) before what is asked; a draft that is open before new subjects; what the message is
(feedback, complaint) before what its words are about; small talk before a lookup; plans before procedures, since they
share words.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from bot.dialogue import petitioning, subscribing
from bot.dialogue.alarming import after_doubt, cautioned, emergency, maybe_danger
from bot.dialogue.asking import life_event, plans, procedures
from bot.dialogue.chatting import broken, forbidden, nothing_said, small_talk
from bot.dialogue.choosing import chosen, listed
from bot.dialogue.commands import command_reply
from bot.dialogue.english import in_vietnamese, told_in_english
from bot.dialogue.locating import places
from bot.dialogue.message import Behavior, MessageClass
from bot.dialogue.petitioning import asked_back, feedback, files, tracking
from bot.dialogue.pressing import pressed
from bot.dialogue.remarking import rated, remark
from bot.dialogue.session import Session
from bot.dialogue.turn import OWN_LAW, Outcome, Turn
from bot.dialogue.urgent import danger
from bot.petitions.privacy import mask

# Under this a class that accuses or dismisses is not counted.
CLASSED = 0.75
# What was looked up was a question, in whatever language it was asked.
_LOOKED_UP = (Behavior.ANSWER, Behavior.NOT_PUBLISHED, Behavior.CLARIFY, Behavior.UNKNOWN)

__all__ = ["Outcome", "Turn", "danger", "take_turn", "without_numbers"]


def take_turn(turn: Turn) -> Outcome:
    began = time.perf_counter()
    heard = in_vietnamese(turn)
    outcome = cautioned(heard, next(o for rule in RULES if (o := rule(heard)) is not None))
    outcome = petitioning.captioned(turn, outcome)
    session, reply = told_in_english(turn, outcome)
    typed = turn.message.text and not turn.message.choice and not turn.message.text.lstrip().startswith("/")
    if reply.message_class is MessageClass.QUESTION and typed:
        kind = _class_of(heard, reply.behavior, bool(reply.records))
        english = heard is not turn and reply.behavior in _LOOKED_UP
        reply = replace(reply, message_class=MessageClass.QUESTION if english else kind)
    spent = (time.perf_counter() - began) * 1000
    masked = mask(turn.message.text)
    secret = reply.message_class in OWN_LAW
    offered = listed(session, reply, turn.library)
    kept = replace(session, last_question="" if secret else masked[:500], listed=offered)
    return without_numbers(kept), replace(reply, masked=masked, milliseconds=spent)


def without_numbers(session: Session) -> Session:
    """What is remembered of a conversation holds no phone or identity number; a draft keeps what it needs."""
    topics = tuple(replace(t, told=mask(t.told)) for t in session.topics)
    return replace(session, topics=topics, waiting=mask(session.waiting))


def _class_of(turn: Turn, behavior: Behavior, recorded: bool) -> MessageClass:
    """The message's class for officers' figures; what was answered is a question unless it surely is none."""
    kind, likely = turn.judged
    if behavior in (Behavior.ANSWER, Behavior.NOT_PUBLISHED) and recorded and likely < 0.6:
        return MessageClass.QUESTION
    if kind is MessageClass.EMERGENCY or (
        recorded and kind is MessageClass.SPAM and len(turn.reading.text.split()) <= 3
    ):
        return MessageClass.QUESTION  # it was looked at before, and told of no danger; "số 2" chose a record
    if kind in (MessageClass.SPAM, *OWN_LAW) and likely < CLASSED and turn.declared is not kind:
        return MessageClass.UNCLEAR  # nobody is counted a spammer or an accuser on a guess
    if behavior is Behavior.CHITCHAT and "cam_on" in turn.reading.talk:
        return MessageClass.THANKS
    return kind


def button(turn: Turn) -> Outcome | None:
    if not turn.message.choice:
        return None
    outcome = pressed(turn.message.choice, turn.session, turn.library, turn.authority)
    wished = turn.message.choice == "fb:up" and not turn.message.public
    return subscribing.offered(*outcome) if wished else outcome


def command(turn: Turn) -> Outcome | None:
    if not turn.message.text.lstrip().startswith("/"):
        return None
    rest = turn.message.text.strip().partition(" ")[2]
    kind = replace(turn, message=replace(turn.message, text=rest)).judged[0] if rest.strip() else MessageClass.UNCLEAR
    return command_reply(turn.message.text, turn.session, turn.library, turn.authority, kind)


def open_draft(turn: Turn) -> Outcome | None:
    return petitioning.open_draft(turn, AFTER_DRAFT)


def story_and_question(turn: Turn) -> Outcome | None:
    return petitioning.told_then_asked(turn, AFTER_DRAFT[1:])


AFTER_DRAFT: tuple[Callable[[Turn], Outcome | None], ...] = (
    story_and_question,
    feedback,
    remark,
    small_talk,
    maybe_danger,
    broken,
    places,
    plans,
    life_event,
    procedures,
)
RULES: tuple[Callable[[Turn], Outcome | None], ...] = (
    files,
    after_doubt,
    button,
    rated,
    nothing_said,
    command,
    emergency,
    chosen,
    forbidden,
    tracking,
    asked_back,
    open_draft,
    *AFTER_DRAFT,
)
