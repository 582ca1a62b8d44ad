"""Generations of the index: built beside the live one, verified, switched atomically, rolled back.

On disk: INDEX_DIR/current (one line: the live generation's name, the truth on this machine), INDEX_DIR/lock, and
INDEX_DIR/generations/NAME/ (manifest.json, knowledge/ as it was read, rows.jsonl with vectors.npy and columns.npy,
vectors.faiss, short/ and body/). A generation is complete or it has no manifest; whoever is killed leaves only a
folder named .building-….
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import hashlib
import itertools
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoder import Encoder, ModelCard
from index.evidence import SHORT, Ground
from index.lexical import Columns, build_lexicon, columns, open_lexicon
from index.passages import Passage, PassageKind, Record, RecordId, RecordKind, passages, records
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
            raise GenerationUnusable(f"Không có thế hệ “{name}”. Xem các thế hệ: python scripts/reindex.py --list")
        beside = self.pointer.with_suffix(f".{secrets.token_hex(4)}")
        _write(beside, name + "\n")
        with (self.root / "history").open("a", encoding="utf-8") as history:
            history.write(name + "\n")
        beside.replace(self.pointer)
        _sync_folder(self.root)

    def previous(self) -> str:
        """The generation that was live before this one and still stands, or ""; never one that the gate held back."""
        names, live = set(self.names()), self.current()
        try:
            once_live = (self.root / "history").read_text(encoding="utf-8").split()
        except FileNotFoundError:
            return ""
        older = [n for n in once_live if n in names and n < live]
        return max(older, default="")

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
    """A new generation beside the live one, not yet live. What the live one holds already is taken over."""
    library = read_library(folders)
    known = _known(shelf, encoder.card)
    digests = record_digests(library)
    rows = _rows(library, digests, known)
    name = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(2)}"
    shelf.generations.mkdir(parents=True, exist_ok=True)
    beside = shelf.generations / f".building-{name}"
    beside.mkdir()
    for number, folder in enumerate(library.folders):
        _copy_knowledge(folder.root, beside / "knowledge" / f"{number:02d}-{folder.root.name}")
    reused = _write_rows(beside, rows, known, encoder, progress)
    manifest = Manifest(
        name=name,
        built=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        model=encoder.card,
        folders=tuple({"name": f.name, "place": f.place, "root": str(f.root)} for f in library.folders),
        source=source_digest(folders),
        counts=_counts(library, rows),
        files=_file_digests(beside),
        records=digests,
        reused=reused,
    )
    _write_manifest(beside, manifest)
    _sync_folder(beside)
    beside.rename(shelf.generations / name)
    _sync_folder(shelf.generations)
    return manifest


def seen_everywhere(library: Library) -> dict[RecordId, list[Record]]:
    """Every record as it holds in the nation and in each place that a folder speaks for."""
    found: dict[RecordId, list[Record]] = {}
    for place in dict.fromkeys(["", *(f.place for f in library.folders)]):
        for record_id, record in records(library.at(place, library.day)):
            seen = found.setdefault(record_id, [])
            if not seen or seen[0] is not record:
                seen.append(record)
    return found


def all_passages(library: Library) -> list[Passage]:
    """The passages of every place, each once, a record's together."""
    return [p for seen in seen_everywhere(library).values() for p in _passages(seen)]


def _passages(seen: Sequence[Record]) -> Iterator[Passage]:
    return iter(dict.fromkeys(p for record in seen for p in passages(record)))


def record_digests(library: Library) -> dict[str, str]:
    """One digest a record, over everything it says anywhere (not only what can be searched)."""
    return {
        f"{record_id.kind}:{record_id.key}": hashlib.blake2b(repr(seen).encode(), digest_size=8).hexdigest()
        for record_id, seen in seen_everywhere(library).items()
    }


def _rows(library: Library, digests: Mapping[str, str], known: _Known | None) -> list[Passage]:
    """All passages; those of a record that has not changed come from the live generation."""
    rows: list[Passage] = []
    for record_id, seen in seen_everywhere(library).items():
        name = f"{record_id.kind}:{record_id.key}"
        unchanged = known and known.records.get(name) == digests[name]
        rows += known.rows[record_id] if known and unchanged else _passages(seen)
    return rows


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
        rows = [row for found in _read_rows(folder).values() for row in found]
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
    """What the live generation holds: rows, vectors and columns by text digest, and what its records said."""

    records: Mapping[str, str]
    rows: Mapping[RecordId, list[Passage]]
    row_of: Mapping[str, int]
    vectors: npt.NDArray[np.float16]
    columns: Columns
    starts: npt.NDArray[np.int64]


def _known(shelf: Shelf, card: ModelCard) -> _Known | None:
    live = shelf.current()
    if not live:
        return None
    folder = shelf.generations / live
    try:
        manifest = read_manifest(folder)
        if manifest.model != card:
            return None
        rows = _read_rows(folder)
        vectors, columns_, starts = (
            np.load(folder / f"{n}.npy", mmap_mode="r") for n in ("vectors", "columns", "starts")
        )
    except (GenerationUnusable, IndexUnreadable, OSError, ValueError):
        return None
    flat = [row.digest() for found in rows.values() for row in found]
    if not len(flat) == len(vectors) == len(starts) - 1:
        return None
    return _Known(manifest.records, rows, {d: i for i, d in enumerate(flat)}, vectors, np.asarray(columns_), starts)


def _write_rows(
    folder: Path,
    rows: Sequence[Passage],
    known: _Known | None,
    encoder: Encoder,
    progress: Progress,
) -> int:
    """Rows, vectors, columns, the FAISS file and both lexicons. Returns how many rows were taken over."""
    old = [known.row_of.get(row.digest(), -1) if known else -1 for row in rows]
    fresh = [i for i, o in enumerate(old) if o < 0]
    taken = [i for i, o in enumerate(old) if o >= 0]
    vectors = np.zeros((len(rows), encoder.card.dimension), np.float16)
    cells: list[Columns] = [np.zeros(0, np.int32)] * len(rows)
    if known and taken:
        vectors[taken] = known.vectors[[old[i] for i in taken]]
        for i in taken:
            cells[i] = known.columns[known.starts[old[i]] : known.starts[old[i] + 1]]
    for start in range(0, len(fresh), 2048):
        part = fresh[start : start + 2048]
        vectors[part] = encoder.passages([rows[i].text for i in part])
        for i in part:
            cells[i] = columns(rows[i].text)
        progress("mã hóa", start + len(part), len(fresh))
    _save_rows(folder, rows)
    np.save(folder / "vectors.npy", vectors)
    np.save(folder / "columns.npy", np.concatenate(cells) if cells else np.zeros(0, np.int32))
    np.save(folder / "starts.npy", np.cumsum([0, *map(len, cells)]).astype(np.int64))
    build_vectors(vectors.astype(np.float32)).save(folder / "vectors.faiss")
    for name, wanted in (("short", True), ("body", False)):
        chosen = [c for c, row in zip(cells, rows, strict=True) if (row.kind in SHORT) is wanted]
        build_lexicon(chosen).save(folder / name)
    return len(taken)


def _save_rows(folder: Path, rows: Sequence[Passage]) -> None:
    """One line a record: its id and its passages."""
    with (folder / "rows.jsonl").open("w", encoding="utf-8") as out:
        for record_id, found in itertools.groupby(rows, key=lambda row: row.record):
            line = [record_id.kind, record_id.key, [[row.kind, row.part, row.text] for row in found]]
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _read_rows(folder: Path) -> dict[RecordId, list[Passage]]:
    """Raises IndexUnreadable."""
    found: dict[RecordId, list[Passage]] = {}
    try:
        with (folder / "rows.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                kind, key, rows = json.loads(line)
                record_id = RecordId(RecordKind(kind), key)
                found[record_id] = [Passage(record_id, PassageKind(k), text, part) for k, part, text in rows]
    except (OSError, ValueError) as bad:
        raise IndexUnreadable(f"{folder / 'rows.jsonl'}: {bad}") from bad
    return found


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
