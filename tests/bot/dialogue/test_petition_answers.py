"""What a citizen answers to the questions of a form: a place, a time, a contact, a yes; each taken for itself."""

from __future__ import annotations

import pytest

from bot.dialogue import filing
from bot.dialogue.filing.stories import is_place, is_time, only_contact, times
from bot.dialogue.message import File, MessageClass

NONE: frozenset[str] = frozenset()
AUTHORITY = "UBND xã Tân Lập"
STORY = "nhân viên trả kết quả nói năng cộc lốc với người già"


def answered(*texts: str, authority: str = AUTHORITY) -> filing.Filed:
    step = filing.begin(MessageClass.CONDUCT, STORY, authority)
    for text in texts:
        assert step.draft is not None
        step = filing.go_on(step.draft, text, NONE, "", authority)
    return step


@pytest.mark.parametrize("text", ["mấy tháng nay", "ba hôm nay", "cả tuần rồi", "10 ngày nay", "suốt hai tuần qua"])
def test_how_long_is_taken_whole(text: str) -> None:
    assert times(f"đường hư {text} không ai sửa") == (text,)
    assert is_time(text)


@pytest.mark.parametrize("text", ["xã Tân Lập", "ở phường An Khê ạ", "o xa tan lap", "thôn 2 xã Tân Lập"])
def test_a_place_alone_is_known_for_one(text: str) -> None:
    assert is_place(text)


@pytest.mark.parametrize(
    "text", ["đường xã hư nặng", "cán bộ xã Tân Lập quát dân", "xã thu tiền mà không đưa biên lai"]
)
def test_a_story_that_names_a_place_is_no_place(text: str) -> None:
    assert not is_place(text)


def test_a_phone_alone_is_a_contact_and_one_in_a_story_is_not() -> None:
    assert only_contact("0900000123") and only_contact("số em là 0900000123 ạ")
    assert not only_contact("gọi 0900000123 không ai bắt máy")


def test_a_bare_place_is_never_the_story() -> None:
    asked = filing.begin(MessageClass.UNCLEAR, "", AUTHORITY)
    assert asked.draft is not None
    again = filing.go_on(asked.draft, "xã Tân Lập", NONE, "", AUTHORITY)
    assert again.draft is not None
    assert (again.draft.text, again.draft.where, again.draft.step) == ("", "xã Tân Lập", "what")
    assert "xã Tân Lập" in again.text
    unsent = filing.go_on(again.draft, "gửi đi", NONE, "", AUTHORITY)
    assert not unsent.intents and unsent.draft is not None and unsent.draft.step == "what"


def test_a_form_filled_in_at_once_needs_more_than_a_place() -> None:
    assert not filing.at_once(MessageClass.CONDUCT, {"what": "xã Tân Lập"}).intents
    opened = filing.begin(MessageClass.RULES, "xã Tân Lập", AUTHORITY)
    assert opened.draft is not None and (opened.draft.text, opened.draft.where) == ("", "xã Tân Lập")


def test_a_time_at_the_question_for_a_contact_is_the_time() -> None:
    step = answered("xã Tân Lập", "bỏ qua", "tuần trước")
    assert step.draft is not None
    assert (step.draft.when, step.draft.contact, step.draft.step) == ("tuần trước", "", "contact")


def test_a_phone_at_another_question_is_the_contact() -> None:
    step = answered("0900000123")
    assert step.draft is not None and (step.draft.contact, step.draft.step) == ("0900000123", "where")


@pytest.mark.parametrize("words", ["gửi đi", "không cần liên hệ", "không cần để lại liên hệ", "khỏi để lại"])
def test_nobody_is_held_at_the_question_for_a_name(words: str) -> None:
    step = answered("xã Tân Lập", "hôm qua", words)
    assert step.draft is not None and (step.draft.step, step.draft.contact) == ("confirm", "")


def test_who_agrees_without_a_name_is_told_how_to_go_on() -> None:
    step = answered("xã Tân Lập", "hôm qua", "đồng ý")
    assert step.draft is not None and step.draft.step == "contact" and "không nêu tên" in step.text


def test_a_hidden_name_does_not_hold_back_the_sending() -> None:
    step = answered("xã Tân Lập", "hôm qua", "giấu tên", "gửi đi", "gửi đi")
    assert [type(i) for i in step.intents] == [File]


def test_a_contact_may_be_taken_back_or_given_at_the_read_back() -> None:
    read_back = answered("xã Tân Lập", "hôm qua", "Lê Văn Tám, 0900000123")
    assert read_back.draft is not None and read_back.draft.step == "confirm"
    without = filing.go_on(read_back.draft, "không cần liên hệ", NONE, "", AUTHORITY)
    assert without.draft is not None and (without.draft.contact, without.draft.step) == ("", "confirm")
    again = filing.go_on(without.draft, "0900000456", NONE, "", AUTHORITY)
    assert again.draft is not None and again.draft.contact == "0900000456"


# --- a story that was heard ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["ừ", "có", "gửi giùm tui đi", "muốn phản ánh", "đồng ý"])
def test_a_yes_to_the_offer_opens_the_form_with_the_story(words: str) -> None:
    offer = filing.hear("đèn đường hỏng cả tuần", AUTHORITY)
    assert offer.draft is not None and offer.draft.step == filing.HEARD and AUTHORITY in offer.text
    step = filing.go_on(offer.draft, words, NONE, "", AUTHORITY)
    assert step.draft is not None and (step.draft.step, step.draft.text) == ("where", "đèn đường hỏng cả tuần")


@pytest.mark.parametrize("words", ["không", "thôi", "hủy đi", "không gửi"])
def test_a_no_to_the_offer_ends_it(words: str) -> None:
    offer = filing.hear("đèn đường hỏng cả tuần", AUTHORITY)
    assert offer.draft is not None
    assert filing.go_on(offer.draft, words, NONE, "", AUTHORITY).draft is None


def test_without_an_authority_the_offer_says_where_officially() -> None:
    assert "pakn.dichvucong.gov.vn" in filing.hear("đèn đường hỏng cả tuần", "").text


@pytest.mark.parametrize("text", ["muốn phản ánh", "em muốn góp ý", "cho tôi gửi phản ánh"])
def test_the_wish_alone_is_an_announcement(text: str) -> None:
    assert filing.announces(text)


@pytest.mark.parametrize("text", ["phản ánh", "phản ánh nộp ở đâu", "tôi muốn phản ánh đèn đường hỏng"])
def test_a_question_or_a_story_is_none(text: str) -> None:
    assert not filing.announces(text)
