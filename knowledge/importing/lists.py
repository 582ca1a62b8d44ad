"""The portal's lists of procedures (.xlsx): a title block, a header somewhere below it, one procedure in each row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.importing import letters, prose
from knowledge.importing.imported import Import, Notice, Origin, Refusal, Unreadable
from knowledge.importing.letters import line, plain, published
from knowledge.importing.portal import PORTAL, BadRecord, checked_code, key_of, local_remarks
from knowledge.records import Procedure, ReadingDay, Source, Validity

MAX_ROWS = 100_000
_COLUMNS = {
    "code": ("ma so", "ma thu tuc", "ma tthc", "ma so tthc", "ma so thu tuc", "so ho so tthc", "ma thu tuc hanh chinh"),
    "name": ("ten", "ten thu tuc", "ten tthc", "ten thu tuc hanh chinh"),
    "issuer": ("co quan ban hanh", "co quan cong bo"),
    "agency": ("co quan thuc hien", "co quan giai quyet"),
    "field": ("linh vuc", "ten linh vuc"),
    "level": ("cap thuc hien", "cap giai quyet"),
    "decision": ("so quyet dinh", "quyet dinh cong bo"),
}
_NAMES = {spelling: column for column, spellings in _COLUMNS.items() for spelling in spellings}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it lies in the sheet."""

    value: Any = None
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet without its file: rows of cells, the rows that take part in a merge, the day it was made."""

    rows: tuple[tuple[Cell, ...], ...]
    merged_rows: frozenset[int] = frozenset()
    made: dt.date | None = None


@dataclass(slots=True)
class _Taken:
    procedures: list[Procedure] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    rows: int = 0


def read_list(path: Path, day: ReadingDay | None, today: dt.date) -> Import:
    """The list in this file. `day` None: the day on which the sheet was made."""
    return parse_list(path.name, _sheet(path), day, today)


def parse_list(name: str, sheet: Sheet, day: ReadingDay | None, today: dt.date) -> Import:
    """The list that a sheet holds, row by row; a bad row is refused, the others are taken."""
    header, columns = _header(name, sheet)
    made = sheet.made if sheet.made and sheet.made <= today else None
    read = day or ReadingDay((made or today).isoformat())
    taken = _Taken()
    for number, row in enumerate(sheet.rows[header + 1 :], header + 2):
        _take(name, number, {c: row[at] for c, at in columns.items() if at < len(row)}, sheet, read, taken)
    return Import(
        file=name,
        origin=Origin.LIST,
        day=read,
        day_known=bool(day or made),
        rows=taken.rows,
        procedures=tuple(taken.procedures),
        refusals=tuple(taken.refusals),
        notices=tuple(taken.notices),
    )


def _header(name: str, sheet: Sheet) -> tuple[int, dict[str, int]]:
    """The first row that names a code and a name column, wherever it is."""
    best: dict[str, int] = {}
    for number, row in enumerate(sheet.rows[:200]):
        columns: dict[str, int] = {}
        for at, cell in enumerate(row):
            if isinstance(cell.value, str) and (column := _NAMES.get(plain(line(cell.value)).rstrip(" :*"))):
                columns.setdefault(column, at)
        if {"code", "name"} <= columns.keys():
            return number, columns
        best = max(best, columns, key=len)
    for row in sheet.rows[:200]:
        if font := letters.legacy_font(" ".join(str(c.value or "") for c in row)):
            raise Unreadable(name, f"chữ gõ bằng phông cũ {font}", "chuyển sang Unicode rồi nhập lại")
    missing = ", ".join(f"“{what}”" for key, what in (("code", "Mã số"), ("name", "Tên")) if key not in best)
    raise Unreadable(name, f"thiếu cột {missing}", "danh sách phải có hàng tiêu đề với cột “Mã số” và “Tên”")


def _take(name: str, number: int, row: dict[str, Cell], sheet: Sheet, day: ReadingDay, taken: _Taken) -> None:
    if not any(str(c.value or "").strip() for c in row.values()):
        return
    taken.rows += 1
    where = f"hàng {number}"
    try:
        record = _procedure(row, sheet, number, day)
        if record.code in taken.seen:
            raise BadRecord(record.code, f"mã này đã có ở hàng {taken.seen[record.code]}", "bỏ một trong hai hàng")
    except BadRecord as bad:
        taken.refusals.append(Refusal(name, where, bad.value, bad.reason, bad.remedy))
        return
    taken.seen[record.code] = number
    taken.procedures.append(record)
    for oddity in dict.fromkeys(o for c in row.values() for o in letters.oddities(str(c.value or ""))):
        taken.notices.append(Notice(name, where, f"{oddity}: đã sửa khi nhập"))


def _procedure(row: dict[str, Cell], sheet: Sheet, number: int, day: ReadingDay) -> Procedure:
    for cell in row.values():
        if cell.formula:
            raise BadRecord(str(cell.value)[:40], "ô chứa công thức", "dán lại thành giá trị")
        if font := letters.legacy_font(str(cell.value or "")):
            raise BadRecord(str(cell.value)[:40], f"chữ gõ bằng phông cũ {font}", "chuyển sang Unicode rồi nhập lại")
    if number in sheet.merged_rows:
        raise BadRecord(str(row["code"].value or ""), "hàng có ô gộp", "bỏ gộp ô, điền đủ từng hàng")
    if isinstance(row["code"].value, int | float):
        raise BadRecord(str(row["code"].value), "mã ghi dạng số, có thể đã mất số 0 ở cuối", "định dạng cột mã là chữ")
    code = checked_code(row["code"].value)
    name = line(published(row["name"].value))
    if not name:
        raise BadRecord(code, "thiếu tên thủ tục", "điền tên")
    told = {column: row[column].value if column in row else "" for column in _COLUMNS}
    issuer = line(published(told["issuer"]))
    return Procedure(
        key=key_of(code),
        code=code,
        name=name,
        field=line(published(told["field"])),
        level=prose.levels(told["level"]),
        agency=prose.agency(told["agency"]),
        remarks=local_remarks(issuer),
        validity=Validity(decision=prose.decision_number(told["decision"])),
        sources=(Source(f"{PORTAL}, danh sách thủ tục hành chính{' – ' + issuer if issuer else ''}", day),),
    )


def _sheet(path: Path) -> Sheet:
    """The first sheet that holds anything."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(path)
    except Exception as bad:  # openpyxl lets whatever its XML reader raises through
        raise Unreadable(path.name, "không đọc được bảng tính", "mở bằng Excel, lưu lại thành .xlsx") from bad
    for sheet in book.worksheets:
        if sheet.max_row > MAX_ROWS:
            raise Unreadable(path.name, f"bảng có quá {MAX_ROWS} hàng", "tách thành nhiều tệp nhỏ hơn")
        rows = tuple(tuple(_cells(row)) for row in sheet.iter_rows())
        if any(c.value is not None for row in rows for c in row):
            merged = {n for area in sheet.merged_cells.ranges for n in range(area.min_row, area.max_row + 1)}
            made = book.properties.created
            return Sheet(rows, frozenset(merged), made.date() if made else None)
    raise Unreadable(path.name, "bảng tính rỗng", "tải lại tệp")


def _cells(row: tuple[Any, ...]) -> Iterator[Cell]:
    for cell in row:
        value = cell.value
        if isinstance(value, str):
            value = re.sub(r"_x000[dD]_", "\n", value)
        yield Cell(value, getattr(cell, "data_type", "") == "f")
