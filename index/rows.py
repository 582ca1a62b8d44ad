"""The rows of a generation on disk: a line a record in rows.jsonl; vectors.npy, vectors.faiss and two lexicons in the
same order. What has not changed is taken over from the live generation as it stands: lines, vectors, cells."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import index.lexical
import index.passages
import knowledge.vietnamese
from index.encoder import Encoder
from index.evidence import SHORT
from index.lexical import Ints, Lexicon, build_lexicon, columns, open_lexicon
from index.manifest import GenerationUnusable, read_manifest, spoiled
from index.passages import Passage, PassageKind, Record, RecordId, RecordKind, passages_of
from index.vectors import FILE, IndexUnreadable, build_vectors, mapped

Progress = Callable[[str, int, int], None]
_BEGINNING = re.compile(r'\["([^"\\]+)", "([^"\\]+)", ')
_AT_ONCE = 2048
_TABLES = ("cells", "starts", "rows", "counts")
_TAKEN = {"rows.jsonl", "sizes.npy", "short.npy", "vectors.npy"} | {
    f"{name}/{table}.npy" for name in ("short", "body") for table in _TABLES
}


@dataclass(frozen=True, slots=True)
class Held:
    """What the live generation holds, by "kind:key": what each record said, its line, its rows from and to."""

    digests: Mapping[str, str]
    lines: Mapping[str, str]
    spans: Mapping[str, tuple[int, int]]
    short: npt.NDArray[np.bool_]
    vectors: npt.NDArray[np.float16]
    lexicons: Mapping[str, Lexicon]


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows to come: `old` is each one's number in the live generation (-1: its text is in `fresh`)."""

    lines: Sequence[str]
    sizes: Sequence[int]
    short: npt.NDArray[np.bool_]
    old: Ints
    fresh: Mapping[int, str]

    @property
    def reused(self) -> int:
        return len(self.old) - len(self.fresh)


def record_digests(seen: Mapping[RecordId, Sequence[Record]]) -> dict[str, str]:
    """One digest a record, over everything it says anywhere (not only what can be searched)."""
    found = {}
    for record_id, said in seen.items():
        parts: list[str] = []
        _spell(said, parts)
        found[_name(record_id)] = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()
    return found


def _spell(said: Any, parts: list[str]) -> None:
    """All that a record says, as `repr` would have it, in two thirds of the time."""
    kind: Any = type(said)
    if kind is tuple or kind is list:
        parts.append(f"({len(said)}")
        items = said
    elif named := _named(kind):
        parts.append(kind.__name__)
        items = named(said)
    else:
        parts.append(repr(said))
        return
    for item in items:
        if type(item) is str:
            parts.append(item)
        elif type(item) is tuple and item and type(item[0]) is str:
            parts.append(f"({len(item)}")
            parts += item
        elif item:
            _spell(item, parts)
        else:
            parts.append(f"\x1e{item!r}")


@functools.cache
def _named(kind: type) -> Callable[[Any], Sequence[Any]] | None:
    """What takes a record apart; None for what is no record."""
    if not dataclasses.is_dataclass(kind):
        return None
    names = [f.name for f in dataclasses.fields(kind)]
    taken = operator.attrgetter(*names)
    return taken if len(names) > 1 else lambda record: (taken(record),)


@functools.cache
def code_digest() -> str:
    """Changes with the code that makes rows and columns out of records: rows of other code are not taken over."""
    digest = hashlib.blake2b(digest_size=8)
    for module in (index.passages, index.lexical, knowledge.vietnamese):
        file = Path(str(module.__file__))
        for source in sorted(file.parent.glob("*.py")) if file.name == "__init__.py" else [file]:
            digest.update(source.read_bytes())
    return digest.hexdigest()


def held_rows(folder: Path, encoder: Encoder) -> Held | None:
    """What can be taken over from this generation; None when other code or another model made it, or a file is not
    as it was written (its faults would live on)."""
    try:
        manifest = read_manifest(folder)
        if manifest.model != encoder.card or manifest.code != code_digest():
            return None
        if spoiled(folder, manifest, _TAKEN):
            return None
        with (folder / "rows.jsonl").open(encoding="utf-8", newline="\n") as opened:
            lines = list(opened)
        sizes, short, vectors = (mapped(folder / f"{n}.npy") for n in ("sizes", "short", "vectors"))
        lexicons = {name: open_lexicon(folder / name, to_move=True) for name in ("short", "body")}
    except (GenerationUnusable, IndexUnreadable, OSError, ValueError):
        return None
    ends = np.cumsum(sizes).tolist()
    counts = [lexicons[name].count for name in ("short", "body")]
    if len(lines) != len(ends) or not (ends or [0])[-1] == len(short) == len(vectors) == sum(counts):
        return None
    begun = [m and f"{m[1]}:{m[2]}" for m in map(_BEGINNING.match, lines)]
    spans = {name: (begin, end) for name, begin, end in zip(begun, [0, *ends], ends, strict=False) if name}
    named = {name: line for name, line in zip(begun, lines, strict=True) if name}
    return Held(manifest.records, named, spans, np.asarray(short), vectors, lexicons)


def laid_out(seen: Mapping[RecordId, Sequence[Record]], digests: Mapping[str, str], held: Held | None) -> Layout:
    """All rows in the order of the records. The rows of a record that says what it said come as they are; of the
    others those whose text was there before are found again."""
    unchanged = {n for n in held.lines if held.digests.get(n, "-") == digests.get(n)} if held else set()
    loose = _loose(held, unchanged) if held else {}
    lines, sizes, short, old, fresh = [], [], list[bool](), list[int](), dict[int, str]()
    for record_id, said in seen.items():
        name = _name(record_id)
        if held and name in unchanged:
            begin, end = held.spans[name]
            lines.append(held.lines[name])
            short += held.short[begin:end].tolist()
            old += range(begin, end)
            sizes.append(end - begin)
        elif rows := passages_of(said):
            for row in rows:
                before = loose.get((name, row.kind in SHORT, row.text))
                number = before.pop() if before else -1
                if number < 0:
                    fresh[len(old)] = row.text
                short.append(row.kind in SHORT)
                old.append(number)
            lines.append(_line(record_id, rows))
            sizes.append(len(rows))
    return Layout(lines, sizes, np.asarray(short, np.bool_), np.asarray(old, np.int64), fresh)


def write_rows(folder: Path, layout: Layout, held: Held | None, encoder: Encoder, progress: Progress) -> None:
    """Rows, vectors, the FAISS file and both lexicons."""
    vectors = np.zeros((len(layout.old), encoder.card.dimension), np.float16)
    taken = np.flatnonzero(layout.old >= 0)
    if held:
        vectors[taken] = held.vectors[layout.old[taken]]
    fresh = list(layout.fresh)
    for start in range(0, len(fresh), _AT_ONCE):
        part = fresh[start : start + _AT_ONCE]
        vectors[part] = encoder.passages([layout.fresh[i] for i in part])
        progress("mã hóa", start + len(part), len(fresh))
    with (folder / "rows.jsonl").open("w", encoding="utf-8") as out:
        out.writelines(layout.lines)
    np.save(folder / "sizes.npy", np.asarray(layout.sizes, np.int32))
    np.save(folder / "short.npy", layout.short)
    np.save(folder / "vectors.npy", vectors)
    cells = {row: columns(text) for row, text in layout.fresh.items()}
    with ThreadPoolExecutor(2) as threads:  # most of it is sorting and adding up, outside Python's lock
        jobs = [threads.submit(_write_lexicon, folder, name, layout, held, cells) for name in ("body", "short")]
        build_vectors(vectors).save(folder / FILE)
        for job in jobs:
            job.result()


def read_rows(folder: Path) -> list[Passage]:
    """Raises IndexUnreadable."""
    found: list[Passage] = []
    try:
        with (folder / "rows.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                kind, key, rows = json.loads(line)
                record_id = RecordId(RecordKind(kind), key)
                found += [Passage(record_id, PassageKind(k), text, part) for k, part, text in rows]
    except (OSError, ValueError) as bad:
        raise IndexUnreadable(f"{folder / 'rows.jsonl'}: {bad}") from bad
    return found


def _write_lexicon(
    folder: Path, name: str, layout: Layout, held: Held | None, cells: Mapping[int, index.lexical.Columns]
) -> None:
    chosen = layout.short if name == "short" else ~layout.short
    _lexicon(name, chosen, layout, held, cells).save(folder / name)


def _lexicon(
    name: str,
    chosen: npt.NDArray[np.bool_],
    layout: Layout,
    held: Held | None,
    cells: Mapping[int, index.lexical.Columns],
) -> Lexicon:
    """The lexicon of the chosen rows, numbered among themselves."""
    number = np.cumsum(chosen) - 1
    fresh = {int(number[row]): found for row, found in cells.items() if chosen[row]}
    if not held:
        return build_lexicon(list(fresh.values()))
    before = held.short if name == "short" else ~held.short
    to = np.full(held.lexicons[name].count, -1, np.int64)
    taken = np.flatnonzero(chosen & (layout.old >= 0))
    to[(np.cumsum(before) - 1)[layout.old[taken]]] = number[taken]
    return held.lexicons[name].moved(to, fresh, int(chosen.sum()))


def _loose(held: Held, unchanged: set[str]) -> dict[tuple[str, bool, str], list[int]]:
    """The rows of records that have changed, by record and by what decides a row's vector and cells; the last first, so
    that taken one after the other they keep their order."""
    found: dict[tuple[str, bool, str], list[int]] = {}
    for name in (n for n in held.lines if n not in unchanged):
        rows = list(enumerate(json.loads(held.lines[name])[2], held.spans[name][0]))
        for number, (kind, _, text) in reversed(rows):
            found.setdefault((name, PassageKind(kind) in SHORT, text), []).append(number)
    return found


def _line(record_id: RecordId, rows: Sequence[Passage]) -> str:
    line = [record_id.kind, record_id.key, [[row.kind, row.part, row.text] for row in rows]]
    return json.dumps(line, ensure_ascii=False) + "\n"


def _name(record_id: RecordId) -> str:
    return f"{record_id.kind}:{record_id.key}"
