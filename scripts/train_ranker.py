#!/usr/bin/env python3
"""Train the ranker and its calibration: python scripts/train_ranker.py --fold 0/3=DIR --fold 1/3=DIR --fold 2/3=DIR …

Each fold's encoder has not seen that fold's asks (scripts/train_encoder.py --without), and the index that ranks them
does not hold them: so the features are those of a question that nobody has written down. `--knowledge` adds imported
records, which the ranker must learn to tell from ours; `--foreign` names a text of everyday sentences that are about
nothing here, from which the calibration learns to refuse.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from rich.progress import track

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from index.encoder import BUNDLED, Encoder, StaticEncoder
from index.evidence import SHORT, Ground, Question
from index.fusion import FEATURES, SIGNALS, Floats, Ranker, save_ranker, signals
from index.lexical import build_lexicon, columns
from index.noise import Noise
from index.passages import Passage, PassageKind
from index.retriever import Retriever
from index.snapshot import all_passages, popularity_of
from index.vectors import build_vectors
from knowledge.library import Library
from knowledge.reading import knowledge_folders, read_library

HIDDEN = 24


@dataclass(frozen=True)
class Case:
    """One question: its candidates' features, which row is right (-1: none is), how many words it has."""

    features: Floats
    right: int
    words: int


def main() -> None:
    a = arguments()
    random.seed(a.seed)
    torch.manual_seed(a.seed)
    library = read_library(knowledge_folders(a.knowledge))
    cases: list[Case] = []
    for spec in a.fold:
        fold, folder = spec.split("=", 1)
        cases += fold_cases(library, fold, StaticEncoder(Path(folder)), a)
    inside = [c for c in cases if c.right >= 0]
    print(f"{len(inside)} questions with a record, {len(cases) - len(inside)} with none, {reach(cases):.3f} reachable")
    random.shuffle(cases)
    cut = len(cases) * 9 // 10
    ranker = trained(cases[:cut], a)
    print(f"held out: right record first {first(ranker, cases[cut:]):.3f}")
    ranker = calibrated(ranker, cases)
    save_ranker(ranker, a.out)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fold", action="append", required=True, metavar="K/N=DIR")
    parser.add_argument("--knowledge", type=Path, action="append", default=[], metavar="DIR")
    parser.add_argument("--foreign", type=Path, help="one sentence a line, about nothing that is known here")
    parser.add_argument("--out", type=Path, default=BUNDLED / "ranker.json")
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def fold_cases(library: Library, fold: str, encoder: Encoder, a: argparse.Namespace) -> Iterator[Case]:
    number, folds = (int(x) for x in fold.split("/"))
    hidden = {p for p in asks_of(library) if p[2] % folds == number}
    rows = [r for r in all_passages(library) if not (r.kind is PassageKind.ASK and (r.record.key, r.text) in names(hidden))]
    retriever = Retriever(library, ground_of(rows, library, encoder), encoder, blank())
    noise = Noise(library.language, random.Random(number))
    for key, ask, _ in track(sorted(hidden), description=f"fold {fold}"):
        for text in (ask, noise.query(ask)):
            if case := case_of(retriever, text, key):
                yield case
    if a.foreign:
        lines = [x.strip() for x in a.foreign.read_text(encoding="utf-8").splitlines() if x.strip()]
        for line in random.Random(number).sample(lines, min(len(lines), len(hidden))):
            if case := case_of(retriever, noise.query(line), ""):
                yield case


def asks_of(library: Library) -> Iterator[tuple[str, str, int]]:
    """Every ask with its record's key and its number, as scripts/train_encoder.py counts them."""
    from knowledge.vietnamese import normalise

    for record in (*library.procedures.values(), *library.contacts.values(), *library.services.values()):
        for i, ask in enumerate(record.asks):
            yield record.key, normalise(ask), i


def names(asks: set[tuple[str, str, int]]) -> set[tuple[str, str]]:
    return {(key, text) for key, text, _ in asks}


def ground_of(rows: list[Passage], library: Library, encoder: Encoder) -> Ground:
    cells = [columns(r.text) for r in rows]
    short = [r.kind in SHORT for r in rows]
    return Ground(
        rows,
        popularity_of(library),
        build_vectors(np.concatenate([encoder.passages([r.text for r in rows[i : i + 4096]]) for i in range(0, len(rows), 4096)])),
        build_lexicon([c for c, s in zip(cells, short, strict=True) if s]),
        build_lexicon([c for c, s in zip(cells, short, strict=True) if not s]),
    )


def blank() -> Ranker:
    n, s = len(FEATURES), len(SIGNALS)
    zeros = np.zeros
    return Ranker(
        zeros(n, np.float32),
        np.ones(n, np.float32),
        zeros((n, HIDDEN), np.float32),
        zeros(HIDDEN, np.float32),
        zeros(HIDDEN + n, np.float32),
        zeros(s, np.float32),
        np.ones(s, np.float32),
        zeros(s + 1, np.float32),
    )


def case_of(retriever: Retriever, text: str, key: str) -> Case | None:
    question: Question = retriever.question(text)
    found = retriever.ground.candidates(question)
    if not len(found.records):
        return None
    keys = [retriever.ground.records[r].key for r in found.records]
    if key and key not in keys:
        return None
    return Case(found.features, keys.index(key) if key else -1, len(question.words))


def reach(cases: list[Case]) -> float:
    inside = [c for c in cases if c.right >= 0]
    return len(inside) / max(len(cases), 1)


def trained(cases: list[Case], a: argparse.Namespace) -> Ranker:
    """Softmax over each question's candidates."""
    inside = [c for c in cases if c.right >= 0]
    everything = np.concatenate([c.features for c in inside])
    mean, scale = everything.mean(0), np.maximum(everything.std(0), 1e-3)
    widest = max(len(c.features) for c in inside)
    x = torch.zeros(len(inside), widest, len(FEATURES))
    mask = torch.full((len(inside), widest), -1e9)
    for i, c in enumerate(inside):
        x[i, : len(c.features)] = torch.from_numpy((c.features - mean) / scale)
        mask[i, : len(c.features)] = 0
    gold = torch.tensor([c.right for c in inside])
    inner = torch.nn.Linear(len(FEATURES), HIDDEN)
    outer = torch.nn.Linear(HIDDEN + len(FEATURES), 1, bias=False)
    torch.nn.init.zeros_(outer.weight)
    optimizer = torch.optim.AdamW([*inner.parameters(), *outer.parameters()], lr=6e-3, weight_decay=0.05)
    for step in track(range(a.steps), description="ranker"):
        for group in optimizer.param_groups:
            group["lr"] = 6e-3 * (1 - step / a.steps)
        pick = torch.randint(len(inside), (512,))
        scores = outer(torch.cat([torch.relu(inner(x[pick])), x[pick]], -1)).squeeze(-1) + mask[pick]
        loss = torch.nn.functional.cross_entropy(scores, gold[pick], label_smoothing=0.0)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return dataclasses.replace(
        blank(),
        mean=mean.astype(np.float32),
        scale=scale.astype(np.float32),
        inner=inner.weight.detach().numpy().T.copy(),
        inner_bias=inner.bias.detach().numpy().copy(),
        outer=outer.weight.detach().numpy()[0].copy(),
    )


def first(ranker: Ranker, cases: list[Case]) -> float:
    inside = [c for c in cases if c.right >= 0]
    return float(np.mean([np.argmax(ranker.scores(c.features)) == c.right for c in inside]))


def calibrated(ranker: Ranker, cases: list[Case]) -> Ranker:
    """A logistic curve: from what is seen of the best record to how often it was the right one."""
    seen, right = [], []
    for c in cases:
        raw = ranker.scores(c.features)
        order = np.argsort(-raw, kind="stable")
        seen.append(signals(c.features, raw, order, c.words))
        right.append(float(order[0] == c.right))
    table = np.stack(seen)
    mean, scale = table.mean(0), np.maximum(table.std(0), 1e-3)
    x, y = torch.from_numpy((table - mean) / scale), torch.tensor(right)
    line = torch.nn.Linear(x.shape[1], 1)
    optimizer = torch.optim.LBFGS(line.parameters(), max_iter=200)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(line(x).squeeze(-1), y)
        loss = loss + 1e-3 * line.weight.square().sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    weights = np.concatenate([line.weight.detach().numpy()[0], line.bias.detach().numpy()])
    return dataclasses.replace(
        ranker,
        signal_mean=mean.astype(np.float32),
        signal_scale=scale.astype(np.float32),
        calibration=weights.astype(np.float32),
    )


if __name__ == "__main__":
    main()
