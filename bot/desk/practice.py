"""Questions outside contests: practice at any time, and quiz polls that officers post to a chat."""

from __future__ import annotations

import datetime as dt
import json
import random
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.desk import rights
from bot.desk.questions import changes_of, taken_out
from bot.desk.rights import Action
from bot.desk.transaction import Store, Transaction
from bot.ledger import Audit, NotFound, Notice, Officer
from bot.outreach.quiz.contest import Drill, Poll, Vote
from bot.outreach.quiz.question import Question, Stage
from bot.outreach.quiz.truth import still_true
from bot.wording import contests as say
from knowledge.library import Library

POLL_KIND, POLL_END_KIND = "poll", "poll_end"
POLL_QUESTION, POLL_OPTION, POLL_EXPLANATION, POLL_OPTIONS = 300, 100, 200, 10
"""What Telegram's quiz polls take."""
RECENT = 30
CITIZEN = "nguoi_dan"


class NothingToAsk(Exception):
    """There is no approved question that fits."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question of practice as it is shown; `options`: (the option's place in the question, its words)."""

    id: str
    question: Question
    options: tuple[tuple[int, str], ...]
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """`option`: what counts as given: the first answer, also where it was pressed twice."""

    question: Question
    option: int
    right: bool
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """A poll with how many voted, and how many of them rightly."""

    poll: Poll
    question: Question
    votes: int
    right: int


class Practice:
    def __init__(self, store: Store, library: Callable[[], Library], now: Callable[[], dt.datetime]) -> None:
        self._store, self._library, self._now = store, library, now
        self._chance = random.SystemRandom()

    # --- alone -------------------------------------------------------------------------------------------------------

    def topics(self) -> Sequence[str]:
        with self._store.reading() as tx:
            return sorted({q.topic for q in tx.questions(Stage.REVIEWED)})

    def next(
        self,
        account: str,
        door: str,
        topic: str = "",
        settle: Callable[[Transaction, Exercise | None], None] | None = None,
    ) -> Exercise | None:
        """A question that this person has not had lately; None where there is none at all."""
        with self._store.writing() as tx:
            made = self._exercise(tx, account, door, topic)
            if settle:
                settle(tx, made)
        return made

    def _exercise(self, tx: Transaction, account: str, door: str, topic: str) -> Exercise | None:
        usable = tx.questions(Stage.REVIEWED)
        recent = [d.question for d in tx.drills_of(account)[-RECENT:]]
        wanted = [q for q in usable if not topic or q.topic == topic]
        self._chance.shuffle(wanted)
        wanted.sort(key=lambda q: recent.index(q.id) + 1 if q.id in recent else 0)
        question = self._true_one(tx, wanted)
        if question is None:
            return None
        drill = Drill(secrets.token_hex(6), account, question.id, self._now(), door)
        tx.add_drill(drill)
        return exercise_of(drill, question, tuple(sorted({q.topic for q in usable})))

    def _true_one(self, tx: Transaction, questions: Sequence[Question]) -> Question | None:
        """The first that is still true; those before it are out of play from now on."""
        library, now = self._library(), self._now()
        changes = changes_of(tx, now)
        for question in questions:
            if still_true(question, library, changes):
                return question
            taken_out(tx, question.id, now)
        return None

    def shown(self, account: str, drill_id: str) -> Exercise | None:
        """One that still waits for its answer, for a page that is loaded again."""
        with self._store.reading() as tx:
            drill = tx.drill(drill_id)
            question = tx.question(drill.question) if drill and drill.player == account else None
        if drill is None or question is None or drill.answered_at:
            return None
        return exercise_of(drill, question)

    def answer(
        self,
        account: str,
        drill_id: str,
        option: int,
        settle: Callable[[Transaction, Judged | None], None] | None = None,
    ) -> Judged | None:
        """None for a question that is not this person's."""
        with self._store.writing() as tx:
            made = self._judged(tx, account, drill_id, option)
            if settle:
                settle(tx, made)
        return made

    def _judged(self, tx: Transaction, account: str, drill_id: str, option: int) -> Judged | None:
        drill = tx.drill(drill_id)
        question = tx.question(drill.question) if drill else None
        if drill is None or question is None or drill.player != account:
            return None
        if drill.answered_at is not None and drill.option is not None:
            return Judged(question, drill.option, bool(drill.right), repeated=True)
        if not 0 <= option < len(question.options):
            return None
        right = option == question.right
        tx.answer_drill(replace(drill, option=option, right=right, answered_at=self._now()))
        return Judged(question, option, right)

    # --- together ----------------------------------------------------------------------------------------------------

    def post_poll(
        self,
        who: Officer | None,
        chat: str,
        question: str = "",
        settle: Callable[[Transaction], None] | None = None,
    ) -> Poll:
        """A quiz poll goes to a chat ("telegram:-100…"); a named question, or one that this chat has not had. `who`
        None: somebody's own chat. Raises NothingToAsk."""
        if who is not None:
            rights.check(who, Action.QUIZZES)
        now = self._now()
        with self._store.writing() as tx:
            chosen = self._for_poll(tx, chat, question)
            options = list(range(len(chosen.options)))
            self._chance.shuffle(options)
            poll = Poll(secrets.token_hex(8), chosen.id, chat, who.id if who else CITIZEN, now, chosen.right)
            tx.add_poll(poll)
            door, _, to = chat.partition(":")
            tx.add_notice(Notice(door, to, POLL_KIND, _poll_body(poll, chosen, options), poll_key(poll.id), now))
            tx.put_value(f"{poll_key(poll.id)}:order", json.dumps(options))
            if who:
                tx.audit(Audit(now, who.id, "quiz_poll", chat, chosen.id))
            if settle:
                settle(tx)
        return poll

    def _for_poll(self, tx: Transaction, chat: str, question: str) -> Question:
        had = [p.question for p in tx.polls(chat)]
        usable = [q for q in tx.questions(Stage.REVIEWED) if fits_poll(q) and (not question or q.id == question)]
        self._chance.shuffle(usable)
        usable.sort(key=lambda q: -had.index(q.id) if q.id in had else -len(had) - 1)
        found = self._true_one(tx, usable)
        if found is None:
            raise NothingToAsk(question)
        return found

    def vote(
        self, poll_id: str, voter: str, shown_option: int, settle: Callable[[Transaction], None] | None = None
    ) -> bool:
        """Keeps an answer to a poll; False where the poll is not known or this person answered before."""
        with self._store.writing() as tx:
            poll = tx.poll(poll_id)
            order = json.loads(tx.value(f"{poll_key(poll_id)}:order") or "[]")
            counted = False
            if poll is not None and 0 <= shown_option < len(order):
                option = order[shown_option]
                counted = tx.add_vote(Vote(poll_id, voter, option, option == poll.right, self._now()))
            if settle:
                settle(tx)
        return counted

    def close_poll(
        self, who: Officer, chat: str, poll_id: str = "", settle: Callable[[Transaction, Tally], None] | None = None
    ) -> Tally:
        """Ends the newest open poll of a chat, or the one named; with what came of it. Raises NotFound."""
        rights.check(who, Action.QUIZZES)
        now = self._now()
        with self._store.writing() as tx:
            polls = (p for p in tx.polls(chat) if p.closed_at is None and (not poll_id or p.id == poll_id))
            poll = next(polls, None)
            if poll is None:
                raise NotFound(poll_id or chat)
            tx.close_poll(poll.id, now)
            door, _, to = poll.chat.partition(":")
            body = json.dumps({"poll": poll.id, "message": tx.value(f"{poll_key(poll.id)}:message")})
            tx.add_notice(Notice(door, to, POLL_END_KIND, body, f"{poll_key(poll.id)}:end", now))
            tally = _tally(tx, poll)
            if settle:
                settle(tx, tally)
        return tally

    def polls(self, who: Officer, most: int = 30) -> Sequence[Tally]:
        """Those that officers posted, the newest first."""
        rights.check(who, Action.QUIZZES)
        with self._store.reading() as tx:
            return [_tally(tx, p) for p in tx.polls() if p.by != CITIZEN][:most]

    def chats(self, who: Officer) -> Sequence[str]:
        """Groups in which officers have posted polls before."""
        rights.check(who, Action.QUIZZES)
        with self._store.reading() as tx:
            return list(dict.fromkeys(p.chat for p in tx.polls() if p.by != CITIZEN and ":-" in p.chat))


def exercise_of(drill: Drill, question: Question, topics: tuple[str, ...] = ()) -> Exercise:
    places = list(range(len(question.options)))
    random.Random(drill.id).shuffle(places)
    return Exercise(drill.id, question, tuple((p, question.options[p].text) for p in places), topics)


def poll_key(poll: str) -> str:
    """By which its notice is known."""
    return f"poll:{poll}"


def fits_poll(q: Question) -> bool:
    """Whether Telegram would take it; a question is never cut short."""
    return (
        len(q.text) <= POLL_QUESTION
        and 2 <= len(q.options) <= POLL_OPTIONS
        and all(len(o.text) <= POLL_OPTION for o in q.options)
    )


def _poll_body(poll: Poll, q: Question, order: Sequence[int]) -> str:
    source = say.SOURCE.format(source=q.source)
    if len(source) > POLL_EXPLANATION:
        source = source[: POLL_EXPLANATION - 1].rsplit(" ", 1)[0] + "…"
    tree = {
        "poll": poll.id,
        "question": q.text,
        "options": [q.options[place].text for place in order],
        "right": list(order).index(q.right),
        "explanation": source,
    }
    return json.dumps(tree, ensure_ascii=False)


def _tally(tx: Transaction, poll: Poll) -> Tally:
    votes = tx.votes(poll.id)
    question = tx.question(poll.question)
    if question is None:
        raise NotFound(poll.question)
    return Tally(poll, question, len(votes), sum(v.right for v in votes))
