"""Holds the whole house under load for long: python scripts/soak.py --rate 200 --seconds 600

Mixed traffic on loopback: citizens on Telegram (over the double of the Bot API) who ask, and of whom some file, and
other systems that ask and file by the API of the web. First at the given rate, then at `--over` times that, then at the
given rate again. Told are the times from received to reply committed, the memory of every process at the beginning and
at the end, errors, what was lost or came twice, and how many were asked politely to wait. Ends with 1 where something
was lost or came twice, or an error was met.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import datetime as dt
import itertools
import json
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench_telegram import SAID, _indexed, _load  # noqa: E402
from bench_web import QUESTIONS, Line  # noqa: E402

from bot.store.opening import open_store  # noqa: E402
from bot.wording.telegram import BUSY, SLOW_DOWN  # noqa: E402
from tests.postgres import Cluster, binaries  # noqa: E402
from tests.telegram.double import Double  # noqa: E402
from tests.telegram.process import Bot, free_port  # noqa: E402

CONNECTIONS = 64
SECTION = "## Chạy dài dưới tải"
IDLE = 2.0
EACH = 30
"""Seconds between two messages of one chat, on the average: nobody floods."""
FILING = ("/gopy cột đèn số {} ở thôn {} tắt cả tuần", "ở đầu ngõ", "sáng hôm qua", "không nêu tên", "gửi")
STORY = {"consent": True, "kind": "kien_nghi", "contact": "bà Lan, thôn 2"}


@dataclass(slots=True)
class Phase:
    """What was said and answered between two moments; `waits`: seconds from due to answered, on the web."""

    name: str
    began: dt.datetime
    ended: dt.datetime | None = None
    waits: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


class Soak:
    def __init__(self, a: argparse.Namespace, double: Double, bots: Sequence[Bot], key: str) -> None:
        self.a, self.double, self.bots, self.key = a, double, bots, key
        self.chats = max(200, int(a.rate * a.telegram * EACH))
        self.dice = random.Random(a.seed)
        self.stories = itertools.count(1)
        self.phases: list[Phase] = []
        self.memories: list[dict[str, float]] = []
        self._steps: dict[int, Iterator[str]] = {}

    def run(self, name: str, rate: float, seconds: float) -> Phase:
        phase = Phase(name, dt.datetime.now(dt.UTC))
        self.phases.append(phase)
        watching = threading.Thread(target=self._watch, args=(seconds,))
        talking = threading.Thread(target=self._talk, args=(rate * self.a.telegram, seconds))
        for thread in (watching, talking):
            thread.start()
        asyncio.run(self._call(phase, rate * (1 - self.a.telegram), seconds))
        for thread in (watching, talking):
            thread.join()
        phase.ended = dt.datetime.now(dt.UTC)
        return phase

    def _watch(self, seconds: float) -> None:
        """The memory once a minute, or once where there is no whole minute."""
        parts = max(1, int(seconds // 60))
        for _ in range(parts):
            time.sleep(seconds / parts)
            self.memories.append(memory(self.bots))

    # --- Telegram ----------------------------------------------------------------------------------------------------

    def _talk(self, rate: float, seconds: float) -> None:
        for number in _paced(rate, seconds):
            chat = (number * 7919) % self.chats + 1
            self.double.chat(chat)
            self.double.say(chat, self._words(chat))

    def _words(self, chat: int) -> str:
        """Who began to file goes on; of the others, some begin."""
        steps = self._steps.get(chat)
        if steps is not None:
            with contextlib.suppress(StopIteration):
                return next(steps)
            del self._steps[chat]
        if self.dice.random() >= self.a.filing / len(FILING):
            return self.dice.choice(SAID)
        number = next(self.stories)
        self._steps[chat] = iter([FILING[0].format(number, number % 97), *FILING[1:]])
        return next(self._steps[chat])

    # --- the web -----------------------------------------------------------------------------------------------------

    async def _call(self, phase: Phase, rate: float, seconds: float) -> None:
        free: asyncio.Queue[Api] = asyncio.LifoQueue()
        for _ in range(CONNECTIONS):
            free.put_nowait(Api("127.0.0.1", self.bots[1].port, self.key))
        tasks: set[asyncio.Task[None]] = set()
        began = time.perf_counter()
        for number in range(int(rate * seconds)):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            task = asyncio.create_task(self._one(phase, free, due))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        if tasks:
            await asyncio.wait(tasks)

    async def _one(self, phase: Phase, free: asyncio.Queue[Api], due: float) -> None:
        line = await free.get()
        try:
            if self.dice.random() < self.a.filing:
                number = next(self.stories)
                story = {
                    **STORY,
                    "text": f"ổ gà số {number} ở đường liên thôn {number % 89} làm xe ngã",
                    "where": "xóm 3",
                }
                status = await line.post("/api/v1/petitions", story)
            else:
                status = await line.post("/api/v1/ask", {"text": self.dice.choice(QUESTIONS)})
        except (OSError, asyncio.IncompleteReadError):
            status, line = 0, Api("127.0.0.1", self.bots[1].port, self.key)
        phase.statuses[status] += 1
        if status in (200, 201):
            phase.waits.append(time.perf_counter() - due)
        free.put_nowait(line)


class Api(Line):
    """A kept connection that also files; one that was idle is opened anew, before the server closes it."""

    _used = 0.0

    async def post(self, path: str, tree: dict[str, object]) -> int:
        if self._streams is None or time.monotonic() - self._used > IDLE:
            self._streams = await asyncio.open_connection(self._host, self._port)
        self._used = time.monotonic()
        reader, writer = self._streams
        body = json.dumps(tree).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nAuthorization: Bearer {self._key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        await reader.readexactly(int(answer.partition("content-length: ")[2].split("\r\n")[0]))
        return int(answer.split()[1])


def _paced(rate: float, seconds: float) -> Iterator[int]:
    began = time.monotonic()
    for number in range(int(rate * seconds)):
        if (ahead := began + number / rate - time.monotonic()) > 0:
            time.sleep(ahead)
        yield number


# --- what is seen ----------------------------------------------------------------------------------------------------


def memory(bots: Sequence[Bot]) -> dict[str, float]:
    """MB in memory, by process."""
    found = {}
    for bot in bots:
        pid = bot.child.pid if bot.child else 0
        children = Path(f"/proc/{pid}/task/{pid}/children")
        family = [pid, *map(int, children.read_text().split())] if children.is_file() else []
        for one in family:
            status = Path(f"/proc/{one}/status").read_text()
            kilobytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
            found[f"{bot.run.split()[0]} {one}"] = kilobytes / 1024
    return found


class Books:
    """The database, asked in plain SQL: SQLite's file or a server."""

    def __init__(self, url: str) -> None:
        self.url = url

    def rows(self, query: str) -> list[tuple[object, ...]]:
        if self.url.startswith("sqlite"):
            with contextlib.closing(sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=30)) as db:
                return db.execute(query).fetchall()
        import psycopg

        with psycopg.connect(self.url) as server:
            return server.execute(query.encode()).fetchall()

    def undone(self) -> int:
        leaving = "select count(*) from notices where door = 'telegram' and state = 'waiting'"
        query = f"select (select count(*) from updates where settled_at is null) + ({leaving})"
        return int(str(self.rows(query)[0][0]))

    def done(self, double: Double) -> bool:
        """All that was said is here, answered, and the answers have left."""
        kept = {str(n) for (n,) in self.rows("select number from updates")}
        return all(str(n) in kept for n in list(double.pushed)) and not self.undone()

    def answers(self, phase: Phase) -> list[float]:
        """Seconds from received to reply committed, of what was received in this phase."""
        rows = self.rows("select at, settled_at from updates where settled_at is not null")
        times = ((dt.datetime.fromisoformat(str(a)), dt.datetime.fromisoformat(str(s))) for a, s in rows)
        until = phase.ended or dt.datetime.max.replace(tzinfo=dt.UTC)
        return sorted((s - a).total_seconds() for a, s in times if phase.began <= a < until)


def faults(double: Double, books: Books) -> dict[str, int]:
    """Of what was said on Telegram and filed anywhere: lost, and done twice."""
    kept = {str(n) for (n,) in books.rows("select number from updates where settled_at is not null")}
    sent = {str(a) for (a,) in books.rows("select answer from notices where state = 'sent' and door = 'telegram'")}
    arrived = [str(m["message_id"]) for chat in double.chats.values() for m in chat.from_bot]
    stories = Counter(t for (t,) in books.rows("select text from papers where role = 'story'"))
    with contextlib.closing(open_store(books.url)) as store, store.writing() as tx:
        differing = tx.rebuild()
    return {
        "tin bị mất": sum(str(n) not in kept for n in double.pushed),
        "trả lời không tới": len(books.rows("select id from notices where door = 'telegram' and state = 'dead'")),
        "trả lời lặp": len([m for m in arrived if m not in sent]),
        "phiếu lặp": sum(count - 1 for count in stories.values()),
        "phiếu lệch sổ sự kiện": differing,
    }


def told(name: str, waits: list[float]) -> str:
    if not waits:
        return f"  {name}: không có"
    ordered = sorted(waits)
    at = {p: 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * p / 100))] for p in (50, 95, 99)}
    figures = ", ".join(f"p{p} {ms:,.0f} ms" for p, ms in at.items())
    return f"  {name}: {len(ordered):,} lần, {figures}, lâu nhất {1000 * ordered[-1]:,.0f} ms"


# --- the run ---------------------------------------------------------------------------------------------------------


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=float, default=200, help="tin mỗi giây, cả hai cửa")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--over", type=float, default=3, help="gấp mấy lần ở đoạn quá tải; 0: không có đoạn ấy")
    parser.add_argument("--over-seconds", type=float, default=60)
    parser.add_argument("--after", type=float, default=20, help="giây trở lại nhịp cũ sau đoạn quá tải")
    parser.add_argument("--telegram", type=float, default=0.7, help="phần của Telegram; còn lại qua API web")
    parser.add_argument("--filing", type=float, default=0.05, help="phần là phản ánh")
    parser.add_argument("--processes", type=int, default=2, help="tiến trình của mỗi cửa")
    parser.add_argument("--postgres", action="store_true", help="PostgreSQL tạm thay cho SQLite")
    parser.add_argument("--index", type=Path, help="chỉ mục đã dựng")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--write", type=Path, help="ghi kết quả thành mục cuối của tệp này")
    return parser.parse_args()


@contextlib.contextmanager
def house(a: argparse.Namespace, double: Double, folder: Path, url: str) -> Iterator[tuple[list[Bot], str]]:
    """A Telegram door and a web, each of several processes, over one database."""
    index = a.index or _indexed(folder / "index")
    web = str(free_port())
    common = {"DATABASE_URL": url, "AUTHORITY_NAME": "UBND xã Hòa Bình", "OMP_NUM_THREADS": "1"}
    runs = [f"telegram --processes {a.processes}", f"web --processes {a.processes}"]
    quick = {"TELEGRAM_PER_SECOND": "10000", "TELEGRAM_CHAT_PAUSE": "0"}
    bots = [
        Bot(double, folder / "telegram", index, runs[0], **common, **quick),
        Bot(double, folder / "web", index, runs[1], PORT=web, TELEGRAM_PORT=web, **common),
    ]
    key = bots[1].command("key", "add", "soak", "--per-second", "100000").split()[-1]
    for bot in bots:
        bot.start(wait=False)
    try:
        for bot in bots:
            bot.wait_ready(120)
        yield bots, key
    finally:
        for bot in bots:
            bot.stop()


@dataclass(slots=True)
class Result:
    """`left`, `took`: what was still to do at the end of a phase, and the seconds until it was done."""

    phases: list[Phase] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    memories: list[dict[str, float]] = field(default_factory=list)
    polite: int = 0


def soak(a: argparse.Namespace, double: Double, bots: list[Bot], key: str, books: Books) -> Result:
    run, result = Soak(a, double, bots, key), Result()
    run.run("khởi động", min(a.rate, 20), 5)
    _wait(lambda: books.done(double), 60)
    plan = [(f"đều tay {a.rate:g} tin mỗi giây trong {a.seconds:g} giây", a.rate, a.seconds)]
    if a.over:
        plan.append((f"gấp {a.over:g} lần trong {a.over_seconds:g} giây", a.rate * a.over, a.over_seconds))
        plan.append((f"trở lại {a.rate:g} tin mỗi giây trong {a.after:g} giây", a.rate, a.after))
    run.memories = [memory(bots)]
    for name, rate, seconds in plan:
        result.phases.append(run.run(name, rate, seconds))
        result.left.append(books.undone())
        result.took.append(_wait(lambda: books.done(double), 900))
    result.memories = run.memories
    result.polite = _polite(double)
    return result


def seen(result: Result, books: Books) -> Iterator[str]:
    """The result in words."""
    for phase, left, took in zip(result.phases, result.left, result.took, strict=True):
        yield f"\n{phase.name}"
        yield told("Telegram, nhận → ghi xong câu trả lời", books.answers(phase))
        yield told("API web, tới giờ → có câu trả lời", phase.waits)
        yield f"  API web, mã trả lời: {dict(sorted(phase.statuses.items()))}"
        yield f"  hết đoạn này còn {left} việc chờ, tự làm xong sau {took:.1f} giây"
    polite = sum(p.statuses[503] for p in result.phases)
    yield f"\nMời chờ: {result.polite} tin Telegram, {polite} lần ở web."
    yield "Bộ nhớ (MB) của từng tiến trình, lúc đầu và sau mỗi phút:"
    for name in result.memories[0]:
        yield f"  {name}: {' → '.join(f'{m.get(name, 0):.0f}' for m in result.memories)}"


def judged(result: Result, double: Double, bots: Sequence[Bot], books: Books) -> tuple[str, bool]:
    """Errors and what was lost or came twice; whether there is none of it."""
    bad = faults(double, books)
    bad["lỗi trong nhật ký"] = sum(bot.log().count("\nERROR") + bot.log().startswith("ERROR") for bot in bots)
    bad["trả lời lạ của web"] = sum(n for p in result.phases for s, n in p.statuses.items() if s not in (200, 201, 503))
    # with the machine's own load nobody is asked to wait
    bad["mời chờ ở web lúc đều tay"] = result.phases[0].statuses[503]
    bad["tiến trình chết"] = len(result.memories[0].keys() - result.memories[-1].keys())
    filed = books.rows("select count(*) from petitions")[0][0]
    text = f"Phiếu: {filed}; " + ", ".join(f"{what} {count}" for what, count in bad.items())
    return text, not any(bad.values())


def written(a: argparse.Namespace, lines: Sequence[str]) -> None:
    """The last section of the report is of the last run."""
    before = a.write.read_text(encoding="utf-8") if a.write.is_file() else ""
    told = f"{SECTION} ({dt.date.today():%d/%m/%Y}, {os.cpu_count()} nhân, tải lúc ghi {_load()})"
    command = f"scripts/soak.py --rate {a.rate:g} --seconds {a.seconds:g} --over {a.over:g} --processes {a.processes}"
    text = "\n".join([before.partition(f"\n{SECTION}")[0].rstrip(), "", told, "", f"`{command}`", "", "```"])
    a.write.write_text(f"{text}\n{chr(10).join(lines).strip()}\n```\n", encoding="utf-8")


def _wait(true: Callable[[], bool], seconds: float) -> float:
    began = time.monotonic()
    while not true() and time.monotonic() - began < seconds:
        time.sleep(0.5)
    return time.monotonic() - began


def _polite(double: Double) -> int:
    """Slow-down messages of both kinds that have arrived."""
    starts = (BUSY[:30], SLOW_DOWN[:30])
    return sum((m.get("text") or "").startswith(starts) for chat in double.chats.values() for m in chat.from_bot)


def main() -> int:
    a = arguments()
    folder, server = Path(tempfile.mkdtemp(prefix="mot-cua-soak-")), Path(tempfile.mkdtemp(prefix="pg-soak-"))
    url = f"sqlite:///{folder / 'soak.db'}"
    cluster = None
    print(f"Tải máy lúc đầu: {_load()}; {os.cpu_count()} nhân; {'PostgreSQL' if a.postgres else 'SQLite'}")
    try:
        if a.postgres:
            programs = binaries()
            if programs is None:
                raise SystemExit("không có PostgreSQL trên máy này")
            cluster = Cluster(programs, server, "-c fsync=on")
            url = cluster.database()
        with Double() as double, house(a, double, folder, url) as (bots, key):
            result = soak(a, double, bots, key, books := Books(url))
            verdict, good = judged(result, double, bots, books)
            lines = [*seen(result, books), verdict]
            print("\n".join(lines))
            if a.write:
                written(a, lines)
        print(f"Tải máy lúc cuối: {_load()}")
        return int(not good)
    finally:
        if cluster is not None:
            cluster.stop()
        for gone in (folder, server):
            shutil.rmtree(gone, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
