"""An admin's content on Telegram: a file comes in, its diff goes out, a button publishes it, another rolls back."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.desk.house import House
from bot.desk.publishing import Examined, Outcome
from bot.desk.rights import Action
from bot.dialogue.message import Option
from bot.ledger import NotFound, Officer, Role
from bot.telegram_chat.hearing import Heard, notice_of, now
from bot.telegram_chat.inbox import DOOR
from bot.telegram_chat.pending import Pending, Pendings
from bot.telegram_chat.rendering import Call, text_call
from bot.telegram_chat.things import LARGEST_FETCHED
from bot.wording import importing as say_importing
from bot.wording import staff as say
from bot.wording import telegram as say_telegram
from index.manifest import Manifest
from index.shelf import BuilderBusy
from knowledge.importing.diff import Diff
from knowledge.importing.folder import Meanwhile
from knowledge.importing.imported import Unreadable
from knowledge.reading import ContentFaults

SHOWN = 8
TOLD_EVERY = 2.0
"""Seconds between two changes of the message that shows how far the work is."""
Step = Callable[[str, int, int], None]


class ContentScreens:
    """Every method is for admins: the publisher checks the right again."""

    def __init__(self, house: House, pendings: Pendings, bot: ExtBot[Any]) -> None:
        self._publisher, self._people, self._works, self._mail = house.publisher, house.people, house.works, house.mail
        self._pendings, self._bot = pendings, bot
        self._under_way = f"{DOOR}:publishing:{house.mail.owner}"

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
            return await self._publish(h.person, who, token, "")
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
        return await self._publish(h.chat, who, pending.code, text.strip())

    # --- a file ------------------------------------------------------------------------------------------------------

    async def _file(self, h: Heard, who: Officer) -> tuple[Call, ...]:
        document = h.message.document if h.message else None
        assert document is not None and h.message is not None
        name = document.file_name or "tep"
        if (document.file_size or 0) > LARGEST_FETCHED:
            return (text_call(h.chat, say.REFUSED_FILE.format(name=name, why=say_importing.TOO_LARGE)),)
        await self._say(h.chat, say.EXAMINING.format(name=name))
        try:
            file = await self._bot.get_file(document.file_id)
            data = bytes(await file.download_as_bytearray())
        except TelegramError:
            return (text_call(h.chat, say_telegram.FILE_AWAY),)
        place = (h.message.caption or "").strip()
        found = await asyncio.to_thread(self._publisher.examine, who, name, data, place)
        diff = await asyncio.to_thread(self._publisher.preview, who, found)
        return (_examined_call(h.chat, name, found, diff),)

    # --- going live --------------------------------------------------------------------------------------------------

    async def _publish(self, chat: int, who: Officer, token: str, reason: str) -> tuple[Call, ...]:
        """Begins in a thread of its own, so that nobody's answer waits for it; its end is told by the outbox."""
        file = self._publisher.waiting(token)
        if file is None:
            return (text_call(chat, say.FILE_GONE),)
        shown = await self._say(chat, say.PUBLISHING)
        step = self._progress(chat, shown, asyncio.get_running_loop())

        def work(told: Step) -> Mapping[str, Any]:
            def both(what: str, done: int, of: int) -> None:
                told(what, done, of)
                step(what, done, of)

            return self._published(chat, who, token, file, reason, both)

        await asyncio.to_thread(self._works.begin, who, Action.CONTENT, "publish", _shown(file), work)
        return ()

    def _published(self, chat: int, who: Officer, token: str, file: Path, reason: str, step: Step) -> Mapping[str, Any]:
        """Off the event loop. What the door remembers meanwhile tells the admin, after a kill, what became of it."""
        self._mail.put_value(self._under_way, json.dumps({"chat": chat}))
        call = text_call(chat, say.FAILED.format(number=token[:6].upper()))
        told: Mapping[str, Any] = {}
        try:
            call, told = self._tried(chat, who, token, file, reason, step)
        finally:
            self._mail.post([notice_of(call, f"{DOOR}:published:{token}:{time.time_ns()}", now())])
            self._mail.put_value(self._under_way, "")
        return told

    def _tried(
        self, chat: int, who: Officer, token: str, file: Path, reason: str, step: Step
    ) -> tuple[Call, Mapping[str, Any]]:
        found = self._publisher.examined(file)
        if found.refusal:
            return text_call(chat, say.REFUSED_FILE.format(name=_shown(file), why=found.refusal)), {}
        change = self._publisher.import_of(found)
        try:
            outcome = self._publisher.publish(who, change, lambda _ask: reason, _shown(file), step)
        except BuilderBusy:
            option = Option(f"o:c:publish:{token}", say.PUBLISH)
            return text_call(chat, say.BUSY, (option,)), {}
        except (ContentFaults, Unreadable, Meanwhile) as bad:
            return text_call(chat, say.FAULTS.format(why=str(bad)[:1500])), {}
        return _outcome_call(chat, token, outcome), _told(outcome)

    def cut_short(self) -> None:
        """After a start: a publication that died with this process is told to who began it."""
        if written := self._mail.value(self._under_way):
            call = text_call(json.loads(written)["chat"], say.CUT_SHORT)
            self._mail.post([notice_of(call, f"{DOOR}:cut_short:{time.time_ns()}", now())])
            self._mail.put_value(self._under_way, "")

    async def _say(self, chat: int, text: str) -> int:
        """At once and at the risk of being lost; the number of the message, 0 where it was."""
        with contextlib.suppress(TelegramError):
            sent = await self._bot.do_api_request("sendMessage", api_kwargs={"chat_id": chat, "text": text})
            return int(sent["message_id"]) if isinstance(sent, dict) else 0
        return 0

    def _progress(self, chat: int, message: int, loop: asyncio.AbstractEventLoop) -> Step:
        last = [time.monotonic()]

        async def show(text: str) -> None:
            fields = {"chat_id": chat, "message_id": message, "text": f"{say.PUBLISHING}\n{text}"}
            with contextlib.suppress(TelegramError):
                await self._bot.do_api_request("editMessageText", api_kwargs=fields)

        def step(what: str, done: int, of: int) -> None:
            if message and time.monotonic() - last[0] > TOLD_EVERY:
                last[0] = time.monotonic()
                text = say.PROGRESS.format(step=say.STEPS.get(what, what), done=100 * done // max(of, 1))
                asyncio.run_coroutine_threadsafe(show(text), loop)

        return step

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


def _examined_call(chat: int, name: str, found: Examined, d: Diff | None) -> Call:
    if found.refusal or d is None or found.batch is None:
        return text_call(chat, say.REFUSED_FILE.format(name=name, why=found.refusal))
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


def _told(outcome: Outcome) -> Mapping[str, Any]:
    """What the console shows of it to whoever looks later."""
    c, g = outcome.changes, outcome.golden
    return {
        "generation": outcome.generation,
        "switched": outcome.switched,
        "changes": [len(c.new), len(c.changed), len(c.gone)],
        "golden": [len(g.won), g.asked],
        "lost": dict(list(outcome.lost.items())[:SHOWN]),
        "accepted": dict(outcome.accepted),
        "again": "",
        "fields": {},
    }


def _figures(m: Manifest) -> dict[str, Any]:
    return {
        "name": m.name,
        "procedures": m.counts.get("procedures", 0),
        "won": len(m.golden.won) if m.golden else 0,
        "asked": m.golden.asked if m.golden else 0,
    }


def _shown(file: Path) -> str:
    return file.name.partition("-")[2]
