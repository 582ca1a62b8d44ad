"""Dataclasses as JSON: written, described as JSON Schema, and checked when they come in."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import types
import typing
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar

from bot.wording import web as say
from knowledge.parsing import Problem, build
from knowledge.records import ReadingDay

T = TypeVar("T")
Schema = dict[str, Any]
_SCALARS: Mapping[Any, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    dt.date: {"type": "string", "format": "date"},
    dt.datetime: {"type": "string", "format": "date-time"},
    ReadingDay: {"type": "string", "pattern": r"^\d{4}-\d{2}(-\d{2})?$"},
}


def as_tree(value: Any) -> Any:
    """What json.dumps takes; every field is there, also an empty one."""
    if isinstance(value, ReadingDay):
        return value.text
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_tree(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): as_tree(v) for k, v in value.items()}
    return [as_tree(v) for v in value] if isinstance(value, tuple | list) else value


def checked(cls: type[T], tree: Any) -> tuple[T | None, list[str]]:
    """The value, or None and all that is wrong, in words for a programmer."""
    problems: list[Problem] = []
    faults = list(_mistyped(cls, tree))
    value = build(cls, tree, problems) if not faults else None
    faults += [f"{'.'.join(map(str, p.path)) or '(thân)'}: {p.what}; {p.remedy}" for p in problems]
    if value is not None:
        faults += _out_of_bounds(value)
    return (None if faults else value), faults


def _mistyped(cls: type, tree: Any) -> typing.Iterator[str]:
    """YAML's reader takes "5" for 5 and null for nothing; an API says what it means."""
    if not isinstance(tree, dict):
        yield say.API_OBJECT
        return
    hints = typing.get_type_hints(cls)
    for name, value in tree.items():
        wanted = hints.get(str(name))
        if wanted in (str, bool) and type(value) is not wanted:
            yield say.API_TYPE.format(name=name, kind=_SCALARS[wanted]["type"])
        elif isinstance(value, str) and any(0xD800 <= ord(c) <= 0xDFFF or c == "\0" for c in value):
            yield say.API_LETTERS.format(name=name)


def _out_of_bounds(value: Any) -> list[str]:
    faults = []
    for one in dataclasses.fields(value):
        schema, held = one.metadata.get("schema", {}), getattr(value, one.name)
        if "enum" in schema and held not in schema["enum"]:
            faults.append(say.API_ENUM.format(name=one.name, values=", ".join(map(repr, schema["enum"]))))
        if len(str(held)) > schema.get("maxLength", 1 << 30):
            faults.append(say.API_LONG.format(name=one.name, most=schema["maxLength"]))
        if "pattern" in schema and not re.search(schema["pattern"], held):
            faults.append(say.API_PATTERN.format(name=one.name, pattern=schema["pattern"]))
    return faults


def schema_of(hint: Any, named: dict[str, Schema]) -> Schema:
    """The JSON Schema of a type; dataclasses go into `named` and are referred to."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        (inner,) = (a for a in arguments if a is not type(None))
        return {"anyOf": [schema_of(inner, named), {"type": "null"}]}
    if origin is tuple or origin is Sequence:
        return {"type": "array", "items": schema_of(arguments[0], named)}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": schema_of(arguments[1], named)}
    if hint in _SCALARS:
        return dict(_SCALARS[hint])
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"type": "string", "enum": [member.value for member in hint]}
    return _object(hint, named)


def _object(cls: Any, named: dict[str, Schema]) -> Schema:
    if cls.__name__ not in named:
        named[cls.__name__] = {}  # before its fields: a type may hold its own kind
        hints = typing.get_type_hints(cls)
        fields = dataclasses.fields(cls)
        properties = {f.name: schema_of(hints[f.name], named) | f.metadata.get("schema", {}) for f in fields}
        named[cls.__name__] = {
            "type": "object",
            "description": " ".join((cls.__doc__ or "").split()),
            "properties": properties,
            "additionalProperties": False,
        }
    return {"$ref": f"#/components/schemas/{cls.__name__}"}


def required_of(cls: Any) -> list[str]:
    """The fields that a request must hold."""
    missing = dataclasses.MISSING
    return [f.name for f in dataclasses.fields(cls) if f.default is missing and f.default_factory is missing]
