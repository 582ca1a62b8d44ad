"""A mailing goes out: who is to have it, in which words, each once, some a second, never in quiet hours.

What is to be sent is written into the outbox with an hour for each receiver, so that answers to those who ask now are
never behind it. Killed anywhere, it goes on where it was: a notice's key makes it once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.desk import notices
from bot.desk.addressing import Receiver, receivers, sample
from bot.desk.following import told_of_asked
from bot.desk.notices import Said
from bot.desk.quiet import Quiet
from bot.desk.transaction import Store, Transaction
from bot.ledger import Notice
from bot.outreach.mailing import Fates, Kind, Mailing, State, Topic, number_of

BATCH = 200
"""Receivers of one transaction: nobody else's waits long for it."""
STOPPED, ENDED, QUIET = "stopped", "unsubscribed", "quiet"
"""Why a notice of a mailing was not sent, or not yet."""
_OURS = frozenset({STOPPED, ENDED})
READ_THERE = "web"
"""The door whose notices wait until somebody comes to read them."""
_TOPICS: Mapping[Kind, frozenset[Topic]] = {
    Kind.NEWS: frozenset({Topic.FIELD}),
    Kind.DIGEST: frozenset({Topic.DIGEST}),
    Kind.BROADCAST: frozenset({Topic.NOTICES, Topic.FIELD}),
}


@dataclass(frozen=True, slots=True)
class Hold:
    """A notice is not to be sent now. `until` None: never."""

    why: str
    until: dt.datetime | None = None


class Postman:
    """`per_second`: how many leave at most; `place`: the house's own, `authority`: who speaks in a broadcast."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], dt.datetime],
        quiet: Quiet,
        place: str = "",
        authority: str = "",
        public_url: str = "",
        per_second: float = 10.0,
    ) -> None:
        self._store, self._now, self._quiet = store, now, quiet
        self._place, self._authority, self._public_url = place, authority, public_url
        self._between = dt.timedelta(seconds=1 / per_second)

    def run(self) -> int:
        """How many notices were written."""
        with self._store.reading() as tx:
            waiting = tx.mailings(states=(State.WAITING, State.SENDING))
        return sum(self._go_on(m.id) for m in reversed(waiting))

    def _go_on(self, number: int) -> int:
        mailing = self._begun(number)
        if mailing is None or mailing.state is not State.SENDING:
            return 0
        written = 0 if mailing.written_at else self._write(mailing)
        self._finish(number)
        return written

    def _begun(self, number: int) -> Mailing | None:
        """As it stands now; one whose hour has come is being sent from here on."""
        with self._store.writing() as tx:
            mailing, now = tx.mailing(number), self._now()
            if mailing and mailing.state is State.WAITING and (mailing.due or now) <= now and not self._quiet.at(now):
                mailing = replace(mailing, state=State.SENDING, began_at=now)
                tx.put_mailing(mailing)
        return mailing

    def receivers_of(self, tx: Transaction, mailing: Mailing) -> Iterable[Receiver]:
        return receivers(tx, mailing, self._now(), self._place, self._authority, self._public_url)

    def sample(self, mailing: Mailing) -> tuple[Said, ...]:
        """As a receiver would read it, where there is none yet."""
        return sample(mailing, self._place, self._authority, self._public_url)

    def _write(self, mailing: Mailing) -> int:
        with self._store.reading() as tx:
            everyone = iter(list(self.receivers_of(tx, mailing)))
        hours, written = self._hours(), 0
        while batch := list(islice(everyone, BATCH)):
            with self._store.writing() as tx:
                current = tx.mailing(mailing.id)
                if current is None or current.state is not State.SENDING:
                    return written  # stopped meanwhile
                written += sum(self._put(tx, mailing, one, next(hours)) for one in batch)
        with self._store.writing() as tx:
            current = tx.mailing(mailing.id)
            if current is not None and current.state is State.SENDING:
                count = sum(tx.notice_fates(mailing.code).values())
                tx.put_mailing(replace(current, written_at=self._now(), receivers=count))
        return written

    def _put(self, tx: Transaction, mailing: Mailing, one: Receiver, due: dt.datetime) -> bool:
        """False where it was written before. A long one goes in parts, of which the first is counted."""
        new = False
        for part, said in enumerate(one.parts):
            key = f"tin:{mailing.id}:{one.conversation}" + (f":{part + 1}" if part else "")
            code = mailing.code + ("+" if part else "")
            bulk = notices.plain(one.conversation, said, key, due, notices.BULK_KIND)
            new |= tx.add_notice(replace(bulk, code=code)) and not part
        return new

    def _hours(self) -> Iterator[dt.datetime]:
        """One after the other, and none in quiet hours."""
        at = self._now()
        while True:
            at = self._quiet.after(at)
            yield at
            at += self._between

    def _finish(self, number: int) -> None:
        with self._store.writing() as tx:
            mailing = tx.mailing(number)
            if mailing is None or mailing.state is not State.SENDING or not mailing.written_at:
                return
            waiting = (d for (d, state, _), n in tx.notice_fates(mailing.code).items() if state == "waiting" and n)
            if all(door == READ_THERE for door in waiting):
                tx.put_mailing(replace(mailing, state=State.SENT, ended_at=self._now()))

    # --- at the door -------------------------------------------------------------------------------------------------

    def hold(self, notice: Notice) -> Hold | None:
        """Asked by a door just before it sends: stopped meanwhile, not wanted any more, or the hour is not fit."""
        if notice.kind == notices.BULK_KIND and (over := self._over(notice)):
            return Hold(over)
        now = self._now()
        return Hold(QUIET, self._quiet.after(now)) if self._quiet.at(now) else None

    def _over(self, notice: Notice) -> str:
        """Why a notice of a mailing is never to go; "" where it may."""
        with self._store.reading() as tx:
            mailing = tx.mailing(number_of(notice.code.rstrip("+")))
            if mailing is None or mailing.state is State.STOPPED:
                return STOPPED
            return "" if wanted(tx, mailing, f"{notice.door}:{notice.to}") else ENDED


def wanted(tx: Transaction, mailing: Mailing, conversation: str) -> bool:
    """Whether they still have a subscription that such a mailing belongs to."""
    topics = {s.topic for s in tx.subscriptions_of(conversation)}
    if topics & _TOPICS[mailing.kind]:
        return True
    return mailing.kind is Kind.NEWS and told_of_asked(tx, conversation)


def fates_of(tx: Transaction, mailing: Mailing) -> Fates:
    """What became of it until now."""
    counts = tx.notice_fates(mailing.code)

    def total(*states: str, why: Sequence[str] = (), besides: Iterable[str] = ()) -> int:
        found = ((w, n) for (_, state, w), n in counts.items() if state in states)
        return sum(n for w, n in found if (not why or w in why) and w not in set(besides))

    return Fates(
        receivers=sum(counts.values()),
        sent=total("sent"),
        waiting=total("waiting"),
        unreachable=total("dead", besides=_OURS),
        ended=total("dead", why=tuple(_OURS)),
        unsubscribed=tx.unsubscribed(mailing.id),
    )
