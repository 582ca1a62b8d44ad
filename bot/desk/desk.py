"""The desk: a message comes in by any door, the core decides, the desk carries it out in one transaction."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import replace

from bot.desk.protocol import Feedback, Store, Turn
from bot.dialogue.dialogue import Turn as Spoken
from bot.dialogue.dialogue import take_turn
from bot.dialogue.judging import Judge
from bot.dialogue.message import EraseData, LogFeedback, LogUnknown, Message, MessageClass, Reply
from bot.dialogue.session import Session, dump, load
from index.live import LiveIndex
from knowledge.library import Library

Today = Callable[[], dt.date]
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
        self._store.keep(self._turn(conversation, session, reply, door, milliseconds))
        return replace(reply, milliseconds=milliseconds)

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
        )
