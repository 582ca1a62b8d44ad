"""The commands of whoever sits at the machine: inviting the first admin, naming the units, seeing who is who."""

from __future__ import annotations

import sys

from bot.desk.people import People
from bot.desk.signing import Signing
from bot.ledger import NotAllowed, NotFound, Role, Unit
from bot.wording import office as say


def invite(people: People, role: str, unit: str = "", name: str = "", site: str = "") -> int:
    """Prints the line that the invited person sends to the bot, and the page where a login is chosen instead (`site`:
    where the web is). Nobody can read the token back later."""
    try:
        token = people.invite(None, Role(role), unit, name)
    except NotFound:
        print(say.UNIT_UNKNOWN.format(key=unit), file=sys.stderr)
        return 1
    where = next((f" ({u.name})" for u in people.units() if u.key == unit), "")
    if site:
        print(say.INVITED_PAGE.format(address=f"{site}/quan-tri/moi/{token}"))
    print(say.INVITED.format(role=say.ROLES[role], unit=where))
    print(say.INVITED_COMMAND.format(token=token))
    return 0


def reset(signing: Signing, officer: str, site: str) -> int:
    """Prints the page where one officer chooses a password anew; also for a lone admin who is locked out."""
    try:
        token = signing.reset_link(None, officer)
    except NotFound:
        print(say.OFFICER_UNKNOWN.format(officer=officer), file=sys.stderr)
        return 1
    print(say.RESET_PAGE.format(address=f"{site}/quan-tri/dat-lai/{token}"))
    return 0


def add_unit(people: People, unit: Unit) -> int:
    try:
        people.put_unit(None, unit)
    except NotFound:
        print(say.UNIT_UNKNOWN.format(key=unit.parent), file=sys.stderr)
        return 1
    except NotAllowed:
        print(say.UNIT_CIRCLE.format(key=unit.key, parent=unit.parent), file=sys.stderr)
        return 1
    print(say.UNIT_KEPT.format(key=unit.key, name=unit.name))
    return 0


def list_units(people: People) -> int:
    units = people.units()
    for u in units:
        parent = say.UNIT_PARENT.format(key=u.parent) if u.parent else ""
        into = say.UNIT_INTO.format(key=u.into) if u.into else ""
        print(say.UNIT_LINE.format(key=u.key, name=u.name, parent=parent, into=into))
    if not units:
        print(say.NO_UNITS)
    return 0


def list_officers(people: People) -> int:
    officers = people.officers(None)
    for o in officers:
        away = say.AWAY.format(day=f"{o.away_until:%d/%m/%Y}") if o.away_until else ""
        state = away if o.active and away else say.ACTIVE if o.active else say.SUSPENDED
        role = say.ROLES[o.role.value]
        print(say.OFFICER_LINE.format(id=o.id, name=o.name, role=role, unit=o.unit or "–", state=state))
    if not officers:
        print(say.NO_OFFICERS)
    return 0
