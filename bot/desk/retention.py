"""What is kept only for a time: questions and replies, what arrived and was sent, files that belong to no petition.

Words go, counts stay. Petitions and their papers are not touched: they are the authority's files, and leave when who
filed them asks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.desk import repeating
from bot.desk.attachments import Uploads
from bot.desk.posting import settle_scans_of_before
from bot.desk.transaction import Store


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many turns lost their words, and how many files went."""

    turns: int = 0
    files: int = 0


class Retention:
    """`questions`, `files`: for how long they are kept. `waiting`: folders of files that were uploaded to be looked at
    and never taken over."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], dt.datetime],
        uploads: Uploads,
        questions: dt.timedelta,
        files: dt.timedelta,
        waiting: Sequence[Path] = (),
    ) -> None:
        self._store, self._now, self._uploads = store, now, uploads
        self._questions, self._files, self._waiting = questions, files, tuple(waiting)

    def run(self) -> Forgotten:
        now = self._now()
        with self._store.writing() as tx:
            settle_scans_of_before(tx, now - self._questions)
            turns = tx.forget_older(now - self._questions)
            tx.drop_receipts(now - repeating.KEPT)
            digests = tx.drop_attachments(before=now - self._files)
        for digest in digests:  # only now: what a killed transaction still names must be on disk
            self._uploads.drop(digest)
        return Forgotten(turns, len(digests) + self._sweep(now - self._files))

    def _sweep(self, before: dt.datetime) -> int:
        old = [
            file
            for folder in self._waiting
            if folder.is_dir()
            for file in folder.iterdir()
            if file.is_file() and file.stat().st_mtime < before.timestamp()
        ]
        for file in old:
            file.unlink(missing_ok=True)
        return len(old)
