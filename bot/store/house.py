"""The house's book: tasks of plans, index events, jobs, small values; and what is forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.ledger import IndexEvent, Job, TaskState
from bot.store.codec import text_of
from bot.store.shelf import Shelf
from bot.store.tables import INDEX_EVENTS, JOBS, TASK_STATES


class House(Shelf):
    def add_task_state(self, state: TaskState) -> None:
        self._add(TASK_STATES, state)

    def task_states(self, plan: str, until: dt.datetime) -> Sequence[TaskState]:
        where = "where plan = :plan and at < :until order by at, id"
        return self._all(TASK_STATES, where, plan=plan, until=text_of(until))

    def add_index_event(self, event: IndexEvent) -> None:
        self._add(INDEX_EVENTS, event)

    def index_events(self, since: dt.datetime, until: dt.datetime) -> Sequence[IndexEvent]:
        where = "where at >= :since and at < :until order by at, id"
        return self._all(INDEX_EVENTS, where, since=text_of(since), until=text_of(until))

    def put_job(self, job: Job) -> None:
        self._put(JOBS, job, "key")

    def job(self, key: str) -> Job | None:
        return self._one(JOBS, "where key = :key", key=key)

    def jobs(self, kind: str = "") -> Sequence[Job]:
        return self._all(JOBS, "where :kind = '' or kind = :kind order by at, key", kind=kind)

    def put_value(self, name: str, value: str) -> None:
        self._db.run(
            "insert into house_values (name, value) values (:name, :value) "
            "on conflict (name) do update set value = excluded.value",
            {"name": name, "value": value},
        )

    def value(self, name: str) -> str:
        rows = self._db.rows("select value from house_values where name = :name", {"name": name})
        return str(rows[0][0]) if rows else ""
