"""What a held record becomes when a file speaks of the same procedure: pure, and never poorer than before.

The later decision wins. A field that the file does not give stays. A list never overrules a fuller record of its day.
Asks, aliases and notes are written by hand and stay as they are.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace

from knowledge.importing.decisions import coming
from knowledge.importing.imported import Origin
from knowledge.importing.portal import PORTAL
from knowledge.records import OFFICIAL_FIELDS, Procedure, ReadingDay, Source, Status, Validity

# The portal takes a while to show a new decision: for so long, a reading of it does not refute the decision.
LAG = dt.timedelta(days=90)
_LISTED = ", danh sách "


@dataclass(frozen=True, slots=True)
class Older:
    """The file is older than what is held."""

    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """One record of a file. `day_known`: its reading day is not simply the day of the import."""

    record: Procedure
    origin: Origin
    day: ReadingDay
    day_known: bool
    today: dt.date


def merged(held: Procedure | None, new: Arrival) -> Procedure | Older:
    """The record to hold from now on, or why the arrival is too old for it."""
    if held is None:
        return new.record
    if new.origin is Origin.DECISION:
        return _decided(held, new)
    if held.validity.status is Status.ABOLISHED:
        return Older(
            f"đã bị bãi bỏ theo Quyết định số {held.validity.decision}",
            "chỉ quyết định công bố mới hơn mới khôi phục được",
        )
    if older := _older_reading(held, new):
        return older
    weaker = new.origin is Origin.LIST and not _listed_only(held) and last_day(new.day) <= _seen(held)
    return _joined(held, new, weaker)


def last_day(day: ReadingDay) -> dt.date:
    """The last day that a reading day may mean: "2026-07" is up to the 31st."""
    parts = [int(p) for p in day.text.split("-")]
    if len(parts) == 3:
        return dt.date(*parts)
    return dt.date(parts[0], parts[1], calendar.monthrange(parts[0], parts[1])[1])


def first_day(day: ReadingDay) -> dt.date:
    return dt.date.fromisoformat(day.text if len(day.text) == 10 else f"{day.text}-01")


def _seen(record: Procedure) -> dt.date:
    """Up to which day the portal is known to say what this record says."""
    return max((last_day(s.read) for s in record.sources if s.name.startswith(PORTAL)), default=dt.date.min)


def _listed_only(record: Procedure) -> bool:
    return all(_LISTED in s.name for s in record.sources)


def _older_reading(held: Procedure, new: Arrival) -> Older | None:
    decided = held.validity.decision_date
    if decided and new.record.validity.decision == held.validity.decision:
        decided = None  # the portal shows this very decision
    if decided and last_day(new.day) < decided:
        return Older(
            f"bản ghi đang giữ theo quyết định ngày {decided:%d/%m/%Y}, mới hơn tệp này", "dùng bản đọc mới hơn"
        )
    if last_day(new.day) < _seen(held) and _differs(held, new.record) and not _fills_only(held, new):
        return Older(
            f"bản ghi đang giữ đọc ngày {_seen(held):%d/%m/%Y}, mới hơn tệp này",
            "dùng tệp mới hơn, hoặc xem lại --as-of",
        )
    return None


def _fills_only(held: Procedure, new: Arrival) -> bool:
    """An older list may still fill what is empty, and is no danger to what is there."""
    return new.origin is Origin.LIST and not _listed_only(held)


def _differs(held: Procedure, new: Procedure) -> bool:
    return any(getattr(new, n) and getattr(new, n) != getattr(held, n) for n in OFFICIAL_FIELDS)


def _decided(held: Procedure, new: Arrival) -> Procedure | Older:
    mine, theirs = held.validity, new.record.validity
    assert theirs.decision_date
    if mine.decision_date and theirs.decision_date < mine.decision_date:
        return Older(
            f"bản ghi đang giữ theo Quyết định số {mine.decision} ngày {mine.decision_date:%d/%m/%Y}, mới hơn",
            "không cần nhập quyết định cũ",
        )
    effective = max(theirs.decision_date, theirs.since or theirs.decision_date)
    if not mine.decision_date and effective + LAG < _first_seen(held):
        return Older(
            f"Cổng đọc đến ngày {_seen(held):%d/%m/%Y}, sau quyết định này đã lâu, vẫn nói khác",
            "kiểm tra lại quyết định",
        )
    if theirs.since and theirs.since > new.today:
        return _announced(held, new)
    return _joined(held, new, weaker=False)


def _first_seen(record: Procedure) -> dt.date:
    return max((first_day(s.read) for s in record.sources if s.name.startswith(PORTAL)), default=dt.date.min)


def _announced(held: Procedure, new: Arrival) -> Procedure:
    """What holds today stays; the change and its day are noted beside it."""
    change = coming(new.record)
    ends = new.record.validity.status is Status.ABOLISHED
    validity = replace(
        held.validity,
        changes=tuple(dict.fromkeys((*held.validity.changes, change))),
        until=change.since - dt.timedelta(days=1) if ends else held.validity.until,
    )
    return replace(held, validity=validity, sources=_sources(held.sources, new))


def _joined(held: Procedure, new: Arrival, weaker: bool) -> Procedure:
    """The new record's fields over the held one's; with `weaker`, only where nothing is held."""
    record = new.record
    given = {n: getattr(record, n) for n in OFFICIAL_FIELDS if getattr(record, n)}
    if weaker:
        given = {n: v for n, v in given.items() if not getattr(held, n) and n not in held.doubts}
    told = set(given) | (set() if weaker else set(record.doubts))
    confidence = {n: c for n, c in held.confidence.items() if n not in told}
    doubts = {n: why for n, why in held.doubts.items() if n not in told}
    remarks = held.remarks + tuple(r for r in record.remarks if r not in held.remarks)
    joined = replace(
        held,
        **given,
        code=held.code or record.code,
        remarks=remarks,
        confidence=confidence | {n: c for n, c in record.confidence.items() if n in told},
        doubts=doubts | {n: why for n, why in record.doubts.items() if n in told},
        validity=held.validity if weaker else _validity(held.validity, record.validity, new.today),
    )
    if joined == held and not new.day_known:
        return held
    return replace(joined, sources=_sources(held.sources, new)) if joined != held or not weaker else held


def _validity(mine: Validity, theirs: Validity, today: dt.date) -> Validity:
    if not theirs.decision:
        return mine
    passed = tuple(c for c in mine.changes if c.since > today)
    if theirs.decision == mine.decision and not theirs.decision_date:
        return replace(mine, changes=passed)
    return replace(theirs, changes=passed)


def _sources(held: tuple[Source, ...], new: Arrival) -> tuple[Source, ...]:
    """Each source once, with the latest day on which it is known to have been read."""
    found = {s.name: s for s in held}
    for source in new.record.sources:
        before = found.get(source.name)
        if before is None:
            found[source.name] = source
        elif new.day_known or new.origin is Origin.DECISION:
            latest = max(before, source, key=lambda s: last_day(s.read))
            found[source.name] = replace(latest, url=source.url or before.url)
    return tuple(found.values())
