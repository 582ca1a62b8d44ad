"""What an officer meets in a day: refusals that lose nothing, reasons that are shown, petitions for other units."""

from __future__ import annotations

from bot.desk.desk import utc_now
from bot.ledger import Filing, Job, Role, Unit
from bot.petitions.petition import Channel, Kind, State
from bot.web.console.rounds import ROOT
from bot.web.console.watching import noted
from tests.bot.web.conftest import Web
from tests.bot.web.console.conftest import SignedIn, enter
from tests.bot.web.console.test_work_on_petitions import acted, state_of
from tests.bot.web.test_conversation import code_in

QUEUE = f"{ROOT}/phieu"


def test_a_refused_move_keeps_what_was_written(web: Web, signed_in: SignedIn) -> None:
    code, lan = enter(web), signed_in("lan")
    acted(lan, code, "nhan")
    form = {"sang": "gop", "vao": "PA-2026-999998-X"}
    page = lan.post(f"{QUEUE}/{code}/chuyen", form, seen=f"{QUEUE}/{code}")
    assert page.status_code == 409 and "Không gộp được" in page.text and 'value="PA-2026-999998-X"' in page.text
    page = lan.post(f"{QUEUE}/{code}/chuyen", {"sang": "tu_choi", "loi": "Lời viết rất dài"}, seen=f"{QUEUE}/{code}")
    assert page.status_code == 409 and "Cần chọn lý do" in page.text
    assert "Lời viết rất dài</textarea>" in page.text and state_of(web, code) is State.ACCEPTED


def test_two_officers_at_once_lose_no_words(web: Web, signed_in: SignedIn) -> None:
    code, lan = enter(web), signed_in("lan")
    acted(lan, code, "nhan")
    acted(lan, code, "chuyen", sang="chuyen", noi_nhan="Công an xã")
    form = {"sang": "da_tra_loi", "loi": "Chúng tôi đã nhắc cán bộ."}
    page = lan.post(f"{QUEUE}/{code}/chuyen", form, seen=f"{ROOT}/nhap")
    assert page.status_code == 409 and "Chúng tôi đã nhắc cán bộ." in page.text


def test_the_history_says_why_and_where_to(web: Web, signed_in: SignedIn) -> None:
    lan, refused, passed, merged, main = signed_in("lan"), enter(web), enter(web), enter(web), enter(web)
    acted(lan, refused, "chuyen", sang="tu_choi", ly_do="khong_ro_noi_dung")
    acted(lan, passed, "chuyen", sang="chuyen", noi_nhan="Công an xã Bình An")
    acted(lan, merged, "chuyen", sang="gop", vao=main.rpartition("-")[0])
    for code, told in ((refused, "“từ chối”: Không rõ nội dung"), (passed, "“đã chuyển”: Công an xã Bình An")):
        assert told in lan.get(f"{QUEUE}/{code}").text and told in lan.get(f"{QUEUE}/{code}/in").text
    assert f"“đã gộp”: {main}" in lan.get(f"{QUEUE}/{merged}").text
    assert f"cùng phản ánh (phiếu {merged})" in lan.get(f"{QUEUE}/{main}").text


def test_a_reopening_is_called_one(web: Web, signed_in: SignedIn) -> None:
    code, lan = enter(web), signed_in("lan")
    acted(lan, code, "nhan")
    acted(lan, code, "chuyen", sang="da_tra_loi", loi="Đã nhắc.")
    acted(lan, code, "chuyen", sang="dang_xu_ly", loi="Xem lại")
    assert "<strong>Mở lại</strong>" in lan.get(f"{QUEUE}/{code}").text


def test_who_came_by_phone_is_told_by_the_officer_and_gets_a_secret(web: Web, signed_in: SignedIn) -> None:
    code, lan = enter(web, contact="Lê Thị Gọi, 0900 000 444"), signed_in("lan")
    acted(lan, code, "nhan")
    form = {"sang": "cho_bo_sung", "loi": "Ngày nào?"}
    answer = lan.post(f"{QUEUE}/{code}/chuyen", form, seen=f"{QUEUE}/{code}")
    assert answer.headers["location"].endswith("bao=da_chuyen_tu_bao")
    page = lan.get(f"{QUEUE}/{code}", bao="da_chuyen_tu_bao").text
    assert "bạn gọi hoặc gửi văn bản báo cho họ" in page and "Lê Thị Gọi" in page
    shown = lan.post(f"{QUEUE}/{code}/ma-rieng", {}, seen=f"{QUEUE}/{code}").text
    secret = shown.partition('Mã riêng: <code class="dai">')[2].partition("<")[0]
    found = web.house.desk.track(code, secret=secret)
    assert found is not None and found.petition.code == code


def test_the_own_words_of_a_law_stop_what_is_typed_for_others(web: Web, signed_in: SignedIn) -> None:
    lan = signed_in("lan")
    form = {"kenh": "dien_thoai", "loai": "kien_nghi", "don_vi": "mc"}
    for told, why in (
        ("Tôi tố cáo ông phó chủ tịch nhận tiền của tôi để làm sổ đỏ", "tố cáo"),
        ("tôi khiếu nại quyết định xử phạt số 12 của xã", "khiếu nại"),
    ):
        page = lan.post(f"{ROOT}/nhap", {**form, "noi_dung": told})
        assert page.status_code == 400 and f"có vẻ là {why}" in page.text and told in page.text


def test_a_petition_is_entered_with_its_day_place_and_procedure(web: Web, signed_in: SignedIn) -> None:
    lan = signed_in("lan")
    form = {
        "kenh": "van_ban",
        "loai": "kien_nghi",
        "noi_dung": "xin thêm ghế ngồi chờ ở quầy",
        "don_vi": "mc",
        "thu_tuc": "khai_sinh",
        "noi": "xã Bình An",
        "ngay_nhan": "2999-01-01",
    }
    page = lan.post(f"{ROOT}/nhap", form)
    assert page.status_code == 400 and "Ngày nhận phải" in page.text
    page = lan.post(f"{ROOT}/nhap", {**form, "ngay_nhan": "", "thu_tuc": "thủ tục không có"})
    assert page.status_code == 400 and "Không có thủ tục" in page.text and "xin thêm ghế" in page.text
    answer = lan.post(f"{ROOT}/nhap", {**form, "ngay_nhan": ""})
    code = code_in(answer.headers["location"].replace("/", " ").replace("?", " "))
    petition = web.house.office.dossier(web.staff["admin"], code).petition
    assert (petition.field, petition.place) == ("Hộ tịch", "xã Bình An")
    assert web.house.desk.library().procedures["khai_sinh"].name in lan.get(f"{QUEUE}/{code}").text


def test_a_petition_of_another_unit_is_handed_over_with_its_unit(web: Web, signed_in: SignedIn) -> None:
    web.house.people.put_unit(None, Unit("ca2", "Tổ công an", "xa", ("Cư trú",)))
    token = web.house.people.invite(None, Role.OFFICER, "ca2", "Vũ Dũng")
    dung = web.house.people.accept(token, "telegram:777001")
    codes, admin = [enter(web), enter(web)], signed_in("admin")
    form = {"phieu": codes, "nguoi": dung.id, "ve": "xem=don-vi"}
    page = admin.post(f"{ROOT}/giao", form, seen=QUEUE)
    assert page.status_code == 400 and "Bộ phận Một cửa" in page.text and "Tổ công an" in page.text
    assert page.text.count("checked") >= 2 and f'name="don_vi" value="{dung.unit}"' in page.text
    assert admin.post(f"{ROOT}/giao", {**form, "don_vi": "ca2"}, seen=QUEUE).status_code == 303
    assert {web.house.office.dossier(web.staff["admin"], c).petition.assignee for c in codes} == {dung.id}


def test_news_wait_at_the_console_and_mark_the_queue(web: Web, signed_in: SignedIn) -> None:
    code, lan = enter(web), signed_in("lan")
    web.house.office.assign(web.staff["admin"], [code], web.staff["lan"].id, "mc")
    assert f'/phieu/{code}"' in lan.get(f"{ROOT}/tin").text
    row = lan.get(QUEUE, xem="cua-toi", q=code).text
    assert "Có tin mới" in row
    lan.get(f"{QUEUE}/{code}")
    assert f'/phieu/{code}"' not in lan.get(f"{ROOT}/tin").text
    assert "Có tin mới" not in lan.get(QUEUE, xem="cua-toi", q=code).text


def test_digits_of_a_code_find_it_and_a_page_beyond_the_end_leads_back(web: Web, signed_in: SignedIn) -> None:
    code, lan = enter(web), signed_in("lan")
    assert code in lan.get(QUEUE, xem="tat-ca", q=f"2026-{code.split('-')[2]}").text
    assert f"/{code}" in lan.get(QUEUE, xem="tat-ca", q=code.split("-")[2]).text
    assert "tu_so" not in lan.get(QUEUE, xem="tat-ca", q=code, tu_so="5000").headers["location"]
    assert "Ngày bắt đầu sau" in lan.get(QUEUE, xem="tat-ca", tu="2026-05-02", den="2026-05-01").text


def test_paper_has_room_for_the_leads_word(web: Web, signed_in: SignedIn) -> None:
    code, lan = enter(web), signed_in("lan")
    acted(lan, code, "nhan")
    page = lan.get(f"{QUEUE}/{code}/in").text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page and "Ý kiến của lãnh đạo" in page


def test_an_excerpt_begins_with_the_story(web: Web, signed_in: SignedIn) -> None:
    filing = Filing(Kind.CONDUCT, Channel.PHONE, "tôi muốn phản ánh: đèn cầu thang tắt ba tuần", unit="mc")
    code = web.house.office.enter(web.staff["admin"], filing)
    page = signed_in("lan").get(QUEUE, xem="don-vi", q=code).text
    assert "Đèn cầu thang tắt ba tuần" in page and "tôi muốn phản ánh" not in page


def test_a_forgotten_password_is_set_by_a_link_that_an_admin_makes(web: Web, signed_in: SignedIn) -> None:
    token = web.house.people.invite(None, Role.OFFICER, "mc", "Lý Quên")
    quen = web.house.signing.join(token, "ly.quen", "mật khẩu đầu tiên")
    page = signed_in("admin").post(f"{ROOT}/nguoi/{quen.id}/dat-lai", {}, seen=f"{ROOT}/nguoi").text
    address = page.partition('<code class="dai">')[2].partition("<")[0].removeprefix(web.base)
    with_link = web.visitor("127.0.5.1")
    form = {"ten": "ly.quen", "mat_khau": "mật khẩu thứ hai", "lan_hai": "mật khẩu thứ hai"}
    assert "Lý Quên" in with_link.get(address).text
    assert with_link.post(address, form).headers["location"] == ROOT
    assert with_link.get(address).headers["location"].endswith("bao=dat_lai")
    assert web.house.signing.sign_in("ly.quen", "mật khẩu thứ hai") is not None
    with_link.client.close()


def test_people_pages_refuse_what_would_lock_out_or_never_match(web: Web, signed_in: SignedIn) -> None:
    admin, lan = signed_in("admin"), web.staff["lan"]
    seen, me, people = f"{ROOT}/nguoi", web.staff["admin"], web.house.people
    others = [o.id for o in people.officers(None) if o.role is Role.ADMIN and o.active and o.id != me.id]
    for other in others:  # whom other tests have made admins
        people.suspend(None, other)
    refused = [
        (f"{ROOT}/nguoi/moi", {"vai_tro": "can_bo"}, "cần thuộc một đơn vị"),
        (f"{ROOT}/nguoi/{me.id}/sua", {"vai_tro": "can_bo", "don_vi": "mc"}, "quản trị cuối cùng"),
        (f"{ROOT}/nguoi/{lan.id}/vang", {"den": "2020-01-01"}, "từ hôm nay trở đi"),
        (f"{ROOT}/don-vi", {"ma": "moi1", "ten": "Tổ mới", "linh_vuc": "Ruộng đất"}, "không có trong danh mục"),
        (f"{ROOT}/don-vi/gop", {"cu": "xa", "moi": "mc"}, "không gộp vào cấp dưới"),
    ]
    for address, form, why in refused:
        page = admin.post(address, form, seen=seen)
        assert page.status_code == 400 and why in page.text, address
    for other in others:
        people.suspend(None, other, active=True)


def test_the_machines_page_speaks_vietnamese(web: Web, signed_in: SignedIn) -> None:
    with web.house.store.writing() as tx:
        tx.put_job(Job("clock:deadlines", "clock", "done", utc_now(), 100, "warned 1, escalated 2, closed 0"))
    page = signed_in("admin").get(f"{ROOT}/suc-khoe").text
    assert "Nhắc và báo quá hạn" in page and '<span class="nhan-nho tot">xong</span>' in page
    assert "đã nhắc 1, báo cấp trên 2, đã đóng 0" in page and "escalated" not in page
    assert "Có câu chuẩn" not in page
    assert noted("no period ended") == "không có kỳ nào vừa hết"
