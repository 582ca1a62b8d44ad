"""Vietnamese as people type it, brought to one spelling: normalise, fold, words, telex, expand, told.

Promises: `normalise` and `fold` change nothing when applied twice and read NFC and NFD alike; no digit is ever lost but
one that stands for a mark ("d9a8ng"); codes such as 1.001193 or 63/2024/NĐ-CP stay whole; `expand` returns at most
GROWTH times its input.
"""

from knowledge.vietnamese.keyboards import telex
from knowledge.vietnamese.phrases import Told, told
from knowledge.vietnamese.short_forms import GROWTH, expand
from knowledge.vietnamese.spelling import fold, normalise, split, words

__all__ = ["GROWTH", "Told", "expand", "fold", "normalise", "split", "telex", "told", "words"]
