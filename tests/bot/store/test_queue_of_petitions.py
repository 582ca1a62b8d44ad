"""The officers' queue finds, counts, sorts and pages alike on both stores."""

from __future__ import annotations

import datetime as dt

import pytest
from store_samples import HOUR, NOW, filed

from bot.desk.transaction import Store
from bot.ledger import Paper, QueueFilter
from bot.petitions.petition import Channel, Happening, Kind, State, Urgency, happened, moved


def found(store: Store, wanted: QueueFilter) -> list[str]:
    """The numbers of the petitions, as they were filed, from 1."""
    with store.reading() as tx:
        page = tx.find(wanted)
        assert page.total == len(page.petitions) or wanted.limit < page.total or wanted.offset
        return [str(int(p.code[8:14])) for p in page.petitions]


def due(hours: int) -> str:
    return (NOW + hours * HOUR).isoformat()


@pytest.fixture
def five(store: Store) -> Store:
    """1 is new; 2 is being worked on by o1; 3 waits for the citizen; 4 was answered; 5 is new and about o1."""
    with store.writing() as tx:
        filed(tx, field="dat_dai", place="xã A", unit="a", accept_by=due(8), answer_by=due(80), urgency="khan")
        two = filed(tx, at=NOW + HOUR, unit="a", accept_by=due(9), answer_by=due(3), kind="phan_anh_hanh_vi")
        three = filed(tx, at=NOW + 2 * HOUR, unit="b", accept_by=due(1), answer_by=due(2))
        four = filed(tx, at=NOW + 3 * HOUR, unit="b", channel="telegram", answer_by=due(1))
        filed(tx, at=NOW + 4 * HOUR, unit="c", about="o1,lead:c", accept_by=due(4))
        two = tx.add_event(happened(two, Happening.ASSIGNED, "o2", NOW, {"officer": "o1", "unit": "a"}))
        tx.add_event(moved(two, State.ACCEPTED, "o1", NOW))
        three = tx.add_event(moved(three, State.ACCEPTED, "o1", NOW))
        tx.add_event(moved(three, State.WAITING, "o1", NOW, {"paper": "1"}))
        four = tx.add_event(moved(four, State.ACCEPTED, "o1", NOW))
        four = tx.add_event(moved(four, State.ANSWERED, "o1", NOW, {"paper": "1"}))
        tx.add_event(happened(four, Happening.PUBLISHED, "o1", NOW))
    return store


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (QueueFilter(), "2 5 1 3 4"),
        (QueueFilter(sort="-due"), "4 3 1 5 2"),
        (QueueFilter(sort="code"), "1 2 3 4 5"),
        (QueueFilter(sort="-filed_at"), "5 4 3 2 1"),
        (QueueFilter(sort="-answered_at"), "4 5 3 2 1"),
        (QueueFilter(sort="unit", limit=2, offset=1), "2 3"),
        (QueueFilter(offset=99), ""),
        (QueueFilter(states=(State.NEW, State.WAITING)), "5 1 3"),
        (QueueFilter(open_only=True), "2 5 1 3"),
        (QueueFilter(open_only=True, states=(State.ANSWERED,)), ""),
        (QueueFilter(kind=Kind.CONDUCT), "2"),
        (QueueFilter(urgency=Urgency.URGENT), "1"),
        (QueueFilter(field="dat_dai", place="xã A"), "1"),
        (QueueFilter(unit="b"), "3 4"),
        (QueueFilter(units=("a", "c")), "2 5 1"),
        (QueueFilter(assignee="o1"), "2"),
        (QueueFilter(unassigned=True, open_only=True), "5 1 3"),
        (QueueFilter(channel=Channel.TELEGRAM), "4"),
        (QueueFilter(overdue_at=NOW + 3 * HOUR), ""),
        (QueueFilter(overdue_at=NOW + 5 * HOUR), "2 5"),
        (QueueFilter(since=NOW + HOUR, until=NOW + 3 * HOUR), "2 3"),
        (QueueFilter(not_about=("o1",)), "2 1 3 4"),
        (QueueFilter(not_about=("o", "lead:b", "O1")), "2 5 1 3 4"),
        (QueueFilter(not_about=("o9", "lead:c")), "2 1 3 4"),
        (QueueFilter(published=True), "4"),
        (QueueFilter(published=False, unit="b"), "3"),
    ],
)
def test_the_queue_holds_what_was_asked_for_in_its_order(five: Store, wanted: QueueFilter, codes: str) -> None:
    assert found(five, wanted) == codes.split()


def test_a_page_says_how_many_there_are_in_all(five: Store) -> None:
    with five.reading() as tx:
        assert tx.find(QueueFilter(limit=2, offset=4)).total == 5


def test_counts_are_told_by_column(five: Store) -> None:
    with five.reading() as tx:
        assert tx.counts(QueueFilter(), "state") == {"moi": 2, "tiep_nhan": 1, "cho_bo_sung": 1, "da_tra_loi": 1}
        assert tx.counts(QueueFilter(open_only=True, limit=1), "unit") == {"a": 2, "b": 1, "c": 1}
        assert tx.counts(QueueFilter(words="đèn"), "kind") == {"kien_nghi": 4, "phan_anh_hanh_vi": 1}


@pytest.mark.parametrize("column", ["", "contact", "code; drop table events"])
def test_only_known_columns_sort_and_count(five: Store, column: str) -> None:
    with five.reading() as tx:
        with pytest.raises(ValueError, match="sorted"):
            tx.find(QueueFilter(sort=column))
        with pytest.raises(ValueError, match="counted"):
            tx.counts(QueueFilter(), column)


@pytest.fixture
def told(store: Store) -> Store:
    with store.writing() as tx:
        one = filed(tx, "Đèn đường ở phường Thục Phán hỏng, Quyết định 63/2024/QĐ-UBND chưa làm")
        filed(tx, "Đường ngập; đèn thì sáng. Thủy lợi hoà thuận 1.001193")
        tx.add_paper(Paper(one.code, "where", "ngõ 12, tổ 5", NOW, "citizen"))
    return store


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("đèn đường", "1 2"),
        ("den duong", "1 2"),
        ("ĐÈN  đường", "1 2"),
        ("đèn đường", "1 2"),  # marks as signs of their own
        ('"đèn đường"', "1"),
        ('"den duong" ngo', "1"),  # words of two papers
        ("thục phán tổ 5", "1"),
        ("phan thuc", "1"),
        ('"phán thục"', ""),
        ("đền đương", "1 2"),
        ("hòa thuận", "2"),
        ("thuỷ", "2"),
        ("63/2024/QĐ-UBND", "1"),
        ("1.001193", "2"),
        ("duongg", ""),
        ("AND", ""),
        ("NOT đèn", ""),
        ('"', ""),
        ('đèn"', "1 2"),
        ("đèn*", "1 2"),
        ("!!!", ""),
        ("' or 1=1 --", ""),
        ("   ", "1 2"),
        ("pa-2026-000002", "2"),
        (" PA-2026-000001 ", "1"),
        ("PA-2026-000001-Z", ""),
    ],
)
def test_words_are_found_with_marks_and_without(told: Store, words: str, codes: str) -> None:
    assert found(told, QueueFilter(words=words, sort="code")) == codes.split()


def test_a_search_goes_with_the_other_filters(told: Store) -> None:
    with told.writing() as tx:
        one = tx.find(QueueFilter(words="thục phán")).petitions[0]
        tx.add_event(moved(one, State.ACCEPTED, "o1", NOW))
    assert found(told, QueueFilter(words="den", states=(State.ACCEPTED,))) == ["1"]
    assert found(told, QueueFilter(words="den", until=NOW - dt.timedelta(days=1))) == []
