"""What a question and a record have in common: the features that fusion weighs."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from index.encoder import Vectors
from index.fusion import FEATURES, Floats
from index.lexical import Lexicon
from index.passages import Passage, PassageKind, RecordId, RecordKind
from index.signs import SIGNS, SignedNames
from index.vectors import VectorIndex
from knowledge.vietnamese import fold, normalise, words

DEPTH = 320
KINDS = (RecordKind.PROCEDURE, RecordKind.PLAN, RecordKind.CONTACT, RecordKind.SERVICE)
SHORT = (PassageKind.NAME, PassageKind.ALIAS, PassageKind.ASK)
GROUPS: Mapping[PassageKind, int] = {
    kind: 0 if kind in (PassageKind.NAME, PassageKind.ALIAS) else 1 if kind is PassageKind.ASK else 2
    for kind in PassageKind
}
# Words that tell siblings apart: whoever asks about renewing does not want the first issue.
QUALIFIERS = frozenset(
    "lai doi moi gia han tach hop xoa cham dut tam ngung giai the nuoc ngoai lien thong trich luc ban sao thay cai"
    " chinh bo sung mat huy cap lan dau dieu chinh sua chua chuyen nhuong thua ke giam ho con nuoi quoc te".split()
)
# Words by which people call for a number, or for a page or an app, rather than for the procedure behind it.
CALLS_CONTACT = re.compile(r"hotline|tong dai|duong day|dien thoai|so may|so nao|goi (?:so|ai|cho ai|dau)|bam so")
CALLS_SERVICE = re.compile(r"\b(?:trang|web|website|app|ung dung|cong|dia chi|link|phan mem|tra cuu)\b")
_WORD = re.compile(r"\w+")

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RecordFace:
    """What is compared word by word: the folded names and their words."""

    names: tuple[str, ...]
    name_words: frozenset[str]
    name_weight: float
    name_qualifiers: frozenset[str]
    all_words: frozenset[str]
    popularity: float
    has_asks: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question ready to be compared: normalised, expanded, folded."""

    text: str
    folded: str
    words: frozenset[str]
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Candidates:
    """Records worth a closer look: their numbers, one row of features each, and the passage nearest to the question."""

    records: Ints
    features: Floats
    nearest: Mapping[int, int]


class Ground:
    """The rows of an index by record, and what every comparison needs."""

    def __init__(
        self,
        rows: Sequence[Passage],
        popularity: Mapping[RecordId, int],
        vectors: VectorIndex,
        short: Lexicon,
        body: Lexicon,
    ) -> None:
        self.records = list(dict.fromkeys(p.record for p in rows))
        self.number = {r: i for i, r in enumerate(self.records)}
        self.rows = rows
        self.record_of = np.fromiter((self.number[p.record] for p in rows), np.int32, len(rows))
        self.group_of = np.fromiter((GROUPS[p.kind] for p in rows), np.int8, len(rows))
        self.vectors, self.short, self.body = vectors, short, body
        self._short_starts, self._short_owner = _runs(self.record_of[[p.kind in SHORT for p in rows]])
        self._body_starts, self._body_owner = _runs(self.record_of[[p.kind not in SHORT for p in rows]])
        vocabulary = _vocabulary(rows)
        counted = Counter(w for found in vocabulary.values() for w in found)
        self.rarity = {w: math.log(1 + len(self.records) / n) for w, n in counted.items()}
        self._unknown_rarity = math.log(1 + len(self.records))
        self.faces = _faces(rows, self.records, popularity, vocabulary, self.rarity)
        self._name_starts = np.cumsum([0, *(len(face.names) for face in self.faces)])
        self._given = np.asarray([_given(f, r) for f, r in zip(self.faces, self.records, strict=True)], np.float32)
        self._name_weights = np.asarray([face.name_weight for face in self.faces])
        self._signs = SignedNames([face.names[0] if face.names else "" for face in self.faces])
        # a record's words are asked for again and again; kept here, they go when this generation goes
        self.words_of = lru_cache(maxsize=256)(self._words_of)
        self.pairs_of = lru_cache(maxsize=32)(self._pairs_of)  # half a megabyte a record, and seldom asked for

    def _words_of(self, record: RecordId) -> tuple[frozenset[str], frozenset[str]]:
        """All words of a record's passages, as written and folded."""
        held = frozenset(w for words in self._written(record) for w in words)
        return held, frozenset(map(fold, held))

    def _pairs_of(self, record: RecordId) -> tuple[frozenset[str], frozenset[str]]:
        """All neighbouring words of a record's passages, as written and folded: most words have two syllables."""
        held = frozenset(" ".join(p) for words in self._written(record) for p in pairwise(words))
        return held, frozenset(map(fold, held))

    def _written(self, record: RecordId) -> Iterator[list[str]]:
        rows = (self.record_of == self.number[record]).nonzero()[0]
        return (_WORD.findall(normalise(self.rows[i].text)) for i in rows.tolist())

    def candidates(self, question: Question, barred: npt.NDArray[np.bool_] | None = None, most: int = 40) -> Candidates:
        """The records worth a closer look; `barred` (one flag a record) are none, however near."""
        ids, cosines = self.vectors.search(question.vector, DEPTH)
        near, dense, floor = self._dense(ids, cosines)
        short, short_limit = self._by_record(self.short, self._short_starts, self._short_owner, question.text)
        body, body_limit = self._by_record(self.body, self._body_starts, self._body_owner, question.text)
        best = dense.max(axis=1)
        if barred is not None:
            best[barred[near]] = short[barred] = body[barred] = 0
        chosen = np.unique(np.concatenate([near[_top(best, most)], _top(short, most // 2), _top(body, most // 2)]))
        features = np.zeros((len(chosen), len(FEATURES)), np.float32)
        features[:, 0:3] = floor
        at = np.searchsorted(near, chosen)
        is_near = near[np.minimum(at, len(near) - 1)] == chosen if len(near) else np.zeros(len(chosen), bool)
        features[is_near, 0:3] = dense[at[is_near]]
        features[:, 3] = features[:, 0:3].max(axis=1)
        features[:, 4] = features[:, 3] - features[:, 3].max(initial=-1)
        for column, scores, limit in ((5, short, short_limit), (7, body, body_limit)):
            features[:, column] = scores[chosen] / max(limit, 1e-6)
            features[:, column + 1] = scores[chosen] / max(float(scores[chosen].max(initial=0)), 1e-6)
        features[:, 9:12], features[:, 16:18] = self._words(question, chosen)
        features[:, 12:14] = self._names(question.folded, chosen)
        features[:, _GIVEN] = self._given[chosen]
        for column, called in ((22, CALLS_CONTACT), (23, CALLS_SERVICE)):
            if not called.search(question.folded):
                features[:, column] *= -1
        features[:, -len(SIGNS) :] = self._signs.fits(question.folded, chosen)
        # the nearest row of a record is the last one written, so the farthest goes first
        nearest = dict(zip(self.record_of[ids[::-1]].tolist(), ids[::-1].tolist(), strict=True))
        return Candidates(chosen, features, nearest)

    def _words(self, question: Question, chosen: Ints) -> tuple[Floats, Floats]:
        """Of each record: how much of the question it covers, how much of its name is said, how much is not; how many
        of its name's qualifiers are not said, and of those said how many are not its own."""
        rarity = {word: self.rarity.get(word, self._unknown_rarity) for word in question.words}
        total, qualifiers, weight = max(sum(rarity.values()), 1e-6), question.words & QUALIFIERS, rarity.__getitem__
        sums, counts = [], []
        for face in map(self.faces.__getitem__, chosen.tolist()):
            covered = sum(map(weight, question.words & face.all_words))
            named = sum(map(weight, question.words & face.name_words))
            sums.append((covered, named))
            counts.append((len(face.name_qualifiers - question.words), len(qualifiers - face.all_words)))
        of_question, of_name = np.asarray(sums, np.float64).reshape(-1, 2).T
        weights = self._name_weights[chosen]
        of_words = (of_question / total, of_name / np.maximum(weights, 1e-6), np.minimum(weights - of_name, 30.0))
        return np.stack(of_words, axis=1).astype(np.float32), np.asarray(counts, np.float32).reshape(-1, 2)

    def _names(self, folded: str, chosen: Ints) -> Floats:
        """How much the best name of each record is like the question: by its words in any order, and letter by
        letter."""
        lengths = self._name_starts[chosen + 1] - self._name_starts[chosen]
        names = [name for record in chosen.tolist() for name in self.faces[record].names]
        best = np.zeros((len(chosen), 2), np.float32)
        if not names:
            return best
        starts = (np.cumsum(lengths) - lengths)[lengths > 0]
        for column, scorer in enumerate((fuzz.token_set_ratio, fuzz.ratio)):
            likeness = process.cdist([folded], names, scorer=scorer, dtype=np.float64, workers=1)[0] / 100
            best[lengths > 0, column] = np.maximum.reduceat(likeness, starts)
        return best

    def _dense(self, ids: Ints, cosines: Floats) -> tuple[Ints, Floats, float]:
        """The records of these rows, in order; the best cosine of each by group; what any other has at most."""
        floor = min(float(cosines[-1]) if len(cosines) else 0.0, 0.3)
        near, number = np.unique(self.record_of[ids], return_inverse=True)
        dense = np.full((len(near), 3), floor, np.float32)
        np.maximum.at(dense, (number, self.group_of[ids]), cosines)
        return near.astype(np.int64), dense, floor

    def _by_record(self, lexicon: Lexicon, starts: Ints, owner: Ints, text: str) -> tuple[Floats, float]:
        scores, limit = lexicon.scores(text)
        by_record = np.zeros(len(self.records), np.float32)
        if len(starts):
            by_record[owner] = np.maximum.reduceat(scores, starts)
        return by_record, limit


# The columns that a record has whatever is asked; the last two are +1 where it is called for by its kind, turned to -1
# where it is not.
_GIVEN = [14, 15, 18, 19, 20, 21, 22, 23]


def _given(face: RecordFace, record: RecordId) -> tuple[float, ...]:
    kinds = tuple(float(record.kind is kind) for kind in KINDS)
    called = float(record.kind is RecordKind.CONTACT), float(record.kind is RecordKind.SERVICE)
    return (face.popularity, float(face.has_asks), *kinds, *called)


def _runs(owners: npt.NDArray[np.int32]) -> tuple[Ints, Ints]:
    """Where each record's rows begin among these rows, and whose they are; the rows of a record stand together."""
    if not len(owners):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    starts = np.concatenate([[0], np.flatnonzero(np.diff(owners)) + 1])
    return starts.astype(np.int64), owners[starts].astype(np.int64)


def _top(scores: Floats, most: int) -> Ints:
    positive = np.flatnonzero(scores > 0)
    if len(positive) <= most:
        return positive
    return positive[np.argpartition(scores[positive], -most)[-most:]]


def _vocabulary(rows: Sequence[Passage]) -> dict[RecordId, set[str]]:
    """The folded words of each record's names and asks."""
    found: dict[RecordId, set[str]] = {}
    for passage in rows:
        if passage.kind in SHORT:
            found.setdefault(passage.record, set()).update(words(fold(passage.text)))
    return found


def _faces(
    rows: Sequence[Passage],
    records: Sequence[RecordId],
    popularity: Mapping[RecordId, int],
    vocabulary: Mapping[RecordId, set[str]],
    rarity: Mapping[str, float],
) -> list[RecordFace]:
    names: dict[RecordId, list[str]] = {}
    asked = {p.record for p in rows if p.kind is PassageKind.ASK}
    for p in rows:
        if p.kind in (PassageKind.NAME, PassageKind.ALIAS):
            names.setdefault(p.record, []).append(fold(p.text))
    faces = []
    for r in records:
        name_words = frozenset(words(names[r][0])) if r in names else frozenset()
        faces.append(
            RecordFace(
                names=tuple(names.get(r, ())),
                name_words=name_words,
                name_weight=sum(rarity[w] for w in name_words),
                name_qualifiers=name_words & QUALIFIERS,
                all_words=frozenset(vocabulary.get(r, ())),
                popularity=popularity.get(r, 0) / 3,
                has_asks=r in asked,
            )
        )
    return faces
