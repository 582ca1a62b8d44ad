"""Whole replies measured: verdicts turn by turn, figures by set and style, and what changed since a saved run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from scripts.evaluation.cases import Case, Expected
from scripts.evaluation.front_door import Answer, paired
from scripts.evaluation.marking import Marks, mark, missing

# What each promise is called, and whether it is read as a share or as a count of broken ones.
NAMES: Mapping[str, str] = {
    "record": "bản ghi",
    "first": "đứng đầu",
    "every": "đủ cả hai",
    "aspect": "có mục hỏi",
    "aspect_exact": "không mục thừa",
    "behaviour": "cách xử sự",
    "facts": "đủ dữ kiện",
    "offered": "đủ lựa chọn",
    "contact": "liên hệ",
    "class": "loại tin",
    "class_strict": "loại, chặt",
    "verified": "số chưa kiểm",
    "urgent": "sót khẩn",
    "calm": "khẩn nhầm",
    "masked": "lộ riêng tư",
    "kept": "che nhầm",
    "refused": "ngoài phạm vi",
}
COUNTED = frozenset({"verified", "urgent", "calm", "masked", "kept", "refused"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """One turn as it was asked and answered, and the promises kept or broken."""

    set: str
    id: str
    style: str
    text: str
    marks: Marks
    got: str
    wanted: str
    milliseconds: float

    @property
    def broken(self) -> tuple[str, ...]:
        return tuple(name for name, kept in self.marks.items() if not kept)


def verdicts(cases: Sequence[Case], lines: Iterable[str]) -> Iterator[Verdict]:
    """A verdict for every turn, also for those of which nothing is expected: their time counts."""
    for case, number, turn, answer in paired(cases, lines):
        marks = mark(case.set, turn.expected, answer) if turn.expected else {}
        wanted = _wanted(turn.expected, answer) if turn.expected else ""
        name = case.id if len(case.turns) == 1 else f"{case.id}.{number}"
        told = _with_what_came_before(case, number)
        yield Verdict(case.set, name, case.style, told, marks, _got(answer), wanted, answer.milliseconds)


def _with_what_came_before(case: Case, number: int) -> str:
    return " → ".join(turn.text for turn in case.turns[max(number - 2, 0) : number])


def _got(a: Answer) -> str:
    records = ", ".join(f"{r.id}[{' '.join(r.aspects)}]" if r.aspects else r.id for r in a.records[:4])
    urgent = " KHẨN" if a.urgent else ""
    return f"{a.behavior} {a.message_class}{urgent} {records}".rstrip()


def _wanted(e: Expected, answer: Answer) -> str:
    """What was expected, in short; of the facts only those that are missing."""
    parts: list[Any] = [e.get(k) for k in ("expected", "behavior", "expected_class", "keys", "procedures", "plan")]
    parts += [e.get(k) for k in ("aspect", "aspects", "must_cover", "entry", "also_ok", "must_mask")]
    parts.append([f"thiếu {group[0]}" for group in missing(answer.text, e.get("must_include", ()))])
    return " ".join(p if isinstance(p, str) else json.dumps(p, ensure_ascii=False) for p in parts if p)


def report(found: Sequence[Verdict], console: Console) -> None:
    for name in dict.fromkeys(v.set for v in found):
        group = [v for v in found if v.set == name and v.marks]
        console.print(_table(name, group))
    times = [v.milliseconds for v in found]
    p50, p99 = np.percentile(times, (50, 99))
    console.print(f"{len(times)} lượt: p50 {p50:.1f} ms, p99 {p99:.1f} ms một lượt")


def _table(name: str, group: Sequence[Verdict]) -> Table:
    shown = [n for n in NAMES if any(n in v.marks for v in group)]
    table = Table(name, "lượt", box=None, header_style="bold")
    for promise in shown:
        table.add_column(NAMES[promise], no_wrap=True)
    styles = dict.fromkeys(v.style for v in group if v.style)
    rows = {"tất cả": list(group), **{s: [v for v in group if v.style == s] for s in styles}}
    for title, some in rows.items():
        table.add_row(title, str(len(some)), *(figure(n, some) for n in shown))
    return table


def figure(name: str, group: Sequence[Verdict]) -> str:
    """A share, or for what must never happen how often it did; "–" where nothing in the group speaks of it."""
    kept = [v.marks[name] for v in group if name in v.marks]
    if not kept:
        return "–"
    return f"{len(kept) - sum(kept)}/{len(kept)}" if name in COUNTED else f"{sum(kept) / len(kept):.3f}"


def show_misses(found: Sequence[Verdict], console: Console) -> None:
    for v in found:
        if v.broken:
            console.print(f"{v.id} ({', '.join(v.broken)}) {v.text}", markup=False, soft_wrap=True)
            console.print(f"    được: {v.got}", markup=False, soft_wrap=True)
            console.print(f"    cần:  {v.wanted}", markup=False, soft_wrap=True)


def save(found: Sequence[Verdict], file: Path) -> None:
    rows = [asdict(v) for v in found]
    file.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load(file: Path) -> list[Verdict]:
    return [Verdict(**row) for row in json.loads(file.read_text(encoding="utf-8"))]


def show_changes(before: Sequence[Verdict], now: Sequence[Verdict], console: Console) -> None:
    """Question by question: which promises are kept that were not, and the other way round."""
    for title, lines in changes(before, now).items():
        console.print(f"{title}: {len(lines)}", style="bold")
        for line in lines:
            console.print(f"  {line}", markup=False, soft_wrap=True)


def changes(before: Sequence[Verdict], now: Sequence[Verdict]) -> dict[str, list[str]]:
    old = {(v.set, v.id): v for v in before}
    found: dict[str, list[str]] = {"tốt hơn": [], "kém hơn": [], "khác": [], "mới": []}
    for v in now:
        was = old.get((v.set, v.id))
        if was is None:
            found["mới"].append(f"{v.id} {v.text}")
            continue
        mended = [NAMES[n] for n in was.broken if v.marks.get(n, False)]
        spoilt = [NAMES[n] for n in v.broken if was.marks.get(n, False)]
        line = f"{v.id} {v.text}: {was.got} → {v.got}"
        if mended:
            found["tốt hơn"].append(f"[{', '.join(mended)}] {line}")
        if spoilt:
            found["kém hơn"].append(f"[{', '.join(spoilt)}] {line}")
        if not mended and not spoilt and was.got != v.got:
            found["khác"].append(line)
    return {title: lines for title, lines in found.items() if lines}
