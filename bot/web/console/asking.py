"""A question tried out as a citizen would ask it, with everything laid open that decided the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from bot.desk.rights import Action
from bot.ledger import Officer
from bot.web.console.publishing import places_of
from bot.web.console.rounds import ROOT, Row, shown
from bot.web.visiting import Visit
from bot.wording import console as say
from index.fusion import FEATURES
from index.passages import RecordKind
from index.retriever import Hit

ASK = f"{ROOT}/hoi-thu"


@dataclass(frozen=True, slots=True)
class Candidate:
    hit: Hit
    name: str
    kind: str
    address: str
    chosen: bool


def ask(visit: Visit, who: Officer) -> Response:
    text, place = visit.query.get("hoi", "").strip()[:600], visit.query.get("noi", "")
    places = places_of(visit)
    place = place if place in places else ""
    values: dict[str, Any] = {
        "text": text,
        "place": place,
        "places": places,
        "probe": None,
        "found": [],
        "features": [],
    }
    if text:
        probe = visit.house.desk.probe(text, place)
        answered = {m.id for m in probe.reply.records}
        found = [_candidate(visit, hit, answered) for hit in probe.hits]
        used = [f for f in FEATURES if any(c.hit.evidence.get(f) for c in found)]
        features = [(f, say.EVIDENCE[f]) for f in used]
        values |= {"probe": probe, "found": found, "features": features}
    return shown(visit, who, "console/ask.html", **values)


def _candidate(visit: Visit, hit: Hit, answered: set[str]) -> Candidate:
    kind, key = hit.record
    library = visit.house.desk.library()
    shelves: Mapping[RecordKind, tuple[Mapping[str, Any], str]] = {
        RecordKind.PROCEDURE: (library.procedures, "thu-tuc"),
        RecordKind.ABOLISHED: (library.procedures, "thu-tuc"),
        RecordKind.CONTACT: (library.contacts, "duong-day-nong"),
        RecordKind.SERVICE: (library.services, "dich-vu"),
        RecordKind.PLAN: (library.plans, ""),
        RecordKind.PLACE: (library.places, ""),
    }
    shelf, page = shelves[kind]
    record = shelf.get(key)
    address = f"{ROOT}/noi-dung/{page}/{key}" if page and record else ""
    return Candidate(hit, record.name if record else key, say.RECORD_KINDS[kind.value], address, key in answered)


ROWS = (Row(ASK, ask, Action.FEEDBACK),)
