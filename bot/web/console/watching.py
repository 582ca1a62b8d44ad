"""Who did what, and how the house stands."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from bot.desk.desk import utc_now
from bot.desk.rights import Action
from bot.ledger import Officer
from bot.web.console.rounds import ROOT, Row, day_in, number_in, shown, start_of
from bot.web.visiting import Visit
from bot.wording import console as say
from bot.wording import office as say_office

AUDITS, HEALTH = f"{ROOT}/so-kiem-tra", f"{ROOT}/suc-khoe"
SIZE = 100
GOOD = frozenset({"ok", "done"})
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
        told=_Details({u.key: u.name for u in visit.house.people.units()}, {o.id: o.name for o in officers}),
        kept="&".join(f"{k}={v}" for k, v in _kept(visit).items()),
    )


class _Details:
    """What stands in the books as codes, in words."""

    def __init__(self, units: Mapping[str, str], officers: Mapping[str, str]) -> None:
        self._known = {**say.AUDIT_DETAILS, **say_office.CHANNELS, **say_office.ROLES, **units, **officers}

    def __call__(self, details: str) -> str:
        whole = self._known.get(details)
        return whole or " ".join(_date(self._known.get(word, word)) for word in details.split())


def _date(word: str) -> str:
    return f"{dt.date.fromisoformat(word):%d/%m/%Y}" if re.fullmatch(r"\d{4}-\d\d-\d\d", word) else word


def _kept(visit: Visit) -> dict[str, str]:
    return {k: quote(visit.query[k][:80]) for k in ("tu", "den", "ve", "ai", "viec") if visit.query.get(k)}


def health(visit: Visit, who: Officer) -> Response:
    state = visit.house.standing.look(who)
    works = visit.house.works.recent(who, most=10)
    telegram = bool(visit.settings.telegram_token)
    jobs = [(say.JOBS.get(j.key.partition(":")[2], j.key), j, j.state in GOOD, noted(j.message)) for j in state.jobs]
    values: dict[str, Any] = {"worker": visit.settings.worker, "telegram": telegram, "jobs": jobs}
    return shown(visit, who, "console/health.html", s=state, works=works, **values)


def noted(message: str) -> str:
    """What a task did, as it noted it for the journal, in words."""
    return _NOTED.sub(lambda m: say.NOTED[m[0]], message)


_NOTED = re.compile(r"\b(?:" + "|".join(map(re.escape, say.NOTED)) + r")\b")


ROWS = (
    Row(AUDITS, audits, Action.AUDITS),
    Row(HEALTH, health, Action.HEALTH),
)
