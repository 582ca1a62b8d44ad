"""Vectors are kept and searched. FAISS is known here and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from index.encoder import Vectors

# Measured by scripts/bench.py on one core: reading every vector in half precision takes 0.9 ms at 45,000 of 256
# dimensions and finds all; an HNSW of the same takes 0.4 ms, but 12 s to build, cannot forget and misses 5 of 100.
EXACT_UP_TO = 100_000
PROBES = 24

Ids = npt.NDArray[np.int64]


class IndexUnreadable(Exception):
    """A vector file is missing, cut off or not one of ours."""


class VectorIndex(Protocol):
    """`search` returns ids and cosines of the nearest rows, best first; fewer than `most` where there are fewer."""

    def __len__(self) -> int: ...

    def search(self, query: Vectors, most: int) -> tuple[Ids, Vectors]: ...

    def save(self, file: Path) -> None: ...


class FaissIndex:
    """Exact while exactness is fast enough, then cells (IVF) of 8-bit vectors."""

    def __init__(self, index: Any) -> None:
        self._index = index

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, query: Vectors, most: int) -> tuple[Ids, Vectors]:
        if not len(self):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        scores, ids = self._index.search(query.reshape(1, -1), min(most, len(self)))
        found = ids[0] >= 0
        return ids[0][found], scores[0][found]

    def save(self, file: Path) -> None:
        import faiss

        faiss.write_index(self._index, str(file))


def build_vectors(vectors: Vectors, exact_up_to: int = EXACT_UP_TO) -> FaissIndex:
    import faiss

    dimension = vectors.shape[1]
    index: Any
    if len(vectors) <= exact_up_to:
        index = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    else:
        cells = int(4 * len(vectors) ** 0.5)
        coarse: Any = faiss.IndexFlatIP(dimension)
        kind = faiss.ScalarQuantizer.QT_8bit
        index = faiss.IndexIVFScalarQuantizer(coarse, dimension, cells, kind, faiss.METRIC_INNER_PRODUCT)
        index.own_fields, index.nprobe = True, PROBES
        coarse.this.disown()
        index.train(vectors[:: max(1, len(vectors) // (40 * cells))])
    if len(vectors):
        index.add(vectors)
    return FaissIndex(index)


def open_vectors(file: Path) -> FaissIndex:
    """Memory-mapped, so that many processes share one copy. Raises IndexUnreadable."""
    import faiss

    try:
        return FaissIndex(faiss.read_index(str(file), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY))
    except RuntimeError as bad:
        raise IndexUnreadable(f"{file}: {str(bad).splitlines()[-1][:120]}") from bad
