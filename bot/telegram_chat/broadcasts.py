"""A lead or admin writes to those who asked to be told: to whom, the words, a look, now or later, back, stop."""

from __future__ import annotations

import datetime as dt
import re

from bot.desk.addressing import broadcast_text
from bot.desk.house import House
from bot.desk.mailings import BadMailing
from bot.desk.notices import time_of
from bot.desk.rights import Action, check
from bot.dialogue.message import Option
from bot.ledger import NotFound, Officer
from bot.outreach.mailing import Fates, Kind, Mailing, State
from bot.petitions.clock import VIETNAM
from bot.telegram_chat.pending import Pending, Pendings
from bot.telegram_chat.rendering import Call, text_call
from bot.wording import broadcasting as say
from knowledge.vietnamese import fold

FIELDS, RECENT = 10, 3
WRITING, TIMING = "b:write", "b:when"
_WHEN = re.compile(r"(\d{1,2})[:hg](\d\d)(?:\s+(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?)?")


class BroadcastScreens:
    """All of it runs off the event loop. The desk checks the right of each step again."""

    def __init__(self, house: House, pendings: Pendings) -> None:
        self._mailings, self._desk, self._pendings = house.mailings, house.desk, pendings

    def begin(self, chat: int, who: Officer) -> tuple[Call, ...]:
        check(who, Action.BROADCAST)
        following = self._mailings.following(who)
        recent = self._recent(who)
        if not following.people:
            return (text_call(chat, "\n\n".join(filter(None, (say.NOBODY, recent)))),)
        options = [Option("o:b:to:", say.TO_ALL.format(count=following.notices))] if following.notices else []
        for field, count in list(following.fields.items())[:FIELDS]:
            options.append(Option(f"o:b:to:{fold(field)}"[:60], say.TO_FIELD.format(field=field, count=count)))
        text = say.OVERVIEW.format(people=following.people, notices=following.notices)
        return (text_call(chat, "\n\n".join(filter(None, (recent, text))), options),)

    def pressed(self, chat: int, who: Officer, data: str) -> tuple[Call, ...]:
        """`o:b:act:rest`."""
        _, _, act, rest = (data + ":::").split(":", 3)
        rest = rest.rstrip(":")
        try:
            if act == "to":
                return self._ask_words(chat, who, rest)
            return self._step(chat, who, act, int(rest or 0))
        except BadMailing as bad:
            return (text_call(chat, say.BAD[bad.reason]),)
        except NotFound:
            return (text_call(chat, say.GONE),)

    def _step(self, chat: int, who: Officer, act: str, number: int) -> tuple[Call, ...]:
        if act == "now":
            return self._sent(chat, who, self._mailings.send(who, number))
        if act == "later":
            self._pendings.put(who.id, Pending(TIMING, str(number)))
            return (text_call(chat, say.WHEN),)
        if act == "again":
            old = self._mailings.mailing(who, number)
            self._pendings.put(who.id, Pending(WRITING, (old.fields or ("",))[0], more=str(number)))
            return (text_call(chat, say.WRITE.format(audience=audience_of(old), count=self._count(who, old))),)
        if act == "drop":
            self._mailings.drop(who, number)
            return (text_call(chat, say.DROPPED),)
        if act == "back":
            self._mailings.take_back(who, number)
            return (text_call(chat, say.TAKEN_BACK), *self._shown(chat, who, number))
        if act == "stop":
            return (text_call(chat, say.STOPPED.format(count=self._mailings.stop(who, number))),)
        return self._figures(chat, who, number)

    def written(self, chat: int, who: Officer, text: str) -> tuple[Call, ...] | None:
        """The words of a broadcast, or its hour; None where neither is waited for."""
        pending = self._pendings.of(who.id)
        if pending.do not in (WRITING, TIMING):
            return None
        try:
            if pending.do == TIMING:
                sent = self._mailings.send(who, int(pending.code), _moment(text))
                self._pendings.put(who.id, Pending())
                return self._sent(chat, who, sent)
            title, _, words = text.strip().partition("\n")
            fields = (pending.code,) if pending.code else ()
            number = self._mailings.write(who, title, words or title, fields, number=int(pending.more or 0))
            self._pendings.put(who.id, Pending())
            return self._shown(chat, who, number)
        except BadMailing as bad:
            return (text_call(chat, say.BAD[bad.reason]),)
        except NotFound:
            self._pendings.put(who.id, Pending())
            return (text_call(chat, say.GONE),)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def _ask_words(self, chat: int, who: Officer, name: str) -> tuple[Call, ...]:
        field = next((f for f in self._desk.library().fields() if name and fold(f)[: len(name)] == name), "")
        if name and not field:
            raise BadMailing("field")
        fields = (field,) if field else ()
        count = self._mailings.count(who, fields, "")
        if not count:
            raise BadMailing("nobody")
        self._pendings.put(who.id, Pending(WRITING, field))
        audience = say.AUDIENCE_FIELDS.format(fields=field) if field else say.AUDIENCE_ALL
        return (text_call(chat, say.WRITE.format(audience=audience, count=count)),)

    def _shown(self, chat: int, who: Officer, number: int) -> tuple[Call, ...]:
        sight = self._mailings.sight(who, number)
        text = sight.shown[0].text if sight.shown else broadcast_text(sight.mailing, "")
        told = say.PREVIEW.format(count=sight.count, audience=audience_of(sight.mailing), text=text)
        labels = (("now", say.SEND_NOW), ("later", say.SEND_LATER), ("again", say.REWRITE), ("drop", say.DROP))
        return (text_call(chat, told, [Option(f"o:b:{act}:{number}", label) for act, label in labels]),)

    def _sent(self, chat: int, who: Officer, mailing: Mailing) -> tuple[Call, ...]:
        assert mailing.due is not None
        text = say.SCHEDULED.format(time=time_of(mailing.due), count=self._count(who, mailing))
        options = (Option(f"o:b:back:{mailing.id}", say.TAKE_BACK), Option(f"o:b:see:{mailing.id}", say.FIGURES_BUTTON))
        return (text_call(chat, text, options),)

    def _figures(self, chat: int, who: Officer, number: int) -> tuple[Call, ...]:
        sight = self._mailings.sight(who, number)
        m = sight.mailing
        text = say.STATE_LINE.format(title=m.title, state=say.STATES[m.state], figures=figures_of(sight.fates))
        stop = [Option(f"o:b:stop:{number}", say.STOP)] if m.state is State.SENDING else []
        back = [Option(f"o:b:back:{number}", say.TAKE_BACK)] if m.state is State.WAITING else []
        return (text_call(chat, text, [*stop, *back, Option(f"o:b:see:{number}", say.FIGURES_BUTTON)]),)

    def _recent(self, who: Officer) -> str:
        found = self._mailings.listed(who, Kind.BROADCAST, RECENT)
        lines = [
            say.RECENT_LINE.format(title=m.title, state=say.STATES[m.state].lower(), figures=figures_of(fates))
            for m, fates in found
        ]
        return say.RECENT.format(lines="\n".join(lines)) if lines else ""

    def _count(self, who: Officer, mailing: Mailing) -> int:
        return self._mailings.count(who, mailing.fields, mailing.place)


def audience_of(mailing: Mailing) -> str:
    place = say.AUDIENCE_PLACE.format(place=mailing.place) if mailing.place else ""
    if mailing.fields:
        return say.AUDIENCE_FIELDS.format(fields=", ".join(mailing.fields)) + place
    return say.AUDIENCE_ALL + place


def figures_of(fates: Fates) -> str:
    return say.FIGURES.format(
        receivers=fates.receivers,
        sent=fates.sent,
        waiting=fates.waiting,
        unreachable=fates.unreachable,
        left=fates.unsubscribed,
    )


def _moment(text: str) -> dt.datetime:
    """08:30, today or tomorrow; or with its day. Raises BadMailing."""
    found = _WHEN.fullmatch(text.strip())
    if not found:
        raise BadMailing("time")
    now = dt.datetime.now(VIETNAM)
    try:
        moment = now.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
        if found[3]:
            year = int(found[5]) if found[5] else now.year
            return moment.replace(day=1).replace(year=year, month=int(found[4]), day=int(found[3]))
    except ValueError:
        raise BadMailing("time") from None
    return moment if moment > now else moment + dt.timedelta(days=1)
