"""Where a printed code leads, and which poster brought whom."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ledger import Turn
from bot.outreach import links
from bot.outreach.scans import FOLLOWS, PosterFigures, Scan, tally

NOON = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)


def turn(conversation: str, minutes: float, behavior: str = "answer") -> Turn:
    at = NOON + dt.timedelta(minutes=minutes)
    return Turn(conversation, at, "telegram", "hỏi", "cau_hoi", behavior, ("khai_sinh",), 0.9, "g", "đáp")


@given(st.from_regex(r"[a-z]{2}_[A-Za-z0-9-]{1,40}", fullmatch=True), st.integers(1, 999_999))
def test_a_payload_gives_back_its_target_and_its_poster(target: str, poster: int) -> None:
    start = links.Start(target, poster)
    assert links.read(start.payload) == start
    assert links.read(target) == links.Start(target)


def test_every_procedure_and_field_has_a_start_that_telegram_takes(library) -> None:
    targets = [links.of_procedure(library, p) for p in library.procedures.values()]
    targets += [links.of_field(f) for f in library.fields()]
    assert len(set(targets)) == len(targets)
    for target in targets:
        payload = links.Start(target, 999_999).payload
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
        assert links.read(target) == links.Start(target), "a record's own name looks like a poster's"


def test_a_code_has_its_first_point_as_a_dash(library) -> None:
    birth = library.procedures["khai_sinh"]
    assert links.Start(links.of_procedure(library, birth), 7).payload == "tt_1-001193_p7"
    assert links.path_of_procedure(library, birth) == "/thu-tuc/1.001193"


def test_a_field_is_found_again_by_its_link(library) -> None:
    for field in library.fields():
        assert links.field_of(library, links.of_field(field)) == field
    assert links.field_of(library, "lv_khong-co") == ""


def test_a_payload_that_telegram_refuses_is_refused_here() -> None:
    with pytest.raises(links.BadLink):
        _ = links.Start("tt_" + "x" * 62).payload
    with pytest.raises(links.BadLink):
        _ = links.Start("tt_khai sinh").payload


def test_a_question_counts_for_the_poster_scanned_last() -> None:
    scans = [Scan(1, "a", NOON), Scan(2, "a", NOON + dt.timedelta(minutes=10)), Scan(1, "b", NOON)]
    turns = [turn("a", 1), turn("a", 11), turn("a", 12), turn("b", 5), turn("c", 5)]
    assert tally(scans, turns) == (PosterFigures(1, 2, 2, 2), PosterFigures(2, 1, 1, 2))


def test_what_is_asked_before_the_scan_or_long_after_it_is_not_the_posters() -> None:
    late = FOLLOWS.total_seconds() / 60 + 1
    turns = [turn("a", -1), turn("a", late), turn("a", 3, "chitchat")]
    assert tally([Scan(5, "a", NOON), Scan(5, "a", NOON)], turns) == (PosterFigures(5, 2, 1, 0),)
