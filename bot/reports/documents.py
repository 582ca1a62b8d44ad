"""A report as an official letter (.docx): the template filled in, tables and charts in their places, appendices."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from bot.reports import form
from bot.reports.figures import Report
from bot.reports.letterhead import Letterhead
from bot.reports.progress import PlanReport
from bot.reports.spelling import day, letter_day, letter_number, moment, period_name, roman
from bot.reports.tables import Table
from bot.reports.template import FOLDER, PETITIONS, PLAN
from bot.wording import reports as say

PICTURE = Mm(140)
LONGEST_LIST = 300
"""Rows of an appendix in print; the spreadsheet has them all."""
LONGEST_NAME = 26
_OF_A_PLACE = re.compile(r" (?=(?:TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU) )")
_MARK = re.compile(r"\s*\[\[(bang|hinh):(\w+)\]\]\s*")
APPENDED, APPENDED_PLAN = ("qua_han", "theo_dia_ban", "thay_doi"), ("nhiem_vu", "nhiem_vu_qua_han")


@dataclass(frozen=True, slots=True)
class Letter:
    """All that one document is made of. `charts`: the PNG of each chart by key, with its title."""

    report: Report
    head: Letterhead
    day: dt.date
    sentences: Mapping[str, Sequence[str]]
    tables: Mapping[str, Table]
    charts: Mapping[str, tuple[str, Path]]
    plan: PlanReport | None = None

    @property
    def appended(self) -> tuple[str, ...]:
        return APPENDED_PLAN if self.plan else APPENDED


def write_letter(letter: Letter, file: Path, templates: Path | None = None) -> Path:
    """`templates`: the authority's own folder; a template that it lacks is taken from ours."""
    document = _filled(letter, templates)
    _place(document, letter)
    for number, table in enumerate(_appendices(letter), 1):
        _append(document, letter, table, number)
    form.fit_lines(document)
    form.highlight(form.paragraphs_of(document), (say.FILL_MARK, say.FILL_TOWN))
    document.core_properties.title = subject(letter)
    document.core_properties.author = letter.head.authority
    document.save(str(file))
    return file


def subject(letter: Letter) -> str:
    """The period is not to be torn over two lines."""
    name = period_name(letter.report.period).replace(" ", "\N{NO-BREAK SPACE}")
    if letter.plan:
        return say.SUBJECT_PLAN.format(plan=letter.plan.plan.name, period=name)
    return say.SUBJECT.format(period=name)


def _filled(letter: Letter, templates: Path | None) -> Document:
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]

    name = PLAN if letter.plan else PETITIONS
    own = templates / name if templates else None
    template = DocxTemplate(str(own if own and own.is_file() else FOLDER / name))
    template.render(_context(letter), autoescape=True)
    document: Document = template.docx
    return document


def _context(letter: Letter) -> dict[str, Any]:
    head = letter.head
    authority = head.authority or _fill(say.FILL_AUTHORITY)
    return {
        "co_quan_chu_quan": _broken(head.superior.upper()),
        "co_quan": authority,
        "co_quan_in_hoa": _broken(head.authority.upper()) or authority,
        "so_ky_hieu": say.NUMBER.format(number=letter_number(head.number) or say.NUMBER_SPACE, symbol=head.symbol),
        "dia_danh_ngay": _place_and_day(letter),
        "trich_yeu": subject(letter),
        "kinh_gui": _addressee(letter),
        "mo_dau": _opening(letter, authority),
        "quyen_han": list(head.capacity),
        "chuc_vu": head.title.upper() or _fill(say.FILL_TITLE),
        "nguoi_ky": head.signer or _fill(say.FILL_SIGNER),
        "noi_nhan": _recipients(head),
        **letter.sentences,
    }


def _broken(name: str) -> str:
    """“ỦY BAN NHÂN DÂN” over “TỈNH CAO BẰNG”: a name too long for its half of the page is broken where one breaks it
    by hand."""
    return _OF_A_PLACE.sub("\n", name, count=1) if len(name) > LONGEST_NAME else name


def _fill(what: str) -> str:
    return say.FILL.format(what=what)


def _place_and_day(letter: Letter) -> str:
    d, m, y = letter_day(letter.day)
    return say.PLACE_DATE.format(town=letter.head.town or say.FILL_TOWN, day=d, month=m, year=y)


def _addressee(letter: Letter) -> str:
    """Whom the plan wants to have the report, and what that body is now; what is in brackets in the plan's record is
    explanation and no name."""
    stated = [d for d in letter.plan.duties if d.to and not d.to.startswith(say.UNNAMED)] if letter.plan else []
    if not stated:
        return ""
    due = min(stated, key=lambda d: abs((d.day - letter.report.period.last).days))
    name, now = due.to.partition(" (")[0], due.successor.partition(" (")[0]
    if now.startswith(say.GONE):
        return _fill(say.ADDRESS_GONE.format(name=name, now=now))
    return say.NOW_CALLED.format(name=name, now=now) if now and now != name else name


def _opening(letter: Letter, authority: str) -> str:
    period = letter.report.period
    dates = {"period": period_name(period), "figures": _figures(letter.report)}
    if not letter.plan:
        return say.OPENING.format(authority=authority, **dates)
    plan = letter.plan.plan
    number = say.PLAN_NUMBER.format(number=plan.number) if plan.number else ""
    return say.OPENING_PLAN.format(plan=plan.name, number=number, authority=authority, **dates)


def _figures(report: Report) -> str:
    """From when to when was counted; a period that is not over says so at once."""
    first = day(report.period.first)
    if report.provisional:
        return say.FIGURES_SO_FAR.format(first=first, moment=moment(report.until))
    return say.FIGURES.format(first=first, last=day(report.period.last))


def _recipients(head: Letterhead) -> list[str]:
    """Each ends with a semicolon, the last one, the archive, with a full stop."""
    named = head.recipients or (_fill(say.FILL_RECIPIENT),)
    return [f"{name.rstrip('.; ')};" for name in named] + [say.ARCHIVE.format(archive=head.archive)]


def _place(document: Document, letter: Letter) -> None:
    """Tables and charts take the places of their marks; a mark without figures goes."""
    tables = charts = 0
    for paragraph in list(document.paragraphs):
        found = _MARK.fullmatch(paragraph.text)
        if not found:
            continue
        kind, key = found[1], found[2]
        table = letter.tables.get(key) if kind == "bang" else None
        if table and table.rows:
            tables += 1
            _put_table(document, paragraph, table, tables)
        elif kind == "hinh" and key in letter.charts:
            charts += 1
            _put_chart(paragraph, *letter.charts[key], charts)
        else:
            paragraph._p.getparent().remove(paragraph._p)


def _put_table(document: Document, paragraph: Paragraph, table: Table, number: int) -> None:
    form.retitle(paragraph, say.TABLE_CAPTION.format(number=number, title=table.title), "Tên bảng")
    form.put_table(document, table, form.WIDTH, paragraph)


def _put_chart(paragraph: Paragraph, title: str, file: Path, number: int) -> None:
    form.retitle(paragraph, "", "Hình")
    form.put_picture(paragraph, file, PICTURE)
    form.new_paragraph(paragraph, say.CHART_CAPTION.format(number=number, title=title), "Tên hình")


def _appendices(letter: Letter) -> Iterable[Table]:
    return [t for key in letter.appended if (t := letter.tables.get(key)) and t.rows]


def _append(document: Document, letter: Letter, table: Table, number: int) -> None:
    form.add_appendix(document, table.wide)
    several = len(list(_appendices(letter))) > 1
    document.add_paragraph(say.APPENDIX.format(number=roman(number)) if several else say.APPENDIX_ONE, "Phụ lục")
    document.add_paragraph(table.title.upper(), "Phụ lục")
    document.add_paragraph(_attached(letter), "Kèm theo")
    if len(table.rows) > LONGEST_LIST:
        document.add_paragraph(say.LIST_CUT.format(rows=len(table.rows), shown=LONGEST_LIST), "Nội dung")
    shown = replace(table, rows=table.rows[:LONGEST_LIST])
    mark = document.add_paragraph("", "Ô bảng")
    form.put_table(document, shown, form.WIDE if table.wide else form.WIDTH, mark)
    mark._p.getparent().remove(mark._p)
    # Word wants a paragraph after a table at the end
    document.add_paragraph("", "Ô bảng")


def _attached(letter: Letter) -> str:
    d, m, y = letter_day(letter.day)
    head = letter.head
    number = letter_number(head.number) or say.NUMBER_SPACE
    authority = head.authority or _fill(say.FILL_AUTHORITY)
    return say.ATTACHED.format(number=number, symbol=head.symbol, day=d, month=m, year=y, authority=authority)
