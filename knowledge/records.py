"""What the bot knows, as values: procedures, plans, contacts, services, places, language, calendar.

Promise: a record never holds a guess. An absent field means "not published"; a field named in `doubts` is doubtful,
and a field that is in `doubts` but empty was withheld on purpose, so no other folder may fill it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from enum import StrEnum
from itertools import product

PROCEDURE_ASPECTS = (
    "ho_so",
    "bieu_mau",
    "le_phi",
    "thoi_han",
    "noi_nop",
    "co_quan",
    "truc_tuyen",
    "cach_nop",
    "trinh_tu",
    "dieu_kien",
    "doi_tuong",
    "ket_qua",
    "can_cu",
    "hieu_luc",
)


class Level(StrEnum):
    """Who decides under the two-tier government in force since 1 July 2025."""

    COMMUNE = "xã"
    PROVINCE = "tỉnh"
    NATION = "trung ương"


class WayKind(StrEnum):
    IN_PERSON = "trực tiếp"
    POST = "bưu chính"
    ONLINE = "trực tuyến"


class OnlineLevel(StrEnum):
    FULL = "toàn trình"
    PARTIAL = "một phần"
    UNCLEAR = "có, chưa rõ mức"
    INFORMATION = "chỉ cung cấp thông tin"
    NONE = "không"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Status(StrEnum):
    IN_FORCE = "in_force"
    ABOLISHED = "abolished"


@dataclass(frozen=True, slots=True, order=True)
class ReadingDay:
    """The day (or only the month) on which a source was read: "2026-07" or "2026-07-21"."""

    text: str

    def __post_init__(self) -> None:
        try:
            dt.date.fromisoformat(self.text if len(self.text) == 10 else f"{self.text}-01")
        except ValueError as bad:
            raise ValueError("must be YYYY-MM-DD or YYYY-MM") from bad

    def __str__(self) -> str:
        year, month, *day = self.text.split("-")
        return f"ngày {day[0]}/{month}/{year}" if day else f"tháng {month}/{year}"


@dataclass(frozen=True, slots=True)
class Source:
    """`about`: the one field that it speaks of ("fee"); "": the whole record."""

    name: str
    read: ReadingDay
    url: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class LegalText:
    """A law, decree, circular, decision … `number` is empty only where the source itself gives none."""

    name: str
    number: str = ""
    date: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A change announced for a coming day."""

    since: dt.date
    what: str


@dataclass(frozen=True, slots=True)
class Validity:
    decision: str = ""
    decision_date: dt.date | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    status: Status = Status.IN_FORCE
    note: str = ""
    changes: tuple[Change, ...] = ()

    def in_force(self, day: dt.date) -> bool:
        return (
            self.status is Status.IN_FORCE
            and not (self.since and day < self.since)
            and not (self.until and day > self.until)
        )


@dataclass(frozen=True, slots=True)
class Form:
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    SHORTHAND = "name"
    name: str
    copies: str = ""
    form: Form | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Documents that only some people need. `words`: how a message tells that this is the case."""

    when: str
    documents: tuple[Document, ...] = ()
    words: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    by: WayKind
    time: str = ""
    fee: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Online:
    level: OnlineLevel
    portal: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """An administrative procedure (thủ tục hành chính)."""

    key: str
    name: str = ""
    code: str = ""
    aliases: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    field: str = ""
    level: tuple[Level, ...] = ()
    agency: str = ""
    where: str = ""
    ways: tuple[Way, ...] = ()
    time: str = ""
    fee: str = ""
    documents: tuple[Document, ...] = ()
    cases: tuple[Case, ...] = ()
    steps: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    result: tuple[str, ...] = ()
    legal: tuple[LegalText, ...] = ()
    online: Online | None = None
    popularity: int = 0
    related: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    validity: Validity = made(default_factory=Validity)
    sources: tuple[Source, ...] = ()
    confidence: Mapping[str, Confidence] = made(default_factory=dict)
    doubts: Mapping[str, str] = made(default_factory=dict)

    def confidence_of(self, name: str) -> Confidence:
        return self.confidence.get(name, self.confidence.get("default", Confidence.MEDIUM))


OFFICIAL_FIELDS = (
    "name",
    "field",
    "level",
    "agency",
    "where",
    "ways",
    "time",
    "fee",
    "documents",
    "cases",
    "steps",
    "conditions",
    "who",
    "result",
    "legal",
    "online",
)
UNITED_FIELDS = ("aliases", "asks", "notes", "remarks", "related", "linked")


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One thing that a plan orders. `section` names the place in the plan ("IV.8", "Phụ lục 3")."""

    id: str
    content: str
    lead: tuple[str, ...] = ()
    section: str = ""
    product: str = ""
    cooperating: tuple[str, ...] = ()
    period: str = ""
    deadline: dt.date | None = None
    frequency: str = ""
    channel: str = ""
    audience: str = ""
    funding: str = ""


@dataclass(frozen=True, slots=True)
class ReportingDuty:
    what: str
    who: tuple[str, ...]
    to: str
    by: str = ""
    frequency: str = ""
    days: tuple[dt.date, ...] = ()
    section: str = ""
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Successor:
    """What became of a place or a body that the plan names."""

    old: str
    now: str
    since: dt.date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A yearly plan (kế hoạch) to inform people about administrative reform."""

    key: str
    name: str
    issuer: str
    place: str
    year: int
    district: str = ""
    number: str = ""
    date: dt.date | None = None
    signer: str = ""
    aliases: tuple[str, ...] = ()
    basis: tuple[LegalText, ...] = ()
    mentions: tuple[LegalText, ...] = ()
    purposes: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    tasks: tuple[PlanTask, ...] = ()
    reporting: tuple[ReportingDuty, ...] = ()
    funding: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    oddities: tuple[str, ...] = ()
    successors: tuple[Successor, ...] = ()
    validity: Validity = made(default_factory=Validity)
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """A hotline. A `number` is set only when verified; else `where_to_find` says where the official one stands."""

    key: str
    name: str
    purpose: str
    number: str = ""
    place: str = ""
    hours: str = ""
    cost: str = ""
    emergency: bool = False
    aliases: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    where_to_find: str = ""
    note: str = ""
    sources: tuple[Source, ...] = ()
    confidence: Confidence = Confidence.MEDIUM
    doubt: str = ""
    # whom a number of one region serves: provinces by their names before July 2025, and towns where those do not tell
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """An online public service: a portal, an app, a linked group of procedures."""

    key: str
    name: str
    purpose: str
    address: str = ""
    how_to_start: tuple[str, ...] = ()
    cost: str = ""
    aliases: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    note: str = ""
    sources: tuple[Source, ...] = ()
    confidence: Confidence = Confidence.MEDIUM
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """One of the 34 provinces since 1 July 2025, and the old provinces that went into it."""

    key: str
    name: str
    kind: str
    formed_from: tuple[str, ...]
    since: dt.date
    decision: str
    aliases: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Expansion:
    """A short form and what it stands for. With `near`, only beside one of these (folded) words."""

    short: str
    full: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LifeEvent:
    key: str
    name: str
    procedures: tuple[str, ...]
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    opening: str = ""
    note: str = ""


_EITHER = re.compile(r"\(([^()|]*\|[^()]*)\)")


def _spelled(phrase: str) -> Iterator[str]:
    parts = [part.split("|") if i % 2 else [part] for i, part in enumerate(_EITHER.split(phrase))]
    return (" ".join("".join(one).split()) for one in product(*parts))


@dataclass(frozen=True, slots=True)
class Wordlist:
    """Named phrases that tell one thing: an aspect, a follow-up mark, small talk, an emergency …

    "(tầm|khoảng|) mấy (ngày|tuần)" stands for the six phrases that it spells."""

    key: str
    name: str
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    contact: str = ""

    def __post_init__(self) -> None:
        for field in ("phrases", "unless"):
            spelled = (said for phrase in getattr(self, field) for said in _spelled(phrase))
            object.__setattr__(self, field, tuple(dict.fromkeys(spelled)))


@dataclass(frozen=True, slots=True)
class Language:
    abbreviations: tuple[Expansion, ...] = ()
    teencode: tuple[Expansion, ...] = ()
    regional: tuple[Expansion, ...] = ()
    english: tuple[Expansion, ...] = ()
    aspects: tuple[Wordlist, ...] = ()
    plan_aspects: tuple[Wordlist, ...] = ()
    follow_ups: tuple[Wordlist, ...] = ()
    fillers: tuple[Wordlist, ...] = ()
    declarations: tuple[Wordlist, ...] = ()
    small_talk: tuple[Wordlist, ...] = ()
    emergencies: tuple[Wordlist, ...] = ()
    life_events: tuple[LifeEvent, ...] = ()
    # what people ask for that no record is about, and whom to call; what records never say; words without a subject
    absent: tuple[Wordlist, ...] = ()
    unstated: tuple[Wordlist, ...] = ()
    common: tuple[Wordlist, ...] = ()
    # whose papers are another record's than everybody's: `name` stands in that record's name
    audiences: tuple[Wordlist, ...] = ()
    # words that tell which danger it is, where danger is heard without a phrase of `emergencies`
    hazards: tuple[Wordlist, ...] = ()
    # what is for the authority to mend: things of the public, what is wrong with them, and both in one phrase
    nuisances: tuple[Wordlist, ...] = ()
    # for whom a fee may differ: `name` stands in a record that speaks of them
    payers: tuple[Wordlist, ...] = ()


@dataclass(frozen=True, slots=True)
class DayOff:
    day: dt.date
    name: str
    decision: str


@dataclass(frozen=True, slots=True)
class MakeUpDay:
    """A weekend day on which offices work, in place of `instead_of`."""

    day: dt.date
    instead_of: dt.date
    decision: str


@dataclass(frozen=True, slots=True)
class Calendar:
    decided_until: dt.date
    days_off: tuple[DayOff, ...] = ()
    make_up_days: tuple[MakeUpDay, ...] = ()
    undecided: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Golden:
    """A question whose right record must not be lost by a re-index."""

    ask: str
    records: tuple[str, ...]
