"""Every kind of update has its handler, in one ordered table; a handler reads, asks the desk, and answers.

Whatever a handler says goes into the outbox in the same transaction that settles the update. Only what Telegram wants
at once (an inline query's answer, the end of a button's spinner, "typing") is said directly, and may be lost.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import json
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import telegram
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.desk.attachments import Unfit
from bot.desk.desk import Desk
from bot.desk.mail import Mail
from bot.desk.transaction import Transaction
from bot.dialogue.message import Behavior, Message, Option, Reply
from bot.ledger import Notice
from bot.ledger import Update as Row
from bot.telegram_chat.inbox import DOOR
from bot.telegram_chat.inline import inline_results
from bot.telegram_chat.links import choice_of
from bot.telegram_chat.rendering import Call, reply_calls, text_call, unfolding_calls
from bot.wording import filing as say_filing
from bot.wording import telegram as say

SLOW = 0.6
"""Seconds after which "typing…" is shown."""
LARGEST_FETCHED = 20 * 1024 * 1024
UNFOLDING = ("all:", "field:", "page:")
PRIVATE_COMMANDS = ("/gopy", "/tracuu", "/xoadulieu", "/dulieucuatoi")


@dataclass(frozen=True, slots=True)
class Heard:
    """One update with what every handler needs of it."""

    row: Row
    update: telegram.Update
    chat: int
    person: int
    private: bool

    @property
    def conversation(self) -> str:
        """In a group everyone has a conversation of their own, apart from their private one."""
        return f"{DOOR}:{self.chat}" if self.private else f"{DOOR}:{self.chat}/{self.person}"

    @property
    def message(self) -> telegram.Message | None:
        found = self.update.message
        return found if isinstance(found, telegram.Message) else None


Handle = Callable[[Heard], Awaitable[bool]]


def heard(row: Row, bot: ExtBot[Any]) -> Heard | None:
    """None for an update that nobody can be answered for (a channel's post, one of a kind not known here)."""
    update = telegram.Update.de_json(json.loads(row.body), bot)
    chat, person = update.effective_chat, update.effective_user
    if person is None:
        return None
    number = chat.id if chat else person.id
    return Heard(row, update, number, person.id, chat is None or chat.type == telegram.Chat.PRIVATE)


class Handlers:
    """`staff` handles what officers and admins do, before anything else looks at it."""

    def __init__(self, desk: Desk, mail: Mail, bot: ExtBot[Any], staff: Sequence[Handle] = ()) -> None:
        self._desk, self._mail, self._bot = desk, mail, bot
        # The first that returns True has settled the update. Staff first: a document of an admin is no petition's.
        # Groups before private talk: a group's message that is not for the bot must reach nothing below.
        self._table: tuple[Handle, ...] = (
            self._membership,
            self._inline,
            *staff,
            self._group,
            self._button,
            self._edited,
            self._started_by_link,
            self._file,
            self._thing,
            self._text,
            self._rest,
        )

    async def work(self, row: Row) -> None:
        found = heard(row, self._bot)
        if found is None:
            await self.settle(row)
            return
        for handle in self._table:
            if await handle(found):
                return

    async def settle(self, row: Row, *calls: Call) -> None:
        await asyncio.to_thread(self._mail.settle, row, now(), notices_of(row, calls))

    # --- the table ---------------------------------------------------------------------------------------------------

    async def _membership(self, h: Heard) -> bool:
        """Somebody stopped or started the bot, or added it to a group: nothing to say; a new /start will come."""
        if h.update.my_chat_member is None:
            return False
        await self.settle(h.row)
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
        await self.settle(h.row)
        return True

    async def _group(self, h: Heard) -> bool:
        """In a group only what is addressed to the bot is answered, and nothing of one person's own is shown."""
        if h.private or h.update.callback_query is not None:
            return False
        text = self._addressed(h)
        if text is None:
            await self.settle(h.row)
        elif text.split("@")[0].split(" ")[0].lower() in PRIVATE_COMMANDS:
            await self.settle(h.row, text_call(h.chat, self._privately("gopy")))
        else:
            await self._answer(h, Message(text or "/start", public=True))
        return True

    async def _button(self, h: Heard) -> bool:
        query = h.update.callback_query
        if query is None:
            return False
        with contextlib.suppress(TelegramError):
            await self._bot.do_api_request("answerCallbackQuery", api_kwargs={"callback_query_id": query.id})
        on = query.message.message_id if query.message else 0
        data = query.data or ""
        await self._answer(h, Message("", data, public=not h.private), unfold=on if data.startswith(UNFOLDING) else 0)
        return True

    async def _edited(self, h: Heard) -> bool:
        """The last question, put right, is answered anew; of older ones it is too late."""
        edited = h.update.edited_message
        if edited is None:
            return False
        last = await asyncio.to_thread(self._desk.door_value, f"{DOOR}:last:{h.chat}")
        if h.private and edited.text and last == str(edited.message_id):
            await self._answer(h, Message(edited.text), of=edited.message_id)
        else:
            await self.settle(h.row)
        return True

    async def _started_by_link(self, h: Heard) -> bool:
        """/start with what a poster or a page pointed at."""
        found = re.fullmatch(r"/start(?:@\w+)?\s+([\w-]{1,64})", h.message.text or "") if h.message else None
        if not found:
            return False
        choice = await asyncio.to_thread(choice_of, self._desk, found[1])
        message = Message(choice) if choice.startswith("/") else Message("", choice)
        await self._answer(h, message)
        return True

    async def _file(self, h: Heard) -> bool:
        """A picture, a document, a video: kept for the petition that is being written, else kindly declined."""
        m = h.message
        if m is None or not (m.photo or m.document or m.video):
            return False
        file = m.photo[-1] if m.photo else m.document or m.video
        assert file is not None
        if not await asyncio.to_thread(self._desk.takes_files, h.conversation):
            kind = "picture" if m.photo else "document" if m.document else "video"
            if m.caption:
                await self._answer(h, Message(m.caption))
            else:
                await self.settle(h.row, text_call(h.chat, say.THINGS[kind], (_BEGIN,)))
            return True
        name = getattr(file, "file_name", "") or ""
        try:
            data = await self._fetched(file.file_id, file.file_size or 0)
            kept = await asyncio.to_thread(self._desk.keep_attachment, h.conversation, data, name)
        except Unfit as bad:
            await self.settle(h.row, text_call(h.chat, say_filing.UNFIT[bad.reason]))
        except TelegramError:
            await self.settle(h.row, text_call(h.chat, say.FILE_AWAY))
        else:
            await self._answer(h, Message(m.caption or "", attachments=(kept.digest,)))
        return True

    async def _thing(self, h: Heard) -> bool:
        m = h.message
        if m is None or m.text:
            return False
        if m.location:
            if await asyncio.to_thread(self._desk.takes_files, h.conversation):
                await self._answer(h, Message("", location=(m.location.latitude, m.location.longitude)))
                return True
            kind = "location"
        elif m.contact:
            if m.contact.user_id == h.person and await asyncio.to_thread(self._desk.takes_files, h.conversation):
                await self._answer(h, Message(f"{m.contact.first_name} {m.contact.phone_number}"))
                return True
            kind = "contact"
        else:
            kind = _kind_of(m)
        if kind == "sticker" or m.effective_attachment is not None or kind in say.THINGS:
            await self.settle(h.row, text_call(h.chat, say.THINGS[kind]))
        else:
            await self.settle(h.row)
        return True

    async def _text(self, h: Heard) -> bool:
        if h.message is None or not h.message.text:
            return False
        await self._answer(h, Message(h.message.text), of=h.message.message_id)
        return True

    async def _rest(self, h: Heard) -> bool:
        await self.settle(h.row)
        return True

    # --- answering ---------------------------------------------------------------------------------------------------

    async def _answer(self, h: Heard, message: Message, unfold: int = 0, of: int = 0) -> None:
        typing = asyncio.create_task(self._typing(h.chat))
        answers_to = h.message.message_id if h.message and not h.private else 0

        def settle(tx: Transaction, reply: Reply) -> None:
            calls = unfolding_calls(h.chat, unfold, reply) if unfold else reply_calls(h.chat, reply, answers_to)
            for notice in notices_of(h.row, self._with_data(h, reply, calls)):
                tx.add_notice(notice)
            if of:
                tx.put_value(f"{DOOR}:last:{h.chat}", str(of))
            tx.settle(h.row.id, now())

        try:
            await asyncio.to_thread(self._desk.answer, h.conversation, message, DOOR, settle)
        finally:
            typing.cancel()

    def _with_data(self, h: Heard, reply: Reply, calls: Sequence[Call]) -> tuple[Call, ...]:
        """The file of one's own data, where it was asked for: never into a group."""
        if not (h.private and reply.document):
            return tuple(calls)
        file = {"file_name": say.MY_DATA_FILE, "text": reply.document}
        return (*calls, Call("sendDocument", {"chat_id": h.chat, "document": file, "caption": say.MY_DATA_SENT}))

    async def _typing(self, chat: int) -> None:
        await asyncio.sleep(SLOW)
        with contextlib.suppress(TelegramError):
            await self._bot.do_api_request("sendChatAction", api_kwargs={"chat_id": chat, "action": "typing"})

    async def _fetched(self, file_id: str, size: int) -> bytes:
        if size > LARGEST_FETCHED:
            raise Unfit("too_large")
        file = await self._bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())

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


_BEGIN = Option("f:begin", say_filing.BUTTONS["f:begin"])


def _kind_of(m: telegram.Message) -> str:
    if m.voice or m.audio or m.video_note:
        return "voice"
    if m.sticker or m.animation or m.dice:
        return "sticker"
    return "other"


def notices_of(row: Row, calls: Sequence[Call]) -> list[Notice]:
    """The calls as they wait in the outbox, each once for this update."""
    return [
        Notice(
            door=DOOR,
            to=str(call.fields.get("chat_id", "")),
            kind="reply",
            body=json.dumps(call.as_tree(), ensure_ascii=False),
            key=f"{DOOR}:{row.number}:{number}",
            due=row.at,
        )
        for number, call in enumerate(calls)
    ]


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


__all__ = ["Behavior", "Handlers", "Heard", "heard", "notices_of"]
