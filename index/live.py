"""The live retriever of a process: follows the pointer on disk without a restart and without dropping a question."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from index.encoder import BUNDLED, Encoder
from index.fusion import open_ranker
from index.retriever import Retriever
from index.snapshot import Generation, GenerationUnusable, Shelf, open_generation, open_live
from index.vectors import VectorEngine

LOOK_EVERY = 0.5
log = logging.getLogger(__name__)


def retriever_of(generation: Generation, encoder: Encoder) -> Retriever:
    return Retriever(generation.library, generation.ground, encoder, open_ranker(BUNDLED / "ranker.json"))


class LiveIndex:
    """`retriever()` is the newest loaded one; a new generation is opened in the background and then swapped in."""

    def __init__(self, root: Path, encoder: Encoder, engine: VectorEngine | None = None) -> None:
        self._shelf, self._encoder, self._engine = Shelf(root), encoder, engine
        self._lock = threading.Lock()
        generation = open_live(self._shelf, encoder, log.warning, engine)
        self._served = generation.manifest.name
        self._retriever = retriever_of(generation, encoder)
        self._refused = "" if self._served == self._shelf.current() else self._shelf.current()
        self._looked = time.monotonic()
        self._opening: threading.Thread | None = None

    @property
    def generation(self) -> str:
        """The name of the generation that is being served."""
        return self._served

    def retriever(self) -> Retriever:
        now = time.monotonic()
        if now - self._looked >= LOOK_EVERY:
            self._looked = now
            self.look()
        return self._retriever

    def look(self) -> None:
        """Open the generation that the pointer names, if it is another one; what cannot be opened changes nothing."""
        with self._lock:
            wanted = self._shelf.current()
            busy = self._opening is not None and self._opening.is_alive()
            if busy or wanted in ("", self._served, self._refused):
                return
            self._opening = threading.Thread(target=self._open, args=(wanted,), daemon=True)
            self._opening.start()

    def catch_up(self, seconds: float = 30.0) -> bool:
        """Waits until the generation that the pointer names answers here; False where it cannot be opened in time."""
        for _ in range(2):  # another one may be opening already
            self.look()
            self.wait(seconds)
        return self._served == self._shelf.current()

    def wait(self, seconds: float = 30.0) -> None:
        """Until a switch that is under way is done."""
        if self._opening is not None:
            self._opening.join(seconds)

    def _open(self, name: str) -> None:
        try:
            opened = open_generation(self._shelf, name, self._encoder, engine=self._engine)
            retriever = retriever_of(opened, self._encoder)
        except GenerationUnusable as bad:
            self._refused = name
            log.warning("%s", bad)
            return
        self._retriever, self._served = retriever, name
