"""Copies of the whole house: made while it runs, whole or not there, and a house again when they are restored."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import random
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk import backing
from bot.desk.archive import Damaged, new_key
from bot.desk.backing import Backing, Looked, backups, last_backup, restore, spelled
from bot.desk.desk import utc_now
from bot.desk.transaction import Store
from bot.jobs.loop import Jobs
from bot.jobs.tasks import backup_task
from bot.ledger import Attachment
from bot.settings import Settings
from bot.store.backup import copy_out, look_into
from bot.store.moving import proof
from bot.store.opening import open_store
from index.encoder import open_encoder
from index.snapshot import Shelf, open_generation
from tests.conftest import Tally
from tests.faults.checks import FILER, NOW, assert_whole, file_one
from tests.faults.conftest import LONG, ROOT, script, started, surroundings
from tests.postgres import Cluster

PICTURE = b"\xff\xd8\xff" + bytes(range(256)) * 40


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A DATA_DIR with a citizen's file, edited content and somebody's setting."""
    folder = tmp_path / "var"
    file = folder / "uploads" / DIGEST[:2] / DIGEST
    file.parent.mkdir(parents=True)
    file.write_bytes(PICTURE)
    (folder / "uploads" / "half.123.tmp").write_bytes(b"half")
    content = folder / "knowledge" / "sua-tai-cho"
    content.mkdir(parents=True)
    (content / "contacts.yaml").write_text("contacts: []\n", encoding="utf-8")
    return folder


DIGEST = "ab" * 32


def made_by(store: Store, url: str, data: Path, index: Path | None = None) -> Backing:
    settings = Settings(
        data_dir=data,
        database_url="postgresql://bot:mat-khau-kin@db/house",
        telegram_token="123456789:" + "A" * 35,
        authority_name="UBND xã Bình An",
        telegram_proxy="socks5://ai:mat-khau-kin@127.0.0.1:1080",
        report_recipients=("Như trên", "Lưu: VT"),
    )
    copy = lambda file: copy_out(url, file)  # noqa: E731
    return Backing(store, copy, look_into, data, index or data / "index", spelled(settings), utc_now)


def fill(store: Store, petitions: int = 5) -> None:
    with store.writing() as tx:
        for _ in range(petitions):
            petition = file_one(tx)
        tx.add_attachment(Attachment(DIGEST, "ảnh.jpg", "image/jpeg", len(PICTURE), "web:1", petition.code, NOW))


def test_a_restored_copy_holds_the_same(store: Store, url: str, data: Path, shipped: Path, tmp_path: Path) -> None:
    fill(store)
    made = made_by(store, url, data, shipped).make(tmp_path / "copies", 3)
    before = proof(store)
    house = tmp_path / "new"
    contents = restore(Path(made.file), house, look_into)
    assert (house / "uploads" / DIGEST[:2] / DIGEST).read_bytes() == PICTURE
    assert (house / "knowledge" / "sua-tai-cho" / "contacts.yaml").is_file()
    shelf = Shelf(house / "index")
    assert shelf.current() == contents.generation == Shelf(shipped).current()
    assert open_generation(shelf, shelf.current(), open_encoder(), check=True).manifest.name == shelf.current()
    with contextlib.closing(open_store(f"sqlite:///{house / 'mot-cua.db'}")) as again:
        assert assert_whole(again) == 5
        told = {m.table: m for m in proof(again)}
        assert [told[m.table] for m in before if m.table != "house_values"] == [
            m for m in before if m.table != "house_values"
        ]
        with again.writing() as tx:
            assert file_one(tx).code.startswith("PA-2026-000006")
    assert not list(data.glob(".backup-*")) and not any("tmp" in name for name in contents.files)


def test_the_newest_good_copy_is_told(store: Store, url: str, data: Path, tmp_path: Path) -> None:
    fill(store)
    with store.reading() as tx:
        assert last_backup(tx) is None
    made = made_by(store, url, data).make(tmp_path / "copies", 3)
    with store.reading() as tx:
        assert last_backup(tx) == made
    assert made.rows > 5 and made.size == Path(made.file).stat().st_size and made.absent == 0


def test_no_secret_is_copied(store: Store, url: str, data: Path, tmp_path: Path) -> None:
    made = made_by(store, url, data).make(tmp_path / "copies", 1)
    restore(Path(made.file), tmp_path / "new", look_into)
    text = (tmp_path / "new" / "settings.env").read_text(encoding="utf-8")
    assert "mat-khau-kin" not in text and "AAAA" not in text
    assert "AUTHORITY_NAME=UBND xã Bình An\n" in text and "# TELEGRAM_TOKEN=" in text
    assert "REPORT_RECIPIENTS=Như trên;Lưu: VT\n" in text


def test_only_the_newest_stay_and_strange_files_are_left_alone(
    store: Store, url: str, data: Path, tmp_path: Path
) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "của-ai-đó.tar.gz").write_text("x")
    ways = made_by(store, url, data)
    made = [ways.make(copies, 2).file for _ in range(4)]
    assert {str(f) for f in backups(copies)} <= set(made) and len(backups(copies)) == 2
    assert (copies / "của-ai-đó.tar.gz").is_file()


def test_a_sealed_copy_opens_only_with_its_key(store: Store, url: str, data: Path, tmp_path: Path) -> None:
    fill(store)
    (identity, public), (other, _) = new_key(), new_key()
    made = made_by(store, url, data).make(tmp_path / "copies", 1, public)
    sealed = Path(made.file)
    assert made.sealed and sealed.suffix == ".age"
    assert b"mot-cua.db" not in sealed.read_bytes()
    for wrong in ("", other, "AGE-SECRET-KEY-1QQQ"):
        with pytest.raises(Damaged):
            restore(sealed, tmp_path / "new", look_into, wrong)
        assert not (tmp_path / "new").exists()
    restore(sealed, tmp_path / "new", look_into, f"# created by hand\n{identity}\n")
    assert (tmp_path / "new" / "mot-cua.db").is_file()


@pytest.mark.parametrize("how", ["cut", "flipped", "empty", "foreign"])
def test_an_archive_that_is_not_whole_is_refused_and_leaves_nothing(
    store: Store, url: str, data: Path, tmp_path: Path, how: str
) -> None:
    fill(store)
    good = Path(made_by(store, url, data).make(tmp_path / "copies", 1).file).read_bytes()
    half = len(good) // 2
    flipped = good[:half] + bytes([good[half] ^ 1]) + good[half + 1 :]
    bad = tmp_path / "bad.tar.gz"
    bad.write_bytes({"cut": good[:-700], "flipped": flipped, "empty": b"", "foreign": b"PK\x03\x04" + good}[how])
    with pytest.raises(Damaged):
        restore(bad, tmp_path / "new", look_into)
    assert not (tmp_path / "new").exists() and not list(tmp_path.glob(".new.restoring-*"))


def test_an_archive_cannot_write_outside_its_place(tmp_path: Path) -> None:
    bad = tmp_path / "bad.tar.gz"
    for name in ("../out", "/tmp/out-of-it", "a/../../out"):
        with tarfile.open(bad, "w:gz") as tar:
            member = tarfile.TarInfo(name)
            member.size = 1
            tar.addfile(member, io.BytesIO(b"x"))
        with pytest.raises(Damaged, match="inside"):
            restore(bad, tmp_path / "new", look_into)
    assert not (tmp_path / "out").exists()


def test_a_place_that_is_not_empty_is_not_touched(store: Store, url: str, data: Path, tmp_path: Path) -> None:
    made = made_by(store, url, data).make(tmp_path / "copies", 1)
    there = tmp_path / "there"
    there.mkdir()
    (there / "thư.txt").write_text("của tôi")
    with pytest.raises(backing.NotEmpty):
        restore(Path(made.file), there, look_into)
    assert [f.name for f in there.iterdir()] == ["thư.txt"]


def test_a_copy_that_does_not_stand_its_check_is_not_kept(store: Store, url: str, data: Path, tmp_path: Path) -> None:
    fill(store)
    ways = made_by(store, url, data)
    ways._look = lambda file: Looked({}, frozenset(), ("page 3 is torn",))
    with pytest.raises(backing.CannotBackUp, match="page 3"):
        ways.make(tmp_path / "copies", 1)
    assert not list((tmp_path / "copies").iterdir()) and not list(data.glob(".backup-*"))
    with store.reading() as tx:
        assert last_backup(tx) is None


def test_files_that_are_gone_from_disk_are_counted_and_told(store: Store, url: str, data: Path, tmp_path: Path) -> None:
    fill(store)
    shutil.rmtree(data / "uploads")
    made = made_by(store, url, data).make(tmp_path / "copies", 1)
    assert made.absent == 1
    assert restore(Path(made.file), tmp_path / "new", look_into).absent == (DIGEST,)


def test_two_are_not_made_at_once(store: Store, url: str, data: Path, tmp_path: Path) -> None:
    with store.locked("backup"), pytest.raises(backing.CannotBackUp, match="another"):
        made_by(store, url, data).make(tmp_path / "copies", 1)


# --- while others work -----------------------------------------------------------------------------------------------


@contextlib.contextmanager
def filing(url: str, cwd: Path, shown: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A process that files petitions; `shown` grows as it confirms them."""
    process = started(FILER, url, cwd=cwd)
    assert process.stdout is not None
    lines = process.stdout
    reader = threading.Thread(target=lambda: shown.extend(line.strip() for line in lines))
    reader.start()
    while not shown and process.poll() is None:
        time.sleep(0.02)
    try:
        yield process
    finally:
        process.kill()
        reader.join()
        process.communicate()


def test_a_copy_made_while_petitions_are_filed_is_of_one_moment(
    store: Store, url: str, data: Path, tmp_path: Path, tally: Tally
) -> None:
    shown: list[str] = []
    ways = made_by(store, url, data)
    with filing(url, tmp_path, shown) as process:
        for n in range(20 if LONG else 3):
            before = list(shown)
            made = ways.make(tmp_path / "copies", 1)
            restore(Path(made.file), tmp_path / f"new{n}", look_into)
            with contextlib.closing(open_store(f"sqlite:///{tmp_path / f'new{n}' / 'mot-cua.db'}")) as copy:
                assert_whole(copy, before)
        assert process.poll() is None and len(shown) > len(before)
    engine = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
    tally(f"Sao lưu trong lúc đang nhận phản ánh ({engine})", n + 1, "bản nào cũng của một thời điểm, dựng lại đủ")


# --- killed ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_whoever_is_killed_while_copying_leaves_only_whole_copies(
    tmp_path: Path, data: Path, shipped: Path, tally: Tally
) -> None:
    url, copies, dice = f"sqlite:///{data / 'mot-cua.db'}", tmp_path / "copies", random.Random(7)
    with contextlib.closing(open_store(url)) as store:
        fill(store, 200)
    settings = {"DATA_DIR": str(data), "INDEX_DIR": str(shipped)}
    command = [sys.executable, str(ROOT / "scripts" / "backup.py"), "--to", str(copies), "--keep", "50"]
    began = time.monotonic()
    assert script("backup.py", "--to", str(copies), cwd=tmp_path, **settings).returncode == 0
    whole = time.monotonic() - began
    for _ in range(100 if LONG else 4):
        process = subprocess.Popen(
            command, cwd=tmp_path, env=surroundings(**settings), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(whole * dice.random())
        process.send_signal(signal.SIGKILL)
        process.wait()
    for copy in backups(copies)[-3:]:
        assert script("backup.py", "--verify", str(copy), cwd=tmp_path).returncode == 0
    done = script("backup.py", "--to", str(copies), "--keep", "2", cwd=tmp_path, **settings)
    assert done.returncode == 0, done.stderr
    assert len(backups(copies)) == 2 == len(list(copies.iterdir())) and not list(data.glob(".backup-*"))
    with contextlib.closing(open_store(url)) as store:
        assert assert_whole(store) == 200
    tally("Giết việc sao lưu", 100 if LONG else 4, "bản nào để lại cũng dựng lại được", 7)


@pytest.mark.slow
def test_whoever_is_killed_while_restoring_leaves_a_whole_house_or_none(
    tmp_path: Path, data: Path, shipped: Path, tally: Tally
) -> None:
    with contextlib.closing(open_store(f"sqlite:///{data / 'mot-cua.db'}")) as store:
        fill(store, 100)
    settings = {"DATA_DIR": str(data), "INDEX_DIR": str(shipped)}
    assert script("backup.py", "--to", str(tmp_path / "copies"), cwd=tmp_path, **settings).returncode == 0
    (copy,), dice = backups(tmp_path / "copies"), random.Random(7)
    place = tmp_path / "new"
    command = [sys.executable, str(ROOT / "scripts" / "restore.py"), str(copy), "--into", str(place)]
    for _ in range(100 if LONG else 4):
        process = subprocess.Popen(
            command, cwd=tmp_path, env=surroundings(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(dice.random() * 1.5)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if place.exists():
            with contextlib.closing(open_store(f"sqlite:///{place / 'mot-cua.db'}")) as store:
                assert assert_whole(store) == 100
            assert Shelf(place / "index").current() == Shelf(shipped).current()
            shutil.rmtree(place)
    assert script("restore.py", str(copy), "--into", str(place), cwd=tmp_path).returncode == 0
    assert not list(tmp_path.glob(".new.restoring-*"))
    tally("Giết việc dựng lại từ bản sao lưu", 100 if LONG else 4, "nơi đến đủ cả hoặc chưa có gì", 7)


def test_the_commands_say_what_they_did(tmp_path: Path, data: Path, shipped: Path) -> None:
    with contextlib.closing(open_store(f"sqlite:///{data / 'mot-cua.db'}")) as store:
        fill(store)
    settings = {"DATA_DIR": str(data), "INDEX_DIR": str(shipped)}
    key, copies = tmp_path / "key.txt", tmp_path / "copies"
    public = script("backup.py", "--new-key", str(key), cwd=tmp_path).stdout.split()[-1]
    assert key.stat().st_mode & 0o077 == 0
    assert script("backup.py", "--new-key", str(key), cwd=tmp_path).returncode == 1, "a key is never written over"
    done = script("backup.py", "--to", str(copies), "--recipient", public, cwd=tmp_path, **settings)
    assert done.returncode == 0 and re.search(r"Đã sao lưu và kiểm tra: .*\.age", done.stdout)
    (copy,) = backups(copies)
    assert copy.stat().st_mode & 0o077 == 0 and copies.stat().st_mode & 0o077 == 0
    assert script("backup.py", "--verify", str(copy), "--identity", str(key), cwd=tmp_path).returncode == 0
    assert script("backup.py", "--verify", str(copy), cwd=tmp_path).returncode == 1
    again = script("restore.py", str(copy), "--into", str(tmp_path / "new"), "--identity", str(key), cwd=tmp_path)
    assert again.returncode == 0 and "tất cả đều đúng" in again.stdout
    refused = script("restore.py", str(copy), "--into", str(tmp_path / "new"), "--identity", str(key), cwd=tmp_path)
    assert refused.returncode == 2 and "đang có tệp" in refused.stderr
    nowhere = script("backup.py", "--to", str(copies), cwd=tmp_path, DATA_DIR=str(tmp_path / "none"))
    assert nowhere.returncode == 1 and str(tmp_path / "none") in nowhere.stderr and not (tmp_path / "none").exists()
    wrong = script("backup.py", "--to", str(copies), "--recipient", "age1x", cwd=tmp_path, **settings)
    assert wrong.returncode == 1 and "Traceback" not in wrong.stderr


def test_a_house_of_one_engine_is_restored_into_the_other(tmp_path: Path, data: Path, postgres: Cluster) -> None:
    with contextlib.closing(open_store(f"sqlite:///{data / 'mot-cua.db'}")) as store:
        fill(store)
    made = script("backup.py", "--to", str(tmp_path / "copies"), cwd=tmp_path, DATA_DIR=str(data))
    assert made.returncode == 0, made.stderr
    target, (copy,) = postgres.database(), backups(tmp_path / "copies")
    arguments = (str(copy), "--into", str(tmp_path / "new"), "--to-database")
    done = script("restore.py", *arguments, cwd=tmp_path, DATABASE_URL=target)
    assert done.returncode == 0, done.stderr
    with contextlib.closing(open_store(target)) as store:
        assert assert_whole(store) == 5


# --- by the clock ----------------------------------------------------------------------------------------------------


def test_the_daily_task_makes_a_copy_and_a_failed_one_is_tried_again(
    store: Store, url: str, data: Path, tmp_path: Path
) -> None:
    fill(store)
    now = [NOW]
    (tmp_path / "copies").write_text("a file where the folder should be")
    task = backup_task(made_by(store, url, data), tmp_path / "copies", 2)
    jobs = Jobs(store, [task], lambda: now[0], "here")
    assert jobs.tick() == ["backup"] and not jobs.tick()
    with store.reading() as tx:
        assert [j.state for j in tx.jobs("clock")] == ["failed"] and last_backup(tx) is None
    (tmp_path / "copies").unlink()
    now[0] += dt.timedelta(minutes=11)
    assert jobs.tick() == ["backup"] and not jobs.tick()
    with store.reading() as tx:
        (job,) = tx.jobs("clock")
        made = last_backup(tx)
    assert made is not None and Path(made.file).name in job.message and job.state == "done"
    now[0] += dt.timedelta(days=1)
    assert jobs.tick() == ["backup"] and len(backups(tmp_path / "copies")) == 2
