from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.petitions.petition import State
from tests.bot.web.conftest import Web
from tests.bot.web.test_conversation import code_in
from tests.bot.web.test_pages import PAGES

pytestmark = pytest.mark.slow
STORY = "tôi muốn phản ánh: cô tiếp nhận ở bộ phận một cửa bắt em về lấy thêm giấy ba lần, lần nào cũng nói khác"
LIVE_ATTACK = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'


def say(page: Any, text: str) -> str:
    """Types and sends; what is answered."""
    page.fill("#cau-hoi", text)
    return _answer(page, lambda: page.keyboard.press("Enter"))


def press(page: Any, choice: str) -> str:
    return _answer(page, lambda: page.click(f'button[value="{choice}"]'))


def _answer(page: Any, act: Any) -> str:
    answers = page.locator(".loi.minh")
    before = answers.count()
    act()
    page.wait_for_function("n => document.querySelectorAll('.loi.minh').length > n", arg=before)
    page.wait_for_selector("#hoi-dap:not([aria-busy])")
    return str(answers.last.inner_text())


def test_on_a_phone_from_the_first_question_to_an_answered_petition(web: Web, phone: Any, tmp_path: Path) -> None:
    phone.goto(web.base)
    assert "Giấy chứng sinh" in say(phone, "làm giấy khai sinh cần gì")
    assert "miễn phí" in say(phone, "còn phí?")
    assert "Thời hạn" in press(phone, "a:khai_sinh:thoi_han")
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    say(phone, STORY)
    picture = tmp_path / "hiện trường.jpg"
    Image.new("RGB", (60, 40), "olive").save(picture)
    phone.set_input_files("input[name=tep]", picture)
    assert "hiện trường.jpg" in phone.inner_text("[data-ten-tep]")
    assert "1 tệp" in _answer(phone, lambda: phone.click(".gui"))
    for step in ("ở UBND xã Bình An", "sáng hôm qua", "Lê Thử, 0900 000 222"):
        told = say(phone, step)
    if phone.locator('button[value="f:alone"]').count():
        press(phone, "f:alone")
    told = press(phone, "f:send")
    code, secret = code_in(told), told.partition("mã riêng: ")[2].split()[0]

    admin = web.staff["admin"]
    for to, text in ((State.ACCEPTED, ""), (State.WORKING, ""), (State.ANSWERED, "Chúng tôi đã nhắc cán bộ.")):
        web.house.office.move(admin, code, to, text)
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.wait_for_selector(".loi.tin >> text=Chúng tôi đã nhắc cán bộ.")

    phone.context.clear_cookies()
    phone.goto(f"{web.base}/tra-cuu")
    phone.fill("#ma", code)
    phone.fill("#ma-rieng", secret)
    phone.click("main form .nut")
    assert "Chúng tôi đã nhắc cán bộ." in phone.inner_text("main")


def test_attacks_stay_text_in_a_browser(web: Web, phone: Any, tmp_path: Path) -> None:
    phone.goto(web.base)
    say(phone, LIVE_ATTACK)
    say(phone, f"tôi muốn phản ánh: đèn đường hỏng cả tháng {LIVE_ATTACK}")
    file = {"name": '"><img src=x onerror="window.hacked=1">.jpg', "mimeType": "image/jpeg", "buffer": b"MZ"}
    phone.set_input_files("input[name=tep]", file)
    _answer(phone, lambda: phone.click(".gui"))
    phone.goto(f"{web.base}/?hoi={LIVE_ATTACK}")
    assert phone.evaluate("window.hacked") is None
    assert phone.locator("main img[src=x]").count() == 0


def test_by_keyboard_alone_a_question_is_asked_and_an_option_chosen(web: Web, phone: Any) -> None:
    phone.goto(web.base)
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.className") == "bo-qua"
    phone.focus("#cau-hoi")
    say(phone, "thủ tục đất đai")
    phone.focus(".loi.minh:last-child .chon button")
    assert "Hồ sơ cần có" in _answer(phone, lambda: phone.keyboard.press("Enter"))


def test_the_button_on_another_site_opens_a_conversation_and_closes_it(web: Web, phone: Any) -> None:
    phone.goto(f"{web.base}/khung/thu")
    phone.click("#mot-cua-nut")
    frame = phone.frame_locator("#mot-cua-khung")
    frame.locator("#cau-hoi").fill("đăng ký tạm trú cần gì")
    frame.locator("#cau-hoi").press("Enter")
    frame.locator(".loi.minh").first.wait_for()
    assert "Đăng ký tạm trú" in frame.locator(".loi.minh").first.inner_text()
    frame.locator("[data-dong]").click()
    phone.wait_for_selector("#mot-cua-khung", state="hidden")
    assert phone.evaluate("document.activeElement.id") == "mot-cua-nut"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(web: Web, chromium: Any, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme, bypass_csp=True)
    page, axe, found = context.new_page(), Axe(), {}
    for path in PAGES:
        page.goto(web.base + path)
        if path == "/":
            say(page, "làm giấy khai sinh cần gì")
            say(page, "cháy nhà rồi")
        serious = [
            (v["id"], v["nodes"][0]["html"][:120], v["nodes"][0].get("failureSummary", "")[:200])
            for v in axe.run(page).response["violations"]
            if v["impact"] in ("serious", "critical")
        ]
        if serious:
            found[path] = serious
    context.close()
    assert found == {}


def test_a_page_of_a_procedure_prints_on_paper(web: Web, chromium: Any) -> None:
    from pypdf import PdfReader

    page = chromium.new_page()
    page.goto(f"{web.base}/thu-tuc/1.001193")
    paper = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    text = " ".join(sheet.extract_text() for sheet in paper.pages)
    page.close()
    assert 1 <= len(paper.pages) <= 4
    assert "Giấy chứng sinh" in text and "Mục lục" not in text and "Hỏi về thủ tục này" not in text
