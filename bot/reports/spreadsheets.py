"""The data behind each table: .xlsx with one sheet a table, .csv one file a table. Words never become formulas."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.reports.periods import Period
from bot.reports.spelling import day, moment, period_name
from bot.reports.tables import Cell, Column, Form, Table
from bot.wording import reports as say

FORMATS = {Form.COUNT: "#,##0", Form.HOURS: "#,##0.0", Form.SHARE: "0.0%", Form.DAY: "dd/mm/yyyy", Form.WORDS: "@"}
WIDTHS = {Form.WORDS: 44, Form.COUNT: 14, Form.HOURS: 16, Form.SHARE: 12, Form.DAY: 13}
LONGEST_SHEET_NAME = 31
HEAD = 4
"""The row of the headings, which stays in sight."""
FONT = "Times New Roman"
_THIN = Side(style="thin")
FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
# What a spreadsheet takes for the beginning of a formula, also when the cell comes from a text file.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_workbook(tables: Iterable[Table], period: Period, file: Path, until: dt.datetime | None = None) -> Path:
    """`until`: up to when a period that is not over was counted."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet: Worksheet = book.create_sheet(sheet_name(table))
        _sheet(sheet, table, period, until)
    book.save(file)
    return file


def write_texts(tables: Iterable[Table], folder: Path) -> list[Path]:
    """UTF-8 with a byte order mark, since spreadsheets take a file without one for an old encoding."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for table in tables:
        file = folder / f"{sheet_name(table)}.csv"
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow([c.heading for c in table.columns])
            writer.writerows([plain(v, c) for v, c in zip(row, table.columns, strict=True)] for row in table.rows)
        made.append(file)
    return made


def sheet_name(table: Table) -> str:
    """Short, and the same each time, so that one workbook can be held against another."""
    return say.SHEETS.get(table.key, table.key)[:LONGEST_SHEET_NAME]


def harmless(text: str) -> str:
    """With an apostrophe before what would be taken for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def plain(value: Cell, column: Column) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, int | float):
        return round(value, 4)
    return day(value)


def _dates(period: Period, until: dt.datetime | None) -> str:
    if until is not None and until < period.end:
        return say.SHEET_DATES_SO_FAR.format(first=day(period.first), moment=moment(until))
    return say.SHEET_DATES.format(first=day(period.first), last=day(period.last))


def _sheet(sheet: Worksheet, table: Table, period: Period, until: dt.datetime | None) -> None:
    title = sheet.cell(1, 1, say.SHEET_HEAD.format(title=table.title, period=period_name(period)))
    title.font = Font(name=FONT, size=14, bold=True)
    dates = sheet.cell(2, 1, _dates(period, until))
    dates.font = Font(name=FONT, size=12, italic=True)
    for at, column in enumerate(table.columns, 1):
        _heading(sheet, at, column)
    for down, row in enumerate(table.rows, HEAD + 1):
        bold = table.total and down == len(table.rows) + HEAD
        for at, (value, column) in enumerate(zip(row, table.columns, strict=True), 1):
            _put(sheet, (down, at), value, column, bold)
    _pages(sheet, table)


def _heading(sheet: Worksheet, at: int, column: Column) -> None:
    cell = sheet.cell(HEAD, at, column.heading)
    cell.font, cell.border = Font(name=FONT, size=12, bold=True), FRAME
    cell.fill = PatternFill("solid", fgColor="E7E6E6")
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.column_dimensions[get_column_letter(at)].width = 6 if column.heading == say.ORDER else WIDTHS[column.form]


def _put(sheet: Worksheet, at: tuple[int, int], value: Cell, column: Column, bold: bool) -> None:
    cell = sheet.cell(*at)
    cell.value = value
    if isinstance(value, str):
        # a string stays a string: the type is set, and the quote mark keeps it so when someone edits it
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA)
    else:
        cell.number_format = FORMATS[column.form]
    cell.font, cell.border = Font(name=FONT, size=12, bold=bold), FRAME
    cell.alignment = Alignment(wrap_text=column.form is Form.WORDS, vertical="top")


def _pages(sheet: Worksheet, table: Table) -> None:
    sheet.freeze_panes = f"A{HEAD + 1}"
    sheet.page_setup.orientation = "landscape" if table.wide or len(table.columns) > 7 else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
