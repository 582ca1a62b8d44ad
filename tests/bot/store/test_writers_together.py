"""Writers that go on disk in one piece: each is all there or not at all, whatever the others do."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from store_samples import filed

from bot.desk.transaction import Store, Transaction
from bot.ledger import Party, StoreUnavailable
from bot.store import writers
from bot.store.on_sqlite import SqliteStore

THREADS = 12


def side_by_side(works: list[Callable[[], None]]) -> list[BaseException | None]:
    """What each of them ended with, all begun at once."""
    ends: list[BaseException | None] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def tried(number: int) -> None:
        gate.wait()
        try:
            works[number]()
        except BaseException as bad:
            ends[number] = bad

    threads = [threading.Thread(target=tried, args=[number]) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def values(store: Store, names: list[str]) -> list[str]:
    with store.reading() as tx:
        return [tx.value(name) for name in names]


def test_all_that_ended_well_is_there_and_nothing_of_those_that_failed(store: Store) -> None:
    def write(number: int, times: int = 15) -> None:
        for turn in range(times):
            try:
                with store.writing(together=True) as tx:
                    tx.put_value(f"{number}:{turn}", "whole")
                    if (number + turn) % 3 == 0:
                        raise KeyError(number)
            except KeyError:
                pass

    assert side_by_side([lambda n=n: write(n) for n in range(THREADS)]) == [None] * THREADS  # type: ignore[misc]
    names = [(n, t) for n in range(THREADS) for t in range(15)]
    found = values(store, [f"{n}:{t}" for n, t in names])
    assert found == ["" if (n + t) % 3 == 0 else "whole" for n, t in names]


def test_several_go_on_disk_in_one_transaction(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "s.db")
    commits = count_commits(store)
    held, go_on = threading.Event(), threading.Event()

    def first() -> None:
        with store.writing(together=True) as tx:
            held.set()
            go_on.wait(10)
            tx.put_value("first", "1")

    def next_one(name: str) -> None:
        held.wait(10)
        threading.Timer(0.2, go_on.set).start()
        with store.writing(together=True) as tx:
            tx.put_value(name, "1")

    # nobody may be too late to join, however slow this machine is
    before, writers.LONGEST = writers.LONGEST, 60.0
    try:
        assert side_by_side([first, *(lambda n=n: next_one(f"n{n}") for n in range(5))]) == [None] * 6  # type: ignore[misc]
    finally:
        writers.LONGEST = before
    assert values(store, ["first", *(f"n{n}" for n in range(5))]) == ["1"] * 6
    assert len(commits) < 6
    store.close()


def count_commits(store: SqliteStore) -> list[str]:
    found: list[str] = []
    with store.writing() as tx:
        plain = tx.connection.plain  # type: ignore[attr-defined]
    plain.set_trace_callback(lambda sql: found.append(sql) if sql.lower() == "commit" else None)
    return found


def test_one_that_the_engine_refuses_at_the_end_does_not_take_others_with_it_for_ever(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "s.db")

    def unkeepable() -> None:
        with store.writing(together=True) as tx:
            filed(tx)
            tx.put_party(Party("PA-2026-000009-X", "web:1"))

    def write(name: str) -> None:
        for _ in range(100):  # as a door does: what could not be kept comes again
            try:
                with store.writing(together=True) as tx:
                    tx.put_value(name, "1")
                return
            except StoreUnavailable:
                continue

    works: list[Callable[[], None]] = [unkeepable, *(lambda n=n: write(f"n{n}") for n in range(8))]  # type: ignore[misc]
    bad, *others = side_by_side(works)
    assert isinstance(bad, sqlite3.IntegrityError | StoreUnavailable) and others == [None] * 8
    assert values(store, [f"n{n}" for n in range(8)]) == ["1"] * 8
    with store.reading() as tx:
        assert tx.party("PA-2026-000009-X") is None
    with pytest.raises(sqlite3.IntegrityError):  # alone, it is told what it did
        unkeepable()
    store.close()


def test_one_that_was_to_go_on_and_gave_up_leaves_nobody_waiting(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "s.db")
    pens = store._pens

    def write(tx: Transaction) -> None:
        tx.put_value("a", "1")

    with pens._count:
        pens._coming += 1  # somebody who waits for a turn, and never takes it
    with store.writing(together=True) as tx:
        write(tx)
    assert values(store, ["a"]) == ["1"]
    store.close()


def test_a_writer_by_itself_first_puts_on_disk_what_was_left_open(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "s.db")

    def write(number: int) -> None:
        for turn in range(20):
            with store.writing(together=number % 2 == 0) as tx:
                tx.put_value(f"{number}:{turn}", "1")

    assert side_by_side([lambda n=n: write(n) for n in range(8)]) == [None] * 8  # type: ignore[misc]
    assert set(values(store, [f"{n}:{t}" for n in range(8) for t in range(20)])) == {"1"}
    store.close()
