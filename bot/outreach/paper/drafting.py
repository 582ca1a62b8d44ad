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

LONG_NAME = 58
"""A longer official name is set small, under the everyday one."""
ROW_VALUE = 64
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
    everyday = _everyday(p) if len(p.name) > LONG_NAME else ""
    start, path = links.Start(links.of_procedure(library, p), number), links.path_of_procedure(library, p)
    return Sheet(
        SheetKind.PROCEDURE,
        everyday or p.name,
        (_papers(p), *_facts(p)),
        _codes(frame, start, path),
        frame,
        formal=p.name if everyday else "",
        blocks=(Block(say.BLOCK_PAPERS, tuple(_paper_lines(p))), Block(say.BLOCK_FACTS, tuple(_facts(p)))),
        source=_source(p, library.day),
        number=number,
    )


def of_field(library: Library, field: str, frame: Frame, number: int = 0) -> Sheet:
    found = _by_use(p for p in library.fields().get(field, ()) if p.validity.in_force(library.day))
    if not found:
        raise NothingToPrint(say.NO_SUCH_FIELD.format(field=field))
    lines = tuple(Line("", _short_name(p)) for p in found)
    return Sheet(
        SheetKind.FIELD,
        field,
        lines,
        _codes(frame, links.Start(links.of_field(field), number), links.path_of_field(field)),
        frame,
        formal=say.FIELD_LEAD,
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
        formal=say.ONE_STOP_LEAD,
        blocks=(
            Block(say.BLOCK_HOW, tuple(Line(str(i), text) for i, text in enumerate(say.ONE_STOP_LINES, 1))),
            Block(say.BLOCK_POPULAR, tuple(Line("", _short_name(p)) for p in asked[:POPULAR])),
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
        formal=say.ALL_LEAD.format(count=sum(len(g.rows) for g in groups)),
        groups=tuple(groups),
        source=_read([p for found in library.fields().values() for p in found], library.day),
        number=number,
    )


def _facts(p: Procedure) -> tuple[Line, ...]:
    """Fee, time, where to hand it in, online."""
    online = p.online
    level = say.ONLINE_SHORT[online.level.value] if online and _printable(p, "online") else ""
    portal = say.AT_PORTAL.format(portal=_host(online.portal)) if online and online.portal else ""
    linked = online is not None and online.level in (OnlineLevel.FULL, OnlineLevel.PARTIAL, OnlineLevel.UNCLEAR)
    said = f"{level}{portal if linked else ''}" if level else say.UNPUBLISHED_HERE
    agency = Line(say.LINE_AGENCY, _value(p, "agency"))
    where = Line(say.LINE_WHERE, _value(p, "where"), agency if p.agency else None)
    scan = (Line(say.LINE_FEE, say.SCAN_FOR_ALL), Line(say.LINE_TIME, say.SCAN_FOR_ALL))
    return (
        Line(say.LINE_FEE, _value(p, "fee"), scan[0]),
        Line(say.LINE_TIME, _value(p, "time"), scan[1]),
        where,
        Line(say.LINE_ONLINE, said),
    )


def _papers(p: Procedure) -> Line:
    """The papers in one line."""
    count = len(p.documents)
    if not count or not _printable(p, "documents"):
        return Line(say.LINE_PAPERS, say.UNPUBLISHED_HERE)
    more = say.AND_BY_CASE if p.cases else ""
    names = "; ".join(d.name for d in p.documents)
    short = Line(say.LINE_PAPERS, say.PAPERS_COUNTED.format(count=count) + more)
    return Line(say.LINE_PAPERS, f"{names}{more}{_doubt(p, 'documents')}", short)


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


def _everyday(p: Procedure) -> str:
    """What people call it; the shortest of the names that stand first."""
    named = [a for a in p.aliases if 8 <= len(a) <= LONG_NAME and a != a.lower().replace("đ", "d")]
    first = named[0] if named else ""
    return first[:1].upper() + first[1:]


def _short_name(p: Procedure) -> str:
    return (_everyday(p) if len(p.name) > LONG_NAME else "") or p.name


def _group(field: str, found: Iterable[Procedure]) -> Group:
    rows = (Row(p.name, _cell(p, "fee"), _cell(p, "time"), p.code) for p in found)
    return Group(field, tuple(rows))


def _cell(p: Procedure, name: str) -> str:
    """A value for a list: whole, or the reader is sent to the code."""
    text = str(getattr(p, name))
    if not text or not _printable(p, name):
        return say.UNPUBLISHED_CELL
    return text if len(text) <= ROW_VALUE and name not in p.doubts else say.SCAN_CELL


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
