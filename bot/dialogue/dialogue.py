"""One turn: (Session, Message) → (Session, Reply). Rules are tried in one order; the first that speaks answers.

The order, and why: a button means exactly one thing; danger goes before everything that is written; what must not be
said (codes, hidden orders) before what is asked; a draft that is open before new subjects; what the message is
(feedback, complaint) before what its words are about; small talk before a lookup; plans before procedures, since they
share words.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, cached_property

from bot.dialogue import filing, talk
from bot.dialogue.answering import answered, ask_back, event_reply, mention, unknown
from bot.dialogue.commands import command_reply
from bot.dialogue.deciding import UNKNOWN, Decision, Question, Target, decide, name_heard
from bot.dialogue.judging import Judge
from bot.dialogue.message import Behavior, Mention, Message, MessageClass, Option, Reply
from bot.dialogue.plans import about_plans, answer_on_plans
from bot.dialogue.pressing import pressed
from bot.dialogue.session import Session, Topic
from bot.dialogue.understanding import Clause, Reading, choice, read
from bot.dialogue.urgent import urgent_reply
from bot.petitions.privacy import mask
from bot.wording import citizens as say
from bot.wording import filing as say_filing
from index.evidence import CALLS_CONTACT
from index.passages import RecordKind
from index.retriever import Hits, Retriever
from knowledge.library import Library

Outcome = tuple[Session, Reply]
# From here on the classifier is believed over the words; under it a message is taken for a question.
CLASS_SURE = 0.55
# With a pattern, anything but absurd is believed; without one, the classifier must be sure.
URGENT_AT_ALL, URGENT_SURE = 0.06, 0.4
NEVER_DOUBTED = frozenset({"tu_tu", "tre_em"})
FEEDBACK = (MessageClass.CONDUCT, MessageClass.RULES, MessageClass.SUGGESTION)
OWN_LAW = (MessageClass.COMPLAINT, MessageClass.DENUNCIATION)
PERSONAL_NUMBER = re.compile(r"so (?:di dong|rieng|dien thoai rieng|dien thoai cua|dt cua|may cua) |zalo cua ")
BODY = re.compile(r"\b(?:so|bo|cuc|chi cuc|phong|ban|uy ban|phuong|xa|truong|benh vien|toa an|vien) [a-z]{2,}")
# Small talk that is heard even beside words that could be a question.
ALWAYS = frozenset({"otp", "chi_dan_an", "lam_gia"})
PERSONAL = frozenset({"ho_so_cua_toi", "nguoi_that", "lua_dao_hoi", "ban_la_ai", "giup"})
COURTESIES = frozenset({"chao", "cam_on", "tam_biet", "khen"})


@dataclass(frozen=True)
class Turn:
    """One message in its conversation, and what it may be answered from. What costs time is looked up once."""

    session: Session
    message: Message
    library: Library
    retriever: Retriever
    judge: Judge
    authority: str = ""

    @cached_property
    def reading(self) -> Reading:
        return read(self.message.text, self.library)

    @cached_property
    def judged(self) -> tuple[MessageClass, float]:
        """What kind of message it is, and how likely; what the citizen calls it himself counts most."""
        best, likely, likelihoods = self.judge.message_class(self.reading.text, self.library.language)
        declared = self.judge.declared(self.reading.text, self.library.language)
        if declared is MessageClass.RULES and likelihoods[MessageClass.CONDUCT] > likelihoods[MessageClass.RULES]:
            declared = MessageClass.CONDUCT
        if declared in FEEDBACK and len(self.reading.text.split()) <= 4:
            declared = MessageClass.UNCLEAR
        if declared is None or (declared is MessageClass.THANKS and likelihoods[MessageClass.RULES] > 0.5):
            return best, likely
        return declared, max(0.9, likelihoods[declared])

    @cached_property
    def hits(self) -> Hits:
        return self.retriever.search(self.message.text, 12)

    @cached_property
    def question(self) -> Question:
        language = self.library.language

        @cache  # several rules ask for the aspects of the same clause
        def aspects_of(clause: Clause) -> tuple[str, ...]:
            return self.judge.aspects_of(clause.text, language)

        return Question(self.reading, self.session, self.library, self.retriever, aspects_of)

    @cached_property
    def aspects(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(a for c in self.reading.clauses for a in self.question.aspects_of(c)))


def take_turn(turn: Turn) -> Outcome:
    began = time.perf_counter()
    session, reply = next(outcome for rule in RULES if (outcome := rule(turn)) is not None)
    if reply.message_class is MessageClass.QUESTION and turn.message.text and not turn.message.choice:
        reply = replace(reply, message_class=_class_of(turn, reply))
    spent = (time.perf_counter() - began) * 1000
    masked = mask(turn.message.text)
    secret = reply.message_class in OWN_LAW
    kept = replace(session, last_question="" if secret else masked[:500])
    return without_numbers(kept), replace(reply, masked=masked, milliseconds=spent)


def without_numbers(session: Session) -> Session:
    """What is remembered of a conversation holds no phone or identity number; a draft keeps what it needs."""
    topics = tuple(replace(t, told=mask(t.told)) for t in session.topics)
    return replace(session, topics=topics, waiting=mask(session.waiting))


def _class_of(turn: Turn, reply: Reply) -> MessageClass:
    """The message's class for officers' figures; what was answered is a question unless it surely is none."""
    kind, likely = turn.judged
    if reply.behavior in (Behavior.ANSWER, Behavior.NOT_PUBLISHED) and reply.records and likely < 0.6:
        return MessageClass.QUESTION
    if reply.behavior is Behavior.CHITCHAT and "cam_on" in turn.reading.talk:
        return MessageClass.THANKS
    return kind


def button(turn: Turn) -> Outcome | None:
    if not turn.message.choice:
        return None
    return pressed(turn.message.choice, turn.session, turn.library, turn.authority)


def nothing_said(turn: Turn) -> Outcome | None:
    text = turn.message.text
    short_choice = choice(text, turn.session.options, frozenset())
    if short_choice or not talk.kind_of_empty(turn.reading.text or text):
        return None
    said = talk.empty(text)
    reply = Reply(said.behavior, said.text, options=said.options, message_class=MessageClass.SPAM)
    return turn.session, reply


def command(turn: Turn) -> Outcome | None:
    if not turn.message.text.lstrip().startswith("/"):
        return None
    return command_reply(turn.message.text, turn.session, turn.library, turn.authority)


def emergency(turn: Turn) -> Outcome | None:
    heard = danger(turn.reading, turn.judge, turn.library)
    if heard == () and (turn.session.draft is not None or turn.reading.events):
        return None  # within a form, or where a life event is told, only words that tell of danger count
    return None if heard is None else (turn.session, urgent_reply(heard, turn.library))


def danger(reading: Reading, judge: Judge, library: Library) -> tuple[str, ...] | None:
    """The emergencies told, () for one that only the classifier hears, None for none. A pattern that the classifier
    finds absurd ("chém giá", "phim cướp biển") is not believed, unless it tells of suicide or of a child."""
    likely = judge.urgent(reading.text, library.language)
    if reading.emergencies and (likely >= URGENT_AT_ALL or NEVER_DOUBTED & set(reading.emergencies)):
        return reading.emergencies
    calm = judge.declared(reading.text, library.language) is not None and likely < 0.9
    return () if likely >= URGENT_SURE and not calm else None


def chosen(turn: Turn) -> Outcome | None:
    option = choice(turn.message.text, turn.session.options, turn.reading.marks) or _between(turn)
    if option is None or option.id in ("fb:up", "fb:down") or (turn.reading.aspects and option.id.startswith("a:")):
        return None
    return pressed(option.id, turn.session, turn.library, turn.authority)


def _between(turn: Turn) -> Option | None:
    """After "which one?", a few words that are no label: the offered record that they fit best with the question."""
    session = turn.session
    if not (session.clarified and session.waiting) or len(turn.reading.text.split()) > 4 or turn.aspects:
        return None
    offered = {o.id.partition(":")[2]: o for o in session.options if o.id[:2] in ("p:", "c:", "s:")}
    hits = turn.retriever.search(f"{session.waiting} {turn.message.text}", 20)
    alone = next(iter(turn.hits.hits), None)
    if alone and alone.record.key not in offered and turn.hits.confidence >= 0.6:
        return None
    return next((offered[h.record.key] for h in hits.hits if h.record.key in offered), None)


def forbidden(turn: Turn) -> Outcome | None:
    heard = tuple(k for k in turn.reading.talk if k in ALWAYS)
    return _talked(turn, heard) if heard else None


def tracking(turn: Turn) -> Outcome | None:
    if not turn.reading.petition_code:
        return None
    return _filed(turn, filing.track(turn.reading.petition_code), keep_draft=True)


def open_draft(turn: Turn) -> Outcome | None:
    draft = turn.session.draft
    if draft is None:
        return None
    kind, likely = turn.judged
    confident = turn.hits.known >= UNKNOWN
    marks, text = turn.reading.marks, turn.message.text
    if filing.wants_away(draft, kind, likely, confident, turn.aspects, text, marks):
        away = replace(turn, session=replace(turn.session, draft=None))
        session, reply = next(o for rule in AFTER_DRAFT if (o := rule(away)) is not None)
        kept = replace(session, draft=filing.leave(draft))
        return kept, replace(reply, text=f"{reply.text}\n\n{say_filing.KEPT_OPEN}")
    return _filed(turn, filing.go_on(draft, text, marks, "", turn.authority, kind if likely >= 0.8 else None))


def feedback(turn: Turn) -> Outcome | None:
    kind, likely = turn.judged
    long = len(turn.reading.text.split()) >= 7
    if (likely < CLASS_SURE and kind is not MessageClass.UNCLEAR) or (not long and likely < 0.9):
        return None
    if turn.session.topic and turn.aspects and not long:
        return None
    praise = kind is MessageClass.THANKS and len(turn.reading.text.split()) > 7
    vague = kind is MessageClass.UNCLEAR and likely >= 0.8 and _wants_to_write(turn)
    if (kind in (*FEEDBACK, *OWN_LAW) and not _plain_question(turn)) or praise or vague:
        return _filed(turn, filing.begin(kind, turn.message.text, turn.authority), kind)
    return None


def _wants_to_write(turn: Turn) -> bool:
    folded = turn.reading.folded
    return any(w in folded for w in ("phan anh", "gop y", "kien nghi", "khieu nai", "to cao"))


def _plain_question(turn: Turn) -> bool:
    """A short question about a procedure that the index knows well is one, even when it sounds like a complaint."""
    short = len(turn.reading.text.split()) <= 12
    asks = turn.message.text.rstrip(" .!").endswith("?") and turn.judged[1] < 0.9
    if re.match(r"(?:xin )?(?:cho (?:toi |em |minh |con )?(?:biet|hoi)|hoi) ", turn.reading.folded):
        return turn.hits.known >= 0.5
    return turn.hits.known >= 0.6 and (asks or (short and turn.judged[1] < 0.85))


def small_talk(turn: Turn) -> Outcome | None:
    heard = turn.reading.talk
    if not heard:
        return _thanked(turn)
    subject = turn.reading.subject
    courteous = all(k in COURTESIES for k in heard)
    if courteous and (turn.aspects or (len(subject.split()) > 2 and turn.hits.known >= UNKNOWN)):
        return None
    if courteous or any(k in PERSONAL for k in heard):
        return _talked(turn, heard)
    return _talked(turn, heard) if turn.hits.known < 0.85 else None


def _thanked(turn: Turn) -> Outcome | None:
    kind, likely = turn.judged
    thanks = kind is MessageClass.THANKS and likely >= 0.7 and not turn.aspects and turn.hits.known < 0.5
    return _talked(turn, ("cam_on",)) if thanks else None


def remark(turn: Turn) -> Outcome | None:
    """A word on the last answer: where from, shorter, all of it, again."""
    topic, marks = turn.session.topic, turn.reading.marks
    wanted = marks & {"chac_khong", "nguon", "ngan_thoi", "tat_ca", "nhac_lai", "them"}
    room = 4 if wanted & {"nguon", "ngan_thoi"} else 2
    if topic is None or len(turn.reading.subject.split()) > room:
        return None
    if not wanted or (turn.aspects and not wanted & {"chac_khong", "nguon"}):
        return None
    if topic.kind == "plan":
        return None
    aspects = ("can_cu",) if wanted & {"chac_khong", "nguon"} else topic.aspects
    target = Target(topic.kind, topic.key, aspects, topic.told, 1.0)
    brief, whole = "ngan_thoi" in wanted, bool(wanted & {"tat_ca", "them"})
    return answered(turn.session, turn.library, Decision((target,), score=1.0), brief, whole)


PLACE_ASKED = re.compile(
    r"\b(?:la tinh nao|thuoc tinh nao|thuoc dau|sap nhap|doi ten thanh|con khong|con hong|ten moi|ten gi|tinh gi)\b"
)


def places(turn: Turn) -> Outcome | None:
    """What became of a province or of the district level."""
    folded = turn.reading.folded
    if not PLACE_ASKED.search(folded) or (turn.aspects and len(turn.reading.text.split()) > 10):
        return None
    named = [turn.library.places[k] for k in turn.reading.provinces]
    if named and len(named[0].formed_from) > 1:
        text = say.PLACE_MERGED.format(
            place=named[0].name, olds=", ".join(named[0].formed_from), since=f"{named[0].since:%d/%m/%Y}"
        )
        return turn.session, Reply(
            Behavior.ANSWER, text, (Mention("place", named[0].key, "", named[0].name),), score=1.0
        )
    if re.search(r"\b(?:cap huyen|quan|huyen)\b.*\b(?:con|thuoc|bo)\b", folded):
        return turn.session, Reply(Behavior.ANSWER, say.DISTRICTS_GONE, score=1.0)
    return None


def plans(turn: Turn) -> Outcome | None:
    topic = turn.session.topic
    following = topic is not None and topic.kind == "plan" and turn.hits.confidence < 0.75
    if not about_plans(turn.reading, turn.library) and not (following and turn.reading.plan_aspects):
        return None
    current = tuple(t.key for t in turn.session.topics[:2] if t.kind == "plan") if following else ()
    before = turn.session.last_question if following else ""
    found = answer_on_plans(turn.reading, turn.library, turn.retriever, current, before)
    topics = [Topic("plan", key, found.aspects, turn.message.text[:300]) for key in found.plans]
    session = turn.session.about(*topics) if found.behavior is Behavior.ANSWER and topics else turn.session
    session = replace(session, options=found.options, waiting=turn.message.text, clarified=False)
    mentions = tuple(m for key in found.plans if (m := mention(turn.library, key)))
    mentions = tuple(replace(m, aspects=found.aspects) for m in mentions)
    reply = Reply(found.behavior, found.text, mentions, found.options, found.sources, score=turn.hits.confidence)
    return session, reply


def life_event(turn: Turn) -> Outcome | None:
    """Told by its story alone; where an aspect or a procedure's own name stands beside it, that is answered instead."""
    events = {e.key: e for e in turn.library.language.life_events}
    told = [events[k] for k in turn.reading.events if k in events]
    if len(told) != 1 or (turn.aspects and turn.aspects != ("ho_so",)) or turn.session.clarified:
        return None
    event, first = told[0], next(iter(turn.hits.hits), None)
    elsewhere = first is not None and first.record.key not in event.procedures and turn.hits.confidence >= 0.5
    covered = first.evidence.get("name_covered", 0) if first else 0.0
    whole = first is not None and name_heard(first) == 1 and (elsewhere or bool(turn.aspects))
    named = covered > (0.5 if turn.aspects else 0.75) or whole
    if len(event.procedures) < 2 or named:
        return None
    if elsewhere and turn.aspects:
        return None
    return event_reply(turn.session, turn.library, event, turn.message.text)


def procedures(turn: Turn) -> Outcome:
    if not turn.reading.subject and not turn.session.topic and turn.aspects:
        return turn.session, Reply(Behavior.CLARIFY, say.WHAT_ABOUT)
    if _wants_a_number(turn):
        return turn.session, Reply(Behavior.UNKNOWN, say.NUMBER_UNKNOWN, score=turn.hits.known)
    decision = decide(turn.question)
    if decision.choices:
        return ask_back(turn.session, turn.library, decision, turn.message.text)
    if decision.targets:
        return answered(turn.session, turn.library, decision, "ngan_thoi" in turn.reading.marks)
    return _without_answer(turn, decision)


def _wants_a_number(turn: Turn) -> bool:
    """A number is asked for, of a body that none of our contacts is: say where such numbers stand, show none."""
    if not CALLS_CONTACT.search(turn.reading.folded) and not PERSONAL_NUMBER.search(turn.reading.folded):
        return False
    best = next(iter(turn.hits.hits), None)
    if PERSONAL_NUMBER.search(turn.reading.folded):
        return True
    if best is None or best.record.kind is not RecordKind.CONTACT:
        return False
    return best.evidence.get("question_covered", 0) < 0.5 and bool(BODY.search(turn.reading.folded))


def _without_answer(turn: Turn, decision: Decision) -> Outcome:
    kind, likely = turn.judged
    if kind is MessageClass.SPAM and likely >= 0.6:
        said = talk.small_talk(("xuc_pham",), turn.message.text, turn.library)
        text = say.SPAM if said is None or "ngu" not in turn.reading.folded else said.text
        return turn.session, Reply(Behavior.OUT_OF_SCOPE, text, message_class=kind)
    if kind is MessageClass.UNCLEAR and likely >= 0.6 and not decision.near:
        return turn.session, Reply(Behavior.CLARIFY, say.TELL_MORE, message_class=kind)
    return unknown(turn.session, turn.library, decision, mask(turn.message.text))


def _talked(turn: Turn, keys: tuple[str, ...]) -> Outcome | None:
    said = talk.small_talk(keys, turn.message.text, turn.library)
    if said is None:
        return None
    session = replace(turn.session, options=said.options) if said.options else turn.session
    return session, Reply(said.behavior, said.text, options=said.options)


def _filed(turn: Turn, filed: filing.Filed, kind: MessageClass | None = None, keep_draft: bool = False) -> Outcome:
    draft = turn.session.draft if keep_draft else filed.draft
    session = replace(turn.session, draft=draft, options=filed.options, clarified=False)
    own_law = filed.behavior is Behavior.REDIRECT and kind in OWN_LAW
    mentions = (mention(turn.library, "khieu_nai" if kind is MessageClass.COMPLAINT else "to_cao"),) if own_law else ()
    records = tuple(m for m in mentions if m)
    if records:
        session = session.about(Topic("procedure", records[0].id, (), ""))
    reply = Reply(filed.behavior, filed.text, records, filed.options, intents=filed.intents)
    return session, replace(reply, message_class=kind or turn.judged[0])


AFTER_DRAFT: tuple[Callable[[Turn], Outcome | None], ...] = (
    feedback,
    remark,
    small_talk,
    places,
    plans,
    life_event,
    procedures,
)
RULES: tuple[Callable[[Turn], Outcome | None], ...] = (
    button,
    nothing_said,
    command,
    emergency,
    chosen,
    forbidden,
    tracking,
    open_draft,
    *AFTER_DRAFT,
)
