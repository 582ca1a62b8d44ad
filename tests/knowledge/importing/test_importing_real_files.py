"""The portal's real files, where they are at hand: everything imports, fast, and its glued cells come apart."""

from __future__ import annotations

import datetime as dt
import json
import lzma
import re
from pathlib import Path
from typing import Any

import pytest

from knowledge.importing import papers, tables
from knowledge.importing.files import read_file
from knowledge.importing.imported import Import
from knowledge.importing.letters import bulletless, line, published
from knowledge.records import ReadingDay

TODAY = dt.date(2026, 11, 21)
ROWS = {"BoCongAn": 339, "BoTaiChinh": 706, "BoTuPhap": 271, "BoXayDung": 525, "NganhangNhanuocVietNam": 261}
ROWS |= {"NongNghiepvaMoiTruong": 537, "toa-an-nhan-dan": 3}


@pytest.fixture(scope="module")
def records(shared: Path) -> list[dict[str, Any]]:
    with lzma.open(shared / "corpora" / "procedures.jsonl.xz", "rt", encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


@pytest.fixture(scope="module")
def imported(shared: Path) -> Import:
    return read_file(shared / "corpora" / "procedures.jsonl.xz", TODAY, ReadingDay("2026-07"))


@pytest.mark.parametrize("name", ROWS)
def test_every_row_of_the_real_lists_imports(name: str, shared: Path) -> None:
    (path,) = (shared / "corpora" / "official_lists").glob(f"*{name}.xlsx")
    found = read_file(path, TODAY)
    assert (len(found.procedures), found.rows, found.refusals) == (ROWS[name], ROWS[name], ())
    assert found.day_known


def test_all_real_records_import(imported: Import) -> None:
    assert (len(imported.procedures), imported.refusals) == (4150, ())


def test_the_columns_of_real_records_are_filled(imported: Import) -> None:
    filled = {
        name: sum(bool(getattr(p, name)) for p in imported.procedures)
        for name in ("ways", "steps", "legal", "result", "who", "level")
    }
    assert min(filled.values()) > 3900, filled
    assert sum(bool(p.documents or p.cases) for p in imported.procedures) > 3900


def test_nothing_of_the_page_around_the_cells_is_left_in_real_records(imported: Import) -> None:
    left = [
        (p.code, text)
        for p in imported.procedures
        for text in (*p.result, *p.conditions, *(w.note for w in p.ways), *(d.name for d in p.documents))
        if "Từ khóaKhông" in text or "Chọn cơ quan thực hiện" in text or papers.HEADER in text
    ]
    assert left == []


def test_free_of_charge_in_real_records_is_doubted_or_clearly_said(imported: Import) -> None:
    free = [p for p in imported.procedures if p.fee == "Miễn phí"]
    assert len(free) > 1000
    assert sum("fee" in p.doubts for p in free) > len(free) * 0.7


def test_glued_papers_come_apart_as_the_whole_tables_say(records: list[dict[str, Any]]) -> None:
    """704 records hold their papers twice, glued and as a table: the names that both readings find."""
    wanted = found = 0
    for record in records:
        if "alt_documents_table" not in record or papers.HEADER not in record["documents"]:
            continue
        there = {_bare(name) for name, *_ in tables.body(record["alt_documents_table"], 4)} - {""}
        glued = papers.glued_papers(record["documents"])
        mine = {_bare(d.name) for d in (*glued.documents, *(d for c in glued.cases for d in c.documents))}
        wanted += len(there)
        found += len(there & mine)
    assert wanted > 3500
    assert found / wanted > 0.97


def test_real_glued_legal_cells_come_apart(imported: Import) -> None:
    texts = [t for p in imported.procedures for t in p.legal]
    assert len(texts) > 15_000
    assert sum(not t.number for t in texts) < len(texts) * 0.03
    stuck = [t.name for t in texts if re.search(r"[a-zà-ỹ]\d{1,3}/20\d\d/(?:NĐ|TT|QH)", t.name)]
    assert len(stuck) < len(texts) * 0.005


def test_the_real_plans_become_drafts(shared: Path) -> None:
    drafts = {path.name[:3]: read_file(path, TODAY).plans[0] for path in sorted((shared / "seeds").glob("0*.txt"))}
    told = {
        n: (p.place, p.year, p.number, len([t for t in p.tasks if t.id.startswith("pl")])) for n, p in drafts.items()
    }
    assert told == {
        "000": ("Cao Bằng", 2014, "", 0),
        "001": ("Quảng Trị", 2024, "", 8),
        "002": ("Cần Thơ", 2014, "127/KH-UBND", 0),
        "003": ("Tuyên Quang", 2021, "15/KH-UBND", 0),
        "004": ("Bắc Giang", 2014, "22/KH-KHCN", 0),
    }
    assert all(p.tasks and p.reporting and p.purposes and p.contents and p.channels for p in drafts.values())


def _bare(name: str) -> str:
    return re.sub(r"\W", "", bulletless(line(published(name))))
