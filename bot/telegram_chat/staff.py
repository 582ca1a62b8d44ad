"""Officers and admins on Telegram. To anyone else none of this exists: their words fall through to the dialogue."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.desk.casework import GROUP
from bot.desk.mail import Mail
from bot.desk.office import Office
from bot.desk.people import InvitationUnusable, People
from bot.desk.publishing import Publisher
from bot.desk.transaction import Conflict
from bot.ledger import NotAllowed, NotFound, Officer, Role
from bot.petitions.petition import IllegalMove
from bot.telegram_chat.content import ContentScreens
from bot.telegram_chat.handlers import Handle, Heard, notices_of, now
from bot.telegram_chat.inbox import DOOR
from bot.telegram_chat.pending import Pendings
from bot.telegram_chat.petitions import PetitionScreens
from bot.telegram_chat.rendering import Call, text_call
from bot.wording import office as say_office
from bot.wording import staff as say

INVITATION = "/start moi_"
FREE_COMMANDS = ("/viec", "/cuatoi", "/qua_han", "/chuanhan")
ADMIN_COMMANDS = ("/noidung", "/moi", "/nhomcanbo")


class Staff:
    """`table` goes before the citizens' handlers: the first that returns True has settled the update."""

    def __init__(self, office: Office, people: People, publisher: Publisher, mail: Mail, bot: ExtBot[Any]) -> None:
        self._people, self._mail, self._bot = people, mail, bot
        pendings = Pendings(mail)
        self._petitions = PetitionScreens(office, pendings)
        self._content = ContentScreens(publisher, people, pendings, bot)
        self.table: tuple[Handle, ...] = (self._invited, self._officer)

    async def _invited(self, h: Heard) -> bool:
        text = (h.message.text or "") if h.message else ""
        if not (h.private and text.startswith(INVITATION)):
            return False
        name = h.update.effective_user.full_name if h.update.effective_user else ""
        try:
            officer = await asyncio.to_thread(
                self._people.accept, text.removeprefix(INVITATION).strip(), f"{DOOR}:{h.person}", name
            )
        except InvitationUnusable:
            await self._say(h, text_call(h.chat, say.INVITATION_DEAD))
            return True
        unit = next((f", {u.name}" for u in self._people.units() if u.key == officer.unit), "")
        welcome = say.WELCOME.format(name=officer.name, role=say_office.ROLES[officer.role.value], unit=unit)
        await self._say(h, text_call(h.chat, welcome + (say.WELCOME_ADMIN if officer.role is Role.ADMIN else "")))
        return True

    async def _officer(self, h: Heard) -> bool:
        query = h.update.callback_query
        data = (query.data or "") if query else ""
        if query and not data.startswith("o:"):
            return False
        if not (query or h.message):
            return False
        who = await asyncio.to_thread(self._people.officer_of, f"{DOOR}:{h.person}")
        if who is None:
            return False
        if query:
            with contextlib.suppress(TelegramError):
                answer = {"callback_query_id": query.id, **({} if h.private else {"text": say.IN_PRIVATE})}
                await self._bot.do_api_request("answerCallbackQuery", api_kwargs=answer)
        calls = await self._guarded(h, who, data)
        if calls is None:
            return False
        await self._say(h, *calls)
        return True

    async def _guarded(self, h: Heard, who: Officer, data: str) -> tuple[Call, ...] | None:
        """The calls that answer an officer; None where this is no officer's business. Details go in private."""
        try:
            return await self._done(h, who, data)
        except NotAllowed:
            text = say.NOT_ALLOWED
        except NotFound as gone:
            text = say.NOT_FOUND.format(code=gone)
        except IllegalMove as bad:
            text = say.ILLEGAL.format(code=bad.code, state=say_office.STATES[bad.at.value])
        except Conflict:
            text = say.CONFLICT
        return (text_call(h.person, text),)

    async def _done(self, h: Heard, who: Officer, data: str) -> tuple[Call, ...] | None:
        if data:
            if data.startswith("o:c:"):
                return await self._content.pressed(h, who, data)
            return await asyncio.to_thread(self._petitions.pressed, h.person, who, data)
        assert h.message is not None
        text = h.message.text or ""
        name = text.split(" ")[0].split("@")[0].lower()
        if name == "/nhomcanbo" and not h.private and who.role is Role.ADMIN:
            await asyncio.to_thread(self._mail.put_value, GROUP, f"{DOOR}:{h.chat}")
            return (text_call(h.chat, say.GROUP_SET),)
        if not h.private:
            return None
        if name in FREE_COMMANDS:
            return await asyncio.to_thread(self._petitions.listed, h.person, who, name)
        if who.role is Role.ADMIN and (name in ADMIN_COMMANDS or h.message.document):
            return await self._content.heard(h, who, name, text)
        if text and not text.startswith("/"):
            found = await asyncio.to_thread(self._petitions.written, h.person, who, text)
            return found if found is not None else await self._content.written(h, who, text)
        return None

    async def _say(self, h: Heard, *calls: Call) -> None:
        await asyncio.to_thread(self._mail.settle, h.row, now(), notices_of(h.row, calls))
