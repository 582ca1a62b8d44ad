from __future__ import annotations

import datetime as dt

import pytest

from bot.desk import rights
from bot.desk.rights import Action
from bot.ledger import NotAllowed, Officer, Role, Unit
from bot.petitions.petition import Channel, Kind, Naming, Petition, State, Urgency

# role × action: O officer, L lead, A admin
WHO_MAY = {
    Action.QUEUE: "OLA",
    Action.DOSSIER: "OLA",
    Action.IDENTITY: "OLA",
    Action.TAKE: "OLA",
    Action.ASSIGN: "LA",
    Action.MOVE: "OLA",
    Action.NOTE: "OLA",
    Action.RECLASSIFY: "OLA",
    Action.NAME_ABOUT: "LA",
    Action.ENTER: "OLA",
    Action.PUBLISH: "LA",
    Action.CANNED: "OLA",
    Action.WRITE_CANNED: "LA",
    Action.FEEDBACK: "OLA",
    Action.GAPS: "OLA",
    Action.APPROVE_GAPS: "A",
    Action.REPORTS: "OLA",
    Action.TASKS: "OLA",
    Action.OFFICERS: "OLA",
    Action.AWAY: "LA",
    Action.INVITE: "A",
    Action.SUSPEND: "A",
    Action.UNITS: "A",
    Action.CONTENT: "A",
    Action.AUDITS: "A",
    Action.HEALTH: "A",
    Action.QUIZZES: "LA",
    Action.DIGEST: "OLA",
    Action.POSTERS: "OLA",
    Action.BROADCAST: "LA",
}
LETTERS = {Role.OFFICER: "O", Role.LEAD: "L", Role.ADMIN: "A"}
UNITS = (Unit("tinh", "Tỉnh"), Unit("xa", "Xã", "tinh"), Unit("mc", "Một cửa", "xa"), Unit("ca", "Công an", "xa"))


def officer(role: Role, unit: str = "mc", active: bool = True) -> Officer:
    return Officer("cb-1", "Lê Thử", role, unit, active)


def petition(
    unit: str = "mc", about: tuple[str, ...] = (), assignee: str = "", naming: Naming = Naming.OPEN
) -> Petition:
    at = dt.datetime(2026, 11, 16, tzinfo=dt.UTC)
    made = (State.NEW, Kind.CONDUCT, Channel.WEB, Urgency.NORMAL, naming, at)
    return Petition("PA-2026-000001-H", 1, *made, unit=unit, about=about, assignee=assignee)


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_exactly_what_the_table_says(role: Role, action: Action) -> None:
    if LETTERS[role] in WHO_MAY[action]:
        rights.check(officer(role), action)
    else:
        with pytest.raises(NotAllowed, match=action.value):
            rights.check(officer(role), action)
    with pytest.raises(NotAllowed):
        rights.check(officer(role, active=False), action)


@pytest.mark.parametrize(
    ("role", "unit", "seen"),
    [
        (Role.OFFICER, "mc", {"mc"}),
        (Role.OFFICER, "xa", {"xa"}),
        (Role.LEAD, "mc", {"mc"}),
        (Role.LEAD, "xa", {"xa", "mc", "ca"}),
        (Role.LEAD, "tinh", {"tinh", "xa", "mc", "ca"}),
        (Role.ADMIN, "", {"tinh", "xa", "mc", "ca", ""}),
    ],
)
def test_an_officer_sees_the_own_unit_a_lead_those_below_an_admin_all(role: Role, unit: str, seen: set[str]) -> None:
    who = officer(role, unit)
    assert {u for u in ("tinh", "xa", "mc", "ca", "") if rights.visible(who, petition(u), UNITS)} == seen


@pytest.mark.parametrize("role", list(Role))
def test_nobody_sees_a_petition_about_themselves(role: Role) -> None:
    assert not rights.visible(officer(role), petition(about=("cb-1",)), UNITS)
    assert rights.visible(officer(role), petition(about=("cb-2",)), UNITS)


def test_one_about_a_lead_is_hidden_from_that_lead_only() -> None:
    about = petition(about=("lead:mc",))
    assert not rights.visible(officer(Role.LEAD, "mc"), about, UNITS)
    assert rights.visible(officer(Role.LEAD, "xa"), about, UNITS)
    assert rights.visible(officer(Role.ADMIN, ""), about, UNITS)


def test_an_officer_acts_on_own_and_free_ones_only() -> None:
    assert rights.handles(officer(Role.OFFICER), petition())
    assert rights.handles(officer(Role.OFFICER), petition(assignee="cb-1"))
    assert not rights.handles(officer(Role.OFFICER), petition(assignee="cb-2"))
    assert rights.handles(officer(Role.LEAD), petition(assignee="cb-2"))


@pytest.mark.parametrize("naming", [Naming.OPEN, Naming.SEALED])
def test_a_name_is_for_assignee_lead_and_admin(naming: Naming) -> None:
    assert not rights.knows_identity(officer(Role.OFFICER), petition(naming=naming))
    assert rights.knows_identity(officer(Role.OFFICER), petition(assignee="cb-1", naming=naming))
    assert rights.knows_identity(officer(Role.LEAD), petition(naming=naming))
    assert not rights.knows_identity(officer(Role.ADMIN), petition(naming=Naming.NAMELESS))


def test_units_that_lie_in_a_circle_do_not_hang_it_up() -> None:
    circle = (Unit("a", "A", "b"), Unit("b", "B", "a"))
    assert set(rights.below("a", circle)) == {"a", "b"}
