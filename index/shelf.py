"""INDEX_DIR on disk: which generations there are, which one is live, who builds.

INDEX_DIR/current (one line: the live generation's name, the truth on this machine), INDEX_DIR/lock, INDEX_DIR/history,
and INDEX_DIR/generations/NAME/. A generation is complete or it has no manifest; whoever is killed while building
leaves only a folder named .building-….
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from index.manifest import GenerationUnusable, Manifest, read_manifest, sync_folder, write_file

KEEP = 5


class BuilderBusy(Exception):
    """Another builder holds the lock; the message says who and since when."""


class Shelf:
    """INDEX_DIR: the generations on this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.generations = root / "generations"
        self.pointer = root / "current"

    def current(self) -> str:
        """The live generation's name, or "" when there is none yet."""
        try:
            return self.pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return ""

    def names(self) -> list[str]:
        """Complete generations, oldest first."""
        if not self.generations.is_dir():
            return []
        return sorted(f.name for f in self.generations.iterdir() if (f / "manifest.json").is_file())

    def manifest(self, name: str) -> Manifest:
        return read_manifest(self.generations / name)

    @contextlib.contextmanager
    def building(self) -> Iterator[None]:
        """Only one builder at a time. Raises BuilderBusy with who holds the lock; a dead holder holds nothing."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("a+", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                raise BuilderBusy(
                    f"Đang có nơi khác dựng chỉ mục ({lock.read().strip()}). Chờ xong rồi chạy lại."
                ) from None
            lock.truncate(0)
            lock.write(f"tiến trình {os.getpid()}, từ {dt.datetime.now():%H:%M:%S %d/%m/%Y}")
            lock.flush()
            yield

    def switch(self, name: str) -> None:
        """`name` becomes the live generation, all at once; what was live stays for rolling back."""
        if name not in self.names():
            raise GenerationUnusable(
                f"Không có thế hệ “{name}”. Xem các thế hệ: .venv/bin/python scripts/reindex.py --list"
            )
        beside = self.pointer.with_suffix(f".{secrets.token_hex(4)}")
        write_file(beside, name + "\n")
        with (self.root / "history").open("a", encoding="utf-8") as history:
            history.write(name + "\n")
        beside.replace(self.pointer)
        sync_folder(self.root)

    def previous(self) -> str:
        """The generation that was in use before this one and still stands, or ""; never one that the gate held back,
        nor one that was thrown out by a roll-back."""
        names, way, live = set(self.names()), self._way(), self.current()
        before = way[: way.index(live)] if live in way else way
        return next((n for n in reversed(before) if n in names), "")

    def withdrawn(self) -> frozenset[str]:
        """Generations that were live once and were thrown out by a roll-back since."""
        return frozenset(self._history()) - set(self._way())

    def held_back(self) -> frozenset[str]:
        """Generations that were never live."""
        return frozenset(self.names()) - set(self._history()) - {self.current()}

    def _way(self) -> list[str]:
        """The generations on which the live one stands, oldest first: going back to one throws out what came after."""
        way: list[str] = []
        for name in self._history():
            if name in way:
                del way[way.index(name) + 1 :]
            else:
                way.append(name)
        return way

    def _history(self) -> list[str]:
        try:
            return (self.root / "history").read_text(encoding="utf-8").split()
        except FileNotFoundError:
            return []

    def prune(self, keep: int = KEEP) -> tuple[str, ...]:
        """Old generations and what killed builders left go; the live one and the newest `keep` stay. The names of
        those that went."""
        live = self.current()
        gone = tuple(name for name in self.names()[:-keep] if name != live)
        for name in gone:
            shutil.rmtree(self.generations / name, ignore_errors=True)
        for left in self.generations.glob(".building-*"):
            shutil.rmtree(left, ignore_errors=True)
        return gone
