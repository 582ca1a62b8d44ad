from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.ledger import Role
from bot.petitions.petition import Naming, State
from bot.web.console.rounds import ROOT
from tests.bot.web.conftest import Visitor, Web
from tests.bot.web.console.conftest import SignedIn, enter
from tests.bot.web.test_conversation import code_in

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><svg onload=alert(1)>",
    "{{ 7*7 }} {% for x in y %}",
    "' onmouseover='alert(1)",
)
LIVE = ("<script>alert", "<img src=x", "<svg onload", '" onmouseover', "' onmouseover='alert(1)'")
QUEUE = f"{ROOT}/phieu"


def acted(visitor: Visitor, code: str, act: str, **form: str) -> int:
    return visitor.post(f"{QUEUE}/{code}/{act}", form, seen=f"{QUEUE}/{code}").status_code


def state_of(web: Web, code: str) -> State:
    return web.house.office.dossier(web.staff["admin"], code).petition.state


def test_an_officer_takes_asks_and_answers_by_forms_alone(web: Web, signed_in: SignedIn) -> None:
    code, lan = enter(web), signed_in("lan")
    assert acted(lan, code, "nhan") == 303
    assert acted(lan, code, "chuyen", sang="cho_bo_sung", loi="Bạn gửi ngày nào?") == 303
    assert state_of(web, code) is State.WAITING
    assert acted(lan, code, "chuyen", sang="da_tra_loi", loi="Chúng tôi đã nhắc cán bộ.") == 303
    page = lan.get(f"{QUEUE}/{code}").text
    assert "Chúng tôi đã nhắc cán bộ." in page and "Chuyển sang “đã trả lời”" in page


def test_only_legal_moves_are_offered_and_only_they_are_taken(web: Web, signed_in: SignedIn) -> None:
    code, lan = enter(web), signed_in("lan")
    page = lan.get(f"{QUEUE}/{code}").text
    assert 'value="da_tra_loi"' not in page and 'value="tu_choi"' in page
    refused = lan.post(f"{QUEUE}/{code}/chuyen", {"sang": "da_tra_loi", "loi": "x"}, seen=f"{QUEUE}/{code}")
    assert refused.status_code == 409 and "trạng thái" in refused.text
    assert acted(lan, code, "chuyen", sang="bay_len_troi") == 400
    assert acted(lan, code, "chuyen", sang="tu_choi") == 409
    assert acted(lan, code, "chuyen", sang="tu_choi", ly_do="vi_toi_thich") == 400
    assert state_of(web, code) is State.NEW


def test_many_petitions_are_handed_out_at_once(web: Web, signed_in: SignedIn) -> None:
    codes, truong, lan = [enter(web), enter(web)], signed_in("truong"), web.staff["lan"]
    form = {"phieu": codes, "nguoi": lan.id, "ve": "xem=chua-giao&q=x"}
    answer = truong.post(f"{ROOT}/giao", form, seen=QUEUE)
    assert answer.headers["location"] == f"{QUEUE}?xem=chua-giao&q=x&bao=da_giao"
    assert {web.house.office.dossier(web.staff["admin"], c).petition.assignee for c in codes} == {lan.id}


def test_words_are_found_with_marks_and_without(web: Web, signed_in: SignedIn) -> None:
    code, lan = enter(web, "cán bộ tiếp nhận gọi nhầm tên thị trấn Phước Bửu"), signed_in("lan")
    for words in ("phước bửu", "phuoc buu", "“thị trấn phước”", code):
        assert code in lan.get(QUEUE, xem="don-vi", q=words).text
    assert f"/{code}" not in lan.get(QUEUE, xem="don-vi", q="chữ không có ở đâu").text


def test_filters_that_are_no_filters_are_an_error_of_the_address(signed_in: SignedIn) -> None:
    lan = signed_in("lan")
    assert lan.get(QUEUE, tt="khong_co").status_code == 400
    for harmless in ({"sap": "drop table"}, {"tu_so": "-5"}, {"tu_so": "9" * 30}, {"tu": "hôm qua"}, {"xem": "xx"}):
        assert lan.get(QUEUE, **harmless).status_code == 200


def test_a_sealed_name_is_shown_behind_a_button_and_written_down(web: Web, signed_in: SignedIn) -> None:
    code = enter(web, contact="Lê Thị Kín, 0900 000 333", naming=Naming.SEALED)
    lan, truong = signed_in("lan"), signed_in("truong")
    assert "Lê Thị Kín" not in truong.get(f"{QUEUE}/{code}").text
    assert acted(lan, code, "danh-tinh") == 403
    shown = truong.post(f"{QUEUE}/{code}/danh-tinh", {}, seen=f"{QUEUE}/{code}")
    assert "Lê Thị Kín" in shown.text
    assert "Lê Thị Kín" not in truong.get(f"{QUEUE}/{code}").text
    assert "Lê Thị Kín" not in truong.get(f"{QUEUE}/{code}/in").text
    book = signed_in("admin").get(f"{ROOT}/so-kiem-tra", ve=code).text
    assert "xem danh tính" in book


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_anybody_writes_is_shown_as_text(web: Web, signed_in: SignedIn, attack: str) -> None:
    code = enter(web, f"phản ánh {attack}", where=attack, when=attack, contact=attack, field=attack, place=attack)
    admin = signed_in("admin")
    acted(admin, code, "ghi-chu", loi=attack)
    web.house.people.accept(web.house.people.invite(None, Role.OFFICER, "mc", attack), f"telegram:{abs(hash(attack))}")
    pages = [f"{QUEUE}/{code}", f"{QUEUE}/{code}/in", f"{QUEUE}?xem=tat-ca&q={code}", f"{ROOT}/nguoi"]
    for path in pages:
        text = admin.get(path).text
        assert not [live for live in LIVE if live in text], path
    echoed = admin.get(QUEUE, q=attack).text + admin.get(f"{ROOT}/hoi-thu", hoi=attack).text
    assert not [live for live in LIVE if live in echoed] and "49 " not in echoed.partition("7*7")[0][-3:]


def test_letters_that_deceive_the_eye_are_named(web: Web, signed_in: SignedIn) -> None:
    code, lan = enter(web, "gửi tệp \u202egpj.exe và p\u0430ypal"), signed_in("lan")
    page = lan.get(f"{QUEUE}/{code}").text
    assert "\u202e" not in page and "đảo chiều chữ" in page and '<mark class="lai"' in page
    assert "\u202e" not in lan.get(QUEUE, xem="don-vi", q="paypal gửi tệp").text


def test_a_petition_is_entered_with_its_scan_and_the_picture_is_served_as_nothing_else(
    web: Web, signed_in: SignedIn
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (20, 10), "olive").save(picture, "PNG")
    form = {"kenh": "van_ban", "loai": "kien_nghi", "noi_dung": "xin thêm ghế ngồi", "don_vi": "mc"}
    lan = signed_in("lan")
    files = [("tep", ('<svg onload="alert(1)">.png', picture.getvalue(), "text/html"))]
    code = code_in(lan.post(f"{ROOT}/nhap", form, files).headers["location"].replace("/", " ").replace("?", " "))
    (kept,) = web.house.office.dossier(web.staff["admin"], code).attachments
    got = lan.get(f"{QUEUE}/{code}/tep/{kept.digest}")
    assert got.headers["content-type"] == "image/png" and got.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in got.headers["content-security-policy"]
    assert got.headers["content-disposition"].startswith("inline")
    assert "<svg onload" not in lan.get(f"{QUEUE}/{code}").text
    assert lan.get(f"{QUEUE}/{enter(web)}/tep/{kept.digest}").status_code == 404


def test_a_paper_is_handed_over_for_saving_and_no_page_is_taken(web: Web, signed_in: SignedIn) -> None:
    form = {"kenh": "van_ban", "loai": "kien_nghi", "noi_dung": "xin thêm ghế", "don_vi": "mc"}
    lan = signed_in("lan")
    page = lan.post(f"{ROOT}/nhap", form, [("tep", ("x.pdf", b"<html><script>alert(1)</script>", "application/pdf"))])
    assert page.status_code == 400 and "xin thêm ghế" in page.text
    paper = [("tep", ("x.html", b"%PDF-1.4 ...", "text/html"))]
    code = code_in(lan.post(f"{ROOT}/nhap", form, paper).headers["location"].replace("/", " ").replace("?", " "))
    (kept,) = web.house.office.dossier(web.staff["admin"], code).attachments
    got = lan.get(f"{QUEUE}/{code}/tep/{kept.digest}")
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["content-disposition"].startswith("attachment")


def test_a_denunciation_is_not_entered_as_a_petition_without_a_second_thought(signed_in: SignedIn) -> None:
    lan = signed_in("lan")
    form = {"kenh": "dien_thoai", "loai": "phan_anh_hanh_vi", "noi_dung": "tôi muốn tố cáo ông chủ tịch xã nhận hối lộ"}
    page = lan.post(f"{ROOT}/nhap", form)
    assert page.status_code == 400 and 'name="van_ghi"' in page.text
    assert lan.post(f"{ROOT}/nhap", {**form, "van_ghi": "on"}).status_code == 303


def test_an_answer_is_made_public_only_after_doubts_were_looked_at(web: Web, signed_in: SignedIn) -> None:
    code, truong = enter(web, "Tôi là Lê Thị Mận, cán bộ quát tôi"), signed_in("truong")
    for to, text in (("tiep_nhan", ""), ("da_tra_loi", "Chúng tôi xin lỗi.")):
        acted(truong, code, "chuyen", sang=to, loi=text)
    address = f"{QUEUE}/{code}/cong-khai"
    assert "Lê Thị Mận" not in truong.get(address).text
    named = {"hoi": "Chị Lê Thị Mận bị quát", "dap": "Chúng tôi xin lỗi."}
    assert "làm lộ" in truong.post(address, named).text
    assert code not in {p.code for p in web.house.desk.published()[0]}
    truong.post(address, {**named, "hoi": "Người dân bị quát"})
    assert "Người dân bị quát" in {p.question for p in web.house.desk.published()[0]}
    truong.post(f"{QUEUE}/{code}/thoi-cong-khai", {}, seen=address)
    assert "Người dân bị quát" not in {p.question for p in web.house.desk.published()[0]}


def test_leads_write_ready_replies_and_officers_use_them(web: Web, signed_in: SignedIn) -> None:
    truong, lan, code = signed_in("truong"), signed_in("lan"), enter(web)
    web.house.office.set_canned(web.staff["admin"], [])
    for title, text in (("Một", "Câu một."), ("Hai", "Câu hai.")):
        at = str(len(web.house.office.canned(web.staff["admin"])))
        truong.post(f"{ROOT}/cau-mau", {"so": at, "ten": title, "loi": text})
    truong.post(f"{ROOT}/cau-mau", {"so": "0", "ten": "Một", "loi": ""})
    assert web.house.office.canned(web.staff["admin"]) == (("Hai", "Câu hai."),)
    acted(lan, code, "nhan")
    assert ">Câu hai.</textarea>" in lan.get(f"{QUEUE}/{code}", mau="1").text


def test_a_lead_finds_out_that_it_is_about_an_officer_who_then_loses_it(web: Web, signed_in: SignedIn) -> None:
    code, lan, truong = enter(web), signed_in("lan"), signed_in("truong")
    acted(lan, code, "nhan")
    form = {"doi_ve_ai": "1", "ve_ai": web.staff["lan"].id, "loai": "phan_anh_hanh_vi"}
    assert acted(truong, code, "phan-loai", **form) == 303
    assert lan.get(f"{QUEUE}/{code}").status_code == 404
    # an officer cannot put anybody's name in, nor take one out
    other = enter(web)
    acted(lan, other, "phan-loai", doi_ve_ai="1", ve_ai=web.staff["truong"].id, loai="kien_nghi")
    assert web.house.office.dossier(web.staff["admin"], other).petition.about == ()
