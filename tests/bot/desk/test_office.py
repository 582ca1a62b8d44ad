from __future__ import annotations

import datetime as dt

import pytest

from bot.desk.notices import said
from bot.ledger import Filing, NotAllowed, NotFound, Notice, QueueFilter
from bot.petitions.petition import Channel, IllegalMove, Kind, State, Urgency
from tests.bot.desk.conftest import STORY, House

DAY = dt.timedelta(days=1)


def walk_in(**more: object) -> Filing:
    given = {"kind": Kind.CONDUCT, "channel": Channel.WALK_IN, "text": "bị hẹn trả giấy khai sinh nhiều lần", **more}
    return Filing(**given)  # type: ignore[arg-type]


def test_what_comes_by_phone_or_in_person_is_entered_and_routed(house: House) -> None:
    lan = house.staff["lan"]
    code = house.office.enter(lan, walk_in(field="Hộ tịch", contact="Bà Tư, thôn Hai", where="xã Bình An"))
    petition = house.petition(code)
    assert (petition.channel, petition.unit, petition.place) == (Channel.WALK_IN, "xa", "xã Bình An")
    assert house.notices(code) == []
    with pytest.raises(ValueError, match="telegram"):
        house.office.enter(lan, walk_in(channel=Channel.TELEGRAM))
    chair = house.staff["chutich"]
    assert State.WITHDRAWN in house.office.dossier(chair, code).moves
    assert house.office.move(chair, code, State.WITHDRAWN).state is State.WITHDRAWN


def test_an_officer_does_not_withdraw_what_a_citizen_filed(house: House) -> None:
    code, chair = house.file(), house.staff["chutich"]
    assert State.WITHDRAWN not in house.office.dossier(chair, code).moves
    with pytest.raises(IllegalMove):
        house.office.move(chair, code, State.WITHDRAWN)


def test_nobody_outside_the_unit_finds_it_and_nobody_takes_it_from_a_colleague(house: House) -> None:
    lan, hung, police = house.staff["lan"], house.staff["hung"], house.staff["congan"]
    code = house.file()
    house.office.assign(house.staff["chutich"], [code], unit="mc", officer=lan.id)
    for act in (house.office.dossier, house.office.take, house.office.identity):
        with pytest.raises(NotFound):
            act(police, code)
    for forbidden in (
        lambda: house.office.take(hung, code),
        lambda: house.office.move(hung, code, State.ACCEPTED),
        lambda: house.office.assign(hung, [code], officer=hung.id),
        lambda: house.office.publish(lan, code, "?", "!"),
        lambda: house.office.audits(lan, house.now() - DAY, house.now()),
        lambda: house.office.set_canned(lan, []),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
    assert house.petition(code).state is State.NEW


def test_bulk_assignment_is_all_or_nothing(house: House) -> None:
    chair, lan = house.staff["chutich"], house.staff["lan"]
    one, two = house.file(), house.file(who="web:2")
    with pytest.raises(NotFound):
        house.office.assign(chair, [one, "PA-2026-000099-X"], unit="mc")
    assert house.petition(one).unit == "xa"
    assert house.office.assign(chair, [one, two], unit="mc", officer=lan.id) == 2
    assert house.office.assign(chair, [one, two], unit="mc", officer=lan.id) == 0
    with pytest.raises(NotAllowed):
        house.office.assign(chair, [one], officer=house.staff["congan"].id)


def test_the_queue_counts_what_waits_for_whom(house: House) -> None:
    chair, lan = house.staff["chutich"], house.staff["lan"]
    codes = [house.file(who=f"web:{n}") for n in range(3)]
    house.office.assign(chair, codes[:2], unit="mc", officer=lan.id)
    house.office.take(lan, codes[0])
    house.office.move(lan, codes[0], State.WAITING, "Ngày nào?")
    counted = {"open": 2, "mine": 2, "unassigned": 0, "overdue": 0, "late_accept": 0, "late_answer": 0, "waiting": 1}
    assert house.office.counts(lan).items() >= counted.items()
    house.now.on(days=3)
    late = {"open": 3, "unassigned": 1, "overdue": 2, "late_accept": 2, "late_answer": 0, "waiting": 1}
    assert house.office.counts(chair).items() >= late.items()
    overdue = house.office.queue(chair, QueueFilter(overdue_at=house.now())).petitions
    assert {p.code for p in overdue} == set(codes[1:])
    assert house.office.queue(lan, QueueFilter(units=("xa", "ca"))).total == 2  # only the own unit is ever seen


def test_lists_show_masked_words_and_search_finds_them_without_marks(house: House) -> None:
    code = house.file(story=f"{STORY}, số căn cước 001199012345, gọi anh ta 0912345678")
    chair = house.staff["chutich"]
    assert house.office.queue(chair, QueueFilter(words="lay them giay")).total == 1
    excerpt = house.office.excerpts(chair, [code, "PA-2026-000099-X"])
    assert list(excerpt) == [code] and "0912345678" not in excerpt[code] and "thêm giấy" in excerpt[code]
    assert house.office.excerpts(house.staff["congan"], [code]) == {}


def test_notices_to_officers_hold_no_words_of_the_citizen_and_the_group_hears_of_new_ones(house: House) -> None:
    house.people.set_group(house.staff["admin"], "telegram:-100")
    code = house.file("xã Bình An", "hôm qua", "Lê Thử, 0900 000 222")
    notices = _by_messenger(house, code)
    chair = house.staff["chutich"].accounts[0].partition(":")[2]
    assert {n.to for n in notices} == {"-100", chair}
    text = said(notices[0]).text
    assert f"Phiếu mới {code}" in text and "Hạn tiếp nhận: 08:30 ngày 17/11/2026" in text
    assert not any(word in str(notices) for word in ("giấy ba lần", "Lê Thử", "0900"))
    about = house.file(story="chủ tịch xã Bình An đi họp suốt, hồ sơ đất ba tháng không ký", who="web:3")
    admin = house.staff["admin"].accounts[0].partition(":")[2]
    assert {n.to for n in _by_messenger(house, about)} == {admin}


def _by_messenger(house: House, code: str) -> list[Notice]:
    return [n for n in house.notices(code, "officer") if n.door != "console"]


def test_every_notice_is_written_once(house: House) -> None:
    code = house.file()
    house.office.take(house.staff["chutich"], code)
    notices = [*house.notices(code), *house.notices(code, "officer")]
    assert len({n.key for n in notices}) == len(notices) and all(n.key.startswith(code) for n in notices)


def test_an_answered_petition_is_published_masked_and_can_be_taken_back(house: House) -> None:
    chair, code = house.staff["chutich"], house.file()
    with pytest.raises(IllegalMove):
        house.office.publish(chair, code, "Hỏi", "Đáp")
    house.office.take(chair, code)
    house.office.move(chair, code, State.ANSWERED, "Đã chấn chỉnh.")
    house.office.publish(chair, code, "Hẹn trả trễ, gọi 0912345678?", "Đã chấn chỉnh.")
    (shown,), total = house.desk.published()
    assert total == 1 and shown.question == "Hẹn trả trễ, gọi [điện thoại]?" and shown.answer == "Đã chấn chỉnh."
    house.office.unpublish(chair, code)
    assert house.desk.published() == ([], 0)


def test_reclassifying_changes_what_is_given_only(house: House) -> None:
    chair, code = house.staff["chutich"], house.file()
    before = house.petition(code)
    after = house.office.reclassify(chair, code, kind=Kind.RULES, urgency=Urgency.URGENT)
    assert (after.kind, after.urgency, after.field, after.about) == (
        Kind.RULES,
        Urgency.URGENT,
        before.field,
        before.about,
    )
    house.office.assign(chair, [code], unit="mc")
    with pytest.raises(NotAllowed):
        house.office.reclassify(house.staff["lan"], code, about=("lead:mc",))


def test_ready_replies_are_the_leads_to_write_and_everyones_to_use(house: House) -> None:
    house.office.set_canned(house.staff["chutich"], [("Cảm ơn", "Cảm ơn bạn đã góp ý.")])
    assert house.office.canned(house.staff["lan"]) == (("Cảm ơn", "Cảm ơn bạn đã góp ý."),)


def test_every_look_at_a_dossier_is_written_down(house: House) -> None:
    chair, code = house.staff["chutich"], house.file()
    house.office.dossier(chair, code)
    seen = house.office.audits(house.staff["admin"], house.now() - DAY, house.now() + DAY, code)
    assert ("dossier", chair.id, "contact") in {(a.action, a.by, a.details) for a in seen}


def test_petitions_that_tell_the_same_are_named_to_officers(house: House) -> None:
    chair = house.staff["chutich"]
    one, two = house.file("xã Bình An", "hôm qua", "f:noname"), house.file("xã Bình An", "nay", "f:noname", who="web:2")
    house.file("xã Bình An", "nay", "f:noname", story="đèn đường đầu xóm hỏng cả tháng nay", who="web:3")
    assert house.office.dossier(chair, one).similar == (two,)


def test_moving_a_free_petition_makes_it_ones_own(house: House) -> None:
    chair, code = house.staff["chutich"], house.file()
    assert house.office.move(chair, code, State.ACCEPTED).assignee == chair.id
    with pytest.raises(IllegalMove) as bad:
        house.office.move(chair, code, State.CLOSED)
    assert (bad.value.at, bad.value.to) == (State.ACCEPTED, State.CLOSED)
    with pytest.raises(IllegalMove):
        house.office.move(chair, code, State.ANSWERED, "   ")
