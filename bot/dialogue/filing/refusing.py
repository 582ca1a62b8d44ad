"""What is never filed, and where it goes instead; and praise, which is kept as feedback."""

from __future__ import annotations

import datetime as dt
import re

from bot.dialogue.filing.asking import Filed, buttons
from bot.dialogue.filing.stories import LONGEST, tidy
from bot.dialogue.message import Behavior, LogFeedback, MessageClass
from bot.petitions.privacy import mask
from bot.petitions.triage import Found, Handling, triage
from bot.wording import filing as say
from knowledge.vietnamese import fold

LAWS_OF_THEIR_OWN = (MessageClass.COMPLAINT, MessageClass.DENUNCIATION)


def turned_away(text: str, kind: MessageClass | None) -> Filed | None:
    """What is never filed, and where it goes. `kind` None: the words are no story (a place, a name)."""
    said = kind.value if kind else ""
    # a robbery only told sounds like a denunciation; it is one where the citizen says so
    told = kind is MessageClass.DENUNCIATION and not _ACCUSES.search(fold(text))
    own_law = said if kind in LAWS_OF_THEIR_OWN and not told else ""
    handling = triage(text, Found(said, declared=own_law), _NO_DAY).handling
    if handling is Handling.CRIME and not told and (kind is None or _ANNOUNCES.search(fold(text))):
        return None
    said_of_it = _SAID.get(handling)
    return Filed(None, said_of_it[0], buttons(*said_of_it[1]), Behavior.REDIRECT) if said_of_it else None


_SAID = {
    Handling.SECRET: (say.SECRET, ()),
    Handling.OTHERS_DATA: (say.OTHERS_DATA, ("f:begin",)),
    Handling.COMPLAINT: (say.COMPLAINT, ("p:khieu_nai", "p:tiep_cong_dan")),
    Handling.DENUNCIATION: (say.DENUNCIATION, ("p:to_cao", "p:tiep_cong_dan")),
    Handling.CRIME: (say.CRIME, ("p:to_cao", "f:begin")),
}
_ACCUSES = re.compile(r"\b(?:to cao|to giac|khoi to)\b")
_ANNOUNCES = re.compile(r"\b(?:phan anh|gop y|kien nghi)\b")
# What is turned away does not depend on the day; only urgency does.
_NO_DAY = dt.date.min


_OFFICERS = re.compile(
    r"\b(?:can bo|cong an|mot cua|uy ban|ubnd|phuong|xa|trung tam|to cong nghe|nhan vien|tiep nhan|bo phan|ho tich|"
    r"dia chinh|tu phap|lanh dao|chu tich|co quan|cong chuc|bac si|truong thon|to truong)\b"
)


def praise(text: str, authority: str) -> Filed:
    """Thanks to an officer are kept as feedback; thanks to the assistant are answered."""
    if not _OFFICERS.search(fold(text)):
        return Filed(None, say.WELCOME, (), Behavior.CHITCHAT)
    thanks = say.PRAISE_FOR.format(authority=authority) if authority else say.PRAISE
    return Filed(
        None, thanks, (), Behavior.CHITCHAT, (LogFeedback(True, words=mask(tidy(text, LONGEST)), kind="praise"),)
    )
