"""Who is signed in at the console. A session is known by a token of which only the digest is kept."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Callable, Mapping

from bot.desk.people import digest_of
from bot.desk.transaction import Store, Transaction
from bot.ledger import Audit, Officer

LASTS, IDLE, NOTED_EVERY = dt.timedelta(hours=12), dt.timedelta(hours=2), dt.timedelta(minutes=5)
MOST = 10
"""Sessions of one officer at once; the oldest goes."""
Kept = dict[str, list[str]]


class Sessions:
    """Every session of an officer lies under one value, so that all can be ended at once. A token names its officer."""

    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store, self._now = store, now

    def begin(self, who: Officer) -> str:
        """A token for this officer's browser, new at each sign-in."""
        token, now = f"{who.id}_{secrets.token_hex(24)}", self._now()
        with self._store.writing() as tx:
            living = self._living(tx, who.id)
            newest = dict(sorted(living.items(), key=lambda item: item[1][0])[-(MOST - 1) :])
            _put(tx, who.id, newest | {digest_of(token): [now.isoformat(), now.isoformat()]})
        return token

    def whoever(self, token: str, acts: bool = True) -> Officer | None:
        """The active officer of a living session. `acts` False: a page that asks by itself keeps nobody signed in."""
        number, digest = token.rpartition("_")[0], digest_of(token)
        if not number:
            return None
        with self._store.reading() as tx:
            officer, found = tx.officer(number), self._living(tx, number).get(digest)
        if officer is None or not officer.active or found is None:
            return None
        if acts and self._now() - dt.datetime.fromisoformat(found[1]) > NOTED_EVERY:
            self._note(number, digest)
        return officer

    def end(self, token: str) -> None:
        number = token.rpartition("_")[0]
        with self._store.writing() as tx:
            living = self._living(tx, number)
            if living.pop(digest_of(token), None) is not None:
                _put(tx, number, living)

    def end_all(self, who: Officer) -> None:
        """Everywhere, also here."""
        with self._store.writing() as tx:
            _put(tx, who.id, {})
            tx.audit(Audit(self._now(), who.id, "signed_out", who.id, "everywhere"))

    def count(self, who: Officer) -> int:
        with self._store.reading() as tx:
            return len(self._living(tx, who.id))

    def _note(self, number: str, digest: str) -> None:
        with self._store.writing() as tx:
            living = self._living(tx, number)
            if digest in living:
                _put(tx, number, living | {digest: [living[digest][0], self._now().isoformat()]})

    def _living(self, tx: Transaction, number: str) -> Kept:
        kept: Kept = json.loads(tx.value(_name(number)) or "{}")
        return {digest: times for digest, times in kept.items() if self._lives(times)}

    def _lives(self, times: list[str]) -> bool:
        began, seen = map(dt.datetime.fromisoformat, times)
        return self._now() < min(began + LASTS, seen + IDLE)


def _put(tx: Transaction, number: str, kept: Mapping[str, list[str]]) -> None:
    tx.put_value(_name(number), json.dumps(kept) if kept else "")


def _name(number: str) -> str:
    return f"sessions:{number}"
