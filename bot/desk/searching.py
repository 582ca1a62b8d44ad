"""Records for a few typed words, each with its short card: for inline search and pages, without a conversation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.dialogue.answering import compose
from bot.dialogue.decision import Target
from index.passages import RecordKind
from index.retriever import Retriever
from knowledge.library import Library

_KINDS = {RecordKind.PROCEDURE: "procedure", RecordKind.CONTACT: "contact", RecordKind.SERVICE: "service"}
LEAST = 0.1


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """`line`: what it is about, in one line; `text`: the card."""

    kind: str
    id: str
    title: str
    line: str
    text: str


def search(retriever: Retriever, library: Library, words: str, limit: int) -> Iterator[FoundRecord]:
    """The likeliest first; nothing where nothing is near."""
    hits = retriever.search(words, limit * 2)
    if hits.known < LEAST:
        return
    found = 0
    for hit in hits:
        kind = _KINDS.get(hit.record.kind)
        answer = compose(library, Target(kind, hit.record.key, (), "", 1.0)) if kind else None
        if kind and answer and found < limit:
            found += 1
            line = next((x for x in answer.text.split("\n")[1:] if x.strip()), "")
            yield FoundRecord(kind, hit.record.key, answer.mention.name, line, answer.text)
