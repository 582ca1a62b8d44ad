"""Files of the shape that portals and offices send, made on the spot with invented content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from knowledge.records import ReadingDay

TODAY = dt.date(2026, 11, 21)
JULY = ReadingDay("2026-07")
HEADER = ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực")
TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập – Tự do – Hạnh phúc\n\nDANH SÁCH THỦ TỤC HÀNH CHÍNH\n"
Rows = Sequence[Sequence[Any]]


@pytest.fixture
def today() -> dt.date:
    return TODAY


@pytest.fixture
def july() -> ReadingDay:
    return JULY


@pytest.fixture
def make_list(tmp_path: Path) -> Callable[..., Path]:
    """A list as the portal exports it: a merged title block, then the header, then the rows."""

    def make(rows: Rows, header: Sequence[str] = HEADER, name: str = "danh-sach.xlsx", above: int = 0) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append([TITLE])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=5)
        for _ in range(above):
            sheet.append(["Ngày kết xuất: …"])
        sheet.append(list(header))
        for row in rows:
            sheet.append(list(row))
        book.properties.created = dt.datetime(2026, 6, 8, 7, 44)
        book.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def record() -> Callable[..., dict[str, str]]:
    """A portal record of the first shape: cells of its tables glued together."""

    def make(code: str = "1.900001", **changed: str) -> dict[str, str]:
        tree = {
            "code": code,
            "name": "Đăng ký nuôi chim cảnh",
            "field": "Chăn nuôi",
            "level": "Cấp xã",
            "ministry": "Bộ Nông nghiệp và Môi trường",
            "agency": "Ủy ban nhân dân cấp xã",
            "who": "Công dân Việt Nam, Cán bộ, công chức, viên chức, Tổ chức (không bao gồm doanh nghiệp, HTX)",
            "steps": "Bước 1: Nộp đơn.\nBước 2: Chờ kết quả.",
            "methods": "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp3 Ngày làm việcMiễn phíTại Bộ phận Một cửa."
            "Trực tuyến2 Ngày làm việc20,000 Việt Nam Đồng(/hồ sơ)",
            "documents": "--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn đăng ký theo Mẫu số 01Mau so 01.docx1 bản chính"
            "Giấy tờ về chuồng nuôi0 bản chính,2 bản sao",
            "conditions": "Không có thông tin",
            "legal": "Tên văn bản pháp lýMã văn bảnLuật Chim cảnh12/2020/QH14Quy định về chuồng nuôi05/2021/TT-BNNMT",
            "result": "Giấy xác nhận nuôi chimMã: KQ.G10.000001Từ khóaKhông có thông tinMô tảKhông có thông tin",
            "decision": "100/QĐ-BNNMT",
            "url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/vi-du",
        }
        return tree | changed

    return make


@pytest.fixture
def make_decision(tmp_path: Path) -> Callable[..., Path]:
    """A decision with its head set in a table without borders, and annex tables under telling headings."""

    def make(
        annexes: Sequence[tuple[str, Rows]],
        number: str = "Số: 321/QĐ-BNNMT",
        date: str = "Hà Nội, ngày 05 tháng 10 năm 2026",
        since: str = "Quyết định này có hiệu lực kể từ ngày ký.",
        name: str = "quyet-dinh.docx",
    ) -> Path:
        document = docx.Document()
        head = document.add_table(rows=1, cols=2)
        head.rows[0].cells[0].text = f"BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG\n{number}"
        head.rows[0].cells[1].text = f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{date}"
        document.add_paragraph("QUYẾT ĐỊNH")
        document.add_paragraph("Về việc công bố thủ tục hành chính lĩnh vực chim cảnh")
        document.add_paragraph(since)
        for heading, rows in annexes:
            for line in heading.split("\n"):
                document.add_paragraph(line)
            table = document.add_table(rows=0, cols=len(rows[0]))
            for row in rows:
                cells = table.add_row().cells
                for at, text in enumerate(row):
                    cells[at].text = str(text)
        document.save(str(tmp_path / name))
        return tmp_path / name

    return make


PLAN = """Số: 45/KH-UBND

Hòa Sơn, ngày 12 tháng 01 năm 2026

KẾ HOẠCH
Tuyên truyền cải cách hành chính tỉnh Hòa Sơn năm 2026

Thực hiện Quyết định số 9/QĐ-UBND ngày 02/01/2026 của tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Mục đích

- Người dân biết cách nộp hồ sơ qua mạng.

2. Yêu cầu

- Nội dung ngắn, dễ hiểu.

II. NỘI DUNG, HÌNH THỨC

1. Nội dung

- Cách tra cứu hồ sơ.

2. Hình thức

- Phát thanh ở thôn, xóm.

III. TỔ CHỨC THỰC HIỆN

1. Sở Nội vụ

- Chủ trì thực hiện kế hoạch; báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/2026.

2. Sở Tài chính: Bố trí kinh phí.

Trên đây là Kế hoạch, các đơn vị báo cáo kết quả gửi Sở Nội vụ trước ngày 30/11/2026 để tổng hợp./.

Nơi nhận:

- Bộ Nội vụ;
- Lưu: VT.

CHỦ TỊCH

Trần Văn Mẫu
"""
ANNEX = (
    ("STT", "Nội dung nhiệm vụ", "Kết quả/sản phẩm", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"),
    ("1", "In tờ gấp", "Tờ gấp", "Sở Nội vụ; Sở Tư pháp", "UBND các xã", "Trước ngày 01/06/2026"),
    ("2", "Họp thôn", "Biên bản", "UBND các xã", "", "Thường xuyên"),
)


@pytest.fixture
def make_plan(tmp_path: Path) -> Callable[[str], Path]:
    """The same plan as .txt, .md, .docx or .pdf."""

    def make(ending: str) -> Path:
        path = tmp_path / f"ke-hoach{ending}"
        if ending == ".docx":
            _plan_docx(path)
        elif ending == ".pdf":
            write_pdf(path, [x for x in PLAN.split("\n") if x])
        else:
            mark = "\t" if ending == ".txt" else " | "
            rows = [mark.join(row) for row in ANNEX]
            if ending == ".md":
                rows = [f"| {r} |" for r in rows]
                rows.insert(1, "| --- | --- | --- | --- | --- | --- |")
            path.write_text(f"{PLAN}\nPhụ lục\nNHIỆM VỤ NĂM 2026\n\n" + "\n".join(rows), encoding="utf-8")
        return path

    return make


def _plan_docx(path: Path) -> None:
    document = docx.Document()
    for line in PLAN.split("\n"):
        if line:
            document.add_paragraph(line)
    document.add_paragraph("Phụ lục")
    document.add_paragraph("NHIỆM VỤ NĂM 2026")
    table = document.add_table(rows=0, cols=6)
    for row in ANNEX:
        cells = table.add_row().cells
        for at, text in enumerate(row):
            cells[at].text = text
    document.save(str(path))


def write_pdf(path: Path, lines: Sequence[str]) -> None:
    """A one-page PDF by hand: a font of two-byte codes, and a table that says which letter each code is."""
    letters = sorted({c for x in lines for c in x})
    code = {c: f"{i + 1:04X}" for i, c in enumerate(letters)}
    shown = "".join(f"<{''.join(code[c] for c in x)}> Tj T* " for x in lines)
    chars = "".join(f"<{code[c]}> <{c.encode('utf-16-be').hex().upper()}>\n" for c in letters)
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> "
        f"endcodespacerange\n{len(letters)} beginbfchar\n{chars}endbfchar\nendcmap end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        _stream(f"BT /F1 11 Tf 14 TL 40 800 Td {shown}ET"),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Vi /Encoding /Identity-H /DescendantFonts [6 0 R] "
        "/ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Vi /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>",
        _stream(cmap),
    ]
    body, places = "%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body.encode("latin-1")))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    start = len(body.encode("latin-1"))
    rows = "".join(f"{p:010d} 00000 n \n" for p in places)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
    body += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    path.write_bytes(body.encode("latin-1"))


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"
