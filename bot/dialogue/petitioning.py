"""What the message is, before what its words are about: a petition, a complaint, praise, or a step of an open draft."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.dialogue import filing
from bot.dialogue.answering import answered, mention
from bot.dialogue.decision import UNKNOWN, Decision, Target, name_heard
from bot.dialogue.message import Behavior, Discard, LogFeedback, MessageClass, Reply, Supplement
from bot.dialogue.nuisances import nuisance
from bot.dialogue.session import Topic
from bot.dialogue.signs import SETTLED
from bot.dialogue.strangers import NAMED, names_of, telling
from bot.dialogue.talk import HOTLINE, POLICE
from bot.dialogue.turn import FEEDBACK, OWN_LAW, Outcome, Turn
from bot.petitions.privacy import mask
from bot.petitions.triage import tells_crime
from bot.wording import citizens
from bot.wording import filing as say
from index.evidence import CALLS_CONTACT
from index.passages import RecordKind
from knowledge.vietnamese import fold

# From here on the classifier is believed over the words; under it a message is taken for a question.
CLASS_SURE = 0.55
CHEATED = "bi_lua"
# So many words at least tell a story, and so many ask something.
LONG_STORY, FEW_TO_ASK, SURELY_KNOWN = 16, 5, 0.9
_ASKS_ABOUT = re.compile(r"(?:xin )?(?:cho (?:toi |em |minh |con )?(?:biet|hoi)|hoi) ")
_OWN_PETITIONS = re.compile(
    r"\b(?:cac |nhung )?(?:phieu|phan anh|kien nghi|gop y)(?: ma)?(?: da| toi| em| minh| con| chau| tui)*(?: gui)? "
    r"(?:cua (?:toi|em|minh|con|chau|tui)|truoc|hom truoc|da gui|lan truoc)\b.{0,20}\b(?:dau roi|the nao|sao roi|chua|"
    r"ket qua|tra loi|den dau|toi dau)\b|\bxem (?:lai )?(?:cac )?(?:phieu|phan anh) "
    r"(?:cua toi|cua em|cua minh|da gui)\b|"
    r"^\W*(?:(?:toi|em|minh|con|chau|tui|cho|muon|xin|giup|da|can) )*(?:tra|tra cuu|tra lai|xem|xem lai|coi|"
    r"coi lai|kiem tra|"
    r"theo doi)(?: (?:lai|giup|gium|cac|nhung|tinh trang|tinh hinh|ket qua|trang thai|ma|don|phieu|"
    r"cai))* (?:phieu|phan anh|"
    r"kien nghi|gop y)(?: (?:phan anh|kien nghi|gop y|ma|da|gui|cua|toi|em|minh|con|chau|tui|truoc|roi|hom truoc|"
    r"nhe|nha|di|a))*\W*$"
)
_ANNOUNCES = ("phan anh", "gop y", "kien nghi", "khieu nai", "to cao")
_ASKING = re.compile(
    r"\b(?:(?<!uoc )gi|dau|sao|nao|bao nhieu|bao lau|bao gio|may (?:ngay|tien|dong|buoc|thang|tuan))\b"
    r"|\b(?:khong|chua|ai|duoc chu)\W*(?:a|nhi|vay|the|ban)?\W*$"
    r"|\b(?:tong dai|hotline|duong day nong|dau so)\b.{0,12}\bmay\b"
)
_QUESTION_END = re.compile(r"\b(?:gi|dau|sao|nao|may|bao nhieu|bao lau|bao gio|ai|khong)\W*(?:a|nhi|vay|the)?\W*$")


def files(turn: Turn) -> Outcome | None:
    """Files or a place, alone: they go to the open form, or open one."""
    message, session = turn.message, turn.session
    if message.text.strip() or message.choice or not (message.attachments or message.location):
        return None
    return filed(
        turn, filing.given(session.draft, message.attachments, message.location, turn.authority, session.asked)
    )


def captioned(turn: Turn, outcome: Outcome) -> Outcome:
    """Files that came with words: to the form that the words opened or went on with, or to the supplement that they
    are; with anything else they are not kept."""
    message, (session, reply) = turn.message, outcome
    if not message.attachments or not message.text.strip():
        return outcome
    if session.draft is not None:
        draft, notice = filing.with_files(session.draft, message.attachments, message.location)
        return replace(session, draft=draft), replace(reply, text=f"{notice}\n{reply.text}")
    sent = [i for i in reply.intents if isinstance(i, Supplement)]
    if sent:
        intents = tuple(replace(i, attachments=(*i.attachments, *message.attachments)) for i in sent)
        return session, replace(reply, intents=intents)
    return session, replace(reply, text=f"{reply.text}\n\n{say.FILES_ASIDE}", intents=(*reply.intents, Discard()))


_ABOUT_FORM = re.compile(r"\b(?:giau ten|neu ten|an danh|lo ten|ghi ten|giu kin)\b")


def tracking(turn: Turn) -> Outcome | None:
    draft = turn.session.draft
    if turn.reading.petition_code:
        return filed(turn, filing.track(turn.reading.petition_code, turn.message.text, draft))
    if draft is None and len(turn.reading.text.split()) <= 12 and _OWN_PETITIONS.search(turn.reading.folded):
        return filed(turn, filing.own())
    return None


def asked_back(turn: Turn) -> Outcome | None:
    """While an officer waits for more, what a citizen writes next is offered as the supplement, once; a question that
    surely is one, or small talk, is not."""
    session = turn.session
    if not session.asked or session.draft is not None or turn.reading.talk:
        return None
    kind, likely = turn.judged
    if kind is MessageClass.QUESTION and likely >= 0.8 and turn.hits.known >= UNKNOWN and turn.aspects:
        return None
    once = replace(turn, session=replace(session, asked=""))
    return filed(once, filing.offer(session.asked, turn.message.text))


def open_draft(turn: Turn, others: Sequence[Callable[[Turn], Outcome | None]]) -> Outcome | None:
    """The next step of a draft; a question of its own is answered by the `others`, and the draft waits."""
    draft = turn.session.draft
    if draft is None:
        return None
    kind, likely = turn.judged
    if draft.step == filing.HEARD and not draft.away and not _answers_offer(turn):
        return next(o for rule in others if (o := rule(replace(turn, session=replace(turn.session, draft=None)))))
    if _calls_somebody(turn):
        called = Decision((Target("contact", HOTLINE, (), turn.message.text, 1.0),), score=1.0)
        session, reply = answered(replace(turn.session, draft=None), turn.library, called)
        return replace(session, draft=filing.leave(draft)), replace(reply, text=f"{reply.text}\n\n{say.KEPT_OPEN}")
    confident = turn.hits.known >= UNKNOWN
    marks, text = turn.reading.marks, turn.message.text
    leaves = filing.wants_away(draft, kind, likely, confident, turn.aspects, text, marks)
    if _ABOUT_FORM.search(turn.reading.folded) or (draft.away and answers_form(turn)):
        draft, leaves = replace(draft, away=False), False
    tells = filing.is_telling(draft) and (not filing.asks(text) or nuisance(turn))
    leaves = leaves and not (filing.is_telling(draft) and tells and not draft.away)
    if leaves or (not draft.away and not tells and asks_elsewhere(turn)):
        away = replace(turn, session=replace(turn.session, draft=None))
        session, reply = next(o for rule in others if (o := rule(away)) is not None)
        kept = replace(session, draft=filing.leave(draft))
        return kept, replace(reply, text=f"{reply.text}\n\n{say.KEPT_OPEN}")
    return filed(turn, filing.go_on(draft, text, marks, "", turn.authority, kind if likely >= 0.8 else None))


def _calls_somebody(turn: Turn) -> bool:
    """ "gọi đâu" amid a form is no place where it happened."""
    return len(turn.reading.text.split()) <= 4 and bool(CALLS_CONTACT.search(turn.reading.folded))


def _answers_offer(turn: Turn) -> bool:
    """A yes or no to "shall I write this down?", or more of the story; anything else lets the offer lapse."""
    draft, text = turn.session.draft, turn.message.text
    if draft is None or filing.meant(draft, text, turn.reading.marks, "") or filing.announces(text):
        return True
    if filing.is_place(text) or filing.is_time(text) or nuisance(turn):
        return True
    if wants_to_write(turn) and len(text.split()) <= 4 and not asks_in_words(turn):
        return True
    return answers_form(turn) and not turn.reading.events


def answers_form(turn: Turn) -> bool:
    """After a question in between, a few words that ask nothing and name nothing: the answer the form waits for."""
    kind, likely = turn.judged
    short = len(turn.reading.text.split()) <= 8 and turn.hits.known < 0.5
    courteous = bool(turn.reading.talk) or "che" in turn.reading.marks
    return short and not is_question(turn) and not courteous and not (kind is MessageClass.QUESTION and likely >= 0.9)


def asks_elsewhere(turn: Turn) -> bool:
    """A question in form that names a procedure by itself is none of the draft's answers."""
    kind, likely = turn.judged
    if kind is not MessageClass.QUESTION or likely < 0.5 or not is_question(turn):
        return False
    named = any(turn.retriever.exact(c.subject) for c in turn.reading.clauses if c.subject)
    return named or (turn.hits.known >= 0.8 and turn.hits.confidence >= 0.6)


def is_question(turn: Turn) -> bool:
    text = turn.message.text.rstrip(" .!)")
    return text.endswith("?") or bool(turn.reading.aspects) or bool(_QUESTION_END.search(fold(turn.reading.text)))


def asks_in_words(turn: Turn) -> bool:
    """Whether there is a word that asks: "thiếu giấy" names what could be asked of, but a story may name it too."""
    text = turn.message.text.rstrip(" .!)")
    return text.endswith("?") or bool(_ASKING.search(turn.reading.folded))


# "bỏ bớt giấy tờ" speaks of no bot.
_ABOUT_BOT = re.compile(
    r"\b(?:gop y|phan anh|kien nghi|che|phan nan)\b.{0,12}\b(?:(?:con |cai |ban )?(?:chat ?)?"
    r"(?<!bo )(?<!giam )(?<!cat )(?<!them )bot|tro ly(?: ao)?)\b"
)
# Whom praise is for, where it is short.
_PRAISES = re.compile(r"\b(?:khen|nhiet tinh|tan tinh|tan tam|chu dao|niem no|vui ve|de thuong|cam on)\b")
_PRAISED_FOR = re.compile(
    r"\b(?:can bo|cong an|mot cua|uy ban|ubnd|phuong|xa|trung tam|nhan vien|bo phan|ho tich|dia chinh|tu phap|"
    r"co quan|cong chuc)\b"
)
# After thanks something else is asked.
_GOES_ON = re.compile(r"\b(?:cho (?:\w+ )?hoi|hoi (?:luon|them|tiep|nua|chut)|thi sao|con .{2,40} thi)\b")


def feedback(turn: Turn) -> Outcome | None:
    """What is told rather than asked: of this assistant, of a crime, of an office, of something to be mended."""
    if _ABOUT_BOT.search(turn.reading.folded) and not asks_in_words(turn):
        kept = LogFeedback(False, words=mask(turn.message.text[:500]))
        thanks = Reply(Behavior.CHITCHAT, citizens.FEEDBACK_THANKS, message_class=MessageClass.SUGGESTION)
        return turn.session, replace(thanks, intents=(kept,))
    if filing.announces(turn.message.text):
        return filed(turn, filing.begin(MessageClass.UNCLEAR, turn.message.text, turn.authority))
    if tells_crime(turn.message.text) and not asks_in_words(turn) and not turn.reading.talk:
        return filed(
            turn, filing.begin(MessageClass.UNCLEAR, turn.message.text, turn.authority), MessageClass.DENUNCIATION
        )
    return _told(turn) or _nuisance_told(turn)


def _nuisance_told(turn: Turn) -> Outcome | None:
    """What is for the authority to mend is offered to be written down, and not looked up."""
    if turn.declared in OWN_LAW or not nuisance(turn):
        return None
    return filed(turn, filing.hear(turn.message.text, turn.authority), MessageClass.SUGGESTION)


def _told(turn: Turn) -> Outcome | None:
    kind, likely = turn.judged
    long = len(turn.reading.text.split()) >= 7
    if (likely < CLASS_SURE and kind is not MessageClass.UNCLEAR) or (not long and likely < 0.9):
        return None
    # what is over is told, and accuses nobody any more; who was cheated is told what to do
    only_told = SETTLED.search(turn.reading.folded) or CHEATED in turn.reading.talk
    if kind in OWN_LAW and turn.declared is None and only_told:
        return None
    if turn.session.topic and turn.aspects and not long:
        return None
    praise = kind is MessageClass.THANKS and _praises(turn)
    vague = kind is MessageClass.UNCLEAR and likely >= 0.8 and wants_to_write(turn)
    if (kind in (*FEEDBACK, *OWN_LAW) and not plain_question(turn)) or praise or vague:
        return filed(turn, filing.begin(kind, turn.message.text, turn.authority), kind)
    return None


def _praises(turn: Turn) -> bool:
    """Praise of somebody at length, or of an office in a few words; a question that comes with thanks is one."""
    folded = turn.reading.folded
    if asks_in_words(turn) or _GOES_ON.search(folded):
        return False
    return len(folded.split()) > 7 or bool(_PRAISED_FOR.search(folded) and _PRAISES.search(folded))


def wants_to_write(turn: Turn) -> bool:
    return any(w in turn.reading.folded for w in _ANNOUNCES)


# "… thu 5 triệu có đúng không" asks what is right, and accuses nobody yet.
_IS_IT_RIGHT = re.compile(
    r"\b(?:co )?(?:dung|phai|hop ly|hop le|hop phap|dung luat|dung quy dinh|dat)\b (?:quy dinh |luat )?(?:khong|"
    r"ko|k|hong)"
    r"\W*(?:a|nhi|vay|the|ban)?\W*$"
)


def plain_question(turn: Turn) -> bool:
    """A short question about a procedure that the index knows well is one, even when it sounds like a complaint; so
    is a short question about a thing that nobody here knows, where the citizen calls it nothing else."""
    count = len(turn.reading.text.split())
    if names_paperwork(turn):
        return True
    asks = turn.message.text.rstrip(" .!").endswith("?") and turn.judged[1] < 0.9
    if turn.declared is None and turn.judged[0] in OWN_LAW and count <= 14 and _IS_IT_RIGHT.search(turn.reading.folded):
        return True
    if _ASKS_ABOUT.match(turn.reading.folded):
        return turn.hits.known >= 0.5 or turn.declared is None
    if turn.declared is None and count <= 14 and turn.judged[0] not in OWN_LAW and asks_in_words(turn):
        return not wants_to_write(turn) and turn.judged[1] < 0.95
    if turn.declared is None and any(c.absent for c in turn.reading.clauses) and count <= 12:
        return not wants_to_write(turn)
    if turn.declared is None and turn.reading.aspects and _only_names(turn):
        return True
    best = next(iter(turn.hits.hits), None)
    named = best is not None and name_heard(best) >= NAMED
    if not (named or asks or asks_in_words(turn) or turn.judged[1] < 0.65):
        return False
    return turn.hits.known >= 0.6 and (asks or (count <= 12 and turn.judged[1] < 0.85))


_SENTENCE = re.compile(r"[.;!?\n]+|,(?!\d)")


def asked_at_end(turn: Turn) -> str:
    """The question about something known here with which a long story ends; "" for none."""
    said = [part.strip() for part in _SENTENCE.split(turn.reading.text) if part.strip()]
    if len(said) < 2 or len(turn.reading.text.split()) < LONG_STORY or wants_to_write(turn):
        return ""
    asks = _ASKING.search(fold(said[-1])) and len(said[-1].split()) >= FEW_TO_ASK
    found = turn.find(said[-1])
    best = next(iter(found.hits), None)
    if not asks or best is None or best.record.kind is not RecordKind.PROCEDURE:
        return ""
    return said[-1] if found.known >= SURELY_KNOWN else ""


def told_then_asked(turn: Turn, others: Sequence[Callable[[Turn], Outcome | None]]) -> Outcome | None:
    """A long story that only sounds like a complaint, and ends in a question: the question is answered."""
    if turn.declared or turn.judged[0] not in FEEDBACK or not (asked := asked_at_end(turn)):
        return None
    alone = replace(turn, message=replace(turn.message, text=asked))
    if alone.reading.events:
        return None
    return next(o for rule in others if (o := rule(alone)) is not None)


def _only_names(turn: Turn) -> bool:
    """Whether nothing is told but what is asked and of which procedures ("hồ sơ, lệ phí cấp phiếu lý lịch tư pháp")."""
    ground = turn.retriever.ground
    names = {w for h in turn.hits.hits[:4] for name in names_of(ground, h.record) for w in name.split()}
    words = {fold(w) for clause in turn.reading.clauses for w in telling(turn.question, clause)}
    return bool(words) and words <= names


_DOES = re.compile(
    r"(?:(?:toi|em|minh|con|chau|tui|da|a|cho|muon|can|xin|dinh) )*(?:sua|doi|lam|xin|cap|huy|nhap|tach|bo|them|"
    r"dang ky|chuyen|khai|rut|gia han|cai chinh)\b"
)
_PAPERS = re.compile(
    r"\b(?:ngay sinh|nam sinh|ho ten|ten dem|giay|so do|so hong|ho khau|bang cap|bang lai|khai sinh|ket hon|ly hon|"
    r"can cuoc|ho chieu|hoc ba|ly lich|que quan|dan toc|gioi tinh)\b"
)
_OF_OTHERS = re.compile(
    r"\b(?:can bo|cong chuc|nhan vien|nguoi dan|cho dan|ba con|nhanh hon|don gian|nen|phai chi|mong)\b"
)


def names_paperwork(turn: Turn) -> bool:
    """ "sửa ngày sinh cho khớp bằng cấp 3": a few words for one's own papers, that call themselves no petition."""
    folded = turn.reading.folded
    told_so = turn.declared is not None or wants_to_write(turn) or len(folded.split()) > 16
    if told_so or turn.judged[0] in OWN_LAW or nuisance(turn):
        return False
    return bool(_DOES.match(folded) and _PAPERS.search(folded)) and not _OF_OTHERS.search(folded)


def _police(turn: Turn, step: filing.Filed) -> tuple[Topic, ...]:
    """Who is sent to the police means them by "gọi số nào"."""
    sent = step.text.startswith(say.CRIME) and turn.library.contacts.get(POLICE)
    return (Topic("contact", POLICE, (), mask(turn.message.text[:500])),) if sent else ()


def filed(turn: Turn, step: filing.Filed, kind: MessageClass | None = None) -> Outcome:
    session = replace(turn.session, draft=step.draft, options=step.options, clarified=False)
    own_law = step.behavior is Behavior.REDIRECT and kind in OWN_LAW
    mentions = (mention(turn.library, "khieu_nai" if kind is MessageClass.COMPLAINT else "to_cao"),) if own_law else ()
    records = tuple(m for m in mentions if m)
    if records:
        session = session.about(Topic("procedure", records[0].id, (), ""), *_police(turn, step))
    reply = Reply(step.behavior, step.text, records, step.options, intents=step.intents)
    return session, replace(reply, message_class=kind or turn.judged[0])
