"""A request becomes a Visit, a page's handler answers it: the one place where the event loop and threads meet.

A handler is a plain function Visit -> Response. It reads, calls the desk and renders. Before it runs, the limits of its
page were counted and the token of its form was checked.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import secrets
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Literal
from weakref import WeakValueDictionary

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Message

from bot import journal
from bot.desk.house import House
from bot.settings import Settings
from bot.web.rendering import Pages
from bot.web.security import Limit, Limits, form_token, is_form_token
from bot.web.transcripts import Transcripts

READ = Limit("read", 240, 20.0)
SAY = Limit("say", 60, 4.0)
SAY_ALONE = Limit("say_alone", 20, 1.0, "visitor")
TRACK = Limit("track", 12, 1 / 30)
FIELDS, FILES = 40, 10
FORM_TOKEN = "_ky"
ALWAYS = ("/quan-tri", "/health")
NUMBER = "X-Request-Id"
_NUMBER = re.compile(r"[0-9A-Za-z-]{8,64}")
_TICKET = re.compile(r"[\w-]{20,100}")


@dataclass(frozen=True, slots=True)
class Ticket:
    """A cookie that tells one visitor from another; what it holds is opaque and known to nobody else."""

    name: str
    path: str = "/"
    same_site: Literal["lax", "strict", "none"] = "lax"
    seconds: int = 90 * 86400


class Body(Enum):
    """What a page reads of a request's body."""

    NONE = "none"
    FORM = "form"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class File:
    name: str
    data: bytes


@dataclass(slots=True)
class Hall:
    """How many requests of citizens and of other systems are in hand in this process."""

    inside: int = 0

    @contextmanager
    def room(self, most: int) -> Iterator[None]:
        """Raises Crowded where so many are inside already: better one who comes again than all who wait in vain."""
        if self.inside >= most:
            raise Crowded
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages share."""

    house: House
    settings: Settings
    pages: Pages
    key: bytes
    limits: Limits = field(default_factory=Limits)
    transcripts: Transcripts = field(default_factory=Transcripts)
    turns: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    hall: Hall = field(default_factory=Hall)

    @property
    def https(self) -> bool:
        return self.settings.public_url.startswith("https://")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request. `ticket`: the value of the page's cookie ("" where the page has none); `fresh`: it was just made."""

    site: Site
    request: Request
    ticket: str = ""
    fresh: bool = False
    form: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[File, ...] = ()
    json: Any = None

    @property
    def house(self) -> House:
        return self.site.house

    @property
    def settings(self) -> Settings:
        return self.site.settings

    @property
    def query(self) -> Mapping[str, str]:
        return self.request.query_params

    @property
    def path(self) -> Mapping[str, str]:
        """The variable parts of the address."""
        return self.request.path_params

    @property
    def address(self) -> str:
        return self.request.client.host if self.request.client else ""

    @property
    def conversation(self) -> str:
        """The visitor's conversation; who reads it in the books cannot come by this cookie with it."""
        return f"web:{hashlib.sha256(self.ticket.encode()).hexdigest()[:32]}" if self.ticket else ""

    @property
    def wants_json(self) -> bool:
        return self.request.headers.get("accept", "").startswith("application/json")

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A rendered page; the template finds `visit`, `settings`, `form_token` besides the values."""
        token = form_token(self.site.key, self.ticket) if self.ticket else ""
        text = self.site.pages.render(
            template, visit=self, settings=self.site.settings, here=self.request.url.path, form_token=token, **values
        )
        return HTMLResponse(text, status)

    def redirect(self, address: str) -> Response:
        """To another page after a form was taken."""
        return RedirectResponse(address, 303)


Handle = Callable[[Visit], Response]


@dataclass(frozen=True, slots=True)
class Page:
    """One row of the table. `ticket`: the cookie that the page works with; where it takes a form, the form's token
    must belong to that cookie. `one_by_one`: requests of one visitor wait for each other. `cache`: seconds that
    anybody may keep it (only without a ticket). `doc`: what the API's document says of it."""

    path: str
    handle: Handle
    method: str = "GET"
    body: Body = Body.NONE
    ticket: Ticket | None = None
    limits: tuple[Limit, ...] = (READ,)
    one_by_one: bool = False
    cache: int = 0
    doc: Any = None

    @property
    def largest_body(self) -> int:
        """Bytes of a request; what a single file may have is the desk's to say."""
        return {Body.NONE: 1 << 12, Body.JSON: 1 << 18, Body.FORM: 32 << 20}[self.body]


class Expired(Exception):
    """A form without the token of this visitor: an old page, or a form of another site."""


class Crowded(Exception):
    """More wait than can be answered in time."""


class TooOften(Exception):
    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, round(seconds))
        super().__init__(f"{self.seconds} s")


def endpoint(page: Page, site: Site) -> Callable[[Request], Awaitable[Response]]:
    # officers get on with their work while citizens crowd in, and whoever watches over the machine sees it
    most = sys.maxsize if page.path.startswith(ALWAYS) else site.settings.web_waiting

    async def done(request: Request) -> Response:
        request = _bounded(request, page.largest_body)
        ticket, fresh = ticket_of(page, request)
        _count(page, site, request, ticket)
        visit = await _heard(page, Visit(site, request, ticket, fresh))
        if page.one_by_one:
            async with site.turns.setdefault(ticket, asyncio.Lock()):
                response = await run_in_threadpool(page.handle, visit)
        else:
            response = await run_in_threadpool(page.handle, visit)
        _finish(page, visit, response)
        return response

    async def answered(request: Request) -> Response:
        request.scope["page"] = page.path
        with journal.about(request=number_of(request)), site.hall.room(most):
            response = await done(request)
        response.headers[NUMBER] = number_of(request)
        return response

    return answered


def number_of(request: Request) -> str:
    """The number under which a request stands in the journal: that of the server before us, where it gives one."""
    given = request.headers.get(NUMBER, "")
    number: str = request.scope.setdefault("number", given if _NUMBER.fullmatch(given) else secrets.token_hex(4))
    return number


def _bounded(request: Request, most: int) -> Request:
    """The request, of whose body no more than so many bytes are ever read."""
    said = request.headers.get("content-length", "0")
    if not said.isdecimal() or int(said) > most:
        raise HTTPException(413)
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await request.receive()
        read += len(message.get("body", b""))
        if read > most:  # one that did not say how long it is
            raise HTTPException(413)
        return message

    return Request(request.scope, counted)


def put_ticket(response: Response, ticket: Ticket, value: str, https: bool) -> None:
    """Gives the visitor this cookie; an empty value takes it away."""
    foreign = ticket.same_site == "none"
    response.set_cookie(
        ticket.name,
        value,
        max_age=ticket.seconds if value else 0,
        path=ticket.path,
        secure=https,
        httponly=True,
        # without https a browser refuses SameSite=None: then the frame works only within one site
        samesite="lax" if foreign and not https else ticket.same_site,
    )
    if foreign and https:
        name, last = response.raw_headers.pop()
        response.raw_headers.append((name, last + b"; Partitioned"))


def ticket_of(page: Page, request: Request) -> tuple[str, bool]:
    if page.ticket is None:
        return "", False
    brought = request.cookies.get(page.ticket.name, "")
    if _TICKET.fullmatch(brought):
        return brought, False
    return secrets.token_urlsafe(24), True


def _count(page: Page, site: Site, request: Request, ticket: str) -> None:
    address = request.client.host if request.client else ""
    for limit in page.limits:
        wait = site.limits.wait(limit, ticket if limit.by == "visitor" else address)
        if wait:
            raise TooOften(wait)


async def _heard(page: Page, visit: Visit) -> Visit:
    if page.body is Body.JSON:
        return replace(visit, json=await _json(visit.request))
    if page.body is not Body.FORM:
        return visit
    # a form of another site is turned away by its header alone, before its token is looked at
    if visit.request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Expired
    visit = await _form(visit)
    if page.ticket and not is_form_token(visit.site.key, visit.ticket, _token(visit)):
        raise Expired
    return visit


def _token(visit: Visit) -> str:
    return visit.request.headers.get("x-form-token") or visit.form.get(FORM_TOKEN, "")


async def _form(visit: Visit) -> Visit:
    form: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    files: list[File] = []
    try:
        async with visit.request.form(max_files=FILES, max_fields=FIELDS) as parts:
            for name, value in parts.multi_items():
                if isinstance(value, UploadFile):
                    if value.filename:
                        files.append(File(value.filename, await value.read()))
                    continue
                form[name] = value
                lists.setdefault(name, []).append(value)
    except MultiPartException as bad:
        raise HTTPException(400) from bad
    return replace(visit, form=form, lists={k: tuple(v) for k, v in lists.items()}, files=tuple(files))


async def _json(request: Request) -> Any:
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError) as bad:
        raise HTTPException(400, "not_json") from bad


def _finish(page: Page, visit: Visit, response: Response) -> None:
    if page.ticket is None:
        if page.cache and response.status_code == 200:
            response.headers.setdefault("Cache-Control", f"public, max-age={page.cache}")
        return
    response.headers.setdefault("Cache-Control", "no-store")
    given = any(k == b"set-cookie" and v.startswith(page.ticket.name.encode()) for k, v in response.raw_headers)
    if visit.fresh and not given:
        put_ticket(response, page.ticket, visit.ticket, visit.site.https)
