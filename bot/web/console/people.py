"""Who works here: officers, invitations, absences, units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.desk import rights
from bot.desk.people import DayOver
from bot.desk.rights import Action
from bot.ledger import NotAllowed, NotFound, Officer, QueueFilter, Role, Unit
from bot.web.console.queue import fields_known
from bot.web.console.rounds import RESET, ROOT, Row, back, chosen, day_in, shown, today
from bot.web.visiting import Visit
from bot.wording import office as say_office

PEOPLE = f"{ROOT}/nguoi"
UNITS = f"{ROOT}/don-vi"


@dataclass(frozen=True, slots=True)
class Link:
    """Shown once. `command`: what to send the bot instead; `name`: whose password it sets."""

    address: str
    command: str = ""
    reachable: bool = True
    name: str = ""


@dataclass(frozen=True, slots=True)
class Merging:
    """What a merger would move: open petitions, officers, units below."""

    old: Unit
    new: Unit
    petitions: int
    officers: int
    units: int


def people(visit: Visit, who: Officer) -> Response:
    return _people(visit, who)


def invite(visit: Visit, who: Officer) -> Response:
    """The link is shown once: only its digest is kept."""
    role, unit = chosen(Role, visit.form.get("vai_tro", "")), visit.form.get("don_vi", "")
    if role is None:
        raise HTTPException(400)
    if role is not Role.ADMIN and not unit:
        return _people(visit, who, trouble="no_unit")
    token = visit.house.people.invite(who, role, unit, _name(visit))
    command = say_office.INVITED_COMMAND.format(token=token) if visit.settings.telegram_token else ""
    return _people(visit, who, Link(f"{site_of(visit)}{ROOT}/moi/{token}", command, reachable(visit)))


def reset(visit: Visit, who: Officer) -> Response:
    """For who forgot the password or lost the telephone with the second step; shown once, too."""
    token = visit.house.signing.reset_link(who, visit.path["officer"])
    name = next(o.name for o in visit.house.people.officers(None) if o.id == visit.path["officer"])
    return _people(visit, who, Link(f"{site_of(visit)}{RESET}/{token}", "", reachable(visit), name))


def change(visit: Visit, who: Officer) -> Response:
    role, unit = chosen(Role, visit.form.get("vai_tro", "")), visit.form.get("don_vi", "")
    if role is None:
        raise HTTPException(400)
    if role is not Role.ADMIN and not unit:
        return _people(visit, who, trouble="no_unit")
    try:
        visit.house.people.change(who, visit.path["officer"], role, unit, _name(visit))
    except NotAllowed:
        return _people(visit, who, trouble="last_admin")
    return back(visit, PEOPLE, "da_sua_nguoi")


def suspend(visit: Visit, who: Officer) -> Response:
    active = "mo" in visit.form
    try:
        visit.house.people.suspend(who, visit.path["officer"], active)
    except NotAllowed:
        return _people(visit, who, trouble="last_admin")
    return back(visit, PEOPLE, "da_mo" if active else "da_khoa")


def set_away(visit: Visit, who: Officer) -> Response:
    until = day_in(visit.form.get("den", ""))
    cover, over = visit.form.get("thay", "") if until else "", "giao_luon" in visit.form
    try:
        handed = visit.house.people.set_away(who, visit.path["officer"], until, cover, over)
    except DayOver:
        return _people(visit, who, trouble="day")
    return back(visit, PEOPLE, "da_vang_giao" if handed else "da_vang")


def put_unit(visit: Visit, who: Officer) -> Response:
    form = visit.form
    key, name = form.get("ma", "").strip().lower(), " ".join(form.get("ten", "").split())[:120]
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", key) or not name:
        return _people(visit, who, trouble="unit")
    before = next((u for u in visit.house.people.units() if u.key == key), None)
    fields, places = _lines("\n".join(visit.lists.get("linh_vuc", ()))), _lines(form.get("dia_ban", ""))
    if set(fields) - set(fields_known(visit)) - set(before.fields if before else ()):
        return _people(visit, who, trouble="field")
    try:
        visit.house.people.put_unit(who, Unit(key, name, form.get("tren", ""), fields, places))
    except (NotFound, NotAllowed):
        return _people(visit, who, trouble="unit")
    return back(visit, PEOPLE, "da_don_vi")


def merge_units(visit: Visit, who: Officer) -> Response:
    """It cannot be undone, so what would happen is shown first."""
    old, new = visit.form.get("cu", ""), visit.form.get("moi", "")
    if "chac" not in visit.form:
        merging = _merging(visit, who, old, new)
        return _people(visit, who, merging=merging, trouble="" if merging else "merge")
    try:
        visit.house.people.merge_units(who, old, new)
    except (NotFound, NotAllowed):
        return _people(visit, who, trouble="merge")
    return back(visit, PEOPLE, "da_gop")


def _merging(visit: Visit, who: Officer, old: str, new: str) -> Merging | None:
    units = {u.key: u for u in visit.house.people.units() if not u.into}
    if old not in units or new not in units or new in rights.below(old, units.values()):
        return None
    moving = visit.house.office.queue(who, QueueFilter(open_only=True, unit=old, limit=1)).total
    moved = sum(o.unit == old for o in visit.house.people.officers(None))
    return Merging(units[old], units[new], moving, moved, sum(u.parent == old for u in units.values()))


def site_of(visit: Visit) -> str:
    return visit.settings.public_url or f"http://{visit.settings.host}:{visit.settings.port}"


def reachable(visit: Visit) -> bool:
    """Whether a link can be opened from anywhere but this machine."""
    return bool(visit.settings.public_url)


def _name(visit: Visit) -> str:
    return " ".join(visit.form.get("ten", "").split())[:80]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(line.split())[:120] for line in text.split("\n") if line.strip()))[:100]


def _people(
    visit: Visit,
    who: Officer,
    link: Link | None = None,
    trouble: str = "",
    merging: Merging | None = None,
) -> Response:
    units = visit.house.people.units()
    reached = rights.reach(who, units)
    seen = [u for u in units if reached is None or u.key in reached]
    values: dict[str, Any] = {
        "officers": visit.house.people.officers(who),
        "units": seen,
        "names": {u.key: u.name for u in units},
        "link": link,
        "trouble": trouble,
        "merging": merging,
        "roles": tuple(Role),
        "fields": fields_known(visit),
        "edited": _edited(visit, seen),
        "today": today(),
    }
    return shown(visit, who, "console/people.html", 400 if trouble else 200, **values)


def _edited(visit: Visit, units: Sequence[Unit]) -> Unit | None:
    return next((u for u in units if u.key == visit.query.get("sua", "")), None)


ROWS = (
    Row(PEOPLE, people, Action.OFFICERS),
    Row(f"{PEOPLE}/moi", invite, Action.INVITE, "POST"),
    Row(f"{PEOPLE}/{{officer}}/sua", change, Action.INVITE, "POST"),
    Row(f"{PEOPLE}/{{officer}}/dat-lai", reset, Action.INVITE, "POST"),
    Row(f"{PEOPLE}/{{officer}}/khoa", suspend, Action.SUSPEND, "POST"),
    Row(f"{PEOPLE}/{{officer}}/vang", set_away, Action.AWAY, "POST"),
    Row(UNITS, put_unit, Action.UNITS, "POST"),
    Row(f"{UNITS}/gop", merge_units, Action.UNITS, "POST"),
)
