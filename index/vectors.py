"""Vectors are kept and searched: what an engine promises, and the one in files. Only here FAISS is known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from index.encoder import Vectors

# Measured on one core with 256 dimensions: reading 20,000 vectors in half precision takes 0.4 ms, as long as the two
# looks take at 45,000. An HNSW is as fast there, but takes 12 s to build, cannot forget and misses 5 of 100.
EXACT_UP_TO = 20_000
# Above: a first look at all vectors in four bits a pair of numbers, a second at so many times more than were asked for.
# At 45,000 it misses 6 of 10,000; at 1,000,000 it takes 4 ms, where cells (IVF) missed every third neighbour, since
# texts of one kind form no clusters.
SECOND_LOOK = 6
# Sixteen centres of two numbers each are found among so many vectors, in so many rounds, as well as among all.
TRAINED_ON = 2_048
ROUNDS = 8
ADDED_AT_ONCE = 50_000

FILE = "vectors.faiss"
Halves = npt.NDArray[np.float16]
Ids = npt.NDArray[np.int64]


class IndexUnreadable(Exception):
    """A vector file is missing, cut off or not one of ours."""


def mapped(file: Path) -> npt.NDArray[Any]:
    """A saved array, memory-mapped. Raises IndexUnreadable, whatever rotted: an emptied file, a header, a size, each
    says it in numpy in its own way."""
    try:
        return np.load(file, mmap_mode="r", allow_pickle=False)  # type: ignore[no-any-return]
    except Exception as bad:
        raise IndexUnreadable(f"{file}: {bad}") from bad


class VectorIndex(Protocol):
    """`search` returns ids and cosines of the nearest rows, best first; fewer than `most` where there are fewer."""

    def __len__(self) -> int: ...

    def search(self, query: Vectors, most: int) -> tuple[Ids, Vectors]: ...


class VectorEngine(Protocol):
    """Where the vectors of generations are searched. `open` takes a generation's folder, which always holds them in
    files (see index/rows.py), and raises IndexUnreadable; `forget` is told the generations that stand no more. Who has
    opened one generation searches that one, whatever is opened or switched to beside it."""

    def open(self, folder: Path) -> VectorIndex: ...

    def forget(self, names: Sequence[str]) -> None: ...


class FaissIndex:
    """Exact while exactness is fast enough, then a coarse look at everything and an exact one at the best of it."""

    def __init__(self, index: Any) -> None:
        self._index = index

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, query: Vectors, most: int) -> tuple[Ids, Vectors]:
        import faiss

        if not len(self):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        # one thread a question: on a busy machine, threads waiting for one another cost ten times what they save
        faiss.omp_set_num_threads(1)
        scores, ids = self._index.search(query.reshape(1, -1), min(most, len(self)))
        found = ids[0] >= 0
        return ids[0][found], scores[0][found]

    def save(self, file: Path) -> None:
        import faiss

        faiss.write_index(self._index, str(file))


class FaissFiles:
    """The engine that needs nothing but the generation's own file: memory-mapped, one copy for all processes."""

    def open(self, folder: Path) -> FaissIndex:
        return open_vectors(folder / FILE)

    def forget(self, names: Sequence[str]) -> None:
        """A generation's file goes with its folder."""


def build_vectors(vectors: Vectors | Halves, exact_up_to: int = EXACT_UP_TO) -> FaissIndex:
    import faiss

    # one thread: the others are at work on the lexicons, and threads that wait for one another cost more than they save
    faiss.omp_set_num_threads(1)
    index: Any = _exact(vectors)
    if len(vectors) > exact_up_to:
        exact, coarse = index, _coarse(vectors)
        index = faiss.IndexRefine(coarse, exact)
        index.own_fields = index.own_refine_index = True
        index.k_factor = SECOND_LOOK
        coarse.this.disown()
        exact.this.disown()
    return FaissIndex(index)


def _exact(vectors: Vectors | Halves) -> Any:
    """Half precision is what its codes are made of, so they are taken as they are."""
    import faiss

    kind = faiss.ScalarQuantizer.QT_fp16
    index: Any = faiss.IndexScalarQuantizer(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
    codes = np.ascontiguousarray(vectors, np.float16).view(np.uint8).reshape(-1)
    faiss.copy_array_to_vector(codes, index.codes)
    index.ntotal = len(vectors)
    return index


def _coarse(vectors: Vectors | Halves) -> Any:
    import faiss

    dimension = vectors.shape[1]
    index: Any = faiss.IndexPQFastScan(dimension, dimension // 2, 4, faiss.METRIC_INNER_PRODUCT)
    index.pq.cp.niter = ROUNDS
    index.train(vectors[:: max(1, len(vectors) // TRAINED_ON)].astype(np.float32))
    for start in range(0, len(vectors), ADDED_AT_ONCE):
        index.add(vectors[start : start + ADDED_AT_ONCE].astype(np.float32))
    return index


def open_vectors(file: Path) -> FaissIndex:
    """Memory-mapped, so that many processes share one copy. Raises IndexUnreadable."""
    import faiss

    try:
        return FaissIndex(faiss.read_index(str(file), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY))
    except RuntimeError as bad:
        raise IndexUnreadable(f"{file}: {str(bad).splitlines()[-1][:120]}") from bad
