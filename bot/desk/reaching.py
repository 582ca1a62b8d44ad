"""What was done to inform people in a time, and how many it reached, from what the store keeps of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from bot.desk.delivering import fates_of
from bot.desk.posting import tallied
from bot.desk.transaction import Transaction
from bot.outreach.mailing import State
from bot.reports.figures import OutreachFigures, Reach

_WENT = (State.SENDING, State.SENT, State.STOPPED)


def reached(tx: Transaction, since: dt.datetime, until: dt.datetime) -> OutreachFigures:
    """Who was erased since then stays counted: as one of many, and as nobody."""
    made: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for mailing in reversed(tx.mailings(states=_WENT)):
        if mailing.began_at and since <= mailing.began_at < until:
            made[mailing.kind.value] += 1
            people[mailing.kind.value] += fates_of(tx, mailing).sent
    wishes = list(tx.subscriptions(until))
    living = [s for s in wishes if s.ended is None or s.ended >= until]
    figures = tallied(tx, since, until)
    return OutreachFigures(
        by_kind={kind: Reach(n, people[kind]) for kind, n in made.items()},
        subscribers=len({s.conversation or s.id for s in living}),
        begun=sum(s.since >= since for s in wishes),
        ended=sum(s.ended is not None and since <= s.ended < until for s in wishes),
        posters=sum(since <= p.at < until for p in tx.posters()),
        scans=sum(f.scans for f in figures),
        scanned_by=sum(f.people for f in figures),
        questions=sum(f.questions for f in figures),
    )
