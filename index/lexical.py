"""Lexical evidence: BM25 over folded words, their bigrams, and words with their marks.

Weights stand sorted by column, so that a question touches only the columns of its own words. Columns are hashes of the
words: there is no vocabulary to load, and rows of two builds can stand side by side without renumbering.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from index.vectors import IndexUnreadable
from knowledge.vietnamese import fold, split

HASH = (1 << 31) - 1
SATURATION, LENGTH_SHARE = 1.2, 0.6
# A word in more than this share of passages tells nothing apart and would cost the most to add up.
COMMON = 0.2

Floats = npt.NDArray[np.float32]
Columns = npt.NDArray[np.int32]


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
        self, cells: Columns, starts: npt.NDArray[np.int64], rows: Columns, weights: Floats, count: int
    ) -> None:
        self._cells, self._starts, self._rows, self._weights, self.count = cells, starts, rows, weights, count

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

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "cells.npy", self._cells)
        np.save(folder / "starts.npy", self._starts)
        np.save(folder / "rows.npy", self._rows)
        np.save(folder / "weights.npy", self._weights)
        (folder / "count").write_text(str(self.count), encoding="utf-8")


def build_lexicon(texts: Sequence[Columns]) -> Lexicon:
    """Counts, document frequencies and lengths become BM25 weights (Lucene's form), sorted by column."""
    lengths = np.fromiter((len(t) for t in texts), np.int64, len(texts))
    flat = np.concatenate(texts) if len(texts) else np.zeros(0, np.int32)
    pairs = (flat.astype(np.int64) << 32) | np.repeat(np.arange(len(texts)), lengths)
    found, counts = np.unique(pairs, return_counts=True)
    cols, rows = (found >> 32).astype(np.int32), (found & 0xFFFFFFFF).astype(np.int32)
    cells, first, frequency = np.unique(cols, return_index=True, return_counts=True)
    rarity = np.log1p((len(texts) - frequency + 0.5) / (frequency + 0.5))
    relative = lengths / max(float(lengths.mean()) if len(texts) else 1.0, 1e-6)
    damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * relative)
    weights = np.repeat(rarity, frequency) * counts * (1 + SATURATION) / (counts + damping[rows])
    starts = np.append(first, len(rows)).astype(np.int64)
    return Lexicon(cells, starts, rows, weights.astype(np.float32), len(texts))


def open_lexicon(folder: Path) -> Lexicon:
    """Memory-mapped. Raises IndexUnreadable."""
    try:
        names = ("cells", "starts", "rows", "weights")
        parts = [np.asarray(np.load(folder / f"{n}.npy", mmap_mode="r")) for n in names]
        count = int((folder / "count").read_text(encoding="utf-8"))
    except (OSError, ValueError) as bad:
        raise IndexUnreadable(f"{folder}: {bad}") from bad
    cells, starts, rows, weights = parts
    if len(starts) != len(cells) + 1 or not len(rows) == len(weights) == starts[-1]:
        raise IndexUnreadable(f"{folder}: các bảng không khớp nhau")
    return Lexicon(cells, starts, rows, weights, count)
