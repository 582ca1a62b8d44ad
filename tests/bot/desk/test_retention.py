from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.attachments import Fit, Uploads
from bot.desk.retention import Forgotten, Retention
from bot.desk.transaction import Store
from bot.ledger import Attachment, Turn
from bot.store.opening import open_store

NOW = dt.datetime(2026, 11, 21, 2, 30, tzinfo=dt.UTC)
OLD, NEW = NOW - dt.timedelta(days=400), NOW - dt.timedelta(days=5)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 's.db'}")
    yield opened
    opened.close()


def asked(store: Store, question: str, at: dt.datetime) -> None:
    with store.writing() as tx:
        tx.add_turn(
            Turn("telegram:1", at, "telegram", question, "cau_hoi", "answer", ("p:khai_sinh",), 0.9, "g", "lời đáp")
        )


def retention(store: Store, uploads: Uploads, waiting: Path) -> Retention:
    days = dt.timedelta(days=1)
    return Retention(store, lambda: NOW, uploads, 365 * days, 30 * days, (waiting,))


def test_old_words_go_and_their_count_stays(store: Store, tmp_path: Path) -> None:
    asked(store, "câu cũ", OLD)
    asked(store, "câu mới", NEW)
    job = retention(store, Uploads(tmp_path / "uploads"), tmp_path / "none")
    assert job.run() == Forgotten(turns=1)
    assert job.run() == Forgotten()
    with store.reading() as tx:
        kept = list(tx.turns(OLD, NOW))
    assert [(t.question, t.reply) for t in kept] == [("", ""), ("câu mới", "lời đáp")]
    assert [t.behavior for t in kept] == ["answer", "answer"]


def test_files_of_no_petition_go_after_their_time_and_others_stay(store: Store, tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "uploads")
    old, new, shared = (uploads.keep(Fit("application/pdf", f"%PDF-{n}".encode())) for n in ("old", "new", "shared"))
    with store.writing() as tx:
        for digest, whose, at in ((old, "1", OLD), (new, "1", NEW), (shared, "1", OLD), (shared, "2", NEW)):
            tx.add_attachment(Attachment(digest, "a.pdf", "application/pdf", 8, f"telegram:{whose}", "", at))
    waiting = tmp_path / "waiting"
    waiting.mkdir()
    for name, at in (("cu.xlsx", OLD), ("moi.xlsx", NEW)):
        (waiting / name).write_bytes(b"x")
        os.utime(waiting / name, (at.timestamp(), at.timestamp()))
    assert retention(store, uploads, waiting).run() == Forgotten(files=2)
    assert uploads.read(new) and uploads.read(shared)
    with pytest.raises(FileNotFoundError):
        uploads.read(old)
    assert [f.name for f in waiting.iterdir()] == ["moi.xlsx"]
