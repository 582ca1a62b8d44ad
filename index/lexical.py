"""Lexical evidence: BM25 over folded words, their bigrams, and words with their marks.

Weights stand in one sparse matrix by column, so that a question touches only the columns of its own words. Columns are
hashes of the words: no vocabulary to load, and two folders of passages can be stacked without renumbering.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.vectors import IndexUnreadable
from knowledge.vietnamese import fold, words

COLUMNS = 1 << 22
SATURATION, LENGTH_SHARE = 1.2, 0.6
# A word in more than this share of passages tells nothing apart and would cost the most to add up.
COMMON = 0.2

Floats = npt.NDArray[np.float32]
Columns = npt.NDArray[np.int32]


def columns(text: str) -> Columns:
    """The hashed columns of a normalised text, with repetition."""
    marked = words(text)
    plain = [fold(w) for w in marked]
    tokens = plain + [f"{a} {b}" for a, b in zip(plain, plain[1:], strict=False)]
    tokens += [f"~{m}" for m, p in zip(marked, plain, strict=True) if m != p]
    return np.fromiter((zlib.crc32(t.encode()) & (COLUMNS - 1) for t in tokens), np.int32, len(tokens))


class Lexicon:
    """BM25 over rows of hashed columns; `scores` gives every row's score for a question."""

    def __init__(self, starts: npt.NDArray[np.int64], rows: Columns, weights: Floats, count: int) -> None:
        self._starts, self._rows, self._weights, self.count = starts, rows, weights, count

    def scores(self, question: str) -> tuple[Floats, float]:
        """Scores by row, and the most that any row could have reached with these words."""
        total = np.zeros(self.count, np.float32)
        best = 0.0
        slices = []
        for column in set(columns(question).tolist()):
            start, end = int(self._starts[column]), int(self._starts[column + 1])
            if 0 < end - start <= max(COMMON * self.count, 50):
                slices.append(slice(start, end))
                best += float(np.log1p((self.count - (end - start) + 0.5) / (end - start + 0.5)))
        if slices:
            rows = np.concatenate([self._rows[s] for s in slices])
            weights = np.concatenate([self._weights[s] for s in slices])
            total = np.bincount(rows, weights, self.count).astype(np.float32)
        return total, best * (1 + SATURATION)

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "starts.npy", self._starts)
        np.save(folder / "rows.npy", self._rows)
        np.save(folder / "weights.npy", self._weights)
        (folder / "count").write_text(str(self.count), encoding="utf-8")


def build_lexicon(texts: Sequence[Columns]) -> Lexicon:
    """Counts, document frequencies and lengths become BM25 weights (Lucene's form), sorted by column."""
    lengths = np.fromiter((len(t) for t in texts), np.float32, len(texts))
    pairs = np.concatenate(
        [t.astype(np.int64) + (np.int64(row) << 32) for row, t in enumerate(texts)] or [np.zeros(0, np.int64)]
    )
    cells, counts = np.unique(pairs, return_counts=True)
    rows, cols = (cells >> 32).astype(np.int32), (cells & 0xFFFFFFFF).astype(np.int32)
    frequency = np.bincount(cols, minlength=COLUMNS)
    rarity = np.log1p((len(texts) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    relative = lengths / max(float(lengths.mean()) if len(texts) else 1.0, 1e-6)
    damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * relative)
    weights = rarity[cols] * counts * (1 + SATURATION) / (counts + damping[rows])
    order = np.argsort(cols, kind="stable")
    starts = np.concatenate([[0], np.cumsum(frequency)]).astype(np.int64)
    return Lexicon(starts, rows[order], weights[order].astype(np.float32), len(texts))


def open_lexicon(folder: Path) -> Lexicon:
    """Memory-mapped. Raises IndexUnreadable."""
    try:
        starts, rows, weights = (np.load(folder / f"{n}.npy", mmap_mode="r") for n in ("starts", "rows", "weights"))
        count = int((folder / "count").read_text(encoding="utf-8"))
    except (OSError, ValueError) as bad:
        raise IndexUnreadable(f"{folder}: {bad}") from bad
    if len(starts) != COLUMNS + 1 or len(rows) != len(weights) or starts[-1] != len(rows):
        raise IndexUnreadable(f"{folder}: các bảng không khớp nhau")
    return Lexicon(starts, rows, weights, count)


