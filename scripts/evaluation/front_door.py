"""Cases are spoken through `python -m bot ask`, the same door as any other program's."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.evaluation.cases import Case, Turn

_SHOWN = 3000
ROOT = Path(__file__).resolve().parents[2]


class DoorClosed(Exception):
    """The bot did not answer every line."""


@dataclass(frozen=True, slots=True)
class Record:
    kind: str
    id: str
    aspects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the door wrote for one turn."""

    behavior: str
    records: tuple[Record, ...]
    text: str
    message_class: str
    urgent: bool
    masked: str
    score: float
    milliseconds: float

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(r.id for r in self.records)

    @property
    def aspects(self) -> frozenset[str]:
        return frozenset(a for r in self.records for a in r.aspects)


def lines_of(cases: Iterable[Case]) -> Iterator[str]:
    """Each case is a conversation of its own."""
    for case in cases:
        for turn in case.turns:
            yield json.dumps({"conversation": f"{case.set}/{case.id}", "text": turn.text}, ensure_ascii=False)


def speak(cases: Sequence[Case], flags: Sequence[str]) -> list[str]:
    """The lines that `python -m bot ask` answers with."""
    command = [sys.executable, "-m", "bot", "ask", *flags]
    asked = list(lines_of(cases))
    done = subprocess.run(command, cwd=ROOT, input="\n".join(asked), capture_output=True, text=True, check=False)
    answered = done.stdout.splitlines()
    if done.returncode or len(answered) != len(asked):
        raise DoorClosed(f"hỏi {len(asked)} câu, được {len(answered)} câu trả lời\n{done.stderr[-_SHOWN:]}")
    sys.stderr.write(done.stderr[-_SHOWN:])  # a turn that failed inside still has its line: it must not go unseen
    return answered


def paired(cases: Sequence[Case], lines: Iterable[str]) -> Iterator[tuple[Case, int, Turn, Answer]]:
    """Every turn with its answer; the number is the turn's place in its conversation."""
    answers = iter(lines)
    for case in cases:
        for number, turn in enumerate(case.turns, 1):
            yield case, number, turn, read_answer(next(answers))


def read_answer(line: str) -> Answer:
    row: dict[str, Any] = json.loads(line)
    return Answer(
        row["behavior"],
        tuple(Record(r["kind"], r["id"], tuple(r["aspects"])) for r in row["records"]),
        row["text"],
        row["class"],
        row["urgent"],
        row["masked"],
        row["score"],
        row["ms"],
    )
