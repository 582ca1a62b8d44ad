"""Everything that can happen to a petition has its words, short and without a placeholder left open."""

from __future__ import annotations

import re

import pytest

from bot.desk.rights import Action
from bot.ledger import Role
from bot.petitions.petition import Channel, Happening, Kind, Naming, Refusal, State, Urgency
from bot.wording import filing, office, privacy

STATES = "mới, đã tiếp nhận, đang xử lý, chờ bổ sung, đã trả lời, đã đóng, từ chối, đã chuyển, đã rút, đã gộp"


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (office.STATES, State),
        (office.KINDS, Kind),
        (office.CHANNELS, Channel),
        (office.URGENCIES, Urgency),
        (office.NAMINGS, Naming),
        (office.ROLES, Role),
        (office.REFUSALS, Refusal),
        (office.HAPPENINGS, Happening),
    ],
)
def test_every_value_has_a_word_and_no_word_is_left_over(words: dict[str, object], values: type) -> None:
    assert set(words) == {v.value for v in values}  # type: ignore[attr-defined]


def test_states_are_called_as_agreed_and_every_move_has_a_label() -> None:
    assert ", ".join(office.STATES.values()) == STATES
    assert set(office.MOVES) == {s.value for s in State} - {"moi"}
    assert set(office.MOVE_NEEDS) <= set(office.MOVES)
    assert set(filing.NOTICES) == {s.value for s in State} - {"moi", "rut"}


def test_every_reason_says_where_to_go_in_a_sentence_or_two() -> None:
    for refusal in office.REFUSALS.values():
        assert refusal.title and "bạn" in refusal.to_citizen
        assert len(re.findall(r"[.](?:\s|$)", refusal.to_citizen)) <= 2


def test_labels_are_short_and_actions_are_distinct() -> None:
    assert all(len(label) <= 30 for label in (*office.MOVES.values(), *filing.RATES.values()))
    assert len({a.value for a in Action}) == len(Action)


def test_the_notice_of_a_breach_says_what_when_what_was_done_and_whom_to_ask() -> None:
    told = privacy.BREACH.format(
        day="01/12/2026", what="bảng liên hệ", data="tên", done="đã khóa", advice="đề phòng", contact="UBND xã"
    )
    assert "{" not in told and all(word in told for word in ("01/12/2026", "bảng liên hệ", "đã khóa", "UBND xã"))
