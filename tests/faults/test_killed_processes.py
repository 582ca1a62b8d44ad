"""kill −9 of every kind of process at random moments: the web, all in one, the clock, publishing, re-indexing, moving
a store, bringing an old one up to date. (The Telegram door: tests/bot/telegram_chat/test_kills.py; backups:
test_backups.py; the store's writers: tests/bot/store/test_transactions.py; importing: tests/knowledge/importing.)
"""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot.ledger import Officer, QueueFilter, Role, Unit
from bot.petitions.codes import code_of
from bot.petitions.petition import CITIZEN, Event, Happening
from bot.store.moving import TABLES, proof
from bot.store.opening import open_store
from index.encoder import open_encoder
from index.live import retriever_of
from index.snapshot import Shelf, is_built_of, open_generation, open_live
from knowledge.reading import CONTENT, knowledge_folders
from tests.bot.telegram_chat import test_kills
from tests.conftest import Tally
from tests.faults.checks import EVER, NEVER, assert_whole, file_one
from tests.faults.citizens import Crowd, assert_books
from tests.faults.conftest import LONG, ROOT, script, surroundings
from tests.postgres import Cluster
from tests.telegram.double import Double
from tests.telegram.process import Bot, free_port

SEED = 13
AUTHORITY = "UBND xã Hòa Bình"
SLOWER = 1.06
"""What was not done in its time is given more: a machine may have become busier, and every moment is to be met."""


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped content, indexed as a machine does it: with its golden questions asked."""
    index = tmp_path_factory.mktemp("accepted") / "index"
    done = script("reindex.py", "--out", str(index), "--accept", cwd=index.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    return index


def killed_within(command: list[str], seconds: float, cwd: Path, **settings: str) -> int | None:
    """The command is started and killed at some moment of these seconds; its code, where it was done before."""
    process = subprocess.Popen(
        command, cwd=cwd, env=surroundings(**settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    done = process.poll()
    process.send_signal(signal.SIGKILL)
    out, errors = process.communicate()
    assert done in (None, 0), (out + errors).decode()[-2000:]
    return done


# --- the doors -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_web_process_that_is_killed_has_shown_only_what_is_stored_and_files_nothing_twice(
    double: Double, accepted: Path, tmp_path: Path, tally: Tally
) -> None:
    """Visitors file on the pages and try again whatever breaks off: each has one petition in the end, that of the code
    that was shown."""
    dice, port, rounds = random.Random(SEED), str(free_port()), 40 if LONG else 1
    bot = Bot(double, tmp_path / "var", accepted, "web", PORT=port, TELEGRAM_PORT=port, AUTHORITY_NAME=AUTHORITY)
    bot.start()
    with Crowd(lambda: f"http://127.0.0.1:{port}", 4) as crowd:
        for _ in range(rounds):
            crowd.more()
            time.sleep(dice.random() * 0.7)
            bot.kill()
            bot.start()
    filed = assert_books(f"sqlite:///{bot.folder / 'mot-cua.db'}", crowd.codes)
    assert filed == len(crowd.codes) > 0
    bot.stop()
    tally("Giết tiến trình web", rounds, f"{filed} phiếu, không mất, không lặp", SEED)


@pytest.mark.slow
def test_all_in_one_process_that_is_killed_loses_nothing_on_either_door(
    double: Double, accepted: Path, tmp_path: Path, tally: Tally
) -> None:
    chance, kills, rounds, port = random.Random(SEED), list[float](), 40 if LONG else 1, str(free_port())
    bot = Bot(double, tmp_path / "var", accepted, "serve", PORT=port, AUTHORITY_NAME=AUTHORITY)
    bot.start()
    with Crowd(lambda: f"http://127.0.0.1:{port}", 2, first=100_000, tell="cột điện số {} nghiêng") as crowd:
        for number in range(rounds):
            test_kills.say_all(double, number, chance)
            crowd.more()
            time.sleep(chance.random())
            bot.kill()
            kills.append(time.time())
            bot.start()
    test_kills.settled(double, bot)
    for number in range(rounds):
        test_kills.finish(double, 100 * (number + 1) + 50)
    test_kills.settled(double, bot)
    by_web = "select count(*) from parties where conversation like 'web:%'"
    assert test_kills.rows(bot, by_web) == [(len(crowd.codes),)]
    known = {str(code) for (code,) in test_kills.rows(bot, "select code from petitions")}
    assert set(crowd.codes.values()) <= known
    test_kills.compare(double, bot, kills, rounds)
    assert bot.stop() == 0
    tally(
        "Giết tiến trình gộp (`serve`)",
        rounds,
        f"{len(double.pushed)} tin Telegram, {len(crowd.codes)} phiếu web",
        SEED,
    )


# --- the clock -------------------------------------------------------------------------------------------------------


def overdue(url: str, count: int) -> None:
    """Petitions of long ago that nobody looked at, and whom to tell of them."""
    with contextlib.closing(open_store(url)) as store, store.writing() as tx:
        tx.put_unit(Unit("xa", AUTHORITY))
        tx.put_officer(Officer("o1", "Lan", Role.LEAD, unit="xa", accounts=("telegram:1",)))
        long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=200)
        for _ in range(count):
            code = code_of(long_ago.year, tx.next_number(long_ago.year))
            due = (long_ago + dt.timedelta(days=5)).isoformat()
            details = {"kind": "kien_nghi", "channel": "web", "unit": "xa", "accept_by": due, "answer_by": due}
            tx.add_event(Event(code, 1, Happening.FILED, long_ago, CITIZEN, details))


@pytest.mark.slow
def test_a_clock_that_is_killed_tells_of_each_deadline_once(accepted: Path, tmp_path: Path, tally: Tally) -> None:
    dice, rounds = random.Random(SEED), 40 if LONG else 1
    url = f"sqlite:///{tmp_path / 'var' / 'mot-cua.db'}"
    (tmp_path / "var").mkdir()
    overdue(url, 4000 if LONG else 400)
    settings = {"DATA_DIR": str(tmp_path / "var"), "INDEX_DIR": str(accepted), "AUTHORITY_NAME": AUTHORITY}
    for _ in range(rounds):
        killed_within([sys.executable, "-m", "bot", "jobs"], 1.5 + dice.random() * 1.5, tmp_path, **settings)
        run_again(url)
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "jobs"], cwd=tmp_path, env=surroundings(**settings), stderr=subprocess.PIPE
    )
    wait_for_job(url, "deadlines")
    process.terminate()
    assert process.wait(60) == 0
    with contextlib.closing(open_store(url)) as store:
        with store.writing() as tx:
            assert tx.rebuild() == 0
            steps = [(e.code, e.kind, e.details.get("level", "")) for e in tx.log(EVER, NEVER)]
            petitions = tx.find(QueueFilter(limit=10**6)).petitions
            told = [n.key for p in petitions for n in tx.notices(p.code)]
        assert len(steps) == len(set(steps)), "a step was taken twice"
        assert all(p.escalated for p in petitions), "a broken term was passed over"
        assert len(told) == len(set(told)) and told
    tally("Giết tiến trình việc theo giờ", rounds, f"{len(petitions)} phiếu quá hạn, mỗi bậc báo một lần", SEED)


def run_again(url: str) -> None:
    """As if the next hour had come: what is due runs at the next start."""
    with contextlib.closing(open_store(url)) as store, store.writing() as tx:
        for job in tx.jobs("clock"):
            tx.put_job(replace(job, at=job.at - dt.timedelta(days=2)))


def wait_for_job(url: str, name: str, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    with contextlib.closing(open_store(url)) as store:
        began = dt.datetime.now(dt.UTC)
        while time.monotonic() < end:
            with store.reading() as tx:
                job = tx.job(f"clock:{name}")
            if job is not None and job.at >= began and job.state == "done":
                return
            time.sleep(0.1)
    pytest.fail(f"{name} did not run")


# --- content and index -----------------------------------------------------------------------------------------------


PUBLISHER = """
import sys
from pathlib import Path
from bot.desk.desk import utc_now
from bot.desk.publishing import Publisher
from bot.ledger import Officer, Role
from bot.store.opening import open_store
from index.encoder import open_encoder
from index.snapshot import Shelf
data, url, index, mark = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4]
publisher = Publisher(open_store(url), open_encoder(), Shelf(index), data, (), utc_now)
who = Officer("o1", "Lan", Role.ADMIN)
def change(root):
    (root / "sua-tai-cho").mkdir(exist_ok=True)
    file = root / "sua-tai-cho" / "contacts.yaml"
    file.write_text(f'''contacts:
- key: duong_day_thu
  name: Đường dây thử {mark}
  purpose: Hỏi việc thử {mark}
  number: "0206 3{mark.zfill(6)}"
  sources: [{{name: Bản thử, read: 2026-10}}]
  confidence: high
''')
outcome = publisher.publish(who, change)
assert outcome.switched, outcome.lost
"""


@pytest.mark.slow
def test_a_publication_that_is_killed_is_wholly_there_or_not_at_all(
    accepted: Path, tmp_path: Path, tally: Tally
) -> None:
    """The live generation is always of the content that lies in DATA_DIR/knowledge."""
    from bot.desk.desk import utc_now
    from bot.desk.publishing import Publisher, content_folders

    dice, rounds, data, index = random.Random(SEED), 60 if LONG else 1, tmp_path / "var", tmp_path / "index"
    url, encoder = f"sqlite:///{data / 'mot-cua.db'}", open_encoder()
    data.mkdir()
    shutil.copytree(accepted, index)
    arguments = [str(data), url, str(index)]
    began, went = time.monotonic(), Counter[str]()
    assert killed_within([sys.executable, "-c", PUBLISHER, *arguments, "0"], 120, tmp_path) == 0
    whole = time.monotonic() - began
    for number in range(1, rounds + 1):
        before = (data / "knowledge" / "sua-tai-cho" / "contacts.yaml").read_text(encoding="utf-8")
        killed_within(
            [sys.executable, "-c", PUBLISHER, *arguments, str(number)], whole * dice.uniform(0.2, 1), tmp_path
        )
        with contextlib.closing(open_store(url)) as store:
            Publisher(store, encoder, Shelf(index), data, (), utc_now).catch_up()  # as the next process does
            with store.reading() as tx:
                entered = [event.generation for event in tx.index_events(EVER, NEVER)]
        assert entered[-1] == Shelf(index).current() and len(entered) == len(set(entered))
        after = (data / "knowledge" / "sua-tai-cho" / "contacts.yaml").read_text(encoding="utf-8")
        went["before" if after == before else "after"] += 1
        complaints: list[str] = []
        generation = open_live(Shelf(index), encoder, complaints.append)
        assert not complaints
        folders = knowledge_folders(content_folders(data / "knowledge"))
        assert is_built_of(generation.manifest, folders, encoder), "content and index are not of one piece"
    assert not list(data.glob("knowledge-staged-*"))
    assert killed_within([sys.executable, "-c", PUBLISHER, *arguments, "999"], 120, tmp_path) == 0
    tally(
        "Giết việc đăng nội dung", rounds, f"{went['before']} lần còn bản cũ, {went['after']} lần đã sang bản mới", SEED
    )


@pytest.mark.slow
def test_a_reindex_that_is_killed_leaves_a_live_generation(accepted: Path, tmp_path: Path, tally: Tally) -> None:
    dice, rounds, index, encoder = random.Random(SEED), 60 if LONG else 1, tmp_path / "index", open_encoder()
    shutil.copytree(accepted, index)
    shelf = Shelf(index)
    command = [sys.executable, str(ROOT / "scripts" / "reindex.py"), "--accept", "--out", str(index)]
    switched, whole = 0, 4.0
    for _ in range(rounds):
        live = shelf.current()
        began = time.monotonic()
        done = killed_within(command, whole * dice.uniform(0.2, 1.1), tmp_path)
        whole = time.monotonic() - began if done == 0 else whole * SLOWER
        complaints: list[str] = []
        generation = open_live(shelf, encoder, complaints.append)
        assert not complaints and open_generation(shelf, generation.manifest.name, encoder, check=True)
        switched += generation.manifest.name != live
    assert retriever_of(generation, encoder).search("làm giấy khai sinh cần gì")
    assert killed_within(command, 120, tmp_path) == 0 and not list(shelf.generations.glob(".building-*"))
    assert is_built_of(shelf.manifest(shelf.current()), knowledge_folders([CONTENT]), encoder)
    tally("Giết `scripts/reindex.py`", rounds, f"{switched} lần đã kịp chuyển; lần nào cũng có thế hệ dùng được", SEED)


# --- stores ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_move_that_is_killed_leaves_an_empty_target_or_a_whole_one(
    kind: str, postgres: Cluster, tmp_path: Path, tally: Tally
) -> None:
    dice, rounds, source = random.Random(SEED), 50 if LONG else 2, f"sqlite:///{tmp_path / 'old.db'}"
    with contextlib.closing(open_store(source)) as store:
        for _ in range(40):
            with store.writing() as tx:
                for _ in range(20):
                    file_one(tx)
        wanted = proof(store)
    empties, whole = 0, 0.0
    for number in range(-1, rounds):
        target = postgres.database() if kind == "postgresql" else f"sqlite:///{tmp_path / f'{number}.db'}"
        command = [sys.executable, str(ROOT / "scripts" / "move_store.py"), source, target]
        began = time.monotonic()
        done = killed_within(command, 120 if number < 0 else whole * dice.uniform(0.1, 1.1), tmp_path)
        whole = time.monotonic() - began if done == 0 else whole * SLOWER
        with contextlib.closing(open_store(target)) as store:
            there = proof(store)
        assert there == wanted or (done is None and not sum(t.rows for t in there)), "half of it was moved"
        if there != wanted:
            empties += 1
            assert killed_within(command, 120, tmp_path) == 0
            with contextlib.closing(open_store(target)) as store:
                assert proof(store) == wanted
    with contextlib.closing(open_store(source)) as store:
        assert assert_whole(store) == 800 and len(wanted) == len(TABLES)
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[kind]
    tally(f"Giết việc chuyển kho sang {name}", rounds, f"{empties} lần còn trống, còn lại đã đủ từng dòng", SEED)


OPENER = "import sys\nfrom bot.store.opening import open_store\nopen_store(sys.argv[1]).close()\n"


@pytest.mark.slow
def test_a_migration_that_is_killed_is_taken_up_again(tmp_path: Path, tally: Tally) -> None:
    """A database of before the books, with many rows: killed while it is brought up to date, it is still the old one or
    wholly the new one, and the next start ends with the same books."""
    dice, rounds, old = random.Random(SEED), 60 if LONG else 2, tmp_path / "old.db"
    script = (ROOT / "tests" / "bot" / "store" / "before_the_books.sql").read_text(encoding="utf-8")
    with contextlib.closing(sqlite3.connect(old)) as db:
        db.executescript(script)
        columns = ", ".join(r[1] for r in db.execute("pragma table_info(turns)") if r[1] != "id")
        for _ in range(12):
            db.execute(f"insert into turns ({columns}) select {columns} from turns")
        db.commit()
    shutil.copyfile(old, tmp_path / "whole.db")
    began = time.monotonic()
    assert killed_within([sys.executable, "-c", OPENER, f"sqlite:///{tmp_path / 'whole.db'}"], 120, tmp_path) == 0
    took = time.monotonic() - began
    with contextlib.closing(open_store(f"sqlite:///{tmp_path / 'whole.db'}")) as store:
        wanted = proof(store)
    cut = 0
    for number in range(rounds):
        file = tmp_path / str(number) / "s.db"
        file.parent.mkdir()
        shutil.copyfile(old, file)
        done = killed_within([sys.executable, "-c", OPENER, f"sqlite:///{file}"], took * dice.uniform(0.3, 1), tmp_path)
        cut += done is None
        with contextlib.closing(open_store(f"sqlite:///{file}")) as store:
            assert proof(store) == wanted
        shutil.rmtree(file.parent)
    tally("Giết việc nâng cấp cơ sở dữ liệu", rounds, f"{cut} lần bị cắt ngang; lần chạy sau làm nốt, giống hệt", SEED)
