"""A petition: its states, its legal moves, and the events that are its truth. Pure: events in, petition out.

Events hold no personal words: what people wrote lies in papers, which can be blanked, and an event names the paper.
So a report of a past period gives the same figures for ever, also after someone's data was erased.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    CONDUCT = "phan_anh_hanh_vi"
    RULES = "phan_anh_quy_dinh"
    SUGGESTION = "kien_nghi"
    UNCLEAR = "khong_ro"


class State(StrEnum):
    NEW = "moi"
    ACCEPTED = "tiep_nhan"
    WORKING = "dang_xu_ly"
    WAITING = "cho_bo_sung"
    ANSWERED = "da_tra_loi"
    CLOSED = "dong"
    REFUSED = "tu_choi"
    FORWARDED = "chuyen"
    WITHDRAWN = "rut"
    MERGED = "gop"


class Channel(StrEnum):
    TELEGRAM = "telegram"
    WEB = "web"
    API = "api"
    PHONE = "dien_thoai"
    PAPER = "van_ban"
    WALK_IN = "truc_tiep"
    TERMINAL = "terminal"


class Urgency(StrEnum):
    NORMAL = "thuong"
    URGENT = "khan"


class Naming(StrEnum):
    """How the citizen is named: openly, sealed (each view is audited), or not at all."""

    OPEN = ""
    SEALED = "giau_ten"
    NAMELESS = "khong_neu_ten"


class Refusal(StrEnum):
    """Why a petition is not handled here; the wording of each says where to go instead."""

    COMPLAINT = "khieu_nai"
    DENUNCIATION = "to_cao"
    JUSTICE = "tu_phap"
    NO_CONTENT = "khong_ro_noi_dung"
    NO_NAME = "khong_ten_dia_chi"
    ALREADY_ANSWERED = "da_tra_loi_truoc"
    NOT_OURS = "khong_thuoc_tham_quyen"
    UNLAWFUL = "noi_dung_trai_phap_luat"


class Happening(StrEnum):
    FILED = "filed"
    MOVED = "moved"
    ASSIGNED = "assigned"
    RECLASSIFIED = "reclassified"
    SUPPLEMENTED = "supplemented"
    NOTED = "noted"
    VOICED = "voiced"
    RATED = "rated"
    PUBLISHED = "published"
    WARNED = "warned"
    ESCALATED = "escalated"
    DEADLINES_SET = "deadlines_set"
    IDENTITY_SEEN = "identity_seen"
    ERASED = "erased"


OPEN_STATES = frozenset({State.NEW, State.ACCEPTED, State.WORKING, State.WAITING})
REOPENED_WITHIN = dt.timedelta(days=10)
MOVES: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.NEW: frozenset({State.ACCEPTED, State.REFUSED, State.FORWARDED, State.WITHDRAWN, State.MERGED}),
        State.ACCEPTED: frozenset(
            {
                State.WORKING,
                State.WAITING,
                State.ANSWERED,
                State.REFUSED,
                State.FORWARDED,
                State.WITHDRAWN,
                State.MERGED,
            }
        ),
        State.WORKING: frozenset(
            {State.WAITING, State.ANSWERED, State.REFUSED, State.FORWARDED, State.WITHDRAWN, State.MERGED}
        ),
        State.WAITING: frozenset({State.WORKING, State.ANSWERED, State.REFUSED, State.CLOSED, State.WITHDRAWN}),
        State.ANSWERED: frozenset({State.CLOSED, State.WORKING}),
        State.CLOSED: frozenset({State.WORKING}),
        State.REFUSED: frozenset(),
        State.FORWARDED: frozenset(),
        State.WITHDRAWN: frozenset(),
        State.MERGED: frozenset(),
    }
)
# What a move cannot do without: which detail of its event must be there.
_NEEDED: Mapping[State, str] = MappingProxyType(
    {
        State.ANSWERED: "paper",
        State.WAITING: "paper",
        State.REFUSED: "reason",
        State.FORWARDED: "body",
        State.MERGED: "into",
    }
)
CITIZEN = "citizen"
SYSTEM = "system"


class IllegalMove(Exception):
    """The petition cannot go from the one state to the other; both are named."""

    def __init__(self, code: str, at: State, to: State, why: str = "") -> None:
        self.code, self.at, self.to, self.why = code, at, to, why
        super().__init__(f"{code}: {at.value} -> {to.value}" + (f" ({why})" if why else ""))


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to one petition. `number` counts within the petition, from 1. `by` is an officer's id,
    CITIZEN or SYSTEM. `details` are short codes and ids, never personal words."""

    code: str
    number: int
    kind: Happening
    at: dt.datetime
    by: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Petition:
    """What the events add up to. `number`: of its last event. `waiting_since`: while it waits for the citizen; the
    move out of WAITING carries the new `answer_by`. `warned`, `escalated`: of the term that runs now (accepting, then
    answering, then answering anew); how far up it went. Who filed it stands elsewhere (the party), so it can be
    erased."""

    code: str
    number: int
    state: State
    kind: Kind
    channel: Channel
    urgency: Urgency
    naming: Naming
    filed_at: dt.datetime
    field: str = ""
    place: str = ""
    unit: str = ""
    assignee: str = ""
    about: tuple[str, ...] = ()
    accept_by: dt.datetime | None = None
    answer_by: dt.datetime | None = None
    accepted_at: dt.datetime | None = None
    answered_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None
    waiting_since: dt.datetime | None = None
    reopened: int = 0
    voices: int = 1
    into: str = ""
    body: str = ""
    reason: str = ""
    rating: int = 0
    published: bool = False
    escalated: int = 0
    warned: bool = False
    erased: bool = False

    @property
    def open(self) -> bool:
        return self.state in OPEN_STATES


def legal_moves(petition: Petition, now: dt.datetime) -> tuple[State, ...]:
    """Where it can go from here, in the order of the states; a reopening only within its days."""
    late = petition.state in (State.ANSWERED, State.CLOSED) and not _reopenable(petition, now)
    return tuple(s for s in State if s in MOVES[petition.state] and not (late and s is State.WORKING))


def moved(petition: Petition, to: State, by: str, at: dt.datetime, details: Mapping[str, str] | None = None) -> Event:
    """The event of a legal move. Raises IllegalMove with both states named."""
    details = dict(details or {})
    if to not in MOVES[petition.state]:
        raise IllegalMove(petition.code, petition.state, to)
    if to is State.WORKING and petition.state in (State.ANSWERED, State.CLOSED) and not _reopenable(petition, at):
        raise IllegalMove(petition.code, petition.state, to, "too late to reopen")
    needed = _NEEDED.get(to, "")
    if needed and not details.get(needed):
        raise IllegalMove(petition.code, petition.state, to, f"{needed} is missing")
    if to is State.REFUSED and details["reason"] not in set(Refusal):
        raise IllegalMove(petition.code, petition.state, to, f"no such reason: {details['reason']}")
    if details.get("into") == petition.code:
        raise IllegalMove(petition.code, petition.state, to, "merged into itself")
    return happened(petition, Happening.MOVED, by, at, {"to": to.value, **details})


def happened(
    petition: Petition, kind: Happening, by: str, at: dt.datetime, details: Mapping[str, str] | None = None
) -> Event:
    """The next event of this petition."""
    return Event(petition.code, petition.number + 1, kind, at, by, dict(details or {}))


def project(events: Iterable[Event]) -> Petition:
    """The petition that these events, the first one FILED, add up to."""
    petition: Petition | None = None
    for event in events:
        petition = filed(event) if petition is None else apply(petition, event)
    if petition is None:
        raise ValueError("a petition without events")
    return petition


def filed(event: Event) -> Petition:
    """The petition of its first event. Raises ValueError for any other."""
    if event.kind is not Happening.FILED:
        raise ValueError(f"{event.code}: begins with {event.kind.value}")
    d = event.details
    return Petition(
        code=event.code,
        number=event.number,
        state=State.NEW,
        kind=Kind(d["kind"]),
        channel=Channel(d["channel"]),
        urgency=Urgency(d.get("urgency", "thuong")),
        naming=Naming(d.get("naming", "")),
        filed_at=event.at,
        field=d.get("field", ""),
        place=d.get("place", ""),
        unit=d.get("unit", ""),
        about=tuple(filter(None, d.get("about", "").split(","))),
        accept_by=_moment(d.get("accept_by")),
        answer_by=_moment(d.get("answer_by")),
    )


def apply(petition: Petition, event: Event) -> Petition:
    """The petition after one more event; one that was applied before changes nothing."""
    if event.number <= petition.number:
        return petition
    if event.number != petition.number + 1 or event.code != petition.code or event.kind is Happening.FILED:
        raise ValueError(f"{event.code}: {event.kind.value} {event.number} after {petition.code} {petition.number}")
    return replace(_CHANGES[event.kind](petition, event), number=event.number)


def _reopenable(petition: Petition, now: dt.datetime) -> bool:
    ended = petition.answered_at or petition.closed_at
    return ended is not None and now - ended <= REOPENED_WITHIN


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _moved(p: Petition, event: Event) -> Petition:
    to, d, at = State(event.details["to"]), event.details, event.at
    again = to is State.WORKING and p.state in (State.ANSWERED, State.CLOSED)
    anew = again or p.state is State.NEW  # another term runs from here
    done = to in (State.ANSWERED, State.CLOSED, State.REFUSED, State.FORWARDED, State.WITHDRAWN, State.MERGED)
    return replace(
        p,
        accepted_at=p.accepted_at or (at if to not in (State.WITHDRAWN, State.MERGED) else None),
        answered_at=at if to is State.ANSWERED else None if again else p.answered_at,
        closed_at=None if again else at if done and to is not State.ANSWERED else p.closed_at,
        waiting_since=at if to is State.WAITING else None,
        reopened=p.reopened + again,
        answer_by=_moment(d.get("answer_by")) or p.answer_by,
        into=d.get("into", p.into),
        body=d.get("body", p.body),
        reason=d.get("reason", p.reason),
        warned=p.warned and not anew,
        escalated=0 if anew else p.escalated,
        state=to,
    )


def _assigned(p: Petition, event: Event) -> Petition:
    return replace(p, unit=event.details.get("unit", p.unit), assignee=event.details.get("officer", p.assignee))


def _reclassified(p: Petition, event: Event) -> Petition:
    d = event.details
    return replace(
        p,
        kind=Kind(d.get("kind", p.kind)),
        urgency=Urgency(d.get("urgency", p.urgency)),
        field=d.get("field", p.field),
        place=d.get("place", p.place),
        about=tuple(filter(None, d["about"].split(","))) if "about" in d else p.about,
    )


def _deadlines(p: Petition, event: Event) -> Petition:
    accept_by = _moment(event.details.get("accept_by")) or p.accept_by
    answer_by = _moment(event.details.get("answer_by")) or p.answer_by
    same = (accept_by if p.state is State.NEW else answer_by) == (p.accept_by if p.state is State.NEW else p.answer_by)
    return replace(
        p,
        accept_by=accept_by,
        answer_by=answer_by,
        warned=p.warned and same,
        escalated=p.escalated if same else 0,
    )


_CHANGES: Mapping[Happening, Callable[[Petition, Event], Petition]] = MappingProxyType(
    {
        Happening.MOVED: _moved,
        Happening.ASSIGNED: _assigned,
        Happening.RECLASSIFIED: _reclassified,
        Happening.DEADLINES_SET: _deadlines,
        Happening.SUPPLEMENTED: lambda p, e: p,
        Happening.NOTED: lambda p, e: p,
        Happening.IDENTITY_SEEN: lambda p, e: p,
        Happening.VOICED: lambda p, e: replace(p, voices=p.voices + 1),
        Happening.RATED: lambda p, e: replace(p, rating=int(e.details["rating"])),
        Happening.PUBLISHED: lambda p, e: replace(p, published=e.details.get("published", "1") == "1"),
        Happening.WARNED: lambda p, e: replace(p, warned=True),
        Happening.ESCALATED: lambda p, e: replace(p, escalated=p.escalated + 1),
        Happening.ERASED: lambda p, e: replace(p, erased=True),
    }
)
