from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.periods import (
    BadPeriod,
    Cutoff,
    Period,
    Span,
    a_year_before,
    before,
    between,
    months,
    of_day,
    parse,
    slug,
    week,
)

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))
SPANS = st.sampled_from([s for s in Span if s is not Span.OWN])
PARTS = {Span.MONTH: 12, Span.QUARTER: 4, Span.HALF: 2, Span.YEAR: 1}


def test_the_states_half_year_runs_from_15_december_to_14_june() -> None:
    half = months(Span.HALF, 2026, 1, Cutoff.STATE)
    assert (half.first, half.last) == (dt.date(2025, 12, 15), dt.date(2026, 6, 14))


def test_the_states_year_and_quarters_close_on_the_14th() -> None:
    year = months(Span.YEAR, 2026, 1, Cutoff.STATE)
    assert (year.first, year.last) == (dt.date(2025, 12, 15), dt.date(2026, 12, 14))
    third = months(Span.QUARTER, 2026, 3, Cutoff.STATE)
    assert (third.first, third.last) == (dt.date(2026, 6, 15), dt.date(2026, 9, 14))
    march = months(Span.MONTH, 2026, 3, Cutoff.STATE)
    assert (march.first, march.last) == (dt.date(2026, 2, 15), dt.date(2026, 3, 14))


@given(st.integers(2000, 2100), st.sampled_from(list(Cutoff)), st.sampled_from(list(PARTS)))
def test_parts_tile_the_year_without_gap_or_overlap(year: int, cutoff: Cutoff, span: Span) -> None:
    whole = months(Span.YEAR, year, 1, cutoff)
    parts = [months(span, year, n + 1, cutoff) for n in range(PARTS[span])]
    assert parts[0].first == whole.first and parts[-1].last == whole.last
    for one, next_one in zip(parts, parts[1:], strict=False):
        assert one.end == next_one.start
    assert sum(p.days for p in parts) == whole.days


@given(DAYS, SPANS, st.sampled_from(list(Cutoff)))
def test_every_day_lies_in_exactly_the_period_found_for_it(day: dt.date, span: Span, cutoff: Cutoff) -> None:
    period = of_day(span, day, cutoff)
    assert period.first <= day <= period.last
    assert of_day(span, period.first, cutoff) == of_day(span, period.last, cutoff) == period


@given(DAYS, SPANS, st.sampled_from(list(Cutoff)))
def test_the_period_before_ends_where_this_one_begins(day: dt.date, span: Span, cutoff: Cutoff) -> None:
    period = of_day(span, day, cutoff)
    assert before(period).end == period.start
    assert before(period).span is span


@given(DAYS, SPANS, st.sampled_from(list(Cutoff)))
def test_a_periods_name_is_read_back_as_the_same_period(day: dt.date, span: Span, cutoff: Cutoff) -> None:
    period = of_day(span, day, cutoff)
    assert parse(slug(period)) == period


@given(DAYS, st.integers(0, 800))
def test_any_two_days_are_compared_with_as_many_days_before_them(day: dt.date, more: int) -> None:
    period = between(day, day + dt.timedelta(days=more))
    assert before(period).days == period.days and before(period).end == period.start
    assert parse(slug(period)) == period


@given(DAYS, SPANS)
def test_the_same_period_of_last_year_has_the_same_number(day: dt.date, span: Span) -> None:
    period = of_day(span, day)
    earlier = a_year_before(period)
    assert earlier.year == period.year - 1
    assert earlier.number == period.number or (span is Span.WEEK and period.number == 53)


def test_the_29th_of_february_has_a_day_a_year_before() -> None:
    assert a_year_before(between(dt.date(2024, 2, 29), dt.date(2024, 2, 29))).first == dt.date(2023, 2, 28)


def test_a_day_is_in_the_period_until_midnight_in_viet_nam() -> None:
    period = months(Span.HALF, 2026, 1)
    assert dt.datetime(2026, 6, 30, 16, 59, tzinfo=dt.UTC) in period
    assert dt.datetime(2026, 6, 30, 17, 0, tzinfo=dt.UTC) not in period


@pytest.mark.parametrize("text", ["", "quy-5-2026", "thang-13-2026", "tuan-60-2026", "6-thang-2026", "2026"])
def test_a_text_that_names_no_period_is_refused_with_what_was_given(text: str) -> None:
    with pytest.raises(BadPeriod):
        parse(text)


def test_a_period_is_spelled_freely() -> None:
    assert parse("Quy 1/2026") == months(Span.QUARTER, 2026, 1)
    assert parse("6-thang-dau-nam-2026") == months(Span.HALF, 2026, 1)
    assert parse("tuan-1-2027") == week(2027, 1)
    assert isinstance(parse("nam-2026", Cutoff.STATE), Period)
