"""Forgotten passwords, other roles and units, absences that hand over."""

from __future__ import annotations

import datetime as dt

import pyotp
import pytest

from bot.desk.people import DayOver, InvitationUnusable
from bot.desk.signing import Signing, Weak
from bot.ledger import NotAllowed, NotFound, Role
from tests.bot.desk.conftest import House

OLD, NEW = "mật khẩu cũ đã quên", "mật khẩu mới dễ nhớ"


@pytest.fixture
def signing(house: House) -> Signing:
    return Signing(house.store, house.now)


def test_a_forgotten_password_is_chosen_anew_once_and_the_second_step_goes(house: House, signing: Signing) -> None:
    lan = house.staff["lan"]
    signing.set_password(lan, "lan.nguyen", OLD)
    secret, _ = signing.new_totp(lan, "x")
    assert signing.set_totp(lan, secret, pyotp.TOTP(secret).at(house.now()))
    for _ in range(5):
        signing.sign_in("lan.nguyen", "sai rồi nhé")
    assert dt.timedelta(minutes=14) < signing.locked_for("lan.nguyen") <= dt.timedelta(minutes=15)
    token = signing.reset_link(house.staff["admin"], lan.id)
    with pytest.raises(Weak):
        signing.reset(token, "lan.nguyen", "ngắn")
    signing.reset(token, "lan.nguyen", NEW)
    assert signing.sign_in("lan.nguyen", NEW) is not None and signing.sign_in("lan.nguyen", OLD) is None
    with pytest.raises(InvitationUnusable):
        signing.reset(token, "lan.nguyen", NEW)


def test_a_reset_ends_after_a_day_and_is_only_for_admins_and_the_machine(house: House, signing: Signing) -> None:
    lan = house.staff["lan"]
    with pytest.raises(NotAllowed):
        signing.reset_link(house.staff["chutich"], lan.id)
    signing.set_password(lan, "lan.nguyen", OLD)
    token = signing.reset_link(None, "Lan.Nguyen")
    assert signing.resets(token).id == lan.id  # type: ignore[union-attr]
    house.now.on(days=2)
    assert signing.resets(token) is None
    with pytest.raises(NotFound):
        signing.reset_link(None, "khong.co")


def test_role_unit_and_name_change_and_what_was_assigned_stays_behind(house: House) -> None:
    admin, lan, code = house.staff["admin"], house.staff["lan"], house.file()
    house.office.assign(admin, [code], unit="mc", officer=lan.id)
    house.people.change(admin, lan.id, Role.LEAD, "ca", "Nguyễn Thị Lan Anh")
    changed = next(o for o in house.people.officers(None) if o.id == lan.id)
    assert (changed.role, changed.unit, changed.name) == (Role.LEAD, "ca", "Nguyễn Thị Lan Anh")
    assert (house.petition(code).assignee, house.petition(code).unit) == ("", "mc")
    with pytest.raises(NotAllowed):
        house.people.change(house.staff["chutich"], lan.id, Role.ADMIN, "", "")
    with pytest.raises(NotAllowed):
        house.people.change(None, admin.id, Role.OFFICER, "mc", "")


def test_who_goes_away_hands_over_what_is_open_but_nothing_about_who_covers(house: House) -> None:
    lan, hung, admin = house.staff["lan"], house.staff["hung"], house.staff["admin"]
    codes = [house.file(who=f"web:{n}") for n in range(2)]
    house.office.assign(admin, codes, unit="mc", officer=lan.id)
    house.office.reclassify(admin, codes[1], about=(hung.id,))
    until = house.now().date() + dt.timedelta(days=3)
    assert house.people.set_away(lan, lan.id, until, hung.id, handing_over=True) == 1
    assert [house.petition(c).assignee for c in codes] == [hung.id, lan.id]
    with pytest.raises(DayOver):
        house.people.set_away(lan, lan.id, house.now().date() - dt.timedelta(days=1))


def test_a_unit_does_not_merge_into_one_below_it(house: House) -> None:
    with pytest.raises(NotAllowed):
        house.people.merge_units(house.staff["admin"], "xa", "mc")


def test_an_invitation_says_whom_it_is_for(house: House) -> None:
    token = house.people.invite(None, Role.LEAD, "mc", "Phạm Thị Mới")
    assert house.people.invited(token) == (Role.LEAD, "Bộ phận Một cửa", "Phạm Thị Mới")
    assert house.people.invited("không-có") is None
