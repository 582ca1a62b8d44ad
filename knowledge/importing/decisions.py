"""Decisions (.docx) that announce, amend or abolish procedures: number, dates, and the annex tables row by row."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.importing import legal, prose
from knowledge.importing.documents import Block, Table
from knowledge.importing.imported import Import, Origin, Refusal, Unreadable
from knowledge.importing.letters import line, plain, published
from knowledge.importing.portal import BadRecord, checked_code, key_of
from knowledge.records import Change, Level, Procedure, ReadingDay, Source, Status, Validity

_NUMBER = re.compile(r"Số\s*:?\s*(\d{1,5}[a-z]?)\s*/\s*((?:QĐ|QD)\s*-\s*[A-ZĐa-z&.\-]+)", re.IGNORECASE)
_BLANK_NUMBER = re.compile(r"Số\s*:?\s*[.…_ ]*/\s*QĐ", re.IGNORECASE)
_EFFECT = re.compile(
    r"hiệu lực(?: thi hành)?(?: kể)? từ (?:ngày (?P<signed>ký)|(?P<day>ngày [^.;\n]{4,40}))", re.IGNORECASE
)
_PLACE_LINE = re.compile(r",\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}", re.IGNORECASE)
_COLUMNS = {
    "code": r"^(?:ma|so) (?:so |ho so )?(?:tthc|thu tuc|ho so)|^ma so$|^ma tthc",
    "name": r"^ten (?:thu tuc|tthc)|^thu tuc hanh chinh$",
    "field": r"^linh vuc",
    "agency": r"^co quan (?:thuc hien|giai quyet|co tham quyen)",
    "where": r"^dia diem|^noi (?:nop|tiep nhan)",
    "time": r"^thoi (?:han|gian)",
    "fee": r"^(?:muc )?(?:phi|le phi)",
    "legal": r"^can cu|^ten vb|^van ban|^ten van ban",
    "level": r"^cap (?:thuc hien|giai quyet)",
    "way": r"^cach thuc",
}
_LEVEL = {"trung uong": Level.NATION, "bo": Level.NATION, "tinh": Level.PROVINCE, "xa": Level.COMMUNE}


@dataclass(frozen=True, slots=True)
class Heading:
    """What the decision is and since when it holds."""

    number: str
    date: dt.date
    since: dt.date | None


@dataclass(slots=True)
class _State:
    """What the last headings said about the rows that follow them."""

    doing: str = ""
    field: str = ""
    level: Level | None = None
    rows: int = 0
    records: dict[str, Procedure] = dataclasses.field(default_factory=dict)
    refusals: list[Refusal] = dataclasses.field(default_factory=list)


def is_decision(blocks: Sequence[Block]) -> bool:
    """Whether the document speaks as a decision on procedures."""
    lines = [plain(x).strip("*# ") for x in _lines(blocks)]
    kind = next((x for x in lines if re.match(r"(?:quyet dinh|ke hoach)\b(?! so)", x) and len(x) < 120), "")
    told = " ".join(lines)
    return kind.startswith("quyet dinh") and "thu tuc hanh chinh" in told and bool(re.search(r"cong bo|bai bo", told))


def parse_decision(name: str, blocks: Sequence[Block], day: ReadingDay | None, today: dt.date) -> Import:
    """The procedures that the decision announces, amends or abolishes."""
    heading = _heading(name, blocks)
    state = _State()
    for number, block in enumerate(blocks):
        if isinstance(block, str):
            _hear(block, state)
        else:
            _read_table(name, f"bảng {_ordinal(blocks, number)}", block, heading, state)
    if not state.rows:
        raise Unreadable(
            name, "không thấy bảng thủ tục nào", "bảng phải có cột “Mã số TTHC” và “Tên thủ tục hành chính”"
        )
    read = day or ReadingDay(today.isoformat())
    source = Source(f"Quyết định số {heading.number} ngày {heading.date:%d/%m/%Y}", read)
    records = tuple(replace(r, sources=(source,)) for r in state.records.values())
    return Import(name, Origin.DECISION, read, True, state.rows, records, refusals=tuple(state.refusals))


def _ordinal(blocks: Sequence[Block], upto: int) -> int:
    return sum(isinstance(b, Table) for b in blocks[: upto + 1])


def _lines(blocks: Iterable[Block]) -> list[str]:
    """All text in order, the cells of tables too (the head of a decision often is a table without borders)."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            found += block.split("\n")
        else:
            found += [part for row in block.rows for cell in dict.fromkeys(row) for part in cell.split("\n")]
    return found


def _heading(name: str, blocks: Sequence[Block]) -> Heading:
    lines = [line(x) for x in _lines(blocks) if x.strip()]
    top = "\n".join(lines[:40])
    number = _NUMBER.search(top)
    if not number:
        what = "số quyết định để trống" if _BLANK_NUMBER.search(top) else "không thấy số quyết định"
        raise Unreadable(name, what, "dùng bản đã ban hành, có “Số: …/QĐ-…”")
    placed = next((x for x in lines[:40] if _PLACE_LINE.search(x)), "")
    if bad := legal.impossible_day(placed):
        raise Unreadable(name, "ngày ban hành không có thật", "sửa lại ngày trong tệp", bad)
    date = legal.day_in(placed) or legal.day_in(top)
    if not date:
        raise Unreadable(name, "không thấy ngày ban hành", "dùng bản đã ban hành, có “…, ngày … tháng … năm …”")
    return Heading(f"{number[1]}/{legal.spelled(number[2])}", date, _since(name, "\n".join(lines), date))


def _since(name: str, text: str, date: dt.date) -> dt.date | None:
    found = _EFFECT.search(text)
    if not found:
        return None
    if found["signed"]:
        return date
    if bad := legal.impossible_day(found["day"]):
        raise Unreadable(name, "ngày có hiệu lực không có thật", "sửa lại ngày trong tệp", bad)
    return legal.day_in(found["day"])


def _hear(text: str, state: _State) -> None:
    """A heading changes what the rows after it mean."""
    told = plain(text)
    if len(told) > 400:
        return
    if re.search(r"bai bo", told) and not re.search(r"sua doi, bo sung.*bai bo|ban hanh moi.*bai bo", told):
        state.doing = "bãi bỏ"
    elif re.search(r"sua doi|bo sung|thay the", told) and "danh muc" in told and "bai bo" not in told:
        state.doing = "sửa đổi"
    elif re.search(r"ban hanh moi|moi ban hanh|chuan hoa", told) and "bai bo" not in told:
        state.doing = "công bố"
    if len(told) < 160 and (found := re.search(r"\bcap (trung uong|bo|tinh|xa)\b", told)):
        state.level = _LEVEL[found[1]]
    if found := re.search(r"[Ll](?:ĩnh vực|ĨNH VỰC)[:\s]+(.{2,120})$", text.strip()):
        state.field = (
            line(found[1]).rstrip(".:; ").capitalize() if found[1].isupper() else line(found[1]).rstrip(".:; ")
        )


def _read_table(name: str, where: str, table: Table, heading: Heading, state: _State) -> None:
    columns: dict[str, int] = {}
    for number, row in enumerate(table.rows, 1):
        known = _columns(row)
        if {"code", "name"} <= known.keys() or (not columns and "name" in known):
            columns = known
        elif columns and len({c for c in row if c}) == 1:
            _hear(next(c for c in row if c), state)
        elif columns and any(c.strip() for c in row) and not _numbering(row):
            told = {column: row[at] for column, at in columns.items() if at < len(row)}
            _take(name, f"{where}, hàng {number}", told, heading, state)
    if columns and "code" not in columns:
        state.rows += 1
        state.refusals.append(Refusal(name, where, "", "bảng thiếu cột mã thủ tục", "thêm cột “Mã số TTHC”"))


def _columns(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        told = plain(line(cell))
        for column, pattern in _COLUMNS.items():
            if re.search(pattern, told) and len(told) < 120:
                found.setdefault(column, at)
                break
    return found


def _numbering(row: Sequence[str]) -> bool:
    """The row "(1) (2) (3)" below some headers."""
    return all(re.fullmatch(r"\(?\d{1,2}\)?", c.strip()) for c in row if c.strip())


def _take(name: str, where: str, row: dict[str, str], heading: Heading, state: _State) -> None:
    if "code" not in row:
        return
    state.rows += 1
    try:
        record = _record(row, heading, state)
        if record.code in state.records:
            raise BadRecord(record.code, "mã này đã có ở một hàng trước", "bỏ một trong hai hàng")
        state.records[record.code] = record
    except BadRecord as bad:
        state.refusals.append(Refusal(name, where, bad.value, bad.reason, bad.remedy))


def _record(row: dict[str, str], heading: Heading, state: _State) -> Procedure:
    code = checked_code(line(row["code"]))
    title = re.sub(r"^\d+[.)]\s*", "", line(published(row.get("name", ""))))
    if not title:
        raise BadRecord(code, "thiếu tên thủ tục", "điền tên")
    if not state.doing:
        raise BadRecord(code, "không rõ là công bố mới, sửa đổi hay bãi bỏ", "ghi rõ ở tiêu đề phía trên bảng")
    validity = Validity(heading.number, heading.date, heading.since)
    if state.doing == "bãi bỏ":
        told = f"Bãi bỏ theo Quyết định số {heading.number} ngày {heading.date:%d/%m/%Y}"
        validity = replace(validity, status=Status.ABOLISHED, note=told)
        return Procedure(key=key_of(code), code=code, name=title, field=state.field, validity=validity)
    level = prose.levels(row.get("level", "")) or ((state.level,) if state.level else ())
    found = legal.legal_texts(row.get("legal", ""))
    return Procedure(
        key=key_of(code),
        code=code,
        name=title,
        field=line(published(row.get("field", ""))) or state.field,
        level=level,
        agency=prose.agency(row.get("agency", "")),
        where=line(published(row.get("where", ""))),
        time=line(published(row.get("time", ""))),
        fee=line(published(row.get("fee", ""))),
        legal=found,
        validity=validity,
    )


def coming(record: Procedure) -> Change:
    """The change that a decision announces for a day still to come."""
    v = record.validity
    what = v.note or f"Sửa đổi, bổ sung theo Quyết định số {v.decision}"
    assert v.since
    return Change(v.since, what)
