"""The Telegram door as a whole: what is started, in which order, and how it stops."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import functools
import json
import logging
import signal
import sys
import threading
import time
import warnings
from collections.abc import Awaitable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from telegram.error import InvalidToken, TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.warnings import PTBUserWarning

from bot.desk.house import House
from bot.desk.notices import BULK_KIND, said
from bot.desk.posting import BOT_NAME
from bot.dialogue.urgent import cries
from bot.ledger import Notice, Role
from bot.ledger import Update as Row
from bot.settings import BadSettings
from bot.telegram_chat.answering import Answering
from bot.telegram_chat.contests import CERTIFICATE, ContestScreens
from bot.telegram_chat.crew import Crew
from bot.telegram_chat.easing import AFTER, SHARE, Easing
from bot.telegram_chat.errors import Errors
from bot.telegram_chat.handlers import Handlers
from bot.telegram_chat.hearing import notice_of
from bot.telegram_chat.inbox import DOOR, WANTED, Inbox, listen, poll
from bot.telegram_chat.polls import KINDS as POLLS
from bot.telegram_chat.polls import poll_calls
from bot.telegram_chat.posters import PRINTED
from bot.telegram_chat.rendering import Call, marked_up, text_call, text_calls
from bot.telegram_chat.sending import LINES, Sender
from bot.telegram_chat.staff import Staff, commands_call
from bot.telegram_chat.wire import wire
from bot.telegram_chat.working import Workshop
from bot.wording import telegram as say

log = logging.getLogger(__name__)
AWAY = (10.0, 20.0, 60.0, 300.0)
THINKERS = 3
"""Threads that answer; more would only wait for each other."""
SWITCH = 0.0005
"""Seconds after which a thread that thinks lets another one go on. With Python's own 5 ms a transaction of ten
statements would wait ten times for whoever is thinking, and all other writers with it."""
CONNECTIONS = LINES + 4
"""To Telegram. Each costs a look at its socket with every request, so there are no more than are used."""
PRIVACY_PAGE = "/quyen-rieng-tu"


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """How Telegram is reached: the settings that this door needs."""

    token: str
    api_url: str
    proxy: str = ""
    webhook_url: str = ""
    webhook_secret: str = ""
    host: str = "127.0.0.1"
    port: int = 8080
    per_second: float = 30.0
    per_chat: float = 1.0
    public_url: str = ""
    crew: Crew = Crew()
    busy_after: float = AFTER


def serve(house: House, line: Line, stop: threading.Event | None = None) -> None:
    """Runs until it is told to stop (by `stop` where it is one door of several, else by SIGINT or SIGTERM); then
    finishes what is in hand. Raises BadSettings for a token that Telegram does not know."""
    try:
        asyncio.run(_serve(house, line, stop))
    except InvalidToken:
        raise BadSettings(["TELEGRAM_TOKEN: Telegram không nhận mã này; kiểm lại với @BotFather"]) from None


async def _serve(house: House, line: Line, stop: threading.Event | None) -> None:
    # what leaves is kept as plain calls (method and fields), so that it can wait in the outbox
    warnings.filterwarnings("ignore", message="Please use 'Bot", category=PTBUserWarning)
    bot = _bot(line)
    stopping = asyncio.Event()
    _listen_for_the_end(stopping, stop)
    if not await _reached(bot, stopping):
        return
    try:
        await _run(house, line, bot, stopping)
    finally:
        with contextlib.suppress(TelegramError):
            await bot.shutdown()


def _listen_for_the_end(stopping: asyncio.Event, stop: threading.Event | None) -> None:
    loop = asyncio.get_running_loop()
    if stop is None:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stopping.set)
        return

    def wait() -> None:
        stop.wait()
        with contextlib.suppress(RuntimeError):  # the loop has ended by itself
            loop.call_soon_threadsafe(stopping.set)

    threading.Thread(target=wait, name="telegram-end", daemon=True).start()


def _bot(line: Line) -> ExtBot[Any]:
    limiter = AIORateLimiter(overall_max_rate=line.per_second, overall_time_period=1, max_retries=0)
    return ExtBot(
        line.token,
        base_url=f"{line.api_url}/bot",
        base_file_url=f"{line.api_url}/file/bot",
        request=wire(CONNECTIONS, line.proxy),
        get_updates_request=wire(2, line.proxy),
        rate_limiter=limiter,
    )


async def _reached(bot: ExtBot[Any], stopping: asyncio.Event) -> bool:
    """Telegram may be away when the machine starts: the bot waits for it. A wrong token is told at once."""
    waits = iter(AWAY)
    wait = 2.0
    while not stopping.is_set():
        try:
            await bot.initialize()
            return True
        except InvalidToken:
            raise
        except TelegramError as bad:
            log.warning("Telegram does not answer (%s); next try in %.0f s", type(bad).__name__, wait)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), wait)
        wait = next(waits, AWAY[-1])
    return False


async def _run(house: House, line: Line, bot: ExtBot[Any], stopping: asyncio.Event) -> None:
    sys.setswitchinterval(SWITCH)
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THINKERS, "answer"))
    with ThreadPoolExecutor(1, "inbox") as arriving, ThreadPoolExecutor(1, "outbox") as leaving:
        await _parts(house, line, bot, stopping, arriving, leaving)


async def _parts(
    house: House,
    line: Line,
    bot: ExtBot[Any],
    stopping: asyncio.Event,
    arriving: ThreadPoolExecutor,
    leaving: ThreadPoolExecutor,
) -> None:
    errors = Errors(house.mail, lambda: _admins(house))
    staff = Staff(house, bot, line.public_url)
    await asyncio.to_thread(staff.content.cut_short)
    await asyncio.to_thread(house.mail.put_value, BOT_NAME, bot.username)
    answering = Answering(house.desk, house.mail, bot, f"{line.public_url}{PRIVACY_PAGE}" if line.public_url else "")
    handlers = Handlers(answering, house.desk, house.mail, bot, (*staff.table, ContestScreens(house, answering).handle))
    read, hold = functools.partial(_file, house), house.postman.hold
    sender = Sender(house.mail, bot, _rendered, read, errors.refused, leaving, line.per_chat, hold)

    def to_send() -> None:
        """Something may be in the outbox, which the first process empties."""
        if line.crew.first:
            sender.wake()
        else:
            line.crew.ring((0,))

    async def work(row: Row) -> None:
        await handlers.work(row)
        to_send()

    async def failed(row: Row, bad: Exception) -> None:
        await errors.failed(row, bad)
        to_send()

    async def slow_down(row: Row) -> None:
        call = text_call(int(row.chat), say.SLOW_DOWN)
        await asyncio.to_thread(house.mail.post, [notice_of(call, f"{DOOR}:slow:{row.number}", row.at)])
        to_send()

    def alarming(words: str) -> bool:
        return cries(words, house.desk.library())

    easing = Easing(time.monotonic, line.busy_after, line.per_second * SHARE, alarming)
    shop = Workshop(house.mail, work, slow_down, failed, arriving, line.crew, easing)
    line.crew.listen(sender.wake if line.crew.first else shop.wake)
    print_ready(line, bot)
    if not line.crew.first:
        await _all([shop.run(stopping), errors.run(stopping)], stopping)
        return
    inbox = Inbox(shop.keep)
    worked = asyncio.Event()

    async def work_on() -> None:
        """What the last answers put into the outbox may still leave."""
        try:
            await shop.run(stopping)
        finally:
            worked.set()

    by_webhook = bool(line.webhook_url)
    server = listen(
        line.host,
        line.port,
        house.desk.health,
        inbox if by_webhook else None,
        line.webhook_secret,
        urlsplit(line.webhook_url).path,
    )
    running = [_profile(house, bot, stopping), work_on(), sender.run(worked), errors.run(stopping)]
    running.append(_hooked(bot, line, stopping) if by_webhook else _polled(bot, inbox, stopping))
    try:
        await _all(running, stopping)
    finally:
        server.stop()


def print_ready(line: Line, bot: ExtBot[Any]) -> None:
    if not line.crew.first:
        log.info("ready as @%s: process %d", bot.username, line.crew.number + 1)
        return
    way = "webhook" if line.webhook_url else "long polling"
    log.info("ready as @%s by %s; health at http://%s:%d/health", bot.username, way, line.host, line.port)


async def _all(running: Sequence[Awaitable[None]], stopping: asyncio.Event) -> None:
    """Until all have ended; when one of them fails, the others are told to stop, and the failure goes on."""
    tasks = [asyncio.ensure_future(one) for one in running]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()
    finally:
        stopping.set()
        await asyncio.wait(tasks, timeout=30)


async def _polled(bot: ExtBot[Any], inbox: Inbox, stopping: asyncio.Event) -> None:
    await _insist(lambda: bot.delete_webhook(), stopping)
    await poll(bot, inbox, stopping)


async def _hooked(bot: ExtBot[Any], line: Line, stopping: asyncio.Event) -> None:
    hook = functools.partial(bot.set_webhook, line.webhook_url, secret_token=line.webhook_secret)
    await _insist(functools.partial(hook, allowed_updates=list(WANTED)), stopping)
    await stopping.wait()


async def _profile(house: House, bot: ExtBot[Any], stopping: asyncio.Event) -> None:
    """The lists of commands and the descriptions; groups see none of what is private, officers their own."""
    private = [{"command": c, "description": d} for c, d in say.COMMANDS.items()]
    shared = [c for c in private if c["command"] in say.GROUP_COMMANDS]
    steps: tuple[tuple[str, dict[str, Any]], ...] = (
        ("setMyCommands", {"commands": private, "scope": {"type": "all_private_chats"}}),
        ("setMyCommands", {"commands": shared, "scope": {"type": "all_group_chats"}}),
        ("setMyDescription", {"description": say.DESCRIPTION}),
        ("setMyShortDescription", {"short_description": say.SHORT_DESCRIPTION}),
    )
    officers = await asyncio.to_thread(house.people.officers, None)
    chats = ((o, a.partition(":")[2]) for o in officers for a in o.accounts if a.startswith(f"{DOOR}:"))
    calls = (commands_call(int(chat), o.role if o.active else None) for o, chat in chats)
    for method, fields in (*steps, *((c.method, c.fields) for c in calls)):
        await _insist(functools.partial(bot.do_api_request, method, api_kwargs=fields), stopping)


async def _insist(step: Any, stopping: asyncio.Event) -> None:
    """Again until Telegram has taken it; a refusal is logged and left."""
    wait = 2.0
    while not stopping.is_set():
        try:
            await step()
            return
        except InvalidToken:
            raise
        except TelegramError as bad:
            if type(bad).__name__ in ("BadRequest", "Forbidden"):
                log.error("Telegram refused: %s", bad)
                return
            log.warning("not taken yet (%s); next try in %.0f s", type(bad).__name__, wait)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), wait)
        wait = min(wait * 2, 60.0)


def _admins(house: House) -> list[str]:
    accounts = (a for o in house.people.officers(None) if o.active and o.role is Role.ADMIN for a in o.accounts)
    return [a.partition(":")[2] for a in accounts if a.startswith(f"{DOOR}:")]


def _file(house: House, name: str) -> bytes:
    """An upload by its digest; a poster is drawn when it is sent."""
    if name.startswith(PRINTED):
        return house.posters.pdf(int(name.removeprefix(PRINTED)))
    if name.startswith(CERTIFICATE):
        contest, _, account = name.removeprefix(CERTIFICATE).partition(":")
        return house.quizzes.certificates.pdf(contest, account)
    return house.uploads.read(name)


def _rendered(notice: Notice) -> tuple[Call, ...]:
    """What happened to a petition, told by the desk's words; an officer may open it from there."""
    if notice.kind in POLLS:
        return poll_calls(notice)
    told = said(notice)
    if not told.text or not notice.to.lstrip("-").isdigit():
        return ()
    calls = text_calls(int(notice.to), told.text, told.options)
    if notice.kind == BULK_KIND and len(calls) == 1:
        calls[0].fields["text"] = marked_up(told.text, title=True)
    if notice.kind == "officer" and notice.code:
        code = json.loads(notice.body)["code"]
        calls[-1].fields["reply_markup"] = {"inline_keyboard": [[{"text": "Xem", "callback_data": f"o:see:{code}"}]]}
    return calls
