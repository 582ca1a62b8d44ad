"""No secret leaves the process: not in its log, not in what it says, not in the list of processes, not in its files."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from bot.store.opening import open_store
from tests.faults.conftest import ROOT, script, surroundings
from tests.postgres import Cluster
from tests.telegram.double import TOKEN, Double, Fault
from tests.telegram.process import Bot

PASSWORD, HOOK = "mat-khau-kin-9f3c", "chuoi-bi-mat-cua-webhook-77"
CHAT = 42
PHONE = "0912345678"


def with_password(url: str) -> str:
    """The throw-away server trusts everybody, so any password does."""
    return url.replace("postgres@", f"postgres:{PASSWORD}@")


def found_in(text: str) -> list[str]:
    """Which secrets stand in it; of the token, the half that nobody may know."""
    return [s for s in (TOKEN.partition(":")[2], PASSWORD, HOOK) if s in text]


def processes() -> str:
    """The command lines of all processes, as anybody on this machine may read them."""
    lines = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(file.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return "\n".join(lines)


@pytest.fixture
def running(shipped: Path, postgres: Cluster, tmp_path: Path) -> Iterator[tuple[Double, Bot, str]]:
    url = with_password(postgres.database())
    with Double() as double, Bot(double, tmp_path / "var", shipped, DATABASE_URL=url) as bot:
        yield double, bot, url


@pytest.mark.slow
def test_a_whole_run_with_faults_tells_no_secret(running: tuple[Double, Bot, str], tmp_path: Path) -> None:
    double, bot, url = running
    double.chat(CHAT)
    double.faults.append(Fault(500, 2, ("sendMessage",)))
    double.faults.append(Fault("nonsense", 1, ("getUpdates",)))
    double.say(CHAT, f"làm giấy khai sinh cần gì, gọi tôi {PHONE}")
    double.wait(lambda: any("khai sinh" in t.lower() for t in double.texts(CHAT)), 90)
    assert not found_in(processes())
    for n in range(3):
        double.push({"message": {"chat": {"id": CHAT}, "nonsense": n}})
    time.sleep(1)
    with urlopen(f"http://127.0.0.1:{bot.port}/health", timeout=5) as answer:
        assert not found_in(answer.read().decode())
    assert not found_in("\n".join(double.texts(CHAT)))
    settings = {**bot.settings, "DATABASE_URL": url}
    for command in (["doctor"], ["unit", "list"]):
        out = subprocess.run(
            [sys.executable, "-m", "bot", *command],
            cwd=tmp_path,
            env=surroundings(**settings),
            capture_output=True,
            text=True,
        )
        assert not found_in(out.stdout + out.stderr)
    assert bot.stop() == 0
    assert not found_in(bot.log()) and PHONE not in bot.log()
    kept = [f for f in (tmp_path / "var").rglob("*") if f.is_file()]
    assert not [f for f in kept if found_in(f.read_bytes().decode(errors="replace"))]


@pytest.mark.parametrize("url", ["postgresql://bot:{}@127.0.0.1:1/x", "postgresql://bot:{}@127.0.0.1:not-a-port/x"])
def test_a_server_that_cannot_be_reached_is_told_without_the_password(tmp_path: Path, url: str) -> None:
    settings = {"DATABASE_URL": url.format(PASSWORD), "DATA_DIR": str(tmp_path), "TELEGRAM_TOKEN": TOKEN}
    for command in (["unit", "list"], ["doctor"]):
        done = subprocess.run(
            [sys.executable, "-m", "bot", *command],
            cwd=tmp_path,
            env=surroundings(**settings),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1 and "Traceback" not in done.stderr
        assert not found_in(done.stdout + done.stderr)
    done = script("backup.py", cwd=tmp_path, **settings)
    assert done.returncode == 1 and not found_in(done.stdout + done.stderr)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_TOKEN", f"{TOKEN} "),
        ("TELEGRAM_TOKEN", f"bot{TOKEN}"),
        ("WEBHOOK_SECRET", f"{HOOK}!"),
        ("DATABASE_URL", f"mysql://bot:{PASSWORD}@db/x"),
        ("TELEGRAM_PROXY", f"ftp://bot:{PASSWORD}@proxy:1"),
    ],
)
def test_a_setting_that_is_refused_is_named_without_its_value(tmp_path: Path, name: str, value: str) -> None:
    environment = surroundings(DATA_DIR=str(tmp_path), **{name: value})
    command = [sys.executable, "-m", "bot", "unit", "list"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert not found_in(done.stdout + done.stderr)
    assert done.returncode == 0 or name in done.stderr


def test_no_backup_holds_a_secret(postgres: Cluster, tmp_path: Path) -> None:
    url = with_password(postgres.database())
    open_store(url).close()
    settings = {"DATABASE_URL": url, "TELEGRAM_TOKEN": TOKEN, "DATA_DIR": str(tmp_path / "var"), "WEBHOOK_SECRET": HOOK}
    done = script("backup.py", "--to", str(tmp_path / "copies"), cwd=tmp_path, **settings)
    assert done.returncode == 0, done.stderr
    assert not found_in(done.stdout + done.stderr)
    (copy,) = (tmp_path / "copies").glob("*.tar.gz")
    assert script("restore.py", str(copy), "--into", str(tmp_path / "new"), cwd=tmp_path).returncode == 0
    for file in (tmp_path / "new").rglob("*"):
        assert not file.is_file() or not found_in(file.read_bytes().decode(errors="replace")), file


def test_no_secret_stands_in_the_files_of_the_project() -> None:
    """Tokens and keys as they look; what tests use says that it is for tests."""
    looks = re.compile(r"(?<!\d)\d{8,10}:AA[\w-]{33}|AGE-SECRET-KEY-1[0-9A-Z]{58}|-----BEGIN [A-Z ]*PRIVATE KEY-----")
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    for name in files:
        file = ROOT / name
        if not file.is_file() or file.stat().st_size > 2_000_000 or name.startswith("tests/"):
            continue
        assert not looks.search(file.read_bytes().decode(errors="replace")), name
