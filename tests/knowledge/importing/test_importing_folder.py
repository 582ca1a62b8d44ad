from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.importing import folder
from knowledge.importing.diff import Held
from knowledge.importing.imported import Unreadable
from knowledge.reading import read_folder
from knowledge.records import (
    Case,
    Change,
    Confidence,
    Document,
    Form,
    LegalText,
    Level,
    Online,
    OnlineLevel,
    Plan,
    PlanTask,
    Procedure,
    ReadingDay,
    ReportingDuty,
    Source,
    Status,
    Validity,
    Way,
    WayKind,
)

FULL = Procedure(
    "tt_1_900001",
    "Nuôi chim",
    "1.900001",
    aliases=("chim",),
    asks=("nuôi chim xin ở đâu",),
    level=(Level.COMMUNE, Level.PROVINCE),
    ways=(Way(WayKind.POST, "3 ngày", "5.000 đồng", "Ghi chú\nhai dòng"),),
    documents=(Document("Đơn", "1 bản chính", Form("Mẫu 1", "https://x.vn"), "Ký tên"), Document("Ảnh")),
    cases=(Case("Khi mất thẻ", (Document("Đơn trình báo"),), ("mất thẻ",)),),
    legal=(LegalText("Luật Chim", "12/2020/QH14", dt.date(2020, 6, 1)),),
    online=Online(OnlineLevel.PARTIAL, "Cổng"),
    popularity=2,
    validity=Validity(
        "5/QĐ-X", dt.date(2026, 1, 2), status=Status.ABOLISHED, changes=(Change(dt.date(2027, 1, 1), "Đổi"),)
    ),
    sources=(Source("Cổng", ReadingDay("2026-07"), "https://y.vn"),),
    confidence={"fee": Confidence.LOW},
    doubts={"fee": "chưa rõ: “5.000”"},
)
PLAN = Plan(
    "kh_1",
    "Kế hoạch",
    "UBND",
    "Hòa Sơn",
    2026,
    date=dt.date(2026, 1, 12),
    tasks=(PlanTask("nv1", "Làm: tờ gấp", ("Sở A",), deadline=dt.date(2026, 6, 1)),),
    reporting=(ReportingDuty("Báo cáo", ("Sở A",), "UBND", days=(dt.date(2026, 12, 1),)),),
)


def put(root: Path, *procedures: Procedure, plans: tuple[Plan, ...] = (), place: str = "") -> None:
    folder.write(root, {p.code: p for p in procedures}, plans, place, folder.read_contents(root))


def other(code: str, name: str = "Khác") -> Procedure:
    return Procedure("tt_" + code.replace(".", "_"), name, code)


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    put(tmp_path / "nation", FULL, plans=(PLAN,), place="Hòa Sơn")
    back = folder.read_contents(tmp_path / "nation")
    assert dict(back.held.procedures) == {"1.900001": FULL}
    assert dict(back.held.plans) == {"kh_1": PLAN}
    assert (back.place, read_folder(tmp_path / "nation").name) == ("Hòa Sơn", "nation")


def test_lines_are_sorted_by_code_and_hold_nothing_empty(tmp_path: Path) -> None:
    put(tmp_path, other("2.900001"), FULL, other("1.900000"))
    rows = [json.loads(x) for x in (tmp_path / "procedures.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [r["code"] for r in rows] == ["1.900000", "1.900001", "2.900001"]
    assert rows[0] == {"key": "tt_1_900000", "name": "Khác", "code": "1.900000"}
    assert rows[1]["validity"]["decision_date"] == "2026-01-02"
    assert rows[1]["documents"][1] == "Ảnh"


def test_procedures_on_hand_written_pages_are_told_apart_and_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "tay.yaml"
    page.write_text("procedures:\n  - key: nuoi_chim\n    code: '1.900009'\n    name: Nuôi chim\n", encoding="utf-8")
    before = page.read_bytes()
    put(tmp_path, FULL)
    held = folder.read_contents(tmp_path).held
    assert (list(held.procedures), dict(held.by_hand)) == (["1.900001"], {"1.900009": "nuoi_chim"})
    assert page.read_bytes() == before


def test_the_card_of_a_folder_is_written_once(tmp_path: Path) -> None:
    put(tmp_path, FULL)
    (tmp_path / "folder.yaml").write_text("name: Của tôi\nplace: ''\n", encoding="utf-8")
    put(tmp_path, FULL, place="Hòa Sơn")
    assert read_folder(tmp_path).name == "Của tôi"


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_death_at_any_step_leaves_the_old_folder_whole(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, other("1.900001", "Cũ"))
    old = (tmp_path / "procedures.jsonl").read_bytes()

    def die(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    if broken == "fsync":
        monkeypatch.setattr(folder.os, "fsync", die)
    else:
        monkeypatch.setattr(Path, "replace", die)
    with pytest.raises(OSError, match="No space"):
        put(tmp_path, FULL)
    assert (tmp_path / "procedures.jsonl").read_bytes() == old
    assert [p.name for p in folder.read_contents(tmp_path).held.procedures.values()] == ["Cũ"]


def test_a_folder_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    before = folder.read_contents(tmp_path)
    put(tmp_path, other("1.900001", "Của người khác"))
    with pytest.raises(folder.Meanwhile):
        folder.write(tmp_path, {"1.900001": FULL}, (), "", before)


def test_a_folder_with_faults_is_refused_with_the_first_of_them(tmp_path: Path) -> None:
    (tmp_path / "procedures.jsonl").write_text('{"key": "a", "nmae": "b"}\n', encoding="utf-8")
    with pytest.raises(Unreadable, match="nmae"):
        folder.read_contents(tmp_path)


def test_an_absent_folder_holds_nothing_and_a_file_is_no_folder(tmp_path: Path) -> None:
    assert folder.read_contents(tmp_path / "none").held == Held({}, {}, {})
    (tmp_path / "file").write_text("x")
    with pytest.raises(Unreadable, match="không phải một thư mục"):
        folder.read_contents(tmp_path / "file")
