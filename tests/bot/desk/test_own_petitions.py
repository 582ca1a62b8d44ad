"""What a citizen can do with own petitions, and with own data, from the own conversation only."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from PIL import Image

from bot.desk.attachments import MOST, Unfit
from bot.dialogue.message import Behavior, Message
from bot.dialogue.session import load
from bot.ledger import NotFound, QueueFilter
from bot.petitions.petition import State
from bot.wording import filing as say
from bot.wording import privacy as say_privacy
from tests.bot.desk.conftest import CITIZEN, STORY, House, code_in, secret_in

OTHER = "web:someone"
EVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


def picture(shade: int = 0) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (shade, 0, 0)).save(out, "PNG")
    return out.getvalue()


def answered(house: House) -> str:
    code = house.file()
    house.office.take(house.staff["chutich"], code)
    house.office.move(house.staff["chutich"], code, State.ANSWERED, "Đã xem.")
    return code


# --- looking it up ---------------------------------------------------------------------------------------------------


def test_a_petition_is_tracked_from_its_own_conversation_or_with_its_secret(house: House) -> None:
    house.say(f"tôi muốn phản ánh: {STORY}", "f:skip", "f:skip", "Lê Thử, 0900 000 222")
    filed = house.say("f:send").text
    code, secret = code_in(filed), secret_in(filed)
    assert "mới" in house.say(f"/tracuu {code[:-2]}").text
    assert say.NOT_FOUND.format(code=code) in house.say(f"/tracuu {code}", who=OTHER).text
    assert "mới" in house.say(f"/tracuu {code} {secret}", who=OTHER).text
    assert "mới" in house.say(f"phiếu {code.lower()} mã riêng {secret.lower()} tới đâu rồi", who=OTHER).text
    assert "không tìm thấy" in house.say(f"/tracuu {code} AAAA-2222", who=OTHER).text
    assert house.desk.track(code) is None
    assert house.desk.track(code, secret=secret) is not None


def test_whoever_tracks_with_a_secret_gets_no_buttons_of_the_owner(house: House) -> None:
    filed = house.say(f"tôi muốn phản ánh: {STORY}", "f:skip", "f:skip", "f:noname", "f:send").text
    code, secret = code_in(filed), secret_in(filed)
    assert not house.say(f"/tracuu {code} {secret}", who=OTHER).options
    assert "không tìm thấy" in house.say(f"pa:withdraw_yes:{code}", who=OTHER).text
    assert house.petition(code).open


def test_the_secret_stands_nowhere_in_the_books(house: House) -> None:
    filed = house.say(f"tôi muốn phản ánh: {STORY}", "f:skip", "f:skip", "f:noname", "f:send").text
    code, secret = code_in(filed), secret_in(filed)
    house.say(f"/tracuu {code} {secret}", who=OTHER)
    with house.store.reading() as tx:
        kept = [*tx.turns(*EVER), tx.session(OTHER), tx.session(CITIZEN), tx.party(code), *tx.papers(code)]
    text = str(kept).upper()
    assert secret not in text and secret.replace("-", "") not in text


def test_own_petitions_are_listed_the_newest_first(house: House) -> None:
    assert say.NONE_OWN in house.say("/tracuu").text
    first = house.file()
    second = house.file(story="đèn đường đầu xóm hỏng cả tháng nay, tối đi lại nguy hiểm")
    text = house.say("/tracuu").text
    assert text.index(second) < text.index(first)
    assert code_in(house.say("1").text) == second
    assert house.say("/tracuu", who=OTHER, door="web").text == say.NONE_OWN
    assert first in house.say("các phản ánh của tôi tới đâu rồi").text


# --- adding, withdrawing, reopening, rating --------------------------------------------------------------------------


def test_a_note_may_be_added_while_it_is_open(house: House) -> None:
    code = house.file()
    assert code in house.say(f"pa:more:{code}").text
    assert say.SUPPLEMENTED.format(code=code) in house.say("hôm nay lại bị hẹn thêm lần nữa").text
    assert house.petition(code).state is State.NEW
    with house.store.reading() as tx:
        assert [p.text for p in tx.papers(code) if p.role == "supplement"] == ["hôm nay lại bị hẹn thêm lần nữa"]


def test_what_was_asked_is_offered_once_and_a_question_is_still_answered(house: House) -> None:
    code = house.file()
    house.office.take(house.staff["chutich"], code)
    house.office.move(house.staff["chutich"], code, State.WAITING, "Ngày nào?")
    assert house.say("đăng ký kết hôn cần giấy tờ gì").behavior is Behavior.ANSWER
    assert code in house.say("hôm ấy là thứ ba tuần trước").text
    assert house.say("f:cancel").text == say.MORE_DROPPED
    assert house.petition(code).state is State.WAITING
    assert code not in house.say("hôm ấy là thứ ba tuần trước").text


def test_a_supplement_is_written_without_numbers_that_nobody_needs(house: House) -> None:
    code = house.file()
    house.say(f"pa:more:{code}", "số căn cước của tôi là 001199012345")
    with house.store.reading() as tx:
        assert "001199012345" not in str(tx.papers(code))


def test_withdrawing_asks_once_more_and_then_is_the_end(house: House) -> None:
    code = house.file()
    asked = house.say(f"tôi muốn rút phiếu {code}")
    assert [o.id for o in asked.options] == [f"pa:withdraw_yes:{code}", f"pa:see:{code}"]
    assert house.petition(code).state is State.NEW
    assert house.say(f"pa:withdraw_yes:{code}").text == say.WITHDRAWN.format(code=code)
    assert house.petition(code).state is State.WITHDRAWN
    assert "không rút được" in house.say(f"pa:withdraw:{code}").text
    assert "không nhận thêm" in house.say(f"pa:more:{code}", "thêm nữa").text


def test_an_answer_can_be_reopened_for_ten_days_only(house: House) -> None:
    code = answered(house)
    house.now.on(days=11)
    assert "10 ngày" in house.say(f"pa:reopen:{code}", "f:skip").text
    assert house.petition(code).state is State.ANSWERED
    house.now.on(days=-2)
    assert "mở lại" in house.say(f"pa:reopen:{code}", "vẫn sai tên").text
    assert house.petition(code).state is State.WORKING
    with house.store.reading() as tx:
        assert [p.text for p in tx.papers(code) if p.role == "reopening"] == ["vẫn sai tên"]


def test_an_answer_is_rated_by_button_or_by_number(house: House) -> None:
    code = answered(house)
    assert "4/5" in house.say("4").text
    assert house.petition(code).rating == 4
    low = house.say(f"pa:rate:{code}:1")
    assert [o.id for o in low.options] == [f"pa:reopen:{code}"]
    assert house.notices(code, "officer")[-1].body.count("rated")


def test_what_is_not_answered_is_not_rated_and_odd_buttons_do_nothing(house: House) -> None:
    code = house.file()
    assert "chưa chấm được" in house.say(f"pa:rate:{code}:5").text
    before = house.petition(code)
    for odd in (f"pa:rate:{code}:9", f"pa:explode:{code}", "pa:more:x", "pa:", "data:", "data:x", f"pa:rate:{code}:"):
        house.say(odd)
    assert house.petition(code) == before


def test_buttons_are_short_enough_for_every_door(house: House) -> None:
    code = answered(house)
    options = [*house.told(code).options, *house.say(f"/tracuu {code}").options, *house.say("/dulieucuatoi").options]
    assert options and all(len(o.id.encode()) <= 64 for o in options)


# --- files -----------------------------------------------------------------------------------------------------------


def test_pictures_sent_while_writing_belong_to_the_petition(house: House) -> None:
    house.say(f"tôi muốn phản ánh: {STORY}")
    kept = house.desk.keep_attachment(CITIZEN, picture(), "chụp.png")
    reply = house.desk.answer(CITIZEN, Message(attachments=(kept.digest,)), "telegram")
    assert "1 tệp" in reply.text and say.QUESTIONS["where"] in reply.text
    assert "1 tệp gửi kèm" in house.say("f:skip", "f:skip", "f:noname").text
    code = code_in(house.say("f:send").text)
    lan, chair = house.staff["lan"], house.staff["chutich"]
    (attachment,) = house.office.dossier(chair, code).attachments
    assert attachment.name == "chụp.png" and house.office.attachment(chair, code, attachment.digest)[:4] == b"\x89PNG"
    with pytest.raises(NotFound):
        house.office.attachment(lan, code, attachment.digest)
    with pytest.raises(NotFound):
        house.office.attachment(chair, code, "0" * 64)


def test_a_picture_without_a_form_opens_one_and_a_place_answers_where(house: House) -> None:
    kept = house.desk.keep_attachment(CITIZEN, picture())
    reply = house.desk.answer(CITIZEN, Message(attachments=(kept.digest,)), "telegram")
    assert say.QUESTIONS["what"] in reply.text
    assert say.QUESTIONS["where"] in house.say("bãi rác đầu ngõ để cả tuần không ai dọn, hôi thối khắp xóm").text
    located = house.desk.answer(CITIZEN, Message(location=(21.02851, 105.80482)), "telegram")
    assert say.QUESTIONS["when"] in located.text
    code = code_in(house.say("f:skip", "f:noname", "f:send").text)
    with house.store.reading() as tx:
        assert {p.role: p.text for p in tx.papers(code)}["location"] == "21.02851,105.80482"
        assert len(tx.attachments(code)) == 1


def test_a_picture_with_a_caption_goes_with_what_the_caption_is(house: House) -> None:
    kept = house.desk.keep_attachment(CITIZEN, picture())
    asked = house.desk.answer(CITIZEN, Message("đăng ký tạm trú cần gì", attachments=(kept.digest,)), "telegram")
    assert asked.behavior is Behavior.ANSWER and say.FILES_ASIDE in asked.text
    with pytest.raises(FileNotFoundError):
        house.uploads.read(kept.digest)
    kept = house.desk.keep_attachment(CITIZEN, picture())
    told = house.desk.answer(CITIZEN, Message(f"tôi muốn phản ánh: {STORY}", attachments=(kept.digest,)), "telegram")
    assert "1 tệp" in told.text and told.behavior is Behavior.PETITION


def test_files_of_a_form_that_is_dropped_are_gone(house: House) -> None:
    house.say(f"tôi muốn phản ánh: {STORY}")
    kept = house.desk.keep_attachment(CITIZEN, picture())
    house.desk.answer(CITIZEN, Message(attachments=(kept.digest,)), "telegram")
    house.say("f:cancel")
    with pytest.raises(FileNotFoundError):
        house.uploads.read(kept.digest)


def test_only_so_many_files_are_taken(house: House) -> None:
    for shade in range(MOST):
        house.desk.keep_attachment(CITIZEN, picture(shade))
    house.desk.keep_attachment(CITIZEN, picture(0))
    with pytest.raises(Unfit, match="too_many"):
        house.desk.keep_attachment(CITIZEN, picture(MOST))


def test_a_picture_answers_what_an_officer_asked(house: House) -> None:
    code = house.file()
    house.office.take(house.staff["chutich"], code)
    assert not house.desk.takes_files(CITIZEN)
    house.office.move(house.staff["chutich"], code, State.WAITING, "Gửi ảnh giấy hẹn giúp chúng tôi.")
    assert house.desk.takes_files(CITIZEN)
    kept = house.desk.keep_attachment(CITIZEN, picture())
    offered = house.desk.answer(CITIZEN, Message(attachments=(kept.digest,)), "telegram")
    assert code in offered.text
    house.say("f:send")
    assert house.petition(code).state is State.WORKING
    assert len(house.office.dossier(house.staff["chutich"], code).attachments) == 1


# --- own data --------------------------------------------------------------------------------------------------------


def test_ones_data_come_as_a_file(house: House) -> None:
    house.say("đăng ký kết hôn cần giấy tờ gì, gọi em 0912345678")
    code = house.file()
    reply = house.say("/dulieucuatoi")
    tree = json.loads(reply.document)
    assert tree["phieu"][0]["ma"] == code and "0900 000 222" in tree["phieu"][0]["lien_he"]
    assert any("kết hôn" in q["cau_hoi"] for q in tree["cau_hoi"]) and "0912345678" not in str(tree["cau_hoi"])
    house.office.note(house.staff["chutich"], code, "việc nội bộ")
    assert "nội bộ" not in house.desk.data_of(CITIZEN)
    assert json.loads(house.desk.data_of(OTHER))["phieu"] == []


def test_erasing_asks_first_withdraws_what_is_open_and_leaves_no_words(house: House) -> None:
    kept = house.desk.keep_attachment(CITIZEN, picture())
    house.say(f"tôi muốn phản ánh: {STORY}")
    house.desk.answer(CITIZEN, Message(attachments=(kept.digest,)), "telegram")
    code = code_in(house.say("xã Bình An", "f:skip", "Lê Thử, 0900 000 222", "f:send").text)
    house.say("đăng ký kết hôn cần giấy tờ gì")
    assert house.say("/xoadulieu").text == say_privacy.ERASE_ASK
    assert house.say("data:keep").text == say_privacy.ERASED_NOT and house.petition(code).open
    house.say("/xoadulieu")
    assert say_privacy.ERASED_WITHDRAWN.format(count=1) in house.say("data:erase").text
    gone = house.petition(code)
    assert gone.state is State.WITHDRAWN and gone.erased
    with house.store.reading() as tx:
        assert all(p.text == "" for p in tx.papers(code)) and tx.party(code) is None
        assert not tx.attachments(code) and not tx.session(CITIZEN) and not tx.turns_of(CITIZEN)
        words = str([*tx.turns(*EVER), *tx.events(code), *tx.notices(code)])
    assert "kết hôn" not in words and "Lê Thử" not in words
    with pytest.raises(FileNotFoundError):
        house.uploads.read(kept.digest)
    assert "không tìm thấy" in house.say(f"/tracuu {code}").text
    assert house.office.queue(house.staff["chutich"], QueueFilter(words="giấy ba lần")).total == 0


def test_counts_and_finished_petitions_stay_when_their_words_go(house: House) -> None:
    code = answered(house)
    before = house.petition(code)
    house.office.publish(house.staff["chutich"], code, "Hẹn trả trễ?", "Đã chấn chỉnh.")
    assert house.desk.published()[1] == 1
    gone = house.desk.erase(CITIZEN)
    assert (gone.petitions, gone.withdrawn) == (1, 0)
    after = house.petition(code)
    assert (after.state, after.answered_at, after.erased) == (before.state, before.answered_at, True)
    assert house.desk.published() == ([], 0)
    with house.store.writing() as tx:
        assert tx.rebuild() == 0


def test_who_wants_no_questions_kept_is_heeded_and_can_change_their_mind(house: House) -> None:
    house.say("/dulieucuatoi", "data:quiet", "đăng ký kết hôn cần giấy tờ gì", "thủ tục xin phép bay drone")
    with house.store.reading() as tx:
        assert all(t.question == t.reply == "" for t in tx.turns_of(CITIZEN)[1:])
        assert not tx.gaps(*EVER)
        assert [(c.what, c.given) for c in tx.consents(CITIZEN)] == [("hoi_dap", False)]
        assert load(tx.session(CITIZEN)).last_question == ""
    house.say("data:unquiet", "đăng ký kết hôn cần giấy tờ gì")
    with house.store.reading() as tx:
        assert "kết hôn" in tx.turns_of(CITIZEN)[-1].question


def test_the_first_reply_on_telegram_says_that_messages_go_abroad_and_no_other_does(house: House) -> None:
    assert say_privacy.CONSENT_TELEGRAM in house.say("/tracuu PA-2026-000001").text
    assert say_privacy.CONSENT_TELEGRAM not in house.say("/tracuu").text
    assert say_privacy.CONSENT_TELEGRAM not in house.say("/start", who=OTHER, door="web").text
    assert say_privacy.CONSENT in house.say("/start").text


def test_filing_records_the_consent_that_the_yes_gave(house: House) -> None:
    shown = house.say(f"tôi muốn phản ánh: {STORY}", "f:skip", "f:skip", "Lê Thử, 0900 000 222").text
    assert "đồng ý" in shown and "/xoadulieu" in shown and "16 tuổi" in shown
    house.say("f:send")
    with house.store.reading() as tx:
        assert [(c.what, c.given) for c in tx.consents(CITIZEN)] == [("phan_anh", True)]


def test_the_words_of_a_petition_are_in_no_question_log(house: House) -> None:
    house.file("xã Bình An", "hôm qua", "f:sealed", "Lê Thử, thôn Hai")
    house.say("tôi muốn tố cáo ông trưởng phòng nhận hối lộ của người dân khi làm sổ đỏ", who=OTHER)
    with house.store.reading() as tx:
        words = str(list(tx.turns(*EVER)))
        remembered = load(tx.session(CITIZEN)).last_question + load(tx.session(OTHER)).last_question
    assert not any(word in words + remembered for word in ("Lê Thử", "thôn Hai", "hối lộ", "lấy thêm giấy"))


def test_in_a_group_nothing_of_ones_own_is_told(house: House) -> None:
    code = house.file()
    for message in (Message(f"/tracuu {code}", public=True), Message("/gopy", public=True)):
        reply = house.desk.answer(CITIZEN, message, "telegram")
        assert reply.text == say.PRIVATELY and not reply.options
    answer = house.desk.answer("telegram:-100", Message("đăng ký kết hôn cần giấy tờ gì", public=True), "telegram")
    assert answer.behavior is Behavior.ANSWER


def test_a_draft_is_in_the_books_and_is_taken_up_again(house: House) -> None:
    house.say(f"tôi muốn phản ánh: {STORY}", "xã Bình An")
    with house.store.reading() as tx:
        draft = load(tx.session(CITIZEN)).draft
    assert draft is not None and draft.where == "xã Bình An" and draft.step == "when"
    paused = house.say("khoan đã", "đăng ký kết hôn có mất tiền không")
    assert paused.behavior is Behavior.ANSWER
    assert say.QUESTIONS["when"] in house.say("/gopy").text
