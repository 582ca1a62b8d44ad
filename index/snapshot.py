"""Generations of the index: built beside the live one, verified, opened, compared.

A generation is the folder INDEX_DIR/generations/NAME/: manifest.json, knowledge/ as it was read, and the rows made of
it (see index/rows.py). Which one is live is the shelf's business (index/shelf.py).
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import gc
import hashlib
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from index.encoder import Encoder
from index.evidence import Ground
from index.lexical import open_lexicon
from index.manifest import (
    REINDEX,
    GenerationUnusable,
    GoldenResult,
    Manifest,
    file_digests,
    first_line,
    read_manifest,
    spoiled,
    sync_folder,
    write_manifest,
)
from index.passages import all_passages, popularity_of, seen_everywhere
from index.rows import Layout, Progress, code_digest, held_rows, laid_out, read_rows, record_digests, write_rows
from index.shelf import KEEP, BuilderBusy, Shelf
from index.vectors import FaissFiles, IndexUnreadable, VectorEngine
from knowledge.library import Library
from knowledge.reading import ContentFaults, read_library

__all__ = [
    "KEEP",
    "BuilderBusy",
    "Changes",
    "Generation",
    "GenerationUnusable",
    "GoldenResult",
    "Manifest",
    "Shelf",
    "all_passages",
    "build",
    "compare",
    "is_built_of",
    "open_generation",
    "open_live",
    "popularity_of",
    "record_golden",
    "source_digest",
]


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


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing that a build reads is garbage in a ring: looking for it among millions of objects takes a tenth of the
    time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@_uncollected()
def build(
    shelf: Shelf,
    folders: Sequence[Path],
    encoder: Encoder,
    progress: Progress = lambda _what, _done, _of: None,
) -> Manifest:
    """A new generation beside the live one, not yet live. What the live one holds already is taken over."""
    name = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(2)}"
    source = source_digest(folders)
    live = shelf.current()
    with ThreadPoolExecutor(1) as beside_reading:  # most of it is comparing digests, outside Python's lock
        holding = beside_reading.submit(held_rows, shelf.generations / live, encoder) if live else None
        library = read_library(folders)
        held = holding.result() if holding else None
    seen = seen_everywhere(library)
    digests = record_digests(seen)
    layout = laid_out(seen, digests, held)
    shelf.generations.mkdir(parents=True, exist_ok=True)
    beside = shelf.generations / f".building-{name}"
    beside.mkdir()
    for number, folder in enumerate(library.folders):
        _copy_knowledge(folder.root, beside / "knowledge" / f"{number:02d}-{folder.root.name}")
    write_rows(beside, layout, held, encoder, progress)
    manifest = Manifest(
        name=name,
        built=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        model=encoder.card,
        folders=tuple({"name": f.name, "place": f.place, "root": str(f.root)} for f in library.folders),
        source=source,
        counts=_counts(library, layout),
        files=file_digests(beside),
        records=digests,
        reused=layout.reused,
        code=code_digest(),
    )
    write_manifest(beside, manifest)
    sync_folder(beside)
    beside.rename(shelf.generations / name)
    sync_folder(shelf.generations)
    return manifest


def open_generation(
    shelf: Shelf, name: str, encoder: Encoder, check: bool = False, engine: VectorEngine | None = None
) -> Generation:
    """A generation ready to serve, its vectors by `engine` (its own files where none is given). `check` compares every
    file with its digest. Raises GenerationUnusable."""
    folder = shelf.generations / name
    manifest = read_manifest(folder)
    if manifest.model != encoder.card:
        raise GenerationUnusable(
            f"Chỉ mục {name} dựng bằng mô hình {manifest.model.name} ({manifest.model.revision}), "
            f"đang chạy {encoder.card.name} ({encoder.card.revision}). Dựng lại: {REINDEX}"
        )
    if check and (bad := spoiled(folder, manifest)):
        raise GenerationUnusable(f"Chỉ mục {name} hỏng tệp {', '.join(bad[:3])}. Dựng lại: {REINDEX}")
    try:
        library = read_library(sorted((folder / "knowledge").iterdir()))
        rows = read_rows(folder)
        vectors = (engine or FaissFiles()).open(folder)
        short, body = open_lexicon(folder / "short"), open_lexicon(folder / "body")
    except (ContentFaults, IndexUnreadable, OSError) as bad:
        raise GenerationUnusable(f"Chỉ mục {name} không đọc được ({first_line(bad)}). Dựng lại: {REINDEX}") from bad
    if len(rows) != len(vectors) or short.count + body.count != len(rows):
        raise GenerationUnusable(f"Chỉ mục {name} có các phần không khớp nhau. Dựng lại: {REINDEX}")
    return Generation(folder, manifest, library, Ground(rows, popularity_of(library), vectors, short, body))


def open_live(
    shelf: Shelf,
    encoder: Encoder,
    complain: Callable[[str], None] = lambda _line: None,
    engine: VectorEngine | None = None,
) -> Generation:
    """The live generation, or the newest older one that still opens. Raises GenerationUnusable when none does."""
    live = shelf.current()
    names = [live] if live else []
    names += [n for n in reversed(shelf.names()) if n != live]
    for name in names:
        try:
            return open_generation(shelf, name, encoder, engine=engine)
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
    manifest = dataclasses.replace(manifest, golden=golden, accepted=accepted)
    write_manifest(shelf.generations / manifest.name, manifest)
    return manifest


def source_digest(folders: Sequence[Path]) -> str:
    """Changes whenever a file of these folders changes: tells a stale index from a fresh one."""
    digest = hashlib.blake2b(digest_size=12)
    for folder in folders:
        for file in _knowledge_files(folder):
            digest.update(str(file.relative_to(folder)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def is_built_of(manifest: Manifest, folders: Sequence[Path], encoder: Encoder) -> bool:
    """Whether a build of these folders by this code and model would give this generation again."""
    same_code = manifest.model == encoder.card and manifest.code == code_digest()
    return same_code and manifest.source == source_digest(folders)


def _counts(library: Library, layout: Layout) -> dict[str, int]:
    kinds = ("procedures", "plans", "contacts", "services", "places")
    return {k: len(getattr(library, k)) for k in kinds} | {"passages": len(layout.old)}


def _knowledge_files(folder: Path) -> list[Path]:
    return sorted(f for f in folder.rglob("*") if f.is_file() and f.suffix in (".yaml", ".jsonl"))


def _copy_knowledge(source: Path, target: Path) -> None:
    target.mkdir(parents=True)
    for file in _knowledge_files(source):
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
