"""What runs by the clock: each task in one process of all that share the store, and when it was due while none ran."""

from __future__ import annotations

import datetime as dt
import logging
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot import journal
from bot.desk.transaction import Store
from bot.ledger import Job, StoreUnavailable
from bot.petitions.clock import VIETNAM

LOOK_EVERY = 20.0
KIND = "clock"
OK, FAILED = "done", "failed"
AHEAD = dt.timedelta(days=7)
RETRY_AFTER = dt.timedelta(minutes=10)
"""After a failure a daily task is tried again; one that runs more often simply runs again."""
Due = Callable[[dt.datetime, dt.datetime], bool]
"""Whether it is due, by when it ran last and by now."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """`run` returns a short note of what it did, which the admins see."""

    name: str
    due: Due
    run: Callable[[], str]


def every(span: dt.timedelta) -> Due:
    return lambda last, now: now - last >= span


def daily(time: dt.time) -> Due:
    """Once a day, at this time in Vietnam or as soon after as somebody runs."""

    def due(last: dt.datetime, now: dt.datetime) -> bool:
        here = now.astimezone(VIETNAM)
        latest = dt.datetime.combine(here.date(), time, VIETNAM)
        if here < latest:
            latest -= dt.timedelta(days=1)
        return last < latest

    return due


class Jobs:
    """The tasks over one store. Safe in any number of processes: a task's lock is held while it runs, and when it ran
    last stands in the store."""

    def __init__(
        self,
        store: Store,
        tasks: Sequence[Task],
        now: Callable[[], dt.datetime],
        owner: str = "",
        look: float = LOOK_EVERY,
    ) -> None:
        self._store, self._tasks, self._now, self._owner, self._look = store, tuple(tasks), now, owner, look

    def tick(self) -> list[str]:
        """Runs what is due; the names of what ran here. A task that fails is written down and hinders no other."""
        return [task.name for task in self._tasks if self._run(task)]

    def run(self, stop: threading.Event) -> None:
        """Until it is told to stop; a store that is away for a while is waited for."""
        while not stop.is_set():
            try:
                self.tick()
            except StoreUnavailable:
                log.exception("the store cannot be reached; the jobs try again")
            stop.wait(self._look)

    def _run(self, task: Task) -> bool:
        with journal.about(job=task.name):
            return self._run_if_due(task)

    def _run_if_due(self, task: Task) -> bool:
        if not self._is_due(task):
            return False
        with self._store.locked(f"job:{task.name}") as mine:
            if not mine or not self._is_due(task):
                return False
            try:
                state, note = OK, task.run()
            except StoreUnavailable:
                raise
            except Exception as bad:  # the outermost edge: whatever it was, the other tasks go on
                log.exception("job %s failed", task.name)
                state, note = FAILED, f"{type(bad).__name__}: {bad}"[:300]
            self._write(task, state, note)
        return True

    def _is_due(self, task: Task) -> bool:
        with self._store.reading() as tx:
            last = tx.job(f"{KIND}:{task.name}")
        if last is None:
            return True
        now = self._now()
        failed = last.state == FAILED and now - last.at >= RETRY_AFTER
        ahead = last.at - now > AHEAD  # the clock had been wrong when it ran last
        return failed or ahead or task.due(last.at, now)

    def _write(self, task: Task, state: str, note: str) -> None:
        with self._store.writing() as tx:
            tx.put_job(Job(f"{KIND}:{task.name}", KIND, state, self._now(), 100, note, by=self._owner))


def run(jobs: Jobs) -> int:
    """The command: until the process is told to end, which it does between two tasks."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    jobs.run(stop)
    return 0
