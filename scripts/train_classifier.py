#!/usr/bin/env python3
"""Train a small classifier on examples of ours: python scripts/train_classifier.py aspects|message_classes [--out DIR]

Reports figures of a five-fold cross-validation, then trains on everything. Fixed seeds; under a minute.
"""

from __future__ import annotations

import argparse
import random
import sys
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from index.classifier import CELLS, Classifier, features, hint_names, hints_in, pieces, save
from index.encoder import BUNDLED, open_encoder
from index.noise import Noise
from knowledge.library import Library
from knowledge.reading import read_library
from knowledge.vietnamese import expand

EXAMPLES = Path(__file__).resolve().parent.parent / "index" / "examples"
Labels = list[tuple[str, ...]]


def main() -> None:
    a = arguments()
    page = yaml.safe_load((EXAMPLES / f"{a.task}.yaml").read_text(encoding="utf-8"))
    library = read_library()
    rows = (
        page["examples"]
        + borrowed(page)
        + [{"text": t, "class": page["content_words"]} for t in words_of(library, page)]
    )
    ours = len(rows)
    rows += [{"text": ask, "class": page["content_asks"]} for ask in asks_of(library, page)]
    weights = np.where(np.arange(len(rows)) < ours, 1.0, page.get("content_weight", 1.0))
    texts = [r["text"] for r in rows]
    gold: Labels = [(r["class"],) if "class" in r else tuple(r["aspects"]) for r in rows]
    exclusive = "class" in rows[0]
    labels = tuple(dict.fromkeys(label for g in gold for label in g))
    encoder = open_encoder(a.encoder)
    language = library.language
    names = hint_names(language, page.get("manners", False))
    noise = Noise(language, random.Random(0))
    right, confused = [], Counter[tuple[str, str]]()
    rarity = rarities([expand(t, language) for t in texts])
    for train, test in KFold(5, shuffle=True, random_state=0).split(texts):
        x = matrix([t for i in train for t in spoiled(texts[i], noise)], encoder, language, rarity, names)
        model = fitted(x, [gold[i] for i in train for _ in range(2)], labels, exclusive, a.strength, weights[train])
        found = predicted(model, matrix([texts[i] for i in test], encoder, language, rarity, names), labels, exclusive)
        for i, f in zip(test, found, strict=True):
            if i >= ours:
                continue
            right.append(set(f) == set(gold[i]))
            if set(f) != set(gold[i]):
                confused[(" ".join(gold[i]) or "–", " ".join(f) or "–")] += 1
                if a.verbose:
                    print(f"  {texts[i]} | {gold[i]} → {f}")
    counted = f"{ours} examples and {len(texts) - ours} asks, {len(labels)} labels"
    print(f"{a.task}: {counted}, exactly right {np.mean(right):.3f} (five folds)")
    for (wanted, got), count in confused.most_common(10):
        print(f"  {count:>3}  {wanted} → {got}")
    x = matrix([t for text in texts for t in spoiled(text, noise)], encoder, language, rarity, names)
    table, bias = fitted(x, [g for g in gold for _ in range(2)], labels, exclusive, a.strength, weights)
    file = a.out / f"{a.task}.npz"
    save(Classifier(labels, names, rarity, table, bias, exclusive, encoder.card.revision), file)
    print(f"{file.name}: {file.stat().st_size / 1e6:.2f} MB")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=sorted(f.stem for f in EXAMPLES.glob("*.yaml")))
    parser.add_argument("--encoder", default="bundled")
    parser.add_argument("--out", type=Path, default=BUNDLED)
    parser.add_argument("--strength", type=float, default=5.0, help="higher trusts the examples more (C)")
    parser.add_argument("--verbose", action="store_true")
    return parser.parse_args()


def asks_of(library: Library, page: dict[str, Any]) -> list[str]:
    """What people ask of the kinds of record that the page names ("content_kinds"), all of the class "content_asks"."""
    kinds: list[str] = page.get("content_kinds", [])
    return [ask for kind in kinds for record in getattr(library, kind).values() for ask in record.asks[::2]]


def words_of(library: Library, page: dict[str, Any]) -> list[str]:
    """Bits of talk and places, where the page says which class they are ("content_words")."""
    if "content_words" not in page:
        return []
    language = library.language
    lists = (*language.life_events, *language.aspects, *language.follow_ups, *language.small_talk)
    phrases = [phrase for words in lists for phrase in words.phrases[::3]]
    return [*phrases, *(place.name for place in library.places.values()), "sáng hôm qua", "0900 000 000"]


def borrowed(page: dict[str, Any]) -> list[dict[str, str]]:
    """Examples of another page ("also"): its classes where they are ours too, else all of them the other class."""
    if "also" not in page:
        return []
    labels = {r["class"] for r in page["examples"]}
    rows = yaml.safe_load((EXAMPLES / f"{page['also']}.yaml").read_text(encoding="utf-8"))["examples"]
    known = {r["text"] for r in page["examples"]}
    return [
        {"text": r["text"], "class": r["class"] if r["class"] in labels else page["content_asks"]}
        for r in rows
        if r["text"] not in known
    ]


def spoiled(text: str, noise: Noise) -> tuple[str, str]:
    return text, noise.query(text)


def rarities(texts: list[str]) -> npt.NDArray[np.float32]:
    """How rare each cell is among the examples (smoothed inverse document frequency)."""
    even = np.ones(CELLS, np.float32)
    counts = np.zeros(CELLS, np.float32)
    for text in texts:
        counts[np.unique(pieces(text, even)[0])] += 1
    rarity: npt.NDArray[np.float32] = np.log((1 + len(texts)) / (1 + counts)) + 1
    return rarity.astype(np.float16).astype(np.float32)


def matrix(texts, encoder, language, rarity, names):  # type: ignore[no-untyped-def]
    clean, vectors = features(texts, encoder, language)
    hints = np.stack([hints_in(t, names, language) for t in clean])
    found = [pieces(t, rarity) for t in clean]
    starts = np.cumsum([0, *(len(c) for c, _ in found)])
    cells, values = (np.concatenate([f[i] for f in found]) for i in (0, 1))
    return hstack(
        [csr_matrix(vectors), csr_matrix(hints), csr_matrix((values, cells, starts), (len(texts), CELLS))]
    ).tocsr()


Fitted = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]


def fitted(  # type: ignore[no-untyped-def]
    x, gold: Labels, labels: tuple[str, ...], exclusive: bool, strength: float, weights: npt.NDArray[np.float64]
) -> Fitted:
    """`weights`: one an example, each of which stands in `x` twice, as written and spoiled."""
    weights = np.repeat(weights, 2)
    warnings.simplefilter("ignore")
    if exclusive:
        y = [labels.index(g[0]) for g in gold]
        model = LogisticRegression(C=strength, max_iter=400).fit(x, y, weights)
        if len(labels) == 2:  # one row tells both apart: half of it for the one, half against the other
            halves = np.array([[-0.5], [0.5]])
            return (halves * model.coef_).astype(np.float32), (halves[:, 0] * model.intercept_).astype(np.float32)
        return model.coef_.astype(np.float32), model.intercept_.astype(np.float32)
    rows = []
    for label in labels:
        y = [label in g for g in gold]
        model = LogisticRegression(C=strength, max_iter=400, class_weight={True: 1.5, False: 1})
        rows.append(model.fit(x, y, weights))
    weights = np.concatenate([m.coef_ for m in rows])
    return weights.astype(np.float32), np.concatenate([m.intercept_ for m in rows]).astype(np.float32)


def predicted(model: Fitted, x, labels: tuple[str, ...], exclusive: bool) -> Labels:  # type: ignore[no-untyped-def]
    scores = x @ model[0].T + model[1]
    if exclusive:
        return [(labels[int(i)],) for i in scores.argmax(axis=1)]
    return [tuple(label for label, s in zip(labels, row, strict=True) if s > 0) for row in scores]


if __name__ == "__main__":
    main()
