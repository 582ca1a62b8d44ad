from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter

from knowledge.importing.files import read_file
from knowledge.importing.imported import Origin, Unreadable
from knowledge.records import Plan

Make = Callable[[str], Path]


def plan_of(path: Path, today: dt.date, place: str = "") -> Plan:
    found = read_file(path, today, place=place)
    assert found.origin is Origin.PLAN
    (plan,) = found.plans
    return plan


@pytest.mark.parametrize("ending", [".txt", ".md", ".docx", ".pdf"])
def test_a_plan_of_any_format_becomes_a_draft(ending: str, make_plan: Make, today: dt.date) -> None:
    plan = plan_of(make_plan(ending), today)
    assert (plan.key, plan.number, plan.date, plan.year) == (
        "kh_45_kh_ubnd_hoa_son_2026",
        "45/KH-UBND",
        dt.date(2026, 1, 12),
        2026,
    )
    assert (plan.name, plan.issuer, plan.place, plan.signer) == (
        "Kế hoạch tuyên truyền cải cách hành chính tỉnh Hòa Sơn năm 2026",
        "Ủy ban nhân dân tỉnh Hòa Sơn",
        "Hòa Sơn",
        "Trần Văn Mẫu",
    )
    assert plan.purposes == ("Người dân biết cách nộp hồ sơ qua mạng.",)
    assert (plan.requirements, plan.contents, plan.channels) == (
        ("Nội dung ngắn, dễ hiểu.",),
        ("Cách tra cứu hồ sơ.",),
        ("Phát thanh ở thôn, xóm.",),
    )
    assert [(t.number, t.date) for t in plan.basis] == [("9/QĐ-UBND", dt.date(2026, 1, 2))]
    assert plan.recipients == ("Bộ Nội vụ", "Lưu: VT")
    assert [(t.lead, t.deadline) for t in plan.tasks[:2]] == [
        (("Sở Nội vụ",), dt.date(2026, 12, 15)),
        (("Sở Tài chính",), None),
    ]
    assert [(r.to, r.days) for r in plan.reporting] == [
        ("Ủy ban nhân dân tỉnh", (dt.date(2026, 12, 15),)),
        ("Sở Nội vụ", (dt.date(2026, 11, 30),)),
    ]
    assert "cần người phụ trách xem lại" in plan.oddities[0]


@pytest.mark.parametrize("ending", [".txt", ".md", ".docx"])
def test_the_annex_table_becomes_tasks(ending: str, make_plan: Make, today: dt.date) -> None:
    first, second = plan_of(make_plan(ending), today).tasks[-2:]
    assert (first.id, first.section, first.content, first.product) == ("pl1", "Phụ lục.1", "In tờ gấp", "Tờ gấp")
    assert (first.lead, first.cooperating) == (("Sở Nội vụ", "Sở Tư pháp"), ("UBND các xã",))
    assert (first.period, first.deadline) == ("Trước ngày 01/06/2026", dt.date(2026, 6, 1))
    assert (second.lead, second.cooperating, second.frequency) == (("UBND các xã",), (), "thường xuyên")


def test_a_section_with_labelled_lines_is_one_task(tmp_path: Path, today: dt.date) -> None:
    (tmp_path / "a.txt").write_text(
        "KẾ HOẠCH\nTuyên truyền năm 2026\n\nI. HÌNH THỨC\n\n1. Tổ chức đối thoại:\n\n"
        "a) Thời gian thực hiện: Mỗi quý một lần.\n\n"
        "b) Cơ quan chủ trì: Sở Công Thương.\n\nc) Cơ quan phối hợp: Báo tỉnh.\n",
        encoding="utf-8",
    )
    (task,) = plan_of(tmp_path / "a.txt", today).tasks
    assert (task.content, task.lead, task.cooperating, task.period) == (
        "Tổ chức đối thoại",
        ("Sở Công Thương",),
        ("Báo tỉnh",),
        "Mỗi quý một lần",
    )


def test_what_the_document_does_not_say_is_left_empty_and_named(tmp_path: Path, today: dt.date) -> None:
    (tmp_path / "a.md").write_text(
        "# **KẾ HOẠCH**\n\n**Tuyên truyền**\n\n## I. MỤC TIÊU\n\n- Một ý.\n", encoding="utf-8"
    )
    plan = plan_of(tmp_path / "a.md", today, place="Hòa Sơn")
    assert (plan.number, plan.date, plan.issuer, plan.year, plan.place) == ("", None, "", 0, "Hòa Sơn")
    assert plan.oddities[1:] == (
        "Không đọc được số kế hoạch.",
        "Không đọc được ngày ban hành.",
        "Không đọc được cơ quan ban hành.",
        "Không đọc được năm.",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Một trang chữ không có mục nào.", "không thấy các mục I, II, III của kế hoạch"),
        ("  \n \n", "không có chữ nào trong tệp"),
        ("KÕ ho¹ch tuyªn truyÒn c¶i c¸ch hµnh chÝnh\nI. Môc ®Ých\n- §¹t yªu cÇu", "chữ gõ bằng phông cũ TCVN3"),
        ("Hà Nội, ngày 31 tháng 11 năm 2026\nKẾ HOẠCH\nA\n\nI. MỤC TIÊU\n- Một", "ngày ban hành không có thật"),
    ],
)
def test_a_document_that_is_no_readable_plan_is_one_clear_line(
    text: str, reason: str, tmp_path: Path, today: dt.date
) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable) as raised:
        read_file(tmp_path / "a.txt", today)
    assert raised.value.refusal.reason == reason


def test_a_scanned_pdf_and_one_with_a_password_are_refused(tmp_path: Path, today: dt.date) -> None:
    for name, password, reason in (("scan.pdf", "", "ảnh quét"), ("lock.pdf", "x", "mật khẩu")):
        writer = PdfWriter()
        writer.add_blank_page(100, 100)
        if password:
            writer.encrypt(password, algorithm="RC4-128")
        writer.write(tmp_path / name)
        with pytest.raises(Unreadable, match=reason):
            read_file(tmp_path / name, today)
