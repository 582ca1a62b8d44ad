"""Generations of the index: built beside the live one, verified, switched atomically, rolled back.

On disk: INDEX_DIR/current (one line: the live generation's name, the truth on this machine), INDEX_DIR/generations/NAME/
(manifest.json, knowledge/ as it was read, the rows' vectors, columns and digests, vectors.faiss, short/ and body/), and
INDEX_DIR/lock. A generation is complete or it has no manifest; whoever is killed leaves only a folder named .building-…
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from index.encoder import Encoder, ModelCard
from index.evidence import SHORT, Ground
from index.lexical import Columns, Lexicon, build_lexicon, columns, open_lexicon
from index.passages import Passage, RecordId, RecordKind, passages
from index.vectors import IndexUnreadable, build_vectors, open_vectors
from knowledge.library import Library
from knowledge.reading import ContentFaults, read_library

FORMAT = 1
KEEP = 5
REINDEX = "python scripts/reindex.py --accept"
Progress = Callable[[str, int, int], None]


class GenerationUnusable(Exception):
    """A generation cannot be served; the message says which, why and the command that mends it."""


class BuilderBusy(Exception):
    """Another builder holds the lock; the message says who and since when."""


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
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Generation:
    """One opened generation: what a retriever needs."""

    folder: Path
    manifest: Manifest
    library: Library
    ground: Ground


@dataclass(frozen=True, slots=True)
class Changes:
    """Records between two generations, by "kind:key"."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    passages_new: int
    passages_kept: int
    passages_gone: int


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
                raise BuilderBusy(f"Đang có nơi khác dựng chỉ mục ({lock.read().strip()}). Chờ xong rồi chạy lại.") from None
            lock.truncate(0)
            lock.write(f"tiến trình {os.getpid()}, từ {dt.datetime.now():%H:%M:%S %d/%m/%Y}")
            lock.flush()
            yield

    def switch(self, name: str) -> None:
        """`name` becomes the live generation, all at once; what was live stays for rolling back."""
        if name not in self.names():
            raise GenerationUnusable(f"Không có thế hệ “{name}”. Xem các thế hệ: python scripts/reindex.py --list")
        beside = self.pointer.with_suffix(f".{secrets.token_hex(4)}")
        _write(beside, name + "\n")
        beside.replace(self.pointer)
        _sync_folder(self.root)

    def previous(self) -> str:
        """The newest complete generation older than the live one, or ""."""
        older = [n for n in self.names() if n < self.current()]
        return older[-1] if older else ""

    def prune(self, keep: int = KEEP) -> None:
        """Old generations and what killed builders left go; the live one and the newest `keep` stay."""
        names = self.names()
        live = self.current()
        for name in names[:-keep]:
            if name != live:
                shutil.rmtree(self.generations / name, ignore_errors=True)
        for left in self.generations.glob(".building-*"):
            shutil.rmtree(left, ignore_errors=True)


def build(
    shelf: Shelf,
    folders: Sequence[Path],
    encoder: Encoder,
    progress: Progress = lambda _what, _done, _of: None,
) -> Manifest:
    """A new generation beside the live one, not yet live. Only texts that no live row holds are encoded."""
    library = read_library(folders)
    rows = all_passages(library)
    name = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(2)}"
    shelf.generations.mkdir(parents=True, exist_ok=True)
    beside = shelf.generations / f".building-{name}"
    beside.mkdir()
    for number, folder in enumerate(library.folders):
        _copy_knowledge(folder.root, beside / "knowledge" / f"{number:02d}-{folder.root.name}")
    digests = [p.digest() for p in rows]
    known = _known_rows(shelf, encoder.card)
    reused = _write_rows(beside, rows, digests, known, encoder, progress)
    manifest = Manifest(
        name=name,
        built=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        model=encoder.card,
        folders=tuple({"name": f.name, "place": f.place, "root": str(f.root)} for f in library.folders),
        source=source_digest(folders),
        counts=_counts(library, rows),
        files=_file_digests(beside),
        records=_record_digests(rows, library),
        reused=reused,
    )
    _write_manifest(beside, manifest)
    _sync_folder(beside)
    beside.rename(shelf.generations / name)
    _sync_folder(shelf.generations)
    return manifest


def all_passages(library: Library) -> list[Passage]:
    """The passages of every place that a folder speaks for, each once, a record's together."""
    found: dict[RecordId, dict[Passage, None]] = {}
    for place in dict.fromkeys(["", *(f.place for f in library.folders)]):
        for passage in passages(library.at(place, library.day)):
            found.setdefault(passage.record, {})[passage] = None
    return [passage for rows in found.values() for passage in rows]


def open_generation(shelf: Shelf, name: str, encoder: Encoder, check: bool = False) -> Generation:
    """A generation ready to serve. `check` compares every file with its digest. Raises GenerationUnusable."""
    folder = shelf.generations / name
    manifest = read_manifest(folder)
    if manifest.model != encoder.card:
        raise GenerationUnusable(
            f"Chỉ mục {name} dựng bằng mô hình {manifest.model.name} ({manifest.model.revision}), "
            f"đang chạy {encoder.card.name} ({encoder.card.revision}). Dựng lại: {REINDEX}"
        )
    if check and (bad := [f for f, digest in manifest.files.items() if _digest(folder / f) != digest]):
        raise GenerationUnusable(f"Chỉ mục {name} hỏng tệp {', '.join(bad[:3])}. Dựng lại: {REINDEX}")
    try:
        library = read_library(sorted((folder / "knowledge").iterdir()))
        rows = all_passages(library)
        vectors = open_vectors(folder / "vectors.faiss")
        short, body = open_lexicon(folder / "short"), open_lexicon(folder / "body")
    except (ContentFaults, IndexUnreadable, OSError) as bad:
        raise GenerationUnusable(f"Chỉ mục {name} không đọc được ({_first_line(bad)}). Dựng lại: {REINDEX}") from bad
    if len(rows) != len(vectors) or short.count + body.count != len(rows):
        raise GenerationUnusable(f"Chỉ mục {name} có các phần không khớp nhau. Dựng lại: {REINDEX}")
    return Generation(folder, manifest, library, Ground(rows, popularity_of(library), vectors, short, body))


def open_live(shelf: Shelf, encoder: Encoder, complain: Callable[[str], None] = lambda _line: None) -> Generation:
    """The live generation, or the newest older one that still opens. Raises GenerationUnusable when none does."""
    live = shelf.current()
    names = [live] if live else []
    names += [n for n in reversed(shelf.names()) if n != live]
    for name in names:
        try:
            return open_generation(shelf, name, encoder)
        except GenerationUnusable as bad:
            complain(str(bad))
    raise GenerationUnusable(f"Chưa có chỉ mục dùng được ở {shelf.root}. Dựng: {REINDEX}")


def compare(old: Manifest | None, new: Manifest) -> Changes:
    before = old.records if old else {}
    kept = new.reused
    total, old_total = new.counts["passages"], old.counts["passages"] if old else 0
    return Changes(
        new=tuple(r for r in new.records if r not in before),
        changed=tuple(r for r, digest in new.records.items() if r in before and before[r] != digest),
        gone=tuple(r for r in before if r not in new.records),
        passages_new=total - kept,
        passages_kept=kept,
        passages_gone=max(old_total - kept, 0),
    )


def record_golden(shelf: Shelf, manifest: Manifest, golden: GoldenResult, accepted: Mapping[str, str]) -> Manifest:
    """The gate's findings become part of the generation, with the reasons given for what was lost."""
    import dataclasses

    manifest = dataclasses.replace(manifest, golden=golden, accepted=accepted)
    _write_manifest(shelf.generations / manifest.name, manifest)
    return manifest


def source_digest(folders: Sequence[Path]) -> str:
    """Changes whenever a file of these folders changes: tells a stale index from a fresh one."""
    digest = hashlib.blake2b(digest_size=12)
    for folder in folders:
        for file in _knowledge_files(folder):
            digest.update(str(file.relative_to(folder)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def popularity_of(library: Library) -> dict[RecordId, int]:
    return {RecordId(RecordKind.PROCEDURE, p.key): p.popularity for p in library.procedures.values()}


@dataclass(frozen=True, slots=True)
class _Known:
    """What live rows already hold: vectors and columns by text digest."""

    row_of: Mapping[str, int]
    vectors: np.ndarray[tuple[int, ...], np.dtype[np.float16]]
    columns: Columns
    starts: np.ndarray[tuple[int, ...], np.dtype[np.int64]]


def _known_rows(shelf: Shelf, card: ModelCard) -> _Known | None:
    live = shelf.current()
    if not live:
        return None
    folder = shelf.generations / live
    try:
        if read_manifest(folder).model != card:
            return None
        digests = (folder / "digests").read_text(encoding="ascii").split()
        loaded = [np.load(folder / f"{n}.npy", mmap_mode="r") for n in ("vectors", "columns", "starts")]
    except (GenerationUnusable, OSError, ValueError):
        return None
    if not len(digests) == len(loaded[0]) == len(loaded[2]) - 1:
        return None
    return _Known({d: i for i, d in enumerate(digests)}, loaded[0], loaded[1], loaded[2])


def _write_rows(
    folder: Path,
    rows: Sequence[Passage],
    digests: Sequence[str],
    known: _Known | None,
    encoder: Encoder,
    progress: Progress,
) -> int:
    """Vectors, columns, the FAISS file and both lexicons. Returns how many rows were taken over from the live index."""
    old = [known.row_of.get(d, -1) if known else -1 for d in digests]
    fresh = [i for i, o in enumerate(old) if o < 0]
    vectors = np.zeros((len(rows), encoder.card.dimension), np.float16)
    cells: list[Columns] = [np.zeros(0, np.int32)] * len(rows)
    if known:
        taken = [i for i, o in enumerate(old) if o >= 0]
        vectors[taken] = known.vectors[[old[i] for i in taken]]
        flat = np.asarray(known.columns)
        for i in taken:
            cells[i] = flat[known.starts[old[i]] : known.starts[old[i] + 1]]
    for start in range(0, len(fresh), 2048):
        part = fresh[start : start + 2048]
        vectors[part] = encoder.passages([rows[i].text for i in part])
        for i in part:
            cells[i] = columns(rows[i].text)
        progress("mã hóa", start + len(part), len(fresh))
    np.save(folder / "vectors.npy", vectors)
    np.save(folder / "columns.npy", np.concatenate(cells) if cells else np.zeros(0, np.int32))
    np.save(folder / "starts.npy", np.cumsum([0, *map(len, cells)]).astype(np.int64))
    (folder / "digests").write_text("\n".join(digests), encoding="ascii")
    build_vectors(vectors.astype(np.float32)).save(folder / "vectors.faiss")
    short = [p.kind in SHORT for p in rows]
    for part_name, wanted in (("short", True), ("body", False)):
        lexicon: Lexicon = build_lexicon([c for c, s in zip(cells, short, strict=True) if s is wanted])
        lexicon.save(folder / part_name)
    return len(rows) - len(fresh)


def read_manifest(folder: Path) -> Manifest:
    file = folder / "manifest.json"
    try:
        tree = json.loads(file.read_text(encoding="utf-8"))
        if tree.get("format") != FORMAT:
            raise ValueError(f"bản {tree.get('format')}")
        tree["model"], tree["golden"] = ModelCard(**tree["model"]), GoldenResult(**tree["golden"])
        return Manifest(**tree)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as bad:
        raise GenerationUnusable(f"Không đọc được {file} ({_first_line(bad)}). Dựng lại: {REINDEX}") from bad


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    beside = folder / "manifest.json.new"
    _write(beside, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
    beside.replace(folder / "manifest.json")


def _counts(library: Library, rows: Sequence[Passage]) -> dict[str, int]:
    kinds = ("procedures", "plans", "contacts", "services", "places")
    return {k: len(getattr(library, k)) for k in kinds} | {"passages": len(rows)}


def _record_digests(rows: Sequence[Passage], library: Library) -> dict[str, str]:
    """One digest a record, over everything it says (not only what can be searched)."""
    digests: dict[str, str] = {}
    for kind, records in (
        ("procedure", library.procedures),
        ("plan", library.plans),
        ("contact", library.contacts),
        ("service", library.services),
        ("place", library.places),
    ):
        for key, record in records.items():
            digests[f"{kind}:{key}"] = hashlib.blake2b(repr(record).encode(), digest_size=8).hexdigest()
    return digests


def _knowledge_files(folder: Path) -> list[Path]:
    return sorted(f for f in folder.rglob("*") if f.is_file() and f.suffix in (".yaml", ".jsonl"))


def _copy_knowledge(source: Path, target: Path) -> None:
    target.mkdir(parents=True)
    for file in _knowledge_files(source):
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)


def _file_digests(folder: Path) -> dict[str, str]:
    files = sorted(f for f in folder.rglob("*") if f.is_file())
    for file in files:
        with file.open("rb") as opened:
            os.fsync(opened.fileno())
    return {str(f.relative_to(folder)): _digest(f) for f in files}


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    except OSError:
        return ""


def _write(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _first_line(bad: Exception) -> str:
    return (str(bad).splitlines() or [type(bad).__name__])[0][:200]
