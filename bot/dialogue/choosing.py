"""One of what was offered: by its number, its ordinal or its words; also after something of the first was asked."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.answering import answered, ask_back, record_option
from bot.dialogue.decision import Decision, Target
from bot.dialogue.following import asks_the_first
from bot.dialogue.message import Option, Reply
from bot.dialogue.pressing import pressed
from bot.dialogue.session import Session
from bot.dialogue.several import MOST_ANSWERED
from bot.dialogue.strangers import holds_all, telling
from bot.dialogue.turn import Outcome, Turn
from bot.dialogue.understanding import choice, numbered
from knowledge.library import Library

RECORDS = ("p:", "c:", "s:", "plan:")
_KINDS = {"p": "procedure", "c": "contact", "s": "service"}
OTHER = "cai_kia"
# More than so many that were offered are no list to go on from.
MOST_OFFERED = 5
ORDINAL_WORDS = 6


def chosen(turn: Turn) -> Outcome | None:
    session, reading = turn.session, turn.reading
    if outcome := _of_list(turn):
        return outcome
    option = choice(turn.message.text, session.options, _marks(turn)) or _between(turn)
    if option is None or option.id in ("fb:up", "fb:down"):
        return None
    if option.id.startswith(("a:", "all:")) and (
        reading.aspects or "the_con" in reading.marks or asks_the_first(turn.question)
    ):
        return None  # of what was told ("số 1 thì sao", "cái đầu tiên"), not a button
    if reading.aspects and option.id.startswith("p:"):
        if not reading.subject and numbered(turn.message.text, len(session.options), _marks(turn)) is None:
            return None  # "lệ phí" asks for a fee, though "Khai lệ phí trước bạ" is offered
        session = replace(session, waiting_aspects=reading.aspects)
    return pressed(option.id, session, turn.library, turn.authority)


def listed(session: Session, reply: Reply, library: Library) -> tuple[Option, ...]:
    """The records that a reply offers by number, or tells of one after the other; else those of before, as long as one
    of them is spoken of."""
    offered = tuple(o for o in reply.options if o.id.startswith(RECORDS))
    if offered and f"1. {offered[0].label}" in reply.text:
        return offered
    if session.several and len(reply.records) > 1:
        return tuple(o for m in reply.records if (o := record_option(library, m.id)))
    return session.listed if _spoken_of(session) else ()


def _spoken_of(session: Session) -> bool:
    return session.topic is not None and session.topic.key in map(_key, session.listed)


def _key(option: Option) -> str:
    return option.id.partition(":")[2]


def _marks(turn: Turn) -> frozenset[str]:
    """The marks, where an ordinal among them chooses: in a few words, or where nothing else is named. Two ordinals
    ("số 1 với số 2 khác gì") choose nothing."""
    ordinals = [m for m in turn.reading.marks if m.startswith("so_")]
    marks = frozenset(ordinals if len(ordinals) == 1 else ()) | (turn.reading.marks & {OTHER})
    few = len(turn.reading.folded.split()) <= ORDINAL_WORDS
    return marks if marks and (few or _names_nothing(turn)) else frozenset()


def _names_nothing(turn: Turn) -> bool:
    named = (telling(turn.question, c) or turn.retriever.exact(c.subject) for c in turn.reading.clauses)
    return not any(named)


def _of_list(turn: Turn) -> Outcome | None:
    """After the list an answer, and then "cái thứ hai", "số 2", "cái kia": of that list, asked the same."""
    session, marks, before = turn.session, _marks(turn), turn.session.listed
    if not _spoken_of(session) or session.options[:1] == before[:1] or not _names_nothing(turn):
        return None
    topic = session.topic
    aspects = turn.reading.aspects or (topic.aspects if topic else ())
    number = numbered(turn.message.text, len(before), marks)
    others = tuple(o for o in before if topic is None or _key(o) != topic.key)
    if number is None and OTHER in marks and len(others) > 1:
        keys = tuple(map(_key, others))
        return ask_back(session, turn.library, Decision(choices=keys, aspects=aspects, score=1.0), turn.message.text)
    one = before[number - 1] if number else others[0] if number is None and OTHER in marks and others else None
    if one is None:
        return None
    return pressed(one.id, replace(session, waiting_aspects=aspects), turn.library, turn.authority)


def of_offered(turn: Turn) -> Outcome | None:
    """After "which one?", a question that names nothing is asked of each of the few that were offered; of many, or of
    what was only near, it is kept for the one that is chosen."""
    session, clauses = turn.session, turn.reading.clauses
    offered = [o.id.partition(":") for o in session.options if o.id.startswith(RECORDS[:3])]
    unstated = tuple(dict.fromkeys(u for c in clauses for u in c.unstated))
    if not 1 < len(offered) <= MOST_OFFERED or not (turn.aspects or unstated) or not _names_nothing(turn):
        return None
    if not session.clarified and session.topic is not None:
        return None
    keys = tuple(key for _, _, key in offered)
    if not session.clarified or len(offered) > MOST_ANSWERED:
        decision = Decision(choices=keys, aspects=turn.aspects, score=1.0)
        return ask_back(session, turn.library, decision, turn.message.text)
    told = f"{session.waiting} {turn.message.text}".strip()
    targets = (Target(_KINDS[mark], key, turn.aspects, told, 1.0, unstated=unstated) for mark, _, key in offered)
    return answered(session, turn.library, Decision(tuple(targets), score=1.0))


def _between(turn: Turn) -> Option | None:
    """After "which one?", a few words that are no label: the offered record that they fit best with the question."""
    session = turn.session
    if not (session.clarified and session.waiting) or len(turn.reading.text.split()) > 4 or turn.aspects:
        return None
    offered = {_key(o): o for o in session.options if o.id.startswith(RECORDS[:3])}
    if turn.reading.provinces and len(offered) == sum(o.id.startswith("c:") for o in session.options):
        return None  # whose number it is at that place is not told by nearness
    hits = turn.retriever.search(f"{session.waiting} {turn.message.text}", 20)
    alone = next(iter(turn.hits.hits), None)
    if alone and alone.record.key not in offered and turn.hits.confidence >= 0.6:
        return None
    words = [w for c in turn.reading.clauses for w in telling(turn.question, c)]
    best = next((h for h in hits.hits if h.record.key in offered), None)
    if best is None or not holds_all(turn.question, best.record, words):
        return None
    return offered[best.record.key]
