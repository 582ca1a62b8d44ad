"""What a record says beside its fields: its own sentences or the plain word that it says nothing."""

from __future__ import annotations

from bot.dialogue import beyond_fields, composing, particulars, sayings
from bot.dialogue.composing import Manner
from knowledge.library import Library
from knowledge.records import Case, Document, Procedure
from knowledge.vietnamese import fold


def test_a_sentence_on_fines_is_the_records_own(library: Library) -> None:
    told = {p.key: beyond_fields.of_unstated(p, ("phat",)) for p in library.procedures.values()}
    assert "sang_ten_xe" in {key for key, lines in told.items() if lines}
    for p in library.procedures.values():
        own = {fold(line.rstrip(".")) for line in (*p.conditions, *p.remarks, *p.steps, p.fee, p.time, p.where)}
        assert {fold(line.rstrip(".")) for line in told[p.key]} <= own, p.key


def test_who_says_nothing_of_fines_sends_on_and_names_no_sum(library: Library) -> None:
    p = library.procedures["tam_tru"]
    answer = composing.particular_answer(library, p, beyond_fields.of_unstated(p, ("phat",)), ("phat",))
    assert not answer.published
    assert "không công bố" in answer.text and p.agency in answer.text
    assert "đồng" not in answer.text


def test_words_are_looked_for_with_their_marks() -> None:
    p = Procedure(key="a", name="Thủ tục A", conditions=("Nộp bản sao có chứng thực.", "Mạo danh thì bị từ chối."))
    assert particulars.of_words(p, ("chứng",)) == ("Nộp bản sao có chứng thực.",)
    assert particulars.of_words(p, ("chúng",)) == ()
    assert particulars.of_words(p, ("chung",)) == ("Nộp bản sao có chứng thực.",)


def test_a_question_for_yes_or_no_is_told_from_others() -> None:
    assert particulars.is_yes_no("nhờ vợ đi được không")
    assert particulars.is_yes_no("da lam duoc chua?")
    assert not particulars.is_yes_no("nộp ở đâu")


def test_conditions_stand_in_for_what_is_not_said_and_it_is_said_so(library: Library) -> None:
    p = library.procedures["ket_hon"]
    answer = composing.particular_answer(library, p, (), (), sayings.conditions(p))
    assert answer.mention.aspects == ("dieu_kien",)
    assert "không nói riêng" in answer.text and p.conditions[0].rstrip(".") in answer.text


def test_what_is_doubted_of_a_field_is_told_beside_each_line_of_it(library: Library) -> None:
    checked = 0
    for p in library.procedures.values():
        for line in sayings.sentences(p):
            field = sayings.field_of(p, line)
            assert field, (p.key, line)
            if field in p.doubts:
                answer = composing.particular_answer(library, p, (line,), ())
                assert p.doubts[field].rstrip(".") in answer.text, (p.key, line)
                checked += 1
    assert checked


def test_conditions_and_terms_bring_their_doubts_and_changes_ahead(library: Library) -> None:
    doubted = Procedure(
        key="a", name="Thủ tục A", conditions=("Đủ 18 tuổi.",), doubts={"conditions": "chưa đọc được luật mới"}
    )
    text = composing.particular_answer(library, doubted, (), (), sayings.conditions(doubted)).text
    assert "⚠ Cần kiểm lại: chưa đọc được luật mới." in text
    late = Procedure(
        key="b", name="Thủ tục B", conditions=("Phải khai trong 30 ngày.",), doubts={"conditions": "hạn có thể đã đổi"}
    )
    assert "hạn có thể đã đổi" in composing.particular_answer(library, late, (), (beyond_fields.LATE,)).text
    changing = next(p for p in library.procedures.values() if any(c.since > library.day for c in p.validity.changes))
    change = next(c for c in changing.validity.changes if c.since > library.day)
    assert change.what.rstrip(".") in composing.particular_answer(library, changing, (), (beyond_fields.FINE,)).text
    again = composing.particular_answer(library, changing, (), (beyond_fields.FINE,), manner=Manner(warned=True)).text
    assert change.what.rstrip(".") not in again


def test_every_condition_stands_in_not_only_the_first_few(library: Library) -> None:
    p = max(library.procedures.values(), key=lambda p: len(p.conditions))
    text = composing.particular_answer(library, p, (), (), sayings.conditions(p)).text
    assert len(p.conditions) > 4
    assert all(c.rstrip(".") in text for c in p.conditions)


def test_a_told_case_answers_before_everything_else() -> None:
    signing = Case("Không ký được", (), ("không biết chữ",), "Điểm chỉ trước hai người làm chứng")
    child = Case("Người dưới 14 tuổi", (Document("Giấy khai sinh"),), ("trẻ em",), "Cha mẹ đi cùng")
    p = Procedure(key="a", name="Thủ tục A", conditions=("Tự ký.",), cases=(signing, child))
    said = particulars.of_whether(p, "không biết chữ, làm được không", ())
    assert said == ("Trường hợp Không ký được: Điểm chỉ trước hai người làm chứng.",)
    by_age = particulars.of_whether(p, "bé 10 tuổi làm được không", ())
    assert by_age == ("Trường hợp Người dưới 14 tuổi: Giấy khai sinh; Cha mẹ đi cùng.",)
    assert particulars.of_whether(p, "bà 80 tuổi làm được không", ()) == ()


def test_how_long_a_benefit_is_given_is_neither_the_offices_time_nor_what_was_paid() -> None:
    p = Procedure(
        key="a",
        name="Hưởng trợ cấp A",
        conditions=("Đã đóng đủ 12 tháng trước khi nghỉ.",),
        remarks=("Luật cho tối đa 7 ngày làm việc.", "Được hưởng tối đa 12 tháng; Thông tư 1 hết hiệu lực."),
    )
    assert beyond_fields.of_unstated(p, (beyond_fields.RECEIVED,)) == ("Được hưởng tối đa 12 tháng.",)
    assert beyond_fields.of_unstated(p, (beyond_fields.STILL,)) == ("Được hưởng tối đa 12 tháng.",)


def test_of_conditions_asked_no_sentence_on_how_it_is_done_is_told() -> None:
    p = Procedure(
        key="a", name="Khai thuế", conditions=("Từ 1 tỷ đồng trở xuống thì không phải nộp.",), where="Nộp trực tuyến."
    )
    assert particulars.of_words(p, ("trực", "tuyến")) == ("Nộp trực tuyến.",)
    assert particulars.of_words(p, ("trực", "tuyến"), ("dieu_kien",)) == ()


def test_the_sentence_that_shares_most_with_the_question_is_told_first() -> None:
    remarks = ("Chủ cũ giữ biển.", "Biển để tại nơi cũ.", "Biển mang ký hiệu tỉnh cũ vẫn dùng, không phải đổi.")
    p = Procedure(key="a", name="Sang tên", remarks=remarks)
    said = particulars.of_whether(p, "biển tỉnh cũ có phải đổi không", ("biển", "cũ"))
    assert said[0] == remarks[2]


def test_an_old_paper_is_said_to_be_of_use_only_where_the_record_says_so() -> None:
    p = Procedure(
        key="a", name="Đổi thẻ A", remarks=("Thẻ cũ vẫn dùng đến hạn in trên thẻ.", "Thông tư 1 hết hiệu lực.")
    )
    assert beyond_fields.of_unstated(p, (beyond_fields.STILL,)) == ("Thẻ cũ vẫn dùng đến hạn in trên thẻ.",)


def test_a_warning_is_told_once(library: Library) -> None:
    changing = [p for p in library.procedures.values() if any(c.since > library.day for c in p.validity.changes)]
    assert changing
    for p in changing:
        first = composing.procedure_answer(library, p, ("le_phi",)).text
        again = composing.procedure_answer(library, p, ("le_phi",), manner=Manner(warned=True)).text
        change = next(c for c in p.validity.changes if c.since > library.day)
        assert f"{change.since:%d/%m/%Y}" in first
        assert len(again) < len(first)


def test_a_brief_answer_is_shorter_and_a_card_names_papers_without_their_notes(library: Library) -> None:
    for p in library.procedures.values():
        card = composing.procedure_answer(library, p, ()).text
        brief = composing.procedure_answer(library, p, (), manner=Manner(brief=True)).text
        assert len(brief) <= len(card), p.key
        for document in p.documents:
            assert not document.note or f"({document.note})" not in card, (p.key, document.name)
