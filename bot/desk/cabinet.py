"""What officers look at. Every method checks the right of who asks; a petition that is not theirs to see does not
exist for them. Whatever shows somebody's data is written down."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.desk import rights
from bot.desk.attachments import Uploads
from bot.desk.casework import Casework, Terms
from bot.desk.intake import BY_OFFICERS
from bot.desk.notices import CONSOLE
from bot.desk.rights import Action
from bot.desk.transaction import Store
from bot.ledger import Audit, Dossier, NotAllowed, NotFound, Notice, Officer, Page, Party, QueueFilter, Verdict
from bot.petitions.openings import without_opening
from bot.petitions.petition import Happening, Petition, State, legal_moves
from bot.petitions.privacy import mask

EXCERPT = 140
Alike = Callable[[Casework, str], Sequence[str]]
"""The codes of petitions that tell the same as the one of this code, the likest first."""


class Cabinet:
    def __init__(
        self,
        store: Store,
        now: Callable[[], dt.datetime],
        terms: Terms,
        uploads: Uploads,
        alike: Alike | None = None,
    ) -> None:
        self._store, self._now, self._terms, self._uploads = store, now, terms, uploads
        self._alike = alike

    def queue(self, who: Officer, wanted: QueueFilter) -> Page:
        with self._reading(who, Action.QUEUE) as work:
            return work.tx.find(self._within(who, wanted, work))

    def counts(self, who: Officer) -> dict[str, int]:
        """How many wait for whom: open, mine, unassigned, overdue (of these, late_accept are not accepted yet),
        waiting; and how much news they have not read."""
        wanted = {
            "open": QueueFilter(open_only=True, limit=1),
            "mine": QueueFilter(open_only=True, assignee=who.id, limit=1),
            "unassigned": QueueFilter(open_only=True, unassigned=True, limit=1),
            "overdue": QueueFilter(open_only=True, overdue_at=self._now(), limit=1),
            "late_accept": QueueFilter(states=(State.NEW,), overdue_at=self._now(), limit=1),
            "waiting": QueueFilter(states=(State.WAITING,), limit=1),
        }
        with self._reading(who, Action.QUEUE) as work:
            found = {name: work.tx.find(self._within(who, one, work)).total for name, one in wanted.items()}
            news = len(work.tx.notices_to(CONSOLE, who.id, work.now))
            return found | {"late_answer": found["overdue"] - found["late_accept"], "news": news}

    def news(self, who: Officer) -> Sequence[Notice]:
        """What happened to petitions that are theirs to know of and that they have not read yet, the newest first."""
        with self._reading(who, Action.QUEUE) as work:
            return tuple(reversed(self._unread(who, work)))

    def read_news(self, who: Officer) -> None:
        """All of it is read."""
        with self._writing(who, Action.QUEUE) as work:
            self._read(work.tx.notices_to(CONSOLE, who.id, work.now), work)

    def sees(self, who: Officer, code: str) -> bool:
        """Whether this petition exists for this person; nothing of it is shown."""
        with self._reading(who, Action.QUEUE) as work:
            found = work.tx.petition(code)
            return found is not None and rights.visible(who, found, work.units)

    def excerpts(self, who: Officer, codes: Sequence[str]) -> Mapping[str, str]:
        """The first words of each story, masked, for a list; those that are not theirs to see are left out."""
        with self._reading(who, Action.QUEUE) as work:
            found = {}
            for code in codes:
                petition = work.tx.petition(code)
                if petition and rights.visible(who, petition, work.units):
                    story = next((p.text for p in work.tx.papers(code) if p.role == "story"), "")
                    found[code] = without_opening(mask(story))[:EXCERPT]
        return found

    def dossier(self, who: Officer, code: str) -> Dossier:
        """Everything of one petition; that it was looked at is written down. Name and contact are in it only where
        they were given openly and are theirs to know; a sealed one is asked for by `identity`."""
        with self._writing(who, Action.DOSSIER) as work:
            petition = self._seen(who, code, work)
            known = rights.knows_identity(who, petition) and not petition.naming
            work.tx.audit(Audit(work.now, who.id, "dossier", code, "contact" if known else ""))
            self._read([n for n in self._unread(who, work) if n.code == code], work)
            similar = [] if petition.erased or self._alike is None else self._alike(work, code)
            return Dossier(
                petition,
                tuple(work.tx.papers(code)),
                tuple(work.tx.events(code)),
                tuple(work.tx.attachments(code)),
                self._moves(who, petition, work.now),
                tuple(c for c in similar if rights.visible(who, work.petition(c), work.units)),
                work.tx.party(code) if known else None,
                {o.id: o.name for o in work.officers},
            )

    def identity(self, who: Officer, code: str) -> Party:
        """Name and contact, also sealed ones; each look is an event of the petition."""
        with self._writing(who, Action.IDENTITY) as work:
            petition = self._seen(who, code, work)
            if not rights.knows_identity(who, petition):
                raise NotAllowed(f"{who.id} ({who.role.value}): identity of {code}")
            party = work.tx.party(code)
            if party is None:
                raise NotFound(code)
            work.happen(petition, Happening.IDENTITY_SEEN, who.id)
            work.tx.audit(Audit(work.now, who.id, "identity", code))
            return party

    def attachment(self, who: Officer, code: str, digest: str) -> bytes:
        with self._writing(who, Action.DOSSIER) as work:
            self._seen(who, code, work)
            if digest not in {a.digest for a in work.tx.attachments(code)}:
                raise NotFound(digest)
            work.tx.audit(Audit(work.now, who.id, "attachment", code, digest[:12]))
        try:
            return self._uploads.read(digest)
        except FileNotFoundError as gone:
            raise NotFound(digest) from gone

    def canned(self, who: Officer) -> tuple[tuple[str, str], ...]:
        """Ready replies: (title, text)."""
        with self._reading(who, Action.CANNED) as work:
            return tuple((t, x) for t, x in json.loads(work.tx.value("canned") or "[]"))

    def verdicts(self, who: Officer, since: dt.datetime, until: dt.datetime) -> Sequence[Verdict]:
        with self._reading(who, Action.FEEDBACK) as work:
            return work.tx.verdicts(since, until)

    def audits(self, who: Officer, since: dt.datetime, until: dt.datetime, about: str = "") -> Sequence[Audit]:
        with self._reading(who, Action.AUDITS) as work:
            return work.tx.audits(since, until, about)

    # inside

    @contextlib.contextmanager
    def _reading(self, who: Officer, action: Action) -> Iterator[Casework]:
        rights.check(who, action)
        with self._store.reading() as tx:
            yield Casework(tx, self._now(), self._terms)

    @contextlib.contextmanager
    def _writing(self, who: Officer, action: Action) -> Iterator[Casework]:
        rights.check(who, action)
        with self._store.writing() as tx:
            yield Casework(tx, self._now(), self._terms)

    @staticmethod
    def _unread(who: Officer, work: Casework) -> Sequence[Notice]:
        """News of a petition that is no longer theirs to see is none."""
        found = work.tx.notices_to(CONSOLE, who.id, work.now)
        seen = {c: work.tx.petition(c) for c in {n.code for n in found}}
        return [n for n in found if (p := seen[n.code]) is not None and rights.visible(who, p, work.units)]

    @staticmethod
    def _read(found: Sequence[Notice], work: Casework) -> None:
        for notice in found:
            work.tx.notice_sent(notice.id, work.now)

    @staticmethod
    def _within(who: Officer, wanted: QueueFilter, work: Casework) -> QueueFilter:
        """What is looked for, among what this person may see."""
        reached = rights.reach(who, work.units)
        units = wanted.units
        if reached is not None:
            units = tuple(u for u in units if u in reached) or reached
        return replace(wanted, units=units, not_about=rights.names_of(who))

    @staticmethod
    def _seen(who: Officer, code: str, work: Casework) -> Petition:
        petition = work.petition(code)
        if not rights.visible(who, petition, work.units):
            raise NotFound(code)
        return petition

    def _handled(self, who: Officer, code: str, work: Casework) -> Petition:
        petition = self._seen(who, code, work)
        if not rights.handles(who, petition):
            raise NotAllowed(f"{who.id} ({who.role.value}): {code} is {petition.assignee}'s")
        return petition

    @staticmethod
    def _moves(who: Officer, petition: Petition, now: dt.datetime) -> tuple[State, ...]:
        if not rights.handles(who, petition) or petition.erased:
            return ()
        withdrawn = petition.channel in BY_OFFICERS
        return tuple(s for s in legal_moves(petition, now) if withdrawn or s is not State.WITHDRAWN)
