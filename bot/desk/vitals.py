"""How the house is, in numbers for the metrics: what waits, what is late, what ran, how old index and backup are."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.desk.backing import last_backup
from bot.desk.notices import CONSOLE
from bot.desk.standing import DOORS
from bot.desk.transaction import Store, Transaction
from bot.ledger import QueueFilter, StoreUnavailable
from bot.metrics import Sample
from index.live import LiveIndex
from index.manifest import GenerationUnusable
from index.shelf import Shelf

CLOCK = "clock"
"""The kind of jobs that run by the clock; pieces of work that somebody started have names without end."""
FAILED = "failed"


class Vitals:
    """Two sources: `quick` for every look, `slow` for what reads many rows."""

    def __init__(
        self, store: Store, live: LiveIndex, shelf: Shelf, data_dir: Path, now: Callable[[], dt.datetime]
    ) -> None:
        self._store, self._live, self._shelf, self._data_dir, self._now = store, live, shelf, data_dir, now

    def quick(self) -> Iterator[Sample]:
        yield from self._index()
        yield from self._disk()
        try:
            with self._store.reading() as tx:
                found = [*self._mail(tx), *_petitions(tx, self._now()), *_jobs(tx), *_backup(tx)]
        except StoreUnavailable:
            yield Sample("store_up", 0)
            return
        yield Sample("store_up", 1)
        yield from found

    def slow(self) -> Iterator[Sample]:
        try:
            with self._store.reading() as tx:
                dead = {door: tx.notice_counts(door).get("dead", 0) for door in DOORS}
        except StoreUnavailable:
            return
        yield from (Sample("notices_dead", n, (("door", door),)) for door, n in dead.items())

    def _mail(self, tx: Transaction) -> Iterator[Sample]:
        now = self._now()
        for name, waiting in (("inbox", tx.waiting_updates()), ("outbox", tx.waiting_notices(now))):
            for door, (count, oldest) in waiting.items():
                if door == CONSOLE:  # news that officers have not read yet hold nothing up
                    continue
                yield Sample(f"{name}_waiting", count, (("door", door),))
                yield Sample(f"{name}_oldest_seconds", max((now - oldest).total_seconds(), 0), (("door", door),))

    def _index(self) -> Iterator[Sample]:
        served = self._live.generation
        yield Sample("generation_info", 1, (("generation", served),))
        yield Sample("generation_behind", float(served != self._shelf.current()))
        try:
            built = dt.datetime.fromisoformat(self._shelf.manifest(served).built)
        except (GenerationUnusable, ValueError):
            return
        yield Sample("generation_built_timestamp_seconds", built.timestamp())

    def _disk(self) -> Iterator[Sample]:
        folder = next(f for f in (self._data_dir, *self._data_dir.resolve().parents) if f.exists())
        yield Sample("disk_free_bytes", shutil.disk_usage(folder).free)


def _petitions(tx: Transaction, now: dt.datetime) -> Iterator[Sample]:
    for name, wanted in (
        ("petitions_open", QueueFilter(open_only=True)),
        ("petitions_overdue", QueueFilter(open_only=True, overdue_at=now)),
    ):
        counted = tx.counts(wanted, "state")
        yield from (Sample(name, n, (("state", state),)) for state, n in counted.items())
        if not counted:
            yield Sample(name, 0, (("state", ""),))


def _jobs(tx: Transaction) -> Iterator[Sample]:
    for job in tx.jobs(CLOCK):
        label = (("task", job.key.partition(":")[2]),)
        yield Sample("job_last_run_timestamp_seconds", job.at.timestamp(), label)
        yield Sample("job_failed", float(job.state == FAILED), label)


def _backup(tx: Transaction) -> Iterator[Sample]:
    last = last_backup(tx)
    if last is not None:
        yield Sample("backup_last_success_timestamp_seconds", last.at.timestamp())
        yield Sample("backup_bytes", last.size)
