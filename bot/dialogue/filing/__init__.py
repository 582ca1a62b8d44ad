"""A petition in the dialogue: written step by step, read back, filed on a yes; and followed afterwards."""

from bot.dialogue.filing.asking import Filed
from bot.dialogue.filing.filling import with_files
from bot.dialogue.filing.following import offer, own, pressed, track
from bot.dialogue.filing.meanings import HEARD, NAMELESS, SEALED, announces, meant
from bot.dialogue.filing.stories import LONGEST, is_place, is_time
from bot.dialogue.filing.writing import (
    Alike,
    asks,
    at_once,
    begin,
    compare,
    given,
    go_on,
    hear,
    is_telling,
    leave,
    wants_away,
    without_draft,
)

__all__ = [
    "HEARD",
    "LONGEST",
    "NAMELESS",
    "SEALED",
    "Alike",
    "Filed",
    "announces",
    "asks",
    "at_once",
    "begin",
    "compare",
    "given",
    "go_on",
    "hear",
    "is_place",
    "is_telling",
    "is_time",
    "leave",
    "meant",
    "offer",
    "own",
    "pressed",
    "track",
    "wants_away",
    "with_files",
    "without_draft",
]
