from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.petitions.privacy import findings
from bot.petitions.publishing import SOMEBODY, doubts, draft, without_names


@pytest.mark.parametrize(
    ("story", "contact", "public"),
    [
        (
            "Tôi tên là Nông Thị Mẫu, cán bộ tiếp nhận tên Lan nói trống không, gọi tôi 0912345678",
            "Nông Thị Mẫu, 0912345678",
            "Tôi tên là [tên], cán bộ tiếp nhận tên [tên] nói trống không, gọi tôi [điện thoại]",
        ),
        ("Chị Hoa bán rau bị đuổi ở đường Nguyễn Huệ", "Hoa", "Chị [tên] bán rau bị đuổi ở đường Nguyễn Huệ"),
        ("ông Trần Văn Thử thấy trường THCS Lê Lợi thu thêm", "", "ông [tên] thấy trường THCS Lê Lợi thu thêm"),
        ("em là Hoa xóm 3, đèn hỏng", "", "em là [tên] xóm 3, đèn hỏng"),
        ("đường vào thôn Nà Mẫu có hố to", "xóm trưởng", "đường vào thôn Nà Mẫu có hố to"),
    ],
)
def test_names_and_numbers_are_taken_out_and_places_stay(story: str, contact: str, public: str) -> None:
    assert draft(story, "Đã sửa.", contact).question == public


def test_what_may_still_tell_who_it_is_is_pointed_out() -> None:
    made = draft("con tôi bị khuyết tật, xin lối đi cho xe lăn", "Cảm ơn, đã làm lối đi.")
    assert made.doubts == ("con tôi bị", "khuyết tật")
    assert doubts("gọi 0912345678 gặp Nguyễn Văn Thử") == ("0912345678", "Nguyễn Văn Thử")
    assert draft("đèn hỏng ở chợ", "đã thay bóng").doubts == ()


names = st.tuples(
    st.sampled_from(["Nguyễn", "Trần", "Nông", "Giàng", "Đỗ"]),
    st.sampled_from(["Văn", "Thị", "Quốc"]),
    st.sampled_from(["Mẫu", "Thử", "Ánh", "Đức"]),
).map(" ".join)
tales = st.sampled_from(
    ["{} bị bắt chờ cả buổi", "Tôi là {}, xin phản ánh", "cán bộ tên {} gắt gỏng", "gặp ông {} ở quầy số 2. Hẹn lại {}"]
)


@given(names, tales)
def test_no_full_name_is_left(name: str, tale: str) -> None:
    text = tale.replace("{}", name)
    assert without_names(text) == tale.replace("{}", SOMEBODY)


@given(st.text(max_size=150), st.text(max_size=30))
def test_whatever_is_told_nothing_personal_is_left_in_the_draft(story: str, contact: str) -> None:
    made = draft(story, story, contact)
    assert not findings(made.question)
    assert without_names(made.question, contact) == made.question
