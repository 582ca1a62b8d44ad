"""What officers write down for others: judged as a citizen's own words, with its day, its place, its secret."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.desk.office import procedure_of
from bot.ledger import Filing, NotAllowed
from bot.petitions.clock import VIETNAM
from bot.petitions.petition import Channel, Kind, State
from bot.petitions.triage import Handling
from tests.bot.desk.conftest import House


@pytest.mark.parametrize(
    ("story", "handling"),
    [
        ("Tôi tố cáo ông phó chủ tịch nhận tiền của tôi để làm sổ đỏ", Handling.DENUNCIATION),
        ("tôi khiếu nại quyết định xử phạt số 12 của xã", Handling.COMPLAINT),
        ("có người đang bị đánh chảy máu ở trụ sở", Handling.EMERGENCY),
        ("cán bộ địa chính xã cáu gắt với người dân", Handling.FILE),
    ],
)
def test_words_taken_down_by_an_officer_are_judged_as_a_citizens_own(
    house: House, story: str, handling: Handling
) -> None:
    assert house.desk.judged(story).handling is handling


@pytest.mark.parametrize(
    ("story", "field"),
    [
        ("quầy hộ tịch hẹn trả giấy khai sinh ba lần", "Hộ tịch"),
        ("cán bộ địa chính xã cáu gắt với người dân", "Đất đai"),
        ("tôi muốn gửi phản ánh: quầy chứng thực mở cửa muộn", "Chứng thực"),
        ("tôi muốn gửi phản ánh, kiến nghị", ""),
    ],
)
def test_the_field_is_that_of_the_desk_or_paper_and_never_that_of_petitioning(
    house: House, story: str, field: str
) -> None:
    assert house.desk.judged(story).field == field


def test_a_letter_that_came_last_week_has_its_terms_from_last_week(house: House) -> None:
    lan, came = house.staff["lan"], dt.datetime(2026, 11, 9, tzinfo=VIETNAM)
    filing = Filing(Kind.CONDUCT, Channel.PAPER, "cán bộ hẹn trả giấy ba lần", unit="mc")
    today = house.petition(house.office.enter(lan, filing))
    code = house.office.enter(lan, Filing(Kind.CONDUCT, Channel.PAPER, "cán bộ quát tôi", unit="mc", received=came))
    old = house.petition(code)
    assert old.filed_at == today.filed_at
    assert old.accept_by is not None and today.accept_by is not None and old.accept_by < today.accept_by
    assert house.office.dossier(lan, code).events[0].details["received"] == came.isoformat()


def test_the_place_that_an_officer_chooses_decides_the_unit(house: House) -> None:
    filing = Filing(Kind.SUGGESTION, Channel.PHONE, "xin sửa đường", place="xã Bình An")
    petition = house.petition(house.office.enter(house.staff["admin"], filing))
    assert (petition.place, petition.unit) == ("xã Bình An", "xa")


def test_who_called_gets_a_secret_and_a_new_one_voids_the_old(house: House) -> None:
    lan = house.staff["lan"]
    code = house.office.enter(lan, Filing(Kind.CONDUCT, Channel.PHONE, "cán bộ hẹn trả giấy ba lần", unit="mc"))
    assert house.desk.track(code) is None
    first, second = (house.office.new_secret(lan, code) for _ in range(2))
    assert house.desk.track(code, secret=first) is None
    found = house.desk.track(code, secret=second)
    assert found is not None and found.petition.code == code


def test_a_secret_of_letters_alone_opens_its_petition_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.desk.intake.secrets.token_bytes", bytes)
    code = house.office.enter(house.staff["lan"], Filing(Kind.CONDUCT, Channel.PHONE, "cán bộ hẹn ba lần", unit="mc"))
    secret = house.office.new_secret(house.staff["lan"], code)
    assert secret == "AAAA-AAAA"
    assert f"Phiếu {code}" in house.say(f"/tracuu {code} {secret}", who="web:someone").text


def test_nobody_makes_a_secret_for_a_petition_that_its_sender_filed(house: House) -> None:
    with pytest.raises(NotAllowed):
        house.office.new_secret(house.staff["chutich"], house.file())


def test_the_procedure_concerned_can_be_named_and_taken_back(house: House) -> None:
    chair, code = house.staff["chutich"], house.file()
    for key in ("khai_sinh", "khai_sinh", ""):
        house.office.reclassify(chair, code, procedure=key)
    told = [e.details["procedure"] for e in house.office.dossier(chair, code).events if "procedure" in e.details]
    assert told[-2:] == ["khai_sinh", ""]
    assert procedure_of(house.office.dossier(chair, code).events) == ""


def test_a_reopened_petition_does_not_say_that_there_is_no_answer_yet(house: House) -> None:
    chair, code = house.staff["chutich"], house.file()
    house.office.take(chair, code)
    house.office.move(chair, code, State.ANSWERED, "Chào chị, đã nhắc cán bộ.")
    house.say(f"pa:reopen:{code}", "vẫn thế")
    told = house.say(f"xem phiếu {code}").text
    assert "Trả lời lần trước: Chào chị" in told and "đang được xem lại" in told and "Chưa có trả lời" not in told
