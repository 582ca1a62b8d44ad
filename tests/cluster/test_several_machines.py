"""Two machines, each with a web and a Telegram worker (webhook), its own copy of the index and its own jobs process,
over one PostgreSQL with a standby. Under load a worker of each kind is killed, the index is switched, the database is
failed over. Nothing is lost, nothing takes effect twice, and everybody follows.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from bot.petitions.petition import Happening
from bot.store.opening import open_store
from bot.telegram_chat.sending import AT_ONCE
from index.encoder import open_encoder
from index.snapshot import Shelf, build
from knowledge.reading import CONTENT
from tests.bot.telegram_chat import test_kills
from tests.cluster.machines import Balancer, Pair, following
from tests.conftest import Tally
from tests.faults.checks import EVER, NEVER
from tests.faults.citizens import Crowd, assert_books
from tests.faults.test_killed_processes import overdue
from tests.postgres import binaries
from tests.telegram.double import Double
from tests.telegram.process import ROOT, Bot, free_port

LONG = bool(os.environ.get("LONG"))
SEED = 19
KILLS, SWITCHES = (20, 5) if LONG else (1, 1)
OVERDUE = 100
LEAD = 1
"""The chat of the lead who is told of what is overdue."""
PAUSE = 2.0 if LONG else 3.0
TELL = "cống thoát nước số {} tắc"
CODE = re.compile(r"PA-\d{4}-\d{6}-[A-Z]")
pytestmark = pytest.mark.slow


class Town:
    """Everything that runs, and the load on it."""

    def __init__(self, double: Double, folder: Path, url: str, pair: Pair) -> None:
        self.double, self.folder, self.url, self.pair = double, folder, url, pair
        self.indexes = [folder / name / "index" for name in "ab"]
        self.ports = {kind: (free_port(), free_port()) for kind in ("web", "telegram")}
        self.workers: dict[str, list[Bot]] = {}
        self.jobs: list[Bot] = []
        self.kills: list[float] = []
        self.dice = random.Random(SEED)

    @contextlib.contextmanager
    def running(self) -> Iterator[tuple[Balancer, Balancer]]:
        with Balancer(self.ports["web"]) as web, Balancer(self.ports["telegram"]) as hooks:
            self.workers = {kind: [self._worker(kind, n, hooks) for n in (0, 1)] for kind in self.ports}
            self.jobs = [self._worker("jobs", n, hooks) for n in (0, 1)]
            for bot in (*self.all, *self.jobs):
                bot.start(wait=False)
            try:
                for bot in self.all:
                    bot.wait_ready(120)
                yield web, hooks
            finally:
                for bot in (*self.all, *self.jobs):
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        bot.stop()

    @property
    def all(self) -> list[Bot]:
        return [bot for bots in self.workers.values() for bot in bots]

    def _worker(self, kind: str, number: int, hooks: Balancer) -> Bot:
        port = str(self.ports[kind][number] if kind in self.ports else free_port())
        machine = "ab"[number]
        settings = {"DATABASE_URL": self.url, "WORKER": f"{machine}-{kind}", "TELEGRAM_PORT": port, "PORT": port}
        settings |= {"WEBHOOK_URL": f"{hooks.base}/hook", "WEBHOOK_SECRET": "s" * 24}
        settings |= {"AUTHORITY_NAME": "UBND xã Hòa Bình", "OMP_NUM_THREADS": "1"}
        return Bot(self.double, self.folder / machine / kind, self.indexes[number], kind, **settings)

    def kill_one(self, kind: str) -> None:
        bot = self.dice.choice(self.workers[kind])
        bot.kill()
        self.kills.append(time.time())
        time.sleep(self.dice.random())
        bot.start()

    def switch(self) -> None:
        """A machine builds; the other one fetches; all four workers serve it, without a restart."""
        shelf = Shelf(self.indexes[0])
        name = build(shelf, [CONTENT], open_encoder()).name
        shelf.switch(name)
        wait(lambda: all(generation(bot) == name for bot in self.all), 60, "not everybody followed")


def generation(bot: Bot) -> str:
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{bot.port}/health", timeout=5) as told:
        return str(json.loads(told.read())["generation"])
    return ""


def wait(true: Callable[[], object], seconds: float, why: str) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, why
        time.sleep(0.1)


class Messages:
    """People on Telegram, batch after batch: of nine, one files a petition."""

    def __init__(self, double: Double) -> None:
        self._double, self._stop, self.batches = double, threading.Event(), 0
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        chance = random.Random(SEED)
        while not self._stop.is_set():
            test_kills.say_all(self._double, self.batches, chance)
            self.batches += 1
            self._stop.wait(PAUSE)

    def __enter__(self) -> Messages:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as server:
        return server.execute(query.encode()).fetchall()


def settled(double: Double, url: str) -> None:
    undone = (
        "select (select count(*) from updates where settled_at is null) + (select count(*) from notices "
        "where state = 'waiting' and door = 'telegram' and due <= to_char(now() at time zone 'utc', 'YYYY-MM-DD'))"
    )
    kept = "select count(*) from updates where number ~ '^[0-9]+$'"
    wait(lambda: rows(url, kept)[0][0] == len(double.pushed) and rows(url, undone) == [(0,)], 240, "not all was done")


def compare(double: Double, town: Town, batches: int) -> int:
    """What Telegram has against what the store has; how often an answer came twice."""
    url = town.url
    kept = {int(str(n)) for (n,) in rows(url, "select number from updates where number ~ '^[0-9]+$'")}
    assert kept == double.pushed, "an update was lost"
    filed = Counter(c for (c,) in rows(url, "select conversation from parties where conversation like 'telegram:%'"))
    assert len(filed) == batches and set(filed.values()) == {1}, "a petition was lost or filed twice"
    known = {str(code) for (code,) in rows(url, "select code from petitions")}
    shown = {c for chat in double.chats.values() for m in chat.from_bot for c in CODE.findall(m.get("text") or "")}
    assert shown <= known, "a code was shown that does not exist"
    sent = {str(a) for (a,) in rows(url, "select answer from notices where state = 'sent' and door = 'telegram'")}
    assert rows(url, "select count(*) from notices where state = 'dead' and door = 'telegram'") == [(0,)]
    extra = [m for chat in double.chats.values() for m in chat.from_bot if str(m["message_id"]) not in sent]
    by_fault = Counter(next((k for k in town.kills if k > m["taken"]), 0.0) for m in extra)
    assert by_fault[0.0] == 0, "something was sent twice although nothing had failed"
    assert all(count <= 2 * AT_ONCE for count in by_fault.values())
    return len(extra)


def once_each(url: str) -> None:
    """The jobs of both machines: each step of each overdue petition happened once, and each task ran somewhere."""
    with contextlib.closing(open_store(url)) as store, store.reading() as tx:
        steps = [(e.code, e.details.get("level", "")) for e in tx.log(EVER, NEVER, (Happening.ESCALATED,))]
        assert len(steps) == len(set(steps)) and len({code for code, _ in steps}) == OVERDUE
        jobs = tx.jobs("clock")
    assert jobs and not [j for j in jobs if j.state != "done" or j.by not in ("a-jobs", "b-jobs")]


@pytest.fixture
def pair() -> Iterator[Pair]:
    programs = binaries()
    if programs is None or not (programs / "pg_basebackup").exists():
        if os.environ.get("REQUIRE_ALL"):
            pytest.fail("PostgreSQL is absent")
        pytest.skip("PostgreSQL is absent: a standby cannot be had here")
    made = Pair(programs)
    yield made
    made.close()


@pytest.fixture
def town(pair: Pair, tmp_path: Path) -> Iterator[Town]:
    with Double() as double:
        made = Town(double, tmp_path, pair.database(), pair)
        command = [sys.executable, str(ROOT / "scripts" / "reindex.py"), "--accept", "--out", str(made.indexes[0])]
        subprocess.run(command, cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
        shutil.copytree(made.indexes[0], made.indexes[1])
        double.chat(LEAD)
        overdue(made.url, OVERDUE)
        yield made


def test_two_machines_lose_nothing_whatever_fails(town: Town, tally: Tally) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with town.running() as (web, _), following(*town.indexes, environment):
        with Messages(town.double) as said, Crowd(lambda: web.base, 2, tell=TELL) as crowd:
            time.sleep(1)
            for number in range(KILLS):
                town.kill_one("web" if number % 2 else "telegram")
            for _ in range(SWITCHES):
                town.switch()
            before = len(crowd.codes)
            town.pair.fail_over()
            town.kills.append(time.time() + 5)
            wait(lambda: len(crowd.codes) > before + 3, 90, "nobody could file after the failover")
        settled(town.double, town.url)
        for number in range(said.batches):
            test_kills.finish(town.double, 100 * (number + 1) + 50)
        settled(town.double, town.url)
        twice = compare(town.double, town, said.batches)
        once_each(town.url)
    filed = assert_books(town.url, crowd.codes, TELL)
    assert filed == said.batches + len(crowd.codes) + OVERDUE
    tally(
        "Giết tiến trình trong cụm hai máy",
        KILLS,
        f"{len(town.double.pushed)} tin, {filed} phiếu; gửi lại {twice} tin",
        SEED,
    )
    tally("Đổi thế hệ chỉ mục dưới tải, bốn tiến trình theo kịp", SWITCHES, "không ngắt, không khởi động lại", SEED)
    tally("Chuyển PostgreSQL sang máy dự phòng dưới tải", 1, "không mất mã nào đã hiện", SEED)
