"""Keys for caches of what is made of large records."""

from __future__ import annotations

from typing import Any


class Same:
    """A key for caches: equal only by identity, so that a large record need not be hashed value by value."""

    __slots__ = ("it",)

    def __init__(self, it: Any) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.it is self.it
