"""Two states of the records, told as news."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.outreach.changes import LONGEST, What, news, of
from knowledge.library import join
from knowledge.reading import CONTENT, read_library
from knowledge.records import Confidence, Document, LegalText, Procedure, Status, Validity
from tests.conftest import TODAY

OLD = Procedure(
    "doi_the",
    "Đổi thẻ",
    "1.000001",
    field="Thẻ",
    fee="50.000 đồng",
    time="7 ngày",
    where="Công an cấp xã",
    documents=(Document("Tờ khai"), Document("Thẻ cũ")),
)


def test_an_amended_procedure_is_told_in_two_lines_old_and_new() -> None:
    told = of(OLD, replace(OLD, fee="30.000 đồng", documents=OLD.documents[:1]), TODAY)
    assert told and told.what is What.AMENDED
    assert told.title == "Có thay đổi: Đổi thẻ"
    assert told.lines == (
        "Trước: lệ phí: 50.000 đồng; giấy tờ: 2 loại.",
        "Nay: lệ phí: 30.000 đồng; giấy tờ: 1 loại.",
    )


def test_what_a_record_no_longer_says_is_told_as_not_published() -> None:
    told = of(OLD, replace(OLD, time=""), TODAY)
    assert told and told.lines == ("Trước: thời hạn: 7 ngày.", "Nay: thời hạn: không công bố.")


def test_a_value_that_is_not_sure_is_not_told_as_a_fact() -> None:
    told = of(OLD, replace(OLD, fee="10.000 đồng", confidence={"fee": Confidence.LOW}), TODAY)
    assert told and "10.000" not in " ".join(told.lines)


def test_a_new_procedure_tells_what_it_costs_and_takes() -> None:
    told = of(None, OLD, TODAY)
    assert told and told.what is What.ANNOUNCED
    assert told.lines[1] == "Nay: lệ phí: 50.000 đồng; thời hạn: 7 ngày; nơi nộp: Công an cấp xã; giấy tờ: 2 loại."


@pytest.mark.parametrize(
    "ended",
    [
        Validity(status=Status.ABOLISHED, decision="Quyết định 5/QĐ-BCA"),
        Validity(until=TODAY - dt.timedelta(days=1), decision="Quyết định 5/QĐ-BCA"),
    ],
)
def test_an_abolished_one_names_the_decision(ended: Validity) -> None:
    told = of(OLD, replace(OLD, validity=ended), TODAY)
    assert told and told.what is What.ABOLISHED
    assert told.lines[0] == "Thủ tục này không còn áp dụng theo Quyết định 5/QĐ-BCA."


def test_what_was_never_in_force_is_not_abolished_and_what_is_to_come_is_not_announced() -> None:
    coming = replace(OLD, validity=Validity(since=TODAY + dt.timedelta(days=1)))
    gone = replace(OLD, validity=Validity(status=Status.ABOLISHED))
    assert of(None, gone, TODAY) is None
    assert of(gone, gone, TODAY) is None
    assert of(None, coming, TODAY) is None
    assert of(OLD, coming, TODAY) is None


def test_a_changed_law_alone_is_named_without_its_wording() -> None:
    told = of(OLD, replace(OLD, legal=(LegalText("Luật mới"),)), TODAY)
    assert told and told.lines[0] == "Thay đổi ở: căn cứ pháp lý."


def test_other_papers_of_the_same_number_are_news() -> None:
    told = of(OLD, replace(OLD, documents=(Document("Tờ khai mới"), Document("Thẻ cũ"))), TODAY)
    assert told and told.others == ("danh sách giấy tờ",)


def test_what_concerns_nobody_at_the_counter_is_no_news() -> None:
    assert (
        of(OLD, replace(OLD, aliases=("đổi thẻ cũ",), popularity=3, notes=("x",), doubts={"fee": "?"}), TODAY) is None
    )


def test_half_a_rule_is_never_told() -> None:
    told = of(OLD, replace(OLD, fee="a" * (LONGEST + 1)), TODAY)
    assert told and "aaa" not in told.lines[1] and "quy định dài" in told.lines[1]
    both = of(replace(OLD, fee="b" * 200), replace(OLD, fee="a" * 200), TODAY)
    assert both and both.lines[0] != both.lines[1].replace("Nay", "Trước")


def test_the_same_records_give_no_news(library) -> None:
    assert news(library, library) == ()


def test_the_whole_content_is_news_where_there_was_nothing() -> None:
    after = read_library((CONTENT,)).at("", TODAY)
    told = news(join((), "", TODAY), after)
    assert {n.what for n in told} == {What.ANNOUNCED}
    assert len(told) == sum(p.validity.in_force(TODAY) for group in after.fields().values() for p in group)
    assert all(len(line) < 600 for n in told for line in n.lines)
