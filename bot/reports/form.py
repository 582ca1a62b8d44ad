"""The form of an official document, Phụ lục I of Nghị định 30/2020/NĐ-CP, in the hands of python-docx.

A4; margins 20–25, 20–25, 30–35, 15–20 mm; Times New Roman 13–14; first lines 1–1,27 cm in; both sides even; page
numbers in the middle of the top margin, not on the first page; lines under the motto, the authority and the subject.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table as Grid
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from bot.reports.spelling import day, number, share
from bot.reports.tables import Cell, Column, Form, Table
from bot.wording import reports as say

FONT = "Times New Roman"
PAGE = (Mm(210), Mm(297))
# half a millimetre over the least: Word counts in twentieths of a point and would round 30 mm to 29,99
TOP, BOTTOM, LEFT, RIGHT = Mm(20.5), Mm(20.5), Mm(30.5), Mm(15.5)
WIDTH = Mm(164)
WIDE = Mm(251)
BODY, AFTER_SUBJECT = Pt(14), Pt(14)
SHORT_TABLE = 8
"""Rows of a table that is not to be torn over two pages."""
KEPT_ROWS = 3
"""Rows of a longer one, its head among them, that stay with its title."""
# The mean width of a letter of Times New Roman, in parts of the size: to draw a line under words of unknown width.
_BOLD, _BOLD_CAPITAL = 0.43, 0.58
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")

C, L, R, J = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
# name: size, bold, italic, alignment, space before, after, keep with the next paragraph
STYLES: dict[str, tuple[float, bool, bool, WD_ALIGN_PARAGRAPH, float, float, bool]] = {
    "Quốc hiệu": (12, True, False, C, 0, 0, True),
    "Tiêu ngữ": (13, True, False, C, 0, 0, True),
    "Cơ quan chủ quản": (12, False, False, C, 0, 0, True),
    "Cơ quan ban hành": (12, True, False, C, 0, 0, True),
    "Số ký hiệu": (13, False, False, C, 6, 0, True),
    "Địa danh, ngày": (13, False, True, C, 6, 0, True),
    "Tên loại": (14, True, False, C, 18, 0, True),
    "Trích yếu": (14, True, False, C, 0, 0, True),
    "Kính gửi": (14, False, False, C, 12, 6, False),
    "Nội dung": (14, False, False, J, 0, 6, False),
    "Kết": (14, False, False, J, 0, 6, True),
    "Phần": (14, True, False, J, 6, 6, True),
    "Khoản": (14, True, False, J, 0, 6, True),
    "Tên bảng": (13, True, False, C, 6, 4, True),
    "Tên hình": (13, False, True, C, 0, 8, False),
    "Hình": (13, False, False, C, 6, 2, True),
    "Cách bảng": (6, False, False, L, 0, 0, False),
    "Ô bảng": (11, False, False, L, 1, 1, False),
    "Nơi nhận": (12, True, True, L, 0, 0, True),
    "Nơi nhận, mục": (11, False, False, L, 0, 0, True),
    "Chức vụ": (14, True, False, C, 0, 0, True),
    "Người ký": (14, True, False, C, 0, 0, False),
    "Phụ lục": (14, True, False, C, 0, 0, True),
    "Kèm theo": (14, False, True, C, 0, 6, True),
}
INDENTED = ("Nội dung", "Kết", "Phần", "Khoản")
LINE, SPACE = "Kẻ ngang", "Cách bảng"


def set_up(document: Document) -> None:
    """Page, margins, fonts and styles of an empty document."""
    lay_out(document.sections[0])
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.size = BODY
    _font(normal)
    for name, (size, bold, italic, alignment, before, after, keep) in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)
        style.base_style = normal
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
        _font(style)
        shape = style.paragraph_format
        shape.alignment, shape.space_before, shape.space_after = alignment, Pt(before), Pt(after)
        shape.line_spacing, shape.keep_with_next = 1.0, keep
        shape.first_line_indent = Mm(12.7) if name in INDENTED else None
        shape.widow_control = True
    for name in INDENTED:
        document.styles[name].paragraph_format.line_spacing = 1.1
    _line_style(document)


def lay_out(section: Section, wide: bool = False) -> None:
    short, long = PAGE
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = TOP, BOTTOM, LEFT, RIGHT
    section.header_distance = section.footer_distance = Mm(10)
    number_pages(section)


def number_pages(section: Section) -> None:
    """Arabic, in the middle of the top margin, size 13, from the second page on."""
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    for run in list(paragraph.runs):
        run._r.getparent().remove(run._r)
    paragraph.alignment = C
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def draw_line(paragraph: Paragraph, length: Length, room: Length) -> None:
    """A solid line in the middle of the room: a paragraph of no height with a border below."""
    side = Length(max(0, (room - length) // 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side


def length_of(text: str, size: float) -> Length:
    """About how wide a bold line of these words is."""
    wide = sum(_BOLD_CAPITAL if letter.isupper() else _BOLD for letter in text)
    return Length(round(Pt(size) * wide))


def fit_lines(document: Document) -> None:
    """The lines under the authority and under the subject: 1/3 to 1/2 of the words above; under the motto: as long."""
    for holder, room in ((document.tables[0].rows[0].cells[0], _width(document.tables[0], 0)), (document, WIDTH)):
        above = None
        for paragraph in holder.paragraphs:
            if _styled(paragraph, LINE) and above is not None:
                size = STYLES[above.style.name][0] if above.style and above.style.name in STYLES else 14
                draw_line(paragraph, Length(round(_widest(above.text, size, room) * 0.42)), room)
            above = paragraph


def _widest(text: str, size: float, room: Length) -> Length:
    """How wide the widest line is once the words have been broken to fit the room."""
    return Length(min(max(length_of(line, size) for line in text.splitlines() or [""]), round(room * 0.9)))


def _width(grid: Grid, column: int) -> Length:
    return grid.columns[column].width or WIDTH


def _styled(paragraph: Paragraph, name: str) -> bool:
    return paragraph.style is not None and paragraph.style.name == name


def bare_grid(document: Document, widths: Iterable[Length]) -> Grid:
    """A table without borders, of one row that no page break tears, to set parts side by side."""
    sizes = list(widths)
    grid: Grid = document.add_table(rows=1, cols=len(sizes))
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    _fix(grid, sizes, margin=0)
    _row_marks(grid.rows[0]._tr, "w:cantSplit")
    return grid


def put_table(document: Document, table: Table, room: Length, title: Paragraph) -> None:
    """The table after this paragraph, its title; its first row is repeated on every page."""
    grid = document.add_table(rows=1, cols=len(table.columns))
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    whole = sum(c.width for c in table.columns)
    _fix(grid, [Length(round(room * c.width / whole)) for c in table.columns], margin=55)
    _border(grid)
    for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
        _write(cell, column.heading, C, bold=True)
    _row_marks(grid.rows[0]._tr, "w:tblHeader", "w:cantSplit")
    for n, row in enumerate(table.rows):
        _add_row(grid, table, row, table.total and n == len(table.rows) - 1)
    held = list(grid.rows)[:-1] if len(table.rows) <= SHORT_TABLE else list(grid.rows)[:KEPT_ROWS]
    for paragraph in (p for row in held for cell in row.cells for p in cell.paragraphs):
        paragraph.paragraph_format.keep_with_next = True
    title._p.addnext(grid._tbl)
    _space_after(grid)


def _space_after(grid: Grid) -> None:
    """Two tables in a row would grow together, and text would stick to the last line."""
    space = OxmlElement("w:p")
    grid._tbl.addnext(space)
    paragraph = Paragraph(space, grid._parent)
    paragraph.style = SPACE


def _add_row(grid: Grid, table: Table, row: tuple[Cell, ...], bold: bool) -> None:
    made: _Row = grid.add_row()  # type: ignore[no-untyped-call]
    _row_marks(made._tr, "w:cantSplit")
    for cell, column, value in zip(made.cells, table.columns, row, strict=True):
        _write(cell, spelt(value, column), L if column.form is Form.WORDS else C, bold)


def spelt(value: Cell, column: Column) -> str:
    """A cell as it is read."""
    if value is None:
        return "" if column.heading == say.ORDER else say.NOTHING
    if isinstance(value, str):
        return value
    if column.form is Form.DAY and not isinstance(value, int | float):
        return day(value)
    if column.form is Form.SHARE and isinstance(value, int | float):
        return share(value)
    if isinstance(value, float):
        return number(value, 1)
    return number(value) if isinstance(value, int) else day(value)


def put_picture(paragraph: Paragraph, file: Path, width: Length) -> None:
    paragraph.add_run().add_picture(str(file), width=width)


def add_appendix(document: Document, wide: bool) -> Section:
    """A page of its own for an appendix; its pages are numbered from 1 again."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    lay_out(section, wide)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    section._sectPr.append(start)
    return section


def highlight(paragraphs: Iterable[Paragraph], marks: tuple[str, ...]) -> int:
    """What an officer is still to fill in gets a yellow ground; how many places there are."""
    found = 0
    for paragraph in paragraphs:
        for run in paragraph.runs:
            if any(mark in run.text for mark in marks):
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
                found += 1
    return found


def paragraphs_of(document: Document) -> list[Paragraph]:
    """Those of the body and of its tables."""
    cells = [c for t in document.tables for row in t.rows for c in row.cells]
    return [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]


def retitle(paragraph: Paragraph, text: str, style: str) -> None:
    """Other words in another style, in the same place."""
    for run in list(paragraph.runs):
        run._r.getparent().remove(run._r)
    paragraph.style = style
    if text:
        paragraph.add_run(text)


def new_paragraph(after: Paragraph, text: str, style: str) -> Paragraph:
    made = deepcopy(after._p)
    for child in list(made):
        made.remove(child)
    after._p.addnext(made)
    paragraph = Paragraph(made, after._parent)
    paragraph.style = style
    paragraph.add_run(text)
    return paragraph


def _write(cell: _Cell, text: str, alignment: WD_ALIGN_PARAGRAPH, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Ô bảng"
    paragraph.alignment = alignment
    paragraph.add_run(text).bold = bold or None
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _font(style: ParagraphStyle) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def _line_style(document: Document) -> None:
    style = document.styles.add_style(LINE, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.font.size = Pt(2)
    _font(style)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
    shape.keep_with_next = True
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    style.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _fix(grid: Grid, widths: list[Length], margin: int) -> None:
    """Widths as given, and the cells' inner margins in twentieths of a point."""
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    inner = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        part = OxmlElement(f"w:{side}")
        part.set(qn("w:w"), str(margin))
        part.set(qn("w:type"), "dxa")
        inner.append(part)
    grid._tbl.tblPr.append(inner)


def _border(grid: Grid) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in _SIDES:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    grid._tbl.tblPr.append(borders)


def _row_marks(row: Any, *marks: str) -> None:
    properties = row.get_or_add_trPr()
    for mark in marks:
        properties.append(OxmlElement(mark))
