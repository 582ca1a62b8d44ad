"""Messages that ask nothing of a record: nothing readable, what must not be said, small talk, courtesies."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue import filing, talk
from bot.dialogue.answering import answered
from bot.dialogue.decision import UNKNOWN, Decision, Target, name_heard
from bot.dialogue.message import Behavior, MessageClass, Reply
from bot.dialogue.nuisances import broken_at_home
from bot.dialogue.particulars import of_words
from bot.dialogue.petitioning import CHEATED, asks_in_words
from bot.dialogue.procedure_parts import told_case
from bot.dialogue.session import REMEMBERED, Session, Topic
from bot.dialogue.strangers import NAMED, named_without, wants_papers
from bot.dialogue.turn import OWN_LAW, Outcome, Turn
from bot.dialogue.understanding import choice
from bot.petitions.privacy import mask
from bot.petitions.triage import marks_secret
from bot.wording import citizens
from bot.wording import talk as say
from index.evidence import CALLS_CONTACT
from index.passages import RecordKind
from knowledge.vietnamese import fold, told

# Small talk that is heard even beside words that could be a question.
ALWAYS = frozenset({"otp", "bi_mat", "chi_dan_an", "lam_gia"})
PERSONAL = frozenset({"ho_so_cua_toi", "nguoi_that", "lua_dao_hoi", "ban_la_ai", "giup"})
ROBBED = "bi_trom"
_ASKS_FOR_PAPERS = re.compile(r"\b(?:lam lai|cap lai|xin lai|giay to|ho so|ca vet|dang ky xe|trinh bao mat)\b")
# Whom to call next, where small talk sends somebody on.
_LEADS_TO = {
    "ho_so_cua_toi": talk.HOTLINE,
    "nguoi_that": talk.HOTLINE,
    "lua_dao_hoi": talk.FRAUD,
    "bi_lua": talk.FRAUD,
}
FEW = 4
# Thanks, and something asked besides.
_ASKS_ON = re.compile(r"\b(?:cho (?:\w+ )?hoi|hoi (?:luon|them)) (?:\w+ ){2,}")
COURTESIES = frozenset({"chao", "cam_on", "tam_biet", "khen"})


_DOSSIER = re.compile(r"\b\d{3}\.\d{2}\.\d{2}\.[A-Za-z]\d{2}-\d{6}-\d{3,5}\b")


_AGO = (
    r"(?:\d{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|may|ca|hon|gan|qua)(?: (?:\d{1,3}|muoi|nua|ca|may))? "
    r"(?:ngay|hom|bua|tuan|thang)"
)
_ASKS_BESIDE = r"(?!.*\b(?:phat|can gi|o dau|giay gi)\b)"
_NOT_YET = (
    r"(?:chua|van chua|khong thay)(?: (?:co|thay|nhan|duoc|ket qua|gi|ai|goi|tra|lay|xong|ra|bao|the|het|a|nhi|vay|ca|"
    r"giay|bao hiem|ve))+"
)
# "nộp hồ sơ … 10 ngày rồi mà chưa có": where it is, nobody here can see.
_LATE = re.compile(rf"\b(?:nop|gui|lam|dang ky)\b{_ASKS_BESIDE}.*\b{_AGO}\b(?: \w+){{0,5}} {_NOT_YET}\W*$")


def nothing_said(turn: Turn) -> Outcome | None:
    text, draft = turn.message.text, turn.session.draft
    if draft is not None and filing.meant(draft, text, turn.reading.marks, ""):
        return None
    if draft is not None and not filing.is_telling(draft) and talk.kind_of_empty(text) == "number":
        return None  # a phone, a day: the form has asked for it
    short_choice = choice(text, turn.session.options, frozenset())
    if short_choice or not talk.kind_of_empty(turn.reading.text or text):
        return None
    said = talk.empty(text)
    reply = Reply(said.behavior, said.text, options=said.options, message_class=MessageClass.SPAM)
    return turn.session, reply


_ASKS_FINE = re.compile(r"\bphat (?:bao nhieu|may|the nao|ra sao)\b|\bco bi phat\b")


def forbidden(turn: Turn) -> Outcome | None:
    fine = _ASKS_FINE.search(turn.reading.folded)  # what it is punished with is asked by who means to keep the law
    heard = tuple(k for k in turn.reading.talk if k in ALWAYS and not (fine and k == "lam_gia"))
    heard = heard or (("bi_mat",) if marks_secret(turn.message.text) else ())
    return talked(turn, heard) if heard else None


def small_talk(turn: Turn) -> Outcome | None:
    heard = turn.reading.talk
    if not heard and _still_cheated(turn):
        return _warned(turn, (CHEATED,))
    if _DOSSIER.search(turn.message.text) or (_LATE.search(turn.reading.folded) and turn.judged[0] not in OWN_LAW):
        return talked(turn, ("ho_so_cua_toi",))
    if not heard:
        return _exclaimed(turn) or _of_others(turn) or _thanked(turn)
    if any(c.absent for c in turn.reading.clauses) and wants_papers(turn.reading.folded):
        return None  # "đăng ký nuôi mèo" asks for a procedure, not how to keep a cat
    if CHEATED in heard and not PERSONAL & set(heard):
        return None if _asks_for_a_contact(turn) or _asks_of_a_procedure(turn) else _warned(turn, heard)
    if heard == ("giup",) and _names_a_procedure(turn):
        return None
    if ROBBED in heard:
        return None if _wants_papers_again(turn) else talked(turn, heard)
    if set(heard) <= set(talk.OUT_OF_SCOPE) and _in_topic(turn):
        return None
    if "nuoc_khac" in heard and not (turn.hits and name_heard(turn.hits.hits[0]) >= NAMED):
        return talked(turn, heard)
    subject = turn.reading.subject
    if others := _of_others(turn):
        return others
    courteous = all(k in COURTESIES for k in heard)
    asks = bool(turn.aspects) or (len(subject.split()) > FEW and asks_in_words(turn))
    asks = asks or bool(_ASKS_ON.search(turn.reading.folded))
    if courteous and (asks or (len(subject.split()) > 2 and turn.hits.known >= UNKNOWN)):
        return None
    if courteous or any(k in PERSONAL for k in heard):
        return talked(turn, heard)
    named = bool(turn.aspects) or (turn.hits and name_heard(turn.hits.hits[0]) >= NAMED)
    return None if named and turn.hits.known >= 0.85 else talked(turn, heard)


def _in_topic(turn: Turn) -> bool:
    """ "bị ung thư thì sao" after a benefit: the record that is spoken of speaks of it."""
    topic = turn.session.topic
    p = turn.library.procedure(topic.key) if topic and topic.kind == "procedure" else None
    if p is None:
        return False
    told_here = told_case(p, turn.reading.text)
    own = [fold(w) for w in told_here.words] if told_here else []
    spans = [t for t in told(turn.library.language.small_talk, turn.reading.text) if t.key in talk.OUT_OF_SCOPE]
    said = (fold(turn.reading.text[t.start : t.end]) for t in spans)
    return all(any(w in phrase for w in own) or of_words(p, phrase.split()) for phrase in said)


def broken(turn: Turn) -> Outcome | None:
    """A vehicle or a telephone that does not work any more is no paper to be issued anew."""
    if turn.reading.provinces or not broken_at_home(turn):
        return None
    return turn.session, Reply(Behavior.CLARIFY, say.BROKEN, message_class=MessageClass.UNCLEAR)


def _asks_for_a_contact(turn: Turn) -> bool:
    """Who was cheated is told what to do; who asks for a number or a place that is known here gets that one."""
    best = next(iter(turn.hits.hits), None)
    known = best is not None and best.record.kind is not RecordKind.PROCEDURE and turn.hits.known >= UNKNOWN
    # "lừa … qua mạng giờ làm sao" tells how it was done, and asks what to do
    asked = set(turn.aspects) - {"truc_tuyen", "trinh_tu", "dieu_kien"}
    return known and (bool(asked) or bool(_WHOM.search(turn.reading.folded)))


_OF_FRAUD = "lua dao"
_WHOM = re.compile(
    r"\b(?:hotline|tong dai|duong day nong|sdt|so (?:may|nao|dien thoai)|goi (?:so|ai|cho ai|dau)|"
    r"bao (?:cho )?(?:ai|dau))\b"
)
_WHAT_FIRST = re.compile(r"\b(?:ngan hang|cong an|(?:lay|doi) lai (?:duoc )?tien|lam gi truoc|goi (?:ai|so|dau))\b")


def _still_cheated(turn: Turn) -> bool:
    """After the advice to who was cheated: the police of a province, or what is to be done first."""
    folded = turn.reading.folded
    cheated = any(t.key == talk.FRAUD for t in turn.session.topics[:2])
    if not cheated or len(folded.split()) > 10:
        return False
    return bool(_WHAT_FIRST.search(folded)) and (bool(turn.reading.provinces) or not CALLS_CONTACT.search(folded))


def _warned(turn: Turn, heard: tuple[str, ...]) -> Outcome | None:
    """What to do when cheated; and the police of the province that is named, where their number is here."""
    names = [turn.library.places[k].name for k in turn.reading.provinces]
    contacts = (c for c in turn.library.contacts.values() if any(n in c.place for n in names))
    local = next((c.key for c in contacts if _OF_FRAUD in fold(c.purpose)), None)
    local = local or (talk.FRAUD if _WHOM.search(turn.reading.folded) else None)
    said = talked(turn, heard)
    if local is None or said is None:
        return said
    decision = Decision((Target("contact", local, (), turn.message.text, 1.0),), score=1.0)
    session, reply = answered(turn.session, turn.library, decision)
    return session, replace(reply, behavior=said[1].behavior, text=f"{said[1].text}\n\n{reply.text}")


def _asks_of_a_procedure(turn: Turn) -> bool:
    """ "bị lừa mất giấy, cấp lại căn cước cần gì"."""
    best = next(iter(turn.hits.hits), None)
    named = best is not None and best.record.kind is RecordKind.PROCEDURE and name_heard(best) >= NAMED
    return named and bool(set(turn.aspects) - {"truc_tuyen", "trinh_tu"})


def _names_a_procedure(turn: Turn) -> bool:
    """ "hộ nghèo được hỗ trợ gì" asks of them, not what this assistant can do."""
    spans = [t for t in told(turn.library.language.small_talk, turn.reading.text) if t.key == "giup"]
    return named_without(turn.question, turn.reading.text, spans) is not None


def _wants_papers_again(turn: Turn) -> bool:
    """Who was robbed is told whom to call; who asks how to get the papers again is told that."""
    return bool(turn.reading.events) or bool(_ASKS_FOR_PAPERS.search(turn.reading.folded))


def _exclaimed(turn: Turn) -> Outcome | None:
    """What is only said in exaggeration, of nothing that is known here ("con gái em đẹp chết người")."""
    best = next(iter(turn.hits.hits), None)
    named = best is not None and name_heard(best) >= NAMED
    if turn.sober is turn.reading or turn.aspects or asks_in_words(turn) or named or len(turn.sober.text.split()) > 8:
        return None
    return turn.session, Reply(Behavior.CLARIFY, citizens.TELL_MORE, message_class=MessageClass.UNCLEAR)


# "chồng em được sếp khen", "con hàng xóm giỏi ghê": nobody here is praised.
_OF_OTHERS = re.compile(
    r"\b(?:duoc|bi) (?:\w+ ){1,3}(?:khen|cam on)\b|^\W*(?:con (?:nha|em|toi|gai|trai|hang xom)|"
    r"chau (?:noi|ngoai|em|toi)|chong|vo|hang xom|sep|me (?:em|toi)|ba (?:em|toi|ngoai|noi)|bo (?:em|toi)) "
)


def _of_others(turn: Turn) -> Outcome | None:
    """Praise of somebody at home asks nothing, and is not for this assistant."""
    praised = (not turn.reading.talk and turn.judged[0] is MessageClass.THANKS) or turn.reading.talk == ("khen",)
    if not praised or turn.aspects or asks_in_words(turn) or not _OF_OTHERS.search(turn.reading.folded):
        return None
    return turn.session, Reply(Behavior.CLARIFY, citizens.TELL_MORE, message_class=MessageClass.UNCLEAR)


def _thanked(turn: Turn) -> Outcome | None:
    kind, likely = turn.judged
    thanks = kind is MessageClass.THANKS and likely >= 0.7 and not turn.aspects and turn.hits.known < 0.5
    return talked(turn, ("cam_on",)) if thanks else None


def talked(turn: Turn, keys: tuple[str, ...]) -> Outcome | None:
    said = talk.small_talk(keys, turn.message.text, turn.library)
    if said is None:
        return None
    session = replace(turn.session, options=said.options) if said.options else turn.session
    return _led_to(session, turn, keys), Reply(said.behavior, said.text, options=said.options)


def _led_to(session: Session, turn: Turn, keys: tuple[str, ...]) -> Session:
    """Whom the reply sends to is remembered behind what is spoken of, for "gọi số nào" after it."""
    contact = next((_LEADS_TO[k] for k in keys if k in _LEADS_TO), "")
    if not turn.library.contacts.get(contact):
        return session
    named = Topic("contact", contact, (), mask(turn.message.text[:500]))
    others = tuple(t for t in session.topics if t.key != contact)
    return replace(session, topics=(*others[:1], named, *others[1:])[:REMEMBERED])
