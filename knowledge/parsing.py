"""A plain tree (from YAML or JSON) becomes a frozen record, or the complete list of what is wrong with it.

Strict: an unknown key is a fault that names the nearest known key; every fault says what to do. Scalars may be strings
(YAML is read without guessing types, so "1.001193" never turns into a number) or JSON's own types.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeVar

from rapidfuzz import process

from knowledge.records import ReadingDay

Path = tuple[str | int, ...]
T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at `path` inside a tree."""

    path: Path
    value: str
    what: str
    remedy: str


class _Wrong(Exception):
    def __init__(self, what: str, remedy: str) -> None:
        self.what, self.remedy = what, remedy


def build(cls: type[T], tree: object, problems: list[Problem], path: Path = ()) -> T | None:
    """The record of class `cls` that `tree` describes; on any problem None, with all problems appended."""
    before = len(problems)
    hint: Any = cls
    try:
        return typing.cast(T, _reader(hint)(tree))
    except (_Wrong, KeyError, TypeError, ValueError):
        pass  # something is wrong: the slower way tells what and where
    value = _converter(hint)(tree, problems, path)
    return typing.cast(T, value) if len(problems) == before else None


Converter = Callable[[object, list[Problem], Path], Any]
Reader = Callable[[Any], Any]


@functools.cache
def _reader(hint: Any) -> Reader:
    """What _converter makes of a faultless tree, in half the time; raises where anything may be wrong."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _reader(next(a for a in arguments if a is not type(None)))
    if origin is tuple:
        item = _reader(arguments[0])
        return lambda tree: tuple(map(item, _of(list, tree)))
    if origin is Mapping:
        value = _reader(arguments[1])
        return lambda tree: {str(k): value(v) for k, v in _of(dict, tree).items()}
    if dataclasses.is_dataclass(hint) and hint is not ReadingDay:
        return _record_reader(typing.cast(type, hint))
    if hint is str:
        return str.strip
    return _SCALARS.get(hint) or {m.value: m for m in hint}.__getitem__


def _record_reader(cls: type) -> Reader:
    hints, readers = typing.get_type_hints(cls), dict[str, Reader]()
    shorthand = getattr(cls, "SHORTHAND", None)

    def read(tree: Any) -> Any:
        if not readers:
            readers.update({f.name: _reader(hints[f.name]) for f in dataclasses.fields(cls)})
        if shorthand and type(tree) is str:
            return cls(**{shorthand: readers[shorthand](tree)})
        return cls(**{name: readers[name](item) for name, item in _of(dict, tree).items() if item is not None})

    return read


def _of(cls: type[T], tree: object) -> T:
    if type(tree) is not cls:
        raise TypeError
    return tree


@functools.cache
def _converter(hint: Any) -> Converter:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _converter(next(a for a in arguments if a is not type(None)))
    if origin is tuple:
        return _sequence(_converter(arguments[0]))
    if origin is Mapping:
        return _mapping(_converter(arguments[1]))
    if dataclasses.is_dataclass(hint) and hint is not ReadingDay:
        return _record(typing.cast(type, hint))
    return _scalar(hint)


def _record(cls: type) -> Converter:
    hints = typing.get_type_hints(cls)
    fields = {f.name: f for f in dataclasses.fields(cls)}
    required = {
        n for n, f in fields.items() if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    }
    converters: dict[str, Converter] = {}
    shorthand = getattr(cls, "SHORTHAND", None)

    def convert(tree: object, problems: list[Problem], path: Path) -> Any:
        if shorthand and isinstance(tree, str):
            tree = {shorthand: tree}
        if not isinstance(tree, Mapping):
            problems.append(
                Problem(path, _show(tree), f"{cls.__name__} phải là một khối gồm các mục", "xem docs/content.md")
            )
            return None
        if not converters:
            converters.update({n: _converter(hints[n]) for n in fields})
        values = {}
        for name, item in tree.items():
            if name not in fields:
                problems.append(
                    Problem((*path, str(name)), _show(item), f"không có mục “{name}”", _nearest(str(name), fields))
                )
            elif item is not None:
                values[name] = converters[name](item, problems, (*path, name))
        missing = required - values.keys()
        problems += [Problem((*path, n), "", f"thiếu mục “{n}”", f"thêm “{n}: …”") for n in sorted(missing)]
        if missing or any(v is None for v in values.values()):
            return None
        return cls(**values)

    return convert


def _sequence(item: Converter) -> Converter:
    def convert(tree: object, problems: list[Problem], path: Path) -> Any:
        if not isinstance(tree, list | tuple):
            problems.append(
                Problem(path, _show(tree), "phải là một danh sách", "viết mỗi ý một dòng, bắt đầu bằng “- ”")
            )
            return None
        values = tuple(item(x, problems, (*path, i)) for i, x in enumerate(tree))
        return None if any(v is None for v in values) else values

    return convert


def _mapping(item: Converter) -> Converter:
    def convert(tree: object, problems: list[Problem], path: Path) -> Any:
        if not isinstance(tree, Mapping):
            problems.append(Problem(path, _show(tree), "phải là các cặp “mục: giá trị”", "viết mỗi cặp một dòng"))
            return None
        values = {str(k): item(v, problems, (*path, str(k))) for k, v in tree.items()}
        return None if any(v is None for v in values.values()) else values

    return convert


def _scalar(hint: Any) -> Converter:
    read = _SCALARS.get(hint) or functools.partial(_enumeration, hint)

    def convert(tree: object, problems: list[Problem], path: Path) -> Any:
        try:
            return read(tree)
        except _Wrong as wrong:
            problems.append(Problem(path, _show(tree), wrong.what, wrong.remedy))
            return None

    return convert


def _text(tree: object) -> str:
    if not isinstance(tree, str):
        raise _Wrong("phải là chữ", "đặt giá trị trong dấu nháy")
    return tree.strip()


def _integer(tree: object) -> int:
    try:
        return int(str(tree))
    except ValueError:
        raise _Wrong("phải là số nguyên", "viết chữ số, ví dụ 3") from None


def _boolean(tree: object) -> bool:
    if str(tree).lower() not in ("true", "false"):
        raise _Wrong("phải là true hoặc false", "viết true hoặc false")
    return str(tree).lower() == "true"


def _date(tree: object) -> dt.date:
    try:
        return dt.date.fromisoformat(str(tree))
    except ValueError:
        raise _Wrong("không phải ngày có thật", "viết năm-tháng-ngày, ví dụ 2026-07-01") from None


def _reading_day(tree: object) -> ReadingDay:
    try:
        return ReadingDay(str(tree))
    except ValueError:
        raise _Wrong("không phải ngày đọc nguồn", "viết 2026-07-21 hoặc 2026-07") from None


def _enumeration(hint: type[Enum], tree: object) -> Enum:
    try:
        return hint(str(tree))
    except ValueError:
        raise _Wrong("giá trị lạ", "chọn một trong: " + ", ".join(str(m.value) for m in hint)) from None


_SCALARS: dict[Any, Callable[[object], Any]] = {
    str: _text,
    int: _integer,
    bool: _boolean,
    dt.date: _date,
    ReadingDay: _reading_day,
}


def _nearest(name: str, known: Mapping[str, object]) -> str:
    best = process.extractOne(name, list(known), score_cutoff=50)
    return f"có phải “{best[0]}”?" if best else "các mục có: " + ", ".join(known)


def _show(tree: object) -> str:
    text = str(tree)
    return text if len(text) <= 60 else text[:57] + "…"
