"""The conversation on other sites: a script that puts a button there, and the frame that it opens."""

from __future__ import annotations

from starlette.responses import FileResponse, Response

from bot.web.citizens import FRAME, NEWS, OWN_DATA, conversation_page, news, own_data, said
from bot.web.rendering import STATIC
from bot.web.visiting import SAY, SAY_ALONE, Body, Page, Ticket, Visit

DEMO, SCRIPT = f"{FRAME}/thu", "/widget.js"
# Its own cookie, which a browser keeps apart for each site that holds the frame.
FRAMED = Ticket("motcua_khung", FRAME, "none", 30 * 86400)


def frame(visit: Visit) -> Response:
    return conversation_page(visit, "frame.html", FRAME)


def say(visit: Visit) -> Response:
    return said(visit, "frame.html", FRAME)


def script(_visit: Visit) -> Response:
    return FileResponse(STATIC / "widget.js", media_type="text/javascript; charset=utf-8")


def demo(visit: Visit) -> Response:
    """How the button looks on a site, and the line that puts it there."""
    origin = visit.settings.public_url or str(visit.request.base_url).rstrip("/")
    return visit.page("widget_demo.html", origin=origin)


PAGES = (
    Page(SCRIPT, script, cache=3600),
    Page(DEMO, demo, cache=300),
    Page(FRAME, frame, ticket=FRAMED),
    Page(FRAME, say, "POST", Body.FORM, FRAMED, (SAY, SAY_ALONE), one_by_one=True),
    Page(f"{FRAME}{NEWS}", news, "POST", Body.FORM, FRAMED, one_by_one=True),
    Page(f"{FRAME}{OWN_DATA}", own_data, ticket=FRAMED),
)
