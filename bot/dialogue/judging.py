"""What kind of message it is, and which aspects it asks: small classifiers beside the patterns of language.yaml."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.dialogue.message import MessageClass
from index.classifier import Classifier
from index.encoder import Encoder, Vectors
from knowledge.records import Language
from knowledge.vietnamese import Told, fold, told

# The patterns are sure where they speak; the classifier is asked where they are silent.
ASPECT_FROM = 0.5
# "… làm sao, có mất tiền không?" asks for the way as well as for the fee.
_HOW = re.compile(r"\b(?:lam sao|lam the nao|nhu the nao|the nao|ra sao)\b(?=[^\w]*(?:[,.?;]|va |con |voi lai |roi ))")


@dataclass(frozen=True)
class Judge:
    encoder: Encoder
    classes: Classifier
    aspects: Classifier
    urgency: Classifier

    @cached_property
    def _vector(self) -> Callable[[str], Vectors]:
        """A text's vector: the three classifiers of one turn ask for the same."""
        return lru_cache(maxsize=64)(lambda text: self.encoder.queries([text])[0])

    def message_class(self, text: str, language: Language) -> tuple[MessageClass, float, Mapping[str, float]]:
        """The most likely class of an expanded text, how likely, and all of them."""
        found = self.classes.probabilities(text, self._vector(text), language)
        best = max(found, key=lambda label: found[label])
        return MessageClass(best), found[best], found

    def urgent(self, text: str, language: Language) -> float:
        """How likely it is that somebody is in danger now."""
        return self.urgency.probabilities(text, self._vector(text), language)["khan_cap"]

    @staticmethod
    def declared(text: str, language: Language) -> MessageClass | None:
        """The class that a message gives itself ("tôi tố cáo …"), unless it only asks about such a thing."""
        found = told(language.declarations, text)
        return MessageClass(found[0].key) if found else None

    def aspects_of(self, text: str, language: Language) -> tuple[str, ...]:
        """The aspects of an expanded clause, in the order in which they are asked where that is known."""
        said: tuple[Told, ...] = told(language.aspects, text)
        if said:
            keys = tuple(dict.fromkeys(t.key for t in said))
            how = any(not any(t.start <= m.start() < t.end for t in said) for m in _HOW.finditer(fold(text)))
            return ("trinh_tu", *keys) if how and "trinh_tu" not in keys and keys != ("ho_so",) else keys
        likely = self.aspects.probabilities(text, self._vector(text), language)
        best = max(likely, key=lambda label: likely[label])
        return (best,) if likely[best] >= ASPECT_FROM else ()
