"""Which tasks there are and when each runs: a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from bot.desk.backing import Backing
from bot.desk.deadlines import Deadlines
from bot.desk.delivering import Postman
from bot.desk.digests import Digests
from bot.desk.newsroom import Newsroom
from bot.desk.questions import Questions
from bot.desk.reminders import Reminders
from bot.desk.retention import Retention
from bot.desk.transaction import Store
from bot.jobs.loop import Task, daily, every
from bot.petitions.clock import VIETNAM
from bot.reports.duties import periods_over
from bot.reports.periods import Period, slug

DEADLINES_EVERY, MAILINGS_EVERY = dt.timedelta(minutes=5), dt.timedelta(seconds=15)
QUESTIONS_EVERY = dt.timedelta(minutes=10)
REMINDERS_AT, REPORTS_AT, RETENTION_AT = dt.time(7, 0), dt.time(1, 30), dt.time(2, 30)
BACKUP_AT, DIGESTS_AT = dt.time(3, 30), dt.time(7, 5)


def deadlines_task(deadlines: Deadlines) -> Task:
    def run() -> str:
        done = deadlines.run()
        return f"warned {done.warned}, escalated {done.escalated}, closed {done.closed}"

    return Task("deadlines", every(DEADLINES_EVERY), run)


def reminders_task(reminders: Reminders) -> Task:
    return Task("reminders", daily(REMINDERS_AT), lambda: f"reminded {reminders.run()}")


def questions_task(questions: Questions) -> Task:
    """Approved quiz questions are held against the records as they are now."""
    return Task("questions", every(QUESTIONS_EVERY), lambda: f"untrue {questions.recheck()}")


def retention_task(retention: Retention) -> Task:
    def run() -> str:
        gone = retention.run()
        return f"turns {gone.turns}, files {gone.files}"

    return Task("retention", daily(RETENTION_AT), run)


def mailings_task(newsroom: Newsroom, postman: Postman) -> Task:
    """What a re-index changed becomes a mailing, and mailings whose hour has come go out."""

    def run() -> str:
        changes = newsroom.run()
        return f"changes {changes}, notices {postman.run()}"

    return Task("mailings", every(MAILINGS_EVERY), run)


def digests_task(digests: Digests, now: Callable[[], dt.datetime]) -> Task:
    """The digest of the week that ended last, once; on Monday, or on the first day after on which somebody runs."""

    def run() -> str:
        today = now().astimezone(VIETNAM).date()
        return f"digest {digests.draft(today - dt.timedelta(days=today.weekday() + 1))}"

    return Task("digests", daily(DIGESTS_AT), run)


def backup_task(backing: Backing, to: Path, keep: int, recipient: str = "", at: dt.time = BACKUP_AT) -> Task:
    """A copy of the whole house every day, sealed where a recipient is set; the newest `keep` stay."""

    def run() -> str:
        made = backing.make(to, keep, recipient)
        return f"{Path(made.file).name}, {made.size:,} bytes, rows {made.rows}, files {made.files}"

    return Task("backup", daily(at), run)


def reports_task(
    store: Store, make: Callable[[Period, Path], object], folder: Path, now: Callable[[], dt.datetime], behind: int = 7
) -> Task:
    """The report of every period that ended in the last days and was not made yet, while nobody waits for it."""

    def run() -> str:
        today = now().astimezone(VIETNAM).date()
        over = [p for back in reversed(range(behind)) for p in periods_over(today - dt.timedelta(days=back))]
        made = []
        for period in over:
            name = f"report:{slug(period)}"
            with store.reading() as tx:
                before = tx.value(name)
            if before:
                continue
            make(period, folder)
            with store.writing() as tx:
                tx.put_value(name, now().isoformat())
            made.append(slug(period))
        return ", ".join(made) or "no period ended"

    return Task("reports", daily(REPORTS_AT), run)
