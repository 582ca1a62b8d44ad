"""Who did what, and how the house stands."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

from starlette.responses import Response

from bot.desk.desk import utc_now
from bot.desk.rights import Action
from bot.ledger import Officer
from bot.web.console.rounds import ROOT, Row, day_in, number_in, shown, start_of
from bot.web.visiting import Visit
from bot.wording import console as say

AUDITS, HEALTH = f"{ROOT}/so-kiem-tra", f"{ROOT}/suc-khoe"
SIZE = 100
DAY = dt.timedelta(days=1)


def audits(visit: Visit, who: Officer) -> Response:
    q = visit.query
    until = start_of(day_in(q.get("den", "")))
    until = until + DAY if until else utc_now() + dt.timedelta(minutes=1)
    since = start_of(day_in(q.get("tu", ""))) or until - 7 * DAY
    found = visit.house.office.audits(who, since, until, q.get("ve", "").strip()[:80])
    by, action = q.get("ai", ""), q.get("viec", "")
    found = [a for a in reversed(found) if (not by or a.by == by) and (not action or a.action == action)]
    offset = number_in(q.get("tu_so", ""))
    officers = visit.house.people.officers(None)
    return shown(
        visit,
        who,
        "console/audits.html",
        found=found[offset : offset + SIZE],
        total=len(found),
        offset=offset,
        size=SIZE,
        names={o.id: o.name for o in officers},
        officers=officers,
        since=since,
        until=until - DAY,
        by=by,
        action=action,
        about=q.get("ve", ""),
        actions=say.AUDITS,
        kept="&".join(f"{k}={v}" for k, v in _kept(visit).items()),
    )


def _kept(visit: Visit) -> dict[str, str]:
    return {k: quote(visit.query[k][:80]) for k in ("tu", "den", "ve", "ai", "viec") if visit.query.get(k)}


def health(visit: Visit, who: Officer) -> Response:
    state = visit.house.standing.look(who)
    works = visit.house.works.recent(who, most=10)
    return shown(visit, who, "console/health.html", s=state, works=works, worker=visit.settings.worker)


ROWS = (
    Row(AUDITS, audits, Action.AUDITS),
    Row(HEALTH, health, Action.HEALTH),
)
