"""The queue: which petitions wait for whom, looked through, sorted, handed out; and the counts that stay live."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from starlette.responses import JSONResponse, Response

from bot.desk import rights
from bot.desk.desk import utc_now
from bot.desk.notices import said
from bot.desk.rights import Action
from bot.ledger import NotTheirs, Officer, Page, QueueFilter, Role, Unit
from bot.petitions.petition import Channel, Kind, Petition, State, Urgency
from bot.web.console.dues import Due, due_of
from bot.web.console.rounds import ROOT, Row, back, chosen, day_in, number_in, shown, start_of
from bot.web.visiting import Visit
from bot.wording import console as say

QUEUE = f"{ROOT}/phieu"
NEWS = f"{ROOT}/tin"
SIZE, SHOWN = 25, 100
FILTERS = ("tt", "loai", "khan", "linh_vuc", "noi", "dv", "kenh", "tu", "den", "q", "sap")
"""Names of what an address of the queue may ask for."""


@dataclass(frozen=True, slots=True)
class Line:
    """`news`: something happened to it that this officer has not looked at yet."""

    petition: Petition
    excerpt: str
    due: Due
    holder: str
    unit: str
    news: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A handing out that was refused: why, what was ticked, and the unit that would make it possible."""

    why: str = ""
    codes: tuple[str, ...] = ()
    officer: str = ""
    unit: str = ""
    unit_name: str = ""


def home(visit: Visit, _who: Officer) -> Response:
    return visit.redirect(QUEUE)


def queue(visit: Visit, who: Officer) -> Response:
    return _queue(visit, who, visit.query)


def _queue(visit: Visit, who: Officer, query: Mapping[str, str], refused: Refused = Refused()) -> Response:
    view = query.get("xem", "")
    view = view if view in say.VIEWS else _first_view(visit, who)
    offset = number_in(query.get("tu_so", ""))
    asked = {name: query[name][:200] for name in FILTERS if query.get(name)}
    wanted = replace(_filter(asked, _base(view, who)), offset=offset, limit=SIZE)
    page = visit.house.office.queue(who, wanted)
    address = _addresses(view, asked)
    if page.total and not page.petitions:  # the list became shorter meanwhile
        return visit.redirect(address((page.total - 1) // SIZE * SIZE))
    units = {u.key: u for u in visit.house.people.units() if not u.into}
    reached = rights.reach(who, list(units.values()))
    backwards = bool(wanted.since and wanted.until and wanted.since >= wanted.until)
    return shown(
        visit,
        who,
        "console/queue.html",
        400 if refused.why else 200,
        view=view,
        asked=asked,
        page=page,
        lines=_lines(visit, who, page, units),
        address=address,
        offset=offset,
        size=SIZE,
        units=[u for u in units.values() if reached is None or u.key in reached],
        unit_names={u.key: u.name for u in units.values()},
        officers=[o for o in visit.house.people.officers(who) if o.active],
        fields=fields_known(visit),
        places=sorted({place for u in units.values() for place in u.places}),
        here_query=urlencode({"xem": view, **asked, **({"tu_so": offset} if offset else {})}),
        refused=refused,
        backwards=backwards,
        first=who.role is Role.ADMIN and _first_steps(visit, units),
    )


def _first_view(visit: Visit, who: Officer) -> str:
    """An officer begins with their own petitions; where they have none, with those that nobody has yet."""
    if who.role is not Role.OFFICER:
        return "don-vi"
    counts = visit.house.office.counts(who)
    return "chua-giao" if not counts["mine"] and counts["unassigned"] else "cua-toi"


def _first_steps(visit: Visit, units: Mapping[str, Unit]) -> list[tuple[str, str, bool]]:
    """What a new house needs, with what is done; nothing once it works."""
    officers = [o for o in visit.house.people.officers(None) if o.active]
    done = {
        "name": bool(visit.settings.authority_name),
        "place": bool(visit.settings.place),
        "address": visit.settings.public_url.startswith("https://"),
        "units": bool(units),
        "officers": any(o.role is not Role.ADMIN for o in officers),
    }
    steps = [(text, where, done[key]) for key, (text, where) in say.FIRST_STEPS.items()]
    return [] if done["units"] and done["officers"] else steps


def counts(visit: Visit, who: Officer) -> Response:
    return JSONResponse(visit.house.office.counts(who), headers={"Cache-Control": "no-store"})


def assign(visit: Visit, who: Officer) -> Response:
    codes = visit.lists.get("phieu", ())
    officer, unit = visit.form.get("nguoi", ""), visit.form.get("don_vi", "")
    seen = visit.form.get("ve", "")[:2000]
    try:
        changed = visit.house.office.assign(who, codes, officer, unit) if codes and (officer or unit) else 0
    except NotTheirs as bad:
        known = dict(parse_qsl(seen))
        return _queue(visit, who, known, refused_to(visit, bad, codes))
    # what comes back in a form is put behind our own address, so it leads nowhere else
    return back(visit, f"{QUEUE}?{seen}", "da_giao" if changed else "khong_doi")


def refused_to(visit: Visit, bad: NotTheirs, codes: Sequence[str]) -> Refused:
    """Which petition cannot be given to whom, and the unit that it would have to go to."""
    people = visit.house.people
    officer = next(o for o in people.officers(None) if o.id == bad.officer)
    units = {u.key: u.name for u in people.units()}
    if bad.about:
        return Refused(say.ABOUT_THEM.format(code=bad.code, name=officer.name), tuple(codes))
    where, own = units.get(bad.unit, say.NO_UNIT), units.get(officer.unit, say.NO_UNIT)
    why = say.OTHER_UNIT.format(code=bad.code, unit=where, name=officer.name, own=own)
    return Refused(why, tuple(codes), officer.id, officer.unit, own)


# --- what happened meanwhile -----------------------------------------------------------------------------------------


def news(visit: Visit, who: Officer) -> Response:
    """What the officer has not looked at yet, also for who has no account with a messenger."""
    found = visit.house.office.news(who)
    excerpts = visit.house.office.excerpts(who, list(dict.fromkeys(n.code for n in found[:SHOWN])))
    lines = [(n, said(n).text.split("\n"), excerpts.get(n.code, "")) for n in found[:SHOWN]]
    return shown(visit, who, "console/news.html", lines=lines, total=len(found))


def read_news(visit: Visit, who: Officer) -> Response:
    visit.house.office.read_news(who)
    return back(visit, NEWS, "da_doc")


def fields_known(visit: Visit) -> list[str]:
    return sorted(name for name in visit.house.desk.library().fields() if name)


def _base(view: str, who: Officer) -> QueueFilter:
    views = {
        "cua-toi": QueueFilter(open_only=True, assignee=who.id),
        "don-vi": QueueFilter(open_only=True),
        "qua-han": QueueFilter(open_only=True, overdue_at=utc_now()),
        "chua-giao": QueueFilter(open_only=True, unassigned=True),
        "tat-ca": QueueFilter(sort="-filed_at"),
    }
    return views[view]


def _filter(asked: Mapping[str, str], base: QueueFilter) -> QueueFilter:
    state = chosen(State, asked.get("tt", ""))
    until = day_in(asked.get("den", ""))
    sort = asked.get("sap", "")
    return replace(
        base,
        states=(state,) if state else base.states,
        kind=chosen(Kind, asked.get("loai", "")),
        urgency=chosen(Urgency, asked.get("khan", "")),
        field=asked.get("linh_vuc", ""),
        place=asked.get("noi", ""),
        unit=asked.get("dv", ""),
        channel=chosen(Channel, asked.get("kenh", "")),
        since=start_of(day_in(asked.get("tu", ""))),
        until=start_of(until.fromordinal(until.toordinal() + 1)) if until else None,
        words=asked.get("q", ""),
        sort=sort if sort in say.SORTS else base.sort,
    )


def _lines(visit: Visit, who: Officer, page: Page, units: Mapping[str, Unit]) -> list[Line]:
    excerpts = visit.house.office.excerpts(who, [p.code for p in page.petitions])
    names = {o.id: o.name for o in visit.house.people.officers(None)}
    clock, now = visit.house.terms.clock, utc_now()
    fresh = {n.code for n in visit.house.office.news(who)}
    return [
        Line(
            p,
            excerpts.get(p.code, ""),
            due_of(p, clock, now),
            names.get(p.assignee, p.assignee),
            units[p.unit].name if p.unit in units else p.unit,
            p.code in fresh,
        )
        for p in page.petitions
    ]


def _addresses(view: str, asked: Mapping[str, str]) -> Callable[..., str]:
    """What the template asks for an address with: another view, or another offset of this one."""

    def address(offset: int = 0, other: str = "", **more: str) -> str:
        kept = {"xem": other or view, **asked, **more, "tu_so": str(offset) if offset else ""}
        return f"{QUEUE}?{urlencode({k: v for k, v in kept.items() if v})}"

    return address


ROWS = (
    Row(ROOT, home, None),
    Row(QUEUE, queue, Action.QUEUE),
    Row(f"{ROOT}/dem", counts, Action.QUEUE, asks_itself=True),
    Row(f"{ROOT}/giao", assign, Action.ASSIGN, "POST"),
    Row(NEWS, news, Action.QUEUE),
    Row(NEWS, read_news, Action.QUEUE, "POST"),
)
