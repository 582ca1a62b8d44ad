"""Who may open what: a table of every page of the console against every role, read from the routes themselves."""

from __future__ import annotations

import pytest

from bot.web.application import TABLE
from bot.web.console.rounds import ROOT, SIGN_IN
from bot.web.console.table import ROWS
from bot.web.visiting import Body
from tests.bot.web.conftest import Visitor, Web
from tests.bot.web.console.conftest import SignedIn, enter, sign

EVERYONE, LEADS, ADMINS = ("lan", "truong", "admin"), ("truong", "admin"), ("admin",)
STRANGERS = (SIGN_IN, f"{ROOT}/moi/", f"{ROOT}/dat-lai/")
ALLOWED = {
    "GET ": EVERYONE,
    "GET /phieu": EVERYONE,
    "GET /dem": EVERYONE,
    "POST /giao": LEADS,
    "GET /tin": EVERYONE,
    "POST /tin": EVERYONE,
    "GET /tai-khoan": EVERYONE,
    "POST /tai-khoan/mat-khau": EVERYONE,
    "GET /tai-khoan/hai-buoc": EVERYONE,
    "POST /tai-khoan/hai-buoc": EVERYONE,
    "POST /tai-khoan/hai-buoc/tat": EVERYONE,
    "POST /tai-khoan/vang": EVERYONE,
    "POST /ra": EVERYONE,
    "POST /ra-moi-noi": EVERYONE,
    "GET /nhap": EVERYONE,
    "POST /nhap": EVERYONE,
    "GET /cau-mau": EVERYONE,
    "POST /cau-mau": LEADS,
    "GET /phieu/{code}": EVERYONE,
    "GET /phieu/{code}/in": EVERYONE,
    "GET /phieu/{code}/tep/{digest}": EVERYONE,
    "POST /phieu/{code}/danh-tinh": EVERYONE,
    "POST /phieu/{code}/ma-rieng": EVERYONE,
    "POST /phieu/{code}/nhan": EVERYONE,
    "POST /phieu/{code}/chuyen": EVERYONE,
    "POST /phieu/{code}/giao": LEADS,
    "POST /phieu/{code}/ghi-chu": EVERYONE,
    "POST /phieu/{code}/phan-loai": EVERYONE,
    "GET /phieu/{code}/cong-khai": LEADS,
    "POST /phieu/{code}/cong-khai": LEADS,
    "POST /phieu/{code}/thoi-cong-khai": LEADS,
    "GET /danh-gia": EVERYONE,
    "GET /khoang-trong": EVERYONE,
    "GET /khoang-trong/{turn}": EVERYONE,
    "POST /khoang-trong/noi": EVERYONE,
    "POST /khoang-trong/viet": EVERYONE,
    "POST /khoang-trong/bo-qua": EVERYONE,
    "POST /khoang-trong/de-xuat/{number}/duyet": ADMINS,
    "POST /khoang-trong/de-xuat/{number}/tu-choi": ADMINS,
    "GET /hoi-thu": EVERYONE,
    "GET /ke-hoach": EVERYONE,
    "GET /ke-hoach/{plan}": EVERYONE,
    "GET /ke-hoach/{plan}/{task}": EVERYONE,
    "POST /ke-hoach/{plan}/{task}": EVERYONE,
    "GET /bao-cao": EVERYONE,
    "POST /bao-cao": EVERYONE,
    "GET /bao-cao/tep/{key}/{number}": EVERYONE,
    "GET /tuyen-truyen": EVERYONE,
    "GET /tuyen-truyen/thong-bao": LEADS,
    "POST /tuyen-truyen/thong-bao": LEADS,
    "GET /tuyen-truyen/thong-bao/{number}": EVERYONE,
    "POST /tuyen-truyen/thong-bao/{number}/{act}": LEADS,
    "GET /tuyen-truyen/ban-tin": EVERYONE,
    "POST /tuyen-truyen/ban-tin": EVERYONE,
    "GET /tuyen-truyen/ban-tin/{number}": EVERYONE,
    "POST /tuyen-truyen/ban-tin/{number}": EVERYONE,
    "GET /tuyen-truyen/ban-tin/{number}/tep/{file}": EVERYONE,
    "GET /tuyen-truyen/to-dan": EVERYONE,
    "POST /tuyen-truyen/to-dan": EVERYONE,
    "GET /tuyen-truyen/to-dan/{number}.pdf": EVERYONE,
    "GET /cuoc-thi": LEADS,
    "GET /cuoc-thi/cau-hoi": LEADS,
    "POST /cuoc-thi/cau-hoi/soan": LEADS,
    "POST /cuoc-thi/cau-hoi/duyet": LEADS,
    "GET /cuoc-thi/cau-hoi/{question}": LEADS,
    "POST /cuoc-thi/cau-hoi/{question}": LEADS,
    "POST /cuoc-thi/do-vui": LEADS,
    "POST /cuoc-thi/do-vui/{poll}/dong": LEADS,
    "GET /cuoc-thi/ban/{contest}": LEADS,
    "POST /cuoc-thi/ban/{contest}": LEADS,
    "GET /cuoc-thi/ban/{contest}/cau-hoi": LEADS,
    "POST /cuoc-thi/ban/{contest}/cau-hoi": LEADS,
    "POST /cuoc-thi/ban/{contest}/dang": LEADS,
    "POST /cuoc-thi/ban/{contest}/dung": LEADS,
    "GET /cuoc-thi/ban/{contest}/ket-qua": LEADS,
    "GET /cuoc-thi/ban/{contest}/ket-qua.xlsx": LEADS,
    "POST /cuoc-thi/ban/{contest}/bo-cau": LEADS,
    "POST /cuoc-thi/ban/{contest}/an-ten": LEADS,
    "POST /cuoc-thi/ban/{contest}/moi": LEADS,
    "GET /cuoc-thi/ban/{contest}/giay/{player}": LEADS,
    "GET /khao-sat": EVERYONE,
    "POST /khao-sat/{contest}": EVERYONE,
    "GET /noi-dung": ADMINS,
    "GET /noi-dung/hieu-luc": ADMINS,
    "GET /noi-dung/{kind}/{key}": EVERYONE,
    "GET /noi-dung/thu-tuc/{key}/phi": ADMINS,
    "POST /noi-dung/thu-tuc/{key}/phi": ADMINS,
    "GET /noi-dung/duong-day-nong/{key}/sua": ADMINS,
    "POST /noi-dung/duong-day-nong/{key}/sua": ADMINS,
    "GET /noi-dung/tep": ADMINS,
    "POST /noi-dung/tep": ADMINS,
    "GET /noi-dung/tep/{token}": ADMINS,
    "POST /noi-dung/tep/{token}/dang": ADMINS,
    "POST /noi-dung/tep/{token}/bo": ADMINS,
    "GET /noi-dung/cac-ban": ADMINS,
    "POST /noi-dung/cac-ban/lui": ADMINS,
    "GET /viec/{key}": EVERYONE,
    "GET /viec/{key}/tien-do": EVERYONE,
    "GET /nguoi": EVERYONE,
    "POST /nguoi/moi": ADMINS,
    "POST /nguoi/{officer}/sua": ADMINS,
    "POST /nguoi/{officer}/dat-lai": ADMINS,
    "POST /nguoi/{officer}/khoa": ADMINS,
    "POST /nguoi/{officer}/vang": LEADS,
    "POST /don-vi": ADMINS,
    "POST /don-vi/gop": ADMINS,
    "GET /so-kiem-tra": ADMINS,
    "GET /suc-khoe": ADMINS,
}
PARTS = {
    "code": "PA-2026-999999-A",
    "digest": "0" * 64,
    "plan": "khong_co",
    "task": "1",
    "kind": "thu-tuc",
    "turn": "999999",
    "officer": "cb-00000000",
}
BROKEN_FORM = {"ky": "không có kỳ này"}


def name_of(method: str, path: str) -> str:
    return f"{method} {path.removeprefix(ROOT)}"


def test_every_page_of_the_console_has_its_line_in_this_table() -> None:
    served = {name_of(p.method, p.path) for p in TABLE if p.path == ROOT or p.path.startswith(f"{ROOT}/")}
    strangers = {n for n in served if (ROOT + n.partition(" ")[2]).startswith(STRANGERS)}
    assert served - strangers == set(ALLOWED)
    assert {name_of(r.method, r.path) for r in ROWS} == set(ALLOWED)


@pytest.mark.parametrize("name", EVERYONE)
def test_each_role_opens_what_its_line_allows_and_nothing_else(web: Web, signed_in: SignedIn, name: str) -> None:
    visitor = signed_in(name)
    for line, roles in ALLOWED.items():
        method, _, path = line.partition(" ")
        status = ask(visitor, method, ROOT + path.format_map(_Parts()))
        if status == 303 and path in ("/ra", "/ra-moi-noi"):
            sign(web, visitor, web.staff[name])
        assert (status == 403) is (name not in roles), (line, status)
        assert status < 500, (line, status)


@pytest.mark.parametrize("line", ALLOWED)
def test_who_is_not_signed_in_is_led_to_the_door(web: Web, line: str) -> None:
    method, _, path = line.partition(" ")
    visitor = web.visitor("127.0.1.1")
    token = {"_ky": visitor.token(SIGN_IN)}
    answer = visitor.client.request(method, ROOT + path.format_map(_Parts()), data=token if method == "POST" else None)
    assert answer.status_code == 303 and answer.headers["location"].startswith(SIGN_IN)
    visitor.client.close()


def test_a_form_without_its_token_changes_nothing(web: Web, signed_in: SignedIn) -> None:
    code = enter(web)
    visitor = signed_in("admin")
    for page in TABLE:
        if page.path.startswith(ROOT) and page.body is Body.FORM:
            path = page.path.format_map(_Parts({"code": code, "token": "x"}))
            assert visitor.client.post(path, data={"sang": "tiep_nhan"}).status_code == 403, page.path
    assert web.house.office.dossier(web.staff["admin"], code).petition.number == 1


def test_a_petition_of_another_unit_does_not_exist_for_an_officer(web: Web, signed_in: SignedIn) -> None:
    code = enter(web, unit="xa")
    visitor = signed_in("lan")
    token = {"_ky": visitor.token(f"{ROOT}/nhap")}
    for line in ALLOWED:
        method, _, path = line.partition(" ")
        if "{code}" not in path or ALLOWED[line] is not EVERYONE:
            continue
        address = ROOT + path.format_map(_Parts({"code": code}))
        form = {**token, "sang": "tiep_nhan", "loi": "x", "loai": "kien_nghi"}
        answer = visitor.client.request(method, address, data=form if method == "POST" else None)
        assert answer.status_code == 404 and code not in answer.text, line
    assert code not in visitor.get(f"{ROOT}/phieu", xem="tat-ca").text
    assert code not in visitor.get(f"{ROOT}/phieu", xem="tat-ca", q=code).text.replace(f'value="{code}"', "")


def test_an_officer_does_not_see_the_one_about_themselves(web: Web, signed_in: SignedIn) -> None:
    code = enter(web, about=(web.staff["lan"].id,))
    assert signed_in("lan").get(f"{ROOT}/phieu/{code}").status_code == 404
    assert signed_in("truong").get(f"{ROOT}/phieu/{code}").status_code == 200


def ask(visitor: Visitor, method: str, path: str) -> int:
    if method == "GET":
        return visitor.client.get(path).status_code
    form = {"_ky": visitor.token(f"{ROOT}/tai-khoan"), **BROKEN_FORM}
    return visitor.client.post(path, data=form).status_code


class _Parts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return PARTS.get(key, "000000000000")
