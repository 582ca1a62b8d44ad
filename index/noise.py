"""How people spoil a text on a phone: no marks, short forms, a letter too many. Used to train, never to answer."""

from __future__ import annotations

import random
import re

from knowledge.records import Language
from knowledge.vietnamese import fold

LETTERS = "abcdeghiklmnopqrstuvxy"


class Noise:
    def __init__(self, language: Language, chance: random.Random) -> None:
        self.chance = chance
        self.shorter: dict[str, list[str]] = {}
        for expansion in (*language.teencode, *language.abbreviations, *language.regional):
            full = expansion.full.lower()
            if 1 <= full.count(" ") + 1 <= 4:
                self.shorter.setdefault(full, []).append(expansion.short.lower())
        long_first = sorted(self.shorter, key=len, reverse=True)
        self._pattern = re.compile(rf"\b({'|'.join(map(re.escape, long_first))})\b") if long_first else None

    def query(self, text: str) -> str:
        """35 of 100 without marks, some with short forms, some with a slip of the finger or a word less."""
        if self._pattern and self.chance.random() < 0.25:
            text = self._pattern.sub(self._shorten, text)
        if self.chance.random() < 0.12:
            text = self._drop_word(text)
        if self.chance.random() < 0.35:
            text = fold(text)
        return self._slip(text) if self.chance.random() < 0.12 else text

    def passage(self, text: str) -> str:
        return fold(text) if self.chance.random() < 0.15 else text

    def _shorten(self, found: re.Match[str]) -> str:
        full = found.group(1)
        return self.chance.choice(self.shorter[full]) if self.chance.random() < 0.4 else full

    def _drop_word(self, text: str) -> str:
        words = text.split()
        if len(words) > 4:
            words.pop(self.chance.randrange(len(words)))
        return " ".join(words)

    def _slip(self, text: str) -> str:
        """One letter doubled, dropped, replaced or swapped with its neighbour."""
        if len(text) < 6:
            return text
        i = self.chance.randrange(1, len(text) - 2)
        kind = self.chance.randrange(4)
        if kind == 0:
            return text[:i] + text[i] + text[i:]
        if kind == 1:
            return text[:i] + text[i + 1 :]
        if kind == 2:
            return text[:i] + self.chance.choice(LETTERS) + text[i + 1 :]
        return text[:i] + text[i + 1] + text[i] + text[i + 2 :]
