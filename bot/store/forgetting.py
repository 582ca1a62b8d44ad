"""What people said is blanked, at their wish or with age; that something was asked, and how it ended, stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bot.store.codec import text_of
from bot.store.contests import QuizShelf
from bot.store.following import FollowShelf
from knowledge.vietnamese import fold

_BLANK = "conversation = '', question = '', reply = ''"
_OF_TURNS = "in (select id from turns where {})"


def _same_words(question: str) -> str:
    return " ".join(fold(question).split())


class Forgetting(QuizShelf, FollowShelf):
    def forget(self, conversation: str, at: dt.datetime) -> int:
        who = {"conversation": conversation, "at": text_of(at)}
        self._db.run("delete from sessions where conversation = :conversation", who)
        self._db.run("delete from consents where conversation = :conversation", who)
        self._mail_of(conversation)
        self._forget_player(conversation)
        self._forget_follower(conversation, at)
        return self._turns("conversation = :conversation and at <= :at and conversation <> ''", who)

    def _mail_of(self, conversation: str) -> None:
        door, _, address = conversation.partition(":")
        who = {"door": door, "address": address, "conversation": conversation}
        here = "(door = :door and {0} = :address or {0} = :conversation)"
        self._db.run(f"update updates set body = '' where settled_at is not null and {here.format('chat')}", who)
        place = here.format('"to"')
        self._db.run(f"""update notices set body = '', "to" = '' where state <> 'waiting' and {place}""", who)

    def forget_older(self, before: dt.datetime) -> int:
        when = {"before": text_of(before)}
        self._forget_players_of_before(before)
        self._forget_followers_of_before(before)
        self._db.run("delete from sessions where at < :before", when)
        self._db.run("update updates set body = '' where settled_at < :before and body <> ''", when)
        self._db.run("update notices set body = '' where state <> 'waiting' and due < :before and body <> ''", when)
        shared = self._asked_by_several(when)
        blanked = self._turns("at < :before and (question <> '' or reply <> '' or conversation <> '')", when)
        if shared:
            self._db.run_many("update gaps set question = :question where turn = :turn", shared)
        return blanked

    def _asked_by_several(self, when: dict[str, str]) -> list[dict[str, Any]]:
        """Old questions without an answer that several people asked in the same words: nobody's own, and what reports
        call them by. One that was kept before has no sender any more and stands for somebody."""
        askers: dict[str, set[str]] = {}
        rows = self._db.rows("select turn, question, conversation, at from gaps where question <> ''")
        for _, question, conversation, _ in rows:
            askers.setdefault(_same_words(question), set()).add(conversation)
        old = [(turn, question) for turn, question, _, at in rows if at < when["before"]]
        return [{"turn": t, "question": q} for t, q in old if len(askers[_same_words(q)]) > 1]

    def _turns(self, which: str, values: dict[str, str]) -> int:
        turns = _OF_TURNS.format(which)
        self._db.run(f"update gaps set question = '', conversation = '' where turn {turns}", values)
        self._db.run(f"update feedback set words = '' where turn {turns}", values)
        return self._db.run(f"update turns set {_BLANK} where {which}", values)
