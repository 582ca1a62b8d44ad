"""Sound files and values from which fuzzing begins, made on the spot with invented content."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Sequence

ROWS = (
    ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"),
    ("1.900001", "Đăng ký nuôi chim cảnh", "Bộ Nông nghiệp và Môi trường", "Cấp xã", "Chăn nuôi"),
    ("1.900002", "Xác nhận nguồn gốc chim", "Bộ Nông nghiệp và Môi trường", "Cấp tỉnh", "Chăn nuôi"),
)
LINES = (
    "KẾ HOẠCH",
    "Thông tin, tuyên truyền cải cách hành chính năm 2026 tỉnh Mẫu",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Nâng cao nhận thức của cán bộ và người dân.",
    "II. NHIỆM VỤ",
    "1. Tổ chức hội nghị. Cơ quan chủ trì: Sở Nội vụ. Thời gian: Quý II/2026.",
    "III. KINH PHÍ: 50.000.000 đồng.",
)
RECORD = {
    "code": "1.900001",
    "name": "Đăng ký nuôi chim cảnh",
    "field": "Chăn nuôi",
    "level": "Cấp xã",
    "agency": "Ủy ban nhân dân cấp xã",
    "steps": "Bước 1: Nộp đơn.\nBước 2: Chờ kết quả.",
    "methods": "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp3 Ngày làm việcMiễn phíTại Bộ phận Một cửa.",
    "documents": "--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn đăng ký theo Mẫu số 01Mau so 01.docx1 bản chính",
    "legal": "Tên văn bản pháp lýMã văn bảnLuật Chim cảnh12/2020/QH14",
    "decision": "100/QĐ-BNNMT",
}


def xlsx() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(list(row))
    return _saved(book)


def docx(lines: Sequence[str] = LINES) -> bytes:
    from docx import Document

    document = Document()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=len(ROWS[0]))
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return _saved(document)


def pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0)
    for at, line in enumerate(LINES):
        canvas.drawString(50, 800 - 20 * at, line.encode("ascii", "ignore").decode())
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def pictures() -> Iterator[bytes]:
    from PIL import Image

    for form in ("JPEG", "PNG", "WEBP"):
        out = io.BytesIO()
        Image.linear_gradient("L").resize((24, 16)).convert("RGB").save(out, form)
        yield out.getvalue()


def film() -> bytes:
    def box(name: bytes, inside: bytes) -> bytes:
        return (8 + len(inside)).to_bytes(4, "big") + name + inside

    place = box(b"udta", box(b"\xa9xyz", b"+10.7+106.6/"))
    return box(b"ftyp", b"isom\0\0\0\0isom") + box(b"moov", box(b"trak", place) + place) + box(b"mdat", b"x" * 40)


def portal() -> bytes:
    return json.dumps([RECORD], ensure_ascii=False).encode()


def members(office: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(office)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


def _saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()
