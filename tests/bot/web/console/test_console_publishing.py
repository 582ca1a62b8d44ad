"""What an admin approves or edits goes live through the gate, and citizens are answered by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.message import Message
from bot.web.console.rounds import ROOT
from tests.bot.web.conftest import Visitor, Web
from tests.bot.web.console.conftest import served, sign
from tests.bot.web.console.test_house import FORM, work_done

pytestmark = pytest.mark.slow
ASKED = "thả đèn trời ở sân đình có phải xin phép không"
ANSWER = {
    "tieu_de": "Thả đèn trời",
    "tra_loi": "Không được thả đèn trời: dễ gây cháy và mất an toàn cho máy bay.",
    "nguon": "Thông báo của UBND xã Bình An",
}
FEE = {
    "phi": "Quá hạn: 5.000 đồng",
    "van_ban": "Nghị quyết 12/2026/NQ-HĐND",
    "ngay": "2026-07-01",
    "nguon": "Cổng thông tin điện tử tỉnh",
    "noi": "Cao Bằng",
}


def told(web: Web, text: str, who: str = "telegram:77") -> str:
    web.house.live.look()
    web.house.live.wait()
    return web.house.desk.answer(who, Message(text), "telegram").text


def live(visitor: Visitor, address: str, form: dict[str, str]) -> str:
    return work_done(visitor, visitor.post(address, form, seen=FORM).headers["location"])


def test_an_approved_answer_and_an_edited_fee_are_what_citizens_read(tmp_path: Path) -> None:
    with served(tmp_path) as web:
        admin = web.visitor("127.0.4.1")
        sign(web, admin, web.staff["admin"])
        assert "Không được thả đèn trời" not in told(web, ASKED)
        page = admin.get(f"{ROOT}/khoang-trong").text
        turn = page.partition('name="luot" value="')[2].partition('"')[0]
        refused = admin.post(
            f"{ROOT}/khoang-trong/viet", {"luot": turn, "cau": ASKED, **ANSWER, "nguon": ""}, seen=FORM
        )
        assert refused.status_code == 400 and "Cần ghi nguồn" in refused.text
        admin.post(f"{ROOT}/khoang-trong/viet", {"luot": turn, "cau": ASKED, **ANSWER}, seen=FORM)
        page = admin.get(f"{ROOT}/khoang-trong").text
        number = page.partition("/de-xuat/")[2].partition("/")[0]
        assert "đang được dùng" in live(admin, f"{ROOT}/khoang-trong/de-xuat/{number}/duyet", {})
        assert "Không được thả đèn trời" in told(web, ASKED, "telegram:78")

        address = f"{ROOT}/noi-dung/thu-tuc/khai_sinh/phi"
        assert "đang được dùng" in live(admin, address, {**FEE, "dang": "1"})
        told(web, "xin chào")
        assert web.house.desk.library("Cao Bằng").procedures["khai_sinh"].fee == FEE["phi"]
        assert web.house.desk.library("").procedures["khai_sinh"].fee != FEE["phi"]
        own = web.house.desk.library("").procedures["khai_sinh"].validity.decision
        told(web, "/diaphuong Cao Bằng", "telegram:79")
        fee = told(web, "đăng ký khai sinh lệ phí bao nhiêu", "telegram:79")
        assert own in fee and f"{FEE['van_ban']} ngày 01/07/2026; {FEE['nguon']}" in fee
        generations = admin.get(f"{ROOT}/noi-dung/cac-ban").text
        assert generations.count(">đang dùng<") == 1 and "bản trước" in generations
