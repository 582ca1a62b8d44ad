"""Long work that an officer began: it goes on in a thread, its row in the store tells everybody how far it is."""

from __future__ import annotations

import datetime as dt
import json
import logging
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.desk import rights
from bot.desk.rights import Action
from bot.desk.transaction import Store
from bot.ledger import Job, NotFound, Officer
from index.manifest import GenerationUnusable
from index.shelf import BuilderBusy
from knowledge.importing.folder import Meanwhile
from knowledge.importing.imported import Unreadable
from knowledge.reading import ContentFaults

RUNNING, DONE, FAILED, LOST = "running", "ok", "failed", "lost"
BEATS_EVERY = dt.timedelta(seconds=1)
SILENT = dt.timedelta(minutes=5)
"""A running one that has said nothing for so long died with its process."""
KIND = "work"
Step = Callable[[str, int, int], None]
Work = Callable[[Step], Mapping[str, Any]]
log = logging.getLogger(__name__)
_NAMED = (BuilderBusy, ContentFaults, Unreadable, Meanwhile, GenerationUnusable, NotFound)


@dataclass(frozen=True, slots=True)
class Seen:
    """A work as it is shown. `what`: publish, report …; `title`: of what; `step`: what it does now; `why`: why it
    failed; `result`: what came of it."""

    key: str
    what: str
    title: str
    state: str
    at: dt.datetime
    by: str
    progress: int = 0
    step: str = ""
    why: str = ""
    result: Mapping[str, Any] | None = None


class Works:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store, self._now = store, now

    def begin(self, who: Officer, action: Action, what: str, title: str, work: Work) -> str:
        """Begins at once and goes on whoever looks; its key."""
        rights.check(who, action)
        key = f"{KIND}:{secrets.token_hex(6)}"
        body = {"what": what, "title": title[:200], "action": action.value}
        job = Job(key, KIND, RUNNING, self._now(), 0, json.dumps(body, ensure_ascii=False), "", who.id)
        self._put(job)
        threading.Thread(target=self._run, args=(job, body, work), name=key, daemon=True).start()
        return key

    def seen(self, who: Officer, key: str) -> Seen:
        with self._store.reading() as tx:
            job = tx.job(key)
        if job is None or job.kind != KIND:
            raise NotFound(key)
        rights.check(who, Action(json.loads(job.message)["action"]))
        return self._told(job)

    def recent(self, who: Officer, *what: str, most: int = 10) -> Sequence[Seen]:
        """The newest first, of those that are this person's to see."""
        with self._store.reading() as tx:
            jobs = tx.jobs(KIND)
        mine = (j for j in reversed(jobs) if rights.may(who.role, Action(json.loads(j.message)["action"])))
        return [s for s in map(self._told, mine) if not what or s.what in what][:most]

    def _told(self, job: Job) -> Seen:
        body = json.loads(job.message)
        state = LOST if job.state == RUNNING and self._now() - job.at > SILENT else job.state
        result = json.loads(job.result) if job.result else None
        step, why = body.get("step", ""), body.get("why", "")
        return Seen(job.key, body["what"], body["title"], state, job.at, job.by, job.progress, step, why, result)

    def _run(self, job: Job, body: Mapping[str, str], work: Work) -> None:
        last = [self._now()]

        def step(name: str, done: int, of: int) -> None:
            if self._now() - last[0] < BEATS_EVERY and done < of:
                return
            last[0] = self._now()
            message = json.dumps({**body, "step": name}, ensure_ascii=False)
            self._put(replace(job, at=last[0], progress=min(99, 100 * done // max(of, 1)), message=message))

        try:
            result, why = json.dumps(work(step), ensure_ascii=False), ""
        except _NAMED as bad:
            result, why = "", str(bad)[:2000]
        except Exception:  # the outermost edge of this thread: it is told and logged, the process goes on
            log.exception("%s failed", job.key)
            result, why = "", "?"
        message = json.dumps({**body, "why": why} if why else body, ensure_ascii=False)
        state = FAILED if why else DONE
        self._put(replace(job, state=state, at=self._now(), progress=100, message=message, result=result))

    def _put(self, job: Job) -> None:
        with self._store.writing() as tx:
            tx.put_job(job)
