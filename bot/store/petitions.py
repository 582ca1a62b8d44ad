"""The petitions' book: the log is the truth; the row, the words to search and the count follow it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.desk.transaction import Conflict
from bot.ledger import Attachment, Paper, Party, Receipt
from bot.petitions.petition import Event, Happening, Petition, State, apply, filed, project
from bot.store.codec import details_of, moment_of, text_of
from bot.store.connection import among
from bot.store.search import searched
from bot.store.shelf import Shelf, insert, replacing
from bot.store.tables import ATTACHMENTS, EVENTS, PAPERS, PARTIES, PETITIONS, RECEIPTS

NEVER = "9999-12-31"
_HAPPENINGS = {h.value: h for h in Happening}


def due_of(petition: Petition) -> str:
    """What is to be done next by: its acceptance, then its answer; nothing while it waits for the citizen."""
    by: dt.datetime | None = None
    if petition.state is State.NEW:
        by = petition.accept_by or petition.answer_by
    elif petition.state in (State.ACCEPTED, State.WORKING):
        by = petition.answer_by
    return text_of(by) if by else NEVER


class PetitionBook(Shelf):
    def next_number(self, year: int) -> int:
        """The count's row stays locked until the transaction ends: a number is given once, or given back."""
        return self._number(
            "insert into counters (name, value) values (:name, 1) "
            "on conflict (name) do update set value = counters.value + 1 returning value",
            name=f"petitions:{year}",
        )

    def count_from(self, year: int, number: int) -> None:
        """The year's numbers up to this one are taken."""
        self._db.run(
            "insert into counters (name, value) values (:name, :number) on conflict (name) do update "
            "set value = case when counters.value > excluded.value then counters.value else excluded.value end",
            {"name": f"petitions:{year}", "number": number},
        )

    def add_event(self, event: Event) -> Petition:
        before = self._one(PETITIONS, f"where code = :code{self._db.dialect.for_update}", code=event.code)
        if event.number != (before.number if before else 0) + 1:
            at = before.number if before else 0
            raise Conflict(f"{event.code}: event {event.number} after {at}")
        after = apply(before, event) if before else filed(event)
        if not self._add(EVENTS, event, "on conflict (code, number) do nothing"):
            raise Conflict(f"{event.code}: event {event.number} was written by another")
        self._keep(after)
        if not before:
            self._index(event.code)
        return after

    def _keep(self, petition: Petition) -> None:
        self._put(PETITIONS, petition, "code", due=due_of(petition))

    def petition(self, code: str) -> Petition | None:
        return self._one(PETITIONS, "where code = :code", code=code)

    def events(self, code: str) -> Sequence[Event]:
        return self._all(EVENTS, "where code = :code order by number", code=code)

    def log(self, since: dt.datetime, until: dt.datetime, kinds: Sequence[Happening] = ()) -> Iterator[Event]:
        listed, values = among("kind", [kind.value for kind in kinds])
        only = f"and kind in {listed}" if kinds else ""
        rows = self._db.stream(
            f"select {EVENTS.listed} from events where at >= :since and at < :until {only} order by at, code, number",
            values | {"since": text_of(since), "until": text_of(until)},
        )
        # by hand and not by the shape: a year's report reads hundreds of thousands
        for code, number, kind, at, by, details in rows:
            yield Event(code, number, _HAPPENINGS[kind], moment_of(at), by, details_of(details))

    def add_paper(self, paper: Paper) -> int:
        number = self._numbered(PAPERS, paper)
        self._index(paper.code)
        return number

    def papers(self, code: str) -> Sequence[Paper]:
        return self._all(PAPERS, "where code = :code order by id", code=code)

    def put_party(self, party: Party) -> None:
        self._put(PARTIES, party, "code")

    def party(self, code: str) -> Party | None:
        return self._one(PARTIES, "where code = :code", code=code)

    def add_receipt(self, receipt: Receipt) -> bool:
        return bool(self._add(RECEIPTS, receipt, "on conflict (key) do nothing"))

    def receipt(self, key: str) -> Receipt | None:
        return self._one(RECEIPTS, "where key = :key", key=key)

    def drop_receipts(self, before: dt.datetime) -> int:
        return self._db.run("delete from receipts where at < :before", {"before": text_of(before)})

    def codes_of(self, conversation: str) -> Sequence[str]:
        query = "select code from parties where conversation = :conversation and conversation <> '' order by code"
        return [row[0] for row in self._db.rows(query, {"conversation": conversation})]

    def blank(self, code: str) -> Sequence[str]:
        self._db.run("update papers set text = '' where code = :code", {"code": code})
        self._db.run("delete from parties where code = :code", {"code": code})
        # what waits is still to be read by whom it is for; it goes when it is sent
        self._db.run("update notices set body = '' where code = :code and state <> 'waiting'", {"code": code})
        self._index(code)
        return self.drop_attachments(code)

    # attachments
    def add_attachment(self, attachment: Attachment) -> None:
        a = attachment
        same = "where digest = :digest and code = :code and conversation = :conversation"
        if not self._all(ATTACHMENTS, same, digest=a.digest, code=a.code, conversation=a.conversation):
            self._add(ATTACHMENTS, attachment)

    def attach(self, conversation: str, code: str) -> int:
        loose = "conversation = :conversation and code = ''"
        values = {"conversation": conversation, "code": code}
        self._db.run(
            f"delete from attachments where {loose} and digest in (select digest from attachments where code = :code)",
            values,
        )
        return self._db.run(f"update attachments set code = :code where {loose}", values)

    def attachments(self, code: str, conversation: str = "") -> Sequence[Attachment]:
        where = "where code = :code and (code <> '' or conversation = :conversation) order by id"
        return self._all(ATTACHMENTS, where, code=code, conversation=conversation)

    def newest_attachments(self, count: int) -> Sequence[str]:
        rows = self._db.rows("select digest from attachments order by id desc limit :count", {"count": count})
        return list(dict.fromkeys(row[0] for row in rows))

    def drop_attachments(
        self, code: str = "", conversation: str = "", before: dt.datetime | None = None
    ) -> Sequence[str]:
        where = "code = :code and (code <> '' or conversation = :conversation)"
        values = {"code": code, "conversation": conversation}
        if before:
            where, values = "code = '' and at < :before", {"before": text_of(before)}
        digests = [r[0] for r in self._db.rows(f"select distinct digest from attachments where {where}", values)]
        self._db.run(f"delete from attachments where {where}", values)
        named = "select 1 from attachments where digest = :digest limit 1"
        return sorted(d for d in digests if not self._db.rows(named, {"digest": d}))

    # the projection
    def _index(self, code: str) -> None:
        """The words of the petition's papers, as they are searched; before it is filed there is nothing to find."""
        number = self._number("select id from petitions where code = :code", code=code)
        if number:
            row = {"id": number, "words": self._words_of(code)}
            self._db.run(insert("petition_words", ("id", "words"), replacing("id", ("id", "words"))), row)

    def _words_of(self, code: str) -> str:
        rows = self._db.rows("select text from papers where code = :code order by id", {"code": code})
        return searched("\n".join(row[0] for row in rows))

    def rebuild(self) -> int:
        codes = [p.code for p in self._differing()]
        for code in codes:
            self._keep(project(self.events(code)))
            self._index(code)
        return len(codes) + self._without_events() + self._with_other_words(set(codes))

    def _differing(self) -> Iterator[Petition]:
        """What the log says, wherever the row says something else."""
        log = self._each(EVENTS, "order by code, number")
        rows = self._db.stream(f"select {PETITIONS.listed}, due from petitions order by code")
        row = next(rows, None)
        for code, events in groupby(log, key=lambda event: event.code):
            truth = project(events)
            while row is not None and row[0] < code:
                row = next(rows, None)
            if row is None or row[0] != code or PETITIONS.value(row) != truth or row[-1] != due_of(truth):
                yield truth

    def _without_events(self) -> int:
        loose = "from petitions where not exists (select 1 from events e where e.code = petitions.code)"
        self._db.run(f"delete from petition_words where id in (select id {loose})")
        return self._db.run(f"delete {loose}")

    def _with_other_words(self, besides: set[str]) -> int:
        query = "select p.code, w.words from petitions p left join petition_words w on w.id = p.id order by p.code"
        other = [c for c, words in self._db.stream(query) if c not in besides and words != self._words_of(c)]
        for code in other:
            self._index(code)
        return len(other)
