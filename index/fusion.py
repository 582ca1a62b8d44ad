"""Evidence becomes one calibrated score per record. Pure: arrays in, arrays out; the weights come from a small file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.signs import SIGNS

Floats = npt.NDArray[np.float32]

# One column each, in this order; scripts/train_ranker.py and the retriever both go by these names.
FEATURES = (
    "dense_name",
    "dense_ask",
    "dense_body",
    "dense_best",
    "dense_lead",
    "short_share",
    "short_lead",
    "body_share",
    "body_lead",
    "question_covered",
    "name_covered",
    "name_missing",
    "fuzzy_name",
    "name_ratio",
    "popularity",
    "has_asks",
    "qualifiers_missing",
    "qualifiers_extra",
    "is_procedure",
    "is_plan",
    "is_contact",
    "is_service",
    "contact_called",
    "service_called",
    *SIGNS,
)
# What the calibration sees of the best record and of the one behind it.
SIGNALS = ("score", "margin", "dense_best", "question_covered", "short_share", "name_covered", "words")


class WeightsUnreadable(Exception):
    """The ranker's file is missing or does not fit this code."""


@dataclass(frozen=True)
class Ranker:
    """A weight a feature, then a logistic curve from what is seen of the best record to a probability."""

    weights: Floats
    signal_mean: Floats
    signal_scale: Floats
    calibration: Floats
    scope: Floats

    def scores(self, features: Floats) -> Floats:
        """One raw score a row; only their differences mean something."""
        total: Floats = features @ self.weights
        return total

    def confidence(self, signals: Floats) -> float:
        """How likely it is that the best record is the right one (0 to 1)."""
        return self._curve(signals, self.calibration)

    def known(self, signals: Floats) -> float:
        """How likely it is that one of the best few is right: that the question is about something that is here."""
        return self._curve(signals, self.scope)

    def _curve(self, signals: Floats, line: Floats) -> float:
        x = (signals - self.signal_mean) / self.signal_scale
        return float(1 / (1 + np.exp(-(x @ line[:-1] + line[-1]))))

    def shares(self, raw: Floats) -> Floats:
        """Raw scores as shares of one, the best among the candidates nearest to one."""
        grown = np.exp(raw - raw.max()) if len(raw) else raw
        shares: Floats = grown / max(float(grown.sum()), 1e-9)
        return shares


def signals(features: Floats, raw: Floats, order: npt.NDArray[np.int64], words: int) -> Floats:
    """What the calibration is shown; `order` is best first."""
    best = features[order[0]]
    margin = raw[order[0]] - raw[order[1]] if len(order) > 1 else 5.0
    by_name = dict(zip(FEATURES, best, strict=True))
    picked = [by_name[name] for name in SIGNALS if name in by_name]
    return np.asarray([raw[order[0]], min(margin, 8.0), *picked, min(words, 12)], np.float32)


def open_ranker(file: Path) -> Ranker:
    try:
        tree = json.loads(file.read_text(encoding="utf-8"))
        if tuple(tree["features"]) != FEATURES or tuple(tree["signals"]) != SIGNALS:
            raise WeightsUnreadable(f"{file}: trọng số của bản khác; chạy lại scripts/train_ranker.py")
        return Ranker(**{name: np.asarray(tree[name], np.float32) for name in Ranker.__dataclass_fields__})
    except (OSError, ValueError, KeyError, TypeError) as bad:
        raise WeightsUnreadable(f"{file}: {bad}; lấy lại tệp này từ bản gốc") from bad


def save_ranker(ranker: Ranker, file: Path) -> None:
    tree: dict[str, object] = {"features": FEATURES, "signals": SIGNALS}
    for name in Ranker.__dataclass_fields__:
        tree[name] = np.round(getattr(ranker, name).astype(float), 5).tolist()
    file.write_text(json.dumps(tree), encoding="utf-8")
