"""Every kind of update has its handler, in one ordered table; a handler reads, asks the desk, and answers."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Sequence
from typing import Any

import telegram
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.desk.casework import GROUP
from bot.desk.desk import Desk
from bot.desk.mail import Mail
from bot.dialogue.message import Message
from bot.ledger import Update as Row
from bot.telegram_chat.answering import Answering
from bot.telegram_chat.hearing import Handle, Heard, away_key, heard
from bot.telegram_chat.inbox import DOOR
from bot.telegram_chat.inline import inline_results
from bot.telegram_chat.links import choice_of, start_of
from bot.telegram_chat.rendering import text_call
from bot.telegram_chat.things import Things
from bot.wording import telegram as say

UNFOLDING = ("all:", "field:", "page:")
_PRIVATE = ("gopy", "tracuu", "theodoi", "cuocthi", "luyentap", "xoadulieu", "dulieucuatoi")
PRIVATE_COMMANDS = {f"/{c}": c for c in _PRIVATE}
_GONE = (telegram.ChatMember.BANNED, telegram.ChatMember.LEFT)


class Handlers:
    """`staff` handles what officers and admins do, before anything of a citizen's looks at it."""

    def __init__(
        self, answering: Answering, desk: Desk, mail: Mail, bot: ExtBot[Any], staff: Sequence[Handle] = ()
    ) -> None:
        self._answering, self._desk, self._mail, self._bot = answering, desk, mail, bot
        self._things = Things(answering, desk, mail, bot)
        # The first that returns True has settled the update. Staff first: a document of an admin is no petition's.
        # Groups before private talk: a group's message that is not for the bot must reach nothing below.
        # Albums before single files: each photo of one is a file, too.
        self._table: tuple[Handle, ...] = (
            self._membership,
            self._moved,
            self._inline,
            *staff,
            self._group,
            self._button,
            self._edited,
            self._started_by_link,
            self._things.of_album,
            self._things.file,
            self._things.thing,
            self._text,
            self._rest,
        )

    async def work(self, row: Row) -> None:
        found = heard(row, self._bot)
        if found is None:
            await self._answering.settle(row)
        elif "#" in row.chat:
            await self._things.album(row, found)
        else:
            for handle in self._table:
                if await handle(found):
                    return

    async def _membership(self, h: Heard) -> bool:
        """Somebody stopped the bot or came back, or it was put into a group or taken out: noted, nothing is said."""
        changed = h.update.my_chat_member
        if changed is None:
            return False
        gone = changed.new_chat_member.status in _GONE
        await self._answering.settle(h.row, values={away_key(h.chat): "1" if gone else ""})
        return True

    async def _moved(self, h: Heard) -> bool:
        """A group became a supergroup: it has another number from now on."""
        if h.message is None or not h.message.migrate_to_chat_id:
            return False
        group = await asyncio.to_thread(self._mail.value, GROUP)
        new = {GROUP: f"{DOOR}:{h.message.migrate_to_chat_id}"} if group == f"{DOOR}:{h.chat}" else None
        await self._answering.settle(h.row, values=new)
        return True

    async def _inline(self, h: Heard) -> bool:
        query = h.update.inline_query
        if query is None:
            return False
        results = await asyncio.to_thread(inline_results, self._desk, query.query)
        fields: dict[str, Any] = {"inline_query_id": query.id, "results": results, "cache_time": 60}
        if not results:
            fields["button"] = {"text": say.INLINE_NOTHING, "start_parameter": "hoi"}
        with contextlib.suppress(TelegramError):
            await self._bot.do_api_request("answerInlineQuery", api_kwargs=fields)
        await self._answering.settle(h.row)
        return True

    async def _group(self, h: Heard) -> bool:
        """In a group only what is addressed to the bot is answered, and nothing of one person's own is shown."""
        if h.private or h.update.callback_query is not None:
            return False
        text = self._addressed(h)
        name = (text or "").split(" ")[0].lower()
        if text is None:
            await self._answering.settle(h.row)
        elif name in PRIVATE_COMMANDS:
            await self._answering.settle(h.row, text_call(h.chat, self._privately(PRIVATE_COMMANDS[name])))
        else:
            await self._answering.answer(h, Message(text or "/start", public=True))
        return True

    async def _button(self, h: Heard) -> bool:
        query = h.update.callback_query
        if query is None:
            return False
        await self._answering.calm(query.id)
        data = query.data or ""
        unfold = h.pressed_on if data.startswith(UNFOLDING) else 0
        await self._answering.answer(h, Message("", data, public=not h.private), unfold=unfold)
        return True

    async def _edited(self, h: Heard) -> bool:
        """The last question, put right, is answered anew; of older ones it is too late. While a form is open the words
        that were put right are no answer to its next question."""
        edited = h.update.edited_message
        if edited is None:
            return False
        last = await asyncio.to_thread(self._desk.door_value, f"{DOOR}:last:{h.chat}")
        if not (h.private and edited.text and last == str(edited.message_id)):
            await self._answering.settle(h.row)
        elif await asyncio.to_thread(self._desk.takes_files, h.conversation):
            await self._answering.settle(h.row, text_call(h.chat, say.EDITED_IN_FORM))
        else:
            await self._answering.answer(h, Message(edited.text), of=edited.message_id)
        return True

    async def _started_by_link(self, h: Heard) -> bool:
        """/start with what a poster or a page pointed at."""
        found = re.fullmatch(r"/start(?:@\w+)?\s+([\w-]{1,64})", h.message.text or "") if h.message else None
        if not found:
            return False
        start = await asyncio.to_thread(start_of, self._desk, found[1])
        choice = await asyncio.to_thread(choice_of, self._desk, start.target)
        message = Message(choice) if choice.startswith("/") else Message("", choice)
        await self._answering.answer(h, message, scanned=start.poster if h.private else 0)
        return True

    async def _text(self, h: Heard) -> bool:
        if h.message is None or not h.message.text:
            return False
        await self._answering.answer(h, Message(h.message.text), of=h.message.message_id)
        return True

    async def _rest(self, h: Heard) -> bool:
        await self._answering.settle(h.row)
        return True

    def _addressed(self, h: Heard) -> str | None:
        """What a group's message says to the bot; None where it is not addressed."""
        m, name = h.message, self._bot.username
        if m is None or not m.text:
            return None
        text, mention = m.text, re.compile(rf"@{re.escape(name)}\b", re.I)
        to_bot = m.reply_to_message is not None and m.reply_to_message.from_user == self._bot.bot
        command = re.match(r"/\w+(@\w+)?", text)
        if command and (not command[1] or mention.fullmatch(command[1])):
            return mention.sub("", text, count=1).strip()
        if mention.search(text) or to_bot:
            return mention.sub(" ", text).strip()
        return None

    def _privately(self, start: str) -> str:
        return say.PRIVATELY.format(link=f"https://t.me/{self._bot.username}?start={start}")
