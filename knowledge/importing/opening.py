"""What a file really is, and whether it is safe to open: nothing here trusts the name of the file."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from knowledge.importing.imported import Unreadable

MAX_BYTES = 200 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 200
_XZ = b"\xfd7zXZ\x00"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = {b"PK\x03\x04": "tệp nén hoặc Office", b"%PDF-": "PDF", _OLE: "Office cũ (.doc, .xls)", _XZ: "tệp nén .xz"}
# A package of damaged bytes fails in many ways inside zipfile: in its directory, its names, its packed parts.
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, RuntimeError)
_SMALL = 10 * 1024 * 1024


class Kind(StrEnum):
    XLSX = "bảng tính .xlsx"
    DOCX = "văn bản .docx"
    PDF = "PDF"
    TEXT = "văn bản chữ (.md, .txt)"
    JSON = "JSON"
    JSON_LINES = "JSON Lines"


_BY_NAME = {
    ".xlsx": Kind.XLSX,
    ".docx": Kind.DOCX,
    ".pdf": Kind.PDF,
    ".md": Kind.TEXT,
    ".txt": Kind.TEXT,
    ".json": Kind.JSON,
    ".jsonl": Kind.JSON_LINES,
}
_OLD = {".xls", ".doc", ".ppt", ".xlsm", ".docm", ".xlsb", ".csv", ".rtf", ".odt", ".ods"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was found to be what its name says. `text` is set for the kinds that are plain text."""

    path: Path
    kind: Kind
    text: str = ""

    @property
    def name(self) -> str:
        return self.path.name


def open_file(path: Path) -> Opened:
    """The file, once it is known to be safe. Raises Unreadable with one clear reason."""
    name = path.name
    _present(path)
    packed = path.suffix.lower() == ".xz"
    kind = _kind_by_name(path.with_suffix("") if packed else path)
    with path.open("rb") as file:
        head = file.read(8)
    if packed != head.startswith(_XZ):
        raise Unreadable(name, "đuôi tên tệp và nội dung không khớp (.xz)", "đổi tên cho đúng hoặc tải lại tệp")
    if packed:
        return Opened(path, kind, _text(name, _unpacked(path)))
    if kind in (Kind.XLSX, Kind.DOCX):
        _check_office(path, kind, head)
        return Opened(path, kind)
    if kind is Kind.PDF:
        if not head.startswith(b"%PDF-"):
            raise _not_what_it_says(name, kind, head)
        return Opened(path, kind)
    if head.startswith((b"PK\x03\x04", b"%PDF-", _OLE, _XZ)):
        raise _not_what_it_says(name, kind, head)
    return Opened(path, kind, _text(name, path.read_bytes()))


def _present(path: Path) -> None:
    if not path.exists():
        raise Unreadable(path.name, "không có tệp này", "xem lại đường dẫn", str(path))
    if not path.is_file():
        raise Unreadable(path.name, "không phải một tệp", "chỉ ra từng tệp, không phải thư mục", str(path))
    size = path.stat().st_size
    if size == 0:
        raise Unreadable(path.name, "tệp rỗng", "tải lại tệp")
    if size > MAX_BYTES:
        raise Unreadable(path.name, f"tệp lớn quá {MAX_BYTES // 1024 // 1024} MB", "tách thành nhiều tệp nhỏ hơn")


def _kind_by_name(path: Path) -> Kind:
    suffix = path.suffix.lower()
    if suffix in _OLD:
        raise Unreadable(path.name, f"chưa đọc dạng {suffix}", "lưu lại thành .xlsx hoặc .docx (không có macro)")
    if suffix not in _BY_NAME:
        raise Unreadable(path.name, "không rõ dạng tệp", "dùng " + ", ".join(_BY_NAME) + " (có thể nén .xz)")
    return _BY_NAME[suffix]


def _not_what_it_says(name: str, kind: Kind, head: bytes) -> Unreadable:
    real = next((what for magic, what in _MAGIC.items() if head.startswith(magic)), "dạng khác")
    return Unreadable(name, f"tên nói là {kind.value} nhưng nội dung là {real}", "đổi đuôi tên cho đúng rồi nhập lại")


def _unpacked(path: Path) -> bytes:
    """The content of an .xz file, but never more than MAX_UNPACKED of it."""
    chunks, size = [], 0
    try:
        with lzma.open(path) as file:
            while chunk := file.read(1 << 20):
                size += len(chunk)
                if size > MAX_UNPACKED:
                    raise Unreadable(path.name, "giải nén ra quá lớn (nghi là bom nén)", "không dùng tệp này")
                chunks.append(chunk)
    except (lzma.LZMAError, EOFError) as bad:
        raise Unreadable(path.name, "tệp .xz hỏng, không giải nén được", "tải lại tệp") from bad
    return b"".join(chunks)


def _text(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        raise Unreadable(
            name, "không phải chữ Unicode (UTF-8)", "mở bằng trình soạn thảo, lưu lại với mã UTF-8"
        ) from bad
    if "\x00" in text:
        raise Unreadable(name, "không phải văn bản chữ (có byte rỗng)", "kiểm tra lại tệp")
    return text


def _check_office(path: Path, kind: Kind, head: bytes) -> None:
    name = path.name
    if head.startswith(_OLE):
        if b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e" in path.read_bytes():
            raise Unreadable(name, "tệp đặt mật khẩu", "bỏ mật khẩu rồi lưu lại")
        raise _not_what_it_says(name, kind, head)
    if not head.startswith(b"PK\x03\x04"):
        raise _not_what_it_says(name, kind, head)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(name, kind, archive)
    except _BROKEN as bad:
        raise Unreadable(name, "tệp Office hỏng, không mở được", "tải lại tệp") from bad


def _check_parts(name: str, kind: Kind, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {p.filename for p in parts}
    if any(p.flag_bits & 1 for p in parts):
        raise Unreadable(name, "tệp đặt mật khẩu", "bỏ mật khẩu rồi lưu lại")
    if any(n.lower().endswith("vbaproject.bin") for n in names):
        raise Unreadable(name, "tệp có macro", "lưu lại không có macro (.xlsx, .docx)")
    total = sum(p.file_size for p in parts)
    swollen = any(p.file_size > _SMALL and p.file_size > MAX_RATIO * max(p.compress_size, 1) for p in parts)
    if total > MAX_UNPACKED or swollen:
        raise Unreadable(name, "giải nén ra quá lớn (nghi là bom nén)", "không dùng tệp này")
    wanted = "xl/workbook.xml" if kind is Kind.XLSX else "word/document.xml"
    if wanted not in names:
        raise Unreadable(
            name, f"tên nói là {kind.value} nhưng bên trong không phải", "đổi đuôi tên cho đúng rồi nhập lại"
        )
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as xml:
                start = xml.read(4096).replace(b"\0", b"")  # UTF-16 spells every letter with an empty byte beside it
                if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                    raise Unreadable(name, "XML khai báo thực thể (nghi là mã độc)", "không dùng tệp này")
