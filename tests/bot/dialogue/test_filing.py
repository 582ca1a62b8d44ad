"""A petition, step by step: nothing is lost, nothing filed without a yes, nothing promised without an authority."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import filing
from bot.dialogue.filing import Alike, Filed, begin, go_on, track, wants_away
from bot.dialogue.message import (
    Behavior,
    Discard,
    File,
    LogFeedback,
    MessageClass,
    Reopen,
    Supplement,
    Track,
    Withdraw,
)
from bot.dialogue.session import Draft, Session, dump, load
from bot.dialogue.understanding import read
from bot.wording import filing as say
from knowledge.library import Library

AUTHORITY = "UBND xã Bình An"
STORY = "Cô tiếp nhận ở một cửa bắt em về lấy thêm giấy ba lần, lần nào cũng nói khác"
NONE: frozenset[str] = frozenset()
KINDS = (MessageClass.CONDUCT, MessageClass.RULES, MessageClass.SUGGESTION)


def talk(library: Library, filed: Filed, *turns: str, authority: str = "") -> Filed:
    """Messages in turn; one that begins with "f:" is a pressed button. A draft passes through its written form."""
    for turn in turns:
        assert filed.draft is not None, f"closed before {turn!r}: {filed.text}"
        draft = load(dump(Session(draft=filed.draft))).draft
        assert draft == filed.draft
        pressed = turn.startswith("f:")
        marks = NONE if pressed else read(turn, library).marks
        filed = go_on(draft, "" if pressed else turn, marks, turn if pressed else "", authority)
    return filed


def at_read_back(library: Library, authority: str = "") -> Filed:
    return talk(library, begin(MessageClass.CONDUCT, STORY, authority), "xã Bình An", "tuần trước",
                "Lê Thị Thử, thôn Hai, 0900 000 222", authority=authority)  # fmt: skip


def filed_of(filed: Filed) -> File:
    (intent,) = filed.intents
    assert isinstance(intent, File) and filed.draft is None
    return intent


# --- the whole way ---------------------------------------------------------------------------------------------------


def test_a_petition_is_asked_for_read_back_and_filed_on_a_yes(library: Library) -> None:
    back = at_read_back(library, AUTHORITY)
    assert back.draft and back.draft.step == "confirm" and not back.intents
    for told in (STORY, "xã Bình An", "tuần trước", "Lê Thị Thử", AUTHORITY):
        assert told in back.text
    assert [o.id for o in back.options] == ["f:send", "f:edit", "f:sealed", "f:cancel"]
    done = talk(library, back, "f:send", authority=AUTHORITY)
    assert filed_of(done) == File(
        MessageClass.CONDUCT, STORY, "xã Bình An", "tuần trước", "Lê Thị Thử, thôn Hai, 0900 000 222"
    )
    assert done.behavior is Behavior.PETITION


@pytest.mark.parametrize(
    "yes", ["đúng rồi", "gửi đi", "ok gửi luôn nhé", "dung roi gui di", "vâng ạ", "ừ", "chính xác"]
)
def test_many_ways_of_yes_file_it(library: Library, yes: str) -> None:
    assert filed_of(talk(library, at_read_back(library), yes)).text == STORY


@pytest.mark.parametrize(
    "doubt",
    [
        "chưa gửi vội",
        "chưa được",
        "gửi cho ai?",
        "có ai đọc không",
        "dung gui",
        "đừng gửi",
        "không",
        "sai rồi",
        "có?",
        "…",
    ],
)
def test_a_doubtful_yes_files_nothing(library: Library, doubt: str) -> None:
    assert not talk(library, at_read_back(library), doubt).intents


def test_skipping_everything_but_the_story_still_files_it(library: Library) -> None:
    filed = talk(library, begin(MessageClass.CONDUCT, STORY, ""), "bỏ qua", "không nhớ", "ko", "gửi")
    assert filed_of(filed) == File(MessageClass.CONDUCT, STORY)


def test_a_suggestion_is_not_asked_when_it_happened(library: Library) -> None:
    filed = talk(library, begin(MessageClass.SUGGESTION, "nên có ghế cho người già ngồi chờ", ""), "phường Lá")
    assert filed.draft and filed.draft.step == "contact"
    assert begin(MessageClass.SUGGESTION, "xã nên mở cửa sáng thứ bảy", "").draft == Draft(
        MessageClass.SUGGESTION.value, text="xã nên mở cửa sáng thứ bảy", step="where"
    )


def test_an_announcement_alone_is_asked_what_it_is_about(library: Library) -> None:
    for text in ("tôi muốn phản ánh", "cho em góp ý với phường", "Toi muon kien nghi", "muốn gửi ý kiến ạ"):
        for kind in (MessageClass.UNCLEAR, MessageClass.SUGGESTION):
            filed = begin(kind, text, "")
            assert filed.draft and filed.draft.step == "what" and not filed.draft.text
            assert filed.behavior is Behavior.PETITION
            assert say.QUESTIONS["what"] in filed.text


def test_an_unclear_message_is_kept_and_asked_about_once(library: Library) -> None:
    filed = begin(MessageClass.UNCLEAR, "chán cái xã này ghê luôn", "")
    assert filed.draft and filed.draft.text and filed.behavior is Behavior.CLARIFY
    more = talk(library, filed, "đường trước nhà ngập cả tháng, gọi không ai tới")
    assert more.draft and more.draft.step == "where"
    assert "chán cái xã này" in more.draft.text and "ngập cả tháng" in more.draft.text


def test_the_class_of_the_story_becomes_the_kind_of_an_unclear_draft(library: Library) -> None:
    filed = begin(MessageClass.UNCLEAR, "tôi muốn phản ánh", "")
    assert filed.draft
    told = go_on(filed.draft, STORY, NONE, "", "", said=MessageClass.CONDUCT)
    assert told.draft and told.draft.kind == MessageClass.CONDUCT


def test_a_story_that_turns_out_a_denunciation_is_not_filed(library: Library) -> None:
    filed = begin(MessageClass.UNCLEAR, "tôi muốn phản ánh", "")
    assert filed.draft
    told = go_on(filed.draft, "ông trưởng thôn lấy tiền cứu trợ", NONE, "", "", said=MessageClass.DENUNCIATION)
    assert told.draft is None and told.behavior is Behavior.REDIRECT and not told.intents


# --- what a story holds already --------------------------------------------------------------------------------------


def test_place_time_and_own_contact_in_the_story_are_not_asked_again(library: Library) -> None:
    story = "Hôm qua ở xã Bình An cô tiếp nhận quát mẹ tôi. Tôi tên Thử, sđt 0900 000 333. Mong xã xem lại."
    filed = begin(MessageClass.CONDUCT, story, "")
    assert filed.draft and filed.draft.step == "confirm"
    assert (filed.draft.where, filed.draft.when) == ("xã Bình An", "hôm qua")
    assert "0900 000 333" in filed.draft.contact and "0900" not in filed.draft.text


def test_another_persons_phone_is_not_taken_for_the_citizens_own() -> None:
    filed = begin(MessageClass.CONDUCT, "Gọi số của bà ấy 0900 000 444 không bao giờ nghe máy cả", "")
    assert filed.draft and filed.draft.contact == "" and filed.draft.step == "where"


@pytest.mark.parametrize("story", ["nộp ở công an xã 9 ngày mà im lặng", "ra xã hỏi thì không ai biết gì hết"])
def test_a_place_without_a_name_is_asked_for(story: str) -> None:
    filed = begin(MessageClass.RULES, story, "")
    assert filed.draft and filed.draft.where == "" and filed.draft.step == "where"


def test_a_place_told_with_its_time_fills_both(library: Library) -> None:
    filed = talk(library, begin(MessageClass.RULES, "giấy hẹn trễ mà không ai báo", ""), "phường Lá, chiều thứ 6")
    assert filed.draft and (filed.draft.where, filed.draft.when) == ("phường Lá", "chiều thứ 6")


# --- correcting, leaving, coming back, ending ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("sửa nơi: xã Hòa Lạc", "where", "xã Hòa Lạc"),
        ("sửa lại thời gian là hôm kia", "when", "hôm kia"),
        ("Thời gian: 5/11", "when", "5/11"),
        ("dạ sửa giúp số điện thoại thành 0900 000 555", "contact", "0900 000 555"),
        ("sửa nội dung: cô ấy cáu gắt với mẹ em", "text", "cô ấy cáu gắt với mẹ em"),
    ],
)
def test_one_part_is_corrected_by_words(library: Library, words: str, field: str, value: str) -> None:
    before = at_read_back(library)
    after = talk(library, before, words)
    assert before.draft and after.draft and after.draft.step == "confirm"
    assert getattr(after.draft, field) == value
    others = [f for f in ("text", "where", "when", "contact") if f != field]
    assert all(getattr(after.draft, f) == getattr(before.draft, f) for f in others)


@pytest.mark.parametrize(
    ("button", "field"), [("f:edit:where", "where"), ("f:edit:when", "when"), ("f:edit:text", "text")]
)
def test_one_part_is_corrected_by_buttons(library: Library, button: str, field: str) -> None:
    after = talk(library, at_read_back(library), "f:edit", button, "bên xã Hòa Lạc ngày mùng 2")
    assert after.draft and after.draft.step == "confirm"
    assert getattr(after.draft, field) == "bên xã Hòa Lạc ngày mùng 2"


def test_a_correction_that_is_skipped_keeps_what_was_there(library: Library) -> None:
    after = talk(library, at_read_back(library), "chưa đúng", "cái nơi", "thôi khỏi")
    assert after.draft and (after.draft.step, after.draft.where) == ("confirm", "xã Bình An")


def test_more_words_at_the_read_back_are_added_to_the_story(library: Library) -> None:
    after = talk(library, at_read_back(library), "à cô ấy còn đòi mua bút mới nhận")
    assert after.draft and after.draft.text == f"{STORY}. à cô ấy còn đòi mua bút mới nhận"


@pytest.mark.parametrize(
    "words", ["hủy, không gửi nữa", "huy", "thôi không gửi nữa nhé", "f:cancel", "hủy phiếu giúp em"]
)
def test_it_can_be_ended_at_every_step(library: Library, words: str) -> None:
    for step in ("what", "where", "when", "contact", "confirm", "edit", "fix_when"):
        draft = Draft(MessageClass.CONDUCT.value, text=STORY, step=step)
        ended = talk(library, Filed(draft, "", (), Behavior.PETITION), words)
        assert ended.draft is None and not ended.intents and ended.text == say.CANCELLED


@pytest.mark.parametrize(
    "story",
    ["xe buýt tới trạm mà không dừng lại cho bà già lên", "cán bộ tự hủy hồ sơ của em rồi bắt nộp lại từ đầu",
     "quán đó vẫn tiếp tục hát tới khuya", "anh Huy ở xã không gửi giấy hẹn cho em mấy lần rồi"],
)  # fmt: skip
def test_words_of_the_story_do_not_end_it(library: Library, story: str) -> None:
    told = talk(library, begin(MessageClass.UNCLEAR, "tôi muốn phản ánh", ""), story)
    assert told.draft and told.draft.text == story


def test_a_name_like_huy_is_a_contact_and_no_cancelling(library: Library) -> None:
    draft = Draft(MessageClass.CONDUCT.value, text=STORY, step="contact")
    told = talk(library, Filed(draft, "", (), Behavior.PETITION), "Nguyễn Văn Huy, 0900 000 666")
    assert told.draft and told.draft.contact == "Nguyễn Văn Huy, 0900 000 666"


def test_a_pause_keeps_the_draft_and_going_on_asks_the_same_question(library: Library) -> None:
    asked = begin(MessageClass.CONDUCT, STORY, "")
    paused = talk(library, asked, "khoan đã")
    assert paused.draft and asked.draft and paused.draft == filing.leave(asked.draft)
    back = talk(library, paused, "tiếp tục gửi phản ánh đi")
    assert back.draft == asked.draft
    assert STORY in back.text and say.QUESTIONS["where"] in back.text
    assert talk(library, paused, "f:resume").draft == asked.draft


def test_a_question_of_its_own_leaves_the_draft_and_a_piece_of_the_story_does_not() -> None:
    draft = Draft(MessageClass.CONDUCT.value, text=STORY, step="contact")
    question, conduct = MessageClass.QUESTION, MessageClass.CONDUCT
    assert wants_away(draft, question, 0.6, True, ("le_phi",), "thôi khoan, lệ phí làm hộ chiếu là mấy?", NONE)
    assert wants_away(draft, MessageClass.EMERGENCY, 0.4, False, (), "cháy rồi", NONE)
    assert not wants_away(draft, conduct, 0.9, True, ("thoi_han",), "nộp 9 ngày rồi chưa trả", NONE)
    assert not wants_away(draft, question, 0.9, False, (), "sao phải cho tên?", NONE)
    telling = Draft(MessageClass.UNCLEAR.value, step="what")
    assert not wants_away(telling, question, 0.6, True, ("le_phi",), "thu phí vậy có đúng không?", NONE)
    assert wants_away(telling, question, 0.95, True, ("le_phi",), "phí làm hộ chiếu bao nhiêu", NONE)


def test_a_draft_that_was_left_waits_until_it_is_called_back() -> None:
    left = filing.leave(Draft(MessageClass.CONDUCT.value, text=STORY, step="where"))
    assert wants_away(left, MessageClass.QUESTION, 0.9, False, (), "nộp ở đâu", NONE)
    assert not wants_away(left, MessageClass.UNCLEAR, 0.5, False, (), "tiếp tục đi", frozenset({"tiep_tuc"}))
    assert not wants_away(left, MessageClass.UNCLEAR, 0.5, False, (), "hủy phiếu đi", NONE)


@pytest.mark.parametrize("step", ["where", "when", "contact"])
def test_who_asks_why_is_told_why_and_asked_again(library: Library, step: str) -> None:
    draft = Draft(MessageClass.CONDUCT.value, text=STORY, step=step)
    told = talk(library, Filed(draft, "", (), Behavior.PETITION), "hỏi cái đó làm gì vậy?")
    assert told.draft == draft and say.WHY[step] in told.text


def test_a_button_of_an_earlier_step_only_asks_again(library: Library) -> None:
    asked = begin(MessageClass.CONDUCT, STORY, "")
    for button in ("f:send", "f:edit", "f:edit:when", "f:nonsense"):
        again = talk(library, asked, button)
        assert again.draft == asked.draft and not again.intents


def test_a_button_without_a_draft_opens_a_new_one_or_says_that_none_is_open() -> None:
    opened = filing.without_draft("f:begin", "")
    assert opened.draft and opened.draft.step == "what"
    stale = filing.without_draft("f:send", "")
    assert stale.draft is None and not stale.intents and [o.id for o in stale.options] == ["f:begin"]


# --- names -----------------------------------------------------------------------------------------------------------


def test_an_authority_is_told_with_the_rule_and_both_ways_of_not_being_named(library: Library) -> None:
    asked = talk(library, begin(MessageClass.CONDUCT, STORY, AUTHORITY), "bỏ qua", "bỏ qua", authority=AUTHORITY)
    assert "20/2008/NĐ-CP" in asked.text and "Giấu tên:" in asked.text and "Không nêu tên:" in asked.text
    assert [o.id for o in asked.options] == ["f:sealed", "f:noname", "f:cancel"]


def test_a_sealed_name_is_asked_for_and_marked(library: Library) -> None:
    sealed = talk(library, begin(MessageClass.CONDUCT, STORY, AUTHORITY), "f:skip", "f:skip", "f:sealed",
                  "Lê Thử, thôn Hai", "gửi", authority=AUTHORITY)  # fmt: skip
    intent = filed_of(sealed)
    assert (intent.anonymous, intent.contact) == (filing.SEALED, "Lê Thử, thôn Hai")


@pytest.mark.parametrize("words", ["f:noname", "em không muốn nêu tên", "ẩn danh nhé"])
def test_no_name_keeps_no_contact(library: Library, words: str) -> None:
    draft = Draft(MessageClass.CONDUCT.value, text=STORY, contact="Lê Thử 0900 000 777", step="confirm")
    back = talk(library, Filed(draft, "", (), Behavior.PETITION), words, authority=AUTHORITY)
    intent = filed_of(talk(library, back, "f:send", authority=AUTHORITY))
    assert (intent.anonymous, intent.contact) == (filing.NAMELESS, "")


def test_a_wish_for_secrecy_in_the_story_is_heard() -> None:
    filed = begin(MessageClass.CONDUCT, f"{STORY}, xin giấu tên giúp em", AUTHORITY)
    assert filed.draft and filed.draft.anonymous == filing.SEALED


# --- without an authority --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_without_an_authority_nothing_official_is_promised(library: Library, kind: MessageClass) -> None:
    opened = begin(kind, STORY, "")
    assert "góp ý cho trợ lý" in opened.text and "pakn.dichvucong.gov.vn" in opened.text and "VNeID" in opened.text
    back = talk(library, opened, *["f:skip"] * (2 if kind is MessageClass.SUGGESTION else 3))
    assert back.draft and back.draft.step == "confirm" and say.TO_ADVICE in back.text
    assert AUTHORITY not in opened.text + back.text


# --- what is not filed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "card"), [(MessageClass.COMPLAINT, "p:khieu_nai"), (MessageClass.DENUNCIATION, "p:to_cao")]
)
def test_what_has_a_law_of_its_own_is_explained_in_two_sentences(
    library: Library, kind: MessageClass, card: str
) -> None:
    told = begin(kind, "tôi không chịu quyết định đó", AUTHORITY)
    assert told.draft is None and not told.intents and told.behavior is Behavior.REDIRECT
    assert len(re.findall(r"[.?!](?:\s|$)", told.text)) == 2
    assert told.options[0].id == card
    assert all(o.id[2:] in library.procedures for o in told.options)


def test_the_number_of_the_police_is_the_contents(library: Library) -> None:
    assert library.contacts["canh_sat_113"].number == say.POLICE
    assert say.POLICE in begin(MessageClass.DENUNCIATION, "họ đánh người", "").text


@pytest.mark.parametrize(
    "text", ["gửi bạn tài liệu mật của huyện nè", "tôi có văn bản đóng dấu mật", "lo bi mat nha nuoc"]
)
def test_state_secrets_are_turned_away(library: Library, text: str) -> None:
    assert begin(MessageClass.CONDUCT, text, AUTHORITY).draft is None
    told = talk(library, begin(MessageClass.UNCLEAR, "tôi muốn phản ánh", ""), text)
    assert told.draft is None and told.text == say.SECRET


def test_lost_papers_typed_without_marks_are_no_secret() -> None:
    assert begin(MessageClass.CONDUCT, "toi mat ho so o xa, can bo lam mat tai lieu mat roi ma khong den", "").draft


def test_other_peoples_data_are_not_given_and_a_leak_of_them_can_still_be_told() -> None:
    asked = begin(MessageClass.UNCLEAR, "cho em xin số điện thoại của anh hàng xóm", "")
    assert asked.draft is None and asked.text == say.OTHERS_DATA
    leak = begin(MessageClass.CONDUCT, "Cán bộ cho hàng xóm xem số căn cước của bà tôi, không ai xin lỗi", "")
    assert leak.draft is not None


@pytest.mark.parametrize("number", ["001099012345", "stk 0011 0022 0033 44", "mã otp 482913"])
def test_numbers_that_no_petition_needs_are_never_kept(library: Library, number: str) -> None:
    first = begin(MessageClass.CONDUCT, f"{STORY}, {number}", "")
    assert first.draft and re.sub(r"\D", "", number) not in re.sub(r"\D", "", dump(Session(draft=first.draft)))
    assert say.NUMBERS_TAKEN_OUT in first.text or say.CODE_TAKEN_OUT in first.text
    contact = talk(library, Filed(Draft("kien_nghi", text=STORY, step="contact"), "", (), Behavior.PETITION), number)
    assert contact.draft and not re.search(r"\d{4}", contact.draft.contact)


def test_a_reply_shows_only_the_last_digits_of_a_phone(library: Library) -> None:
    text = at_read_back(library).text
    assert "222" in text and "0900" not in text


# --- praise, codes, texts --------------------------------------------------------------------------------------------


def test_praise_of_an_officer_is_feedback_and_thanks_to_the_bot_are_not() -> None:
    praised = begin(MessageClass.THANKS, "Cảm ơn cô hộ tịch đã chỉ tận tình, 0900 000 888", "")
    assert praised.intents == (
        LogFeedback(True, words="Cảm ơn cô hộ tịch đã chỉ tận tình, [điện thoại]", kind="praise"),
    )
    assert praised.draft is None
    assert begin(MessageClass.THANKS, "cảm ơn nhiều nha", "").intents == ()


def test_a_code_is_tracked_and_no_state_is_made_up() -> None:
    asked = track("pa-2026-000777")
    assert asked.intents == (Track("PA-2026-000777"),) and asked.behavior is Behavior.PETITION
    assert "không tìm thấy" in asked.text and "PA-2026-000777" in asked.text
    assert not re.search(r"đang xử lý|đã trả lời|tiếp nhận", asked.text)
    assert track("<b>x</b>").text == say.ASK_CODE


def test_every_sentence_is_short_and_asks_for_no_secret() -> None:
    sentences = [v for v in vars(say).values() if isinstance(v, str)] + [*say.QUESTIONS.values(), *say.WHY.values()]
    for sentence in sentences[1:]:
        assert len(sentence) <= 420
        assert not re.search(r"(?:cho|gửi|nhập|đọc) \w+ (?:mã xác thực|mật khẩu|otp)", sentence.lower())
    assert "{code}" in say.FILED
    assert all(len(i.encode()) <= 64 and len(label) <= 24 for i, label in say.BUTTONS.items())


def test_a_very_long_story_is_cut_and_said_so(library: Library) -> None:
    filed = begin(MessageClass.CONDUCT, "cán bộ hẹn lần lữa mãi " * 400, "")
    assert filed.draft and len(filed.draft.text) <= filing.LONGEST and say.CUT in filed.text
    assert len(talk(library, filed, "f:skip", "f:skip", "f:skip").text) <= 1200


@given(st.lists(st.one_of(st.text(max_size=40), st.sampled_from([*say.BUTTONS, "sửa", "gửi", "thôi"])), max_size=8))
def test_whatever_is_typed_only_a_read_back_draft_is_ever_filed(turns: list[str]) -> None:
    filed = begin(MessageClass.CONDUCT, STORY, "")
    for turn in turns:
        if filed.draft is None:
            break
        before = filed.draft
        chosen = turn if turn in say.BUTTONS else ""
        filed = go_on(before, "" if chosen else turn, NONE, chosen, "")
        assert load(dump(Session(draft=filed.draft))).draft == filed.draft
        assert filed.text and len(filed.text) <= 2000
        assert not filed.intents or before.step == "confirm"


def test_where_the_story_is_told_only_words_in_the_form_of_a_question_leave() -> None:
    telling = Draft(MessageClass.UNCLEAR.value, step="what")
    story = "một cửa hẹn trả giấy khai sinh ba lần không trả, tôi phải nghỉ làm"
    assert not wants_away(telling, MessageClass.QUESTION, 0.95, True, ("thoi_han",), story, NONE)
    asked = "cho em hỏi cấp lại giấy khai sinh thì mất bao lâu vậy ạ"
    assert wants_away(telling, MessageClass.QUESTION, 0.95, True, ("thoi_han",), asked, NONE)


# --- following a petition --------------------------------------------------------------------------------------------

CODE = "PA-2026-000001-H"


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        (f"phiếu {CODE} tới đâu rồi", Track(CODE)),
        (f"{CODE} K7M2-P9XD", Track(CODE, "K7M2P9XD")),
        (f"/tracuu {CODE} k7m2 p9xd", Track(CODE, "K7M2P9XD")),
        (f"tôi muốn rút phiếu {CODE}", Withdraw(CODE)),
    ],
)
def test_a_code_comes_with_a_secret_or_a_wish(said: str, intent: object) -> None:
    assert track(CODE, said).intents == (intent,)


def test_a_supplement_is_sent_as_written_and_a_message_that_was_offered_after_a_yes(library: Library) -> None:
    form = filing.pressed(f"more:{CODE}", None)
    assert talk(library, form, "hôm nay vẫn chưa trả").intents == (Supplement(CODE, "hôm nay vẫn chưa trả"),)
    offered = filing.offer(CODE, "hôm nay vẫn chưa trả")
    assert not offered.intents and talk(library, offered, "ừ").intents == (Supplement(CODE, "hôm nay vẫn chưa trả"),)
    assert talk(library, offered, "không").draft is None and not talk(library, offered, "không").intents


@pytest.mark.parametrize("words", ["f:skip", "vẫn sai tên cháu", "chưa đúng"])
def test_a_reopening_needs_no_reason_and_takes_any(library: Library, words: str) -> None:
    (intent,) = talk(library, filing.pressed(f"reopen:{CODE}", None), words).intents
    assert intent == Reopen(CODE, "" if words.startswith("f:") else words)


def test_an_open_petition_is_not_lost_for_a_supplement() -> None:
    draft = Draft(MessageClass.CONDUCT.value, text=STORY, step="where")
    for wish in (f"more:{CODE}", f"reopen:{CODE}", f"see:{CODE}", f"rate:{CODE}:3", "list", "nonsense"):
        assert filing.pressed(wish, draft).draft == draft


def test_files_and_a_place_come_at_any_step_and_stay_when_others_are_corrected(library: Library) -> None:
    asked = begin(MessageClass.CONDUCT, STORY, "")
    with_files = filing.given(asked.draft, ("a" * 64, "b" * 64), None, "", "")
    assert with_files.draft and with_files.draft.step == "where" and "2 tệp" in with_files.text
    located = filing.given(with_files.draft, (), (21.0285, 105.8542), "", "")
    assert located.draft and located.draft.step == "when" and located.draft.location == "21.02850,105.85420"
    back = talk(library, located, "f:skip", "f:skip", "sửa nơi: xã Hòa Lạc")
    assert "2 tệp gửi kèm" in back.text and say.LOCATION in back.text
    intent = filed_of(talk(library, back, "f:send"))
    assert intent.attachments == ("a" * 64, "b" * 64) and intent.location


def test_a_form_that_is_dropped_drops_its_files(library: Library) -> None:
    opened = filing.given(None, ("a" * 64,), None, "", "")
    assert talk(library, opened, "f:cancel").intents == (Discard(),)


@pytest.mark.parametrize(("answer", "into"), [("f:join", CODE), ("có", CODE), ("f:alone", ""), ("không", "")])
def test_one_more_voice_is_the_citizens_choice(library: Library, answer: str, into: str) -> None:
    back = at_read_back(library)
    assert back.draft
    assert filing.compare(back.draft, None, "") is None
    offered = filing.compare(back.draft, Alike(CODE, 3, "20/11/2026"), "")
    assert offered and "đã có 3 người phản ánh" in offered.text
    assert filed_of(talk(library, offered, answer, "f:send")).into == into


def test_a_crime_is_for_the_police_unless_the_citizen_wants_to_speak_of_its_handling() -> None:
    told = begin(MessageClass.CONDUCT, "nhà tôi bị trộm lấy mất xe máy đêm qua ở đầu ngõ", "")
    assert told.draft is None and say.POLICE in told.text and "f:begin" in [o.id for o in told.options]
    assert begin(MessageClass.CONDUCT, "tôi phản ánh nhà bị trộm mà báo mãi không ai xuống xem", "").draft is not None
