from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.parsing import Problem, build
from knowledge.records import Confidence, Document, Level, Procedure, ReadingDay

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)


def problems_of(tree: object) -> list[Problem]:
    found: list[Problem] = []
    assert build(Procedure, tree, found) is None
    return found


def test_a_tree_becomes_a_record_with_typed_fields() -> None:
    found: list[Problem] = []
    record = build(
        Procedure,
        {
            "key": "khai_sinh",
            "code": "1.001193",
            "level": ["xã", "tỉnh"],
            "documents": ["Giấy chứng sinh", {"name": "Tờ khai", "form": {"name": "Mẫu 1"}}],
            "validity": {"since": "2026-07-01"},
            "sources": [{"name": "Cổng", "read": "2026-07"}],
            "confidence": {"fee": "low"},
            "popularity": "3",
        },
        found,
    )
    assert found == []
    assert record is not None
    assert record.level == (Level.COMMUNE, Level.PROVINCE)
    assert record.documents[0] == Document("Giấy chứng sinh")
    assert record.validity.since == dt.date(2026, 7, 1)
    assert str(record.sources[0].read) == "tháng 07/2026"
    assert record.confidence["fee"] is Confidence.LOW
    assert record.popularity == 3


def test_an_unknown_key_names_the_nearest_known_one() -> None:
    (problem,) = problems_of({"key": "a", "documnets": []})
    assert problem.path == ("documnets",)
    assert "documents" in problem.remedy


def test_every_problem_is_listed_not_only_the_first() -> None:
    found = problems_of({"level": ["huyện"], "validity": {"since": "2026-02-30"}, "steps": "một bước"})
    assert {p.path for p in found} == {("key",), ("level", 0), ("validity", "since"), ("steps",)}


@pytest.mark.parametrize("text", ["2026", "07/2026", "2026-13", "hôm qua"])
def test_a_reading_day_that_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM"):
        ReadingDay(text)


@given(JSON)
def test_any_tree_gives_a_record_or_problems_and_never_an_exception(tree: object) -> None:
    found: list[Problem] = []
    record = build(Procedure, tree, found)
    assert (record is None) == bool(found)
