from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from knowledge.importing.diff import Diff, Held, compare, differences
from knowledge.importing.imported import Import, Origin, Refusal
from knowledge.records import (
    Change,
    Confidence,
    Document,
    LegalText,
    Plan,
    Procedure,
    ReadingDay,
    Source,
    Status,
    Validity,
)

TODAY = dt.date(2026, 11, 21)
PORTAL = "Cổng Dịch vụ công quốc gia, bản ghi 1.900001"
LIST = "Cổng Dịch vụ công quốc gia, danh sách thủ tục hành chính – Bộ X"


def portal(day: str = "2026-07", **fields: Any) -> Procedure:
    told = {"name": "Nuôi chim", "fee": "Miễn phí", "documents": (Document("Đơn"),), "validity": Validity("100/QĐ-X")}
    return Procedure("tt_1_900001", code="1.900001", sources=(Source(PORTAL, ReadingDay(day)),), **(told | fields))


def listed(day: str, **fields: Any) -> Procedure:
    return Procedure(
        "tt_1_900001", code="1.900001", sources=(Source(LIST, ReadingDay(day)),), **({"name": "Nuôi chim"} | fields)
    )


def decided(date: dt.date, since: dt.date | None = None, status: Status = Status.IN_FORCE, **fields: Any) -> Procedure:
    note = f"Bãi bỏ theo Quyết định số 5/QĐ-X ngày {date:%d/%m/%Y}" if status is Status.ABOLISHED else ""
    validity = Validity("5/QĐ-X", date, since or date, status=status, note=note)
    source = Source(f"Quyết định số 5/QĐ-X ngày {date:%d/%m/%Y}", ReadingDay("2026-11-21"))
    return Procedure(
        "tt_1_900001", code="1.900001", validity=validity, sources=(source,), **({"name": "Nuôi chim"} | fields)
    )


def batch(record: Procedure, origin: Origin, known: bool = True) -> Import:
    return Import("tệp", origin, record.sources[0].read, known, 1, (record,))


def held(*records: Procedure, **more: Any) -> Held:
    return Held({r.code: r for r in records}, more.get("plans", {}), more.get("by_hand", {}))


def laid(before: Procedure | None, new: Procedure, origin: Origin = Origin.PORTAL, known: bool = True) -> Diff:
    return compare([batch(new, origin, known)], held(before) if before else held(), TODAY)


def after(diff: Diff) -> Procedure:
    return diff.procedures["1.900001"]


def test_a_new_record_is_new_and_the_same_file_again_changes_nothing() -> None:
    first = laid(None, portal())
    assert (len(first.new), first.changed, first.empty) == (1, (), False)
    again = laid(after(first), portal())
    assert (again.empty, again.unchanged) == (True, 1)


def test_the_same_content_read_on_an_unknown_day_changes_nothing() -> None:
    assert laid(portal(), portal("2026-11-21"), known=False).empty


def test_a_change_is_shown_field_by_field() -> None:
    diff = laid(portal(), portal("2026-09", fee="10.000 đồng", validity=Validity("200/QĐ-X")))
    (changed,) = diff.changed
    assert [(f.name, f.old, f.new) for f in changed.fields if f.name != "sources"] == [
        ("fee", "Miễn phí", "10.000 đồng"),
        ("validity.decision", "100/QĐ-X", "200/QĐ-X"),
    ]


def test_what_the_new_file_does_not_give_is_kept() -> None:
    diff = laid(portal(), portal("2026-09", documents=(), fee="", name="Nuôi chim cảnh"))
    assert (after(diff).documents, after(diff).fee, after(diff).name) == (
        (Document("Đơn"),),
        "Miễn phí",
        "Nuôi chim cảnh",
    )


def test_what_people_wrote_by_hand_is_never_touched() -> None:
    mine = portal(aliases=("chim",), asks=("nuôi chim xin ở đâu",), notes=("Gọi trước.",), popularity=2, related=("a",))
    now = after(laid(mine, portal("2026-09", fee="1.000 đồng")))
    assert (now.aliases, now.asks, now.notes, now.popularity, now.related) == (
        mine.aliases,
        mine.asks,
        mine.notes,
        2,
        ("a",),
    )


def test_a_list_fills_gaps_of_a_fuller_record_but_overrules_only_when_it_is_later() -> None:
    early = after(laid(portal(), listed("2026-06-08", name="Tên khác", agency="Sở Y"), Origin.LIST))
    assert (early.name, early.agency, early.fee) == ("Nuôi chim", "Sở Y", "Miễn phí")
    late = after(laid(portal(), listed("2026-09-08", name="Tên mới"), Origin.LIST))
    assert (late.name, late.documents) == ("Tên mới", (Document("Đơn"),))


def test_a_field_that_was_withheld_on_purpose_is_not_filled_by_a_list() -> None:
    mine = portal(agency="", doubts={"agency": "chưa rõ"}, confidence={"agency": Confidence.LOW})
    assert after(laid(mine, listed("2026-06-08", agency="Sở Y"), Origin.LIST)).agency == ""


def test_doubts_go_with_the_field_they_belong_to() -> None:
    mine = portal(doubts={"fee": "có thể sai", "documents": "thiếu"}, confidence={"fee": Confidence.LOW})
    now = after(laid(mine, portal("2026-09", fee="5.000 đồng", documents=())))
    assert (dict(now.doubts), dict(now.confidence)) == ({"documents": "thiếu"}, {})


def test_an_older_reading_after_a_newer_one_is_refused_with_the_reason() -> None:
    diff = laid(portal("2026-09"), portal("2026-05", fee="9 đồng"))
    (refused,) = diff.refused
    assert (diff.empty, refused.where, "mới hơn tệp này" in refused.reason) == (True, "mã 1.900001", True)


def test_the_later_decision_wins_and_the_older_one_is_refused() -> None:
    newer = after(
        laid(portal(), decided(dt.date(2026, 10, 5), fee="7.000 đồng", legal=(LegalText("L"),)), Origin.DECISION)
    )
    assert (newer.fee, newer.validity.decision, newer.documents) == ("7.000 đồng", "5/QĐ-X", (Document("Đơn"),))
    older = laid(newer, decided(dt.date(2026, 9, 1), fee="1 đồng"), Origin.DECISION)
    assert (older.empty, "mới hơn" in older.refused[0].reason) == (True, True)


def test_a_reading_from_before_a_held_decision_is_refused_and_one_from_after_it_is_taken() -> None:
    mine = decided(dt.date(2026, 10, 5), fee="7.000 đồng")
    assert "mới hơn tệp này" in laid(mine, portal("2026-07", fee="1 đồng")).refused[0].reason
    assert after(laid(mine, portal("2026-11", fee="8.000 đồng"))).fee == "8.000 đồng"


def test_a_decision_long_before_a_reading_of_the_portal_is_refused() -> None:
    diff = laid(portal("2026-07"), decided(dt.date(2024, 1, 1), status=Status.ABOLISHED), Origin.DECISION)
    assert "đã lâu" in diff.refused[0].reason


def test_an_abolished_procedure_stays_known_with_its_decision() -> None:
    diff = laid(portal(), decided(dt.date(2026, 10, 5), status=Status.ABOLISHED), Origin.DECISION)
    assert ([p.code for p in diff.abolished], diff.changed) == (["1.900001"], ())
    gone = after(diff)
    assert (gone.validity.status, gone.validity.decision, gone.fee) == (Status.ABOLISHED, "5/QĐ-X", "Miễn phí")
    later = laid(gone, portal("2026-11"))
    assert (later.empty, "đã bị bãi bỏ" in later.refused[0].reason) == (True, True)


def test_only_a_later_decision_brings_an_abolished_procedure_back() -> None:
    gone = decided(dt.date(2026, 10, 5), status=Status.ABOLISHED)
    back = after(laid(gone, decided(dt.date(2026, 11, 1)), Origin.DECISION))
    assert (back.validity.status, back.validity.note) == (Status.IN_FORCE, "")


def test_a_change_to_come_leaves_what_holds_today_and_is_announced() -> None:
    coming = dt.date(2027, 1, 1)
    now = after(laid(portal(), decided(dt.date(2026, 11, 5), coming, fee="9.000 đồng"), Origin.DECISION))
    assert (now.fee, now.validity.decision) == ("Miễn phí", "100/QĐ-X")
    assert now.validity.changes == (Change(coming, "Sửa đổi, bổ sung theo Quyết định số 5/QĐ-X"),)
    again = laid(now, decided(dt.date(2026, 11, 5), coming, fee="9.000 đồng"), Origin.DECISION)
    assert again.empty


def test_an_abolition_to_come_ends_the_procedure_on_the_day_before() -> None:
    coming = dt.date(2027, 1, 1)
    now = after(laid(portal(), decided(dt.date(2026, 11, 5), coming, Status.ABOLISHED), Origin.DECISION))
    assert (now.validity.status, now.validity.until) == (Status.IN_FORCE, dt.date(2026, 12, 31))
    assert (now.validity.in_force(TODAY), now.validity.in_force(coming)) == (True, False)


def test_several_files_speak_in_the_order_of_their_days() -> None:
    files = [
        batch(portal("2026-09", fee="2 đồng"), Origin.PORTAL),
        batch(portal("2026-07", fee="1 đồng"), Origin.PORTAL),
    ]
    diff = compare(files, held(), TODAY)
    assert (after(diff).fee, diff.refused, len(diff.new)) == ("2 đồng", (), 1)


def test_a_code_that_is_written_by_hand_in_the_folder_is_refused() -> None:
    diff = compare([batch(portal(), Origin.PORTAL)], held(by_hand={"1.900001": "nuoi_chim"}), TODAY)
    assert (diff.empty, "viết tay" in diff.refused[0].reason) == (True, True)


def test_refusals_of_the_files_are_passed_on() -> None:
    refusal = Refusal("tệp", "hàng 3", "x", "vì sao")
    assert compare([Import("tệp", Origin.LIST, ReadingDay("2026-07"), refusals=(refusal,))], held(), TODAY).refused == (
        refusal,
    )


def test_a_plan_that_is_there_is_never_written_over() -> None:
    plan = Plan("kh", "Kế hoạch", "UBND", "Hòa Sơn", 2026)
    mended = replace(plan, name="Kế hoạch đã sửa")
    new = Import("kh.docx", Origin.PLAN, ReadingDay("2026-11-21"), plans=(plan,))
    assert compare([new], held(), TODAY).new_plans == (plan,)
    assert compare([new], held(plans={"kh": plan}), TODAY).unchanged_plans == 1
    refused = compare([new], held(plans={"kh": mended}), TODAY)
    assert (refused.new_plans, "sửa tay" in refused.refused[0].reason) == ((), True)


def test_differences_name_the_parts_of_the_validity() -> None:
    found = differences(portal(), portal(validity=Validity("100/QĐ-X", status=Status.ABOLISHED)))
    assert [f.name for f in found] == ["validity.status"]
