"""The desk: a message comes in by any door, the core decides, the desk carries it out in one transaction."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.desk import belongings, searching, tracking, turns
from bot.desk.assessing import assessed, judged
from bot.desk.attachments import MOST, Unfit, Uploads, examined, shown_name
from bot.desk.belongings import Erased
from bot.desk.carrying import CHANGING, PRIVATE, Errand, carried
from bot.desk.casework import Casework, NoTerms, Terms
from bot.desk.intake import Secret, new_secret
from bot.desk.likeness import Likeness
from bot.desk.notices import day_of
from bot.desk.searching import FoundRecord
from bot.desk.tracking import Tracked
from bot.desk.transaction import Conflict, Store, Transaction
from bot.dialogue import filing
from bot.dialogue.dialogue import Turn as Spoken
from bot.dialogue.dialogue import take_turn
from bot.dialogue.filing import Alike
from bot.dialogue.judging import Judge
from bot.dialogue.message import Behavior, EraseData, File, Message, Option, Reply, ShowData
from bot.dialogue.session import Session, dump, load
from bot.ledger import Attachment, Consent, QueueFilter, StoreUnavailable, Turn
from bot.metrics import Meter
from bot.petitions.clock import VIETNAM
from bot.petitions.petition import Channel, Petition
from bot.petitions.triage import Triage
from bot.wording import filing as say
from bot.wording import privacy as say_privacy
from index.live import LiveIndex
from index.retriever import Hits
from knowledge.library import Library

Today = Callable[[], dt.date]
Now = Callable[[], dt.datetime]
Settle = Callable[[Transaction, Reply], None]
log = logging.getLogger(__name__)
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Published:
    """An answered petition that everybody may read."""

    code: str
    question: str
    answer: str
    field: str
    place: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a door may show again of a conversation: its last turns as they are kept (questions masked, petitions'
    words not at all), the buttons that still hold, the petitions that were filed in it, and whether a file is taken."""

    turns: tuple[Turn, ...]
    options: tuple[Option, ...]
    petitions: tuple[Petition, ...]
    takes_files: bool


@dataclass(frozen=True, slots=True)
class Probe:
    """A question tried out: the reply, and all candidates with their scores and evidence, the best first."""

    reply: Reply
    hits: Hits
    generation: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as the core answered it, before anything is written. `before`: the session that it was answered in."""

    before: str
    session: Session
    reply: Reply
    triage: Triage | None = None
    secret: Secret | None = None


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Desk:
    """Safe to call from many threads; turns of one conversation are to be given one after the other."""

    def __init__(
        self,
        live: LiveIndex,
        judge: Judge,
        store: Store,
        uploads: Uploads,
        place: str = "",
        authority: str = "",
        terms: Terms | None = None,
        today: Today = dt.date.today,
        now: Now = utc_now,
        meter: Meter | None = None,
    ) -> None:
        self._live, self._judge, self._store, self._uploads = live, judge, store, uploads
        self.meter = meter or Meter()
        self._place, self._authority = place, authority
        self._terms = terms if terms is not None and authority else NoTerms()
        self._today, self._now = today, now
        self.likeness = Likeness(judge.encoder)

    # --- a turn ------------------------------------------------------------------------------------------------------

    def answer(self, conversation: str, message: Message, door: str, settle: Settle | None = None) -> Reply:
        """The reply to one message; it is returned only after session, log, intents and what `settle` writes are on
        disk, all of them or none. With `settle` a store that is away raises StoreUnavailable, so that the door gives
        the message again; without, the reply says what could not be done."""
        began = time.perf_counter()
        with self._store.reading() as tx:
            before = tx.session(conversation)
        heard = self._heard(before, message, door)
        try:
            return self._written(conversation, heard, message, door, began, settle)
        except StoreUnavailable:
            if settle:
                raise
            log.exception("a turn could not be kept")
            return _not_kept(heard.reply)

    def _heard(self, before: str, message: Message, door: str = "") -> Heard:
        """Nothing is written and nothing locked while the core thinks."""
        session = load(before)
        place = session.place or self._place
        retriever = self._live.retriever().at(place)
        library = retriever.library.at(place, self._today())
        spoken = Spoken(session, message, library, retriever, self._judge, self._authority)
        after, reply = take_turn(spoken)
        if message.public and (
            reply.behavior is Behavior.PETITION or any(isinstance(i, PRIVATE) for i in reply.intents)
        ):
            return Heard(before, session, replace(reply, text=say.PRIVATELY, options=(), intents=()))
        filed = next((i for i in reply.intents if isinstance(i, File)), None)
        if filed is None:
            return Heard(before, after, reply)
        day = self._now().astimezone(VIETNAM).date()
        return Heard(before, after, reply, assessed(filed, library, retriever, self._judge, day), new_secret())

    def _written(
        self, conversation: str, heard: Heard, message: Message, door: str, began: float, settle: Settle | None
    ) -> Reply:
        """One transaction; tried again where someone else changed the same petition at the same moment."""
        for attempt in range(ATTEMPTS):
            try:
                with self._store.writing(together=True) as tx:
                    current = tx.session(conversation)
                    if current != heard.before:  # something happened in this conversation meanwhile
                        heard = self._heard(current, message, door)
                    work = Casework(tx, self._now(), self._terms)
                    errand = Errand(work, conversation, door, heard.session, heard.triage, heard.secret)
                    reply = self._carried(errand, heard, (time.perf_counter() - began) * 1000)
                    reply = _with_notice(heard, message, door, reply)
                    if settle:
                        settle(tx, reply)
            except Conflict:
                if attempt + 1 == ATTEMPTS:
                    raise
            else:
                self._drop_files(errand.dropped)
                milliseconds = (time.perf_counter() - began) * 1000
                self.meter.turn(door, reply.behavior, milliseconds)
                return replace(reply, milliseconds=milliseconds)
        raise AssertionError("the last attempt returned or raised")

    def _carried(self, errand: Errand, heard: Heard, milliseconds: float) -> Reply:
        tx, conversation, session, reply = errand.work.tx, errand.conversation, heard.session, heard.reply
        if any(isinstance(i, EraseData) for i in reply.intents):
            gone = belongings.erased(errand.work, conversation)
            errand.dropped += gone.files
            return replace(reply, text=_told_erased(gone))
        before = load(heard.before)
        session, reply = self._compared(errand, session, carried(errand, reply))
        session = replace(session, options=reply.options) if reply.options else session
        if any(isinstance(i, ShowData) for i in reply.intents):
            reply = replace(reply, document=belongings.data_of(errand.work, conversation))
        session = turns.remembered(before, session, reply)
        tx.put_session(conversation, dump(session), errand.work.now)
        turn = turns.turn_of(
            conversation, errand.work.now, errand.door, session, reply, self._live.generation, milliseconds
        )
        turns.keep(tx, turn, before, session, reply)
        return reply

    def _compared(self, errand: Errand, session: Session, reply: Reply) -> tuple[Session, Reply]:
        """At the read-back, once: whether others have told the same."""
        draft = session.draft
        if draft is None or draft.step != "confirm" or draft.compared or draft.code:
            return session, reply
        session = replace(session, draft=replace(draft, compared=True))
        own = errand.work.tx.codes_of(errand.conversation)
        found = self.likeness.of_story(errand.work, draft.text, draft.where, session.place, own)
        alike = Alike(found.code, found.voices, day_of(found.filed_at)) if found else None
        offered = filing.compare(draft, alike, self._authority)
        if offered is None:
            return session, reply
        session = replace(session, draft=offered.draft, options=offered.options)
        return session, replace(reply, text=offered.text, options=offered.options)

    # --- what doors ask besides --------------------------------------------------------------------------------------

    def warm(self) -> None:
        """What is made at the first question of each kind is made now, before anyone waits for it."""
        for text in ("làm giấy khai sinh cần gì", "kế hoạch tuyên truyền cải cách hành chính ai chủ trì"):
            self._heard("", Message(text))

    def library(self, place: str = "") -> Library:
        """What is known, as it holds at a place (the house's own by default) today."""
        return self._live.retriever().library.at(place or self._place, self._today())

    def search(self, words: str, limit: int = 5, place: str = "") -> Sequence[FoundRecord]:
        """Records for a few typed words, each with its card; nothing is logged."""
        return list(
            searching.search(self._live.retriever().at(place or self._place), self.library(place), words, limit)
        )

    def probe(self, text: str, place: str = "") -> Probe:
        """What a citizen would be told who asks this first, and the evidence that decided it; nothing is logged."""
        while True:  # the answer and the name are of one and the same generation
            generation = self._live.generation
            heard = self._heard(dump(Session(place=place)), Message(text))
            hits = self._live.retriever().at(place or self._place).search(text, 10)
            if generation == self._live.generation:
                return Probe(heard.reply, hits, generation)

    def judged(self, story: str) -> Triage:
        """What a story that came by phone or on paper is, as a citizen's own words would be judged; nothing is kept."""
        retriever, day = self._live.retriever().at(self._place), self._now().astimezone(VIETNAM).date()
        return judged(story, self.library(), retriever, self._judge, day)

    def track(self, code: str, conversation: str = "", secret: str = "") -> Tracked | None:
        """A petition, for who filed it from here or knows its secret; None for everybody else."""
        with self._store.reading() as tx:
            return tracking.tracked(Casework(tx, self._now(), self._terms), code, conversation, secret)

    def published(
        self, field: str = "", place: str = "", offset: int = 0, limit: int = 20
    ) -> tuple[list[Published], int]:
        """Answered petitions that were made public, the newest first, and how many there are."""
        wanted = QueueFilter(published=True, field=field, place=place, sort="-answered_at", offset=offset, limit=limit)
        with self._store.reading() as tx:
            page = tx.find(wanted)
            found = []
            for p in page.petitions:
                papers = {paper.role: paper.text for paper in tx.papers(p.code)}
                question, answer = papers.get("public_question", ""), papers.get("public_answer", "")
                found.append(Published(p.code, question, answer, p.field, p.place, p.answered_at or p.filed_at))
        return found, page.total

    def recalled(self, conversation: str, turns: int = 20) -> Recalled:
        """For doors that keep nothing themselves."""
        with self._store.reading() as tx:
            session = load(tx.session(conversation))
            kept = tuple(tx.turns_of(conversation)[-turns:]) if turns else ()
            found = (tx.petition(code) for code in reversed(tx.codes_of(conversation)))
            own = tuple(p for p in found if p is not None and not p.erased)
        return Recalled(kept, session.options, own, bool(session.draft or session.asked))

    def takes_files(self, conversation: str) -> bool:
        """Whether a file sent now would belong to something: an open form, or what an officer asked for."""
        with self._store.reading() as tx:
            session = load(tx.session(conversation))
        return bool(session.draft or session.asked)

    def keep_attachment(self, conversation: str, data: bytes, name: str = "") -> Attachment:
        """On disk and in the books, not yet part of anything; a Message names it by its digest. Raises Unfit."""
        fit = examined(data)
        kept = Attachment(fit.digest, shown_name(name), fit.kind, len(fit.data), conversation, at=self._now())
        with self._store.reading() as tx:
            loose = {a.digest for a in tx.attachments("", conversation)}
        if len(loose - {kept.digest}) >= MOST:
            raise Unfit("too_many")
        self._uploads.keep(fit)
        with self._store.writing() as tx:
            tx.add_attachment(kept)
        return kept

    def data_of(self, conversation: str) -> str:
        """All that is kept of a conversation, as JSON."""
        with self._store.reading() as tx:
            return belongings.data_of(Casework(tx, self._now(), self._terms), conversation)

    def erase(self, conversation: str) -> Erased:
        """Open petitions are withdrawn, then all words are gone. Counts stay."""
        with self._store.writing() as tx:
            gone = belongings.erased(Casework(tx, self._now(), self._terms), conversation)
        self._drop_files(gone.files)
        return gone

    def consent(self, conversation: str, what: str, given: bool) -> None:
        with self._store.writing() as tx:
            tx.set_consent(Consent(conversation, what, given, self._now()))

    def door_value(self, name: str) -> str:
        """A small thing that a door remembered in the store."""
        with self._store.reading() as tx:
            return tx.value(name)

    def health(self) -> Mapping[str, Any]:
        """Whether the store answers and something is found; `ok` is both."""
        try:
            with self._store.reading() as tx:
                tx.value("health")
        except StoreUnavailable:
            log.exception("the store does not answer")
            return {"ok": False, "store": False, "generation": self._live.generation}
        return {"ok": True, "store": True, "generation": self._live.generation}

    def _drop_files(self, digests: Sequence[str]) -> None:
        for digest in digests:
            self._uploads.drop(digest)


def _with_notice(heard: Heard, message: Message, door: str, reply: Reply) -> Reply:
    """The first reply by a door whose messages go abroad says so; not in a group, and not to someone in danger."""
    if door != Channel.TELEGRAM or heard.before or message.public or reply.behavior is Behavior.EMERGENCY:
        return reply
    return replace(reply, text=f"{reply.text}\n\n{say_privacy.CONSENT_TELEGRAM}")


def _not_kept(reply: Reply) -> Reply:
    """Nothing was written: an answer from the records still stands, a change does not."""
    if any(isinstance(i, File) for i in reply.intents):
        return replace(reply, text=say.FILED_NOT, options=())
    if any(isinstance(i, (*CHANGING, EraseData)) for i in reply.intents):
        return replace(reply, text=say.CHANGED_NOT, options=())
    return reply


def _told_erased(gone: Erased) -> str:
    if not gone.withdrawn:
        return say_privacy.ERASED
    return f"{say_privacy.ERASED} {say_privacy.ERASED_WITHDRAWN.format(count=gone.withdrawn)}"
