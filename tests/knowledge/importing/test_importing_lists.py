from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from knowledge.importing.files import read_file
from knowledge.importing.imported import Unreadable
from knowledge.records import ReadingDay

Make = Callable[..., Path]
GOOD = (
    "1.900001",
    "Đăng ký nuôi chim",
    "Bộ Nông nghiệp và Môi trường",
    "Sở Nông nghiệp\nỦy ban nhân dân cấp xã\n",
    "Chăn nuôi",
)


def test_a_list_is_read_below_its_title_block(make_list: Make, today: dt.date) -> None:
    found = read_file(make_list([GOOD], above=3), today)
    (p,) = found.procedures
    assert (p.key, p.name, p.field, p.agency) == (
        "tt_1_900001",
        "Đăng ký nuôi chim",
        "Chăn nuôi",
        "Sở Nông nghiệp; Ủy ban nhân dân cấp xã",
    )
    assert (
        p.sources[0].name == "Cổng Dịch vụ công quốc gia, danh sách thủ tục hành chính – Bộ Nông nghiệp và Môi trường"
    )


def test_the_day_is_that_on_which_the_sheet_was_made_unless_a_person_knows_better(
    make_list: Make, today: dt.date
) -> None:
    path = make_list([GOOD])
    assert read_file(path, today).day == ReadingDay("2026-06-08")
    assert read_file(path, today, ReadingDay("2026-05")).day == ReadingDay("2026-05")


def test_columns_may_stand_in_any_order_and_under_other_names(make_list: Make, today: dt.date) -> None:
    header = ("STT", "Tên thủ tục hành chính", "Lĩnh vực", "Mã TTHC", "Cấp thực hiện")
    (p,) = read_file(make_list([(1, "Nuôi chim", "Chăn nuôi", "1.900001", "Cấp tỉnh")], header), today).procedures
    assert (p.code, p.name, [level.value for level in p.level]) == ("1.900001", "Nuôi chim", ["tỉnh"])


def test_every_bad_row_is_refused_with_its_row_value_and_reason(make_list: Make, today: dt.date) -> None:
    rows = [
        GOOD,
        ("1.900001", "Một thủ tục khác", "", "", ""),
        ("1.90002", "Mã thiếu số", "", "", ""),
        (1.9003, "Mã là số", "", "", ""),
        ("1.900004", "=A3", "", "", ""),
        ("1.900005", "", "", "", ""),
        ("1.900006", "Thñ tôc cÊp giÊy phÐp x©y dùng", "", "", ""),
        ("", "", "", "", ""),
    ]
    found = read_file(make_list(rows), today)
    assert (len(found.procedures), found.rows) == (1, 7)
    assert [(r.where, r.value, r.reason) for r in found.refusals] == [
        ("hàng 4", "1.900001", "mã này đã có ở hàng 3"),
        ("hàng 5", "1.90002", "mã thủ tục không đúng dạng"),
        ("hàng 6", "1.9003", "mã ghi dạng số, có thể đã mất số 0 ở cuối"),
        ("hàng 7", "=A3", "ô chứa công thức"),
        ("hàng 8", "1.900005", "thiếu tên thủ tục"),
        ("hàng 9", "Thñ tôc cÊp giÊy phÐp x©y dùng", "chữ gõ bằng phông cũ TCVN3"),
    ]
    assert all(r.remedy for r in found.refusals)


def test_rows_with_merged_cells_are_refused_and_the_merged_title_is_not(make_list: Make, today: dt.date) -> None:
    path = make_list([GOOD, ("1.900002", "Thủ tục hai", "", "", ""), ("1.900003", "Thủ tục ba", "", "", "")])
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("B4:B5")  # type: ignore[union-attr]
    book.save(path)
    found = read_file(path, today)
    assert [p.code for p in found.procedures] == ["1.900001"]
    assert {r.reason for r in found.refusals} == {"hàng có ô gộp"}


def test_decomposed_text_and_stray_characters_are_mended_with_a_notice(make_list: Make, today: dt.date) -> None:
    found = read_file(
        make_list([("1.900001", unicodedata.normalize("NFD", "Nuôi chim"), "", "Sở\u200b Y tế", "")]), today
    )
    assert (found.procedures[0].name, found.procedures[0].agency) == ("Nuôi chim", "Sở Y tế")
    assert sorted(n.what for n in found.notices) == [
        "dấu tách rời (NFD): đã sửa khi nhập",
        "ký tự điều khiển lạ: đã sửa khi nhập",
    ]


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        (("Mã số", "Lĩnh vực"), "thiếu cột “Tên”"),
        (("Tên", "Lĩnh vực"), "thiếu cột “Mã số”"),
        (("a", "b"), "thiếu cột “Mã số”, “Tên”"),
    ],
)
def test_a_missing_column_refuses_the_file_and_names_the_column(
    header: tuple[str, ...], missing: str, make_list: Make, today: dt.date
) -> None:
    with pytest.raises(Unreadable) as raised:
        read_file(make_list([("x", "y")], header), today)
    assert raised.value.refusal.reason == missing


def test_a_sheet_typed_with_an_old_font_is_named_as_such(make_list: Make, today: dt.date) -> None:
    path = make_list(
        [("1.900001", "Thñ tôc nu«i chim", "Bé N«ng nghiÖp", "", "")], ("M· sè", "Tªn", "C¬ quan", "x", "LÜnh vùc")
    )
    with pytest.raises(Unreadable, match="TCVN3"):
        read_file(path, today)


def test_an_empty_workbook_is_refused(tmp_path: Path, today: dt.date) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(Unreadable, match="bảng tính rỗng"):
        read_file(tmp_path / "a.xlsx", today)
