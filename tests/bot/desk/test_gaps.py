from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.clustering import ALIKE, clusters
from bot.desk.delivering import Hold, Postman
from bot.desk.gaps import NEWS, BadProposal, Gaps, NewAnswer
from bot.desk.notices import said
from bot.desk.overlay import PAGE, read_page
from bot.desk.publishing import OVERLAY, Publisher, content_folders
from bot.desk.quiet import Quiet
from bot.desk.transaction import Store
from bot.ledger import Consent, Gap, NotAllowed, NotFound, Notice, Officer, Role, Turn
from bot.petitions.clock import VIETNAM
from bot.store.opening import open_store
from bot.wording import tidings
from index.encoder import Encoder, open_encoder
from index.live import retriever_of
from index.shelf import Shelf
from index.snapshot import build, open_generation
from knowledge.library import Library
from knowledge.reading import ContentFaults, read_library

NOW = dt.datetime(2026, 11, 21, 10, 0, tzinfo=VIETNAM)
LAN = Officer("lan", "Lan", Role.OFFICER, "xa")
AN = Officer("an", "An", Role.ADMIN)
SMALL = {
    "folder.yaml": {"name": "mẫu"},
    "mau.yaml": {
        "field": "Hộ tịch",
        "procedures": [
            {
                "key": "khai_sinh",
                "name": "Đăng ký khai sinh",
                "asks": ["làm giấy khai sinh cho con"],
                "fee": "Miễn phí",
            },
            {"key": "khai_tu", "name": "Đăng ký khai tử", "asks": ["báo tử cho người nhà"], "fee": "Miễn phí"},
        ],
        "contacts": [
            {"key": "truc_ban", "name": "Trực ban xã", "purpose": "Hỏi việc ở xã", "number": "0206 3 852 000"}
        ],
        "golden": [{"ask": "giấy cho bé", "records": ["khai_sinh"]}],
    },
}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder()


class House:
    """A small authority: content, index, store, and the loop over them."""

    def __init__(self, root: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.encoder = root, encoder
        content = root / "content"
        content.mkdir()
        for name, tree in SMALL.items():
            (content / name).write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
        # a small content in place of the shipped one, so that an index is built at once
        monkeypatch.setattr("bot.desk.publishing.knowledge_folders", lambda folders: (content, *folders))
        self.content = content
        self.shelf = Shelf(root / "index")
        self.shelf.switch(build(self.shelf, [content], encoder).name)
        self.store: Store = open_store(f"sqlite:///{root / 's.db'}")
        self.publisher = Publisher(self.store, encoder, self.shelf, root, (), lambda: NOW)
        self.now = NOW
        self.gaps = Gaps(self.store, encoder, self.library, self.publisher, lambda: self.now, Quiet())

    def library(self) -> Library:
        return read_library([self.content, *content_folders(self.root / "knowledge")])

    def ask(self, question: str, conversation: str) -> int:
        with self.store.writing() as tx:
            turn = tx.add_turn(Turn(conversation, NOW, "telegram", question, "cau_hoi", "unknown", (), 0.1, "g", ""))
            tx.add_gap(Gap(turn, question, NOW, "telegram", conversation))
        return turn

    def first(self, question: str) -> str:
        opened = open_generation(self.shelf, self.shelf.current(), self.encoder)
        hit = next(iter(retriever_of(opened, self.encoder).search(question, 1).hits), None)
        return hit.record.key if hit else ""

    def news(self, now: dt.datetime = NOW) -> list[Notice]:
        with self.store.writing() as tx:
            return list(tx.claim_notices("telegram", "me", now, now + dt.timedelta(days=1), 50))


@pytest.fixture
def house(tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    opened = House(tmp_path, encoder, monkeypatch)
    yield opened
    opened.store.close()


# --- clusters --------------------------------------------------------------------------------------------------------


def gap(turn: int, question: str, conversation: str = "") -> Gap:
    return Gap(turn, question, NOW, "telegram", conversation or f"telegram:{turn}")


def test_questions_of_one_meaning_lie_together_ranked_by_how_many_people_asked(encoder: Encoder) -> None:
    found = clusters(
        [
            gap(1, "nuôi cá sấu phải xin phép ai", "telegram:1"),
            gap(2, "muốn nuôi cá sấu thì xin giấy phép ở đâu", "telegram:2"),
            gap(3, "Nuôi cá sấu phải xin phép ai", "telegram:3"),
            gap(4, "bay flycam trên ruộng có phải xin phép không", "telegram:4"),
            gap(5, "bay flycam trên ruộng có phải xin phép không", "telegram:4"),
            gap(6, "", "telegram:6"),
        ],
        encoder.queries,
    )
    assert [(c.askers, c.turns) for c in found] == [(3, (1, 2, 3)), (1, (4, 5))]
    assert found[0].questions[0].lower() == "nuôi cá sấu phải xin phép ai"
    assert clusters([], encoder.queries) == ()


words = st.sampled_from(
    ["cá sấu", "flycam", "chó dữ", "giếng khoan", "pháo hoa", "loa kẹo kéo", "nuôi", "xin phép", "phạt"]
)
asked = st.lists(st.lists(words, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=15)


@given(asked, st.randoms())
def test_the_order_in_which_they_came_changes_nothing(questions: list[str], rng: random.Random) -> None:
    def encode(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        kinds = ["cá sấu", "flycam", "chó dữ", "giếng khoan", "pháo hoa", "loa kẹo kéo", "nuôi", "xin phép", "phạt"]
        rows = np.array([[t.count(k) for k in kinds] for t in texts], np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    gaps = [gap(i, q, f"telegram:{i % 4}") for i, q in enumerate(questions)]
    found = clusters(gaps, encode)
    shuffled = gaps.copy()
    rng.shuffle(shuffled)
    assert clusters(shuffled, encode) == found
    assert sorted(t for c in found for t in c.turns) == list(range(len(questions)))
    assert [c.askers for c in found] == sorted((c.askers for c in found), reverse=True)
    assert 0 < ALIKE < 1


# --- what officers see -----------------------------------------------------------------------------------------------


def test_officers_see_what_nobody_could_answer_but_nothing_of_law_breaking(house: House) -> None:
    house.ask("đăng ký nuôi hổ ở đâu", "telegram:1")
    house.ask("kế toán xã lập chứng từ khống thì sao", "telegram:2")
    assert [c.questions for c in house.gaps.open(LAN)] == [("đăng ký nuôi hổ ở đâu",)]


def test_what_is_dismissed_leaves_the_list(house: House) -> None:
    turn = house.ask("hôm nay ăn gì", "telegram:1")
    house.gaps.dismiss(LAN, [turn])
    assert house.gaps.open(LAN) == ()


# --- a link ----------------------------------------------------------------------------------------------------------


def test_a_link_becomes_a_way_of_asking_once_an_admin_approves_and_those_who_asked_are_told(house: House) -> None:
    turns = [house.ask("lam giay cho em be moi de", f"telegram:{n}") for n in (1, 2, 2)]
    number = house.gaps.link(LAN, turns, ["làm giấy cho em bé mới đẻ"], "khai_sinh")
    assert house.gaps.open(LAN) == ()
    assert house.news() == []
    outcome = house.gaps.approve(AN, number)
    assert outcome.switched
    assert house.first("làm giấy cho em bé mới đẻ") == "khai_sinh"
    page = read_page(house.root / "knowledge" / OVERLAY)
    assert [(p.key, p.asks) for p in page.procedures] == [("khai_sinh", ("làm giấy cho em bé mới đẻ",))]
    assert [g.ask for g in page.golden] == ["làm giấy cho em bé mới đẻ"]
    assert house.library().procedures["khai_sinh"].fee == "Miễn phí"
    news = house.news()
    assert sorted(n.to for n in news) == ["1", "2"]
    told = said(news[0])
    assert "lam giay cho em be moi de" in told.text
    assert [o.id for o in told.options] == ["p:khai_sinh"]
    with pytest.raises(NotFound):
        house.gaps.approve(AN, number)


def test_a_question_is_linked_to_a_hotline_which_stays_as_it_stands(house: House) -> None:
    turn = house.ask("xa minh goi ai luc nua dem", "telegram:1")
    number = house.gaps.link(LAN, [turn], ["nửa đêm gọi ai ở xã mình"], "contact:truc_ban")
    assert house.gaps.approve(AN, number).switched
    assert house.first("nửa đêm gọi ai ở xã mình") == "truc_ban"
    known = house.library().contacts["truc_ban"]
    assert known.number == "0206 3 852 000" and known.asks == ("nửa đêm gọi ai ở xã mình",)
    page = read_page(house.root / "knowledge" / OVERLAY)
    assert page.contacts == () and [(m.record, m.asks) for m in page.more_asks] == [("truc_ban", known.asks)]
    assert [o.id for o in said(house.news()[0]).options] == ["c:truc_ban"]
    for nothing in ("contact:khai_sinh", "plan:x", "service:"):
        with pytest.raises(BadProposal):
            house.gaps.link(LAN, [house.ask("z", "telegram:9")], ["câu gì đó"], nothing)


def test_at_night_the_answer_waits_for_the_morning_at_the_desk_and_at_the_door(house: House) -> None:
    house.now = NOW.replace(hour=22, minute=30)
    number = house.gaps.link(LAN, [house.ask("giấy cho cháu sơ sinh", "telegram:1")], ["giấy cho cháu"], "khai_sinh")
    assert house.gaps.approve(AN, number).switched
    morning = NOW.replace(day=22, hour=7)
    assert house.news(house.now) == [] and house.news(morning - dt.timedelta(seconds=1)) == []
    (news,) = house.news(morning)
    assert news.due == morning
    door = Postman(house.store, lambda: house.now, Quiet())
    assert door.hold(news) == Hold("quiet", morning), "one that was tried by day and is tried again"
    house.now = morning
    assert door.hold(news) is None


def test_who_erased_their_data_or_objected_is_not_told(house: House) -> None:
    turns = [house.ask("giấy cho cháu sơ sinh", f"telegram:{n}") for n in (1, 2, 3)]
    number = house.gaps.link(LAN, turns, ["giấy cho cháu sơ sinh"], "khai_sinh")
    with house.store.writing() as tx:
        tx.forget("telegram:1", NOW)
        tx.set_consent(Consent("telegram:2", NEWS, False, NOW))
    house.gaps.approve(AN, number)
    assert [n.to for n in house.news()] == ["3"]


def test_an_approval_that_was_killed_halfway_can_be_given_again(house: House) -> None:
    turn = house.ask("giấy cho cháu sơ sinh", "telegram:1")
    number = house.gaps.link(LAN, [turn], ["giấy cho cháu sơ sinh"], "khai_sinh")
    proposal = house.gaps.proposals(AN)[0]
    assert house.publisher.publish(AN, house.gaps._change(proposal)).switched  # and then the machine went down
    assert house.gaps.approve(AN, number).switched
    page = read_page(house.root / "knowledge" / OVERLAY)
    assert [p.asks for p in page.procedures] == [("giấy cho cháu sơ sinh",)]
    assert len(page.golden) == 1


def test_the_gate_keeps_out_what_would_lose_a_golden_question(house: House) -> None:
    before = house.shelf.current()
    assert house.first("giấy cho bé") == "khai_sinh"
    turn = house.ask("giay cho be", "telegram:1")
    number = house.gaps.link(LAN, [turn], ["giấy cho bé"], "khai_tu")
    outcome = house.gaps.approve(AN, number)
    assert (outcome.switched, outcome.lost) == (False, {"giấy cho bé": "khai_tu"})
    assert house.shelf.current() == before
    assert not house.root.joinpath("knowledge", OVERLAY).exists()
    assert [p.id for p in house.gaps.proposals(AN)] == [number]
    assert house.news() == []
    house.gaps.refuse(AN, number)
    assert [c.questions for c in house.gaps.open(LAN)] == [("giay cho be",)]
    assert [p.state for p in house.gaps.proposals(AN, "")] == ["refused"]


def test_a_way_of_asking_that_belongs_to_another_procedure_is_refused(house: House) -> None:
    number = house.gaps.link(LAN, [house.ask("z", "telegram:3")], ["Làm giấy khai sinh cho con"], "khai_tu")
    with pytest.raises(ContentFaults, match="đã thuộc thủ tục khác"):
        house.gaps.approve(AN, number)
    assert len(house.gaps.proposals(AN)) == 1


# --- a new answer ----------------------------------------------------------------------------------------------------

ANSWER = NewAnswer(
    "Giờ mở cửa bể bơi xã Mẫu",
    "Bể bơi của xã mở từ 5 giờ đến 8 giờ và 16 giờ đến 19 giờ, trừ thứ Hai.",
    "UBND xã Mẫu, thông báo ngày 02/11/2026",
    "https://xamau.gov.vn/be-boi",
)


def test_a_new_answer_becomes_a_record_with_its_source(house: House) -> None:
    turn = house.ask("bể bơi xã mấy giờ mở", "telegram:1")
    number = house.gaps.answer(LAN, [turn], ["bể bơi xã mấy giờ mở"], ANSWER)
    assert house.gaps.approve(AN, number).switched
    key = house.first("bể bơi xã mấy giờ mở")
    service = house.library().services[key]
    assert (service.name, service.purpose) == (ANSWER.title, ANSWER.text)
    assert [(s.name, s.url, str(s.read)) for s in service.sources] == [(ANSWER.source, ANSWER.url, "ngày 21/11/2026")]
    assert [o.id for o in said(house.news()[0]).options] == [f"s:{key}"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (replace(ANSWER, source=" "), "source"),
        (replace(ANSWER, url="javascript:alert(1)"), "source"),
        (replace(ANSWER, text=""), "answer"),
        (replace(ANSWER, title="hai\ndòng"), "answer"),
    ],
)
def test_an_answer_without_a_source_or_words_is_none(house: House, answer: NewAnswer, reason: str) -> None:
    with pytest.raises(BadProposal, match=reason):
        house.gaps.answer(LAN, [house.ask("bể bơi", "telegram:1")], ["bể bơi mở khi nào"], answer)


@pytest.mark.parametrize(
    ("questions", "reason"),
    [
        ([], "questions"),
        (["  "], "questions"),
        (["x" * 201], "questions"),
        (["gọi 0912345678 hỏi khai sinh"], "personal"),
        (["khai sinh cho [số giấy tờ]"], "personal"),
        (["kế toán xã lập chứng từ khống"], "secret"),
    ],
)
def test_what_may_not_be_read_by_everyone_is_no_way_of_asking(house: House, questions: list[str], reason: str) -> None:
    turn = house.ask("khai sinh", "telegram:1")
    with pytest.raises(BadProposal) as bad:
        house.gaps.link(LAN, [turn], questions, "khai_sinh")
    assert bad.value.reason == reason
    assert tidings.BAD_PROPOSALS[reason]
    assert len(house.gaps.open(LAN)) == 1


def test_only_a_procedure_that_exists_is_linked_and_only_open_gaps(house: House) -> None:
    turn = house.ask("khai sinh", "telegram:1")
    with pytest.raises(BadProposal, match="record"):
        house.gaps.link(LAN, [turn], ["khai sinh"], "khong_co")
    house.gaps.link(LAN, [turn], ["khai sinh sao"], "khai_sinh")
    with pytest.raises(BadProposal, match="questions"):
        house.gaps.link(LAN, [turn], ["khai sinh sao"], "khai_sinh")


def test_officers_propose_and_only_admins_approve(house: House) -> None:
    turn = house.ask("khai sinh", "telegram:1")
    number = house.gaps.link(LAN, [turn], ["khai sinh sao"], "khai_sinh")
    for act in (house.gaps.approve, house.gaps.refuse):
        with pytest.raises(NotAllowed):
            act(LAN, number)
    with pytest.raises(NotAllowed):
        house.gaps.open(replace(LAN, active=False))


def test_a_broken_page_is_named_and_nothing_is_lost(house: House) -> None:
    number = house.gaps.link(LAN, [house.ask("khai sinh", "telegram:1")], ["khai sinh sao"], "khai_sinh")
    folder = house.root / "knowledge" / OVERLAY
    folder.mkdir(parents=True)
    (folder / PAGE).write_text("procedures: [", encoding="utf-8")
    with pytest.raises(ContentFaults, match=PAGE):
        house.gaps.approve(AN, number)
    assert len(house.gaps.proposals(AN)) == 1
