"""Feedback, gaps, plans, reports, people, the book and the state of the house."""

from __future__ import annotations

import datetime as dt
import json
import time

from bot.desk.backing import VALUE
from bot.desk.desk import utc_now
from bot.dialogue.message import Message
from bot.ledger import Unit
from bot.petitions.clock import VIETNAM
from bot.web.console.rounds import ROOT
from bot.wording import console as say
from index.fusion import FEATURES
from tests.bot.web.conftest import Visitor, Web
from tests.bot.web.console.conftest import SignedIn

FORM = f"{ROOT}/nhap"
"""Any page with a form, for its token."""


def work_done(visitor: Visitor, address: str) -> str:
    """The page of a work, once it has ended."""
    for _ in range(600):
        found = visitor.client.get(f"{address}/tien-do", headers={"Accept": "application/json"}).json()
        if found["state"] != "running":
            return visitor.get(address).text
        time.sleep(0.2)
    raise AssertionError("the work does not end")


def turns_kept(web: Web) -> int:
    with web.house.store.reading() as tx:
        return sum(1 for _ in tx.turns(utc_now() - dt.timedelta(days=2), utc_now() + dt.timedelta(days=1)))


def test_a_question_is_tried_out_with_its_evidence_and_nothing_is_logged(web: Web, signed_in: SignedIn) -> None:
    before = turns_kept(web)
    page = signed_in("lan").get(f"{ROOT}/hoi-thu", hoi="làm giấy khai sinh cần gì").text
    assert "Đăng ký khai sinh" in page and "được dùng" in page and "bị loại" in page and "gần tên" in page
    assert turns_kept(web) == before


def test_what_was_asked_in_vain_is_linked_by_an_officer_and_refused_by_an_admin(web: Web, signed_in: SignedIn) -> None:
    asked = "thủ tục thả đèn trời ở sân đình"
    web.house.desk.answer("telegram:55501", Message(asked), "telegram")
    lan, admin = signed_in("lan"), signed_in("admin")
    page = lan.get(f"{ROOT}/khoang-trong").text
    assert asked in page
    turn = page.partition(asked)[2].partition(f"{ROOT}/khoang-trong/")[2].partition('"')[0]
    form = {"luot": turn, "cau": asked, "thu_tuc": "khai_sinh"}
    assert "Không có bản ghi này" in lan.post(f"{ROOT}/khoang-trong/noi", {**form, "thu_tuc": "x"}, seen=FORM).text
    assert lan.post(f"{ROOT}/khoang-trong/noi", form, seen=FORM).status_code == 303
    assert "Duyệt và đăng" not in lan.get(f"{ROOT}/khoang-trong").text
    page = admin.get(f"{ROOT}/khoang-trong").text
    number = page.partition("/de-xuat/")[2].partition("/")[0]
    admin.post(f"{ROOT}/khoang-trong/de-xuat/{number}/tu-choi", {}, seen=FORM)
    assert "Trả lời" in lan.get(f"{ROOT}/khoang-trong").text
    lan.post(f"{ROOT}/khoang-trong/bo-qua", {"luot": turn}, seen=FORM)
    assert asked not in lan.get(f"{ROOT}/khoang-trong").text


def test_a_question_that_deceives_the_eye_is_shown_for_what_it_is_and_loses_that_when_taken_over(
    web: Web, signed_in: SignedIn
) -> None:
    asked = "thủ tục nuôi cá cảnh \u202emêđ nab ở \u200bvỉa hè"
    web.house.desk.answer("telegram:55503", Message(asked), "telegram")
    lan = signed_in("lan")
    page = lan.get(f"{ROOT}/khoang-trong").text
    gaps = web.house.gaps.open(web.staff["lan"])
    gap, kept = next((g, q) for g in gaps for q in g.questions if "nuôi cá cảnh" in q)
    assert "nuôi cá cảnh" in page and "\u202e" not in page
    assert ("đảo chiều chữ" in page) == ("\u202e" in kept)
    assert "\u202e" not in lan.get(f"{ROOT}/khoang-trong/{gap.turns[0]}").text


def test_a_bad_word_on_an_answer_is_listed_with_the_answer_as_it_was(web: Web, signed_in: SignedIn) -> None:
    reply = web.house.desk.answer("telegram:55502", Message("phí sao y bản chính bao nhiêu"), "telegram")
    down = next(o.id for o in reply.options if o.label == "👎")
    web.house.desk.answer("telegram:55502", Message("", down), "telegram")
    page = signed_in("lan").get(f"{ROOT}/danh-gia").text
    assert "phí sao y bản chính bao nhiêu" in page and reply.text.split("\n")[0] in page


def test_the_state_of_a_task_is_entered_and_kept(web: Web, signed_in: SignedIn) -> None:
    plan = next(iter(web.house.desk.library().plans.values()))
    address = f"{ROOT}/ke-hoach/{plan.key}/{plan.tasks[0].id}"
    lan = signed_in("lan")
    form = {"tinh_trang": "hoan_thanh", "san_pham": "500 tờ rơi", "minh_chung": "văn bản số 12"}
    assert lan.post(address, form).status_code == 303
    assert "500 tờ rơi" in lan.get(address).text
    assert lan.post(address, {**form, "tinh_trang": "gan_xong"}).status_code == 400
    assert "Hoàn thành" in lan.get(f"{ROOT}/ke-hoach/{plan.key}").text


def test_a_report_is_made_in_the_background_and_its_files_are_fetched(web: Web, signed_in: SignedIn) -> None:
    lan = signed_in("lan")
    assert "Tiếp nhận" in lan.get(f"{ROOT}/bao-cao", ky="thang-11-2026").text
    assert lan.get(f"{ROOT}/bao-cao", ky="năm con mèo").status_code == 400
    address = lan.post(f"{ROOT}/bao-cao", {"ky": "thang-11-2026"}).headers["location"]
    page = work_done(lan, address)
    assert "bao-cao.docx" in page and "so-lieu.xlsx" in page
    key = address.rpartition("/")[2]
    letter = lan.get(f"{ROOT}/bao-cao/tep/{key}/0")
    assert letter.content.startswith(b"PK") and "attachment" in letter.headers["content-disposition"]
    for beside in ("99", "-1", "..%2f..%2fmot-cua.db", "0x0"):
        assert lan.get(f"{ROOT}/bao-cao/tep/{key}/{beside}").status_code == 404


def test_an_admin_invites_suspends_and_merges(web: Web, signed_in: SignedIn) -> None:
    admin = signed_in("admin")
    form = {"vai_tro": "can_bo", "don_vi": "mc", "ten": "Đỗ Thị Mới"}
    page = admin.post(f"{ROOT}/nguoi/moi", form, seen=f"{ROOT}/nguoi").text
    address = page.partition(web.base)[2].partition("<")[0]
    assert address.startswith(f"{ROOT}/moi/")
    officer = web.house.signing.join(address.rpartition("/")[2], "do.moi", "một câu dài dễ nhớ")
    token = web.house.sessions.begin(officer)
    admin.post(f"{ROOT}/nguoi/{officer.id}/khoa", {}, seen=f"{ROOT}/nguoi")
    assert web.house.sessions.whoever(token) is None
    for key in ("thon-a", "thon-b"):
        new = {"ma": key, "ten": f"Tổ {key}", "tren": "xa", "dia_ban": "thôn A\nthôn B"}
        assert admin.post(f"{ROOT}/don-vi", new, seen=f"{ROOT}/nguoi").status_code == 303
    assert next(u for u in web.house.people.units() if u.key == "thon-a").places == ("thôn A", "thôn B")
    merger = {"cu": "thon-a", "moi": "thon-b"}
    asked = admin.post(f"{ROOT}/don-vi/gop", merger, seen=f"{ROOT}/nguoi")
    assert "Gộp Tổ thon-a vào Tổ thon-b?" in asked.text
    assert not next(u for u in web.house.people.units() if u.key == "thon-a").into
    admin.post(f"{ROOT}/don-vi/gop", {**merger, "chac": "1"}, seen=f"{ROOT}/nguoi")
    assert next(u for u in web.house.people.units() if u.key == "thon-a").into == "thon-b"
    for bad in ({"ma": "Có Dấu", "ten": "x"}, {"ma": "xa", "ten": "x", "tren": "mc"}):
        assert admin.post(f"{ROOT}/don-vi", bad, seen=f"{ROOT}/nguoi").status_code == 400
    assert isinstance(next(u for u in web.house.people.units() if u.key == "xa"), Unit)


def test_a_lead_says_who_is_away(web: Web, signed_in: SignedIn) -> None:
    lan = web.staff["lan"]
    truong = signed_in("truong")
    truong.post(f"{ROOT}/nguoi/{lan.id}/vang", {"den": "2099-12-01"}, seen=f"{ROOT}/nguoi")
    assert "vắng đến 01/12/2099" in truong.get(f"{ROOT}/nguoi").text
    truong.post(f"{ROOT}/nguoi/{lan.id}/vang", {"den": ""}, seen=f"{ROOT}/nguoi")
    assert "vắng đến" not in truong.get(f"{ROOT}/nguoi").text.replace("Vắng đến", "")


def test_the_state_of_the_house_and_its_book_are_shown_to_admins(web: Web, signed_in: SignedIn) -> None:
    admin = signed_in("admin")
    page = admin.get(f"{ROOT}/suc-khoe").text
    assert web.house.live.generation in page and "SQLite" in page and "sao lưu" in page
    assert "mời cán bộ" in admin.get(f"{ROOT}/so-kiem-tra", viec="invited").text


def test_records_are_looked_through_and_what_turns_soon_is_listed(signed_in: SignedIn) -> None:
    admin = signed_in("admin")
    assert "1.001193" in admin.get(f"{ROOT}/noi-dung", q="khai sinh").text
    assert "113" in admin.get(f"{ROOT}/noi-dung", loai="duong-day-nong").text
    assert "cách dân hỏi" in admin.get(f"{ROOT}/noi-dung/thu-tuc/khai_sinh").text.lower()
    assert admin.get(f"{ROOT}/noi-dung/thu-tuc/khong_co").status_code == 404
    assert admin.get(f"{ROOT}/noi-dung/hieu-luc", ngay="365").status_code == 200


def test_a_fee_is_looked_at_before_it_is_published(web: Web, signed_in: SignedIn) -> None:
    admin, address = signed_in("admin"), f"{ROOT}/noi-dung/thu-tuc/khai_sinh/phi"
    form = {"phi": "Quá hạn: 5.000 đồng", "van_ban": "Nghị quyết 12", "ngay": "2026-07-01", "nguon": "Cổng tỉnh"}
    assert "chọn tỉnh, thành phố" in admin.post(address, form).text
    assert "Cần ghi nguồn" in admin.post(address, {**form, "noi": "Cao Bằng", "nguon": ""}).text
    assert "chọn tỉnh, thành phố" in admin.post(address, {**form, "noi": "../../etc"}).text
    page = admin.post(address, {**form, "noi": "Cao Bằng"}).text
    assert "<ins>Quá hạn: 5.000 đồng</ins>" in page and 'name="dang"' in page
    assert web.house.desk.library("Cao Bằng").procedures["khai_sinh"].fee != "Quá hạn: 5.000 đồng"


def test_a_hotline_is_looked_at_before_it_is_published(signed_in: SignedIn) -> None:
    admin, address = signed_in("admin"), f"{ROOT}/noi-dung/duong-day-nong/moi/sua"
    form = {"ten": "Trực ban xã", "viec": "Hỏi việc ở xã", "so": "gọi anh Ba", "nguon": "Trang xã", "noi": "Cao Bằng"}
    assert "chỉ gồm chữ số" in admin.post(address, form).text
    assert "<ins>0206 3 852 000</ins>" in admin.post(address, {**form, "so": "0206 3 852 000"}).text


def test_a_file_that_cannot_be_read_is_told_and_can_be_dropped(signed_in: SignedIn) -> None:
    admin = signed_in("admin")
    sent = admin.post(f"{ROOT}/noi-dung/tep", {}, [("tep", ("../../x.xlsx", b"no list at all", "text/plain"))])
    address = sent.headers["location"]
    page = admin.get(address).text
    assert "Không nhận được tệp này" in page and ">Đăng<" not in page
    assert admin.post(f"{address}/bo", {}, seen=address).status_code == 303
    assert admin.get(address).status_code == 404


def test_the_newest_good_backup_is_told_wherever_it_was_put_and_an_old_one_is_named(
    web: Web, signed_in: SignedIn
) -> None:
    admin = signed_in("admin")
    for days, troubled in ((0, False), (3, True)):
        at = utc_now() - dt.timedelta(days=days)
        tree = {"at": at.isoformat(), "file": "/mnt/o-khac/x.age", "size": 1, "rows": 1, "files": 0, "absent": 0}
        with web.house.store.writing() as tx:
            tx.put_value(VALUE, json.dumps({**tree, "sealed": True}))
        page = admin.get(f"{ROOT}/suc-khoe").text
        assert f"{at.astimezone(VIETNAM):%d/%m/%Y}" in page
        assert (say.TROUBLES["backup"] in page) is troubled


def test_every_feature_that_is_weighed_has_a_name() -> None:
    assert set(say.EVIDENCE) == set(FEATURES)
