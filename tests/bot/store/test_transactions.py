"""Transactions on both stores: all or nothing, many at once, killed, locked out, gone and back again."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import EVER, HOUR, NEVER, NOW, TURN, filed

from bot.desk.transaction import Conflict, Store
from bot.ledger import Invitation, Notice, Party, QueueFilter, Role, StoreUnavailable, Update
from bot.petitions.codes import code_of
from bot.petitions.petition import Event, Happening, Petition, Refusal, State, happened, legal_moves, moved, project
from bot.store.on_postgres import PostgresStore
from bot.store.on_sqlite import SqliteStore
from bot.store.opening import open_store
from tests.conftest import Tally
from tests.postgres import Cluster

HERE = Path(__file__).parent


def together(*works: Callable[[], None]) -> None:
    """All at once; the first error of any is raised."""
    errors: list[BaseException] = []

    def tried(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as bad:
            errors.append(bad)

    threads = [threading.Thread(target=tried, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def impatient(url: str) -> Store:
    """Gives up after a second."""
    if url.startswith("sqlite"):
        return SqliteStore(Path(url.removeprefix("sqlite:///")), patience=1)
    return PostgresStore(url, patience=1)


# --- all or nothing --------------------------------------------------------------------------------------------------


def test_an_exception_inside_undoes_all_of_it(store: Store) -> None:
    with pytest.raises(KeyError), store.writing() as tx:
        filed(tx)
        tx.add_turn(TURN)
        raise KeyError
    with store.reading() as tx:
        assert tx.find(QueueFilter()).total == 0 and not list(tx.turns(EVER, NEVER)) and not list(tx.log(EVER, NEVER))


def test_papers_without_their_petition_are_refused_at_the_end(store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), store.writing() as tx:
        filed(tx)
        tx.put_party(Party("PA-2026-000009-X", "web:1"))
    with store.reading() as tx:
        assert tx.find(QueueFilter()).total == 0


def test_a_reader_sees_one_state_and_writes_nothing(store: Store) -> None:
    with store.writing() as tx:
        tx.put_value("x", "before")
    with store.reading() as tx:
        assert tx.value("x") == "before"
        with store.writing() as other:
            other.put_value("x", "after")
        assert tx.value("x") == "before"
    with pytest.raises(StoreUnavailable), store.reading() as tx:
        tx.put_value("x", "written by a reader")
    with store.reading() as tx, store.reading() as inner:
        assert tx.value("x") == inner.value("x") == "after"


def test_a_log_that_was_not_read_to_its_end_hides_nothing_later(store: Store) -> None:
    with store.writing() as tx:
        filed(tx)
        filed(tx)
    with store.reading() as tx:
        next(tx.log(EVER, NEVER))
    with store.writing() as tx:
        filed(tx)
    with store.reading() as tx:
        assert len(list(tx.log(EVER, NEVER))) == 3


def test_a_writing_inside_a_writing_is_refused_before_it_waits_for_itself(store: Store) -> None:
    with pytest.raises(RuntimeError, match="inside"), store.writing(), store.writing():
        pass
    with store.writing() as tx:
        tx.put_value("x", "still works")


def test_what_was_written_is_there_after_opening_again(url: str) -> None:
    store = open_store(url)
    with store.writing() as tx:
        petition = filed(tx)
    store.close()
    again = open_store(url)
    with again.reading() as tx:
        assert tx.petition(petition.code) == petition
    again.close()


# --- many at once ----------------------------------------------------------------------------------------------------


def test_many_writers_file_and_no_number_is_lost_or_given_twice(store: Store, url: str) -> None:
    other = open_store(url)

    def file(at: Store) -> None:
        for n in range(15):
            with contextlib.suppress(KeyError), at.writing() as tx:
                filed(tx)
                if n % 5 == 4:
                    raise KeyError  # its number is given back

    together(*[lambda at=at: file(at) for at in (store, other) * 3])  # type: ignore[misc]
    with store.reading() as tx:
        codes = [p.code for p in tx.find(QueueFilter(sort="code", limit=999)).petitions]
    assert codes == [code_of(2026, n) for n in range(1, 73)]
    other.close()


CLERK = """
import sys
sys.path.insert(0, sys.argv[2])
from store_samples import filed
from bot.store.opening import open_store
store = open_store(sys.argv[1])
for n in range(25):
    with store.writing() as tx:
        print(filed(tx).code)
"""


def test_processes_that_file_at_once_share_one_count(url: str) -> None:
    open_store(url).close()
    command = [sys.executable, "-c", CLERK, url, str(HERE)]
    clerks = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    codes = [code for clerk in clerks for code in clerk.communicate()[0].split()]
    assert sorted(codes) == [code_of(2026, n) for n in range(1, 76)]


def test_of_two_officers_at_once_one_is_told_of_the_other(store: Store) -> None:
    with store.writing() as tx:
        petition = filed(tx)
    both_have_read = threading.Barrier(2)
    outcomes: list[str] = []

    def move(officer: str, to: State) -> None:
        with store.reading() as tx:
            mine = tx.petition(petition.code)
        assert mine
        both_have_read.wait()
        try:
            with store.writing() as tx:
                tx.add_event(moved(mine, to, officer, NOW, {"reason": "khieu_nai", "body": "y"}))
                tx.add_notice(Notice("web", "1", "petition", "", f"{petition.code}:{officer}", NOW, "won"))
            outcomes.append("done")
        except Conflict:
            outcomes.append("conflict")

    together(lambda: move("o1", State.ACCEPTED), lambda: move("o2", State.REFUSED))
    assert sorted(outcomes) == ["conflict", "done"]
    with store.reading() as tx:
        events = tx.events(petition.code)
        assert len(events) == 2 and tx.petition(petition.code) == project(events)
        assert len(tx.notices("won")) == 1


def test_processes_never_take_the_same_update(store: Store, url: str) -> None:
    with store.writing() as tx:
        tx.receive([Update("telegram", str(n), str(n % 40), "", NOW) for n in range(80)])
    other, taken = open_store(url), []

    def work(at: Store, owner: str) -> None:
        while True:
            with at.writing() as tx:
                mine = tx.claim_updates("telegram", owner, NOW, NOW + HOUR, 3)
                for update in mine:
                    tx.settle(update.id, NOW)
            taken.extend(update.number for update in mine)
            if not mine:
                return

    together(lambda: work(store, "p1"), lambda: work(other, "p2"), lambda: work(store, "p3"))
    assert len(taken) == len(set(taken))
    work(store, "p1")  # a chat that another held at the last look
    assert sorted(taken, key=int) == [str(n) for n in range(80)]
    other.close()


def test_an_invitation_is_taken_by_one_of_many(store: Store, url: str) -> None:
    with store.writing() as tx:
        tx.add_invitation(Invitation("d", Role.ADMIN, "", "", NOW, NOW + HOUR))
    taken = []

    def take() -> None:
        with store.writing() as tx:
            taken.append(tx.take_invitation("d", NOW))

    together(*[take] * 6)
    assert sum(t is not None for t in taken) == 1


OPENER = """
import sys
from bot.store.opening import open_store
open_store(sys.argv[1]).close()
"""


def test_processes_that_start_at_once_make_the_tables_once(url: str) -> None:
    command = [sys.executable, "-c", OPENER, url]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [process.communicate()[1] for process in started] == [""] * 4
    store = open_store(url)
    with store.writing() as tx:
        filed(tx)
    store.close()


# --- locks -----------------------------------------------------------------------------------------------------------


def test_a_lock_is_held_by_one_and_freed_after(store: Store, url: str) -> None:
    other = open_store(url)
    with store.locked("jobs") as mine, other.locked("jobs") as theirs, store.locked("jobs") as again:
        assert (mine, theirs, again) == (True, False, False)
        with other.locked("notices") as free:
            assert free
    with other.locked("jobs") as theirs:
        assert theirs
    other.close()


HOLDER = """
import sys, time
from bot.store.opening import open_store
with open_store(sys.argv[1]).locked("jobs") as held:
    print(held, flush=True)
    time.sleep(600)
"""


def test_a_killed_process_holds_no_lock(store: Store, url: str) -> None:
    process = subprocess.Popen([sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "True\n"
    with store.locked("jobs") as mine:
        assert not mine
    process.kill()
    process.communicate()
    for _ in range(200):  # a server takes a moment to see that its client is gone
        with store.locked("jobs") as mine:
            if mine:
                return
        time.sleep(0.05)
    pytest.fail("the lock of a killed process is still held")


# --- killed ----------------------------------------------------------------------------------------------------------

FILER = """
import sys
sys.path.insert(0, sys.argv[2])
from store_samples import filed, TURN, NOW
from bot.petitions.petition import Happening, State, happened, moved
from bot.store.opening import open_store
store = open_store(sys.argv[1])
while True:
    with store.writing() as tx:
        tx.add_turn(TURN)
        petition = filed(tx)
    print(petition.code, flush=True)
    with store.writing() as tx:
        petition = tx.add_event(moved(petition, State.ACCEPTED, "o1", NOW))
        petition = tx.add_event(happened(petition, Happening.NOTED, "o1", NOW))
"""


@pytest.mark.slow
def test_what_was_confirmed_survives_a_kill_and_nothing_is_there_by_half(url: str, tally: Tally) -> None:
    dice, shown = random.Random(7), 0
    for _ in range(200 if os.environ.get("LONG") else 8):
        command = [sys.executable, "-c", FILER, url, str(HERE)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        first = process.stdout.readline()
        time.sleep(dice.random() * 0.1)
        process.send_signal(signal.SIGKILL)
        confirmed = (first + process.communicate()[0]).split()
        shown += len(confirmed)
        store = open_store(url)
        with store.reading() as tx:
            assert all(tx.petition(code) for code in confirmed)
            petitions = tx.find(QueueFilter(sort="code", limit=10**6)).petitions
            assert len(list(tx.turns(EVER, NEVER))) == len(petitions) >= shown
        assert [p.code for p in petitions] == [code_of(2026, n) for n in range(1, len(petitions) + 1)]
        with store.reading() as tx:
            for petition in petitions[-len(confirmed) - 2 :]:
                assert project(tx.events(petition.code)) == petition and petition.number in (1, 3)
                assert tx.party(petition.code) and len(tx.papers(petition.code)) == 1
                assert len(tx.notices(petition.code)) == 1
        store.close()
    store = open_store(url)
    with store.writing() as tx:
        assert tx.rebuild() == 0
    store.close()
    engine = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
    rounds = 200 if os.environ.get("LONG") else 8
    tally(f"Giết nơi đang ghi phản ánh ({engine})", rounds, f"{shown} mã đã hiện đều còn", 7)


# --- out of reach ----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def held_by_another(url: str) -> Iterator[None]:
    """Another process is in the midst of filing."""
    other = open_store(url)
    with other.writing() as tx:
        tx.next_number(2026)
        yield
    other.close()


def test_a_locked_store_is_told_and_nothing_is_half_written(store: Store, url: str) -> None:
    quick = impatient(url)
    with held_by_another(url), pytest.raises(StoreUnavailable), quick.writing() as tx:
        tx.put_value("x", "written")
        tx.next_number(2026)
    with store.reading() as tx:
        assert tx.value("x") == ""
    with quick.writing() as tx:
        tx.put_value("x", "now")
    quick.close()


def test_threads_that_wait_too_long_are_told(url: str) -> None:
    quick = impatient(url)

    def second() -> None:
        with pytest.raises(StoreUnavailable), quick.writing() as tx:
            tx.next_number(2026)

    with quick.writing() as tx:
        tx.next_number(2026)
        together(second)
    quick.close()


FILLER = """
import resource, sys
sys.path.insert(0, sys.argv[2])
from store_samples import filed
from bot.ledger import StoreUnavailable
from bot.store.opening import open_store
store = open_store(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    while True:
        with store.writing() as tx:
            code = filed(tx, "chữ " * 2000).code
        print(code, flush=True)
except StoreUnavailable as told:
    print("told", told)
"""


def test_a_full_disk_is_told_and_what_was_confirmed_stays(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 's.db'}"
    command = [sys.executable, "-c", FILLER, url, str(HERE), str(2_000_000)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    *codes, told = done.stdout.splitlines()
    assert told.startswith("told") and len(codes) > 10
    store = open_store(url)
    with store.writing() as tx:
        assert [p.code for p in tx.find(QueueFilter(sort="code", limit=10**6)).petitions] == codes
        assert filed(tx).code == code_of(2026, len(codes) + 1)
    store.close()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "s.db").write_text("không phải cơ sở dữ liệu " * 200)
    with pytest.raises(StoreUnavailable, match="not a database"):
        open_store(f"sqlite:///{tmp_path / 's.db'}")
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable):
        open_store(f"sqlite:///{tmp_path / 'file' / 's.db'}")


def test_a_mistake_in_our_own_sql_is_not_called_unavailable(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "s.db")
    with pytest.raises(sqlite3.OperationalError), store.reading() as tx:
        tx.connection.rows("select nothing from nowhere")  # type: ignore[attr-defined]
    store.close()


def test_a_database_of_a_newer_version_is_left_alone(url: str) -> None:
    store = open_store(url)
    with store.writing() as tx:
        tx.connection.run("insert into migrations values (99, 'x', 'x')")  # type: ignore[attr-defined]
    store.close()
    with pytest.raises(StoreUnavailable, match="newer"):
        open_store(url)


def test_a_statement_that_failed_and_was_passed_over_is_not_committed(postgres: Cluster) -> None:
    store = open_store(postgres.database())
    with pytest.raises(RuntimeError, match="passed over"), store.writing() as tx:
        tx.put_value("x", "written")
        with contextlib.suppress(Exception):
            tx.connection.run("select 1/0")  # type: ignore[attr-defined]
    with store.reading() as tx:
        assert tx.value("x") == ""
    store.close()


def test_a_url_of_no_store_is_refused() -> None:
    with pytest.raises(ValueError, match="mysql"):
        open_store("mysql://user:secret@host/db")
    with pytest.raises(ValueError, match="PostgreSQL") as told:
        open_store("postgresql://user:secret@host/db?no=such")
    assert "secret" not in str(told.value)


def test_a_server_that_was_away_is_told_and_found_again(postgres: Cluster) -> None:
    url = postgres.database()
    store = PostgresStore(url, patience=3)
    with store.writing() as tx:
        petition = filed(tx)
    with pytest.raises(StoreUnavailable), store.writing() as tx:
        filed(tx)
        postgres.stop()
        filed(tx)
    try:
        with pytest.raises(StoreUnavailable), store.reading() as tx:
            tx.value("x")
        with pytest.raises(StoreUnavailable), store.locked("jobs"):
            pass
        with pytest.raises(StoreUnavailable):
            PostgresStore(url, patience=1)
    finally:
        postgres.start()
    with store.writing() as tx:
        assert tx.petition(petition.code) == petition
        assert filed(tx).code == code_of(2026, 2)
    with store.locked("jobs") as mine:
        assert mine
    store.close()


# --- the log is the truth --------------------------------------------------------------------------------------------


def something(petition: Petition, dice: random.Random) -> Event:
    """A legal next event."""
    at = petition.filed_at + dice.randint(1, 500) * HOUR
    moves = legal_moves(petition, at)
    if moves and dice.random() < 0.6:
        needs = {"paper": "1", "reason": dice.choice(list(Refusal)).value, "body": "so", "into": "PA-2025-000001-A"}
        more = {"answer_by": (at + HOUR).isoformat()} if dice.random() < 0.5 else {}
        return moved(petition, dice.choice(moves), "o1", at, needs | more)
    kind = dice.choice([h for h in Happening if h not in (Happening.FILED, Happening.MOVED)])
    details = {"officer": "o2", "unit": "b", "kind": "khong_ro", "urgency": "khan", "about": "o1,o3", "place": "xã Ơ"}
    details |= {"rating": str(dice.randint(1, 5)), "published": dice.choice("01"), "accept_by": at.isoformat()}
    return happened(petition, kind, "citizen", at, dict(dice.sample(sorted(details.items()), 4)) | {"rating": "3"})


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dice=st.randoms(use_true_random=False), length=st.integers(0, 14))
def test_the_row_is_always_what_the_events_add_up_to(store: Store, dice: random.Random, length: int) -> None:
    with store.writing() as tx:
        petition = filed(tx, accept_by=(NOW + HOUR).isoformat())
        for _ in range(length):
            petition = tx.add_event(something(petition, dice))
        code = petition.code
    with store.reading() as tx:
        assert tx.petition(code) == project(tx.events(code)) == petition
    with store.writing() as tx:
        assert tx.rebuild() == 0


def test_a_damaged_projection_is_made_anew_from_the_log(store: Store) -> None:
    with store.writing() as tx:
        petitions = [filed(tx, f"Đèn {n}") for n in range(6)]
        petitions[0] = tx.add_event(moved(petitions[0], State.ACCEPTED, "o1", NOW))
        before = tx.find(QueueFilter(words="đèn", sort="code"))
        db = tx.connection  # type: ignore[attr-defined]
        values = {"a": petitions[0].code, "b": petitions[1].code, "c": petitions[2].code}
        db.run("update petitions set state = 'dong' where code = :a", values)
        db.run("update petitions set due = '1999' where code = :b", values)
        db.run("update petition_words set words = 'x' where id = (select id from petitions where code = :c)", values)
    with store.writing() as tx:
        assert tx.rebuild() == 3
        assert tx.rebuild() == 0
        assert tx.find(QueueFilter(words="đèn", sort="code")) == before
        assert [p.code for p in tx.find(QueueFilter(words="den 2")).petitions] == [petitions[2].code]
