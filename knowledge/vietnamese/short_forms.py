"""Short forms, teencode and regional words written out; their neighbours decide what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from knowledge.vietnamese.identity import Same
from knowledge.vietnamese.keyboards import telex
from knowledge.vietnamese.spelling import WORD, fold, folded, normalise

GROWTH = 12


class ShortForm(Protocol):
    """What this module needs of records.Expansion (it stands beside records and imports nothing of the house)."""

    @property
    def short(self) -> str: ...
    @property
    def full(self) -> str: ...
    @property
    def near(self) -> tuple[str, ...]: ...


class Vocabulary(Protocol):
    """What this module needs of records.Language."""

    @property
    def abbreviations(self) -> Sequence[ShortForm]: ...
    @property
    def teencode(self) -> Sequence[ShortForm]: ...
    @property
    def regional(self) -> Sequence[ShortForm]: ...
    @property
    def english(self) -> Sequence[ShortForm]: ...


_UNITS = frozenset({"k", "kg", "m", "h", "t", "tr", "g", "l", "đ", "d"})


@dataclass(frozen=True, slots=True)
class _Short:
    text: str
    full: str
    near: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Book:
    """Short forms by their first word, the longest first, those with a context before the one without."""

    by_word: Mapping[str, tuple[_Short, ...]]
    default: Mapping[str, str]


@lru_cache(maxsize=8)
def _book(same: Same) -> _Book:
    language: Vocabulary = same.it
    by_word: dict[str, list[_Short]] = {}
    for e in (*language.abbreviations, *language.teencode, *language.regional, *language.english):
        short = _short(e)
        if short.text:
            by_word.setdefault(WORD.findall(short.text)[0], []).append(short)
    default = {s.text: s.full for shorts in by_word.values() for s in shorts if not s.near}
    return _Book(
        {w: tuple(sorted(s, key=lambda short: (-len(short.text), not short.near))) for w, s in by_word.items()}, default
    )


def _short(e: ShortForm) -> _Short:
    text, full = normalise(e.short), normalise(e.full)
    return _Short(text if full and WORD.search(text) else "", full, frozenset(fold(n) for n in e.near))


def expand(text: str, language: Vocabulary) -> str:
    """The normalised text with typing leftovers mended and short forms written out.

    A short form is compared as written (so "má" is not "ma"), the longest first, and with `near` only directly beside
    one of those words. Passes are repeated, since one short form may be the context of the next ("bn dc k").
    """
    text = normalise(text)
    book, limit = _book(Same(language)), GROWTH * len(text)
    for _ in range(6):
        longer = _expanded(text, book, limit)
        if longer == text:
            break
        text = longer
    return text


def _expanded(text: str, book: _Book, limit: int) -> str:
    tokens = list(WORD.finditer(text))
    out: list[str] = []
    at, room, i = 0, limit - len(text), 0
    while i < len(tokens):
        token = tokens[i]
        end, full = _written_out(text, tokens, i, book)
        room -= len(full) - (end - token.start())
        if room < 0:
            break
        out += (text[at : token.start()], full)
        at = end
        while i < len(tokens) and tokens[i].start() < end:
            i += 1
    return normalise("".join(out) + text[at:]) if out else text


def _written_out(text: str, tokens: Sequence[re.Match[str]], i: int, book: _Book) -> tuple[int, str]:
    token = tokens[i]
    start, end = token.span()
    shorts = book.by_word.get(token[0])
    if not shorts:
        return end, telex(token[0])
    before = tokens[i - 1][0] if i else ""
    for short in shorts:
        stop = start + len(short.text)
        if not text.startswith(short.text, start) or (stop != end and not _ends_a_word(text, stop)):
            continue
        if short.text in _UNITS and before[-1:].isdigit():
            break
        after = next((t[0] for t in tokens[i + 1 :] if t.start() >= stop), "") if short.near else ""
        if not short.near or short.near & {*_faces(before, book, -1), *_faces(after, book, 0)}:
            return stop, short.full
    return end, token[0]


def _ends_a_word(text: str, at: int) -> bool:
    return at == len(text) or not (text[at].isalnum() or text[at] == "_")


def _faces(word: str, book: _Book, edge: int) -> Iterator[str]:
    """A neighbour as it may be meant: the word itself, the edge of what it is short for, "0" for any number."""
    if word:
        if word[0].isdigit():
            yield "0"
        yield folded(word)
        if word in book.default:
            yield folded(book.default[word].split()[edge])
