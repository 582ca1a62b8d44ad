"""Makes the templates of the two reports. What stands in them an authority may change in its own copy: words, order,
styles; `{{ … }}` are filled in by docxtpl, and a paragraph that is just `[[bang:KEY]]` or `[[hinh:KEY]]` becomes that
table or chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.shared import Mm
from docx.table import _Cell

from bot.reports import form
from bot.wording import reports as say

PETITIONS, PLAN = "bao-cao-phan-anh.docx", "bao-cao-ke-hoach.docx"
FOLDER = Path(__file__).parent / "templates"
LEFT_HALF, RIGHT_HALF = Mm(74), Mm(90)
SIGNATURE_SPACE = 5
# (style, words): "Nội dung" paragraphs with a loop become as many as there are sentences
Part = tuple[str, str]


def make_templates(folder: Path = FOLDER) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    return [
        _make(folder / PETITIONS, say.TEMPLATE_PETITIONS),
        _make(folder / PLAN, say.TEMPLATE_PLAN),
    ]


def _make(file: Path, parts: Sequence[Part]) -> Path:
    document = docx.Document()
    form.set_up(document)
    _head(document)
    for style, words in (("Tên loại", say.KIND_OF_LETTER), ("Trích yếu", "{{ trich_yeu }}")):
        document.add_paragraph(words, style)
    line = document.add_paragraph("", form.LINE)
    line.paragraph_format.space_after = form.AFTER_SUBJECT
    for words in ("{%p if kinh_gui %}", say.TO_WHOM, "{%p endif %}"):
        document.add_paragraph(words, "Kính gửi")
    for style, words in parts:
        _add(document, style, words)
    document.add_paragraph("", "Kết")
    _foot(document)
    document.core_properties.title = say.KIND_OF_LETTER
    document.core_properties.author = ""
    document.save(str(file))
    return file


def _add(document: Document, style: str, words: str) -> None:
    if not style:
        before, inner, after = f"{{%p for cau in {words} %}}", "{{ cau }}", "{%p endfor %}"
        for line in (before, inner, after):
            document.add_paragraph(line, "Nội dung")
        return
    document.add_paragraph(words, style)


def _head(document: Document) -> None:
    grid = form.bare_grid(document, (LEFT_HALF, RIGHT_HALF))
    left, right = grid.rows[0].cells
    _fill(
        left,
        ("Cơ quan chủ quản", "{%p if co_quan_chu_quan %}"),
        ("Cơ quan chủ quản", "{{ co_quan_chu_quan }}"),
        ("Cơ quan chủ quản", "{%p endif %}"),
        ("Cơ quan ban hành", "{{ co_quan_in_hoa }}"),
        (form.LINE, ""),
        ("Số ký hiệu", "{{ so_ky_hieu }}"),
    )
    _fill(
        right,
        ("Quốc hiệu", say.NATION),
        ("Tiêu ngữ", say.MOTTO),
        (form.LINE, ""),
        ("Địa danh, ngày", "{{ dia_danh_ngay }}"),
    )
    form.draw_line(right.paragraphs[2], form.length_of(say.MOTTO, form.STYLES["Tiêu ngữ"][0]), RIGHT_HALF)


def _foot(document: Document) -> None:
    grid = form.bare_grid(document, (Mm(80), Mm(84)))
    left, right = grid.rows[0].cells
    _fill(
        left,
        ("Nơi nhận", say.RECIPIENTS),
        ("Nơi nhận, mục", "{%p for noi in noi_nhan %}"),
        ("Nơi nhận, mục", "- {{ noi }}"),
        ("Nơi nhận, mục", "{%p endfor %}"),
    )
    _fill(
        right,
        ("Chức vụ", "{%p for dong in quyen_han %}"),
        ("Chức vụ", "{{ dong }}"),
        ("Chức vụ", "{%p endfor %}"),
        ("Chức vụ", "{{ chuc_vu }}"),
        *((("Chức vụ", ""),) * SIGNATURE_SPACE),
        ("Người ký", "{{ nguoi_ky }}"),
    )


def _fill(cell: _Cell, *parts: Part) -> None:
    for n, (style, words) in enumerate(parts):
        paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(words)
