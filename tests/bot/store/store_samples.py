"""What the tests of the store write, and how they file a petition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from bot.desk.transaction import Transaction
from bot.ledger import Notice, Paper, Party, Turn
from bot.petitions.codes import code_of
from bot.petitions.petition import CITIZEN, Event, Happening, Petition

NOW = dt.datetime(2026, 11, 21, 9, 0, 0, 123456, tzinfo=dt.UTC)
EVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
NEVER = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
TURN = Turn(
    conversation="telegram:1",
    at=NOW,
    door="telegram",
    question="khai sinh cần gì",
    message_class="cau_hoi",
    behavior="answer",
    records=("khai_sinh", "Nghị định 123"),
    score=0.1 + 0.2,
    generation="g1",
    reply="Hồ sơ … “giấy chứng sinh”",
    milliseconds=3.25,
    place="Cao Bằng",
)


def filed(
    tx: Transaction, text: str = "Đèn ở dốc bị hỏng", at: dt.datetime = NOW, who: str = "web:1", **details: str
) -> Petition:
    """A petition with all that belongs to one."""
    code = code_of(at.year, tx.next_number(at.year))
    paper = tx.add_paper(Paper(code, "story", text, at, CITIZEN))
    tx.put_party(Party(code, who, "bà Lan, 0900 000 000", "digest"))
    what: Mapping[str, str] = {"kind": "kien_nghi", "channel": "web", "paper": str(paper)}
    petition = tx.add_event(Event(code, 1, Happening.FILED, at, CITIZEN, {**what, **details}))
    tx.add_notice(Notice("web", who.partition(":")[2], "petition", "{}", f"{code}:1", at, code))
    return petition
