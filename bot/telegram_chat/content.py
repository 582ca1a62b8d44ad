"""An admin's content on Telegram: a file comes in, its diff goes out, a button publishes it, another rolls back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.desk.people import People
from bot.desk.publishing import Examined, Outcome, Publisher
from bot.dialogue.message import Option
from bot.ledger import NotFound, Officer, Role
from bot.telegram_chat.handlers import LARGEST_FETCHED, Heard
from bot.telegram_chat.pending import Pending, Pendings
from bot.telegram_chat.rendering import Call, text_call
from bot.wording import importing as say_importing
from bot.wording import staff as say
from bot.wording import telegram as say_telegram
from index.manifest import Manifest
from index.shelf import BuilderBusy
from knowledge.importing.folder import Meanwhile
from knowledge.importing.imported import Unreadable
from knowledge.reading import ContentFaults

SHOWN = 8


class ContentScreens:
    """Every method is for admins: the publisher checks the right again."""

    def __init__(self, publisher: Publisher, people: People, pendings: Pendings, bot: ExtBot[Any]) -> None:
        self._publisher, self._people, self._pendings, self._bot = publisher, people, pendings, bot

    async def heard(self, h: Heard, who: Officer, command: str, text: str) -> tuple[Call, ...]:
        if command == "/moi":
            return (text_call(h.chat, await asyncio.to_thread(self._invited, who, text.split()[1:])),)
        if command == "/noidung":
            return await asyncio.to_thread(self._overview, h.chat, who)
        return await self._file(h, who)

    async def pressed(self, h: Heard, who: Officer, data: str) -> tuple[Call, ...]:
        """`o:c:act:token`."""
        _, _, act, token = (data + "::").split(":")[:4]
        if act == "publish":
            return await asyncio.to_thread(self._published, h.person, who, token, "")
        if act == "forget":
            if file := self._publisher.waiting(token):
                self._publisher.drop(file)
            return (text_call(h.person, say.FORGOTTEN),)
        if act == "allow":
            self._pendings.put(who.id, Pending("allow", token))
            return (text_call(h.person, say.ALLOW_WHY),)
        if act == "back":
            return await asyncio.to_thread(self._ask_back, h.person, who)
        return await asyncio.to_thread(self._rolled_back, h.person, who)

    async def written(self, h: Heard, who: Officer, text: str) -> tuple[Call, ...] | None:
        """The reason for letting golden questions fall."""
        pending = await asyncio.to_thread(self._pendings.of, who.id)
        if pending.do != "allow":
            return None
        self._pendings.put(who.id, Pending())
        return await asyncio.to_thread(self._published, h.chat, who, pending.code, text.strip())

    # --- a file ------------------------------------------------------------------------------------------------------

    async def _file(self, h: Heard, who: Officer) -> tuple[Call, ...]:
        document = h.message.document if h.message else None
        assert document is not None and h.message is not None
        name = document.file_name or "tep"
        if (document.file_size or 0) > LARGEST_FETCHED:
            return (text_call(h.chat, say.REFUSED_FILE.format(name=name, why=say_importing.TOO_LARGE)),)
        try:
            file = await self._bot.get_file(document.file_id)
            data = bytes(await file.download_as_bytearray())
        except TelegramError:
            return (text_call(h.chat, say_telegram.FILE_AWAY),)
        place = (h.message.caption or "").strip()
        found = await asyncio.to_thread(self._publisher.examine, who, name, data, place)
        return (_examined_call(h.chat, name, found),)

    def _published(self, chat: int, who: Officer, token: str, reason: str) -> tuple[Call, ...]:
        file = self._publisher.waiting(token)
        if file is None:
            return (text_call(chat, say.FILE_GONE),)
        found = self._publisher.examined(file)
        if found.refusal:
            return (text_call(chat, say.REFUSED_FILE.format(name=_shown(file), why=found.refusal)),)
        try:
            outcome = self._publisher.publish(who, self._publisher.import_of(found), lambda _ask: reason)
        except BuilderBusy:
            return (text_call(chat, say.BUSY),)
        except (ContentFaults, Unreadable, Meanwhile) as bad:
            return (text_call(chat, say.FAULTS.format(why=str(bad)[:1500])),)
        return (_outcome_call(chat, token, outcome),)

    # --- generations -------------------------------------------------------------------------------------------------

    def _overview(self, chat: int, who: Officer) -> tuple[Call, ...]:
        found = self._publisher.generations(who)
        live = next((m for m, served in found if served), None)
        if live is None:
            return (text_call(chat, say.NO_PREVIOUS),)
        rows = "\n".join(say.CONTENT_LINE.format(mark="→" if on else " ", **_figures(m)) for m, on in found)
        options = (Option("o:c:back:", say.ROLL_BACK),) if len(found) > 1 else ()
        return (text_call(chat, say.CONTENT.format(list=rows, **_figures(live)), options),)

    def _ask_back(self, chat: int, who: Officer) -> tuple[Call, ...]:
        previous = self._publisher.previous(who)
        if not previous:
            return (text_call(chat, say.NO_PREVIOUS),)
        option = Option("o:c:sure:", say.ROLL_BACK_SURE)
        return (text_call(chat, say.ROLL_BACK_ASK.format(name=previous), (option,)),)

    def _rolled_back(self, chat: int, who: Officer) -> tuple[Call, ...]:
        try:
            name = self._publisher.roll_back(who, "Telegram")
        except BuilderBusy:
            return (text_call(chat, say.BUSY),)
        return (text_call(chat, say.ROLLED_BACK.format(name=name) if name else say.NO_PREVIOUS),)

    # --- people ------------------------------------------------------------------------------------------------------

    def _invited(self, who: Officer, words: list[str]) -> str:
        units = ", ".join(f"{u.key} ({u.name})" for u in self._people.units() if not u.into) or "–"
        if not words or words[0] not in set(Role):
            return say.INVITE_HOW.format(units=units)
        unit = words[1] if len(words) > 1 else ""
        try:
            token = self._people.invite(who, Role(words[0]), unit, " ".join(words[2:]))
        except NotFound:
            return say.UNKNOWN_UNIT.format(unit=unit, units=units)
        return say.INVITED.format(link=f"https://t.me/{self._bot.username}?start=moi_{token}")


def _examined_call(chat: int, name: str, found: Examined) -> Call:
    if found.refusal or found.diff is None or found.batch is None:
        return text_call(chat, say.REFUSED_FILE.format(name=name, why=found.refusal))
    d = found.diff
    head = say.EXAMINED.format(
        file=name,
        taken=len(found.batch.procedures) + len(found.batch.plans),
        new=len(d.new) + len(d.new_plans),
        changed=len(d.changed),
        abolished=len(d.abolished),
        same=d.unchanged + d.unchanged_plans,
        refused=len(d.refused),
    )
    if d.empty:
        return text_call(chat, f"{head}\n\n{say.EXAMINED_NOTHING}")
    lines = say_importing.described(d, SHOWN)
    token = found.file.name.partition("-")[0]
    options = (Option(f"o:c:publish:{token}", say.PUBLISH), Option(f"o:c:forget:{token}", say.FORGET_FILE))
    return text_call(chat, "\n".join([head, *lines])[:3900], options)


def _outcome_call(chat: int, token: str, outcome: Outcome) -> Call:
    if outcome.switched:
        c, g = outcome.changes, outcome.golden
        counts = {"new": len(c.new), "changed": len(c.changed), "gone": len(c.gone), "won": len(g.won)}
        return text_call(chat, say.PUBLISHED.format(name=outcome.generation, asked=g.asked, **counts))
    lost = "\n".join(f"• {ask} → {got}" for ask, got in list(outcome.lost.items())[:SHOWN])
    options = (Option(f"o:c:allow:{token}", say.ALLOW), Option(f"o:c:forget:{token}", say.FORGET_FILE))
    return text_call(chat, say.HELD_BACK.format(count=len(outcome.lost), lost=lost), options)


def _figures(m: Manifest) -> dict[str, Any]:
    return {
        "name": m.name,
        "procedures": m.counts.get("procedures", 0),
        "won": len(m.golden.won) if m.golden else 0,
        "asked": m.golden.asked if m.golden else 0,
    }


def _shown(file: Path) -> str:
    return file.name.partition("-")[2]
