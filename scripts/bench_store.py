"""How fast the officers' queue and a year's log are, on many petitions: the section "Petitions" of docs/benchmarks.md.

scripts/bench_store.py [--petitions 100000] [--file FILE] [--postgres postgresql://…]
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.desk.reporting import Reporting
from bot.desk.transaction import Store, Transaction
from bot.ledger import Paper, Party, QueueFilter
from bot.petitions.clock import Clock
from bot.petitions.codes import code_of
from bot.petitions.petition import (
    CITIZEN,
    SYSTEM,
    Channel,
    Event,
    Happening,
    Kind,
    Petition,
    Refusal,
    State,
    happened,
    legal_moves,
    moved,
)
from bot.reports.letterhead import Letterhead
from bot.reports.periods import Span, months
from bot.store.moving import move
from bot.store.opening import open_store
from knowledge.reading import read_library

YEAR = 2026
BEGIN = dt.datetime(YEAR, 1, 1, tzinfo=dt.UTC)
END = dt.datetime(YEAR + 1, 1, 1, tzinfo=dt.UTC)
UNITS = tuple(f"phong-{n:02d}" for n in range(40))
FIELDS = ("dat_dai", "ho_tich", "cu_tru", "xay_dung", "moi_truong", "giao_thong", "y_te", "giao_duc", "dien_nuoc")
PLACES = tuple(f"xa-{n:03d}" for n in range(120))
# so common that half of all petitions say one or the other, and rarer ones
COMMON = """đường điện nước rác đất nhà xã phường cán bộ giấy tờ hồ sơ chậm hỏng sửa chữa đề nghị bà con
tổ dân phố""".split()
ONSETS, RIMES = "b c ch d đ g h k kh l m n ng nh ph qu s t th tr v x".split(), "ai ưu ông iên ơn ễ ạch ấp".split()
RARE = [onset + rime for onset in ONSETS for rime in RIMES]
SEARCHES = ("duong", "đường hỏng", '"tổ dân phố"', "khiên thạch", "chưu", '"de nghi" quạch', "PA-2026-050000")


class Took(NamedTuple):
    """On the clock, and of this process's own work: all there is to SQLite, whatever else the machine does."""

    clock: float
    work: float


def text(dice: random.Random) -> str:
    words = dice.choices(COMMON, k=dice.randint(15, 50)) + dice.choices(RARE, k=dice.randint(3, 12))
    dice.shuffle(words)
    return " ".join(words)


def life(dice: random.Random, code: str, at: dt.datetime) -> Iterator[tuple[Event, str]]:
    """A petition's events, about six, each with the words that come with it."""
    due = {"accept_by": (at + dt.timedelta(hours=8)).isoformat(), "answer_by": (at + dt.timedelta(days=15)).isoformat()}
    what = {"kind": dice.choice(list(Kind)).value, "channel": dice.choice(list(Channel)).value}
    where = {"field": dice.choice(FIELDS), "place": dice.choice(PLACES), "unit": dice.choice(UNITS)}
    yield Event(code, 1, Happening.FILED, at, CITIZEN, {**what, **where, **due}), text(dice)


def grow(dice: random.Random, petition: Petition, at: dt.datetime) -> Event:
    """Something that may happen to it next."""
    officer = f"can-bo-{dice.randint(1, 200)}"
    if not petition.assignee:
        return happened(petition, Happening.ASSIGNED, SYSTEM, at, {"unit": petition.unit, "officer": officer})
    moves = [m for m in legal_moves(petition, at) if m is not State.WITHDRAWN and m is not State.MERGED]
    if not moves or dice.random() < 0.2:
        return happened(petition, Happening.NOTED, officer, at, {"paper": "0"})
    to = moves[0] if dice.random() < 0.7 else dice.choice(moves)
    needs = {"paper": "0", "reason": dice.choice(list(Refusal)).value, "body": "so-noi-vu"}
    return moved(petition, to, petition.assignee or officer, at, needs)


def fill(store: Store, count: int, seed: int = 7) -> int:
    """So many petitions spread over the year, in the order of their filing; how many events."""
    dice, events = random.Random(seed), 0
    for start in range(0, count, 1000):
        with store.writing() as tx:
            for number in range(start, min(start + 1000, count)):
                at = BEGIN + (END - BEGIN) * number / count * 0.97
                events += file_one(tx, dice, at)
        print(f"\r{start + 1000:,}", end="", file=sys.stderr)
    print(file=sys.stderr)
    return events


def file_one(tx: Transaction, dice: random.Random, at: dt.datetime) -> int:
    code = code_of(YEAR, tx.next_number(YEAR))
    for event, words in life(dice, code, at):
        petition = tx.add_event(event)
        tx.add_paper(Paper(code, "story", words, at, CITIZEN))
    tx.put_party(Party(code, f"telegram:{dice.randint(1, 10**9)}", "0900 000 000"))
    for _ in range(dice.randint(2, 8)):
        at += dt.timedelta(hours=dice.expovariate(1 / 30))
        petition = tx.add_event(grow(dice, petition, at))
    if petition.answered_at:
        tx.add_paper(Paper(code, "answer", text(dice), at, petition.assignee))
    return petition.number


def pages() -> Iterator[tuple[str, QueueFilter]]:
    now = dt.datetime(YEAR, 11, 21, tzinfo=dt.UTC)
    yield "tất cả, theo hạn", QueueFilter()
    yield "đang mở, theo hạn", QueueFilter(open_only=True)
    yield "quá hạn", QueueFilter(overdue_at=now)
    yield "một đơn vị, đang mở", QueueFilter(unit=UNITS[3], open_only=True)
    yield "mười đơn vị, trừ phản ánh về lãnh đạo", QueueFilter(units=UNITS[:10], not_about=("lead:phong-03",))
    yield "một cán bộ", QueueFilter(assignee="can-bo-17")
    yield "chưa giao", QueueFilter(unassigned=True)
    yield "lĩnh vực, loại, kênh", QueueFilter(field="dat_dai", kind=Kind.CONDUCT, channel=Channel.WEB)
    yield "một tháng, mới trước", QueueFilter(since=now - dt.timedelta(days=30), until=now, sort="-filed_at")
    yield "đã trả lời, theo ngày trả lời", QueueFilter(states=(State.ANSWERED,), sort="-answered_at")
    yield "trang thứ 400, theo nơi", QueueFilter(sort="place", offset=10_000)
    for words in SEARCHES:
        yield f"tìm {words}", QueueFilter(words=words)
        yield f"tìm {words}, đang mở, một đơn vị", QueueFilter(words=words, unit=UNITS[3], open_only=True)


def timed(work: Callable[[], object], times: int) -> Took:
    """The medians, in milliseconds."""
    took = []
    for _ in range(times):
        began, busy = time.perf_counter(), time.process_time()
        work()
        took.append((time.perf_counter() - began, time.process_time() - busy))
    return Took(*(statistics.median(one) * 1000 for one in zip(*took, strict=True)))


def measure(store: Store) -> dict[str, Took]:
    figures = {}
    for name, wanted in pages():

        def page(wanted: QueueFilter = wanted) -> object:
            with store.reading() as tx:
                return tx.find(wanted)

        figures[name] = timed(page, 5)
    for by in ("state", "unit"):

        def counts(by: str = by) -> object:
            with store.reading() as tx:
                return tx.counts(QueueFilter(), by)

        figures[f"đếm theo {by}"] = timed(counts, 5)

    def log() -> object:
        with store.reading() as tx:
            return sum(1 for _ in tx.log(BEGIN, END))

    figures["đọc hết nhật ký của năm"] = timed(log, 3)
    reporting = Reporting(store, read_library, Clock(), Letterhead(), lambda: END)
    figures["báo cáo cả năm, đủ số liệu"] = timed(lambda: reporting.figures(months(Span.YEAR, YEAR, 1)), 3)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--petitions", type=int, default=100_000)
    parser.add_argument("--postgres", default="", help="measured as well; an empty one is filled first")
    parser.add_argument("--file", type=Path, help="keep the SQLite file here, or measure the one that is there")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = wanted.file or Path(folder) / "bench.db"
        there = file.exists()
        lite = open_store(f"sqlite:///{file}")
        if not there:
            began = time.perf_counter()
            events = fill(lite, wanted.petitions)
            print(f"{wanted.petitions:,} petitions, {events:,} events in {time.perf_counter() - began:.0f} s")
        columns = {"SQLite": measure(lite)}
        if wanted.postgres:
            other = open_store(wanted.postgres)
            with other.reading() as tx:
                empty = not tx.find(QueueFilter(limit=1)).total
            if empty:
                began = time.perf_counter()
                rows = sum(t.rows for t in move(lite, other))
                print(f"{rows:,} rows moved in {time.perf_counter() - began:.0f} s")
            columns["PostgreSQL"] = measure(other)
        print(section(wanted.petitions, columns))


def section(petitions: int, measured: dict[str, dict[str, Took]]) -> str:
    """As it stands in docs/benchmarks.md."""
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    columns = ["SQLite, CPU", *measured]
    lines = [
        "## Phản ánh, kiến nghị (petitions)",
        "",
        f"Bản {commit.stdout.strip()}, {os.cpu_count()} nhân, Python {platform.python_version()}; "
        f"`scripts/bench_store.py`: {petitions:,} phản ánh của một năm, mỗi phản ánh khoảng sáu sự kiện; trung vị, "
        f"mili giây. Lúc đo máy còn việc khác (tải trung bình 1, 5, 15 phút: {load}): cột CPU là phần việc thật.",
        "",
        f"| việc | {' | '.join(columns)} |",
        "|---" + "|---:" * len(columns) + "|",
    ]
    for name, lite in measured["SQLite"].items():
        figures = [lite.work, *(figures[name].clock for figures in measured.values())]
        lines += [f"| {name} | {' | '.join(f'{f:,.0f}' for f in figures)} |"]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
