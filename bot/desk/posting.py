"""Posters: printed with a number of their own, found by it again; and what came of those who scanned them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.desk import rights
from bot.desk.rights import Action
from bot.desk.transaction import Store, Transaction
from bot.ledger import Audit, NotFound, Officer
from bot.outreach import scans
from bot.outreach.mailing import Poster
from bot.outreach.scans import PosterFigures, Scan
from bot.wording import outreach as say
from knowledge.library import Library
from knowledge.records import Level, Procedure
from knowledge.vietnamese import fold

if TYPE_CHECKING:
    from bot.outreach.paper.printing import Printed
    from bot.outreach.paper.sheet import Frame, Sheet

KINDS = ("thu-tuc", "linh-vuc", "danh-muc", "mot-cua", "tat-ca")
"""A procedure; a field as a poster, and as a list; the one-stop centre; everything of a level."""
NAMED = frozenset({"thu-tuc", "linh-vuc", "danh-muc"})
FORMATS, INKS = ("a3", "a4", "a5-gap"), ("mau", "den-trang")
BOT_NAME = "telegram:name"
"""The value under which the Telegram door writes its own name, for an authority that did not set TELEGRAM_BOT."""
LONGEST_PLACE, LONGEST_NOTE = 120, 300
_SAME_SCAN = dt.timedelta(minutes=10)
"""Somebody who scans the same sheet again within this time is at the same visit."""


class Unprintable(Exception):
    """There is no such sheet; the message says why, to be read by an officer."""


@dataclass(frozen=True, slots=True)
class Hung:
    """A poster with what it brought."""

    poster: Poster
    figures: PosterFigures


@dataclass(frozen=True, slots=True)
class Posters:
    """`bot`, `public_url`: where the codes lead; `emblem`: the authority's own picture."""

    store: Store
    library: Callable[[], Library]
    now: Callable[[], dt.datetime]
    authority: str = ""
    bot: str = ""
    public_url: str = ""
    emblem: Path | None = None

    # --- printing ----------------------------------------------------------------------------------------------------

    def make(self, who: Officer, wish: Poster) -> tuple[Poster, Printed]:
        """A new one with a number of its own. Raises Unprintable; then no number is taken."""
        rights.check(who, Action.POSTERS)
        place, note = (" ".join(t.split()) for t in (wish.place, wish.note))
        wish = replace(
            wish, by=who.id, at=self.now(), place=place[:LONGEST_PLACE], note=note[:LONGEST_NOTE], name=self._key(wish)
        )
        self.print(wish)
        with self.store.writing() as tx:
            number = tx.add_poster(wish)
            tx.audit(Audit(self.now(), who.id, "poster", f"to:{number}", f"{wish.kind} {wish.name}"))
        made = replace(wish, id=number)
        return made, self.print(made)

    def again(self, who: Officer, number: int) -> tuple[Poster, Printed]:
        """The same sheet with today's words. Raises NotFound, Unprintable."""
        rights.check(who, Action.POSTERS)
        poster = self.poster(who, number)
        return poster, self.print(poster)

    def pdf(self, number: int) -> bytes:
        """For the door that sends it to who made it. Raises NotFound, Unprintable."""
        with self.store.reading() as tx:
            found = tx.poster(number)
        if found is None:
            raise NotFound(f"to:{number}")
        return self.print(found).pdf

    def poster(self, who: Officer, number: int) -> Poster:
        rights.check(who, Action.POSTERS)
        with self.store.reading() as tx:
            found = tx.poster(number)
        if found is None:
            raise NotFound(f"to:{number}")
        return found

    def print(self, poster: Poster) -> Printed:
        """Raises Unprintable."""
        from bot.outreach.paper.colours import Ink
        from bot.outreach.paper.drafting import NothingToPrint
        from bot.outreach.paper.fitting import TooMuch
        from bot.outreach.paper.printing import Format, NoSuchFormat, printed

        if poster.format not in FORMATS or poster.ink not in INKS:
            raise Unprintable(say.LIST_FORMATS)
        try:
            sheet = self._sheet(poster, self._frame())
            return printed(sheet, Format(poster.format), Ink(poster.ink), poster.kind == "danh-muc")
        except TooMuch as bad:
            raise Unprintable(say.NO_ROOM.format(what=bad)) from bad
        except (NothingToPrint, NoSuchFormat) as bad:
            raise Unprintable(str(bad)) from bad

    def _frame(self) -> Frame:
        from bot.outreach.paper.drafting import hotline_of
        from bot.outreach.paper.sheet import Frame

        bot = self.bot
        if not bot:
            with self.store.reading() as tx:
                bot = tx.value(BOT_NAME)
        return Frame(self.authority, self.emblem, hotline_of(self.library()), bot, self.public_url)

    def _sheet(self, poster: Poster, frame: Frame) -> Sheet:
        from bot.outreach.paper import drafting

        library = self.library()
        if poster.kind == "mot-cua":
            return drafting.of_one_stop(library, frame, poster.id)
        if poster.kind == "tat-ca":
            level = next((level for level in Level if level.value == poster.name), Level.COMMUNE)
            return drafting.of_all(library, frame, poster.id, level)
        if poster.kind in ("linh-vuc", "danh-muc"):
            return drafting.of_field(library, poster.name, frame, poster.id)
        procedure = library.procedure(poster.name)
        if procedure is None:
            raise drafting.NothingToPrint(say.NO_SUCH_PROCEDURE.format(name=poster.name))
        return drafting.of_procedure(library, procedure, frame, poster.id)

    def _key(self, wish: Poster) -> str:
        """The record's own name for what was asked for: a key or code of a procedure, a field however it is spelled."""
        library = self.library()
        if wish.kind == "thu-tuc":
            known = library.procedure(wish.name) or _named(library, wish.name)
            return known.key if known else wish.name
        if wish.kind in NAMED:
            return next((f for f in library.fields() if _slug(f) == _slug(wish.name)), wish.name)
        return wish.name

    def title(self, poster: Poster) -> str:
        """What it is of, as an officer reads it."""
        known = self.library().procedure(poster.name) if poster.kind == "thu-tuc" else None
        return known.name if known else poster.name

    # --- what came of them -------------------------------------------------------------------------------------------

    def scanned(self, number: int, conversation: str, door: str) -> None:
        """Somebody came by this sheet; one that nobody made is no poster of ours."""
        with self.store.writing() as tx:
            note_scan(tx, number, conversation, door, self.now())

    def hung(self, who: Officer, since: dt.datetime, until: dt.datetime) -> Sequence[Hung]:
        """All there are, with what they brought in this time; the newest first."""
        rights.check(who, Action.POSTERS)
        with self.store.reading() as tx:
            figures = {f.poster: f for f in tallied(tx, since, until)}
            posters = tx.posters()
        return [Hung(p, figures.get(p.id, PosterFigures(p.id, 0, 0, 0))) for p in reversed(posters)]


def note_scan(tx: Transaction, number: int, conversation: str, door: str, now: dt.datetime) -> bool:
    """Whether it was counted: a sheet of ours, and not the same visit again."""
    if tx.poster(number) is None:
        return False
    before = [s for s in tx.scans_of(conversation) if s.poster == number and now - s.at < _SAME_SCAN]
    if before:
        return False
    tx.add_scan(Scan(number, conversation, now, door))
    return True


def tallied(tx: Transaction, since: dt.datetime, until: dt.datetime) -> Sequence[PosterFigures]:
    """What scans of this time brought; nothing of the log is read where there were none."""
    found = tx.scans(since, until)
    return scans.tally(found, tx.turns(since, until + scans.FOLLOWS)) if found else ()


def settle_scans(tx: Transaction, conversation: str) -> None:
    """Before a conversation is forgotten: what it asked after its scans stays counted."""
    mine = tx.scans_of(conversation)
    if not mine:
        return
    counts = {s.id: s.questions for s in mine}
    for turn in tx.turns_of(conversation):
        if found := scans.brought(turn, mine):
            counts[found.id] += 1
    for number, questions in counts.items():
        tx.settle_scan(number, questions)


def settle_scans_of_before(tx: Transaction, before: dt.datetime) -> None:
    for conversation in {s.conversation for s in tx.scans(before - dt.timedelta(days=400), before)}:
        if not conversation.startswith("#"):
            settle_scans(tx, conversation)


def _named(library: Library, words: str) -> Procedure | None:
    return next((p for p in library.procedures.values() if fold(p.name) == fold(words)), None)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
