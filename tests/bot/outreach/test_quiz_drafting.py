"""Questions drafted from records: each has one right option, and a source."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.outreach.quiz import drafting, meaning, plans, truth
from bot.outreach.quiz.question import NotReviewable, Option, Question, Stage, dropped, edited, reviewed
from knowledge.vietnamese import fold

NOW = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
MEANS = {"le_phi": ("fee", meaning.fee), "thoi_han": ("time", meaning.span), "co_quan": ("agency", meaning.body)}


@pytest.fixture(scope="module", params=[1, 7, 2026])
def questions(request, library):
    return drafting.of_procedures(library, request.param)


def test_the_content_gives_enough_questions_of_each_kind(questions) -> None:
    assert len(questions) >= 60
    assert {q.aspect for q in questions} == set(MEANS)
    assert len({q.id for q in questions}) == len(questions)


def test_no_wrong_option_is_also_right(questions, library) -> None:
    for q in questions:
        field, means = MEANS[q.aspect]
        record = library.procedures[q.about]
        right = means(getattr(record, field))
        assert right is not None
        for i, option in enumerate(q.options):
            other = means(getattr(library.procedures[option.record], field))
            assert (not meaning.differ(other, right)) == (i == q.right), (q.text, option)


def test_no_two_options_mean_the_same(questions, library) -> None:
    for q in questions:
        field, means = MEANS[q.aspect]
        values = [means(getattr(library.procedures[o.record], field)) for o in q.options]
        assert all(meaning.differ(a, b) for i, a in enumerate(values) for b in values[:i]), q


def test_every_option_is_a_records_own_value_and_none_invented(questions, library) -> None:
    for q in questions:
        field, means = MEANS[q.aspect]
        for option in q.options:
            text = getattr(library.procedures[option.record], field)
            assert option.text == meaning.shown(means(text), text)
            assert fold(option.text) in fold(text)


def test_nothing_doubtful_is_asked_or_offered(questions, library) -> None:
    for q in questions:
        field = MEANS[q.aspect][0]
        for option in q.options:
            p = library.procedures[option.record]
            assert field not in p.doubts and p.confidence_of(field) != "low" and p.validity.in_force(library.day)


def test_every_question_has_a_source_and_fits_telegrams_poll(questions) -> None:
    for q in questions:
        assert q.source and q.stage is Stage.DRAFT
        assert len(q.text) <= 300 and 3 <= len(q.options) <= 4
        assert all(1 <= len(o.text) <= 100 for o in q.options)


def test_the_same_seed_gives_the_same_questions_and_another_shuffles_them(library) -> None:
    assert drafting.of_procedures(library, 7) == drafting.of_procedures(library, 7)
    one, other = drafting.of_procedures(library, 7), drafting.of_procedures(library, 8)
    assert [q.answer for q in one] == [q.answer for q in other]
    assert [q.right for q in one] != [q.right for q in other]


def test_the_right_option_stands_at_every_place(library) -> None:
    places = [q.right for q in drafting.of_procedures(library, 7)]
    assert all(places.count(i) >= 10 for i in range(3))


def test_a_quiz_is_picked_from_many_topics(library) -> None:
    drafted = drafting.of_procedures(library, 7)
    chosen = drafting.picked(drafted, 20, 3)
    assert len(chosen) == len(set(chosen)) == 20
    assert len({q.topic for q in chosen}) >= 10
    assert chosen == drafting.picked(drafted, 20, 3) != drafting.picked(drafted, 20, 4)


def test_a_question_is_no_longer_true_when_its_record_changed(library) -> None:
    q = next(q for q in drafting.of_procedures(library, 7) if q.aspect == "le_phi")
    assert drafting.still_true(q, library)
    changed = replace(library.procedures[q.about], fee="1.234.000 đồng", ways=())
    other = replace(library, procedures={**library.procedures, q.about: changed})
    assert not drafting.still_true(q, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Miễn phí", "Không thu"),
        ("0 đồng", "Miễn lệ phí"),
        ("50.000 đồng/lần", "50.000 đồng"),
    ],
)
def test_fees_that_mean_the_same_are_known_to(one: str, other: str) -> None:
    assert not meaning.differ(meaning.fee(one), meaning.fee(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5 ngày", "5 ngày làm việc"),
        ("24 giờ", "1 ngày làm việc"),
        ("8 giờ làm việc", "1 ngày"),
        ("1 tháng", "30 ngày"),
        ("Tối đa 7 ngày làm việc", "7 ngày làm việc kể từ ngày nhận đủ hồ sơ"),
    ],
)
def test_spans_that_a_reader_could_take_for_each_other_never_meet(one: str, other: str) -> None:
    assert not meaning.differ(meaning.span(one), meaning.span(other))


@pytest.mark.parametrize(
    "text", ["", "Miễn lệ phí; bản sao 8.000 đồng/bản", "Theo quy định của tỉnh", "25.000 đồng đến hết 31/12/2026"]
)
def test_a_fee_that_depends_is_not_asked_about(text: str) -> None:
    assert meaning.fee(text) is None


@pytest.mark.parametrize(
    "text", ["", "3 ngày làm việc; cần xác minh thì thêm 5 ngày", "5 đến 10 ngày", "Tùy trường hợp"]
)
def test_a_time_that_depends_is_not_asked_about(text: str) -> None:
    assert meaning.span(text) is None


@pytest.mark.parametrize("text", ["UBND cấp xã; Công an cấp xã", "UBND cấp xã hoặc cấp tỉnh", "Nơi nào đó"])
def test_several_bodies_are_not_asked_about(text: str) -> None:
    assert meaning.body(text) is None


def test_questions_on_plans_have_one_right_lead(library) -> None:
    found = [(plan, q) for plan in library.plans.values() for q in plans.of_plan(plan, 7)]
    assert len(found) >= 40
    for plan, q in found:
        tasks = {t.id: t for t in plan.tasks}
        here = tasks[q.about]
        taking_part = {fold(b) for b in (*here.lead, *here.cooperating)}
        for i, option in enumerate(q.options):
            other = tasks[option.record]
            if q.aspect == plans.LEAD:
                assert option.text == other.lead[0]
                assert (fold(option.text) in taking_part) == (i == q.right)
                assert i == q.right or meaning.differ(meaning.lead(option.text), meaning.lead(q.answer))
            else:
                assert (other.deadline == here.deadline) == (i == q.right)
        assert plan.name in q.source


@pytest.mark.parametrize("text", ["Các sở, ngành", "UBND các xã, thị trấn", "Các cơ quan (không nêu riêng)"])
def test_everybody_is_never_an_option(text: str) -> None:
    assert meaning.lead(text) is None


def test_a_draft_is_used_only_after_a_person_read_it(library) -> None:
    draft = drafting.of_procedures(library, 7)[0]
    ready = reviewed(draft, "u1", NOW)
    assert (ready.stage, ready.reviewed_by) == (Stage.REVIEWED, "u1")
    assert edited(ready, ready.text, ready.options, ready.right, ready.source) is ready
    changed = edited(ready, "Câu khác?", ready.options, ready.right, ready.source)
    assert (changed.stage, changed.reviewed_by, changed.reviewed_at) == (Stage.DRAFT, "", None)
    assert dropped(ready).stage is Stage.DROPPED


@pytest.mark.parametrize(
    "spoiled",
    [
        {"text": " "},
        {"source": ""},
        {"right": 9},
        {"options": (Option("một"),)},
        {"options": (Option("một"), Option("Một "))},
        {"options": (Option("một"), Option(""))},
    ],
)
def test_a_question_that_nobody_could_answer_rightly_is_not_passed(library, spoiled) -> None:
    draft = replace(drafting.of_procedures(library, 7)[0], right=0)
    with pytest.raises(NotReviewable):
        reviewed(replace(draft, **spoiled), "u1", NOW)


def test_a_question_of_a_plan_is_true_until_the_plan_says_otherwise(library) -> None:
    for plan in library.plans.values():
        for question in plans.of_plan(plan, 1):
            assert truth.still_true(question, library, lambda _: True), question
            tasks = tuple(
                replace(t, lead=("Nơi khác hẳn",), deadline=None) if t.id == question.about else t for t in plan.tasks
            )
            changed = replace(library, plans={**library.plans, plan.key: replace(plan, tasks=tasks)}, _views={})
            assert not truth.still_true(question, changed, lambda _: False), question


def test_a_written_question_is_true_while_its_record_holds_and_has_not_changed(library) -> None:
    options = (Option("60 ngày"), Option("15 ngày"))
    own = Question("1", "khai_sinh", truth.WRITTEN, "Hộ tịch", "Trong bao lâu?", options, 0, "Luật Hộ tịch")
    assert truth.still_true(own, library, lambda _: False)
    assert not truth.still_true(own, library, lambda _: True)
    assert not truth.still_true(replace(own, about="khong_con"), library, lambda _: False)
    assert truth.still_true(replace(own, about=""), library, lambda _: True)
