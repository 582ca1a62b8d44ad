"""A document as a sequence of blocks, whatever its format: paragraphs (text) and tables (rows of cells)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.importing import letters, tables
from knowledge.importing.imported import Unreadable
from knowledge.importing.letters import clean
from knowledge.importing.opening import Kind, Opened

MAX_PAGES = 2000
_PARAGRAPH = re.compile(
    r"^(?:[-–+•*]|\(?[IVX]+[.)]|\d+(?:\.\d+)*[.)]|[a-zđ]\)|Số:|Nơi nhận|Phụ lục|PHỤ LỤC"
    r"|KẾ HOẠCH|Điều |Thực hiện |Căn cứ |Trên đây)"
)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. A cell that spans several columns stands in each of them, as the readers give it."""

    rows: tuple[tuple[str, ...], ...]


Block = str | Table


def blocks(opened: Opened) -> tuple[Block, ...]:
    """What the document says, in its order. Raises Unreadable where it says nothing or cannot be read."""
    reader = {Kind.DOCX: _docx, Kind.PDF: _pdf}.get(opened.kind)
    found = tuple(reader(opened)) if reader else text_blocks(opened.text)
    told = "\n".join(b for b in found if isinstance(b, str))
    if not told.strip() and not any(isinstance(b, Table) for b in found):
        scan = opened.kind is Kind.PDF
        what = "PDF là ảnh quét, không có chữ" if scan else "không có chữ nào trong tệp"
        raise Unreadable(opened.name, what, "dùng bản có chữ (.docx) thay cho bản quét" if scan else "kiểm tra lại tệp")
    if font := letters.legacy_font(told):
        raise Unreadable(opened.name, f"chữ gõ bằng phông cũ {font}", "chuyển sang Unicode rồi nhập lại")
    return found


def text_blocks(text: str) -> tuple[Block, ...]:
    """Paragraphs and tables (pipes or tabs) of a .md or .txt file; lines that were only wrapped are joined."""
    found: list[Block] = []
    table: list[tuple[str, ...]] = []
    for raw in text.replace("\r\n", "\n").split("\n"):
        row = _row(raw)
        if row is None and table and not raw.strip():
            continue
        if row is None and table:
            found.append(Table(tuple(table)))
            table = []
        if row:
            table.append(row)
        elif row is None:
            found.append(clean(raw))
    if table:
        found.append(Table(tuple(table)))
    return tuple(_joined(found))


def _row(raw: str) -> tuple[str, ...] | None:
    """The cells of a line of a table, () for its rule, None for a line of prose."""
    if tables.is_rule(raw):
        return ()
    if tables.is_row(raw):
        return tuple(clean(c) for c in tables.cells(raw))
    return tuple(clean(c) for c in raw.split("\t")) if raw.strip("\t ").count("\t") >= 2 else None


def _joined(found: list[Block]) -> Iterator[Block]:
    """A line that begins small goes on with the paragraph before it, also over the blank line of a page break."""
    held = ""
    for block in found:
        if isinstance(block, str) and (not block or _goes_on(held, block)):
            held = f"{held} {block}" if block else held
            continue
        if held:
            yield held
        held = block if isinstance(block, str) else ""
        if isinstance(block, Table):
            yield block
    if held:
        yield held


def _goes_on(before: str, line: str) -> bool:
    bare = line.lstrip("*_ ")
    ended = before.rstrip("*_ ").endswith((".", ";", ":", "./.", "…"))
    starts_item = re.match(r"[a-zđ0-9]{1,3}[).]", bare) and not re.match(r"\d{4}", bare)
    return bool(before and bare and not ended and not starts_item and (bare[0].islower() or re.match(r"\d{4}\b", bare)))


def _docx(opened: Opened) -> Iterator[Block]:
    import docx
    from docx.table import Table as WordTable

    try:
        document = docx.Document(str(opened.path))
        parts = list(document.iter_inner_content())
    except Exception as bad:  # python-docx lets whatever its XML reader raises through
        raise Unreadable(opened.name, "không đọc được văn bản Word", "mở bằng Word, lưu lại thành .docx") from bad
    for part in parts:
        if isinstance(part, WordTable):
            yield Table(tuple(tuple(clean(cell.text) for cell in row.cells) for row in part.rows))
        elif text := clean(part.text):
            yield text


def _pdf(opened: Opened) -> Iterator[Block]:
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(str(opened.path))
        if reader.is_encrypted:
            raise Unreadable(opened.name, "tệp đặt mật khẩu", "bỏ mật khẩu rồi lưu lại")
        if len(reader.pages) > MAX_PAGES:
            raise Unreadable(opened.name, f"PDF có quá {MAX_PAGES} trang", "tách thành nhiều tệp nhỏ hơn")
        text = "\n".join(page.extract_text() or "" for page in reader.pages)
    except Unreadable:
        raise
    except Exception as bad:  # a broken PDF fails in many ways inside the reader
        raise Unreadable(opened.name, "PDF hỏng, không đọc được", "tải lại tệp hoặc dùng bản .docx") from bad
    yield from _paragraphs(text)


def _paragraphs(text: str) -> Iterator[Block]:
    """PDF lines are cut by the width of the page: a new paragraph starts with a number, a bullet or a known word."""
    held = ""
    for raw in text.split("\n"):
        line = clean(raw)
        if not line or re.fullmatch(r"\d{1,3}", line):
            continue
        ended = held.rstrip().endswith((".", ";", ":"))
        if held and (ended or _PARAGRAPH.match(line) or held.isupper() != line.isupper()):
            yield held
            held = line
        else:
            held = f"{held} {line}".strip()
    if held:
        yield held
