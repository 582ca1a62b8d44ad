"""Officers and admins on Telegram. To anyone else none of this exists: their words fall through to the dialogue."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.desk.house import House
from bot.desk.people import InvitationUnusable
from bot.desk.transaction import Conflict
from bot.ledger import NotAllowed, NotFound, Officer, Role
from bot.petitions.petition import IllegalMove
from bot.telegram_chat.broadcasts import BroadcastScreens
from bot.telegram_chat.content import ContentScreens
from bot.telegram_chat.hearing import Handle, Heard, notices_of, now
from bot.telegram_chat.inbox import DOOR
from bot.telegram_chat.pending import Pendings
from bot.telegram_chat.petitions import LISTS, PetitionScreens
from bot.telegram_chat.posters import poster_calls
from bot.telegram_chat.rendering import Call, text_call
from bot.wording import broadcasting as say_broadcasting
from bot.wording import console as say_console
from bot.wording import contests as say_contests
from bot.wording import office as say_office
from bot.wording import staff as say
from bot.wording import telegram as say_telegram

INVITATION = "/start moi_"
ADMIN_COMMANDS = ("/noidung", "/moi", "/nhomcanbo")
FRESH = 5.0
"""Seconds for which the list of officers' accounts is good enough to tell a citizen by."""


class Staff:
    """`table` goes before the citizens' handlers: the first that returns True has settled the update."""

    """`site`: where the console is, "" where nobody said."""

    def __init__(self, house: House, bot: ExtBot[Any], site: str = "") -> None:
        self._people, self._mail, self._bot, self._site = house.people, house.mail, bot, site
        self._signing, self._posters = house.signing, house.posters
        pendings = Pendings(house.mail)
        self._petitions = PetitionScreens(house.office, house.people, pendings)
        self.content = ContentScreens(house, pendings, bot)
        self._broadcasts = BroadcastScreens(house, pendings)
        self.table: tuple[Handle, ...] = (self._invited, self._officer)
        self._accounts: frozenset[str] = frozenset()
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()

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
        self._read_at = float("-inf")
        units = await asyncio.to_thread(self._people.units)
        unit = next((f", {u.name}" for u in units if u.key == officer.unit), "")
        welcome = say.WELCOME.format(name=officer.name, role=say_office.ROLES[officer.role.value], unit=unit)
        welcome += say.WELCOME_ADMIN if officer.role is Role.ADMIN else ""
        await self._say(h, text_call(h.chat, welcome), commands_call(h.chat, officer.role))
        return True

    async def _officer(self, h: Heard) -> bool:
        query = h.update.callback_query
        data = (query.data or "") if query else ""
        if (query and not data.startswith("o:")) or not (query or h.message):
            return False
        who = await self._who(f"{DOOR}:{h.person}")
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

    async def _who(self, account: str) -> Officer | None:
        """Most who write are citizens; only whose account is an officer's is looked up each time."""
        time = asyncio.get_running_loop().time
        async with self._reading:
            if time() - self._read_at > FRESH:
                everyone = await asyncio.to_thread(self._people.officers, None)
                self._accounts = frozenset(a for o in everyone if o.active for a in o.accounts)
                self._read_at = time()
        return await asyncio.to_thread(self._people.officer_of, account) if account in self._accounts else None

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
                return await self.content.pressed(h, who, data)
            if data.startswith("o:b:"):
                return await asyncio.to_thread(self._broadcasts.pressed, h.person, who, data)
            on = h.pressed_on if h.private else 0
            return await asyncio.to_thread(self._petitions.pressed, h.person, who, data, on)
        assert h.message is not None
        text = h.message.text or ""
        name, _, rest = text.partition(" ")
        name = name.split("@")[0].lower()
        if name == "/nhomcanbo" and not h.private and who.role is Role.ADMIN:
            await asyncio.to_thread(self._people.set_group, who, f"{DOOR}:{h.chat}")
            return (text_call(h.chat, say.GROUP_SET),)
        if not h.private:
            return None
        if name in LISTS or name == "/tim":
            return await asyncio.to_thread(self._petitions.listed, h.person, who, name, rest.strip())
        if name == "/banlamviec":
            return (text_call(h.person, await asyncio.to_thread(self._link_sent, who)),)
        if name == "/phattin":
            return await asyncio.to_thread(self._broadcasts.begin, h.person, who)
        if name == "/todan" and who.role is Role.ADMIN:
            return await asyncio.to_thread(poster_calls, self._posters, h.person, who, rest)
        if who.role is Role.ADMIN and (name in ADMIN_COMMANDS or h.message.document):
            return await self.content.heard(h, who, name, text)
        if text and not text.startswith("/"):
            found = await asyncio.to_thread(self._petitions.written, h.person, who, text)
            found = found or await asyncio.to_thread(self._broadcasts.written, h.person, who, text)
            return found if found is not None else await self.content.written(h, who, text)
        return None

    def _link_sent(self, who: Officer) -> str:
        """One's own link goes to one's own account, by the outbox."""
        if not self._site:
            return say_broadcasting.NO_ADDRESS

        def worded(token: str) -> str:
            return say_console.LINK_MESSAGE.format(address=f"{self._site}/quan-tri/vao/{token}")

        self._signing.send_link(who.id, worded)
        return say_broadcasting.LINK_SENT

    async def _say(self, h: Heard, *calls: Call) -> None:
        await asyncio.to_thread(self._mail.settle, h.row, now(), notices_of(h.row, calls))


def commands_call(chat: int, role: Role | None) -> Call:
    """The list of commands that an officer's chat shows; with no role the citizens' list comes back."""
    scope = {"type": "chat", "chat_id": chat}
    if role is None:
        return Call("deleteMyCommands", {"scope": scope})
    own = {**say_telegram.OFFICER_COMMANDS, **say_broadcasting.DESK_COMMANDS}
    own |= {**say_broadcasting.COMMANDS, **say_contests.OFFICER_COMMANDS} if role is not Role.OFFICER else {}
    own |= {**say_telegram.ADMIN_COMMANDS, **say_broadcasting.POSTER_COMMANDS} if role is Role.ADMIN else {}
    commands = [{"command": c, "description": d} for c, d in {**own, **say_telegram.COMMANDS}.items()]
    return Call("setMyCommands", {"commands": commands, "scope": scope})
