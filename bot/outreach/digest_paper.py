"""The digest as .docx: one for the paper, one in large type for whoever reads it out."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bot.outreach.digest import Digest, Issue, sections, title
from bot.outreach.digest_aloud import read_out
from bot.wording import outreach as say

FONT = "Times New Roman"
SIZE, LARGE = 14, 18


def write(d: Digest | Issue, authority: str, file: Path) -> None:
    document = _opened(SIZE)
    _line(document, (authority or say.ASSISTANT).upper(), bold=True, middle=True)
    _line(document, title(d), bold=True, middle=True, size=17, after=12)
    for section in sections(d):
        _line(document, section.title, bold=True, size=15, before=10, keep=True)
        if section.lead:
            _line(document, section.lead, keep=bool(section.items))
        for i, (first, *rest) in enumerate(section.items, 1):
            _line(document, f"{i}. {first}" if section.numbered else first, keep=bool(rest))
            for line in rest:
                _line(document, line, indent=0.75)
    _line(document, say.DIGEST_FOOT.format(authority=authority or say.ASSISTANT), italic=True, before=12)
    document.save(str(file))


def write_aloud(d: Digest | Issue, authority: str, file: Path) -> None:
    document = _opened(LARGE)
    for paragraph in read_out(d, authority).split("\n\n"):
        _line(document, paragraph, after=14, leading=1.5)
    document.save(str(file))


def _opened(size: int) -> Document:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    document.core_properties.language = "vi-VN"
    return document


def _line(
    document: Document,
    text: str,
    bold: bool = False,
    italic: bool = False,
    middle: bool = False,
    size: int = 0,
    before: int = 0,
    after: int = 4,
    indent: float = 0,
    leading: float = 1.15,
    keep: bool = False,
) -> None:
    """`keep`: on the same page as what follows."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    if size:
        run.font.size = Pt(size)
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), leading
    shape.left_indent, shape.keep_with_next = Cm(indent), keep
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if middle else WD_ALIGN_PARAGRAPH.JUSTIFY
