"""What a message says before anything is looked up: its clauses, what it asks beside fields, what it takes back."""

from __future__ import annotations

import pytest

from bot.dialogue.understanding import read
from knowledge.library import Library


def subjects(text: str, library: Library) -> list[str]:
    return [c.subject for c in read(text, library).clauses]


def test_the_same_aspect_of_two_things_makes_two_clauses(library: Library) -> None:
    reading = read("khai sinh hết bao nhiêu tiền, còn kết hôn hết bao nhiêu tiền", library)
    assert [c.aspects for c in reading.clauses] == [("le_phi",), ("le_phi",)]
    assert ["khai sinh" in reading.clauses[0].subject, "ket hon" in reading.clauses[1].subject] == [True, True]


def test_the_same_aspect_told_twice_of_one_thing_stays_one_clause(library: Library) -> None:
    assert len(subjects("làm hộ chiếu hồ sơ gồm gì, cần giấy tờ gì", library)) == 1


def test_question_marks_part_what_has_a_subject_of_its_own(library: Library) -> None:
    assert len(subjects("khai sinh cần gì? ly hôn thế nào?", library)) == 2
    assert len(subjects("khai sinh cần gì? mấy ngày?", library)) == 2
    assert len(subjects("tách hộ cần gì??", library)) == 1


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("dạ cho con hỏi, nhập khẩu cho dâu ra đâu", "nhập khẩu cho dâu ra đâu"),
        ("không phải góp ý, hỏi đổi bằng lái", "hỏi đổi bằng lái"),
        ("không phải đi xa chứ", "không phải đi xa chứ"),
        ("khai sinh cần gì", "khai sinh cần gì"),
    ],
)
def test_courtesies_before_and_what_is_taken_back_are_not_searched_for(text: str, core: str, library: Library) -> None:
    assert read(text, library).core == core


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("không làm thì có bị phạt không", "phat"),
        ("khong lam thi co bi phat khong", "phat"),
        ("trễ hạn thì sao", "tre_han"),
        ("ko khai thì s", "tre_han"),
    ],
)
def test_what_no_record_has_a_field_for_is_heard(text: str, key: str, library: Library) -> None:
    assert key in {u for c in read(text, library).clauses for u in c.unstated}


@pytest.mark.parametrize("text", ["nộp phạt giao thông ở đâu", "khiếu nại quyết định phạt", "tra phạt nguội"])
def test_paying_a_fine_is_no_question_about_its_amount(text: str, library: Library) -> None:
    assert not any(c.unstated for c in read(text, library).clauses)


def test_what_is_not_here_bears_no_name_of_what_is(library: Library) -> None:
    """A phrase of `absent` that is a shipped record's name would be dead: the record answers."""
    from knowledge.vietnamese import fold

    names = {fold(n) for p in library.procedures.values() for n in (p.name, *p.aliases)}
    phrases = {fold(phrase) for words in library.language.absent for phrase in words.phrases}
    assert phrases & names == set()


def test_whoever_is_sent_on_is_sent_to_a_number_that_is_known(library: Library) -> None:
    named = [w.contact for w in library.language.absent if w.contact]
    assert all(library.contacts[key].number for key in named)
