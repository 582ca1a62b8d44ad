"""Officers, their invitations and absences, and the units they belong to."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.desk import rights
from bot.desk.casework import GROUP
from bot.desk.rights import Action
from bot.desk.routing import live_unit
from bot.desk.transaction import Store, Transaction
from bot.ledger import Audit, Invitation, NotAllowed, NotFound, Officer, QueueFilter, Role, Unit
from bot.petitions.clock import VIETNAM
from bot.petitions.petition import Happening, happened

Now = Callable[[], dt.datetime]
INVITED_FOR = dt.timedelta(hours=24)
MACHINE = "machine"
PAGE = 500


class DayOver(Exception):
    """An absence until a day that is over."""


class InvitationUnusable(Exception):
    """Used, expired, or never made."""


class People:
    """Methods that take `by` or `who` check the right first; None is the machine's own command line."""

    def __init__(self, store: Store, now: Now) -> None:
        self._store, self._now = store, now

    # invitations

    def invite(self, by: Officer | None, role: Role, unit: str = "", name: str = "") -> str:
        """A token that makes one person an officer, once, within 24 hours. Only its digest is kept."""
        if by is not None:
            rights.check(by, Action.INVITE)
        token, now = secrets.token_urlsafe(24), self._now()
        with self._store.writing() as tx:
            if unit and unit not in {u.key for u in tx.units() if not u.into}:
                raise NotFound(f"unit {unit}")
            maker = by.id if by else MACHINE
            body = {"role": role.value, "unit": unit, "name": name}
            tx.put_value(_invited(token), json.dumps(body, ensure_ascii=False))
            tx.add_invitation(Invitation(digest_of(token), role, unit, maker, now, now + INVITED_FOR, name))
            tx.audit(Audit(now, maker, "invited", unit, role.value))
        return token

    def invited(self, token: str) -> tuple[Role, str, str] | None:
        """What an invitation is for: the role, the unit's name, the invited person's; None where it was never made.
        Whether it still holds is told when it is used."""
        with self._store.reading() as tx:
            body, units = json.loads(tx.value(_invited(token)) or "{}"), {u.key: u.name for u in tx.units()}
        return (Role(body["role"]), units.get(body["unit"], ""), body["name"]) if body else None

    def accept(self, token: str, account: str, name: str = "") -> Officer:
        """Whoever brings the token is an officer from now on; an account that was one already changes its role and
        unit. Raises InvitationUnusable."""
        now = self._now()
        with self._store.writing() as tx:
            invitation = tx.take_invitation(digest_of(token), now)
            if invitation is None:
                raise InvitationUnusable()
            before = tx.officer_of(account)
            officer = before or Officer(f"cb-{secrets.token_hex(4)}", "", invitation.role, accounts=(account,))
            officer = replace(
                officer,
                role=invitation.role,
                unit=live_unit(invitation.unit, tx.units()),
                name=(before.name if before else "") or invitation.name or name or officer.id,
            )
            tx.put_officer(officer)
            tx.audit(Audit(now, officer.id, "joined", officer.unit, officer.role.value))
        return officer

    def change(self, who: Officer | None, number: str, role: Role, unit: str, name: str) -> None:
        """Another role, unit or name. In a new unit one begins anew: what was assigned stays behind, free again. The
        last active admin stays one."""
        if who is not None:
            rights.check(who, Action.INVITE)
        with self._store.writing() as tx:
            officer = _found(tx, number)
            if unit and unit not in {u.key for u in tx.units() if not u.into}:
                raise NotFound(f"unit {unit}")
            admins = [o for o in tx.officers() if o.role is Role.ADMIN and o.active and o.id != number]
            if officer.role is Role.ADMIN and role is not Role.ADMIN and not admins:
                raise NotAllowed(f"{number}: the last admin")
            cover = officer.cover if unit == officer.unit else ""
            tx.put_officer(replace(officer, role=role, unit=unit, name=name or officer.name, cover=cover))
            if unit != officer.unit and role is not Role.ADMIN:
                self._hand_over(tx, QueueFilter(assignee=number, open_only=True), _by(who), {"officer": ""})
            tx.audit(Audit(self._now(), _by(who), "changed", number, f"{role.value} {unit}".strip()))

    # who is who

    def officer_of(self, account: str) -> Officer | None:
        """The active officer who speaks from this account; everybody else is a citizen."""
        with self._store.reading() as tx:
            return tx.officer_of(account)

    def officers(self, who: Officer | None) -> Sequence[Officer]:
        """Everyone, without passwords: for an officer the own unit, for a lead also those below."""
        with self._store.reading() as tx:
            everyone, units = tx.officers(), tx.units()
        if who is not None:
            rights.check(who, Action.OFFICERS)
            reached = rights.reach(who, units)
            everyone = [o for o in everyone if reached is None or o.unit in reached]
        return [replace(o, password="", totp="") for o in everyone]

    def suspend(self, who: Officer | None, number: str, active: bool = False) -> None:
        """What was assigned to a suspended officer is free again. The last active admin stays."""
        if who is not None:
            rights.check(who, Action.SUSPEND)
        with self._store.writing() as tx:
            officer = _found(tx, number)
            admins = [o for o in tx.officers() if o.role is Role.ADMIN and o.active and o.id != number]
            if not active and officer.role is Role.ADMIN and not admins:
                raise NotAllowed(f"{number}: the last admin")
            tx.put_officer(replace(officer, active=active))
            if not active:
                self._hand_over(tx, QueueFilter(assignee=number, open_only=True), _by(who), {"officer": ""})
            tx.audit(Audit(self._now(), _by(who), "resumed" if active else "suspended", number))

    def set_away(
        self, who: Officer, number: str, until: dt.date | None, cover: str = "", handing_over: bool = False
    ) -> int:
        """One's own absence, or a lead's word on somebody of the unit; `cover` gets what would be assigned, and
        `handing_over` also what is open already; how many of these. A day that is over raises DayOver."""
        if until is not None and until < self._now().astimezone(VIETNAM).date():
            raise DayOver(until.isoformat())
        with self._store.writing() as tx:
            officer = _found(tx, number)
            if who.id != number:
                rights.check(who, Action.AWAY)
                reached = rights.reach(who, tx.units())
                if reached is not None and officer.unit not in reached:
                    raise NotFound(number)
            if cover and (_found(tx, cover).unit != officer.unit or cover == number):
                raise NotFound(cover)
            tx.put_officer(replace(officer, away_until=until, cover=cover))
            tx.audit(Audit(self._now(), who.id, "away", number, f"{until or ''} {cover}".strip()))
            if not (handing_over and until and cover):
                return 0
            names = rights.names_of(_found(tx, cover))
            wanted = QueueFilter(assignee=number, unit=officer.unit, open_only=True, not_about=names)
            return self._hand_over(tx, wanted, who.id, {"officer": cover})

    # small things that a door keeps for officers

    def pending(self, officer: str) -> str:
        """What an officer is in the middle of writing, in the door's own form; "" for nothing."""
        with self._store.reading() as tx:
            return tx.value(f"pending:{officer}")

    def set_pending(self, officer: str, written: str) -> None:
        with self._store.writing() as tx:
            tx.put_value(f"pending:{officer}", written)

    def set_group(self, who: Officer, address: str) -> None:
        """The group ("telegram:-100…") that gets a notice of each new petition."""
        rights.check(who, Action.UNITS)
        with self._store.writing() as tx:
            tx.put_value(GROUP, address)
            tx.audit(Audit(self._now(), who.id, "group", address))

    # units

    def units(self) -> Sequence[Unit]:
        with self._store.reading() as tx:
            return tx.units()

    def put_unit(self, who: Officer | None, unit: Unit) -> None:
        if who is not None:
            rights.check(who, Action.UNITS)
        with self._store.writing() as tx:
            known = {u.key: u for u in tx.units()}
            if unit.parent and unit.parent not in known:
                raise NotFound(f"unit {unit.parent}")
            if unit.parent in rights.below(unit.key, known.values()):
                raise NotAllowed(f"{unit.key}: would be above itself")
            tx.put_unit(unit)
            tx.audit(Audit(self._now(), _by(who), "unit", unit.key))

    def merge_units(self, who: Officer | None, old: str, new: str) -> int:
        """The new unit takes over: open petitions, officers, units below, fields and places; how many petitions."""
        if who is not None:
            rights.check(who, Action.UNITS)
        with self._store.writing() as tx:
            units = {u.key: u for u in tx.units()}
            if old not in units or new not in units or units[old].into or units[new].into or old == new:
                raise NotFound(f"unit {old} or {new}")
            if new in rights.below(old, units.values()):
                raise NotAllowed(f"{old} is above {new}")
            self._join(tx, units[old], units[new], units)
            moved = self._hand_over(tx, QueueFilter(unit=old, open_only=True), _by(who), {"unit": new})
            tx.audit(Audit(self._now(), _by(who), "units_merged", new, old))
        return moved

    def _join(self, tx: Transaction, old: Unit, new: Unit, units: dict[str, Unit]) -> None:
        fields = tuple(dict.fromkeys((*new.fields, *old.fields))) if new.fields and old.fields else ()
        places = tuple(dict.fromkeys((*new.places, *old.places))) if new.places and old.places else ()
        tx.put_unit(replace(new, fields=fields, places=places))
        tx.put_unit(replace(old, into=new.key))
        for unit in units.values():
            if unit.parent == old.key:
                tx.put_unit(replace(unit, parent=new.key))
        for officer in tx.officers():
            if officer.unit == old.key:
                tx.put_officer(replace(officer, unit=new.key))

    def _hand_over(self, tx: Transaction, wanted: QueueFilter, by: str, details: dict[str, str]) -> int:
        """Every petition that is looked for, reassigned; each step takes some away, so the first page is read again."""
        moved = 0
        while page := tx.find(replace(wanted, sort="code", limit=PAGE)).petitions:
            for petition in page:
                tx.add_event(happened(petition, Happening.ASSIGNED, by, self._now(), details))
            moved += len(page)
        return moved


def _found(tx: Transaction, number: str) -> Officer:
    officer = tx.officer(number)
    if officer is None:
        raise NotFound(number)
    return officer


def _by(who: Officer | None) -> str:
    return who.id if who else MACHINE


def _invited(token: str) -> str:
    return f"invited:{digest_of(token)}"


def digest_of(token: str) -> str:
    """Tokens are long and random, so a plain digest keeps them."""
    return hashlib.sha256(token.encode()).hexdigest()
