"""In a real browser: an answer is read aloud by its voice where there is a Vietnamese one; type is made large."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.web.conftest import Web
from tests.bot.web.test_in_a_browser import say

pytestmark = pytest.mark.slow
# A browser's speech, as a page sees it: what would be said is kept.
SPEECH = """
window.said = [];
const voices = [%s];
const speech = new EventTarget();
speech.getVoices = () => voices;
speech.speak = (one) => { said.push([one.text, one.lang]); };
speech.cancel = () => { said.push("stop"); };
Object.defineProperty(window, "speechSynthesis", { value: speech });
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""
VIETNAMESE = '{ lang: "en-US", localService: true }, { lang: "vi-VN", localService: true, name: "Linh" }'
ENGLISH = '{ lang: "en-US", localService: true }'


def test_an_answer_is_read_aloud_and_stopped_by_the_same_button(web: Web, phone: Any) -> None:
    phone.add_init_script(SPEECH % VIETNAMESE)
    phone.goto(web.base)
    say(phone, "lệ phí đăng ký khai sinh bao nhiêu")
    button = phone.locator(".loi.minh [data-nghe]").last
    button.wait_for(state="visible")
    assert button.inner_text() == "Nghe"
    button.click()
    assert button.inner_text() == "Dừng đọc" and button.get_attribute("aria-pressed") == "true"
    spoken = [one for one in phone.evaluate("said") if one != "stop"]
    assert len(spoken) > 1 and {lang for _, lang in spoken} == {"vi-VN"}
    text = " ".join(words for words, _ in spoken)
    assert not any(c.isdigit() for c in text) and "Hội đồng nhân dân" in text
    button.click()
    assert button.inner_text() == "Nghe" and phone.evaluate("said.at(-1)") == "stop"


def test_without_a_vietnamese_voice_there_is_no_button(web: Web, phone: Any) -> None:
    phone.add_init_script(SPEECH % ENGLISH)
    phone.goto(web.base)
    say(phone, "đăng ký tạm trú cần gì")
    assert phone.locator("[data-nghe]:visible").count() == 0


def test_large_type_is_remembered_from_page_to_page_and_fits(web: Web, phone: Any) -> None:
    phone.goto(web.base)
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    before = phone.evaluate(size)
    phone.click("[data-chu-to]")
    assert phone.evaluate(size) >= 1.25 * before
    for path in ("/", "/theo-doi", "/linh-vuc/ho-tich", "/thu-tuc/1.001193", "/thay-doi"):
        phone.goto(web.base + path)
        assert phone.evaluate(size) >= 1.25 * before
        assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    phone.click("[data-chu-to]")
    assert phone.evaluate(size) == before
