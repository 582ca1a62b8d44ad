"""What is kept of a conversation: shown, not kept any more, erased after a second yes. The desk carries it out."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.message import Behavior, EraseData, Intent, Option, Reply, SetConsent, ShowData
from bot.dialogue.session import Session
from bot.wording import privacy as say

QUESTIONS = "hoi_dap"
"""The consent by which masked questions are kept."""
_SURE = (Option("data:erase", say.ERASE_YES), Option("data:keep", say.ERASE_NO))


def ask_erasing(session: Session) -> tuple[Session, Reply]:
    """Nothing is erased before a second yes."""
    return _said(session, say.ERASE_ASK, _SURE)


def show(session: Session) -> tuple[Session, Reply]:
    keep = Option("data:unquiet", say.QUIET_OFF) if session.quiet else Option("data:quiet", say.QUIET_ON)
    return _said(session, say.MY_DATA, (keep, Option("data:ask", say.ERASE)), ShowData())


def pressed(wish: str, session: Session) -> tuple[Session, Reply] | None:
    """A button of these replies; None for one that never was."""
    if wish == "erase":
        return Session(place=session.place), Reply(Behavior.CHITCHAT, say.ERASED, intents=(EraseData(),))
    if wish == "ask":
        return ask_erasing(session)
    if wish == "keep":
        return _said(session, say.ERASED_NOT)
    if wish in ("quiet", "unquiet"):
        quiet = wish == "quiet"
        text = say.QUIETED if quiet else say.UNQUIETED
        return _said(replace(session, quiet=quiet), text, (), SetConsent(QUESTIONS, not quiet))
    return None


def _said(
    session: Session, text: str, options: tuple[Option, ...] = (), intent: Intent | None = None
) -> tuple[Session, Reply]:
    intents = (intent,) if intent else ()
    return replace(session, options=options, clarified=False), Reply(
        Behavior.CHITCHAT, text, options=options, intents=intents
    )
