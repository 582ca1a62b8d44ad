"""How fast the Telegram door answers: many chats at once against the double of the Bot API, over loopback, by as many
processes of the bot as asked for.

Answer time runs from the moment an update is in hand to the moment its reply is committed, as the store's own columns
tell it; delivery (committed → taken by the double) is measured apart. Ends with 1 when a reply was lost or came twice.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.telegram.double import Double  # noqa: E402
from tests.telegram.process import Bot  # noqa: E402

SAID = (
    "làm giấy khai sinh cần giấy tờ gì",
    "lệ phí bao nhiêu",
    "mất bao lâu",
    "đăng ký kết hôn nộp ở đâu",
    "xe cứu thương gọi số mấy",
    "đổi bằng lái xe máy bao nhiêu tiền",
    "chào bạn",
    "lam can cuoc cho con 14 tuoi",
    "xin giấy phép nuôi rồng thì làm sao",
    "/linhvuc",
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds: `answers` received → reply committed, `deliveries` committed → sent; `took`: first said → last sent;
    `cpu`: what the bot's processes used of the processor for one message (0 where that cannot be read)."""

    answers: list[float]
    deliveries: list[float]
    took: float
    cpu: float
    lost: int
    twice: int


def main() -> int:
    a = _arguments()
    with tempfile.TemporaryDirectory(prefix="mot-cua-bench-") as scratch:
        folder = Path(scratch)
        index = a.index or _indexed(folder / "index")
        print(f"tải máy lúc đầu: {_load()}")
        steady = _run(folder / "steady", index, a.chats, a.rate, a.rate * a.seconds, a)
        _print(f"{a.chats:,} cuộc trò chuyện, {a.rate} tin mỗi giây trong {a.seconds} giây", steady)
        if not a.burst:
            return int(bool(steady.lost or steady.twice))
        burst = _run(folder / "burst", index, a.chats, 0, a.chats, a)
        _print(f"{a.chats:,} cuộc trò chuyện nhắn cùng lúc", burst)
        print(f"tải máy lúc cuối: {_load()}")
    return 1 if steady.lost or steady.twice or burst.lost or burst.twice else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chats", type=int, default=1000)
    parser.add_argument("--rate", type=int, default=100, help="tin mỗi giây")
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--processes", type=int, default=1, help="tiến trình của bot")
    parser.add_argument("--no-burst", dest="burst", action="store_false", help="chỉ đo nhịp đều")
    parser.add_argument("--index", type=Path, help="chỉ mục đã dựng")
    parser.add_argument("--patience", type=float, default=300.0, help="giây chờ tin cuối")
    return parser.parse_args()


def _indexed(out: Path) -> Path:
    command = [sys.executable, str(ROOT / "scripts" / "reindex.py"), "--out", str(out), "--accept"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return out


def _run(folder: Path, index: Path, chats: int, rate: int, count: int, a: argparse.Namespace) -> Measured:
    """`rate` 0: all at once."""
    quick = {"TELEGRAM_PER_SECOND": "10000", "TELEGRAM_CHAT_PAUSE": "0"}
    run = f"telegram --processes {a.processes}"
    with Double() as double, Bot(double, folder, index, run, **quick) as bot:
        _wait_for_all(bot, a.processes)
        before = _cpu(bot)
        for number in range(chats):
            double.chat(number + 1)
        began = time.monotonic()
        for number in range(count):
            if rate and (ahead := began + number / rate - time.monotonic()) > 0:
                time.sleep(ahead)
            double.say(number % chats + 1, SAID[number % len(SAID)])
        _wait_for(double, count, a.patience)
        took = time.monotonic() - began
        cpu = (_cpu(bot) - before) / count
        got = Counter({chat.id: len(chat.from_bot) for chat in double.chats.values()})
    wanted = Counter(number % chats + 1 for number in range(count))
    answers, deliveries = _times(folder / "mot-cua.db")
    return Measured(answers, deliveries, took, cpu, (wanted - got).total(), (got - wanted).total())


def _wait_for(double: Double, count: int, patience: float) -> None:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if sum(method == "sendMessage" for _, method, _ in list(double.requests)) >= count:
            time.sleep(1)  # whatever would come twice comes now
            return
        time.sleep(0.05)


def _wait_for_all(bot: Bot, processes: int) -> None:
    end = time.monotonic() + 60
    while bot.log().count("ready as") < processes and time.monotonic() < end:
        time.sleep(0.1)


def _cpu(bot: Bot) -> float:
    """Seconds of computing that the bot's processes have spent; 0 where the system does not tell."""
    pid = bot.child.pid if bot.child else 0
    children = Path(f"/proc/{pid}/task/{pid}/children")
    if not children.is_file():
        return 0.0
    ticks = 0
    for one in (pid, *children.read_text().split()):
        fields = Path(f"/proc/{one}/stat").read_text().rsplit(") ", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _times(database: Path) -> tuple[list[float], list[float]]:
    with closing(sqlite3.connect(database)) as db:
        settled = {n: (_at(a), _at(s)) for n, a, s in db.execute("select number, at, settled_at from updates")}
        sent = db.execute("select key, sent_at from notices where state = 'sent' and kind = 'reply'").fetchall()
    answers = [(done - at).total_seconds() for at, done in settled.values()]
    by_number = ((key.split(":")[1], _at(at)) for key, at in sent)
    return answers, [(at - settled[number][1]).total_seconds() for number, at in by_number if number in settled]


def _at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _print(title: str, m: Measured) -> None:
    print(f"\n{title}: {len(m.answers) / m.took:.0f} tin mỗi giây, mất {m.lost}, lặp {m.twice}")
    print(f"  bộ xử lý cho một tin: {1000 * m.cpu:.1f} ms")
    for name, values in (("nhận → ghi xong câu trả lời", m.answers), ("ghi xong → Telegram nhận", m.deliveries)):
        cuts = statistics.quantiles(values, n=100)
        p50, p95, p99 = (f"{1000 * cuts[i - 1]:.0f}" for i in (50, 95, 99))
        print(f"  {name}: p50 {p50} ms, p95 {p95} ms, p99 {p99} ms")


def _load() -> str:
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


if __name__ == "__main__":
    sys.exit(main())
