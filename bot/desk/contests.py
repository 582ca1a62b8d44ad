"""What leads and admins do with contests and surveys: make, choose the questions, publish, watch, end, hand out."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bot.desk import rights
from bot.desk.contest_results import Results, results_of
from bot.desk.people import digest_of
from bot.desk.plays import account_of, invited
from bot.desk.questions import changes_of
from bot.desk.rights import Action
from bot.desk.transaction import Store, Transaction
from bot.ledger import Audit, NotFound, Officer
from bot.outreach.quiz.contest import Contest, Item, Kind, Link, Standing, Taken
from bot.outreach.quiz.question import Question, Stage
from bot.outreach.quiz.truth import still_true
from knowledge.library import Library

MOST_QUESTIONS, MOST_SECONDS, MOST_TRIES = 100, 600, 20
LONGEST_TITLE, LONGEST_ABOUT = 120, 3000
LONGEST_PERIOD = dt.timedelta(days=366)


class BadContest(ValueError):
    """It cannot be kept or published like this; `reason`: why, by its name in the wording."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Contests:
    def __init__(self, store: Store, library: Callable[[], Library], now: Callable[[], dt.datetime]) -> None:
        self._store, self._library, self._now = store, library, now

    # --- making ------------------------------------------------------------------------------------------------------

    def listed(self, who: Officer) -> Sequence[tuple[Contest, int, int]]:
        """Each with how many take part and how many questions it has; those that were thrown away are left out."""
        rights.check(who, Action.QUIZZES)
        with self._store.reading() as tx:
            kept = [c for c in tx.contests() if c.published_at or c.standing is Standing.DRAFT]
            return [(c, len(tx.players(c.id)), len(tx.items(c.id))) for c in kept]

    def one(self, who: Officer, number: str) -> tuple[Contest, Sequence[Item]]:
        rights.check(who, Action.QUIZZES)
        with self._store.reading() as tx:
            return found(tx, number), tx.items(number)

    def save(self, who: Officer, contest: Contest) -> Contest:
        """A new one (`id` ""), or a draft put right. Of what is published only the end and the words can be changed:
        the rules were told beforehand. Raises BadContest."""
        rights.check(who, Action.QUIZZES)
        now = self._now()
        with self._store.writing() as tx:
            old = tx.contest(contest.id) if contest.id else None
            if contest.id and old is None:
                raise NotFound(contest.id)
            if old and old.standing is not Standing.DRAFT:
                contest = replace(old, title=contest.title, about=contest.about, closes_at=contest.closes_at)
            elif old:
                contest = replace(contest, by=old.by, made_at=old.made_at)
            else:
                made = replace(contest, id=_short(), by=who.id, made_at=now)
                contest = replace(made, standing=Standing.DRAFT, published_at=None)
            _check(contest)
            if set(contest.units) - {u.key for u in tx.units()}:
                raise BadContest("units")
            tx.put_contest(contest)
            tx.audit(Audit(now, who.id, "contest_saved", contest.id))
        return contest

    def choose(self, who: Officer, number: str, questions: Sequence[str]) -> int:
        """Which questions a draft asks, in this order; only approved ones. How many it has now."""
        rights.check(who, Action.QUIZZES)
        with self._store.writing() as tx:
            contest = found(tx, number)
            if contest.standing is not Standing.DRAFT:
                raise BadContest("published")
            chosen = [q for key in dict.fromkeys(questions) if (q := tx.question(key)) and q.stage is Stage.REVIEWED]
            if len(chosen) > MOST_QUESTIONS:
                raise BadContest("too_many")
            tx.put_items(number, [_item(number, at, q) for at, q in enumerate(chosen, 1)])
        return len(chosen)

    def publish(self, who: Officer, number: str) -> Contest:
        """From now on everybody sees it; its questions stay as they are at this moment. Raises BadContest."""
        rights.check(who, Action.QUIZZES)
        now, library = self._now(), self._library()
        with self._store.writing() as tx:
            contest = found(tx, number)
            if contest.standing is not Standing.DRAFT:
                raise BadContest("published")
            kept = [tx.question(i.question) for i in tx.items(number)]
            fit = [q for q in kept if q and q.stage is Stage.REVIEWED]
            if not fit or len(fit) < len(kept):
                raise BadContest("questions" if not fit else "question_gone")
            if not all(still_true(q, library, changes_of(tx, now)) for q in fit):
                raise BadContest("question_gone")
            if contest.closes_at <= now:
                raise BadContest("over")
            if contest.pass_mark > len(fit):
                raise BadContest("pass_mark")
            tx.put_items(number, [_item(number, at, q) for at, q in enumerate(fit, 1)])
            contest = replace(contest, standing=Standing.PUBLISHED, published_at=now)
            tx.put_contest(contest)
            tx.audit(Audit(now, who.id, "contest_published", number))
        return contest

    def stop(self, who: Officer, number: str) -> None:
        """A draft is thrown away; a published one ends now, and what was answered counts."""
        rights.check(who, Action.QUIZZES)
        now = self._now()
        with self._store.writing() as tx:
            contest = found(tx, number)
            ends = min(contest.closes_at, max(now, contest.opens_at)) if contest.published_at else contest.closes_at
            tx.put_contest(replace(contest, standing=Standing.STOPPED, closes_at=ends))
            tx.audit(Audit(now, who.id, "contest_stopped", number))

    def withdraw(self, who: Officer, number: str, question: str) -> None:
        """This question counts for nobody in this contest."""
        rights.check(who, Action.QUIZZES)
        with self._store.writing() as tx:
            found(tx, number)
            tx.withdraw_items(question, self._now(), number)
            tx.audit(Audit(self._now(), who.id, "contest_question_withdrawn", number, question))

    def hide(self, who: Officer, player: str, hidden: bool = True) -> None:
        """A name that should not stand in a public list is taken out of it; the place stays."""
        rights.check(who, Action.QUIZZES)
        with self._store.writing() as tx:
            one = tx.player(player)
            if one is None:
                raise NotFound(player)
            tx.put_player(replace(one, hidden=hidden))
            tx.audit(Audit(self._now(), who.id, "contest_name_hidden", one.contest, player))

    def invite(self, who: Officer, number: str, names: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """(name, token) of a link into a survey for each (name, unit); only a token's digest is kept."""
        rights.check(who, Action.QUIZZES)
        now, made = self._now(), []
        with self._store.writing() as tx:
            contest = found(tx, number)
            if contest.kind is not Kind.SURVEY:
                raise BadContest("kind")
            for name, unit in names:
                token = secrets.token_urlsafe(18)
                tx.add_link(Link(digest_of(token), number, name[:80], unit, "", who.id, now))
                made.append((name, token))
            tx.audit(Audit(now, who.id, "survey_invited", number, str(len(made))))
        return made

    def own_link(self, who: Officer, number: str) -> str:
        """A token by which an officer takes a survey in a browser, under their own account."""
        with self._store.writing() as tx:
            contest = found(tx, number)
            if contest.kind is not Kind.SURVEY or not invited(contest, who, tx.units()):
                raise NotFound(number)
            token = secrets.token_urlsafe(18)
            own = Link(digest_of(token), number, who.name, who.unit, account_of(who), who.id, self._now())
            tx.add_link(own)
        return token

    # --- watching ----------------------------------------------------------------------------------------------------

    def results(self, who: Officer, number: str) -> Results:
        """Everything, with names; of a survey a lead sees the own units."""
        rights.check(who, Action.QUIZZES)
        with self._store.reading() as tx:
            return results_of(tx, found(tx, number), who, self._now())

    def write_workbook(self, who: Officer, number: str, file: Path) -> Path:
        """The results as a spreadsheet in which no name becomes a formula."""
        from bot.desk.contest_tables import period_of, tables_of_results
        from bot.reports.spreadsheets import write_workbook

        results = self.results(who, number)
        with self._store.reading() as tx:
            names = {u.key: u.name for u in tx.units()}
        return write_workbook(tables_of_results(results, names), period_of(results.contest), file)

    def taken(self, since: dt.datetime, until: dt.datetime) -> Taken:
        """How many took part and answered: for reports."""
        with self._store.reading() as tx:
            return tx.taken(since, until)


def found(tx: Transaction, number: str) -> Contest:
    contest = tx.contest(number)
    if contest is None:
        raise NotFound(number)
    return contest


def _short() -> str:
    """Short enough for a button and a link, without letters that look alike."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(7))


def _check(c: Contest) -> None:
    """Raises BadContest for what cannot be held."""
    if not c.title.strip() or len(c.title) > LONGEST_TITLE or len(c.about) > LONGEST_ABOUT:
        raise BadContest("title")
    if not c.opens_at < c.closes_at or c.closes_at - c.opens_at > LONGEST_PERIOD:
        raise BadContest("period")
    if not (0 <= c.seconds <= MOST_SECONDS and 0 <= c.tries <= MOST_TRIES and 1 <= c.points <= 100):
        raise BadContest("numbers")
    if not 0 <= c.pass_mark <= MOST_QUESTIONS:
        raise BadContest("pass_mark")


def _item(contest: str, number: int, q: Question) -> Item:
    told = (q.id, q.about, q.aspect, q.topic, q.text, q.options, q.right, q.source, q.reviewed_at)
    return Item(contest, number, *told)
