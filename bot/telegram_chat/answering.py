"""The desk is asked, and what it says goes into the outbox in the transaction that settles the update.

Only what Telegram wants at once (the end of a button's spinner, "typing") is said directly, and may be lost.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.desk.desk import Desk
from bot.desk.mail import Mail
from bot.desk.posting import note_scan
from bot.desk.transaction import Transaction
from bot.dialogue.message import Message, Reply
from bot.ledger import Update as Row
from bot.telegram_chat.hearing import Heard, away_key, notices_of, now
from bot.telegram_chat.inbox import DOOR
from bot.telegram_chat.rendering import Call, reply_calls, unfolding_calls
from bot.wording import privacy as say_privacy
from bot.wording import telegram as say

SLOW = 0.6
"""Seconds after which "typing…" is shown."""
SHOWN_AT_ONCE = 2
"""When many wait, the connections are for their answers."""


class Answering:
    """`privacy_page`: where the whole of what is done with data can be read; "" where there is only the command."""

    def __init__(self, desk: Desk, mail: Mail, bot: ExtBot[Any], privacy_page: str = "") -> None:
        self._desk, self._mail, self._bot, self._privacy_page = desk, mail, bot, privacy_page
        self._typing_lines = asyncio.Semaphore(SHOWN_AT_ONCE)

    async def settle(self, row: Row, *calls: Call, values: Mapping[str, str] | None = None) -> None:
        await asyncio.to_thread(self._mail.settle, row, now(), notices_of(row, calls), (), values)

    async def answer(
        self,
        h: Heard,
        message: Message,
        unfold: int = 0,
        of: int = 0,
        besides: str = "",
        forget: Sequence[str] = (),
        scanned: int = 0,
    ) -> None:
        """`unfold`: the message that becomes the answer; `of`: the question's own, so that an edit of it is known;
        `besides`: what is to be said after the answer; `forget`: values that have done their service;
        `scanned`: the poster that led here."""
        answers_to = h.message.message_id if h.message and not h.private else 0

        def settle(tx: Transaction, reply: Reply) -> None:
            reply = _with(self._linked(reply), besides)
            calls = unfolding_calls(h.chat, unfold, reply) if unfold else reply_calls(h.chat, reply, answers_to)
            for notice in notices_of(h.row, self._with_data(h, reply, calls)):
                tx.add_notice(notice)
            if of:
                tx.put_value(f"{DOOR}:last:{h.chat}", str(of))
            if message.text.startswith("/start") and tx.value(away_key(h.chat)):
                tx.put_value(away_key(h.chat), "")
            for name in forget:
                tx.put_value(name, "")
            if scanned:
                note_scan(tx, scanned, h.conversation, DOOR, now())
            tx.settle(h.row.id, now())

        typing = asyncio.create_task(self._typing(h.chat))
        try:
            await asyncio.to_thread(self._desk.answer, h.conversation, message, DOOR, settle)
        finally:
            typing.cancel()

    def _linked(self, reply: Reply) -> Reply:
        if not self._privacy_page or say_privacy.CONSENT not in reply.text:
            return reply
        said = say_privacy.CONSENT.replace(say_privacy.WHOLE_AT, self._privacy_page)
        return replace(reply, text=reply.text.replace(say_privacy.CONSENT, said))

    @staticmethod
    def _with_data(h: Heard, reply: Reply, calls: Sequence[Call]) -> tuple[Call, ...]:
        """The file of one's own data, where it was asked for: never into a group."""
        if not (h.private and reply.document):
            return tuple(calls)
        file = {"file_name": say.MY_DATA_FILE, "text": reply.document}
        return (*calls, Call("sendDocument", {"chat_id": h.chat, "document": file, "caption": say.MY_DATA_SENT}))

    async def _typing(self, chat: int) -> None:
        await asyncio.sleep(SLOW)
        if self._typing_lines.locked():
            return
        with contextlib.suppress(TelegramError):
            async with self._typing_lines:
                await self._bot.do_api_request("sendChatAction", api_kwargs={"chat_id": chat, "action": "typing"})

    async def calm(self, query: str, text: str = "") -> None:
        """Ends the spinner of a pressed button; `text` is shown for a moment."""
        fields = {"callback_query_id": query, **({"text": text} if text else {})}
        with contextlib.suppress(TelegramError):
            await self._bot.do_api_request("answerCallbackQuery", api_kwargs=fields)


def _with(reply: Reply, besides: str) -> Reply:
    return replace(reply, text=f"{reply.text}\n\n{besides}") if besides else reply
