"""Random but lawful logs of petitions, for tests of counting."""

from __future__ import annotations

import datetime as dt
import random

from bot.petitions.clock import VIETNAM
from bot.petitions.codes import code_of
from bot.petitions.petition import (
    CITIZEN,
    Channel,
    Event,
    Happening,
    Kind,
    Naming,
    Petition,
    Refusal,
    State,
    Urgency,
    apply,
    filed,
    happened,
    legal_moves,
    moved,
)

START = dt.datetime(2025, 6, 1, 8, tzinfo=VIETNAM)
DAYS = 450


def random_log(seed: int, petitions: int = 40) -> list[Event]:
    """Events of all petitions by time, code, number, as the store hands them out."""
    rng = random.Random(seed)
    events = [e for n in range(1, petitions + 1) for e in _one(rng, code_of(2026, n))]
    return sorted(events, key=lambda e: (e.at, e.code, e.number))


def _one(rng: random.Random, code: str) -> list[Event]:
    at = START + dt.timedelta(minutes=rng.randrange(DAYS * 24 * 60))
    events = [Event(code, 1, Happening.FILED, at, CITIZEN, _filing(rng, at))]
    petition = filed(events[0])
    for _ in range(rng.randrange(9)):
        at += dt.timedelta(minutes=rng.choice((5, 600, 3000, 9000, 40000)))
        event = _next(rng, petition, at)
        if event:
            petition = apply(petition, event)
            events.append(event)
    return events


def _filing(rng: random.Random, at: dt.datetime) -> dict[str, str]:
    details = {
        "kind": rng.choice(list(Kind)).value,
        "channel": rng.choice(list(Channel)).value,
        "urgency": rng.choice(list(Urgency)).value,
        "naming": rng.choice(list(Naming)).value,
        "field": rng.choice(("Hộ tịch", "Đất đai", "")),
        "unit": rng.choice(("mot-cua", "dia-chinh", "")),
        "place": rng.choice(("Cao Bằng", "")),
    }
    if rng.random() < 0.8:
        details["accept_by"] = (at + dt.timedelta(days=1)).isoformat()
        details["answer_by"] = (at + dt.timedelta(days=rng.choice((5, 20)))).isoformat()
    if rng.random() < 0.3:
        details["procedure"] = rng.choice(("khai_sinh", "ho_chieu"))
    return details


def _next(rng: random.Random, petition: Petition, at: dt.datetime) -> Event | None:
    roll = rng.random()
    if roll < 0.65:
        moves = legal_moves(petition, at)
        return moved(petition, to, "o1", at, _needed(rng, to, petition, at)) if (to := _pick(rng, moves)) else None
    kind, details = rng.choice(
        (
            (Happening.ASSIGNED, {"unit": rng.choice(("mot-cua", "dia-chinh", "cong-an")), "officer": "o1"}),
            (Happening.RATED, {"rating": str(rng.randint(1, 5))}),
            (Happening.RECLASSIFIED, {"kind": rng.choice(list(Kind)).value, "field": "Cư trú"}),
            (Happening.VOICED, {}),
            (Happening.NOTED, {"paper": "9"}),
            (Happening.DEADLINES_SET, {"answer_by": (at + dt.timedelta(days=3)).isoformat()}),
            (Happening.ERASED, {}),
        )
    )
    return happened(petition, kind, "o1", at, details)


def _pick(rng: random.Random, moves: tuple[State, ...]) -> State | None:
    return rng.choice(moves) if moves else None


def _needed(rng: random.Random, to: State, petition: Petition, at: dt.datetime) -> dict[str, str]:
    if to is State.REFUSED:
        return {"reason": rng.choice(list(Refusal)).value}
    if to is State.FORWARDED:
        return {"body": rng.choice(("Sở Xây dựng", "Công an xã"))}
    if to is State.MERGED:
        return {"into": "PA-2026-999999-A"}
    if petition.state is State.WAITING and to is State.WORKING:
        return {"answer_by": (at + dt.timedelta(days=10)).isoformat()}
    return {"paper": "1"} if to in (State.ANSWERED, State.WAITING) else {}
