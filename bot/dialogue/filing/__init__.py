"""A petition in the dialogue: written step by step, read back, filed on a yes; and followed afterwards."""

from bot.dialogue.filing.asking import Filed
from bot.dialogue.filing.filling import with_files
from bot.dialogue.filing.following import offer, own, pressed, track
from bot.dialogue.filing.meanings import NAMELESS, SEALED
from bot.dialogue.filing.stories import LONGEST
from bot.dialogue.filing.writing import (
    Alike,
    asks,
    at_once,
    begin,
    compare,
    given,
    go_on,
    is_telling,
    leave,
    wants_away,
    without_draft,
)

__all__ = [
    "LONGEST",
    "NAMELESS",
    "SEALED",
    "Alike",
    "Filed",
    "asks",
    "at_once",
    "begin",
    "compare",
    "given",
    "go_on",
    "is_telling",
    "leave",
    "offer",
    "own",
    "pressed",
    "track",
    "wants_away",
    "with_files",
    "without_draft",
]
