"""Events, turns and verdicts become a Report. Pure: the same books give the same report, whatever came later.

Every petition counts under the unit, field, kind and place that it had at the end of the period. Nothing that erasure
blanks is counted: words go, figures stay.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from bot.ledger import Gap, IndexEvent, Turn, Verdict
from bot.petitions.clock import VIETNAM
from bot.petitions.petition import Event, Kind, State
from bot.reports.figures import FINISHED, Brief, Late, Outcome, PetitionFigures, Regard, Report, Satisfaction, Tally
from bot.reports.files import File, Watcher, walk
from bot.reports.periods import Period, a_year_before, before
from bot.reports.questions import Asked, changes_of, count_turns, questions_of

WorkingHours = Callable[[dt.datetime, dt.datetime], float]
"""Working hours between two moments."""
SATISFIED, DISSATISFIED = 4, 2
_OUTCOMES: Mapping[State, Outcome] = {
    State.REFUSED: Outcome.REFUSED,
    State.FORWARDED: Outcome.FORWARDED,
    State.WITHDRAWN: Outcome.WITHDRAWN,
    State.MERGED: Outcome.MERGED,
    State.ANSWERED: Outcome.ANSWERED,
    State.CLOSED: Outcome.ENDED,
}
# Every petition sounds like these records; none is about them.
WAYS_OF_SAYING = frozenset({"pakn", "khieu_nai", "to_cao", "tiep_cong_dan"})
# One petition as it is added up: how it came, how it ended, answered in time, accepted at all, accepted in time. There
# are few of these, so that adding up is a matter of the counters' own speed.
_Row = tuple[str, Outcome, bool | None, bool, bool | None]


@dataclass(frozen=True, slots=True)
class Books:
    """What is counted. `events`, `index_events`: all since they began, in order; `turns`: those of the compared periods
    too; the rest of the period alone."""

    events: Iterable[Event] = ()
    turns: Iterable[Turn] = ()
    verdicts: Iterable[Verdict] = ()
    gaps: Iterable[Gap] = ()
    index_events: Iterable[IndexEvent] = ()


def periods_read(period: Period) -> tuple[Period, Period, Period]:
    """The period, the one before, and the same one of last year."""
    return period, before(period), a_year_before(period)


def count(period: Period, books: Books, hours: WorkingHours, now: dt.datetime) -> Report:
    """`now` matters only to a period that is not over: it is counted up to this moment."""
    periods = periods_read(period)
    until = min(period.end, max(now, period.start))
    watchers = [Watcher(p, until if p is period else p.end) for p in periods]
    counted: dict[int, PetitionFigures] = {}

    def close(watcher: Watcher, files: Mapping[str, File]) -> None:
        whole = watcher is watchers[0]
        counted[id(watcher)] = _figures(watcher, files, hours) if whole else _short(watcher, files)

    first_event = walk(books.events, watchers, close)
    asked = [Asked(w.start, w.until) for w in watchers]
    first_turn = count_turns(books.turns, asked)
    begun = min((at for at in (first_event, first_turn) if at), default=None)
    briefs = [
        _brief(w.period, counted[id(w)], a) if begun and begun < _comparable(w.period) else None
        for w, a in zip(watchers[1:], asked[1:], strict=True)
    ]
    span = (watchers[0].start, until)
    return Report(
        period=period,
        until=until,
        begun=begun,
        petitions=counted[id(watchers[0])],
        questions=questions_of(asked[0], books.verdicts, books.gaps, span),
        changes=changes_of(books.index_events, span),
        before=briefs[0],
        last_year=briefs[1],
    )


def _comparable(period: Period) -> dt.datetime:
    """Counting must have begun by then: within the first tenth of a period, since its first days may be quiet."""
    return period.start + dt.timedelta(days=max(1, period.days // 10))


def _brief(period: Period, petitions: PetitionFigures, asked: Asked) -> Brief:
    by = asked.by_behavior
    return Brief(
        period, petitions.total, petitions.satisfaction, asked.total, by.get("answer", 0), by.get("unknown", 0)
    )


@dataclass(slots=True)
class _Sums:
    """Sums of a period while its files are gone through."""

    files: list[File] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    hours: list[tuple[str, str, float]] = field(default_factory=list)
    ratings: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    late: list[Late] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    forwards: Counter[str] = field(default_factory=Counter)
    grievances: Counter[str] = field(default_factory=Counter)
    new: Counter[dt.date] = field(default_factory=Counter)
    ended: Counter[dt.date] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)
    conduct: Counter[str] = field(default_factory=Counter)


def _short(watcher: Watcher, files: Mapping[str, File]) -> PetitionFigures:
    """Only what a comparison shows."""
    rows = Counter(_row(f, came, watcher.until) for f, came in _handled(watcher, files))
    ratings = Counter((f.unit, f.field, f.rating) for f in _rated(watcher, files))
    return PetitionFigures(total=_tally(rows), satisfaction=_satisfaction(ratings.items()))


def _figures(watcher: Watcher, files: Mapping[str, File], hours: WorkingHours) -> PetitionFigures:
    sums = _Sums()
    for file, came in _handled(watcher, files):
        _add(sums, file, came, watcher, hours)
    sums.ratings.update((f.unit, f.field, f.rating) for f in _rated(watcher, files))
    seen, rows = sums.files, sums.rows
    return PetitionFigures(
        total=_tally(Counter(rows)),
        by_kind=_tallies([f.kind for f in seen], rows),
        by_field=_tallies([f.field for f in seen], rows),
        by_unit=_tallies([f.unit for f in seen], rows),
        by_place=_tallies([f.place for f in seen], rows),
        by_channel=_tallies([f.channel for f in seen], rows),
        urgent=sums.marks["khan"],
        sealed=sums.marks["giau_ten"],
        nameless=sums.marks["khong_neu_ten"],
        voices=watcher.voices,
        reopenings=watcher.reopenings,
        refusals=ranked(sums.refusals),
        forwards=ranked(sums.forwards),
        overdue=tuple(sorted(sums.late, key=lambda late: (late.since, late.code))),
        hours=_median(h for _, _, h in sums.hours),
        hours_by_unit=_medians((u, h) for u, _, h in sums.hours),
        hours_by_field=_medians((f, h) for _, f, h in sums.hours),
        satisfaction=_satisfaction(sums.ratings.items()),
        satisfaction_by_unit=_satisfactions(sums.ratings, 0),
        satisfaction_by_field=_satisfactions(sums.ratings, 1),
        regard_by_unit=_regards(sums),
        grievances=ranked(sums.grievances),
        received_by_day=dict(sorted(sums.new.items())),
        finished_by_day=dict(sorted(sums.ended.items())),
    )


def _handled(watcher: Watcher, files: Mapping[str, File]) -> Iterator[tuple[File, str]]:
    """Each petition that was open at some moment of the period, and how it came into it."""
    start = watcher.start
    for file in files.values():
        if file.filed_at >= start:
            yield file, "received"
        elif file.code in watcher.carried:
            yield file, "carried"
        elif file.code in watcher.reopened:
            yield file, "returned"


def _rated(watcher: Watcher, files: Mapping[str, File]) -> Iterator[File]:
    start = watcher.start
    return (f for f in files.values() if f.rated_at is not None and f.rated_at >= start)


def _add(sums: _Sums, file: File, came: str, watcher: Watcher, hours: WorkingHours) -> None:
    row = _row(file, came, watcher.until)
    sums.files.append(file)
    sums.rows.append(row)
    outcome = row[1]
    if came == "received":
        sums.new[_day(file.filed_at)] += 1
        sums.marks[file.urgency] += 1
        sums.marks[file.naming] += 1
        sums.conduct[file.unit] += file.kind == Kind.CONDUCT
        if file.procedure and file.procedure not in WAYS_OF_SAYING:
            sums.grievances[file.procedure] += 1
    if file.ended_at is not None:
        sums.ended[_day(file.ended_at)] += 1
    if outcome is Outcome.ANSWERED and file.answered_at is not None:
        spent = hours(file.began_at, file.answered_at) - sum(hours(*wait) for wait in file.waits)
        sums.hours.append((file.unit, file.field, max(spent, 0.0)))
    elif outcome is Outcome.LATE:
        due = dt.datetime.fromisoformat(file.answer_by)
        sums.late.append(Late(file.code, file.unit, file.field, file.filed_at, due))
    elif outcome is Outcome.REFUSED:
        sums.refusals[file.reason] += 1
    elif outcome is Outcome.FORWARDED:
        sums.forwards[file.body] += 1


def _day(at: dt.datetime) -> dt.date:
    return at.astimezone(VIETNAM).date()


def _row(file: File, came: str, until: dt.datetime) -> _Row:
    outcome = _outcome(file, until)
    in_time = file.answered_in_time if outcome is Outcome.ANSWERED else None
    accepted = file.accepted_at is not None and came == "received"
    on_time = file.accepted_in_time if came == "received" else None
    if came == "received" and not accepted and file.ended_at is None and file.accept_by:
        # nobody took it up and the time to do so is over
        on_time = False if dt.datetime.fromisoformat(file.accept_by) < until else None
    return came, outcome, in_time, accepted, on_time


def _outcome(file: File, until: dt.datetime) -> Outcome:
    if file.ended_at is not None:
        return Outcome.ANSWERED if file.answered_at is not None else _OUTCOMES[file.state]
    if file.waiting_since is not None:
        return Outcome.WAITING
    if file.answer_by and dt.datetime.fromisoformat(file.answer_by) < until:
        return Outcome.LATE
    return Outcome.OPEN


def _tallies(keys: Iterable[str], rows: Iterable[_Row]) -> dict[str, Tally]:
    parts: dict[str, dict[_Row, int]] = {}
    for (key, row), n in Counter(zip(keys, rows, strict=True)).items():
        parts.setdefault(key, {})[row] = n
    made = {key: _tally(part) for key, part in parts.items()}
    return dict(sorted(made.items(), key=lambda item: (-item[1].handled, item[0])))


def _tally(rows: Mapping[_Row, int]) -> Tally:
    came: Counter[str] = Counter()
    outcomes: Counter[Outcome] = Counter()
    answered: Counter[bool | None] = Counter()
    accepted: Counter[bool | None] = Counter()
    taken = ended = waiting = 0
    for row, n in rows.items():
        came[row[0]] += n
        outcomes[row[1]] += n
        answered[row[2]] += n
        taken += n * row[3]
        if row[0] == "received" and not row[3] and row[4] is None:
            over = row[1] in FINISHED
            ended, waiting = ended + n * over, waiting + n * (not over)
        accepted[row[4]] += n
    return Tally(
        came["carried"],
        came["received"],
        came["returned"],
        {o: outcomes[o] for o in Outcome if outcomes[o]},
        taken,
        accepted[True],
        accepted[False],
        answered[True],
        answered[False],
        ended,
        waiting,
    )


def _satisfaction(ratings: Iterable[tuple[tuple[str, str, int], int]]) -> Satisfaction:
    answers = satisfied = 0
    for (_, _, rating), n in ratings:
        answers += n
        satisfied += n * (rating >= SATISFIED)
    return Satisfaction(answers, satisfied)


def _satisfactions(ratings: Mapping[tuple[str, str, int], int], place: int) -> dict[str, Satisfaction]:
    keys = sorted({str(key[place]) for key in ratings})
    made = {key: _satisfaction(i for i in ratings.items() if i[0][place] == key) for key in keys}
    return dict(sorted(made.items(), key=lambda item: (-item[1].answers, item[0])))


def _regards(sums: _Sums) -> dict[str, Regard]:
    good: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    for (unit, _, rating), n in sums.ratings.items():
        good[unit] += n * (rating >= SATISFIED)
        bad[unit] += n * (rating <= DISSATISFIED)
    units = sorted({*good, *bad, *sums.conduct})
    made = {u: Regard(good[u], bad[u], sums.conduct[u]) for u in units}
    return {u: r for u, r in made.items() if r != Regard()}


def _medians(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    lists: dict[str, list[float]] = {}
    for key, value in pairs:
        lists.setdefault(key, []).append(value)
    return {key: round(median(values), 2) for key, values in sorted(lists.items())}


def _median(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(median(found), 2) if found else None


def ranked(counted: Mapping[str, int], most: int = 0) -> dict[str, int]:
    """Most first, then by key, so that the order never hangs on chance."""
    rows: Sequence[tuple[str, int]] = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return {key: n for key, n in (rows[:most] if most else rows) if n}
