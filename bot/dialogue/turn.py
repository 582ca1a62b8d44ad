"""One message in its conversation, with everything that the rules ask of it; what costs time is looked up once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

from bot.dialogue.decision import Decision, Question
from bot.dialogue.judging import Judge
from bot.dialogue.message import Message, MessageClass, Reply
from bot.dialogue.particulars import is_yes_no
from bot.dialogue.session import Session
from bot.dialogue.signs import sober
from bot.dialogue.slips import known_to
from bot.dialogue.understanding import Clause, Reading, read
from bot.dialogue.within import told_within
from index.retriever import Hits, Retriever
from knowledge.library import Library
from knowledge.vietnamese import fold

Outcome = tuple[Session, Reply]
FEEDBACK = (MessageClass.CONDUCT, MessageClass.RULES, MessageClass.SUGGESTION)
_ONE_MORE = re.compile(r"\W*(?:còn|con) .+ (?:nữa|nua)\W*$")
_MONEY = re.compile(r"(?:(?:thế|vậy|còn|the|vay|con) )*(?:tiền|tien|giá|gia)(?: (?:thì sao|thi sao|sao))?\W*")
_WISHED = re.compile(r"(?:\w+ )?(?:xin|tìm|tim|nhờ|nho|muốn|muon) (?!hỏi|hoi)")
_FREE = re.compile(r"\b(?:miễn phí|mien phi)\W*$")
OWN_LAW = (MessageClass.COMPLAINT, MessageClass.DENUNCIATION)

# "chết cha, em làm mất …": nobody died.
_OH_NO = re.compile(
    r"^\W*(?:(?:thôi|thoi|ôi|ối|oi|á|trời|troi|ơi|ui) )*(?:chết|chet) (?:rồi|roi|cha|mẹ|me|mồ|thật|that|thiệt|thiet)"
    r"(?:\s*[,!.…]+\s*|\s+(?=(?:em|tôi|toi|tui|mình|minh|quên|quen|con|cháu) ))|"
    r"^\W*(?:thôi|thoi) (?:chết|chet)(?:\s*[,!.…]+\s*|\s+(?=(?:em|tôi|toi|tui|mình|minh|quên|quen|con|cháu) ))",
    re.I,
)

# A short message with a figure accuses nobody and sells nothing without a word that does.
_SHORT = 7
_FIGURE = re.compile(r"\b\d{1,3}(?:[.,]\d{1,3})*\b")
_ACCUSES_OR_SELLS = re.compile(
    r"\b(?:to cao|to giac|khieu nai|kien|hoi lo|phong bi|lot tay|boi tron|an chan|doi|tham o|khai khong|gia|gia mao|"
    r"(?:nhan|an|lay|thu|vet) (?:tien|them|cua)|trom|cuop|chiem|lua|bao ke|lau|trai phep|danh|doa|cuong che|oan|sai|"
    r"bat cong|quyet dinh|xu phat|can bo|chu tich|truong (?:thon|ap|phong)|cong an|vay|lai|hoa hong|ctv|tuyen|giam|"
    r"sale|khuyen mai|tang|inbox|ib|zalo|lien he|ca do|co bac|casino|baccarat|no hu|tai xiu|nap|rut|link|acc|clone|"
    r"uy tin|keo|coin|dau tu|loi nhuan|kiem|(?:\d{3}[ .]?){3,})\b"
)


def _only_a_figure(reading: Reading) -> bool:
    """ "doanh thu 200 triệu một năm", "3 người góp vốn": a part of what is being spoken of."""
    folded = reading.folded
    short = len(folded.split()) <= _SHORT and bool(_FIGURE.search(folded))
    return short and not _ACCUSES_OR_SELLS.search(folded)


@dataclass(frozen=True)
class Turn:
    """One message in its conversation, and what it may be answered from."""

    session: Session
    message: Message
    library: Library
    retriever: Retriever
    judge: Judge
    authority: str = ""

    @cached_property
    def reading(self) -> Reading:
        return read(_OH_NO.sub("", self.message.text), self.library, known_to(self.retriever).mend)

    @cached_property
    def sober(self) -> Reading:
        """The reading without what is only said in exaggeration: what is looked at for danger."""
        return sober(self.reading, self.library)

    @cached_property
    def judged(self) -> tuple[MessageClass, float]:
        """What kind of message it is, and how likely; what the citizen calls it himself counts most."""
        best, likely, likelihoods = self.judge.message_class(self.reading.text, self.library.language)
        declared = self.declared
        if declared is MessageClass.RULES and likelihoods[MessageClass.CONDUCT] > likelihoods[MessageClass.RULES]:
            declared = MessageClass.CONDUCT
        words = len(self.reading.text.split())
        if declared in FEEDBACK and words <= 4:
            declared = MessageClass.UNCLEAR
        if self.declared is MessageClass.CONDUCT and words <= 6:
            return best, likely  # "phản ánh cán bộ gây khó dễ" asks how; a story is longer
        if declared is None and best in (*OWN_LAW, MessageClass.SPAM) and _only_a_figure(self.reading):
            likelihoods = {k: v for k, v in likelihoods.items() if k not in (*OWN_LAW, MessageClass.SPAM)}
            best = MessageClass(max(likelihoods, key=lambda label: likelihoods[label]))
            return best, likelihoods[best]
        if declared is None or (declared is MessageClass.THANKS and likelihoods[MessageClass.RULES] > 0.5):
            return best, likely
        return declared, max(0.9, likelihoods[declared])

    @cached_property
    def declared(self) -> MessageClass | None:
        """What the citizen calls the message himself ("tôi phản ánh …")."""
        return self.judge.declared(self.reading.text, self.library.language)

    @cached_property
    def find(self) -> Callable[[str], Hits]:
        """What an expanded text finds; the whole message and its only clause are one and the same search."""
        return cache(lambda text: self.retriever.search(text, 12))

    @cached_property
    def within_topic(self) -> Decision | None:
        """What a life event that is a detail of what is spoken of asks of it; None where it is news or none is told."""
        return told_within(self.question)

    @property
    def hits(self) -> Hits:
        return self.find(self.reading.core.strip())

    @cached_property
    def question(self) -> Question:
        language = self.library.language

        @cache  # several rules ask for the aspects of the same clause
        def aspects_of(clause: Clause) -> tuple[str, ...]:
            if clause.unstated and not clause.aspects:
                return ()
            if self.session.topic and _MONEY.fullmatch(clause.text):
                return ("le_phi",)
            if not clause.aspects and len(clause.text.split()) <= 4 and self.retriever.exact(clause.subject):
                return ()  # a bare name asks for the card, whatever the few words around it sound like
            if not clause.aspects and _ONE_MORE.match(clause.text):
                return ()  # "còn hộ chiếu nữa": what was asked before
            free = clause.aspects == ("le_phi",) and _FREE.search(clause.text)
            if free and (self.retriever.exact(clause.subject) or _WISHED.match(clause.text)):
                return ()  # "trợ giúp pháp lý miễn phí" says what it is, and asks nothing of its fee
            bare = bool(clause.aspects) and self.message.text.isascii()  # heard as typed, whatever is written out
            found = self.judge.aspects_of(fold(clause.text) if bare else clause.text, language)
            # "hộ khẩu Cà Mau làm ở Hà Nội được không" asks where, whatever else "được không" may ask
            elsewhere = not clause.aspects and self.reading.provinces and is_yes_no(clause.text)
            return ("noi_nop",) if elsewhere and set(found) <= {"dieu_kien", "doi_tuong"} else found

        return Question(self.reading, self.session, self.library, self.retriever, aspects_of, self.find)

    @cached_property
    def aspects(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(a for c in self.reading.clauses for a in self.question.aspects_of(c)))
