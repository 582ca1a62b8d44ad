"""What arrives by a door is kept before it is confirmed; what leaves is kept until it has arrived."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.desk.transaction import Store
from bot.ledger import Notice, Update

CLAIMED = dt.timedelta(seconds=60)
"""For so long a process may work on what it took before another one takes it."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a notice that was to be sent. `why` "": it arrived, and `answer` says as what; else why not, and
    `retry_at` when it is tried again (None: never; it stays as dead and is counted). `put_off`: it was not tried at
    all and is for that hour. `values`: what the door is to remember of it."""

    notice: Notice
    at: dt.datetime
    answer: str = ""
    why: str = ""
    retry_at: dt.datetime | None = None
    put_off: dt.datetime | None = None
    values: Mapping[str, str] = field(default_factory=dict)


class Mail:
    """Inbox and outbox of the doors. `owner` names this process, so that several can share one store."""

    def __init__(self, store: Store, owner: str) -> None:
        self._store, self._owner = store, owner

    @property
    def owner(self) -> str:
        return self._owner

    def take_in(
        self,
        door: str,
        updates: Sequence[Update],
        now: dt.datetime,
        limit: int,
        besides: Sequence[str] = (),
        owners: Sequence[str] = (),
    ) -> Sequence[Update]:
        """What has just come is on disk when it returns; `owners` says, where somebody does, whose each of them is for
        now. Then the oldest open update of each chat that nobody else works on, now this process's to work on: one
        transaction for both."""
        if not updates:
            with self._store.reading() as tx:
                if not tx.open_updates(door, besides):
                    return ()
        with self._store.writing(together=True) as tx:
            tx.receive(updates, owners, now + CLAIMED)
            return tx.claim_updates(door, self._owner, now, now + CLAIMED, limit, besides) if limit > 0 else ()

    def settle(
        self,
        update: Update,
        now: dt.datetime,
        notices: Sequence[Notice] = (),
        follow: Sequence[Update] = (),
        values: Mapping[str, str] | None = None,
    ) -> None:
        """Done without a turn of the dialogue, or given up; what is to be said of it goes out. `follow`: what is to be
        done later because of it; `values`: what the door is to remember."""
        with self._store.writing(together=True) as tx:
            for notice in notices:
                tx.add_notice(notice)
            for name, value in (values or {}).items():
                tx.put_value(name, value)
            tx.receive(follow)
            tx.settle(update.id, now)

    def send_off(
        self, door: str, fates: Sequence[Fate], now: dt.datetime, limit: int, besides: Sequence[str] = ()
    ) -> Sequence[Notice]:
        """What became of those sent before is written down. Then the oldest waiting notice of each address, where it is
        due and nobody else sends it: one transaction for both."""
        with self._store.writing(together=True) as tx:
            for fate in fates:
                if fate.put_off:
                    tx.put_off(fate.notice.id, fate.put_off)
                elif fate.why:
                    tx.notice_failed(fate.notice.id, fate.retry_at, fate.why)
                else:
                    tx.notice_sent(fate.notice.id, fate.at, fate.answer)
                for name, value in fate.values.items():
                    tx.put_value(name, value)
            return tx.claim_notices(door, self._owner, now, now + CLAIMED, limit, besides) if limit > 0 else ()

    def due(self, door: str, now: dt.datetime, limit: int, besides: Sequence[str] = ()) -> Sequence[Notice]:
        """The oldest waiting notice of each address, where it is due and nobody else sends it."""
        return self.send_off(door, (), now, limit, besides)

    def sent(self, notice: Notice, now: dt.datetime, answer: str = "") -> None:
        with self._store.writing(together=True) as tx:
            tx.notice_sent(notice.id, now, answer)

    def arrived(self, notice: Notice, parts: int) -> None:
        """So many of its messages have gone: whatever happens now, they do not go again."""
        with self._store.writing(together=True) as tx:
            tx.notice_arrived(notice.id, parts)

    def post(self, notices: Sequence[Notice]) -> None:
        with self._store.writing(together=True) as tx:
            for notice in notices:
                tx.add_notice(notice)

    def value(self, name: str) -> str:
        """A small thing that a door keeps between two messages; "" where there is none."""
        with self._store.reading() as tx:
            return tx.value(name)

    def put_value(self, name: str, value: str) -> None:
        with self._store.writing(together=True) as tx:
            tx.put_value(name, value)

    def agreed(self, name: str, proposed: str) -> str:
        """What all processes use under this name: the first one's proposal."""
        with self._store.writing(together=True) as tx:
            if not tx.value(name):
                tx.put_value(name, proposed)
            return tx.value(name)

    def waiting(self, door: str, to: str, now: dt.datetime) -> Sequence[Notice]:
        """What is due at one address, the oldest first: for a door whose readers come and look."""
        with self._store.reading() as tx:
            return tx.notices_to(door, to, now)
