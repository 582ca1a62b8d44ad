"""What officers send to many: written, looked at, sent now or later, taken back, stopped; and what became of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.desk import issues, rights
from bot.desk.addressing import Receiver
from bot.desk.delivering import STOPPED, Postman, fates_of
from bot.desk.notices import Said
from bot.desk.quiet import Quiet
from bot.desk.rights import Action
from bot.desk.tidings import Tiding, loaded
from bot.desk.transaction import Store, Transaction
from bot.ledger import Audit, NotFound, Officer
from bot.outreach.digest import Issue
from bot.outreach.mailing import Fates, Kind, Mailing, State, Topic

UNDO = dt.timedelta(minutes=1)
"""So long what is "sent now" can still be taken back."""
LONGEST_TITLE, LONGEST_TEXT = 120, 3000


class BadMailing(Exception):
    """It cannot be kept or sent as it is; `reason`: empty, long, state, nobody, past (wording.broadcasting)."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Sight:
    """A mailing as an officer sees it. `count`: who would have it, or has; `shown`: the words of one receiver."""

    mailing: Mailing
    count: int
    shown: tuple[Said, ...]
    fates: Fates


@dataclass(frozen=True, slots=True)
class Following:
    """How many people follow what: by field, all announcements, the digest; and all of them once."""

    fields: Mapping[str, int]
    notices: int
    digest: int
    people: int


class Mailings:
    def __init__(
        self,
        store: Store,
        postman: Postman,
        now: Callable[[], dt.datetime],
        quiet: Quiet,
        place: str = "",
    ) -> None:
        self._store, self._postman, self._now, self._quiet, self._place = store, postman, now, quiet, place

    # --- writing -----------------------------------------------------------------------------------------------------

    def write(
        self, who: Officer, title: str, text: str, fields: Sequence[str] = (), place: str = "", number: int = 0
    ) -> int:
        """A new broadcast, or other words for the one of this number. Raises BadMailing, NotFound."""
        rights.check(who, Action.BROADCAST)
        title, text = " ".join(title.split()), text.strip().replace("\r\n", "\n")
        if not title or not text:
            raise BadMailing("empty")
        if len(title) > LONGEST_TITLE or len(text) > LONGEST_TEXT:
            raise BadMailing("long")
        with self._store.writing() as tx:
            if number:
                before = _draft(tx, number, Kind.BROADCAST)
                tx.put_mailing(replace(before, title=title, text=text, fields=tuple(fields), place=place))
                return number
            new = Mailing(Kind.BROADCAST, title, text, who.id, self._now(), fields=tuple(fields), place=place)
            number = tx.add_mailing(new)
            self._note(tx, who, "mailing_written", number)
        return number

    def rewrite_digest(self, who: Officer, number: int, issue: Issue) -> None:
        """What an officer made of the draft. Raises BadMailing once it is on its way."""
        rights.check(who, Action.DIGEST)
        with self._store.writing() as tx:
            before = _draft(tx, number, Kind.DIGEST)
            tx.put_mailing(replace(before, text=issues.dumped(issue)))
            self._note(tx, who, "mailing_written", number)

    # --- sending -----------------------------------------------------------------------------------------------------

    def send(self, who: Officer, number: int, due: dt.datetime | None = None) -> Mailing:
        """It waits for its hour, at least for as long as it can be taken back. Raises BadMailing."""
        rights.check(who, Action.BROADCAST)
        now = self._now()
        if due and due < now:
            raise BadMailing("past")
        with self._store.writing() as tx:
            before = _found(tx, number)
            if not before.open:
                raise BadMailing("state")
            if not self._count(tx, before):
                raise BadMailing("nobody")
            when = self._quiet.after(max(now + UNDO, due or now))
            after = replace(before, state=State.WAITING, due=when)
            tx.put_mailing(after)
            self._note(tx, who, "mailing_sent", number, when.isoformat())
        return after

    def take_back(self, who: Officer, number: int) -> None:
        """Before its hour: a draft again, and nobody has had it. Raises BadMailing where it is too late."""
        self._move(who, number, State.WAITING, State.DRAFT, "mailing_taken_back")

    def stop(self, who: Officer, number: int) -> int:
        """Whoever has not had it yet will not have it; how many those are."""
        self._move(who, number, State.SENDING, State.STOPPED, "mailing_stopped")
        with self._store.writing() as tx:
            return tx.drop_mailing(number, STOPPED)

    def drop(self, who: Officer, number: int) -> None:
        self._move(who, number, State.DRAFT, State.DROPPED, "mailing_dropped")

    def _move(self, who: Officer, number: int, at: State, to: State, action: str) -> None:
        rights.check(who, Action.BROADCAST)
        with self._store.writing() as tx:
            before = _found(tx, number)
            if before.state is not at:
                raise BadMailing("state")
            ended = self._now() if to in (State.STOPPED, State.DROPPED) else None
            due = None if to is State.DRAFT else before.due
            tx.put_mailing(replace(before, state=to, due=due, ended_at=ended))
            self._note(tx, who, action, number)

    # --- looking -----------------------------------------------------------------------------------------------------

    def listed(self, who: Officer, kind: Kind | None = None, most: int = 50) -> Sequence[tuple[Mailing, Fates]]:
        rights.check(who, Action.DIGEST)
        with self._store.reading() as tx:
            found = [m for m in tx.mailings(kind, most=most) if m.state is not State.DROPPED]
            return [(m, fates_of(tx, m)) for m in found]

    def sight(self, who: Officer, number: int) -> Sight:
        """Raises NotFound."""
        rights.check(who, Action.DIGEST)
        with self._store.reading() as tx:
            mailing = _found(tx, number)
            fates = fates_of(tx, mailing)
            everyone: Sequence[Receiver] = ()
            if mailing.state in (State.DRAFT, State.WAITING):
                everyone = list(self._postman.receivers_of(tx, mailing))
            shown = everyone[0].parts if everyone else self._postman.sample(mailing)
            return Sight(mailing, len(everyone) or fates.receivers, shown, fates)

    def count(self, who: Officer, fields: Sequence[str], place: str) -> int:
        """How many would have a broadcast to these."""
        rights.check(who, Action.BROADCAST)
        asked = Mailing(Kind.BROADCAST, "", "", who.id, self._now(), fields=tuple(fields), place=place)
        with self._store.reading() as tx:
            return self._count(tx, asked)

    def following(self, who: Officer) -> Following:
        rights.check(who, Action.DIGEST)
        with self._store.reading() as tx:
            living = tx.subscribers()
        fields = Counter(s.field for s in living if s.topic is Topic.FIELD)
        topics = Counter(s.topic for s in living)
        people = len({s.conversation for s in living})
        return Following(dict(fields.most_common()), topics[Topic.NOTICES], topics[Topic.DIGEST], people)

    def mailing(self, who: Officer, number: int) -> Mailing:
        rights.check(who, Action.DIGEST)
        with self._store.reading() as tx:
            return _found(tx, number)

    # --- what anybody may read ---------------------------------------------------------------------------------------

    def changes(self, most: int = 60) -> Sequence[tuple[Mailing, Tiding]]:
        """What was told of changes, the newest first, as the house's own place sees it."""
        with self._store.reading() as tx:
            told = tx.mailings(Kind.NEWS, (State.WAITING, State.SENDING, State.SENT, State.STOPPED), 40)
        found = [(m, t) for m in told for t in loaded(m.text).get(self._place, ())]
        return found[:most]

    def digests(self, most: int = 12) -> Sequence[tuple[Mailing, Issue]]:
        """Those that were sent, the newest first."""
        with self._store.reading() as tx:
            sent = tx.mailings(Kind.DIGEST, (State.SENDING, State.SENT), most)
        return [(m, issues.issue_in(m.text)) for m in sent]

    def _count(self, tx: Transaction, mailing: Mailing) -> int:
        return sum(1 for _ in self._postman.receivers_of(tx, mailing))

    def _note(self, tx: Transaction, who: Officer, action: str, number: int, details: str = "") -> None:
        tx.audit(Audit(self._now(), who.id, action, f"tin:{number}", details))


def _found(tx: Transaction, number: int) -> Mailing:
    found = tx.mailing(number)
    if found is None:
        raise NotFound(f"tin:{number}")
    return found


def _draft(tx: Transaction, number: int, kind: Kind) -> Mailing:
    found = _found(tx, number)
    if found.kind is not kind:
        raise NotFound(f"tin:{number}")
    if not found.open:
        raise BadMailing("state")
    return found
