"""A word on the last answer: where from, shorter, all of it, again; right or wrong."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from bot.dialogue import procedure_parts as pp
from bot.dialogue.answering import answered
from bot.dialogue.composing import Manner
from bot.dialogue.decision import Decision, Target
from bot.dialogue.message import Behavior, LogFeedback, MessageClass, Reply
from bot.dialogue.pressing import pressed
from bot.dialogue.turn import Outcome, Turn
from bot.petitions.privacy import mask
from bot.wording import citizens as say
from knowledge.vietnamese import fold

UP, DOWN = "👍👏❤🥰😍👌", "👎😡🤬"
_CONTENT = frozenset(
    {"ok", "uh", "u", "um", "vang", "da", "ok ok", "oki", "ok nha", "ok nhe", "vang a", "da vang", "ok a", "ok ban"}
)
_BASIS = frozenset({"chac_khong", "nguon"})
_WISHES = _BASIS | {"ngan_thoi", "tat_ca", "nhac_lai", "them"}


def rated(turn: Turn) -> Outcome | None:
    """A typed 👍 or 👎, "sai rồi", or the few words that were asked for after 👎."""
    text = turn.message.text.strip()
    signs = "".join(c for c in text if unicodedata.category(c) not in ("Sk", "Mn", "Cf", "Zs"))
    if signs and all(c in UP + DOWN for c in signs):
        return pressed("fb:up" if signs[0] in UP else "fb:down", turn.session, turn.library, turn.authority)
    if fold(text).strip(" .!") in _CONTENT and turn.session.draft is None:
        return turn.session, Reply(Behavior.CHITCHAT, say.RATED_UP, message_class=MessageClass.THANKS)
    if turn.session.draft is not None or text.startswith("/"):
        return None
    if _why_asked(turn) and not turn.aspects and turn.hits.confidence < 0.6:
        words = mask(text[:500])
        thanks = Reply(Behavior.CHITCHAT, say.FEEDBACK_THANKS, message_class=MessageClass.UNCLEAR)
        return replace(turn.session, options=()), replace(thanks, intents=(LogFeedback(False, words=words),))
    short = len(turn.reading.text.split()) <= 6 and not turn.aspects
    if "che" in turn.reading.marks and short:
        return pressed("fb:down", turn.session, turn.library, turn.authority)
    return None


def _why_asked(turn: Turn) -> bool:
    options = turn.session.options
    return bool(options) and all(o.id.startswith("fb:") and o.id not in ("fb:up", "fb:down") for o in options)


def remark(turn: Turn) -> Outcome | None:
    topic, marks = turn.session.topic, turn.reading.marks
    wanted = marks & _WISHES
    room = 4 if wanted & {"nguon", "ngan_thoi"} else 2
    if topic is None or topic.kind == "plan" or len(turn.reading.subject.split()) > room:
        return None
    if not wanted or (turn.aspects and not wanted & _BASIS):
        return None
    aspects = ("can_cu",) if wanted & _BASIS else topic.aspects
    everything = "tat_ca" in wanted and not aspects and topic.kind == "procedure"
    if everything and (p := turn.library.procedure(topic.key)):
        aspects = pp.published(p, turn.library.day)
    target = Target(topic.kind, topic.key, aspects, topic.told, 1.0)
    manner = Manner("ngan_thoi" in wanted, bool(wanted & {"tat_ca", "them"}))
    session, reply = answered(turn.session, turn.library, Decision((target,), score=1.0), manner)
    # "ngắn thôi" after a card stays about the whole procedure
    return session.about(replace(session.topics[0], aspects=topic.aspects) if everything else session.topics[0]), reply
