"""Contests from the draft of a question to the places: who may, what counts, what is fair, what is never lost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from bot.desk.contests import BadContest
from bot.desk.plays import NotInvited, Outcome, key_of, named
from bot.desk.practice import NothingToAsk
from bot.ledger import IndexEvent, NotAllowed, NotFound
from bot.outreach.quiz.contest import Kind, Phase
from bot.outreach.quiz.question import NotReviewable, Stage
from bot.outreach.quiz.truth import WRITTEN
from knowledge.library import Library
from tests.bot.desk.conftest import House
from tests.bot.desk.quiz_house import BEST, HOUR, OWN, Quiz

ME, YOU = "telegram:7", "web:8"
OTHERWISE: dict[str, dict[str, object]] = {
    "le_phi": {"fee": "123.456 đồng", "ways": ()},
    "thoi_han": {"time": "77 ngày", "ways": ()},
    "co_quan": {"agency": "Tòa án"},
}


@pytest.fixture
def quiz(any_house: House, library: Library) -> Quiz:
    return Quiz(any_house, library, any_house.staff["admin"])


def changed(library: Library, key: str, **fields: object) -> Library:
    """The library in which a procedure says something else."""
    p = replace(library.procedures[key], **fields)  # type: ignore[arg-type]
    procedures = {**library.procedures, key: p}
    return replace(library, procedures=procedures, _views={})


# --- questions -------------------------------------------------------------------------------------------------------


def test_drafts_are_in_no_play_until_somebody_approved_them(quiz: Quiz) -> None:
    made = quiz.desk.questions.draft(quiz.admin, ("Hộ tịch",), tuple(quiz.library.plans), 12)
    assert made == 12 == quiz.desk.questions.counts(quiz.admin)[Stage.DRAFT]
    assert quiz.desk.practice.next(ME, "web") is None
    drafts = quiz.desk.questions.listed(quiz.admin, Stage.DRAFT)
    assert quiz.desk.questions.approve(quiz.admin, [q.id for q in drafts]) == (12, 0)
    assert all(q.source and q.reviewed_by == quiz.admin.id for q in quiz.desk.questions.listed(quiz.admin))
    assert quiz.desk.practice.next(ME, "web") is not None


def test_the_same_question_is_not_drafted_twice(quiz: Quiz) -> None:
    first = quiz.desk.questions.draft(quiz.admin, ("Cư trú",), (), 100)
    assert first and quiz.desk.questions.draft(quiz.admin, ("Cư trú",), (), 100) == 0


def test_an_officer_may_not_make_quizzes(quiz: Quiz) -> None:
    lan = quiz.house.staff["lan"]
    with pytest.raises(NotAllowed):
        quiz.desk.questions.listed(lan)
    with pytest.raises(NotAllowed):
        quiz.desk.contests.listed(lan)
    assert quiz.desk.contests.listed(quiz.house.staff["truong"]) == []


@pytest.mark.parametrize(
    "bad",
    [
        replace(OWN, text=" "),
        replace(OWN, source=""),
        replace(OWN, options=("60 ngày",)),
        replace(OWN, options=("60 ngày", "60 NGÀY")),
        replace(OWN, options=("60 ngày", "x" * 101)),
        replace(OWN, right=3),
        replace(OWN, text="x" * 301),
        replace(OWN, about="khong_co_thu_tuc_nay"),
    ],
)
def test_a_question_that_nobody_could_answer_is_not_kept(quiz: Quiz, bad: object) -> None:
    with pytest.raises(NotReviewable):
        quiz.desk.questions.write(quiz.admin, bad)  # type: ignore[arg-type]
    assert not quiz.desk.questions.listed(quiz.admin)


def test_other_words_make_it_a_draft_again(quiz: Quiz) -> None:
    one = quiz.desk.questions.write(quiz.admin, OWN)
    quiz.desk.questions.approve(quiz.admin, [one.id])
    quiz.desk.questions.write(quiz.admin, replace(OWN, text="Đăng ký khai sinh trong bao nhiêu ngày?"), one.id)
    assert [q.stage for q in quiz.desk.questions.listed(quiz.admin)] == [Stage.DRAFT]


def test_what_the_record_no_longer_says_leaves_all_play_at_once(quiz: Quiz) -> None:
    contest = quiz.contest(5, seconds=0)
    question = quiz.desk.contests.one(quiz.admin, contest.id)[1][0]
    quiz.library = changed(quiz.library, question.about, **OTHERWISE[question.aspect])
    assert quiz.desk.questions.recheck() == 1
    assert quiz.desk.questions.one(quiz.admin, question.question).stage is Stage.UNTRUE
    assert quiz.play(contest.id, ME).total == 4
    assert quiz.desk.questions.approve(quiz.admin, [question.question]) == (0, 1)


def test_an_untrue_question_is_never_shown_though_nobody_has_looked_yet(quiz: Quiz) -> None:
    contest = quiz.contest(4)
    for item in quiz.desk.contests.one(quiz.admin, contest.id)[1]:
        quiz.library = changed(quiz.library, item.about, fee="123.456 đồng", time="77 ngày", agency="Tòa án", ways=())
    quiz.desk.playing.join(contest.id, ME, "web")
    step = quiz.desk.playing.begin(contest.id, ME, "web")
    assert step.outcome is Outcome.FINISHED and step.total == 0
    assert quiz.desk.practice.next(ME, "web") is None
    with pytest.raises(NothingToAsk):
        quiz.desk.practice.post_poll(quiz.admin, "telegram:-5")


def test_a_written_question_waits_for_a_look_when_its_record_changes(quiz: Quiz) -> None:
    one = quiz.desk.questions.write(quiz.admin, replace(OWN, about="khai_sinh"))
    assert one.aspect == WRITTEN and one.about == "khai_sinh"
    quiz.desk.questions.approve(quiz.admin, [one.id])
    assert quiz.desk.questions.recheck() == 0
    quiz.house.now.on(minutes=1)
    with quiz.house.store.writing() as tx:
        tx.add_index_event(IndexEvent("g2", quiz.house.now(), "x", "live", (("khai_sinh", "amended"),)))
    assert quiz.desk.questions.recheck() == 1
    quiz.house.now.on(minutes=1)
    assert quiz.desk.questions.approve(quiz.admin, [one.id]) == (1, 0)
    assert quiz.desk.questions.recheck() == 0


# --- making a contest ------------------------------------------------------------------------------------------------


def test_a_contest_without_a_question_or_out_of_its_time_is_not_published(quiz: Quiz) -> None:
    contest = quiz.contest(2)
    with pytest.raises(BadContest, match="published"):
        quiz.desk.contests.choose(quiz.admin, contest.id, [])
    draft = quiz.desk.contests.save(quiz.admin, replace(contest, id=""))
    with pytest.raises(BadContest, match="questions"):
        quiz.desk.contests.publish(quiz.admin, replace(draft).id)
    for bad, why in ((replace(contest, closes_at=contest.opens_at), "period"), (replace(contest, title=" "), "title")):
        with pytest.raises(BadContest, match=why):
            quiz.desk.contests.save(quiz.admin, replace(bad, id=""))


def test_a_draft_is_nobodys_to_see(quiz: Quiz) -> None:
    contest = quiz.contest(2)
    draft = quiz.desk.contests.save(quiz.admin, replace(contest, id=""))
    assert [v.contest.id for v in quiz.desk.playing.contests()] == [contest.id]
    with pytest.raises(NotFound):
        quiz.desk.playing.view(draft.id)


def test_the_rules_of_a_published_contest_stay(quiz: Quiz) -> None:
    contest = quiz.contest(2, seconds=30)
    kept = quiz.desk.contests.save(quiz.admin, replace(contest, title="Tên khác", seconds=5, pass_mark=1))
    assert (kept.title, kept.seconds, kept.pass_mark) == ("Tên khác", 30, 0)


# --- playing ---------------------------------------------------------------------------------------------------------


def test_one_try_is_one_try(quiz: Quiz) -> None:
    contest = quiz.contest(3)
    last = quiz.play(contest.id, ME, wrong=1)
    assert last.outcome is Outcome.FINISHED and last.score and (last.score.right, last.total) == (2, 3)
    assert last.score.seconds == 6 and last.tries_left == 0
    assert quiz.desk.playing.begin(contest.id, ME, "web").outcome is Outcome.NO_TRY_LEFT
    assert not quiz.desk.playing.view(contest.id, ME).can_begin


def test_of_several_tries_the_best_counts(quiz: Quiz) -> None:
    contest = quiz.contest(3, **BEST)
    for wrong in (2, 0, 3):
        quiz.play(contest.id, ME, wrong)
    view = quiz.desk.playing.view(contest.id, ME)
    assert view.tries == 3 and view.best and view.best.right == 3 and view.can_begin


def test_the_same_answer_twice_counts_once_and_the_first_stays(quiz: Quiz) -> None:
    contest = quiz.contest(2)
    quiz.desk.playing.join(contest.id, ME, "web")
    put = quiz.desk.playing.begin(contest.id, ME, "web").put
    assert put
    right = quiz.items(contest.id)[put.text]
    after = quiz.desk.playing.answer(ME, "web", put.id, right)
    wrong = next(o for o, _ in put.options if o != right)
    again = quiz.desk.playing.answer(ME, "web", put.id, wrong)
    assert again.outcome is Outcome.REPEATED and again.put == after.put
    assert quiz.desk.contests.results(quiz.admin, contest.id).answers == 1
    with quiz.house.store.reading() as tx:
        kept = tx.asked(put.id)
    assert kept and kept.option == right


def test_a_try_goes_on_where_it_stopped_with_the_same_question_and_its_clock_running(quiz: Quiz) -> None:
    contest = quiz.contest(3, seconds=20)
    quiz.desk.playing.join(contest.id, ME, "web")
    first = quiz.desk.playing.begin(contest.id, ME, "web")
    quiz.house.now.on(seconds=15)
    again = quiz.desk.playing.begin(contest.id, ME, "web")
    assert again.put == first.put and again.put
    quiz.house.now.on(seconds=6)
    assert quiz.desk.playing.answer(ME, "web", again.put.id, 0).late


def test_a_late_answer_is_wrong_and_costs_the_whole_time(quiz: Quiz) -> None:
    contest = quiz.contest(2, seconds=10)
    last = quiz.play(contest.id, ME, seconds=11)
    assert last.late and last.score and (last.score.right, last.score.late, last.score.seconds) == (0, 2, 20)


def test_time_on_telegram_runs_from_when_the_question_is_known_to_have_arrived(quiz: Quiz) -> None:
    contest, clock = quiz.contest(2, seconds=10), quiz.house.now
    quiz.desk.playing.join(contest.id, ME, "telegram")
    put = quiz.desk.playing.begin(contest.id, ME, "telegram").put
    assert put
    _post(quiz, put.key)
    clock.on(seconds=60)  # a long queue
    _sent(quiz, put.key)
    clock.on(seconds=9)
    step = quiz.desk.playing.answer(ME, "telegram", put.id, 0, clock())
    assert not step.late
    with quiz.house.store.reading() as tx:
        kept = tx.asked(put.id)
    assert kept and kept.seconds == 9


def test_what_waited_at_the_door_counts_as_of_when_it_came_in(quiz: Quiz) -> None:
    contest, clock = quiz.contest(2, seconds=10), quiz.house.now
    quiz.desk.playing.join(contest.id, ME, "telegram")
    put = quiz.desk.playing.begin(contest.id, ME, "telegram").put
    assert put
    _post(quiz, put.key)
    _sent(quiz, put.key)
    arrived = clock() + 3 / 3600 * HOUR
    clock.on(hours=30)  # the machine was down; the contest is over by now
    assert quiz.desk.playing.answer(ME, "telegram", put.id, 0, arrived).late is False
    assert quiz.desk.contests.results(quiz.admin, contest.id).answers == 1


def test_a_question_that_never_arrived_counts_from_when_it_was_asked_for_again(quiz: Quiz) -> None:
    contest, clock = quiz.contest(2, seconds=10), quiz.house.now
    quiz.desk.playing.join(contest.id, ME, "telegram")
    quiz.desk.playing.begin(contest.id, ME, "telegram")
    clock.on(hours=1)
    put = quiz.desk.playing.begin(contest.id, ME, "telegram").put
    assert put
    clock.on(seconds=25)
    assert quiz.desk.playing.answer(ME, "telegram", put.id, 0, clock()).late


def test_nobody_answers_for_somebody_else(quiz: Quiz) -> None:
    contest = quiz.contest(2)
    quiz.desk.playing.join(contest.id, ME, "web")
    put = quiz.desk.playing.begin(contest.id, ME, "web").put
    assert put
    assert quiz.desk.playing.answer(YOU, "web", put.id, 0).outcome is Outcome.GONE
    assert quiz.desk.playing.answer(ME, "web", put.id, 99).outcome is Outcome.GONE
    assert quiz.desk.playing.answer(ME, "web", "khong-co-1-1", 0).outcome is Outcome.GONE
    assert quiz.desk.contests.results(quiz.admin, contest.id).answers == 0


def test_before_and_after_its_time_nothing_is_taken(quiz: Quiz) -> None:
    contest, clock = quiz.contest(2), quiz.house.now
    quiz.desk.playing.join(contest.id, ME, "web")
    put = quiz.desk.playing.begin(contest.id, ME, "web").put
    assert put
    clock.on(hours=24)
    assert quiz.desk.playing.view(contest.id).phase is Phase.OVER
    assert quiz.desk.playing.answer(ME, "web", put.id, 0).outcome is Outcome.NOT_OPEN
    assert quiz.desk.playing.begin(contest.id, ME, "web").outcome is Outcome.NOT_OPEN


def test_an_officer_ends_it_and_what_was_answered_counts(quiz: Quiz) -> None:
    contest = quiz.contest(2)
    quiz.play(contest.id, ME, name="Lan")
    quiz.desk.contests.stop(quiz.admin, contest.id)
    assert quiz.desk.playing.begin(contest.id, YOU, "web").outcome is Outcome.NOT_OPEN
    assert quiz.desk.playing.board(contest.id).rows[0].score.right == 2


def test_a_withdrawn_question_counts_for_nobody_also_who_had_it(quiz: Quiz) -> None:
    contest = quiz.contest(3)
    quiz.play(contest.id, ME, wrong=1)
    quiz.play(contest.id, YOU)
    item = quiz.desk.contests.one(quiz.admin, contest.id)[1][0]
    quiz.desk.contests.withdraw(quiz.admin, contest.id, item.question)
    results = quiz.desk.contests.results(quiz.admin, contest.id)
    assert results.total == 2 and all(p.score.right <= 2 for p in results.places)


# --- the list, the review, the certificate ---------------------------------------------------------------------------


def test_the_list_names_only_who_agreed(quiz: Quiz) -> None:
    contest = quiz.contest(2)
    quiz.play(contest.id, ME, name="Chị Lan")
    quiz.play(contest.id, YOU, wrong=1)
    board = quiz.desk.playing.board(contest.id, YOU)
    assert [(r.number, r.name) for r in board.rows] == [(1, "Chị Lan"), (2, "")]
    assert board.mine and board.mine.number == 2 and board.players == 2
    player = quiz.desk.playing.view(contest.id, ME).player
    assert player
    quiz.desk.contests.hide(quiz.admin, player.id)
    assert quiz.desk.playing.board(contest.id).rows[0].name == ""


def test_a_list_that_is_not_public_shows_nobody(quiz: Quiz) -> None:
    contest = quiz.contest(2, board=False)
    quiz.play(contest.id, ME, name="Chị Lan")
    board = quiz.desk.playing.board(contest.id, ME)
    assert not board.rows and board.mine and board.mine.number == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [("  Chị \n Lan ", "Chị Lan"), ("a\u202eb\u200bc", "abc"), ("<b>@x", "bx"), ("x" * 99, "x" * 40), ("\x00", "")],
)
def test_a_name_cannot_play_tricks(given: str, kept: str) -> None:
    assert named(given) == kept


def test_right_answers_are_shown_only_when_all_is_over(quiz: Quiz) -> None:
    contest = quiz.contest(3)
    quiz.play(contest.id, ME, wrong=1)
    assert not quiz.desk.playing.review(contest.id, ME)
    quiz.house.now.on(hours=24)
    review = quiz.desk.playing.review(contest.id, ME)
    assert len(review) == 3 and sum(r.given == r.question.right for r in review) == 2
    assert all(r.question.source for r in review)
    assert not quiz.desk.playing.review(contest.id, YOU)


def test_a_certificate_is_for_who_earned_it(quiz: Quiz) -> None:
    contest = quiz.contest(3, pass_mark=2)
    quiz.play(contest.id, ME, wrong=1, name="Lê Thị Lan")
    quiz.play(contest.id, YOU, wrong=2)
    earned = quiz.desk.playing.earned(contest.id, ME)
    assert (earned.name, earned.right, earned.total, earned.place) == ("Lê Thị Lan", 2, 3, 0)
    quiz.house.now.on(hours=24)
    assert quiz.desk.playing.earned(contest.id, ME, "Lê Thị Lan Anh").place == 1
    for account in (YOU, "web:9"):
        with pytest.raises(NotFound):
            quiz.desk.playing.earned(contest.id, account)


def test_results_as_a_spreadsheet_hold_no_formula(quiz: Quiz, tmp_path: Path) -> None:
    contest = quiz.contest(2)
    quiz.play(contest.id, ME, name="=cmd|'/c calc'!A1")
    file = quiz.desk.contests.write_workbook(quiz.admin, contest.id, tmp_path / "kq.xlsx")
    book = openpyxl.load_workbook(file)
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert any(str(c.value).startswith("=cmd") for c in cells) and all(c.data_type != "f" for c in cells)


# --- surveys ---------------------------------------------------------------------------------------------------------


def test_a_survey_is_for_the_invited_and_tells_who_has_not_taken_it(quiz: Quiz) -> None:
    survey = quiz.contest(3, Kind.SURVEY, units=("mc",))
    people = quiz.house.staff
    assert [v.contest.id for v in quiz.desk.playing.surveys(people["lan"])] == [survey.id]
    assert not quiz.desk.playing.surveys(people["congan"]) and not quiz.desk.playing.contests()
    with pytest.raises(NotInvited):
        quiz.desk.playing.as_officer(survey.id, people["congan"], "telegram")
    account = quiz.desk.playing.as_officer(survey.id, people["lan"], "web")
    quiz.play(survey.id, account, wrong=1)
    results = quiz.desk.contests.results(quiz.admin, survey.id)
    assert {a.name for a in results.absent} == {"Phạm Thị Trưởng", "Đỗ Quốc Hùng"}
    (group,) = results.groups
    assert (group.unit, group.asked, group.took, group.right, group.expected) == ("mc", 3, 1, 2, 3)
    assert sum(right for right, _ in results.topics.values()) == 2


def test_a_link_takes_one_person_into_a_survey_once(quiz: Quiz) -> None:
    survey = quiz.contest(2, Kind.SURVEY, units=("mc",))
    ((name, token),) = quiz.desk.contests.invite(quiz.admin, survey.id, [("Bà Ba", "mc")])
    assert {a.name for a in quiz.desk.contests.results(quiz.admin, survey.id).absent} >= {"Bà Ba"}
    found, account = quiz.desk.playing.use_link(token, "web:1", "web")
    assert found.id == survey.id and name == "Bà Ba"
    quiz.play(survey.id, account)
    for visit in (quiz.desk.playing.by_link, lambda t, v: quiz.desk.playing.use_link(t, v, "web")):
        with pytest.raises(NotInvited):
            visit(token, "web:2")
    assert quiz.desk.playing.by_link(token, "web:1")[1] == account
    with pytest.raises(NotFound):
        quiz.desk.playing.by_link("khong-co", "web:1")
    assert "Bà Ba" not in {a.name for a in quiz.desk.contests.results(quiz.admin, survey.id).absent}


def test_a_lead_sees_the_own_units_of_a_survey(quiz: Quiz) -> None:
    survey = quiz.contest(2, Kind.SURVEY)
    people = quiz.house.staff
    for name in ("lan", "congan"):
        quiz.play(survey.id, quiz.desk.playing.as_officer(survey.id, people[name], "web"))
    seen = quiz.desk.contests.results(people["truong"], survey.id)
    assert {p.name for p in seen.players.values()} == {"Nguyễn Thị Lan"}
    assert {a.unit for a in seen.absent} == {"mc"} and len(seen.places) == 1
    assert len(quiz.desk.contests.results(quiz.admin, survey.id).places) == 2


# --- practice, polls -------------------------------------------------------------------------------------------------


def test_practice_counts_an_answer_once_and_does_not_repeat_itself(quiz: Quiz) -> None:
    approved = quiz.approved(5)
    seen = []
    for _ in approved:
        one = quiz.desk.practice.next(ME, "web")
        assert one
        seen.append(one.question.id)
        judged = quiz.desk.practice.answer(ME, one.id, one.question.right)
        again = quiz.desk.practice.answer(ME, one.id, (one.question.right + 1) % 2)
        assert judged and judged.right and again and again.repeated and again.right
        assert quiz.desk.practice.answer(YOU, one.id, 0) is None
    assert len(set(seen)) == len(approved)
    assert quiz.desk.contests.taken(quiz.house.now() - HOUR, quiz.house.now() + HOUR).practice_answers == 5


def test_a_poll_is_posted_answered_and_closed(quiz: Quiz) -> None:
    quiz.approved(4)
    poll = quiz.desk.practice.post_poll(quiz.admin, "telegram:-100")
    with quiz.house.store.reading() as tx:
        (notice,) = tx.notices_to("telegram", "-100", quiz.house.now())
    body = json.loads(notice.body)
    assert body["explanation"].startswith("Nguồn: ") and len(body["explanation"]) <= 200
    assert quiz.desk.practice.vote(poll.id, "telegram:1", body["right"])
    assert not quiz.desk.practice.vote(poll.id, "telegram:1", 0)
    assert quiz.desk.practice.vote(poll.id, "telegram:2", (body["right"] + 1) % len(body["options"]))
    tally = quiz.desk.practice.close_poll(quiz.admin, "telegram:-100")
    assert (tally.votes, tally.right) == (2, 1)
    with pytest.raises(NotFound):
        quiz.desk.practice.close_poll(quiz.admin, "telegram:-100")
    with pytest.raises(NotAllowed):
        quiz.desk.practice.post_poll(quiz.house.staff["lan"], "telegram:-100")


# --- one's own -------------------------------------------------------------------------------------------------------


def test_ones_own_entries_are_handed_over_and_forgotten_and_the_places_stay(quiz: Quiz) -> None:
    contest = quiz.contest(2)
    quiz.play(contest.id, ME, name="Chị Lan")
    mine = json.loads(quiz.house.desk.data_of(ME))
    assert mine["cuoc_thi"][0]["ten"] == "Chị Lan" and len(mine["cuoc_thi"][0]["cac_lan"][0]["tra_loi"]) == 2
    quiz.house.desk.erase(ME)
    assert json.loads(quiz.house.desk.data_of(ME))["cuoc_thi"] == []
    (row,) = quiz.desk.playing.board(contest.id, ME).rows
    assert row.name == "" and not row.mine and row.score.right == 2
    assert quiz.desk.contests.taken(quiz.house.now() - HOUR, quiz.house.now() + HOUR).players == 1


def _post(quiz: Quiz, key: str) -> None:
    from bot.ledger import Notice

    assert key.startswith(key_of(""))
    with quiz.house.store.writing() as tx:
        tx.add_notice(Notice("telegram", "7", "reply", "{}", key, quiz.house.now()))


def _sent(quiz: Quiz, key: str) -> None:
    now = quiz.house.now()
    with quiz.house.store.writing() as tx:
        for notice in tx.claim_notices("telegram", "me", now, now + HOUR, 10):
            tx.notice_sent(notice.id, now)
