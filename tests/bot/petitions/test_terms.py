from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.petitions.clock import VIETNAM, Clock
from bot.petitions.petition import Channel, Kind, Naming, Petition, State, Urgency
from bot.petitions.terms import SHIPPED, Terms, TermsUnusable, deadlines, level_of, read_levels, resumed
from knowledge.reading import CONTENT, read_folder
from knowledge.records import Confidence

CLOCK = Clock(read_folder(CONTENT).calendar)
LEVELS = read_levels()
FILED = dt.datetime(2026, 11, 20, 16, 0, tzinfo=VIETNAM)
moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 3, 1)).map(lambda m: m.replace(tzinfo=VIETNAM))


def test_an_urgent_one_is_accepted_within_four_working_hours_any_other_within_eight() -> None:
    urgent = deadlines(Kind.CONDUCT, Urgency.URGENT, FILED, CLOCK, LEVELS)
    normal = deadlines(Kind.CONDUCT, Urgency.NORMAL, FILED, CLOCK, LEVELS)
    assert urgent.accept_by == dt.datetime(2026, 11, 23, 10, 30, tzinfo=VIETNAM)
    assert normal.accept_by == dt.datetime(2026, 11, 23, 16, 30, tzinfo=VIETNAM)
    assert urgent.answer_by < normal.answer_by


def test_a_term_says_whether_all_days_off_until_then_are_decided() -> None:
    assert deadlines(Kind.CONDUCT, Urgency.NORMAL, FILED, CLOCK, LEVELS).certain
    late = dt.datetime(2026, 12, 28, 9, tzinfo=VIETNAM)
    assert not deadlines(Kind.RULES, Urgency.NORMAL, late, CLOCK, LEVELS).certain


@given(st.sampled_from(Kind), st.sampled_from(Urgency), moments)
def test_terms_follow_one_another_and_urgent_ones_are_never_later(
    kind: Kind, urgency: Urgency, filed_at: dt.datetime
) -> None:
    found = deadlines(kind, urgency, filed_at, CLOCK, LEVELS)
    assert filed_at < found.accept_by <= found.answer_by and found.forward_by <= found.answer_by
    urgent = deadlines(kind, Urgency.URGENT, filed_at, CLOCK, LEVELS)
    assert urgent.accept_by <= found.accept_by and urgent.answer_by <= found.answer_by


@given(moments, st.integers(0, 10_000), st.integers(0, 100_000))
def test_a_wait_moves_the_term_by_the_working_time_that_it_took(start: dt.datetime, before: int, waited: int) -> None:
    answer_by = deadlines(Kind.CONDUCT, Urgency.NORMAL, start, CLOCK, LEVELS).answer_by
    since = start + dt.timedelta(minutes=before)
    now = since + dt.timedelta(minutes=waited)
    later = resumed(answer_by, since, now, CLOCK)
    assert CLOCK.between(now, later) == CLOCK.between(since, answer_by)
    assert later >= answer_by


def test_a_petition_that_waited_for_the_citizen_gets_that_time_back() -> None:
    terms = Terms(LEVELS, CLOCK)
    due = terms.answer_by(Kind.CONDUCT, Urgency.NORMAL, FILED)
    waiting = Petition(
        *("PA-2026-000001-A", 3, State.WAITING, Kind.CONDUCT, Channel.WEB, Urgency.NORMAL, Naming.OPEN, FILED),
        answer_by=due,
        waiting_since=FILED,
    )
    assert terms.resumed(waiting, FILED) == due
    assert terms.resumed(waiting, CLOCK.after_days(FILED, 2)) == CLOCK.after(due, dt.timedelta(hours=16))


def test_every_line_of_the_shipped_table_names_its_source_and_none_is_called_sure() -> None:
    lines = [*LEVELS.accept, *LEVELS.forward, *LEVELS.answer, LEVELS.warning, LEVELS.accept_warning]
    lines += [LEVELS.escalation, LEVELS.closing]
    assert all(line.source and line.confidence in (Confidence.LOW, Confidence.MEDIUM) for line in lines)
    assert level_of(LEVELS.answer, Kind.RULES, Urgency.NORMAL).days == 15
    assert level_of(LEVELS.answer, Kind.RULES, Urgency.URGENT).days == 3


def test_an_authority_may_bring_its_own_table(tmp_path: Path) -> None:
    own = tmp_path / "han.yaml"
    own.write_text(SHIPPED.read_text(encoding="utf-8").replace("hours: 4", "hours: 2"), encoding="utf-8")
    levels = read_levels(own)
    assert deadlines(Kind.CONDUCT, Urgency.URGENT, FILED, CLOCK, levels).accept_by.hour == 8


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("hours: 4", "hours: vài", "số nguyên"),
        ("hours: 4", "giờ: 4", "không có mục"),
        ("hours: 4", "hours: 4\n    days: 2", "đúng một trong hai"),
        ("- hours: 8", "- urgency: khan\n    hours: 8", "thiếu hạn"),
        ("urgency: khan", "urgency: gấp", "giá trị lạ"),
        ("closing:\n  days: 10", "closing:\n  days: 3", "từ 10"),
        ("accept:", "accept: [", "không đọc được"),
    ],
)
def test_a_table_that_cannot_be_used_says_where_and_why(tmp_path: Path, old: str, new: str, told: str) -> None:
    bad = tmp_path / "han.yaml"
    bad.write_text(SHIPPED.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(TermsUnusable, match=told):
        read_levels(bad)


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TermsUnusable, match=r"none\.yaml"):
        read_levels(tmp_path / "none.yaml")
