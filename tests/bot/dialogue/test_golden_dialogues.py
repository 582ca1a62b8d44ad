"""Whole conversations, as citizens hold them, spoken through the desk: tests/dialogues/*.yaml, one test each.

A file that is a list is a list of conversations; the other files there are test sets of other tests. A conversation is
a `name` and its `turns`; a turn is what is told (`say`, `say_decomposed` for the same in decomposed letters, or `press`
with a button's id) and what must come of it: `behavior`, `class` (one, or a list of allowed ones), `records` (all of
these), `first` (the first record), `without` (none of these), `aspects` (exactly what the first record was asked),
`has`, `lacks` and `first_line` (texts of the reply), `options` (texts of buttons), `masked_lacks` (texts that must not
be logged).
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.build import make_desk
from bot.desk.desk import Desk
from bot.dialogue.message import Behavior, Message, MessageClass, Reply
from bot.settings import Settings
from index.encoder import open_encoder
from index.snapshot import Shelf, build
from knowledge.reading import CONTENT
from knowledge.vietnamese import fold

DIALOGUES = Path(__file__).resolve().parents[2] / "dialogues"
TODAY = dt.date(2026, 11, 21)
FEWEST = 62


def several(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@dataclass(frozen=True, slots=True)
class Expected:
    """One turn of a script; what is empty is not looked at."""

    say: str = ""
    press: str = ""
    behavior: tuple[str, ...] = ()
    message_class: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    first: str = ""
    without: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    first_line: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    masked_lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialogue:
    name: str
    turns: tuple[Expected, ...] = field(default=())


def expected(tree: dict[str, Any]) -> Expected:
    """A turn as it is written; a key that nobody reads is a fault, or it would look as if it were checked."""
    values: dict[str, Any] = {("message_class" if k == "class" else k): v for k, v in tree.items()}
    if "say_decomposed" in values:
        values["say"] = unicodedata.normalize("NFD", values.pop("say_decomposed"))
    texts = {"say", "press", "first"}
    unknown = set(values) - {f.name for f in fields(Expected)}
    assert not unknown, f"no such key: {sorted(unknown)}"
    assert ("say" in values) != ("press" in values), f"a turn says or presses: {tree}"
    assert set(values) - {"say", "press"}, f"nothing is expected of {tree}"
    found: dict[str, Any] = {k: v if k in texts else several(v) for k, v in values.items()}
    return Expected(**found)


def dialogues() -> Iterator[tuple[str, Dialogue]]:
    """Every conversation with its readable id: file and name."""
    for file in sorted(DIALOGUES.glob("*.yaml")):
        tree = yaml.safe_load(file.read_text(encoding="utf-8"))
        for one in tree if isinstance(tree, list) else ():
            turns = tuple(expected(t) for t in one["turns"])
            yield f"{file.stem}-{fold(one['name']).replace(' ', '_')}", Dialogue(one["name"], turns)


ALL = dict(dialogues())


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One desk over the shipped content, with an index and a store that nobody else sees."""
    root = tmp_path_factory.mktemp("golden")
    shelf = Shelf(root / "index")
    shelf.switch(build(shelf, [CONTENT], open_encoder("bundled")).name)
    return make_desk(Settings(index_dir=shelf.root), lambda: TODAY, root / "golden.db")


def faults(turn: Expected, reply: Reply) -> list[str]:
    """What is not as the script says."""
    ids = [m.id for m in reply.records]
    asked = reply.records[0].aspects if reply.records else ()
    labels = [fold(o.label) for o in reply.options]
    checks = [
        (not turn.behavior or reply.behavior in turn.behavior, f"behavior should be {turn.behavior}"),
        (not turn.message_class or reply.message_class in turn.message_class, f"class: {turn.message_class}"),
        (not turn.first or ids[:1] == [turn.first], f"first record should be {turn.first}"),
        (not turn.aspects or set(asked) == set(turn.aspects), f"aspects should be {turn.aspects}"),
        *((r in ids, f"record {r} is missing") for r in turn.records),
        *((r not in ids, f"record {r} should not be there") for r in turn.without),
        *((text in reply.text.split("\n")[0], f"missing in the first line: {text}") for text in turn.first_line),
        *((text in reply.text, f"missing: {text}") for text in turn.has),
        *((text not in reply.text, f"should not be said: {text}") for text in turn.lacks),
        *((any(fold(o) in label for label in labels), f"no button {o}") for o in turn.options),
        *((text not in reply.masked, f"would be logged: {text}") for text in turn.masked_lacks),
    ]
    return [why for holds, why in checks if not holds]


def told(turn: Expected, reply: Reply) -> str:
    records = ", ".join(f"{m.id}({' '.join(m.aspects)})" for m in reply.records)
    buttons = " ".join(f"[{o.label}]" for o in reply.options)
    head = f"   [{reply.behavior}; {reply.message_class}; {reply.score:.2f}] {records}"
    return f"— {turn.say or turn.press}\n{head}\n   {reply.text}\n   {buttons}".replace("\n\n", "\n")


@pytest.mark.parametrize("name", ALL)
def test_a_conversation_goes_as_written(name: str, desk: Desk) -> None:
    transcript = []
    for number, turn in enumerate(ALL[name].turns, 1):
        reply = desk.answer(f"golden:{name}", Message(turn.say, turn.press), "golden")
        transcript.append(told(turn, reply))
        if wrong := faults(turn, reply):
            pytest.fail("\n".join([ALL[name].name, *transcript, f"turn {number}: " + "; ".join(wrong)]), pytrace=False)


def test_there_are_enough_conversations_and_each_has_two_to_six_turns() -> None:
    assert len(ALL) >= FEWEST
    assert {len(d.turns) for d in ALL.values()} <= {2, 3, 4, 5, 6}


def test_the_scripts_use_only_behaviors_and_classes_that_exist() -> None:
    turns = [t for d in ALL.values() for t in d.turns]
    assert {b for t in turns for b in t.behavior} <= set(Behavior)
    assert {c for t in turns for c in t.message_class} <= set(MessageClass)
