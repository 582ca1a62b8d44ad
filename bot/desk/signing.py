"""How officers prove who they are at the console: a password with an optional second step, or a link from the bot."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.desk import notices, rights
from bot.desk.notices import Said
from bot.desk.people import MACHINE, InvitationUnusable, digest_of
from bot.desk.rights import Action
from bot.desk.routing import live_unit
from bot.desk.transaction import Store, Transaction
from bot.ledger import Audit, NotFound, Officer

LINK_FOR, LINK_EVERY = dt.timedelta(minutes=10), dt.timedelta(minutes=1)
RESET_FOR = dt.timedelta(hours=24)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
TRIES, LOCKED_FOR = 5, dt.timedelta(minutes=15)


class Weak(Exception):
    """A login or password that is not taken; `reason`: short, taken, form."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Signing:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store, self._now = store, now
        self._hasher = PasswordHasher()

    @cached_property
    def _nobodys(self) -> str:
        """The digest that a password of an unknown login is held against, so that it takes as long."""
        return self._hasher.hash(secrets.token_hex(8))

    def set_password(self, who: Officer, login: str, password: str) -> None:
        """Raises Weak where the login is taken or ill-formed, or the password is short."""
        login = _fit(login, password)
        digest = self._hasher.hash(password)  # slow on purpose: before the transaction
        with self._store.writing() as tx:
            _check_free(tx, login, who.id)
            tx.put_officer(replace(_found(tx, who.id), login=login, password=digest))
            tx.audit(Audit(self._now(), who.id, "password", who.id))

    def is_password(self, who: Officer, password: str) -> bool:
        """Whether it is this officer's, for what an open session alone may not do."""
        return self._is_password(who.password, password)

    def join(self, token: str, login: str, password: str, name: str = "") -> Officer:
        """Whoever brings an invitation becomes an officer who signs in by password. Raises Weak, then the invitation
        stays good; raises InvitationUnusable."""
        login = _fit(login, password)
        digest, now = self._hasher.hash(password), self._now()
        with self._store.writing() as tx:
            _check_free(tx, login, "")
            invitation = tx.take_invitation(digest_of(token), now)
            if invitation is None:
                raise InvitationUnusable()
            number = f"cb-{secrets.token_hex(4)}"
            called = invitation.name or " ".join(name.split())[:80] or login
            unit = live_unit(invitation.unit, tx.units())
            officer = Officer(number, called, invitation.role, unit, login=login, password=digest)
            tx.put_officer(officer)
            tx.audit(Audit(now, number, "joined", unit, officer.role.value))
        return officer

    def set_totp(self, who: Officer, secret: str, code: str) -> bool:
        """The second step is switched on once a code of it was right; an empty secret switches it off."""
        if secret and not pyotp.TOTP(secret).verify(code, for_time=self._now(), valid_window=1):
            return False
        with self._store.writing() as tx:
            tx.put_officer(replace(_found(tx, who.id), totp=secret))
            tx.audit(Audit(self._now(), who.id, "totp", who.id, "on" if secret else "off"))
        return True

    def new_totp(self, who: Officer, issuer: str) -> tuple[str, str]:
        """A secret for the second step, and the address that an authenticator reads; nothing is kept yet."""
        secret = pyotp.random_base32()
        return secret, pyotp.TOTP(secret, issuer=issuer).provisioning_uri(name=who.login or who.id)

    def sign_in(self, login: str, password: str, code: str = "") -> Officer | None:
        """None for anything wrong, and for any try within 15 minutes after five wrong ones. It takes as long for a
        login that nobody has."""
        login = login.strip().lower()
        with self._store.reading() as tx:
            officer, tries = tx.officer_of(f"login:{login}"), self._tries(tx, login)
        right = self._is_password(officer.password if officer else "", password)
        right = right and officer is not None and self._is_second_step(officer, code)
        locked = tries >= TRIES
        with self._store.writing() as tx:
            self._note_try(tx, login, 0 if right and not locked else tries + 1)
            if right and not locked and officer is not None:
                tx.audit(Audit(self._now(), officer.id, "signed_in", officer.id))
        return officer if right and not locked else None

    def locked_for(self, login: str) -> dt.timedelta:
        """How long a login takes no password after too many wrong ones; nothing where it does."""
        login = login.strip().lower()
        with self._store.reading() as tx:
            if self._tries(tx, login) < TRIES:
                return dt.timedelta()
            kept = json.loads(tx.value(_tries_of(login)))
        return max(dt.datetime.fromisoformat(kept["at"]) + LOCKED_FOR - self._now(), dt.timedelta(minutes=1))

    def reset_link(self, by: Officer | None, number: str) -> str:
        """A token by which this officer chooses a password anew, once, within a day; None is the machine's own
        command line. Until then the old password holds."""
        if by is not None:
            rights.check(by, Action.INVITE)
        token, maker = secrets.token_urlsafe(24), by.id if by else MACHINE
        with self._store.writing() as tx:
            officer = tx.officer(number) or tx.officer_of(f"login:{number.strip().lower()}")
            if officer is None or not officer.active:
                raise NotFound(number)
            body = {"officer": officer.id, "ends_at": (self._now() + RESET_FOR).isoformat()}
            tx.put_value(f"reset:{digest_of(token)}", json.dumps(body))
            tx.audit(Audit(self._now(), maker, "reset", officer.id))
        return token

    def resets(self, token: str) -> Officer | None:
        """Whose password this token sets; None where it was used, is over, or was never made."""
        with self._store.reading() as tx:
            return self._resets(tx, token)

    def reset(self, token: str, login: str, password: str) -> Officer:
        """The new password, and no second step: who lost a telephone signs in again. Raises Weak, then the token stays
        good; raises InvitationUnusable."""
        login = _fit(login, password)
        digest = self._hasher.hash(password)
        with self._store.writing() as tx:
            officer = self._resets(tx, token)
            if officer is None:
                raise InvitationUnusable()
            _check_free(tx, login, officer.id)
            changed = replace(officer, login=login, password=digest, totp="")
            tx.put_officer(changed)
            tx.put_value(f"reset:{digest_of(token)}", "")
            self._note_try(tx, login, 0)
            tx.audit(Audit(self._now(), officer.id, "password", officer.id, "reset"))
        return changed

    def _resets(self, tx: Transaction, token: str) -> Officer | None:
        body = json.loads(tx.value(f"reset:{digest_of(token)}") or "{}")
        if not body or dt.datetime.fromisoformat(body["ends_at"]) < self._now():
            return None
        officer = tx.officer(body["officer"])
        return officer if officer and officer.active else None

    def link(self, who: Officer) -> str:
        """A token that signs this officer in once, within ten minutes; the bot sends it to their own account."""
        token = secrets.token_urlsafe(24)
        with self._store.writing() as tx:
            body = json.dumps({"officer": who.id, "ends_at": (self._now() + LINK_FOR).isoformat()})
            tx.put_value(f"link:{digest_of(token)}", body)
        return token

    def send_link(self, name: str, worded: Callable[[str], str]) -> None:
        """Sends a link to the own account of the officer who is called so (login or officer's number), if there is
        one; at most one a minute. Whoever asks does not learn whether there is. `worded`: the message of a token."""
        with self._store.reading() as tx:
            officer = tx.officer_of(f"login:{name.strip().lower()}") or tx.officer(name.strip())
            last = tx.value(f"link-sent:{officer.id}") if officer else ""
        accounts = officer.accounts if officer and officer.active else ()
        if officer is None or not accounts or (last and self._now() - dt.datetime.fromisoformat(last) < LINK_EVERY):
            return
        text = worded(self.link(officer))
        with self._store.writing() as tx:
            tx.put_value(f"link-sent:{officer.id}", self._now().isoformat())
            for account in accounts:
                key = f"link:{officer.id}:{self._now().isoformat()}:{account}"
                tx.add_notice(notices.plain(account, Said(text), key, self._now()))

    def redeem(self, token: str) -> Officer | None:
        with self._store.writing() as tx:
            name = f"link:{digest_of(token)}"
            body = json.loads(tx.value(name) or "{}")
            tx.put_value(name, "")
            if not body or dt.datetime.fromisoformat(body["ends_at"]) < self._now():
                return None
            officer = tx.officer(body["officer"])
            if officer is None or not officer.active:
                return None
            tx.audit(Audit(self._now(), officer.id, "signed_in", officer.id, "link"))
        return officer

    def _is_password(self, digest: str, password: str) -> bool:
        try:
            return bool(self._hasher.verify(digest or self._nobodys, password)) and bool(digest)
        except (VerificationError, InvalidHashError):
            return False

    def _is_second_step(self, officer: Officer, code: str) -> bool:
        if not officer.totp:
            return True
        return pyotp.TOTP(officer.totp).verify(code, for_time=self._now(), valid_window=1)

    def _tries(self, tx: Transaction, login: str) -> int:
        kept = json.loads(tx.value(_tries_of(login)) or "{}")
        fresh = kept and dt.datetime.fromisoformat(kept["at"]) + LOCKED_FOR > self._now()
        return int(kept["count"]) if fresh else 0

    def _note_try(self, tx: Transaction, login: str, count: int) -> None:
        body = json.dumps({"count": count, "at": self._now().isoformat()}) if count else ""
        tx.put_value(_tries_of(login), body)


def _tries_of(login: str) -> str:
    return f"tries:{digest_of(login)}"


def _fit(login: str, password: str) -> str:
    """The login as it is kept. Raises Weak."""
    login = login.strip().lower()
    if not 3 <= len(login) <= 40 or not login.replace(".", "").replace("-", "").replace("_", "").isalnum():
        raise Weak("form")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Weak("short")
    return login


def _check_free(tx: Transaction, login: str, own: str) -> None:
    if any(o.login == login and o.id != own for o in tx.officers()):
        raise Weak("taken")


def _found(tx: Transaction, number: str) -> Officer:
    officer = tx.officer(number)
    if officer is None:
        raise NotFound(number)
    return officer
