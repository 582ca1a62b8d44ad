"""A database of before the books: `before_the_books.sql` was written by the version that made such ones."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from store_samples import EVER, NEVER, filed

from bot.ledger import Feedback, Party, QueueFilter, StoreUnavailable
from bot.petitions.codes import code_of
from bot.petitions.petition import Channel, Happening, Kind, Naming, State
from bot.store.opening import open_store

OLD = Path(__file__).with_name("before_the_books.sql")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    db = sqlite3.connect(tmp_path / "s.db")
    db.executescript(OLD.read_text(encoding="utf-8"))
    db.close()
    return tmp_path / "s.db"


def test_what_was_said_is_carried_over(old: Path) -> None:
    store = open_store(f"sqlite:///{old}")
    with store.reading() as tx:
        turns = list(tx.turns(EVER, NEVER))
        assert sorted(t.id for t in turns) == [1, 2, 3, 4, 5, 6, 7]
        first = next(t for t in turns if t.id == 1)
        assert (first.question, first.message_class, first.records) == ("khai sinh cần gì", "cau_hoi", ("khai_sinh",))
        assert (first.score, first.generation, first.reply, first.door) == (0.9, "g1", "Hồ sơ …", "terminal")
        assert tx.session("c1") == '{"version": 1}'
        (gap,) = tx.gaps(EVER, NEVER)
        assert (gap.turn, gap.question, gap.conversation, gap.state) == (2, "xin phép nuôi cá sấu", "c1", "open")
        assert gap.at == dt.datetime(2026, 11, 21, 9, 5, 30, 123456, tzinfo=dt.UTC)
        verdicts = [(v.good, v.reason, v.words, v.question, v.turn) for v in tx.verdicts(EVER, NEVER)]
        assert verdicts == [(False, "sai", "phí khác rồi", "khai sinh cần gì", 3), (True, "", "", "", 7)]
    store.close()


def test_what_was_filed_becomes_an_event_papers_and_a_party(old: Path) -> None:
    store = open_store(f"sqlite:///{old}")
    one, two, earlier = code_of(2026, 1), code_of(2026, 2), code_of(2025, 1)
    with store.reading() as tx:
        assert [p.code for p in tx.find(QueueFilter(sort="code")).petitions] == [earlier, one, two]
        petition = tx.petition(two)
        assert petition and (petition.state, petition.kind) == (State.NEW, Kind.CONDUCT)
        assert (petition.channel, petition.naming) == (Channel.WEB, Naming.SEALED)
        assert petition.filed_at == dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
        assert [e.kind for e in tx.events(one)] == [Happening.FILED]
        assert [(p.role, p.text) for p in tx.papers(one)] == [
            ("story", "lắp đèn ở dốc"),
            ("where", "xã A"),
            ("when", "tuần trước"),
        ]
        assert tx.party(one) == Party(one, "c2", "0900")
        assert tx.codes_of("c3") == [two] and tx.codes_of("c1") == [earlier]
        assert [p.code for p in tx.find(QueueFilter(words="lap den doc")).petitions] == [one]
    store.close()


def test_the_years_go_on_counting_and_the_old_tables_are_gone(old: Path) -> None:
    store = open_store(f"sqlite:///{old}")
    store.close()
    store = open_store(f"sqlite:///{old}")
    with store.writing() as tx:
        assert filed(tx).code == code_of(2026, 3)
        assert tx.next_number(2025) == 2
        assert tx.rebuild() == 0
        tx.add_feedback(Feedback(1, 0, True, "", "", EVER))
    store.close()
    tables = {row[0] for row in sqlite3.connect(old).execute("select name from sqlite_master")}
    assert not {t for t in tables if t.startswith("old_")}
    assert sqlite3.connect(old).execute("pragma foreign_key_check").fetchall() == []


def test_a_database_of_the_very_first_version_is_carried_over_too(old: Path) -> None:
    db = sqlite3.connect(old)
    db.executescript("drop table petitions; delete from migrations where number = 2")
    db.close()
    store = open_store(f"sqlite:///{old}")
    with store.reading() as tx:
        assert len(list(tx.turns(EVER, NEVER))) == 7 and tx.find(QueueFilter()).total == 0
    store.close()


def test_a_carrying_that_fails_leaves_the_old_database_as_it_was(old: Path) -> None:
    db = sqlite3.connect(old)
    db.execute("update petitions set at = 'hôm qua' where number = 2")
    db.commit()
    with pytest.raises((ValueError, StoreUnavailable)):
        open_store(f"sqlite:///{old}")
    assert db.execute("select count(*) from petitions where contact = '0900'").fetchone() == (1,)
    db.execute("update petitions set at = '2026-11-21T09:00:00+00:00' where number = 2")
    db.commit()
    db.close()
    store = open_store(f"sqlite:///{old}")
    with store.reading() as tx:
        assert tx.find(QueueFilter()).total == 3
    store.close()
