"""What a record says beside its fields' own questions: fines, delays, "may my wife …?". Its own sentences, or that it
says nothing: never a guess, and never a card where one word was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.dialogue.procedure_parts import sentence
from bot.wording import citizens as say
from knowledge.records import Procedure
from knowledge.vietnamese import fold, normalise

# The words by which a record speaks of what it has no field for.
_TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "phat": ("bị phạt", "xử phạt", "phạt tiền", "mức phạt", "cảnh cáo"),
    "tre_han": ("quá hạn", "quá thời hạn", "trễ", "muộn", "nộp chậm", "chậm nộp"),
}
_YES_NO = re.compile(r"\b(?:khong|chua|duoc chu|phai khong|hay khong)\W*$")
_WORD = re.compile(r"\w+")
MOST = 2


def of_unstated(p: Procedure, keys: Sequence[str]) -> tuple[str, ...]:
    """The record's sentences on fines or delays."""
    wanted = [phrase for key in keys for phrase in _TOLD_BY.get(key, ())]
    found = (s for s in rules(p) if any(w in normalise(s) for w in wanted))
    return tuple(dict.fromkeys(found))[:MOST]


def is_yes_no(text: str) -> bool:
    return bool(_YES_NO.search(fold(text)))


def of_words(p: Procedure, words: Sequence[str]) -> tuple[str, ...]:
    """The record's sentences that hold all of these words, or all but one of many."""
    need = len(words) if len(words) <= 3 else len(words) - 1
    scored = []
    for number, text in enumerate(dict.fromkeys(sentences(p))):
        held = set(_WORD.findall(normalise(text)))
        bare = {fold(w) for w in held}
        shared = sum(w in (bare if w.isascii() else held) for w in words)
        if shared >= need:
            scored.append((-shared, number, text))
    return tuple(text for _, _, text in sorted(scored)[:MOST])


def sentences(p: Procedure) -> Iterator[str]:
    """Everything that a record says in sentences of its own."""
    for case in p.cases:
        needed = "; ".join(d.name for d in case.documents) or case.note
        yield sentence(f"{case.when}: {needed}" if needed else case.when)
    for document in p.documents:
        if document.note:
            yield sentence(f"{document.name}: {document.note}")
    yield from rules(p)
    yield from map(sentence, (*p.who, *p.result))
    if p.online and p.online.note:
        yield sentence(p.online.note)
    for way in p.ways:
        if way.note:
            yield sentence(way.note)


def rules(p: Procedure) -> Iterator[str]:
    """What holds for everybody, whatever the case."""
    for text in (*p.conditions, *p.remarks, *p.steps, p.fee, p.time, p.where):
        if text:
            yield sentence(text)


def conditions(p: Procedure) -> tuple[str, ...]:
    return tuple(sentence(c) for c in p.conditions[:4])


def nothing_said(p: Procedure, keys: Sequence[str], hotline: str) -> str:
    """That the record does not say it, and whom to ask."""
    what = ", ".join(say.UNSTATED_NAMES.get(k, say.UNSTATED_THIS) for k in keys) or say.UNSTATED_THIS
    ask = say.NOT_PUBLISHED_ASK.format(you=say.YOU_FIRST, agency=p.agency or say.WHO_TAKES_IT, hotline=hotline)
    return f"{say.UNSTATED.format(what=what)} {ask}"
