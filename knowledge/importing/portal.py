"""Records of the national public-service portal, as its readers save them, become procedures.

Three shapes are known: table cells glued together, Markdown tables, and JSON tables inside `documents`. Where a record
holds both a glued and a whole table, fees are taken from the glued one (the other lost them) and papers from the whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from knowledge.importing import legal, papers, prose, tables, ways
from knowledge.importing.cutting import mended
from knowledge.importing.letters import clean, line, published
from knowledge.library import ONLY_AT
from knowledge.records import (
    Confidence,
    Document,
    LegalText,
    Online,
    OnlineLevel,
    Procedure,
    ReadingDay,
    Source,
    Validity,
    WayKind,
)

PORTAL = "Cổng Dịch vụ công quốc gia"
_CODE = re.compile(r"^\d\.\d{6}$")
_COUNT = re.compile(r"(bản chính|bản sao)\s*:\s*(\d+)", re.IGNORECASE)
_LOCAL = re.compile(
    r"^(?:UBND|Ủy ban nhân dân|Trung tâm phục vụ hành chính công)\s+(?=(?:tỉnh|thành phố)\b)", re.IGNORECASE
)
_TREE = Mapping[str, Any]


class BadRecord(ValueError):
    """A record that cannot become a procedure; says which value and why."""

    def __init__(self, value: str, reason: str, remedy: str) -> None:
        self.value, self.reason, self.remedy = value, reason, remedy
        super().__init__(reason)


def key_of(code: str) -> str:
    """ "1.001193" → "tt_1_001193"."""
    return "tt_" + code.replace(".", "_")


def checked_code(value: object) -> str:
    """The code, if it is written exactly as the portal writes codes."""
    code = clean(str(value if value is not None else ""))
    if not _CODE.match(code):
        raise BadRecord(code, "mã thủ tục không đúng dạng", "mã có dạng 1.001193: một chữ số, dấu chấm, sáu chữ số")
    return code


def procedure(tree: _TREE, day: ReadingDay) -> Procedure:
    """The procedure that one portal record describes."""
    tree, cut = mended(tree)
    code = checked_code(tree.get("code"))
    name = line(published(tree.get("name")))
    if not name:
        raise BadRecord(code, "thiếu tên thủ tục", "thêm tên (name) cho bản ghi này")
    inner = _inner_tables(tree)
    found_ways, time_doubt = _ways(tree, inner)
    handed = _papers(tree, inner)
    return _with_doubts(
        Procedure(
            key=key_of(code),
            code=code,
            name=name,
            field=line(published(tree.get("field"))),
            level=prose.levels(tree.get("level")),
            agency=prose.agency(tree.get("agency") or _content(tree).get("cơ_quan_thực_hiện")),
            where=line(published(_content(tree).get("địa_chỉ_tiếp_nhận_hs"))),
            ways=found_ways.ways,
            time=_shared(w.time for w in found_ways.ways),
            fee=_shared(w.fee for w in found_ways.ways),
            documents=handed.documents,
            cases=handed.cases,
            steps=prose.steps(tree.get("steps")),
            conditions=_conditions(tree),
            who=prose.people(tree.get("who") or _content(tree).get("đối_tượng_thực_hiện")),
            result=prose.results(tree.get("result") or _content(tree).get("kết_quả_thực_hiện")),
            legal=_legal(tree, inner),
            online=_online(found_ways),
            remarks=local_remarks(tree.get("ministry")),
            validity=Validity(decision=prose.decision_number(tree.get("decision"))),
            sources=(Source(f"{PORTAL}, bản ghi {code}", day, _url(tree)),),
        ),
        {"time": time_doubt, "fee": found_ways.fee_doubt, "documents": cut},
    )


def _with_doubts(record: Procedure, doubts: Mapping[str, str]) -> Procedure:
    import dataclasses

    known = {name: why for name, why in doubts.items() if why}
    return dataclasses.replace(record, confidence=dict.fromkeys(known, Confidence.LOW), doubts=known)


def _content(tree: _TREE) -> _TREE:
    raw = tree.get("raw")
    content = raw.get("content") if isinstance(raw, Mapping) else None
    return content if isinstance(content, Mapping) else {}


def _inner_tables(tree: _TREE) -> _TREE:
    """The tables that some readers save as JSON inside `documents`, or as they are."""
    held = tree.get("documents")
    if isinstance(held, str) and held.lstrip().startswith("{"):
        try:
            held = json.loads(held)
        except ValueError as bad:
            raise BadRecord(
                held[:40], "bảng trong “documents” hỏng, không đọc được", "tải lại bản ghi từ Cổng"
            ) from bad
    return held if isinstance(held, Mapping) else {}


def _ways(tree: _TREE, inner: _TREE) -> tuple[ways.Ways, str]:
    told = str(tree.get("methods") or "")
    if rows := inner.get("hinh_thuc_nop"):
        found = ways.table_ways(_way_cells(row) for row in rows if isinstance(row, Mapping))
        return found, found.time_doubt
    if told.startswith(ways.HEADER):
        found = ways.glued_ways(told)
        return found, found.time_doubt or _times_differ(found, str(tree.get("alt_methods_table") or ""))
    found = _table_ways(told or str(tree.get("alt_methods_table") or ""))
    return found, found.time_doubt


def _way_cells(row: _TREE) -> tuple[str, str, str, str]:
    """A row of JSON; "Phí : 0 Đồng" is how this reader wrote the portal's "Miễn phí"."""
    fee = re.sub(r"^(?:Phí|Lệ phí)\s*:\s*", "", line(str(row.get("phi_le_phi") or "")))
    fee = re.sub(r"^0 (?:Đồng|đồng|VNĐ)", "Miễn phí", fee)
    return (
        str(row.get("hinh_thuc") or ""),
        str(row.get("thoi_han_giai_quyet") or ""),
        fee,
        str(row.get("mo_ta") or ""),
    )


def _table_ways(text: str) -> ways.Ways:
    return ways.table_ways((by, time, fee, note) for by, time, fee, note in tables.body(text, 4))


def _times_differ(found: ways.Ways, other: str) -> str:
    """A doubt where the same record, read twice, gives different times."""
    seen = {w.by: w.time for w in _table_ways(other).ways}
    for way in found.ways:
        there = seen.get(way.by, "")
        if way.time and there and _digits(way.time) != _digits(there):
            return f"hai lần đọc Cổng cho thời hạn khác nhau: {way.time}; {there}"
    return ""


def _digits(text: str) -> tuple[int, ...]:
    return tuple(int(d) for d in re.findall(r"\d+", text))


def _papers(tree: _TREE, inner: _TREE) -> papers.Papers:
    if rows := inner.get("thanh_phan_ho_so"):
        made = (_json_paper(row) for row in rows if isinstance(row, Mapping))
        return papers.Papers(tuple(dict.fromkeys(d for d in made if d)))
    for text in (str(tree.get("alt_documents_table") or ""), str(tree.get("documents") or "")):
        if "| ---" in text:
            return _table_papers(text)
    return papers.glued_papers(str(tree.get("documents") or "")) if not inner else papers.Papers()


def _json_paper(row: _TREE) -> Document | None:
    counts = {kind.lower(): int(n) for kind, n in _COUNT.findall(str(row.get("ghi_chu") or ""))}
    files = re.split(r"\n|;\s", str(row.get("so_luong") or ""))
    return papers.document(
        str(row.get("ten_giay_to") or ""), files, counts.get("bản chính", 0), counts.get("bản sao", 0)
    )


def _table_papers(text: str) -> papers.Papers:
    sections = []
    for heading, rows, loose in tables.sections(text, 4):
        made = [papers.document(n, tables.linked_names(f), _number(a), _number(b)) for n, a, b, f in rows]
        if papers.HEADER in loose.replace(" ", "") or "Tên giấy tờ Mẫu đơn" in loose:
            loose = ""  # the same table once more, glued
        made += [papers.document(part, (), 0, 0) for part in loose.split("\n") if published(part)]
        sections.append(papers.Section(papers.heading(heading), tuple(d for d in made if d)))
    return papers.sorted_papers(sections)


def _number(cell: str) -> int:
    return int(cell) if cell.isdigit() else 0


def _legal(tree: _TREE, inner: _TREE) -> tuple[LegalText, ...]:
    if rows := inner.get("can_cu_phap_ly"):
        made = [
            legal.legal_text(str(r.get("trich_yeu") or ""), str(r.get("so_ky_hieu") or ""), _json_day(r))
            for r in rows
            if isinstance(r, Mapping)
        ]
        return tuple(dict.fromkeys(t for t in made if t))
    told = str(tree.get("legal") or "")
    if "| ---" in told:
        return tuple(dict.fromkeys(t for n, c in tables.body(told, 2) if (t := legal.legal_text(n, c))))
    return legal.glued_legal(told)


def _json_day(row: _TREE) -> Any:
    return legal.day_in(str(row.get("ngay_ban_hanh") or ""))


def _conditions(tree: _TREE) -> tuple[str, ...]:
    return prose.paragraphs(tree.get("conditions") or _content(tree).get("yêu_cầu_điều_kiện_thực_hiện"))


def _online(found: ways.Ways) -> Online | None:
    """The portal takes files online, but its record does not say how far the service goes."""
    here = any(w.by is WayKind.ONLINE for w in found.ways)
    return Online(OnlineLevel.UNCLEAR, PORTAL) if here else None


def local_remarks(issuer: object) -> tuple[str, ...]:
    """A procedure that one province announced holds there alone."""
    name = line(published(issuer))
    place = _LOCAL.sub("", name) if _LOCAL.match(name) else ""
    return (f"Do {name} công bố; {ONLY_AT} {place[0].lower() + place[1:]}.",) if place else ()


def _url(tree: _TREE) -> str:
    url = line(str(tree.get("url") or ""))
    return url if url.startswith("https://") else ""


def _shared(values: Iterable[str]) -> str:
    """The value that all ways share, else ""."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""
