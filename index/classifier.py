"""Small linear classifiers over the encoder's vector and hashed pieces of words. Only numpy is needed to use one."""

from __future__ import annotations

import json
import re
from collections import Counter
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
from knowledge.vietnamese.identity import Same

WORDS, PIECES = 1 << 14, 1 << 15
CELLS = WORDS + PIECES
_ROOMS = ("aspects", "follow_ups", "small_talk", "emergencies")
# How a message speaks, whatever it is about: asks, thanks, asks for change, tells of an office, of a deed, sells.
MANNERS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "mark": r"\?",
        "shout": r"!",
        "asks_at_end": r"(?:\bgi|khong|\bk|chua|\bsao|o dau|o mo|bao nhieu|bao lau|may|nao|\bai|\bha|hong|\bchi|rang)"
        r"(?: (?:a|vay|z|ad|nhi|the|ta|em|anh|chi|ban|vay a))*[\s?.!]*$",
        "asks": r"the nao|lam sao|o dau|bao nhieu|bao lau|may (?:ngay|tien|thang|tuoi)|nhung gi|giay (?:to )?gi"
        r"|duoc khong|co phai|co can|can gi|cho (?:em|toi|minh|tui|hoi)? ?hoi",
        "hopes": (
            r"de nghi|kien nghi|de xuat|\bmong\b|\bnen\b|gia ma|uoc gi|xin (?:lap|them|duoc|mo|trong|cho)"
            r"|can co|bo sung"
        ),
        "thanks": (r"cam on|cam ta|biet on|tuyet|hai long|khen|rat tot|qua tot|nhiet tinh|de thuong|chu dao|tan tinh"),
        "officer": r"can bo|nhan vien|anh (?:kia|ay|tiep)|chi (?:kia|ay|tiep)|co (?:kia|ay|o quay)|bao ve|cong an|y ta"
        r"|chu tich|truong (?:thon|phong|ap)|giam doc|lanh dao|sep|to truong|bac si|hieu truong",
        "rude": (
            r"quat|mang|chui|hach|gat|coi thuong|bat lich su|cau|lanh nhat|thai do|mat nang|hong hach"
            r"|cuoi cot|lam lo"
        ),
        "deed": r"hoi lo|nhan tien|vo (?:vet|i)|tham o|khai khong|lam gia|\bgia mao|\btrom|chiem doat|lua dao|rut ruot"
        r"|bao ke|an chan|an chia|\blau\b|trai phep|buon|danh bac|ma tuy|quy den|doa|danh dap|xa thai|chay chot"
        r"|phong bi",
        "names_it": r"to cao|to giac|khoi to|dieu tra|lam ro",
        "decision": (
            r"quyet dinh|bien ban|xu phat|thu hoi|cuong che|khieu nai|khong dong y|den bu|boi thuong|ky luat"
            r"|bac don"
        ),
        "machine": r"\bweb\b|trang|\bcong\b|app|phan mem|he thong|mang|online|truc tuyen|dang nhap|may chu",
        "delay": (
            r"hen|tre|cham|lau qua|keo dai|ngam|cho mai|di lai|len xuong|chay di|may lan|lan thu|vong vo"
            r"|rac roi|ruom ra"
        ),
        "sells": r"keo|\bvay\b|lai suat|hoa hong|ship|\bsale|giam gia|khuyen mai|uu dai|inbox|\bib\b|zalo|lien he"
        r"|mua .{0,20}tang|ca (?:do|cuoc)|casino|no hu|tai xiu|nap|loi nhuan|cam ket|kiem tien|tuyen|dau tu|coin"
        r"|nhom|link|uy tin|\d+ ?k\b",
        "danger": (
            r"\bcuu\b|chay|danh (?:toi|em|me|nguoi)|dao|mau|bat tinh|khong tho|tu tu|chet|nguy|gap|ngat"
            r"|duoi nuoc"
        ),
        "i": r"\b(?:toi|em|tui|minh|chau|con)\b",
        "we": r"chung toi|ba con|ca xom|ca lang|nguoi dan|dan chung|khu pho|to dan",
        "quotes": r"['\"]",
        "sentences": r"[.!?;]\s+\w.*[.!?;]\s+\w",
    }.items()
}
# How long it is: at most so many words.
LENGTHS = (4, 9, 30)
Floats = npt.NDArray[np.float32]


class ClassifierUnusable(Exception):
    """The weights are missing, damaged or of another encoder."""


@dataclass(frozen=True)
class Classifier:
    """One row of weights a label. `exclusive`: exactly one label holds (softmax), else each for itself (sigmoid)."""

    labels: tuple[str, ...]
    hints: tuple[str, ...]
    rarity: Floats
    weights: Floats
    bias: Floats
    exclusive: bool
    revision: str

    def probabilities(self, text: str, vector: Vectors, language: Language) -> dict[str, float]:
        """`text` expanded, `vector` its encoding. Every label with its probability."""
        dense = np.concatenate([vector, hints_in(text, self.hints, language)])
        cells, values = pieces(text, self.rarity)
        scores = self.weights[:, : len(dense)] @ dense + self.weights[:, len(dense) + cells] @ values + self.bias
        if self.exclusive:
            grown = np.exp(scores - scores.max())
            shares = grown / grown.sum()
        else:
            shares = 1 / (1 + np.exp(-scores))
        return dict(zip(self.labels, map(float, shares), strict=True))


def hint_names(language: Language, manners: bool = False) -> tuple[str, ...]:
    """The word lists of language.yaml, as "room.key", and perhaps the manners: whether one speaks in a text is evidence
    too."""
    lists = tuple(f"{room}.{words.key}" for room in _ROOMS for words in getattr(language, room))
    spoken = (*(f"manner.{name}" for name in MANNERS), *(f"words.{most}" for most in LENGTHS))
    return (*lists, *spoken) if manners else lists


def hints_in(text: str, names: Sequence[str], language: Language) -> Floats:
    return np.fromiter(map(_said(text, Same(language)).__contains__, names), np.float32, len(names))


@lru_cache(maxsize=64)
def _said(text: str, language: Same) -> frozenset[str]:
    """The classifiers of one turn ask the same text."""
    lists = {f"{room}.{t.key}" for room in _ROOMS for t in told(getattr(language.it, room), text)}
    folded = fold(text)
    manners = {f"manner.{name}" for name, pattern in MANNERS.items() if pattern.search(folded)}
    count = len(split(folded))
    return frozenset(lists | manners | {f"words.{most}" for most in LENGTHS if count <= most})


def pieces(text: str, rarity: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """Hashed words and pairs of words, then hashed pieces of words, of an expanded text: each part of length 1."""
    blocks = [(cells, _weighed(amounts * rarity[cells])) for cells, amounts in _counted(text)]
    return np.concatenate([b[0] for b in blocks]), np.concatenate([b[1] for b in blocks])


@lru_cache(maxsize=64)
def _counted(text: str) -> tuple[tuple[npt.NDArray[np.int64], Floats], ...]:
    """The cells of the words and of the pieces, each with how much it counts before its rarity."""
    tokens = split(fold(text))
    pairs = map(" ".join, zip(tokens, tokens[1:], strict=False))
    whole = Counter(crc32(w.encode()) % WORDS for w in (*tokens, *pairs))
    parts = Counter(cell for token in tokens for cell in _word_pieces(token))
    return tuple(
        (np.fromiter(counted, np.int64, len(counted)), 1 + np.log(np.fromiter(counted.values(), np.float32)))
        for counted in (whole, parts)
    )


def _weighed(values: Floats) -> Floats:
    return (values / max(float(np.linalg.norm(values)), 1e-9)).astype(np.float32)


@lru_cache(maxsize=1 << 15)
def _word_pieces(word: str) -> tuple[int, ...]:
    framed = f" {word} "
    found = (framed[i : i + n] for n in (3, 4, 5) for i in range(len(framed) - n + 1))
    return tuple(WORDS + crc32(p.encode()) % PIECES for p in found)


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
        rarity=classifier.rarity.astype(np.float16),
        bias=classifier.bias.astype(np.float32),
        meta=np.frombuffer(json.dumps(meta).encode(), np.uint8),
    )


def open_classifier(file: Path, encoder: Encoder) -> Classifier:
    try:
        with np.load(file, allow_pickle=False) as parts:
            meta = json.loads(bytes(parts["meta"]))
            weights, rarity = parts["weights"].astype(np.float32), parts["rarity"].astype(np.float32)
            bias = parts["bias"]
    except Exception as bad:  # whatever rotted, numpy, zipfile and json each say it in their own way
        raise ClassifierUnusable(f"{file}: {bad}; chạy lại scripts/train_classifier.py") from bad
    width = encoder.card.dimension + len(meta["hints"]) + CELLS
    if meta["revision"] != encoder.card.revision or weights.shape[1] != width or len(rarity) != CELLS:
        raise ClassifierUnusable(f"{file}: học với mô hình khác; chạy lại scripts/train_classifier.py")
    labels, hints = tuple(meta["labels"]), tuple(meta["hints"])
    return Classifier(labels, hints, rarity, weights, bias, bool(meta["exclusive"]), meta["revision"])
