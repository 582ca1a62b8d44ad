"""The log of petitions, walked once, in order. Each petition is a small mutable file with just what reports count:
the frozen projection costs ten times as much, and a year may hold 600,000 events. A test holds the two together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from bot.petitions.petition import Event, Happening, State
from bot.reports.periods import Period

Span = tuple[dt.datetime, dt.datetime]
_STATES: Mapping[str, State] = MappingProxyType({s.value: s for s in State})
_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
_ENDED = frozenset({State.ANSWERED, State.CLOSED})
_UNACCEPTED = frozenset({State.WITHDRAWN, State.MERGED})
_ENDINGS = frozenset(
    {State.ANSWERED, State.CLOSED, State.REFUSED, State.FORWARDED, State.WITHDRAWN, State.MERGED},
)


class File:
    """One petition as it stands at this point of the log. `began_at`: when the work on it began, which a reopening
    sets anew; `waits`: when it waited for the citizen since. `ended_at`: None while it is open."""

    __slots__ = (
        "accept_by",
        "accepted_at",
        "accepted_in_time",
        "answer_by",
        "answered_at",
        "answered_in_time",
        "began_at",
        "body",
        "channel",
        "code",
        "ended_at",
        "field",
        "filed_at",
        "kind",
        "naming",
        "place",
        "procedure",
        "rated_at",
        "rating",
        "reason",
        "state",
        "unit",
        "urgency",
        "waiting_since",
        "waits",
    )

    def __init__(self, event: Event) -> None:
        d = event.details
        self.code = event.code
        self.kind = d["kind"]
        self.channel = d["channel"]
        self.urgency = d.get("urgency", "thuong")
        self.naming = d.get("naming", "")
        self.field = d.get("field", "")
        self.place = d.get("place", "")
        self.unit = d.get("unit", "")
        self.procedure = d.get("procedure", "")
        self.accept_by = d.get("accept_by", "")
        self.answer_by = d.get("answer_by", "")
        self.state = State.NEW
        self.filed_at = self.began_at = event.at
        self.accepted_at: dt.datetime | None = None
        self.answered_at: dt.datetime | None = None
        self.ended_at: dt.datetime | None = None
        self.waiting_since: dt.datetime | None = None
        self.rated_at: dt.datetime | None = None
        self.accepted_in_time: bool | None = None
        self.answered_in_time: bool | None = None
        self.waits: tuple[Span, ...] = ()
        self.rating = 0
        self.reason = self.body = ""


class Watcher:
    """What one period wants to know that the files no longer tell at its end."""

    def __init__(self, period: Period, until: dt.datetime) -> None:
        # in the time zone of the log: moments of two zones are compared far more slowly
        self.period, self.until = period, until.astimezone(dt.UTC)
        self.start = period.start.astimezone(dt.UTC)
        self.carried: frozenset[str] = frozenset()
        self.reopened: set[str] = set()
        self.reopenings = 0
        self.voices = 0

    def open(self, files: Mapping[str, File]) -> None:
        self.carried = frozenset(f.code for f in files.values() if f.ended_at is None)


def walk(
    events: Iterable[Event], watchers: Sequence[Watcher], close: Callable[[Watcher, Mapping[str, File]], None]
) -> dt.datetime | None:
    """Walks the log; calls `close` for each watcher when its period is over, with the files as they stood then.
    Returns the moment of the first event."""
    files: dict[str, File] = {}
    marks = _marks(watchers, files, close)
    mark, reach = next(marks)
    changes, filed = dict(_CHANGES), Happening.FILED
    first: dt.datetime | None = None
    for event in events:
        if event.at >= mark:
            while event.at >= mark:
                reach()
                mark, reach = next(marks)
        kind = event.kind
        if kind is filed:
            files[event.code] = File(event)
            first = first or event.at
        elif kind in changes:
            changes[kind](files[event.code], event, watchers)
    while mark is not _NEVER:
        reach()
        mark, reach = next(marks)
    return first


def _marks(
    watchers: Sequence[Watcher], files: Mapping[str, File], close: Callable[[Watcher, Mapping[str, File]], None]
) -> Iterator[tuple[dt.datetime, Callable[[], None]]]:
    """Openings and closings in order of time; at one moment a period closes before the next one opens."""
    closings = [(w.until, 0, lambda w=w: close(w, files)) for w in watchers]
    openings = [(w.start, 1, lambda w=w: w.open(files)) for w in watchers]
    for at, _, reach in sorted((*closings, *openings), key=lambda m: (m[0], m[1])):
        yield at, reach
    yield _NEVER, lambda: None


def _moved(file: File, event: Event, watchers: Sequence[Watcher]) -> None:
    at, details, before = event.at, event.details, file.state
    to = _STATES[details["to"]]
    if to is State.WORKING and before in _ENDED:
        _reopened(file, at, watchers)
    if file.accepted_at is None and to not in _UNACCEPTED:
        file.accepted_at = at
        file.accepted_in_time = at <= dt.datetime.fromisoformat(file.accept_by) if file.accept_by else None
    if to is State.ANSWERED:
        # while it waits for the citizen its clock stands still
        stopped = file.waiting_since or at
        file.answered_at = at
        file.answered_in_time = stopped <= dt.datetime.fromisoformat(file.answer_by) if file.answer_by else None
    if before is State.WAITING and file.waiting_since is not None:
        file.waits += ((file.waiting_since, at),)
    file.waiting_since = at if to is State.WAITING else None
    if to in _ENDINGS:
        file.ended_at = file.ended_at or at
        file.reason = details.get("reason", file.reason)
        file.body = details.get("body", file.body)
    if "answer_by" in details:
        file.answer_by = details["answer_by"]
    file.state = to


def _reopened(file: File, at: dt.datetime, watchers: Sequence[Watcher]) -> None:
    file.began_at, file.waits = at, ()
    file.ended_at = file.answered_at = file.answered_in_time = None
    for watcher in watchers:
        if watcher.start <= at < watcher.until:
            watcher.reopened.add(file.code)
            watcher.reopenings += 1


def _assigned(file: File, event: Event, watchers: Sequence[Watcher]) -> None:
    file.unit = event.details.get("unit", file.unit)


def _reclassified(file: File, event: Event, watchers: Sequence[Watcher]) -> None:
    d = event.details
    file.kind = d.get("kind", file.kind)
    file.urgency = d.get("urgency", file.urgency)
    file.field = d.get("field", file.field)
    file.place = d.get("place", file.place)
    file.procedure = d.get("procedure", file.procedure)


def _deadlines(file: File, event: Event, watchers: Sequence[Watcher]) -> None:
    file.accept_by = event.details.get("accept_by") or file.accept_by
    file.answer_by = event.details.get("answer_by") or file.answer_by


def _rated(file: File, event: Event, watchers: Sequence[Watcher]) -> None:
    file.rating, file.rated_at = int(event.details["rating"]), event.at


def _voiced(file: File, event: Event, watchers: Sequence[Watcher]) -> None:
    for watcher in watchers:
        watcher.voices += watcher.start <= event.at < watcher.until


_CHANGES: Mapping[Happening, Callable[[File, Event, Sequence[Watcher]], None]] = MappingProxyType(
    {
        Happening.MOVED: _moved,
        Happening.ASSIGNED: _assigned,
        Happening.RECLASSIFIED: _reclassified,
        Happening.DEADLINES_SET: _deadlines,
        Happening.RATED: _rated,
        Happening.VOICED: _voiced,
    }
)
COUNTED = (Happening.FILED, *_CHANGES)
"""What a report looks at; the rest of the log need not be read for it."""
