"""A petition from the citizen's first word to its end, through the front door, on both stores."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.ledger import NotFound, QueueFilter
from bot.petitions.petition import IllegalMove, State
from bot.wording import filing as say
from bot.wording import office as say_office
from tests.bot.desk.conftest import CITIZEN, STORY, House, code_in

DAY = dt.timedelta(days=1)


def test_a_petition_is_filed_worked_on_supplemented_answered_rated_reopened_and_closed(any_house: House) -> None:
    house, lan = any_house, any_house.staff["lan"]
    reply = house.say(f"tôi muốn phản ánh: {STORY}", "xã Bình An", "hôm qua", "Lê Thử, thôn Hai, 0900 000 222")
    assert "đọc lại" in reply.text and "UBND xã Bình An" in reply.text
    filed = house.say("f:send")
    code = code_in(filed.text)
    assert "Hạn tiếp nhận: 08:30 ngày 17/11/2026" in filed.text and "Hạn trả lời: 30/11/2026" in filed.text

    house.office.assign(house.staff["chutich"], [code], unit="mc")
    assert [p.code for p in house.office.queue(lan, QueueFilter(open_only=True)).petitions] == [code]
    house.now.on(hours=1)
    assert house.office.take(lan, code).state is State.ACCEPTED
    assert house.told(code).text.startswith(f"Phiếu {code} của bạn đã được tiếp nhận")

    house.now.on(hours=1)
    house.office.move(lan, code, State.WAITING, "Bạn nộp hồ sơ gì, ngày nào?")
    asked = house.told(code)
    assert "Bạn nộp hồ sơ gì, ngày nào?" in asked.text
    assert f"pa:more:{code}" in [o.id for o in asked.options]
    house.now.on(days=7)
    offered = house.say("tôi nộp hồ sơ khai sinh sáng thứ sáu tuần trước")
    assert code in offered.text and [o.id for o in offered.options] == ["f:send", "f:cancel"]
    thanks = house.say("f:send")
    assert say.SUPPLEMENTED.format(code=code) in thanks.text
    petition = house.petition(code)
    assert petition.state is State.WORKING and petition.answer_by is not None
    assert petition.answer_by.date().isoformat() == "2026-12-07"  # five working days were the citizen's
    papers = {p.role: p.text for p in house.office.dossier(lan, code).papers}
    assert "khai sinh" in papers["supplement"]

    house.office.move(lan, code, State.ANSWERED, "Giấy đã trả; bộ phận đã nhắc cán bộ.")
    answered = house.told(code)
    assert "Giấy đã trả" in answered.text and f"pa:rate:{code}:5" in [o.id for o in answered.options]
    assert "Giấy đã trả" in house.say(f"phản ánh {code} tới đâu rồi").text
    assert "2/5" in house.say(f"pa:rate:{code}:2").text
    house.say(f"pa:reopen:{code}")
    reopened = house.say("giấy vẫn sai tên cháu bé")
    assert "mở lại" in reopened.text and house.petition(code).reopened == 1
    house.office.move(lan, code, State.ANSWERED, "Đã sửa lại tên.")
    assert "5/5" in house.say(f"pa:rate:{code}:5").text
    house.office.move(lan, code, State.CLOSED)
    done = house.petition(code)
    assert (done.state, done.rating, done.assignee) == (State.CLOSED, 5, lan.id)
    with house.store.writing() as tx:
        assert tx.rebuild() == 0


def test_a_refusal_says_why_and_where_to_go(house: House) -> None:
    code = house.file()
    chair = house.staff["chutich"]
    with pytest.raises(IllegalMove):
        house.office.move(chair, code, State.REFUSED)
    house.office.move(chair, code, State.REFUSED, "Ruộng nhà bạn thuộc xã bên.", reason="khong_thuoc_tham_quyen")
    told = house.told(code).text
    assert say_office.REFUSALS["khong_thuoc_tham_quyen"].to_citizen in told and "xã bên" in told
    assert "từ chối" in house.say(f"/tracuu {code}").text


def test_one_that_is_forwarded_names_the_body(house: House) -> None:
    code = house.file()
    house.office.move(house.staff["chutich"], code, State.FORWARDED, body="Sở Nội vụ")
    assert "chuyển tới: Sở Nội vụ" in house.told(code).text
    assert "Sở Nội vụ" in house.say(f"/tracuu {code}").text


def test_of_two_that_are_merged_both_citizens_hear_the_answer(house: House) -> None:
    chair = house.staff["chutich"]
    first, second = house.file(), house.file(who="web:abc")
    house.office.move(chair, second, State.MERGED, into=first)
    assert house.petition(first).voices == 2
    house.office.move(chair, first, State.ACCEPTED)
    house.office.move(chair, first, State.ANSWERED, "Đã chấn chỉnh.")
    news = {(n.door, n.to): n.code for n in house.notices(first) + house.notices(second) if "Đã chấn chỉnh" in n.body}
    assert news == {("telegram", "7"): first, ("web", "abc"): second}
    assert "Đã chấn chỉnh" in house.say(f"/tracuu {second}", who="web:abc").text
    with pytest.raises(IllegalMove):
        house.office.move(chair, first, State.MERGED, into=first)


def test_a_story_that_others_told_is_offered_as_one_more_voice(house: House) -> None:
    first = house.file("xã Bình An", "hôm qua", "f:noname")
    reply = house.say(f"tôi muốn phản ánh: {STORY}", "xã Bình An", "hôm qua", "f:noname", who="telegram:8")
    assert "đã có 1 người phản ánh" in reply.text and [o.id for o in reply.options][:2] == ["f:join", "f:alone"]
    filed = house.say("f:join", "f:send", who="telegram:8")
    second = code_in(filed.text)
    assert "2 người cùng phản ánh" in filed.text
    assert house.petition(second).into == first and house.petition(first).voices == 2
    assert "đã gộp" in house.say(f"/tracuu {second}", who="telegram:8").text


def test_nobody_is_told_of_a_sealed_petition_or_one_about_somebody_or_of_the_own(house: House) -> None:
    house.file("f:skip", "f:skip", "f:sealed", "Lê Thử, thôn Hai", who="telegram:1")
    house.file(story="chủ tịch xã Bình An nhận hồ sơ rồi để đó cả tháng không ký cho ai", who="telegram:2")
    alone = house.say(f"tôi muốn phản ánh: {STORY}", "f:skip", "f:skip", "f:noname", who="telegram:3")
    assert "đọc lại" in alone.text
    again = house.say("f:send", f"tôi muốn phản ánh: {STORY}", "f:skip", "f:skip", "f:noname", who="telegram:3")
    assert "đọc lại" in again.text


def test_a_petition_about_an_officer_does_not_exist_for_that_officer(house: House) -> None:
    lan, hung, chair = house.staff["lan"], house.staff["hung"], house.staff["chutich"]
    code = house.file(story="cán bộ Nguyễn Thị Lan ở một cửa quát mắng mẹ tôi khi nộp giấy khai sinh")
    assert lan.id in house.petition(code).about
    house.office.assign(chair, [code], unit="mc")
    assert house.office.queue(lan, QueueFilter()).total == 0
    assert house.office.queue(hung, QueueFilter()).total == 1
    for look in (house.office.dossier, house.office.take):
        with pytest.raises(NotFound):
            look(lan, code)
    with pytest.raises(Exception, match=lan.id):
        house.office.assign(chair, [code], officer=lan.id)
    assert not [n for n in house.notices(code, "officer") if n.to in {a.partition(":")[2] for a in lan.accounts}]


def test_a_petition_about_a_lead_goes_one_level_up(house: House) -> None:
    truong, chair, lan = house.staff["truong"], house.staff["chutich"], house.staff["lan"]
    code = house.file(story="thái độ ở một cửa làm tôi buồn, hẹn trả giấy khai sinh trễ ba lần")
    house.office.assign(chair, [code], unit="mc", officer=lan.id)
    moved = house.office.reclassify(chair, code, about=("lead:mc",))
    assert (moved.unit, moved.assignee) == ("xa", "")
    assert house.office.queue(truong, QueueFilter()).total == 0
    top = house.file(story="chủ tịch xã Bình An đi họp suốt, hồ sơ đất của dân để ba tháng không ký", who="web:9")
    assert "lead:xa" in house.petition(top).about and house.petition(top).unit == ""
    assert house.office.queue(chair, QueueFilter(words=top)).total == 0
    assert house.office.queue(house.staff["admin"], QueueFilter(words=top)).total == 1


def test_a_sealed_name_is_seen_only_by_who_needs_it_and_every_look_is_written_down(house: House) -> None:
    lan, hung, chair = house.staff["lan"], house.staff["hung"], house.staff["chutich"]
    code = house.file("f:skip", "f:skip", "f:sealed", "Lê Thử, thôn Hai, 0900 000 222")
    house.office.assign(chair, [code], unit="mc", officer=lan.id)
    assert house.office.dossier(lan, code).party is None
    with pytest.raises(Exception, match="identity"):
        house.office.identity(hung, code)
    assert house.office.identity(lan, code).contact == "Lê Thử, thôn Hai, 0900 000 222"
    assert [e.by for e in house.office.dossier(chair, code).events if e.kind == "identity_seen"] == [lan.id]
    audits = house.office.audits(house.staff["admin"], house.now() - DAY, house.now() + DAY, code)
    assert ("identity", lan.id) in {(a.action, a.by) for a in audits}


def test_an_open_name_is_in_the_dossier_of_who_handles_it_only(house: House) -> None:
    lan, hung = house.staff["lan"], house.staff["hung"]
    code = house.file()
    house.office.assign(house.staff["chutich"], [code], unit="mc", officer=lan.id)
    party = house.office.dossier(lan, code).party
    assert party is not None and "0900 000 222" in party.contact
    assert house.office.dossier(hung, code).party is None
    assert house.office.dossier(hung, code).moves == ()


def test_one_without_a_name_keeps_no_contact_and_is_told_so(house: House) -> None:
    filed = house.say(f"tôi muốn phản ánh: {STORY}", "f:skip", "f:skip", "f:noname", "f:send")
    assert say.FILED_NAMELESS in filed.text
    with house.store.reading() as tx:
        party = tx.party(code_in(filed.text))
    assert party is not None and party.contact == "" and party.conversation == CITIZEN


def test_without_an_authority_nothing_is_promised(plain: House) -> None:
    filed = plain.say(f"tôi muốn phản ánh: {STORY}", "f:skip", "f:skip", "f:skip", "f:send")
    code = code_in(filed.text)
    assert "Hạn" not in filed.text
    assert plain.petition(code).answer_by is None
    assert "Hạn" not in plain.say(f"/tracuu {code}").text
