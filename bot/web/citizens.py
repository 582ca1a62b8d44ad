"""The citizens' conversation: the page of it, what is sent to it, the news that it brings, one's own data."""

from __future__ import annotations

import secrets
from typing import Any

from starlette.responses import JSONResponse, Response

from bot.web.talking import Said, Talk
from bot.web.transcripts import Bubble
from bot.web.visiting import SAY, SAY_ALONE, Body, Page, Ticket, Visit, put_ticket
from knowledge.vietnamese import fold

CITIZEN = Ticket("motcua")
HOME, NEWS, OWN_DATA = "/", "/tin-moi", "/du-lieu-cua-toi.json"
FRAME = "/khung"
"""Where the same conversation stands within other sites, with a cookie of its own."""
EARTH = ((-90.0, 90.0), (-180.0, 180.0))


def talk_of(visit: Visit) -> Talk:
    framed = FRAME if visit.request.url.path.startswith(FRAME) else ""
    return Talk(visit.house.desk, visit.house.mail, visit.site.transcripts, visit.conversation, framed + OWN_DATA)


def home(visit: Visit) -> Response:
    return conversation_page(visit, "talk.html", HOME)


def say(visit: Visit) -> Response:
    return said(visit, "talk.html", HOME)


def conversation_page(visit: Visit, template: str, action: str) -> Response:
    """The conversation so far. Somebody's first look makes nothing in the books."""
    if visit.fresh:
        return visit.page(template, **_surroundings(visit, action), bubbles=(), takes_files=False, waits=False)
    bubbles, recalled = talk_of(visit).shown()
    waits = any(p.open for p in recalled.petitions)
    around = _surroundings(visit, action)
    return visit.page(template, **around, bubbles=bubbles, takes_files=recalled.takes_files, waits=waits)


def said(visit: Visit, template: str, action: str) -> Response:
    """The answer as a whole page, or for the page's script as its new bubbles. The page is the answer itself and no
    redirect: it stands whichever process is asked next, and a form sent twice finds its draft gone."""
    message = _message(visit)
    talk = talk_of(visit)
    if message.empty:
        return conversation_page(visit, template, action)
    bubbles = talk.say(message)
    if not visit.wants_json:
        return conversation_page(visit, template, action)
    recalled = visit.house.desk.recalled(visit.conversation, 0)
    waits = any(p.open for p in recalled.petitions)
    return _bubbles(visit, bubbles, files=recalled.takes_files, waits=waits)


def news(visit: Visit) -> Response:
    """What officers have answered since; `seen`: what the page has shown, which is not told again."""
    talk = talk_of(visit)
    talk.told([int(n) for n in visit.lists.get("seen", ()) if n.isdecimal()])
    return _bubbles(visit, talk.news())


def leave(visit: Visit) -> Response:
    """On a machine that others use too: the next one finds nothing of this conversation. It is not erased."""
    talk_of(visit).forget()
    response = visit.redirect(HOME)
    put_ticket(response, CITIZEN, secrets.token_urlsafe(24), visit.site.https)
    return response


def own_data(visit: Visit) -> Response:
    text = visit.house.desk.data_of(visit.conversation)
    headers = {"Content-Disposition": 'attachment; filename="du-lieu-cua-toi.json"', "Cache-Control": "no-store"}
    return Response(text, media_type="application/json", headers=headers)


def _surroundings(visit: Visit, action: str) -> dict[str, Any]:
    library = visit.house.desk.library()
    return {
        "action": action,
        "news_at": NEWS if action == HOME else f"{action}{NEWS}",
        "urgent": [c for c in library.contacts.values() if c.emergency and c.number],
        "places": sorted((p.name for p in library.places.values()), key=fold),
    }


def _bubbles(visit: Visit, bubbles: tuple[Bubble, ...], **more: bool) -> Response:
    html = visit.site.pages.render("bubbles.html", bubbles=bubbles)
    return JSONResponse({"html": html, "news": [b.news for b in bubbles if b.news], **more})


def _message(visit: Visit) -> Said:
    form = visit.form
    text = form.get("lenh") or form.get("text", "")
    choice = form.get("choice", "")
    files = () if choice else visit.files
    return Said("" if choice else text, choice, form.get("label", ""), files, _place(form.get("noi", "")))


def _place(text: str) -> tuple[float, float] | None:
    """Latitude and longitude as the page's script wrote them."""
    try:
        found = tuple(float(part) for part in text.split(","))
    except ValueError:
        return None
    inside = len(found) == 2 and all(low <= x <= high for x, (low, high) in zip(found, EARTH, strict=True))
    return (found[0], found[1]) if inside else None


PAGES = (
    Page(HOME, home, ticket=CITIZEN),
    Page(HOME, say, "POST", Body.FORM, CITIZEN, (SAY, SAY_ALONE), one_by_one=True),
    Page(NEWS, news, "POST", Body.FORM, CITIZEN, one_by_one=True),
    Page(OWN_DATA, own_data, ticket=CITIZEN),
    Page("/ket-thuc", leave, "POST", Body.FORM, CITIZEN),
)
