"""`python -m bot chat`: a person at a terminal, also over ssh. Options are numbered; type the number."""

from __future__ import annotations

import datetime as dt
import getpass

from rich.console import Console
from rich.text import Text

from bot.desk.desk import Desk
from bot.desk.mail import Mail
from bot.desk.notices import said
from bot.dialogue.message import Behavior, Message, Reply

COLOURS = {
    Behavior.EMERGENCY: "bold red",
    Behavior.CLARIFY: "yellow",
    Behavior.UNKNOWN: "yellow",
    Behavior.NOT_PUBLISHED: "yellow",
}


DOOR = "terminal"


def chat(desk: Desk, mail: Mail | None = None, console: Console | None = None) -> None:
    """Until Ctrl+D or Ctrl+C. What officers wrote meanwhile is shown before each question."""
    console = console or Console(highlight=False)
    conversation = f"{DOOR}:{getpass.getuser()}"
    show(console, desk.answer(conversation, Message("/start"), DOOR))
    while True:
        if mail is not None:
            show_news(console, mail)
        try:
            text = console.input("\n[bold cyan]Bạn:[/] ")
        except (EOFError, KeyboardInterrupt):
            console.print("\nTạm biệt, chúc bạn thuận lợi.")
            return
        if text.strip():
            show(console, desk.answer(conversation, Message(text), DOOR))


def show_news(console: Console, mail: Mail) -> None:
    """Notices for whoever sits here; those for other people of this machine wait for them."""
    now = dt.datetime.now(dt.UTC)
    for notice in mail.due(DOOR, now, limit=20):
        if notice.to == getpass.getuser():
            news = said(notice)
            show(console, Reply(Behavior.PETITION, news.text, options=news.options))
            mail.sent(notice, now)


def show(console: Console, reply: Reply) -> None:
    if reply.document:
        console.print(reply.document, markup=False)
    console.print(
        Text("Một Cửa: ", style="bold green"), Text(reply.text, style=COLOURS.get(reply.behavior, "")), sep=""
    )
    buttons = [o for o in reply.options if not o.id.startswith("fb:")]
    if buttons and not reply.text.count("\n1. "):
        line = "   ".join(f"{i}. {o.label}" for i, o in enumerate(buttons, 1))
        console.print(Text(line, style="dim"))
