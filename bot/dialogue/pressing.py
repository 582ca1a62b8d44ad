"""A pressed or chosen option: its id says exactly what is wanted. Ids are stable; an outdated one gets a kind word."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue import filing, own_data, procedure_parts, subscribing
from bot.dialogue.answering import answered, record_option
from bot.dialogue.commands import command_reply, field_list
from bot.dialogue.composing import Manner
from bot.dialogue.decision import Decision, Target
from bot.dialogue.message import Behavior, LogFeedback, LogUnknown, Mention, MessageClass, Option, Reply
from bot.dialogue.plans import answer_on_plans
from bot.dialogue.session import Session, Topic
from bot.dialogue.understanding import read
from bot.petitions.privacy import mask
from bot.wording import citizens as say
from knowledge.library import Library
from knowledge.vietnamese import fold

KINDS = {"p": "procedure", "c": "contact", "s": "service"}


def pressed(option: str, session: Session, library: Library, authority: str) -> tuple[Session, Reply]:
    kind, _, rest = option.partition(":")
    if kind == "f":
        return _filing(option, session, authority)
    if kind == "pa":
        return _filed(session, filing.pressed(rest, session.draft))
    if kind == "data":
        return own_data.pressed(rest, session) or _outdated(kind, session, library, authority)
    if kind == "t":
        return subscribing.pressed(rest, session, library) or _outdated(kind, session, library, authority)
    if kind == "menu":
        return command_reply(f"/{rest}", session, library, authority)
    if kind == "fb":
        return _feedback(rest, session)
    if kind == "log":
        return session, Reply(Behavior.CHITCHAT, say.LOGGED, intents=(LogUnknown(mask(session.waiting)),))
    found = _listed(kind, rest, session, library) or _record(kind, rest, session, library)
    return found or _outdated(kind, session, library, authority)


def _listed(kind: str, rest: str, session: Session, library: Library) -> tuple[Session, Reply] | None:
    if kind == "plan":
        return _plan(rest, session, library)
    if kind not in ("field", "page"):
        return None
    if not rest:
        return command_reply("/linhvuc", session, library, "")
    number, _, name = rest.partition(":") if kind == "page" else ("0", "", rest)
    field = next((f for f in library.fields() if name and fold(f)[: len(name)] == name), "")
    return field_list(session, library, field, int(number) if number.isdecimal() else 0) if field else None


def _record(kind: str, rest: str, session: Session, library: Library) -> tuple[Session, Reply] | None:
    key, _, aspect = rest.partition(":")
    if kind == "a" and aspect not in procedure_parts.ASPECTS:
        return None
    if kind in ("a", "all", "p") and (p := library.procedure(key)):
        topic = next((t for t in session.topics if t.key == p.key), None) if kind == "all" else session.topic
        same = topic is not None and topic.key == p.key
        told = topic.told if topic and same else session.waiting
        aspects = (
            (aspect,)
            if kind == "a"
            else session.waiting_aspects
            if kind == "p"
            else topic.aspects
            if same and topic
            else ()
        )
        decision = Decision((Target("procedure", p.key, aspects, told, 1.0),), score=1.0)
        return answered(session, library, decision, Manner(whole=kind == "all"))
    if kind in KINDS and record_option(library, key):
        return answered(session, library, Decision((Target(KINDS[kind], key, (), "", 1.0),), score=1.0))
    return None


def _plan(key: str, session: Session, library: Library) -> tuple[Session, Reply] | None:
    if key not in library.plans:
        return None
    plan = library.plans[key]
    question = session.waiting or plan.name
    found = answer_on_plans(read(f"{question} {plan.place} {plan.year}", library), library, None, (key,))
    new = replace(session.about(Topic("plan", key, found.aspects, question)), options=found.options, waiting="")
    mentions = (Mention("plan", key, "", plan.name, found.aspects),)
    return new, Reply(found.behavior, found.text, mentions, found.options, found.sources, score=1.0)


def _filing(option: str, session: Session, authority: str) -> tuple[Session, Reply]:
    if session.draft is None:
        filed = filing.without_draft(option, authority)
    else:
        filed = filing.go_on(session.draft, "", frozenset(), option, authority)
    return _filed(session, filed)


def _filed(session: Session, filed: filing.Filed) -> tuple[Session, Reply]:
    new = replace(session, draft=filed.draft, options=filed.options)
    return new, Reply(filed.behavior, filed.text, options=filed.options, intents=filed.intents)


def _feedback(what: str, session: Session) -> tuple[Session, Reply]:
    if what == "up":
        return session, _thanks(LogFeedback(True))
    if what == "down":
        options = tuple(Option(f"fb:{k}", label) for k, label in say.FEEDBACK_REASONS.items())
        new = replace(session, options=options)
        return new, Reply(Behavior.CHITCHAT, say.FEEDBACK_WHY, options=options, intents=(LogFeedback(False),))
    return session, _thanks(LogFeedback(False, say.FEEDBACK_REASONS.get(what, what)))


def _thanks(intent: LogFeedback) -> Reply:
    kind = MessageClass.THANKS if intent.good else MessageClass.UNCLEAR
    return Reply(Behavior.CHITCHAT, say.FEEDBACK_THANKS, message_class=kind, intents=(intent,))


_FRESH = {
    **dict.fromkeys(("p", "a", "all", "field", "page"), "/linhvuc"),
    **{"t": "/theodoi", "c": "/duongday", "s": "/dichvu", "plan": "/kehoach"},
}


def _outdated(kind: str, session: Session, library: Library, authority: str) -> tuple[Session, Reply]:
    """A kind word and the list as it is today: of what the button was one of, else the beginning."""
    new, fresh = command_reply(_FRESH.get(kind, "/menu"), session, library, authority)
    return new, replace(fresh, behavior=Behavior.CLARIFY, text=f"{say.OUTDATED}\n\n{fresh.text}")
