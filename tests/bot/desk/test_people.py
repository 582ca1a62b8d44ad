from __future__ import annotations

import datetime as dt

import pyotp
import pytest

from bot.desk.people import InvitationUnusable
from bot.desk.signing import Signing, Weak
from bot.ledger import NotAllowed, NotFound, Role, Unit
from bot.petitions.petition import State
from tests.bot.desk.conftest import House


@pytest.fixture
def signing(house: House) -> Signing:
    return Signing(house.store, house.now)


def test_an_invitation_makes_one_officer_once(house: House) -> None:
    token = house.people.invite(house.staff["admin"], Role.OFFICER, "mc", "Bùi Mới")
    officer = house.people.accept(token, "telegram:5000", "Tên trên Telegram")
    assert (officer.name, officer.role, officer.unit) == ("Bùi Mới", Role.OFFICER, "mc")
    assert house.people.officer_of("telegram:5000") == officer
    with pytest.raises(InvitationUnusable):
        house.people.accept(token, "telegram:5001")


def test_an_invitation_ends_after_a_day_and_its_token_is_nowhere_kept(house: House) -> None:
    token = house.people.invite(None, Role.ADMIN)
    house.now.on(hours=25)
    with pytest.raises(InvitationUnusable):
        house.people.accept(token, "telegram:5000")
    assert house.people.officer_of("telegram:5000") is None


def test_only_admins_invite_and_only_into_units_that_are(house: House) -> None:
    with pytest.raises(NotAllowed):
        house.people.invite(house.staff["chutich"], Role.OFFICER, "xa")
    with pytest.raises(NotFound):
        house.people.invite(None, Role.OFFICER, "khong_co")


def test_a_second_invitation_changes_role_and_unit_of_the_same_person(house: House) -> None:
    lan = house.staff["lan"]
    token = house.people.invite(None, Role.LEAD, "ca")
    again = house.people.accept(token, lan.accounts[0])
    assert (again.id, again.name, again.role, again.unit) == (lan.id, lan.name, Role.LEAD, "ca")


def test_who_sees_whom(house: House) -> None:
    assert {o.unit for o in house.people.officers(house.staff["lan"])} == {"mc"}
    assert {o.unit for o in house.people.officers(house.staff["chutich"])} == {"xa", "mc", "ca"}
    assert len(house.people.officers(house.staff["admin"])) == len(house.staff)


def test_a_suspended_officer_is_a_citizen_and_the_work_is_free_again(house: House) -> None:
    lan, admin = house.staff["lan"], house.staff["admin"]
    code = house.file()
    house.office.assign(admin, [code], unit="mc", officer=lan.id)
    house.people.suspend(admin, lan.id)
    assert house.people.officer_of(lan.accounts[0]) is None
    assert house.petition(code).assignee == ""
    with pytest.raises(NotAllowed):
        house.people.suspend(admin, admin.id)
    house.people.suspend(admin, lan.id, active=True)
    assert house.people.officer_of(lan.accounts[0]) is not None


def test_whoever_is_away_is_stood_in_for(house: House) -> None:
    lan, hung, truong = house.staff["lan"], house.staff["hung"], house.staff["truong"]
    house.people.set_away(lan, lan.id, house.now().date() + dt.timedelta(days=3), hung.id)
    code = house.file()
    house.office.assign(house.staff["admin"], [code], unit="mc", officer=lan.id)
    assert house.petition(code).assignee == hung.id
    house.people.set_away(truong, lan.id, None)
    house.office.assign(truong, [code], officer=lan.id)
    assert house.petition(code).assignee == lan.id
    with pytest.raises(NotFound):
        house.people.set_away(truong, house.staff["congan"].id, None)
    with pytest.raises(NotAllowed):
        house.people.set_away(hung, lan.id, None)


def test_a_unit_cannot_lie_below_itself(house: House) -> None:
    with pytest.raises(NotAllowed):
        house.people.put_unit(None, Unit("xa", "UBND xã", "mc"))
    with pytest.raises(NotAllowed):
        house.people.put_unit(house.staff["chutich"], Unit("moi", "Mới"))


def test_when_units_merge_petitions_people_and_units_below_move_along(house: House) -> None:
    house.people.put_unit(None, Unit("doi", "Đội trật tự", "ca"))
    admin, code, done = house.staff["admin"], house.file(), house.file(who="web:2")
    house.office.assign(admin, [code, done], unit="ca")
    house.office.move(admin, done, State.REFUSED, reason="khong_ro_noi_dung")
    assert house.people.merge_units(admin, "ca", "mc") == 1
    assert (house.petition(code).unit, house.petition(done).unit) == ("mc", "ca")
    units = {u.key: u for u in house.people.units()}
    assert units["ca"].into == "mc" and units["doi"].parent == "mc"
    assert "Cư trú" in units["mc"].fields
    assert house.people.officer_of(house.staff["congan"].accounts[0]).unit == "mc"  # type: ignore[union-attr]
    with pytest.raises(NotFound):
        house.people.merge_units(admin, "ca", "mc")


def test_a_password_opens_the_console_and_a_wrong_one_does_not(house: House, signing: Signing) -> None:
    lan = house.staff["lan"]
    signing.set_password(lan, "Lan.Nguyen", "con bo an co xanh")
    assert signing.sign_in("lan.nguyen ", "con bo an co xanh").id == lan.id  # type: ignore[union-attr]
    assert signing.sign_in("lan.nguyen", "con bo an co vang") is None
    assert signing.sign_in("khong.co", "con bo an co xanh") is None
    assert "bo an co" not in str(house.people.officers(None))


@pytest.mark.parametrize(
    ("login", "password", "reason"), [("ab", "x" * 12, "form"), ("a b c", "x" * 12, "form"), ("lan", "ngan", "short")]
)
def test_a_weak_login_is_refused(house: House, signing: Signing, login: str, password: str, reason: str) -> None:
    with pytest.raises(Weak) as weak:
        signing.set_password(house.staff["lan"], login, password)
    assert weak.value.reason == reason


def test_a_login_belongs_to_one_person(house: House, signing: Signing) -> None:
    signing.set_password(house.staff["lan"], "motcua", "mat khau dai dong")
    with pytest.raises(Weak, match="taken"):
        signing.set_password(house.staff["hung"], "motcua", "mat khau dai dong")


def test_after_five_wrong_passwords_even_the_right_one_waits(house: House, signing: Signing) -> None:
    signing.set_password(house.staff["lan"], "lan", "mat khau dai dong")
    for _ in range(5):
        assert signing.sign_in("lan", "sai mat khau roi") is None
    assert signing.sign_in("lan", "mat khau dai dong") is None
    house.now.on(minutes=16)
    assert signing.sign_in("lan", "mat khau dai dong") is not None


def test_with_a_second_step_the_password_alone_is_not_enough(house: House, signing: Signing) -> None:
    lan, secret = house.staff["lan"], pyotp.random_base32()
    signing.set_password(lan, "lan", "mat khau dai dong")
    assert not signing.set_totp(lan, secret, "000000")
    assert signing.set_totp(lan, secret, pyotp.TOTP(secret).at(house.now()))
    assert signing.sign_in("lan", "mat khau dai dong") is None
    assert signing.sign_in("lan", "mat khau dai dong", pyotp.TOTP(secret).at(house.now())) is not None


def test_a_link_signs_in_once_within_ten_minutes(house: House, signing: Signing) -> None:
    lan = house.staff["lan"]
    token = signing.link(lan)
    assert signing.redeem(token).id == lan.id  # type: ignore[union-attr]
    assert signing.redeem(token) is None and signing.redeem("") is None
    late = signing.link(lan)
    house.now.on(minutes=11)
    assert signing.redeem(late) is None
