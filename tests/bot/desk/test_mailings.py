"""Broadcasts and digests: to whom, in which words, taken back, stopped on the way, counted; printed posters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import docx
import pytest

from bot.desk import issues
from bot.desk.delivering import Postman
from bot.desk.digests import Digests
from bot.desk.mailings import UNDO, BadMailing, Mailings
from bot.desk.notices import said
from bot.desk.posting import Posters, Unprintable
from bot.desk.quiet import Quiet
from bot.desk.reaching import reached
from bot.desk.tidings import Tiding, dumped
from bot.desk.transaction import Store
from bot.ledger import NotAllowed, NotFound, Officer, Role, Turn
from bot.outreach.digest import Section
from bot.outreach.mailing import Kind, Mailing, Poster, State, Subscription, Topic
from bot.petitions.clock import VIETNAM
from bot.reports.figures import Reach
from bot.store.opening import open_store

AT = dt.datetime(2026, 11, 16, 9, 0, tzinfo=VIETNAM)
LEAD, ADMIN = Officer("cb-1", "Lan", Role.LEAD, "xa"), Officer("cb-2", "Sáu", Role.ADMIN, "xa")
OFFICER = Officer("cb-3", "Tư", Role.OFFICER, "xa")
HOUR = dt.timedelta(hours=1)


class Hands:
    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> dt.datetime:
        return self.at


@dataclass
class Office:
    store: Store
    now: Hands
    post: Postman
    mailings: Mailings

    def follow(self, number: int, topic: Topic = Topic.FIELD, field: str = "", place: str = "") -> None:
        with self.store.writing() as tx:
            tx.subscribe(Subscription(f"telegram:{number}", topic, self.now() - HOUR, field, place))

    def waiting(self, number: int) -> list[str]:
        with self.store.reading() as tx:
            return [said(n).text for n in tx.notices_to("telegram", str(number), AT + 99 * HOUR)]

    def sent(self, number: int) -> Mailing:
        """Sent now, and as far as the outbox."""
        mailing = self.mailings.send(LEAD, number)
        self.now.at = max(self.now.at + UNDO, mailing.due or self.now.at)
        self.post.run()
        return self.mailings.mailing(LEAD, number)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    store, now, quiet = open_store(f"sqlite:///{tmp_path / 's.db'}"), Hands(), Quiet()
    post = Postman(store, now, quiet, "", "UBND xã Bình An")
    yield Office(store, now, post, Mailings(store, post, now, quiet))
    store.close()


def test_a_broadcast_to_all_goes_to_who_asked_for_such_and_to_nobody_else(office: Office) -> None:
    office.follow(1, Topic.NOTICES)
    office.follow(2, Topic.FIELD, "Đất đai")
    office.follow(3, Topic.DIGEST)
    number = office.mailings.write(LEAD, "  Lịch   nghỉ ", "Thứ Hai nghỉ.\r\nHỏi 1022.")
    assert office.mailings.sight(LEAD, number).count == 1
    office.sent(number)
    (text,) = office.waiting(1)
    assert text.startswith("Thông báo của UBND xã Bình An\n\nLịch nghỉ\n\nThứ Hai nghỉ.\nHỏi 1022.")
    assert "đăng ký nhận thông báo chung" in text
    assert office.waiting(2) == office.waiting(3) == []


def test_a_broadcast_to_fields_reaches_each_follower_once(office: Office) -> None:
    office.follow(1, field="Đất đai")
    office.follow(1, field="Hộ tịch")
    office.follow(2, field="Hộ tịch")
    office.follow(3, field="Cư trú")
    number = office.mailings.write(LEAD, "Việc mới", "Lời.", ("Đất đai", "Hộ tịch"))
    assert office.mailings.count(LEAD, ("Đất đai", "Hộ tịch"), "") == 2
    office.sent(number)
    assert [len(office.waiting(n)) for n in (1, 2, 3)] == [1, 1, 0]
    assert "theo dõi: Đất đai, Hộ tịch" in office.waiting(1)[0]


def test_a_broadcast_of_one_place_stays_there(office: Office) -> None:
    office.follow(1, Topic.NOTICES, place="Cao Bằng")
    office.follow(2, Topic.NOTICES, place="Hà Nội")
    office.follow(3, Topic.NOTICES)
    office.sent(office.mailings.write(LEAD, "Tin", "Lời.", (), "Cao Bằng"))
    assert [len(office.waiting(n)) for n in (1, 2, 3)] == [1, 0, 0]


def test_until_its_hour_it_can_be_taken_back_and_nobody_had_it(office: Office) -> None:
    office.follow(1, Topic.NOTICES)
    number = office.mailings.write(LEAD, "Tin", "Lời.")
    office.mailings.send(LEAD, number)
    office.post.run()
    assert office.waiting(1) == []
    office.mailings.take_back(LEAD, number)
    office.now.at += HOUR
    office.post.run()
    assert office.waiting(1) == [] and office.mailings.mailing(LEAD, number).open


def test_a_later_hour_is_kept_and_the_night_is_left_out(office: Office) -> None:
    office.follow(1, Topic.NOTICES)
    number = office.mailings.write(LEAD, "Tin", "Lời.")
    late = dt.datetime(2026, 11, 16, 22, 0, tzinfo=VIETNAM)
    assert office.mailings.send(LEAD, number, late).due == dt.datetime(2026, 11, 17, 7, 0, tzinfo=VIETNAM)
    office.mailings.take_back(LEAD, number)
    with pytest.raises(BadMailing, match="past"):
        office.mailings.send(LEAD, number, AT - HOUR)


def test_stopped_on_the_way_those_who_have_it_not_will_not_have_it(office: Office) -> None:
    for n in range(1, 6):
        office.follow(n, Topic.NOTICES)
    number = office.sent(office.mailings.write(LEAD, "Tin", "Lời.")).id
    with office.store.writing() as tx:
        for notice in tx.claim_notices("telegram", "o", AT + HOUR, AT + 2 * HOUR, 2):
            tx.notice_sent(notice.id, AT)
    assert office.mailings.stop(LEAD, number) == 3
    fates = office.mailings.sight(LEAD, number).fates
    assert (fates.receivers, fates.sent, fates.waiting, fates.ended) == (5, 2, 0, 3)
    with pytest.raises(BadMailing, match="state"):
        office.mailings.stop(LEAD, number)


@pytest.mark.parametrize(("title", "text", "why"), [("", "x", "empty"), ("x", " ", "empty"), ("x" * 121, "y", "long")])
def test_what_cannot_be_sent_is_not_kept(office: Office, title: str, text: str, why: str) -> None:
    with pytest.raises(BadMailing, match=why):
        office.mailings.write(LEAD, title, text)


def test_nothing_is_sent_where_nobody_asked_and_nothing_twice(office: Office) -> None:
    number = office.mailings.write(LEAD, "Tin", "Lời.")
    with pytest.raises(BadMailing, match="nobody"):
        office.mailings.send(LEAD, number)
    office.follow(1, Topic.NOTICES)
    office.mailings.send(LEAD, number)
    with pytest.raises(BadMailing, match="state"):
        office.mailings.send(LEAD, number)
    with pytest.raises(BadMailing, match="state"):
        office.mailings.write(LEAD, "Khác", "Lời.", number=number)


def test_an_officer_may_not_send_and_a_strange_number_is_none(office: Office) -> None:
    for act in (lambda: office.mailings.write(OFFICER, "a", "b"), lambda: office.mailings.send(OFFICER, 1)):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(NotFound):
        office.mailings.send(LEAD, 99)


def test_who_came_after_it_began_is_no_receiver(office: Office) -> None:
    office.follow(1, Topic.NOTICES)
    number = office.mailings.write(LEAD, "Tin", "Lời.")
    office.mailings.send(LEAD, number)
    office.now.at += UNDO
    begun = office.post._begun(number)
    assert begun and begun.state is State.SENDING
    office.now.at += 2 * HOUR
    office.follow(2, Topic.NOTICES)
    office.post.run()
    assert office.waiting(2) == [] and len(office.waiting(1)) == 1


def test_figures_tell_how_many_it_reached_and_how_many_left(office: Office) -> None:
    for n in range(1, 4):
        office.follow(n, Topic.NOTICES)
    number = office.sent(office.mailings.write(LEAD, "Tin", "Lời.")).id
    with office.store.writing() as tx:
        one, two, three = tx.claim_notices("telegram", "o", AT + HOUR, AT + 2 * HOUR, 9)
        tx.notice_sent(one.id, AT)
        tx.notice_sent(two.id, AT)
        tx.notice_failed(three.id, None, "blocked: Forbidden")
        tx.unsubscribe("telegram:1", 1, AT + HOUR, number)
    fates = office.mailings.sight(LEAD, number).fates
    assert (fates.sent, fates.unreachable, fates.unsubscribed) == (2, 1, 1)
    with office.store.reading() as tx:
        figures = reached(tx, AT - HOUR * 24, AT + HOUR * 24)
    assert figures.by_kind == {"thong_bao": Reach(1, 2)}
    assert (figures.subscribers, figures.begun, figures.ended) == (2, 3, 1)


# --- the digest ------------------------------------------------------------------------------------------------------


@pytest.fixture
def digests(office: Office, library) -> Digests:  # type: ignore[no-untyped-def]
    return Digests(office.store, lambda: library, office.now, "", "UBND xã Bình An", "https://x.vn/ban-tin")


def asked(office: Office, times: int, key: str) -> None:
    with office.store.writing() as tx:
        for n in range(times):
            tx.add_turn(Turn(f"c{n}", AT - 30 * HOUR, "telegram", "?", "cau_hoi", "answer", (key,), 1.0, "g", "."))


def test_a_digest_is_drafted_once_a_week_and_leads_are_told(office: Office, digests: Digests) -> None:
    asked(office, 4, "khai_sinh")
    with office.store.writing() as tx:
        tx.put_officer(replace(LEAD, accounts=("telegram:55",)))
    last = (AT - dt.timedelta(days=1)).date()
    number = digests.draft(last)
    assert digests.draft(last) == number == digests.draft(last, ADMIN.id)
    assert "https://x.vn/ban-tin/1" in office.waiting(55)[0]
    issue = issues.issue_in(office.mailings.mailing(LEAD, number).text)
    assert any("Đăng ký khai sinh: 4 lượt người hỏi." in item for s in issue.sections for item in s.items)
    assert issue.explained == "khai_sinh"


def test_the_next_digest_explains_another_procedure_and_tells_what_changed(office: Office, digests: Digests) -> None:
    asked(office, 4, "khai_sinh")
    digests.draft((AT - dt.timedelta(days=8)).date())
    tiding = Tiding("amended", "ket_hon", "1.2", "Kết hôn", "Hộ tịch", "Có thay đổi: Kết hôn", "Trước: a.", "Nay: b.")
    with office.store.writing() as tx:
        tx.add_mailing(Mailing(Kind.NEWS, "1", dumped({"": (tiding,)}), "may", AT - 20 * HOUR, State.SENT))
    number = digests.draft((AT - dt.timedelta(days=1)).date())
    issue = issues.issue_in(office.mailings.mailing(LEAD, number).text)
    assert issue.sections[0].items == (("Có thay đổi: Kết hôn", "Trước: a.", "Nay: b."),)
    first = issues.issue_in(office.mailings.mailing(LEAD, 1).text)
    assert issue.explained and issue.explained != first.explained


def test_an_edited_digest_is_what_is_printed_read_out_and_sent(
    office: Office, digests: Digests, tmp_path: Path
) -> None:
    office.follow(1, Topic.DIGEST)
    number = digests.draft((AT - dt.timedelta(days=1)).date(), OFFICER.id)
    before = issues.issue_in(office.mailings.mailing(OFFICER, number).text)
    own = Section("Lời xã", "Tiếp dân 8 giờ ngày 25/11/2026.", issues.items_in("Việc 1\nở nhà văn hóa\n\nViệc 2"))
    office.mailings.rewrite_digest(OFFICER, number, replace(before, sections=(own, *before.sections)))
    paper, aloud, text = digests.write_files(office.mailings.mailing(OFFICER, number), tmp_path)
    printed = "\n".join(p.text for p in docx.Document(str(paper)).paragraphs)
    assert "Lời xã" in printed and "1. Việc 1" in printed and "UBND XÃ BÌNH AN" in printed
    assert not any(c.isdigit() for c in text.read_text(encoding="utf-8"))
    assert "ngày hai mươi lăm tháng mười một" in text.read_text(encoding="utf-8")
    assert len(docx.Document(str(aloud)).paragraphs) >= 3
    office.sent(number)
    assert "LỜI XÃ" in office.waiting(1)[0]
    with pytest.raises(BadMailing, match="state"):
        office.mailings.rewrite_digest(OFFICER, number, before)


def test_a_long_digest_goes_in_parts_and_the_last_has_the_way_out(office: Office, digests: Digests) -> None:
    office.follow(1, Topic.DIGEST)
    number = digests.draft((AT - dt.timedelta(days=1)).date(), OFFICER.id)
    before = issues.issue_in(office.mailings.mailing(OFFICER, number).text)
    long = Section("Dài", "", tuple((f"Ý {n}: " + "chữ " * 60,) for n in range(30)))
    office.mailings.rewrite_digest(OFFICER, number, replace(before, sections=(long,)))
    office.sent(number)
    office.post.run()
    with office.store.reading() as tx:
        parts = [said(n) for n in tx.notices_to("telegram", "1", AT + 99 * HOUR)]
    assert len(parts) > 1 and all(len(p.text) <= 3300 for p in parts)
    assert [bool(p.options) for p in parts] == [False] * (len(parts) - 1) + [True]
    assert office.mailings.sight(LEAD, number).fates.receivers == 1


# --- posters ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def posters(office: Office, library) -> Posters:  # type: ignore[no-untyped-def]
    return Posters(office.store, lambda: library, office.now, "UBND xã Bình An", "ten_bot", "https://x.vn")


def test_a_poster_gets_the_next_number_and_is_printed_again_by_it(posters: Posters) -> None:
    wish = Poster("thu-tuc", "Đăng ký khai sinh", "a4", "mau", "", AT, "  Nhà   văn hóa ")
    made, first = posters.make(OFFICER, wish)
    assert (made.id, made.name, made.place, made.by) == (1, "khai_sinh", "Nhà văn hóa", OFFICER.id)
    assert posters.again(OFFICER, 1)[1].pdf == first.pdf
    assert posters.make(OFFICER, replace(wish, kind="linh-vuc", name="ho tich"))[0].name == "Hộ tịch"


@pytest.mark.parametrize(
    "wrong", [{"name": "khong_co"}, {"format": "a9"}, {"kind": "danh-muc", "name": "Hộ tịch", "format": "a5-gap"}]
)
def test_a_sheet_that_cannot_be_takes_no_number(office: Office, posters: Posters, wrong: dict[str, str]) -> None:
    with pytest.raises(Unprintable):
        posters.make(OFFICER, replace(Poster("thu-tuc", "khai_sinh", "a4", "mau", "", AT), **wrong))
    with office.store.reading() as tx:
        assert tx.posters() == []


def test_a_scan_of_the_same_visit_counts_once(office: Office, posters: Posters) -> None:
    posters.make(OFFICER, Poster("mot-cua", "", "a4", "mau", "", AT))
    for minutes in (0, 3, 40):
        office.now.at = AT + dt.timedelta(minutes=minutes)
        posters.scanned(1, "telegram:1", "telegram")
    posters.scanned(5, "telegram:1", "telegram")
    (hung,) = posters.hung(OFFICER, AT - HOUR, AT + HOUR)
    assert (hung.figures.scans, hung.figures.people) == (2, 1)
