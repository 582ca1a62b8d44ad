"""Points, places, ties."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bot.outreach.quiz.question import Option, Question
from bot.outreach.quiz.scoring import (
    Attempt,
    Counts,
    Given,
    Rules,
    Score,
    TieBreak,
    absent,
    by_topic,
    ranking,
    score,
)

START = dt.datetime(2026, 11, 21, 8, tzinfo=dt.UTC)
OPTIONS = tuple(Option(t) for t in "abc")
QUESTIONS = tuple(Question(f"q{i}", "x", "le_phi", f"t{i % 2}", "?", OPTIONS, i % 3, "nguồn") for i in range(4))


def attempt(player: str, right: int, seconds: float = 5, after: float = 0, wrong: int | None = None) -> Attempt:
    """So many right answers, then wrong ones."""
    wrong = len(QUESTIONS) - right if wrong is None else wrong
    given = [
        Given(q.id, q.right if i < right else (q.right + 1) % 3, seconds)
        for i, q in enumerate(QUESTIONS[: right + wrong])
    ]
    began = START + dt.timedelta(seconds=after)
    return Attempt(player, began, tuple(given), began + dt.timedelta(minutes=5))


def test_only_the_first_answer_to_a_question_counts() -> None:
    tried = Attempt("a", START, (Given("q0", 2, 3), Given("q0", 0, 1)))
    assert score(tried, QUESTIONS, Rules()) == Score(0, 0, 3.0)


def test_an_answer_that_came_too_late_is_wrong_and_takes_the_whole_time() -> None:
    tried = Attempt("a", START, (Given("q0", 0, 31), Given("q1", 1, 30)))
    assert score(tried, QUESTIONS[:2], Rules(seconds=30, points=10)) == Score(1, 10, 60.0, 1)


def test_a_question_left_out_takes_the_whole_time() -> None:
    assert score(Attempt("a", START), QUESTIONS, Rules(seconds=20)) == Score(0, 0, 80.0)


def test_with_one_try_the_first_counts_even_if_it_was_broken_off() -> None:
    tries = [attempt("a", 1, wrong=0), attempt("a", 4, after=60)]
    assert ranking(tries, QUESTIONS, Rules())[0].score.right == 1


def test_with_the_best_try_the_best_counts_and_of_equals_the_quicker() -> None:
    tries = [attempt("a", 2), attempt("a", 4, seconds=9, after=60), attempt("a", 4, seconds=3, after=120)]
    found = ranking(tries, QUESTIONS, Rules(Counts.BEST))
    assert [(p.number, p.score.right, p.score.seconds) for p in found] == [(1, 4, 12.0)]


def test_no_more_tries_than_allowed_are_looked_at() -> None:
    tries = [attempt("a", 1), attempt("a", 2, after=60), attempt("a", 4, after=120)]
    assert ranking(tries, QUESTIONS, Rules(Counts.BEST, tries=2))[0].score.right == 2


def test_ties_are_broken_by_time_then_by_who_was_earlier_and_then_shared() -> None:
    tries = [
        attempt("slow", 3, seconds=9),
        attempt("later", 3, seconds=5, after=10),
        attempt("quick", 3, seconds=5),
        attempt("twin", 3, seconds=5),
        attempt("best", 4, seconds=99),
    ]
    found = ranking(tries, QUESTIONS, Rules())
    assert [(p.number, p.player) for p in found] == [(1, "best"), (2, "quick"), (2, "twin"), (4, "later"), (5, "slow")]


def test_where_the_rules_name_no_tie_break_equals_share_the_place() -> None:
    tries = [attempt("a", 3, seconds=9), attempt("b", 3, seconds=1), attempt("c", 1)]
    assert [p.number for p in ranking(tries, QUESTIONS, Rules(ties=()))] == [1, 1, 3]
    earlier = Rules(ties=(TieBreak.EARLIER,))
    assert [p.number for p in ranking(tries, QUESTIONS, earlier)] == [1, 1, 3]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 4), st.floats(0, 40), st.integers(0, 500))))
def test_everyone_has_one_place_and_nobody_with_fewer_points_stands_before(rows) -> None:
    tries = [attempt(who, right, seconds, after) for who, right, seconds, after in rows]
    for rules in (Rules(seconds=30), Rules(Counts.BEST, seconds=30)):
        found = ranking(tries, QUESTIONS, rules)
        assert sorted(p.player for p in found) == sorted({a.player for a in tries})
        points = [p.score.points for p in found]
        assert points == sorted(points, reverse=True)
        assert [p.number for p in found] == sorted(p.number for p in found)
        assert ranking(list(reversed(tries)), QUESTIONS, rules) == found or len({a.began_at for a in tries}) < len(
            tries
        )


def test_the_score_by_topic_adds_up_to_the_whole() -> None:
    tries = [attempt("a", 3), attempt("b", 1)]
    topics = by_topic(tries, QUESTIONS, Rules())
    assert topics == {"t0": (3, 4), "t1": (1, 4)}
    assert sum(right for right, _ in topics.values()) == 4


def test_who_has_not_begun_is_named() -> None:
    assert absent(["a", "b", "c", "b"], [attempt("a", 0)]) == ("b", "c")
