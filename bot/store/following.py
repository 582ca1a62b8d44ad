"""The book of what goes out unasked for and was asked for once: subscriptions, mailings, posters and their scans."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence

from bot.outreach.mailing import Kind, Mailing, Poster, State, Subscription, Topic
from bot.outreach.scans import Scan
from bot.store.codec import shape, text_of
from bot.store.connection import among
from bot.store.shelf import Shelf

SUBSCRIPTIONS = shape("subscriptions", Subscription)
MAILINGS = shape("mailings", Mailing)
POSTERS = shape("posters", Poster)
SCANS = shape("scans", Scan)
# The last word of each conversation on a consent.
_AGREED = (
    "select c.conversation from consents c where c.what = :what and c.given = 1 and c.id = "
    "(select max(d.id) from consents d where d.conversation = c.conversation and d.what = c.what)"
)
_NOBODYS = "#"
"""Begins the name under which the scans of a forgotten conversation stay together."""


class FollowShelf(Shelf):
    """Implements desk.followbook.FollowBook."""

    # subscriptions

    def subscribe(self, wish: Subscription) -> bool:
        same = "where conversation = :conversation and topic = :topic and field = :field and ended is null"
        who = {"conversation": wish.conversation, "topic": wish.topic.value, "field": wish.field}
        before = self._one(SUBSCRIPTIONS, same, **who)
        if before is not None and before.place == wish.place:
            return False
        if before is not None:
            self.unsubscribe(wish.conversation, before.id, wish.since)
        self._numbered(SUBSCRIPTIONS, wish)
        return True

    def unsubscribe(self, conversation: str, number: int, at: dt.datetime, mailing: int = 0) -> bool:
        values = {"conversation": conversation, "id": number, "at": text_of(at), "mailing": mailing}
        return bool(
            self._db.run(
                "update subscriptions set ended = :at, mailing = :mailing "
                "where id = :id and conversation = :conversation and ended is null",
                values,
            )
        )

    def subscriptions_of(self, conversation: str) -> Sequence[Subscription]:
        where = "where conversation = :conversation and ended is null order by id"
        return self._all(SUBSCRIPTIONS, where, conversation=conversation)

    def subscribers(self, topic: Topic | None = None, fields: Sequence[str] = ()) -> Sequence[Subscription]:
        listed, named = among("field", fields)
        of_fields = f"and field in {listed}" if fields else ""
        where = f"where ended is null and (:topic = '' or topic = :topic) {of_fields} order by id"
        return self._all(SUBSCRIPTIONS, where, topic=topic.value if topic else "", **named)

    def subscriptions(self, until: dt.datetime) -> Iterator[Subscription]:
        return self._each(SUBSCRIPTIONS, "where since < :until order by id", until=text_of(until))

    def agreed(self, what: str) -> Sequence[str]:
        return [str(row[0]) for row in self._db.rows(f"{_AGREED} order by c.conversation", {"what": what})]

    def asked_about(self, since: dt.datetime, what: str) -> Sequence[tuple[str, str, tuple[str, ...]]]:
        rows = self._db.rows(
            "select distinct conversation, place, records from turns where at >= :since and records <> '[]' "
            f"and conversation in ({_AGREED}) order by conversation, place, records",
            {"since": text_of(since), "what": what},
        )
        return [(conversation, place, tuple(json.loads(records))) for conversation, place, records in rows]

    # mailings

    def add_mailing(self, mailing: Mailing) -> int:
        return self._numbered(MAILINGS, mailing)

    def put_mailing(self, mailing: Mailing) -> None:
        row = MAILINGS.row(mailing)
        changes = ", ".join(f'"{c}" = :{c}' for c in row if c != "id")
        self._db.run(f"update mailings set {changes} where id = :id", row)

    def mailing(self, number: int) -> Mailing | None:
        return self._one(MAILINGS, "where id = :id", id=number)

    def mailings(self, kind: Kind | None = None, states: Sequence[State] = (), most: int = 0) -> Sequence[Mailing]:
        listed, named = among("state", [s.value for s in states])
        of_states = f"and state in {listed}" if states else ""
        limit = f"limit {int(most)}" if most else ""
        where = f"where (:kind = '' or kind = :kind) {of_states} order by id desc {limit}"
        return self._all(MAILINGS, where, kind=kind.value if kind else "", **named)

    def drop_mailing(self, number: int, why: str) -> int:
        return self._db.run(
            "update notices set state = 'dead', why = :why, body = '', claimed_by = '', claimed_until = '' "
            "where code in (:code, :more) and state = 'waiting'",
            {"code": f"tin:{number}", "more": f"tin:{number}+", "why": why},
        )

    def notice_fates(self, code: str) -> Mapping[tuple[str, str, str], int]:
        query = "select door, state, why, count(*) from notices where code = :code group by door, state, why"
        return {(door, state, why): int(n) for door, state, why, n in self._db.rows(query, {"code": code})}

    def unsubscribed(self, mailing: int) -> int:
        return self._number("select count(*) from subscriptions where mailing = :mailing", mailing=mailing)

    # posters

    def add_poster(self, poster: Poster) -> int:
        return self._numbered(POSTERS, poster)

    def put_poster(self, poster: Poster) -> None:
        row = POSTERS.row(poster)
        changes = ", ".join(f'"{c}" = :{c}' for c in row if c != "id")
        self._db.run(f"update posters set {changes} where id = :id", row)

    def poster(self, number: int) -> Poster | None:
        return self._one(POSTERS, "where id = :id", id=number)

    def posters(self) -> Sequence[Poster]:
        return self._all(POSTERS, "order by id")

    def add_scan(self, scan: Scan) -> None:
        self._numbered(SCANS, scan)

    def scans(self, since: dt.datetime, until: dt.datetime) -> Sequence[Scan]:
        where = "where at >= :since and at < :until order by at, id"
        return self._all(SCANS, where, since=text_of(since), until=text_of(until))

    def scans_of(self, conversation: str) -> Sequence[Scan]:
        return self._all(SCANS, "where conversation = :conversation order by at, id", conversation=conversation)

    def settle_scan(self, number: int, questions: int) -> None:
        self._db.run("update scans set questions = :n where id = :id", {"n": questions, "id": number})

    # what is forgotten

    def _forget_follower(self, conversation: str, at: dt.datetime) -> None:
        """Counts stay; that it was this person does not, also not in a key or in what still waits."""
        who = {"conversation": conversation, "at": text_of(at)}
        self._db.run(
            "update subscriptions set conversation = '', ended = coalesce(ended, :at) "
            "where conversation = :conversation",
            who,
        )
        door, _, address = conversation.partition(":")
        to = {"door": door, "address": address}
        mine = """door = :door and "to" = :address and code >= 'tin:' and code < 'tin;'"""
        self._db.run(
            f"update notices set state = 'dead', why = 'unsubscribed', body = '' where state = 'waiting' and {mine}", to
        )
        self._db.run(f"""update notices set key = '', "to" = '' where {mine}""", to)
        self._unname_scans("conversation = :conversation", {"conversation": conversation})

    def _forget_followers_of_before(self, before: dt.datetime) -> None:
        when = {"before": text_of(before)}
        self._db.run("update subscriptions set conversation = '' where ended < :before", when)
        self._unname_scans("at < :before", when)

    def _unname_scans(self, which: str, values: Mapping[str, str]) -> None:
        """Scans of one conversation stay those of one person, whose name nobody knows any more."""
        rows = self._db.rows(
            f"select conversation, min(id) from scans where {which} and conversation not like '{_NOBODYS}%' "
            "group by conversation",
            values,
        )
        for conversation, first in rows:
            names = {"conversation": conversation, "nobody": f"{_NOBODYS}{first}", **values}
            self._db.run(
                f"update scans set conversation = :nobody where {which} and conversation = :conversation", names
            )
