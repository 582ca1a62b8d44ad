"""All plans cut into entries, with their words, ready to be compared; made once for a library."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.dialogue.plans.entries import Entry, Kind, entries_of
from bot.dialogue.plans.naming import bare_body
from bot.dialogue.plans.words import content_words, neighbours, runs_of, terms_of
from knowledge.library import Library
from knowledge.records import Contact, Language, Plan, Procedure, Service, Wordlist
from knowledge.vietnamese import expand, fold, normalise, split
from knowledge.vietnamese.identity import Same

_SCALE = 0.7
# Typed without marks, "bao cao bang van ban" names no place.
_NO_PLACE = tuple(f"báo cáo bằng {how}" for how in ("văn bản", "hình thức", "cách", "miệng", "lời", "thư", "bản"))


@dataclass(frozen=True, slots=True)
class Body:
    """A body that has to do with a plan: its folded name without its place, and the words that name it."""

    name: str
    bare: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Shelf:
    """All entries of all plans, ready to be compared.

    `postings`: which entries hold a term, and how much there. A term is a folded word, two in a row, "=" and a word
    with its marks, or "#" and the number of a legal text.
    """

    plans: Mapping[str, Plan]
    entries: tuple[Entry, ...]
    postings: Mapping[str, Mapping[int, float]]
    weight: Mapping[str, float]
    places: tuple[Wordlist, ...]
    others: tuple[Wordlist, ...]
    bodies: Mapping[str, tuple[Body, ...]]
    acronyms: Mapping[str, str]
    years: Mapping[str, frozenset[int]]
    telling: frozenset[str]
    own_pairs: frozenset[str]
    pairs: frozenset[tuple[str, str]]


def shelf(library: Library) -> Shelf:
    return _shelf(Same(library))


@lru_cache(maxsize=4)
def _shelf(same: Same) -> Shelf:
    library: Library = same.it
    entries = tuple(e for plan in library.plans.values() for e in entries_of(plan))
    postings: dict[str, dict[int, float]] = defaultdict(dict)
    for i, e in enumerate(entries):
        for part, share in ((" ; ".join((*e.bodies, *e.partners)), 0.6), (e.matter, 1.0)):
            text = expand(part, library.language)
            exact = (f"={word}" for word in split(text) if not word.isascii())
            for term in (*terms_of(content_words(text)), *exact):
                postings[term][i] = share
    bodies = {key: tuple(_bodies(plan, library.language)) for key, plan in library.plans.items()}
    places, others = _places(library)
    return Shelf(
        library.plans,
        entries,
        dict(postings),
        {t: max(math.log(len(entries) / len(found)) - _SCALE, 0.0) for t, found in postings.items()},
        places,
        others,
        bodies,
        {
            a: b.bare
            for found in bodies.values()
            for b in found
            for a in _initials(b.words)
            if expand(a, library.language) == a
        },
        {key: frozenset(_years(plan)) for key, plan in library.plans.items()},
        _telling(library, entries),
        _own_pairs(library, entries),
        neighbours(expand(part, library.language) for e in entries for part in (e.matter, *e.bodies)),
    )


def _bodies(plan: Plan, language: Language) -> Iterator[Body]:
    names = [b for t in plan.tasks for b in (*t.lead, *t.cooperating)] + [b for d in plan.reporting for b in d.who]
    for name in dict.fromkeys(names):
        bare = fold(expand(bare_body(name, plan.place, plan.district), language))
        bare = bare.removeprefix("uy ban ") if bare.startswith("uy ban mat tran") else bare
        words = tuple(w for w in re.findall(r"\w+", bare) if w != "va")
        if len(words) > 1 and not re.match(r"(?:cac )?(?:co quan|don vi|nganh|cac nganh)\b", bare):
            yield Body(name, bare, words)


def _initials(words: Sequence[str]) -> Iterator[str]:
    """How a long name is shortened: all its initials, or those of what follows its first word."""
    for start in (0, 1, 2):
        short = "".join(w[0] for w in words[start:])
        if len(short) >= 3 + (start == 2):
            yield short


def _places(library: Library) -> tuple[tuple[Wordlist, ...], tuple[Wordlist, ...]]:
    own: dict[str, list[str]] = defaultdict(list)
    for key, plan in library.plans.items():
        for name in filter(None, (plan.district, plan.place)):
            own[normalise(name)].append(key)
    mine = tuple(Wordlist(n, n, (n,), _NO_PLACE) for n in own)
    names = dict.fromkeys(n for p in library.places.values() for n in (p.name, *p.formed_from))
    others = tuple(Wordlist(n, n, (n,)) for n in names if normalise(n) not in own)
    return mine, others


def _years(plan: Plan) -> Iterator[int]:
    yield plan.year
    dates = (plan.date, *(t.date for t in (*plan.basis, *plan.mentions)), *(t.deadline for t in plan.tasks))
    yield from (d.year for d in dates if d)


def _telling(library: Library, entries: Iterable[Entry]) -> frozenset[str]:
    """Runs of three words that plans say and no procedure, contact or service does."""
    kinds = (Kind.TASK, Kind.CONTENT, Kind.CHANNEL)
    runs = {r for e in entries if e.kind in kinds for r in runs_of(content_words(expand(e.matter, library.language)))}
    runs -= {
        r
        for e in entries
        for b in (*e.bodies, *e.partners)
        for r in runs_of(content_words(expand(b, library.language)))
    }
    for text in _elsewhere(library):
        runs -= set(runs_of(content_words(normalise(text))))
    return frozenset(runs)


def _own_pairs(library: Library, entries: Iterable[Entry]) -> frozenset[str]:
    """Pairs of words ("áp phích", "tổng kết") that plans say and no procedure, contact or service does."""
    kinds = (Kind.TASK, Kind.CONTENT, Kind.CHANNEL, Kind.DUTY)
    found = {p for e in entries if e.kind in kinds for p in _pairs_of(expand(e.matter, library.language))}
    for text in _elsewhere(library):
        found -= set(_pairs_of(expand(normalise(text), library.language)))
    return frozenset(found)


def _pairs_of(text: str) -> Iterator[str]:
    return (t for t in terms_of(content_words(text)) if " " in t)


def _elsewhere(library: Library) -> Iterator[str]:
    others: tuple[Procedure | Contact | Service, ...]
    others = (*library.procedures.values(), *library.contacts.values(), *library.services.values())
    return (text for record in others for text in (record.name, *record.aliases, *record.asks))
