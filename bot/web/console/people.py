"""Who works here: officers, invitations, absences, units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.desk import rights
from bot.desk.rights import Action
from bot.ledger import NotAllowed, NotFound, Officer, Role, Unit
from bot.web.console.rounds import ROOT, Row, back, chosen, day_in, shown
from bot.web.visiting import Visit
from bot.wording import office as say_office

PEOPLE = f"{ROOT}/nguoi"
UNITS = f"{ROOT}/don-vi"


def people(visit: Visit, who: Officer) -> Response:
    return _people(visit, who)


def invite(visit: Visit, who: Officer) -> Response:
    """The link is shown once: only its digest is kept."""
    role, unit = chosen(Role, visit.form.get("vai_tro", "")), visit.form.get("don_vi", "")
    if role is None:
        raise HTTPException(400)
    token = visit.house.people.invite(who, role, unit, " ".join(visit.form.get("ten", "").split())[:80])
    base = visit.settings.public_url or f"http://{visit.settings.host}:{visit.settings.port}"
    return _people(visit, who, f"{base}{ROOT}/moi/{token}", say_office.INVITED_COMMAND.format(token=token))


def suspend(visit: Visit, who: Officer) -> Response:
    active = "mo" in visit.form
    visit.house.people.suspend(who, visit.path["officer"], active)
    return back(visit, PEOPLE, "da_mo" if active else "da_khoa")


def set_away(visit: Visit, who: Officer) -> Response:
    until = day_in(visit.form.get("den", ""))
    visit.house.people.set_away(who, visit.path["officer"], until, visit.form.get("thay", "") if until else "")
    return back(visit, PEOPLE, "da_vang")


def put_unit(visit: Visit, who: Officer) -> Response:
    form = visit.form
    key, name = form.get("ma", "").strip().lower(), " ".join(form.get("ten", "").split())[:120]
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", key) or not name:
        return _people(visit, who, trouble=True)
    fields, places = _lines(form.get("linh_vuc", "")), _lines(form.get("dia_ban", ""))
    try:
        visit.house.people.put_unit(who, Unit(key, name, form.get("tren", ""), fields, places))
    except (NotFound, NotAllowed):
        return _people(visit, who, trouble=True)
    return back(visit, PEOPLE, "da_don_vi")


def merge_units(visit: Visit, who: Officer) -> Response:
    try:
        visit.house.people.merge_units(who, visit.form.get("cu", ""), visit.form.get("moi", ""))
    except NotFound:
        return _people(visit, who, trouble=True)
    return back(visit, PEOPLE, "da_gop")


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(line.split())[:120] for line in text.split("\n") if line.strip()))[:100]


def _people(visit: Visit, who: Officer, link: str = "", command: str = "", trouble: bool = False) -> Response:
    units = visit.house.people.units()
    reached = rights.reach(who, units)
    seen = [u for u in units if reached is None or u.key in reached]
    values: dict[str, Any] = {
        "officers": visit.house.people.officers(who),
        "units": seen,
        "names": {u.key: u.name for u in units},
    }
    status = 400 if trouble else 200
    more: dict[str, Any] = {
        "link": link,
        "command": command,
        "trouble": trouble,
        "roles": tuple(Role),
        "edited": _edited(visit, seen),
    }
    return shown(visit, who, "console/people.html", status, **values, **more)


def _edited(visit: Visit, units: Sequence[Unit]) -> Unit | None:
    return next((u for u in units if u.key == visit.query.get("sua", "")), None)


ROWS = (
    Row(PEOPLE, people, Action.OFFICERS),
    Row(f"{PEOPLE}/moi", invite, Action.INVITE, "POST"),
    Row(f"{PEOPLE}/{{officer}}/khoa", suspend, Action.SUSPEND, "POST"),
    Row(f"{PEOPLE}/{{officer}}/vang", set_away, Action.AWAY, "POST"),
    Row(UNITS, put_unit, Action.UNITS, "POST"),
    Row(f"{UNITS}/gop", merge_units, Action.UNITS, "POST"),
)
