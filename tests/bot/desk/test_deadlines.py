from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk.deadlines import Deadlines, Done
from bot.desk.notices import said
from bot.desk.transaction import Store
from bot.ledger import Notice, Officer, Party, Role, Unit
from bot.petitions.clock import VIETNAM, Clock
from bot.petitions.codes import code_of
from bot.petitions.petition import (
    CITIZEN,
    SYSTEM,
    Event,
    Happening,
    Kind,
    Petition,
    State,
    Urgency,
    happened,
    moved,
)
from bot.petitions.terms import Terms, read_levels
from bot.store.opening import open_store
from knowledge.reading import CONTENT, read_folder
from tests.postgres import Cluster, postgres

__all__ = ["postgres"]

TERMS = Terms(read_levels(), Clock(read_folder(CONTENT).calendar))
FILED = dt.datetime(2026, 11, 16, 8, 0, tzinfo=VIETNAM)  # a Monday
UNITS = (Unit("tinh", "UBND tỉnh"), Unit("xa", "UBND xã", parent="tinh"))
PEOPLE = (
    Officer("lan", "Lan", Role.OFFICER, "xa", accounts=("telegram:1",)),
    Officer("mai", "Mai", Role.OFFICER, "xa", accounts=("telegram:2",)),
    Officer("hung", "Hùng", Role.LEAD, "xa", accounts=("telegram:3", "web:hung")),
    Officer("binh", "Bình", Role.LEAD, "tinh", accounts=("telegram:4",)),
    Officer("an", "An", Role.ADMIN, accounts=("telegram:5",)),
)


class Time:
    def __init__(self, now: dt.datetime) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    cluster: Cluster | None = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    opened = open_store(cluster.database() if cluster else f"sqlite:///{tmp_path / 's.db'}")
    with opened.writing() as tx:
        for unit in UNITS:
            tx.put_unit(unit)
        for person in PEOPLE:
            tx.put_officer(person)
    yield opened
    opened.close()


def file_one(store: Store, urgency: Urgency = Urgency.NORMAL, about: str = "", unit: str = "xa") -> str:
    code = code_of(2026, 1)
    details = {
        "kind": Kind.CONDUCT.value,
        "channel": "telegram",
        "unit": unit,
        "urgency": urgency.value,
        "about": about,
        "accept_by": TERMS.accept_by(urgency, FILED).isoformat(),
        "answer_by": TERMS.answer_by(Kind.CONDUCT, urgency, FILED).isoformat(),
    }
    with store.writing() as tx:
        tx.add_event(Event(code, 1, Happening.FILED, FILED, CITIZEN, details))
        tx.put_party(Party(code, "telegram:99"))
    return code


def petition(store: Store, code: str) -> Petition:
    with store.reading() as tx:
        found = tx.petition(code)
    assert found
    return found


def move(store: Store, code: str, to: State, at: dt.datetime, **details: str) -> Petition:
    with store.writing() as tx:
        found = tx.petition(code)
        assert found
        return tx.add_event(moved(found, to, "lan", at, details))


def assign(store: Store, code: str, officer: str) -> None:
    with store.writing() as tx:
        found = tx.petition(code)
        assert found
        tx.add_event(happened(found, Happening.ASSIGNED, "hung", FILED, {"officer": officer}))


def told(store: Store, code: str) -> list[tuple[str, str]]:
    """What officers were told of it by messenger: (address, what)."""
    with store.reading() as tx:
        found = [n for n in tx.notices(code) if n.kind == "officer" and n.door != "console"]
    return [(f"{n.door}:{n.to}", json.loads(n.body)["what"]) for n in found]


def of_citizen(store: Store, code: str) -> list[Notice]:
    with store.reading() as tx:
        return [n for n in tx.notices(code) if n.kind == "petition"]


def run(store: Store, at: dt.datetime) -> Done:
    return Deadlines(store, Time(at), TERMS).run()


def test_nothing_is_due_before_the_warning(store: Store) -> None:
    file_one(store)
    assert run(store, FILED + dt.timedelta(hours=1)) == Done()


def test_a_warning_comes_before_the_term_and_once(store: Store) -> None:
    code = file_one(store)
    accept_by = petition(store, code).accept_by
    assert accept_by
    soon = TERMS.warn_at(accept_by, accepted=False)
    assert run(store, soon) == Done(warned=1)
    assert run(store, soon + dt.timedelta(minutes=5)) == Done()
    assert told(store, code) == [("telegram:3", "warned"), ("web:hung", "warned")]
    assert petition(store, code).warned


def test_a_breach_goes_to_the_lead_and_a_working_day_later_one_level_up(store: Store) -> None:
    code = file_one(store)
    accept_by = petition(store, code).accept_by
    assert accept_by
    assert run(store, accept_by + dt.timedelta(minutes=1)) == Done(escalated=1)
    assert run(store, accept_by + dt.timedelta(minutes=9)) == Done()
    later = TERMS.escalates_at(accept_by, 2)
    assert run(store, later) == Done(escalated=1)
    assert run(store, later + dt.timedelta(days=3)) == Done()
    assert [address for address, _ in told(store, code)] == ["telegram:3", "web:hung", "telegram:4"]
    with store.reading() as tx:
        escalations = [e.details for e in tx.events(code) if e.kind is Happening.ESCALATED]
    assert [(d["of"], d["level"], d["told"]) for d in escalations] == [("accept", "1", "hung"), ("accept", "2", "binh")]


def test_what_officers_read_says_what_is_due(store: Store) -> None:
    code = file_one(store)
    accept_by = petition(store, code).accept_by
    assert accept_by
    run(store, TERMS.warn_at(accept_by, accepted=False))
    run(store, accept_by + dt.timedelta(minutes=1))
    with store.reading() as tx:
        texts = [said(n).text for n in tx.notices(code)]
    assert texts[0].startswith(f"Phiếu {code} sắp hết hạn")
    assert texts[-1].startswith(f"Phiếu {code} đã quá hạn")
    assert all("Hạn tiếp nhận: 08:30 ngày 17/11/2026" in text for text in texts)


def test_each_term_is_warned_of_anew(store: Store) -> None:
    code = file_one(store)
    first = petition(store, code)
    assert first.accept_by and first.answer_by
    run(store, TERMS.warn_at(first.accept_by, accepted=False))
    move(store, code, State.ACCEPTED, first.accept_by)
    assign(store, code, "lan")
    assert run(store, TERMS.warn_at(first.answer_by)) == Done(warned=1)
    assert told(store, code)[-1] == ("telegram:1", "warned")


def test_while_it_waits_for_the_citizen_nothing_falls_due(store: Store) -> None:
    code = file_one(store)
    move(store, code, State.ACCEPTED, FILED)
    move(store, code, State.WAITING, FILED, paper="1")
    assert run(store, FILED + dt.timedelta(days=200)) == Done()


def test_who_is_away_is_covered_and_the_absent_lead_is_passed_over(store: Store) -> None:
    code = file_one(store)
    assign(store, code, "lan")
    move(store, code, State.ACCEPTED, FILED)
    answer_by = petition(store, code).answer_by
    assert answer_by
    with store.writing() as tx:
        tx.put_officer(replace(PEOPLE[0], away_until=dt.date(2026, 12, 31), cover="mai"))
        tx.put_officer(replace(PEOPLE[2], away_until=dt.date(2026, 12, 31)))
    run(store, TERMS.warn_at(answer_by))
    run(store, answer_by + dt.timedelta(minutes=1))
    assert told(store, code) == [("telegram:2", "warned"), ("telegram:4", "escalated")]


def test_a_petition_about_a_lead_is_told_to_the_one_above(store: Store) -> None:
    code = file_one(store, about="hung,lead:xa")
    accept_by = petition(store, code).accept_by
    assert accept_by
    run(store, accept_by + dt.timedelta(minutes=1))
    assert told(store, code) == [("telegram:4", "escalated")]


def test_where_nobody_leads_the_admins_are_told(store: Store) -> None:
    code = file_one(store, unit="")
    accept_by = petition(store, code).accept_by
    assert accept_by
    run(store, accept_by + dt.timedelta(minutes=1))
    assert told(store, code) == [("telegram:5", "escalated")]


@pytest.mark.parametrize(("urgency", "hour"), [(Urgency.NORMAL, 7), (Urgency.URGENT, 23)])
def test_at_night_only_what_is_urgent_is_told_at_once(store: Store, urgency: Urgency, hour: int) -> None:
    code = file_one(store, urgency)
    night = dt.datetime(2026, 11, 17, 23, 0, tzinfo=VIETNAM)
    assert run(store, night) == Done(escalated=1)
    with store.reading() as tx:
        assert {n.due.astimezone(VIETNAM).hour for n in tx.notices(code)} == {hour}


def test_an_answered_petition_closes_by_itself_when_it_can_no_longer_be_reopened(store: Store) -> None:
    code = file_one(store)
    move(store, code, State.ACCEPTED, FILED)
    move(store, code, State.ANSWERED, FILED, paper="1")
    ten_days = FILED + dt.timedelta(days=10)
    assert run(store, ten_days) == Done()
    assert run(store, ten_days + dt.timedelta(seconds=1)) == Done(closed=1)
    closed = petition(store, code)
    assert (closed.state, closed.answered_at) == (State.CLOSED, FILED)
    with store.reading() as tx:
        assert tx.events(code)[-1].by == SYSTEM
    assert run(store, ten_days + dt.timedelta(days=1)) == Done()
    assert len(of_citizen(store, code)) <= 1


def test_without_terms_nobody_is_called(store: Store) -> None:
    with store.writing() as tx:
        tx.add_event(
            Event(code_of(2026, 2), 1, Happening.FILED, FILED, CITIZEN, {"kind": "kien_nghi", "channel": "web"})
        )
        tx.put_party(Party(code_of(2026, 2)))
    assert run(store, FILED + dt.timedelta(days=300)) == Done()


def test_many_runs_at_once_tell_everything_once(store: Store) -> None:
    code = file_one(store)
    accept_by = petition(store, code).accept_by
    assert accept_by
    at = accept_by + dt.timedelta(minutes=1)
    done: list[Done] = []
    threads = [threading.Thread(target=lambda: done.append(run(store, at))) for _ in range(6)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sum(d.escalated for d in done) == 1
    assert len(told(store, code)) == 2
    with store.writing() as tx:
        assert tx.rebuild() == 0
