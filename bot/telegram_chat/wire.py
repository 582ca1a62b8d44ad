"""The way to Telegram: the library's own request, and for what carries no file a client that costs a tenth of it."""

from __future__ import annotations

import json
from typing import Any
from urllib.request import getproxies

import aiohttp
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

CONNECT, READ = 10.0, 20.0
POOL = 60.0
"""Whoever has to wait for a connection waits: it is no failure of the message."""
KEPT = 5.0
"""Seconds for which an unused connection stays; Telegram closes it later than that."""
JSON = {"User-Agent": BaseRequest.USER_AGENT, "Content-Type": "application/json"}


def wire(connections: int, proxy: str = "") -> HTTPXRequest:
    """`proxy`, or one that the system names, is the library's own affair: it knows SOCKS, too."""
    if proxy or getproxies():
        return HTTPXRequest(connections, proxy=proxy or None, **_patience())
    return Wire(connections)


def _patience() -> dict[str, Any]:
    return {"connect_timeout": CONNECT, "read_timeout": READ, "pool_timeout": POOL}


class Wire(HTTPXRequest):
    """Calls go out as JSON over kept connections; files, up and down, go the library's way. Errors are the library's:
    whoever asks sees no difference."""

    def __init__(self, connections: int) -> None:
        super().__init__(connections, **_patience())
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def initialize(self) -> None:
        await super().initialize()
        if self._session is None:
            # the same authorities as the library trusts
            connector = aiohttp.TCPConnector(
                limit=self._connections, keepalive_timeout=KEPT, ssl=httpx.create_ssl_context()
            )
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        await super().shutdown()
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **named: Any
    ) -> tuple[int, bytes]:
        if self._session is None or request_data is None or request_data.contains_files or timeouts:
            return await super().do_request(url, method, request_data, *timeouts, **named)
        body = json.dumps(request_data.parameters).encode()
        try:
            async with self._session.request(
                method, url, data=body, headers=JSON, timeout=_timeout(**named), allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as late:
            raise TimedOut from late
        except (aiohttp.ClientError, OSError) as bad:
            raise NetworkError(f"{type(bad).__name__}: {bad}") from bad


def _timeout(**asked: Any) -> aiohttp.ClientTimeout:
    given = {name: value for name, value in asked.items() if value is not BaseRequest.DEFAULT_NONE}
    connect = given.get("connect_timeout", CONNECT)
    return aiohttp.ClientTimeout(
        connect=given.get("pool_timeout", POOL), sock_connect=connect, sock_read=given.get("read_timeout", READ)
    )
