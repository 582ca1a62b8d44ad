"""Practice for one, and quiz polls for many, on Telegram."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.desk.house import House
from bot.desk.practice import Exercise, Judged, NothingToAsk, poll_key
from bot.desk.transaction import Transaction
from bot.ledger import NotAllowed, NotFound, Officer
from bot.telegram_chat.answering import Answering
from bot.telegram_chat.contest_cards import exercise_call, judged_call, tallied
from bot.telegram_chat.hearing import Heard, notices_of, now
from bot.telegram_chat.inbox import DOOR
from bot.telegram_chat.polls import poll_name
from bot.telegram_chat.rendering import text_call
from bot.wording import contests as say

POLL_COMMANDS = ("/dovui", "/dungdovui")
WAITS_FOR_POLL = (0.1, 0.4, 1.0, 2.0)
"""Seconds; an answer may overtake what became of the poll's own sending."""


class PracticeScreens:
    def __init__(self, house: House, answering: Answering) -> None:
        self._practice, self._people, self._mail = house.quizzes.practice, house.people, house.mail
        self._answering = answering

    def _officer(self, h: Heard) -> Officer | None:
        return self._people.officer_of(f"{DOOR}:{h.person}")

    # --- practice ----------------------------------------------------------------------------------------------------

    async def exercise(self, h: Heard) -> None:
        def settle(tx: Transaction, made: Exercise | None) -> None:
            call = exercise_call(h.chat, made) if made else text_call(h.chat, say.NO_QUESTION)
            for notice in notices_of(h.row, [call]):
                tx.add_notice(notice)
            tx.settle(h.row.id, now())

        await asyncio.to_thread(self._practice.next, h.conversation, DOOR, "", settle)

    async def judged(self, h: Heard, drill: str, option: int) -> None:
        def settle(tx: Transaction, made: Judged | None) -> None:
            call = judged_call(h.chat, made, h.pressed_on) if made else text_call(h.chat, say.GONE)
            for notice in notices_of(h.row, [call]):
                tx.add_notice(notice)
            tx.settle(h.row.id, now())

        await asyncio.to_thread(self._practice.answer, h.conversation, drill, option, settle)

    # --- polls -------------------------------------------------------------------------------------------------------

    async def poll(self, h: Heard, name: str) -> bool:
        """In a group only leads and admins post a poll; to oneself anybody does. Others' words in a group are not for
        the bot."""
        officer = await asyncio.to_thread(self._officer, h)
        chat = f"{DOOR}:{h.chat}"
        if officer is None and (not h.private or name != "/dovui"):
            return False

        def settle(tx: Transaction, said: Any = None) -> None:
            calls = [text_call(h.chat, tallied(said))] if said is not None else []
            for notice in notices_of(h.row, calls):
                tx.add_notice(notice)
            tx.settle(h.row.id, now())

        try:
            if name == "/dovui":
                who = None if h.private else officer
                await asyncio.to_thread(self._practice.post_poll, who, chat, "", settle)
            else:
                assert officer is not None
                await asyncio.to_thread(self._practice.close_poll, officer, chat, "", settle)
        except NothingToAsk:
            await self._answering.settle(h.row, text_call(h.chat, say.POLL_NONE))
        except NotFound:
            await self._answering.settle(h.row, text_call(h.chat, say.POLL_NOT_HERE))
        except NotAllowed:
            await self._answering.settle(h.row, text_call(h.person, say.POLL_RIGHTS))
        return True

    async def voted(self, h: Heard) -> bool:
        answer = h.update.poll_answer
        assert answer is not None
        poll = ""
        for wait in (0.0, *WAITS_FOR_POLL):
            await asyncio.sleep(wait)
            if poll := await asyncio.to_thread(self._mail.value, poll_name(answer.poll_id)):
                break
        if not poll or not answer.option_ids:
            await self._answering.settle(h.row)
            return True

        def settle(tx: Transaction) -> None:
            tx.settle(h.row.id, now())

        voter = f"{DOOR}:{h.person}"
        key = poll.removeprefix(poll_key(""))
        await asyncio.to_thread(self._practice.vote, key, voter, answer.option_ids[0], settle)
        return True
