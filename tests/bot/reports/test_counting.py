"""Figures against a naive counting by the real projection, on random lawful logs."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from statistics import median

from hypothesis import given, settings
from hypothesis import strategies as st
from logs import random_log

from bot.ledger import Gap, IndexEvent, Turn, Verdict
from bot.petitions.clock import VIETNAM
from bot.petitions.petition import Event, Happening, Petition, State, project
from bot.reports.counting import Books, count
from bot.reports.figures import LEAST_ANSWERS, Outcome, Satisfaction
from bot.reports.periods import Period, Span, before, between, months, of_day

LATER = dt.datetime(2030, 1, 1, tzinfo=VIETNAM)
SEEDS = st.integers(0, 10_000)
PERIODS = st.sampled_from(
    [
        months(Span.HALF, 2026, 1),
        months(Span.YEAR, 2025, 1),
        months(Span.QUARTER, 2025, 4),
        of_day(Span.WEEK, dt.date(2025, 12, 31)),
        between(dt.date(2025, 8, 3), dt.date(2026, 2, 11)),
    ]
)


def hours(since: dt.datetime, until: dt.datetime) -> float:
    return (until - since).total_seconds() / 3600


def at_moment(log: list[Event], moment: dt.datetime) -> dict[str, Petition]:
    """Every petition as the projection has it just before this moment."""
    seen: dict[str, list[Event]] = {}
    for event in log:
        if event.at < moment:
            seen.setdefault(event.code, []).append(event)
    return {code: project(events) for code, events in seen.items()}


def reopened_in(log: list[Event], period: Period) -> set[str]:
    state: dict[str, str] = {}
    found = set()
    for event in log:
        if event.kind is Happening.MOVED:
            to = event.details["to"]
            if to == State.WORKING and state.get(event.code) in (State.ANSWERED, State.CLOSED) and event.at in period:
                found.add(event.code)
            state[event.code] = to
    return found


@settings(deadline=None, max_examples=60)
@given(SEEDS, PERIODS)
def test_every_figure_agrees_with_the_projection(seed: int, period: Period) -> None:
    log = random_log(seed)
    figures = count(period, Books(events=log), hours, LATER).petitions
    then, now = at_moment(log, period.start), at_moment(log, period.end)
    carried = {c for c, p in then.items() if p.open}
    received = set(now) - set(then)
    returned = reopened_in(log, period) - carried - received
    handled = [now[c] for c in carried | received | returned]
    total = figures.total
    assert (total.carried, total.received, total.returned) == (len(carried), len(received), len(returned))
    assert total.finished == sum(not p.open for p in handled)
    assert total.of(Outcome.ANSWERED) == sum(not p.open and p.answered_at is not None for p in handled)
    assert total.of(Outcome.WAITING) == sum(p.state is State.WAITING for p in handled)
    assert figures.refusals == dict(_sorted(Counter(p.reason for p in handled if p.state is State.REFUSED)))
    assert figures.forwards == dict(_sorted(Counter(p.body for p in handled if p.state is State.FORWARDED)))
    late = {p.code for p in handled if _late(p, period.end)}
    assert {x.code for x in figures.overdue} == late and total.of(Outcome.LATE) == len(late)
    assert {u: t.handled for u, t in figures.by_unit.items()} == Counter(p.unit for p in handled)
    assert {f: t.handled for f, t in figures.by_field.items()} == Counter(p.field for p in handled)
    assert {k: t.handled for k, t in figures.by_kind.items()} == Counter(p.kind.value for p in handled)
    assert figures.urgent == sum(p.urgency == "khan" for c, p in now.items() if c in received)
    assert total.accepted == sum(now[c].accepted_at is not None for c in received)


@settings(deadline=None, max_examples=40)
@given(SEEDS, PERIODS)
def test_what_came_in_equals_what_went_out_and_what_is_left(seed: int, period: Period) -> None:
    figures = count(period, Books(events=random_log(seed)), hours, LATER).petitions
    for tally in (figures.total, *figures.by_unit.values(), *figures.by_field.values(), *figures.by_kind.values()):
        assert tally.handled == sum(tally.outcomes.values()) == tally.finished + tally.remaining
        assert tally.answered_in_time + tally.answered_late <= tally.of(Outcome.ANSWERED)
    for dimension in (figures.by_unit, figures.by_field, figures.by_kind, figures.by_place, figures.by_channel):
        assert sum(t.handled for t in dimension.values()) == figures.total.handled
        assert sum(t.answered_late for t in dimension.values()) == figures.total.answered_late
    assert sum(figures.received_by_day.values()) == figures.total.received
    assert sum(figures.finished_by_day.values()) == figures.total.finished


@settings(deadline=None, max_examples=40)
@given(SEEDS, PERIODS)
def test_later_events_do_not_change_the_report_of_an_earlier_period(seed: int, period: Period) -> None:
    log = random_log(seed)
    at_once = count(period, Books(events=[e for e in log if e.at < period.end]), hours, period.end)
    assert count(period, Books(events=log), hours, LATER) == at_once


@settings(deadline=None, max_examples=30)
@given(SEEDS)
def test_the_comparison_is_what_the_earlier_report_said(seed: int) -> None:
    log = random_log(seed)
    period = months(Span.QUARTER, 2026, 2)
    now = count(period, Books(events=log), hours, LATER)
    earlier = count(before(period), Books(events=log), hours, LATER)
    assert now.before is not None
    assert now.before.petitions == earlier.petitions.total
    assert now.before.satisfaction == earlier.petitions.satisfaction
    assert now.last_year is None or now.last_year.petitions.received == 0 or now.last_year.period.year == 2025


@settings(deadline=None, max_examples=30)
@given(SEEDS)
def test_months_add_up_to_the_year(seed: int) -> None:
    log = random_log(seed)
    year = count(months(Span.YEAR, 2026, 1), Books(events=log), hours, LATER).petitions.total
    parts = [count(months(Span.MONTH, 2026, m), Books(events=log), hours, LATER).petitions.total for m in range(1, 13)]
    assert year.received == sum(p.received for p in parts)
    assert year.carried == parts[0].carried and year.remaining == parts[-1].remaining
    for one, following in zip(parts, parts[1:], strict=False):
        assert following.carried == one.remaining


def _late(petition: Petition, moment: dt.datetime) -> bool:
    waits = petition.state is State.WAITING
    return petition.open and not waits and petition.answer_by is not None and petition.answer_by < moment


def _sorted(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def event(number: int, happening: Happening, day: int, /, **details: str) -> Event:
    return Event("PA-2026-000001-A", number, happening, dt.datetime(2026, 3, day, 9, tzinfo=VIETNAM), "o1", details)


FILED = {"kind": "kien_nghi", "channel": "web", "unit": "u", "answer_by": "2026-03-10T17:00:00+07:00"}
MARCH = months(Span.MONTH, 2026, 3)


def march(*events: Event) -> Books:
    return Books(events=events)


def test_time_spent_waiting_for_the_citizen_is_not_counted_and_does_not_make_an_answer_late() -> None:
    books = march(
        event(1, Happening.FILED, 2, **FILED),
        event(2, Happening.MOVED, 3, to="tiep_nhan"),
        event(3, Happening.MOVED, 4, to="cho_bo_sung", paper="1"),
        event(4, Happening.MOVED, 24, to="da_tra_loi", paper="2"),
    )
    figures = count(MARCH, books, hours, LATER).petitions
    assert figures.hours == 48
    assert (figures.total.answered_in_time, figures.total.answered_late) == (1, 0)


def test_an_answer_after_its_day_is_late_and_a_reopened_petition_counts_anew() -> None:
    log = [
        event(1, Happening.FILED, 2, **FILED),
        event(2, Happening.MOVED, 3, to="tiep_nhan"),
        event(3, Happening.MOVED, 12, to="da_tra_loi", paper="1"),
        event(4, Happening.MOVED, 20, to="dang_xu_ly", answer_by="2026-03-30T17:00:00+07:00"),
        event(5, Happening.MOVED, 22, to="da_tra_loi", paper="2"),
    ]
    first = count(MARCH, march(*log[:3]), hours, LATER).petitions
    assert first.total.answered_late == 1
    both = count(MARCH, march(*log), hours, LATER).petitions
    assert (both.total.answered_in_time, both.total.answered_late, both.reopenings) == (1, 0, 1)
    assert both.hours == 48
    again = count(between(dt.date(2026, 3, 15), dt.date(2026, 3, 31)), march(*log), hours, LATER).petitions.total
    assert (again.carried, again.received, again.returned, again.of(Outcome.ANSWERED)) == (0, 0, 1, 1)


def test_a_period_that_is_not_over_is_counted_up_to_now_and_says_so() -> None:
    now = dt.datetime(2026, 3, 5, tzinfo=VIETNAM)
    report = count(MARCH, march(event(1, Happening.FILED, 2, **FILED)), hours, now)
    assert report.provisional and report.until == now
    assert report.petitions.overdue == ()


def test_nobody_taking_it_up_in_time_is_late_acceptance() -> None:
    filing = event(1, Happening.FILED, 2, **FILED, accept_by="2026-03-03T17:00:00+07:00")
    total = count(MARCH, march(filing), hours, LATER).petitions.total
    assert (total.accepted, total.accepted_late, total.accepted_in_time) == (0, 1, 0)


def test_no_share_of_satisfied_people_is_given_under_five_answers() -> None:
    assert Satisfaction(LEAST_ANSWERS - 1, 4).share is None
    assert Satisfaction(LEAST_ANSWERS, 4).share == 0.8


def test_the_newest_rating_of_the_period_counts_once() -> None:
    log = [
        event(1, Happening.FILED, 2, **FILED),
        event(2, Happening.RATED, 3, rating="1"),
        event(3, Happening.RATED, 4, rating="5"),
    ]
    assert count(MARCH, march(*log), hours, LATER).petitions.satisfaction == Satisfaction(1, 1)


def turn(day: int, behavior: str, *records: str, words: str = "x", **more: str) -> Turn:
    at = dt.datetime(2026, 3, day, 9, tzinfo=VIETNAM)
    return Turn("c", at, "web", words, more.get("kind", "cau_hoi"), behavior, records, 1.0, "g1", "r")


def test_questions_are_counted_by_what_became_of_them() -> None:
    turns = [
        turn(1, "answer", "khai_sinh", "khai_sinh"),
        turn(2, "clarify", "ho_chieu"),
        turn(3, "unknown"),
        turn(4, "chitchat", kind="cam_on"),
        turn(5, "petition"),
    ]
    figures = count(MARCH, Books(turns=turns), hours, LATER).questions
    assert figures.asked == 3 and figures.thanks == 1
    assert figures.by_behavior == {"answer": 1, "clarify": 1, "unknown": 1}
    assert figures.records == {"khai_sinh": 1}


def test_erased_words_change_no_figure_of_questions() -> None:
    turns = [turn(1, "answer", "khai_sinh", words="bé Na sinh ở đâu"), turn(2, "unknown", words="sđt 09…")]
    blank = [dataclasses.replace(t, question="", reply="", conversation="") for t in turns]
    at = turns[1].at
    gaps = [Gap(1, "xin phép nuôi hổ", at, "web"), Gap(2, "Xin phép nuôi hổ", at, "web")]
    erased = [dataclasses.replace(g, question="") for g in gaps]
    verdict = Verdict(False, "sai", "số của tôi …", "q", "r", ("khai_sinh",), "g1", at)
    blank_verdict = dataclasses.replace(verdict, words="", question="", reply="")
    whole = count(MARCH, Books(turns=turns, gaps=gaps, verdicts=[verdict]), hours, LATER).questions
    after = count(MARCH, Books(turns=blank, gaps=erased, verdicts=[blank_verdict]), hours, LATER).questions
    assert dataclasses.replace(whole, gaps=()) == dataclasses.replace(after, gaps=())
    assert whole.gaps == (("Xin phép nuôi hổ", 2),) and after.gaps == (("", 2),)


def test_a_question_that_one_person_asked_is_not_quoted() -> None:
    gaps = [Gap(1, "tôi tên là A, nhà ở B", dt.datetime(2026, 3, 1, 9, tzinfo=VIETNAM), "web")]
    figures = count(MARCH, Books(gaps=gaps), hours, LATER).questions
    assert figures.gaps == () and figures.gaps_total == 1


def test_index_changes_are_listed_once_and_a_roll_back_is_told_apart() -> None:
    at = dt.datetime(2026, 3, 1, 9, tzinfo=VIETNAM)
    events = [
        IndexEvent("g2", at, "a", "switched", (("khai_sinh", "amended"), ("x", "abolished"))),
        IndexEvent("g3", at, "a", "switched", (("khai_sinh", "amended"),)),
        IndexEvent("g2", at, "a", "rolled_back", (("khai_sinh", "amended"),)),
    ]
    changes = count(MARCH, Books(index_events=events), hours, LATER).changes
    assert changes.by_change == {"abolished": ("x",), "amended": ("khai_sinh",)}
    assert (changes.switches, changes.rollbacks) == (1, 1)


def test_what_was_rolled_back_within_the_period_was_no_change() -> None:
    def on(day: int, name: str, action: str = "published", *changed: str) -> IndexEvent:
        pairs = tuple((f"procedure:{key}", "announced") for key in changed)
        return IndexEvent(name, dt.datetime(2026, 3, day, 9, tzinfo=VIETNAM), "a", action, pairs)

    events = [
        IndexEvent(
            "20260101T1", dt.datetime(2026, 1, 1, tzinfo=VIETNAM), "a", "published", (("procedure:x", "added"),)
        ),
        on(2, "20260302T1", "published", "a"),
        on(3, "20260303T1", "published", "b", "c"),
        on(4, "20260302T1", "rolled_back"),
        on(5, "20260305T1", "published", "d"),
    ]
    march = count(MARCH, Books(index_events=events), hours, LATER).changes
    assert march.by_change == {"announced": ("procedure:a", "procedure:d")}
    assert (march.switches, march.rollbacks) == (2, 1)
    # back to one that the books never saw: all that is younger is out
    back = [*events, on(6, "20260228T1", "rolled_back")]
    assert count(MARCH, Books(index_events=back), hours, LATER).changes.by_change == {}


def test_the_petition_procedure_itself_is_never_what_a_petition_is_about() -> None:
    at = dt.datetime(2026, 3, 2, tzinfo=VIETNAM)
    log = [
        Event(f"PA-2026-00000{n}-A", 1, Happening.FILED, at, "c", {**FILED, "procedure": key})
        for n, key in enumerate(("pakn", "khai_sinh", "tiep_cong_dan"), 1)
    ]
    assert count(MARCH, Books(events=log), hours, LATER).petitions.grievances == {"khai_sinh": 1}


def test_the_middle_time_is_the_median_by_unit() -> None:
    log = []
    for n, day in ((1, 3), (2, 5), (3, 11)):
        code = f"PA-2026-00000{n}-A"
        log.append(Event(code, 1, Happening.FILED, dt.datetime(2026, 3, 2, tzinfo=VIETNAM), "c", FILED))
        for number, to in ((2, "tiep_nhan"), (3, "da_tra_loi")):
            at = dt.datetime(2026, 3, day, tzinfo=VIETNAM)
            log.append(Event(code, number, Happening.MOVED, at, "o", {"to": to, "paper": "1"}))
    log.sort(key=lambda e: (e.at, e.code, e.number))
    assert count(MARCH, Books(events=log), hours, LATER).petitions.hours_by_unit == {"u": median((24, 72, 216))}
