"""Petitions that another system hands over whole, without a conversation: the same rules, the same books."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from bot.desk import intake, tracking
from bot.desk.assessing import assessed
from bot.desk.casework import Casework, Terms
from bot.desk.intake import Secret, new_secret
from bot.desk.repeating import Request, new_salt
from bot.desk.tracking import Tracked
from bot.desk.transaction import Store
from bot.dialogue import filing
from bot.dialogue.judging import Judge
from bot.dialogue.message import File, MessageClass
from bot.ledger import Filing
from bot.petitions.clock import VIETNAM
from bot.petitions.petition import Channel, Naming, Petition, filed
from index.live import LiveIndex
from knowledge.library import Library

OWN_LAWS = (MessageClass.COMPLAINT, MessageClass.DENUNCIATION)


@dataclass(frozen=True, slots=True)
class Story:
    text: str
    kind: str = MessageClass.UNCLEAR.value
    where: str = ""
    when: str = ""
    contact: str = ""
    naming: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """The petition in the books, and the secret that its sender needs to look it up."""

    petition: Petition
    secret: str


class TurnedAway(Exception):
    """Not filed here: `why` says where it goes instead, in words for its sender."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class _CameMeanwhile(Exception):
    """The same request, at the same moment, was written first."""


class Submissions:
    """`library`: what is known here today."""

    def __init__(
        self,
        store: Store,
        live: LiveIndex,
        judge: Judge,
        terms: Terms,
        library: Callable[[], Library],
        now: Callable[[], dt.datetime],
    ) -> None:
        self._store, self._live, self._judge, self._terms = store, live, judge, terms
        self._library, self._now = library, now

    def submit(self, story: Story, channel: Channel, request: Request | None = None) -> Received:
        """On disk when it returns; the same again where the same `request` came before. Raises TurnedAway where it has
        a law of its own, tells a secret, or nothing; OtherBody."""
        if request and (known := self._known(request)):
            return known
        entered = self._examined(story, channel)
        salt = new_salt()
        secret = request.secret(salt) if request else new_secret()
        try:
            return self._entered(entered, secret, request, salt)
        except _CameMeanwhile:
            assert request is not None
            known = self._known(request)
            assert known is not None
            return known

    def _entered(self, filing: Filing, secret: Secret, request: Request | None, salt: str) -> Received:
        with self._store.writing() as tx:
            petition = intake.enter(Casework(tx, self._now(), self._terms), filing, secret.digest)
            if request and not tx.add_receipt(request.receipt(petition.code, salt, self._now())):
                raise _CameMeanwhile  # and nothing of this is written
        return Received(petition, secret.shown)

    def _known(self, request: Request) -> Received | None:
        """What this request was answered before. Raises OtherBody."""
        with self._store.reading() as tx:
            receipt = tx.receipt(request.key)
            if receipt is None:
                return None
            request.check(receipt)
            return Received(filed(tx.events(receipt.code)[0]), request.secret(receipt.salt).shown)

    def _examined(self, story: Story, channel: Channel) -> Filing:
        library = self._library()
        said, _, _ = self._judge.message_class(story.text, library.language)
        kind = said if said in OWN_LAWS else MessageClass(story.kind)
        parts = {"what": story.text, "where": story.where, "when": story.when, "contact": story.contact}
        told = filing.at_once(kind, parts, story.naming)
        wish = next((i for i in told.intents if isinstance(i, File)), None)
        if wish is None:
            raise TurnedAway(told.text)
        today = self._now().astimezone(VIETNAM).date()
        found = assessed(wish, library, self._live.retriever(), self._judge, today)
        return Filing(
            kind=found.kind,
            channel=channel,
            text=wish.text,
            where=wish.where,
            when=wish.when,
            contact=wish.contact,
            naming=Naming(wish.anonymous),
            urgency=found.urgency,
            field=found.field,
            place=library.place,
        )

    def track(self, code: str, secret: str) -> tuple[Tracked, str] | None:
        """How far it is, and the same in words; None for who does not know its secret."""
        with self._store.reading() as tx:
            found = tracking.tracked(Casework(tx, self._now(), self._terms), code, "", secret)
        return (found, tracking.described(found)[0]) if found else None
