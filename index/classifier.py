"""Small linear classifiers over the encoder's vector and hashed pieces of words. Only numpy is needed to use one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from index.encoder import Encoder, Vectors
from knowledge.records import Language
from knowledge.vietnamese import expand, fold, split, told

PIECES = 1 << 13
_ROOMS = ("aspects", "follow_ups", "small_talk", "emergencies")
Floats = npt.NDArray[np.float32]


class ClassifierUnusable(Exception):
    """The weights are missing, damaged or of another encoder."""


@dataclass(frozen=True)
class Classifier:
    """One row of weights a label. `exclusive`: exactly one label holds (softmax), else each for itself (sigmoid)."""

    labels: tuple[str, ...]
    hints: tuple[str, ...]
    weights: Floats
    bias: Floats
    exclusive: bool
    revision: str

    def probabilities(self, text: str, vector: Vectors, language: Language) -> dict[str, float]:
        """`text` expanded, `vector` its encoding. Every label with its probability."""
        dense, cells = np.concatenate([vector, hints_in(text, self.hints, language)]), pieces(text)
        size = len(dense)
        scores = self.weights[:, :size] @ dense + self.bias
        if len(cells):
            scores = scores + self.weights[:, size + cells].sum(axis=1) / np.sqrt(len(cells))
        if self.exclusive:
            grown = np.exp(scores - scores.max())
            shares = grown / grown.sum()
        else:
            shares = 1 / (1 + np.exp(-scores))
        return dict(zip(self.labels, map(float, shares), strict=True))


def hint_names(language: Language) -> tuple[str, ...]:
    """The word lists of language.yaml, as "room.key": whether one speaks in a text is evidence too."""
    return tuple(f"{room}.{words.key}" for room in _ROOMS for words in getattr(language, room))


def hints_in(text: str, names: Sequence[str], language: Language) -> Floats:
    said = {f"{room}.{t.key}" for room in _ROOMS for t in told(getattr(language, room), text)}
    return np.fromiter((name in said for name in names), np.float32, len(names))


def pieces(text: str) -> npt.NDArray[np.int64]:
    """The hashed words, pairs of words and pieces of words of an expanded text, each once."""
    tokens = split(fold(text))
    cells = {crc32(f"{a} {b}".encode()) % PIECES for a, b in zip(tokens, tokens[1:], strict=False)}
    for token in tokens:
        cells |= _word_cells(token)
    return np.fromiter(sorted(cells), np.int64, len(cells))


@lru_cache(maxsize=1 << 15)
def _word_cells(word: str) -> frozenset[int]:
    framed = f"<{word}>"
    parts = {framed[i : i + n] for n in (3, 4) for i in range(len(framed) - n + 1)}
    return frozenset(crc32(p.encode()) % PIECES for p in {word, *parts})


def features(texts: Sequence[str], encoder: Encoder, language: Language) -> tuple[list[str], Vectors]:
    """Texts as they are compared (expanded), and their vectors."""
    clean = [expand(t, language) for t in texts]
    return clean, encoder.queries(clean)


def save(classifier: Classifier, file: Path) -> None:
    named = ("labels", "hints", "exclusive", "revision")
    meta = {name: getattr(classifier, name) for name in named}
    np.savez_compressed(
        file,
        weights=classifier.weights.astype(np.float16),
        bias=classifier.bias.astype(np.float32),
        meta=np.frombuffer(json.dumps(meta).encode(), np.uint8),
    )


def open_classifier(file: Path, encoder: Encoder) -> Classifier:
    try:
        with np.load(file, allow_pickle=False) as parts:
            meta = json.loads(bytes(parts["meta"]))
            weights, bias = parts["weights"].astype(np.float32), parts["bias"]
    except (OSError, ValueError, KeyError) as bad:
        raise ClassifierUnusable(f"{file}: {bad}; chạy lại scripts/train_classifier.py") from bad
    if meta["revision"] != encoder.card.revision or weights.shape[1] != encoder.card.dimension + len(meta["hints"]) + PIECES:
        raise ClassifierUnusable(f"{file}: học với mô hình khác; chạy lại scripts/train_classifier.py")
    return Classifier(tuple(meta["labels"]), tuple(meta["hints"]), weights, bias, bool(meta["exclusive"]), meta["revision"])
