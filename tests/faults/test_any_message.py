"""Whatever is written or pressed gets a reply: no message falls through, whatever went before it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.message import Message
from bot.dialogue.session import Session
from tests.faults.conftest import LONG
from tests.fuzz.messages import COMMANDS, NUMBERS, TRICKS, Core, Tally, converse, make_core, spoken_words

SEED = 7
SHARDS = 8 if LONG else 1
COUNT = 1_000_000 // SHARDS if LONG else 1500


@pytest.fixture(scope="module")
def core(shipped: Path) -> Core:
    return make_core(shipped)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_any_message_gets_a_reply(core: Core, shard: int) -> None:
    tally = converse(core, spoken_words(core.library), Tally(SEED + shard), lambda asked: asked < COUNT)
    assert tally.asked == COUNT and len(tally.behaviors) > 5
    assert not tally.fallen, f"{len(tally.fallen)} of {COUNT}:\n" + "\n".join(tally.fallen[:5])


TEXTS = st.text(max_size=200) | st.lists(st.sampled_from((*TRICKS, *COMMANDS, *NUMBERS)), max_size=8).map(" ".join)


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(
    max_examples=20_000 if LONG else 100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_text_gets_a_reply(core: Core, texts: list[str]) -> None:
    session = Session()
    for text in texts:
        session, _ = core.heard(session, Message(text))


@given(st.lists(TEXTS, min_size=1, max_size=3), st.text(max_size=64))
@settings(
    max_examples=20_000 if LONG else 60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_button_that_was_never_offered_gets_a_reply(core: Core, texts: list[str], pressed: str) -> None:
    session = Session()
    for text in texts:
        session, _ = core.heard(session, Message(text))
    core.heard(session, Message("", pressed))
