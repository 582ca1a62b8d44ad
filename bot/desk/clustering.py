"""Questions that mean the same lie together, whoever asked them and in whatever order they came. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bot.ledger import Gap
from knowledge.vietnamese import fold

Vectors = npt.NDArray[np.float32]
ALIKE = 0.55
"""Cosine to the middle of a cluster. Of the content's own ways of asking for one procedure four of five lie above it,
of two procedures one in twenty thousand."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """`questions`: as they were asked (masked), the commonest first; `turns`: who asked them, to the store; `askers`:
    how many different people."""

    questions: tuple[str, ...]
    turns: tuple[int, ...]
    askers: int


@dataclass(slots=True)
class _Said:
    """One wording, whoever used it."""

    text: str
    vector: Vectors
    turns: list[int] = field(default_factory=list)
    people: set[str] = field(default_factory=set)


def clusters(gaps: Sequence[Gap], encode: Callable[[Sequence[str]], Vectors]) -> tuple[Cluster, ...]:
    """Ranked by how many different people asked. The same gaps in any order give the same clusters."""
    groups: list[list[_Said]] = []
    middles: list[Vectors] = []
    for said in _wordings(gaps, encode):
        nearest = int(np.argmax([m @ said.vector / np.linalg.norm(m) for m in middles])) if middles else -1
        if nearest >= 0 and middles[nearest] @ said.vector / np.linalg.norm(middles[nearest]) >= ALIKE:
            groups[nearest].append(said)
            middles[nearest] = middles[nearest] + said.vector
        else:
            groups.append([said])
            middles.append(said.vector)
    found = [_cluster(group) for group in groups]
    return tuple(sorted(found, key=lambda c: (-c.askers, -len(c.turns), c.questions)))


def _wordings(gaps: Sequence[Gap], encode: Callable[[Sequence[str]], Vectors]) -> list[_Said]:
    """The commonest first; alike but for case and marks is one wording. Questions that were forgotten are left out."""
    kept = sorted((g for g in gaps if g.question.strip()), key=lambda g: (g.question, g.turn))
    by_form: dict[str, _Said] = {}
    for gap in kept:
        said = by_form.setdefault(" ".join(fold(gap.question).split()), _Said(gap.question, np.zeros(0, np.float32)))
        said.turns.append(gap.turn)
        said.people.add(gap.conversation or f"turn:{gap.turn}")
    found = sorted(by_form.values(), key=lambda s: (-len(s.people), s.text))
    for said, vector in zip(found, encode([s.text for s in found]) if found else (), strict=True):
        said.vector = vector
    return [s for s in found if s.vector.any()]


def _cluster(group: Sequence[_Said]) -> Cluster:
    people = set[str]().union(*(s.people for s in group))
    return Cluster(tuple(s.text for s in group), tuple(sorted(t for s in group for t in s.turns)), len(people))
