"""Values of the ledger as rows: what a column holds of a field, and the value that a row makes again.

Both stores hold the same: moments as UTC text of one length (so that text order is time order), truths as 0 and 1,
tuples and mappings as JSON. So a value reads back equal whichever store kept it.
"""

from __future__ import annotations

import datetime as dt
import json
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Row = Sequence[Any]


def text_of(at: dt.datetime) -> str:
    """A moment as it is kept; one without a time zone is a mistake, since nobody could tell when it was."""
    if at.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {at.isoformat()}")
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def moment_of(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def json_of(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@lru_cache(maxsize=16384)
def _details(text: str) -> dict[str, str]:
    return dict(json.loads(text))


def details_of(text: str) -> dict[str, str]:
    """The details of an event; most say one of a few things, and each gets a dict of its own."""
    return dict(_details(text)) if text != "{}" else {}


def _tuples(value: Any) -> Any:
    return tuple(_tuples(v) for v in value) if isinstance(value, list) else value


Way = tuple[Callable[[Any], Any] | None, Callable[[Any], Any] | None]
_WAYS: Mapping[Any, Way] = {
    str: (None, None),
    int: (None, None),
    float: (float, None),
    bool: (int, bool),
    dt.datetime: (text_of, moment_of),
    dt.date: (dt.date.isoformat, dt.date.fromisoformat),
    tuple: (json_of, lambda text: _tuples(json.loads(text))),
    Mapping: (lambda value: json_of(dict(value)), details_of),
}


def _way(hint: Any) -> Way:
    """How a field of this type goes into a column, and back."""
    if get_origin(hint) in (types.UnionType, Union):
        (inner,) = (a for a in get_args(hint) if a is not type(None))
        there, back = _way(inner)
        return _unless_none(there), _unless_none(back)
    origin = get_origin(hint) or hint
    if origin is tuple and (way := _way_of_several(get_args(hint)[0])):
        return way
    if isinstance(origin, type) and issubclass(origin, StrEnum):
        return (lambda value: value.value), {e.value: e for e in origin}.__getitem__
    return _WAYS[origin]


def _way_of_several(kind: Any) -> Way | None:
    """A tuple of small values of our own, or of one of their names; None for a tuple of anything plainer."""
    if is_dataclass(kind) and isinstance(kind, type):
        return (lambda several: json_of([astuple(v) for v in several])), (
            lambda text: tuple(kind(*row) for row in json.loads(text))
        )
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return json_of, lambda text: tuple(kind(name) for name in json.loads(text))
    return None


def _unless_none(way: Callable[[Any], Any] | None) -> Callable[[Any], Any] | None:
    return (lambda value: None if value is None else way(value)) if way else None


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """How one kind of value lies in its table. `listed`: its columns, quoted, in the order of the fields."""

    table: str
    made: Callable[..., T]
    columns: tuple[str, ...]
    listed: str
    ways: tuple[Way, ...]

    def row(self, value: T) -> dict[str, Any]:
        pairs = zip(self.columns, self.ways, strict=True)
        return {c: there(getattr(value, c)) if there else getattr(value, c) for c, (there, _) in pairs}

    def value(self, row: Row) -> T:
        return self.made(*(back(v) if back else v for v, (_, back) in zip(row, self.ways, strict=False)))


def shape(table: str, made: type[T]) -> Shape[T]:
    hints = get_type_hints(made)
    columns = tuple(f.name for f in fields(made))  # type: ignore[arg-type]
    return Shape(table, made, columns, ", ".join(f'"{c}"' for c in columns), tuple(_way(hints[c]) for c in columns))
