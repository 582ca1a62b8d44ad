"""Who asked for what, and what is sent to many: subscriptions, mailings, posters. Values, and what they mean. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.dialogue.subscribing import CHANGES, Topic

__all__ = ["CHANGES", "Fates", "Kind", "Mailing", "Poster", "State", "Subscription", "Topic", "number_of"]


@dataclass(frozen=True, slots=True)
class Subscription:
    """`field`: only of Topic.FIELD. `place`: what holds there is told, "" where none was named. `mailing`: the one
    after which it was ended, 0 where it was ended otherwise."""

    conversation: str
    topic: Topic
    since: dt.datetime
    field: str = ""
    place: str = ""
    ended: dt.datetime | None = None
    mailing: int = 0
    id: int = 0


class Kind(StrEnum):
    NEWS = "tin_thay_doi"
    DIGEST = "ban_tin"
    BROADCAST = "thong_bao"


class State(StrEnum):
    """WAITING: it goes at its hour and can be taken back until then. SENDING: some may have it already."""

    DRAFT = "nhap"
    WAITING = "cho"
    SENDING = "dang_gui"
    SENT = "da_gui"
    STOPPED = "da_dung"
    DROPPED = "da_bo"


@dataclass(frozen=True, slots=True)
class Mailing:
    """`text`: the words of a broadcast; a digest's sections and the changes of a news as JSON. `fields`: to whom it
    goes ((): to all who asked for such); `place`: only to those of there. `written_at`: when the last receiver's
    notice was written; `receivers`: how many those are. `generation`: the one that a news told of."""

    kind: Kind
    title: str
    text: str
    by: str
    made_at: dt.datetime
    state: State = State.DRAFT
    fields: tuple[str, ...] = ()
    place: str = ""
    due: dt.datetime | None = None
    began_at: dt.datetime | None = None
    written_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    receivers: int = 0
    generation: str = ""
    id: int = 0

    @property
    def open(self) -> bool:
        """Whether its words may still be changed."""
        return self.state is State.DRAFT

    @property
    def code(self) -> str:
        """By which its notices are found again."""
        return f"tin:{self.id}"


def number_of(code: str) -> int:
    """The mailing of a notice's code; 0 for a notice of something else."""
    kind, _, number = code.partition(":")
    return int(number) if kind == "tin" and number.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class Fates:
    """What became of a mailing. `unreachable`: blocked, gone; `ended`: were not sent it any more (stopped, or the
    receiver had ended the subscription first); `unsubscribed`: ended a subscription by its button."""

    receivers: int = 0
    sent: int = 0
    waiting: int = 0
    unreachable: int = 0
    ended: int = 0
    unsubscribed: int = 0


@dataclass(frozen=True, slots=True)
class Poster:
    """A printed sheet that has a number of its own. `kind`, `name`, `format`, `ink`: how it is printed again;
    `place`: where it hangs; `note`: whatever else is to be known of it."""

    kind: str
    name: str
    format: str
    ink: str
    by: str
    at: dt.datetime
    place: str = ""
    note: str = ""
    id: int = 0
