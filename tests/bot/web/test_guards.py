from __future__ import annotations

import io
import json
import logging
import re

import pytest

from bot import journal
from bot.petitions.privacy import mask
from bot.web.application import TABLE
from bot.web.rendering import linked, said
from bot.web.security import Limit, Limits, form_token, is_form_token
from bot.web.visiting import Body
from tests.bot.web.conftest import Visitor, Web

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7*7 }} {% for x in y %}",
    'https://a.vn/"onmouseover="alert(1)',
)


def test_a_form_without_the_visitors_token_never_reaches_its_handler(web: Web, visitor: Visitor) -> None:
    visitor.get("/")
    for form in ({"text": "xin chào"}, {"text": "xin chào", "_ky": "00.11"}, {"text": "x", "_ky": ""}):
        answer = visitor.client.post("/", data=form)
        assert answer.status_code == 403 and "Trang này mở đã lâu" in answer.text
    others = web.visitor().token()
    assert visitor.client.post("/", data={"text": "x", "_ky": others}).status_code == 403


def test_a_form_of_another_site_is_refused_even_with_the_token(visitor: Visitor) -> None:
    form = {"text": "x", "_ky": visitor.token()}
    assert visitor.client.post("/", data=form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_every_page_that_takes_a_form_has_a_cookie_to_hold_its_token_against() -> None:
    assert [page.path for page in TABLE if page.body is Body.FORM and page.ticket is None] == []


def test_every_page_that_changes_something_is_no_get() -> None:
    assert {page.method for page in TABLE if page.body is not Body.NONE} == {"POST"}


def test_a_token_is_different_each_time_and_belongs_to_one_cookie() -> None:
    key = b"k" * 32
    one, two = form_token(key, "a"), form_token(key, "a")
    assert one != two
    assert is_form_token(key, "a", one) and is_form_token(key, "a", two)
    assert not is_form_token(key, "b", one) and not is_form_token(b"x" * 32, "a", one)
    assert not is_form_token(key, "", form_token(key, ""))
    assert not is_form_token(key, "a", "") and not is_form_token(key, "a", "é.é")


def test_the_cookie_is_opaque_and_out_of_reach_of_scripts(visitor: Visitor) -> None:
    given = visitor.get("/").headers["set-cookie"].lower()
    assert "httponly" in given and "samesite=lax" in given and "path=/" in given


def test_the_books_do_not_hold_the_cookie(web: Web, visitor: Visitor) -> None:
    visitor.say("xin chào")
    cookie = visitor.client.cookies["motcua"]
    assert cookie not in visitor.get("/du-lieu-cua-toi.json").text


@pytest.mark.parametrize("path", ["/", "/khong-co", "/api/v1/ask", "/tinh/nen.css", "/health"])
def test_every_answer_carries_the_headers_that_guard_it(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).headers
    assert "script" not in headers["content-security-policy"].replace("script-src", "")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_citizen_writes_comes_back_as_text(visitor: Visitor, attack: str) -> None:
    page = visitor.say(attack).text + visitor.get("/", hoi=attack).text + visitor.get("/tim", q=attack).text
    page += visitor.get("/tra-cuu", ma=attack).text + visitor.get("/phan-anh", noi=attack).text
    for live in ("<script>alert", "<img src=x", "<svg onload", 'href="javascript:', '"onmouseover'):
        assert live not in page
    assert "{{ 7*7 }}" in page or "{{" not in attack


def test_a_files_name_comes_back_as_text(visitor: Visitor) -> None:
    visitor.say("tôi muốn phản ánh: đèn đường hỏng cả tháng không ai sửa")
    name = '<img src=x onerror="alert(1)">.exe'
    page = visitor.post("/", {"text": ""}, {"tep": (name, b"MZ", "image/jpeg")}).text
    assert "<img src=x" not in page


def test_a_record_is_text_too() -> None:
    evil = "Tên <script>alert(1)</script>\n\n• một <b>hai</b>\n1. ba <i>\nNguồn: x https://a.vn/<script>"
    assert "<script" not in said(evil) and "<b>" not in said(evil) and "<i>" not in said(evil)
    assert 'href="https://a.vn/"' in said(evil)


def test_only_the_states_own_bare_names_become_links() -> None:
    assert 'href="https://dichvucong.gov.vn"' in linked("ở dichvucong.gov.vn.")
    assert "href" not in linked("ở lua-dao.com, a@xa.gov.vn và gov.vn")
    assert linked("(xem https://a.gov.vn/b).").endswith("</a>).")


def test_a_number_is_made_to_be_called_only_as_a_number_of_its_own() -> None:
    numbers = ["113", "1800 1096"]
    assert said("Gọi 113.", numbers).count("tel:") == 1
    assert said("Tổng đài: 1800 1096", numbers).count('href="tel:18001096"') == 1
    assert "tel:" not in said("Quyết định 113/QĐ, 1.113, số 2113 và 113.000 đồng", numbers)


def test_after_too_many_at_once_one_waits_a_little() -> None:
    hands = [0.0]
    limits, limit = Limits(lambda: hands[0]), Limit("x", 2, 0.5)
    assert [limits.wait(limit, "a") for _ in range(3)] == [0.0, 0.0, 2.0]
    assert limits.wait(limit, "b") == 0.0
    hands[0] = 2.0
    assert limits.wait(limit, "a") == 0.0


def test_a_visitor_who_writes_without_end_is_asked_to_wait(web: Web) -> None:
    hasty = web.visitor("127.0.0.7")
    form = {"_ky": hasty.token(), "text": "xin chào"}
    answers = [hasty.client.post("/", data=form) for _ in range(40)]
    late = next(a for a in answers if a.status_code == 429)
    assert "thao tác nhanh quá" in late.text and int(late.headers["retry-after"]) >= 1


def test_a_body_without_end_is_refused(visitor: Visitor) -> None:
    form = {"_ky": visitor.token(), "text": "x"}
    answer = visitor.client.post("/", data=form, files={"tep": ("a.jpg", bytes(65 << 20), "image/jpeg")})
    assert answer.status_code == 413 and "lớn quá" in answer.text


def test_a_form_that_is_no_form_is_told_so(visitor: Visitor) -> None:
    visitor.get("/")
    headers = {"Content-Type": "multipart/form-data; boundary=x", "X-Form-Token": visitor.token()}
    assert visitor.client.post("/", content=b"--y\r\nbroken", headers=headers).status_code in (400, 403)


# --- what the journal tells of a request -----------------------------------------------------------------------------


def test_a_request_has_one_number_in_its_answer_and_in_the_journal(
    web: Web, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> object:
        raise RuntimeError("hỏng vì 0912345678")

    monkeypatch.setattr(web.house.desk, "library", broken)
    out, root = io.StringIO(), logging.getLogger()
    before = root.handlers[:]
    root.handlers[:] = [logging.StreamHandler(out)]
    root.handlers[0].setFormatter(journal.JsonLines(journal.cleaner([], mask)))
    try:
        given = visitor.client.get("/thu-tuc/bi-mat-trong-dia-chi", headers={"X-Request-Id": "0af7651916cd43dd"})
        own = web.visitor().client.get("/thu-tuc/khai_sinh", headers={"X-Request-Id": "xấu <b>".encode().hex() * 9})
    finally:
        root.handlers[:] = before
    assert (given.status_code, own.status_code) == (500, 500)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    told = [line for line in lines if line["logger"] == "bot.web.failures"]
    assert told[0]["request"] == "0af7651916cd43dd" and re.fullmatch("[0-9a-f]{8}", told[1]["request"])
    assert "/thu-tuc/{name}" in told[0]["message"]
    assert "bi-mat-trong-dia-chi" not in out.getvalue() and "0912345678" not in out.getvalue()
    monkeypatch.undo()
    after = web.visitor().client  # who met an error is disconnected
    fine = after.get("/health", headers={"X-Request-Id": "0af7651916cd43dd"})
    assert fine.headers["X-Request-Id"] == "0af7651916cd43dd"
    assert re.fullmatch("[0-9a-f]{8}", after.get("/health").headers["X-Request-Id"])
