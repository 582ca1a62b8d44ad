"""The queue: which petitions wait for whom, looked through, sorted, handed out; and the counts that stay live."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.responses import JSONResponse, Response

from bot.desk import rights
from bot.desk.desk import utc_now
from bot.desk.rights import Action
from bot.ledger import Officer, Page, QueueFilter, Role, Unit
from bot.petitions.petition import Channel, Kind, Petition, State, Urgency
from bot.web.console.dues import Due, due_of
from bot.web.console.rounds import ROOT, Row, back, chosen, day_in, number_in, shown, start_of
from bot.web.visiting import Visit
from bot.wording import console as say

QUEUE = f"{ROOT}/phieu"
SIZE = 25
FILTERS = ("tt", "loai", "khan", "linh_vuc", "noi", "dv", "kenh", "tu", "den", "q", "sap")
"""Names of what an address of the queue may ask for."""


@dataclass(frozen=True, slots=True)
class Line:
    petition: Petition
    excerpt: str
    due: Due
    holder: str
    unit: str


def home(visit: Visit, _who: Officer) -> Response:
    return visit.redirect(QUEUE)


def queue(visit: Visit, who: Officer) -> Response:
    view = visit.query.get("xem", "")
    view = view if view in say.VIEWS else "cua-toi" if who.role is Role.OFFICER else "don-vi"
    offset = number_in(visit.query.get("tu_so", ""))
    asked = {name: visit.query[name][:200] for name in FILTERS if visit.query.get(name)}
    wanted = replace(_filter(asked, _base(view, who)), offset=offset, limit=SIZE)
    page = visit.house.office.queue(who, wanted)
    units = {u.key: u for u in visit.house.people.units() if not u.into}
    reached = rights.reach(who, list(units.values()))
    return shown(
        visit,
        who,
        "console/queue.html",
        view=view,
        asked=asked,
        page=page,
        lines=_lines(visit, who, page, units),
        address=_addresses(view, asked),
        offset=offset,
        size=SIZE,
        units=[u for u in units.values() if reached is None or u.key in reached],
        officers=[o for o in visit.house.people.officers(who) if o.active],
        fields=fields_known(visit),
        places=sorted({place for u in units.values() for place in u.places}),
        here_query=urlencode({"xem": view, **asked, **({"tu_so": offset} if offset else {})}),
    )


def counts(visit: Visit, who: Officer) -> Response:
    return JSONResponse(visit.house.office.counts(who), headers={"Cache-Control": "no-store"})


def assign(visit: Visit, who: Officer) -> Response:
    codes = visit.lists.get("phieu", ())
    officer, unit = visit.form.get("nguoi", ""), visit.form.get("don_vi", "")
    changed = visit.house.office.assign(who, codes, officer, unit) if codes and (officer or unit) else 0
    # what comes back in a form is put behind our own address, so it leads nowhere else
    return back(visit, f"{QUEUE}?{visit.form.get('ve', '')[:2000]}", "da_giao" if changed else "khong_doi")


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
    return [
        Line(
            p,
            excerpts.get(p.code, ""),
            due_of(p, clock, now),
            names.get(p.assignee, p.assignee),
            units[p.unit].name if p.unit in units else p.unit,
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
)
