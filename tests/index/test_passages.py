from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.passages import LONGEST, PassageKind, RecordKind, of_procedure, passages, pieces, records
from knowledge.library import Library
from knowledge.records import Case, Document, Procedure, Status, Validity


def test_name_aliases_asks_sections_and_cases_can_all_be_found() -> None:
    p = Procedure(
        key="a",
        name="Thủ tục đăng ký kết hôn",
        aliases=("làm giấy kết hôn",),
        asks=("cưới xong ra đâu",),
        steps=("Nộp hồ sơ",),
        cases=(Case("Người nước ngoài", (Document("Giấy khám sức khỏe"),)),),
    )
    found = {(x.kind, x.text) for x in of_procedure(p)}
    assert (PassageKind.NAME, "đăng ký kết hôn") in found
    assert (PassageKind.ALIAS, "làm giấy kết hôn") in found
    assert (PassageKind.ASK, "cưới xong ra đâu") in found
    assert (PassageKind.SECTION, "đăng ký kết hôn. nộp hồ sơ") in found
    assert (PassageKind.CASE, "đăng ký kết hôn. người nước ngoài: giấy khám sức khỏe") in found


def test_an_abolished_procedure_stands_under_a_kind_of_its_own() -> None:
    p = Procedure(key="a", name="A", validity=Validity(status=Status.ABOLISHED))
    assert {x.record.kind for x in of_procedure(p)} == {RecordKind.ABOLISHED}


def test_every_record_of_the_content_has_passages(library: Library) -> None:
    found = {x.record.key for _, record in records(library) for x in passages(record)}
    for kept in (library.procedures, library.plans, library.contacts, library.services, library.places):
        assert set(kept) <= found


def test_no_passage_is_longer_than_can_be_encoded_well(library: Library) -> None:
    longest_name = max(len(p.name) for p in library.procedures.values())
    assert max(len(x.text) for _, record in records(library) for x in passages(record)) <= LONGEST + longest_name + 2


@given(st.text(alphabet="ab .;\n", max_size=400), st.integers(5, 60))
def test_cutting_loses_no_word_and_keeps_to_the_length(text: str, longest: int) -> None:
    cut = list(pieces(text, longest))
    assert "".join("".join(cut).split()) == "".join(text.split())
    assert all(len(piece) <= longest for piece in cut)


def test_long_texts_are_cut_at_sentence_ends() -> None:
    assert list(pieces("Một hai ba. Bốn năm sáu. Bảy tám.", 25)) == ["Một hai ba. Bốn năm sáu.", "Bảy tám."]
