"""What must hold in any store after any fault, and a writer that files petitions until it is stopped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from bot.desk.transaction import Store, Transaction
from bot.ledger import Notice, Paper, Party, QueueFilter, Turn
from bot.petitions.codes import code_of
from bot.petitions.petition import CITIZEN, Event, Happening, Petition, State, moved, project

NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
EVER, NEVER = NOW - dt.timedelta(days=9999), NOW + dt.timedelta(days=9999)

# prints a code only after its commit, as a door shows it
FILER = """
import sys
from checks import file_one, accept_one
from bot.store.opening import open_store
store = open_store(sys.argv[1])
while True:
    with store.writing() as tx:
        petition = file_one(tx)
    print(petition.code, flush=True)
    with store.writing() as tx:
        accept_one(tx, petition)
"""


def file_one(tx: Transaction, text: str = "Đèn ở dốc bị hỏng") -> Petition:
    """A turn, a petition, its papers, its party and its notice: all of it or nothing."""
    tx.add_turn(Turn("web:1", NOW, "web", "đèn hỏng", "kien_nghi", "petition", (), 0.0, "g1", "đã nhận", 1.0))
    code = code_of(NOW.year, tx.next_number(NOW.year))
    paper = tx.add_paper(Paper(code, "story", text, NOW, CITIZEN))
    tx.put_party(Party(code, "web:1", "bà Lan"))
    details = {"kind": "kien_nghi", "channel": "web", "paper": str(paper)}
    petition = tx.add_event(Event(code, 1, Happening.FILED, NOW, CITIZEN, details))
    tx.add_notice(Notice("web", "1", "petition", "{}", f"{code}:1", NOW, code))
    return petition


def accept_one(tx: Transaction, petition: Petition) -> Petition:
    accepted = tx.add_event(moved(petition, State.ACCEPTED, "o1", NOW))
    tx.add_notice(Notice("web", "1", "petition", "{}", f"{petition.code}:2", NOW, petition.code))
    return accepted


def assert_whole(store: Store, shown: Iterable[str] = ()) -> int:
    """Every code that was shown exists; numbers have no gap; projections equal the log; every petition has its papers,
    its party, its turn and exactly the notices of its events. How many petitions there are."""
    with store.reading() as tx:
        petitions = tx.find(QueueFilter(sort="code", limit=10**6)).petitions
        codes = [p.code for p in petitions]
        assert codes == [code_of(NOW.year, n) for n in range(1, len(codes) + 1)]
        assert set(shown) <= set(codes)
        log = sorted(tx.log(EVER, NEVER), key=lambda e: (e.code, e.number))
        projected = {code: project(list(events)) for code, events in groupby(log, key=lambda e: e.code)}
        assert projected == {p.code: p for p in petitions}
        assert len(list(tx.turns(EVER, NEVER))) == len(codes)
        for petition in petitions[-50:]:
            assert tx.party(petition.code) is not None and len(tx.papers(petition.code)) == 1
            keys = sorted(n.key for n in tx.notices(petition.code))
            assert keys == [f"{petition.code}:{n}" for n in range(1, petition.number + 1)]
    with store.writing() as tx:
        assert tx.rebuild() == 0
    return len(codes)
