"""Whether others told it before: petitions that are alike in words, near in time and of the same place. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]
# Cosine of the bundled encoder: two tellings of one thing lie at 0.45 to 0.65, of two things under 0.4. Where the
# place is not the same (or not known) only nearly the same words count. The citizen is asked, so a slip does no harm.
ALIKE, ALIKE_ELSEWHERE = 0.50, 0.80
WITHIN = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Told:
    """A petition as it is compared: its code, the encoder's unit vector of its story, where and when."""

    code: str
    vector: Vector
    place: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Likeness:
    code: str
    score: float


def duplicates(new: Told, others: Sequence[Told], limit: int = 5) -> tuple[Likeness, ...]:
    """Petitions that likely tell the same, the likest first: alike in words, not far apart in time, and of the same
    place; where a place is not known, or another, only nearly the same words count."""
    near = [o for o in others if o.code != new.code and abs(new.at - o.at) <= WITHIN]
    if not near:
        return ()
    scores = np.stack([o.vector for o in near]) @ new.vector
    found = [
        Likeness(o.code, round(float(score), 4))
        for o, score in zip(near, scores, strict=True)
        if score >= (ALIKE if new.place and o.place == new.place else ALIKE_ELSEWHERE)
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.code))[:limit])
