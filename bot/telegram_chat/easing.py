"""When more arrives than can be answered: whoever writes then is told so, and their message waits for its turn.

As CoDel does for the queues of a network, the *least* time that anything has waited in the last seconds decides: a
burst that is soon worked off, or one chat that floods, is no overload; a queue that never empties is. Nothing is thrown
away but what nobody could be answered any more. What is said names the numbers to call in danger: whose words tell of
danger is told before all others and whatever the limit, since the answer itself would come too late.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import Any

from bot.ledger import Notice, Update
from bot.telegram_chat.hearing import notice_of
from bot.telegram_chat.inbox import DOOR
from bot.telegram_chat.rendering import text_call
from bot.wording import telegram as say

AFTER = 8.0
"""Seconds of waiting that are too many."""
WINDOW = 2.0
FORGOTTEN = 3 * WINDOW
"""Seconds without any work after which the queue is not what it was."""
ANEW = 60
"""Seconds after which a chat may be told again."""
REMEMBERED = 20_000
SHARE = 0.25
"""Of what may be sent in a second: the rest is for the answers."""
TOO_LATE = 30.0
"""Seconds after which Telegram takes no answer to an inline query any more."""


class Easing:
    """`after`: seconds of waiting that are too many; `most`: how many may be told in a second; `clock`: seconds that
    only go forward; `cries`: whether words tell of danger, asked of all that arrives meanwhile."""

    def __init__(
        self,
        clock: Callable[[], float],
        after: float = AFTER,
        most: float = 7.5,
        cries: Callable[[str], bool] = lambda _words: False,
    ) -> None:
        self._clock, self._after, self._most, self._cries = clock, after, most, cries
        self._began = self._least = self._before = 0.0
        self._last = float("-inf")
        self._left, self._left_at = most, 0.0
        self._told: dict[str, float] = {}

    def begun(self, update: Update, at: dt.datetime) -> None:
        """Work on this one begins now."""
        now, waited = self._clock(), (at - update.at).total_seconds()
        if now - self._began >= WINDOW:
            self._before = self._least if now - self._began < FORGOTTEN else 0.0
            self._began, self._least = now, waited
        self._least = min(self._least, waited)
        self._last = now

    @property
    def busy(self) -> bool:
        """Even what waited least has waited too long."""
        if self._clock() - self._last >= FORGOTTEN:
            return False
        return min(self._before, self._least) > self._after

    def too_late(self, update: Update, at: dt.datetime) -> bool:
        """Nobody can be answered: a search as one types, whose moment is gone."""
        if (at - update.at).total_seconds() < TOO_LATE:
            return False
        return "inline_query" in _tree(update)

    def told(self, arrived: Sequence[Update]) -> list[Notice]:
        """What is to be said now to those whose messages have just come, once a minute in a chat, among all processes;
        nothing while there is no need."""
        if not self.busy:
            return []
        now = self._clock()
        if len(self._told) > REMEMBERED:
            self._told = {chat: at for chat, at in self._told.items() if now - at < ANEW}
        fresh = [u for u in arrived if u.chat.isdigit() and now - self._told.get(u.chat, -ANEW) >= ANEW]
        messages = [u for u in fresh if "message" in _tree(u)]
        crying = {u.chat: u for u in messages if self._cries(_words(u))}
        others = list({u.chat: u for u in messages if u.chat not in crying}.values())
        chosen = [*crying.values(), *others[: max(0, self._allowed() - len(crying))]]
        self._left -= len(chosen)
        self._told |= {u.chat: now for u in chosen}
        return [_notice(u) for u in chosen]

    def _allowed(self) -> int:
        now = self._clock()
        self._left = min(max(1.0, self._most), self._left + (now - self._left_at) * self._most)
        self._left_at = now
        return max(0, int(self._left))


def _tree(update: Update) -> dict[str, Any]:
    if not update.body.startswith("{"):  # erased in the meantime, or of an album
        return {}
    tree = json.loads(update.body)
    return tree if isinstance(tree, dict) else {}


def _words(update: Update) -> str:
    message = _tree(update).get("message")
    said = (message.get("text") or message.get("caption")) if isinstance(message, dict) else ""
    return said if isinstance(said, str) else ""


def _notice(update: Update) -> Notice:
    minute = int(update.at.timestamp() // ANEW)
    return notice_of(text_call(int(update.chat), say.BUSY), f"{DOOR}:busy:{update.chat}:{minute}", update.at)
