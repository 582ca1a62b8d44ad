"""What the house says of a story that is being filed: its kind, its urgency, its field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from bot.dialogue.judging import Judge
from bot.dialogue.message import File, MessageClass
from bot.petitions.petition import Kind
from bot.petitions.triage import Found, Triage, triage
from index.passages import RecordKind
from index.retriever import Retriever
from knowledge.library import Library
from knowledge.records import Procedure

# From here on the field of the record that a story is nearest to is taken for the story's.
FIELD_SURE = 0.5
# So much of the three kinds' likelihood one must hold.
KIND_SURE = 0.5


def assessed(filed: File, library: Library, retriever: Retriever, judge: Judge, today: dt.date) -> Triage:
    """By the whole of the story, not by the message that began it."""
    kind = filed.kind.value
    if filed.kind is MessageClass.UNCLEAR:
        kind = _likeliest(judge.message_class(filed.text, library.language)[2])
    procedure = _procedure(filed.text, library, retriever)
    field, key = (procedure.field, procedure.key) if procedure else ("", "")
    return triage(filed.text, Found(kind, field=field, procedure=key), today)


def _procedure(text: str, library: Library, retriever: Retriever) -> Procedure | None:
    """The procedure that the story is about, where one is surely found."""
    hits = retriever.search(text, 3)
    best = next(iter(hits.hits), None)
    if best is None or best.record.kind is not RecordKind.PROCEDURE or hits.confidence < FIELD_SURE:
        return None
    return library.procedure(best.record.key)


def _likeliest(likelihoods: Mapping[str, float]) -> str:
    """Of what is to be filed it is known that it is a petition: the kind that most of the three speaks for, if any."""
    kinds = {k.value: likelihoods.get(k.value, 0.0) for k in Kind if k is not Kind.UNCLEAR}
    best = max(kinds, key=lambda k: kinds[k])
    return best if kinds[best] >= KIND_SURE * sum(kinds.values()) else Kind.UNCLEAR.value
