"""Vectors on a Qdrant server: one collection a generation, filled from the generation's own file. qdrant-client is
known here and nowhere else.

A generation's name is its collection's, so that switching needs nothing of the server: who has opened a generation asks
its collection, and workers that are a generation apart do not disturb one another. The generation's files stay the
truth: a collection that is missing, half filled or spoiled is filled again, and while the server is away questions are
answered from the files.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.encoder import Vectors
from index.vectors import FaissFiles, Halves, Ids, VectorEngine, VectorIndex, mapped

if TYPE_CHECKING:
    from qdrant_client import QdrantClient

PREFIX = "mot-cua-"
AT_ONCE = 512
PATIENCE = 2
"""Seconds that a question waits for the server before it is answered from the files."""
FILLING = 120
"""Seconds that one part of a filling may take."""
PAUSE = 10.0
"""Seconds after a failure in which the server is left alone."""
PROBES = 5
EXACT_UP_TO = 100_000
"""Vectors that the server reads one by one."""
# Above that, a graph. Measured with Qdrant's own engine as a library (qdrant-edge) at 45,000 of 256 dimensions: of the
# nearest 320 a graph of 16 edges asked at twice as many finds 92 of 100 in 0.7 ms, one of 32 edges asked at eight times
# 99 in 2.2 ms.
EDGES, EFFORT = 32, 8
log = logging.getLogger(__name__)


class VectorsAway(Exception):
    """The server does not answer, or not with what it was asked for."""


def open_server(url: str, key: str = "") -> Qdrant:
    """http(s)://… is a server; file:///folder is the client's local mode, for trials of one process."""
    from qdrant_client import QdrantClient

    if url.startswith("file://"):
        return Qdrant(QdrantClient(path=url.removeprefix("file://")))
    asking, filling = (
        QdrantClient(url=url, api_key=key or None, timeout=seconds, check_compatibility=False)
        for seconds in (PATIENCE, FILLING)
    )
    return Qdrant(asking, filling)


class Qdrant:
    """Implements VectorEngine. `client` asks with little patience, `filling` (itself, where none is given) has more;
    `files`: what answers while the server is away."""

    def __init__(
        self,
        client: QdrantClient,
        filling: QdrantClient | None = None,
        files: VectorEngine | None = None,
        exact_up_to: int = EXACT_UP_TO,
        pause: float = PAUSE,
    ) -> None:
        self._client, self._filling, self._files = client, filling or client, files or FaissFiles()
        self._exact_up_to, self._pause = exact_up_to, pause

    def open(self, folder: Path) -> VectorIndex:
        """The collection is complete when this returns, unless the server is away: then it is made up for later."""
        beside = self._files.open(folder)
        vectors: Halves = mapped(folder / "vectors.npy")
        if not len(vectors):
            return beside
        exact = len(vectors) <= self._exact_up_to
        collection = Collection(self._client, self._filling, PREFIX + folder.name, vectors, exact)
        return QdrantIndex(collection, beside, self._pause)

    def holds(self, name: str) -> bool:
        """Whether the server has this generation. Raises VectorsAway."""
        try:
            return self._client.collection_exists(PREFIX + name)
        except _failures() as bad:
            raise VectorsAway(_line(bad)) from bad

    def forget(self, names: Sequence[str]) -> None:
        """Only of these generations: other houses may keep theirs on the same server."""
        for name in names:
            try:
                self._client.delete_collection(PREFIX + name)
            except _failures() as bad:
                log.warning("the collection of %s stays on the server: %s", name, _line(bad))

    def close(self) -> None:
        for client in {self._client, self._filling}:
            client.close()


class Collection:
    """One generation's rows on the server; row i is the point i."""

    def __init__(self, client: QdrantClient, filling: QdrantClient, name: str, vectors: Halves, exact: bool) -> None:
        self._client, self._filling = client, filling
        self._name, self._vectors, self._exact = name, vectors, exact

    def __len__(self) -> int:
        return len(self._vectors)

    def stand(self) -> None:
        """Afterwards the collection holds these rows and no others; two who do this at once do no harm."""
        if self._filling.collection_exists(self._name):
            if self._whole():
                return
            log.warning("the collection %s is not as it should be; it is filled again", self._name)
            self._filling.delete_collection(self._name)
        self._make()
        for start, part in self._parts():
            self._put(start, part)

    def search(self, query: Vectors, most: int) -> tuple[Ids, Vectors]:
        from qdrant_client import models

        params = models.SearchParams(exact=True) if self._exact else models.SearchParams(hnsw_ef=EFFORT * most)
        found = self._client.query_points(
            self._name,
            query=_numbers(query.reshape(-1)),
            limit=min(most, len(self)),
            search_params=params,
            with_payload=False,
            timeout=PATIENCE,
        ).points
        ids = np.fromiter((int(p.id) for p in found), np.int64, len(found))
        if len(ids) and not 0 <= ids.min() <= ids.max() < len(self):
            raise VectorsAway(f"{self._name} names rows that do not exist")
        return ids, np.fromiter((p.score for p in found), np.float32, len(found))

    def _whole(self) -> bool:
        """As many rows as there should be, and those that are looked at are what they should be."""
        if self._filling.count(self._name, exact=True).count != len(self):
            return False
        numbers = np.unique(np.linspace(0, len(self) - 1, PROBES).astype(int)).tolist()
        points = self._filling.retrieve(self._name, numbers, with_payload=False, with_vectors=True)
        held = {int(p.id): np.asarray(p.vector, np.float32) for p in points}
        rows = {i: self._vectors[i].astype(np.float32) for i in numbers}
        return held.keys() == rows.keys() and all(
            held[i].shape == rows[i].shape and np.allclose(held[i], rows[i], atol=0.01) for i in numbers
        )

    def _make(self) -> None:
        """No graph where every vector is read anyway; in half precision, as in the files."""
        from qdrant_client import models

        shape = models.VectorParams(
            size=self._vectors.shape[1], distance=models.Distance.DOT, datatype=models.Datatype.FLOAT16
        )
        graph = models.HnswConfigDiff(m=0) if self._exact else models.HnswConfigDiff(m=EDGES, ef_construct=8 * EDGES)
        try:
            self._filling.create_collection(self._name, vectors_config=shape, hnsw_config=graph)
        except _failures():
            if not self._filling.collection_exists(self._name):  # another worker was faster
                raise

    def _parts(self) -> Iterator[tuple[int, Vectors]]:
        for start in range(0, len(self), AT_ONCE):
            yield start, self._vectors[start : start + AT_ONCE].astype(np.float32)

    def _put(self, start: int, part: Vectors) -> None:
        from qdrant_client import models

        numbers: list[Any] = list(range(start, start + len(part)))
        self._filling.upsert(self._name, models.Batch(ids=numbers, vectors=_numbers(part)), wait=True)


class QdrantIndex:
    """Implements VectorIndex: by the server; by the files beside while it is away or being filled."""

    def __init__(self, collection: Collection, beside: VectorIndex, pause: float = PAUSE) -> None:
        self._collection, self._beside, self._pause = collection, beside, pause
        self._guard = threading.Lock()
        self._stands = False
        self._next_try = 0.0
        self._mending: threading.Thread | None = None
        self._prepare()

    def __len__(self) -> int:
        return len(self._collection)

    @property
    def by_server(self) -> bool:
        """Whether the next question goes to the server."""
        return self._stands

    def search(self, query: Vectors, most: int) -> tuple[Ids, Vectors]:
        if self._stands:
            try:
                return self._collection.search(query, most)
            except _failures() as bad:
                self._lost(bad)
        self._mend()
        return self._beside.search(query, most)

    def wait(self, seconds: float = 30.0) -> None:
        """Until a mending that is under way is done."""
        if self._mending is not None:
            self._mending.join(seconds)

    def _prepare(self) -> None:
        try:
            self._collection.stand()
        except _failures() as bad:
            self._lost(bad)
        else:
            self._stands = True

    def _lost(self, bad: Exception) -> None:
        self._stands, self._next_try = False, time.monotonic() + self._pause
        log.warning("vectors are searched in the files beside, Qdrant does not answer: %s", _line(bad))

    def _mend(self) -> None:
        """In a thread of its own: no question waits for a collection to be filled."""
        with self._guard:
            busy = self._mending is not None and self._mending.is_alive()
            if busy or time.monotonic() < self._next_try:
                return
            self._mending = threading.Thread(target=self._prepare, daemon=True)
            self._mending.start()


def _numbers(vectors: Vectors) -> Any:
    """Five places say more than half precision holds, and make a third of the text that all places would."""
    return vectors.astype(np.float64).round(5).tolist()


def _failures() -> tuple[type[Exception], ...]:
    """What the client raises when the server is away, refuses, or lacks a collection; imported when first needed."""
    from qdrant_client.common.client_exceptions import QdrantException
    from qdrant_client.http.exceptions import ApiException

    # the local mode tells of a missing collection and of a closed folder with Python's own errors
    return (VectorsAway, ApiException, QdrantException, OSError, ValueError, RuntimeError)


def _line(bad: Exception) -> str:
    return f"{type(bad).__name__}: {' '.join(str(bad).split())[:160]}"
