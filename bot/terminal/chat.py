"""`python -m bot chat`: a person at a terminal, also over ssh. Options are numbered; type the number."""

from __future__ import annotations

import getpass

from rich.console import Console
from rich.text import Text

from bot.desk.desk import Desk
from bot.dialogue.message import Behavior, Message, Reply

COLOURS = {
    Behavior.EMERGENCY: "bold red",
    Behavior.CLARIFY: "yellow",
    Behavior.UNKNOWN: "yellow",
    Behavior.NOT_PUBLISHED: "yellow",
}


def chat(desk: Desk, console: Console | None = None) -> None:
    """Until Ctrl+D or Ctrl+C."""
    console = console or Console(highlight=False)
    conversation = f"terminal:{getpass.getuser()}"
    show(console, desk.answer(conversation, Message("/start"), "terminal"))
    while True:
        try:
            text = console.input("\n[bold cyan]Bạn:[/] ")
        except (EOFError, KeyboardInterrupt):
            console.print("\nTạm biệt, chúc bạn thuận lợi.")
            return
        if text.strip():
            show(console, desk.answer(conversation, Message(text), "terminal"))


def show(console: Console, reply: Reply) -> None:
    console.print(
        Text("Một Cửa: ", style="bold green"), Text(reply.text, style=COLOURS.get(reply.behavior, "")), sep=""
    )
    buttons = [o for o in reply.options if not o.id.startswith("fb:")]
    if buttons and not reply.text.count("\n1. "):
        line = "   ".join(f"{i}. {o.label}" for i, o in enumerate(buttons, 1))
        console.print(Text(line, style="dim"))
