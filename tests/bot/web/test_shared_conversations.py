"""A conversation whose requests come to several processes, or to one that was started anew: what the visitor sees."""

from __future__ import annotations

import re

from bot.web.talking import Said, Talk
from bot.web.transcripts import Transcripts
from tests.bot.web.conftest import Web
from tests.faults.citizens import STEPS

CODE = re.compile(r"PA-\d{4}-\d{6}-[A-Z]")


def talk(web: Web, name: str, memory: Transcripts) -> Talk:
    return Talk(web.house.desk, web.house.mail, memory, f"web:{name}", "/own")


def seen(talk: Talk) -> str:
    return " ".join(str(b.html) for b in talk.shown()[0])


def test_what_another_process_answered_in_the_meantime_is_seen_too(web: Web) -> None:
    here, there = talk(web, "shared1", Transcripts()), talk(web, "shared1", Transcripts())
    here.say(Said("làm giấy khai sinh cần gì"))
    there.say(Said("đăng ký kết hôn ở đâu"))
    assert "kết hôn" in seen(here) and "khai sinh" in seen(here)
    here.say(Said("xe cứu thương gọi số mấy"))
    assert "115" in seen(there) and seen(there).count("đăng ký kết hôn ở đâu") == 1


def step(talk: Talk) -> str:
    """What is pressed next to get the petition told; "" where nothing of it is offered."""
    offered = {o.label: o.id for o in talk.shown()[0][-1].options}
    return next((offered[label] for label in STEPS if label in offered), "")


def filed(talk: Talk) -> str:
    """Goes on by the buttons that are offered until a code is shown."""
    while pressed := step(talk):
        if shown := CODE.search(" ".join(str(b.html) for b in talk.say(Said(choice=pressed)))):
            return shown[0]
    raise AssertionError("not filed")


def test_who_lost_the_answer_still_sees_that_the_petition_was_filed(web: Web) -> None:
    first = talk(web, "shared2", Transcripts())
    first.say(Said("tôi muốn phản ánh: cống ở ngõ 12 tắc cả tháng nay"))
    code = filed(first)
    assert code in seen(talk(web, "shared2", Transcripts())), "the process that answered is gone"


def test_who_is_in_the_midst_of_telling_goes_on_in_another_process(web: Web) -> None:
    talk(web, "shared3", Transcripts()).say(Said("tôi muốn phản ánh: đèn ở ngõ 14 hỏng cả tháng nay"))
    again = talk(web, "shared3", Transcripts())
    assert "viết dở" in str(again.shown()[0][-1].html)
    assert filed(again)
