"""What a page shows of a conversation that was held: bubbles of safe HTML, kept in memory for a while.

The words themselves never go to disk from here; after some hours, and in another process, only what the books keep of
a conversation is shown again.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.dialogue.message import Option

CONVERSATIONS, BUBBLES, KEPT_FOR = 2000, 40, 4 * 3600
YOU, US, NEWS = "ban", "minh", "tin"


@dataclass(frozen=True, slots=True)
class Link:
    address: str
    label: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """`news`: the notice that this tells, 0 where it tells none. `urgent`: something that cannot wait.
    `spoken`: the words as a voice reads them."""

    who: str
    html: Markup
    options: tuple[Option, ...] = ()
    sources: tuple[Markup, ...] = ()
    links: tuple[Link, ...] = ()
    news: int = 0
    urgent: bool = False
    spoken: str = ""


class Transcripts:
    """The last bubbles of the last conversations. Safe to call from many threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[float, tuple[Bubble, ...]]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, conversation: str, last: dt.datetime | None = None) -> tuple[Bubble, ...] | None:
        """`last`: when the books say that something was said last; what is kept from before that is not the whole."""
        with self._lock:
            at, bubbles = self._kept.get(conversation, (-1e9, ()))
        if at <= time.time() - KEPT_FOR or (last is not None and last.timestamp() > at):
            return None
        return bubbles

    def put(self, conversation: str, bubbles: Sequence[Bubble]) -> None:
        with self._lock:
            self._kept[conversation] = (time.time(), tuple(bubbles)[-BUBBLES:])
            self._kept.move_to_end(conversation)
            while len(self._kept) > CONVERSATIONS:
                self._kept.popitem(last=False)
