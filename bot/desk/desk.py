"""The desk: a message comes in by any door, the core decides, the desk carries it out in one transaction."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import replace

from bot.desk.protocol import Feedback, Petition, Store, StoreUnavailable, Turn
from bot.dialogue.dialogue import Turn as Spoken
from bot.dialogue.dialogue import take_turn
from bot.dialogue.judging import Judge
from bot.dialogue.message import EraseData, File, LogFeedback, LogUnknown, Message, MessageClass, Reply, Track
from bot.dialogue.session import Session, dump, load
from bot.petitions.codes import complete
from bot.wording import filing as say_filing
from index.live import LiveIndex
from knowledge.library import Library

Today = Callable[[], dt.date]
log = logging.getLogger(__name__)
# What is said of law-breaking by others is kept out of question logs.
NOT_LOGGED = frozenset({MessageClass.DENUNCIATION, MessageClass.COMPLAINT})


class Desk:
    """Safe to call from many threads; turns of one conversation are to be given one after the other."""

    def __init__(
        self,
        live: LiveIndex,
        judge: Judge,
        store: Store,
        place: str = "",
        authority: str = "",
        today: Today = dt.date.today,
    ) -> None:
        self._live, self._judge, self._store = live, judge, store
        self._place, self._authority, self._today = place, authority, today

    def answer(self, conversation: str, message: Message, door: str) -> Reply:
        """The reply to one message; it is returned only after session, log and intents are on disk."""
        began = time.perf_counter()
        session = load(self._store.session(conversation))
        session, reply = self._spoken(session, message)
        milliseconds = (time.perf_counter() - began) * 1000
        if any(isinstance(i, EraseData) for i in reply.intents):
            self._store.forget(conversation)
            return reply
        try:
            kept = self._store.keep(self._turn(conversation, session, reply, door, milliseconds))
        except StoreUnavailable:
            log.exception("a turn could not be kept")
            if any(isinstance(i, File) for i in reply.intents):
                reply = replace(reply, text=say_filing.FILED_NOT)
            return replace(reply, milliseconds=milliseconds)
        text = self._with_what_is_stored(conversation, reply, kept.code)
        return replace(reply, text=text, milliseconds=milliseconds)

    def _with_what_is_stored(self, conversation: str, reply: Reply, code: str) -> str:
        """A code is shown only once its petition is on disk; a code that was asked about, only to who filed it."""
        if code:
            return say_filing.FILED.format(code=code)
        tracked = next((i for i in reply.intents if isinstance(i, Track)), None)
        whole = complete(tracked.code) if tracked else ""
        at = self._store.filed_at(whole, conversation) if whole else None
        return say_filing.FOUND.format(code=whole, day=f"{at.astimezone():%d/%m/%Y}") if at else reply.text

    def warm(self) -> None:
        """What is made at the first question of each kind is made now, before anyone waits for it."""
        for text in ("làm giấy khai sinh cần gì", "kế hoạch tuyên truyền cải cách hành chính ai chủ trì"):
            self._spoken(Session(), Message(text))

    def library(self, place: str = "") -> Library:
        """What is known, as it holds at a place (the house's own by default) today."""
        return self._live.retriever().library.at(place or self._place, self._today())

    def _spoken(self, session: Session, message: Message) -> tuple[Session, Reply]:
        retriever = self._live.retriever()
        library = retriever.library.at(session.place or self._place, self._today())
        return take_turn(Spoken(session, message, library, retriever, self._judge, self._authority))

    def _turn(self, conversation: str, session: Session, reply: Reply, door: str, milliseconds: float) -> Turn:
        secret = reply.message_class in NOT_LOGGED
        feedback = next((i for i in reply.intents if isinstance(i, LogFeedback)), None)
        p = next((i for i in reply.intents if isinstance(i, File)), None)
        unknown = next((i.question for i in reply.intents if isinstance(i, LogUnknown)), "")
        return Turn(
            conversation=conversation,
            at=dt.datetime.now(dt.UTC),
            door=door,
            question="" if secret else reply.masked,
            message_class=reply.message_class,
            behavior=reply.behavior,
            records=tuple(m.id for m in reply.records),
            score=reply.score,
            generation=self._live.generation,
            reply="" if secret else reply.text,
            session=dump(session),
            milliseconds=milliseconds,
            unknown="" if secret else unknown,
            feedback=Feedback(feedback.good, feedback.reason, feedback.words) if feedback else None,
            petition=Petition(p.kind, p.text, p.where, p.when, p.contact, p.anonymous) if p else None,
        )
