"""The form of Nghị định 30/2020/NĐ-CP, looked for in the document that was made."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from letters import HEAD, letter, unnamed, written

from bot.reports.documents import write_letter
from bot.reports.letterhead import Letterhead, lines_of
from bot.reports.template import FOLDER, PETITIONS, make_templates
from bot.wording import reports as say
from knowledge.library import Library

C = WD_ALIGN_PARAGRAPH.CENTER


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return docx.Document(str(written(tmp_path_factory.mktemp("letter"))))


def found(paragraphs: list[Paragraph], text: str) -> Paragraph:
    return next(p for p in paragraphs if p.text.strip() == text)


def look(paragraph: Paragraph) -> tuple[float, bool, bool]:
    """Size, bold, italic as they hold for the words of a paragraph."""
    style = paragraph.style
    assert style is not None
    run = paragraph.runs[0]
    size = run.font.size or style.font.size
    assert size is not None
    return size.pt, bool(run.font.bold or style.font.bold), bool(run.font.italic or style.font.italic)


def test_every_page_is_a4_with_lawful_margins(document: Document) -> None:
    for section in document.sections:
        short, long = sorted((section.page_width, section.page_height))
        # Word counts in twentieths of a point
        assert abs(short - Mm(210)) < Pt(0.05) and abs(long - Mm(297)) < Pt(0.05)
        assert Mm(20) <= section.top_margin <= Mm(25) and Mm(20) <= section.bottom_margin <= Mm(25)
        assert Mm(30) <= section.left_margin <= Mm(35) and Mm(15) <= section.right_margin <= Mm(20)


def test_every_style_that_is_used_is_times_new_roman(document: Document) -> None:
    cells = [p for t in document.tables for row in t.rows for c in row.cells for p in c.paragraphs]
    for paragraph in (*document.paragraphs, *cells):
        style = paragraph.style
        assert style is not None
        assert style.font.name == "Times New Roman", style.name
        assert all(r.font.name in (None, "Times New Roman") for r in paragraph.runs)


def test_the_body_is_13_or_14_justified_with_an_indented_first_line(document: Document) -> None:
    body = [p for p in document.paragraphs if p.style is not None and p.style.name == "Nội dung" and p.text]
    assert len(body) > 8
    style = body[0].style
    assert style is not None
    shape = style.paragraph_format
    assert style.font.size in (Pt(13), Pt(14))
    assert shape.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert shape.first_line_indent is not None and Mm(10) <= shape.first_line_indent <= Mm(12.8)
    assert shape.space_after is not None and shape.space_after >= Pt(6)
    assert isinstance(shape.line_spacing, float) and 1 <= shape.line_spacing <= 1.5


def test_nation_and_motto_stand_on_the_right_with_a_line_under_the_motto(document: Document) -> None:
    right = document.tables[0].rows[0].cells[1].paragraphs
    assert right[0].text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert right[1].text == "Độc lập - Tự do - Hạnh phúc"
    nation, motto = look(right[0]), look(right[1])
    assert nation[0] in (12, 13) and nation[1:] == (True, False)
    assert motto[0] in (13, 14) and motto[1:] == (True, False)
    assert right[2].style is not None and right[2].style.name == "Kẻ ngang"
    assert right[2].style.element.find(f".//{qn('w:pBdr')}/{qn('w:bottom')}").get(qn("w:val")) == "single"


def test_the_line_under_the_motto_is_as_long_as_the_motto(document: Document) -> None:
    grid = document.tables[0]
    line = grid.rows[0].cells[1].paragraphs[2].paragraph_format
    width = grid.columns[1].width
    assert width is not None and line.left_indent is not None and line.right_indent is not None
    # 27 letters of Times New Roman bold 13 measure 53 mm
    assert Mm(49) <= width - line.left_indent - line.right_indent <= Mm(59)


def test_the_authority_stands_bold_under_its_superior_with_a_short_line(document: Document) -> None:
    grid = document.tables[0]
    left = grid.rows[0].cells[0].paragraphs
    assert [p.text for p in left[:2]] == ["ỦY BAN NHÂN DÂN\nTỈNH CAO BẰNG", "ỦY BAN NHÂN DÂN XÃ MẪU"]
    assert look(left[0])[1:] == (False, False) and look(left[1])[1:] == (True, False)
    assert all(look(p)[0] in (12, 13) for p in left[:2])
    shape, width = left[2].paragraph_format, grid.columns[0].width
    assert width is not None and shape.left_indent is not None and shape.right_indent is not None
    # the name is about 59 mm wide
    assert Mm(59) / 3 <= width - shape.left_indent - shape.right_indent <= Mm(59) / 2
    assert shape.left_indent == shape.right_indent


def test_number_and_date_are_spelled_with_leading_zeros(document: Document) -> None:
    left, right = document.tables[0].rows[0].cells
    assert left.paragraphs[-1].text == "Số: 07/BC-UBND" and look(left.paragraphs[-1])[0] == 13
    day = right.paragraphs[-1]
    assert day.text == "Xã Mẫu, ngày 02 tháng 7 năm 2026"
    assert look(day)[0] in (13, 14) and look(day)[2]


def test_kind_and_subject_are_bold_in_the_middle_with_a_line_below(document: Document) -> None:
    kind = found(document.paragraphs, "BÁO CÁO")
    at = [p._p for p in document.paragraphs].index(kind._p)
    subject, line = document.paragraphs[at + 1], document.paragraphs[at + 2]
    for paragraph in (kind, subject):
        assert paragraph.style is not None and paragraph.style.paragraph_format.alignment == C
        assert look(paragraph)[0] in (13, 14) and look(paragraph)[1]
    assert line.style is not None and line.style.name == "Kẻ ngang"
    assert "6\N{NO-BREAK SPACE}tháng\N{NO-BREAK SPACE}đầu" in subject.text


def test_the_parts_follow_in_their_order(document: Document) -> None:
    texts = [p.text for p in document.paragraphs]
    heads = [t for t in texts if re.match(r"[IVX]+\. ", t)]
    assert heads == [
        "I. TÌNH HÌNH TIẾP NHẬN",
        "II. KẾT QUẢ XỬ LÝ",
        "III. KHÓ KHĂN, VƯỚNG MẮC",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI",
        "V. KIẾN NGHỊ, ĐỀ XUẤT",
    ]
    body = [child.tag for child in document.element.body]
    assert body[0] == qn("w:tbl")
    assert (
        texts.index("BÁO CÁO")
        < texts.index(heads[0])
        < texts.index("Trên đây là báo cáo của Ủy ban nhân dân xã Mẫu./.")
    )


def test_page_numbers_are_centred_above_from_the_second_page(document: Document) -> None:
    for section in document.sections:
        assert section.different_first_page_header_footer
        assert not section.first_page_header.paragraphs[0].text
        paragraph = section.header.paragraphs[0]
        assert paragraph.alignment == C
        assert "PAGE" in "".join(e.text or "" for e in paragraph._p.iter(qn("w:instrText")))
        assert paragraph.runs[0].font.size in (Pt(13), Pt(14))


def test_recipients_and_signer_stand_at_the_end(document: Document) -> None:
    grid = next(t for t in document.tables if t.rows[0].cells[0].text.startswith("Nơi nhận:"))
    left, right = grid.rows[0].cells
    assert [p.text for p in left.paragraphs] == ["Nơi nhận:", "- Sở Nội vụ;", "- Đảng ủy xã;", "- Lưu: VT, VP."]
    assert look(left.paragraphs[0]) == (12, True, True)
    assert all(look(p) == (11, False, False) for p in left.paragraphs[1:])
    signed = [p.text for p in right.paragraphs if p.text]
    assert signed == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn Mẫu"]
    assert all(look(p)[1] for p in right.paragraphs if p.text)


def test_heads_of_tables_are_repeated_on_every_page(document: Document) -> None:
    grids = [t for t in document.tables if t._tbl.tblPr.find(qn("w:tblBorders")) is not None]
    assert len(grids) > 8
    for grid in grids:
        properties = grid.rows[0]._tr.trPr
        assert properties is not None and properties.find(qn("w:tblHeader")) is not None


def test_no_mark_and_no_unfilled_field_is_left(document: Document) -> None:
    words = "\n".join(p.text for p in document.paragraphs)
    assert "[[" not in words and "{{" not in words and "{%" not in words


def test_tables_and_charts_are_numbered_in_their_order(document: Document) -> None:
    texts = [p.text for p in document.paragraphs]
    tables = [int(m[1]) for t in texts if (m := re.match(r"Bảng (\d+)\. ", t))]
    charts = [int(m[1]) for t in texts if (m := re.match(r"Hình (\d+)\. ", t))]
    assert tables == list(range(1, len(tables) + 1)) and len(tables) > 6
    assert charts == list(range(1, len(charts) + 1)) and len(charts) == len(document.inline_shapes) == 3


def test_what_an_officer_is_to_fill_in_is_marked(document: Document) -> None:
    marked = [p for p in document.paragraphs if say.FILL_MARK in p.text]
    assert len(marked) == 3
    assert all(r.font.highlight_color is not None for p in marked for r in p.runs)


def test_without_a_letterhead_every_missing_part_is_marked(tmp_path: Path) -> None:
    made = docx.Document(str(written(tmp_path, unnamed())))
    cells = [p for t in made.tables for row in t.rows for c in row.cells for p in c.paragraphs]
    missing = [p for p in cells if say.FILL_MARK in p.text or say.FILL_TOWN in p.text]
    assert len(missing) >= 5
    assert all(r.font.highlight_color for p in missing for r in p.runs if say.FILL_MARK in r.text or "[" in r.text)


def test_the_signature_never_stands_alone_on_a_page(document: Document) -> None:
    grid = next(t for t in document.tables if t.rows[0].cells[0].text.startswith("Nơi nhận:"))
    properties = grid.rows[0]._tr.trPr
    assert properties is not None and properties.find(qn("w:cantSplit")) is not None
    at = list(document.element.body).index(grid._tbl)
    last = [Paragraph(p, document) for p in list(document.element.body)[at - 3 : at]]
    assert last[1].text.startswith("Trên đây là báo cáo") and say.FILL_MARK in last[0].text
    assert all(p.style is not None and p.style.paragraph_format.keep_with_next for p in last)


def test_words_with_signs_of_markup_arrive_as_they_are(tmp_path: Path) -> None:
    head = Letterhead("Sở <A> & B {{ 7*7 }}", signer="{% x %}")
    made = docx.Document(str(written(tmp_path, head)))
    cells = [c.text for t in made.tables for row in t.rows for c in row.cells]
    assert any("SỞ <A> & B {{ 7*7 }}" in c for c in cells)
    assert any("Phòng <Địa chính> & Đất đai" in c for c in cells)


def test_a_plans_report_has_its_tasks_on_broad_pages_and_names_the_successors(tmp_path: Path, library: Library) -> None:
    plan = library.plans["cao_bang_2014"]
    made = docx.Document(str(written(tmp_path, HEAD, plan)))
    texts = [p.text for p in made.paragraphs]
    assert "Kính gửi: Sở Nội vụ" in texts
    assert any(t.startswith("Kết quả thực hiện Kế hoạch") for t in texts)
    last = made.sections[-1]
    assert last.page_width is not None and last.page_height is not None and last.page_width > last.page_height
    cells = {c.text for row in made.tables[-1].rows for c in row.cells}
    assert "Hoàn thành (cập nhật ngày 01/01/2026)" in cells and any(c.startswith(plan.tasks[-1].content) for c in cells)
    assert any("đã hợp nhất" in c.text for t in made.tables for row in t.rows for c in row.cells)


def test_appendices_are_numbered_from_page_one(document: Document) -> None:
    assert len(document.sections) > 1
    for section in list(document.sections)[1:]:
        numbers = section._sectPr.find(qn("w:pgNumType"))
        assert numbers is not None and numbers.get(qn("w:start")) == "1"


def test_the_templates_in_the_tree_are_those_that_the_script_makes(tmp_path: Path) -> None:
    def inside(file: Path) -> dict[str, bytes]:
        with zipfile.ZipFile(file) as parts:
            return {n: parts.read(n) for n in ("word/document.xml", "word/styles.xml", "word/header1.xml")}

    for made in make_templates(tmp_path):
        assert inside(made) == inside(FOLDER / made.name), f"run scripts/make_report_templates.py: {made.name}"


def test_an_authoritys_own_template_is_used(tmp_path: Path) -> None:
    own = tmp_path / "own"
    make_templates(own)
    edited = docx.Document(str(own / PETITIONS))
    found(edited.paragraphs, "III. KHÓ KHĂN, VƯỚNG MẮC").runs[0].text = "III. ĐÁNH GIÁ CHUNG"
    edited.save(str(own / PETITIONS))
    made = docx.Document(str(write_letter(letter(tmp_path), tmp_path / "own.docx", own)))
    assert any(p.text == "III. ĐÁNH GIÁ CHUNG" for p in made.paragraphs)


def test_a_setting_of_several_lines_is_read() -> None:
    assert lines_of("TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH;") == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")
