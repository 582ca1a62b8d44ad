from __future__ import annotations

import pyotp
import pytest

from bot.desk.desk import utc_now
from bot.ledger import Role
from bot.web.console.rounds import OFFICER, ROOT, SIGN_IN
from tests.bot.web.conftest import Visitor, Web
from tests.bot.web.console.conftest import PASSWORD, SignedIn, sign


def joined(web: Web, login: str) -> str:
    web.house.signing.join(web.house.people.invite(None, Role.OFFICER, "mc", login.title()), login, PASSWORD)
    return login


def try_in(visitor: Visitor, login: str, password: str = PASSWORD, **more: str) -> int:
    form = {"ten": login, "mat_khau": password, **more}
    return visitor.post(SIGN_IN, form).status_code


def is_in(visitor: Visitor) -> bool:
    return visitor.get(f"{ROOT}/tai-khoan").status_code == 200


def test_an_invitation_makes_a_login_and_opens_the_console_once(web: Web) -> None:
    token = web.house.people.invite(None, Role.LEAD, "mc", "Vũ Văn Mới")
    visitor, address = web.visitor("127.0.2.1"), f"{ROOT}/moi/{token}"
    form = {"ten": "vu.moi", "mat_khau": PASSWORD, "lan_hai": "khác hẳn thế này"}
    assert "không giống nhau" in visitor.post(address, form).text
    assert visitor.post(address, {**form, "lan_hai": PASSWORD}).status_code == 303
    assert is_in(visitor) and "Vũ Văn Mới" in visitor.get(f"{ROOT}/tai-khoan").text
    other = web.visitor("127.0.2.2")
    again = other.post(address, {"ten": "ke.khac", "mat_khau": PASSWORD, "lan_hai": PASSWORD})
    assert "bao=thu_moi" in again.headers["location"] and not is_in(other)


def test_the_ticket_changes_when_one_signs_in_and_ends_when_one_goes(web: Web) -> None:
    login, visitor = joined(web, "doi.ve"), web.visitor("127.0.2.3")
    visitor.get(SIGN_IN)
    before = visitor.client.cookies[OFFICER.name]
    assert try_in(visitor, login) == 303
    during = visitor.client.cookies[OFFICER.name]
    assert during != before and is_in(visitor)
    visitor.post(f"{ROOT}/ra", {}, seen=f"{ROOT}/tai-khoan")
    visitor.client.cookies.set(OFFICER.name, during, "127.0.0.1", ROOT)
    assert not is_in(visitor)


def test_the_cookie_is_for_the_console_and_out_of_reach_of_scripts(web: Web) -> None:
    given = web.visitor("127.0.2.4").get(SIGN_IN).headers["set-cookie"].lower()
    assert "httponly" in given and f"path={ROOT}" in given and "samesite=lax" in given


def test_a_wrong_password_and_an_unknown_login_are_told_alike(web: Web) -> None:
    login, visitor = joined(web, "nham"), web.visitor("127.0.2.5")
    pages = [visitor.post(SIGN_IN, {"ten": x, "mat_khau": "sai hoàn toàn"}) for x in (login, "khong-co")]
    assert [p.status_code for p in pages] == [403, 403]
    assert all("chưa đúng" in p.text for p in pages)


def test_after_five_wrong_tries_the_right_password_opens_nothing_for_a_while(web: Web) -> None:
    login, visitor = joined(web, "bi.do"), web.visitor("127.0.2.6")
    assert {try_in(visitor, login, "đoán mò nhiều lần") for _ in range(5)} == {403}
    assert try_in(visitor, login) == 403
    assert not is_in(visitor)


def test_one_address_cannot_try_without_end(web: Web) -> None:
    visitor = web.visitor("127.0.2.7")
    assert 429 in [try_in(visitor, f"ai-do-{n}") for n in range(14)]


@pytest.mark.parametrize(
    "elsewhere", ["https://lua.vn", "//lua.vn", "/\\lua.vn", "/quan-tri\\..\\x", "/quan-trix", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_but_into_the_console(web: Web, elsewhere: str) -> None:
    login = f"dan-{abs(hash(elsewhere)) % 10**8}"
    joined(web, login)
    visitor = web.visitor("127.0.2.8")
    answer = visitor.post(SIGN_IN, {"ten": login, "mat_khau": PASSWORD, "toi": elsewhere})
    if answer.status_code != 429:
        assert answer.headers["location"] == ROOT


def test_one_comes_where_one_wanted_to_go(web: Web) -> None:
    login, visitor = joined(web, "dung.cho"), web.visitor("127.0.2.9")
    sent = visitor.get(f"{ROOT}/bao-cao", ky="nam-2026").headers["location"]
    assert f"{ROOT}/bao-cao?ky=nam-2026" in visitor.client.get(sent).text
    answer = visitor.post(SIGN_IN, {"ten": login, "mat_khau": PASSWORD, "toi": f"{ROOT}/bao-cao?ky=nam-2026"})
    assert answer.headers["location"] == f"{ROOT}/bao-cao?ky=nam-2026"


def test_the_bot_sends_a_link_that_signs_in_once_and_not_by_being_looked_at(web: Web) -> None:
    lan, visitor = web.staff["lan"], web.visitor("127.0.2.10")
    told = visitor.post(f"{SIGN_IN}/lien-ket", {"ten": lan.id}, seen=SIGN_IN)
    assert told.headers["location"].endswith("bao=da_gui")
    with web.house.store.reading() as tx:
        waiting = tx.notices_to("telegram", "1002", utc_now())
    body = next(n.body for n in reversed(waiting) if "/vao/" in n.body)
    address = f"{SIGN_IN}/{body.partition('/vao/')[2].partition(chr(92))[0].partition(chr(34))[0]}"
    assert visitor.get(address).status_code == 200 and not is_in(visitor)
    assert visitor.post(address, {}).status_code == 303 and is_in(visitor)
    other = web.visitor("127.0.2.11")
    assert "bao=lien_ket" in other.post(address, {}).headers["location"] and not is_in(other)


def test_the_second_step_is_switched_on_by_a_code_and_then_asked_for(web: Web) -> None:
    login, visitor = joined(web, "hai.buoc"), web.visitor("127.0.2.12")
    try_in(visitor, login)
    page = visitor.get(f"{ROOT}/tai-khoan/hai-buoc").text
    assert "<svg" in page
    secret = page.partition('name="bi_mat" value="')[2].partition('"')[0]
    form = {"bi_mat": secret, "ma": pyotp.TOTP(secret).now()}
    assert visitor.post(f"{ROOT}/tai-khoan/hai-buoc", form).status_code == 303
    fresh = web.visitor("127.0.2.13")
    assert try_in(fresh, login) == 403
    assert try_in(fresh, login, ma=pyotp.TOTP(secret).now()) == 303


def test_a_new_password_ends_the_sessions_elsewhere(web: Web) -> None:
    login, here, there = joined(web, "doi.khoa"), web.visitor("127.0.2.14"), web.visitor("127.0.2.15")
    try_in(here, login)
    try_in(there, login)
    form = {"ten": login, "mat_khau": PASSWORD, "moi": "một câu khác hẳn", "lan_hai": "một câu khác hẳn"}
    wrong = here.post(f"{ROOT}/tai-khoan/mat-khau", {**form, "mat_khau": "đoán bừa thôi"}, seen=f"{ROOT}/tai-khoan")
    assert wrong.status_code == 400 and is_in(there)
    here.post(f"{ROOT}/tai-khoan/mat-khau", form, seen=f"{ROOT}/tai-khoan")
    assert is_in(here) and not is_in(there)


def test_a_script_that_asks_for_counts_is_told_that_it_is_signed_out(web: Web, signed_in: SignedIn) -> None:
    json = {"Accept": "application/json"}
    visitor = signed_in("lan")
    assert visitor.client.get(f"{ROOT}/dem", headers=json).json().keys() >= {"mine", "open", "overdue"}
    web.house.sessions.end_all(web.staff["lan"])
    assert visitor.client.get(f"{ROOT}/dem", headers=json).status_code == 401
    sign(web, visitor, web.staff["lan"])
    assert is_in(visitor)
