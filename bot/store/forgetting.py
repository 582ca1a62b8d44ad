"""What people said is blanked, at their wish or with age; that something was asked, and how it ended, stays."""

from __future__ import annotations

import datetime as dt

from bot.store.codec import text_of
from bot.store.contests import QuizShelf
from bot.store.following import FollowShelf

_BLANK = "conversation = '', question = '', reply = ''"
_OF_TURNS = "in (select id from turns where {})"


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
        return self._turns("at < :before and (question <> '' or reply <> '' or conversation <> '')", when)

    def _turns(self, which: str, values: dict[str, str]) -> int:
        turns = _OF_TURNS.format(which)
        self._db.run(f"update gaps set question = '', conversation = '' where turn {turns}", values)
        self._db.run(f"update feedback set words = '' where turn {turns}", values)
        return self._db.run(f"update turns set {_BLANK} where {which}", values)
