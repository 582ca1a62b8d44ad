"""With a hotline or a service in mind: its number, that of the place one lives in, and what its record says of what is
asked of it. What it does not say is said not to be here; its card is not told again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from bot.dialogue.answering import answered
from bot.dialogue.beyond_fields import OPEN, of_unstated
from bot.dialogue.composing import plain_answer
from bot.dialogue.decision import SURE, Decision, Target, name_heard
from bot.dialogue.following import only_a_place
from bot.dialogue.message import Behavior, Reply
from bot.dialogue.particulars import of_words
from bot.dialogue.petitioning import asks_in_words, is_question
from bot.dialogue.plain_words import held_in
from bot.dialogue.session import Topic
from bot.dialogue.strangers import NAMED, telling
from bot.dialogue.talk import POLICE
from bot.dialogue.turn import Outcome, Turn
from bot.wording import citizens as say
from index.evidence import CALLS_CONTACT
from knowledge.library import Library
from knowledge.records import Contact, Procedure, Service
from knowledge.vietnamese import fold

KINDS = ("contact", "service")
_CALLS = re.compile(r"\b(?:so (?:ho tro|goi|lien he)|sdt|(?:goi|hoi|lien he) ai)\b")
# "mẫu số mấy" asks for a form.
_FORM = re.compile(r"\b(?:mau|to khai|don)(?: don)? so\b")
# Words of who asks for a number, and of what makes him ask.
_WORDLESS = frozenset(
    """so tong dai duong day nong dien thoai sdt goi cho xin toi em minh hotline may nao la cua ai ho tro tu van lien
    he can de chu cho gi bao nhieu a oi voi nhe nha vay hoi biet muon the thi neu khi bi loi su co khong duoc noi
    ay do nay bao dau cai""".split()
)
_WHEN = re.compile(
    r"\b(?:ban dem|toi|khuya|nua dem|ngay le|tet|chu nhat|cuoi tuan|thu bay|thu 7|may gio|luc nao|khi nao|24)\b"
)
_NAME_PARTS = re.compile(r" [–-] |[()/,]")
SHORTEST_NAME = 5


def calls(folded: str) -> bool:
    """Whether a number to call is asked for."""
    return bool(CALLS_CONTACT.search(folded) or _CALLS.search(folded)) and not _FORM.search(folded)


def in_mind(turn: Turn) -> Topic | None:
    """The hotline or service that is spoken of, or that the last reply sent to."""
    session = turn.session
    for place, topic in enumerate(session.topics[:2]):
        if topic.kind in KINDS and (place == 0 or topic.told == session.last_question or topic.key == POLICE):
            return topic
    return None


def number_in_mind(turn: Turn) -> Outcome | None:
    """ "gọi số nào", "bị lỗi thì gọi ai": nobody is named, so the number of what is spoken of."""
    topic = in_mind(turn)
    if topic is None or not calls(turn.reading.folded) or set(turn.reading.folded.split()) - _WORDLESS:
        return None
    service = turn.library.services.get(topic.key)
    key = topic.key if service is None else helper_of(service, turn.library.contacts.values())
    return card_of(turn, "contact", key) if key else None


def number_of_procedure(turn: Turn) -> bool:
    """Whether a number is asked for with a procedure in mind: its record has none, and no other's is given for it."""
    topic, words = turn.session.topic, set(turn.reading.folded.split())
    return topic is not None and topic.kind == "procedure" and calls(turn.reading.folded) and words <= _WORDLESS


def helper_of(service: Service, contacts: Iterable[Contact]) -> str:
    """The contact that says it helps with a service: the one that says most of one of its names; "" for none."""
    parts = (part.strip() for name in (service.name, *service.aliases) for part in _NAME_PARTS.split(fold(name)))
    names = [part for part in parts if len(part) >= SHORTEST_NAME]
    said = [
        (len(name), c.key)
        for c in contacts
        for name in names
        if re.search(rf"\b{re.escape(name)}\b", fold(" | ".join((c.name, *c.aliases, c.purpose))))
    ]
    return max(said, key=lambda found: found[0])[1] if said else ""


def local_in_mind(turn: Turn) -> Outcome | None:
    """ "em ở Sài Gòn" after a hotline: the one of that place for the same thing."""
    topic = in_mind(turn)
    placed = any(only_a_place(turn.question, c) for c in turn.reading.clauses)
    if topic is None or topic.kind != "contact" or not placed:
        return None
    names = {turn.library.places[k].name for k in turn.reading.provinces}
    now = turn.library.contacts.get(topic.key)
    contacts = (c for c in turn.library.contacts.values() if any(n in c.place for n in names))
    local = (c.key for c in contacts if now and _pairs(c.purpose) & _pairs(now.purpose))
    key = next(local, "")
    return card_of(turn, "contact", key) if key else None


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(re.findall(r"\w+", text.lower())))


def card_of(turn: Turn, kind: str, key: str) -> Outcome:
    """A hotline or a service by its key, as an answer to this message."""
    return _told(turn, Target(kind, key, (), turn.message.text, 1.0))


def _told(turn: Turn, target: Target) -> Outcome:
    return answered(turn.session, turn.library, Decision((target,), score=1.0))


def of_card(turn: Turn, decision: Decision) -> Outcome | None:
    """A further question on the hotline or service spoken of: the line of its record that answers it, an earlier
    procedure that speaks of it, or that nobody here knows."""
    target, topic = decision.targets[0] if len(decision.targets) == 1 else None, turn.session.topic
    if target is None or topic is None or target.kind not in KINDS or target.key != topic.key:
        return None
    record = turn.library.contacts.get(target.key) or turn.library.services.get(target.key)
    if record is None or _asked_anew(turn, target) or not _asks(turn):
        return None
    if isinstance(record, Service) and record.procedures and (target.unstated or set(target.aspects) - {"truc_tuyen"}):
        return None  # its procedure says it
    if lines := tuple(dict.fromkeys(_lines(turn, record))):
        return turn.session, _reply(record, lines)
    if other := _helped_by(turn, target) or _earlier(turn, target):
        return _told(turn, other)
    text = say.CARD_SILENT.format(name=record.name)
    return turn.session, replace(_reply(record, (text,)), behavior=Behavior.NOT_PUBLISHED)


def _reply(record: Contact | Service, lines: tuple[str, ...]) -> Reply:
    answer = plain_answer(record, lines)
    return Reply(Behavior.ANSWER, answer.text, (answer.mention,), sources=answer.sources, score=1.0)


def _asks(turn: Turn) -> bool:
    folded = turn.reading.folded
    asked = is_question(turn) or asks_in_words(turn) or "ai" in folded.split() or bool(_WHEN.search(folded))
    return asked or any(c.unstated for c in turn.reading.clauses)


def _asked_anew(turn: Turn, target: Target) -> bool:
    """The card is wanted: its number is asked for, or where it stands, or it is named once more."""
    best = next(iter(turn.hits.hits), None)
    if best is not None and best.record.key == target.key and name_heard(best) >= NAMED:
        return True
    contact = turn.library.contacts.get(target.key)
    stands = {"trinh_tu", "truc_tuyen"} if contact and contact.where_to_find else {"trinh_tu", "truc_tuyen", "noi_nop"}
    return calls(turn.reading.folded) or bool(stands & set(target.aspects))


def _lines(turn: Turn, record: Contact | Service) -> Iterator[str]:
    clauses = turn.reading.clauses
    if "le_phi" in turn.aspects and record.cost:
        yield f"{say.COST_IS} {record.cost.rstrip('.')}."
    if isinstance(record, Contact) and (_WHEN.search(turn.reading.folded) or any(OPEN in c.unstated for c in clauses)):
        yield f"{say.HOURS_ARE} {record.hours.rstrip('.')}." if record.hours else say.HOURS_UNKNOWN
    if isinstance(record, Contact) and "noi_nop" in turn.aspects:
        yield f"{say.STANDS_AT} {record.where_to_find.rstrip('.')}."
    words = {w for c in clauses for w in telling(turn.question, c)}
    for line in _sentences(record):
        if len(words) > 1 and held_in(line, words) == len(words):
            yield f"{line.rstrip('.')}."


def _sentences(record: Contact | Service) -> Iterator[str]:
    more = (record.where_to_find,) if isinstance(record, Contact) else record.how_to_start
    for text in (record.note, *more, record.purpose):
        yield from filter(None, re.split(r"(?<=[.;])\s+", text))


def _helped_by(turn: Turn, target: Target) -> Target | None:
    """ "gửi giấy tờ qua bưu điện thế nào" after the post's hotline: the service that it helps with, surely meant."""
    best = next(iter(turn.hits.hits), None)
    service = turn.library.services.get(best.record.key) if best and turn.hits.confidence >= SURE else None
    helped = service is not None and helper_of(service, turn.library.contacts.values()) == target.key
    return replace(target, kind="service", key=service.key) if service and helped else None


def _earlier(turn: Turn, target: Target) -> Target | None:
    """Another procedure of this conversation, or the one behind another service, that speaks of what is asked."""
    words = tuple(w for c in turn.reading.clauses for w in telling(turn.question, c))
    text = turn.reading.text
    for topic in turn.session.topics[1:]:
        p = _procedure(turn.library, topic)
        if p and target.unstated and of_unstated(p, target.unstated):
            return replace(target, kind="procedure", key=p.key)
        if p and words and of_words(p, words):
            return replace(target, kind="procedure", key=p.key, whether=text, particular=words)
    return None


def _procedure(library: Library, topic: Topic) -> Procedure | None:
    service = library.services.get(topic.key) if topic.kind == "service" else None
    return library.procedure(service.procedures[0] if service and service.procedures else topic.key)
