"""A re-index is noticed by the generation that is live now, and becomes one mailing of all that it changed.

The change is told from the generation that was last told of, so that nothing is told twice and what was rolled back
before anybody knew is not told at all. The records of that generation are kept here, since the index drops old ones.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.desk.following import ASKED_WITHIN
from bot.desk.quiet import Quiet
from bot.desk.tidings import Tiding, dumped, tiding_of
from bot.desk.transaction import Store, Transaction
from bot.outreach.changes import news
from bot.outreach.mailing import CHANGES, Kind, Mailing, State, Topic
from bot.petitions.clock import VIETNAM
from bot.wording import following as say
from index.shelf import Shelf
from knowledge.library import Library
from knowledge.reading import read_library

TOLD = "news:generation"
"""The value that names the generation up to which everything was told."""
HOUSE = "may"


class Newsroom:
    """`place`: the house's own, whose view those have who named none. `delay`: so long a switch rests before it is
    told, since a wrong one is rolled back in its first minutes."""

    def __init__(
        self,
        store: Store,
        shelf: Shelf,
        folder: Path,
        place: str,
        now: Callable[[], dt.datetime],
        quiet: Quiet,
        delay: dt.timedelta = dt.timedelta(),
    ) -> None:
        self._store, self._shelf, self._folder, self._place = store, shelf, folder, place
        self._now, self._quiet, self._delay = now, quiet, delay

    def run(self) -> int:
        """How many changes there are to tell; in quiet hours nothing is looked at, so that a roll-back of the night
        is not told either."""
        live = self._shelf.current()
        with self._store.reading() as tx:
            told = tx.value(TOLD)
        if live == told and live:
            self._keep(live)  # also after a kill between the two
        if not live or live == told or (told and not self._settled()):
            return 0
        before, after = self._records(told), self._records(live)
        with self._store.writing() as tx:
            if tx.value(TOLD) != told:
                return 0
            found = self._compared(tx, before, after) if before and after else {}
            changed = found.get(self._place, ()) or next(filter(None, found.values()), ())
            if changed:
                tx.add_mailing(self._mailing(found, changed, live))
            tx.put_value(TOLD, live)
        self._keep(live)
        return len(changed)

    def _settled(self) -> bool:
        switched = dt.datetime.fromtimestamp(self._shelf.pointer.stat().st_mtime, dt.UTC)
        return self._now() - switched >= self._delay and not self._quiet.at(self._now())

    def _mailing(self, found: dict[str, tuple[Tiding, ...]], changed: tuple[Tiding, ...], live: str) -> Mailing:
        now = self._now()
        title = say.NEWS_NAME.format(count=len(changed), first=changed[0].title)
        return Mailing(Kind.NEWS, title, dumped(found), HOUSE, now, State.WAITING, due=now, generation=live)

    def _compared(self, tx: Transaction, before: Library, after: Library) -> dict[str, tuple[Tiding, ...]]:
        """By the place from which it is seen: of everyone who may be told, and the house's own."""
        day = self._now().astimezone(VIETNAM).date()
        places = {self._place, *(s.place or self._place for s in tx.subscribers(Topic.FIELD))}
        places |= {place or self._place for _, place, _ in tx.asked_about(self._now() - ASKED_WITHIN, CHANGES)}
        return {p: tuple(map(tiding_of, news(before.at(p, day), after.at(p, day)))) for p in sorted(places)}

    def _records(self, generation: str) -> Library | None:
        """Of a generation that the index still has, or that was kept here; None where nobody knows it any more."""
        if not generation:
            return None
        for folder in (self._shelf.generations / generation / "knowledge", self._folder / generation):
            if folder.is_dir():
                return read_library(_folders(folder))
        return None

    def _keep(self, generation: str) -> None:
        """Complete or not at all: a copy that was cut short goes by another name."""
        kept, beside = self._folder / generation, self._folder / f".{generation}"
        if kept.is_dir():
            return
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(self._shelf.generations / generation / "knowledge", beside)
        beside.rename(kept)
        for old in self._folder.iterdir():
            if old.name != generation:
                shutil.rmtree(old, ignore_errors=True)


def _folders(root: Path) -> Iterable[Path]:
    return sorted(f for f in root.iterdir() if f.is_dir())
