"""Finding measured: rank at 1, 3 and 10 and mean reciprocal rank, by set, style and field; which siblings are taken for
one another; how often a threshold on the confidence answers wrongly or refuses wrongly.

A question: {"text", "keys", "context", "style", "expected"}; what is expected to be refused counts only in the curve.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from rich.console import Console
from rich.table import Table

from index.retriever import Retriever

console = Console(highlight=False)


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    text: str
    keys: tuple[str, ...]
    style: str
    source: str


@dataclass(frozen=True, slots=True)
class Found:
    """Where the right record stood (0: not among those found), what stood first, and how sure the index was."""

    question: Question
    rank: int
    first: str
    confidence: float
    milliseconds: float


def read_questions(file: Path) -> Iterable[Question]:
    """Questions and golden files alike; a follow-up is asked together with the question before it."""
    if file.suffix == ".yaml":
        for i, row in enumerate(yaml.safe_load(file.read_text(encoding="utf-8"))["golden"]):
            yield Question(f"g{i}", row["ask"], tuple(row["records"]), "golden", file.stem)
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = f"{row['context']}. {row['text']}" if row.get("context") else row["text"]
        keys = tuple(row["keys"]) if row.get("expected", "answer") == "answer" else ()
        yield Question(row["id"], text, keys, row.get("style", ""), file.stem)


def ask(retriever: Retriever, question: Question) -> Found:
    began = time.perf_counter()
    hits = retriever.search(question.text, 10)
    spent = (time.perf_counter() - began) * 1000
    keys = [h.record.key for h in hits.hits]
    rank = next((i for i, k in enumerate(keys, 1) if k in question.keys), 0)
    return Found(question, rank, keys[0] if keys else "", hits.confidence, spent)


def report(found: Sequence[Found], retriever: Retriever) -> None:
    table = Table("", "câu", "@1", "@3", "@10", "MRR", box=None)
    inside = [f for f in found if f.question.keys]
    fields = {k: p.field for k, p in retriever.library.procedures.items()}
    groups: dict[str, list[Found]] = {"tất cả": inside}
    for f in inside:
        groups.setdefault(f"tập {f.question.source}", []).append(f)
        groups.setdefault(f"kiểu {f.question.style}", []).append(f)
    for f in inside:
        groups.setdefault(f"lĩnh vực {fields.get(f.question.keys[0], 'khác')}", []).append(f)
    for name, group in groups.items():
        if group:
            table.add_row(name, str(len(group)), *(f"{x:.3f}" for x in figures(group)))
    console.print(table)
    times = [f.milliseconds for f in found]
    console.print(f"một câu: p50 {np.percentile(times, 50):.2f} ms, p99 {np.percentile(times, 99):.2f} ms")
    confused = Counter((f.question.keys[0], f.first) for f in inside if f.rank != 1)
    for (right, taken), count in confused.most_common(10):
        console.print(f"  nhầm {count}: {right} → {taken}", markup=False)
    curve_table(found)


def show_misses(found: Sequence[Found]) -> None:
    for f in found:
        if f.question.keys and f.rank != 1:
            right = ", ".join(f.question.keys)
            console.print(f"  {f.rank:>2} {f.question.text} → {f.first} (đúng: {right})", markup=False)


def figures(found: Sequence[Found]) -> tuple[float, float, float, float]:
    ranks = np.array([f.rank for f in found])
    at = [float(np.mean((ranks > 0) & (ranks <= n))) for n in (1, 3, 10)]
    return at[0], at[1], at[2], float(np.mean([1 / r if r else 0 for r in ranks]))


def curve(found: Sequence[Found]) -> list[tuple[float, float, float, float]]:
    """(threshold, right questions answered wrongly, right questions refused, foreign questions answered)."""
    inside = [f for f in found if f.question.keys]
    outside = [f for f in found if not f.question.keys]
    points = []
    for threshold in np.linspace(0, 1, 41):
        wrong = np.mean([f.confidence >= threshold and f.rank != 1 for f in inside]) if inside else 0.0
        refused = np.mean([f.confidence < threshold for f in inside]) if inside else 0.0
        foreign = np.mean([f.confidence >= threshold for f in outside]) if outside else 0.0
        points.append((float(threshold), float(wrong), float(refused), float(foreign)))
    return points


def curve_table(found: Sequence[Found]) -> None:
    table = Table("ngưỡng", "trả lời sai", "từ chối nhầm", "ngoài phạm vi mà trả lời", box=None)
    for threshold, wrong, refused, foreign in curve(found)[::4]:
        table.add_row(f"{threshold:.2f}", f"{wrong:.3f}", f"{refused:.3f}", f"{foreign:.3f}")
    console.print(table)


def draw(found: Sequence[Found], file: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    points = curve(found)
    figure, axes = plt.subplots(figsize=(7, 4.5))
    names = ("answered wrongly", "refused wrongly", "foreign but answered")
    for i, name in enumerate(names, 1):
        axes.plot([p[0] for p in points], [p[i] for p in points], label=name)
    axes.set(xlabel="threshold on the confidence", ylabel="share of questions", ylim=(0, 1))
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(file, dpi=110)


def show_difference(here: Sequence[Found], there: Sequence[Found]) -> None:
    changed: Mapping[str, list[str]] = defaultdict(list)
    for a, b in zip(here, there, strict=True):
        if a.rank != b.rank or a.first != b.first:
            better = "tốt hơn" if (a.rank or 99) < (b.rank or 99) else "kém hơn" if a.rank != b.rank else "khác"
            changed[better].append(f"{a.question.text}: {b.rank} {b.first} → {a.rank} {a.first}")
    for kind, lines in changed.items():
        console.print(f"{kind}: {len(lines)}")
        for line in lines:
            console.print(f"  {line}", markup=False)
