from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.petitions.petition import (
    CITIZEN,
    MOVES,
    REOPENED_WITHIN,
    Event,
    Happening,
    IllegalMove,
    Petition,
    Refusal,
    State,
    apply,
    filed,
    happened,
    legal_moves,
    moved,
    project,
)

NOW = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
CODE = "PA-2026-000001-B"
FILED = Event(CODE, 1, Happening.FILED, NOW, CITIZEN, {"kind": "phan_anh_hanh_vi", "channel": "web"})
NEEDED: Mapping[State, dict[str, str]] = {
    State.ANSWERED: {"paper": "7"},
    State.WAITING: {"paper": "7"},
    State.REFUSED: {"reason": "khieu_nai"},
    State.FORWARDED: {"body": "Sở Tư pháp"},
    State.MERGED: {"into": "PA-2026-000002-C"},
}
N, A, W, Q, R, C, X, F, D, M = State
TABLE = """
    from                 may go to
    moi                  tiep_nhan tu_choi chuyen rut gop
    tiep_nhan            dang_xu_ly cho_bo_sung da_tra_loi tu_choi chuyen rut gop
    dang_xu_ly           cho_bo_sung da_tra_loi tu_choi chuyen rut gop
    cho_bo_sung          dang_xu_ly da_tra_loi tu_choi dong rut
    da_tra_loi           dong dang_xu_ly
    dong                 dang_xu_ly
    tu_choi
    chuyen
    rut
    gop
"""
WRITTEN = {State(row[0]): {State(to) for to in row[1:]} for row in map(str.split, TABLE.strip().splitlines()[1:])}


def standing(state: State) -> Petition:
    """A petition at a state; what ended was answered or closed just now."""
    ended = {"answered_at": NOW} if state is State.ANSWERED else {"closed_at": NOW} if state is State.CLOSED else {}
    return replace(filed(FILED), state=state, **ended)


@pytest.mark.parametrize("at", State)
@pytest.mark.parametrize("to", State)
def test_every_move_is_legal_or_names_both_states(at: State, to: State) -> None:
    petition = standing(at)
    if to in WRITTEN[at]:
        event = moved(petition, to, "o1", NOW, NEEDED.get(to))
        assert apply(petition, event).state is to
        assert to in legal_moves(petition, NOW)
    else:
        with pytest.raises(IllegalMove, match=f"{at.value} -> {to.value}") as illegal:
            moved(petition, to, "o1", NOW, NEEDED.get(to))
        assert (illegal.value.code, illegal.value.at, illegal.value.to) == (CODE, at, to)
        assert to not in legal_moves(petition, NOW)


def test_the_table_of_moves_is_the_written_one() -> None:
    assert {at: set(to) for at, to in MOVES.items()} == WRITTEN


@pytest.mark.parametrize(("to", "given"), NEEDED.items())
def test_a_move_without_what_it_needs_is_refused(to: State, given: dict[str, str]) -> None:
    (name,) = given
    for details in ({}, {name: ""}):
        with pytest.raises(IllegalMove, match=f"{name} is missing"):
            moved(standing(State.ACCEPTED), to, "o1", NOW, details)


def test_a_refusal_names_a_reason_of_the_list() -> None:
    for reason in Refusal:
        assert moved(standing(State.NEW), State.REFUSED, "o1", NOW, {"reason": reason.value})
    with pytest.raises(IllegalMove, match="no such reason: lười"):
        moved(standing(State.NEW), State.REFUSED, "o1", NOW, {"reason": "lười"})


def test_a_petition_is_not_merged_into_itself() -> None:
    with pytest.raises(IllegalMove, match="merged into itself"):
        moved(standing(State.NEW), State.MERGED, "o1", NOW, {"into": CODE})


@pytest.mark.parametrize("state", [State.ANSWERED, State.CLOSED])
def test_it_can_be_reopened_for_ten_days_and_no_longer(state: State) -> None:
    petition = standing(state)
    last = NOW + REOPENED_WITHIN
    again = apply(petition, moved(petition, State.WORKING, CITIZEN, last))
    assert (again.state, again.reopened, again.answered_at, again.closed_at) == (State.WORKING, 1, None, None)
    with pytest.raises(IllegalMove, match="too late to reopen"):
        moved(petition, State.WORKING, CITIZEN, last + dt.timedelta(seconds=1))
    assert State.WORKING not in legal_moves(petition, last + dt.timedelta(seconds=1))


def test_the_days_to_reopen_count_from_the_answer_not_from_the_closing() -> None:
    answered = standing(State.ANSWERED)
    closed = apply(answered, moved(answered, State.CLOSED, CITIZEN, NOW + dt.timedelta(days=8)))
    with pytest.raises(IllegalMove, match="too late"):
        moved(closed, State.WORKING, CITIZEN, NOW + dt.timedelta(days=11))


def test_a_new_term_begins_without_warning_or_escalation() -> None:
    petition = filed(FILED)
    for kind in (Happening.WARNED, Happening.ESCALATED, Happening.ESCALATED):
        petition = apply(petition, happened(petition, kind, "system", NOW))
    assert (petition.warned, petition.escalated) == (True, 2)
    accepted = apply(petition, moved(petition, State.ACCEPTED, "o1", NOW))
    assert (accepted.warned, accepted.escalated) == (False, 0)
    warned = apply(accepted, happened(accepted, Happening.WARNED, "system", NOW))
    assert apply(warned, moved(warned, State.WORKING, "o1", NOW)).warned
    longer = {"answer_by": (NOW + dt.timedelta(days=9)).isoformat()}
    assert not apply(warned, happened(warned, Happening.DEADLINES_SET, "o2", NOW, longer)).warned


# --- any history -----------------------------------------------------------------------------------------------------

STEPS = st.one_of(
    st.tuples(st.just("move"), st.integers(0, 9)),
    st.tuples(
        st.sampled_from([h for h in Happening if h not in (Happening.FILED, Happening.MOVED)]), st.integers(1, 5)
    ),
)
DETAILS: Mapping[Happening, dict[str, str]] = {
    Happening.ASSIGNED: {"unit": "ubnd-xa", "officer": "o3"},
    Happening.RECLASSIFIED: {"kind": "kien_nghi", "urgency": "khan", "field": "Đất đai", "about": "o1,lead:ubnd-xa"},
    Happening.DEADLINES_SET: {"answer_by": "2026-12-20T17:00:00+07:00"},
    Happening.PUBLISHED: {"published": "1"},
}


def history(steps: list[tuple[str, int]]) -> list[Event]:
    """The events of these steps, each legal where it stands."""
    events, petition = [FILED], filed(FILED)
    for i, (what, number) in enumerate(steps):
        at = NOW + dt.timedelta(hours=5 * i)
        if what == "move":
            moves = legal_moves(petition, at)
            if not moves:
                continue
            to = moves[number % len(moves)]
            event = moved(petition, to, "o1", at, NEEDED.get(to))
        else:
            kind = Happening(what)
            details = {"rating": str(number)} if kind is Happening.RATED else DETAILS.get(kind)
            event = happened(petition, kind, "o1", at, details)
        events.append(event)
        petition = apply(petition, event)
    return events


@given(st.lists(STEPS, max_size=40))
def test_any_history_adds_up_the_same_at_once_or_step_by_step(steps: list[tuple[str, int]]) -> None:
    events = history(steps)
    by_step = filed(events[0])
    for event in events[1:]:
        by_step = apply(by_step, event)
        assert apply(by_step, event) is by_step  # told twice, it changes nothing
        assert by_step.open is (by_step.state in (State.NEW, State.ACCEPTED, State.WORKING, State.WAITING))
        assert (by_step.waiting_since is not None) is (by_step.state is State.WAITING)
    whole = project(events)
    assert whole == by_step
    assert whole.number == len(events)
    assert whole.voices == 1 + sum(e.kind is Happening.VOICED for e in events)


@given(st.lists(STEPS, min_size=1, max_size=12))
def test_a_history_with_a_hole_does_not_add_up(steps: list[tuple[str, int]]) -> None:
    events = history(steps)
    if len(events) > 2:
        with pytest.raises(ValueError, match=CODE):
            project([events[0], *events[2:]])


def test_a_history_begins_with_its_filing_and_has_only_one() -> None:
    with pytest.raises(ValueError, match="without events"):
        project([])
    with pytest.raises(ValueError, match="begins with noted"):
        project([Event(CODE, 1, Happening.NOTED, NOW, "o1")])
    with pytest.raises(ValueError, match="filed"):
        project([FILED, replace(FILED, number=2)])
