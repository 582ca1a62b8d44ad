"""The questions that quizzes are made of: drafted by rule or written, looked at by a person, taken out when untrue."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.desk import rights
from bot.desk.rights import Action
from bot.desk.transaction import Store, Transaction
from bot.ledger import Audit, NotFound, Officer
from bot.outreach.quiz import drafting, plans
from bot.outreach.quiz.question import (
    NotReviewable,
    Option,
    Question,
    Stage,
    doubted,
    dropped,
    edited,
    reviewed,
)
from bot.outreach.quiz.truth import WRITTEN, record_of, still_true
from knowledge.library import Library

BY_RULE = "quy_tac"
MOST_DRAFTED = 100
LONGEST_OPTION, LONGEST_TEXT, LONGEST_SOURCE, MOST_OPTIONS = 100, 300, 300, 6
BEGINNING = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Wording:
    """What an officer wrote into the form of a question. `about`: the key or code of the record it rests on."""

    text: str
    options: tuple[str, ...]
    right: int
    source: str
    topic: str = ""
    about: str = ""


class Questions:
    """`library`: what is known today."""

    def __init__(self, store: Store, library: Callable[[], Library], now: Callable[[], dt.datetime]) -> None:
        self._store, self._library, self._now = store, library, now

    # --- what officers see and do ------------------------------------------------------------------------------------

    def listed(self, who: Officer, stage: Stage | None = None) -> Sequence[Question]:
        rights.check(who, Action.QUIZZES)
        with self._store.reading() as tx:
            return tx.questions(stage)

    def one(self, who: Officer, number: str) -> Question:
        rights.check(who, Action.QUIZZES)
        with self._store.reading() as tx:
            return found(tx, number)

    def counts(self, who: Officer) -> Mapping[Stage, int]:
        everything = self.listed(who)
        return {stage: sum(q.stage is stage for q in everything) for stage in Stage}

    def draft(self, who: Officer, fields: Sequence[str], keys: Sequence[str], most: int) -> int:
        """Up to so many new drafts by rule, of these fields of procedures and these plans; how many came. None that is
        known already, whatever became of it."""
        rights.check(who, Action.QUIZZES)
        library, now = self._library(), self._now()
        seed = secrets.randbelow(10**6)
        made = list(drafting.of_procedures(library, seed, fields)) if fields else []
        made += [q for key in keys if key in library.plans for q in plans.of_plan(library.plans[key], seed)]
        with self._store.writing() as tx:
            known = {q.id for q in tx.questions()}
            fresh = drafting.picked([q for q in made if q.id not in known], min(most, MOST_DRAFTED), seed)
            for question in fresh:
                tx.put_question(replace(question, made_by=BY_RULE, made_at=now))
            tx.audit(Audit(now, who.id, "quiz_drafted", "", str(len(fresh))))
        return len(fresh)

    def write(self, who: Officer, w: Wording, number: str = "") -> Question:
        """A new one, or another wording of one; with other words it is a draft. Raises NotReviewable."""
        rights.check(who, Action.QUIZZES)
        options = tuple(Option(text) for text in w.options)
        now = self._now()
        with self._store.writing() as tx:
            if number:
                old = found(tx, number)
                kept = {o.text: o for o in old.options}
                options = tuple(kept.get(o.text, o) for o in options)
                question = edited(old, w.text, options, w.right, w.source)
            else:
                made = (secrets.token_hex(8), "", WRITTEN, w.topic, w.text, options, w.right, w.source)
                question = Question(*made, made_by=who.id, made_at=now)
            self._fit(question)
            question = self._placed(question, w, number)
            tx.put_question(question)
            tx.audit(Audit(now, who.id, "quiz_written", question.id))
        return question

    def _placed(self, question: Question, w: Wording, number: str) -> Question:
        """Whose right answer an officer set is no more what the rule drafted."""
        if not number or question.aspect == WRITTEN:
            record = record_of(self._library(), w.about) if w.about else None
            if w.about and record is None:
                raise NotReviewable("about")
            return replace(question, about=getattr(record, "key", ""), topic=w.topic)
        changed = not still_true(question, self._library(), lambda _: False)
        return replace(question, aspect=WRITTEN) if changed else question

    def _fit(self, question: Question) -> None:
        reviewed(question, "", self._now())
        if len(question.text) > LONGEST_TEXT or len(question.source) > LONGEST_SOURCE:
            raise NotReviewable("too_long")
        if any(len(o.text) > LONGEST_OPTION for o in question.options) or len(question.options) > MOST_OPTIONS:
            raise NotReviewable("option_too_long")

    def approve(self, who: Officer, numbers: Iterable[str]) -> tuple[int, int]:
        """(how many may be used from now on, how many cannot: the record says something else today)."""
        rights.check(who, Action.QUIZZES)
        library, now, done, refused = self._library(), self._now(), 0, 0
        with self._store.writing() as tx:
            for number in numbers:
                question = found(tx, number)
                if question.stage is Stage.REVIEWED:
                    continue
                if not still_true(question, library, lambda _: False):
                    tx.put_question(doubted(question))
                    refused += 1
                    continue
                tx.put_question(reviewed(question, who.id, now))
                tx.audit(Audit(now, who.id, "quiz_approved", number))
                done += 1
        return done, refused

    def drop(self, who: Officer, numbers: Iterable[str]) -> int:
        """Out of use; where it is being asked in a contest it counts for nobody from now on."""
        rights.check(who, Action.QUIZZES)
        now, done = self._now(), 0
        with self._store.writing() as tx:
            for number in numbers:
                question = found(tx, number)
                if question.stage is not Stage.DROPPED:
                    tx.put_question(dropped(question))
                    withdrawn_from_running(tx, number, now)
                    tx.audit(Audit(now, who.id, "quiz_dropped", number))
                    done += 1
        return done

    # --- truth -------------------------------------------------------------------------------------------------------

    def recheck(self) -> int:
        """Every approved question held against today's records; how many are out of play now."""
        library, now, gone = self._library(), self._now(), 0
        with self._store.reading() as tx:
            changes = changes_of(tx, now)
            doubtful = [q for q in tx.questions(Stage.REVIEWED) if not still_true(q, library, changes)]
        if doubtful:
            with self._store.writing() as tx:
                for question in doubtful:
                    gone += taken_out(tx, question.id, now)
        return gone


def found(tx: Transaction, number: str) -> Question:
    question = tx.question(number)
    if question is None:
        raise NotFound(number)
    return question


def taken_out(tx: Transaction, number: str, now: dt.datetime) -> bool:
    """A question that is no longer true is asked no more, neither in practice nor in what is being played."""
    question = tx.question(number)
    withdrawn_from_running(tx, number, now)
    if question is None or question.stage is not Stage.REVIEWED:
        return False
    tx.put_question(doubted(question))
    tx.audit(Audit(now, BY_RULE, "quiz_untrue", number))
    return True


def withdrawn_from_running(tx: Transaction, question: str, now: dt.datetime) -> None:
    """What is over stays as it was: the record said so then."""
    for contest in tx.contests():
        if contest.published_at and now < contest.closes_at:
            tx.withdraw_items(question, now, contest.id)


def changes_of(tx: Transaction, now: dt.datetime) -> Callable[[Question], bool]:
    """Whether the record of a question was announced anew, amended or abolished since somebody looked at it. The books
    are read when it is first asked: few questions need it."""
    newest: dict[str, dt.datetime] = {}
    read = False

    def changed(question: Question) -> bool:
        nonlocal read
        if not read:
            read = True
            for event in tx.index_events(BEGINNING, now + dt.timedelta(seconds=1)):
                newest.update({record.rpartition(":")[2]: event.at for record, _ in event.changes})
        at = newest.get(question.about)
        return at is not None and (question.reviewed_at is None or at > question.reviewed_at)

    return changed
