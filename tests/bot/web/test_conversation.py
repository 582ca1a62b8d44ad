from __future__ import annotations

import io
import json
import re

from PIL import Image

from bot.petitions.petition import State
from tests.bot.web.conftest import Visitor, Web

STORY = "tôi muốn phản ánh: cô tiếp nhận ở bộ phận một cửa bắt em về lấy thêm giấy ba lần, lần nào cũng nói khác"


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return out.getvalue()


def code_in(text: str) -> str:
    found = re.search(r"PA-\d{4}-\d{6}-[A-Z]", text)
    assert found, text
    return found[0]


def secret_in(text: str) -> str:
    found = re.search(r"mã riêng</strong>: ([A-Z0-9-]+)|mã riêng: ([A-Z0-9-]+)", text)
    assert found, text
    return found[1] or found[2]


def filed(visitor: Visitor, story: str = STORY) -> str:
    visitor.say(story)
    for step in ("ở UBND xã Bình An", "sáng hôm qua", "Lê Thử, 0900 000 222"):
        visitor.say(step)
    page = visitor.press("f:alone").text if "f:alone" in visitor.get("/").text else ""
    page = visitor.press("f:send").text
    assert "PA-" in page
    return page


def test_a_question_is_answered_on_the_page_without_any_script(visitor: Visitor) -> None:
    page = visitor.say("làm giấy khai sinh cần gì").text
    assert "Giấy chứng sinh" in page and "Nguồn" in page
    assert '<a href="/thu-tuc/1.001193">' in page
    assert '<a href="https://dichvucong.gov.vn" rel="noopener noreferrer"' in page


def test_a_follow_up_keeps_the_procedure_and_a_button_is_pressed_like_words(visitor: Visitor) -> None:
    visitor.say("làm giấy khai sinh cần gì")
    assert "miễn phí" in visitor.say("còn phí?").text
    page = visitor.press("a:khai_sinh:thoi_han").text
    assert "Thời hạn giải quyết" in page


def test_the_conversation_is_still_there_when_the_page_is_opened_again(visitor: Visitor) -> None:
    visitor.say("đổi bằng lái bao nhiêu tiền")
    assert "đổi bằng lái bao nhiêu tiền" in visitor.get("/").text


def test_another_browser_sees_nothing_of_it(web: Web, visitor: Visitor) -> None:
    visitor.say("đăng ký tạm trú cần gì")
    assert "đăng ký tạm trú cần gì" not in web.visitor().get("/").text


def test_in_an_emergency_the_number_is_ready_to_be_called(visitor: Visitor) -> None:
    page = visitor.say("cháy nhà rồi").text
    assert '<a class="so" href="tel:114">114</a>' in page and "loi minh khan" in page


def test_a_thumb_down_asks_why(visitor: Visitor) -> None:
    visitor.say("làm giấy khai sinh cần gì")
    assert "chưa được ở chỗ nào" in visitor.press("fb:down").text


def test_a_petition_with_a_picture_is_filed_answered_and_the_answer_arrives(web: Web, visitor: Visitor) -> None:
    visitor.say(STORY)
    page = visitor.post("/", {"text": ""}, {"tep": ("ảnh hiện trường.jpg", picture(), "image/jpeg")}).text
    assert "1 tệp" in page
    for step in ("ở UBND xã Bình An", "sáng hôm qua", "Lê Thử, 0900 000 222"):
        page = visitor.say(step).text
    if 'value="f:alone"' in page:
        visitor.press("f:alone")
    code = code_in(visitor.press("f:send").text)
    dossier = web.house.office.dossier(web.staff["admin"], code)
    assert [a.kind for a in dossier.attachments] == ["image/jpeg"]
    for to, text in ((State.ACCEPTED, ""), (State.WORKING, ""), (State.ANSWERED, "Chúng tôi đã nhắc cán bộ.")):
        web.house.office.move(web.staff["admin"], code, to, text)
    assert "Chúng tôi đã nhắc cán bộ." in visitor.get("/").text
    assert "Cảm ơn bạn" in visitor.press(f"pa:rate:{code}:5").text


def test_news_are_told_until_the_page_says_that_it_showed_them(web: Web, visitor: Visitor) -> None:
    code = code_in(filed(visitor))
    visitor.get("/")
    web.house.office.move(web.staff["admin"], code, State.ACCEPTED)
    first = visitor.post("/tin-moi", {}, seen="/tra-cuu").json()
    assert code in first["html"] and len(first["news"]) == 1
    assert visitor.post("/tin-moi", {}, seen="/tra-cuu").json()["news"] == first["news"]
    assert visitor.post("/tin-moi", {"seen": first["news"]}, seen="/tra-cuu").json()["news"] == []


def test_nobody_can_mark_another_ones_news_as_read(web: Web, visitor: Visitor) -> None:
    code = code_in(filed(visitor))
    web.house.office.move(web.staff["admin"], code, State.ACCEPTED)
    number = visitor.post("/tin-moi", {}, seen="/tra-cuu").json()["news"][0]
    stranger = web.visitor()
    stranger.post("/tin-moi", {"seen": [number]}, seen="/tra-cuu")
    assert visitor.post("/tin-moi", {}, seen="/tra-cuu").json()["news"] == [number]


def test_a_file_is_not_kept_outside_a_petition(visitor: Visitor) -> None:
    page = visitor.post("/", {"text": ""}, {"tep": ("a.jpg", picture(), "image/jpeg")}).text
    assert "chỉ dùng khi viết phản ánh" in page


def test_a_program_in_the_clothes_of_a_picture_is_refused(visitor: Visitor) -> None:
    visitor.say(STORY)
    page = visitor.post("/", {"text": ""}, {"tep": ("a.jpg", b"MZ\x90\x00 not a picture", "image/jpeg")}).text
    assert "chỉ nhận ảnh" in page


def test_a_petition_is_tracked_from_elsewhere_by_code_and_secret_only(web: Web, visitor: Visitor) -> None:
    page = filed(visitor)
    code, secret = code_in(page), secret_in(page)
    stranger = web.visitor()
    assert stranger.post("/tra-cuu", {"ma": code, "ma-rieng": "ABCD-EFGH"}).status_code == 404
    assert stranger.get("/tra-cuu", ma=code).status_code == 404
    found = stranger.post("/tra-cuu", {"ma": code.lower(), "ma-rieng": secret.lower()})
    assert found.status_code == 200 and "Diễn biến" in found.text and "Rút phiếu" not in found.text
    assert code in visitor.get("/tra-cuu").text
    assert "Rút phiếu" in visitor.get("/tra-cuu", ma=code).text


def test_guessing_secrets_is_slowed_down(web: Web) -> None:
    stranger = web.visitor("127.0.0.9")
    token = stranger.token("/tra-cuu")
    form = {"_ky": token, "ma": "PA-2026-000001-H", "ma-rieng": "AAAA-AAAA"}
    answers = [stranger.client.post("/tra-cuu", data=form) for _ in range(20)]
    assert answers[-1].status_code == 429 and int(answers[-1].headers["retry-after"]) >= 1


def test_ones_data_are_shown_and_erased(visitor: Visitor) -> None:
    visitor.say("đăng ký tạm trú cần gì")
    page = visitor.say("/dulieucuatoi").text
    assert 'href="/du-lieu-cua-toi.json"' in page
    tree = json.loads(visitor.get("/du-lieu-cua-toi.json").text)
    assert tree["cau_hoi"][0]["cau_hoi"] == "đăng ký tạm trú cần gì"
    visitor.press("data:erase")
    assert "đăng ký tạm trú cần gì" not in visitor.get("/").text
    assert json.loads(visitor.get("/du-lieu-cua-toi.json").text)["phieu"] == []


def test_an_answered_petition_that_was_published_is_listed_with_filters(web: Web, visitor: Visitor) -> None:
    code = code_in(filed(visitor))
    admin = web.staff["admin"]
    for to, text in ((State.ACCEPTED, ""), (State.WORKING, ""), (State.ANSWERED, "Đã lắp thêm ghế.")):
        web.house.office.move(admin, code, to, text)
    web.house.office.publish(admin, code, "Bộ phận một cửa thiếu ghế ngồi?", "Đã lắp thêm 20 ghế.")
    page = visitor.get("/phan-anh").text
    assert "thiếu ghế ngồi" in page and "Đã lắp thêm 20 ghế." in page and "Lê Thử" not in page
    assert "thiếu ghế ngồi" not in visitor.get("/phan-anh", **{"linh-vuc": "Thuế"}).text


def test_a_command_that_a_reply_names_is_a_button(visitor: Visitor) -> None:
    page = visitor.say("/help").text
    assert '<button class="lenh" form="hoi-dap" name="lenh" value="/xoadulieu">/xoadulieu</button>' in page
    assert "Các đường dây nóng" in visitor.post("/", {"text": "", "lenh": "/duongday"}).text


def test_on_a_shared_machine_one_leaves_nothing_behind(visitor: Visitor) -> None:
    visitor.say("đăng ký tạm trú cần gì")
    before = visitor.client.cookies["motcua"]
    assert visitor.post("/ket-thuc", {}, seen="/").status_code == 303
    assert visitor.client.cookies["motcua"] != before
    assert "đăng ký tạm trú cần gì" not in visitor.get("/").text


def test_the_place_is_remembered_by_a_form_of_its_own(visitor: Visitor) -> None:
    assert "Mình đã ghi nhớ bạn ở Cao Bằng" in visitor.post("/", {"lenh": "/diaphuong Cao Bằng"}).text
