from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from knowledge.library import ONLY_AT, Folder, GoldenAt, Library, Page, covers, join
from knowledge.records import Confidence, Contact, Place, Procedure, Status, Validity

DAY = dt.date(2026, 11, 21)


def procedure(fee: str = "", decision: str = "", decided: str = "", **more: Any) -> Procedure:
    date = dt.date.fromisoformat(decided) if decided else None
    values: Mapping[str, Any] = {
        "key": "a",
        "code": "1.000001",
        "name": "Thủ tục A",
        "fee": fee,
        "validity": Validity(decision=decision, decision_date=date),
        **more,
    }
    return Procedure(**values)


def library(*records: Procedure | tuple[str, Procedure], place: str = "", day: dt.date = DAY) -> Library:
    folders = []
    for i, found in enumerate(records):
        where, record = found if isinstance(found, tuple) else ("", found)
        folders.append(Folder(Path(f"f{i}"), f"f{i}", where, Page(procedures=(record,))))
    return join(folders, place, day)


def test_the_later_decision_wins_whatever_the_order_of_folders() -> None:
    old, new = procedure("10", "1/QĐ", "2025-01-01"), procedure("20", "2/QĐ", "2026-01-01")
    for pair in ((old, new), (new, old)):
        assert library(*pair).procedures["a"].fee == "20"


def test_folder_order_decides_within_one_decision() -> None:
    assert library(procedure("10", "1/QĐ"), procedure("20", "1/QĐ")).procedures["a"].fee == "10"


def test_what_differs_is_shown_as_a_conflict() -> None:
    (conflict,) = library(procedure("10 đồng", "1/QĐ"), procedure("20 đồng", "1/QĐ")).conflicts
    assert (conflict.field, conflict.kept, conflict.other) == ("fee", "10 đồng", "20 đồng")


def test_the_same_amount_in_other_words_is_no_conflict() -> None:
    assert library(procedure("8.000 đồng", "1/QĐ"), procedure("Lệ phí: 8000 đ", "1/QĐ")).conflicts == ()


def test_a_gap_is_filled_from_the_same_decision_as_it_stands() -> None:
    record = library(procedure("", "1/QĐ"), procedure("20", "1/QĐ", confidence={"fee": Confidence.HIGH})).procedures[
        "a"
    ]
    assert (record.fee, record.confidence_of("fee"), record.doubts) == ("20", Confidence.HIGH, {})


def test_a_gap_filled_from_an_older_decision_is_marked_doubtful() -> None:
    record = library(procedure("", "2/QĐ", "2026-01-01"), procedure("20", "1/QĐ", "2025-01-01")).procedures["a"]
    assert record.fee == "20"
    assert record.confidence_of("fee") is Confidence.LOW
    assert "1/QĐ" in record.doubts["fee"]


def test_a_field_withheld_on_purpose_is_never_filled() -> None:
    withheld = procedure("", "1/QĐ", doubts={"fee": "chưa kiểm được"})
    assert library(withheld, procedure("Miễn phí", "1/QĐ")).procedures["a"].fee == ""


def test_asks_aliases_and_notes_are_united() -> None:
    record = library(procedure(asks=("x", "y")), procedure(asks=("y", "z"), notes=("n",))).procedures["a"]
    assert (record.asks, record.notes) == (("x", "y", "z"), ("n",))


def test_a_decision_not_yet_in_force_is_announced_and_does_not_speak() -> None:
    coming = procedure("99", key="b", validity=Validity(decision="9/QĐ", since=dt.date(2027, 1, 1)))
    before = library(procedure("10", "1/QĐ", "2026-01-01"), coming)
    assert before.procedures["a"].fee == "10"
    assert before.procedures["a"].validity.changes[0].since == dt.date(2027, 1, 1)
    after = before.at("", dt.date(2027, 1, 2))
    assert after.procedures["a"].fee == "99"


def test_a_province_speaks_over_the_nation_only_for_those_who_ask_from_there() -> None:
    both = library(procedure("theo tỉnh", where="xã"), ("Cao Bằng", Procedure(key="a", fee="15.000 đồng")))
    assert both.procedures["a"].fee == "theo tỉnh"
    there = both.at("Cao Bằng", DAY).procedures["a"]
    assert (there.fee, there.where, there.code) == ("15.000 đồng", "xã", "1.000001")
    assert both.at("Cần Thơ", DAY).procedures["a"].fee == "theo tỉnh"


def test_a_commune_speaks_over_its_province() -> None:
    all_three = library(
        procedure("nước"),
        ("Cao Bằng", Procedure(key="a", fee="tỉnh")),
        ("Cao Bằng/Xã Trùng Khánh", Procedure(key="a", fee="xã")),
    )
    assert all_three.at("Cao Bằng/Xã Trùng Khánh", DAY).procedures["a"].fee == "xã"
    assert all_three.at("Cao Bằng/Xã Khác", DAY).procedures["a"].fee == "tỉnh"


def test_an_abolished_procedure_stays_known_as_abolished() -> None:
    gone = Validity("2/QĐ", dt.date(2026, 6, 1), status=Status.ABOLISHED)
    record = library(procedure("10", "1/QĐ", "2025-01-01"), procedure(validity=gone)).procedures["a"]
    assert record.validity.status is Status.ABOLISHED
    assert not record.validity.in_force(DAY)


def test_a_record_is_found_by_key_code_and_the_key_of_an_import() -> None:
    imported = procedure(key="tt_1_000001")
    found = library(procedure(), imported)
    assert all(found.procedure(k) is found.procedures["a"] for k in ("a", "1.000001", "tt_1_000001"))
    assert found.procedure("x") is None


def test_a_local_hotline_replaces_the_national_one_only_there() -> None:
    nation = Folder(Path("n"), "n", "", Page(contacts=(Contact("h", "Tổng đài", "hỏi", "1"),)))
    local = Folder(Path("l"), "l", "Cao Bằng", Page(contacts=(Contact("h", "Tổng đài", "hỏi", "2"),)))
    both = join([nation, local], "", DAY)
    assert both.contacts["h"].number == "1"
    assert both.at("Cao Bằng", DAY).contacts["h"].number == "2"


@pytest.mark.parametrize(
    ("folder", "place", "expected"),
    [("", "Cao Bằng", True), ("Cao Bằng", "Cao Bằng/Xã A", True), ("Cao", "Cao Bằng", False), ("Cao Bằng", "", False)],
)
def test_a_folder_covers_its_place_and_what_lies_in_it(folder: str, place: str, expected: bool) -> None:
    assert covers(folder, place) is expected


THAI_NGUYEN = Place(
    "thai_nguyen", "Thái Nguyên", "tỉnh", ("Thái Nguyên", "Bắc Kạn"), dt.date(2025, 7, 1), "Nghị quyết 202/2025/QH15"
)


def local_library(*records: Procedure) -> Library:
    return join([Folder(Path("n"), "n", "", Page(procedures=records, places=(THAI_NGUYEN,)))], "", DAY)


def test_a_procedure_that_one_province_alone_has_is_elsewhere_for_everybody_else() -> None:
    own = procedure(key="own", field="Đất đai", remarks=(f"Do UBND tỉnh A công bố; {ONLY_AT} tỉnh Thái Nguyên.",))
    found = local_library(own, procedure(key="all", code="1.000002", field="Đất đai"))
    assert (found.elsewhere("own"), found.elsewhere("all")) == ("Thái Nguyên", "")
    for place in ("Thái Nguyên", "Thái Nguyên/Xã Phú Xuyên"):
        assert found.at(place, DAY).elsewhere("own") == ""
    assert found.at("Cao Bằng", DAY).elsewhere("own") == "Thái Nguyên"


def test_what_holds_elsewhere_is_not_listed_in_its_field_but_still_known_by_its_code() -> None:
    own = procedure(key="own", field="Đất đai", remarks=(f"{ONLY_AT} tỉnh Thái Nguyên.",))
    found = local_library(own)
    assert found.fields() == {}
    assert list(found.at("Thái Nguyên", DAY).fields()) == ["Đất đai"]
    assert found.procedure("1.000001") is found.procedures["own"]


def test_what_an_old_province_announced_belongs_to_the_province_that_it_went_into() -> None:
    own = procedure(key="own", remarks=(f"Do UBND tỉnh Bắc Kạn công bố; {ONLY_AT} tỉnh Bắc Kạn.",))
    assert local_library(own).local == {"own": "Thái Nguyên"}


def test_a_procedure_that_another_national_folder_gives_to_all_is_nobodys_own() -> None:
    own = procedure(key="own", remarks=(f"{ONLY_AT} tỉnh Thái Nguyên.",))
    assert library(own, procedure(key="all")).local == {}


def test_golden_questions_are_those_of_the_place_from_which_one_looks() -> None:
    nation = Page(golden=(GoldenAt("a", ("x",)), GoldenAt("b", ("x",), place="Cao Bằng")))
    local = Page(golden=(GoldenAt("c", ("x",)),))
    both = join([Folder(Path("n"), "n", "", nation), Folder(Path("l"), "l", "Cao Bằng", local)], "", DAY)
    assert [g.ask for g in both.golden] == ["a"]
    assert [g.ask for g in both.at("Cao Bằng", DAY).golden] == ["a", "b", "c"]


def test_a_view_from_a_place_is_made_once() -> None:
    found = local_library(procedure())
    assert found.at("Cao Bằng", DAY) is found.at("Cao Bằng", DAY)
    assert found.at("", DAY) is found
