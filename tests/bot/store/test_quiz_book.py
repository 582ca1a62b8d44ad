"""What both stores promise of quizzes: values come back equal, nothing counts twice, names go and counts stay."""

from __future__ import annotations

from dataclasses import replace

from quiz_samples import ASKED, CONTEST, DRILL, ENTRY, ITEM, LINK, PLAYER, POLL, QUESTION, VOTE, play
from store_samples import EVER, HOUR, NEVER, NOW

from bot.desk.transaction import Store
from bot.ledger import Notice
from bot.outreach.quiz.contest import Kind, Taken
from bot.outreach.quiz.question import Stage


def test_questions_contests_and_items_come_back_as_they_were(store: Store) -> None:
    with store.writing() as tx:
        play(tx)
        tx.put_question(replace(QUESTION, id="q2", stage=Stage.DRAFT, reviewed_at=None))
    with store.reading() as tx:
        assert tx.question("q1") == QUESTION and tx.question("q9") is None
        assert [q.id for q in tx.questions()] == ["q1", "q2"]
        assert [q.id for q in tx.questions(Stage.DRAFT)] == ["q2"]
        assert tx.contest("c1") == CONTEST and tx.contests(Kind.CONTEST) == [CONTEST]
        assert tx.contests(Kind.SURVEY) == []
        assert tx.items("c1") == [ITEM]


def test_a_withdrawn_question_keeps_the_hour_of_its_first_withdrawal(store: Store) -> None:
    with store.writing() as tx:
        play(tx)
        assert tx.withdraw_items("q1", NOW) == 1
        assert tx.withdraw_items("q1", NOW + HOUR) == 0
        assert tx.items("c1")[0].withdrawn_at == NOW


def test_an_account_plays_a_contest_once_and_a_try_has_its_number_once(store: Store) -> None:
    with store.writing() as tx:
        play(tx)
        assert not tx.add_player(replace(PLAYER, id="p2"))
        assert not tx.add_entry(replace(ENTRY, id="p1-x"))
        assert not tx.add_asked(ASKED)
        assert not tx.add_asked(replace(ASKED, id="p1-1-2", number=2))
        assert tx.player_of("c1", "telegram:1") == tx.player("p1") == PLAYER
        assert tx.plays_of("telegram:1") == tx.players("c1") == [PLAYER]
        assert tx.entries("c1") == tx.entries("c1", "p1") == [ENTRY] and tx.entries("c1", "p2") == []


def test_the_first_answer_stays(store: Store) -> None:
    given = replace(ASKED, option=1, answered_at=NOW + HOUR, sent_at=NOW, seconds=1 / 3)
    with store.writing() as tx:
        play(tx)
        assert not tx.answer_asked(given)
        tx.add_entry(replace(ENTRY, id="p1-2", number=2))
        tx.add_asked(replace(ASKED, id="p1-2-1", entry="p1-2"))
        second = replace(given, id="p1-2-1", entry="p1-2")
        assert tx.answer_asked(second) and not tx.answer_asked(replace(second, option=0))
        assert tx.asked("p1-2-1") == second and tx.asked_of("p1-2") == [second]
        assert [a.id for a in tx.asked_in("c1")] == ["p1-1-1", "p1-2-1"]
        tx.end_entry("p1-2", NOW)
        tx.end_entry("p1-2", NOW + HOUR)
        ended = tx.entry("p1-2")
        assert ended is not None and ended.ended_at == NOW


def test_when_a_question_was_sent_is_known_by_its_notice(store: Store) -> None:
    with store.writing() as tx:
        tx.add_notice(Notice("telegram", "1", "reply", "{}", "quiz:1", NOW))
        assert tx.sent_at("quiz:1") is None and tx.sent_at("quiz:2") is None
        (notice,) = tx.claim_notices("telegram", "me", NOW, NOW + HOUR, 1)
        tx.notice_sent(notice.id, NOW + HOUR)
        assert tx.sent_at("quiz:1") == NOW + HOUR


def test_practice_and_votes_count_once(store: Store) -> None:
    with store.writing() as tx:
        play(tx)
        assert not tx.answer_drill(replace(DRILL, option=1, right=False, answered_at=NOW))
        found = tx.drill("d1")
        assert found is not None and found.right is True and tx.drills_of("telegram:1") == [found]
        assert not tx.add_vote(replace(VOTE, option=0, right=True))
        assert tx.votes("po1") == tx.votes_of("telegram:1") == [VOTE]
        assert tx.close_poll("po1", NOW) and not tx.close_poll("po1", NOW)
        assert tx.polls("telegram:-100") == [replace(POLL, closed_at=NOW)] and tx.polls("telegram:-1") == []


def test_a_link_belongs_to_the_first_who_used_it(store: Store) -> None:
    with store.writing() as tx:
        play(tx)
        assert tx.use_link("digest", "web:1", NOW) and tx.use_link("digest", "web:1", NOW + HOUR)
        assert not tx.use_link("digest", "web:2", NOW) and not tx.use_link("no", "web:1", NOW)
        assert tx.link("digest") == replace(LINK, used_by="web:1", used_at=NOW) == tx.links("c1")[0]


def test_the_figures_stay_when_the_names_go(store: Store) -> None:
    whole = Taken(
        contests=1, players=1, answers=1, practised=1, practice_answers=1, polls=1, voters=1, votes=1
    )  # fmt: skip
    with store.writing() as tx:
        play(tx)
        assert tx.taken(EVER, NEVER) == whole
        assert tx.taken(NOW, NOW + HOUR) == replace(whole, answers=0, practised=0, practice_answers=0)
        tx.forget("telegram:1", NOW)
    with store.reading() as tx:
        assert tx.taken(EVER, NEVER) == whole
        (player,) = tx.players("c1")
        assert (player.name, player.shown) == ("", False) and "telegram" not in player.account
        assert not tx.plays_of("telegram:1") and not tx.drills_of("telegram:1") and not tx.votes_of("telegram:1")


def test_what_is_long_over_loses_its_names(store: Store) -> None:
    with store.writing() as tx:
        play(tx)
        tx.forget_older(NOW + HOUR)
        assert tx.plays_of("telegram:1") == [PLAYER]  # the contest is still on
        assert not tx.drills_of("telegram:1") and not tx.votes_of("telegram:1")
        tx.forget_older(NEVER)
        assert tx.players("c1")[0].name == "" and tx.links("c1")[0].name == ""
        assert tx.taken(EVER, NEVER).players == 1
