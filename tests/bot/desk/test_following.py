"""Following a field, and being told of a change: who, once, in which words, never at night, never unasked."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.desk.delivering import BATCH, Postman
from bot.desk.newsroom import Newsroom
from bot.desk.notices import said
from bot.desk.quiet import Quiet, quiet_of
from bot.desk.tidings import Tiding, dumped, loaded
from bot.desk.transaction import Store
from bot.ledger import Consent, Notice, Turn
from bot.outreach.mailing import CHANGES, Kind, State, Subscription, Topic
from bot.petitions.clock import VIETNAM
from bot.store.opening import open_store
from index.shelf import Shelf

MORNING = dt.datetime(2026, 11, 16, 9, 0, tzinfo=VIETNAM)
NIGHT = dt.datetime(2026, 11, 16, 23, 30, tzinfo=VIETNAM)
PAGE = """
field: {field}
procedures:
  - key: {key}
    code: "{code}"
    name: {name}
    level: [xã]
    fee: {fee}
    time: 3 ngày
    where: Một cửa xã
    sources: [{{name: Quyết định, read: 2026-11-01}}]
"""


class Hands:
    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        return self.at


@dataclass
class Desk:
    store: Store
    shelf: Shelf
    room: Newsroom
    post: Postman
    now: Hands
    made: int = 0

    def live(self, place: str = "", **fees: str) -> str:
        """A generation with these fees is live; `place`: the last one is only that place's own."""
        self.made += 1
        name = f"20261116T0{self.made:05d}"
        root = self.shelf.generations / name
        for number, (key, fee) in enumerate(fees.items()):
            own = place if place and number == len(fees) - 1 else ""
            folder = root / "knowledge" / f"{number:02d}-{key}"
            folder.mkdir(parents=True)
            base = key.removesuffix("_rieng")
            fields = {"khai_sinh": "Hộ tịch", "ket_hon": "Hộ tịch", "dat": "Đất đai"}
            codes = {"khai_sinh": "1.000001", "ket_hon": "1.000002", "dat": "1.000003"}
            field, code = fields.get(base, "Khác"), codes.get(base, f"9.{number:06d}")
            text = PAGE.format(field=field, key=base, code=code, name=f"Thủ tục {base}", fee=fee)
            (folder / "trang.yaml").write_text(text, encoding="utf-8")
            (folder / "folder.yaml").write_text(f"name: {key}\nplace: '{own}'\n", encoding="utf-8")
        (root / "manifest.json").write_text("{}")
        self.switch(name)
        return name

    def switch(self, name: str) -> None:
        """At this clock's time."""
        self.shelf.switch(name)
        os.utime(self.shelf.pointer, (self.now().timestamp(),) * 2)

    def follow(self, who: str, field: str = "Hộ tịch", place: str = "", topic: Topic = Topic.FIELD) -> None:
        with self.store.writing() as tx:
            tx.subscribe(Subscription(who, topic, self.now() - dt.timedelta(hours=1), field, place))

    def work(self) -> None:
        self.room.run()
        self.post.run()

    def told(self, who: str) -> list[str]:
        door, _, to = who.partition(":")
        with self.store.reading() as tx:
            waiting = tx.notices_to(door, to, self.now() + dt.timedelta(days=3))
        return [said(n).text for n in waiting]

    def notices(self) -> list[Notice]:
        with self.store.writing() as tx:
            return list(tx.claim_notices("telegram", "t", self.now() + dt.timedelta(days=3), self.now(), 9999))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store, now, quiet = open_store(f"sqlite:///{tmp_path / 's.db'}"), Hands(MORNING), Quiet()
    shelf = Shelf(tmp_path / "index")
    room = Newsroom(store, shelf, tmp_path / "news", "", now, quiet)
    yield Desk(store, shelf, room, Postman(store, now, quiet), now)
    store.close()


def test_a_changed_fee_reaches_who_follows_its_field_once(desk: Desk) -> None:
    desk.live(khai_sinh="8.000 đồng", dat="100.000 đồng")
    desk.work()
    desk.follow("telegram:1")
    desk.follow("telegram:2", "Đất đai")
    desk.live(khai_sinh="Miễn phí", dat="100.000 đồng")
    for _ in range(3):
        desk.work()
    (text,) = desk.told("telegram:1")
    assert "Trước: lệ phí: 8.000 đồng.\nNay: lệ phí: Miễn phí." in text
    assert desk.told("telegram:2") == []


def test_the_first_look_tells_nothing_and_so_does_an_index_of_the_same_words(desk: Desk) -> None:
    desk.follow("telegram:1")
    desk.live(khai_sinh="8.000 đồng")
    desk.work()
    desk.live(khai_sinh="8.000 đồng")
    desk.work()
    assert desk.told("telegram:1") == []


def test_a_message_names_why_and_has_a_way_out_in_one_tap(desk: Desk) -> None:
    desk.live(khai_sinh="8.000 đồng")
    desk.work()
    desk.follow("telegram:1")
    desk.live(khai_sinh="Miễn phí")
    desk.work()
    (notice,) = desk.notices()
    told = said(notice)
    assert "vì theo dõi: Hộ tịch" in told.text
    labels = {o.id: o.label for o in told.options}
    assert labels["p:khai_sinh"].startswith("Xem")
    assert any(i.startswith("t:stop:1:") for i in labels)


def test_many_changes_at_once_are_one_message(desk: Desk) -> None:
    before = {f"khac_{n}": f"{n}.000 đồng" for n in range(1, 31)}
    desk.live(**before)
    desk.work()
    desk.follow("telegram:1", "Khác")
    desk.live(**dict.fromkeys(before, "Miễn phí"))
    desk.work()
    (text,) = desk.told("telegram:1")
    assert "30 thay đổi" in text and "còn 10 thủ tục khác" in text
    assert text.count("Trước:") == 5 and len(text) < 3500


def test_what_was_rolled_back_before_the_morning_is_never_told(desk: Desk) -> None:
    first = desk.live(khai_sinh="8.000 đồng")
    desk.work()
    desk.follow("telegram:1")
    desk.now.at = NIGHT
    desk.live(khai_sinh="Miễn phí")
    desk.work()
    assert desk.told("telegram:1") == []
    desk.switch(first)
    desk.now.at = NIGHT + dt.timedelta(hours=9)
    desk.work()
    assert desk.told("telegram:1") == []


def test_a_change_of_the_night_is_told_in_the_morning(desk: Desk) -> None:
    desk.live(khai_sinh="8.000 đồng")
    desk.work()
    desk.follow("telegram:1")
    desk.now.at = NIGHT
    desk.live(khai_sinh="Miễn phí")
    desk.work()
    desk.now.at = dt.datetime(2026, 11, 17, 7, 1, tzinfo=VIETNAM)
    desk.work()
    assert len(desk.told("telegram:1")) == 1


def test_a_switch_rests_before_it_is_told(desk: Desk, tmp_path: Path) -> None:
    slow = Newsroom(desk.store, desk.shelf, tmp_path / "n", "", desk.now, Quiet(), dt.timedelta(minutes=15))
    desk.live(khai_sinh="8.000 đồng")
    slow.run()
    desk.live(khai_sinh="Miễn phí")
    desk.now.at += dt.timedelta(minutes=14)
    assert slow.run() == 0
    desk.now.at += dt.timedelta(minutes=2)
    assert slow.run() == 1


def test_what_holds_in_one_province_is_told_there_only(desk: Desk) -> None:
    desk.live("Cao Bằng", khai_sinh="8.000 đồng", khai_sinh_rieng="5.000 đồng")
    desk.work()
    desk.follow("telegram:1", place="Cao Bằng")
    desk.follow("telegram:2", place="Hà Nội")
    desk.live("Cao Bằng", khai_sinh="8.000 đồng", khai_sinh_rieng="Miễn phí")
    desk.work()
    assert len(desk.told("telegram:1")) == 1 and desk.told("telegram:2") == []


def asked(desk: Desk, who: str, days: float, agreed: bool | None) -> None:
    at = desk.now() - dt.timedelta(days=days)
    with desk.store.writing() as tx:
        tx.add_turn(Turn(who, at, "telegram", "?", "cau_hoi", "answer", ("khai_sinh",), 1.0, "g", "."))
        if agreed is not None:
            tx.set_consent(Consent(who, CHANGES, agreed, at))


def test_who_asked_lately_and_agreed_is_told_and_nobody_else_who_asked(desk: Desk) -> None:
    desk.live(khai_sinh="8.000 đồng")
    desk.work()
    asked(desk, "telegram:1", 10, True)
    asked(desk, "telegram:2", 10, None)
    asked(desk, "telegram:3", 10, False)
    asked(desk, "telegram:4", 95, True)
    desk.live(khai_sinh="Miễn phí")
    desk.work()
    assert [len(desk.told(f"telegram:{n}")) for n in (1, 2, 3, 4)] == [1, 0, 0, 0]
    (notice,) = desk.notices()
    assert "t:nomore" in {o.id for o in said(notice).options}


def test_who_follows_and_asked_gets_one_message(desk: Desk) -> None:
    desk.live(khai_sinh="8.000 đồng")
    desk.work()
    asked(desk, "telegram:1", 1, True)
    desk.follow("telegram:1")
    desk.live(khai_sinh="Miễn phí")
    desk.work()
    assert len(desk.told("telegram:1")) == 1


def test_an_end_in_the_midst_loses_nobody_and_tells_nobody_twice(desk: Desk, monkeypatch) -> None:
    desk.live(khai_sinh="8.000 đồng")
    desk.work()
    people = [f"telegram:{n}" for n in range(1, 2 * BATCH + 50)]
    for who in people:
        desk.follow(who)
    desk.live(khai_sinh="Miễn phí")
    desk.room.run()
    put, count = Postman._put, [0]

    def dies(self, tx, mailing, one, due):  # type: ignore[no-untyped-def]
        count[0] += 1
        if count[0] == BATCH + 20:
            raise SystemExit
        return put(self, tx, mailing, one, due)

    monkeypatch.setattr(Postman, "_put", dies)
    with pytest.raises(SystemExit):
        desk.post.run()
    monkeypatch.setattr(Postman, "_put", put)
    desk.work()
    desk.work()
    assert all(len(desk.told(who)) == 1 for who in people)
    with desk.store.reading() as tx:
        (mailing,) = tx.mailings(Kind.NEWS)
    assert mailing.receivers == len(people)


def test_what_the_index_has_dropped_is_still_known_to_compare_with(desk: Desk) -> None:
    first = desk.live(khai_sinh="8.000 đồng")
    desk.work()
    desk.follow("telegram:1")
    desk.live(khai_sinh="Miễn phí")
    shutil.rmtree(desk.shelf.generations / first)
    desk.work()
    assert len(desk.told("telegram:1")) == 1


def test_hours_are_spread_and_none_lies_in_the_night(desk: Desk) -> None:
    desk.live(khai_sinh="8.000 đồng")
    desk.work()
    for n in range(1, 41):
        desk.follow(f"telegram:{n}")
    desk.now.at = dt.datetime(2026, 11, 16, 20, 59, 58, tzinfo=VIETNAM)
    desk.live(khai_sinh="Miễn phí")
    desk.work()
    with desk.store.reading() as tx:
        hours = sorted(tx.notices_to("telegram", str(n), NIGHT + dt.timedelta(days=2))[0].due for n in range(1, 41))
    assert not any(Quiet().at(at) for at in hours)
    assert len(set(hours)) == 40
    assert hours[-1].astimezone(VIETNAM).date() == dt.date(2026, 11, 17)


def test_at_the_door_who_ended_it_meanwhile_is_left_alone_and_the_night_waits(desk: Desk) -> None:
    desk.live(khai_sinh="8.000 đồng")
    desk.work()
    desk.follow("telegram:1")
    desk.live(khai_sinh="Miễn phí")
    desk.work()
    (notice,) = desk.notices()
    assert desk.post.hold(notice) is None
    desk.now.at = NIGHT
    hold = desk.post.hold(notice)
    assert hold and hold.until == dt.datetime(2026, 11, 17, 7, 0, tzinfo=VIETNAM)
    with desk.store.writing() as tx:
        assert tx.unsubscribe("telegram:1", 1, desk.now(), mailing=1)
    hold = desk.post.hold(notice)
    assert hold and hold.until is None


def test_a_mailing_is_done_when_everybody_has_it(desk: Desk) -> None:
    desk.live(khai_sinh="8.000 đồng")
    desk.work()
    desk.follow("telegram:1")
    desk.live(khai_sinh="Miễn phí")
    desk.work()
    (notice,) = desk.notices()
    with desk.store.writing() as tx:
        tx.notice_sent(notice.id, desk.now(), "77")
    desk.work()
    with desk.store.reading() as tx:
        (mailing,) = tx.mailings(Kind.NEWS)
    assert mailing.state is State.SENT


@pytest.mark.parametrize(
    ("hours", "at", "quiet"),
    [
        ("21:00-07:00", "22:00", True),
        ("21:00-07:00", "06:59", True),
        ("21:00-07:00", "07:00", False),
        ("12:00-13:30", "12:30", True),
        ("12:00-13:30", "21:30", False),
        ("07:00-07:00", "07:00", False),
    ],
)
def test_quiet_hours_go_over_midnight_or_not(hours: str, at: str, quiet: bool) -> None:
    moment = dt.datetime.combine(dt.date(2026, 11, 16), dt.time.fromisoformat(at), VIETNAM)
    found = quiet_of(hours)
    assert found.at(moment) is quiet
    assert not found.at(found.after(moment))
    assert found.after(moment) - moment < dt.timedelta(days=1)


def test_news_kept_as_json_reads_back(desk: Desk) -> None:
    desk.live(khai_sinh="8.000 đồng")
    desk.work()
    desk.live(khai_sinh="Miễn phí")
    desk.work()
    with desk.store.reading() as tx:
        (mailing,) = tx.mailings(Kind.NEWS)
    assert json.loads(mailing.text)[""][0]["now"] == "Nay: lệ phí: Miễn phí."


def test_places_that_see_the_same_share_it_and_read_back_alike() -> None:
    one = Tiding("amended", "k", "1", "Tên", "Hộ tịch", "Có thay đổi", "Trước: a.", "Nay: b.")
    other = replace(one, now="Nay: c.")
    by_place = {"": (one,), "Cao Bằng": (other,), "Hà Nội": (one,), "Huế": (), "Lào Cai": (other,)}
    written = dumped(by_place)
    assert loaded(written) == by_place and written.count("Trước") == 2
