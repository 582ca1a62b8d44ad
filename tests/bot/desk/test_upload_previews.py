"""What an admin is shown of an uploaded file is what it would change of all that is in use."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

from bot.desk.publishing import Publisher
from bot.ledger import Officer, Role
from bot.petitions.clock import VIETNAM
from bot.store.opening import open_store
from index.encoder import open_encoder
from index.shelf import Shelf

ADMIN = Officer("an", "An", Role.ADMIN)
NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=VIETNAM)
HEADER = ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực")
NEW = ("1.900001", "Đăng ký nuôi chim yến lấy tổ", "Bộ Nông nghiệp và Môi trường", "UBND cấp xã", "Chăn nuôi")
KNOWN = ("1.001193", "Đăng ký khai sinh", "Bộ Tư pháp", "UBND cấp xã", "Hộ tịch")


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    store = open_store(f"sqlite:///{tmp_path / 's.db'}")
    yield Publisher(store, open_encoder(), Shelf(tmp_path / "index"), tmp_path, (), lambda: NOW)
    store.close()


def listed(*rows: tuple[str, ...]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (HEADER, *rows):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_a_procedure_that_the_shipped_content_has_is_not_called_new(publisher: Publisher) -> None:
    examined = publisher.examine(ADMIN, "danh sach.xlsx", listed(NEW, KNOWN))
    assert examined.diff is not None and len(examined.diff.new) == 2  # of the folder alone
    diff = publisher.preview(ADMIN, examined)
    assert diff is not None
    assert [p.code for p in diff.new] == ["1.900001"]
    assert len(diff.changed) + diff.unchanged == 1
    assert not publisher.root.exists()


def test_a_paper_that_holds_no_task_is_refused_by_the_name_that_it_came_with(publisher: Publisher) -> None:
    report, out = docx.Document(), io.BytesIO()
    for line in ("BÁO CÁO", "Kết quả tiếp nhận phản ánh, kiến nghị", "I. KẾT QUẢ", "Đã tiếp nhận 12 phản ánh."):
        report.add_paragraph(line)
    report.save(out)
    examined = publisher.examine(ADMIN, "bao-cao.docx", out.getvalue())
    assert examined.refusal is not None and examined.refusal.refusal.file == "bao-cao.docx"
    assert publisher.preview(ADMIN, examined) is None


def test_a_broken_file_is_named_as_the_admin_knows_it(publisher: Publisher) -> None:
    examined = publisher.examine(ADMIN, "bad.xlsx", b"no workbook")
    assert examined.refusal is not None and str(examined.refusal).startswith("bad.xlsx: ")
