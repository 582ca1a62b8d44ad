"""Who may do what: a table of role and action, and how far over the units a role reaches. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from bot.ledger import NotAllowed, Officer, Role, Unit
from bot.petitions.petition import Naming, Petition


class Action(StrEnum):
    QUEUE = "queue"
    DOSSIER = "dossier"
    IDENTITY = "identity"
    TAKE = "take"
    ASSIGN = "assign"
    MOVE = "move"
    NOTE = "note"
    RECLASSIFY = "reclassify"
    NAME_ABOUT = "name_about"
    ENTER = "enter"
    PUBLISH = "publish"
    CANNED = "canned"
    WRITE_CANNED = "write_canned"
    FEEDBACK = "feedback"
    GAPS = "gaps"
    APPROVE_GAPS = "approve_gaps"
    REPORTS = "reports"
    TASKS = "tasks"
    OFFICERS = "officers"
    AWAY = "away"
    INVITE = "invite"
    SUSPEND = "suspend"
    UNITS = "units"
    CONTENT = "content"
    AUDITS = "audits"
    HEALTH = "health"
    DIGEST = "digest"
    POSTERS = "posters"
    BROADCAST = "broadcast"
    QUIZZES = "quizzes"


_OFFICER = frozenset(
    {
        *(Action.QUEUE, Action.DOSSIER, Action.IDENTITY, Action.TAKE, Action.MOVE, Action.NOTE, Action.RECLASSIFY),
        *(Action.ENTER, Action.CANNED, Action.FEEDBACK, Action.GAPS, Action.REPORTS, Action.TASKS, Action.OFFICERS),
        *(Action.DIGEST, Action.POSTERS),
    }
)
_LEAD = _OFFICER | {
    Action.BROADCAST,
    Action.ASSIGN,
    Action.NAME_ABOUT,
    Action.PUBLISH,
    Action.WRITE_CANNED,
    Action.AWAY,
    Action.QUIZZES,
}
TABLE: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {Role.OFFICER: _OFFICER, Role.LEAD: _LEAD, Role.ADMIN: frozenset(Action)}
)


def may(role: Role, action: Action) -> bool:
    return action in TABLE[role]


def check(who: Officer, action: Action) -> None:
    """Raises NotAllowed, naming who, what, and which roles may."""
    if not who.active or not may(who.role, action):
        allowed = ", ".join(role.value for role in Role if may(role, action))
        raise NotAllowed(f"{who.id} ({who.role.value}): {action.value}; allowed: {allowed}")


def reach(who: Officer, units: Iterable[Unit]) -> tuple[str, ...] | None:
    """The units whose petitions this person may see; None: all of them, also those of no unit."""
    if who.role is Role.ADMIN:
        return None
    return below(who.unit, units) if who.role is Role.LEAD else (who.unit,)


def below(key: str, units: Iterable[Unit]) -> tuple[str, ...]:
    """This unit and every one under it, by whatever number of steps."""
    units = tuple(units)
    found = [key]
    for one in found:
        found += [u.key for u in units if u.parent == one and u.key and u.key not in found]
    return tuple(found)


def names_of(who: Officer) -> tuple[str, ...]:
    """How a petition names this person as the one it is about."""
    return (who.id, f"lead:{who.unit}") if who.role is Role.LEAD else (who.id,)


def visible(who: Officer, petition: Petition, units: Sequence[Unit]) -> bool:
    """Whether this petition exists for this person. One about them does not, whatever their role."""
    if any(name in petition.about for name in names_of(who)):
        return False
    reached = reach(who, units)
    return reached is None or petition.unit in reached


def handles(who: Officer, petition: Petition) -> bool:
    """Whether this person may act on a petition that is visible: an officer only on an own or a free one."""
    return who.role is not Role.OFFICER or petition.assignee in ("", who.id)


def knows_identity(who: Officer, petition: Petition) -> bool:
    """Name and contact are for those who need them: the assignee, the lead, the admin."""
    return petition.naming is not Naming.NAMELESS and (who.role is not Role.OFFICER or petition.assignee == who.id)
