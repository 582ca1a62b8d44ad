"""How far the plans are: officers enter the state of each task; the newest entry counts, all are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from bot.desk import rights
from bot.desk.rights import Action
from bot.desk.transaction import Store
from bot.ledger import Audit, NotFound, Officer, TaskState
from bot.reports.progress import PlanReport, TaskProgress, plan_report
from knowledge.library import Library
from knowledge.records import Plan

LONGEST = 2000
CHOICES = tuple(p for p in TaskProgress if p is not TaskProgress.UNENTERED)


class Planning:
    """`library`: the plans that are known today."""

    def __init__(self, store: Store, library: Callable[[], Library], now: Callable[[], dt.datetime]) -> None:
        self._store, self._library, self._now = store, library, now

    def plans(self, who: Officer) -> Sequence[PlanReport]:
        """All of them as they stand now, the latest year first."""
        rights.check(who, Action.TASKS)
        plans = sorted(self._library().plans.values(), key=lambda p: (-p.year, p.key))
        return [self._report(p) for p in plans]

    def progress(self, who: Officer, key: str) -> PlanReport:
        rights.check(who, Action.TASKS)
        return self._report(self._plan(key))

    def history(self, who: Officer, key: str, task: str) -> Sequence[TaskState]:
        """What was entered of one task, the newest first."""
        rights.check(who, Action.TASKS)
        with self._store.reading() as tx:
            return [s for s in reversed(tx.task_states(key, self._end())) if s.task == task]

    def enter(
        self, who: Officer, key: str, task: str, state: str, product: str = "", figures: str = "", evidence: str = ""
    ) -> None:
        """Raises NotFound for a task that the plan does not have, ValueError for a state that there is not."""
        rights.check(who, Action.TASKS)
        if task not in {t.id for t in self._plan(key).tasks}:
            raise NotFound(task)
        if state not in CHOICES:
            raise ValueError(f"no such state of a task: {state!r}")
        product, figures, evidence = (text.strip()[:LONGEST] for text in (product, figures, evidence))
        with self._store.writing() as tx:
            tx.add_task_state(TaskState(key, task, state, product, figures, evidence, who.id, self._now()))
            tx.audit(Audit(self._now(), who.id, "task", f"{key}/{task}", state))

    def _plan(self, key: str) -> Plan:
        found = self._library().plans.get(key)
        if found is None:
            raise NotFound(key)
        return found

    def _report(self, plan: Plan) -> PlanReport:
        with self._store.reading() as tx:
            return plan_report(plan, tx.task_states(plan.key, self._end()), self._end())

    def _end(self) -> dt.datetime:
        """Just after now, so that what was entered this very moment is seen."""
        return self._now() + dt.timedelta(seconds=1)
