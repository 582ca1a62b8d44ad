from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.protocol import Feedback, Petition, Store, StoreUnavailable, Turn
from bot.petitions.codes import code_of, complete
from bot.store.sqlite import SqliteStore

NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
EVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
TURN = Turn(
    conversation="c1",
    at=NOW,
    door="terminal",
    question="khai sinh cần gì",
    message_class="cau_hoi",
    behavior="answer",
    records=("khai_sinh",),
    score=0.9,
    generation="g1",
    reply="Hồ sơ …",
    session='{"version": 1}',
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = SqliteStore(tmp_path / "s.db")
    yield opened
    opened.close()


def test_a_session_is_found_as_it_was_last_kept(store: Store) -> None:
    assert store.session("c1") == ""
    store.keep(TURN)
    store.keep(replace(TURN, session='{"version": 1, "place": "Cao Bằng"}'))
    assert store.session("c1") == '{"version": 1, "place": "Cao Bằng"}'
    assert store.session("c2") == ""


def test_an_unanswered_question_is_kept_for_officers(store: Store) -> None:
    store.keep(TURN)
    store.keep(replace(TURN, behavior="unknown", records=(), unknown="xin phép nuôi cá sấu"))
    (gap,) = store.gaps(EVER)
    assert (gap.question, gap.at, gap.door) == ("xin phép nuôi cá sấu", NOW, "terminal")
    assert store.gaps(NOW + dt.timedelta(seconds=1)) == []


def test_feedback_is_about_the_last_answer_of_that_conversation(store: Store) -> None:
    store.keep(TURN)
    store.keep(replace(TURN, conversation="c2", question="câu khác", records=("khai_tu",)))
    store.keep(replace(TURN, behavior="chitchat", records=(), feedback=Feedback(False, "sai", "phí khác rồi")))
    (verdict,) = store.verdicts(EVER)
    assert (verdict.good, verdict.reason, verdict.words) == (False, "sai", "phí khác rồi")
    assert (verdict.question, verdict.records, verdict.generation) == ("khai sinh cần gì", ("khai_sinh",), "g1")


def test_forgetting_erases_the_words_and_keeps_the_counts(store: Store, tmp_path: Path) -> None:
    store.keep(replace(TURN, unknown="câu riêng tư", question="câu riêng tư"))
    store.keep(replace(TURN, feedback=Feedback(True, words="lời riêng tư")))
    assert store.forget("c1") == 2
    assert store.session("c1") == ""
    assert store.gaps(EVER)[0].question == ""
    store.close()
    kept = sqlite3.connect(tmp_path / "s.db")
    assert kept.execute("select count(*) from turns where behavior = 'answer'").fetchone() == (2,)
    assert "riêng tư" not in "".join(map(str, kept.execute("select * from turns").fetchall()))


def test_what_was_kept_is_there_after_opening_again(store: Store, tmp_path: Path) -> None:
    store.keep(TURN)
    store.close()
    again = SqliteStore(tmp_path / "s.db")
    assert again.session("c1") == TURN.session
    again.close()


def test_many_threads_write_and_nothing_is_lost(store: Store) -> None:
    def work(name: str) -> None:
        for _ in range(20):
            store.keep(replace(TURN, conversation=name, unknown=name))

    threads = [threading.Thread(target=work, args=(f"c{i}",)) for i in range(6)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(store.gaps(EVER)) == 120


def test_a_locked_file_is_told_and_nothing_is_half_written(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep(TURN)
    other = sqlite3.connect(tmp_path / "s.db", isolation_level=None)
    other.execute("begin immediate")
    quick = SqliteStore.__new__(SqliteStore)
    monkeypatch.setattr("bot.store.sqlite.BUSY_MILLISECONDS", 50)
    quick.__dict__.update({**store.__dict__, "_local": threading.local()})
    with pytest.raises(StoreUnavailable, match="locked"):
        quick.keep(replace(TURN, unknown="x"))
    other.execute("rollback")
    assert store.gaps(EVER) == []


WRITER = """
import sys, datetime as dt
from dataclasses import replace
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_store import TURN
from bot.store.sqlite import SqliteStore
store = SqliteStore(Path(sys.argv[1]))
while True:
    print(store.keep(replace(TURN, unknown="hỏi")).turn, flush=True)
"""


def test_every_turn_that_was_confirmed_survives_a_kill(tmp_path: Path) -> None:
    for round_number in range(200 if os.environ.get("LONG") else 10):
        command = [sys.executable, "-c", WRITER, str(tmp_path / "s.db"), str(Path(__file__).parent)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        process.stdout.readline()
        time.sleep(0.02 * (round_number % 5))
        process.send_signal(signal.SIGKILL)
        confirmed = [int(x) for x in process.communicate()[0].split()]
        store = SqliteStore(tmp_path / "s.db")
        kept = len(store.gaps(EVER))
        store.close()
        assert kept >= (confirmed[-1] if confirmed else 1)


PETITION = Petition("kien_nghi", "lắp đèn ở dốc", "xã A", contact="0900")


def test_a_petition_gets_a_code_and_only_its_conversation_can_ask_about_it(store: Store) -> None:
    one = store.keep(replace(TURN, petition=PETITION)).code
    two = store.keep(replace(TURN, conversation="c2", petition=PETITION)).code
    assert one == code_of(2026, 1) and two == code_of(2026, 2)
    assert store.filed_at(one, "c1") == NOW
    assert store.filed_at(one, "c2") is None
    assert store.filed_at("PA-2026-000009-X", "c1") is None


def test_a_code_with_a_wrong_letter_is_no_code() -> None:
    whole = code_of(2026, 123)
    assert complete(whole) == complete(whole[:-2]) == complete(whole.lower()) == whole
    wrong = "A" if whole[-1] != "A" else "B"
    assert complete(whole[:-1] + wrong) == complete("PA-26-1") == complete("") == ""


@given(st.integers(2000, 2100), st.integers(1, 999_999), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(year: int, number: int, at: int, more: int) -> None:
    whole = code_of(year, number)
    places = [i for i, c in enumerate(whole) if c.isdigit()]
    i = places[at]
    other = str((int(whole[i]) + more) % 10)
    assert complete(whole[:i] + other + whole[i + 1 :]) == ""
