"""The sentences that a record says, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bot.dialogue.procedure_parts import case_line, doubt_of, sentence
from bot.wording import citizens as say
from knowledge.records import Document, Procedure


def cases(p: Procedure) -> Iterator[str]:
    yield from map(case_line, p.cases)


def papers(p: Procedure) -> Iterator[str]:
    yield from map(paper, p.documents)


def paper(d: Document) -> str:
    return sentence(f"{d.name}: {d.note}" if d.note else d.name)


def _ways(p: Procedure) -> Iterator[str]:
    yield from (sentence(f"{str(w.by).capitalize()}: {w.note}") for w in p.ways if w.note)


def _online(p: Procedure) -> Iterator[str]:
    if p.online and p.online.note:
        yield sentence(f"{say.ASPECTS['truc_tuyen']}: {p.online.note}")


def _texts(field: str) -> Callable[[Procedure], Iterable[str]]:
    def said(p: Procedure) -> Iterator[str]:
        value = getattr(p, field)
        yield from (sentence(t) for t in ((value,) if isinstance(value, str) else value) if t)

    return said


# The sentences of each field of a record: first what holds for everybody, whatever the case.
_RULES = {f: _texts(f) for f in ("conditions", "remarks", "steps", "fee", "time", "where")}
SAID_IN: Mapping[str, Callable[[Procedure], Iterable[str]]] = {
    **_RULES,
    "who": _texts("who"),
    "result": _texts("result"),
    "cases": cases,
    "documents": papers,
    "online": _online,
    "ways": _ways,
}


def sentences(p: Procedure) -> Iterator[str]:
    """Everything that a record says in sentences of its own."""
    for said in SAID_IN.values():
        yield from said(p)


def rules(p: Procedure) -> Iterator[str]:
    """What holds for everybody, whatever the case."""
    for said in _RULES.values():
        yield from said(p)


def conditions(p: Procedure) -> tuple[str, ...]:
    return tuple(sentence(c) for c in p.conditions)


def field_of(p: Procedure, line: str) -> str:
    """The field of the record that says a line, or part of which it is; "" where none does."""
    bare = line.rstrip(".").lower()
    return next((field for field, said in SAID_IN.items() if any(bare in text.lower() for text in said(p))), "")


def doubt(p: Procedure, lines: Sequence[str]) -> str:
    """What is doubtful of the fields that say these lines."""
    return doubt_of(p, [field for line in lines if (field := field_of(p, line))])
