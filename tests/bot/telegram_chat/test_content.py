"""An admin sends a list on Telegram, reads what it would change, publishes it, and rolls back."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest

from tests.bot.telegram_chat.test_petitions import ADMIN, OFFICER, join
from tests.telegram.double import Double
from tests.telegram.process import Bot

CITIZEN = 901
HEADER = ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực")
ROW = (
    "1.900001",
    "Đăng ký nuôi chim yến lấy tổ",
    "Bộ Nông nghiệp và Môi trường",
    "Ủy ban nhân dân cấp xã",
    "Chăn nuôi",
)


def listed(*rows: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DANH SÁCH THỦ TỤC HÀNH CHÍNH"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=5)
    for row in (HEADER, *rows):
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def admin(double: Double, tmp_path: Path) -> Bot:
    """An index of its own: publishing changes it."""
    bot = Bot(double, tmp_path / "var", tmp_path / "index")
    bot.command_script("reindex.py", "--out", str(tmp_path / "index"), "--accept")
    return bot


def test_a_list_is_examined_published_found_and_rolled_back(double: Double, admin: Bot) -> None:
    with admin as bot:
        join(bot, ADMIN, "--role", "admin")
        double.chat(CITIZEN)
        assert "chim yến" not in double.reply(CITIZEN, "đăng ký nuôi chim yến lấy tổ").split("Nguồn")[0][:40]
        double.document(ADMIN, listed(ROW), "danh-sach.xlsx", sender=ADMIN)
        double.wait(lambda: any("Mới 1" in t for t in double.texts(ADMIN)), 60)
        assert "Đăng ký nuôi chim yến" in double.texts(ADMIN)[-1]
        double.pressed(ADMIN, "Đăng", 300, has="Đã đăng")
        double.wait(lambda: "chim yến" in double.reply(CITIZEN, "đăng ký nuôi chim yến lấy tổ ở đâu").lower(), 60)
        assert "1.900001" in double.texts(CITIZEN)[-1]
        double.reply(ADMIN, "/noidung", has="câu chuẩn")
        double.pressed(ADMIN, "Quay lại bản trước", has="Quay về")
        double.pressed(ADMIN, "Quay lại thật", 60, has="Đã quay về")
        double.wait(lambda: "1.900001" not in double.reply(CITIZEN, "đăng ký nuôi chim yến lấy tổ ở đâu"), 60)
        assert not any((bot.folder / "knowledge").rglob("*.jsonl"))


def test_a_file_that_is_none_is_declined_and_an_officers_file_is_no_content(double: Double, bot: Bot) -> None:
    bot.command("unit", "add", "mot-cua", "Bộ phận Một cửa")
    join(bot, ADMIN, "--role", "admin")
    join(bot, OFFICER, "--role", "can_bo", "--unit", "mot-cua")
    double.document(ADMIN, b"\x00\x01nonsense", "danh-sach.xlsx", sender=ADMIN)
    double.wait(lambda: any("Không nhận được tệp" in t for t in double.texts(ADMIN)), 60)
    double.document(OFFICER, listed(ROW), "danh-sach.xlsx", sender=OFFICER)
    double.wait(lambda: any("chưa đọc được tệp" in t for t in double.texts(OFFICER)), 60)


def test_a_publication_that_is_killed_leaves_nothing_half_done_and_is_told(double: Double, admin: Bot) -> None:
    with admin as bot:
        join(bot, ADMIN, "--role", "admin")
        before = procedures(double)
        double.document(ADMIN, listed(ROW), "danh-sach.xlsx", sender=ADMIN)
        double.wait(lambda: any("Mới 1" in t for t in double.texts(ADMIN)), 60)
        double.press(ADMIN, "Đăng")
        double.wait(lambda: any("Đang dựng chỉ mục" in t for t in double.texts(ADMIN)), 60)
        bot.kill()
        bot.start()
        double.wait(lambda: any("bị ngắt giữa chừng" in t or "Đã đăng" in t for t in double.texts(ADMIN)), 60)
        double.chat(CITIZEN)
        double.wait(lambda: consistent(double, before), 90)


def procedures(double: Double) -> int:
    live = double.reply(ADMIN, "/noidung", 60, has="Nội dung đang dùng").split("\n")[0]
    return int(re.findall(r"(\d+) thủ tục", live)[0])


def consistent(double: Double, before: int) -> bool:
    """Whether what citizens are told is what the live generation holds; it follows a switch within a moment."""
    found = "1.900001" in double.reply(CITIZEN, "đăng ký nuôi chim yến lấy tổ ở đâu")
    return found == (procedures(double) == before + 1)
