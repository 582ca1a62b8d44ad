"""What kind of message it is, and which aspects it asks: small classifiers beside the patterns of language.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.dialogue.message import MessageClass
from index.classifier import Classifier
from index.encoder import Encoder
from knowledge.records import Language
from knowledge.vietnamese import Told, told

# The patterns are sure where they speak; the classifier is asked where they are silent.
ASPECT_FROM = 0.5


@dataclass(frozen=True)
class Judge:
    encoder: Encoder
    classes: Classifier
    aspects: Classifier

    def message_class(self, text: str, language: Language) -> tuple[MessageClass, float, Mapping[str, float]]:
        """The most likely class of an expanded text, how likely, and all of them."""
        found = self.classes.probabilities(text, self.encoder.queries([text])[0], language)
        best = max(found, key=lambda label: found[label])
        return MessageClass(best), found[best], found

    def aspects_of(self, text: str, language: Language) -> tuple[str, ...]:
        """The aspects of an expanded clause, in the order in which they are asked where that is known."""
        said: tuple[Told, ...] = told(language.aspects, text)
        if said:
            return tuple(dict.fromkeys(t.key for t in said))
        likely = self.aspects.probabilities(text, self.encoder.queries([text])[0], language)
        best = max(likely, key=lambda label: likely[label])
        return (best,) if likely[best] >= ASPECT_FROM else ()
