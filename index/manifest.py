"""What a generation says of itself (manifest.json), and files that are either whole or not there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Container, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

from index.encoder import ModelCard

FORMAT = 1
REINDEX = ".venv/bin/python scripts/reindex.py --accept"


class GenerationUnusable(Exception):
    """A generation cannot be served; the message says which, why and the command that mends it."""


@dataclass(frozen=True, slots=True)
class GoldenResult:
    """Which golden questions found their record first; `lost` maps a question to what came first instead."""

    asked: int = 0
    won: tuple[str, ...] = ()
    lost: Mapping[str, str] = field(default_factory=dict)
    retired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    name: str
    built: str
    model: ModelCard
    folders: tuple[Mapping[str, str], ...]
    source: str
    counts: Mapping[str, int]
    files: Mapping[str, str]
    records: Mapping[str, str]
    reused: int = 0
    golden: GoldenResult = field(default_factory=GoldenResult)
    accepted: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    format: int = FORMAT


def read_manifest(folder: Path) -> Manifest:
    file = folder / "manifest.json"
    try:
        tree = json.loads(file.read_text(encoding="utf-8"))
        if tree.get("format") != FORMAT:
            raise ValueError(f"bản {tree.get('format')}")
        tree["model"], tree["golden"] = ModelCard(**tree["model"]), GoldenResult(**tree["golden"])
        return Manifest(**tree)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as bad:
        raise GenerationUnusable(f"Không đọc được {file} ({first_line(bad)}). Dựng lại: {REINDEX}") from bad


def write_manifest(folder: Path, manifest: Manifest) -> None:
    beside = folder / "manifest.json.new"
    write_file(beside, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
    beside.replace(folder / "manifest.json")


def file_digests(folder: Path) -> dict[str, str]:
    """The digest of every file of a folder; each is on the disk when this returns."""
    files = sorted(f for f in folder.rglob("*") if f.is_file())
    with ThreadPoolExecutor(2) as threads:
        return dict(zip((str(f.relative_to(folder)) for f in files), threads.map(_settled, files), strict=True))


def spoiled(folder: Path, manifest: Manifest, only: Container[str] | None = None) -> list[str]:
    """The files of a generation (or `only` some of them) that are not what was written."""
    files = [f for f in manifest.files if only is None or f in only]
    with ThreadPoolExecutor(2) as threads:
        digests = threads.map(digest_of, (folder / f for f in files))
        return [f for f, digest in zip(files, digests, strict=True) if digest != manifest.files[f]]


def _settled(file: Path) -> str:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
    return digest_of(file)


def digest_of(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    except OSError:
        return ""


def write_file(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def first_line(bad: Exception) -> str:
    return (str(bad).splitlines() or [type(bad).__name__])[0][:200]
