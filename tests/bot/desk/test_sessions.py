from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.desk.people import InvitationUnusable, People
from bot.desk.sessions import IDLE, LASTS, MOST, Sessions
from bot.desk.signing import LINK_EVERY, Signing, Weak
from bot.desk.transaction import Store
from bot.ledger import Notice, Officer, Role
from bot.petitions.clock import VIETNAM
from bot.store.opening import open_store

PASSWORD = "một câu dài dễ nhớ"


@dataclass
class Door:
    store: Store
    now: dt.datetime

    def __post_init__(self) -> None:
        self.people, self.sessions = People(self.store, self.clock), Sessions(self.store, self.clock)
        self.signing = Signing(self.store, self.clock)

    def clock(self) -> dt.datetime:
        return self.now

    def join(self, login: str = "lan", role: Role = Role.OFFICER) -> Officer:
        return self.signing.join(self.people.invite(None, role, "", "Lan"), login, PASSWORD)

    def posted(self) -> list[Notice]:
        with self.store.writing() as tx:
            return list(tx.claim_notices("telegram", "test", self.now, self.now, 50))


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    store = open_store(f"sqlite:///{tmp_path / 's.db'}")
    yield Door(store, dt.datetime(2026, 11, 21, 8, 0, tzinfo=VIETNAM))
    store.close()


def test_a_session_belongs_to_its_officer_and_each_has_its_own_token(door: Door) -> None:
    lan = door.join()
    one, two = door.sessions.begin(lan), door.sessions.begin(lan)
    assert one != two and door.sessions.count(lan) == 2
    found = door.sessions.whoever(one)
    assert found is not None and found.id == lan.id


@pytest.mark.parametrize("wrong", ["", "_", "cb-1_" + "0" * 48, "x" * 90])
def test_a_token_that_was_never_given_opens_nothing(door: Door, wrong: str) -> None:
    door.sessions.begin(door.join())
    assert door.sessions.whoever(wrong) is None


def test_the_books_do_not_hold_the_token(door: Door) -> None:
    lan = door.join()
    token = door.sessions.begin(lan)
    with door.store.reading() as tx:
        assert token.rpartition("_")[2] not in tx.value(f"sessions:{lan.id}")


def test_a_session_ends_when_nobody_uses_it_and_at_the_latest_after_half_a_day(door: Door) -> None:
    token = door.sessions.begin(door.join())
    door.now += IDLE
    assert door.sessions.whoever(token) is None
    lan = door.join("lan2")
    token, until = door.sessions.begin(lan), door.now + LASTS
    while door.now < until:
        assert door.sessions.whoever(token) is not None
        door.now += IDLE / 2
    assert door.sessions.whoever(token) is None


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(door: Door) -> None:
    token = door.sessions.begin(door.join())
    for _ in range(5):
        door.sessions.whoever(token, acts=False)
        door.now += IDLE / 4
    assert door.sessions.whoever(token, acts=False) is None


def test_signing_out_ends_one_session_or_all(door: Door) -> None:
    lan = door.join()
    here, there = door.sessions.begin(lan), door.sessions.begin(lan)
    door.sessions.end(here)
    assert door.sessions.whoever(here) is None and door.sessions.whoever(there) is not None
    door.sessions.end_all(lan)
    assert door.sessions.whoever(there) is None


def test_a_suspended_officer_is_out_at_once(door: Door) -> None:
    lan = door.join()
    token = door.sessions.begin(lan)
    door.people.suspend(None, lan.id)
    assert door.sessions.whoever(token) is None


def test_the_oldest_session_goes_where_there_are_too_many(door: Door) -> None:
    lan = door.join()
    tokens = []
    for _ in range(MOST + 1):
        tokens.append(door.sessions.begin(lan))
        door.now += dt.timedelta(minutes=1)
    assert door.sessions.whoever(tokens[0]) is None
    assert door.sessions.count(lan) == MOST


# --- joining by password, links by the bot ---------------------------------------------------------------------------


def test_an_invitation_makes_an_officer_who_signs_in_by_password(door: Door) -> None:
    lan = door.join(role=Role.ADMIN)
    signed = door.signing.sign_in("LAN ", PASSWORD)
    assert signed is not None and (signed.id, signed.role, signed.name) == (lan.id, Role.ADMIN, "Lan")


def test_a_login_that_is_taken_leaves_the_invitation_good(door: Door) -> None:
    door.join()
    token = door.people.invite(None, Role.OFFICER)
    for login, password, reason in (("lan", PASSWORD, "taken"), ("l", PASSWORD, "form"), ("hai", "ngắn", "short")):
        with pytest.raises(Weak) as bad:
            door.signing.join(token, login, password)
        assert bad.value.reason == reason
    door.signing.join(token, "hai", PASSWORD)
    with pytest.raises(InvitationUnusable):
        door.signing.join(token, "ba.lan", PASSWORD)


def test_a_link_goes_to_the_officers_own_account_and_works_once(door: Door) -> None:
    lan = door.people.accept(door.people.invite(None, Role.OFFICER), "telegram:7", "Lan")
    door.signing.send_link(lan.id, lambda token: f"https://vi-du.gov.vn/quan-tri/vao/{token}")
    (notice,) = door.posted()
    assert (notice.door, notice.to) == ("telegram", "7")
    token = notice.body.partition("/vao/")[2].partition('"')[0]
    signed = door.signing.redeem(token)
    assert signed is not None and signed.id == lan.id
    assert door.signing.redeem(token) is None


def test_nobody_is_flooded_with_links_and_who_has_no_account_gets_none(door: Door) -> None:
    door.join()
    lan = door.people.accept(door.people.invite(None, Role.OFFICER), "telegram:7", "Lan")
    for name in ("lan", "khong-co", lan.id, lan.id):
        door.signing.send_link(name, lambda token: token)
    assert len(door.posted()) == 1
    door.now += LINK_EVERY
    door.signing.send_link(lan.id, lambda token: token)
    with door.store.reading() as tx:
        assert tx.notice_counts("telegram")["waiting"] == 2


def test_the_second_step_is_of_the_secret_that_was_shown(door: Door) -> None:
    import pyotp

    lan = door.join()
    secret, address = door.signing.new_totp(lan, "UBND xã Bình An")
    assert address.startswith("otpauth://totp/") and f"secret={secret}" in address
    assert not door.signing.set_totp(lan, secret, "000000") or pyotp.TOTP(secret).at(door.now) == "000000"
    assert door.signing.set_totp(lan, secret, pyotp.TOTP(secret).at(door.now))
    assert door.signing.sign_in("lan", PASSWORD) is None
    assert door.signing.sign_in("lan", PASSWORD, pyotp.TOTP(secret).at(door.now)) is not None
