"""Questions: on plans, on what life brings, on procedures, hotlines and services, and on what nobody here knows."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue import talk
from bot.dialogue.answering import answered, ask_back, event_reply, mention
from bot.dialogue.audiences import for_whom
from bot.dialogue.calling import of_card
from bot.dialogue.chatting import ROBBED
from bot.dialogue.choosing import OTHER, of_offered
from bot.dialogue.composing import Manner, aspect_options
from bot.dialogue.deciding import decide
from bot.dialogue.decision import SURE, SURE_OF_ANOTHER, UNKNOWN, Decision, Target, name_heard
from bot.dialogue.following import only_a_place
from bot.dialogue.locating import district_body, with_place
from bot.dialogue.meaning import WHEN
from bot.dialogue.message import Behavior, MessageClass, Reply
from bot.dialogue.numbers import a_number
from bot.dialogue.one_thing import or_of_topic, with_particulars
from bot.dialogue.particulars import is_yes_no, of_figures
from bot.dialogue.paying import paying
from bot.dialogue.petitioning import is_question
from bot.dialogue.plans import about_plans, answer_on_plans
from bot.dialogue.procedure_parts import told_case
from bot.dialogue.session import Topic
from bot.dialogue.siblings import age_told
from bot.dialogue.slips import nearly_named
from bot.dialogue.staying import NAMED_IN_COMMON
from bot.dialogue.strangers import NAMED, named_without, telling, without
from bot.dialogue.turn import Outcome, Turn
from bot.dialogue.unanswered import unanswered
from bot.dialogue.within import ASKS, WHAT_TO_DO
from bot.wording import citizens as say
from index.passages import RecordKind
from knowledge.records import LifeEvent, Procedure
from knowledge.vietnamese import fold
from knowledge.vietnamese import told as told_of

_BEATEN = re.compile(r"\b(?:danh (?:toi|em|minh|vo|me|con|chau)|bao hanh|bao luc|bi danh|doa giet)\b")
_I_AM = re.compile(
    r"(?:da )?(?:toi|em|minh|chau|con|tui|bac|co|chu|anh|chi)(?: day)?(?: nam nay)? "
    r"(?:la \w+|(?:moi |duoc |da )?\d+ tuoi\W*$)"
)
_WISHES = re.compile(
    r"\b(?:ai|gi|nao|dau|sao|bao (?:nhieu|lau|gio)|muon|can|xin|lam|mat|bi|hoi|nho|giup|"
    r"dang ky|doi|cap|huong|tinh|dinh|sap|dang|chua|khong|het|nghi|thieu|bat|duoc)\b"
)
# From this confidence on a record is meant, whatever else is told.
CERTAIN = 0.9
_WANTED = re.compile(r"\b(?:thu tuc|giay phep|xin phep|cap phep|dang ky|thanh lap)\b(?! (?:gi|nao|j)\b)")


def plans(turn: Turn) -> Outcome | None:
    topic = turn.session.topic
    following = topic is not None and topic.kind == "plan" and turn.hits.confidence < 0.8
    elsewhere = following and any(only_a_place(turn.question, c) for c in turn.reading.clauses)
    asked = about_plans(turn.reading, turn.library) or _plan_named(turn)
    if not asked and not (following and (turn.reading.plan_aspects or elsewhere)):
        return None
    current = tuple(t.key for t in turn.session.topics[:2] if t.kind == "plan") if following and not elsewhere else ()
    before = turn.session.last_question if following else ""
    found = answer_on_plans(turn.reading, turn.library, turn.retriever, current, before)
    topics = [Topic("plan", key, found.aspects, turn.message.text[:300]) for key in found.plans]
    session = turn.session.about(*topics) if found.behavior is Behavior.ANSWER and topics else turn.session
    session = replace(session, options=found.options, waiting=turn.message.text, clarified=False)
    mentions = tuple(m for key in found.plans if (m := mention(turn.library, key)))
    mentions = tuple(replace(m, aspects=found.aspects) for m in mentions)
    reply = Reply(found.behavior, found.text, mentions, found.options, found.sources, score=turn.hits.confidence)
    return session, reply


def _plan_named(turn: Turn) -> bool:
    """ "tuyên quang 2021 mục đích": the place and the year of the plan that is found best, and no procedure's name."""
    best = next(iter(turn.hits.hits), None)
    plan = turn.library.plans.get(best.record.key) if best and best.record.kind is RecordKind.PLAN else None
    if plan is None or plan.year not in turn.reading.years or turn.retriever.said_in(turn.reading.text):
        return False
    place = re.sub(r"^(?:tinh|huyen|thanh pho|thi xa|quan) ", "", fold(plan.place))
    return place in turn.reading.folded


def life_event(turn: Turn) -> Outcome | None:
    """Told by its story alone; where an aspect or a procedure's own name stands beside it, or it is a detail of what is
    spoken of, that is answered instead."""
    if turn.within_topic:
        return None
    events = {e.key: e for e in turn.library.language.life_events}
    told = [events[k] for k in turn.reading.events if k in events]
    if len(told) != 1 or (turn.aspects and turn.aspects != ("ho_so",)) or turn.session.clarified:
        return None
    absent = {a for c in turn.reading.clauses for a in c.absent}
    if absent - (set() if turn.aspects else {told[0].key}):
        return None  # a story gets what it brings; asked of what is not here, the honest word
    if unstated := tuple(u for c in turn.reading.clauses for u in c.unstated):
        return _unstated_of_event(turn, told[0], unstated)
    event, first = told[0], next(iter(turn.hits.hits), None)
    said = turn.retriever.said_in(_beside(turn, event))
    if first and said == (first.record,) and not _named_alone(turn, event):
        return None
    if _wants_one(turn, event):
        return None
    if beside := _named_beside(turn, event):
        return beside
    topic = turn.session.topic
    if topic and topic.key not in event.procedures and is_yes_no(turn.reading.core) and turn.hits.confidence < SURE:
        return None  # "bác 80 tuổi có được miễn không", asked of what is being spoken of
    elsewhere = first is not None and first.record.key not in event.procedures and turn.hits.confidence >= 0.5
    elsewhere = elsewhere and not _only_places(turn)
    elsewhere = elsewhere and (_tells_beside(turn, event) or turn.hits.confidence >= CERTAIN)
    covered = first.evidence.get("name_covered", 0) if first else 0.0
    whole = first is not None and name_heard(first) == 1 and (elsewhere or bool(turn.aspects))
    named = covered > (0.5 if turn.aspects else 0.75) or whole
    if len(event.procedures) < 2 or (named and not _named_alone(turn, event)):
        return None
    if elsewhere and not _named_alone(turn, event) and (turn.aspects or turn.hits.confidence >= CERTAIN):
        return None
    session, reply = with_place(turn, event_reply(turn.session, turn.library, event, turn.message.text))
    return session, replace(reply, text=f"{_if_harmed(turn)}{reply.text}")


def _wants_one(turn: Turn, event: LifeEvent) -> bool:
    """ "xin giấy phép xây nhà", "con vào lớp 6 cần giấy tờ gì": what is to be done is named, or its papers are asked
    for, and of what the event brings one is surely found. What is told beside the event tells which; asked whether or
    when, that one is asked."""
    first = next(iter(turn.hits.hits), None)
    if first is None or first.record.key not in event.procedures or _named_alone(turn, event):
        return False
    folded, beside = turn.reading.folded, _tells_beside(turn, event)
    sure = min(turn.hits.confidence, first.share)
    if beside and (is_yes_no(turn.reading.core) or WHEN.search(folded)):
        return sure >= SURE_OF_ANOTHER
    asks = bool(ASKS.search(folded)) and not WHAT_TO_DO.search(folded)
    papers = bool(turn.aspects) and (first.record.key == event.procedures[0] or name_heard(first) == 1)
    return (papers or (beside and asks) or bool(_WANTED.search(folded))) and sure >= CERTAIN


def _named_beside(turn: Turn, event: LifeEvent) -> Outcome | None:
    """ "hộ chiếu cho trẻ sơ sinh": named beside an event that does not bring it first; the event is a button."""
    found = named_without(turn.question, turn.reading.core, told_of((event,), turn.reading.core))
    first = event.procedures[:1]
    if found is None or found.hits[0].record.key in first:
        return None
    key = found.hits[0].record.key
    target = Target("procedure", key, turn.aspects, turn.message.text, found.confidence, others=first)
    decision = _beginning(turn, for_whom(turn.question, Decision((target,), score=found.confidence)))
    return with_place(turn, answered(turn.session, turn.library, decision))


def _beside(turn: Turn, event: LifeEvent) -> str:
    """The message without the words that tell the event: "mở quán ăn" names no procedure by its "mở quán"."""
    return without(turn.reading.text, told_of((event,), turn.reading.text))


def _only_places(turn: Turn) -> bool:
    """Where somebody lives, and nothing else: of whatever is meant, not of what lies near a place's name."""
    clauses = turn.reading.clauses
    return bool(clauses) and not turn.aspects and all(only_a_place(turn.question, c) for c in clauses)


def _tells_beside(turn: Turn, event: LifeEvent) -> bool:
    """Whether anything but the event is told: "đi nước ngoài cần giấy tờ gì" is of nothing else."""
    lists = ((c, told_of((event,), c.text)) for c in turn.reading.clauses)
    return any(telling(turn.question, replace(c, text=without(c.text, spans))) for c, spans in lists)


def _named_alone(turn: Turn, event: LifeEvent) -> bool:
    """The bare word for what happened ("ly hôn") tells the event, not a procedure whose name holds it."""
    subject = turn.reading.subject
    return subject in map(fold, event.phrases) and turn.retriever.exact(subject) is None


def _if_harmed(turn: Turn) -> str:
    """Who tells of blows or of a theft in passing hears whom to call before anything else."""
    keys: tuple[str, ...] = ("canh_sat_113",)
    if _BEATEN.search(turn.reading.folded):
        line, keys = say.VIOLENCE, (*keys, "ngoi_nha_binh_yen")
    elif ROBBED in turn.reading.talk:
        line = say.ROBBED
    else:
        return ""
    known = (turn.library.contacts.get(k) for k in keys)
    numbers = ", ".join(f"{c.number} ({c.name})" for c in known if c and c.number)
    return f"{line.format(numbers=numbers)}\n\n" if numbers else ""


def _unstated_of_event(turn: Turn, event: LifeEvent, unstated: tuple[str, ...]) -> Outcome | None:
    """ "mua đất mà chưa sang tên có bị phạt không": of the event's procedures the one that is spoken of."""
    hit = next((h for h in turn.hits.hits if h.record.key in event.procedures), None)
    if hit is None:
        return None
    target = Target("procedure", hit.record.key, turn.aspects, turn.message.text, 1.0, unstated=unstated)
    return answered(turn.session, turn.library, Decision((target,), score=turn.hits.known))


def procedures(turn: Turn) -> Outcome:
    if told := of_offered(turn) or a_number(turn) or paying(turn):
        return told
    if meant := nearly_named(turn):
        turn = replace(turn, message=replace(turn.message, text=meant))
    if not turn.session.topic and (_names_nothing(turn) or _only_places(turn) or _introduces(turn)):
        offered = turn.session.options if turn.session.clarified else ()
        return turn.session, Reply(Behavior.CLARIFY, say.WHAT_ABOUT, options=offered)
    if asked := _said_too_little(turn):
        return asked
    found = turn.within_topic or or_of_topic(turn, decide(turn.question))
    decision = _beginning(turn, with_particulars(turn, found))
    if _sells(turn) and decision.score < SURE:
        return _without_answer(turn, Decision(score=decision.score))
    if (gone := district_body(turn)) and not decision.absent and (not decision.targets or _far_off(turn)):
        return gone
    if told := of_card(turn, decision):
        return told
    if decision.targets:
        manner = Manner(brief="ngan_thoi" in turn.reading.marks)
        session, reply = with_place(turn, answered(turn.session, turn.library, decision, manner))
        harmed = _if_harmed(turn) if ROBBED in turn.reading.talk or turn.reading.events else ""
        return session, replace(reply, text=f"{harmed}{reply.text}")
    if decision.choices:
        return ask_back(turn.session, turn.library, decision, turn.message.text)
    return _without_answer(turn, decision)


def _far_off(turn: Turn) -> bool:
    """Nothing is spoken of, and what was found is neither sure nor named."""
    best = next(iter(turn.hits.hits), None)
    unsure = turn.hits.confidence < UNKNOWN and best is not None and name_heard(best) < NAMED
    return unsure and turn.session.topic is None


def _beginning(turn: Turn, decision: Decision) -> Decision:
    """Who tells a story and names in it what is to be done hears what to bring."""
    target = decision.targets[0] if len(decision.targets) == 1 else None
    if not turn.reading.events or target is None or target.kind != "procedure":
        return decision
    if target.aspects or target.unstated or target.whether:
        return decision
    return replace(decision, targets=(replace(target, aspects=("ho_so",)),))


def _said_too_little(turn: Turn) -> Outcome | None:
    """A word or two that ask nothing ("sáng nay") get no card once more, but the question what is wanted."""
    topic, clauses = turn.session.topic, turn.reading.clauses
    p = turn.library.procedure(topic.key) if topic and topic.kind == "procedure" else None
    if p is None or len(clauses) != 1 or turn.aspects or turn.reading.marks - {OTHER} or turn.session.clarified:
        return None
    text = clauses[0].text
    asks = is_question(turn) or clauses[0].unstated or clauses[0].absent or turn.reading.events
    if asks or len(text.split()) > 3 or _told_in(p, text) or turn.reading.provinces:
        return None
    if telling(turn.question, clauses[0]) or turn.retriever.exact(clauses[0].subject) or turn.hits.confidence >= SURE:
        return None
    options = aspect_options(p, turn.library.day, ())
    return replace(turn.session, options=options), Reply(Behavior.CLARIFY, say.MORE_ON.format(name=p.name), (), options)


def _told_in(p: Procedure, text: str) -> bool:
    """Whether the record has a case or a limit for what is told."""
    return told_case(p, text) is not None or age_told(text) is not None or bool(of_figures(p, text))


def _names_nothing(turn: Turn) -> bool:
    """ "làm hồ sơ ở đâu", "giờ em phải làm gì": something is asked, of nothing."""
    if not turn.reading.subject:
        return bool(turn.aspects)
    if any(name in turn.reading.subject for name in NAMED_IN_COMMON):
        return False
    if turn.hits.by_code or turn.hits.confidence >= CERTAIN or turn.judged[0] is not MessageClass.QUESTION:
        return False
    known = (turn.retriever.exact, turn.retriever.shared)
    named = (
        telling(turn.question, c) or any(name(c.subject) for name in known) or c.absent for c in turn.reading.clauses
    )
    return not any(named)


def _introduces(turn: Turn) -> bool:
    """ "tôi là giáo viên", "em năm nay 20 tuổi": who one is, of which nothing is asked yet."""
    said = _I_AM.match(turn.reading.folded)
    if said is None or turn.aspects or turn.reading.events or turn.reading.talk:
        return False
    asks = is_yes_no(turn.reading.core) or _WISHES.search(turn.reading.folded)
    return not asks and not turn.retriever.said_in(turn.reading.text)


def _sells(turn: Turn) -> bool:
    kind, likely = turn.judged
    return kind is MessageClass.SPAM and likely >= 0.6


def _without_answer(turn: Turn, decision: Decision) -> Outcome:
    kind, likely = turn.judged
    if _sells(turn) and not decision.absent:
        said = talk.small_talk(("xuc_pham",), turn.message.text, turn.library)
        text = say.SPAM if said is None or "ngu" not in turn.reading.folded else said.text
        return turn.session, Reply(Behavior.OUT_OF_SCOPE, text, message_class=kind)
    if kind is MessageClass.UNCLEAR and likely >= 0.6 and not decision.near and not decision.absent:
        return turn.session, Reply(Behavior.CLARIFY, say.TELL_MORE, message_class=kind)
    return unanswered(turn, decision)
