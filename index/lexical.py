"""Lexical evidence: BM25 over folded words, their bigrams, and words with their marks.

Weights stand sorted by column, so that a question touches only the columns of its own words. Columns are hashes of the
words: there is no vocabulary to load, and rows of two builds can stand side by side without renumbering.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from index.vectors import IndexUnreadable, mapped
from knowledge.vietnamese import fold, split

HASH = (1 << 31) - 1
SATURATION, LENGTH_SHARE = 1.2, 0.6
# A word in more than this share of passages tells nothing apart and would cost the most to add up.
COMMON = 0.2
# Weights are made for about so many at a time: in double precision, all at once would take gigabytes.
AT_ONCE = 1 << 18

Floats = npt.NDArray[np.float32]
Columns = npt.NDArray[np.int32]
Counts = npt.NDArray[np.uint16]
Ints = npt.NDArray[np.int64]


def columns(text: str) -> Columns:
    """The hashed columns of a normalised text, with repetition."""
    cells = [_cells(word) for word in split(text)]
    plain = np.fromiter((p for p, _ in cells), np.int64, len(cells))
    marked = np.fromiter((m for _, m in cells if m >= 0), np.int64)
    pairs = (plain[:-1] * 1_000_003 + plain[1:] * 31 + 7) & HASH
    return np.concatenate([plain, pairs, marked]).astype(np.int32)


@lru_cache(maxsize=1 << 17)
def _cells(word: str) -> tuple[int, int]:
    """The cell of the folded word, and that of the word with its marks (-1 where it has none)."""
    plain = fold(word)
    return crc32(plain.encode()) & HASH, (crc32(f"~{word}".encode()) & HASH if plain != word else -1)


class Lexicon:
    """BM25 over rows of hashed columns; `scores` gives every row's score for a question."""

    def __init__(
        self, cells: Columns, starts: Ints, rows: Columns, weights: Floats, count: int, counts: Counts | None = None
    ) -> None:
        self._cells, self._starts, self._rows, self._weights, self.count = cells, starts, rows, weights, count
        self._counts = counts

    def scores(self, question: str) -> tuple[Floats, float]:
        """Scores by row, and the most that any row could have reached with these words."""
        asked = np.unique(columns(question))
        at = np.searchsorted(self._cells, asked)
        at = at[at < len(self._cells)]
        at = at[self._cells[at] == asked[: len(at)]] if len(at) else at
        spans = [(int(self._starts[i]), int(self._starts[i + 1])) for i in at]
        spans = [(a, b) for a, b in spans if b - a <= max(COMMON * self.count, 50)]
        if not spans:
            return np.zeros(self.count, np.float32), 0.0
        rows = np.concatenate([self._rows[a:b] for a, b in spans])
        weights = np.concatenate([self._weights[a:b] for a, b in spans])
        most = sum(float(np.log1p((self.count - (b - a) + 0.5) / (b - a + 0.5))) for a, b in spans)
        return np.bincount(rows, weights, self.count).astype(np.float32), most * (1 + SATURATION)

    def moved(self, to: Ints, fresh: Mapping[int, Columns], count: int) -> Lexicon:
        """The lexicon of `count` rows where row i of this one is row to[i] (-1: gone) and `fresh` are new: what
        build_lexicon would make of all of them, without sorting again what is sorted."""
        assert self._counts is not None
        rows = to[self._rows]
        kept = rows >= 0
        pairs = np.repeat(self._cells.astype(np.int64) << 32, np.diff(self._starts))[kept] | rows[kept]
        counts = self._counts[kept]
        if (pairs[1:] < pairs[:-1]).any():  # rows have changed places among each other
            order = np.argsort(pairs, kind="stable")  # fast on what is nearly sorted
            pairs, counts = pairs[order], counts[order]
        more, more_counts = _counted(list(fresh.values()), np.fromiter(fresh, np.int64, len(fresh)))
        at = np.searchsorted(pairs, more)
        return _weighed(np.insert(pairs, at, more), np.insert(counts, at, more_counts), count)

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "cells.npy", self._cells)
        np.save(folder / "starts.npy", self._starts)
        np.save(folder / "rows.npy", self._rows)
        np.save(folder / "weights.npy", self._weights)
        if self._counts is not None:
            np.save(folder / "counts.npy", self._counts)
        (folder / "count").write_text(str(self.count), encoding="utf-8")


def build_lexicon(texts: Sequence[Columns]) -> Lexicon:
    """Counts, document frequencies and lengths become BM25 weights (Lucene's form), sorted by column."""
    return _weighed(*_counted(texts, np.arange(len(texts))), len(texts))


def _counted(texts: Sequence[Columns], rows: Ints) -> tuple[Ints, Counts]:
    """Each (column, row) once, as one number, in order, and how often it stands there."""
    flat = np.concatenate(texts) if len(texts) else np.zeros(0, np.int32)
    lengths = np.fromiter((len(t) for t in texts), np.int64, len(texts))
    pairs, counts = np.unique((flat.astype(np.int64) << 32) | np.repeat(rows, lengths), return_counts=True)
    return pairs, np.minimum(counts, np.iinfo(np.uint16).max).astype(np.uint16)


def _weighed(pairs: Ints, counts: Counts, count: int) -> Lexicon:
    cols, rows = (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)
    first = np.concatenate([np.zeros(min(len(cols), 1), np.int64), np.flatnonzero(cols[1:] != cols[:-1]) + 1])
    starts = np.append(first, len(rows)).astype(np.int64)
    frequency = np.diff(starts)
    rarity = np.log1p((count - frequency + 0.5) / (frequency + 0.5))
    lengths = np.bincount(rows, counts, count)
    relative = lengths / max(float(lengths.mean()) if count else 1.0, 1e-6)
    damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * relative)
    weights = np.empty(len(rows), np.float32)
    edges = np.unique(np.searchsorted(starts, np.append(np.arange(0, len(rows), AT_ONCE), len(rows))))
    for begin, end in zip(edges[:-1], edges[1:], strict=True):
        part = slice(int(starts[begin]), int(starts[end]))
        grown = np.repeat(rarity[begin:end], frequency[begin:end]) * counts[part] * (1 + SATURATION)
        weights[part] = grown / (counts[part] + damping[rows[part]])
    return Lexicon(cols[first], starts, rows, weights, count, counts)


def open_lexicon(folder: Path, to_move: bool = False) -> Lexicon:
    """Memory-mapped; `to_move`: with what only `moved` needs. Raises IndexUnreadable."""
    try:
        names = ("cells", "starts", "rows", "weights", *(("counts",) if to_move else ()))
        parts = [np.asarray(mapped(folder / f"{n}.npy")) for n in names]
        count = int((folder / "count").read_text(encoding="utf-8"))
    except (OSError, ValueError) as bad:
        raise IndexUnreadable(f"{folder}: {bad}") from bad
    cells, starts, rows, weights = parts[:4]
    if len(starts) != len(cells) + 1 or any(len(part) != starts[-1] for part in (rows, weights, *parts[4:])):
        raise IndexUnreadable(f"{folder}: các bảng không khớp nhau")
    return Lexicon(cells, starts, rows, weights, count, *parts[4:])
