"""New content goes live: staged beside what is used, indexed, asked the golden questions, switched; and rolled back.

What an admin uploads or edits lies in DATA_DIR/knowledge, one folder a source. A change is made on a copy of it; only
when the gate is passed does the copy take its place and the index switch. The content as it was before stays beside
its generation, so that a roll-back brings back both.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.desk import rights
from bot.desk.generations import brought, named, note, settle
from bot.desk.rights import Action
from bot.desk.transaction import Store
from bot.ledger import Audit, IndexEvent, Officer, StoreUnavailable
from index.encoder import Encoder
from index.gate import ask_golden, fallen
from index.live import retriever_of
from index.manifest import GenerationUnusable, GoldenResult, Manifest
from index.shelf import BuilderBusy, Shelf
from index.snapshot import Changes, build, compare, open_generation, record_golden, source_digest
from index.vectors import FaissFiles, VectorEngine
from knowledge.importing.diff import Changed, Diff, differences
from knowledge.importing.diff import compare as compare_import
from knowledge.importing.files import read_file
from knowledge.importing.folder import read_contents, write
from knowledge.importing.imported import Import, Unreadable
from knowledge.library import Library
from knowledge.reading import CONTENT, knowledge_folders, read_library
from knowledge.records import Status
from knowledge.vietnamese import fold

Change = Callable[[Path], None]
Allowed = Callable[[str], str]
"""Of a golden question that would fall: the reason why it may, or ""."""
Progress = Callable[[str, int, int], None]
NATION = "ca-nuoc"
OVERLAY = "sua-tai-cho"
LARGEST_FILE = 30_000_000
_KINDS = (".xlsx", ".docx", ".json", ".jsonl", ".xz", ".md", ".txt", ".pdf")


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that was read but not taken over. `file`: where it waits; `refusal`: why nothing of it can be taken."""

    file: Path
    place: str
    batch: Import | None
    diff: Diff | None
    refusal: Unreadable | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`lost`: golden questions that would fall and what they would get instead; with any, nothing was switched.
    `accepted`: those that fell with a reason."""

    generation: str
    switched: bool
    changes: Changes
    golden: GoldenResult
    lost: Mapping[str, str]
    accepted: Mapping[str, str]


class Publisher:
    """`others`: knowledge folders of the settings, which a change never touches."""

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        shelf: Shelf,
        data_dir: Path,
        others: Sequence[Path],
        now: Callable[[], dt.datetime],
        engine: VectorEngine | None = None,
    ) -> None:
        self._store, self._encoder, self._shelf, self._others, self._now = store, encoder, shelf, tuple(others), now
        self._engine = engine or FaissFiles()
        self.root = data_dir / "knowledge"
        self._waiting = data_dir / "uploads" / "content"
        self._before = data_dir / "knowledge-before"
        self._mend()

    # --- a file ------------------------------------------------------------------------------------------------------

    def examine(self, who: Officer, name: str, data: bytes, place: str = "") -> Examined:
        """What this official file would change; the file waits on disk until it is published or forgotten."""
        rights.check(who, Action.CONTENT)
        return self.examined(self._keep(name, data, place))

    def examined(self, file: Path) -> Examined:
        place = _place_file(file).read_text(encoding="utf-8")
        try:
            if file.stat().st_size > LARGEST_FILE:
                raise Unreadable(file.name, "tệp quá lớn", "chia thành các tệp dưới 30 MB")
            batch = read_file(file, self._now().date(), None, place)
            if batch.plans and not any(plan.tasks for plan in batch.plans):
                raise Unreadable(file.name, "không thấy nhiệm vụ nào", "kiểm tra tệp này có phải kế hoạch không")
            before = read_contents(self.root / folder_name(place))
        except Unreadable as bad:
            r = bad.refusal  # the admin knows the file without the token before its name
            return Examined(file, place, None, None, Unreadable(shown_name(file), r.reason, r.remedy, r.value))
        return Examined(file, place, batch, compare_import([batch], before.held, self._now().date()))

    def preview(self, who: Officer, examined: Examined) -> Diff | None:
        """What it would change of all that is known now, wherever that came from; None where it cannot be taken."""
        if examined.diff is None or examined.batch is None:
            return None
        diff, today = examined.diff, self._now().date()
        now = read_library(self._folders(self.root)).at(examined.place, today)
        after = self.foreseen(who, self.import_of(examined)).at(examined.place, today)
        new, changed, ended, same = [], [], [], 0
        for code in dict.fromkeys(p.code for p in (*diff.new, *(c.record for c in diff.changed), *diff.abolished)):
            old, record = now.procedure(code), after.procedure(code)
            if record is None:
                continue
            over = record.validity.status is Status.ABOLISHED
            if over and (old is None or old.validity.status is not Status.ABOLISHED):
                ended.append(record)
            elif old is None:
                new.append(record)
            elif found := differences(old, record):
                changed.append(Changed(record, found))
            else:
                same += 1
        unchanged = diff.unchanged + same
        return replace(diff, new=tuple(new), changed=tuple(changed), abolished=tuple(ended), unchanged=unchanged)

    def _folders(self, root: Path) -> tuple[Path, ...]:
        return tuple(knowledge_folders([*self._others, *content_folders(root)]))

    def waiting(self, token: str) -> Path | None:
        """The file of this token (the first part of its name), as `examine` kept it."""
        if not re.fullmatch(r"[0-9a-f]{12}", token):
            return None
        return next(iter(self._waiting.glob(f"{token}-*")), None)

    def drop(self, file: Path) -> None:
        """An examined file that is not to be taken."""
        file.unlink(missing_ok=True)
        _place_file(file).unlink(missing_ok=True)

    def import_of(self, examined: Examined) -> Change:
        """The change that takes an examined file over."""

        def change(root: Path) -> None:
            target = root / folder_name(examined.place)
            before = read_contents(target)
            batch = read_file(examined.file, self._now().date(), None, examined.place)
            diff = compare_import([batch], before.held, self._now().date())
            write(target, diff.procedures, diff.new_plans, examined.place, before)

        return change

    def _keep(self, name: str, data: bytes, place: str) -> Path:
        stem, suffix = Path(fold(Path(name).name)).stem, "".join(Path(name).suffixes[-2:]).lower()
        suffix = suffix if suffix.endswith(_KINDS) else Path(name).suffix.lower()
        safe = re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:60] or "tep"
        self._waiting.mkdir(parents=True, exist_ok=True)
        kind = suffix if re.fullmatch(r"(?:\.[a-z0-9]{1,6}){1,2}", suffix) else ""
        file = self._waiting / f"{secrets.token_hex(6)}-{safe}{kind}"
        file.write_bytes(data)
        _place_file(file).write_text(place, encoding="utf-8")
        return file

    # --- going live --------------------------------------------------------------------------------------------------

    def publish(
        self,
        who: Officer,
        change: Change,
        allow: Allowed = lambda _ask: "",
        reason: str = "",
        progress: Progress = lambda _what, _done, _of: None,
    ) -> Outcome:
        """The change goes live, or nothing does. `allow` gives the reason for each golden question that may fall.
        Raises BuilderBusy, ContentFaults, Unreadable, Meanwhile; then everything is as it was."""
        rights.check(who, Action.CONTENT)
        with self._shelf.building():
            settle(self._shelf, self._store)
            staged = self._staged(change)
            try:
                official = _official(staged) != _official(self.root)
                outcome = self._built(staged, allow, progress)
                if outcome.switched:
                    self._note(who, outcome, official, reason)
                    self._take_place(staged, outcome.generation)
            finally:
                shutil.rmtree(staged, ignore_errors=True)
            self._engine.forget(self._shelf.prune())
            self._record(who, outcome, reason)
        return outcome

    def foreseen(self, who: Officer, change: Change) -> Library:
        """What would be known after this change; nothing is changed. Raises ContentFaults, Unreadable."""
        rights.check(who, Action.CONTENT)
        staged = self._staged(change)
        try:
            return read_library(self._folders(staged))
        finally:
            shutil.rmtree(staged, ignore_errors=True)

    def _staged(self, change: Change) -> Path:
        staged = self.root.with_name(f"knowledge-staged-{secrets.token_hex(4)}")
        if self.root.is_dir():
            shutil.copytree(self.root, staged)
        else:
            staged.mkdir(parents=True)
        try:
            change(staged)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise
        return staged

    def _built(self, staged: Path, allow: Allowed, progress: Progress) -> Outcome:
        folders = self._folders(staged)
        live = self._live()
        manifest = build(self._shelf, folders, self._encoder, progress)
        progress("golden", 0, 1)
        opened = open_generation(self._shelf, manifest.name, self._encoder, True, self._engine)
        golden = ask_golden(retriever_of(opened, self._encoder))
        lost = fallen(live.golden, golden) if live and live.model == self._encoder.card else {}
        accepted = {ask: why for ask in lost if (why := allow(ask).strip())}
        manifest = record_golden(self._shelf, manifest, golden, accepted)
        blocked = {ask: got for ask, got in lost.items() if ask not in accepted}
        return Outcome(manifest.name, not blocked, compare(live, manifest), golden, blocked, accepted)

    def _take_place(self, staged: Path, generation: str) -> None:
        """The staged content becomes the content, and its generation the live one. Killed in between, `_mend` puts the
        content back that belongs to the live generation."""
        before = self._before / generation
        before.parent.mkdir(parents=True, exist_ok=True)
        if self.root.is_dir():
            self.root.rename(before)
        else:
            before.mkdir(parents=True)
        staged.rename(self.root)
        self._shelf.switch(generation)
        kept = set(self._shelf.names())
        for old in self._before.iterdir():
            if old.name not in kept:
                shutil.rmtree(old, ignore_errors=True)

    def _mend(self) -> None:
        """After a kill: what was being published and never switched to is undone; staged copies go."""
        with contextlib.suppress(BuilderBusy), self._shelf.building():
            self._mended()

    def _mended(self) -> None:
        for left in self.root.parent.glob("knowledge-staged-*"):
            shutil.rmtree(left, ignore_errors=True)
        if not self._before.is_dir():
            return
        newest = max(self._before.iterdir(), key=lambda f: f.name, default=None)
        live = self._shelf.current()
        if newest is None or newest.name <= live:
            return
        if self.root.is_dir():
            self.root.rename(self.root.with_name(f"knowledge-staged-{secrets.token_hex(4)}"))
        newest.rename(self.root)

    def roll_back(self, who: Officer, reason: str) -> str:
        """The generation before, and the content that belongs to it, are live again; "" where there is none."""
        rights.check(who, Action.CONTENT)
        with self._shelf.building():
            settle(self._shelf, self._store)
            live, previous = self._shelf.current(), self._shelf.previous()
            if not previous:
                return ""
            now = self._now()
            event = IndexEvent(previous, now, who.id, "rolled_back", reason=reason)
            note(self._shelf, event, audit=Audit(now, who.id, "rolled_back", previous, reason))
            before = self._before / live
            if before.is_dir():
                aside = self.root.with_name(f"knowledge-staged-{secrets.token_hex(4)}")
                if self.root.is_dir():
                    self.root.rename(aside)
                before.rename(self.root)
                shutil.rmtree(aside, ignore_errors=True)
            self._shelf.switch(previous)
            settle(self._shelf, self._store)
        return previous

    def catch_up(self) -> None:
        """At the start of a process: a switch whose process was killed before it stood in the books is entered."""
        with contextlib.suppress(BuilderBusy, StoreUnavailable), self._shelf.building():
            settle(self._shelf, self._store)

    def _note(self, who: Officer, outcome: Outcome, official: bool, reason: str) -> None:
        now, before = self._now(), self._shelf.current()
        pairs = brought(outcome.changes, official) if before else ()
        called = named(self._shelf, pairs, (outcome.generation, before))
        why = "; ".join(filter(None, [reason, *(f"{ask}: {w}" for ask, w in outcome.accepted.items())]))
        event = IndexEvent(outcome.generation, now, who.id, "published", pairs, why)
        note(self._shelf, event, called, Audit(now, who.id, "published", outcome.generation, reason))

    def _record(self, who: Officer, outcome: Outcome, reason: str) -> None:
        if outcome.switched:
            settle(self._shelf, self._store)
            return
        with self._store.writing() as tx:
            tx.audit(Audit(self._now(), who.id, "held_back", outcome.generation, reason))

    # --- what there is -----------------------------------------------------------------------------------------------

    def generations(self, who: Officer) -> tuple[tuple[Manifest, bool], ...]:
        """Newest first, with which one is live."""
        rights.check(who, Action.CONTENT)
        live = self._shelf.current()
        return tuple((self._shelf.manifest(n), n == live) for n in reversed(self._shelf.names()))

    def previous(self, who: Officer) -> str:
        """The generation that a roll-back would bring back; "" where there is none."""
        rights.check(who, Action.CONTENT)
        return self._shelf.previous()

    def fates(self, who: Officer) -> Mapping[str, str]:
        """Of generations that are not live: "withdrawn" by a roll-back, or "held_back" by the gate."""
        rights.check(who, Action.CONTENT)
        held = dict.fromkeys(self._shelf.held_back(), "held_back")
        return held | dict.fromkeys(self._shelf.withdrawn(), "withdrawn")

    def _live(self) -> Manifest | None:
        try:
            return self._shelf.manifest(self._shelf.current()) if self._shelf.current() else None
        except GenerationUnusable:
            return None


def shown_name(file: Path) -> str:
    """A waiting file's name as the admin knows it."""
    return file.name.partition("-")[2]


def _place_file(file: Path) -> Path:
    """Beside a waiting file: the place it is for."""
    return file.with_name(f".{file.name}.place")


def folder_name(place: str) -> str:
    """The folder in which what holds at a place lies."""
    return re.sub(r"[^a-z0-9]+", "-", fold(place)).strip("-") or NATION


def _official(root: Path) -> str:
    """Changes with what came from official files, and not with what was edited here."""
    return source_digest([f for f in content_folders(root) if not f.name.startswith(OVERLAY)])


def content_folders(root: Path) -> tuple[Path, ...]:
    """The folders of content below DATA_DIR/knowledge, what was edited by hand last: it has the final word."""
    if not root.is_dir():
        return ()
    found = sorted(f for f in root.iterdir() if f.is_dir() and not f.name.startswith("."))
    return tuple(sorted(found, key=lambda f: f.name == OVERLAY))


__all__ = ["CONTENT", "Change", "Examined", "Outcome", "Publisher", "content_folders", "folder_name"]
