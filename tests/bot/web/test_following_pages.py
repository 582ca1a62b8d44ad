"""Following on the web: begun and ended with a button, news at the next visit, feeds; scans of posters are counted."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from bot.desk.desk import utc_now
from bot.desk.tidings import Tiding, dumped
from bot.outreach.mailing import Kind, Mailing, Poster, State, Topic
from tests.bot.web.conftest import Visitor, Web

ATOM = "{http://www.w3.org/2005/Atom}"
CHANGED = Tiding(
    *("amended", "khai_sinh", "1.001193", "Đăng ký khai sinh", "Hộ tịch", "Có thay đổi: Đăng ký khai sinh"),
    "Trước: lệ phí: 8.000 đồng.",
    "Nay: lệ phí: <Miễn phí>.",
)


@pytest.fixture
def changed(web: Web) -> Iterator[int]:
    """A change that is on its way."""
    now = utc_now()
    mailing = Mailing(Kind.NEWS, "1 thay đổi", dumped({"": (CHANGED,)}), "may", now, State.WAITING, due=now)
    with web.house.store.writing() as tx:
        number = tx.add_mailing(mailing)
    yield number
    with web.house.store.writing() as tx:
        tx.put_mailing(replace(mailing, id=number, state=State.DROPPED))


def follow(visitor: Visitor, **form: str) -> str:
    assert visitor.post("/theo-doi", form).status_code == 303
    return visitor.get("/theo-doi").text


def test_a_field_is_followed_and_ended_by_a_button(visitor: Visitor) -> None:
    assert "chưa theo dõi gì" in visitor.get("/theo-doi").text
    page = follow(visitor, linh_vuc="ho-tich")
    number = re.search(r'name="thoi" value="(\d+)"', page)
    assert number and "Thôi theo dõi: Hộ tịch" in page
    assert "chưa theo dõi gì" in follow(visitor, thoi=number[1])


def test_all_of_it_ends_with_one_button(visitor: Visitor) -> None:
    follow(visitor, linh_vuc="ho-tich")
    follow(visitor, tin="ban_tin")
    page = follow(visitor, da_hoi="1")
    assert page.count("Thôi theo dõi:") >= 2 and "Thôi nhận tất cả" in page
    assert "chưa theo dõi gì" in follow(visitor, thoi_het="1")


def test_the_same_is_done_in_the_conversation(visitor: Visitor) -> None:
    told = visitor.say("/theodoi hộ tịch").text
    assert "khi thủ tục về Hộ tịch thay đổi" in told and "mở lại trang này" in told
    assert "Thôi theo dõi: Hộ tịch" in visitor.get("/theo-doi").text
    assert '<li value="1">Hộ tịch</li>' in visitor.say("/theodoi").text


def test_a_form_of_another_visitor_changes_nothing(web: Web, visitor: Visitor) -> None:
    follow(visitor, linh_vuc="ho-tich")
    other = web.visitor("127.0.0.77")
    mine = re.search(r'name="thoi" value="(\d+)"', visitor.get("/theo-doi").text)
    assert mine
    other.post("/theo-doi", {"thoi": mine[1]})
    assert "Thôi theo dõi: Hộ tịch" in visitor.get("/theo-doi").text
    other.client.close()


def test_news_is_there_at_the_next_visit(web: Web, visitor: Visitor) -> None:
    follow(visitor, linh_vuc="ho-tich")
    now = utc_now()
    mailing = Mailing(Kind.NEWS, "1 thay đổi", dumped({"": (CHANGED,)}), "may", now, State.SENDING, began_at=now)
    with web.house.store.writing() as tx:
        number = tx.add_mailing(mailing)
    web.house.postman.run()
    page = ""
    for _ in range(100):
        page = visitor.get("/").text
        if "Trước" in page:
            break
        time.sleep(0.1)
    assert "Trước</strong>: lệ phí: 8.000 đồng." in page and "&lt;Miễn phí&gt;" in page
    stop = re.search(rf'value="(t:stop:\d+:{number})"', page)
    assert stop
    assert "thôi gửi bạn tin về Hộ tịch" in visitor.press(stop[1]).text
    with web.house.store.reading() as tx:
        assert tx.unsubscribed(number) == 1
    with web.house.store.writing() as tx:
        tx.put_mailing(replace(mailing, id=number, state=State.DROPPED))


def test_changes_can_be_read_by_everybody_and_by_feed(web: Web, visitor: Visitor, changed: int) -> None:
    page = visitor.get("/thay-doi").text
    assert "Trước: lệ phí: 8.000 đồng." in page and 'href="/thu-tuc/1.001193"' in page
    feed = visitor.get("/tin.xml")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    tree = ElementTree.fromstring(feed.text)
    titles = [e.findtext(f"{ATOM}title") for e in tree.iter(f"{ATOM}entry")]
    assert titles == ["Có thay đổi: Đăng ký khai sinh"]
    assert "<Miễn phí>" in (next(tree.iter(f"{ATOM}entry")).findtext(f"{ATOM}summary") or "")
    own = ElementTree.fromstring(visitor.get("/linh-vuc/ho-tich/tin.xml").text)
    other = ElementTree.fromstring(visitor.get("/linh-vuc/cu-tru/tin.xml").text)
    assert len(list(own.iter(f"{ATOM}entry"))) == 1 and not list(other.iter(f"{ATOM}entry"))
    assert visitor.get("/linh-vuc/khong-co/tin.xml").status_code == 404


def poster(web: Web, **more: object) -> int:
    wish = Poster("thu-tuc", "khai_sinh", "a4", "mau", "", utc_now(), **more)  # type: ignore[arg-type]
    return web.house.posters.make(web.staff["admin"], wish)[0].id


def figures(web: Web, number: int) -> tuple[int, int, int]:
    now = utc_now()
    hung = web.house.posters.hung(web.staff["admin"], now - dt.timedelta(days=1), now + dt.timedelta(minutes=1))
    found = next(h.figures for h in hung if h.poster.id == number)
    return found.scans, found.people, found.questions


def test_a_scan_is_counted_once_and_so_is_what_is_asked_then(web: Web, visitor: Visitor) -> None:
    number = poster(web, place="Nhà văn hóa thôn 2")
    answer = visitor.get("/thu-tuc/1.001193", ap=str(number))
    assert answer.status_code == 303 and answer.headers["location"] == "/thu-tuc/1.001193"
    visitor.get("/", ap=str(number), hoi="khai sinh")
    visitor.say("làm giấy khai sinh cần gì")
    visitor.say("cảm ơn")
    assert figures(web, number) == (1, 1, 1)


def test_what_is_asked_stays_in_the_query_when_the_number_is_taken_off(web: Web, visitor: Visitor) -> None:
    answer = visitor.get("/", ap="3", hoi="khai sinh")
    assert answer.headers["location"] == "/?hoi=khai+sinh"


def test_a_number_that_nobody_printed_counts_nothing(web: Web, visitor: Visitor) -> None:
    for number in ("999999", "x", "-1", "1" * 50):
        assert visitor.get("/linh-vuc", ap=number).status_code == 303
    with web.house.store.reading() as tx:
        assert not [s for s in tx.scans(dt.datetime(2000, 1, 1, tzinfo=dt.UTC), utc_now()) if s.poster > 900_000]


def test_counts_of_a_poster_stay_when_who_scanned_it_is_forgotten(web: Web, visitor: Visitor) -> None:
    number = poster(web)
    visitor.get("/linh-vuc/ho-tich", ap=str(number))
    visitor.say("làm giấy khai sinh cần gì")
    visitor.say("đăng ký kết hôn cần gì")
    before = figures(web, number)
    assert before == (1, 1, 2)
    visitor.say("/xoadulieu")
    visitor.press("data:erase")
    assert figures(web, number) == before


def test_ones_own_data_hold_what_is_followed_and_erasing_ends_it(web: Web, visitor: Visitor) -> None:
    follow(visitor, linh_vuc="ho-tich")
    data = visitor.get("/du-lieu-cua-toi.json").json()
    assert data["theo_doi"][0]["ve"] == "Hộ tịch"
    visitor.say("/xoadulieu")
    visitor.press("data:erase")
    assert "chưa theo dõi gì" in visitor.get("/theo-doi").text
    with web.house.store.reading() as tx:
        assert not [s for s in tx.subscribers(Topic.FIELD) if s.conversation == ""]


def test_after_a_thumb_up_it_is_asked_once_whether_changes_are_wanted(web: Web, visitor: Visitor) -> None:
    visitor.say("làm giấy khai sinh cần gì")
    assert "báo một tiếng" in visitor.press("fb:up").text
    visitor.press("t:yes")
    assert "Thủ tục mình đã hỏi" in visitor.get("/theo-doi").text
    visitor.say("đăng ký kết hôn cần gì")
    answer = visitor.client.post(
        "/", data={"_ky": visitor.token(), "choice": "fb:up"}, headers={"Accept": "application/json"}
    ).json()
    assert "báo một tiếng" not in answer["html"]


def test_an_answer_carries_its_words_for_a_voice(visitor: Visitor) -> None:
    page = visitor.say("đổi bằng lái bao nhiêu tiền").text
    spoken = re.findall(r'data-loi="([^"]+)"', page)
    assert spoken and not re.search(r"\d", spoken[-1])
