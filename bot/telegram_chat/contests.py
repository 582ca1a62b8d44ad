"""Contests, surveys, practice and quiz polls on Telegram. What is asked next goes out in the transaction that keeps the
answer before it; the question takes the place of the one before, so that a try is one message."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.desk.desk import utc_now
from bot.desk.house import House
from bot.desk.notices import time_of
from bot.desk.plays import NotInvited, Outcome, Step, named
from bot.desk.rulebook import rules_of
from bot.desk.transaction import Transaction
from bot.dialogue.message import Option
from bot.ledger import NotFound, Notice, Officer
from bot.outreach.quiz.contest import Contest, Kind, Phase
from bot.telegram_chat.answering import Answering
from bot.telegram_chat.contest_cards import (
    after_options,
    back_button,
    board_button,
    card,
    cards,
    choices_of,
    finished_text,
    line_of,
    question_call,
    standing_of,
)
from bot.telegram_chat.hearing import Heard, notice_of, notices_of, now
from bot.telegram_chat.inbox import DOOR
from bot.telegram_chat.practising import POLL_COMMANDS, PracticeScreens
from bot.telegram_chat.rendering import Call, text_call
from bot.wording import contests as say

COMMANDS = ("/cuocthi", "/luyentap")
START = re.compile(
    r"/start(?:@\w+)?\s+(?:(?P<contest>thi)_(?P<id>[a-z0-9]{1,20})(?:_p\d{1,6})?|ks_(?P<token>[\w-]{10,60})|cuocthi)\s*"
)
LONGEST_NICK = 80
NICK_WAITS = dt.timedelta(minutes=10)
"""After that a short message is a question again, and no name."""
CERTIFICATE = "gcn:"


class ContestScreens:
    def __init__(self, house: House, answering: Answering) -> None:
        self._playing = house.quizzes.playing
        self._practising = PracticeScreens(house, answering)
        self._people, self._mail, self._answering = house.people, house.mail, answering

    async def handle(self, h: Heard) -> bool:
        if h.update.poll_answer is not None:
            return await self._practising.voted(h)
        query = h.update.callback_query
        if query is not None and (query.data or "").startswith("q:"):
            await self._pressed(h, query.id, query.data or "")
            return True
        text = (h.message.text or "") if h.message else ""
        name = text.split(" ")[0].split("@")[0].lower()
        if name in POLL_COMMANDS:
            return await self._practising.poll(h, name)
        if not h.private or not text:
            return False
        if name in COMMANDS or START.fullmatch(text):
            await self._opened(h, name, text)
            return True
        return await self._nicknamed(h, text)

    # --- coming in ---------------------------------------------------------------------------------------------------

    async def _opened(self, h: Heard, name: str, text: str) -> None:
        found = START.fullmatch(text)
        if name == "/luyentap":
            await self._practising.exercise(h)
        elif found and found["contest"]:
            await self._answering.settle(h.row, *await asyncio.to_thread(self._contest, h, found["id"]))
        elif found and found["token"]:
            await self._answering.settle(h.row, *await asyncio.to_thread(self._by_link, h, found["token"]))
        else:
            await self._answering.settle(h.row, await asyncio.to_thread(self._home, h))

    def _home(self, h: Heard) -> Call:
        open_ones = [v for v in self._playing.contests(h.conversation) if v.phase is not Phase.OVER]
        officer = self._officer(h)
        open_ones += self._playing.surveys(officer) if officer else ()
        over = [v for v in self._playing.contests(h.conversation) if v.phase is Phase.OVER][:3]
        lines = [line_of(v) for v in (*open_ones, *over)] or [say.NO_CONTEST]
        options = [Option(f"q:c:{v.contest.id}", v.contest.title) for v in (*open_ones, *over)]
        options.append(Option("q:p", say.PRACTICE))
        return card(h.chat, say.TITLE, "\n".join((say.LEAD, "", *lines)), options)

    def _officer(self, h: Heard) -> Officer | None:
        return self._people.officer_of(f"{DOOR}:{h.person}")

    def _account(self, h: Heard, contest: Contest) -> str:
        """Under which somebody plays here: an officer takes a survey as the officer, by whichever door; who came by a
        link, as who the link is for. Raises NotInvited."""
        if contest.kind is not Kind.SURVEY:
            return h.conversation
        if token := self._mail.value(_link_key(h, contest.id)):
            return self._playing.by_link(token, h.conversation)[1]
        officer = self._officer(h)
        if officer is None:
            raise NotInvited(contest.id)
        return self._playing.as_officer(contest.id, officer, DOOR)

    def _by_link(self, h: Heard, token: str) -> tuple[Call, ...]:
        try:
            contest, _ = self._playing.use_link(token, h.conversation, DOOR)
        except NotFound:
            return (text_call(h.chat, say.LINK_GONE),)
        except NotInvited:
            return (text_call(h.chat, say.NOT_INVITED),)
        self._mail.put_value(_link_key(h, contest.id), token)
        return self._contest(h, contest.id)

    def _contest(self, h: Heard, number: str, on: int = 0) -> tuple[Call, ...]:
        """One contest: its rules, where one stands in it, what can be done."""
        try:
            view = self._playing.view(number)
            view = self._playing.view(number, self._account(h, view.contest))
        except NotFound:
            return (text_call(h.chat, say.GONE),)
        except NotInvited:
            return (text_call(h.chat, say.NOT_INVITED),)
        c = view.contest
        period = say.PERIOD.format(opens=time_of(c.opens_at), closes=time_of(c.closes_at))
        lines = [period, *([c.about, ""] if c.about else []), *(f"• {rule}" for rule in rules_of(c, view.total)), ""]
        lines += list(standing_of(view))
        return cards(h.chat, c.title, "\n".join(lines).strip(), choices_of(view), on)

    # --- buttons -----------------------------------------------------------------------------------------------------

    async def _pressed(self, h: Heard, query: str, data: str) -> None:
        kind, *rest = data.removeprefix("q:").split(":")
        said = ""
        if kind == "a" and len(rest) == 2 and rest[1].isdigit():
            said = await self._answered(h, rest[0], int(rest[1]))
        elif kind == "d" and len(rest) == 2 and rest[1].isdigit():
            await self._practising.judged(h, rest[0], int(rest[1]))
        elif kind == "p":
            await self._practising.exercise(h)
        elif kind in ("s", "n") and rest:
            await self._starting(h, rest[0], rest[1] if kind == "n" and len(rest) == 2 else "")
        else:
            await self._answering.settle(h.row, *await asyncio.to_thread(self._looked, h, kind, rest))
        await self._answering.calm(query, said)

    def _looked(self, h: Heard, kind: str, rest: Sequence[str]) -> tuple[Call, ...]:
        number = rest[0] if rest else ""
        try:
            if kind == "c":
                return self._contest(h, number, h.pressed_on)
            if kind == "b":
                return (self._board(h, number),)
            if kind == "r":
                return self._review(h, number)
            if kind == "g":
                return self._certificate(h, number)
            if kind == "x":
                return (text_call(h.chat, say.TITLE, (Option("q:p", say.NEXT),), h.pressed_on),)
        except (NotFound, NotInvited):
            pass
        return (text_call(h.chat, say.GONE),)

    # --- a try -------------------------------------------------------------------------------------------------------

    async def _starting(self, h: Heard, number: str, name: str) -> None:
        """`name`: how one wants to be called: "s" by one's own name, "h" not at all, "n" otherwise, which is asked."""
        if name == "n":
            await self._ask_nick(h, number)
            return
        try:
            account = await asyncio.to_thread(self._joined, h, number, name)
        except (NotFound, NotInvited):
            await self._answering.settle(h.row, text_call(h.chat, say.NOT_INVITED))
            return
        await asyncio.to_thread(self._playing.begin, number, account, DOOR, self._settled(h, again=True))

    def _joined(self, h: Heard, number: str, name: str) -> str:
        contest = self._playing.view(number).contest
        account = self._account(h, contest)
        if name:
            shown = name == "s"
            own = h.update.effective_user.full_name if shown and h.update.effective_user else ""
            self._playing.join(number, account, DOOR, own, shown)
        return account

    async def _answered(self, h: Heard, asked: str, option: int) -> str:
        """What is to be said for a moment under the finger."""
        account = await asyncio.to_thread(self._account_of, h, asked)
        step = await asyncio.to_thread(
            self._playing.answer, account, DOOR, asked, option, h.row.at, self._settled(h, again=False)
        )
        return say.REPEATED if step.outcome is Outcome.REPEATED else say.TAKEN if step.put or step.score else ""

    def _account_of(self, h: Heard, asked: str) -> str:
        """Most answers are a citizen's; only a survey's player is an officer or came by a link."""
        player = self._playing.player_of(asked)
        if player is None or player.account == h.conversation:
            return h.conversation
        try:
            return self._account(h, self._playing.view(player.contest).contest)
        except (NotFound, NotInvited):
            return h.conversation

    def _settled(self, h: Heard, again: bool) -> Any:
        """What a step says goes into the outbox with it. `again`: asked for by hand, so it is sent once more even where
        it was sent before."""

        def settle(tx: Transaction, step: Step) -> None:
            for notice in self._notices(h, step, again):
                if not tx.add_notice(notice) and again:
                    tx.add_notice(replace(notice, key=f"{notice.key}:{h.row.number}"))
            tx.settle(h.row.id, now())

        return settle

    def _notices(self, h: Heard, step: Step, again: bool) -> list[Notice]:
        if step.outcome is Outcome.REPEATED:
            return []
        if step.outcome is Outcome.ASKED and step.put and step.contest:
            call = question_call(h.chat, step.contest, step.put, step.late, h.pressed_on)
            return [notice_of(call, step.put.key, h.row.at)]
        return notices_of(h.row, [self._ended(h, step)])

    def _ended(self, h: Heard, step: Step) -> Call:
        contest, on = step.contest, h.pressed_on
        if contest is None:
            return text_call(h.chat, say.GONE)
        if step.outcome is Outcome.JOIN_FIRST:
            return self._ask_name(h, contest)
        if step.outcome is Outcome.NO_TRY_LEFT:
            return text_call(h.chat, say.NO_TRY_LEFT, (board_button(contest),), on)
        if step.outcome is Outcome.NOT_OPEN:
            phase = contest.phase(utc_now())
            words = say.NOT_OPEN.get(phase.value, say.GONE).format(opens=time_of(contest.opens_at))
            return text_call(h.chat, words, (board_button(contest),))
        if step.outcome is Outcome.FINISHED and step.score:
            return card(h.chat, contest.title, finished_text(step), after_options(step), on)
        return text_call(h.chat, say.GONE)

    # --- names -------------------------------------------------------------------------------------------------------

    def _ask_name(self, h: Heard, contest: Contest) -> Call:
        own = named(h.update.effective_user.full_name) if h.update.effective_user else ""
        show = [Option(f"q:n:{contest.id}:s", say.NAME_SHOW.format(name=own))] if own else []
        options = [*show, Option(f"q:n:{contest.id}:n", say.NAME_NICK), Option(f"q:n:{contest.id}:h", say.NAME_HIDE)]
        return card(h.chat, contest.title, f"{say.NAME_ASK}\n\n{say.KEPT}", options, h.pressed_on)

    async def _ask_nick(self, h: Heard, number: str) -> None:
        call = text_call(h.chat, say.NICK_ASK, (Option(f"q:n:{number}:h", say.NAME_HIDE),))
        await self._answering.settle(h.row, call, values={_nick_key(h): f"{number} {h.row.at.isoformat()}"})

    async def _nicknamed(self, h: Heard, text: str) -> bool:
        """The answer to the question for a name, where one was asked."""
        if text.startswith("/") or len(text) > LONGEST_NICK:
            return False
        number, _, at = (await asyncio.to_thread(self._mail.value, _nick_key(h))).partition(" ")
        if not number or h.row.at - dt.datetime.fromisoformat(at) > NICK_WAITS:
            return False
        if not named(text):
            await self._answering.settle(h.row, text_call(h.chat, say.NICK_BAD))
            return True
        await asyncio.to_thread(self._mail.put_value, _nick_key(h), "")
        await asyncio.to_thread(self._playing.join, number, h.conversation, DOOR, text, True)
        await asyncio.to_thread(self._playing.begin, number, h.conversation, DOOR, self._settled(h, again=True))
        return True

    # --- the list, the review, the certificate -----------------------------------------------------------------------

    def _board(self, h: Heard, number: str) -> Call:
        contest = self._playing.view(number).contest
        board = self._playing.board(number, self._account(h, contest), 20)
        rows = [
            say.BOARD_ROW.format(
                number=r.number,
                name=say.YOURS if r.mine and not r.name else r.name or say.UNNAMED,
                points=r.score.points,
                seconds=f"{r.score.seconds:.0f}",
            )
            for r in board.rows
        ]
        if not contest.board:
            rows = [say.BOARD_PRIVATE]
        mine = [say.BOARD_MINE.format(number=board.mine.number, players=board.players)] if board.mine else []
        lines = (*(rows or [say.BOARD_EMPTY]), "", *mine)
        return card(h.chat, f"{say.BOARD}: {contest.title}", "\n".join(lines).strip(), (back_button(contest),))

    def _review(self, h: Heard, number: str) -> tuple[Call, ...]:
        contest = self._playing.view(number).contest
        review = self._playing.review(number, self._account(h, contest))
        parts = []
        for at, one in enumerate(review, 1):
            q = one.question
            given = say.REVIEW_GIVEN.format(option=q.options[one.given].text) if one.given is not None else ""
            mark = "✅" if one.given == q.right and not one.late else "❌"
            told = say.REVIEW_WITHDRAWN if one.withdrawn else f"{mark} {given or say.REVIEW_NONE}"
            lines = (
                f"{at}. {q.text}",
                told,
                say.REVIEW_RIGHT.format(option=q.answer),
                say.SOURCE.format(source=q.source),
            )
            parts.append("\n".join(lines))
        return cards(h.chat, f"{say.REVIEW}: {contest.title}", "\n\n".join(parts) or say.AFTERWARDS, ())

    def _certificate(self, h: Heard, number: str) -> tuple[Call, ...]:
        """The paper is drawn when it is sent."""
        contest = self._playing.view(number).contest
        account = self._account(h, contest)
        own = h.update.effective_user.full_name if h.update.effective_user else ""
        earned = self._playing.earned(number, account)
        if not earned.name:
            self._playing.join(number, account, DOOR, own, False)
        file = {"file_name": say.CERTIFICATE_FILE, "upload": f"{CERTIFICATE}{number}:{account}"}
        caption = say.CERTIFICATE_SENT.format(name=earned.name or named(own))
        return (Call("sendDocument", {"chat_id": h.chat, "document": file, "caption": caption}),)


def _nick_key(h: Heard) -> str:
    return f"{DOOR}:nick:{h.chat}"


def _link_key(h: Heard, contest: str) -> str:
    return f"{DOOR}:survey:{h.chat}:{contest}"
