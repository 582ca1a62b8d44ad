"""What is due now: a warning before a term ends, an escalation when it is broken, answered petitions closed in time.

Each step is one transaction of its own, in which the petition is read again, so it happens once however often and in
however many processes this runs: the event that says so is what keeps it from happening twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.desk import notices, rights
from bot.desk.casework import Casework
from bot.desk.intake import present
from bot.desk.transaction import Conflict, Store
from bot.ledger import Officer, QueueFilter, Role, Unit
from bot.petitions.clock import VIETNAM
from bot.petitions.petition import SYSTEM, Happening, Petition, State, Urgency, happened
from bot.petitions.terms import Terms

HIGHEST = 2
"""How far up a breach goes: the unit's lead, then the lead of the unit above."""
PAGE = 500
RUNNING = (State.NEW, State.ACCEPTED, State.WORKING)


class Step(StrEnum):
    WARN = "warn"
    ESCALATE = "escalate"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Done:
    warned: int = 0
    escalated: int = 0
    closed: int = 0


class Deadlines:
    def __init__(self, store: Store, now: Callable[[], dt.datetime], terms: Terms) -> None:
        self._store, self._now, self._terms = store, now, terms

    def run(self) -> Done:
        """Everything that is due now."""
        done = dict.fromkeys(Step, 0)
        for code in self._due():
            try:
                step = self._take(code)
            except Conflict:
                continue  # someone works on it this very moment; the next run looks again
            if step is not None:
                done[step] += 1
        return Done(done[Step.WARN], done[Step.ESCALATE], done[Step.CLOSE])

    def _due(self) -> Sequence[str]:
        now, wanted = self._now(), QueueFilter(states=(*RUNNING, State.ANSWERED), sort="code", limit=PAGE)
        found: list[str] = []
        with self._store.reading() as tx:
            while page := tx.find(wanted).petitions:
                found += [p.code for p in page if step_of(p, now, self._terms)]
                wanted = replace(wanted, offset=wanted.offset + PAGE)
        return found

    def _take(self, code: str) -> Step | None:
        """The step that is due for this petition as it stands now, written with those who are told of it."""
        with self._store.writing() as tx:
            work = Casework(tx, self._now(), self._terms)
            petition = work.petition(code)
            step = step_of(petition, work.now, self._terms)
            if step is Step.CLOSE:
                work.move(petition, State.CLOSED, SYSTEM)
            elif step is Step.WARN:
                self._tell(work, petition, Happening.WARNED, _at_work(petition, work))
            elif step is Step.ESCALATE:
                level = petition.escalated + 1
                self._tell(work, petition, Happening.ESCALATED, _above(petition, level, work), {"level": str(level)})
        return step

    def _tell(
        self,
        work: Casework,
        petition: Petition,
        kind: Happening,
        whom: Sequence[Officer],
        details: dict[str, str] | None = None,
    ) -> None:
        """Outside working time nobody is called, but where it is urgent."""
        of = "accept" if petition.state is State.NEW else "answer"
        told = ",".join(o.id for o in whom)
        event = happened(petition, kind, SYSTEM, work.now, {"of": of, "told": told, **(details or {})})
        after = work.add(event)
        due = work.now if petition.urgency is Urgency.URGENT else self._terms.clock.next_open(work.now)
        for officer in whom:
            for account in notices.addresses_of(officer):
                work.tx.add_notice(replace(notices.to_officer(after, event, account), due=due))


def step_of(petition: Petition, now: dt.datetime, terms: Terms) -> Step | None:
    """What is to be done about this petition at this moment. While it waits for the citizen its clock stands still."""
    if petition.state is State.ANSWERED:
        ended = petition.answered_at is not None and now > terms.closes_at(petition.answered_at)
        return Step.CLOSE if ended else None
    if petition.state not in RUNNING:
        return None
    accepted = petition.state is not State.NEW
    due = petition.answer_by if accepted else petition.accept_by
    if due is None:
        return None
    if now > due:
        level = petition.escalated + 1
        return Step.ESCALATE if level <= HIGHEST and now >= terms.escalates_at(due, level) else None
    return Step.WARN if not (petition.warned or petition.escalated) and now >= terms.warn_at(due, accepted) else None


def _at_work(petition: Petition, work: Casework) -> Sequence[Officer]:
    """Who is to act: the assignee or who stands in, else who leads the unit."""
    assignee = [o for o in work.officers if petition.assignee and o.id == petition.assignee]
    return _there(assignee, petition, work) or _above(petition, 1, work)


def _above(petition: Petition, level: int, work: Casework) -> Sequence[Officer]:
    """Who leads the unit (level 1), the one above it (level 2) …; where nobody there is at work, further up; at last
    the admins, and were they all away."""
    for unit in _upwards(petition.unit, work.units)[level - 1 :]:
        if found := _there([o for o in work.officers if o.role is Role.LEAD and o.unit == unit], petition, work):
            return found
    admins = [o for o in work.officers if o.role is Role.ADMIN and rights.visible(o, petition, work.units)]
    return _there(admins, petition, work) or admins


def _there(officers: Sequence[Officer], petition: Petition, work: Casework) -> Sequence[Officer]:
    """Those of them who are at work, or who covers for them; never anyone whom the petition is about."""
    there = (present(work.officers, o, work) for o in officers)
    return [o for o in dict.fromkeys(there) if not _away(o, work.now) and rights.visible(o, petition, work.units)]


def _away(officer: Officer, now: dt.datetime) -> bool:
    return officer.away_until is not None and now.astimezone(VIETNAM).date() <= officer.away_until


def _upwards(unit: str, units: Sequence[Unit]) -> Sequence[str]:
    """This unit and those above it, the nearest first."""
    parents = {u.key: u.parent for u in units}
    found: list[str] = []
    while unit and unit not in found:
        found.append(unit)
        unit = parents.get(unit, "")
    return found
