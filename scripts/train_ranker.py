#!/usr/bin/env python3
"""Train the ranker and its calibration: python scripts/train_ranker.py --fold 0/3=DIR --fold 1/3=DIR --fold 2/3=DIR …

Each fold's encoder has not seen that fold's asks (scripts/train_encoder.py --without), and the index that ranks them
does not hold them: so the features are those of a question that nobody has written down. With `--knowledge`, each is
asked twice: of our content alone and with imported records beside it. `--foreign` names a text of everyday sentences
that are about nothing here, from which the calibration learns to refuse.
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

# How often people ask for records of popularity 0 to 3, against one another: every record has about as many asks, so
# without this a rare procedure would be as likely as a birth certificate.
PRIOR = (0.5, 1.0, 2.0, 4.0)
# Golden questions are whole questions that no encoder saw; each counts as three asks.
GOLDEN = 3


@dataclass(frozen=True)
class Case:
    """One question: its candidates' features, which rows are right (none: nothing here answers it), its words."""

    features: Floats
    right: tuple[int, ...]
    words: int

    @property
    def weight(self) -> float:
        if not self.right:
            return 1.0
        return PRIOR[round(float(self.features[self.right[0], FEATURES.index("popularity")]) * 3)]


def main() -> None:
    a = arguments()
    random.seed(a.seed)
    torch.manual_seed(a.seed)
    cases = cases_of([], a) + (cases_of(a.knowledge, a) if a.knowledge else [])
    random.shuffle(cases)
    inside = [c for c in cases if c.right]
    print(f"{len(inside)} questions with a record, {len(cases) - len(inside)} with none or out of reach")
    cut = len(cases) * 9 // 10
    print(f"held out: right record first {first(trained(cases[:cut], a), cases[cut:]):.3f}")
    save_ranker(calibrated(trained(cases, a), cases), a.out)


def cases_of(beside: list[Path], a: argparse.Namespace) -> list[Case]:
    """The same questions, put to our content with what stands beside it."""
    library = read_library(knowledge_folders(beside))
    cases = golden_cases(library, StaticEncoder(a.encoder)) * GOLDEN
    for spec in a.fold:
        fold, folder = spec.split("=", 1)
        cases += fold_cases(library, fold, StaticEncoder(Path(folder)), a)
    return cases


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fold", action="append", required=True, metavar="K/N=DIR")
    parser.add_argument("--knowledge", type=Path, action="append", default=[], metavar="DIR")
    parser.add_argument("--foreign", type=Path, help="one sentence a line, about nothing that is known here")
    parser.add_argument("--encoder", type=Path, default=BUNDLED, help="for the golden questions, which no encoder saw")
    parser.add_argument("--out", type=Path, default=BUNDLED / "ranker.json")
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--decay", type=float, default=0.003)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def golden_cases(library: Library, encoder: Encoder) -> list[Case]:
    """Golden questions, which no encoder saw; and the names by which people call a procedure, each with all its
    aliases taken out of the index, so that the words of the official name count for what they are worth."""
    rows = all_passages(library)
    retriever = Retriever(library, ground_of(rows, library, encoder), encoder, blank())
    cases = [case for g in library.golden if (case := case_of(retriever, g.ask, g.records))]
    rows = [r for r in rows if r.kind is not PassageKind.ALIAS]
    retriever = Retriever(library, ground_of(rows, library, encoder), encoder, blank())
    shipped = [p for p in library.procedures.values() if p.asks]
    return cases + [c for p in shipped for x in p.aliases if (c := case_of(retriever, x, (p.key,)))]


def fold_cases(library: Library, fold: str, encoder: Encoder, a: argparse.Namespace) -> Iterator[Case]:
    number, folds = (int(x) for x in fold.split("/"))
    hidden = {p for p in asks_of(library) if p[2] % folds == number}
    left_out = {(key, text) for key, text, _ in hidden}
    rows = [r for r in all_passages(library) if (r.record.key, r.text) not in left_out]
    retriever = Retriever(library, ground_of(rows, library, encoder), encoder, blank())
    noise = Noise(library.language, random.Random(number))
    for key, ask, _ in track(sorted(hidden), description=f"fold {fold}"):
        for text in (ask, noise.query(ask)):
            if case := case_of(retriever, text, (key,)):
                yield case
    if a.foreign:
        lines = [x.strip() for x in a.foreign.read_text(encoding="utf-8").splitlines() if x.strip()]
        for line in random.Random(number).sample(lines, min(len(lines), len(hidden))):
            if case := case_of(retriever, noise.query(line), ()):
                yield case


def asks_of(library: Library) -> Iterator[tuple[str, str, int]]:
    """Every ask with its record's key and its number, as scripts/train_encoder.py counts them."""
    from knowledge.vietnamese import normalise

    for record in (*library.procedures.values(), *library.contacts.values(), *library.services.values()):
        for i, ask in enumerate(record.asks):
            yield record.key, normalise(ask), i


def ground_of(rows: list[Passage], library: Library, encoder: Encoder) -> Ground:
    cells = [columns(r.text) for r in rows]
    short = [r.kind in SHORT for r in rows]
    return Ground(
        rows,
        popularity_of(library),
        build_vectors(
            np.concatenate([encoder.passages([r.text for r in rows[i : i + 4096]]) for i in range(0, len(rows), 4096)])
        ),
        build_lexicon([c for c, s in zip(cells, short, strict=True) if s]),
        build_lexicon([c for c, s in zip(cells, short, strict=True) if not s]),
    )


def blank() -> Ranker:
    signals_ = len(SIGNALS)
    zeros, ones = np.zeros(signals_ + 1, np.float32), np.ones(signals_, np.float32)
    return Ranker(np.zeros(len(FEATURES), np.float32), zeros[:-1], ones, zeros, zeros)


def case_of(retriever: Retriever, text: str, keys: tuple[str, ...]) -> Case | None:
    question: Question = retriever.question(text)
    found = retriever.ground.candidates(question)
    right = tuple(i for i, r in enumerate(found.records) if retriever.ground.records[r].key in keys)
    return Case(found.features, right, len(question.words)) if len(found.records) else None


def trained(cases: list[Case], a: argparse.Namespace) -> Ranker:
    """Softmax over each question's candidates, weighted by how often such records are asked for."""
    inside = [c for c in cases if c.right]
    everything = np.concatenate([c.features for c in inside])
    mean, scale = everything.mean(0), np.maximum(everything.std(0), 1e-3)
    widest = max(len(c.features) for c in inside)
    x = torch.zeros(len(inside), widest, len(FEATURES))
    mask, gold = torch.full((len(inside), widest), -1e9), torch.zeros(len(inside), widest)
    for i, c in enumerate(inside):
        x[i, : len(c.features)] = torch.from_numpy((c.features - mean) / scale)
        mask[i, : len(c.features)] = 0
        gold[i, list(c.right)] = 1 / len(c.right)
    importance = torch.tensor([c.weight for c in inside])
    weights = torch.zeros(len(FEATURES), requires_grad=True)
    optimizer = torch.optim.Adam([weights], lr=0.03)
    for _ in track(range(a.steps), description="ranker"):
        likely = torch.log_softmax(x @ weights + mask, -1).clamp(min=-50)
        loss = -((gold * likely).sum(-1) * importance).sum() / importance.sum() + a.decay * weights.square().sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    learned = weights.detach().numpy()
    for name, weight in zip(FEATURES, learned, strict=True):
        print(f"  {name}: {weight:+.2f}")
    return dataclasses.replace(blank(), weights=(learned / scale).astype(np.float32))


def first(ranker: Ranker, cases: list[Case]) -> float:
    inside = [c for c in cases if c.right]
    return float(np.mean([int(np.argmax(ranker.scores(c.features))) in c.right for c in inside]))


def calibrated(ranker: Ranker, cases: list[Case]) -> Ranker:
    """Two logistic curves from what is seen of the best record: whether it is right, whether one of five is."""
    seen, right, near, importance = [], [], [], []
    for c in cases:
        raw = ranker.scores(c.features)
        order = np.argsort(-raw, kind="stable")
        seen.append(signals(c.features, raw, order, c.words))
        right.append(float(int(order[0]) in c.right))
        near.append(float(bool(set(order[:5].tolist()) & set(c.right))))
        importance.append(c.weight)
    table = np.stack(seen)
    mean, scale = table.mean(0), np.maximum(table.std(0), 1e-3)
    x = torch.from_numpy((table - mean) / scale)
    weight = torch.tensor(importance)
    return dataclasses.replace(
        ranker,
        signal_mean=mean.astype(np.float32),
        signal_scale=scale.astype(np.float32),
        calibration=curve(x, torch.tensor(right), weight),
        scope=curve(x, torch.tensor(near), weight),
    )


def curve(x: torch.Tensor, y: torch.Tensor, weight: torch.Tensor) -> Floats:
    line = torch.nn.Linear(x.shape[1], 1)
    optimizer = torch.optim.LBFGS(line.parameters(), max_iter=200)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(line(x).squeeze(-1), y, weight)
        loss = loss + 1e-3 * line.weight.square().sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return np.concatenate([line.weight.detach().numpy()[0], line.bias.detach().numpy()]).astype(np.float32)


if __name__ == "__main__":
    main()
