"""`python -m bot doctor`: each thing that is wrong is named, with what mends it; nothing is changed by looking."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk.attachments import Fit, Uploads
from bot.desk.backing import VALUE
from bot.doctor import Finding, findings
from bot.ledger import Attachment
from bot.settings import Settings
from bot.store.opening import open_store
from index.encoder import open_encoder
from index.snapshot import Shelf, build
from knowledge.reading import CONTENT
from tests.postgres import Cluster, postgres

__all__ = ["postgres"]
TODAY = dt.date(2026, 3, 2)
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
TOKEN = "123456789:" + "A" * 35


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shelf = Shelf(tmp_path_factory.mktemp("doctor") / "index")
    shelf.switch(build(shelf, [CONTENT], open_encoder()).name)
    return shelf.root


@pytest.fixture
def machine(tmp_path: Path, index: Path) -> Settings:
    data = tmp_path / "var"
    data.mkdir(mode=0o700)
    (tmp_path / ".env").touch(0o600)
    settings = Settings(data_dir=data, index_dir=index, authority_name="UBND xã Bình An", telegram_token=TOKEN)
    open_store(settings.database).close()
    return settings


def found(machine: Settings, today: dt.date = TODAY) -> list[Finding]:
    return findings(machine, today, machine.data_dir.parent / ".env")


def bad(machine: Settings, today: dt.date = TODAY) -> list[str]:
    return [f.text for f in found(machine, today) if f.bad]


def test_a_machine_in_order_has_nothing_to_mend(machine: Settings) -> None:
    assert bad(machine) == []
    told = "\n".join(map(str, found(machine)))
    assert "khớp nội dung và mô hình" in told and "0 phiếu" in told and TOKEN not in told


def test_looking_makes_no_database(machine: Settings, tmp_path: Path) -> None:
    fresh = replace(machine, database_url=f"sqlite:///{tmp_path / 'none.db'}")
    assert bad(fresh) == [] and any(f.note and "tự tạo" in f.text for f in found(fresh))
    assert not (tmp_path / "none.db").exists()


def test_a_holiday_calendar_that_ends_soon_is_named(machine: Settings) -> None:
    (text,) = bad(machine, dt.date(2026, 12, 1))
    assert "calendar.yaml" in text


def test_a_database_of_a_newer_program_is_named(machine: Settings) -> None:
    with contextlib.closing(sqlite3.connect(machine.data_dir / "mot-cua.db")) as db, db:
        db.execute("insert into migrations (number, name, at) values (999, 'x', 'x')")
    (text,) = bad(machine)
    assert "999" in text and "cài lại chương trình mới" in text


@pytest.mark.parametrize("what", [b"this is no database" * 100, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_broken_database_is_named(machine: Settings, what: bytes) -> None:
    (machine.data_dir / "mot-cua.db").write_bytes(what)
    (text,) = bad(machine)
    assert "không dùng được cơ sở dữ liệu" in text


def test_a_server_that_is_away_is_named_without_its_password(machine: Settings) -> None:
    away = replace(machine, database_url="postgresql://bot:mat-khau-kin@127.0.0.1:1/x")
    (text,) = bad(away)
    assert "DATABASE_URL" in text and "mat-khau-kin" not in text


def test_a_spoiled_index_is_named_with_the_command_that_mends_it(
    machine: Settings, tmp_path: Path, index: Path
) -> None:
    shutil.copytree(index, tmp_path / "index")
    shelf = Shelf(tmp_path / "index")
    (shelf.generations / shelf.current() / "vectors.faiss").write_bytes(b"")
    (text,) = bad(replace(machine, index_dir=shelf.root))
    assert "reindex" in text


@pytest.mark.parametrize(
    ("days", "absent", "told"), [(3, 0, "đã cũ"), (0, 2, "2 tệp đính kèm"), (0, 0, ""), (None, 0, "")]
)
def test_old_or_incomplete_backups_are_named(machine: Settings, days: int | None, absent: int, told: str) -> None:
    if days is not None:
        at = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
        value = f'{{"at": "{at.isoformat()}", "file": "x", "size": 1, "rows": 1, "files": 1, "absent": {absent}, '
        with contextlib.closing(open_store(machine.database)) as store, store.writing() as tx:
            tx.put_value(VALUE, value + '"sealed": false}')
    assert [told in text for text in bad(machine)] == [True] * bool(told)


def test_what_others_can_read_is_named_with_the_command(machine: Settings) -> None:
    machine.data_dir.chmod(0o755)
    (machine.data_dir.parent / ".env").chmod(0o644)
    assert [text.rpartition("chạy: ")[2].split()[1] for text in bad(machine)] == ["600", "700"]


def test_a_house_that_is_open_to_the_world_without_https_is_named(machine: Settings) -> None:
    assert "https" in bad(replace(machine, host="0.0.0.0"))[0]
    assert bad(replace(machine, host="0.0.0.0", public_url="https://hoi.xa.vn")) == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_files_that_this_machine_does_not_see_are_named(
    kind: str, machine: Settings, request: pytest.FixtureRequest
) -> None:
    """As where several machines share PostgreSQL and each keeps its files for itself."""
    if kind == "postgresql":
        machine = replace(machine, database_url=request.getfixturevalue("postgres").database())
    here = Uploads(machine.data_dir / "uploads").keep(Fit("application/pdf", b"%PDF-1"))
    with contextlib.closing(open_store(machine.database)) as store, store.writing() as tx:
        tx.add_attachment(Attachment(here, "a.pdf", "application/pdf", 6, "web:1", "", NOW))
    assert bad(machine) == []
    with contextlib.closing(open_store(machine.database)) as store, store.writing() as tx:
        tx.add_attachment(Attachment("a" * 64, "b.pdf", "application/pdf", 6, "web:2", "", NOW))
    (told,) = bad(machine)
    assert told.startswith("1 trong 2 tệp") and str(machine.data_dir / "uploads") in told
    assert ("dùng chung thư mục" in told) is (kind == "postgresql")


def test_a_server_of_databases_is_looked_at(machine: Settings, postgres: Cluster) -> None:
    settings = replace(machine, database_url=postgres.database())
    assert bad(settings) == []
    open_store(settings.database).close()
    assert bad(settings) == [] and any("0 phiếu" in f.text for f in found(settings))
