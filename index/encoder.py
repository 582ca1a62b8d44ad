"""Texts become unit vectors. The bundled static model needs neither torch nor sentence-transformers to answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

BUNDLED = Path(__file__).parent / "model"
Vectors = npt.NDArray[np.float32]


class EncoderUnusable(Exception):
    """The model cannot be loaded; the message says which, why and what to do."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What an index must be built with to be searched with this encoder."""

    name: str
    revision: str
    dimension: int


class Encoder(Protocol):
    """`card` names the model; both methods return unit vectors, one row a text, also for empty texts."""

    card: ModelCard

    def queries(self, texts: Sequence[str]) -> Vectors: ...

    def passages(self, texts: Sequence[str]) -> Vectors: ...


def open_encoder(name: str = "bundled") -> Encoder:
    """The encoder that the setting ENCODER names: "bundled", or any sentence-transformers model by name or folder."""
    if name == "bundled":
        return StaticEncoder(BUNDLED)
    return SentenceEncoder(name)


class StaticEncoder:
    """A sentence-transformers StaticEmbedding folder, read with tokenizers and numpy alone (50 ms instead of 5 s)."""

    def __init__(self, folder: Path) -> None:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        weights, vocabulary = folder / "model.safetensors", folder / "tokenizer.json"
        try:
            self._tokenizer = Tokenizer.from_file(str(vocabulary))
            table = load_file(weights)["embedding.weight"]
        except (OSError, KeyError, SafetensorError, Exception) as bad:
            raise EncoderUnusable(
                f"Không mở được mô hình ở {folder}: {bad}. Hãy lấy lại thư mục này từ bản gốc."
            ) from bad
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._table = table
        self.card = ModelCard(f"static:{folder.name}", _digest(weights, vocabulary), int(table.shape[1]))

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        found = np.zeros((len(texts), self.card.dimension), dtype=np.float32)
        for row, encoded in enumerate(self._tokenizer.encode_batch(list(texts), add_special_tokens=False)):
            if ids := encoded.ids:
                found[row] = self._table[ids].mean(axis=0, dtype=np.float32)
        return unit(found)


class SentenceEncoder:
    """Any sentence-transformers model. Prefixes and word segmentation come from `mot_cua.json` beside a local model:
    {"query_prefix": "query: ", "passage_prefix": "passage: ", "segment": "pyvi"}; known families have defaults."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        self._habits = _habits(name)
        try:
            self._model: Any = SentenceTransformer(name, device="cpu")
        except Exception as bad:
            raise EncoderUnusable(
                f"Không mở được mô hình ENCODER={name}: {bad}. Kiểm tra tên hoặc thư mục, hay đặt ENCODER=bundled."
            ) from bad
        dimension = int(self._model.encode(["a"]).shape[1])
        folder = Path(name)
        revision = _digest(*sorted(folder.rglob("*.safetensors"))) if folder.is_dir() else "hub"
        self.card = ModelCard(f"sentence-transformers:{folder.name}", revision, dimension)

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode([self._habits["query_prefix"] + self._segment(t) for t in texts])

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode([self._habits["passage_prefix"] + self._segment(t) for t in texts])

    def _encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.card.dimension), dtype=np.float32)
        return unit(np.asarray(self._model.encode(texts, batch_size=64, show_progress_bar=False), dtype=np.float32))

    def _segment(self, text: str) -> str:
        if self._habits["segment"] != "pyvi":
            return text
        from pyvi import ViTokenizer  # type: ignore[import-not-found]  # optional, only such models need it

        return str(ViTokenizer.tokenize(text))


def unit(vectors: Vectors) -> Vectors:
    """Rows of length 1; a row of zeros stays as it is, and so is near nothing."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return scaled


def _habits(name: str) -> dict[str, str]:
    habits = {"query_prefix": "", "passage_prefix": "", "segment": ""}
    if "e5" in Path(name).name.lower():
        habits |= {"query_prefix": "query: ", "passage_prefix": "passage: "}
    if "vietnamese-bi-encoder" in name or "phobert" in name.lower():
        habits["segment"] = "pyvi"
    own = Path(name) / "mot_cua.json"
    return habits | (json.loads(own.read_text(encoding="utf-8")) if own.is_file() else {})


def _digest(*files: Path) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
