"""What browsers, search engines and watchmen ask for: health, robots, the map of the site, the icon."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from bot.web.rendering import STATIC
from bot.web.visiting import Page, Visit
from knowledge.library import Library

HOUR = 3600


def health(visit: Visit) -> Response:
    found = visit.house.desk.health()
    return JSONResponse(dict(found), 200 if found["ok"] else 503, {"Cache-Control": "no-store"})


def robots(visit: Visit) -> Response:
    closed = ("/quan-tri", "/khung", "/khao-sat", "/tra-cuu", "/tim", "/api/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    if visit.settings.public_url:
        lines.append(f"Sitemap: {visit.settings.public_url}/sitemap.xml")
    return PlainTextResponse("\n".join(lines) + "\n")


def sitemap(visit: Visit) -> Response:
    base = visit.settings.public_url or str(visit.request.base_url).rstrip("/")
    text = visit.site.pages.render(
        "sitemap.xml", addresses=[base + quote(a) for a in _addresses(visit.house.desk.library())]
    )
    return Response(text, media_type="application/xml")


def _addresses(library: Library) -> Iterator[str]:
    yield from (
        "/",
        "/linh-vuc",
        "/su-kien",
        "/duong-day-nong",
        "/dich-vu",
        "/ke-hoach",
        "/thay-doi",
        "/ban-tin",
        "/phan-anh",
        "/cuoc-thi",
        "/quyen-rieng-tu",
    )
    yield from (f"/thu-tuc/{p.code or p.key}" for p in library.procedures.values())
    yield from (f"/ke-hoach/{key}" for key in library.plans)
    yield from (f"/su-kien/{event.key}" for event in library.language.life_events)


def favicon(_visit: Visit) -> Response:
    return FileResponse(STATIC / "dau.svg", media_type="image/svg+xml")


def privacy(visit: Visit) -> Response:
    return visit.page("privacy.html")


PAGES = (
    Page("/quyen-rieng-tu", privacy, cache=HOUR),
    Page("/health", health, limits=()),
    Page("/robots.txt", robots, cache=HOUR),
    Page("/sitemap.xml", sitemap, cache=HOUR),
    Page("/favicon.ico", favicon, cache=24 * HOUR),
)
