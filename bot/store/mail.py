"""The mail's book: what arrived and is not settled, what is to be sent and has not gone; both handed out on lease."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import repeat
from typing import Any

from bot.ledger import Notice, Update
from bot.store.codec import moment_of, text_of
from bot.store.connection import among
from bot.store.shelf import Shelf, insert
from bot.store.tables import NOTICES, UPDATES

# What is sent to many waits for those who asked something.
_BY_TURN = "order by (kind = 'bulk'), due, id"
# Held by another: the claim is someone else's and has not ended.
_FREE = "(claimed_by = :owner or claimed_until <= :now)"


class MailBook(Shelf):
    def receive(self, updates: Sequence[Update], owners: Sequence[str] = (), until: dt.datetime | None = None) -> int:
        ends = text_of(until) if until else ""
        whose = zip(updates, owners or repeat(""), strict=False)
        return sum(self._receive(update, owner, ends if owner else "") for update, owner in whose)

    def _receive(self, update: Update, owner: str, ends: str) -> int:
        row = UPDATES.row(update) | {"claimed_by": owner, "claimed_until": ends}
        del row["id"]
        return self._db.run(insert(UPDATES.table, tuple(row), "on conflict (door, number) do nothing"), row)

    def open_updates(self, door: str, besides: Sequence[str] = ()) -> bool:
        query = f"select 1 from updates where door = :door and settled_at is null {_except('chat', besides)} limit 1"
        return bool(self._db.rows(query, {"door": door, **among("besides", besides)[1]}))

    def claim_updates(
        self, door: str, owner: str, now: dt.datetime, until: dt.datetime, limit: int, besides: Sequence[str] = ()
    ) -> Sequence[Update]:
        oldest = (
            "select min(id) from updates where door = :door and settled_at is null "
            f"{_except('chat', besides)} group by chat"
        )
        ids = f"select id from updates where id in ({oldest}) and {_FREE} order by id limit :limit"
        values = _lease(door, owner, now, until, limit, besides)
        rows = self._db.rows(
            "update updates set claimed_by = :owner, claimed_until = :until "
            f"where id in ({ids}) and settled_at is null and {_FREE} returning {UPDATES.listed}",
            values,
        )
        return sorted(map(UPDATES.value, rows), key=lambda update: update.id)

    def settle(self, update: int, at: dt.datetime) -> None:
        query = "update updates set settled_at = :at where id = :id and settled_at is null"
        self._db.run(query, {"at": text_of(at), "id": update})

    def add_notice(self, notice: Notice) -> bool:
        row = NOTICES.row(notice) | {"claimed_by": "", "claimed_until": "", "answer": "", "why": ""}
        del row["id"]
        ending = "on conflict (key) where key <> '' do nothing"
        return bool(self._db.run(insert(NOTICES.table, tuple(row), ending), row))

    def claim_notices(
        self, door: str, owner: str, now: dt.datetime, until: dt.datetime, limit: int, besides: Sequence[str] = ()
    ) -> Sequence[Notice]:
        # one that was tried and is to be tried again keeps its place; one for a later hour holds nothing up
        oldest = (
            "select min(id) from notices where door = :door and state = 'waiting' and (due <= :now or tries > 0) "
            f"""{_except('"to"', besides)} group by "to" """
        )
        ids = f"select id from notices where id in ({oldest}) and due <= :now and {_FREE} {_BY_TURN} limit :limit"
        rows = self._db.rows(
            "update notices set claimed_by = :owner, claimed_until = :until "
            f"where id in ({ids}) and state = 'waiting' and {_FREE} returning {NOTICES.listed}",
            _lease(door, owner, now, until, limit, besides),
        )
        return sorted(map(NOTICES.value, rows), key=lambda notice: (notice.due, notice.id))

    def notices_to(self, door: str, to: str, now: dt.datetime) -> Sequence[Notice]:
        where = """where door = :door and "to" = :to and state = 'waiting' and due <= :now order by due, id"""
        return self._all(NOTICES, where, door=door, to=to, now=text_of(now))

    def notice_sent(self, number: int, at: dt.datetime, answer: str = "") -> None:
        # it can be read where it was sent, and its words lie in the papers: no further copy is kept
        self._db.run(
            "update notices set state = 'sent', sent_at = :at, answer = :answer, tries = tries + 1, claimed_by = '', "
            "claimed_until = '', body = '' where id = :id",
            {"at": text_of(at), "answer": answer, "id": number},
        )

    def notice_arrived(self, number: int, parts: int) -> None:
        self._db.run("update notices set arrived = :parts where id = :id", {"parts": parts, "id": number})

    def notice_failed(self, number: int, retry_at: dt.datetime | None, why: str) -> None:
        values = {"id": number, "why": why, "state": "waiting" if retry_at else "dead"}
        due = ""
        if retry_at:
            due, values["due"] = "due = :due, ", text_of(retry_at)
        self._db.run(
            f"update notices set {due}state = :state, tries = tries + 1, why = :why, claimed_by = '', "
            "claimed_until = '' where id = :id and state = 'waiting'",
            values,
        )

    def put_off(self, number: int, due: dt.datetime) -> None:
        self._db.run(
            "update notices set due = :due, claimed_by = '', claimed_until = '' where id = :id and state = 'waiting'",
            {"id": number, "due": text_of(due)},
        )

    def waiting_updates(self) -> dict[str, tuple[int, dt.datetime]]:
        query = "select door, count(*), min(at) from updates where settled_at is null group by door order by door"
        return _waiting(self._db.rows(query))

    def waiting_notices(self, now: dt.datetime) -> dict[str, tuple[int, dt.datetime]]:
        query = (
            "select door, count(*), min(due) from notices where state = 'waiting' and due <= :now "
            "group by door order by door"
        )
        return _waiting(self._db.rows(query, {"now": text_of(now)}))

    def notices(self, code: str) -> Sequence[Notice]:
        return self._all(NOTICES, "where code = :code order by id", code=code)

    def notice_counts(self, door: str = "") -> dict[str, int]:
        query = "select state, count(*) from notices where :door = '' or door = :door group by state order by state"
        return {state: int(n) for state, n in self._db.rows(query, {"door": door})}


def _waiting(rows: Sequence[tuple[Any, ...]]) -> dict[str, tuple[int, dt.datetime]]:
    return {door: (int(n), moment_of(oldest)) for door, n, oldest in rows}


def _except(column: str, besides: Sequence[str]) -> str:
    return f"and {column} not in {among('besides', besides)[0]}" if besides else ""


def _lease(
    door: str, owner: str, now: dt.datetime, until: dt.datetime, limit: int, besides: Sequence[str]
) -> dict[str, Any]:
    named = among("besides", besides)[1]
    return {"door": door, "owner": owner, "now": text_of(now), "until": text_of(until), "limit": limit, **named}
