"""One procedure out of what several folders say of it: its layers, and where they differ.

Official fields come from the later decision in force; folder order decides only within one decision. A folder for a
place lays its own fields over the nation's.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.records import OFFICIAL_FIELDS, UNITED_FIELDS, Change, Confidence, Procedure, Validity


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two folders say different things of one field; `kept` is what the library shows."""

    record: str
    field: str
    kept: str
    kept_from: str
    other: str
    other_from: str


@dataclass(frozen=True, slots=True)
class Layer:
    """What one folder says of one procedure."""

    folder: str
    place: str
    record: Procedure


def merged(layers: Sequence[Layer], day: dt.date, conflicts: list[Conflict]) -> Procedure | None:
    """The procedure that these layers make together on this day; None where none of them names it."""
    if not layers:
        return None
    if len(layers) == 1:
        return layers[0].record if layers[0].record.name else None
    depths = sorted({layer.place.count("/") + bool(layer.place) for layer in layers})
    whole: Procedure | None = None
    for depth in depths:
        level = [x for x in layers if x.place.count("/") + bool(x.place) == depth]
        joined = _joined(level, day, conflicts)
        whole = joined if whole is None else _laid_over(whole, joined)
    return _united(whole, layers) if whole and whole.name else None


def _joined(layers: Sequence[Layer], day: dt.date, conflicts: list[Conflict]) -> Procedure:
    """Records that speak for the same place: the later decision in force leads, the others fill its gaps."""
    coming = [x for x in layers if x.record.validity.since and x.record.validity.since > day]
    current = [x for x in layers if x not in coming] or list(layers)
    lead = current[0]
    for other in current[1:]:
        if _decided(other) and _decided(lead) and _decided(other) > _decided(lead):
            lead = other
    record = lead.record
    for other in (x for x in current if x is not lead):
        conflicts += _differences(lead, other)
        record = _filled(record, other.record)
    changes = tuple(Change(x.record.validity.since or day, x.record.validity.decision) for x in coming if x is not lead)
    return _announcing(record, changes)


def _decided(layer: Layer) -> dt.date:
    return layer.record.validity.decision_date or layer.record.validity.since or dt.date.min


def _announcing(record: Procedure, changes: tuple[Change, ...]) -> Procedure:
    if not changes:
        return record
    validity = dataclasses.replace(record.validity, changes=record.validity.changes + changes)
    return dataclasses.replace(record, validity=validity)


def _filled(lead: Procedure, other: Procedure) -> Procedure:
    """Gaps of `lead` filled from `other`; what an older decision says is marked as such. Withheld fields stay empty.
    A lead that says no more of its validity than a day puts a few fields right, and what was decided stays decided."""
    values: dict[str, Any] = {}
    confidence, doubts = dict(lead.confidence), dict(lead.doubts)
    amends = lead.validity == Validity(decision_date=lead.validity.decision_date)
    same = amends or lead.validity.decision == other.validity.decision
    if amends:
        values["validity"] = other.validity
    for name in OFFICIAL_FIELDS:
        if getattr(lead, name) or name in lead.doubts or not getattr(other, name):
            continue
        values[name] = getattr(other, name)
        confidence[name] = other.confidence_of(name) if same else Confidence.LOW
        if name in other.doubts:
            doubts[name] = other.doubts[name]
        elif not same:
            doubts[name] = f"mục này theo lần công bố trước ({other.validity.decision or 'không rõ quyết định'})"
    sources = lead.sources + (tuple(s for s in other.sources if s not in lead.sources) if values else ())
    return dataclasses.replace(lead, **values, confidence=confidence, doubts=doubts, sources=sources)


def _laid_over(nation: Procedure, local: Procedure) -> Procedure:
    """A nearer place's own fields over the wider one's."""
    values = {name: getattr(local, name) for name in OFFICIAL_FIELDS if getattr(local, name)}
    own = set(values) | set(local.doubts)
    confidence = {k: v for k, v in nation.confidence.items() if k not in own}
    confidence |= {name: local.confidence_of(name) for name in values}
    doubts = {k: v for k, v in nation.doubts.items() if k not in own} | dict(local.doubts)
    validity = nation.validity
    if local.validity.decision:
        validity = dataclasses.replace(local.validity, changes=local.validity.changes + nation.validity.changes)
    sources = local.sources + nation.sources
    return dataclasses.replace(
        nation, **values, confidence=confidence, doubts=doubts, validity=validity, sources=sources
    )


def _united(record: Procedure, layers: Sequence[Layer]) -> Procedure:
    values = {n: tuple(dict.fromkeys(v for x in layers for v in getattr(x.record, n))) for n in UNITED_FIELDS}
    first = layers[0].record
    popularity = max(x.record.popularity for x in layers)
    values["sources"] = tuple(sorted(record.sources, key=lambda source: bool(source.about)))
    return dataclasses.replace(
        record, **dict[str, Any](values), key=first.key, code=record.code or first.code, popularity=popularity
    )


def _differences(lead: Layer, other: Layer) -> list[Conflict]:
    """Where two folders say different things: another decision, another amount, another time."""
    found = []
    pairs = [("decision", lead.record.validity.decision, other.record.validity.decision)]
    pairs += [(n, getattr(lead.record, n), getattr(other.record, n)) for n in ("fee", "time")]
    for name, kept, against in pairs:
        differ = kept != against if name == "decision" else _numbers(kept) != _numbers(against)
        if kept and against and differ:
            found.append(Conflict(lead.record.key, name, kept, lead.folder, against, other.folder))
    return found


def _numbers(text: str) -> frozenset[str]:
    return frozenset(n.lstrip("0") for n in re.findall(r"\d+", text.replace(".", "")))
