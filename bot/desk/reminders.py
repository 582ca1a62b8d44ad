"""Reminders before reporting dates and tasks of plans: to leads and admins, each once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from bot.desk import notices
from bot.desk.transaction import Store, Transaction
from bot.ledger import Officer, Role
from bot.petitions.clock import VIETNAM, Clock
from bot.reports.duties import Due, DueKind, due_reports
from bot.reports.progress import SETTLED
from bot.wording import tidings as say
from knowledge.library import Library, covers
from knowledge.records import Plan

BEFORE = (15, 7, 3, 1, 0)
"""So many days before the day; the reminder of each comes on the first run at which no more are left."""
LATE = (1, 7)


class Reminders:
    """`place`: whose plans count ("" for all that are known)."""

    def __init__(
        self,
        store: Store,
        library: Callable[[], Library],
        now: Callable[[], dt.datetime],
        clock: Clock,
        place: str = "",
    ) -> None:
        self._store, self._library, self._now, self._clock, self._place = store, library, now, clock, place

    def run(self) -> int:
        """How many reminders were written."""
        now = self._now()
        today = now.astimezone(VIETNAM).date()
        plans = {key: p for key, p in self._library().plans.items() if covers(p.place, self._place or p.place)}
        dues = due_reports(today, plans.values(), ahead=max(BEFORE), behind=max(LATE) + 7)
        if not dues:
            return 0
        with self._store.writing() as tx:
            open_ = [due for due in dues if not _settled(tx, due, now)]
            whom = [o for o in tx.officers() if o.active and o.role is not Role.OFFICER]
            return sum(self._remind(tx, due, plans[due.plan], whom, today, now) for due in open_)

    def _remind(
        self, tx: Transaction, due: Due, plan: Plan, whom: Sequence[Officer], today: dt.date, now: dt.datetime
    ) -> int:
        stage = stage_of(due.days_left(today))
        if stage is None:
            return 0
        said = notices.Said("\n".join(_lines(due, plan, today)))
        when = self._clock.next_open(now)
        return sum(
            tx.add_notice(notices.plain(account, said, f"remind:{due.key}:{stage}:{account}", when))
            for officer in whom
            for account in officer.accounts
        )


def stage_of(left: int) -> int | None:
    """The reminder that is due when so many days are left: the nearest that was reached; None before the first."""
    if left < 0:
        return min((-late for late in LATE if -late >= left), default=None)
    return min((before for before in BEFORE if before >= left), default=None)


def _settled(tx: Transaction, due: Due, now: dt.datetime) -> bool:
    """Whether officers entered this task as done, or as one that will not be."""
    if due.kind is not DueKind.TASK:
        return False
    entries = [s for s in tx.task_states(due.plan, now) if s.task == due.task]
    return bool(entries) and max(entries, key=lambda s: s.at).state in SETTLED


def _lines(due: Due, plan: Plan, today: dt.date) -> Iterator[str]:
    left = due.days_left(today)
    words = {
        DueKind.REPORT: (say.REPORT_DUE, say.REPORT_TODAY, say.REPORT_LATE),
        DueKind.TASK: (say.TASK_DUE, say.TASK_TODAY, say.TASK_LATE),
    }[due.kind]
    to = due.to or say.RECEIVER_UNKNOWN
    if due.successor:
        to = say.SUCCEEDED.format(to=to, successor=due.successor)
    form = words[0] if left > 0 else words[1] if left == 0 else words[2]
    yield form.format(days=abs(left), day=f"{due.day:%d/%m/%Y}", what=due.what.rstrip("."), to=to, task=due.task)
    yield say.OF_PLAN.format(plan=plan.name)
    if not due.stated:
        yield say.REPORT_SUGGESTED
