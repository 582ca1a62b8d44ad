"""Entries as lines to be read: the exact answer first, then what it is about.

Every word is the record's or stands in bot/wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.dialogue.plans.entries import Entry, Kind
from bot.wording import plans as say
from knowledge.vietnamese import fold

_BESIDE = ("chu_tri", "phoi_hop", "thoi_han", "tan_suat", "san_pham", "kenh")


def lines(entry: Entry, asked: Sequence[str]) -> Iterator[str]:
    """The exact answer first, then what it is about."""
    if entry.kind is Kind.TASK:
        yield from _task_lines(entry, asked)
    elif entry.kind is Kind.DUTY:
        yield duty_line(entry)
    elif entry.kind is Kind.LAW:
        yield law_line(entry)
    elif entry.kind is Kind.FACT:
        (aspect,) = entry.fields
        yield f"{say.ASPECTS[aspect]}: {sentence(entry.fields[aspect])}"
    else:
        yield f"{sentence(entry.text, entry.section)}"


def _task_lines(entry: Entry, asked: Sequence[str]) -> Iterator[str]:
    wanted = [a for a in asked if a in entry.fields and a != "noi_dung"]
    first = _labelled(entry, wanted)
    if first:
        yield sentence(first, entry.section)
        yield say.TASK.format(content=sentence(entry.text))
    else:
        yield sentence(entry.text, entry.section)
    rest = _labelled(entry, [a for a in _BESIDE if a in entry.fields and a not in wanted])
    if rest:
        yield sentence(rest)


def _labelled(entry: Entry, aspects: Sequence[str]) -> str:
    return ". ".join(f"{say.ASPECTS[a]}: {entry.fields[a].rstrip('.')}" for a in aspects)


def duty_line(entry: Entry) -> str:
    f = entry.fields
    text = say.REPORT.format(who=f["chu_tri"], to=f["noi_nhan"], what=entry.text) if entry.bodies else entry.text
    if entry.bodies and f["noi_nhan"].startswith("kế hoạch không nêu"):
        text = say.REPORT_NOWHERE.format(who=f["chu_tri"], to=f["noi_nhan"], what=entry.text)
    if by := f.get("thoi_han"):
        text += f"; {say.REPORT_BY.format(by=by)}"
    if often := f.get("tan_suat"):
        text += f"; {say.REPORT_OFTEN.format(frequency=often)}"
    return sentence(text, entry.section)


def law_line(entry: Entry) -> str:
    t = entry.law
    assert t is not None
    number = f", số {t.number}" if t.number else ""
    date = f" ngày {t.date:%d/%m/%Y}" if t.date else ""
    note = t.note or (say.LAW_OF_BASIS if entry.basis else "")
    text = say.LAW.format(name=t.name, number=number, date=date)
    return sentence(f"{text} – {note}" if note else text)


def short_line(entry: Entry) -> str:
    """One line, where many stand below one another."""
    if entry.kind is Kind.LAW:
        return law_line(entry)
    if entry.kind is Kind.DUTY:
        return duty_line(entry)
    when = "; ".join(filter(None, (entry.fields.get("thoi_han", ""), entry.fields.get("tan_suat", ""))))
    text = entry.text.rstrip(".") + (f" – {when}" if when and entry.kind is Kind.TASK else "")
    return sentence(text, entry.section)


def sentence(text: str, section: str = "") -> str:
    text = text.strip()
    where = f" {place_in_plan(section)}" if section else ""
    if where:
        text = text.rstrip(".")
    return f"{text}{where}" + ("" if not where and text[-1:] in ".!?:…" else ".")


def place_in_plan(section: str) -> str:
    template = say.ANNEX if fold(section).startswith("phu luc") else say.SECTION
    return template.format(section=re.sub(r" \((.*?)\)", r", \1", section))
