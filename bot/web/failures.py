"""What went wrong, told so that one knows what to do: as a page to people, as problem+json to programs."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot import journal
from bot.ledger import NotAllowed, NotFound, StoreUnavailable
from bot.web.console.rounds import OFFICER, ROOT, frame
from bot.web.security import form_token
from bot.web.visiting import Crowded, Expired, Site, TooOften, Visit, number_of
from bot.wording import console
from bot.wording import web as say

log = logging.getLogger(__name__)
API = "/api/"
COME_AGAIN = "5"
"""Seconds after which a program may ask again when there was no room."""
Failure = Callable[[Request, Exception], Coroutine[Any, Any, Response]]


def failures(site: Site) -> Mapping[Any, Failure]:
    async def refused(request: Request, bad: Exception) -> Response:
        assert isinstance(bad, HTTPException)
        response = _told(site, request, bad.status_code, say.ERRORS.get(bad.status_code, say.BAD_FORM))
        response.headers.update(bad.headers or {})
        return response

    async def too_often(request: Request, bad: Exception) -> Response:
        assert isinstance(bad, TooOften)
        title, text = say.ERRORS[429]
        response = _told(site, request, 429, (title, text.format(seconds=bad.seconds)))
        response.headers["Retry-After"] = str(bad.seconds)
        return response

    async def expired(request: Request, _bad: Exception) -> Response:
        return _told(site, request, 403, say.EXPIRED)

    async def not_found(request: Request, _bad: Exception) -> Response:
        return _told(site, request, 404, say.ERRORS[404])

    async def not_allowed(request: Request, _bad: Exception) -> Response:
        return _told(site, request, 403, say.ERRORS[403])

    async def crowded(request: Request, _bad: Exception) -> Response:
        response = _told(site, request, 503, say.ERRORS[503])
        response.headers["Retry-After"] = COME_AGAIN
        return response

    async def away(request: Request, _bad: Exception) -> Response:
        with journal.about(request=number_of(request)):
            log.exception("the store does not answer")
        return _told(site, request, 503, say.ERRORS[503])

    async def broken(request: Request, bad: Exception) -> Response:
        number = secrets.token_hex(4)
        with journal.about(request=number_of(request)):
            log.error("%s at %s %s", number, request.method, request.scope.get("page", "?"), exc_info=bad)
        return _told(site, request, 500, say.ERRORS[500], number)

    return {
        HTTPException: refused,
        TooOften: too_often,
        Crowded: crowded,
        Expired: expired,
        NotFound: not_found,
        NotAllowed: not_allowed,
        StoreUnavailable: away,
        Exception: broken,
    }


def _told(site: Site, request: Request, status: int, words: tuple[str, str], number: str = "") -> Response:
    title, text = words
    if request.url.path.startswith(API):
        return problem(status, title, text, number)
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse({"title": title, "text": text, "number": number}, status)
    if request.url.path.startswith(f"{ROOT}/"):
        return _at_the_console(site, request, status, words, number)
    page = site.pages.render(
        "error.html",
        visit=Visit(site, request),
        settings=site.settings,
        here=request.url.path,
        form_token="",
        title=title,
        text=text,
        number=number,
    )
    return HTMLResponse(page, status, {"Cache-Control": "no-store"})


def _at_the_console(site: Site, request: Request, status: int, words: tuple[str, str], number: str) -> Response:
    """Officers are told in their own words, on a page of theirs; without a menu where it cannot be known who asks."""
    title, text = console.TROUBLED.get(status, words)
    ticket = request.cookies.get(OFFICER.name, "")
    try:
        who = site.house.sessions.whoever(ticket, acts=False)
    except StoreUnavailable:
        who = None
    page = site.pages.render(
        "console/refused.html",
        visit=Visit(site, request),
        settings=site.settings,
        here=request.url.path,
        form_token=form_token(site.key, ticket) if ticket else "",
        counts={},
        title=title,
        text=f"{text} ({console.ERROR_NUMBER} {number})" if number else text,
        **frame(who),
    )
    return HTMLResponse(page, status, {"Cache-Control": "no-store"})


def problem(status: int, title: str, detail: str = "", number: str = "") -> Response:
    """RFC 9457: an error that a program understands."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body |= {"instance": f"urn:loi:{number}"} if number else {}
    return JSONResponse(body, status, media_type="application/problem+json")
