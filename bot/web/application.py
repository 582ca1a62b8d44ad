"""The web as a whole: its table of pages, what stands before them, how it is served and how it stops.

To add pages:
1. Write a module of handlers, `def queue(visit: Visit) -> Response`, that ends in `PAGES: tuple[Page, ...]`. A handler
   is synchronous: it reads `visit.query`, `visit.path`, `visit.form`, `visit.files`, calls `visit.house…`, and returns
   `visit.page("console/queue.html", …)` or `visit.redirect("/…")`. Every rule stands in the desk.
2. Name its PAGES in `TABLE` below. The order matters: the first page whose address and method fit answers.
3. A page with a form: `Page(path, handle, "POST", body=Body.FORM, ticket=…)`; the page that shows it has the same
   `ticket`, and its form holds `{{ form_token_field() }}` (macro in templates/parts.html) or sends X-Form-Token.
   A form without the token of its visitor's cookie never reaches the handler.
4. `Ticket` is the cookie: one for citizens, one for the frame, one for officers. `visit.ticket` is its opaque value;
   who signs in gets a new one with `put_ticket(response, TICKET, value, visit.site.https)`.
5. Raise the desk's NotFound (404) and NotAllowed (403), or starlette's HTTPException; failures.py makes their pages.
6. Templates extend templates/citizens.html or templates/console.html, both of templates/base.html. No inline script,
   no inline style, no style attribute: the policy forbids them. Static files: static/x.css is `static("x.css")`.
"""

from __future__ import annotations

import secrets
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.desk.house import House
from bot.settings import Settings
from bot.web import api, citizens, contests, following, pages, petitions, site_files, widget
from bot.web.console import table as console
from bot.web.failures import failures
from bot.web.rendering import STATIC, STATIC_AT, Pages
from bot.web.scanning import counted
from bot.web.security import Guard
from bot.web.visiting import Page, Site, endpoint

KEY = "web:key"
SWITCH = 0.0005
"""Seconds after which a thread that answers lets another one go on: with Python's own 5 ms, requests that have come and
answers that are ready would wait for whoever is thinking, several times each."""

# Fixed addresses before those with variable parts, so that no record's name can take the place of a page.
TABLE: Sequence[Page] = tuple(
    chain(
        api.PAGES,
        counted(citizens.PAGES),
        petitions.PAGES,
        following.PAGES,
        contests.PAGES,
        counted(pages.PAGES),
        widget.PAGES,
        console.PAGES,
        site_files.PAGES,
    )
)


def serve(house: House, settings: Settings, listening: socket.socket | None = None) -> None:
    """Runs until it is told to stop (SIGINT, SIGTERM); then finishes what is in hand. `listening`: a socket that other
    processes share."""
    with suppress(KeyboardInterrupt):
        server(house, settings).run([listening] if listening else None)


def server(house: House, settings: Settings) -> uvicorn.Server:
    sys.setswitchinterval(SWITCH)
    config = uvicorn.Config(
        application(house, settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        # who sits before us on the same machine may say whom it speaks for
        proxy_headers=True,
        timeout_graceful_shutdown=20,
    )
    return uvicorn.Server(config)


def application(house: House, settings: Settings) -> Starlette:
    key = house.mail.agreed(KEY, secrets.token_hex(32))
    site = Site(house, settings, Pages(), bytes.fromhex(key))
    routes: list[BaseRoute] = [_route(page, site) for page in TABLE]
    routes.append(Mount(STATIC_AT, _Static(directory=STATIC)))
    guard = Middleware(Guard, ancestors=lambda path: _ancestors(path, settings), https=site.https)
    return Starlette(
        routes=routes,
        middleware=[guard, Middleware(GZipMiddleware, minimum_size=1500)],
        exception_handlers=failures(site),
    )


def _route(page: Page, site: Site) -> Route:
    return Route(page.path, endpoint(page, site), methods=[page.method])


def _ancestors(path: str, settings: Settings) -> str:
    """Only the widget's frame may stand on another site, and only on those that the settings name."""
    if path == citizens.FRAME or path.startswith(f"{citizens.FRAME}/"):
        return " ".join(("'self'", *settings.widget_origins))
    return "'none'"


class _Static(StaticFiles):
    """An address with its digest never changes what it holds."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        forever = b"v=" in scope["query_string"]
        response.headers["Cache-Control"] = f"public, max-age={31536000 if forever else 3600}"
        return response
