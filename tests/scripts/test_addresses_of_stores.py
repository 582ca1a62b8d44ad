"""Where scripts/move_store.py takes its two addresses from, and that a password never stands on a command line."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.store.opening import open_store
from tests.faults.conftest import script

PASSWORD = "mat-khau-rat-kin-55"


@pytest.fixture
def full(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'cu.db'}"
    open_store(url).close()
    return url


@pytest.mark.parametrize("at", [0, 1])
def test_a_password_on_the_command_line_is_refused_and_not_repeated(tmp_path: Path, full: str, at: int) -> None:
    secret = f"postgresql://bot:{PASSWORD}@127.0.0.1:1/x"
    done = script("move_store.py", *((secret, full) if at == 0 else (full, secret)), cwd=tmp_path)
    assert done.returncode == 2 and "@TỆP" in done.stderr and PASSWORD not in done.stdout + done.stderr


def test_addresses_come_from_a_file_and_from_the_settings(tmp_path: Path, full: str) -> None:
    (tmp_path / "moi.txt").write_text(f"sqlite:///{tmp_path / 'moi.db'}\n", encoding="utf-8")
    done = script("move_store.py", "-", "@moi.txt", cwd=tmp_path, DATABASE_URL=full)
    assert done.returncode == 0, done.stderr
    assert sqlite3.connect(tmp_path / "moi.db").execute("select count(*) from migrations").fetchone()[0] >= 1


def test_a_server_that_does_not_answer_is_told_without_the_password(tmp_path: Path, full: str) -> None:
    file = tmp_path / "dia-chi"
    file.write_text(f"postgresql://bot:{PASSWORD}@127.0.0.1:1/x", encoding="utf-8")
    done = script("move_store.py", full, f"@{file}", cwd=tmp_path)
    assert done.returncode == 1 and "Chưa chuyển" in done.stderr and PASSWORD not in done.stdout + done.stderr


@pytest.mark.parametrize("argument", ["@khong-co", "mysql://x", "sqlite:///khong-co.db"])
def test_what_is_no_address_is_told_in_one_line(tmp_path: Path, full: str, argument: str) -> None:
    done = script("move_store.py", argument, full, cwd=tmp_path)
    assert done.returncode in (1, 2) and "Traceback" not in done.stderr and len(done.stderr.splitlines()) == 1
