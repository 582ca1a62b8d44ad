"""What the records say, as plain pages: fields, procedures, life events, hotlines, services, plans, search."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.desk.searching import FoundRecord
from bot.dialogue import procedure_parts as pp
from bot.dialogue.procedure_parts import Part
from bot.web.visiting import READ, SAY, Page, Visit
from knowledge.library import Library
from knowledge.records import PROCEDURE_ASPECTS, Procedure
from knowledge.vietnamese import fold

CACHE = 300
FOUND = 12
# What has a shape of its own on the page; the other aspects are lists of lines.
_SHAPED = frozenset({"ho_so", "bieu_mau", "can_cu"})


@dataclass(frozen=True, slots=True)
class Section:
    """One aspect of a procedure on its page."""

    aspect: str
    part: Part
    shaped: bool = False


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


def procedure_address(library: Library, p: Procedure) -> str:
    """By its official code, where that code is no other record's."""
    same = library.procedure(p.code) if p.code else None
    return f"/thu-tuc/{p.code if same and same.key == p.key else p.key}"


# --- procedures ------------------------------------------------------------------------------------------------------


def procedure(visit: Visit) -> Response:
    library = visit.house.desk.library()
    p = _procedure(library, visit.path["name"])
    address = procedure_address(library, p)
    if visit.request.url.path != address:
        return RedirectResponse(address, 301)
    sections = [Section(a, pp.part(p, a, library.day), a in _SHAPED) for a in PROCEDURE_ASPECTS]
    return visit.page(
        "procedure.html",
        p=p,
        address=address,
        sections=sections,
        brief={s.aspect: s.part for s in sections},
        only_at=library.elsewhere(p.key),
        today=library.day,
        in_force=p.validity.in_force(library.day),
        changes=list(pp.changes_ahead(p, library.day)),
        near=_near(library, p),
        events=library.life_events_of(p.key),
        field_at=f"/linh-vuc/{slug(p.field)}",
    )


def qr(visit: Visit) -> Response:
    """The address of the page as a square that a telephone reads, for the printed one."""
    library = visit.house.desk.library()
    address = visit.settings.public_url + procedure_address(library, _procedure(library, visit.path["name"]))
    if not visit.settings.public_url:
        raise HTTPException(404)
    import segno

    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=1, svgclass=None, lineclass=None)
    return Response(out.getvalue(), media_type="image/svg+xml")


def _procedure(library: Library, name: str) -> Procedure:
    found = library.procedure(name)
    if found is None:
        raise HTTPException(404)
    return found


def _near(library: Library, p: Procedure) -> list[tuple[str, str]]:
    keys = dict.fromkeys((*p.linked, *p.related))
    found = (library.procedure(key) for key in keys if key != p.key)
    return [(procedure_address(library, other), other.name) for other in found if other]


def fields(visit: Visit) -> Response:
    by_field = visit.house.desk.library().fields()
    listed = sorted(((name, slug(name), len(ps)) for name, ps in by_field.items() if name), key=lambda f: fold(f[0]))
    return visit.page("fields.html", fields=listed)


def field(visit: Visit) -> Response:
    library = visit.house.desk.library()
    name, found = next(((n, ps) for n, ps in library.fields().items() if slug(n) == visit.path["slug"]), ("", ()))
    if not name:
        raise HTTPException(404)
    rows = [_row(library, p) for p in sorted(found, key=lambda p: (-p.popularity, fold(p.name)))]
    return visit.page("field.html", field=name, slug=slug(name), rows=rows)


def _row(library: Library, p: Procedure) -> Mapping[str, str]:
    parts = {a: " ".join(pp.part(p, a, library.day).lines) for a in ("thoi_han", "le_phi")}
    return {"address": procedure_address(library, p), "name": p.name, "code": p.code, **parts}


# --- life events, hotlines, services ---------------------------------------------------------------------------------


def events(visit: Visit) -> Response:
    return visit.page("events.html", events=visit.house.desk.library().language.life_events)


def event(visit: Visit) -> Response:
    library = visit.house.desk.library()
    found = next((e for e in library.language.life_events if e.key == visit.path["key"]), None)
    if found is None:
        raise HTTPException(404)
    steps = [_row(library, p) for key in found.procedures if (p := library.procedure(key))]
    return visit.page("event.html", event=found, steps=steps)


def hotlines(visit: Visit) -> Response:
    known = list(visit.house.desk.library().contacts.values())
    urgent = [c for c in known if c.emergency and c.number]
    others = [c for c in known if c.number and c not in urgent]
    return visit.page("hotlines.html", urgent=urgent, others=others, without=[c for c in known if not c.number])


def services(visit: Visit) -> Response:
    library = visit.house.desk.library()
    listed = [(s, list(_of_service(library, s.procedures))) for s in library.services.values()]
    return visit.page("services.html", services=listed)


def _of_service(library: Library, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for p in filter(None, map(library.procedure, keys)):
        yield procedure_address(library, p), p.name


# --- plans -----------------------------------------------------------------------------------------------------------


def plans(visit: Visit) -> Response:
    library = visit.house.desk.library()
    listed = sorted(library.plans.values(), key=lambda p: (-p.year, fold(p.issuer)))
    return visit.page("plans.html", plans=listed, year=library.day.year)


def plan(visit: Visit) -> Response:
    library = visit.house.desk.library()
    found = library.plans.get(visit.path["key"])
    if found is None:
        raise HTTPException(404)
    return visit.page("plan.html", plan=found, year=library.day.year)


# --- search ----------------------------------------------------------------------------------------------------------


def search(visit: Visit) -> Response:
    words = visit.query.get("q", "").strip()[:200]
    library = visit.house.desk.library()
    found = visit.house.desk.search(words, FOUND) if words else ()
    rows = [(_address(library, one.kind, one.id), one.title, _line(library, one)) for one in found]
    return visit.page("search.html", words=words, rows=rows)


def _line(library: Library, found: FoundRecord) -> str:
    """A procedure is told apart by its field, another record by what it is for."""
    return library.procedures[found.id].field if found.kind == "procedure" else found.line


def _address(library: Library, kind: str, key: str) -> str:
    if kind == "procedure":
        return procedure_address(library, library.procedures[key])
    return f"/duong-day-nong#{key}" if kind == "contact" else f"/dich-vu#{key}"


PAGES = (
    Page("/tim", search, limits=(READ, SAY)),
    Page("/linh-vuc", fields, cache=CACHE),
    Page("/linh-vuc/{slug}", field, cache=CACHE),
    Page("/thu-tuc/{name}/ma-vuong.svg", qr, cache=CACHE),
    Page("/thu-tuc/{name}", procedure, cache=CACHE),
    Page("/su-kien", events, cache=CACHE),
    Page("/su-kien/{key}", event, cache=CACHE),
    Page("/duong-day-nong", hotlines, cache=CACHE),
    Page("/dich-vu", services, cache=CACHE),
    Page("/ke-hoach", plans, cache=CACHE),
    Page("/ke-hoach/{key}", plan, cache=CACHE),
)
