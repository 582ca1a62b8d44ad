"""Sheets from records. What a record doubts is not printed as sure, and what it withholds is not printed at all: paper
hangs for a year and cannot be called back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from bot.outreach import links
from bot.outreach.paper.sheet import Block, Code, Frame, Group, Hotline, Line, Row, Sheet, SheetKind
from bot.wording import citizens
from bot.wording import outreach as say
from knowledge.library import Library
from knowledge.records import Confidence, Contact, Level, OnlineLevel, Procedure

ROW_VALUE = 90
POPULAR = 8
DEFAULT_HOTLINE = "tong_dai_dvcqg"


class NothingToPrint(ValueError):
    """There is nothing that such a sheet could hold, or no address that its code could lead to; says which."""


def hotline_of(library: Library, key: str = "") -> Hotline | None:
    """The one that is named, else the place's own, else the national portal's; only a verified number."""
    own = [c for c in library.contacts.values() if library.place and c.place == library.place and not c.emergency]
    found: Contact | None = library.contacts.get(key or (own[0].key if own else DEFAULT_HOTLINE))
    return Hotline(found.number, found.name, found.hours) if found and found.number else None


def of_procedure(library: Library, p: Procedure, frame: Frame, number: int = 0) -> Sheet:
    if not p.validity.in_force(library.day):
        raise NothingToPrint(say.NOT_IN_FORCE.format(name=p.name))
    start, path = links.Start(links.of_procedure(library, p), number), links.path_of_procedure(library, p)
    return Sheet(
        SheetKind.PROCEDURE,
        p.name,
        (papers(p), *facts(p)),
        _codes(frame, start, path),
        frame,
        lead=p.field,
        blocks=(Block(say.BLOCK_PAPERS, tuple(_paper_lines(p))), Block(say.BLOCK_FACTS, tuple(facts(p)))),
        source=_source(p, library.day),
        number=number,
    )


def of_field(library: Library, field: str, frame: Frame, number: int = 0) -> Sheet:
    found = _by_use(p for p in library.fields().get(field, ()) if p.validity.in_force(library.day))
    if not found:
        raise NothingToPrint(say.NO_SUCH_FIELD.format(field=field))
    lines = tuple(Line("", p.name) for p in found)
    return Sheet(
        SheetKind.FIELD,
        field,
        lines,
        _codes(frame, links.Start(links.of_field(field), number), links.path_of_field(field)),
        frame,
        lead=say.FIELD_LEAD,
        blocks=_halves(say.BLOCK_FIELD, lines),
        groups=(_group(field, found),),
        source=_read(found, library.day),
        number=number,
    )


def of_one_stop(library: Library, frame: Frame, number: int = 0) -> Sheet:
    """The poster of the counter itself: how to ask."""
    asked = _by_use(p for group in library.fields().values() for p in group if p.validity.in_force(library.day))
    return Sheet(
        SheetKind.ONE_STOP,
        say.ONE_STOP_TITLE,
        tuple(Line(str(i), text) for i, text in enumerate(say.ONE_STOP_LINES, 1)),
        _codes(frame, links.Start(links.BEGIN, number), ""),
        frame,
        lead=say.ONE_STOP_LEAD,
        blocks=(
            Block(say.BLOCK_HOW, tuple(Line(str(i), text) for i, text in enumerate(say.ONE_STOP_LINES, 1))),
            Block(say.BLOCK_POPULAR, tuple(Line("", p.name) for p in asked[:POPULAR])),
        ),
        source=_read(asked, library.day),
        number=number,
    )


def of_all(library: Library, frame: Frame, number: int = 0, level: Level | None = Level.COMMUNE) -> Sheet:
    """Every procedure that is done at this level, by field: what a commune or a hamlet posts up."""
    groups = []
    for field, found in library.fields().items():
        kept = [p for p in found if (not level or level in p.level) and p.validity.in_force(library.day)]
        groups += [_group(field, kept)] if kept else []
    if not groups:
        raise NothingToPrint(say.NOTHING_AT_LEVEL)
    return Sheet(
        SheetKind.ALL,
        say.ALL_TITLE[level.value if level else ""],
        (),
        _codes(frame, links.Start(links.ALL_FIELDS, number), "/linh-vuc"),
        frame,
        lead=say.ALL_LEAD.format(count=sum(len(g.rows) for g in groups)),
        groups=tuple(groups),
        source=f"{say.STAR_MEANS} {_read([p for ps in library.fields().values() for p in ps], library.day)}",
        number=number,
    )


def facts(p: Procedure) -> tuple[Line, ...]:
    """Fee, time, where to hand it in, online."""
    online = p.online
    level = say.ONLINE_SHORT[online.level.value] if online and _printable(p, "online") else ""
    portal = say.AT_PORTAL.format(portal=_host(online.portal)) if online and online.portal else ""
    linked = online is not None and online.level in (OnlineLevel.FULL, OnlineLevel.PARTIAL, OnlineLevel.UNCLEAR)
    said = f"{level}{portal if linked else ''}" if level else say.UNPUBLISHED_HERE
    agency = Line(say.LINE_AGENCY, _value(p, "agency"), _behind(say.LINE_WHERE), weight=1)
    brief = Line(say.LINE_ONLINE, level) if level and linked else _behind(say.LINE_ONLINE)
    return (
        _scannable(say.LINE_FEE, _value(p, "fee")),
        _scannable(say.LINE_TIME, _value(p, "time")),
        Line(say.LINE_WHERE, _value(p, "where"), agency if p.agency else _behind(say.LINE_WHERE)),
        Line(say.LINE_ONLINE, said, brief, weight=1),
    )


def _behind(label: str) -> Line:
    return Line(label, say.SCAN_SHORT, behind=True)


def _scannable(label: str, text: str) -> Line:
    """What people come for: said in full as long as there is any room."""
    return Line(label, text, _behind(label) if len(text) > len(say.SCAN_SHORT) else None, weight=2)


def papers(p: Procedure) -> Line:
    """The papers in one line."""
    count = len(p.documents)
    if not count or not _printable(p, "documents"):
        return Line(say.LINE_PAPERS, say.UNPUBLISHED_HERE)
    more = say.AND_BY_CASE if p.cases else ""
    names = "; ".join(d.name for d in p.documents)
    short = Line(say.LINE_PAPERS, say.PAPERS_COUNTED.format(count=count) + more, _behind(say.LINE_PAPERS))
    full = f"{names}{more}{_doubt(p, 'documents')}"
    return Line(say.LINE_PAPERS, full, short if len(short.text) < len(full) * 0.7 else short.shorter, weight=3)


def _paper_lines(p: Procedure) -> Iterable[Line]:
    if not p.documents or not _printable(p, "documents"):
        yield Line("", say.UNPUBLISHED_HERE)
        return
    for d in p.documents:
        yield Line("", f"{d.name} ({d.copies})" if d.copies else d.name, Line("", d.name))
    if p.cases:
        yield Line("", say.BY_CASE.format(cases="; ".join(c.when for c in p.cases)), Line("", say.BY_CASE_SHORT))
    if "documents" in p.doubts:
        yield Line("", say.ASK_AGAIN)


def _value(p: Procedure, name: str) -> str:
    text = str(getattr(p, name))
    return f"{text}{_doubt(p, name)}" if text and _printable(p, name) else say.UNPUBLISHED_HERE


def _printable(p: Procedure, name: str) -> bool:
    return p.confidence_of(name) is not Confidence.LOW


def _doubt(p: Procedure, name: str) -> str:
    return f" ({say.ASK_AGAIN_SHORT})" if name in p.doubts else ""


def _group(field: str, found: Iterable[Procedure]) -> Group:
    rows = (Row(p.name, _cell(p, "fee"), _cell(p, "time"), p.code) for p in found)
    return Group(field, tuple(rows))


def _cell(p: Procedure, name: str) -> str:
    """A value for a list: whole, or the reader is sent to the code."""
    text = str(getattr(p, name))
    if not text or not _printable(p, name):
        return say.UNPUBLISHED_CELL
    if len(text) > ROW_VALUE:
        return say.SCAN_CELL
    return f"{text}{say.STAR}" if name in p.doubts else text


def _halves(title: str, lines: tuple[Line, ...]) -> tuple[Block, ...]:
    middle = (len(lines) + 1) // 2
    return Block(title, lines[:middle]), Block(say.BLOCK_MORE, lines[middle:])


def _by_use(found: Iterable[Procedure]) -> list[Procedure]:
    """The most used first; equal ones in the order of the content."""
    return sorted(found, key=lambda p: -p.popularity)


def _codes(frame: Frame, start: links.Start, path: str) -> tuple[Code, ...]:
    """The bot first; the web's page where the authority has one."""
    codes = []
    if frame.bot:
        codes.append(Code(links.telegram(frame.bot, start), say.SCAN_BOT, say.SCAN_BOT_HINT))
    if frame.public_url:
        address = links.page(frame.public_url, path or "/", start.poster)
        codes.append(Code(address, say.SCAN_WEB, say.SCAN_WEB_HINT))
    if not codes:
        raise NothingToPrint(say.NO_ADDRESS)
    return tuple(codes)


def _source(p: Procedure, day: dt.date) -> str:
    read = p.sources[0] if p.sources else None
    name = say.PRINT_SOURCE.format(name=read.name, read=read.read) if read else citizens.NO_OFFICIAL_SOURCE
    return f"{name} {say.PRINTED.format(day=f'{day:%d/%m/%Y}')}"


def _read(found: Iterable[Procedure], day: dt.date) -> str:
    days = sorted((s.read for p in found for s in p.sources[:1]), reverse=True)
    name = say.PRINT_SOURCES.format(read=days[0]) if days else citizens.NO_OFFICIAL_SOURCE
    return f"{name} {say.PRINTED.format(day=f'{day:%d/%m/%Y}')}"


def _host(portal: str) -> str:
    return portal.removeprefix("https://").removeprefix("http://").removeprefix("www.").split("/")[0]
