"""A page that was reached by a poster's code (`?ap=7`): the scan is counted, then the page comes without the number.

The number is taken off by a redirect, so that what is shared or looked at again counts nothing, and what browsers may
keep stays the same for everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlencode

from starlette.responses import Response

from bot.outreach import links
from bot.web.citizens import CITIZEN
from bot.web.visiting import Handle, Page, Visit, put_ticket, ticket_of

DOOR = "web"


def counted(pages: Iterable[Page]) -> Iterator[Page]:
    """The same pages; those that are looked at count how they were reached."""
    return (replace(page, handle=_counting(page)) if page.method == "GET" else page for page in pages)


def _counting(page: Page) -> Handle:
    def handle(visit: Visit) -> Response:
        number = visit.query.get(links.QUERY, "")
        if not number:
            return page.handle(visit)
        ticket, fresh = ticket_of(replace(page, ticket=CITIZEN), visit.request)
        if number.isdecimal() and len(number) < 7:
            visit.house.posters.scanned(int(number), replace(visit, ticket=ticket).conversation, DOOR)
        rest = urlencode([(k, v) for k, v in visit.request.query_params.multi_items() if k != links.QUERY])
        response = visit.redirect(visit.request.url.path + (f"?{rest}" if rest else ""))
        response.headers["Cache-Control"] = "no-store"
        if fresh:
            put_ticket(response, CITIZEN, ticket, visit.site.https)
        return response

    return handle
