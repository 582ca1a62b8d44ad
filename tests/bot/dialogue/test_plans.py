"""Answers on the plans, through answer_on_plans. The questions are this test's own."""

from __future__ import annotations

import time

import pytest

from bot.dialogue.message import Behavior
from bot.dialogue.plans import LONGEST, PlanReply, about_plans, answer_on_plans
from bot.dialogue.understanding import read
from knowledge.library import Library

CAN_THO, CAO_BANG, VINH_LINH = "can_tho_2014", "cao_bang_2014", "vinh_linh_2024"
TUYEN_QUANG, BAC_GIANG = "tuyen_quang_2021", "bac_giang_khcn_2014"

ANSWERED = [
    (
        "Ai chủ trì việc dựng tiểu phẩm kịch vui ở Cần Thơ năm 2014 và phải có bao nhiêu tiểu phẩm?",
        CAN_THO,
        ["Sở Văn hóa, Thể thao và Du lịch", "03 tiểu phẩm", "IV.8"],
    ),
    ("diễn đàn trên báo cần thơ 2014 mấy lần 1 tuần vậy bạn", CAN_THO, ["hằng tuần", "IV.2"]),
    (
        "kh cần thơ 2014: ubnd cấp huyện đối thoại vs người dân từ tháng mấy tới tháng mấy",
        CAN_THO,
        ["06/2014", "07/2014"],
    ),
    ("tiền nước uống cho thí sinh dự khảo sát CCHC ở Cần Thơ 2014 ai chi", CAN_THO, ["UBND quận, huyện"]),
    ("quyết định 883 trong kế hoạch tuyên truyền Cần Thơ nói về gì", CAN_THO, ["883/QĐ-UBND", "người đứng đầu"]),
    ("mục IV.12 kế hoạch tuyên truyền CCHC cần thơ 2014 nói gì?", CAN_THO, ["góp ý"]),
    ("dai truyen thanh quan huyen o can tho tuyen truyen cchc bao lau mot lan", CAN_THO, ["hằng tuần", "IV.6"]),
    ("Hội thi CCHC Cần Thơ 2014 dành cho ai?", CAN_THO, ["công chức văn phòng"]),
    ("KH 127/KH-UBND do ai ký, chức vụ gì", CAN_THO, ["Lê Hùng Dũng", "Phó Chủ tịch"]),
    ("Sở Tài chính Cao Bằng làm gì trong kế hoạch tuyên truyền CCHC 2014?", CAO_BANG, ["kinh phí", "IV.6"]),
    (
        "cao bằng 2014 chuyên trang chuyên mục hằng tuần về cchc do sở nào chủ trì, phối hợp với ai",
        CAO_BANG,
        ["Sở Thông tin và Truyền thông", "Báo Cao Bằng", "hằng tuần"],
    ),
    ("Quyết định 740 của Cao Bằng ban hành ngày mấy, về việc gì?", CAO_BANG, ["14/06/2012", "2011-2015"]),
    (
        "Báo Cao Bằng phải làm những việc gì theo KH tuyên truyền CCHC 2014?",
        CAO_BANG,
        ["chuyên trang, chuyên mục", "tin, bài"],
    ),
    ("Sở Nội vụ Cao Bằng báo cáo UBND tỉnh mấy lần trong năm?", CAO_BANG, ["6 tháng và cuối năm"]),
    ("tuyên quang 2021 mặt trận tổ quốc vận động người dân làm gì", TUYEN_QUANG, ["dịch vụ công trực tuyến"]),
    ("Đài PTTH tỉnh Tuyên Quang đc giao gì trong KH tuyên truyền cchc 2021", TUYEN_QUANG, ["chuyên đề", "III.1.6"]),
    (
        "Ai ký kế hoạch 15/KH-UBND của Tuyên Quang, ký ngày nào?",
        TUYEN_QUANG,
        ["Hoàng Việt Phương", "15/KH-UBND", "26/01/2021"],
    ),
    ("Kinh phí tuyên truyền CCHC Tuyên Quang 2021 lấy từ nguồn nào?", TUYEN_QUANG, ["Ngân sách nhà nước"]),
    (
        "ở Vĩnh Linh khó khăn khi thực hiện kế hoạch tuyên truyền thì phản ánh bằng hình thức nào, về đâu?",
        VINH_LINH,
        ["bằng văn bản", "Phòng Nội vụ"],
    ),
    ("Phụ lục 5 kế hoạch Vĩnh Linh 2024 là việc gì, ai làm?", VINH_LINH, ["chuyên mục", "Trung tâm Văn hóa"]),
    (
        "lồng ghép tuyên truyền cchc vào lớp bồi dưỡng nghiệp vụ ở vĩnh linh xong trước ngày mấy",
        VINH_LINH,
        ["15/12/2024"],
    ),
    ("Vĩnh Linh 2024 có dùng mạng xã hội để tuyên truyền không?", VINH_LINH, ["mạng xã hội"]),
    (
        "Văn phòng Sở KHCN Bắc Giang báo cáo kết quả cho ai?",
        BAC_GIANG,
        ["Chủ tịch UBND tỉnh", "Sở Thông tin và Truyền thông"],
    ),
    ("sở khcn bắc giang tuyên truyền cchc bằng những hình thức nào", BAC_GIANG, ["Báo Bắc Giang", "pano"]),
]

NOT_STATED = [
    ("ngày mấy tháng 9 tổ chức hội thi tìm hiểu CCHC Cần Thơ 2014?", CAN_THO, ["ngày cụ thể", "tháng 09 năm 2014"]),
    ("Hội thi CCHC Cần Thơ 2014 giải nhất bao nhiêu tiền?", CAN_THO, ["số tiền"]),
    ("Tiểu phẩm kịch vui ở Cần Thơ 2014 diễn vào thời gian nào?", CAN_THO, ["thời gian"]),
    ("Kế hoạch Cần Thơ 2014 có nhắc tới mạng xã hội facebook không?", CAN_THO, []),
    ("kế hoạch tuyên truyền cchc cao bằng 2014 số bao nhiêu ban hành ngày nào", CAO_BANG, ["không ghi số"]),
    ("Cao Bằng năm 2014 có cuộc thi tìm hiểu cải cách hành chính không?", CAO_BANG, []),
    ("Sở nào chủ trì chương trình cà phê doanh nhân ở Tuyên Quang?", TUYEN_QUANG, ["cơ quan nào chủ trì"]),
    ("kế hoạch tuyên truyền tuyên quang 2021 căn cứ vào văn bản nào", TUYEN_QUANG, ["văn bản căn cứ"]),
    ("Mấy giờ phát sóng chuyên mục CCHC trên đài Tuyên Quang 2021?", TUYEN_QUANG, []),
    ("kinh phí tuyên truyền cchc của Vĩnh Linh 2024 bao nhiêu triệu", VINH_LINH, ["số tiền"]),
    ("Sở KH&CN Bắc Giang 2014 phải báo cáo kết quả tuyên truyền trước ngày nào", BAC_GIANG, ["không nêu ngày"]),
    ("kế hoạch tuyên truyền CCHC Cần Thơ năm 2020 ai ký", CAN_THO, ["2020"]),
]


def answered(library: Library, text: str, current: tuple[str, ...] = (), before: str = "") -> PlanReply:
    return answer_on_plans(read(text, library), library, None, current, before)


@pytest.mark.parametrize(("text", "plan", "facts"), ANSWERED)
def test_a_question_on_a_plan_gets_its_fact_from_that_plan(
    library: Library, text: str, plan: str, facts: list[str]
) -> None:
    reply = answered(library, text)
    assert (reply.behavior, reply.plans) == (Behavior.ANSWER, (plan,)), reply.text
    assert all(fact.lower() in reply.text.lower() for fact in facts), reply.text
    assert about_plans(read(text, library), library)


@pytest.mark.parametrize(("text", "plan", "facts"), NOT_STATED)
def test_what_a_plan_does_not_say_is_said_to_be_unsaid(
    library: Library, text: str, plan: str, facts: list[str]
) -> None:
    reply = answered(library, text)
    assert (reply.behavior, reply.plans) == (Behavior.NOT_STATED, (plan,)), reply.text
    assert all(fact in reply.text for fact in facts), reply.text


@pytest.mark.parametrize(
    ("text", "plans", "facts"),
    [
        (
            "pano áp phích ở Cần Thơ 2014 và Cao Bằng 2014 ai chủ trì",
            {CAN_THO, CAO_BANG},
            ["Sở Văn hóa, Thể thao và Du lịch", "không nêu"],
        ),
        (
            "Cần Thơ và Vĩnh Linh, kế hoạch nào ký trước, ai ký?",
            {CAN_THO, VINH_LINH},
            ["Lê Hùng Dũng", "Thái Văn Thành"],
        ),
        (
            "Kinh phí Bắc Giang và Tuyên Quang khác nhau thế nào trong kế hoạch tuyên truyền CCHC",
            {BAC_GIANG, TUYEN_QUANG},
            ["không nêu", "Ngân sách nhà nước"],
        ),
    ],
)
def test_two_plans_are_compared_side_by_side(library: Library, text: str, plans: set[str], facts: list[str]) -> None:
    reply = answered(library, text)
    assert reply.behavior is Behavior.ANSWER and set(reply.plans) == plans
    assert all(fact in reply.text for fact in facts), reply.text


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        (
            "đối tượng của kế hoạch tuyên truyền cchc gồm những ai",
            {CAN_THO, CAO_BANG, VINH_LINH, TUYEN_QUANG, BAC_GIANG},
        ),
        ("kế hoạch tuyên truyền CCHC 2014 đối thoại với doanh nghiệp ai chủ trì", {CAN_THO, CAO_BANG}),
    ],
)
def test_without_place_and_year_the_plans_that_speak_of_it_are_offered(
    library: Library, text: str, plans: set[str]
) -> None:
    reply = answered(library, text)
    assert reply.behavior is Behavior.CLARIFY and set(reply.plans) == plans
    assert {o.id for o in reply.options} == {f"plan:{key}" for key in plans}
    for option in reply.options:
        assert str(library.plans[option.id.removeprefix("plan:")].year) in option.label and option.label in reply.text


def test_a_subject_of_one_plan_alone_needs_no_place(library: Library) -> None:
    reply = answered(library, "niêm yết thủ tục ở nhà thông tin ấp theo kế hoạch tuyên truyền CCHC ai chủ trì")
    assert reply.behavior is Behavior.ANSWER and reply.plans == (CAN_THO,) and "Sở Nội vụ" in reply.text


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        (
            "bạn có những kế hoạch tuyên truyền cải cách hành chính nào",
            {CAN_THO, CAO_BANG, VINH_LINH, TUYEN_QUANG, BAC_GIANG},
        ),
        ("có kế hoạch tuyên truyền cchc nào năm 2021 không", {TUYEN_QUANG}),
        ("huyện nào có kế hoạch tuyên truyền cải cách hành chính trong kho", {VINH_LINH}),
        ("kế hoạch nào nhắc tới ISO 9001:2008?", {BAC_GIANG}),
    ],
)
def test_plans_are_listed_by_year_by_issuer_and_by_what_they_say(library: Library, text: str, plans: set[str]) -> None:
    reply = answered(library, text)
    assert reply.behavior is Behavior.ANSWER and set(reply.plans) == plans, reply.text


@pytest.mark.parametrize(
    ("text", "current", "before", "plan", "fact"),
    [
        ("còn ai phối hợp?", CAN_THO, "pano áp phích CCHC Cần Thơ 2014 ai chủ trì", CAN_THO, "Sở Nội vụ; UBND quận"),
        ("bao lâu một lần?", CAN_THO, "đối thoại doanh nghiệp ở Cần Thơ 2014 sở nào chủ trì", CAN_THO, "mỗi quý"),
        ("thế ai ký?", VINH_LINH, "cuộc thi tìm hiểu CCHC Vĩnh Linh khi nào", VINH_LINH, "Thái Văn Thành"),
        ("thế còn Cao Bằng?", VINH_LINH, "báo cáo tuyên truyền CCHC Vĩnh Linh trước ngày nào", CAO_BANG, "15/12"),
        ("kinh phí lấy đâu", TUYEN_QUANG, "", TUYEN_QUANG, "Ngân sách nhà nước"),
        ("căn cứ vào đâu", TUYEN_QUANG, "kinh phí kế hoạch tuyên quang", TUYEN_QUANG, "không nêu văn bản căn cứ"),
        ("số mấy vậy", VINH_LINH, "kế hoạch nào nói về đường dây nóng", VINH_LINH, "không nêu số điện thoại"),
    ],
)
def test_a_follow_up_keeps_the_plan_and_what_was_asked(
    library: Library, text: str, current: str, before: str, plan: str, fact: str
) -> None:
    reply = answered(library, text, (current,), before)
    assert reply.plans == (plan,) and fact in reply.text, reply.text


@pytest.mark.parametrize(
    ("text", "plan", "facts"),
    [
        ("kế hoạch Vĩnh Linh ai chủ trì", VINH_LINH, ["Phòng Nội vụ: chủ trì", "III.2", "Phòng Văn hóa và thông tin"]),
        ("ke hoach can tho 2014 ai chu tri", CAN_THO, ["Sở Nội vụ: tổ chức triển khai", "V.4"]),
        ("kế hoạch tỉnh Tuyên Quang 2021 ai chủ trì", TUYEN_QUANG, ["Sở Nội vụ: hướng dẫn, theo dõi", "III.1.2"]),
        ("kế hoạch tuyên truyền sở khcn bắc giang ai phụ trách", BAC_GIANG, ["Văn phòng Sở: theo dõi", "IV.2"]),
        ("cơ quan thường trực của kế hoạch Cao Bằng là ai", CAO_BANG, ["Sở Nội vụ: là cơ quan thường trực"]),
        ("kế hoạch Cao Bằng phối hợp với những ai", CAO_BANG, ["Báo Cao Bằng", "Sở Tư pháp"]),
        ("kế hoạch Vĩnh Linh có những mốc thời gian nào", VINH_LINH, ["20/11/2024", "25/11/2024", "15/12/2024"]),
        ("kế hoạch tuyên quang thực hiện đến bao giờ", TUYEN_QUANG, ["31/12/2021", "không nêu thời hạn riêng"]),
        ("kế hoạch cần thơ phải có những sản phẩm gì", CAN_THO, ["ít nhất 03 tiểu phẩm", "pano, áp phích"]),
        ("ke hoach can tho viec nao lam dinh ky", CAN_THO, ["mỗi tháng hai kỳ", "hằng tuần", "mỗi quý một lần"]),
        ("cho em xin danh sách các nhiệm vụ của kế hoạch Bắc Giang", BAC_GIANG, ["Phối hợp chặt chẽ", "III.1"]),
        ("kế hoạch cần thơ được gửi đến những nơi nào", CAN_THO, ["Bộ Nội vụ"]),
        ("cơ sở pháp lý của kế hoạch vĩnh linh", VINH_LINH, ["250/KH-UBND", "11/KH-UBND"]),
        ("kế hoạch Vĩnh Linh tuyên truyền về những gì", VINH_LINH, ["cải cách các mặt"]),
        ("trường chính trị được giao gì trong kế hoạch cao bằng", CAO_BANG, ["Trường Chính trị Hoàng Đình Giong"]),
        ("ubnd xã phải làm gì theo kế hoạch Vĩnh Linh", VINH_LINH, ["UBND các xã, thị trấn làm"]),
    ],
)
def test_a_question_that_names_no_task_gets_all_of_them_in_short(
    library: Library, text: str, plan: str, facts: list[str]
) -> None:
    reply = answered(library, text)
    assert (reply.behavior, reply.plans) == (Behavior.ANSWER, (plan,)), reply.text
    assert all(fact in reply.text for fact in facts), reply.text
    assert about_plans(read(text, library), library)


@pytest.mark.parametrize(
    ("text", "plan", "unsaid"),
    [
        ("ai là đầu mối của kế hoạch Vĩnh Linh", VINH_LINH, "nơi nào là đầu mối hay cơ quan thường trực"),
        ("hạn cuối từng việc trong kế hoạch Bắc Giang", BAC_GIANG, "thời hạn riêng của từng việc"),
        ("kế hoạch cần thơ báo cáo mấy lần một năm", CAN_THO, "bao lâu một lần"),
        ("ubnd xã phải làm gì theo kế hoạch cần thơ", CAN_THO, "việc giao cho nơi bạn hỏi"),
        ("kế hoạch cần thơ có thưởng phạt ai không", CAN_THO, "điều bạn hỏi"),
        ("kế hoạch vĩnh linh đối thoại với doanh nghiệp do ai làm", VINH_LINH, ""),
        ("theo kế hoạch cao bằng dân muốn hỏi thì gọi số nào", CAO_BANG, "số điện thoại"),
    ],
)
def test_no_task_of_another_body_or_subject_stands_in_for_what_is_unsaid(
    library: Library, text: str, plan: str, unsaid: str
) -> None:
    reply = answered(library, text)
    assert (reply.behavior, reply.plans) == (Behavior.NOT_STATED, (plan,)), reply.text
    assert f"không nêu {unsaid}" in reply.text, reply.text


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("kế hoạch nào nói về đường dây nóng", {VINH_LINH}),
        ("ke hoach nao noi ve duong day nong", {VINH_LINH}),
        ("kế hoạch nào yêu cầu báo cáo quý", {TUYEN_QUANG}),
        ("kế hoạch nào có thi tuyển lãnh đạo", {TUYEN_QUANG}),
        ("những kế hoạch nào có đối thoại với doanh nghiệp", {CAN_THO, CAO_BANG, TUYEN_QUANG}),
        ("kế hoạch nào mới nhất", {VINH_LINH}),
    ],
)
def test_which_plan_speaks_of_a_subject_is_told(library: Library, text: str, plans: set[str]) -> None:
    reply = answered(library, text)
    assert reply.behavior is Behavior.ANSWER and set(reply.plans) == plans, reply.text


@pytest.mark.parametrize("text", ["kế hoạch nào giao cho đoàn thanh niên", "kế hoạch nào nhắc tới facebook"])
def test_a_subject_of_no_plan_is_told_so(library: Library, text: str) -> None:
    assert answered(library, text).behavior is Behavior.NOT_STATED


def test_what_officers_are_written_to_be_told_names_their_manner(library: Library) -> None:
    assert "thái độ" in answered(library, "kế hoạch Vĩnh Linh nói gì về đường dây nóng").text


def test_a_report_without_an_addressee_is_not_sent_to_one(library: Library) -> None:
    text = answered(library, "hạn nộp báo cáo kế hoạch Vĩnh Linh").text
    assert "gửi kế hoạch" not in text and "25/11/2024" in text


def test_marks_tell_words_apart_and_their_absence_does_not(library: Library) -> None:
    marked, bare = (
        answered(library, t).text for t in ("pano áp phích Cần Thơ 2014 ai làm", "pano ap phich can tho 2014 ai lam")
    )
    assert marked == bare


def test_a_past_plan_is_history_and_a_merged_place_is_told_in_one_line(library: Library) -> None:
    text = answered(library, "ai ký kế hoạch tuyên truyền CCHC của thành phố Cần Thơ").text
    assert text.startswith("Theo kế hoạch năm 2014 của thành phố Cần Thơ")
    assert sum("sáp nhập với Hậu Giang" in line for line in text.splitlines()) == 1
    assert "số 127/KH-UBND ngày 24/12/2013" in text.splitlines()[-1]


def test_a_place_without_a_plan_is_told_so(library: Library) -> None:
    reply = answered(library, "kế hoạch tuyên truyền CCHC của Đồng Nai năm 2014 ai ký")
    assert reply.behavior is Behavior.NOT_STATED and "Đồng Nai" in reply.text and "Hùng Dũng" not in reply.text


def test_a_telephone_number_is_never_made_up(library: Library) -> None:
    for place in ("Cần Thơ", "Cao Bằng", "Tuyên Quang", "Vĩnh Linh", "Bắc Giang"):
        reply = answered(library, f"số điện thoại liên hệ trong kế hoạch tuyên truyền CCHC {place} là số mấy")
        assert reply.behavior is Behavior.NOT_STATED, reply.text


@pytest.mark.parametrize(
    "text",
    [
        "đăng ký kế hoạch kinh doanh",
        "kế hoạch sử dụng đất huyện Vĩnh Linh 2024",
        "hotline",
        "phòng nội vụ ở đâu",
        "Sở Nội vụ Cần Thơ ở đâu",
        "làm khai sinh ở Vĩnh Linh cần gì",
        "bé sinh năm 2014 ở Cần Thơ làm căn cước cần gì",
        "đổi giấy phép lái xe ở Tuyên Quang năm 2021",
        "cải cách hành chính là gì",
        "bao cao bang van ban cho phong nao",
        "",
    ],
)
def test_a_citizens_question_is_not_about_the_plans(library: Library, text: str) -> None:
    assert not about_plans(read(text, library), library)


def test_no_procedure_and_none_of_its_asks_is_taken_for_a_plan(library: Library) -> None:
    texts = [t for p in library.procedures.values() for t in (p.name, *p.asks[:2])]
    assert [t for t in texts if about_plans(read(t, library), library)] == []


def test_every_reply_fits_names_its_plans_and_is_quick(library: Library) -> None:
    answered(library, "kế hoạch nào có hội thi")
    for text in ("", "?", "2014", "bao nhiêu?", "mục IV", "Cần Thơ " * 200, "còn gì nữa", "phụ lục 99 Vĩnh Linh"):
        began = time.perf_counter()
        for current in ((), (CAN_THO,), (CAN_THO, VINH_LINH)):
            reply = answered(library, text, current)
            assert 0 < len(reply.text) <= LONGEST and reply.plans
            assert reply.behavior in (Behavior.ANSWER, Behavior.CLARIFY, Behavior.NOT_STATED)
        assert time.perf_counter() - began < 1.0
