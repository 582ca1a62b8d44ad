"""How the house stands, for whoever looks after it: index, store, outbox, disk, jobs, backup."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.desk import rights
from bot.desk.backing import last_backup
from bot.desk.rights import Action
from bot.desk.transaction import Store
from bot.desk.works import KIND
from bot.ledger import Job, Officer
from index.gate import fallen
from index.live import LiveIndex
from index.manifest import GenerationUnusable, Manifest
from index.shelf import Shelf

DOORS = ("telegram", "web")
LEAST_FREE = 2 << 30
OLDEST_BACKUP = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class State:
    """`served`: the generation that this process answers from, `current`: the one it should; `outbox`: by door, how
    many notices are waiting, sent, dead; `backup`: when the newest good copy was made, `late`: longer ago than it
    should; `fell`: golden questions that the generation before found and this one does not, accepted by nobody."""

    served: str
    current: str
    built: str
    counts: Mapping[str, int]
    golden: tuple[int, int]
    store: str
    outbox: Mapping[str, Mapping[str, int]]
    jobs: Sequence[Job]
    free: int
    disk: int
    backup: dt.datetime | None
    late: bool
    fell: int = 0

    @property
    def troubles(self) -> tuple[str, ...]:
        """Names of what somebody should look at (worded in wording.console.TROUBLES)."""
        found = {
            "index": self.served != self.current,
            "golden": self.fell > 0,
            "dead": any(c.get("dead") for c in self.outbox.values()),
            "disk": self.free < LEAST_FREE,
            "jobs": any(j.state == "failed" for j in self.jobs),
            "no_jobs": not self.jobs,
            "backup": self.backup is None or self.late,
        }
        return tuple(name for name, bad in found.items() if bad)


class Standing:
    """`store_name`: what the store is, without its password."""

    def __init__(
        self,
        store: Store,
        live: LiveIndex,
        shelf: Shelf,
        data_dir: Path,
        store_name: str,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._store, self._live, self._shelf = store, live, shelf
        self._data_dir, self._store_name, self._now = data_dir, store_name, now

    def look(self, who: Officer) -> State:
        rights.check(who, Action.HEALTH)
        with self._store.reading() as tx:
            outbox = {door: tx.notice_counts(door) for door in DOORS}
            jobs = [j for j in tx.jobs() if j.kind != KIND]
            copy = last_backup(tx)
        made = copy.at if copy else None
        late = made is not None and self._now() - made > OLDEST_BACKUP
        manifest = self._shelf.manifest(self._shelf.current())
        golden = (len(manifest.golden.won), manifest.golden.asked)
        disk = shutil.disk_usage(next(f for f in (self._data_dir, *self._data_dir.resolve().parents) if f.exists()))
        return State(
            *(self._live.generation, manifest.name, manifest.built, manifest.counts, golden, self._store_name),
            *(outbox, jobs, disk.free, disk.total),
            backup=made,
            late=late,
            fell=self._fell(manifest),
        )

    def _fell(self, manifest: Manifest) -> int:
        """What was never found is no news; it stands in the figures."""
        previous = self._shelf.previous()
        if not previous:
            return 0
        try:
            before = self._shelf.manifest(previous)
        except GenerationUnusable:
            return 0
        lost = fallen(before.golden, manifest.golden) if before.model == manifest.model else {}
        return len(set(lost) - set(manifest.accepted))
