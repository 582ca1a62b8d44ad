"""Which unit a petition goes to: by its field and place; one about a lead goes one level up. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.ledger import Officer, Role, Unit
from bot.petitions.mentions import Mentioned
from knowledge.vietnamese import fold


def unit_for(field: str, where: str, units: Sequence[Unit], about: Sequence[str] = ()) -> str:
    """The key of the unit; "" where no unit is known, which is for leads without a unit and for admins."""
    live = [u for u in units if not u.into]
    folded = f" {_plain(where)} "
    scored = [(s, u.key) for u in live if (s := _fit(u, field, folded)) is not None]
    best = max(scored, key=lambda x: (x[0], _depth(x[1], live)), default=None)
    key = best[1] if best else next((u.key for u in live if not u.parent), "")
    return above_leads(key, live, about)


def above_leads(key: str, units: Sequence[Unit], about: Sequence[str]) -> str:
    """The unit itself, or the first one above it whose lead the petition is not about."""
    parents = {u.key: u.parent for u in units}
    seen: set[str] = set()
    while key and f"lead:{key}" in about and key not in seen:
        seen.add(key)
        key = parents.get(key, "")
    return key if f"lead:{key}" not in about else ""


def place_of(where: str, units: Sequence[Unit], otherwise: str = "") -> str:
    """The known place that the citizen's words name: an official name, never the words themselves."""
    folded = f" {_plain(where)} "
    named = [p for u in units for p in u.places if f" {_plain(p)} " in folded]
    return max(named, key=len, default=otherwise)


def about_whom(
    mentioned: Sequence[Mentioned], officers: Sequence[Officer], units: Sequence[Unit], unit: str
) -> tuple[str, ...]:
    """Officers whom a story names: in full anywhere, by the given name within the unit that it would go to; and
    "lead:<unit>" where it speaks of the head of that unit. Rather one too many than one who reads about himself."""
    named = [o for m in mentioned for o in officers if m.name and _is_called(o, m.name, unit)]
    leads = [f"lead:{o.unit}" for o in named if o.role is Role.LEAD]
    if any(m.lead for m in mentioned) and any(u.key == unit for u in units):
        leads.append(f"lead:{unit}")
    return tuple(dict.fromkeys([*(o.id for o in named), *leads]))


def _is_called(officer: Officer, name: str, unit: str) -> bool:
    own, told = _plain(officer.name).split(), _plain(name).split()
    return own == told or (officer.unit == unit and own[-len(told) :] == told)


def live_unit(key: str, units: Sequence[Unit]) -> str:
    """The unit that took this one over, if any did."""
    into = {u.key: u.into for u in units}
    seen: set[str] = set()
    while into.get(key) and key not in seen:
        seen.add(key)
        key = into[key]
    return key


def _fit(unit: Unit, field: str, where: str) -> tuple[int, int] | None:
    """How closely the unit is meant: by place, then by field; None where it is meant for something else."""
    if unit.fields and (not field or _plain(field) not in {_plain(f) for f in unit.fields}):
        return None
    if not unit.places:
        return (0, int(bool(unit.fields)))
    found = max((len(_plain(p)) for p in unit.places if f" {_plain(p)} " in where), default=0)
    return (found, int(bool(unit.fields))) if found else None


def _depth(key: str, units: Sequence[Unit]) -> int:
    """Of two that fit alike the one further up answers: the smaller the depth, the better."""
    parents = {u.key: u.parent for u in units}
    steps = 0
    while parents.get(key) and steps < len(units):
        key, steps = parents[key], steps + 1
    return -steps


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
