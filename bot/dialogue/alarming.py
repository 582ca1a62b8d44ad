"""Danger in the conversation: told at once, or asked for where it can be neither heard nor ruled out."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answering import answered
from bot.dialogue.decision import SURE, Decision, Target, name_heard
from bot.dialogue.message import Behavior, MessageClass, Reply
from bot.dialogue.nuisances import nuisance
from bot.dialogue.particulars import is_yes_no
from bot.dialogue.petitioning import asks_in_words
from bot.dialogue.signs import hinted, refuge
from bot.dialogue.strangers import NAMED
from bot.dialogue.turn import Outcome, Turn
from bot.dialogue.urgent import (
    CRY,
    DANGER,
    LIKELY,
    NO_DANGER,
    abroad_reply,
    beside_reply,
    danger,
    doubted,
    doubtful_reply,
    hazards,
    held_abroad,
    number_asked,
    urgent_reply,
)
from bot.wording import citizens as say
from index.passages import RecordKind
from knowledge.vietnamese import fold

# Words of danger are believed from here on where the message has another meaning as well.
SURELY, OVER_NUISANCE, OVER_EVENT = 0.95, 0.7, 0.5
# From here on the words of a hazard have the numbers stand above whatever is answered.
PERHAPS = 0.1
# Who mourns tells of what killed; who was robbed or cheated is told what to do by small talk, unless it goes on now.
MOURNED, WARNED, NOW = (
    frozenset({"nguoi_than_mat"}),
    frozenset({"lua_dao_hoi", "bi_lua", "bi_trom"}),
    frozenset({"lua_tien"}),
)
_HELP = re.compile(r"\b(?:cuu|cuu giup) (?:em|toi|tui|minh|con|chau|voi)\b")
_YES = frozenset(
    (
        "co",
        "co a",
        "da co",
        "u",
        "vang",
        "dung",
        "dung roi",
        "dang nguy hiem",
        "co, dang nguy hiem",
        "co dang nguy hiem",
        "1",
    )
)
_NO = frozenset(("khong", "ko", "k", "khong co", "khong co ai", "da khong", "khong a", "khong sao", "2"))


def emergency(turn: Turn) -> Outcome | None:
    if key := number_asked(turn.reading):
        return answered(turn.session, turn.library, Decision((Target("contact", key, (), "", 1.0),), score=1.0))
    if held_abroad(turn.reading):
        return turn.session, abroad_reply(turn.library)
    heard = danger(turn.sober, turn.judge, turn.library, _cry_from(turn))
    if heard is None or not (turn.sober.emergencies or _alone(turn, heard)):
        return None
    return turn.session, urgent_reply(heard, turn.library, hazards(turn.sober, turn.library)[0], refuge(turn.reading))


def _cry_from(turn: Turn) -> float:
    """From where on the classifier alone is believed. Amid something that is spoken of or named, what no word of danger
    tells is a part of that story ("mẹ em không đi được nữa"), unless it surely cries, or a second witness says so; so
    is what is told with exaggeration."""
    amid = turn.session.topic is not None or _named(turn) or turn.sober is not turn.reading
    return SURELY if amid and turn.judged[0] is not MessageClass.EMERGENCY else CRY


def _named(turn: Turn) -> bool:
    best = next(iter(turn.hits.hits), None)
    surely = best is not None and best.record.kind is RecordKind.PROCEDURE and turn.hits.confidence >= SURE
    return surely and best is not None and name_heard(best) >= NAMED


def cautioned(turn: Turn, outcome: Outcome) -> Outcome:
    """The reply to what may yet be danger: the numbers stand above."""
    session, reply = outcome
    typed = turn.message.text and not turn.message.choice and not turn.message.text.lstrip().startswith("/")
    told = reply.urgent or reply.behavior is Behavior.REDIRECT or any(o.id.startswith(DANGER) for o in reply.options)
    if not typed or told or turn.session.draft is not None or nuisance(turn) or turn.reading.events:
        return outcome
    return (session, beside_reply(reply, turn.library)) if _may_be_danger(turn) else outcome


def _may_be_danger(turn: Turn) -> bool:
    """What would have been a cry for help if nothing else had been spoken of; or words that tell of a hazard, amid
    something else ("bé nuốt đồng xu phải làm sao")."""
    amid = _cry_from(turn) > CRY and turn.sober is turn.reading
    if amid and danger(turn.sober, turn.judge, turn.library) is not None:
        return True
    if turn.session.topic is None or turn.aspects:
        return False
    signs, sure = hazards(turn.sober, turn.library)
    likely = turn.judge.urgent(turn.sober.text, turn.library.language)
    return bool(signs) and likely >= (PERHAPS if sure else LIKELY)


def _alone(turn: Turn, heard: tuple[str, ...]) -> bool:
    """Within a form, where a life event is told or a nuisance, or where a yes or no is asked of what is spoken of,
    words that may tell of danger may belong to that."""
    likely = turn.judge.urgent(turn.sober.text, turn.library.language)
    if turn.session.topic is not None and is_yes_no(turn.reading.text) and likely < CRY:
        return False
    events = set(turn.reading.events)
    warned = WARNED & set(turn.reading.talk) and not NOW & set(heard)
    if turn.session.draft is not None or MOURNED & events or warned:
        return bool(heard) and likely >= SURELY
    if events:
        return likely >= OVER_EVENT and hazards(turn.sober, turn.library)[1]
    return likely >= (OVER_NUISANCE if heard else SURELY) or not nuisance(turn)


def maybe_danger(turn: Turn) -> Outcome | None:
    """Where danger can be neither told nor ruled out, and nothing else is asked: is anybody in it?"""
    if turn.session.draft is not None or turn.aspects or asks_in_words(turn) or nuisance(turn):
        return None
    keys = hinted(turn.reading) or doubted(turn.sober, turn.judge, turn.library)
    elsewhere = turn.reading.events or _cry_from(turn) > CRY
    if keys is None or (elsewhere and not keys and not _HELP.search(turn.reading.folded)):
        return None
    reply = doubtful_reply(keys, turn.library)
    return replace(turn.session, options=reply.options), reply


def after_doubt(turn: Turn) -> Outcome | None:
    """The answer to whether anybody is in danger: a button, or a yes or no of a few words."""
    offered = next((o for o in turn.session.options if o.id.startswith(DANGER) and o.id != NO_DANGER), None)
    bare = fold(turn.message.text).strip(" .,!?")
    typed = "" if offered is None else NO_DANGER if bare in _NO else offered.id if bare in _YES else ""
    said = turn.message.choice or typed
    if not said.startswith(DANGER):
        return None
    session = replace(turn.session, options=())
    if said == NO_DANGER:
        return session, Reply(Behavior.CHITCHAT, say.NO_DANGER, message_class=MessageClass.UNCLEAR)
    return session, urgent_reply(tuple(filter(None, said.removeprefix(DANGER).split("."))), turn.library)
