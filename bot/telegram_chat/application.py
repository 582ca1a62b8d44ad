"""The Telegram door as a whole: what is started, in which order, and how it stops."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import functools
import json
import logging
import signal
import warnings
from collections.abc import Awaitable, Sequence
from typing import Any
from urllib.parse import urlsplit

from telegram.error import InvalidToken, TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest
from telegram.warnings import PTBUserWarning

from bot.desk.house import House
from bot.desk.notices import said
from bot.ledger import Notice, Role
from bot.ledger import Update as Row
from bot.settings import BadSettings
from bot.telegram_chat.errors import Errors
from bot.telegram_chat.handlers import Handlers, notices_of
from bot.telegram_chat.inbox import DOOR, Inbox, listen, poll
from bot.telegram_chat.rendering import Call, text_call
from bot.telegram_chat.sending import Sender
from bot.telegram_chat.staff import Staff
from bot.telegram_chat.working import Workshop
from bot.wording import telegram as say

log = logging.getLogger(__name__)
AWAY = (10.0, 20.0, 60.0, 300.0)


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


def serve(house: House, line: Line) -> None:
    """Runs until it is told to stop (SIGINT, SIGTERM); then finishes what is in hand. Raises BadSettings for a token
    that Telegram does not know."""
    try:
        asyncio.run(_serve(house, line))
    except InvalidToken:
        raise BadSettings(["TELEGRAM_TOKEN: Telegram không nhận mã này; kiểm lại với @BotFather"]) from None


async def _serve(house: House, line: Line) -> None:
    # what leaves is kept as plain calls (method and fields), so that it can wait in the outbox
    warnings.filterwarnings("ignore", message="Please use 'Bot", category=PTBUserWarning)
    bot = _bot(line)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    if not await _reached(bot, stopping):
        return
    try:
        await _run(house, line, bot, stopping)
    finally:
        with contextlib.suppress(TelegramError):
            await bot.shutdown()


def _bot(line: Line) -> ExtBot[Any]:
    def request(size: int) -> HTTPXRequest:
        return HTTPXRequest(connection_pool_size=size, proxy=line.proxy or None, connect_timeout=10, read_timeout=20)

    limiter = AIORateLimiter(overall_max_rate=line.per_second, overall_time_period=1, max_retries=0)
    return ExtBot(
        line.token,
        base_url=f"{line.api_url}/bot",
        base_file_url=f"{line.api_url}/file/bot",
        request=request(64),
        get_updates_request=request(2),
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
    errors = Errors(house.mail, lambda: _admins(house))
    staff = Staff(house.office, house.people, house.publisher, house.mail, bot)
    handlers = Handlers(house.desk, house.mail, bot, staff.table)
    sender = Sender(house.mail, bot, _rendered, house.uploads.read, line.per_chat)

    async def work(row: Row) -> None:
        await handlers.work(row)
        sender.wake()

    async def failed(row: Row, bad: Exception) -> None:
        await errors.failed(row, bad)
        sender.wake()

    async def slow_down(row: Row) -> None:
        if row.chat.isdigit():
            call = text_call(int(row.chat), say.SLOW_DOWN)
            notices = [_renamed(n, f"{DOOR}:slow:{row.number}") for n in notices_of(row, (call,))]
            await asyncio.to_thread(house.mail.post, notices)
            sender.wake()

    shop = Workshop(house.mail, work, slow_down, failed)
    inbox = Inbox(house.mail, shop.wake)
    by_webhook = bool(line.webhook_url)
    server = listen(
        line.host,
        line.port,
        house.desk.health,
        inbox if by_webhook else None,
        line.webhook_secret,
        urlsplit(line.webhook_url).path,
    )
    running = [_profile(bot, stopping), shop.run(stopping), sender.run(stopping)]
    running.append(_hooked(bot, line, stopping) if by_webhook else _polled(bot, inbox, stopping))
    print_ready(line, bot)
    try:
        await _all(running, stopping)
    finally:
        server.stop()


def print_ready(line: Line, bot: ExtBot[Any]) -> None:
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
    wanted = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member", "poll_answer"]
    await _insist(
        lambda: bot.set_webhook(line.webhook_url, secret_token=line.webhook_secret, allowed_updates=wanted), stopping
    )
    await stopping.wait()


async def _profile(bot: ExtBot[Any], stopping: asyncio.Event) -> None:
    """The list of commands and the descriptions; groups see none of what is private."""
    private = [{"command": c, "description": d} for c, d in say.COMMANDS.items()]
    shared = [c for c in private if c["command"] in ("start", "linhvuc", "duongday", "dichvu", "kehoach", "help")]
    steps: tuple[tuple[str, dict[str, Any]], ...] = (
        ("setMyCommands", {"commands": private, "scope": {"type": "all_private_chats"}}),
        ("setMyCommands", {"commands": shared, "scope": {"type": "all_group_chats"}}),
        ("setMyDescription", {"description": say.DESCRIPTION}),
        ("setMyShortDescription", {"short_description": say.SHORT_DESCRIPTION}),
    )
    for method, fields in steps:
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


def _renamed(notice: Notice, key: str) -> Notice:
    return dataclasses.replace(notice, key=key)


def _rendered(notice: Notice) -> tuple[Call, ...]:
    """What happened to a petition, told by the desk's words; an officer may open it from there."""
    told = said(notice)
    if not told.text or not notice.to.lstrip("-").isdigit():
        return ()
    call = text_call(int(notice.to), told.text, told.options)
    if notice.kind == "officer" and notice.code:
        code = json.loads(notice.body)["code"]
        call.fields["reply_markup"] = {"inline_keyboard": [[{"text": "Xem", "callback_data": f"o:see:{code}"}]]}
    return (call,)
