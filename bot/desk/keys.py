"""Keys by which other systems use the API. Only digests are kept; whoever sits at the machine makes and takes them."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass

from bot.desk.people import digest_of
from bot.desk.transaction import Store
from bot.ledger import Audit

KEPT = "api:keys"
PER_SECOND = 20.0
MACHINE = "may"


class NameTaken(Exception):
    """There is a key of this name; it is to be taken away first."""


@dataclass(frozen=True, slots=True)
class Key:
    """`per_second`: how many requests a second its holder may make for long."""

    name: str
    digest: str
    made_at: str
    per_second: float = PER_SECOND


class Keys:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store, self._now = store, now

    def add(self, name: str, per_second: float = PER_SECOND) -> str:
        """The key itself, which is shown once and can never be read again. Raises NameTaken."""
        token = f"mc_{secrets.token_urlsafe(24)}"
        with self._store.writing() as tx:
            kept = _read(tx.value(KEPT))
            if any(key.name == name for key in kept):
                raise NameTaken(name)
            made = Key(name, digest_of(token), self._now().isoformat(timespec="seconds"), per_second)
            tx.put_value(KEPT, _written([*kept, made]))
            tx.audit(Audit(self._now(), MACHINE, "key_made", name))
        return token

    def remove(self, name: str) -> bool:
        """From now on it opens nothing; False where there was none of this name."""
        with self._store.writing() as tx:
            kept = _read(tx.value(KEPT))
            left = [key for key in kept if key.name != name]
            if len(left) < len(kept):
                tx.put_value(KEPT, _written(left))
                tx.audit(Audit(self._now(), MACHINE, "key_removed", name))
        return len(left) < len(kept)

    def all(self) -> list[Key]:
        with self._store.reading() as tx:
            return _read(tx.value(KEPT))

    def of(self, token: str) -> Key | None:
        """Whose key this is."""
        digest = digest_of(token)
        return next((key for key in self.all() if secrets.compare_digest(key.digest, digest)), None)


def _read(text: str) -> list[Key]:
    return [Key(**tree) for tree in json.loads(text or "[]")]


def _written(keys: list[Key]) -> str:
    return json.dumps([asdict(key) for key in keys], ensure_ascii=False)
