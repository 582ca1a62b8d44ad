"""What the desk needs of a store. Two stores keep this contract; one suite of tests holds both to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from bot.desk.followbook import FollowBook
from bot.desk.quizbook import QuizBook
from bot.ledger import (
    Attachment,
    Audit,
    Consent,
    Feedback,
    Gap,
    IndexEvent,
    Invitation,
    Job,
    Notice,
    Officer,
    Page,
    Paper,
    Party,
    Proposal,
    QueueFilter,
    Receipt,
    TaskState,
    Turn,
    Unit,
    Update,
    Verdict,
)
from bot.petitions.petition import Event, Happening, Petition


class Conflict(Exception):
    """Someone else changed this petition in the meantime; nothing was written. Read it again."""


class Transaction(QuizBook, FollowBook, Protocol):
    """Reads and writes of one transaction. Reads see its own writes."""

    # conversations
    def session(self, conversation: str) -> str: ...
    def put_session(self, conversation: str, session: str, at: dt.datetime) -> None: ...
    def add_turn(self, turn: Turn) -> int: ...
    def turns(self, since: dt.datetime, until: dt.datetime) -> Iterator[Turn]: ...
    def turns_of(self, conversation: str) -> Sequence[Turn]: ...
    def last_answer(self, conversation: str) -> int:
        """The newest turn that answered from a record; 0 if none."""
        ...

    def add_feedback(self, feedback: Feedback) -> None:
        """One of each turn, the last counts; `about` 0 becomes the newest turn before it that answered."""
        ...

    def verdicts(self, since: dt.datetime, until: dt.datetime) -> Sequence[Verdict]: ...
    def add_gap(self, gap: Gap) -> None: ...
    def gaps(self, since: dt.datetime, until: dt.datetime, state: str = "") -> Sequence[Gap]: ...
    def set_gaps(self, turns: Sequence[int], state: str, proposal: int = 0) -> None: ...
    def add_proposal(self, proposal: Proposal) -> int: ...
    def set_proposal(self, number: int, state: str, by: str) -> None: ...
    def proposals(self, state: str = "") -> Sequence[Proposal]: ...
    def set_consent(self, consent: Consent) -> None: ...
    def consents(self, conversation: str) -> Sequence[Consent]:
        """All that was ever given or withdrawn, oldest first; the last one of each `what` holds."""
        ...

    # petitions: the log is the truth, the petition its projection
    def next_number(self, year: int) -> int:
        """The next petition's number of this year: no two share one, none is left out, also among processes."""
        ...

    def add_event(self, event: Event) -> Petition:
        """Appends, and keeps the projection equal to the log; raises Conflict when another event of this number came
        first (two officers at once)."""
        ...

    def petition(self, code: str) -> Petition | None: ...
    def events(self, code: str) -> Sequence[Event]: ...
    def log(self, since: dt.datetime, until: dt.datetime, kinds: Sequence[Happening] = ()) -> Iterator[Event]:
        """Events of all petitions by time, then code, then number; only these kinds, where some are named."""
        ...

    def find(self, wanted: QueueFilter) -> Page:
        """`words`: all of them, in any of the petition's papers; those in quotes together; or a petition's code, or
        some of its digits.
        `sort`: "due", "filed_at", "answer_by", "answered_at", "closed_at", "code", "voices", "state", "kind", "field",
        "urgency", "place", "unit", "assignee", "channel" …, with "-" before it the other way round; else ValueError.
        What is due: the acceptance of a new petition, then the answer; a waiting or ended one is never overdue."""
        ...

    def codes(self, wanted: QueueFilter) -> Sequence[str]:
        """Of the same petitions, in the same order, the codes alone: where many are wanted, and little of each."""
        ...

    def counts(self, wanted: QueueFilter, by: str) -> dict[str, int]:
        """How many of those there are by "state", "kind", "unit" …; else ValueError. No `offset`, no `limit`."""
        ...

    def add_paper(self, paper: Paper) -> int: ...
    def papers(self, code: str) -> Sequence[Paper]: ...
    def put_party(self, party: Party) -> None: ...
    def party(self, code: str) -> Party | None: ...
    def add_receipt(self, receipt: Receipt) -> bool:
        """False where one of this key is there already; where another transaction is writing it, that one is waited
        for."""
        ...

    def receipt(self, key: str) -> Receipt | None: ...
    def drop_receipts(self, before: dt.datetime) -> int:
        """Those of before this moment are forgotten; how many."""
        ...

    def codes_of(self, conversation: str) -> Sequence[str]: ...
    def add_attachment(self, attachment: Attachment) -> None: ...
    def attach(self, conversation: str, code: str) -> int:
        """The loose attachments of a conversation now belong to this petition; how many."""
        ...

    def attachments(self, code: str, conversation: str = "") -> Sequence[Attachment]: ...
    def newest_attachments(self, count: int) -> Sequence[str]:
        """Digests of what was sent last, the newest first."""
        ...

    def drop_attachments(
        self, code: str = "", conversation: str = "", before: dt.datetime | None = None
    ) -> Sequence[str]:
        """Forgets those of a petition, or the loose ones of a conversation, or all loose ones of before a moment; the
        digests that nothing names any more, whose files may go."""
        ...

    def blank(self, code: str) -> Sequence[str]:
        """Nobody's words and nobody's name stay with this petition: papers, party and notices are emptied, its words
        leave the search, its attachments are forgotten; the digests that nothing names any more, whose files may go.
        Its events and its count stay. A notice that still waits is emptied when it is sent."""
        ...

    def rebuild(self) -> int:
        """Makes all projections anew from the log; how many differed (0 in a healthy store)."""
        ...

    # what arrives and what leaves
    def receive(self, updates: Sequence[Update], owners: Sequence[str] = (), until: dt.datetime | None = None) -> int:
        """Keeps those whose (door, number) is new; how many were. `owners`: who has claimed each of them until that
        moment, "" for nobody."""
        ...

    def open_updates(self, door: str, besides: Sequence[str] = ()) -> bool:
        """Whether anything is unsettled, but for the chats in `besides`."""
        ...

    def claim_updates(
        self, door: str, owner: str, now: dt.datetime, until: dt.datetime, limit: int, besides: Sequence[str] = ()
    ) -> Sequence[Update]:
        """The oldest unsettled update of each chat, by arrival; not of chats in `besides`, nor of a chat whose oldest
        one another owner claimed and whose claim has not ended. They are claimed by `owner` until `until`."""
        ...

    def settle(self, update: int, at: dt.datetime) -> None:
        """Its effect is in this transaction: it is never handed out again; the number stays remembered."""
        ...

    def add_notice(self, notice: Notice) -> bool:
        """False where a notice of this key was written before."""
        ...

    def claim_notices(
        self, door: str, owner: str, now: dt.datetime, until: dt.datetime, limit: int, besides: Sequence[str] = ()
    ) -> Sequence[Notice]:
        """The oldest waiting notice of each address (so a chat keeps its order), where it is due, its address not in
        `besides`, and no other owner's claim on it holds. They are claimed by `owner` until `until`. One that failed
        and is to be tried later holds up those behind it; one that was written for a later hour does not."""
        ...

    def notices_to(self, door: str, to: str, now: dt.datetime) -> Sequence[Notice]:
        """What waits for this address and is due, in the order of its hours; nothing is claimed."""
        ...

    def notice_sent(self, number: int, at: dt.datetime, answer: str = "") -> None:
        """Its body goes: it can be read where it was sent."""
        ...

    def notice_arrived(self, number: int, parts: int) -> None:
        """So many of its messages have gone; the others are still to go."""
        ...

    def notice_failed(self, number: int, retry_at: dt.datetime | None, why: str) -> None:
        """`retry_at` None: it will never arrive (blocked, gone); it stays as dead and is counted."""
        ...

    def put_off(self, number: int, due: dt.datetime) -> None:
        """A waiting one is for a later hour: as if it had been written for it, so that it holds nothing up."""
        ...

    def waiting_updates(self) -> dict[str, tuple[int, dt.datetime]]:
        """By door: how many are not settled, and when the oldest of them came."""
        ...

    def waiting_notices(self, now: dt.datetime) -> dict[str, tuple[int, dt.datetime]]:
        """By door: how many are due and have not gone, and since when the oldest of them is due."""
        ...

    def notices(self, code: str) -> Sequence[Notice]: ...
    def notice_counts(self, door: str = "") -> dict[str, int]:
        """How many are waiting, sent, dead."""
        ...

    # people
    def put_officer(self, officer: Officer) -> None:
        """Raises Conflict where an account or the login is another active officer's."""
        ...

    def officer(self, number: str) -> Officer | None: ...
    def officer_of(self, account: str) -> Officer | None:
        """By "telegram:123" or "login:name"; only active ones."""
        ...

    def officers(self) -> Sequence[Officer]: ...
    def put_unit(self, unit: Unit) -> None: ...
    def units(self) -> Sequence[Unit]: ...
    def add_invitation(self, invitation: Invitation) -> None: ...
    def take_invitation(self, digest: str, now: dt.datetime) -> Invitation | None:
        """The unused, unexpired one, used up from now on."""
        ...

    def audit(self, entry: Audit) -> None: ...
    def audits(self, since: dt.datetime, until: dt.datetime, about: str = "") -> Sequence[Audit]: ...

    # the rest of the house
    def add_task_state(self, state: TaskState) -> None: ...
    def task_states(self, plan: str, until: dt.datetime) -> Sequence[TaskState]: ...
    def add_index_event(self, event: IndexEvent) -> None: ...
    def index_events(self, since: dt.datetime, until: dt.datetime) -> Sequence[IndexEvent]: ...
    def put_job(self, job: Job) -> None: ...
    def job(self, key: str) -> Job | None: ...
    def jobs(self, kind: str = "") -> Sequence[Job]: ...
    def put_value(self, name: str, value: str) -> None: ...
    def value(self, name: str) -> str:
        """Small things of the house that outlive a process: the letterhead's number, a group's address …"""
        ...

    def forget(self, conversation: str, at: dt.datetime) -> int:
        """Session, questions, words of one conversation are blanked; how many turns were. Counts stay. Petitions are
        the desk's to finish first."""
        ...

    def forget_older(self, before: dt.datetime) -> int:
        """Sessions, questions, replies, settled updates and notices of before this moment are blanked; how many turns
        were. Counts stay, and questions without an answer that several people asked in the same words."""
        ...


class Store(Protocol):
    """Safe to call from many threads. Each `writing` is one transaction, on disk when it ends; an exception inside
    rolls all of it back; there is none inside another. A `reading` sees one state of the store from its first read to
    its end, and writes nothing. Raises StoreUnavailable when the engine cannot take it now. Iterators end with their
    transaction. Moments without a time zone are refused; they come back in UTC."""

    def reading(self) -> AbstractContextManager[Transaction]: ...
    def writing(self, together: bool = False) -> AbstractContextManager[Transaction]:
        """`together`: it is short, and may go on disk in one piece with others of its kind; when it ends it is there.
        What goes wrong with another one does not touch it."""
        ...

    def locked(self, name: str) -> AbstractContextManager[bool]:
        """True in one process and thread of all that share the store, False elsewhere, at once."""
        ...

    def close(self) -> None: ...
