"""Every answer about every procedure: nothing in it that its record does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict

import pytest

from bot.dialogue import composing
from bot.dialogue.procedure_parts import part, told_case
from bot.wording.citizens import DEPENDS
from knowledge.library import Library
from knowledge.records import PROCEDURE_ASPECTS, Case, Confidence, Document, Procedure, Source, Status, Validity
from knowledge.vietnamese import fold

ALL = (*PROCEDURE_ASPECTS, "")


def said_by(p: Procedure) -> str:
    """Everything that a record says, as one text."""

    def texts(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for item in value.values():
                yield from texts(item)
        elif isinstance(value, list | tuple):
            for item in value:
                yield from texts(item)
        elif hasattr(value, "strftime"):
            yield f"{value:%d/%m/%Y} {value:%d} {value:%m} {value:%Y}"
        elif value is not None:
            yield str(value)

    tree = asdict(p)
    days = " ".join(str(s.read) for s in p.sources)
    return " ".join([*texts(tree), days])


def numbers(text: str) -> set[str]:
    return {n.strip(".,") for n in re.findall(r"\d[\d.,/]*", text)}


@pytest.fixture(scope="module")
def hotline(library: Library) -> set[str]:
    return numbers(library.contacts[composing.PORTAL_HOTLINE].number)


@pytest.mark.parametrize("aspect", ALL)
def test_every_number_of_an_answer_stands_in_its_record(library: Library, hotline: set[str], aspect: str) -> None:
    for p in library.procedures.values():
        answer = composing.procedure_answer(library, p, (aspect,) if aspect else ())
        own = re.sub(r"(?m)^(?:Bước \d+|… còn \d+ mục nữa)", "", answer.text)
        strange = numbers(own) - numbers(said_by(p)) - hotline
        assert not strange, (p.key, aspect, strange)


def test_every_document_of_an_answer_is_one_of_its_record(library: Library) -> None:
    for p in library.procedures.values():
        whole = fold(re.sub(r"[();:.]", " ", said_by(p)))
        for line in part(p, "ho_so", library.day).lines:
            if line != DEPENDS:
                strange = [x for x in re.split(r"[();:.]", line) if fold(x.strip()) not in whole]
                assert not strange, (p.key, strange)


@pytest.mark.parametrize("aspect", ALL)
def test_a_reply_stays_short_unless_all_of_it_is_asked_for(library: Library, aspect: str) -> None:
    for p in library.procedures.values():
        answer = composing.procedure_answer(library, p, (aspect,) if aspect else ())
        assert len(answer.text) <= composing.LONGEST, (p.key, aspect, len(answer.text))


def test_only_the_aspect_asked_is_answered(library: Library) -> None:
    text = composing.procedure_answer(library, library.procedures["khai_tu"], ("le_phi",)).text
    assert "Lệ phí" in text
    assert "Hồ sơ" not in text and "Các bước" not in text


def test_every_answer_names_its_source_or_says_that_there_is_none(library: Library) -> None:
    for p in library.procedures.values():
        text = composing.procedure_answer(library, p, ("le_phi",)).text
        assert "Nguồn:" in text
        if p.sources:
            assert str(p.sources[0].read) in text


def example(**values: object) -> Procedure:
    from knowledge.records import ReadingDay

    given = {"sources": (Source("Cổng", ReadingDay("2026-07")),), "agency": "UBND xã", **values}
    return Procedure(key="a", name="Thủ tục A", **given)  # type: ignore[arg-type]


def test_what_is_not_published_is_said_to_be_so_with_whom_to_ask(library: Library) -> None:
    answer = composing.procedure_answer(library, example(), ("le_phi",))
    assert not answer.published
    assert "không công bố" in answer.text and "UBND xã" in answer.text


def test_a_doubt_is_told_beside_the_fact(library: Library) -> None:
    p = example(fee="8.000 đồng", confidence={"fee": Confidence.LOW}, doubts={"fee": "chỉ chắc đến 31/12/2026"})
    assert "Cần kiểm lại: chỉ chắc đến 31/12/2026." in composing.procedure_answer(library, p, ("le_phi",)).text


def test_a_withheld_fact_says_why_it_is_withheld(library: Library) -> None:
    text = composing.procedure_answer(library, example(doubts={"fee": "chưa đọc được thông tư mới"}), ("le_phi",)).text
    assert "không công bố" in text and "chưa đọc được thông tư mới" in text


def test_an_abolished_procedure_is_said_to_be_abolished_whatever_was_asked(library: Library) -> None:
    p = example(fee="1 đồng", validity=Validity(decision="9/QĐ", status=Status.ABOLISHED))
    assert "bãi bỏ theo 9/QĐ" in composing.procedure_answer(library, p, ("le_phi",)).text


def test_a_case_that_the_message_tells_is_shown_and_the_others_are_not(library: Library) -> None:
    cases = (
        Case("Trẻ bị bỏ rơi", (Document("Biên bản bỏ rơi"),), ("bị bỏ rơi",)),
        Case("Mang thai hộ", (Document("Giấy xác nhận mang thai hộ"),), ("mang thai hộ",)),
    )
    p = example(documents=(Document("Tờ khai"),), cases=cases)
    text = composing.procedure_answer(library, p, ("ho_so",), "be bi bo roi thi can gi").text
    assert "Biên bản bỏ rơi" in text and "mang thai hộ" not in text
    assert told_case(p, "không nói gì") is None


def test_a_card_and_the_conditions_tell_the_rule_of_a_told_case(library: Library) -> None:
    cases = (Case("Không ký được", (), ("run tay",), "Điểm chỉ trước hai người làm chứng"),)
    p = example(documents=(Document("Tờ khai"),), cases=cases, conditions=("Tự nguyện.",))
    for aspects in ((), ("ho_so",), ("dieu_kien",)):
        text = composing.procedure_answer(library, p, aspects, "bà run tay, làm sao").text
        assert "Điểm chỉ trước hai người làm chứng" in text
    assert "Điểm chỉ" not in composing.procedure_answer(library, p, (), "làm sao").text


@pytest.mark.parametrize(
    ("agency", "asked"),
    [
        ("UBND cấp xã tiếp nhận, kiểm tra; xã quyết định hoặc chuyển Sở Nội vụ quyết định", "UBND cấp xã"),
        ("Lần đầu: người đã ra quyết định. Lần hai: Chủ tịch UBND cấp tỉnh", "người đã ra quyết định"),
        ("Cơ quan ra quyết định xử phạt; thu tiền qua ngân hàng", "Cơ quan ra quyết định xử phạt"),
        ("Văn phòng đăng ký đất đai nơi có dự án (xác nhận), UBND cấp xã", "Văn phòng đăng ký đất đai nơi có dự án"),
        ("", "nơi nhận hồ sơ"),
    ],
)
def test_one_body_is_named_as_the_one_to_ask(library: Library, agency: str, asked: str) -> None:
    text = composing.procedure_answer(library, example(agency=agency), ("le_phi",)).text
    assert f"Bạn hỏi giúp {asked} hoặc gọi" in text
