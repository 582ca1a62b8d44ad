"""Contests, practice and surveys on the web: without a script, on a telephone, and at the console."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from bot.outreach.quiz.contest import Contest, Kind
from bot.outreach.quiz.question import Stage
from bot.outreach.quiz.scoring import Counts
from bot.petitions.clock import VIETNAM
from tests.bot.web.conftest import Visitor, Web
from tests.bot.web.console.conftest import sign

HOUR = dt.timedelta(hours=1)
Make = Callable[..., Contest]


@pytest.fixture(scope="module")
def make(web: Web) -> Make:
    """A published contest over approved questions."""
    desk, admin = web.house.quizzes, web.staff["admin"]
    desk.questions.draft(admin, ("Hộ tịch", "Cư trú", "Chứng thực"), (), 30)
    desk.questions.approve(admin, [q.id for q in desk.questions.listed(admin, Stage.DRAFT)])

    def made(count: int = 3, kind: Kind = Kind.CONTEST, **more: object) -> Contest:
        now = dt.datetime.now(dt.UTC)
        contest = Contest(
            "", kind, "Tìm hiểu thủ tục hộ tịch", "Giải thưởng: 3 phần quà.", now - HOUR, now + HOUR, "", now
        )
        contest = desk.contests.save(admin, replace(contest, **more))  # type: ignore[arg-type]
        questions = desk.questions.listed(admin, Stage.REVIEWED)
        desk.contests.choose(admin, contest.id, [q.id for q in questions[:count]])
        return desk.contests.publish(admin, contest.id)

    return made


@pytest.fixture
def officer(web: Web) -> Iterator[Callable[[str], Visitor]]:
    made: list[Visitor] = []

    def visitor(name: str) -> Visitor:
        made.append(web.visitor(f"127.0.0.{200 + len(made)}"))
        sign(web, made[-1], web.staff[name])
        return made[-1]

    yield visitor
    for one in made:
        one.client.close()


def right_of(web: Web, contest: Contest) -> dict[str, int]:
    return {i.text: i.right for i in web.house.quizzes.contests.one(web.staff["admin"], contest.id)[1]}


def asked(page: str) -> tuple[str, str]:
    """(the question's id, its words) on the page."""
    found = re.search(r'name="cau" value="([^"]+)".*?<legend>(.*?)</legend>', page, re.S)
    assert found, page[:500]
    return found[1], found[2].replace("&#34;", '"').replace("&amp;", "&")


def play(web: Web, visitor: Visitor, contest: Contest, at: str, wrong: int = 0) -> str:
    """Answers all questions by forms; the last page."""
    right = right_of(web, contest)
    page = visitor.client.get(f"{at}/lam-bai").text
    while 'name="cau"' in page:
        number, text = asked(page)
        option = right[text]
        if wrong:
            wrong, option = wrong - 1, (option + 1) % 2
        form = {"_ky": _token(page), "cau": number, "dap_an": str(option)}
        page = visitor.client.post(f"{at}/lam-bai", data=form, follow_redirects=True).text
    return page


def _token(page: str) -> str:
    found = re.search(r'name="_ky" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_contest_is_played_by_forms_alone(web: Web, visitor: Visitor, make: Make) -> None:
    contest = make(3, pass_mark=2)
    at = f"/cuoc-thi/{contest.id}"
    assert contest.title in visitor.get("/cuoc-thi").text
    rules = visitor.get(at).text
    assert "Mỗi người thi một lần" in rules and "Giải thưởng" in rules
    answer = visitor.post(at, {"ten": "Chị Lan <b>", "hien": "1"})
    assert answer.status_code == 303 and answer.headers["location"] == f"{at}/lam-bai"
    page = play(web, visitor, contest, at, wrong=1)
    assert "đúng 2/3 câu" in page and "Chị Lan b" in page and "Xem lại đáp án" not in page
    assert "Bắt đầu" not in re.sub(r"<[^>]+>", "", page)
    paper = visitor.get(f"{at}/giay-chung-nhan.pdf", ten="Nguyễn Thị Lan")
    assert paper.content.startswith(b"%PDF") and paper.headers["content-type"] == "application/pdf"
    web.house.quizzes.contests.stop(web.staff["admin"], contest.id)
    review = visitor.get(at).text
    assert "Xem lại đáp án" in review and review.count("Nguồn: ") == 3


def test_a_page_loaded_again_and_a_form_sent_twice_change_nothing(web: Web, visitor: Visitor, make: Make) -> None:
    contest = make(2)
    at = f"/cuoc-thi/{contest.id}"
    visitor.post(at, {})
    first = visitor.get(f"{at}/lam-bai").text
    assert asked(first) == asked(visitor.get(f"{at}/lam-bai").text)
    form = {"_ky": _token(first), "cau": asked(first)[0], "dap_an": "0"}
    second = visitor.client.post(f"{at}/lam-bai", data=form, follow_redirects=True).text
    again = visitor.client.post(f"{at}/lam-bai", data={**form, "dap_an": "1"}, follow_redirects=True).text
    assert asked(second) == asked(again) != asked(first)
    assert web.house.quizzes.contests.results(web.staff["admin"], contest.id).answers == 1


def test_without_a_choice_the_same_question_is_asked_again(web: Web, visitor: Visitor, make: Make) -> None:
    at = f"/cuoc-thi/{make(2).id}"
    visitor.post(at, {})
    page = visitor.get(f"{at}/lam-bai").text
    answer = visitor.client.post(f"{at}/lam-bai", data={"_ky": _token(page), "cau": asked(page)[0]})
    assert answer.status_code == 400 and asked(answer.text) == asked(page)


def test_nobody_sees_a_draft_or_another_ones_certificate(web: Web, visitor: Visitor, make: Make) -> None:
    contest = make(1, pass_mark=1)
    draft = web.house.quizzes.contests.save(web.staff["admin"], replace(contest, id=""))
    assert visitor.get(f"/cuoc-thi/{draft.id}").status_code == 404
    assert visitor.get(f"/cuoc-thi/{contest.id}/giay-chung-nhan.pdf").status_code == 404
    assert visitor.get("/cuoc-thi/khong-co").status_code == 404


def test_practice_tells_what_is_right_and_where_it_stands(visitor: Visitor, make: Make) -> None:
    make(1)
    page = visitor.post("/cuoc-thi/luyen-tap", {"chu_de": ""}, seen="/cuoc-thi").text
    number, _ = asked(page)
    told = visitor.client.post("/cuoc-thi/luyen-tap", data={"_ky": _token(page), "cau": number, "dap_an": "0"}).text
    assert "Nguồn: " in told and ("Đúng rồi" in told or "Chưa đúng" in told) and "Câu nữa" in told


def test_a_survey_by_link_is_one_visitors(web: Web, visitor: Visitor, make: Make) -> None:
    survey = make(2, Kind.SURVEY, units=("mc",))
    assert visitor.get(f"/cuoc-thi/{survey.id}").status_code == 404
    ((_, token),) = web.house.quizzes.contests.invite(web.staff["admin"], survey.id, [("Bà Ba", "mc")])
    at = f"/khao-sat/{token}"
    assert "Bài này chỉ dành cho" in visitor.get(at).text
    assert visitor.post(at, {}).headers["location"] == f"{at}/lam-bai"
    assert "đúng 1/2 câu" in play(web, visitor, survey, at, wrong=1)
    other = web.visitor("127.0.0.77")
    assert other.get(at).status_code == 403 and other.get("/khao-sat/khong-co-that").status_code == 404
    other.client.close()


def test_an_officer_takes_a_survey_from_the_console_once(web: Web, officer: Any, make: Make) -> None:
    survey = make(2, Kind.SURVEY, title="Khảo sát một cửa")
    lan = officer("lan")
    assert "Khảo sát một cửa" in lan.get("/quan-tri/khao-sat").text
    answer = lan.post(f"/quan-tri/khao-sat/{survey.id}", {}, seen="/quan-tri/khao-sat")
    at = answer.headers["location"]
    lan.post(at, {})
    assert "đúng 2/2 câu" in play(web, lan, survey, at)
    again = lan.post(f"/quan-tri/khao-sat/{survey.id}", {}, seen="/quan-tri/khao-sat").headers["location"]
    assert "đúng 2/2 câu" in lan.get(again).text and 'name="hien"' not in lan.get(again).text
    results = web.house.quizzes.contests.results(web.staff["admin"], survey.id)
    assert [p.name for p in results.players.values()] == ["lan"] and "lan" not in {a.name for a in results.absent}


def test_a_lead_makes_a_contest_from_the_first_draft_to_the_spreadsheet(web: Web, officer: Any, make: Make) -> None:
    make(1)
    lead = officer("truong")
    root = "/quan-tri/cuoc-thi"
    form = {"linh_vuc": "Cư trú", "so": "3"}
    lead.post(f"{root}/cau-hoi/soan", form, seen=f"{root}/cau-hoi")
    own = {"cau": "Hỏi thử?", "da_0": "Có", "da_1": "Không", "dung": "1", "nguon": "Quy chế", "chu_de": "Riêng"}
    lead.post(f"{root}/cau-hoi/moi", own)
    bad = lead.post(f"{root}/cau-hoi/moi", {**own, "dung": "3"})
    assert bad.status_code == 400 and "Chưa ghi được câu hỏi" in bad.text and "Hỏi thử?" in bad.text
    drafts = lead.get(f"{root}/cau-hoi", muc="nhap").text
    mine = re.findall(r'name="cau" value="([^"]+)"', drafts)
    lead.post(f"{root}/cau-hoi/duyet", {"muc": "nhap", "cau": mine}, seen=f"{root}/cau-hoi")
    assert "Hỏi thử?" in lead.get(f"{root}/cau-hoi", **{"muc": "da_duyet", "chu-de": "Riêng"}).text
    day = dt.datetime.now(VIETNAM)
    fields = {
        **{"loai": "thi", "ten": "Cuộc thi mới", "mo": f"{day - HOUR:%Y-%m-%dT%H:%M}", "giay": "30", "diem": "2"},
        **{"dong": f"{day + HOUR:%Y-%m-%dT%H:%M}", "tinh": "lan_tot_nhat", "luot": "2", "hoa": "som_hon", "tron": "1"},
    }
    wrong = lead.post(f"{root}/ban/moi", {**fields, "dong": fields["mo"]})
    assert wrong.status_code == 400 and "phải sau lúc mở" in wrong.text and "Cuộc thi mới" in wrong.text
    chooser = lead.post(f"{root}/ban/moi", fields).headers["location"].partition("?")[0]
    empty = lead.post(chooser.replace("/cau-hoi", "/dang"), {}, seen=chooser)
    assert empty.status_code == 400 and "Chưa chọn câu hỏi nào" in empty.text
    lead.post(chooser, {"ngau_nhien": "2", "chu_de": ""})
    lead.post(chooser, {"cau": mine[:1]})
    results = lead.post(chooser.replace("/cau-hoi", "/dang"), {}, seen=chooser).headers["location"]
    found = re.search(r"/ban/(\w+)/", results)
    assert found
    contest = web.house.quizzes.contests.one(web.staff["admin"], found[1])[0]
    assert (contest.seconds, contest.points, contest.counts, contest.tries) == (30, 2, Counts.BEST, 2)
    assert "Kết thúc ngay" in lead.get(results).text
    sheet = lead.get(f"{root}/ban/{contest.id}/ket-qua.xlsx")
    assert "Kết quả từng câu hỏi" in openpyxl.load_workbook(io.BytesIO(sheet.content)).sheetnames


def test_an_invitation_shows_each_link_once(web: Web, officer: Any, make: Make) -> None:
    survey = make(1, Kind.SURVEY)
    admin, at = officer("admin"), f"/quan-tri/cuoc-thi/ban/{survey.id}"
    page = admin.post(f"{at}/moi", {"ten": "Bà Ba\n\nÔng Tư", "don_vi": "mc"}, seen=f"{at}/ket-qua").text
    assert len(set(re.findall(r"/khao-sat/[\w-]{20,}", page))) == 2
    assert not re.search(r"/khao-sat/[\w-]{20,}", admin.get(f"{at}/ket-qua").text)


# --- in a browser ----------------------------------------------------------------------------------------------------


def test_a_contest_is_played_on_a_telephone(web: Web, phone: Any, make: Make) -> None:
    contest = make(2, seconds=60)
    phone.goto(f"{web.base}/cuoc-thi/{contest.id}")
    phone.get_by_label("Tên hoặc biệt danh").fill("Bác Năm")
    phone.get_by_label("Tôi đồng ý hiện tên").check()
    phone.get_by_role("button", name="Bắt đầu").click()
    for _ in range(2):
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        phone.locator(".thi-chon label").first.click()
        phone.get_by_role("button", name="Trả lời").click()
    phone.get_by_text("Kết quả: đúng").wait_for()
    assert "Bác Năm" in phone.locator(".thi-bang").inner_text()
