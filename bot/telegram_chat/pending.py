"""What an officer is in the middle of writing: kept in the store, so that a restart forgets nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from bot.desk.mail import Mail


@dataclass(frozen=True, slots=True)
class Pending:
    """`do` is what is being done to `code`; `text` what was written so far; `more` what the act needs besides."""

    do: str = ""
    code: str = ""
    text: str = ""
    more: str = ""

    def with_text(self, text: str) -> Pending:
        return replace(self, text=text)


class Pendings:
    def __init__(self, mail: Mail) -> None:
        self._mail = mail

    def of(self, officer: str) -> Pending:
        written = self._mail.value(f"pending:{officer}")
        return Pending(**json.loads(written)) if written else Pending()

    def put(self, officer: str, pending: Pending) -> None:
        text = json.dumps(asdict(pending), ensure_ascii=False) if pending.do else ""
        self._mail.put_value(f"pending:{officer}", text)
