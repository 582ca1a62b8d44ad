"""Copies of the whole house, made while it runs: database, citizens' files, live index, edited content, settings.

A copy counts only after it was opened again in a temporary place and found whole. It is written beside and renamed;
old ones go when the new one stands.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from bot.desk.archive import Contents, Damaged, Tables, is_sealed, pack, seal, unpack, unseal
from bot.desk.transaction import Store, Transaction
from bot.settings import Settings
from index.manifest import GenerationUnusable, read_manifest, spoiled, sync_folder
from index.shelf import BuilderBusy, Shelf

DATABASE, SETTINGS, VALUE = "mot-cua.db", "settings.env", "last_backup"
BUILDER_PATIENCE = 60.0
"""Seconds that one waits for who builds an index; then the copy is made beside them."""
_NAME = re.compile(r"mot-cua-\d{8}T\d{6}Z-[0-9a-f]{4}\.tar\.gz(?:\.age)?")
_SECRET = re.compile(r"TOKEN|SECRET|PASSWORD|DATABASE_URL|PROXY|_KEY$")


class CannotBackUp(Exception):
    """No copy was made; what was there before is untouched."""


class NotEmpty(Exception):
    """The place for a restored house holds something; nothing was written there."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a copy of the database holds. `named`: digests of the files that it names; `faults`: what is wrong in it."""

    tables: Tables
    named: frozenset[str]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that stands, was opened again and found whole. `absent`: files that the database names and that were not
    on disk."""

    at: dt.datetime
    file: str
    size: int
    rows: int
    files: int
    absent: int
    sealed: bool


Copy = Callable[[Path], Looked]
Look = Callable[[Path], Looked]


class Backing:
    """`copy` and `look` are the store's: one state of the database as a file, and what such a file holds."""

    def __init__(
        self,
        store: Store,
        copy: Copy,
        look: Look,
        data_dir: Path,
        generations: Path,
        settings: Mapping[str, str],
        now: Callable[[], dt.datetime],
    ) -> None:
        self._store, self._copy, self._look, self._now = store, copy, look, now
        self._data, self._shelf, self._settings = data_dir, Shelf(generations), settings

    def make(self, to: Path, keep: int, recipient: str = "") -> Backup:
        """A new copy in `to`, sealed for `recipient` where one is given; of all there, the newest `keep` stay.
        Raises CannotBackUp, StoreUnavailable, OSError (a full disk), ValueError (a recipient that is none)."""
        with self._store.locked("backup") as mine:
            if not mine:
                raise CannotBackUp("another process is making a copy at this moment")
            to.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._sweep(to)
            with self._scratch() as scratch:
                made = self._made(scratch, to, recipient)
            _rotate(to, keep, Path(made.file))
            with self._store.writing() as tx:
                tx.put_value(VALUE, json.dumps(asdict(made) | {"at": made.at.isoformat()}, ensure_ascii=False))
        return made

    def _made(self, scratch: Path, to: Path, recipient: str) -> Backup:
        at, plain = self._now(), scratch / "archive"
        contents = self._packed(scratch, plain, at)
        try:
            check(plain, scratch / "trial", self._look)
        except Damaged as bad:
            raise CannotBackUp(f"the copy did not stand the check: {bad}") from bad
        shutil.rmtree(scratch / "trial")
        name = f"mot-cua-{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}.tar.gz{'.age' * bool(recipient)}"
        beside = to / f".{name}.part"
        if recipient:
            seal(plain, beside, recipient)
        else:
            _copied(plain, beside)
        beside.chmod(0o600)
        beside.replace(to / name)
        sync_folder(to)
        rows = sum(rows for rows, _ in contents.tables.values())
        size = (to / name).stat().st_size
        return Backup(at, str(to / name), size, rows, len(contents.files), len(contents.absent), bool(recipient))

    def _packed(self, scratch: Path, target: Path, at: dt.datetime) -> Contents:
        """The database first: every file that it names was on disk before it was named."""
        copied = self._copy(scratch / DATABASE)
        generation = self._paired(scratch)
        _write(scratch / SETTINGS, _without_secrets(self._settings))

        def contents(digests: Mapping[str, str]) -> Contents:
            there = {Path(name).name for name in digests}
            return Contents(at.isoformat(), generation, copied.tables, digests, tuple(sorted(copied.named - there)))

        return pack(target, self._files(scratch), contents)

    def _files(self, scratch: Path) -> Iterator[tuple[str, Path]]:
        for name in (DATABASE, SETTINGS):
            yield name, scratch / name
        for room in ("index", "knowledge"):
            yield from _walked(scratch / room, room)
        yield from _walked(self._data / "uploads", "uploads")

    def _paired(self, scratch: Path) -> str:
        """The live generation and the edited content that it was made of, set aside while nobody publishes."""
        with self._quiet():
            live = self._shelf.current()
            folder = self._shelf.generations / live
            if live and folder.is_dir():
                shutil.copytree(folder, scratch / "index" / "generations" / live, copy_function=_linked)
                _write(scratch / "index" / "current", live + "\n")
            if (self._data / "knowledge").is_dir():
                shutil.copytree(self._data / "knowledge", scratch / "knowledge")
        return live

    @contextlib.contextmanager
    def _quiet(self) -> Iterator[None]:
        """A build may take long; after some patience the copy is made all the same: then its content may be newer than
        its index, which is told at the next start."""
        until = time.monotonic() + BUILDER_PATIENCE
        with contextlib.ExitStack() as held:
            while True:
                try:
                    held.enter_context(self._shelf.building())
                    break
                except BuilderBusy:
                    if time.monotonic() > until:
                        break
                    time.sleep(0.5)
            yield

    @contextlib.contextmanager
    def _scratch(self) -> Iterator[Path]:
        """Beside the data, which it is a copy of: what is not sealed yet never lies where the copies go."""
        self._data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=self._data, ignore_cleanup_errors=True) as folder:
            yield Path(folder)

    def _sweep(self, to: Path) -> None:
        """What killed ones left; the lock says that none is at work."""
        for left in self._data.glob(".backup-*"):
            shutil.rmtree(left, ignore_errors=True)
        for part in to.glob(".mot-cua-*.part"):
            part.unlink(missing_ok=True)


def last_backup(tx: Transaction) -> Backup | None:
    """The newest good copy, for the pages of health."""
    try:
        tree: dict[str, Any] = json.loads(tx.value(VALUE))
        return Backup(**(tree | {"at": dt.datetime.fromisoformat(tree["at"])}))
    except (ValueError, KeyError, TypeError):
        return None


def backups(folder: Path) -> list[Path]:
    """Those that stand there, oldest first."""
    return sorted(f for f in folder.iterdir() if _NAME.fullmatch(f.name)) if folder.is_dir() else []


def check(archive: Path, into: Path, look: Look) -> Contents:
    """Restores a plain archive into an empty place and holds it against what was written. Raises Damaged."""
    contents = unpack(archive, into)
    looked = look(into / DATABASE)
    if looked.faults:
        raise Damaged(f"{DATABASE}: {'; '.join(looked.faults)}")
    if differing := [t for t, told in contents.tables.items() if looked.tables.get(t) != told]:
        raise Damaged(f"{DATABASE}: tables that differ: {', '.join(differing)}")
    there = {Path(name).name for name in contents.files} | set(contents.absent)
    if missing := sorted(looked.named - there):
        raise Damaged(f"{len(missing)} files that the database names are not in it, {missing[0]} first")
    if contents.generation:
        _check_generation(into / "index" / "generations" / contents.generation)
    return contents


def _check_generation(folder: Path) -> None:
    try:
        broken = spoiled(folder, read_manifest(folder))
    except GenerationUnusable as bad:
        raise Damaged(str(bad)) from bad
    if broken:
        raise Damaged(f"index: {', '.join(broken[:3])}")


def restore(archive: Path, into: Path, look: Look, identity: str = "") -> Contents:
    """The house of an archive, whole and checked, in a place that was empty: then it is a DATA_DIR. Raises NotEmpty,
    Damaged."""
    into = into.absolute()
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise NotEmpty(str(into))
    into.parent.mkdir(parents=True, exist_ok=True)
    for left in into.parent.glob(f".{into.name}.restoring-*"):
        shutil.rmtree(left, ignore_errors=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{into.name}.restoring-", dir=into.parent))
    try:
        plain = archive
        if is_sealed(archive):
            plain = beside / "archive"
            unseal(archive, plain, identity)
        house = beside / "house"
        house.mkdir(mode=0o700)
        contents = check(plain, house, look)
        sync_folder(house)
        house.replace(into)
        sync_folder(into.parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return contents


def _rotate(folder: Path, keep: int, newest: Path) -> None:
    """The one just made stays, whatever the clock called it."""
    others = [f for f in backups(folder) if f != newest]
    for old in others[: max(0, len(others) - max(1, keep) + 1)]:
        old.unlink(missing_ok=True)


def spelled(settings: Settings) -> dict[str, str]:
    """Settings as they stand in a file of settings."""
    return {f.name.upper(): _spelling(getattr(settings, f.name)) for f in fields(settings)}


def _spelling(value: object) -> str:
    if isinstance(value, tuple):
        return (os.pathsep if any(isinstance(v, Path) for v in value) else ";").join(map(str, value))
    return "" if value is None else str(value)


def _without_secrets(settings: Mapping[str, str]) -> str:
    lines = ["# Cài đặt lúc sao lưu. Những dòng bí mật không được chép: điền lại từ nơi cất riêng."]
    for name, value in settings.items():
        hidden = _SECRET.search(name) or re.search(r"://[^/\s]*@", value)
        lines.append(f"# {name}= (bí mật, không chép)" if hidden and value else f"{name}={value}")
    return "\n".join(lines) + "\n"


def _walked(root: Path, name: str) -> Iterator[tuple[str, Path]]:
    for file in sorted(root.rglob("*")):
        if file.is_file() and not file.is_symlink() and not file.name.endswith(".tmp"):
            yield f"{name}/{file.relative_to(root).as_posix()}", file


def _linked(source: str, target: str) -> None:
    """Files of a generation never change, so a second name is as good as a copy; on another disk it is a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _copied(source: Path, target: Path) -> None:
    with source.open("rb") as plain, target.open("wb") as out:
        shutil.copyfileobj(plain, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


__all__ = [
    "Backing",
    "Backup",
    "CannotBackUp",
    "Damaged",
    "Looked",
    "NotEmpty",
    "Tables",
    "backups",
    "last_backup",
    "restore",
    "spelled",
]
