"""What a message says, before anything is looked up: aspects, marks of a follow-up, places, years, choices, codes.

Everything that is recognised stands in knowledge/content/language.yaml; here are only the rules that combine it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.dialogue.message import Option
from knowledge.library import Library
from knowledge.records import Language, Wordlist
from knowledge.vietnamese import Told, expand, fold, normalise, told

LONGEST = 2000
PETITION_CODE = re.compile(r"\bpa[\s-]?(\d{4})[\s-]?(\d{1,6})(?:[\s-]?([a-z]))?\b", re.I)
YEAR = re.compile(r"(?<![\d/.])(20\d\d)(?![\d/])")
_BREAK = re.compile(r"[.?!;\n]+|,| và | với lại | rồi | còn | với ")


@dataclass(frozen=True, slots=True)
class Clause:
    """One question of a message. `subject`: what remains when aspects, marks and fillers are taken away."""

    text: str
    aspects: tuple[str, ...]
    subject: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as understood. `marks`, `talk`: keys of language.yaml; `choice`: which option was chosen, from 1."""

    text: str
    folded: str
    clauses: tuple[Clause, ...]
    aspects: tuple[str, ...]
    plan_aspects: tuple[str, ...]
    marks: frozenset[str]
    talk: tuple[str, ...]
    emergencies: tuple[str, ...]
    events: tuple[str, ...]
    provinces: tuple[str, ...]
    years: tuple[int, ...]
    petition_code: str = ""

    @property
    def subject(self) -> str:
        return " ".join(c.subject for c in self.clauses).strip()


def read(text: str, library: Library) -> Reading:
    language = library.language
    clean = expand(normalise(text[:LONGEST]), language)
    folded = fold(clean)
    aspects = told(language.aspects, clean)
    code = PETITION_CODE.search(text)
    return Reading(
        text=clean,
        folded=folded,
        clauses=_clauses(clean, aspects, language),
        aspects=_keys(aspects),
        plan_aspects=_keys(told(language.plan_aspects, clean)),
        marks=frozenset(_keys(told(language.follow_ups, clean))),
        talk=_keys(told(language.small_talk, clean)),
        emergencies=_keys(told(language.emergencies, clean)),
        events=_keys(told(language.life_events, clean)),
        provinces=_provinces(folded, library),
        years=tuple(dict.fromkeys(int(y) for y in YEAR.findall(clean))),
        petition_code=_spelled(code) if code else "",
    )


def choice(text: str, options: Sequence[Option], marks: frozenset[str]) -> Option | None:
    """The option that a short answer means: its number, its ordinal, or words that only its label holds."""
    if not options:
        return None
    bare = fold(text).strip(" .,!?)(")
    if number := re.fullmatch(r"(?:so |cau |muc |chon |cai )?(?:so )?(\d)(?: nhe| a| di| nha)?", bare):
        at = int(number.group(1))
        return options[at - 1] if 1 <= at <= len(options) else None
    for mark in marks:
        if mark.startswith("so_") and len(bare.split()) <= 6:
            at = len(options) if mark == "so_cuoi" else int(mark[3:])
            return options[at - 1] if at <= len(options) else None
    return _by_label(bare, options)


def _by_label(bare: str, options: Sequence[Option]) -> Option | None:
    asked = set(bare.split())
    if not asked or len(asked) > 7:
        return None
    options = [o for o in options if not o.id.startswith(("f:", "fb:")) or fold(o.label) == bare]
    if not options:
        return None
    labels = [set(re.findall(r"\w+", fold(o.label))) for o in options]
    if exact := [o for o, label in zip(options, labels, strict=True) if label == asked]:
        return exact[0]
    scores = [len(asked & label) / len(asked) for label in labels]
    best = max(scores)
    winners = [o for o, s in zip(options, scores, strict=True) if s == best]
    return winners[0] if best >= 0.99 and len(winners) == 1 else None


def subject_of(text: str, spans: Iterable[Told]) -> str:
    """The text, folded, without what only tells how it is asked."""
    letters = list(text)
    for t in spans:
        letters[t.start : t.end] = " " * (min(t.end, len(letters)) - t.start)
    return " ".join(re.findall(r"[\w.&/-]*\w", fold("".join(letters))))


def _clauses(text: str, aspects: Sequence[Told], language: Language) -> tuple[Clause, ...]:
    """A message is parted where two different aspects are asked with a break between them; else it is one clause."""
    cuts = [0]
    for before, after in zip(aspects, aspects[1:], strict=False):
        if before.key == after.key:
            continue
        if breaks := list(_BREAK.finditer(text, before.end, after.start)):
            cuts.append(breaks[0].end())
    cuts.append(len(text))
    aside = (*told(language.follow_ups, text), *told(language.fillers, text), *told(_courtesies(language), text))
    clauses = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        own = [t for t in aspects if start <= t.start < end]
        inside = [
            Told(t.key, t.phrase, max(t.start, start) - start, min(t.end, end) - start)
            for t in (*own, *aside)
            if t.end > start and t.start < end
        ]
        if part := text[start:end].strip():
            clauses.append(Clause(part, _keys(own), subject_of(text[start:end], inside)))
    return tuple(clauses)


def _courtesies(language: Language) -> tuple[Wordlist, ...]:
    """Courtesies around a question are no subject of it."""
    return tuple(w for w in language.small_talk if w.key in ("chao", "cam_on", "tam_biet"))


def _keys(found: Iterable[Told]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t.key for t in found))


def _spelled(code: re.Match[str]) -> str:
    year, number, check = code.groups()
    return f"PA-{year}-{int(number):06d}{f'-{check.upper()}' if check else ''}"


def _provinces(folded: str, library: Library) -> tuple[str, ...]:
    """Provinces named by an old or new name, longest names first; a short nickname counts only as a word of its own."""
    found: dict[int, str] = {}
    for name, key in library.province_names():
        for m in re.finditer(rf"\b{re.escape(name)}\b", folded):
            if not any(m.start() <= at < m.end() for at in found):
                found[m.start()] = key
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))


def wordlist(lists: Iterable[Wordlist], key: str) -> Wordlist | None:
    return next((w for w in lists if w.key == key), None)
