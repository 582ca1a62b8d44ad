"""Databases that are held, read-only, restarted, or cut off from power: what was shown is there, whole."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bot.ledger import StoreUnavailable
from bot.store.on_sqlite import SqliteStore
from bot.store.opening import open_store
from tests.conftest import Tally
from tests.faults.checks import FILER, assert_whole, file_one
from tests.faults.conftest import LONG, started
from tests.postgres import Cluster, binaries

# whoever lost the database tries again, as the doors do
INSISTING = """
import sys, time
from checks import accept_one, file_one
from bot.ledger import StoreUnavailable
from bot.store.opening import open_store
store = open_store(sys.argv[1])
while True:
    try:
        with store.writing() as tx:
            petition = file_one(tx)
        print(petition.code, flush=True)
        with store.writing() as tx:
            accept_one(tx, petition)
    except StoreUnavailable:
        time.sleep(0.05)
"""


class Writer:
    """A process that files petitions without end; `shown`: the codes that it has told."""

    def __init__(self, code: str, url: str, cwd: Path) -> None:
        self.process = started(code, url, cwd=cwd)
        self.shown: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.shown.extend(line.strip() for line in self.process.stdout)

    def __enter__(self) -> Writer:
        self.more(1)
        return self

    def more(self, count: int, seconds: float = 60) -> None:
        """Waits until so many more were shown."""
        wanted, end = len(self.shown) + count, time.monotonic() + seconds
        while len(self.shown) < wanted:
            assert self.process.poll() is None and time.monotonic() < end, "the writer does not get on"
            time.sleep(0.01)

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self._reader.join()
        self.process.communicate()


# --- held by another, read-only --------------------------------------------------------------------------------------


def test_a_file_that_another_process_holds_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "s.db"
    store = SqliteStore(file, patience=0.3)
    with store.writing() as tx:
        code = file_one(tx).code
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(StoreUnavailable), store.writing() as tx:
            file_one(tx)
        with store.reading() as tx:
            assert tx.petition(code) is not None, "reading goes on"
        other.execute("rollback")
    with store.writing() as tx:
        file_one(tx)
    assert assert_whole(store, [code]) == 2
    store.close()


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nobody may write in this folder: for root, who may always, it is mounted so."""
    if os.geteuid():
        folder.chmod(0o500)
        for file in folder.iterdir():
            file.chmod(0o400)
        yield
        folder.chmod(0o700)
        for file in folder.iterdir():
            file.chmod(0o600)
        return
    bound = ["mount", "--bind", str(folder), str(folder)]
    if subprocess.run(bound, capture_output=True, check=False).returncode:
        pytest.skip("neither an ordinary user nor a root that may mount: a read-only disk cannot be had")
    subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_became_read_only_is_told_and_serves_readers(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    url = f"sqlite:///{folder / 's.db'}"
    with contextlib.closing(open_store(url)) as store, store.writing() as tx:
        code = file_one(tx).code
    with read_only(folder), pytest.raises(StoreUnavailable):
        open_store(url)
    with contextlib.closing(open_store(url)) as store:
        assert assert_whole(store, [code]) == 1


def test_a_server_that_became_read_only_is_told_and_serves_readers(postgres: Cluster) -> None:
    url = postgres.database()
    with contextlib.closing(open_store(url)) as store, store.writing() as tx:
        code = file_one(tx).code
    name = url.partition("@/")[2].partition("?")[0]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"alter database {name} set default_transaction_read_only = on".encode())
    with pytest.raises(StoreUnavailable), contextlib.closing(open_store(url)) as store, store.writing() as tx:
        file_one(tx)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("set default_transaction_read_only = off")
        server.execute(f"alter database {name} set default_transaction_read_only = off".encode())
    with contextlib.closing(open_store(url)) as store:
        assert assert_whole(store, [code]) == 1


# --- restarted under load --------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_server_restarted_under_load_loses_nothing_that_was_shown(tmp_path: Path, tally: Tally) -> None:
    programs = binaries()
    if programs is None:
        if os.environ.get("REQUIRE_ALL"):
            pytest.fail("PostgreSQL is absent")
        pytest.skip("PostgreSQL is absent: a server cannot be restarted here")
    folder, dice = Path(tempfile.mkdtemp(prefix="pg-faults-")), random.Random(7)
    cluster = Cluster(programs, folder)
    try:
        url = cluster.database()
        with Writer(INSISTING, url, tmp_path) as one, Writer(INSISTING, url, tmp_path) as two:
            for _ in range(50 if LONG else 3):
                time.sleep(dice.random() * 0.3)
                cluster.stop()
                time.sleep(dice.random() * 0.2)
                cluster.start()
                one.more(3)
                two.more(3)
        with contextlib.closing(open_store(url)) as store:
            assert assert_whole(store, {*one.shown, *two.shown}) >= len(one.shown) + len(two.shown)
        assert not set(one.shown) & set(two.shown)
        filed = len(one.shown) + len(two.shown)
        tally("Tắt PostgreSQL đột ngột trong lúc ghi", 50 if LONG else 3, f"{filed} mã đã hiện, mã nào cũng còn", 7)
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


# --- cut off from power ----------------------------------------------------------------------------------------------


class Cut:
    """The files of a SQLite database as a power cut may leave them: the log ends anywhere behind what was moved into
    the database already, or ends in nonsense."""

    def __init__(self, file: Path) -> None:
        self.database = file.read_bytes()
        self.log = file.with_name(file.name + "-wal").read_bytes()
        shared = file.with_name(file.name + "-shm").read_bytes()
        # the pages that were moved, or were being moved: these frames of the log had been on disk before
        moved = max(struct.unpack_from("=I", shared, 96)[0], struct.unpack_from("=I", shared, 128)[0])
        page = struct.unpack_from(">I", self.log, 8)[0] if self.log else 0
        self.safe = min(len(self.log), 32 + moved * (24 + page)) if self.log else 0

    def laid(self, folder: Path, keep: int, nonsense: bytes = b"") -> Path:
        folder.mkdir()
        (folder / "s.db").write_bytes(self.database)
        (folder / "s.db-wal").write_bytes(self.log[:keep] + nonsense)
        return folder / "s.db"


def test_a_power_cut_at_any_moment_leaves_a_whole_store(tmp_path: Path, tally: Tally) -> None:
    file, dice = tmp_path / "s.db", random.Random(7)
    with Writer(FILER, f"sqlite:///{file}", tmp_path) as writer:
        for n in range(200 if LONG else 12):
            time.sleep(dice.random() * 0.08)
            shown = list(writer.shown)
            writer.process.send_signal(signal.SIGSTOP)
            os.waitpid(writer.process.pid, os.WUNTRACED)
            cut = Cut(file)
            keep = dice.randint(cut.safe, len(cut.log))
            for way, copy in (
                ("all", cut.laid(tmp_path / f"all{n}", len(cut.log))),
                ("short", cut.laid(tmp_path / f"short{n}", keep)),
                ("torn", cut.laid(tmp_path / f"torn{n}", keep, dice.randbytes(9000))),
            ):
                with contextlib.closing(open_store(f"sqlite:///{copy}")) as store:
                    assert_whole(store, shown if way == "all" else ())
                with contextlib.closing(sqlite3.connect(copy)) as db:
                    assert db.execute("pragma integrity_check").fetchone() == ("ok",)
                shutil.rmtree(copy.parent)
            writer.process.send_signal(signal.SIGCONT)  # it stood still: what is looked at would only grow
        tally(
            "Mất điện giữa hai lần ghi đĩa (SQLite)", 3 * (n + 1), f"{len(shown)} mã đã hiện đều còn; tệp nguyên vẹn", 7
        )
