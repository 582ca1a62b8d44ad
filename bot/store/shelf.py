"""What every book does: add a value, read values back, in the shape of their table."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeVar

from bot.store.codec import Shape
from bot.store.connection import Connection

T = TypeVar("T")


class Shelf:
    """`where` is SQL that follows the table's name; its values are named."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    @property
    def connection(self) -> Connection:
        return self._db

    def _all(self, shape: Shape[T], where: str, **values: Any) -> list[T]:
        return [shape.value(row) for row in self._db.rows(f"select {shape.listed} from {shape.table} {where}", values)]

    def _each(self, shape: Shape[T], where: str, **values: Any) -> Iterator[T]:
        rows = self._db.stream(f"select {shape.listed} from {shape.table} {where}", values)
        return map(shape.value, rows)

    def _one(self, shape: Shape[T], where: str, **values: Any) -> T | None:
        found = self._all(shape, where, **values)
        return found[0] if found else None

    def _add(self, shape: Shape[T], value: T, ending: str = "", **more: Any) -> int:
        """How many rows came; `ending` says what becomes of a row that is there already."""
        row = shape.row(value) | more
        return self._db.run(insert(shape.table, tuple(row), ending), row)

    def _numbered(self, shape: Shape[T], value: T, **more: Any) -> int:
        """The number that the store gave it."""
        row = shape.row(value) | more
        row.pop("id", None)
        return int(self._db.rows(insert(shape.table, tuple(row), "returning id"), row)[0][0])

    def _put(self, shape: Shape[T], value: T, key: str, **more: Any) -> None:
        """In place of what stood under this key."""
        row = shape.row(value) | more
        self._db.run(insert(shape.table, tuple(row), replacing(key, tuple(row))), row)

    def _number(self, query: str, **values: Any) -> int:
        rows = self._db.rows(query, values)
        return int(rows[0][0] or 0) if rows else 0


@lru_cache(maxsize=256)
def insert(table: str, columns: tuple[str, ...], ending: str = "") -> str:
    named = ", ".join(f'"{c}"' for c in columns)
    return f"insert into {table} ({named}) values ({', '.join(':' + c for c in columns)}) {ending}"


@lru_cache(maxsize=64)
def replacing(key: str, columns: tuple[str, ...]) -> str:
    changes = ", ".join(f'"{c}" = excluded."{c}"' for c in columns if c != key)
    return f'on conflict ("{key}") do update set {changes}'
