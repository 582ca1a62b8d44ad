"""News on Telegram: a changed fee reaches who follows once, also when the process dies; broadcasts; posters that lead
to the right record through the real door."""

from __future__ import annotations

import io
import json
import random
import shutil
import sqlite3
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from PIL import Image

from bot.telegram_chat.sending import AT_ONCE
from tests.bot.telegram_chat.test_petitions import ADMIN, OFFICER, join
from tests.telegram.double import Double
from tests.telegram.process import Bot, free_port

FOLLOWERS = range(700, 712)
AWAKE = {"QUIET_HOURS": "03:00-03:00", "NEWS_DELAY_MINUTES": "0"}
LEAD = ADMIN + 7


def record(fee: str) -> dict[str, str]:
    """As the portal hands out a procedure."""
    return {
        "code": "1.900001",
        "name": "Đăng ký nuôi chim cảnh",
        "field": "Chăn nuôi",
        "level": "Cấp xã",
        "ministry": "Bộ Nông nghiệp và Môi trường",
        "agency": "Ủy ban nhân dân cấp xã",
        "who": "Công dân Việt Nam",
        "steps": "Bước 1: Nộp đơn.\nBước 2: Chờ kết quả.",
        "methods": f"Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp3 Ngày làm việc{fee}Tại Bộ phận Một cửa.",
        "documents": "--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn đăng ký theo Mẫu số 01Mau so 01.docx1 bản chính",
        "conditions": "Không có thông tin",
        "legal": "Tên văn bản pháp lýMã văn bảnLuật Chim cảnh12/2020/QH14",
        "result": "Giấy xác nhận nuôi chimMã: KQ.G10.000001Từ khóaKhông có thông tinMô tảKhông có thông tin",
        "decision": "100/QĐ-BNNMT",
        "url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/vi-du",
    }


def list_of(bot: Bot, fee: str) -> None:
    """The list of this fee is imported and goes live by the machine's own commands."""
    file = bot.folder / "danh-sach.jsonl"
    file.write_text(json.dumps(record(fee), ensure_ascii=False) + "\n", encoding="utf-8")
    into = bot.folder / "knowledge" / "ca-nuoc"
    bot.command_script("import_content.py", str(file), "--into", str(into), "--yes")
    bot.command_script("reindex.py", "--accept")


def rows(bot: Bot, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(bot.folder / "mot-cua.db", timeout=20)) as db:
        return db.execute(query).fetchall()


def told(bot: Bot) -> str:
    return str(rows(bot, "select coalesce(max(value), '') from house_values where name = 'news:generation'")[0][0])


def live(bot: Bot) -> str:
    return (Path(bot.settings["INDEX_DIR"]) / "current").read_text().strip()


def until(true: object, bot: Bot, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, bot.log()[-3000:]
        time.sleep(0.2)


def test_a_changed_fee_reaches_its_followers_once_whenever_the_process_dies(double: Double, tmp_path: Path) -> None:
    chance, kills = random.Random(5), list[float]()
    bot = Bot(double, tmp_path / "var", tmp_path / "index", "serve", PORT=str(free_port()), **AWAKE)
    bot.folder.mkdir(parents=True)
    list_of(bot, "20,000 Việt Nam Đồng(/hồ sơ)")
    bot.start()
    until(lambda: told(bot) == live(bot), bot)
    for chat in FOLLOWERS:
        assert "Chăn nuôi" in double.reply(chat, "/theodoi chan nuoi", 60, has="Từ nay")
    assert "Đất đai" in double.reply(FOLLOWERS.stop, "/theodoi dat-dai", 60, has="Từ nay")
    list_of(bot, "50,000 Việt Nam Đồng(/hồ sơ)")
    for _ in range(3):
        time.sleep(chance.random() * 2)
        bot.kill()
        kills.append(time.time())
        bot.start()
    until(lambda: told(bot) == live(bot), bot)
    until(lambda: rows(bot, "select count(*) from notices where kind = 'bulk' and state = 'sent'")[0][0] == 12, bot)
    bot.stop()
    known = {str(a) for (a,) in rows(bot, "select answer from notices where kind = 'bulk'")}
    for chat in FOLLOWERS:
        news = [m for m in double.chats[chat].from_bot if "Trước" in m["text"]]
        assert "20.000" in news[0]["text"] and "50.000" in news[0]["text"]
        assert len([m for m in news if str(m["message_id"]) in known]) == 1
        again = [m for m in news if str(m["message_id"]) not in known]
        assert all(any(k > m["taken"] for k in kills) for m in again) and len(again) <= AT_ONCE
    assert not [t for t in double.texts(FOLLOWERS.stop) if "Trước" in t]
    assert not double.refusals


@pytest.fixture
def house(double: Double, index: Path, tmp_path: Path) -> Iterator[Bot]:
    folder = tmp_path / "var"
    settings = {"PUBLIC_URL": "https://motcua.example.gov.vn", "AUTHORITY_NAME": "UBND xã Bình An", **AWAKE}
    with Bot(double, folder, index, "serve", PORT=str(free_port()), **settings) as running:
        join(running, ADMIN, "--role", "admin")
        yield running


def test_a_tap_ends_what_was_followed(double: Double, house: Bot) -> None:
    double.chat(FOLLOWERS[0])
    double.reply(FOLLOWERS[0], "/theodoi ho-tich", has="Từ nay")
    assert "1. Hộ tịch" in double.reply(FOLLOWERS[0], "/theodoi", has="đang nhận tin")
    assert "thôi gửi bạn tin về Hộ tịch" in double.pressed(FOLLOWERS[0], "Thôi: Hộ tịch")
    assert "chưa theo dõi gì" in double.pressed(FOLLOWERS[0], "Các tin đang nhận")


def test_in_a_group_nobody_follows_anything(double: Double, house: Bot) -> None:
    double.chat(-500, "Tổ 4", "group")
    double.say(-500, "/theodoi@mot_cua_bot ho-tich", sender=FOLLOWERS[0])
    double.wait(lambda: any("riêng tư" in t for t in double.texts(-500)))


def test_a_broadcast_is_written_looked_at_taken_back_and_sent_only_to_who_asked(double: Double, house: Bot) -> None:
    house.command("unit", "add", "mot-cua", "Bộ phận Một cửa")
    join(house, LEAD, "--role", "lanh_dao", "--unit", "mot-cua")
    join(house, OFFICER, "--role", "can_bo", "--unit", "mot-cua")
    for chat in FOLLOWERS[:3]:
        double.chat(chat)
        double.reply(chat, "/theodoi dat-dai", has="Từ nay")
    double.reply(FOLLOWERS[4], "chào bạn")
    assert "không có quyền" in double.reply(OFFICER, "/phattin")
    assert "3 người" in double.reply(LEAD, "/phattin", has="Gửi cho ai")
    assert "3 người" in double.pressed(LEAD, "Đất đai", has="viết thông báo")
    shown = double.reply(LEAD, "Nghỉ tiếp nhận\nSáng thứ Hai quầy đất đai nghỉ.", has="nhận đúng như sau")
    assert "Thông báo của UBND xã Bình An" in shown and "vì theo dõi: Đất đai" in shown
    double.pressed(LEAD, "Gửi ngay", has="rút lại")
    assert "chưa ai nhận" in double.pressed(LEAD, "Rút lại", has="rút lại")
    double.pressed(LEAD, "Gửi ngay", has="rút lại")
    double.wait(lambda: all(any("quầy đất đai" in t for t in double.texts(c)) for c in FOLLOWERS[:3]), 150)
    assert not any("quầy đất đai" in t for t in double.texts(FOLLOWERS[4]))
    double.pressed(FOLLOWERS[0], "Thôi tin Đất đai", has="thôi gửi")
    double.wait(lambda: "đã tới 3" in double.pressed(LEAD, "Xem số liệu", has="người nhận"), 60)
    assert "thôi nhận 1" in double.texts(LEAD)[-1]
    assert not double.refusals


def test_posters_come_as_files_and_their_codes_lead_to_the_record_and_are_counted(double: Double, house: Bot) -> None:
    wishes = {
        "khai_sinh a4 Nhà văn hóa thôn 2": "Giấy chứng sinh|Đăng ký khai sinh",
        "linh-vuc hộ tịch a3 den-trang": "Thủ tục về hộ tịch",
        "mot-cua": "trợ lý Một Cửa",
        "tat-ca": "Các lĩnh vực",
    }
    scanner = 950
    for number, (wish, answer) in enumerate(wishes.items(), 1):
        assert f"Tờ số {number}" in double.reply(ADMIN, f"/todan {wish}", 60, has="Tờ số")
        document = double.chats[ADMIN].from_bot[-1]["document"]
        code = telegram_code(double.files[document["file_id"]])
        assert code.endswith(f"_p{number}")
        double.chat(scanner + number)
        said = double.reply(scanner + number, f"/start {code}", 30)
        assert any(words in said for words in answer.split("|")), said
        double.reply(scanner + number, "làm giấy khai sinh cần gì", 30)
    found = rows(house, "select poster, conversation from scans order by poster")
    assert found == [(n, f"telegram:{scanner + n}") for n in range(1, 5)]
    assert "Chưa in được" in double.reply(ADMIN, "/todan khong_co_thu_tuc", 30)
    assert "Gõ: /todan" in double.reply(ADMIN, "/todan")


def telegram_code(pdf: bytes) -> str:
    """What a telephone reads off the printed sheet."""
    if not shutil.which("pdftoppm"):
        warnings.warn("pdftoppm is absent: printed codes are not read", stacklevel=1)
        pytest.skip("pdftoppm is absent: printed codes cannot be read here")
    command = ["pdftoppm", "-r", "80", "-f", "1", "-l", "1", "-gray", "-png", "-singlefile", "-"]
    picture = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    found = [c.text for c in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]
    (address,) = [text for text in found if "t.me" in text]
    assert urlsplit(address).path == "/mot_cua_bot"
    return parse_qs(urlsplit(address).query)["start"][0]


def test_an_officer_gets_a_link_to_the_console(double: Double, house: Bot) -> None:
    double.reply(ADMIN, "/banlamviec", has="Liên kết")
    double.wait(lambda: any("/quan-tri/vao/" in t for t in double.texts(ADMIN)))
    double.chat(FOLLOWERS[0])
    assert "/help" in double.reply(FOLLOWERS[0], "/banlamviec")
