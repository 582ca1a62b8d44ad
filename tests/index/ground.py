"""Small hand-made ground for the tests of the index: an encoder without training, and a folder of records."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoder import ModelCard, Vectors, unit
from knowledge.vietnamese import fold, words


class WordEncoder:
    """Every folded word has a direction of its own: texts are near when they share words."""

    def __init__(self, dimension: int = 64, revision: str = "1") -> None:
        self.card = ModelCard("words", revision, dimension)
        self.encoded = 0

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.card.dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words(fold(text)):
                row += np.random.default_rng(zlib.crc32(word.encode())).standard_normal(self.card.dimension)
        return unit(rows)


RECORDS = """
procedures:
  - key: khai_sinh
    code: "1.001193"
    name: Thủ tục đăng ký khai sinh
    aliases: [làm giấy khai sinh]
    asks: [vợ mới đẻ em bé cần làm giấy tờ gì]
    steps: [Nộp hồ sơ ở xã, Nhận giấy khai sinh]
    documents: [Tờ khai, Giấy chứng sinh]
    popularity: 3
  - key: khai_tu
    code: "1.000656"
    name: Đăng ký khai tử
    asks: [ông nội mới mất phải báo ở đâu]
    steps: [Nộp giấy báo tử]
  - key: tam_tru
    code: "1.004194"
    name: Đăng ký tạm trú
    asks: [thuê phòng trọ thì khai với công an thế nào]
golden:
  - {ask: sinh con xong làm giấy khai sinh, records: [khai_sinh]}
  - {ask: khai tử cho ông, records: [khai_tu]}
  - {ask: đăng ký tạm trú phòng trọ, records: [tam_tru]}
"""


def write_folder(folder: Path, text: str = RECORDS, name: str = "records.yaml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder
