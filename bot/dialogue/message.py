"""What goes into the core and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Behavior(StrEnum):
    ANSWER = "answer"
    CLARIFY = "clarify"
    UNKNOWN = "unknown"
    NOT_PUBLISHED = "not_published"
    NOT_STATED = "not_stated"
    EMERGENCY = "emergency"
    CHITCHAT = "chitchat"
    PETITION = "petition"
    REDIRECT = "redirect"
    OUT_OF_SCOPE = "out_of_scope"


class MessageClass(StrEnum):
    QUESTION = "cau_hoi"
    CONDUCT = "phan_anh_hanh_vi"
    RULES = "phan_anh_quy_dinh"
    SUGGESTION = "kien_nghi"
    COMPLAINT = "khieu_nai"
    DENUNCIATION = "to_cao"
    EMERGENCY = "khan_cap"
    SPAM = "spam"
    UNCLEAR = "khong_ro"
    THANKS = "cam_on"


@dataclass(frozen=True, slots=True)
class Message:
    """`choice` is the stable id of a pressed button; then `text` may be its label or empty. `attachments`: digests of
    files that the desk has kept before; `location`: latitude and longitude. `public`: others read along,
    so nothing of one's own is told."""

    text: str = ""
    choice: str = ""
    attachments: tuple[str, ...] = ()
    location: tuple[float, float] | None = None
    public: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A button. Its id is stable over restarts and index switches and at most 64 bytes long."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A record that a reply speaks of, with the aspects it answers."""

    kind: str
    id: str
    code: str
    name: str
    aspects: tuple[str, ...] = ()


class Intent:
    """Something that the desk is to carry out; one of the classes below."""


@dataclass(frozen=True, slots=True)
class LogUnknown(Intent):
    """Nobody's record answers this: officers are to see it."""

    question: str


@dataclass(frozen=True, slots=True)
class LogFeedback(Intent):
    """👍 or 👎 on the last answer; `reason` and `words` may come later. `kind` "praise": of an officer, not of an
    answer."""

    good: bool
    reason: str = ""
    words: str = ""
    kind: str = "answer"


@dataclass(frozen=True, slots=True)
class File(Intent):
    """The citizen confirmed: this is to become a petition. `into`: the open petition that it is one more voice of."""

    kind: MessageClass
    text: str
    where: str = ""
    when: str = ""
    contact: str = ""
    anonymous: str = ""
    attachments: tuple[str, ...] = ()
    location: str = ""
    into: str = ""


@dataclass(frozen=True, slots=True)
class Track(Intent):
    """How far a petition is. `secret` proves that it is one's own from another conversation."""

    code: str
    secret: str = ""


@dataclass(frozen=True, slots=True)
class ListOwn(Intent):
    """All petitions of this conversation."""


@dataclass(frozen=True, slots=True)
class Supplement(Intent):
    """More words or files for an open petition: the answer to what was asked back, or a note."""

    code: str
    text: str = ""
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdraw(Intent):
    """`sure`: the citizen said so twice."""

    code: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Reopen(Intent):
    """An answered petition is to be worked on again, with what was missing in the answer."""

    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Rate(Intent):
    """From 1, not satisfied at all, to 5."""

    code: str
    rating: int


@dataclass(frozen=True, slots=True)
class Discard(Intent):
    """The files that were sent for a form that is gone are not needed."""


@dataclass(frozen=True, slots=True)
class SetConsent(Intent):
    """A consent given or taken back; `what`: hoi_dap (questions are kept, masked) or phan_anh (petitions)."""

    what: str
    given: bool


@dataclass(frozen=True, slots=True)
class Follow(Intent):
    """News of this is wanted; `topic` as subscribing.Topic has it, `field` where it is one's news."""

    topic: str
    field: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Unfollow(Intent):
    """The subscription of this number is to end, or every one; `mailing`: the one whose button was pressed."""

    number: int
    mailing: int = 0
    every: bool = False


@dataclass(frozen=True, slots=True)
class ListFollowed(Intent):
    """What this conversation is told of, each to be ended with one tap."""


@dataclass(frozen=True, slots=True)
class SetPlace(Intent):
    place: str


@dataclass(frozen=True, slots=True)
class EraseData(Intent):
    """What this conversation holds is to be erased."""


@dataclass(frozen=True, slots=True)
class ShowData(Intent):
    """What is kept of this conversation is to be handed over."""


@dataclass(frozen=True, slots=True)
class Reply:
    """`document`: the text of a file that goes with it (one's own data, as JSON)."""

    behavior: Behavior
    text: str
    records: tuple[Mention, ...] = ()
    options: tuple[Option, ...] = ()
    sources: tuple[str, ...] = ()
    message_class: MessageClass = MessageClass.QUESTION
    urgent: bool = False
    masked: str = ""
    score: float = 0.0
    milliseconds: float = 0.0
    intents: tuple[Intent, ...] = ()
    document: str = ""
