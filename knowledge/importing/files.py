"""One official file, whatever its format, becomes an Import; a file that cannot be taken raises Unreadable."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from knowledge.importing.imported import Import, Notice, Origin, Refusal, Unreadable
from knowledge.importing.opening import Kind, Opened, open_file
from knowledge.records import Procedure, ReadingDay

Progress = Callable[[int, int], None]


def read_file(
    path: Path, today: dt.date, day: ReadingDay | None = None, place: str = "", progress: Progress | None = None
) -> Import:
    """What the file holds. `day`: the day on which it was exported, where a person knows it."""
    opened = open_file(path)
    if opened.kind is Kind.XLSX:
        from knowledge.importing.lists import read_list

        return read_list(path, day, today)
    if opened.kind in (Kind.JSON, Kind.JSON_LINES):
        trees = _json_lines(opened) if opened.kind is Kind.JSON_LINES else _json(opened)
        return parse_records(path.name, trees, today, day, progress)
    return _document(opened, today, day, place)


def parse_records(
    name: str,
    trees: Iterable[tuple[str, Any]],
    today: dt.date,
    day: ReadingDay | None = None,
    progress: Progress | None = None,
) -> Import:
    """Portal records (each with the place where it stands in the file) become procedures; bad ones are refused."""
    read = day or ReadingDay(today.isoformat())
    taker = _Taker(name, read)
    told = list(trees)
    for number, (where, tree) in enumerate(told, 1):
        if progress:
            progress(number, len(told))
        taker.take(where, tree)
    return Import(
        file=name,
        origin=Origin.PORTAL,
        day=read,
        day_known=bool(day),
        rows=len(told),
        procedures=tuple(taker.records.values()),
        refusals=tuple(taker.refusals),
        notices=tuple(taker.notices),
    )


class _Taker:
    """Takes records one by one, each code once."""

    def __init__(self, name: str, day: ReadingDay) -> None:
        self.name, self.day = name, day
        self.records: dict[str, Procedure] = {}
        self.seen: dict[str, str] = {}
        self.refusals: list[Refusal] = []
        self.notices: list[Notice] = []

    def take(self, where: str, tree: Any) -> None:
        from knowledge.importing.portal import BadRecord, procedure

        try:
            if not isinstance(tree, dict):
                raise BadRecord(str(tree)[:40], _broken(tree), "tải lại bản ghi này từ Cổng")
            _check_letters(tree, where, self.name, self.notices)
            record = procedure(tree, self.day)
            if record.code in self.seen:
                raise BadRecord(record.code, f"mã này đã có ở {self.seen[record.code]}", "bỏ một trong hai bản ghi")
        except BadRecord as bad:
            self.refusals.append(Refusal(self.name, where, bad.value, bad.reason, bad.remedy))
            return
        self.seen[record.code] = where
        self.records[record.code] = record


def _broken(tree: Any) -> str:
    return "không phải JSON" if tree is None else "không phải một bản ghi (khối {…})"


def _check_letters(tree: dict[str, Any], where: str, name: str, notices: list[Notice]) -> None:
    from knowledge.importing import letters
    from knowledge.importing.portal import BadRecord

    whole = "\n".join(v for v in tree.values() if isinstance(v, str))
    if font := letters.legacy_font(str(tree.get("name"))) or letters.legacy_font(whole):
        raise BadRecord(str(tree.get("name"))[:40], f"chữ gõ bằng phông cũ {font}", "chuyển sang Unicode rồi nhập lại")
    notices += [Notice(name, where, f"{what}: đã sửa khi nhập") for what in letters.oddities(whole)]


def _json_lines(opened: Opened) -> Iterator[tuple[str, Any]]:
    for number, row in enumerate(opened.text.split("\n"), 1):
        if row.strip():
            try:
                yield f"dòng {number}", json.loads(row)
            except (ValueError, RecursionError):
                yield f"dòng {number}", None


def _json(opened: Opened) -> Iterator[tuple[str, Any]]:
    """A list of records, one record, or a list under some name in an object."""
    try:
        tree = json.loads(opened.text)
    except ValueError as bad:
        raise Unreadable(opened.name, f"không phải JSON ({bad.args[0].split(':')[0]})", "tải lại tệp") from bad
    except RecursionError as bad:
        raise Unreadable(opened.name, "JSON lồng quá sâu", "không dùng tệp này") from bad
    if isinstance(tree, dict) and "code" not in tree:
        tree = next((v for v in tree.values() if isinstance(v, list)), tree)
    rows = tree if isinstance(tree, list) else [tree]
    for number, row in enumerate(rows, 1):
        yield f"bản ghi {number}", row if row is not None else "null"


def _document(opened: Opened, today: dt.date, day: ReadingDay | None, place: str) -> Import:
    from knowledge.importing.decisions import is_decision, parse_decision
    from knowledge.importing.documents import blocks
    from knowledge.importing.plans import parse_plan

    found = blocks(opened)
    if is_decision(found):
        if opened.kind is not Kind.DOCX:
            raise Unreadable(opened.name, "quyết định công bố chỉ đọc được từ .docx", "dùng bản .docx của quyết định")
        return parse_decision(opened.name, found, day, today)
    return parse_plan(opened.name, found, day, today, place)
