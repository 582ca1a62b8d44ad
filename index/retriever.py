"""Text becomes hits: records with a calibrated score and the evidence that made them."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.encoder import Encoder
from index.evidence import Candidates, Ground, Question
from index.fusion import FEATURES, Ranker, signals
from index.passages import Passage, RecordId, RecordKind, records
from knowledge.library import Library, covers
from knowledge.vietnamese import expand, fold, normalise, words

LONGEST_QUESTION = 600
# Words that may stand or be missing in any name: whoever says "giấy khai sinh" means registering a birth.
EVERY_NAME = frozenset("giay to thu tuc lam dang ky xin cap ve cai vu viec ho so giai quyet huong cho".split())
_Places = tuple[str, ...]
CODE = re.compile(r"\b\d[.,]\d{5,7}\b")


@dataclass(frozen=True, slots=True)
class Hit:
    """`share`: this record's part among the candidates; `passage`: what stood nearest to the question."""

    record: RecordId
    score: float
    share: float
    passage: Passage | None = None
    evidence: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hits:
    """Best first. `confidence`: how likely the first is right; `known`: how likely one of the first few is. Empty when
    nothing is near at all."""

    hits: tuple[Hit, ...] = ()
    confidence: float = 0.0
    known: float = 0.0
    question: str = ""
    by_code: bool = False

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.hits)

    def __bool__(self) -> bool:
        return bool(self.hits)


class Retriever:
    """Finds records of one generation. Any text gives Hits; none raises.

    What only one place has is found from that place (see `at`), by its code, or when the text names the place; else it
    does not stand in the way of what everybody has.
    """

    def __init__(self, library: Library, ground: Ground, encoder: Encoder, ranker: Ranker) -> None:
        self.library, self.ground, self._encoder, self._ranker = library, ground, encoder, ranker
        self._known_records = frozenset(ground.records)
        self._bare, self._shared = _bare_names(ground)
        self._called = {fold(library.procedures[r.key].name): r for found in self._shared.values() for r in found}
        self._codes = sorted(code for code in library.keys_by_code if CODE.fullmatch(code))
        self._owners = _owners(library, ground)
        self._place = ""

    def at(self, place: str) -> Retriever:
        """The same for those who ask from `place` ("" is nowhere in particular)."""
        if place == self._place:
            return self
        there = copy.copy(self)
        there._place = place
        return there

    def question(self, text: str) -> Question:
        clean = expand(normalise(text[:LONGEST_QUESTION]), self.library.language)
        folded = fold(clean)
        vector = self._encoder.queries([clean])[0]
        return Question(clean, folded, frozenset(words(folded)), vector)

    def search(self, text: str, most: int = 10) -> Hits:
        question = self.question(text)
        if coded := self._by_code(question):
            return coded
        if not question.words or not self.ground.records:
            return Hits(question=question.text)
        found = self.ground.candidates(question, self._owners.barred(self._place, question.folded))
        return self._ranked(question, found, most) if len(found.records) else Hits(question=question.text)

    def exact(self, subject: str) -> RecordId | None:
        """The record whose name or alias these words are, apart from the words that every name may have."""
        if not subject:
            return None
        return self._bare.get(bare(subject)) or self._called.get(fold(subject))

    def shared(self, subject: str) -> tuple[RecordId, ...]:
        """The records of which these words are equally an alias ("mất giấy kết hôn": a copy, or registering anew)."""
        return self._shared.get(bare(subject), ()) if subject else ()

    def said_in(self, text: str) -> tuple[RecordId, ...]:
        """The records of which a bare name of two words or more stands word for word in a text; a name within a longer
        one that is said, too, does not count."""
        said = f" {bare(text)} "
        names = sorted((n for n in self._bare if " " in n and f" {n} " in said), key=len, reverse=True)
        whole = [n for i, n in enumerate(names) if not any(f" {n} " in f" {longer} " for longer in names[:i])]
        return tuple(dict.fromkeys(self._bare[n] for n in whole))

    def _ranked(self, question: Question, found: Candidates, most: int) -> Hits:
        raw = self._ranker.scores(found.features)
        order = np.argsort(-raw, kind="stable")
        shares = self._ranker.shares(raw)
        seen = signals(found.features, raw, order, len(question.words))
        confidence, known = self._ranker.confidence(seen), self._ranker.known(seen)
        best = order[:most]
        rows = zip(*(part[best].tolist() for part in (found.records, found.features, raw, shares)), strict=True)
        hits = tuple(self._hit(found.nearest.get(row[0]), *row) for row in rows)
        return Hits(hits, confidence, known, question.text)

    def _hit(self, nearest: int | None, number: int, features: Sequence[float], score: float, share: float) -> Hit:
        passage = self.ground.rows[nearest] if nearest is not None else None
        return Hit(self.ground.records[number], score, share, passage, dict(zip(FEATURES, features, strict=True)))

    def _by_code(self, question: Question) -> Hits | None:
        """A code in the text decides; one slip of the finger is forgiven when only one code is that near."""
        written = CODE.search(question.text)
        if not written or not self._codes:
            return None
        code = written.group().replace(",", ".")
        key = self.library.keys_by_code.get(code)
        confidence = 1.0
        if key is None:
            near = process.extract(code, self._codes, scorer=OSA.distance, score_cutoff=1, limit=2)
            if len(near) != 1:
                return Hits(question=question.text, by_code=True)
            key, confidence = self.library.keys_by_code[near[0][0]], 0.6
        record = self._record_id(key)
        return Hits((Hit(record, 10.0, 1.0),), confidence, confidence, question.text, by_code=True) if record else None

    def _record_id(self, key: str) -> RecordId | None:
        kinds = (RecordKind.PROCEDURE, RecordKind.ABOLISHED)
        return next((r for k in kinds if (r := RecordId(k, key)) in self._known_records), None)


class _Owners:
    """Which records only some places have, and how a text names a place: one number a record, -1 for everybody's."""

    def __init__(
        self, of: npt.NDArray[np.int16], owners: Sequence[_Places], names: Mapping[str, re.Pattern[str]]
    ) -> None:
        self._of, self._owners, self._names = of, owners, names

    def barred(self, place: str, folded: str) -> npt.NDArray[np.bool_] | None:
        """The records that a text from `place` cannot mean; None when there is no such."""
        if not self._owners:
            return None
        meant = {own for own, name in self._names.items() if covers(own, place) or name.search(folded)}
        return ~np.asarray([*(not meant.isdisjoint(own) for own in self._owners), True])[self._of]


def _owners(library: Library, ground: Ground) -> _Owners:
    own = _own_places(library)
    owners = sorted(set(own.values()))
    number = {places: i for i, places in enumerate(owners)}
    of = np.fromiter((number[own[r]] if r in own else -1 for r in ground.records), np.int16, len(ground.records))
    spelt: dict[str, set[str]] = {place: {fold(place)} for places in owners for place in places}
    for name, key in library.province_names():
        spelt.get(library.places[key].name, set()).add(name)
    named = {place: re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(n)))})\b") for place, n in spelt.items()}
    return _Owners(of, owners, named)


def _own_places(library: Library) -> dict[RecordId, _Places]:
    """The records that do not hold for the whole nation, each with the places that have it."""
    found: dict[RecordId, _Places] = {}
    everywhere = {record_id for record_id, _ in records(library)}
    for place in dict.fromkeys(f.place for f in library.folders if f.place):
        for record_id, _ in records(library.at(place, library.day)):
            if record_id not in everywhere:
                found[record_id] = (*found.get(record_id, ()), place)
    for key, place in library.local.items():
        found |= {RecordId(kind, key): (place,) for kind in (RecordKind.PROCEDURE, RecordKind.ABOLISHED)}
    return found


def bare(text: str) -> str:
    return " ".join(w for w in words(fold(text)) if w not in EVERY_NAME)


def _bare_names(ground: Ground) -> tuple[dict[str, RecordId], dict[str, tuple[RecordId, ...]]]:
    """Bare names and aliases of procedures that we wrote about ourselves: those of one alone, and those that several
    share."""
    found: dict[str, list[RecordId]] = {}
    for record, face in zip(ground.records, ground.faces, strict=True):
        if record.kind is RecordKind.PROCEDURE and face.has_asks:
            for name in {bare(n) for n in face.names} - {""}:
                found.setdefault(name, []).append(record)
    alone = {name: records[0] for name, records in found.items() if len(records) == 1}
    return alone, {name: tuple(records) for name, records in found.items() if len(records) > 1}
