"""A request to file that may come again: its sender's connection broke, and nobody there knows what became of it.

The sender names each request. What is kept is enough to answer a second time as the first time, and to nobody but who
holds the same key: the petition's secret is drawn from that key, which is kept nowhere.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field

from bot.desk.intake import Secret, new_secret
from bot.ledger import Receipt

KEPT = dt.timedelta(days=7)
"""For so long a repeated request is known again; callers are promised a day."""


class OtherBody(Exception):
    """Under this name another request came before."""


@dataclass(frozen=True, slots=True)
class Request:
    """`holder`: the API key, as it was sent; `name`: what its holder calls this request; `body`: what it asks for."""

    holder: str = field(repr=False)
    name: str
    body: object = field(repr=False)

    @property
    def key(self) -> str:
        return self._digest("key", self.name).hex()

    def receipt(self, code: str, salt: str, at: dt.datetime) -> Receipt:
        return Receipt(self.key, self._said, salt, code, at)

    def check(self, receipt: Receipt) -> None:
        """Raises OtherBody."""
        if not hmac.compare_digest(receipt.body, self._said):
            raise OtherBody(self.name)

    def secret(self, salt: str) -> Secret:
        return new_secret(self._digest("secret", salt))

    @property
    def _said(self) -> str:
        return self._digest("body", json.dumps(self.body, ensure_ascii=False, sort_keys=True)).hex()

    def _digest(self, what: str, text: str) -> bytes:
        return hmac.digest(self.holder.encode(), f"{what}:{text}".encode(), hashlib.sha256)


def new_salt() -> str:
    return secrets.token_hex(16)
