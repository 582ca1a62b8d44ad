"""What is followed: chosen and ended on a page, read as news at the next visit, or by anybody as a feed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.desk.tidings import Tiding
from bot.outreach.mailing import Mailing, Topic
from bot.web.citizens import CITIZEN
from bot.web.pages import CACHE, procedure_address, slug
from bot.web.visiting import Body, Page, Visit
from bot.wording import following as say
from knowledge.library import Library
from knowledge.vietnamese import fold

FOLLOW, CHANGES, DIGESTS, FEED = "/theo-doi", "/thay-doi", "/ban-tin", "/tin.xml"
FIELD_FEED = "/linh-vuc/{slug}/tin.xml"


def follow(visit: Visit) -> Response:
    library = visit.house.desk.library()
    mine = visit.house.wishes.mine(visit.conversation)
    counts = {f: len(ps) for f, ps in library.fields().items() if f}
    fields = [(f, slug(f), counts[f], mine.of(Topic.FIELD, f)) for f in sorted(counts, key=fold)]
    others = [
        (Topic.NOTICES.value, say.PAGE_NOTICES, mine.of(Topic.NOTICES)),
        (Topic.DIGEST.value, say.PAGE_DIGEST, mine.of(Topic.DIGEST)),
    ]
    values: dict[str, Any] = {"mine": mine, "fields": fields, "others": others, "place": mine.place}
    chosen = visit.query.get("linh-vuc", "")
    return visit.page("follow.html", w=say, **values, chosen=chosen, house_place=visit.settings.place)


def change(visit: Visit) -> Response:
    """One button: a field or another topic begun, one ended, all ended."""
    form, wishes, who = visit.form, visit.house.wishes, visit.conversation
    if "thoi" in form:
        wishes.stop(who, int(form["thoi"]) if form["thoi"].isdecimal() else 0)
    elif "thoi_het" in form:
        wishes.stop_all(who)
    elif "da_hoi" in form:
        wishes.tell_of_asked(who, form["da_hoi"] == "1")
    elif "linh_vuc" in form:
        wishes.follow(who, Topic.FIELD, _field(visit.house.desk.library(), form["linh_vuc"]))
    elif form.get("tin") in (Topic.NOTICES.value, Topic.DIGEST.value):
        wishes.follow(who, Topic(form["tin"]))
    return visit.redirect(FOLLOW)


def changes(visit: Visit) -> Response:
    library = visit.house.desk.library()
    found = [(m, t, _address(library, t)) for m, t in visit.house.mailings.changes()]
    return visit.page("changes.html", w=say, found=found)


def digests(visit: Visit) -> Response:
    return visit.page("digests.html", w=say, found=visit.house.mailings.digests())


def feed(visit: Visit) -> Response:
    return _feed(visit, say.FEED_TITLE, visit.house.mailings.changes(), CHANGES)


def field_feed(visit: Visit) -> Response:
    field = _field(visit.house.desk.library(), visit.path["slug"])
    found = [(m, t) for m, t in visit.house.mailings.changes() if t.field == field]
    return _feed(visit, say.FEED_TITLE_FIELD.format(field=field), found, f"/linh-vuc/{slug(field)}")


def _feed(visit: Visit, title: str, found: Iterable[tuple[Mailing, Tiding]], page: str) -> Response:
    """Atom: each change an entry that never changes its name."""
    library, base = visit.house.desk.library(), _base(visit)
    entries = [
        {
            "id": f"{base}{CHANGES}#{m.id}-{t.key}",
            "title": t.title,
            "at": m.made_at,
            "link": base + (_address(library, t) or CHANGES),
            "text": f"{t.before}\n{t.now}",
            "field": t.field,
        }
        for m, t in found
    ]
    values: dict[str, Any] = {"title": title, "entries": entries, "base": base, "page": page}
    here = visit.request.url.path
    text = visit.site.pages.render("feed.xml", settings=visit.settings, here=here, **values)
    return Response(text, media_type="application/atom+xml")


def _base(visit: Visit) -> str:
    return visit.settings.public_url or str(visit.request.base_url).rstrip("/")


def _field(library: Library, name: str) -> str:
    found = next((f for f in library.fields() if f and slug(f) == name), "")
    if not found:
        raise HTTPException(404)
    return found


def _address(library: Library, tiding: Tiding) -> str:
    known = library.procedure(tiding.key)
    return procedure_address(library, known) if known else ""


PAGES = (
    Page(FOLLOW, follow, ticket=CITIZEN),
    Page(FOLLOW, change, "POST", Body.FORM, CITIZEN),
    Page(CHANGES, changes, cache=CACHE),
    Page(DIGESTS, digests, cache=CACHE),
    Page(FEED, feed, cache=CACHE),
    Page(FIELD_FEED, field_feed, cache=CACHE),
)
