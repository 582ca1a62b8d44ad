"""The loop closes: what nobody's record answers is seen by officers, answered by one, approved by an admin, indexed
through the gate, and told to those who asked.

What is said of law-breaking or of secrets never comes here. An approved remedy lies in the overlay, written by the
strict schema of the content and read back before it counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.desk import notices, rights
from bot.desk.clustering import Cluster, clusters
from bot.desk.overlay import ASKED, add_answer, add_asks, add_asks_of
from bot.desk.publishing import OVERLAY, Allowed, Change, Outcome, Progress, Publisher
from bot.desk.quiet import Quiet
from bot.desk.rights import Action
from bot.desk.transaction import Store, Transaction
from bot.dialogue.message import Option
from bot.ledger import Audit, Gap, NotFound, Officer, Proposal
from bot.petitions.clock import VIETNAM
from bot.petitions.privacy import findings
from bot.petitions.triage import Found, Handling, triage
from bot.wording import tidings as say
from index.encoder import Encoder
from knowledge.library import Library
from knowledge.records import Contact, Procedure, ReadingDay, Service, Source

NEWS = "tin_moi"
"""The consent under which an answer that came late is told; without a word against it, it is taken as given."""
_PRESSED = {"": "p", "contact": "c", "service": "s"}
"""By what button a record of each kind is shown."""
BEGINNING = dt.datetime(2000, 1, 1, tzinfo=VIETNAM)
SHOWN, MOST_ASKS, LONGEST_QUESTION, LONGEST_ANSWER = 50, 20, 200, 2000
_NEVER = frozenset({Handling.DENUNCIATION, Handling.CRIME, Handling.COMPLAINT, Handling.SECRET, Handling.OTHERS_DATA})


class BadProposal(Exception):
    """The remedy cannot be taken; `reason`: questions, personal, secret, record, answer, source (wording.tidings)."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """What an officer writes where no record fits. `source`: who says so; `url`: where it stands."""

    title: str
    text: str
    source: str
    url: str = ""


class Gaps:
    """`library`: what is known today. Every method checks the right of who asks."""

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        library: Callable[[], Library],
        publisher: Publisher,
        now: Callable[[], dt.datetime],
        quiet: Quiet,
    ) -> None:
        self._store, self._encoder, self._library = store, encoder, library
        self._publisher, self._now, self._quiet = publisher, now, quiet

    # looking

    def open(self, who: Officer, since: dt.datetime = BEGINNING, most: int = SHOWN) -> tuple[Cluster, ...]:
        """What was asked in vain and is still open, by how many different people asked."""
        rights.check(who, Action.GAPS)
        with self._store.reading() as tx:
            found = tx.gaps(since, self._end(), "open")
        return clusters([g for g in found if not _secret(g.question, self._today())], self._encoder.queries)[:most]

    def proposals(self, who: Officer, state: str = "proposed") -> Sequence[Proposal]:
        rights.check(who, Action.GAPS)
        with self._store.reading() as tx:
            return tx.proposals(state)

    # remedies

    def link(self, who: Officer, turns: Sequence[int], questions: Sequence[str], record: str) -> int:
        """These questions mean this record, and are to become ways of asking for it: a procedure by its key or code, or
        "contact:KEY", "service:KEY". Raises BadProposal."""
        known = linked(self._library(), record)
        if known is None:
            raise BadProposal("record")
        kind, name = (record.partition(":")[0], known.key) if ":" in record else ("", known.key)
        return self._propose(who, turns, questions, f"{kind}:{name}" if kind else name, "", "")

    def answer(self, who: Officer, turns: Sequence[int], questions: Sequence[str], new: NewAnswer) -> int:
        """A record of its own. Raises BadProposal; an answer without a source is none."""
        if not new.title.strip() or not new.text.strip() or len(new.text) > LONGEST_ANSWER or "\n" in new.title.strip():
            raise BadProposal("answer")
        if not new.source.strip() or (new.url and not new.url.startswith(("https://", "http://"))):
            raise BadProposal("source")
        source = " ".join(filter(None, (" ".join(new.source.split()), new.url.strip())))
        return self._propose(who, turns, questions, "", f"{new.title.strip()}\n{new.text.strip()}", source)

    def dismiss(self, who: Officer, turns: Sequence[int]) -> None:
        """Nothing is to be answered here; it leaves the list and stays counted."""
        rights.check(who, Action.GAPS)
        with self._store.writing() as tx:
            tx.set_gaps([g.turn for g in self._of(tx, "open") if g.turn in set(turns)], "dismissed")
            tx.audit(Audit(self._now(), who.id, "gaps_dismissed", "", str(len(turns))))

    def refuse(self, who: Officer, number: int) -> None:
        """The remedy is not taken; its questions are open again."""
        rights.check(who, Action.APPROVE_GAPS)
        with self._store.writing() as tx:
            _proposed(tx, number)
            tx.set_proposal(number, "refused", who.id)
            tx.set_gaps([g.turn for g in self._of(tx, "proposed") if g.proposal == number], "open")
            tx.audit(Audit(self._now(), who.id, "gap_refused", str(number)))

    def approve(
        self,
        who: Officer,
        number: int,
        allow: Allowed = lambda _ask: "",
        progress: Progress = lambda _what, _done, _of: None,
    ) -> Outcome:
        """The remedy goes live through the gate, and those who asked are told; or nothing changes (`switched` False,
        or what Publisher.publish raises). Killed in between, it can be approved again: nothing is added twice."""
        rights.check(who, Action.APPROVE_GAPS)
        with self._store.reading() as tx:
            proposal = _proposed(tx, number)
        outcome = self._publisher.publish(who, self._change(proposal), allow, f"gap {number}", progress)
        if outcome.switched:
            with self._store.writing() as tx:
                _proposed(tx, number)
                tx.set_proposal(number, "published", who.id)
                mine = [g for g in self._of(tx, "proposed") if g.proposal == number]
                tx.set_gaps([g.turn for g in mine], "done", number)
                self._tell(tx, proposal, mine)
                tx.audit(Audit(self._now(), who.id, "gap_published", str(number), outcome.generation))
        return outcome

    # how

    def _propose(
        self, who: Officer, turns: Sequence[int], questions: Sequence[str], record: str, answer: str, source: str
    ) -> int:
        rights.check(who, Action.GAPS)
        asks = self._fit(questions)
        now = self._now()
        with self._store.writing() as tx:
            mine = [g.turn for g in self._of(tx, "open") if g.turn in set(turns)]
            if not mine:
                raise BadProposal("questions")
            number = tx.add_proposal(Proposal(asks, record, answer, source, who.id, now))
            tx.set_gaps(mine, "proposed", number)
            tx.audit(Audit(now, who.id, "gap_proposed", str(number), record))
        return number

    def _fit(self, questions: Sequence[str]) -> tuple[str, ...]:
        """The ways of asking, as everyone may read them. Raises BadProposal."""
        asks = tuple(dict.fromkeys(q for question in questions if (q := " ".join(question.split()))))
        if not asks or len(asks) > MOST_ASKS or any(len(q) > LONGEST_QUESTION for q in asks):
            raise BadProposal("questions")
        if any(findings(q) or "[" in q for q in asks):  # "[điện thoại]": what was masked
            raise BadProposal("personal")
        if any(_secret(q, self._today()) for q in asks):
            raise BadProposal("secret")
        return asks

    def _change(self, proposal: Proposal) -> Change:
        """What it does to a staged copy of the content."""

        def change(root: Path) -> None:
            kind, _, key = proposal.record.rpartition(":")
            if kind:
                add_asks_of(root / OVERLAY, key, proposal.questions)
            elif key:
                add_asks(root / OVERLAY, key, proposal.questions)
            else:
                add_answer(root / OVERLAY, self._service(proposal))

        return change

    def _service(self, proposal: Proposal) -> Service:
        title, _, text = proposal.answer.partition("\n")
        name, _, url = proposal.source.rpartition(" ") if "://" in proposal.source else (proposal.source, "", "")
        read = ReadingDay(f"{proposal.at.astimezone(VIETNAM):%Y-%m-%d}")
        return Service(
            _key(proposal), title, " ".join(text.split()), asks=proposal.questions, sources=(Source(name, read, url),)
        )

    def _tell(self, tx: Transaction, proposal: Proposal, gaps: Sequence[Gap]) -> None:
        """Each of those who asked, once and not at night; who erased their data is not known any more, who objected is
        left alone."""
        kind, _, key = proposal.record.rpartition(":")
        pressed = f"{_PRESSED[kind]}:{key}" if key else f"s:{_key(proposal)}"
        due = self._quiet.after(self._now())
        option = Option(pressed, say.NOW_KNOWN_BUTTON)
        for gap in gaps:
            if not gap.conversation or not gap.question or _objected(tx, gap.conversation):
                continue
            lines = (say.NOW_KNOWN.format(question=gap.question), say.NO_MORE)
            said = notices.Said("\n".join(lines), (option,))
            key = f"gap:{proposal.id}:{gap.conversation}"
            tx.add_notice(notices.plain(gap.conversation, said, key, due, notices.NEWS_KIND))

    def _of(self, tx: Transaction, state: str) -> Sequence[Gap]:
        return tx.gaps(BEGINNING, self._end(), state)

    def _end(self) -> dt.datetime:
        return self._now() + dt.timedelta(days=1)

    def _today(self) -> dt.date:
        return self._now().astimezone(VIETNAM).date()


def linked(library: Library, record: str) -> Procedure | Contact | Service | None:
    """The record that a proposal names."""
    kind, _, key = record.rpartition(":")
    if kind == "contact":
        return library.contacts.get(key)
    return library.services.get(key) if kind == "service" else library.procedure(key) if not kind else None


def _key(proposal: Proposal) -> str:
    return f"{ASKED}_{proposal.id}"


def _secret(question: str, today: dt.date) -> bool:
    """Whether a question tells of law-breaking or secrets; the desk keeps such out of the log, this is the last net."""
    return triage(question, Found(), today).handling in _NEVER


def _objected(tx: Transaction, conversation: str) -> bool:
    said = [c for c in tx.consents(conversation) if c.what == NEWS]
    return bool(said) and not max(said, key=lambda c: c.at).given


def _proposed(tx: Transaction, number: int) -> Proposal:
    found = next((p for p in tx.proposals("proposed") if p.id == number), None)
    if found is None:
        raise NotFound(f"proposal {number}")
    return found
