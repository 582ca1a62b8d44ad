"""A conversation over HTTP: what was said goes to the desk, what comes back becomes bubbles of safe HTML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from bot.desk.attachments import Unfit
from bot.desk.desk import Desk, Recalled, utc_now
from bot.desk.mail import Mail
from bot.desk.notices import said as said_in
from bot.dialogue.message import Behavior, EraseData, Mention, Message, Option, Reply
from bot.ledger import Attachment, StoreUnavailable
from bot.outreach.spoken import aloud
from bot.web.rendering import linked, moment, said, tel, with_commands
from bot.web.transcripts import NEWS, US, YOU, Bubble, Link, Transcripts
from bot.web.visiting import File
from bot.wording import filing as say_filing
from bot.wording import web as say
from bot.wording.citizens import URGENT_NAMES
from knowledge.library import Library

DOOR = "web"
FORM = "hoi-dap"
"""The id of the form by which a page sends what is said."""
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Said:
    """What a visitor sent: words or a button (`label`: what stood on it), files, a place."""

    text: str = ""
    choice: str = ""
    label: str = ""
    files: tuple[File, ...] = ()
    location: tuple[float, float] | None = None

    @property
    def empty(self) -> bool:
        return not (self.text.strip() or self.choice or self.files or self.location)


class Talk:
    """One conversation for the length of a request."""

    def __init__(self, desk: Desk, mail: Mail, transcripts: Transcripts, conversation: str, own_data: str) -> None:
        """`own_data`: the address at which this conversation's own data lie."""
        self._desk, self._mail, self._transcripts = desk, mail, transcripts
        self.conversation, self._own_data = conversation, own_data

    def shown(self) -> tuple[tuple[Bubble, ...], Recalled]:
        """What was said so far, and what officers have to tell since."""
        recalled = self._desk.recalled(self.conversation)
        before = self._transcripts.of(self.conversation, _last(recalled))
        bubbles = before if before is not None else _from_books(recalled)
        if news := self.news():
            self.told([b.news for b in news])
            self._transcripts.put(self.conversation, (*bubbles, *news))
        return (*bubbles, *news), recalled

    def say(self, message: Said) -> tuple[Bubble, ...]:
        """The new bubbles: the visitor's own, then what is answered."""
        before = self._before()
        label = message.label or next((o.label for b in before for o in b.options if o.id == message.choice), "")
        own = self._own(message, label)
        answers, erased = self._answered(message)
        # what was erased is not shown again either
        self._transcripts.put(self.conversation, answers if erased else (*before, *own, *answers))
        return (*own, *answers)

    def _before(self) -> tuple[Bubble, ...]:
        """As the visitor sees it: where another process has answered in the meantime, as the books have it."""
        try:
            recalled = self._desk.recalled(self.conversation)
        except StoreUnavailable:  # what is in memory will do to answer a question
            return self._transcripts.of(self.conversation) or ()
        before = self._transcripts.of(self.conversation, _last(recalled))
        return _from_books(recalled) if before is None else before

    def news(self) -> tuple[Bubble, ...]:
        """What officers and the house have to tell; it stays waiting until `told`."""
        waiting = self._mail.waiting(DOOR, self.conversation.partition(":")[2], utc_now())
        told = ((n, said_in(n)) for n in waiting)
        return tuple(Bubble(NEWS, said(t.text), t.options, news=n.id, spoken=aloud(t.text)) for n, t in told if t.text)

    def told(self, numbers: Sequence[int]) -> None:
        """These have been read by whoever they were for."""
        now = utc_now()
        for notice in self._mail.waiting(DOOR, self.conversation.partition(":")[2], now):
            if notice.id in numbers:
                self._mail.sent(notice, now)

    def forget(self) -> None:
        self._transcripts.put(self.conversation, ())

    def _own(self, message: Said, label: str) -> tuple[Bubble, ...]:
        lines = [message.text.strip() or label, *(f"📎 {f.name}" for f in message.files)]
        lines += [say.LOCATION_SENT] if message.location else []
        text = "\n".join(filter(None, lines))
        return (Bubble(YOU, Markup("<p>{}</p>").format(_broken(text))),) if text else ()

    def _answered(self, message: Said) -> tuple[tuple[Bubble, ...], bool]:
        if message.files and not self._desk.takes_files(self.conversation):
            begin = Option("f:begin", say_filing.BUTTONS["f:begin"])
            aside = Bubble(US, said(say.FILES_ASIDE), (begin,))
            if not message.text.strip():
                return (aside,), False
            return (self._turn(Message(message.text[:LONGEST]))[0], aside), False
        kept, refused = self._kept(message.files)
        complaints = tuple(Bubble(US, said(text)) for text in refused)
        if not (kept or message.text.strip() or message.choice or message.location):
            return complaints, False
        digests = tuple(a.digest for a in kept)
        bubble, erased = self._turn(Message(message.text[:LONGEST], message.choice[:64], digests, message.location))
        return (*complaints, bubble), erased

    def _kept(self, files: Sequence[File]) -> tuple[list[Attachment], list[str]]:
        kept, refused = [], []
        for file in files:
            try:
                kept.append(self._desk.keep_attachment(self.conversation, file.data, file.name))
            except Unfit as bad:
                refused.append(say.UNFIT.format(name=file.name[:80], why=say_filing.UNFIT[bad.reason]))
        return kept, refused

    def _turn(self, message: Message) -> tuple[Bubble, bool]:
        reply = self._desk.answer(self.conversation, message, DOOR)
        return self.bubble(reply), any(isinstance(i, EraseData) for i in reply.intents)

    def bubble(self, reply: Reply) -> Bubble:
        """A reply as it is shown: its text with links and numbers to call, its sources, where more stands."""
        library = self._desk.library()
        contacts = library.contacts.values()
        urgent = reply.behavior is Behavior.EMERGENCY
        told = urgent or any(m.kind == "contact" for m in reply.records)
        # a short number is a number to call only where numbers are what the reply is about
        numbers = [c.number for c in contacts if c.number and (told or len(c.number) > 5)]
        links = _calls(reply, library) if urgent else _links(reply)
        html = said(reply.text, numbers, links[0].address if len(links) == 1 and not urgent else "")
        if reply.document:
            links = (Link(self._own_data, say.DOWNLOAD_DATA),)
        return Bubble(
            US,
            with_commands(html, FORM),
            reply.options,
            tuple(map(_source, reply.sources)),
            links,
            urgent=urgent,
            spoken=aloud(reply.text),
        )


def address_of(mention: Mention) -> str:
    """The page of a record; "" where it has none of its own."""
    if mention.kind == "procedure":
        return f"/thu-tuc/{mention.code or mention.id}"
    return f"/ke-hoach/{mention.id}" if mention.kind == "plan" else ""


def _links(reply: Reply) -> tuple[Link, ...]:
    """To the whole record, where the reply is about one."""
    if reply.behavior in (Behavior.CLARIFY, Behavior.UNKNOWN, Behavior.EMERGENCY) or len(reply.records) > 2:
        return ()
    found = [(m, a) for m in reply.records if (a := address_of(m))]
    if len(found) == 1:
        label = say.WHOLE_PLAN if found[0][0].kind == "plan" else say.WHOLE_PROCEDURE
        return (Link(found[0][1], label),)
    return tuple(Link(address, mention.name) for mention, address in found)


def _calls(reply: Reply, library: Library) -> tuple[Link, ...]:
    """In an emergency: the numbers, each to be called with one touch."""
    found = [library.contacts[m.id] for m in reply.records if m.id in library.contacts]
    return tuple(
        Link(tel(c.number), say.CALL.format(number=c.number, name=URGENT_NAMES.get(c.name, c.name)))
        for c in found
        if c.number
    )


def _source(text: str) -> Markup:
    return linked(text)


def _broken(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _last(recalled: Recalled) -> dt.datetime | None:
    return recalled.turns[-1].at if recalled.turns else None


def _from_books(recalled: Recalled) -> tuple[Bubble, ...]:
    """The turns whose words were kept; of petitions, whose words are not, that the newest one was filed and that one is
    half told. The buttons only of the last one."""
    bubbles: list[Bubble] = []
    for number, turn in enumerate(recalled.turns, 1):
        if turn.question:
            bubbles.append(Bubble(YOU, Markup("<p>{}</p>").format(_broken(turn.question))))
        if turn.reply:
            options = recalled.options if number == len(recalled.turns) else ()
            bubbles.append(Bubble(US, said(turn.reply), options, spoken=aloud(turn.reply)))
    if recalled.petitions:
        newest = recalled.petitions[0]
        told = say.FILED_HERE.format(code=newest.code, at=moment(newest.filed_at))
        bubbles.append(Bubble(US, said(told), spoken=aloud(told)))
    if recalled.takes_files and recalled.turns and not recalled.turns[-1].reply:
        bubbles.append(Bubble(US, said(say.HALF_TOLD), recalled.options, spoken=aloud(say.HALF_TOLD)))
    return tuple(bubbles)
