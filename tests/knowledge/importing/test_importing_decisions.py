from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.importing.files import read_file
from knowledge.importing.imported import Origin, Unreadable
from knowledge.records import Level, Status

Make = Callable[..., Path]
COLUMNS = ("STT", "Mã số TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Cơ quan thực hiện")
NEW = ("Phụ lục I\nDANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH", [
    COLUMNS,
    ("(1)", "(2)", "(3)", "(4)", "(5)"),
    ("A. THỦ TỤC HÀNH CHÍNH CẤP XÃ",) * 5,
    ("I. Lĩnh vực Chăn nuôi",) * 5,
    ("1", "1.900001", "Đăng ký nuôi chim", "03 ngày làm việc", "UBND cấp xã"),
])  # fmt: skip
AMENDED = ("DANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG", [
    ("STT", "Số hồ sơ TTHC", "Tên thủ tục hành chính", "Tên văn bản quy định nội dung sửa đổi"),
    ("1", "1.900002", "Cấp lại thẻ nuôi chim", "Nghị định số 8/2026/NĐ-CP ngày 02/03/2026"),
])  # fmt: skip
ABOLISHED = ("DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ", [
    ("STT", "Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực"),
    ("1", "1.900003", "Cấp giấy thả chim", "Chăn nuôi"),
])  # fmt: skip


def test_a_decision_announces_amends_and_abolishes(make_decision: Make, today: dt.date) -> None:
    found = read_file(make_decision([NEW, AMENDED, ABOLISHED]), today)
    new, amended, abolished = found.procedures
    assert (found.origin, found.refusals) == (Origin.DECISION, ())
    assert (new.code, new.level, new.field, new.time) == ("1.900001", (Level.COMMUNE,), "Chăn nuôi", "03 ngày làm việc")
    assert (amended.code, amended.legal[0].number, amended.legal[0].date) == (
        "1.900002",
        "8/2026/NĐ-CP",
        dt.date(2026, 3, 2),
    )
    assert (abolished.code, abolished.validity.status) == ("1.900003", Status.ABOLISHED)
    assert abolished.validity.note == "Bãi bỏ theo Quyết định số 321/QĐ-BNNMT ngày 05/10/2026"
    for p in found.procedures:
        assert (p.validity.decision, p.validity.decision_date, p.validity.since) == (
            "321/QĐ-BNNMT",
            dt.date(2026, 10, 5),
            dt.date(2026, 10, 5),
        )


def test_the_day_of_effect_is_read(make_decision: Make, today: dt.date) -> None:
    path = make_decision([NEW], since="Quyết định này có hiệu lực thi hành kể từ ngày 01 tháng 01 năm 2027.")
    assert read_file(path, today).procedures[0].validity.since == dt.date(2027, 1, 1)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"number": "Số:       /QĐ-BNNMT"}, "số quyết định để trống"),
        ({"number": ""}, "không thấy số quyết định"),
        ({"date": "Hà Nội, ngày 31 tháng 02 năm 2026"}, "ngày ban hành không có thật"),
        ({"date": "Hà Nội"}, "không thấy ngày ban hành"),
        ({"since": "Quyết định có hiệu lực kể từ ngày 30/02/2026."}, "ngày có hiệu lực không có thật"),
    ],
)
def test_a_decision_without_number_or_with_an_impossible_day_is_refused(
    changed: dict[str, str], reason: str, make_decision: Make, today: dt.date
) -> None:
    with pytest.raises(Unreadable) as raised:
        read_file(make_decision([NEW], **changed), today)
    assert raised.value.refusal.reason == reason


def test_bad_rows_of_a_decision_are_refused_and_good_ones_taken(make_decision: Make, today: dt.date) -> None:
    rows = [
        COLUMNS,
        ("1", "1.900001", "Một", "", ""),
        ("2", "1.900001", "Hai", "", ""),
        ("3", "190", "Ba", "", ""),
        ("4", "1.900004", "", "", ""),
    ]
    found = read_file(make_decision([(NEW[0], rows)]), today)
    assert [p.name for p in found.procedures] == ["Một"]
    assert [(r.where, r.reason) for r in found.refusals] == [
        ("bảng 2, hàng 3", "mã này đã có ở một hàng trước"),
        ("bảng 2, hàng 4", "mã thủ tục không đúng dạng"),
        ("bảng 2, hàng 5", "thiếu tên thủ tục"),
    ]


def test_a_table_without_telling_heading_is_not_guessed_at(make_decision: Make, today: dt.date) -> None:
    found = read_file(make_decision([("Phụ lục", NEW[1])]), today)
    assert found.procedures == ()
    assert found.refusals[0].reason == "không rõ là công bố mới, sửa đổi hay bãi bỏ"


def test_a_table_without_codes_is_refused_and_a_decision_without_tables_too(
    make_decision: Make, today: dt.date
) -> None:
    found = read_file(make_decision([(NEW[0], [("STT", "Tên thủ tục hành chính"), ("1", "Một")])]), today)
    assert [r.reason for r in found.refusals] == ["bảng thiếu cột mã thủ tục"]
    with pytest.raises(Unreadable, match="không thấy bảng thủ tục nào"):
        read_file(make_decision([]), today)


def test_a_decision_in_another_format_is_asked_for_as_docx(tmp_path: Path, today: dt.date) -> None:
    (tmp_path / "a.txt").write_text("QUYẾT ĐỊNH\nVề việc công bố thủ tục hành chính", encoding="utf-8")
    with pytest.raises(Unreadable, match=r"chỉ đọc được từ \.docx"):
        read_file(tmp_path / "a.txt", today)
