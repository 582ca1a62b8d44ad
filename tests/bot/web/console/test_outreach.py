"""The console's pages of what goes out: written, looked at, sent, taken back; the digest edited and downloaded; posters
printed and counted; and what an officer is told when a form is too old."""

from __future__ import annotations

import io
import re
from urllib.parse import urlsplit

import docx
import pytest
from pypdf import PdfReader

from bot.desk.desk import utc_now
from bot.outreach.mailing import State, Subscription, Topic
from bot.web.console.outreach import BROADCASTS, DIGESTS, OUTREACH, POSTERS
from bot.web.console.rounds import ROOT
from tests.bot.web.conftest import Visitor, Web
from tests.bot.web.console.conftest import SignedIn

EVIL = '<img src=x onerror="hacked=1">'


@pytest.fixture
def followers(web: Web) -> int:
    with web.house.store.writing() as tx:
        for number in range(3):
            tx.subscribe(Subscription(f"telegram:88{number}", Topic.FIELD, utc_now(), "Đất đai"))
    return 3


def written(visitor: Visitor, title: str = "Nghỉ tiếp nhận", **form: str) -> str:
    """The address of a broadcast's page."""
    given = {"tieu_de": title, "noi_dung": f"Thứ Hai nghỉ. {EVIL}", "linh_vuc": "Đất đai", **form}
    answer = visitor.post(BROADCASTS, given)
    assert answer.status_code == 303, answer.text[:500]
    return urlsplit(answer.headers["location"]).path


def test_a_broadcast_is_seen_as_it_will_be_read_with_its_number_of_receivers(
    web: Web, signed_in: SignedIn, followers: int
) -> None:
    lead = signed_in("truong")
    page = lead.get(written(lead)).text
    assert "Gửi cho 3 người" in page and "vì theo dõi: Đất đai" in page and "Thôi tin Đất đai" in page
    assert EVIL not in page and "&lt;img" in page


def test_it_is_sent_taken_back_changed_and_dropped(web: Web, signed_in: SignedIn, followers: int) -> None:
    lead = signed_in("truong")
    at = written(lead)
    assert lead.post(f"{at}/gui", {}, seen=at).status_code == 303
    assert "Rút lại" in lead.get(at).text
    lead.post(f"{at}/rut", {}, seen=at)
    changed = {"tieu_de": "Làm bù", "noi_dung": "Thứ Bảy làm bù.", "linh_vuc": "Đất đai"}
    lead.post(f"{at}/luu", changed, seen=at)
    assert "Làm bù" in lead.get(at).text
    lead.post(f"{at}/bo", {}, seen=at)
    number = int(at.rpartition("/")[2])
    assert web.house.mailings.mailing(web.staff["truong"], number).state is State.DROPPED


def test_an_hour_that_has_passed_or_nobody_to_tell_is_refused_with_a_reason(
    web: Web, signed_in: SignedIn, followers: int
) -> None:
    lead = signed_in("truong")
    at = written(lead)
    answer = lead.post(f"{at}/gui", {"luc": "2020-01-01T08:00"}, seen=at)
    assert answer.status_code == 400 and "Giờ gửi đã qua" in answer.text
    nobody = written(lead, linh_vuc="Thuế")
    assert "Chưa có ai đăng ký" in lead.post(f"{nobody}/gui", {}, seen=nobody).text
    assert lead.post(BROADCASTS, {"tieu_de": "", "noi_dung": "x"}).status_code == 400


def test_an_officer_sees_what_went_and_may_not_send(web: Web, signed_in: SignedIn, followers: int) -> None:
    at = written(signed_in("truong"))
    officer = signed_in("lan")
    assert "Đang nhận tin" in officer.get(OUTREACH).text
    assert "Gửi cho" not in re.sub(r"<fieldset.*?</fieldset>", "", officer.get(at).text, flags=re.S)
    assert officer.client.post(f"{at}/gui", data={"_ky": officer.token(f"{ROOT}/nhap")}).status_code == 403


def test_a_digest_is_drafted_edited_and_downloaded(web: Web, signed_in: SignedIn) -> None:
    officer = signed_in("lan")
    answer = officer.post(DIGESTS, {"den": "2026-11-20"})
    at = urlsplit(answer.headers["location"]).path
    assert "Mỗi tuần một thủ tục" in officer.get(at).text
    form = {"ten0": "Lời xã", "dan0": "Kính báo bà con.", "muc0": f"Việc thứ nhất {EVIL}\r\n\r\nViệc thứ hai"}
    assert officer.post(at, form).status_code == 303
    page = officer.get(at).text
    assert "Lời xã" in page and "Mỗi tuần một thủ tục" not in page and EVIL not in page
    paper = docx.Document(io.BytesIO(officer.get(f"{at}/tep/0").content))
    assert "2. Việc thứ hai" in [p.text for p in paper.paragraphs]
    assert officer.get(f"{at}/tep/2").text.startswith("Kính thưa bà con")
    assert officer.get(f"{at}/tep/9").status_code == 404


def test_a_poster_is_printed_and_its_scans_are_shown(web: Web, signed_in: SignedIn, visitor: Visitor) -> None:
    officer = signed_in("lan")
    form = {"loai": "thu-tuc", "ten": "khai_sinh", "kho": "a4", "muc": "den-trang", "noi": f"Chợ {EVIL}"}
    answer = officer.post(POSTERS, form)
    number = re.search(r"to=(\d+)", answer.headers["location"])
    assert number
    file = officer.get(f"{POSTERS}/{number[1]}.pdf")
    assert file.headers["content-type"] == "application/pdf"
    assert f"Tờ số {number[1]}" in PdfReader(io.BytesIO(file.content)).pages[0].extract_text()
    visitor.get("/thu-tuc/1.001193", ap=number[1])
    page = officer.get(POSTERS).text
    assert "Chợ &lt;img" in page and EVIL not in page
    row = page.partition(f"Số {number[1]}<")[2].partition("</tr>")[0]
    assert re.findall(r'class="so-do"[^>]*>(\d+)<', row) == ["1", "1", "0"]
    assert "Không có thủ tục" in officer.post(POSTERS, {**form, "ten": "khong_co"}).text
    assert officer.get(f"{POSTERS}/999999.pdf").status_code == 404


def test_a_form_that_is_too_old_is_told_on_a_page_of_the_console(signed_in: SignedIn) -> None:
    lead = signed_in("truong")
    answer = lead.client.post(BROADCASTS, data={"_ky": "cũ", "tieu_de": "x"})
    assert answer.status_code == 403
    assert "Trang này mở đã lâu" in answer.text and "Bàn làm việc" in answer.text
    assert 'href="/quan-tri/phieu"' in answer.text and "Hỏi đáp" not in answer.text


def test_a_page_that_is_not_there_is_told_on_a_page_of_the_console(visitor: Visitor) -> None:
    answer = visitor.get(f"{ROOT}/khong-co")
    assert answer.status_code == 404 and "Bàn làm việc" in answer.text
    assert "Bàn làm việc" not in visitor.get("/khong-co").text
