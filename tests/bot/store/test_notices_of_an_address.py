from __future__ import annotations

import datetime as dt

from bot.desk.mail import Mail
from bot.desk.transaction import Store
from bot.ledger import Notice

NOW = dt.datetime(2026, 11, 21, 8, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def test_an_address_sees_its_own_waiting_notices_that_are_due_and_no_others(store: Store) -> None:
    mail = Mail(store, "web")
    mail.post(
        [
            Notice("web", "a", "plain", "hai", "k2", NOW),
            Notice("web", "a", "plain", "một", "k1", NOW - HOUR),
            Notice("web", "a", "plain", "mai", "k3", NOW + HOUR),
            Notice("web", "b", "plain", "của b", "k4", NOW),
            Notice("telegram", "a", "plain", "nơi khác", "k5", NOW),
        ]
    )
    found = mail.waiting("web", "a", NOW)
    assert [n.body for n in found] == ["một", "hai"]
    mail.sent(found[0], NOW)
    assert [n.body for n in mail.waiting("web", "a", NOW)] == ["hai"]


def test_the_first_proposal_of_a_value_is_everyones(store: Store) -> None:
    mail = Mail(store, "web")
    assert mail.agreed("web:key", "one") == "one"
    assert mail.agreed("web:key", "two") == "one"
