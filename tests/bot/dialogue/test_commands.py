"""Every command that help names is one that answers."""

from __future__ import annotations

import re

from bot.dialogue.commands import command_reply
from bot.dialogue.message import MessageClass
from bot.dialogue.session import Session
from bot.wording import citizens as say
from knowledge.library import Library


def test_each_command_that_help_names_is_known(library: Library) -> None:
    names = re.findall(r"^(/\w+) –", say.HELP, re.M)
    assert len(names) >= 12
    for name in names:
        _, reply = command_reply(name, Session(), library, "", MessageClass.UNCLEAR)
        assert reply.text and reply.text != say.NO_COMMAND, name
