"""The API's document (OpenAPI 3.1), written from the same table that routes the requests."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.web.json_shapes import Schema, required_of, schema_of
from bot.web.visiting import Page
from bot.wording import web as say

VERSION = "1.0.0"


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    description: str
    schema: Schema


@dataclass(frozen=True, slots=True)
class Operation:
    """One row of the API's table: what it gives, and what it takes (a dataclass; None for a GET)."""

    name: str
    summary: str
    gives: type
    takes: type | None = None
    query: tuple[Parameter, ...] = ()
    success: int = 200
    headers: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """RFC 9457. `detail` is in plain words and may be shown."""

    type: str
    title: str
    status: int
    detail: str


def document(table: Sequence[Page], server: str) -> dict[str, Any]:
    named: dict[str, Schema] = {}
    paths: dict[str, dict[str, Any]] = {}
    for page in table:
        paths.setdefault(page.path, {})[page.method.lower()] = _operation(page, page.doc, named)
    schema_of(Problem, named)
    for name, schema in named.items():
        schema.setdefault("required", list(schema["properties"]) if name not in _taken(table) else [])
    for taken in {p.doc.takes for p in table if p.doc.takes}:
        named[taken.__name__]["required"] = required_of(taken)
    return {
        "openapi": "3.1.0",
        "info": {"title": say.API_TITLE, "version": VERSION, "description": say.API_ABOUT},
        "servers": [{"url": server or "/"}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": named,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": say.API_KEY}},
        },
    }


def _taken(table: Sequence[Page]) -> set[str]:
    return {p.doc.takes.__name__ for p in table if p.doc.takes}


def _operation(page: Page, doc: Operation, named: dict[str, Schema]) -> dict[str, Any]:
    inside = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", page.path)
    ]
    given = [("query", p) for p in doc.query] + [("header", p) for p in doc.headers]
    more = [dataclasses.asdict(p) | {"in": where, "required": False} for where, p in given]
    made: dict[str, Any] = {
        "operationId": doc.name,
        "summary": doc.summary,
        "parameters": [*inside, *more],
        "responses": {
            str(doc.success): {"description": say.API_OK, "content": _content(doc.gives, named)},
            **{str(status): _failure(words) for status, words in _failures(doc, bool(inside)).items()},
        },
    }
    if doc.takes:
        made["requestBody"] = {"required": True, "content": _content(doc.takes, named)}
    return made


def _failures(doc: Operation, named: bool) -> dict[int, str]:
    found = {401: say.API_NO_KEY[0], 429: say.ERRORS[429][0], 503: say.ERRORS[503][0]}
    if doc.takes or doc.query:
        found[422] = say.API_UNFIT
    if doc.takes:
        found |= {400: say.BAD_FORM[0], 413: say.ERRORS[413][0]}
    if named or doc.name == "track":
        found[404] = say.API_NOTHING[0]
    return dict(sorted(found.items()))


def _content(cls: type, named: dict[str, Schema]) -> dict[str, Any]:
    return {"application/json": {"schema": schema_of(cls, named)}}


def _failure(words: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": words, "content": content}
