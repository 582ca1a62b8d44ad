from __future__ import annotations

import datetime as dt
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.importing import opening
from knowledge.importing.files import read_file
from knowledge.importing.imported import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def reason(path: Path) -> str:
    with pytest.raises(Unreadable) as raised:
        read_file(path, dt.date(2026, 11, 21))
    assert raised.value.refusal.remedy
    return raised.value.refusal.reason


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def office(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xlsx", b"%PDF-1.7 ...", "tên nói là bảng tính .xlsx nhưng nội dung là PDF"),
        ("a.docx", OLE + b"\0" * 99, "tên nói là văn bản .docx nhưng nội dung là Office cũ (.doc, .xls)"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "tệp đặt mật khẩu"),
        ("a.pdf", b"PK\x03\x04....", "tên nói là PDF nhưng nội dung là tệp nén hoặc Office"),
        ("a.txt", b"PK\x03\x04....", "tên nói là văn bản chữ (.md, .txt) nhưng nội dung là tệp nén hoặc Office"),
        ("a.json", b"%PDF-1.7", "tên nói là JSON nhưng nội dung là PDF"),
        ("a.jsonl.xz", b"{}", "đuôi tên tệp và nội dung không khớp (.xz)"),
        ("a.jsonl.xz", b"\xfd7zXZ\x00" + b"broken", "tệp .xz hỏng, không giải nén được"),
        ("a.xlsx", b"PK\x03\x04 broken", "tệp Office hỏng, không mở được"),
        ("a.txt", "Kế hoạch".encode("utf-16"), "không phải chữ Unicode (UTF-8)"),
        ("a.txt", b"abc\x00def", "không phải văn bản chữ (có byte rỗng)"),
        ("a.txt", b"", "tệp rỗng"),
        ("a.xls", b"x", "chưa đọc dạng .xls"),
        ("a.xlsm", b"x", "chưa đọc dạng .xlsm"),
        ("a.exe", b"x", "không rõ dạng tệp"),
        ("a.pdf", b"%PDF-1.7 broken", "PDF hỏng, không đọc được"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_with_one_reason(
    name: str, content: bytes, told: str, tmp_path: Path
) -> None:
    assert reason(written(tmp_path / name, content)) == told


def test_absent_files_and_folders_are_refused(tmp_path: Path) -> None:
    assert reason(tmp_path / "none.txt") == "không có tệp này"
    assert reason(tmp_path) == "không phải một tệp"


def test_macros_are_refused(tmp_path: Path) -> None:
    path = office(tmp_path / "a.xlsx", {"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"x"})
    assert reason(path) == "tệp có macro"


def test_a_word_file_named_as_a_sheet_is_refused(tmp_path: Path) -> None:
    path = office(tmp_path / "a.xlsx", {"word/document.xml": b"<x/>"})
    assert reason(path) == "tên nói là bảng tính .xlsx nhưng bên trong không phải"


def test_a_zip_bomb_is_refused_without_unpacking_it(tmp_path: Path) -> None:
    path = office(tmp_path / "a.xlsx", {"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * (30 << 20)})
    assert reason(path) == "giải nén ra quá lớn (nghi là bom nén)"


def test_a_packed_bomb_is_refused_before_it_fills_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_UNPACKED", 3 << 20)
    path = written(tmp_path / "a.jsonl.xz", lzma.compress(b" " * (8 << 20)))
    assert reason(path) == "giải nén ra quá lớn (nghi là bom nén)"


def test_a_file_above_the_limit_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(opening.MAX_BYTES + 1)
    assert reason(path) == "tệp lớn quá 200 MB"


def test_xml_with_entities_is_refused(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert "thực thể" in reason(office(tmp_path / "a.xlsx", {"xl/workbook.xml": bomb}))


def test_a_sheet_whose_inside_is_nonsense_is_refused_without_a_traceback(tmp_path: Path) -> None:
    parts = {"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"nonsense"}
    assert reason(office(tmp_path / "a.xlsx", parts)) == "không đọc được bảng tính"
    assert reason(office(tmp_path / "a.docx", {"word/document.xml": b"nonsense"})) == "không đọc được văn bản Word"


def test_a_good_sheet_passes(make_list: Callable[..., Path]) -> None:
    assert opening.open_file(make_list([])).kind is opening.Kind.XLSX
