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
        told = (p for p in self._open(work) if not p.about and p.naming is not Naming.SEALED)
        others = {p.code: p for p in told if p.code not in besides}
        found = duplicates(new, self._known(work, list(others.values())), 1)
        return others[found[0].code] if found else None

    def of_petition(self, work: Casework, code: str) -> Sequence[str]:
        """The codes of open petitions that tell the same as this one, the likest first; for officers."""
        others = self._open(work)
        mine = next((p for p in others if p.code == code), None) or work.petition(code)
        told = {t.code: t for t in self._known(work, [*others, mine])}
        return [d.code for d in duplicates(told[code], list(told.values()))] if code in told else []

    @staticmethod
    def _open(work: Casework) -> Sequence[Petition]:
        wanted = QueueFilter(open_only=True, since=work.now - WITHIN, sort="-filed_at", limit=MOST)
        return work.tx.find(wanted).petitions

    def _known(self, work: Casework, petitions: Sequence[Petition]) -> list[Told]:
        codes = {p.code for p in petitions}
        with self._guard:
            self._told = {c: t for c, t in self._told.items() if c in codes or t.at > work.now - dt.timedelta(hours=1)}
            known = dict(self._told)
        fresh = [self._read(work, p) for p in petitions if p.code not in known]
        with self._guard:
            self._told |= {t.code: t for t in fresh if t is not None}
        return [t for t in (*known.values(), *fresh) if t is not None and t.code in codes]

    def _read(self, work: Casework, petition: Petition) -> Told | None:
        story = next((p.text for p in work.tx.papers(petition.code) if p.role == "story"), "")
        if not story:
            return None
        return Told(petition.code, self._encoder.queries([story])[0], petition.place, petition.filed_at)
