"""Petitions as the public and their senders see them: looked up by code and secret, and what was answered openly."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import Response

from bot.desk.tracking import described
from bot.web.citizens import CITIZEN
from bot.web.rendering import said
from bot.web.visiting import READ, TRACK, Body, Page, Visit
from bot.wording import office as say_office
from bot.wording import web as say
from knowledge.vietnamese import fold

TRACKING, PUBLISHED = "/tra-cuu", "/phan-anh"
SHOWN = 10


def tracking(visit: Visit) -> Response:
    """The form, and the petitions of this browser; `ma`: one of them to open."""
    code = visit.query.get("ma", "").strip()[:40]
    return _looked_up(visit, code, "") if code and not visit.fresh else _tracking_page(visit, code)


def look_up(visit: Visit) -> Response:
    """The secret comes in the body, so that it stands in no address and no log."""
    code, secret = visit.form.get("ma", "").strip()[:40], visit.form.get("ma-rieng", "").strip()[:40]
    return _looked_up(visit, code, secret)


def _looked_up(visit: Visit, code: str, secret: str) -> Response:
    found = visit.house.desk.track(code, visit.conversation, secret)
    if found is None:
        return _tracking_page(visit, code, say.NOT_FOUND if code else "", 404 if code else 200)
    text, options = described(found)
    steps = [(at, say_office.STATES[state.value]) for at, state in found.steps]
    return visit.page("tracked.html", found=found, text=said(text), options=options, steps=steps)


def _tracking_page(visit: Visit, code: str, fault: str = "", status: int = 200) -> Response:
    own = () if visit.fresh else visit.house.desk.recalled(visit.conversation, 0).petitions
    return visit.page("tracking.html", status, code=code, fault=fault, own=own, states=say_office.STATES)


def published(visit: Visit) -> Response:
    field, place = visit.query.get("linh-vuc", "")[:100], visit.query.get("noi", "")[:100]
    begin = visit.query.get("tu", "")
    offset = int(begin) if begin.isdigit() and len(begin) < 7 else 0
    found, total = visit.house.desk.published(field, place, offset, SHOWN)
    fields = sorted(filter(None, visit.house.desk.library().fields()), key=fold)
    places = sorted({p for unit in visit.house.people.units() for p in unit.places}, key=fold)

    def address(at: int) -> str:
        wanted = {"linh-vuc": field, "noi": place, "tu": str(at) if at else ""}
        query = urlencode({k: v for k, v in wanted.items() if v})
        return f"{PUBLISHED}?{query}" if query else PUBLISHED

    return visit.page(
        "published.html",
        found=found,
        total=total,
        offset=offset,
        size=SHOWN,
        address=address,
        fields=fields,
        places=places,
        field=field,
        place=place,
    )


PAGES = (
    Page(TRACKING, tracking, ticket=CITIZEN, limits=(READ,)),
    Page(TRACKING, look_up, "POST", Body.FORM, CITIZEN, (TRACK,)),
    Page(PUBLISHED, published, ticket=CITIZEN),
)
