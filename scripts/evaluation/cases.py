"""Question files become cases: what is said, in which conversation, and what is expected of each turn.

A set is told by what its rows hold, not by its file's name: questions (`keys`), plans (`plan`), contacts (`entry`),
triage (`expected_class`), dialogue (`turns`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Expected = Mapping[str, Any]


class UnknownSet(Exception):
    """A row that no set of ours looks like."""


@dataclass(frozen=True, slots=True)
class Turn:
    """`expected` is None where the turn only leads up to the next one."""

    text: str
    expected: Expected | None


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation of a set."""

    set: str
    id: str
    style: str
    turns: tuple[Turn, ...]


_MARKS = {
    "turns": "dialogue",
    "expected_class": "triage",
    "entry": "contacts",
    "plan": "plans",
    "keys": "questions",
}


def read_cases(file: Path) -> Iterator[Case]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            row = json.loads(line)
            name = next((s for mark, s in _MARKS.items() if mark in row), "")
            if not name:
                raise UnknownSet(f"{file}:{number}: không rõ thuộc bộ nào (cần một trong: {', '.join(_MARKS)})")
            yield _case(name, row)


def _case(name: str, row: dict[str, Any]) -> Case:
    if name == "dialogue":
        turns = tuple(Turn(t, e) for t, e in zip(row["turns"], row["expected"], strict=True))
    else:
        before = (Turn(row["context"], None),) if row.get("context") else ()
        turns = (*before, Turn(row["text"], row))
    return Case(name, row["id"], row.get("style") or row.get("kind") or "", turns)
