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
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from index.encoder import BUNDLED, StaticEncoder, Vectors
from index.evidence import DEPTH, SHORT, Ground
from index.fusion import open_ranker
from index.lexical import build_lexicon, columns, open_lexicon
from index.live import retriever_of
from index.manifest import Manifest
from index.passages import Passage, PassageKind, RecordKind, popularity_of
from index.retriever import Retriever
from index.rows import Layout, read_rows, write_rows
from index.snapshot import Shelf, build, open_generation
from index.vectors import build_vectors, open_vectors
from knowledge.reading import knowledge_folders, read_library
from knowledge.vietnamese import fold, words

Search = Callable[[str], object]
# What must be fast is said of so many passages.
AT = 45_000
OURS = "Một Cửa, trọn một câu"
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    passages: int
    p50: float
    p99: float
    cpu: float
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
        rows = compared(cut(retriever, encoder, AT), encoder, questions) + compared(retriever, encoder, questions)
        if a.million:
            rows.append(million(encoder, a.questions, retriever, Path(scratch) / "million"))
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
    """A full build, then one after 1 of 100 records of the largest folder has changed, the middle one of three."""
    first, full = _built(shelf, folders, encoder)
    shelf.switch(first.name)
    changed = [*folders[:-1], changed_copy(folders[-1], scratch / "changed")]
    second, again = sorted((_built(shelf, changed, encoder) for _ in range(3)), key=lambda b: b[1])[1]
    kept = second.reused / second.counts["passages"]
    return {"full": full, "again": again, "kept": kept, "records": first.counts["procedures"]}


def _built(shelf: Shelf, folders: Sequence[Path], encoder: StaticEncoder) -> tuple[Manifest, float]:
    began = time.perf_counter()
    return build(shelf, folders, encoder), time.perf_counter() - began


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
        "import sys; from pathlib import Path; sys.path.insert(0, 'scripts'); from bench import resident\n"
        "from index.encoder import open_encoder; from index.live import LiveIndex\n"
        "live = LiveIndex(Path(sys.argv[1]), open_encoder())\n"
        "for q in ('làm giấy khai sinh cần gì', 'mat bang lai xe', 'tạm trú bao nhiêu tiền'):\n"
        "    live.retriever().search(q)\n"
        "print(resident())\n"
    )
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code, str(index)], capture_output=True, text=True, check=True, cwd=root
    )
    return float(done.stdout)


def compared(retriever: Retriever, encoder: StaticEncoder, questions: Sequence[str]) -> list[Row]:
    passages = list(retriever.ground.rows)
    rows = [timed(OURS, len(passages), retriever.search, questions)]
    rows.append(timed("rank_bm25 + FAISS flat", len(passages), baseline(passages, encoder), questions[:30]))
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
    spent, worked = [], []
    for question in list(questions) * max(1, 400 // len(questions)):
        began, before = time.perf_counter(), time.process_time()
        search(question)
        spent.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - before) * 1000)
    p50, p99 = np.percentile(spent, [50, 99]).tolist()
    return Row(what, passages, p50, p99, float(np.median(worked)), note)


def cut(retriever: Retriever, encoder: StaticEncoder, count: int) -> Retriever:
    """The same over the first `count` passages."""
    rows = list(retriever.ground.rows)[:count]
    cells = [columns(p.text) for p in rows]
    short = build_lexicon([c for c, p in zip(cells, rows, strict=True) if p.kind in SHORT])
    body = build_lexicon([c for c, p in zip(cells, rows, strict=True) if p.kind not in SHORT])
    vectors = build_vectors(encoder.passages([p.text for p in rows]))
    ground = Ground(rows, popularity_of(retriever.library), vectors, short, body)
    return Retriever(retriever.library, ground, encoder, open_ranker(BUNDLED / "ranker.json"))


def million(encoder: StaticEncoder, questions: Path, retriever: Retriever, folder: Path) -> Row:
    """Made-up rows are written as a generation's are; a process that has done nothing else opens and searches them."""
    folder.mkdir()
    began = time.perf_counter()
    write_rows(folder, made_up(retriever), None, encoder, lambda _what, _done, _of: None)
    spent = time.perf_counter() - began
    code = "import sys; sys.path.insert(0, 'scripts'); import bench; bench.serve_million(sys.argv[1], sys.argv[2])"
    command = [sys.executable, "-c", code, str(folder), str(questions.resolve())]
    root = Path(__file__).resolve().parent.parent
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, cwd=root).stdout)
    note = (
        f"{told['memory']:.1f} GiB; láng giềng gần nhất đúng {told['recall']:.1%} (10 đầu) và {told['deep']:.1%} "
        f"({DEPTH} đầu); cùng bản ghi đầu với tìm vét cạn {told['agreed']:.1%}; dựng {spent:.0f} s"
    )
    return Row("Một Cửa, đoạn tạo ra", MILLION, told["p50"], told["p99"], told["cpu"], note)


def made_up(retriever: Retriever) -> Layout:
    """Rows of words of the real passages in other order, ten a record: a name and nine sections."""
    chance = random.Random(0)
    source = [w for p in chance.sample(list(retriever.ground.rows), 3000) for w in p.text.split()]
    kinds = [PassageKind.NAME, *[PassageKind.SECTION] * 9]
    lines, texts = [], dict[int, str]()
    for record in range(MILLION // 10):
        cells = []
        for kind in kinds:
            start = chance.randrange(len(source) - 40)
            text = f"{' '.join(source[start : start + chance.randrange(6, 30)])} {len(texts)}"
            texts[len(texts)] = text
            cells.append([kind, "", text])
        lines.append(json.dumps([RecordKind.PROCEDURE, f"m{record}", cells], ensure_ascii=False) + "\n")
    short = np.arange(MILLION) % 10 == 0
    return Layout(lines, [10] * len(lines), short, np.full(MILLION, -1, np.int64), texts)


class EveryVector:
    """Reads all vectors, in single precision: what a faster index is held against."""

    def __init__(self, vectors: npt.NDArray[np.float16]) -> None:
        self._vectors = vectors.astype(np.float32)

    def __len__(self) -> int:
        return len(self._vectors)

    def search(self, query: Vectors, most: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        cosines = self._vectors @ query
        best = np.argpartition(-cosines, most)[:most]
        best = best[np.argsort(-cosines[best])]
        return best, cosines[best]

    def save(self, file: Path) -> None:
        np.save(file, self._vectors)


def serve_million(folder: str, questions: str) -> None:
    """In a process of its own: what the search costs, and only then what reading everything would have found."""
    root, encoder = Path(folder), StaticEncoder(BUNDLED)
    asked = [json.loads(x)["text"] for x in Path(questions).read_text(encoding="utf-8").splitlines()]
    lexicons = open_lexicon(root / "short"), open_lexicon(root / "body")
    ground = Ground(read_rows(root), {}, open_vectors(root / "vectors.faiss"), *lexicons)
    retriever = Retriever(read_library(), ground, encoder, open_ranker(BUNDLED / "ranker.json"))
    row = timed("", MILLION, retriever.search, asked)
    told = {"p50": row.p50, "p99": row.p99, "cpu": row.cpu, "memory": resident() / 1024}
    fast, exact = ground.vectors, EveryVector(np.load(root / "vectors.npy"))
    first, shared, deep = [], [], []
    for text in asked:
        query = retriever.question(text).vector
        (found, _), (right, _) = fast.search(query, DEPTH), exact.search(query, DEPTH)
        deep.append(len(np.intersect1d(found, right)) / DEPTH)
        shared.append(len(np.intersect1d(found[:10], right[:10])) / 10)
        keys = []
        for ground.vectors in (fast, exact):
            keys.append([hit.record.key for hit in retriever.search(text, 1)])
        first.append(keys[0] == keys[1])
    measured = {"recall": np.mean(shared), "deep": np.mean(deep), "agreed": np.mean(first)}
    print(json.dumps(told | {name: float(value) for name, value in measured.items()}))


def resident() -> float:
    """Megabytes of this process in memory, those of mapped files too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(x.split()[1]) for x in status.splitlines() if x.startswith("VmRSS")) / 1024


def table(rows: Sequence[Row], built: dict[str, float], memory: float) -> str:
    ours = rows[0]
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    lines = [
        "# Đo tốc độ tìm",
        "",
        f"Bản {commit.stdout.strip()}, {os.cpu_count()} nhân, Python {platform.python_version()}; một lần chạy của "
        "`scripts/bench.py`, cùng câu hỏi, cùng các đoạn. Tỷ lệ là điều đáng tin: lúc đo máy còn việc khác "
        f"(tải trung bình 1, 5, 15 phút: {load}).",
        "",
        "| cách tìm | đoạn | p50 (ms) | p99 (ms) | nhân bận, p50 (ms) | so với Một Cửa | ghi chú |",
        "|---|---|---|---|---|---|---|",
    ]
    for r in rows:
        beside = next((o for o in rows if o.what == OURS and o.passages == r.passages), None)
        ratio = f"{r.p50 / beside.p50:.1f} ×" if beside and r is not beside else ""
        lines.append(f"| {r.what} | {r.passages:,} | {r.p50:.2f} | {r.p99:.2f} | {r.cpu:.2f} | {ratio} | {r.note} |")
    lines += [
        "",
        f"- Dựng đầy đủ {built['records']:,.0f} thủ tục: {built['full']:.1f} s; "
        f"dựng lại khi đổi 1%, giữa ba lần: {built['again']:.1f} s ({built['full'] / built['again']:.1f} × nhanh hơn, "
        f"giữ nguyên {built['kept']:.1%} số đoạn).",
        f"- Bộ nhớ của một tiến trình đang phục vụ: {memory:.0f} MB.",
        f"- Một nhân không bận việc khác trả lời khoảng {1000 / ours.cpu:,.0f} câu mỗi giây ({ours.passages:,} đoạn).",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
