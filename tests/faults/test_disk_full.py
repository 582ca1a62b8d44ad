"""A disk without room: what was confirmed stays, nothing is there by half, and it goes on when there is room again."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.attachments import Fit, Uploads
from bot.store.opening import open_store
from index.encoder import open_encoder
from index.snapshot import Shelf, open_generation
from tests.faults.checks import assert_whole, file_one
from tests.faults.conftest import ROOT, script, started

FILL = """
import sys
from checks import accept_one, file_one
from bot.ledger import StoreUnavailable
from bot.store.opening import open_store
store, refused = open_store(sys.argv[1]), 0
while refused < 3:
    try:
        with store.writing() as tx:
            petition = file_one(tx, "Đèn ở dốc bị hỏng " * 400)
        print(petition.code, flush=True)
        with store.writing() as tx:
            accept_one(tx, petition)
    except StoreUnavailable:
        refused += 1
"""
KEEP = """
import sys
from pathlib import Path
from bot.desk.attachments import Fit, Uploads
try:
    Uploads(Path(sys.argv[1])).keep(Fit("image/jpeg", bytes(300_000)))
except OSError as full:
    print("refused", full.errno)
"""

INDEX = """
import sys
from pathlib import Path
from index.encoder import open_encoder
from index.snapshot import Shelf, build
from knowledge.reading import CONTENT
shelf = Shelf(Path(sys.argv[1]))
with shelf.building():
    shelf.prune()
    shelf.switch(build(shelf, [CONTENT], open_encoder()).name)
"""
BACK_UP = """
import os, runpy, sys
os.environ["DATA_DIR"] = sys.argv[2]
sys.argv = [sys.argv[1], "--to", sys.argv[3]]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def _mountable() -> bool:
    """Small file systems of one's own need rights that a test rarely has."""
    if os.geteuid() or not shutil.which("mount"):
        return False
    with tempfile.TemporaryDirectory() as folder:
        command = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", folder]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            return False
        return not subprocess.run(["umount", folder], capture_output=True, check=False).returncode


MOUNTABLE = _mountable()


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def filled(url: str, cwd: Path, limit: int | None = None) -> list[str]:
    """The codes that were shown until nothing more could be written."""
    process = started(FILL, url, cwd=cwd, limit=limit)
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return out.split()


def test_filing_until_no_file_may_grow(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 's.db'}"
    open_store(url).close()
    shown = filled(url, tmp_path, limit=1_500_000)
    with contextlib.closing(open_store(url)) as store:
        assert assert_whole(store, shown) >= len(shown) > 3
        with store.writing() as tx:
            file_one(tx)
        assert_whole(store, shown)


@pytest.mark.skipif(not MOUNTABLE, reason="no right to mount a small disk; the limit on files is tested instead")
def test_filing_until_the_disk_is_full_and_on_when_there_is_room(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, "2m"):
        url = f"sqlite:///{disk / 's.db'}"
        open_store(url).close()
        shown = filled(url, tmp_path)
        subprocess.run(["mount", "-o", "remount,size=32m", str(disk)], check=True)
        with contextlib.closing(open_store(url)) as store:
            assert assert_whole(store, shown) >= len(shown) > 3
            with store.writing() as tx:
                file_one(tx)
            assert_whole(store, shown)


def test_a_citizens_file_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    process = started(KEEP, str(tmp_path / "uploads"), cwd=tmp_path, limit=100_000)
    assert process.communicate(timeout=60)[0].startswith("refused")
    fit = Fit("image/jpeg", bytes(300_000))
    with pytest.raises(FileNotFoundError):
        Uploads(tmp_path / "uploads").read(fit.digest)
    assert Uploads(tmp_path / "uploads").keep(fit) == fit.digest


def test_an_index_that_finds_no_room_leaves_the_live_one_serving(shipped: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    shutil.copytree(shipped, index)
    shelf = Shelf(index)
    live = shelf.current()
    process = started(INDEX, str(index), cwd=tmp_path, limit=400_000)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 1 and "File too large" in errors
    assert shelf.current() == live
    open_generation(shelf, live, open_encoder(), check=True)
    process = started(INDEX, str(index), cwd=tmp_path)
    assert process.communicate(timeout=300)[1] == "" and process.returncode == 0
    assert shelf.current() != live and not list(shelf.generations.glob(".building-*"))
    open_generation(shelf, shelf.current(), open_encoder(), check=True)


def test_a_backup_that_finds_no_room_says_so_and_leaves_the_older_ones(tmp_path: Path) -> None:
    data, copies = tmp_path / "var", tmp_path / "copies"
    data.mkdir()
    with contextlib.closing(open_store(f"sqlite:///{data / 'mot-cua.db'}")) as store, store.writing() as tx:
        for _ in range(20):
            file_one(tx, os.urandom(20_000).hex())
    assert script("backup.py", "--to", str(copies), cwd=tmp_path, DATA_DIR=str(data)).returncode == 0
    before = sorted(copies.iterdir())
    process = started(BACK_UP, str(ROOT / "scripts" / "backup.py"), str(data), str(copies), cwd=tmp_path, limit=300_000)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1 and "Chưa sao lưu được" in errors and "Traceback" not in errors
    assert sorted(copies.iterdir()) == before and not list(data.glob(".backup-*"))
