"""A record becomes passages: the short texts that can be found. Nothing here is shown to anyone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from knowledge.library import Library
from knowledge.records import Contact, Place, Plan, Procedure, Service, Status
from knowledge.vietnamese import normalise

LONGEST = 480


class RecordKind(StrEnum):
    PROCEDURE = "procedure"
    ABOLISHED = "abolished"
    PLAN = "plan"
    CONTACT = "contact"
    SERVICE = "service"
    PLACE = "place"


class PassageKind(StrEnum):
    NAME = "name"
    ALIAS = "alias"
    ASK = "ask"
    SECTION = "section"
    CASE = "case"
    TASK = "task"
    CONTENT = "content"


class RecordId(NamedTuple):
    kind: RecordKind
    key: str


@dataclass(frozen=True, slots=True)
class Passage:
    record: RecordId
    kind: PassageKind
    text: str
    part: str = ""


Record = Procedure | Plan | Contact | Service | Place


def records(library: Library) -> Iterator[tuple[RecordId, Record]]:
    """Every record that can be found, in the order of the content."""
    for procedure in library.procedures.values():
        gone = procedure.validity.status is Status.ABOLISHED
        yield RecordId(RecordKind.ABOLISHED if gone else RecordKind.PROCEDURE, procedure.key), procedure
    for kind, others in (
        (RecordKind.PLAN, library.plans),
        (RecordKind.CONTACT, library.contacts),
        (RecordKind.SERVICE, library.services),
        (RecordKind.PLACE, library.places),
    ):
        for key, record in others.items():
            yield RecordId(kind, key), record


def seen_everywhere(library: Library) -> dict[RecordId, list[Record]]:
    """Every record as it holds in the nation and in each place that a folder speaks for."""
    found: dict[RecordId, list[Record]] = {}
    for place in dict.fromkeys(["", *(f.place for f in library.folders)]):
        for record_id, record in records(library.at(place, library.day)):
            seen = found.setdefault(record_id, [])
            if not seen or seen[0] is not record:
                seen.append(record)
    return found


def all_passages(library: Library) -> list[Passage]:
    """The passages of every place, each once, a record's together."""
    return [p for said in seen_everywhere(library).values() for p in passages_of(said)]


def passages_of(said: Sequence[Record]) -> list[Passage]:
    """The passages of one record as it holds in several places, each once."""
    return list(dict.fromkeys(p for record in said for p in passages(record)))


def popularity_of(library: Library) -> dict[RecordId, int]:
    return {RecordId(RecordKind.PROCEDURE, p.key): p.popularity for p in library.procedures.values()}


def passages(record: Record) -> Iterator[Passage]:
    """All passages of one record, each text once a kind."""
    seen: set[tuple[PassageKind, str]] = set()
    for passage in _of(record):
        if passage.text and (passage.kind, passage.text) not in seen:
            seen.add((passage.kind, passage.text))
            yield passage


def _of(record: Record) -> Iterator[Passage]:
    if isinstance(record, Procedure):
        return of_procedure(record)
    if isinstance(record, Plan):
        return of_plan(record)
    if isinstance(record, Place):
        return of_place(record)
    kind = RecordKind.CONTACT if isinstance(record, Contact) else RecordKind.SERVICE
    return of_named(kind, record)


def of_procedure(p: Procedure) -> Iterator[Passage]:
    kind = RecordKind.ABOLISHED if p.validity.status is Status.ABOLISHED else RecordKind.PROCEDURE
    record = RecordId(kind, p.key)
    yield Passage(record, PassageKind.NAME, bare_name(p.name))
    if (core := core_name(p.name)) and p.asks:
        yield Passage(record, PassageKind.NAME, core)
    yield from (Passage(record, PassageKind.ALIAS, normalise(x)) for x in p.aliases)
    yield from (Passage(record, PassageKind.ASK, normalise(x)) for x in p.asks)
    for case in p.cases:
        documents = "; ".join(d.name for d in case.documents)
        yield from _cut(record, PassageKind.CASE, p.name, f"{case.when}: {documents}", case.when)
    for part, text in sections(p):
        yield from _cut(record, PassageKind.SECTION, p.name, text, part)


def sections(p: Procedure) -> Iterator[tuple[str, str]]:
    """The texts of a procedure, by the field they come from; empty ones are left out."""
    texts = {
        "documents": "; ".join(d.name for d in p.documents),
        "steps": " ".join(p.steps),
        "conditions": " ".join(p.conditions),
        "who": "; ".join(p.who),
        "result": "; ".join(p.result),
        "agency": " ".join(filter(None, (p.field, p.agency, p.where))),
        "legal": "; ".join(f"{t.name} {t.number}" for t in p.legal),
        "remarks": " ".join((*p.remarks, *p.notes)),
    }
    return ((part, text) for part, text in texts.items() if text.strip())


def of_plan(plan: Plan) -> Iterator[Passage]:
    record = RecordId(RecordKind.PLAN, plan.key)
    head = f"{plan.place} {plan.year}"
    yield Passage(record, PassageKind.NAME, normalise(plan.name))
    yield from (Passage(record, PassageKind.ALIAS, normalise(x)) for x in plan.aliases)
    for task in plan.tasks:
        text = "; ".join(filter(None, (task.content, task.product, *task.lead, *task.cooperating, task.channel)))
        yield from _cut(record, PassageKind.TASK, head, text, task.id)
    for part in ("purposes", "requirements", "audiences", "contents", "channels", "funding"):
        for i, text in enumerate(getattr(plan, part)):
            yield from _cut(record, PassageKind.CONTENT, head, text, f"{part}.{i}")
    for i, duty in enumerate(plan.reporting):
        text = f"báo cáo {duty.what} {', '.join(duty.who)} gửi {duty.to} {duty.by} {duty.frequency}"
        yield from _cut(record, PassageKind.CONTENT, head, text, f"reporting.{i}")
    for i, law in enumerate((*plan.basis, *plan.mentions)):
        yield from _cut(record, PassageKind.CONTENT, head, f"căn cứ {law.number} {law.name}", f"basis.{i}")


def of_named(kind: RecordKind, c: Contact | Service) -> Iterator[Passage]:
    record = RecordId(kind, c.key)
    yield Passage(record, PassageKind.NAME, normalise(c.name))
    yield from (Passage(record, PassageKind.ALIAS, normalise(x)) for x in c.aliases)
    yield from (Passage(record, PassageKind.ASK, normalise(x)) for x in c.asks)
    yield from _cut(record, PassageKind.SECTION, c.name, c.purpose, "purpose")


def of_place(place: Place) -> Iterator[Passage]:
    record = RecordId(RecordKind.PLACE, place.key)
    yield Passage(record, PassageKind.NAME, normalise(place.name))
    for old in place.formed_from:
        if old != place.name:
            yield Passage(record, PassageKind.ALIAS, normalise(old))


def bare_name(name: str) -> str:
    return re.sub(r"^thủ tục (hành chính )?", "", normalise(name))


def core_name(name: str) -> str:
    """The name without the verb that every procedure has: whoever says "thường trú" means registering it."""
    core = _GENERIC.sub("", bare_name(name), count=1)
    return core if core != bare_name(name) and len(core.split()) <= 6 else ""


_GENERIC = re.compile(
    r"^(?:đăng ký(?: việc| lần đầu)?|cấp mới|cấp(?! lại| đổi| bản)|khai báo|thông báo|giải quyết hưởng|xác nhận)"
    r"(?: hưởng| việc)? "
)


def _cut(record: RecordId, kind: PassageKind, head: str, text: str, part: str) -> Iterator[Passage]:
    """Long texts cut at sentence ends; every piece begins with the record's name, or it could be anyone's."""
    for piece in pieces(normalise(text)):
        yield Passage(record, kind, f"{bare_name(head)}. {piece}", part)


def pieces(text: str, longest: int = LONGEST) -> Iterator[str]:
    """`text` in pieces of at most `longest` characters, cut at sentence ends, else between words."""
    piece = ""
    for sentence in re.split(r"(?<=[.;!?\n])\s+", text.strip()):
        while len(sentence) > longest:
            at = sentence.rfind(" ", 1, longest)
            head, sentence = (sentence[:at], sentence[at + 1 :]) if at > 0 else (sentence[:longest], sentence[longest:])
            if piece:
                yield piece
            piece = head
        if piece and len(piece) + len(sentence) + 1 > longest:
            yield piece
            piece = sentence
        else:
            piece = f"{piece} {sentence}".strip()
    if piece:
        yield piece
