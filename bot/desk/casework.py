"""What happens to a petition is written in one go: the event, the words that belong to it, and who is told of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from bot.desk import notices, rights
from bot.desk.transaction import Transaction
from bot.ledger import NotFound, Notice, Officer, Paper, Party, Role, Unit
from bot.petitions.petition import CITIZEN, Event, Happening, Kind, Petition, State, Urgency, happened, moved

GROUP = "officers_group"
"""The house's value that holds the address of the officers' group ("telegram:-100…")."""
ROLES: Mapping[State, str] = {
    State.WAITING: "question",
    State.ANSWERED: "answer",
    State.REFUSED: "refusal",
    State.FORWARDED: "forwarding",
    State.CLOSED: "closing",
    State.WORKING: "reopening",
    State.WITHDRAWN: "withdrawal",
    State.MERGED: "merging",
}
"""Under which role the words of a move are kept."""


class Terms(Protocol):
    """Until when what must be done; None where no term is set."""

    def accept_by(self, urgency: Urgency, at: dt.datetime) -> dt.datetime | None: ...
    def answer_by(self, kind: Kind, urgency: Urgency, at: dt.datetime) -> dt.datetime | None: ...
    def resumed(self, petition: Petition, at: dt.datetime) -> dt.datetime | None:
        """The term of a petition that waited for the citizen until now: the time it waited does not count."""
        ...


class NoTerms:
    """Where no authority stands behind the assistant nothing is promised."""

    def accept_by(self, _urgency: Urgency, _at: dt.datetime) -> None:
        return None

    def answer_by(self, _kind: Kind, _urgency: Urgency, _at: dt.datetime) -> None:
        return None

    def resumed(self, _petition: Petition, _at: dt.datetime) -> None:
        return None


class Casework:
    """The writing side of one transaction. `now` is the moment of everything that is written in it."""

    def __init__(self, tx: Transaction, now: dt.datetime, terms: Terms) -> None:
        self.tx, self.now, self.terms = tx, now, terms

    @cached_property
    def units(self) -> Sequence[Unit]:
        return self.tx.units()

    @cached_property
    def officers(self) -> Sequence[Officer]:
        return [o for o in self.tx.officers() if o.active]

    def petition(self, code: str) -> Petition:
        found = self.tx.petition(code)
        if found is None:
            raise NotFound(code)
        return found

    def write(self, code: str, role: str, text: str, by: str) -> str:
        """The number of the paper, as events name it; "" where there is nothing to write."""
        return str(self.tx.add_paper(Paper(code, role, text, self.now, by))) if text else ""

    def happen(
        self, petition: Petition, kind: Happening, by: str, details: Mapping[str, str] | None = None, words: str = ""
    ) -> Petition:
        return self.add(happened(petition, kind, by, self.now, details), words)

    def move(
        self, petition: Petition, to: State, by: str, details: Mapping[str, str] | None = None, words: str = ""
    ) -> Petition:
        """A legal move with its words; raises IllegalMove. Going on after a wait, or anew, sets the term anew."""
        given = {k: v for k, v in (details or {}).items() if v}
        if paper := self.write(petition.code, ROLES.get(to, "note"), words, by):
            given["paper"] = paper
        if until := self._new_term(petition, to):
            given["answer_by"] = until.isoformat()
        return self.add(moved(petition, to, by, self.now, given), words)

    def add(self, event: Event, words: str = "") -> Petition:
        """Appends an event and tells those whom it concerns."""
        petition = self.tx.add_event(event)
        for notice in self._told(petition, event, words):
            self.tx.add_notice(notice)
        return petition

    def _new_term(self, petition: Petition, to: State) -> dt.datetime | None:
        if petition.state is State.WAITING and to in (State.WORKING, State.ANSWERED):
            return self.terms.resumed(petition, self.now)
        if petition.state in (State.ANSWERED, State.CLOSED) and to is State.WORKING:
            return self.terms.answer_by(petition.kind, petition.urgency, self.now)
        return None

    # who is told

    def _told(self, petition: Petition, event: Event, words: str) -> Iterator[Notice]:
        if event.by != CITIZEN and notices.concerns_citizen(event):
            for party in self.parties(petition):
                if petition.state is State.WAITING and party.code != petition.code:
                    continue  # only who filed it is asked
                if notice := notices.to_citizen(petition, event, party, words):
                    yield notice
        if notices.concerns_officers(event):
            for address in self._addresses(petition, event):
                yield notices.to_officer(petition, event, address)

    def parties(self, petition: Petition) -> Iterator[Party]:
        """Who filed it, and who filed those that were merged into it."""
        codes = [petition.code]
        if petition.voices > 1:
            voiced = (e for e in self.tx.events(petition.code) if e.kind is Happening.VOICED)
            codes += [e.details["from"] for e in voiced if e.details.get("from")]
        for code in codes:
            if (party := self.tx.party(code)) and party.conversation:
                yield party

    def _addresses(self, petition: Petition, event: Event) -> Iterator[str]:
        """Accounts to be told: the one who handles it, else those who lead the unit, else the admins; and the group
        of a new one. Never anyone whom the petition is about, nor who did it; one about people goes to no group."""
        if event.kind is Happening.FILED and not petition.about and (group := self.tx.value(GROUP)):
            yield group
        for officer in self._concerned(petition):
            if officer.id != event.by:
                yield from notices.addresses_of(officer)

    def _concerned(self, petition: Petition) -> Sequence[Officer]:
        seeing = [o for o in self.officers if rights.visible(o, petition, self.units)]
        own = [o for o in seeing if petition.assignee and o.id == petition.assignee]
        leads = [o for o in seeing if o.role is Role.LEAD and o.unit == petition.unit]
        return own or leads or [o for o in seeing if o.role is Role.ADMIN]
