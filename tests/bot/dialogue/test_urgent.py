"""Danger is heard, and talk about the same words is not taken for it: a set written apart from the patterns."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from bot.build import make_judge
from bot.dialogue.dialogue import danger
from bot.dialogue.message import Behavior
from bot.dialogue.understanding import read
from bot.dialogue.urgent import urgent_reply
from index.encoder import open_encoder
from knowledge.library import Library

SET = Path(__file__).resolve().parents[2] / "dialogues" / "emergencies.yaml"


@pytest.fixture(scope="module")
def heard(library: Library):  # type: ignore[no-untyped-def]
    judge = make_judge(open_encoder())

    def hears(text: str) -> tuple[str, ...] | None:
        return danger(read(text, library), judge, library)

    return hears


def rows(name: str) -> list[dict[str, object]]:
    return yaml.safe_load(SET.read_text(encoding="utf-8"))[name]


def test_nearly_every_emergency_is_heard(heard) -> None:  # type: ignore[no-untyped-def]
    missed = [r["text"] for r in rows("emergencies") if heard(r["text"]) is None]
    assert len(missed) <= len(rows("emergencies")) * 0.12, missed


def test_hardly_any_look_alike_raises_the_alarm(heard) -> None:  # type: ignore[no-untyped-def]
    false = [r["text"] for r in rows("look_alikes") if heard(r["text"]) is not None]
    assert len(false) <= len(rows("look_alikes")) * 0.06, false


def test_the_number_stands_in_the_first_line(library: Library) -> None:
    for emergency in library.language.emergencies:
        reply = urgent_reply((emergency.key,), library)
        assert reply.behavior is Behavior.EMERGENCY and reply.urgent
        assert library.contacts[emergency.contact].number in reply.text.splitlines()[0]


def test_every_emergency_leads_to_a_contact_with_a_number(library: Library) -> None:
    assert all(library.contacts[e.contact].number for e in library.language.emergencies)


def test_the_day_of_the_year_changes_nothing(library: Library) -> None:
    assert urgent_reply(("chay_no",), library.at("", dt.date(2027, 2, 6))).urgent
