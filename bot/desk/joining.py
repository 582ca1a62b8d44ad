"""How many took part in contests, surveys, practice and polls in a time, as a report tells it."""

from __future__ import annotations

import datetime as dt

from bot.desk.transaction import Transaction
from bot.reports.figures import Reach


def joined(tx: Transaction, since: dt.datetime, until: dt.datetime) -> dict[str, Reach]:
    """By the name in wording.reports.JOINED; what nobody took part in is left out."""
    t = tx.taken(since, until)
    found = {
        "cuoc_thi": Reach(t.contests, t.players),
        "cau_tra_loi_thi": Reach(t.answers, 0),
        "khao_sat": Reach(t.surveys, t.surveyed),
        "luyen_tap": Reach(t.practice_answers, t.practised),
        "do_vui": Reach(t.polls, t.voters),
    }
    return {kind: reach for kind, reach in found.items() if reach.made}
