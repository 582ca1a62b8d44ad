"""All of quizzes, contests and surveys in one place of the house."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.desk.certificates import Certificates
from bot.desk.contests import Contests
from bot.desk.playing import Playing
from bot.desk.practice import Practice
from bot.desk.questions import Questions
from bot.desk.transaction import Store
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Quizzes:
    questions: Questions
    contests: Contests
    playing: Playing
    practice: Practice
    certificates: Certificates


def quizzes(
    store: Store,
    library: Callable[[], Library],
    now: Callable[[], dt.datetime],
    authority: str = "",
    address: str = "",
    emblem: Path | None = None,
) -> Quizzes:
    """`address`: of the citizens' web; `emblem`: the authority's own picture, for certificates."""
    playing = Playing(store, library, now)
    certificates = Certificates(playing, authority, address, emblem)
    return Quizzes(
        Questions(store, library, now),
        Contests(store, library, now),
        playing,
        Practice(store, library, now),
        certificates,
    )
