from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest

from bot.petitions.likeness import ALIKE, ALIKE_ELSEWHERE, WITHIN, Told, duplicates
from bot.petitions.mentions import mentioned
from bot.petitions.petition import Kind, Urgency
from bot.petitions.triage import INSTEAD, Found, Handling, Reason, marks_secret, tells_crime, triage
from knowledge.reading import read_library

TODAY = dt.date(2026, 11, 21)
CONDUCT = Found(said="phan_anh_hanh_vi", likelihoods={"phan_anh_hanh_vi": 0.9})


@pytest.mark.parametrize(
    ("text", "found", "handling"),
    [
        ("Chị ở quầy tiếp nhận bắt tôi chờ hai tiếng rồi bảo về", CONDUCT, Handling.FILE),
        ("tôi phản ánh việc mương nước trước chợ bị tắc", Found(declared="phan_anh_quy_dinh"), Handling.FILE),
        ("Tôi muốn phản ánh.", Found(declared="phan_anh_quy_dinh"), Handling.ASK),
        ("xã thu phí cao quá", Found("phan_anh_quy_dinh", {"phan_anh_quy_dinh": 0.3, "cau_hoi": 0.2}), Handling.ASK),
        ("Tôi không đồng ý mức bồi thường, xin khiếu nại quyết định", Found(declared="khieu_nai"), Handling.COMPLAINT),
        ("ông ấy bán đất của xã lấy tiền riêng", Found("to_cao", {"to_cao": 0.8}), Handling.DENUNCIATION),
        ("kế toán hợp tác xã lập chứng từ khống lấy tiền của dân", CONDUCT, Handling.DENUNCIATION),
        ("em bị lừa đảo qua mạng mất 20 triệu rồi", CONDUCT, Handling.CRIME),
        ("gửi bạn bản chụp văn bản mật của huyện đội", CONDUCT, Handling.SECRET),
        ("bạn ơi cho mình xin số điện thoại của chị hàng xóm", CONDUCT, Handling.OTHERS_DATA),
        ("kho sau chợ bốc cháy rồi", Found(danger=("chay_no",)), Handling.EMERGENCY),
        ("cảm ơn cô ở quầy số 2 đã chỉ tận tình", Found("cam_on", {"cam_on": 0.9}), Handling.PRAISE),
        ("vay tiền nhanh lãi thấp bấm vào đây", Found("spam", {"spam": 0.9}), Handling.SPAM),
        ("làm khai sinh cho con ở đâu", Found("cau_hoi", {"cau_hoi": 0.9}), Handling.QUESTION),
        ("cái đó làm sao giờ", Found("khong_ro", {"khong_ro": 0.9}), Handling.ASK),
        ("", Found(), Handling.ASK),
    ],
)
def test_what_words_are_decides_whether_they_are_filed(text: str, found: Found, handling: Handling) -> None:
    triaged = triage(text, found, TODAY)
    assert (triaged.handling, triaged.filed) == (handling, handling is Handling.FILE)
    assert triaged.instead == INSTEAD.get(handling, ())
    assert triaged.reasons


def test_lost_papers_are_no_secret_when_typed_without_marks() -> None:
    assert triage("toi lam mat ho so, can bo khong huong dan lai", CONDUCT, TODAY).handling is Handling.FILE


def test_announcing_a_petition_may_mean_either_kind() -> None:
    found = Found(declared="phan_anh_quy_dinh", likelihoods={"phan_anh_hanh_vi": 0.7, "phan_anh_quy_dinh": 0.2})
    assert triage("tôi phản ánh chị tiếp nhận hay cáu gắt", found, TODAY).kind is Kind.CONDUCT
    assert triage("nên bỏ bớt giấy tờ đi", Found("kien_nghi", {"kien_nghi": 0.8}), TODAY).kind is Kind.SUGGESTION
    assert triage("ừ thì cũng vậy thôi mà", Found("khong_ro"), TODAY).kind is Kind.UNCLEAR


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("dây điện đứt nằm giữa đường làng", Reason.DANGER_WORDS),
        ("nap cong bi mat truoc cong truong", Reason.DANGER_WORDS),
        ("đồi sau nhà văn hóa đang sạt lở", Reason.DISASTER_WORDS),
        ("ngày mai là hết hạn mà cổng không nhận hồ sơ", Reason.TERM_SOON),
        ("chỉ còn 2 ngày để nộp mà cán bộ không nhận", Reason.TERM_SOON),
        ("hạn chót 23/11 mà hệ thống vẫn lỗi", Reason.TERM_SOON),
        ("cụ già đang nằm viện, không có thuốc vì thẻ chưa cấp", Reason.PEOPLE_AT_RISK),
    ],
)
def test_danger_disaster_a_near_term_and_people_at_risk_are_urgent(text: str, reason: Reason) -> None:
    triaged = triage(text, CONDUCT, TODAY)
    assert triaged.urgency is Urgency.URGENT
    assert reason in triaged.reasons


@pytest.mark.parametrize(
    "text",
    [
        "hạn chót 23/12 mà hệ thống vẫn lỗi",
        "hạn 20/11 đã qua mà chưa ai trả lời",
        "hạn 31/02 gì lạ vậy",
        "hồ sơ trễ hẹn 12 ngày rồi",
        "hệ thống lỗi suốt tuần trước",
        "trẻ em hay chơi ở sân này, mong lắp thêm đèn",
    ],
)
def test_what_can_wait_is_not_urgent(text: str) -> None:
    assert triage(text, CONDUCT, TODAY).urgency is Urgency.NORMAL


def test_a_term_without_a_year_may_lie_in_the_next_one() -> None:
    assert triage("hạn nộp 02/01 mà cổng lỗi", CONDUCT, dt.date(2026, 12, 31)).urgency is Urgency.URGENT


def test_field_and_unit_that_others_found_are_carried_with_their_reason() -> None:
    found = Found("kien_nghi", {"kien_nghi": 0.9}, field="Đất đai", unit="ubnd-xa")
    triaged = triage("nên cho hẹn giờ nộp hồ sơ đất", found, TODAY)
    assert (triaged.field, triaged.unit) == ("Đất đai", "ubnd-xa")
    assert {Reason.FIELD_FOUND, Reason.UNIT_FOUND} <= set(triaged.reasons)


def test_where_to_go_instead_are_records_that_exist() -> None:
    library = read_library()
    known = {*library.procedures, *library.contacts}
    assert [k for keys in INSTEAD.values() for k in keys if k not in known] == []


# --- about whom ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cán bộ tiếp nhận tên Lan nói trống không", [("cán bộ tiếp nhận tên Lan", "Lan", False)]),
        ("can bo tiep nhan ten la lan noi trong khong", [("can bo tiep nhan ten la lan", "lan", False)]),
        ("Chủ tịch phường không tiếp dân đúng lịch", [("Chủ tịch phường", "", True)]),
        ("phó chủ tịch UBND xã Nà Tu hứa rồi quên", [("phó chủ tịch UBND xã Nà Tu", "", True)]),
        ("Anh Nguyễn Văn Thử ở bộ phận một cửa bỏ quầy", [("Anh Nguyễn Văn Thử", "Nguyễn Văn Thử", False)]),
        ("công an phường bắt đi lại ba lần", [("công an phường", "", False)]),
        (
            "trưởng thôn, ông Nông Văn Mẫu, thu tiền không biên lai",
            [("trưởng thôn, ông Nông Văn Mẫu", "Nông Văn Mẫu", False)],
        ),
        ("cán bộ không biết tên gì hay gắt", [("cán bộ", "", False)]),
        ("đề nghị lãnh đạo xã xem lại việc thu phí", []),
        ("tôi xin gửi chủ tịch phường lời này: đèn hỏng", []),
        ("làm hộ tịch mà phải bảo vệ quyền lợi của mình", []),
        ("đường hỏng, mương tắc", []),
    ],
)
def test_whom_it_is_about_is_told_in_its_own_words(text: str, told: list[tuple[str, str, bool]]) -> None:
    assert [(m.words, m.name, m.lead) for m in mentioned(text)] == told


def test_a_lead_is_told_from_other_officers() -> None:
    assert Reason.NAMES_LEAD in triage("giám đốc trung tâm không cho xem biên bản", CONDUCT, TODAY).reasons
    assert Reason.NAMES_OFFICER in triage("nhân viên một cửa bỏ quầy đi ăn sáng", CONDUCT, TODAY).reasons


# --- who told it before ----------------------------------------------------------------------------------------------

AT = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)


def at_angle(code: str, cosine: float, place: str = "Xã A", days: float = 0) -> Told:
    vector = np.array([cosine, np.sqrt(1 - cosine**2)], dtype=np.float32)
    return Told(code, vector, place, AT - dt.timedelta(days=days))


NEW = at_angle("new", 1.0)


def test_likely_duplicates_come_the_likest_first() -> None:
    others = [at_angle("a", 0.6), at_angle("b", 0.95), at_angle("c", ALIKE - 0.01), at_angle("d", 0.6), NEW]
    assert [(found.code, found.score) for found in duplicates(NEW, others)] == [("b", 0.95), ("a", 0.6), ("d", 0.6)]
    assert [found.code for found in duplicates(NEW, others, limit=1)] == ["b"]


def test_from_elsewhere_only_nearly_the_same_words_count() -> None:
    others = [at_angle("far", 0.7, "Xã B"), at_angle("same", ALIKE_ELSEWHERE + 0.05, "Xã B")]
    assert [found.code for found in duplicates(NEW, others)] == ["same"]
    assert [found.code for found in duplicates(at_angle("new", 1.0, ""), [at_angle("unknown", 0.7, "")])] == []


def test_what_was_told_long_ago_is_another_matter() -> None:
    assert duplicates(NEW, [at_angle("old", 1.0, days=WITHIN.days + 1)]) == ()
    assert duplicates(NEW, []) == ()


def test_two_tellings_of_one_thing_are_told_from_two_things() -> None:
    from index.encoder import open_encoder

    tellings = [
        "đường vào thôn Nà Mẫu có hố to, xe máy ngã suốt, mong xã vá lại",
        "hố sâu giữa đường thôn Nà Mẫu, nhiều người ngã xe, đề nghị xã sửa",
        "cán bộ một cửa nói năng khó nghe với người già",
    ]
    vectors = open_encoder().queries(tellings)
    told = [Told(str(i), v, "Xã A", AT) for i, v in enumerate(vectors)]
    assert [found.code for found in duplicates(told[0], told)] == ["1"]


def test_the_development_messages_are_handled_as_asked(shared: Path) -> None:
    """With the classifier as it is in the product: nine of ten at least."""
    from bot.build import make_judge
    from index.encoder import open_encoder
    from knowledge.vietnamese import expand, normalise
    from knowledge.vietnamese import told as said_in

    language, judge = read_library().language, make_judge(open_encoder())
    names = {Handling.ASK: "khong_ro", Handling.PRAISE: "cam_on", Handling.CRIME: "to_cao"}
    right = total = 0
    for line in (shared / "eval/triage.dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = expand(normalise(row["text"]), language)
        said, _, likelihoods = judge.message_class(text, language)
        danger = tuple(t.key for t in said_in(language.emergencies, text))
        declared = judge.declared(text, language)
        triaged = triage(row["text"], Found(said, likelihoods, declared or "", danger), TODAY)
        got = triaged.kind.value if triaged.filed else names.get(triaged.handling, triaged.handling.value)
        right += got in (row["expected_class"], *row["also_ok"])
        total += 1
    assert right >= 0.9 * total


# --- crimes and secrets that a neighbour tells -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["nhà cuối hẻm bán ma túy", "quán nước tổ chức đánh bạc mỗi tối", "ho cho vay nặng lãi rồi siết nợ dân"]
)
def test_a_crime_near_by_goes_to_the_police(text: str) -> None:
    assert tells_crime(text)
    assert triage(text, Found(said="khong_ro"), TODAY).handling is Handling.CRIME


@pytest.mark.parametrize(
    "text",
    [
        "thủ tục cai nghiện ma túy",
        "đánh bạc bị phạt bao nhiêu",
        "mất điện ở Bạc Liêu",
        "ca đó trực hai người",
        "phòng chống buôn lậu",
    ],
)
def test_asking_about_a_crime_or_a_look_alike_is_none(text: str) -> None:
    assert not tells_crime(text)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Mật: danh sách kho đạn", True),
        ("(TUYỆT MẬT) phương án của đơn vị", True),
        ("kế hoạch phòng thủ của tỉnh đội đây", True),
        ("mật ong bán ở đâu", False),
        ("mật khẩu VNeID: quên rồi", False),
        ("kế hoạch tuyên truyền của xã đội", False),
    ],
)
def test_what_is_handed_in_with_a_stamp_is_kept_out(text: str, secret: bool) -> None:
    assert marks_secret(text) is secret
