"""The quizzes' book: questions, contests, who answered what and when, practice, polls."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator, Sequence

from bot.outreach.quiz.contest import Asked, Contest, Drill, Entry, Item, Kind, Link, Player, Poll, Taken, Vote
from bot.outreach.quiz.question import Question, Stage
from bot.store.codec import moment_of, shape, text_of
from bot.store.shelf import Shelf

QUESTIONS = shape("questions", Question)
CONTESTS = shape("contests", Contest)
ITEMS = shape("items", Item)
PLAYERS = shape("players", Player)
ENTRIES = shape("entries", Entry)
ASKED = shape("asked", Asked)
DRILLS = shape("drills", Drill)
POLLS = shape("polls", Poll)
VOTES = shape("votes", Vote)
LINKS = shape("links", Link)
_ONCE = "on conflict do nothing"


class QuizShelf(Shelf):
    """Implements desk.quizbook.QuizBook."""

    # questions, contests

    def put_question(self, question: Question) -> None:
        self._put(QUESTIONS, question, "id")

    def question(self, number: str) -> Question | None:
        return self._one(QUESTIONS, "where id = :id", id=number)

    def questions(self, stage: Stage | None = None) -> Sequence[Question]:
        where = "where :stage = '' or stage = :stage order by topic, made_at, id"
        return self._all(QUESTIONS, where, stage=stage.value if stage else "")

    def put_contest(self, contest: Contest) -> None:
        self._put(CONTESTS, contest, "id")

    def contest(self, number: str) -> Contest | None:
        return self._one(CONTESTS, "where id = :id", id=number)

    def contests(self, kind: Kind | None = None) -> Sequence[Contest]:
        where = "where :kind = '' or kind = :kind order by opens_at desc, id"
        return self._all(CONTESTS, where, kind=kind.value if kind else "")

    def put_items(self, contest: str, items: Sequence[Item]) -> None:
        self._db.run("delete from items where contest = :contest", {"contest": contest})
        for item in items:
            self._add(ITEMS, item)

    def items(self, contest: str) -> Sequence[Item]:
        return self._all(ITEMS, "where contest = :contest order by number", contest=contest)

    def withdraw_items(self, question: str, at: dt.datetime, contest: str = "") -> int:
        return self._db.run(
            "update items set withdrawn_at = :at where question = :question and withdrawn_at is null "
            "and (:contest = '' or contest = :contest)",
            {"at": text_of(at), "question": question, "contest": contest},
        )

    # players and their tries

    def add_player(self, player: Player) -> bool:
        return bool(self._add(PLAYERS, player, _ONCE))

    def put_player(self, player: Player) -> None:
        self._put(PLAYERS, player, "id")

    def player(self, number: str) -> Player | None:
        return self._one(PLAYERS, "where id = :id", id=number)

    def player_of(self, contest: str, account: str) -> Player | None:
        where = "where contest = :contest and account = :account"
        return self._one(PLAYERS, where, contest=contest, account=account)

    def players(self, contest: str) -> Sequence[Player]:
        return self._all(PLAYERS, "where contest = :contest order by joined_at, id", contest=contest)

    def plays_of(self, account: str) -> Sequence[Player]:
        return self._all(PLAYERS, "where account = :account order by joined_at, id", account=account)

    def add_entry(self, entry: Entry) -> bool:
        return bool(self._add(ENTRIES, entry, _ONCE))

    def entry(self, number: str) -> Entry | None:
        return self._one(ENTRIES, "where id = :id", id=number)

    def entries(self, contest: str, player: str = "") -> Sequence[Entry]:
        where = "where contest = :contest and (:player = '' or player = :player) order by began_at, id"
        return self._all(ENTRIES, where, contest=contest, player=player)

    def end_entry(self, number: str, at: dt.datetime) -> None:
        values = {"at": text_of(at), "id": number}
        self._db.run("update entries set ended_at = :at where id = :id and ended_at is null", values)

    def add_asked(self, asked: Asked) -> bool:
        return bool(self._add(ASKED, asked, _ONCE))

    def asked(self, number: str) -> Asked | None:
        return self._one(ASKED, "where id = :id", id=number)

    def asked_of(self, entry: str) -> Sequence[Asked]:
        return self._all(ASKED, "where entry = :entry order by number", entry=entry)

    def asked_in(self, contest: str) -> Iterator[Asked]:
        where = "where entry in (select id from entries where contest = :contest) order by entry, number"
        return self._each(ASKED, where, contest=contest)

    def answer_asked(self, asked: Asked) -> bool:
        row = ASKED.row(asked)
        return bool(
            self._db.run(
                'update asked set "option" = :option, answered_at = :answered_at, sent_at = :sent_at, '
                "seconds = :seconds where id = :id and answered_at is null",
                row,
            )
        )

    def put_asked_sent(self, number: str, at: dt.datetime) -> None:
        values = {"at": text_of(at), "id": number}
        self._db.run("update asked set sent_at = :at where id = :id and sent_at is null", values)

    def sent_at(self, key: str) -> dt.datetime | None:
        rows = self._db.rows("select sent_at from notices where key = :key", {"key": key})
        return moment_of(rows[0][0]) if rows and rows[0][0] else None

    # practice, polls

    def add_drill(self, drill: Drill) -> None:
        self._add(DRILLS, drill)

    def drill(self, number: str) -> Drill | None:
        return self._one(DRILLS, "where id = :id", id=number)

    def drills_of(self, player: str) -> Sequence[Drill]:
        return self._all(DRILLS, "where player = :player order by asked_at, id", player=player)

    def answer_drill(self, drill: Drill) -> bool:
        return bool(
            self._db.run(
                'update drills set "option" = :option, "right" = :right, answered_at = :answered_at '
                "where id = :id and answered_at is null",
                DRILLS.row(drill),
            )
        )

    def add_poll(self, poll: Poll) -> None:
        self._add(POLLS, poll)

    def poll(self, number: str) -> Poll | None:
        return self._one(POLLS, "where id = :id", id=number)

    def polls(self, chat: str = "") -> Sequence[Poll]:
        return self._all(POLLS, "where :chat = '' or chat = :chat order by at desc, id", chat=chat)

    def close_poll(self, number: str, at: dt.datetime) -> bool:
        values = {"at": text_of(at), "id": number}
        return bool(self._db.run("update polls set closed_at = :at where id = :id and closed_at is null", values))

    def add_vote(self, vote: Vote) -> bool:
        return bool(self._add(VOTES, vote, _ONCE))

    def votes(self, poll: str) -> Sequence[Vote]:
        return self._all(VOTES, "where poll = :poll order by at, voter", poll=poll)

    def votes_of(self, voter: str) -> Sequence[Vote]:
        return self._all(VOTES, "where voter = :voter order by at, poll", voter=voter)

    # ways into a survey

    def add_link(self, link: Link) -> None:
        self._add(LINKS, link)

    def link(self, digest: str) -> Link | None:
        return self._one(LINKS, "where digest = :digest", digest=digest)

    def links(self, contest: str) -> Sequence[Link]:
        return self._all(LINKS, "where contest = :contest order by made_at, digest", contest=contest)

    def use_link(self, digest: str, by: str, at: dt.datetime) -> bool:
        return bool(
            self._db.run(
                "update links set used_by = :by, used_at = coalesce(used_at, :at) "
                "where digest = :digest and used_by in ('', :by)",
                {"by": by, "at": text_of(at), "digest": digest},
            )
        )

    # figures

    def taken(self, since: dt.datetime, until: dt.datetime) -> Taken:
        def counted(query: str, **more: str) -> int:
            return self._number(query, since=text_of(since), until=text_of(until), **more)

        begun = "from entries e join contests c on c.id = e.contest where c.kind = :kind and {}"
        begun = begun.format("e.began_at >= :since and e.began_at < :until")
        given = (
            "select count(*) from asked a join entries e on e.id = a.entry join contests c on c.id = e.contest "
            "where c.kind = :kind and a.answered_at >= :since and a.answered_at < :until"
        )
        drilled = "from drills where answered_at >= :since and answered_at < :until"
        voted = "from votes where at >= :since and at < :until"
        contest, survey = Kind.CONTEST.value, Kind.SURVEY.value
        return Taken(
            contests=counted(f"select count(distinct e.contest) {begun}", kind=contest),
            players=counted(f"select count(distinct e.player) {begun}", kind=contest),
            answers=counted(given, kind=contest),
            surveys=counted(f"select count(distinct e.contest) {begun}", kind=survey),
            surveyed=counted(f"select count(distinct e.player) {begun}", kind=survey),
            survey_answers=counted(given, kind=survey),
            practised=counted(f"select count(distinct player) {drilled}"),
            practice_answers=counted(f"select count(*) {drilled}"),
            polls=counted("select count(*) from polls where at >= :since and at < :until"),
            voters=counted(f"select count(distinct voter) {voted}"),
            votes=counted(f"select count(*) {voted}"),
        )

    # what is forgotten

    def _forget_player(self, account: str) -> None:
        """Their answers stay and stay one person's; whose they were is gone."""
        values = {"account": account, "nobody": _nobody()}
        self._db.run("update players set account = :nobody, name = '', shown = 0 where account = :account", values)
        self._db.run("update drills set player = :nobody where player = :account", values)
        self._db.run("update votes set voter = :nobody where voter = :account", values)
        for (digest,) in self._db.rows("select digest from links where used_by = :account and account = ''", values):
            self._forget_player(f"link:{digest[:20]}")
        self._db.run("update links set used_by = :nobody, name = '' where used_by = :account", values)

    def _forget_players_of_before(self, before: dt.datetime) -> None:
        """Who took part in what ended before, practised or voted before."""
        when = {"before": text_of(before)}
        over = "contest in (select id from contests where closes_at < :before)"
        told = f"select account from players where {over}"
        told += " union select player from drills where asked_at < :before"
        told += " union select voter from votes where at < :before"
        accounts = [row[0] for row in self._db.rows(told, when) if not row[0].startswith(NOBODY)]
        for account in accounts:
            values = {**when, "account": account, "nobody": _nobody()}
            mine = f"account = :account and {over}"
            self._db.run(f"update players set account = :nobody, name = '', shown = 0 where {mine}", values)
            self._db.run("update drills set player = :nobody where player = :account and asked_at < :before", values)
            self._db.run("update votes set voter = :nobody where voter = :account and at < :before", values)
        self._db.run(f"update links set name = '', account = '' where {over} and (name <> '' or account <> '')", when)


NOBODY = "x:"


def _nobody() -> str:
    """Somebody, of whom nothing is known but that they are one."""
    return f"{NOBODY}{secrets.token_hex(8)}"
