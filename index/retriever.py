"""Text becomes hits: records with a calibrated score and the evidence that made them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.encoder import Encoder
from index.evidence import Candidates, Ground, Question
from index.fusion import FEATURES, Ranker, signals
from index.passages import Passage, RecordId, RecordKind
from knowledge.library import Library
from knowledge.vietnamese import expand, fold, normalise, words

LONGEST_QUESTION = 600
# Words that may stand or be missing in any name: whoever says "giấy khai sinh" means registering a birth.
EVERY_NAME = frozenset("giay to thu tuc lam dang ky xin cap ve cai vu viec ho so giai quyet huong cho".split())
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
    """Finds records of one generation. Any text gives Hits; none raises."""

    def __init__(self, library: Library, ground: Ground, encoder: Encoder, ranker: Ranker) -> None:
        self.library, self.ground, self._encoder, self._ranker = library, ground, encoder, ranker
        self._known_records = frozenset(ground.records)
        self._bare = _bare_names(ground)
        self._codes = sorted(code for code in library.keys_by_code if CODE.fullmatch(code))

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
        found = self.ground.candidates(question)
        return self._ranked(question, found, most) if len(found.records) else Hits(question=question.text)

    def exact(self, subject: str) -> RecordId | None:
        """The record whose name or alias these words are, apart from the words that every name may have."""
        return self._bare.get(bare(subject)) if subject else None

    def _ranked(self, question: Question, found: Candidates, most: int) -> Hits:
        raw = self._ranker.scores(found.features)
        order = np.argsort(-raw, kind="stable")
        shares = self._ranker.shares(raw)
        seen = signals(found.features, raw, order, len(question.words))
        confidence, known = self._ranker.confidence(seen), self._ranker.known(seen)
        hits = tuple(self._hit(found, int(i), float(raw[i]), float(shares[i])) for i in order[:most])
        return Hits(hits, confidence, known, question.text)

    def _hit(self, found: Candidates, row: int, score: float, share: float) -> Hit:
        number = int(found.records[row])
        nearest = found.nearest.get(number)
        passage = self.ground.rows[nearest] if nearest is not None else None
        evidence = dict(zip(FEATURES, map(float, found.features[row]), strict=True))
        return Hit(self.ground.records[number], score, share, passage, evidence)

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


def bare(text: str) -> str:
    return " ".join(w for w in words(fold(text)) if w not in EVERY_NAME)


def _bare_names(ground: Ground) -> dict[str, RecordId]:
    """Bare names and aliases of procedures that we wrote about ourselves; what two of them share means neither."""
    found: dict[str, RecordId] = {}
    shared: set[str] = set()
    for record, face in zip(ground.records, ground.faces, strict=True):
        if record.kind is not RecordKind.PROCEDURE or not face.has_asks:
            continue
        for name in {bare(n) for n in face.names} - {""}:
            if found.setdefault(name, record) != record:
                shared.add(name)
    return {name: record for name, record in found.items() if name not in shared}
