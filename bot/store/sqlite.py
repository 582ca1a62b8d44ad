"""SQLite through sqlite-utils: one file, write-ahead log, every commit on disk before it counts."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlite_utils import Database

from bot.desk.protocol import Gap, Kept, StoreUnavailable, Turn, Verdict
from bot.petitions.codes import code_of
from bot.store.migrations import closing_transaction, migrate

BUSY_MILLISECONDS = 5000


class SqliteStore:
    """Implements desk.protocol.Store. Every thread has a connection of its own."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = file
        self._local = threading.local()
        self._opened: list[Database] = []
        self._lock = threading.Lock()
        with self._guarded():
            self._db.enable_wal()
            migrate(self._db)

    @property
    def _db(self) -> Database:
        db: Database | None = getattr(self._local, "db", None)
        if db is None:
            connection = sqlite3.connect(self._file, timeout=BUSY_MILLISECONDS / 1000, check_same_thread=False)
            db = Database(connection)
            for pragma in ("foreign_keys = on", "synchronous = full", f"busy_timeout = {BUSY_MILLISECONDS}"):
                connection.execute(f"pragma {pragma}")
            self._local.db = db
            with self._lock:
                self._opened.append(db)
        return db

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as bad:
            raise StoreUnavailable(f"{self._file}: {bad}") from bad

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Database]:
        with self._guarded():
            self._db.execute("begin immediate")
            with closing_transaction(self._db):
                yield self._db

    def session(self, conversation: str) -> str:
        with self._guarded():
            row = self._db.execute("select session from sessions where conversation = ?", [conversation]).fetchone()
        return str(row[0]) if row else ""

    def keep(self, turn: Turn) -> Kept:
        at = turn.at.isoformat()
        with self._writing() as db:
            about = _last_answer(db, turn.conversation) if turn.feedback else None
            number = int(db.table("turns").insert(_row(turn)).last_pk or 0)
            session = {"conversation": turn.conversation, "session": turn.session, "at": at}
            db.table("sessions").upsert(session, pk="conversation")
            if turn.unknown:
                db.table("gaps").insert({"turn": number, "question": turn.unknown, "at": at, "door": turn.door})
            if turn.feedback:
                f = turn.feedback
                words = {"good": int(f.good), "reason": f.reason, "words": f.words}
                db.table("feedback").insert({"turn": number, "about": about, **words, "at": at})
            code = _file(db, number, turn) if turn.petition else ""
        return Kept(number, code)

    def filed_at(self, code: str, conversation: str) -> dt.datetime | None:
        query = "select at from petitions where code = ? and conversation = ?"
        with self._guarded():
            row = self._db.execute(query, [code, conversation]).fetchone()
        return dt.datetime.fromisoformat(row[0]) if row else None

    def gaps(self, since: dt.datetime) -> Sequence[Gap]:
        with self._guarded():
            rows = list(self._db.table("gaps").rows_where("at >= ?", [since.isoformat()], order_by="turn"))
        return [Gap(r["question"], dt.datetime.fromisoformat(r["at"]), r["door"]) for r in rows]

    def verdicts(self, since: dt.datetime) -> Sequence[Verdict]:
        query = (
            "select f.good, f.reason, f.words, f.at, t.question, t.records, t.generation from feedback f "
            "left join turns t on t.id = f.about where f.at >= ? order by f.turn"
        )
        with self._guarded():
            rows = list(self._db.query(query, [since.isoformat()]))
        return [
            Verdict(
                bool(r["good"]),
                r["reason"],
                r["words"],
                r["question"] or "",
                tuple(json.loads(r["records"] or "[]")),
                r["generation"] or "",
                dt.datetime.fromisoformat(r["at"]),
            )
            for r in rows
        ]

    def forget(self, conversation: str) -> int:
        """What was said is erased; that something was asked and how it ended stays, under no name."""
        with self._writing() as db:
            turns = [r["id"] for r in db.table("turns").rows_where("conversation = ?", [conversation], select="id")]
            db.execute("delete from sessions where conversation = ?", [conversation])
            for number in turns:
                db.execute("update gaps set question = '' where turn = ?", [number])
                db.execute("update feedback set words = '' where turn = ?", [number])
            db.execute(
                "update turns set conversation = '', question = '', reply = '' where conversation = ?", [conversation]
            )
        return len(turns)

    def close(self) -> None:
        with self._lock:
            for db in self._opened:
                db.close()
            self._opened.clear()


def _row(turn: Turn) -> dict[str, object]:
    return {
        "conversation": turn.conversation,
        "at": turn.at.isoformat(),
        "door": turn.door,
        "question": turn.question,
        "class": turn.message_class,
        "behavior": turn.behavior,
        "records": json.dumps(turn.records),
        "score": turn.score,
        "generation": turn.generation,
        "reply": turn.reply,
        "milliseconds": turn.milliseconds,
    }


def _file(db: Database, turn_number: int, turn: Turn) -> str:
    """The next number of the year, within the open transaction: no two petitions share one, none is left out."""
    p, year = turn.petition, turn.at.year
    assert p is not None
    last = db.execute("select max(number) from petitions where year = ?", [year]).fetchone()[0]
    number = (last or 0) + 1
    code = code_of(year, number)
    db.table("petitions").insert(
        {
            "code": code,
            "year": year,
            "number": number,
            "turn": turn_number,
            "conversation": turn.conversation,
            "kind": p.kind,
            "text": p.text,
            "place": p.where,
            "happened": p.when,
            "contact": p.contact,
            "anonymous": p.anonymous,
            "at": turn.at.isoformat(),
        }
    )
    return code


def _last_answer(db: Database, conversation: str) -> int | None:
    row = db.execute(
        "select id from turns where conversation = ? and records != '[]' order by id desc limit 1", [conversation]
    ).fetchone()
    return int(row[0]) if row else None
