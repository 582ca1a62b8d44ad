"""More arrives than can be answered: who is told so, when, how often, and what is left out."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import replace

from bot.dialogue.urgent import cries
from bot.ledger import Update
from bot.telegram_chat.easing import ANEW, Easing
from bot.wording import telegram as say
from knowledge.library import Library

NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at

    @property
    def now(self) -> dt.datetime:
        return NOW + dt.timedelta(seconds=self.at - 1000)


def update(clock: Clock, chat: str = "1", waited: float = 0.0, kind: str = "message") -> Update:
    return Update("telegram", "1", chat, json.dumps({kind: {}}), clock.now - dt.timedelta(seconds=waited))


def worked(easing: Easing, clock: Clock, waits: list[float], every: float = 0.1) -> None:
    for wait in waits:
        clock.at += every
        easing.begun(update(clock, waited=wait), clock.now)


def overloaded(most: float = 100.0, cries: Callable[[str], bool] = lambda _: False) -> tuple[Easing, Clock]:
    clock = Clock()
    easing = Easing(clock, after=8, most=most, cries=cries)
    worked(easing, clock, [9.0] * 50)
    assert easing.busy
    return easing, clock


def test_a_queue_that_never_empties_is_too_much_and_a_burst_is_not() -> None:
    clock = Clock()
    easing = Easing(clock, after=8)
    worked(easing, clock, [9.0] * 10)
    assert not easing.busy, "one second of it may be a burst, or what a restart found"
    worked(easing, clock, [9.0] * 40)
    assert easing.busy


def test_one_chat_that_floods_is_no_overload() -> None:
    clock = Clock()
    easing = Easing(clock, after=8)
    worked(easing, clock, [60.0, 60.0, 0.2, 60.0, 60.0] * 20)
    assert not easing.busy


def test_it_is_over_when_one_is_answered_in_time_or_nobody_writes() -> None:
    easing, clock = overloaded()
    worked(easing, clock, [0.3])
    assert not easing.busy
    easing, clock = overloaded()
    clock.at += 10
    assert not easing.busy


def test_each_chat_is_told_at_most_once_a_minute() -> None:
    easing, clock = overloaded()
    assert [n.to for n in easing.told([update(clock, "1"), update(clock, "2"), update(clock, "1")])] == ["1", "2"]
    assert not easing.told([update(clock, "1")])
    for _ in range(int(ANEW)):
        worked(easing, clock, [9.0], 1.0)
    (again,) = easing.told([update(clock, "1")])
    assert json.loads(again.body)["fields"]["text"] == say.BUSY and again.kind == "reply"


def test_only_who_writes_privately_is_told_and_never_more_than_may_be_sent() -> None:
    easing, clock = overloaded(most=3)
    arrived = [
        update(clock, "-100"),
        update(clock, "7", kind="callback_query"),
        update(clock, "8", kind="inline_query"),
    ]
    assert not easing.told(arrived)
    assert len(easing.told([update(clock, str(n)) for n in range(50)])) == 3
    assert not easing.told([update(clock, str(n)) for n in range(50, 100)])


def said(clock: Clock, chat: str, text: str, kind: str = "text") -> Update:
    return replace(update(clock, chat), body=json.dumps({"message": {kind: text}}))


def test_whose_words_tell_of_danger_is_told_at_once_and_whatever_the_limit(library: Library) -> None:
    easing, clock = overloaded(2, lambda words: cries(words, library))
    crowd = [said(clock, str(n), "làm giấy khai sinh cần giấy tờ gì") for n in range(20)]
    assert len(easing.told(crowd)) == 2
    alarmed = [
        said(clock, "31", "cháy nhà rồi cứu với"),
        said(clock, "31", "alo"),
        said(clock, "32", "mẹ em đột quỵ rồi", "caption"),
        said(clock, "33", "có trộm đang vào nhà em"),
    ]
    calm = [said(clock, str(n), "phòng cháy chữa cháy cần giấy tờ gì") for n in range(40, 60)]
    assert [n.to for n in easing.told([*calm, *alarmed])] == ["31", "32", "33"]
    assert not easing.told(alarmed), "a minute has not passed"


def test_danger_changes_nothing_while_there_is_no_need(library: Library) -> None:
    clock = Clock()
    easing = Easing(clock, after=8, cries=lambda words: cries(words, library))
    worked(easing, clock, [1.0] * 50)
    assert not easing.told([said(clock, "1", "cháy nhà rồi cứu với")])


def test_nobody_is_told_anything_while_there_is_no_need() -> None:
    clock = Clock()
    easing = Easing(clock, after=8)
    worked(easing, clock, [1.0] * 50)
    assert not easing.told([update(clock)])


def test_a_search_whose_moment_is_gone_is_left_out_and_a_message_never() -> None:
    clock = Clock()
    easing = Easing(clock)
    assert easing.too_late(update(clock, waited=40, kind="inline_query"), clock.now)
    assert not easing.too_late(update(clock, waited=5, kind="inline_query"), clock.now)
    assert not easing.too_late(update(clock, waited=4000), clock.now)


def test_the_emergency_numbers_it_names_are_those_of_the_records(library: Library) -> None:
    known = {c.number for c in library.contacts.values() if c.emergency}
    named = set(re.findall(r"\b\d{3}\b", say.BUSY))
    assert named == {"113", "114", "115"} and named <= known
