"""What guards every page: tokens against forged forms, response headers, limits on how often and how much."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; img-src 'self' blob:; "
    "frame-src 'self'; frame-ancestors {ancestors}"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once, then so many a second; `by`: whom it counts, "address" or "visitor" (the cookie)."""

    name: str
    burst: int
    per_second: float
    by: str = "address"


class Limits:
    """Counts in this process only: with several, each grants its own share. Safe to call from many threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def wait(self, limit: Limit, who: str) -> float:
        """0 where this one is granted (and counted), else the seconds until the next would be."""
        with self._lock:
            key, now = (limit.name, who), self._clock()
            left, at = self._left.pop(key, (float(limit.burst), now))
            left = min(float(limit.burst), left + (now - at) * limit.per_second)
            granted = left >= 1
            self._left[key] = (left - 1 if granted else left, now)
            while len(self._left) > REMEMBERED:
                self._left.popitem(last=False)
        return 0.0 if granted else (1 - left) / limit.per_second


def form_token(key: bytes, ticket: str) -> str:
    """Belongs to one cookie; different at each writing, so that a compressed page does not give it away."""
    salt = secrets.token_hex(8)
    return f"{salt}.{_sealed(key, salt, ticket)}"


def is_form_token(key: bytes, ticket: str, token: str) -> bool:
    salt, _, seal = token.partition(".")
    return bool(ticket) and hmac.compare_digest(_sealed(key, salt, ticket).encode(), seal.encode())


def _sealed(key: bytes, salt: str, ticket: str) -> str:
    return hmac.new(key, f"{salt}:{ticket}".encode(), hashlib.sha256).hexdigest()


class Guard:
    """Puts the security headers on every response, whoever made it.

    `ancestors`: which sites may frame a path; "'none'" everywhere but for the widget's frame."""

    def __init__(self, app: ASGIApp, ancestors: Callable[[str], str], https: bool) -> None:
        self._app, self._ancestors, self._https = app, ancestors, https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._put_headers(scope["path"], MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, guarded)

    def _put_headers(self, path: str, headers: MutableHeaders) -> None:
        ancestors = self._ancestors(path)
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("Content-Security-Policy", POLICY.format(ancestors=ancestors))
        if ancestors == "'none'":
            headers.setdefault("X-Frame-Options", "DENY")
        if self._https:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
