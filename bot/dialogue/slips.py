"""Slips of the finger, read by what the records and the language pages know."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.dialogue.decision import SURE
from index.passages import PassageKind, RecordId
from index.retriever import EVERY_NAME, Retriever
from knowledge.vietnamese import normalise
from knowledge.vietnamese.identity import Same
from knowledge.vietnamese.slips import Known

if TYPE_CHECKING:
    from bot.dialogue.turn import Turn

SHORTEST, LONGEST, MOST_WORDS = 6, 40, 9
_SHORT = (PassageKind.NAME, PassageKind.ALIAS, PassageKind.ASK)


def known_to(retriever: Retriever) -> Known:
    return _known(Same(retriever.ground), Same(retriever.library.language))


@lru_cache(maxsize=4)
def _known(ground: Same, language: Same) -> Known:
    """Made once for each generation."""
    asked = [row.text for row in ground.it.rows if row.kind in _SHORT]
    lists = (*language.it.aspects, *language.it.follow_ups, *language.it.small_talk, *language.it.common)
    lists = (*lists, *language.it.life_events, *language.it.emergencies, *language.it.nuisances, *language.it.absent)
    told = [phrase for words in lists for phrase in words.phrases]
    short = [t for e in (*language.it.abbreviations, *language.it.english) for t in (e.short, e.full)]
    return Known(map(normalise, (*asked, *told, *short)))


def nearly_named(turn: Turn) -> str:
    """The message with the procedure's name that it misses by a letter ("ho chiu"), where it is short, written without
    marks and names nothing else; "" for none."""
    text = turn.reading.folded
    words = text.split()
    if not turn.message.text.isascii() or len(words) > MOST_WORDS or turn.hits.confidence >= SURE:
        return ""
    known = known_to(turn.retriever)
    found: dict[RecordId, str] = {}
    for size in range(4, 1, -1):
        for said in map(" ".join, zip(*(words[i:] for i in range(size)), strict=False)):
            if len(said) < SHORTEST or known.holds(said):
                continue
            near = process.extract(said, _names(Same(turn.retriever.ground)), scorer=OSA.distance, score_cutoff=1)
            found |= {r: text.replace(said, name) for name, _, _ in near if (r := turn.retriever.exact(name))}
    return next(iter(found.values())) if len(found) == 1 else ""


@lru_cache(maxsize=4)
def _names(ground: Same) -> tuple[str, ...]:
    """Names as people say them: "hộ chiếu", not "cấp hộ chiếu"."""
    names = {_spoken(name) for face in ground.it.faces if face.has_asks for name in face.names}
    return tuple(sorted(name for name in names if " " in name and len(name) < LONGEST))


def _spoken(name: str) -> str:
    return " ".join(w for w in name.replace("ho so", "").split() if w not in EVERY_NAME - {"ho", "so"})
