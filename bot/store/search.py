"""Words of petitions, as both engines look for them: folded on both sides, so that marks or none find the same."""

from __future__ import annotations

import re
from typing import Any

from bot.store.connection import SQLITE, Dialect
from knowledge.vietnamese import fold

LONGEST = 200_000
"""So many letters of one petition's papers are searched; the engines have their own limits far above."""
_WORD = re.compile(r"[^\W_]{1,64}")
_PART = re.compile(r'"([^"]*)"|(\S+)')


def searched(text: str) -> str:
    """What is kept of a text for searching: its folded words, parted by blanks."""
    return " ".join(_WORD.findall(fold(text)))[:LONGEST]


def phrases(words: str) -> list[str]:
    """What must all be found; what stands in quotes must stand together."""
    parts = (searched(quoted or single) for quoted, single in _PART.findall(words))
    return list(dict.fromkeys(p for p in parts if p))


def matching(wanted: list[str], dialect: Dialect) -> tuple[str, dict[str, Any]]:
    """SQL for the ids of the petitions that hold all these phrases, with its values."""
    if dialect is SQLITE:
        together = " AND ".join(f'"{p}"' for p in wanted)
        return "select rowid from petition_words_fts where petition_words_fts match :words", {"words": together}
    named = {f"words{i}": p for i, p in enumerate(wanted)}
    query = " && ".join(f"phraseto_tsquery('simple'::regconfig, :{n})" for n in named)
    return f"select id from petition_words where vector @@ ({query})", named
