"""What the books hold: the values that travel between the doors, the desk, the reports and the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.petitions.petition import Channel, Event, Kind, Naming, Petition, State, Urgency


class StoreUnavailable(Exception):
    """The store cannot take this now (locked, full, read-only, away); nothing was written."""


class NotAllowed(Exception):
    """This officer may not do this; says who, what, and which role may."""


class NotTheirs(NotAllowed):
    """This officer cannot be given this petition: it is about them (`about`), or in a unit that they do not reach."""

    def __init__(self, code: str, officer: str, unit: str, about: bool) -> None:
        self.code, self.officer, self.unit, self.about = code, officer, unit, about
        super().__init__(f"{officer}: {code} is not theirs to see")


class NotFound(Exception):
    """There is no such petition, officer, notice … for who asks (also when it exists and is not theirs to see)."""


class Role(StrEnum):
    OFFICER = "can_bo"
    LEAD = "lanh_dao"
    ADMIN = "quan_tri"


@dataclass(frozen=True, slots=True)
class Officer:
    """`accounts`: the doors' names of this person ("telegram:123"). `away_until`: absent; `cover`: who stands in."""

    id: str
    name: str
    role: Role
    unit: str = ""
    active: bool = True
    accounts: tuple[str, ...] = ()
    login: str = ""
    password: str = ""
    totp: str = ""
    away_until: dt.date | None = None
    cover: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that handles petitions. `fields`, `places`: what is routed to it (empty: everything); `parent`: the unit
    one level up, for petitions about its lead; `into`: the unit it was merged into."""

    key: str
    name: str
    parent: str = ""
    fields: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    into: str = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """`digest`: of the token, which nobody can read back; single use."""

    digest: str
    role: Role
    unit: str
    by: str
    made_at: dt.datetime
    ends_at: dt.datetime
    name: str = ""
    used_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Who filed a petition and how to reach them. `contact` is what they wrote of themselves; `secret`: the digest of
    the short secret by which it can be tracked from elsewhere."""

    code: str
    conversation: str = ""
    contact: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of a request that its sender may repeat: the petition. `key`, `body`: digests of what the sender calls
    the request and of what it said, made with the sender's own key; `salt`: of the petition's secret."""

    key: str
    body: str
    salt: str
    code: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """Words that belong to a petition; `role`: story, where, when, supplement, question, answer, note, refusal …"""

    code: str
    role: str
    text: str
    at: dt.datetime
    by: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a petition or a draft. `digest` (sha256) is its name on disk; `name` is only shown."""

    digest: str
    name: str
    kind: str
    size: int
    conversation: str = ""
    code: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One message and its reply, as it is kept: the question masked. `answer_records`: ids of what was answered."""

    conversation: str
    at: dt.datetime
    door: str
    question: str
    message_class: str
    behavior: str
    records: tuple[str, ...]
    score: float
    generation: str
    reply: str
    milliseconds: float = 0.0
    place: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Feedback:
    """👍 or 👎 on an answer, why, in whose words; `about` is the turn it is about (0: the last that answered)."""

    turn: int
    about: int
    good: bool
    reason: str
    words: str
    at: dt.datetime
    kind: str = "answer"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Feedback with the question, the answer and the records it is about."""

    good: bool
    reason: str
    words: str
    question: str
    reply: str
    records: tuple[str, ...]
    generation: str
    at: dt.datetime
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that nobody's record answers. `state`: open, linked, proposed, done, dismissed."""

    turn: int
    question: str
    at: dt.datetime
    door: str
    conversation: str = ""
    state: str = "open"
    proposal: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """An officer's remedy for gaps: a record they are to be linked to, or a new answer; `state`: proposed, approved,
    refused, published."""

    questions: tuple[str, ...]
    record: str
    answer: str
    source: str
    by: str
    at: dt.datetime
    state: str = "proposed"
    decided_by: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Update:
    """One thing that arrived by a door, kept before it is confirmed. `number` is the door's own id, unique in it."""

    door: str
    number: str
    chat: str
    body: str
    at: dt.datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to be sent by a door: `to` is the door's address, `body` what the door made of it or is to make.
    `key`: a notice of the same key is written once. `due`: not before. `tries`, `state`: waiting, sent, dead.
    `arrived`: how many of the messages that it takes have gone already."""

    door: str
    to: str
    kind: str
    body: str
    key: str
    due: dt.datetime
    code: str = ""
    id: int = 0
    tries: int = 0
    state: str = "waiting"
    arrived: int = 0


@dataclass(frozen=True, slots=True)
class Audit:
    at: dt.datetime
    by: str
    action: str
    about: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    conversation: str
    what: str
    given: bool
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class TaskState:
    """What officers entered of a plan's task; the newest one counts, all are kept."""

    plan: str
    task: str
    state: str
    product: str
    figures: str
    evidence: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class IndexEvent:
    """A generation went live (or back): `changes` are (record, announced|amended|abolished)."""

    generation: str
    at: dt.datetime
    by: str
    action: str
    changes: tuple[tuple[str, str], ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A long piece of work or a daily one, seen by every process. `progress`: 0 to 100."""

    key: str
    kind: str
    state: str
    at: dt.datetime
    progress: int = 0
    message: str = ""
    result: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What an officer looks for. Empty fields do not filter; `words` is searched in the papers, marks or none. `unit`
    is exactly that one, `units` any of these; petitions whose `about` names any of `not_about` are left out."""

    states: tuple[State, ...] = ()
    open_only: bool = False
    kind: Kind | None = None
    urgency: Urgency | None = None
    field: str = ""
    place: str = ""
    unit: str = ""
    units: tuple[str, ...] = ()
    assignee: str = ""
    unassigned: bool = False
    overdue_at: dt.datetime | None = None
    channel: Channel | None = None
    words: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    not_about: tuple[str, ...] = ()
    published: bool | None = None
    sort: str = "due"
    offset: int = 0
    limit: int = 25


@dataclass(frozen=True, slots=True)
class Page:
    petitions: tuple[Petition, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Filing:
    """A confirmed petition on its way into the store: everything but its code. `received`: when it reached the house,
    where that was before it was written down here; its terms run from there."""

    kind: Kind
    channel: Channel
    text: str
    where: str = ""
    when: str = ""
    contact: str = ""
    naming: Naming = Naming.OPEN
    conversation: str = ""
    urgency: Urgency = Urgency.NORMAL
    field: str = ""
    place: str = ""
    unit: str = ""
    procedure: str = ""
    about: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    location: str = ""
    received: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A petition as an officer may see it. `party` is None where the identity is not theirs to see, or sealed."""

    petition: Petition
    papers: tuple[Paper, ...]
    events: tuple[Event, ...]
    attachments: tuple[Attachment, ...]
    moves: tuple[State, ...]
    similar: tuple[str, ...] = ()
    party: Party | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
