"""The officers' book: who they are, their units, invitations, and what they looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from bot.desk.transaction import Conflict
from bot.ledger import Audit, Invitation, Officer, Unit
from bot.store.codec import text_of
from bot.store.shelf import Shelf
from bot.store.tables import AUDITS, INVITATIONS, OFFICERS, UNITS


class People(Shelf):
    def put_officer(self, officer: Officer) -> None:
        for account in (*officer.accounts, *([f"login:{officer.login}"] if officer.login else [])):
            other = self.officer_of(account) if officer.active else None
            if other and other.id != officer.id:
                raise Conflict(f"{account} is {other.id}'s, not {officer.id}'s")
        self._put(OFFICERS, officer, "id")

    def officer(self, number: str) -> Officer | None:
        return self._one(OFFICERS, "where id = :id", id=number)

    def officer_of(self, account: str) -> Officer | None:
        if account.startswith("login:"):
            login = account.removeprefix("login:")
            where = "where login = :login and login <> '' and active = 1 order by id"
            return self._one(OFFICERS, where, login=login)
        # some hundred officers at most: reading them is quicker than another table would be worth
        active = self._all(OFFICERS, "where active = 1 order by id")
        return next((o for o in active if account in o.accounts), None)

    def officers(self) -> Sequence[Officer]:
        return self._all(OFFICERS, "order by id")

    def put_unit(self, unit: Unit) -> None:
        self._put(UNITS, unit, "key")

    def units(self) -> Sequence[Unit]:
        return self._all(UNITS, "order by key")

    def add_invitation(self, invitation: Invitation) -> None:
        self._add(INVITATIONS, invitation)

    def take_invitation(self, digest: str, now: dt.datetime) -> Invitation | None:
        rows = self._db.rows(
            "update invitations set used_at = :now where digest = :digest and used_at is null and ends_at > :now "
            f"returning {INVITATIONS.listed}",
            {"digest": digest, "now": text_of(now)},
        )
        return replace(INVITATIONS.value(rows[0]), used_at=now) if rows else None

    def audit(self, entry: Audit) -> None:
        self._add(AUDITS, entry)

    def audits(self, since: dt.datetime, until: dt.datetime, about: str = "") -> Sequence[Audit]:
        where = "where at >= :since and at < :until and (:about = '' or about = :about) order by at, id"
        return self._all(AUDITS, where, since=text_of(since), until=text_of(until), about=about)
