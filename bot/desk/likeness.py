"""Which open petitions tell the same: their stories as vectors, kept in memory, read from the books when new."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence

from bot.desk.casework import Casework
from bot.desk.routing import place_of
from bot.ledger import QueueFilter
from bot.petitions.likeness import WITHIN, Told, duplicates
from bot.petitions.petition import Naming, Petition
from index.encoder import Encoder

MOST = 2000
"""Open petitions that are compared: the newest."""


class Likeness:
    """Safe to call from many threads. Petitions about somebody, and sealed ones, are never told of to citizens."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._told: dict[str, Told] = {}
        self._guard = threading.Lock()

    def of_story(
        self, work: Casework, story: str, where: str, otherwise: str = "", besides: Sequence[str] = ()
    ) -> Petition | None:
        """The open petition that a story which is being written is likest to, if any; `besides`: not these."""
        vector = self._encoder.queries([story])[0]
        new = Told("", vector, place_of(where, work.units, otherwise), work.now)
        others = [code for code in self._open(work) if code not in besides]
        found = (work.petition(d.code) for d in duplicates(new, self._known(work, others), MOST))
        return next((p for p in found if not p.about and p.naming is not Naming.SEALED), None)

    def of_petition(self, work: Casework, code: str) -> Sequence[str]:
        """The codes of open petitions that tell the same as this one, the likest first; for officers."""
        told = {t.code: t for t in self._known(work, [*self._open(work), code])}
        return [d.code for d in duplicates(told[code], list(told.values()))] if code in told else []

    @staticmethod
    def _open(work: Casework) -> Sequence[str]:
        return work.tx.codes(QueueFilter(open_only=True, since=work.now - WITHIN, sort="-filed_at", limit=MOST))

    def _known(self, work: Casework, codes: Sequence[str]) -> list[Told]:
        wanted = set(codes)
        with self._guard:
            self._told = {c: t for c, t in self._told.items() if c in wanted or t.at > work.now - dt.timedelta(hours=1)}
            known = dict(self._told)
        fresh = [t for code in wanted - known.keys() if (t := self._read(work, code))]
        with self._guard:
            self._told |= {t.code: t for t in fresh}
        return [t for t in (*known.values(), *fresh) if t.code in wanted]

    def _read(self, work: Casework, code: str) -> Told | None:
        petition = work.tx.petition(code)
        story = next((p.text for p in work.tx.papers(code) if p.role == "story"), "")
        if petition is None or not story:
            return None
        return Told(code, self._encoder.queries([story])[0], petition.place, petition.filed_at)
