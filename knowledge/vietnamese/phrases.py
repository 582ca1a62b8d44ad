"""Which lists of phrases speak in a text, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from knowledge.vietnamese.identity import Same
from knowledge.vietnamese.spelling import FOLDED, WORD, fold, normalise


class Phrased(Protocol):
    """What this module needs of records.Wordlist (which may have `unless`) and records.LifeEvent (which has none)."""

    @property
    def key(self) -> str: ...
    @property
    def phrases(self) -> tuple[str, ...]: ...


_WORDS = re.compile(r"\w+")
_UNSURE_TONE = str.maketrans("ãẵẫẽễĩõỗỡũữỹ", "ảẳẩẻểỉỏổởủửỷ")


@dataclass(frozen=True, slots=True)
class Told:
    """A list that speaks in a text: by which folded phrase, and where in the normalised text."""

    key: str
    phrase: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases by their folded form, each with the ways it is written in full. `openings`: how each begins; a text that
    holds none of them is not searched."""

    pattern: re.Pattern[str]
    written: Mapping[str, Sequence[Sequence[str]]]
    openings: frozenset[str]

    def spans(self, text: str, bare: str) -> Iterator[tuple[int, int]]:
        if self.openings.isdisjoint(_openings_in(bare)):
            return
        for m in self.pattern.finditer(bare):
            typed = text[m.start(1) : m.end(1)].split()
            if any(_may_mean(typed, m[1].split(), meant, _is_marked(text)) for meant in self.written[m[1]]):
                yield m.span(1)


@lru_cache(maxsize=64)
def _openings_in(bare: str) -> frozenset[str]:
    """Every word and every two neighbours, and "" so that a phrase that holds no word is always searched for."""
    words = _WORDS.findall(bare)
    return frozenset((*words, *map(" ".join, zip(words, words[1:], strict=False)), ""))


def _opening(phrase: str) -> str:
    """The first two words, or the only one: they are neighbours in every text that holds the phrase."""
    return " ".join(_WORDS.findall(phrase)[:2])


@lru_cache(maxsize=64)
def _is_marked(text: str) -> bool:
    """Whether this is typed with marks: most Vietnamese words carry one."""
    letters = [w for w in WORD.findall(text) if w.isalpha()]
    return 2 * sum(not w.isascii() for w in letters) >= len(letters)


def _may_mean(typed: Sequence[str], plain: Sequence[str], meant: Sequence[str], marked: bool) -> bool:
    """Words typed without marks may mean any; with marks, only their own ("chạy" is not "cháy"), hỏi and ngã alike.

    Who types marks seldom forgets one: there, at most one word in three is taken for another.
    """
    forgotten = 0
    for word, bare, full in zip(typed, plain, meant, strict=True):
        if word != full and word.translate(_UNSURE_TONE) != full.translate(_UNSURE_TONE):
            if word != bare:
                return False
            forgotten += 1
    return not marked or 3 * forgotten <= len(typed)


@dataclass(frozen=True, slots=True)
class _List:
    """An `unless` that holds a phrase hides that place only ("viện phí" hides "phí"); any other silences the list."""

    said: _Phrases
    hiding: _Phrases
    silencing: _Phrases


@lru_cache(maxsize=1024)
def _list(same: Same) -> _List:
    words: Phrased = same.it
    said = _phrases(words.phrases)
    unless: tuple[str, ...] = getattr(words, "unless", ())
    hiding = [u for u in unless if said.pattern.search(fold(u))]
    return _List(said, _phrases(hiding), _phrases(u for u in unless if u not in hiding))


def _phrases(phrases: Iterable[str]) -> _Phrases:
    written: dict[str, list[list[str]]] = {}
    for phrase in filter(None, map(normalise, phrases)):
        written.setdefault(phrase.translate(FOLDED), []).append(phrase.split())
    either = "|".join(map(re.escape, sorted(written, key=len, reverse=True)))
    # a look-ahead, so that phrases may overlap: "tải mẫu" and "mẫu ở đâu"
    pattern = re.compile(rf"(?<!\w)(?=({either})(?!\w))" if written else r"(?!)")
    return _Phrases(pattern, written, frozenset(map(_opening, written)))


_MANY = 8
"""So many lists are worth an index; fewer are often put together for one text."""


def told(lists: Iterable[Phrased], text: str) -> tuple[Told, ...]:
    """Which of the lists speak in an (expanded) text, in order.

    Of two phrases that overlap, the one that ends later counts, then the longer: "hết bao nhiêu" asks for the fee,
    "hết bao nhiêu ngày" does not. Two of the same list are told as one.
    """
    if isinstance(lists, tuple) and len(lists) >= _MANY:
        return _told_once(Same(lists), text)
    return _told(lists, normalise(text))


@lru_cache(maxsize=256)
def _told_once(same: Same, text: str) -> tuple[Told, ...]:
    """Several rules of one turn ask the same."""
    text = normalise(text)
    index = _index(same)
    at = {number for opening in _openings_in(text.translate(FOLDED)) & index.keys() for number in index[opening]}
    return _told([same.it[number] for number in sorted(at)], text)


def _told(lists: Iterable[Phrased], text: str) -> tuple[Told, ...]:
    bare = text.translate(FOLDED)  # letter for letter, so that places in one are places in the other
    kept: list[Told] = []
    found = [t for words in lists for t in _told_by(words, text, bare)]
    for t in sorted(found, key=lambda t: (-t.end, t.start)):
        if not any(t.start < k.end and k.start < t.end for k in kept):
            kept.append(t)
    kept.sort(key=lambda t: t.start)
    return tuple(_widened(t, found, room) for t, room in zip(kept, (0, *(k.end for k in kept)), strict=False))


def _widened(t: Told, found: Iterable[Told], room: int) -> Told:
    """With what the same list says in words that overlap it: of "ngồi nhà nộp trên mạng" nothing is left over."""
    start = min(f.start for f in found if f.key == t.key and f.end > t.start and room <= f.start <= t.start)
    return t if start == t.start else replace(t, start=start)


@lru_cache(maxsize=256)
def _index(same: Same) -> Mapping[str, Sequence[int]]:
    """By opening, the places of the lists that have a phrase which begins so."""
    index: dict[str, list[int]] = {}
    for number, words in enumerate(same.it):
        for opening in _list(Same(words)).said.openings:
            index.setdefault(opening, []).append(number)
    return index


def _told_by(words: Phrased, text: str, bare: str) -> Iterator[Told]:
    book = _list(Same(words))
    spans = list(book.said.spans(text, bare))
    if not spans or next(book.silencing.spans(text, bare), None):
        return
    hidden = list(book.hiding.spans(text, bare))
    for start, end in spans:
        if not any(begin <= start and end <= stop for begin, stop in hidden):
            yield Told(words.key, bare[start:end], start, end)
