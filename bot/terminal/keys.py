"""The commands by which whoever sits at the machine makes and takes the API's keys."""

from __future__ import annotations

import sys

from bot.desk.keys import Keys, NameTaken
from bot.desk.notices import day_of
from bot.wording import office as say


def add(keys: Keys, name: str, per_second: float) -> int:
    try:
        token = keys.add(name, per_second)
    except NameTaken:
        print(say.KEY_TAKEN.format(name=name), file=sys.stderr)
        return 1
    print(say.KEY_MADE.format(name=name))
    print(token)
    return 0


def remove(keys: Keys, name: str) -> int:
    if not keys.remove(name):
        print(say.KEY_UNKNOWN.format(name=name), file=sys.stderr)
        return 1
    print(say.KEY_REMOVED.format(name=name))
    return 0


def show(keys: Keys) -> int:
    found = keys.all()
    for key in found:
        print(say.KEY_LINE.format(name=key.name, day=day_of(key.made_at), per_second=f"{key.per_second:g}"))
    if not found:
        print(say.KEYS_NONE)
    return 0
