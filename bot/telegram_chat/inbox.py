"""What Telegram hands over is on disk before Telegram is told so: by long polling, or by a webhook that answers 200."""

from __future__ import annotations

import asyncio
import datetime as dt
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import tornado.httpserver
import tornado.netutil
import tornado.web
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.ledger import StoreUnavailable, Update

log = logging.getLogger(__name__)
DOOR = "telegram"
WANTED = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member", "poll_answer")
LONG_POLL = 25
LONGEST_WAIT = 30.0
LARGEST_BODY = 1_000_000
_CHATS: tuple[tuple[str, ...], ...] = (
    ("message", "chat"),
    ("edited_message", "chat"),
    ("callback_query", "message", "chat"),
    ("callback_query", "from"),
    ("my_chat_member", "chat"),
    ("inline_query", "from"),
    ("poll_answer", "user"),
)
Tree = dict[str, Any]


class Inbox:
    """`keep` returns when the updates are on disk."""

    def __init__(self, keep: Callable[[Sequence[Update]], Awaitable[None]]) -> None:
        self._keep = keep

    async def keep(self, updates: Sequence[Tree]) -> None:
        """On disk when it returns; those that came before are not kept again."""
        now = dt.datetime.now(dt.UTC)
        rows = [
            Update(DOOR, str(u["update_id"]), chat_of(u), json.dumps(u, ensure_ascii=False), now)
            for u in updates
            if isinstance(u, dict) and isinstance(u.get("update_id"), int)
        ]
        if rows:
            await self._keep(rows)


def chat_of(update: Tree) -> str:
    """The chat in whose order this is worked; the update's own number where it has none."""
    for path in _CHATS:
        found: Any = update
        for step in path:
            found = found.get(step) if isinstance(found, dict) else None
        if isinstance(found, dict) and "id" in found:
            return str(found["id"])
    return f"u{update.get('update_id')}"


async def poll(bot: ExtBot[Any], inbox: Inbox, stopping: asyncio.Event) -> None:
    """Fetches until told to stop. An hour without Telegram, or with nonsense from it, only makes it wait longer."""
    offset, wait = 0, 1.0
    while not stopping.is_set():
        try:
            updates = await _until(stopping, _fetched(bot, offset))
            if updates:
                await inbox.keep(updates)
                offset = max(u["update_id"] for u in updates) + 1
            wait = 1.0
            continue
        except InvalidToken:
            raise
        except RetryAfter as slow:
            wait = float(slow.retry_after if isinstance(slow.retry_after, int) else slow.retry_after.total_seconds())
        except (TelegramError, StoreUnavailable, KeyError, TypeError, ValueError) as bad:
            log.warning("nothing fetched, next try in %.0f s: %s", wait, type(bad).__name__)
        await _sleep(stopping, wait)
        wait = min(wait * 2, LONGEST_WAIT)


async def _fetched(bot: ExtBot[Any], offset: int) -> list[Tree]:
    fields = {"offset": offset, "timeout": LONG_POLL, "limit": 100, "allowed_updates": list(WANTED)}
    found = await bot.do_api_request("getUpdates", api_kwargs=fields, read_timeout=LONG_POLL + 10)
    if not isinstance(found, list):
        raise NetworkError("getUpdates gave no list")
    return found


async def _until(stopping: asyncio.Event, work: Any) -> Any:
    """The result of the work; None when told to stop first."""
    task, stop = asyncio.ensure_future(work), asyncio.ensure_future(stopping.wait())
    await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if task.done():
        return task.result()
    task.cancel()
    return None


async def _sleep(stopping: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return


class _Webhook(tornado.web.RequestHandler):
    def initialize(self, inbox: Inbox, secret: str) -> None:
        self.inbox, self.secret = inbox, secret

    async def post(self) -> None:
        given = self.request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), self.secret.encode()):
            self.set_status(403)
            return
        try:
            update = json.loads(self.request.body)
            await self.inbox.keep([update])
        except (ValueError, AttributeError):
            self.set_status(400)
        except StoreUnavailable:
            log.exception("an update could not be kept; Telegram is asked to bring it again")
            self.set_status(503)


class _Health(tornado.web.RequestHandler):
    def initialize(self, health: Callable[[], Mapping[str, Any]]) -> None:
        self.health = health

    async def get(self) -> None:
        state = await asyncio.to_thread(self.health)
        self.set_status(200 if state.get("ok") else 503)
        await self.finish(dict(state))


def listen(
    host: str,
    port: int,
    health: Callable[[], Mapping[str, Any]],
    inbox: Inbox | None = None,
    secret: str = "",
    path: str = "",
) -> tornado.httpserver.HTTPServer:
    """The health endpoint, and the webhook where one is set. `path` is that of WEBHOOK_URL."""
    routes: list[Any] = [(r"/health", _Health, {"health": health})]
    if inbox is not None:
        routes.append((path or "/telegram", _Webhook, {"inbox": inbox, "secret": secret}))
    server = tornado.httpserver.HTTPServer(tornado.web.Application(routes), xheaders=True, max_buffer_size=LARGEST_BODY)
    server.add_sockets(tornado.netutil.bind_sockets(port, host))
    return server
