"""What somebody follows: begun, ended, listed, within the turn that asked for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.desk.transaction import Store, Transaction
from bot.dialogue.message import Follow, Option, Reply, Unfollow
from bot.dialogue.session import load
from bot.ledger import Consent
from bot.outreach.mailing import CHANGES, Subscription, Topic
from bot.wording import following as say

ASKED_WITHIN = dt.timedelta(days=90)
"""For so long a question means that its procedure's changes matter to who asked."""


def followed(tx: Transaction, conversation: str, wish: Follow, now: dt.datetime, reply: Reply) -> Reply:
    topic = Topic(wish.topic)
    new = tx.subscribe(Subscription(conversation, topic, now, wish.field, wish.place))
    mine = next(s for s in tx.subscriptions_of(conversation) if (s.topic, s.field) == (topic, wish.field))
    told = say.FOLLOWED[topic].format(field=wish.field, place=_of(mine.place)) if new else say.ALREADY
    how = say.HOW.get(conversation.partition(":")[0], say.HOW_ELSEWHERE)
    options = (Option(f"t:stop:{mine.id}", say.STOP.format(name=name_of(mine))), Option("t:list", say.SEE_LIST))
    return replace(reply, text=f"{told}\n{how}", options=options)


def unfollowed(tx: Transaction, conversation: str, wish: Unfollow, now: dt.datetime, reply: Reply) -> Reply:
    mine = tx.subscriptions_of(conversation)
    options = (Option("t:list", say.SEE_LIST),)
    if wish.every:
        stop_all(tx, conversation, now, wish.mailing)
        return replace(reply, text=say.STOPPED_ALL, options=options)
    one = next((s for s in mine if s.id == wish.number), None)
    if one is None or not tx.unsubscribe(conversation, one.id, now, wish.mailing):
        return replace(reply, text=say.STOPPED_BEFORE, options=options)
    return replace(reply, text=say.STOPPED.format(name=name_of(one)), options=options)


def stop_all(tx: Transaction, conversation: str, now: dt.datetime, mailing: int = 0) -> None:
    for one in tx.subscriptions_of(conversation):
        tx.unsubscribe(conversation, one.id, now, mailing)
    if told_of_asked(tx, conversation):
        tx.set_consent(Consent(conversation, CHANGES, False, now))


def listed(tx: Transaction, conversation: str, reply: Reply) -> Reply:
    """What is followed, each with its button, and what could be besides."""
    mine, asked = tx.subscriptions_of(conversation), told_of_asked(tx, conversation)
    names = [*map(name_of, mine), *([say.LIST_ASKED] if asked else [])]
    lines = [say.LIST_LINE.format(number=n, name=name) for n, name in enumerate(names, 1)]
    text = "\n".join((say.LIST, *lines, "", say.LIST_HOW)) if names else say.LIST_NOTHING
    stops = [Option(f"t:stop:{s.id}", say.STOP.format(name=name_of(s))) for s in mine]
    stops += [Option("t:nomore", say.STOP_ASKED)] if asked else []
    stops += [Option("t:stopall", say.STOP_ALL)] if len(stops) > 2 else []
    return replace(reply, text=text, options=(*stops, *_more(mine, asked)))


def _more(mine: Sequence[Subscription], asked: bool) -> list[Option]:
    topics = {s.topic for s in mine}
    more = [Option("t:fields", say.MORE_FIELDS)]
    more += [] if Topic.NOTICES in topics else [Option("t:all", say.MORE_NOTICES)]
    more += [] if Topic.DIGEST in topics else [Option("t:digest", say.MORE_DIGEST)]
    return more if asked else [*more, Option("t:yes", say.MORE_ASKED)]


def told_of_asked(tx: Transaction, conversation: str) -> bool:
    """Whether they agreed to be told of changes of what they asked about."""
    said = [c for c in tx.consents(conversation) if c.what == CHANGES]
    return bool(said) and said[-1].given


def name_of(one: Subscription) -> str:
    return say.NAMES[one.topic].format(field=one.field, place=_of(one.place))


def _of(place: str) -> str:
    return say.OF_PLACE.format(place=place) if place else ""


@dataclass(frozen=True, slots=True)
class Mine:
    """What one conversation is told of. `asked`: also of what it asked about; `place`: the one it named."""

    subscriptions: tuple[Subscription, ...] = ()
    asked: bool = False
    place: str = ""

    def of(self, topic: Topic, field: str = "") -> Subscription | None:
        return next((s for s in self.subscriptions if (s.topic, s.field) == (topic, field)), None)


class Wishes:
    """The same for a page, which shows it in its own words."""

    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store, self._now = store, now

    def mine(self, conversation: str) -> Mine:
        with self._store.reading() as tx:
            place = load(tx.session(conversation)).place
            return Mine(tuple(tx.subscriptions_of(conversation)), told_of_asked(tx, conversation), place)

    def follow(self, conversation: str, topic: Topic, field: str = "") -> None:
        with self._store.writing() as tx:
            place = load(tx.session(conversation)).place
            tx.subscribe(Subscription(conversation, topic, self._now(), field, place))

    def stop(self, conversation: str, number: int) -> None:
        with self._store.writing() as tx:
            tx.unsubscribe(conversation, number, self._now())

    def stop_all(self, conversation: str) -> None:
        with self._store.writing() as tx:
            stop_all(tx, conversation, self._now())

    def tell_of_asked(self, conversation: str, given: bool) -> None:
        with self._store.writing() as tx:
            tx.set_consent(Consent(conversation, CHANGES, given, self._now()))
