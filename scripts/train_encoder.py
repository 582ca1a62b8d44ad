#!/usr/bin/env python3
"""Train the bundled sentence encoder: python scripts/train_encoder.py ../shared/corpora --out index/model

A static encoder (one vector per piece of text, averaged) over a Unigram tokenizer whose pieces may span spaces, trained
contrastively on pairs that mean the same: heading → body of legal articles, name → sections of procedures, how people
ask → official name. Seeds are fixed; under 30 minutes on two cores. Figures are printed at the end.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from rich.progress import track
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from index.noise import Noise
from knowledge.reading import CONTENT, read_library
from knowledge.vietnamese import fold, normalise

SECTIONS = ("steps", "documents", "conditions", "result", "legal", "who", "agency")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that mean the same; pairs of one `group` are no negatives of each other."""

    query: str
    passage: str
    group: str


def main() -> None:
    a = arguments()
    random.seed(a.seed)
    np.random.seed(a.seed)
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    began = time.time()
    broad = list(corpus_pairs(a.corpora))
    ours = list(content_pairs(a.without))
    print(f"{len(broad):,} pairs of corpora, {len(ours):,} of our content")
    tokenizer = train_tokenizer(tokenizer_texts(broad, ours, a.corpora), a.vocab)
    noise = Noise(read_library().language, random.Random(a.seed))
    table = torch.nn.EmbeddingBag(tokenizer.get_vocab_size(), a.dim, mode="mean")
    torch.nn.init.normal_(table.weight, std=0.1)
    train(table, tokenizer, lambda n: mixed(broad, ours, n, a.own_share), a.steps, 2e-2, noise, a, "corpora + asks")
    if a.second:
        train(table, tokenizer, lambda n: mixed(broad, ours, n, 0.7), a.second, 4e-3, noise, a, "asks")
    save(table, tokenizer, a)
    print(f"done in {time.time() - began:.0f} s")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--vocab", type=int, default=24_000)
    parser.add_argument("--dim", type=int, default=256)
    parser.add_argument("--steps", type=int, default=1400)
    parser.add_argument("--second", type=int, default=300, help="steps of the second stage")
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--own-share", type=float, default=0.2, help="share of our content's pairs in a batch")
    parser.add_argument("--temperature", type=float, default=20.0)
    parser.add_argument("--without", default="", help="leave out a fold of the asks, as 0/3, to measure honestly")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def read_lines(path: Path) -> Iterator[dict[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def plain(text: str, most: int = 700) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s]+", " ", normalise(text[: most * 2]))).strip()[:most]


def bare_name(name: str) -> str:
    return re.sub(r"^thủ tục (hành chính )?", "", plain(name))


def corpus_pairs(corpora: Path) -> Iterator[Pair]:
    for i, article in enumerate(read_lines(corpora / "legal_articles.jsonl.xz")):
        yield Pair(plain(article["heading"]), plain(article["body"]), f"a{i}")
    for record in read_lines(corpora / "procedures.jsonl.xz"):
        name = bare_name(record["name"])
        for section in SECTIONS:
            body = plain(record.get(section) or "", 1500)
            for start in range(0, len(body), 500):
                if len(part := body[start : start + 500]) > 20:
                    yield Pair(name, part, record["code"])
    for code, old, new in json.loads((corpora / "renamed_procedures.json").read_text(encoding="utf-8")):
        yield Pair(plain(old), plain(new), code)


def content_pairs(without: str = "") -> Iterator[Pair]:
    """Every way of saying a record's name or asking for it, against another way and against its sections."""
    fold_number, folds = (int(x) for x in without.split("/")) if without else (-1, 1)
    library = read_library([CONTENT])
    for p in library.procedures.values():
        asks = [plain(x) for i, x in enumerate(p.asks) if i % folds != fold_number]
        names = [bare_name(p.name), *map(plain, p.aliases)]
        facts = [plain(" ".join([p.name, *(d.name for d in p.documents), *p.steps, *p.result, *p.conditions]))]
        yield from around(asks, names, facts, p.key)
    for c in (*library.contacts.values(), *library.services.values()):
        asks = [plain(x) for i, x in enumerate(c.asks) if i % folds != fold_number]
        yield from around(asks, [plain(c.name), *map(plain, c.aliases)], [plain(f"{c.name} {c.purpose}")], c.key)
    for plan in library.plans.values():
        for task in plan.tasks:
            yield Pair(plain(f"{plan.place} {plan.year} {' '.join(task.lead)}"), plain(task.content), task.id)


def around(asks: list[str], names: list[str], facts: list[str], group: str) -> Iterator[Pair]:
    for i, ask in enumerate(asks):
        for name in (names[0], names[i % len(names)], asks[(i + 1 + i // 3) % len(asks)], facts[0]):
            if name != ask:
                yield Pair(ask, name, group)
    for alias in names[1:]:
        yield Pair(alias, names[0], group)
        yield Pair(alias, facts[0], group)


def tokenizer_texts(broad: list[Pair], ours: list[Pair], corpora: Path) -> list[str]:
    texts = [t for p in random.sample(broad, min(25_000, len(broad))) for t in (p.query, p.passage)]
    everyday = [plain(x) for x in (corpora / "everyday_vi.txt").read_text(encoding="utf-8").splitlines()]
    texts += (everyday + [p.query for p in ours]) * 5
    return texts + [fold(t) for t in texts[::2]]


def train_tokenizer(texts: list[str], vocab: int) -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    trainer = trainers.UnigramTrainer(
        vocab_size=vocab, special_tokens=["[PAD]", "[UNK]"], unk_token="[UNK]", max_piece_length=18
    )
    short = []
    for text in texts:
        words = text.split()
        short += [" ".join(words[i : i + 12]) for i in range(0, min(len(words), 36), 12)]
    random.shuffle(short)
    tokenizer.train_from_iterator(short[:220_000], trainer)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def mixed(broad: list[Pair], ours: list[Pair], size: int, share: float) -> list[Pair]:
    own = min(int(size * share), len(ours))
    return random.sample(broad, size - own) + random.sample(ours, own)


def train(
    table: torch.nn.EmbeddingBag,
    tokenizer: Tokenizer,
    batch: Callable[[int], list[Pair]],
    steps: int,
    rate: float,
    noise: Noise,
    a: argparse.Namespace,
    title: str,
) -> None:
    """In-batch softmax both ways; pairs of one group are masked, so that siblings of one record do not repel."""
    optimizer = torch.optim.Adam(table.parameters(), lr=rate)
    losses: list[float] = []
    for step in track(range(steps), description=title):
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / 100) * (1 - step / steps)
        pairs = batch(a.batch)
        queries = embed(table, tokenizer, [noise.query(p.query) for p in pairs])
        passages = embed(table, tokenizer, [noise.passage(p.passage) for p in pairs])
        scores = queries @ passages.T * a.temperature
        _, groups = np.unique([p.group for p in pairs], return_inverse=True)
        same = torch.from_numpy(groups[:, None] == groups[None, :]) & ~torch.eye(len(pairs), dtype=torch.bool)
        scores = scores.masked_fill(same, -1e4)
        gold = torch.arange(len(pairs))
        cross = torch.nn.functional.cross_entropy
        loss = (cross(scores, gold) + cross(scores.T, gold)) / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    print(f"{title}: loss {np.mean(losses[:50]):.3f} → {np.mean(losses[-50:]):.3f}", flush=True)


def embed(table: torch.nn.EmbeddingBag, tokenizer: Tokenizer, texts: list[str]) -> torch.Tensor:
    ids = [e.ids or [1] for e in tokenizer.encode_batch(texts, add_special_tokens=False)]
    offsets = np.cumsum([0] + [len(i) for i in ids[:-1]])
    flat = torch.from_numpy(np.concatenate([np.asarray(i) for i in ids]))
    return torch.nn.functional.normalize(table(flat, torch.from_numpy(offsets)), dim=-1)


def save(table: torch.nn.EmbeddingBag, tokenizer: Tokenizer, a: argparse.Namespace) -> None:
    """A folder that sentence-transformers opens, in half precision."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding

    module = StaticEmbedding(tokenizer, embedding_weights=table.weight.detach().numpy())
    model = SentenceTransformer(modules=[module], device="cpu").half()
    model.save(str(a.out), create_model_card=False)


if __name__ == "__main__":
    main()
