from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from tests.bot.web.conftest import SITE_OF_AGENCY, Visitor, Web

PAGES = (
    *("/", "/linh-vuc", "/linh-vuc/ho-tich", "/thu-tuc/1.001193", "/su-kien", "/su-kien/sinh_con", "/duong-day-nong"),
    *("/dich-vu", "/ke-hoach", "/ke-hoach/vinh_linh_2024", "/phan-anh", "/tra-cuu", "/quyen-rieng-tu", "/tim?q=khai"),
    *("/khung", "/khung/thu"),
)


class Seen(HTMLParser):
    """What a page refers to, and what it holds that the policy would not let run."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loaded: set[str] = set()
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        held = dict(attributes)
        if tag == "a" and (address := held.get("href") or "").startswith("/"):
            self.links.add(address.partition("#")[0])
        if tag in ("script", "img", "iframe"):
            self.loaded.add(held.get("src") or "inline")
        if tag == "link" and held.get("rel") != "canonical":
            self.loaded.add(held.get("href") or "")
        self.inline += [name for name in held if name == "style" or name.startswith("on")]
        self.inline += [tag] if tag == "style" else []


def seen(text: str) -> Seen:
    parser = Seen()
    parser.feed(text)
    return parser


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_and_holds_nothing_inline_and_nothing_foreign(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    found = seen(answer.text)
    assert answer.status_code == 200
    assert found.inline == [] and "inline" not in found.loaded
    assert all(address.startswith("/") for address in found.loaded)
    assert answer.text.count("<h1") == 1 and "<title>" in answer.text and 'lang="vi"' in answer.text


def test_no_link_leads_nowhere(visitor: Visitor) -> None:
    links = set().union(*(seen(visitor.get(p).text).links for p in PAGES))
    dead = [link for link in sorted(links) if visitor.get(link).status_code not in (200, 301)]
    assert links and dead == []


def test_the_page_of_a_procedure_says_everything_and_where_it_is_from(web: Web, visitor: Visitor) -> None:
    page = visitor.get("/thu-tuc/1.001193").text
    p = web.house.desk.library().procedure("1.001193")
    assert p is not None
    for document in p.documents:
        assert document.name in page
    assert len(re.findall(r"<li>", page)) > len(p.documents) + len(p.steps)
    assert p.sources[0].name in page and "163/QĐ-BTP" in page
    assert f'<link rel="canonical" href="{web.base}/thu-tuc/1.001193">' in page
    assert 'itemtype="https://schema.org/GovernmentService"' in page


def test_what_a_record_does_not_say_is_said_not_to_be_published(web: Web, visitor: Visitor) -> None:
    library = web.house.desk.library()
    silent = next(p for p in library.procedures.values() if not p.conditions and p.code)
    page = visitor.get(f"/thu-tuc/{silent.code}").text
    assert re.search(r'id="dieu_kien".*?Dữ liệu hiện có không công bố', page, re.S)


def test_the_key_of_a_procedure_leads_to_its_code(visitor: Visitor) -> None:
    answer = visitor.get("/thu-tuc/khai_sinh")
    assert (answer.status_code, answer.headers["location"]) == (301, "/thu-tuc/1.001193")


def test_the_printed_page_has_a_square_that_leads_back_to_it(visitor: Visitor) -> None:
    answer = visitor.get("/thu-tuc/1.001193/ma-vuong.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert ElementTree.fromstring(answer.text).tag.endswith("svg")


def test_hotlines_without_a_verified_number_show_none(web: Web, visitor: Visitor) -> None:
    page = visitor.get("/duong-day-nong").text
    numbers = [c.number for c in web.house.desk.library().contacts.values() if c.number]
    assert page.count('href="tel:') == len(numbers)


def test_a_plan_shows_all_its_tasks(web: Web, visitor: Visitor) -> None:
    plan = web.house.desk.library().plans["vinh_linh_2024"]
    assert visitor.get("/ke-hoach/vinh_linh_2024").text.count('id="viec-') == len(plan.tasks)


def test_a_page_that_is_not_there_says_what_to_do(visitor: Visitor) -> None:
    answer = visitor.get("/khong-co")
    assert answer.status_code == 404 and "Không có trang này" in answer.text and 'action="/tim"' in answer.text
    for path in ("/thu-tuc/9.999999", "/linh-vuc/khong-co", "/ke-hoach/khong-co", "/su-kien/khong-co"):
        assert visitor.get(path).status_code == 404


def test_the_map_of_the_site_names_every_procedure(web: Web, visitor: Visitor) -> None:
    tree = ElementTree.fromstring(visitor.get("/sitemap.xml").text)
    found = {loc.text for loc in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert len(found) > len(web.house.desk.library().procedures)
    assert f"{web.base}/thu-tuc/1.001193" in found
    assert "Disallow: /quan-tri" in visitor.get("/robots.txt").text


def test_health_is_told_to_whoever_watches(visitor: Visitor) -> None:
    assert visitor.get("/health").json()["ok"] is True


def test_only_named_sites_may_frame_the_conversation_and_nobody_any_other_page(visitor: Visitor) -> None:
    framed = visitor.get("/khung")
    assert f"frame-ancestors 'self' {SITE_OF_AGENCY}" in framed.headers["content-security-policy"]
    assert "x-frame-options" not in framed.headers
    home = visitor.get("/")
    assert "frame-ancestors 'none'" in home.headers["content-security-policy"]
    assert home.headers["x-frame-options"] == "DENY"


def test_the_frame_has_a_conversation_of_its_own(visitor: Visitor) -> None:
    page = visitor.post("/khung", {"text": "đăng ký tạm trú cần gì"}).text
    assert "Đăng ký tạm trú" in page
    assert "đăng ký tạm trú cần gì" not in visitor.get("/").text
    assert "đăng ký tạm trú cần gì" in visitor.get("/khung").text


def test_what_never_changes_may_be_kept_and_a_conversation_never(visitor: Visitor) -> None:
    styles = re.search(r"/tinh/nen\.css\?v=\w+", visitor.get("/").text)
    assert styles and "max-age=31536000" in visitor.get(styles[0]).headers["cache-control"]
    assert visitor.get("/").headers["cache-control"] == "no-store"
    assert visitor.get("/linh-vuc").headers["cache-control"] == "public, max-age=300"
    assert "set-cookie" not in visitor.get("/linh-vuc").headers
