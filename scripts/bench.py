#!/usr/bin/env python3
"""Time finding, side by side in one run: python scripts/bench.py QUESTIONS [--knowledge DIR]… [--million] [--write OUT]

Ours, against rank_bm25 + FAISS flat with the same encoder, and against sentence-transformers' own semantic_search, on
the same questions and passages. Ratios are what counts; the milliseconds depend on the machine and on the hour.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from index.encoder import BUNDLED, StaticEncoder
from index.evidence import Ground
from index.fusion import open_ranker
from index.lexical import build_lexicon, columns
from index.live import retriever_of
from index.passages import Passage, PassageKind, RecordId, RecordKind
from index.retriever import Retriever
from index.snapshot import Shelf, build, open_generation
from index.vectors import build_vectors
from knowledge.reading import knowledge_folders
from knowledge.vietnamese import fold, words

Search = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    passages: int
    p50: float
    p99: float
    note: str = ""


def main() -> None:
    a = arguments()
    questions = [json.loads(x)["text"] for x in a.questions.read_text(encoding="utf-8").splitlines()]
    encoder = StaticEncoder(BUNDLED)
    folders = knowledge_folders(a.knowledge)
    with tempfile.TemporaryDirectory() as scratch:
        shelf = Shelf(Path(scratch))
        built = build_times(shelf, folders, encoder, Path(scratch))
        retriever = retriever_of(open_generation(shelf, shelf.current(), encoder), encoder)
        memory = serving_memory(Path(scratch))
    rows = compared(retriever, encoder, questions)
    if a.million:
        rows.append(million(encoder, questions, retriever))
    text = table(rows, built, memory)
    print(text)
    if a.write:
        a.write.parent.mkdir(parents=True, exist_ok=True)
        a.write.write_text(text, encoding="utf-8")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--knowledge", type=Path, action="append", default=[], metavar="DIR")
    parser.add_argument("--million", action="store_true", help="also ours alone over 1,000,000 made-up passages")
    parser.add_argument("--write", type=Path)
    return parser.parse_args()


def build_times(shelf: Shelf, folders: Sequence[Path], encoder: StaticEncoder, scratch: Path) -> dict[str, float]:
    """A full build, then one after 1 of 100 records of the largest folder has changed."""
    began = time.perf_counter()
    first = build(shelf, folders, encoder)
    full = time.perf_counter() - began
    shelf.switch(first.name)
    changed = changed_copy(folders[-1], scratch / "changed")
    began = time.perf_counter()
    second = build(shelf, [*folders[:-1], changed], encoder)
    again = time.perf_counter() - began
    kept = second.reused / second.counts["passages"]
    return {"full": full, "again": again, "kept": kept, "records": first.counts["procedures"]}


def changed_copy(folder: Path, target: Path) -> Path:
    target.mkdir()
    for file in folder.rglob("*"):
        if not file.is_file():
            continue
        copy = target / file.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        if file.suffix == ".jsonl":
            for i in range(0, len(lines), 100):
                record = json.loads(lines[i])
                record["steps"] = [*record.get("steps", []), f"Bước thêm số {i}"]
                lines[i] = json.dumps(record, ensure_ascii=False) + "\n"
        copy.write_text("".join(lines), encoding="utf-8")
    return target


def serving_memory(index: Path) -> float:
    """Resident megabytes of a fresh process that serves this index and has answered."""
    code = (
        "import sys, resource\n"
        "from pathlib import Path\n"
        "from index.encoder import open_encoder\n"
        "from index.live import LiveIndex\n"
        "live = LiveIndex(Path(sys.argv[1]), open_encoder())\n"
        "for q in ('làm giấy khai sinh cần gì', 'mat bang lai xe', 'tạm trú bao nhiêu tiền'):\n"
        "    live.retriever().search(q)\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(next(int(x.split()[1]) for x in status.splitlines() if x.startswith('VmRSS')) / 1024)\n"
    )
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code, str(index)], capture_output=True, text=True, check=True, cwd=root
    )
    return float(done.stdout)


def compared(retriever: Retriever, encoder: StaticEncoder, questions: Sequence[str]) -> list[Row]:
    passages = list(retriever.ground.rows)
    rows = [timed("Một Cửa, trọn một câu", len(passages), retriever.search, questions)]
    rows.append(timed("rank_bm25 + FAISS flat", len(passages), baseline(passages, encoder), questions[:60]))
    rows.append(timed("sentence-transformers semantic_search", len(passages), semantic(passages), questions))
    return rows


def baseline(passages: Sequence[Passage], encoder: StaticEncoder) -> Search:
    import faiss
    from rank_bm25 import BM25Okapi

    texts = [p.text for p in passages]
    bm25 = BM25Okapi([words(fold(t)) for t in texts])
    flat = faiss.IndexFlatIP(encoder.card.dimension)
    flat.add(encoder.passages(texts))

    def search(question: str) -> object:
        scores = bm25.get_scores(words(fold(question)))
        return np.argsort(-scores)[:50], flat.search(encoder.queries([question]), 50)

    return search


def semantic(passages: Sequence[Passage]) -> Search:
    import torch
    from sentence_transformers import SentenceTransformer, util

    torch.set_num_threads(2)
    model = SentenceTransformer(str(BUNDLED), device="cpu").float()
    corpus = model.encode([p.text for p in passages], convert_to_tensor=True, batch_size=512)

    def search(question: str) -> object:
        return util.semantic_search(model.encode(question, convert_to_tensor=True), corpus, top_k=50)

    return search


def timed(what: str, passages: int, search: Search, questions: Sequence[str], note: str = "") -> Row:
    for question in questions[:10]:
        search(question)
    spent = []
    for question in list(questions) * max(1, 400 // len(questions)):
        began = time.perf_counter()
        search(question)
        spent.append((time.perf_counter() - began) * 1000)
    return Row(what, passages, float(np.percentile(spent, 50)), float(np.percentile(spent, 99)), note)


def million(encoder: StaticEncoder, questions: Sequence[str], retriever: Retriever, count: int = 1_000_000) -> Row:
    """Made-up records: words of the real passages shuffled, ten passages a record."""
    chance = random.Random(0)
    source = [w for p in chance.sample(list(retriever.ground.rows), 3000) for w in p.text.split()]
    kinds = [PassageKind.NAME, *[PassageKind.SECTION] * 9]
    passages = []
    for i in range(count):
        start = chance.randrange(len(source) - 40)
        text = " ".join(source[start : start + chance.randrange(6, 30)])
        passages.append(Passage(RecordId(RecordKind.PROCEDURE, f"m{i // 10}"), kinds[i % 10], f"{text} {i}"))
    vectors = np.zeros((count, encoder.card.dimension), np.float32)
    for i in range(0, count, 8192):
        vectors[i : i + 8192] = encoder.passages([p.text for p in passages[i : i + 8192]])
    cells = [columns(p.text) for p in passages]
    ground = Ground(
        passages,
        {},
        build_vectors(vectors),
        build_lexicon([c for c, p in zip(cells, passages, strict=True) if p.kind is PassageKind.NAME]),
        build_lexicon([c for c, p in zip(cells, passages, strict=True) if p.kind is not PassageKind.NAME]),
    )
    del vectors, cells
    big = Retriever(retriever.library, ground, encoder, open_ranker(BUNDLED / "ranker.json"))
    memory = next(
        int(x.split()[1]) / 1024 / 1024
        for x in Path("/proc/self/status").read_text().splitlines()
        if x.startswith("VmRSS")
    )
    return timed("Một Cửa, 1.000.000 đoạn tạo ra", count, big.search, questions, f"{memory:.1f} GiB cả tiến trình dựng")


def table(rows: Sequence[Row], built: dict[str, float], memory: float) -> str:
    ours = rows[0]
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    lines = [
        "# Đo tốc độ tìm",
        "",
        f"Bản {commit.stdout.strip()}, {os.cpu_count()} nhân, Python {platform.python_version()}; một lần chạy của "
        "`scripts/bench.py`, cùng câu hỏi, cùng các đoạn.",
        "",
        "| cách tìm | đoạn | p50 (ms) | p99 (ms) | so với Một Cửa | ghi chú |",
        "|---|---|---|---|---|---|",
    ]
    for r in rows:
        ratio = "1" if r is ours else f"{r.p50 / ours.p50:.1f} ×"
        lines.append(f"| {r.what} | {r.passages:,} | {r.p50:.2f} | {r.p99:.2f} | {ratio} | {r.note} |")
    lines += [
        "",
        f"- Dựng đầy đủ {built['records']:,.0f} thủ tục: {built['full']:.1f} s; "
        f"dựng lại khi đổi 1%: {built['again']:.1f} s ({built['full'] / built['again']:.1f} × nhanh hơn, "
        f"giữ nguyên {built['kept']:.1%} số đoạn).",
        f"- Bộ nhớ của một tiến trình đang phục vụ: {memory:.0f} MB.",
        f"- Một nhân trả lời khoảng {1000 / ours.p50:,.0f} câu mỗi giây.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
