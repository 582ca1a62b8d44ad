"""Slips of the finger ("khai sihn", "cancuoc"): mended only where what is known leaves one reading.

A word that could be a Vietnamese syllable, or that is known, is never changed; any other becomes the one known word a
letter away, or the two known words written together, that stand beside its neighbour in what is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.vietnamese.spelling import FOLDED, WORD
from knowledge.vietnamese.syllables import SYLLABLE, TONED

SHORTEST, LONGEST = 4, 14
_BARE = re.compile(SYLLABLE.pattern.translate(FOLDED))


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether a word, with its marks or without any, is written like a syllable."""
    letters = "".join(TONED[c][0] if c in TONED else c for c in word)
    return bool(SYLLABLE.fullmatch(letters) or (word.isascii() and _BARE.fullmatch(word)))


class Known:
    """The folded words that are known, and which of them stand side by side."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._pairs: set[tuple[str, str]] = set()
        for text in texts:
            words = WORD.findall(text.translate(FOLDED))
            self._words.update(words)
            self._pairs.update(zip(words, words[1:], strict=False))
        self._spelt = sorted(w for w in self._words if w.isalpha() and len(w) >= SHORTEST - 1)
        self._near = lru_cache(maxsize=4096)(self._found_near)

    def holds(self, text: str) -> bool:
        """Whether all neighbours in a folded text are known as neighbours."""
        words = WORD.findall(text)
        return all(pair in self._pairs for pair in zip(words, words[1:], strict=False))

    def mend(self, text: str) -> str:
        """The normalised text with its slips mended."""
        found = list(WORD.finditer(text))
        words = [m[0] for m in found]
        strange = [i for i, word in enumerate(words) if self._is_strange(word)]
        for i in reversed(strange):
            if meant := self._meant(words, i):
                words[i] = meant
                text = text[: found[i].start()] + meant + text[found[i].end() :]
        return text

    def _is_strange(self, word: str) -> bool:
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or is_syllable(word):
            return False
        return word.translate(FOLDED) not in self._words

    def _meant(self, words: Sequence[str], i: int) -> str:
        before = words[i - 1].translate(FOLDED) if i else ""
        after = words[i + 1].translate(FOLDED) if i + 1 < len(words) else ""
        near, parted = self._near(words[i].translate(FOLDED))
        fitting = [w for w in near if (before, w) in self._pairs or (w, after) in self._pairs] or parted
        return fitting[0] if len(fitting) == 1 else ""

    def _found_near(self, word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The known words a letter away, and the known neighbours that were written together."""
        near = process.extract(word, self._spelt, scorer=OSA.distance, score_cutoff=1, limit=None)
        cuts = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
        return tuple(w for w, _, _ in near), tuple(" ".join(cut) for cut in cuts if cut in self._pairs)
