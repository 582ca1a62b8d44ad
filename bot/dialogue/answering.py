"""Decided targets become a Reply and the session that remembers it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.dialogue import beyond_fields, composing, particulars, sayings
from bot.dialogue.composing import PLAINLY, Answer, Manner
from bot.dialogue.decision import Decision, Target, as_topic
from bot.dialogue.message import Behavior, LogUnknown, Mention, Option, Reply
from bot.dialogue.procedure_parts import whom
from bot.dialogue.session import REMEMBERED, Session, Topic
from bot.petitions.privacy import mask
from bot.wording import citizens as say
from knowledge.library import Library
from knowledge.records import LifeEvent

UP = Option("fb:up", "👍")
DOWN = Option("fb:down", "👎")
BETWEEN = "\n\n———\n\n"
SEVERAL = 1500
"""About so many letters for several answers in one message."""
WARNED_KEPT = 12
LONG_LABEL = 70


def asked_of_procedure(library: Library, t: Target) -> Target:
    """What a service does not say (fee, papers, time …) is said by the procedure that it serves."""
    service = library.services.get(t.key) if t.kind == "service" else None
    wanted = set(t.aspects) - {"truc_tuyen"}
    if service and (wanted or t.unstated) and service.procedures:
        return replace(t, kind="procedure", key=service.procedures[0])
    return t


def compose(library: Library, t: Target, manner: Manner = PLAINLY) -> Answer | None:
    """The text about one target, or None where the record is no longer there."""
    if t.kind == "procedure":
        p = library.procedure(t.key)
        if p is None:
            return None
        if t.unstated and (t.whether or not t.aspects):
            said = beyond_fields.of_unstated(p, t.unstated, t.particular)
            return composing.particular_answer(library, p, said, t.unstated, manner=manner, asked=t.aspects)
        if t.whether:
            said = particulars.of_whether(p, t.whether, t.particular, t.aspects, t.told)
            rules = sayings.conditions(p)
            return composing.particular_answer(library, p, said, (), rules, manner, t.aspects, t.particular)
        answer = composing.procedure_answer(library, p, t.aspects, t.told, manner)
        if not t.unstated:
            return answer
        return composing.beside(
            answer, composing.particular(library, p, beyond_fields.of_unstated(p, t.unstated, t.particular), t.unstated)
        )
    if t.kind == "contact":
        c = library.contacts.get(t.key)
        return composing.contact_answer(c) if c else None
    s = library.services.get(t.key)
    return composing.service_answer(s) if s else None


def answered(session: Session, library: Library, decision: Decision, manner: Manner = PLAINLY) -> tuple[Session, Reply]:
    wanted = [asked_of_procedure(library, t) for t in decision.targets]
    targets = [(t, a) for t in wanted if (a := compose(library, t, _warning_once(manner, session, t)))]
    if not targets:
        return unknown(session, library, decision, "")
    answers = [a for _, a in targets]
    text = BETWEEN.join(a.text for a in answers)
    if len(answers) > 1 and len(text) > composing.LONGEST and not manner.whole:
        short = replace(manner, most=SEVERAL // len(answers))
        answers = [a for t, _ in targets if (a := compose(library, t, _warning_once(short, session, t)))]
        text = BETWEEN.join(a.text for a in answers)
    options = _options(library, [t for t, _ in targets], answers)
    if decision.unsaid:
        text += f"\n\n{say.UNSAID.format(whom=decision.unsaid, hotline=composing.called(library))}"
    if decision.missed:
        text += f"\n\n{say.MISSED.format(text=decision.missed.strip(' ,.?!'), hotline=composing.called(library))}"
    reply = Reply(
        behavior=Behavior.ANSWER if any(a.published for a in answers) else Behavior.NOT_PUBLISHED,
        text=text,
        records=tuple(a.mention for a in answers),
        options=options,
        sources=tuple(dict.fromkeys(s for a in answers for s in a.sources)),
        score=decision.score,
        intents=(LogUnknown(mask(decision.missed)),) if decision.missed else (),
    )
    topics = [as_topic(t) for t, _ in targets]
    warned = tuple(dict.fromkeys((*session.warned, *(t.key for t in topics))))[-WARNED_KEPT:]
    new = replace(session.about(*topics), warned=warned)
    new = replace(new, options=options, clarified=False, several=len(topics) > 1, waiting="", waiting_aspects=())
    return _also_asking(new, library, decision, reply) if decision.choices or decision.later else (new, reply)


def _warning_once(manner: Manner, session: Session, t: Target) -> Manner:
    return replace(manner, warned=t.key in session.warned and "hieu_luc" not in t.aspects)


def _also_asking(session: Session, library: Library, decision: Decision, reply: Reply) -> tuple[Session, Reply]:
    """One part is answered; of the other it is asked which record is meant, or what did not fit is offered."""
    options = tuple(o for key in decision.choices or decision.later if (o := record_option(library, key)))
    lines = [f"{i}. {o.label}" for i, o in enumerate(options, 1)]
    text = "\n".join([reply.text, "", say.AND_WHICH if decision.choices else say.AND_LATER, *lines, say.CHOOSE])
    new = replace(session, options=options, clarified=True, waiting="", waiting_aspects=decision.aspects)
    return new, replace(reply, text=text, options=options)


def _options(library: Library, targets: Sequence[Target], answers: Sequence[Answer]) -> tuple[Option, ...]:
    found: list[Option] = []
    cut = [p for a in answers if a.cut and (p := library.procedure(a.mention.id))]
    if len(targets) > 1:
        found += [Option(f"all:{p.key}", f"{say.SEE_ALL}: {_label(library, p.key, p.name)}"[:60]) for p in cut]
    elif cut:
        found.append(Option(f"all:{cut[0].key}", say.SEE_ALL))
    target = targets[0]
    if target.kind == "procedure" and (p := library.procedure(target.key)):
        found += [Option(f"p:{k}", o.name[:60]) for k in target.others if (o := library.procedure(k))]
        found += composing.aspect_options(p, library.day, target.aspects)
    return (*found[:7], UP, DOWN)


def ask_back(session: Session, library: Library, decision: Decision, question: str) -> tuple[Session, Reply]:
    """Up to five records as buttons; the aspects asked are kept for the one that is chosen."""
    options = _record_options(library, decision.choices)
    mentions = tuple(m for key in decision.choices if (m := mention(library, key)))
    lines = [f"{i}. {o.label}" for i, o in enumerate(options, 1)]
    asking = say.WHICH_HOTLINE if options and all(o.id.startswith("c:") for o in options) else say.WHICH_ONE
    text = "\n".join([asking, *lines, say.CHOOSE])
    new = replace(session, options=options, clarified=True, waiting=question, waiting_aspects=decision.aspects)
    return new, Reply(Behavior.CLARIFY, text, mentions, options, score=decision.score)


def _record_options(library: Library, keys: Iterable[str]) -> tuple[Option, ...]:
    """A button for each record; what two of them are equally called is offered once."""
    found = (o for key in keys if (o := record_option(library, key)))
    return tuple({o.label: o for o in found}.values())


def unknown(session: Session, library: Library, decision: Decision, question: str) -> tuple[Session, Reply]:
    """Honest: nothing here. The nearest names where any is plausible, the hotline, and the offer to log it."""
    options = _record_options(library, decision.near)
    near = [f"{i}. {o.label}" for i, o in enumerate(options, 1)]
    lacking = next((w for w in library.language.absent if w.key == decision.absent), None)
    hotline = library.contacts.get((lacking.contact if lacking else "") or composing.PORTAL_HOTLINE)
    about = say.UNKNOWN_ABOUT.format(what=lacking.name) if lacking else say.UNKNOWN
    lines = [say.ABSENT_WHERE.get(decision.absent, about)]
    topic = session.topic if session.topic and session.topic.kind == "procedure" and not decision.absent else None
    if topic and (p := library.procedure(topic.key)):
        told = {"name": p.name, "agency": whom(p)}
        lines = [*lines, say.UNKNOWN_OF_TOPIC.format(**told)] if near else [say.TOPIC_SILENT.format(**told)]
    if near:
        lines += [say.NEAREST if lacking else say.PERHAPS, *near]
    if hotline and hotline.number:
        lines.append(say.UNKNOWN_HOTLINE.format(name=hotline.name, number=hotline.number))
    options = (*options, Option("log", say.LOG_IT))
    lines.append(say.LOG_OFFER.format(button=say.LOG_IT))
    new = replace(session, options=options, clarified=False, waiting=question)
    intents = (LogUnknown(question),) if question else ()
    reply = Reply(Behavior.UNKNOWN, "\n".join(lines), (), options, score=decision.score, intents=intents)
    return new, reply


def event_reply(session: Session, library: Library, event: LifeEvent, told: str) -> tuple[Session, Reply]:
    """The procedures that a life event brings, in order; the first one's papers at once."""
    procedures = [p for key in event.procedures if (p := library.procedure(key))]
    lines = [event.opening] if event.opening else []
    lines.append(say.EVENT.format(event=event.name.lower()))
    lines += [f"{i}. {p.name}" for i, p in enumerate(procedures, 1)]
    first = procedures[0]
    card = composing.procedure_answer(library, first, ("ho_so",), told, Manner(brief=True))
    lines += ["", say.EVENT_FIRST, card.text, "", say.CHOOSE]
    options = tuple(Option(f"p:{p.key}", p.name[:60]) for p in procedures)
    rest = (Mention("procedure", p.key, p.code, p.name) for p in procedures[1:])
    mentions = (Mention("procedure", first.key, first.code, first.name, ("ho_so",)), *rest)
    topics = tuple(Topic("procedure", p.key, (), told[-600:]) for p in procedures[:REMEMBERED])
    new = replace(session.about(*topics), options=options, clarified=False, several=False, waiting_aspects=())
    reply = Reply(Behavior.ANSWER, "\n".join(lines), mentions, options, card.sources, score=1.0)
    return new, reply


def record_option(library: Library, key: str) -> Option | None:
    found = mention(library, key)
    marks = {"procedure": "p", "contact": "c", "service": "s", "plan": "plan"}
    return Option(f"{marks[found.kind]}:{key}", _label(library, key, found.name)) if found else None


def _label(library: Library, key: str, name: str) -> str:
    """The name; a long one as people call it, since names that are cut begin alike ("Tạm ngừng kinh doanh …")."""
    p = library.procedures.get(key) if len(name) > LONG_LABEL else None
    spoken = next((a for a in p.aliases if len(a.split()) >= 3), "") if p else ""
    return f"{spoken[:1].upper()}{spoken[1:]}" if spoken else name[:LONG_LABEL]


def mention(library: Library, key: str) -> Mention | None:
    if p := library.procedures.get(key):
        return Mention("procedure", key, p.code, p.name)
    if c := library.contacts.get(key):
        return Mention("contact", key, "", c.name)
    if s := library.services.get(key):
        return Mention("service", key, "", s.name)
    plan = library.plans.get(key)
    return Mention("plan", key, "", plan.name) if plan else None
