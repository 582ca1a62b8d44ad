"""The officers' queue: which petitions, in which order, which page of them, and how many of each kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.ledger import Page, QueueFilter
from bot.petitions.codes import complete
from bot.petitions.petition import OPEN_STATES, Petition
from bot.store.codec import json_of, text_of
from bot.store.connection import among
from bot.store.search import matching, phrases
from bot.store.shelf import Shelf
from bot.store.tables import PETITIONS

# "12", "2026-000012": digits of a code, as somebody remembers them or a paper shows them.
_PART = re.compile(r"\s*(?:PA-?)?(\d[\d-]{1,10})\s*", re.IGNORECASE)
_CODE = re.compile(r"\s*PA-\d{4}-\d{6}(-[A-Z])?\s*", re.IGNORECASE)
_EQUAL = ("kind", "urgency", "field", "place", "unit", "assignee", "channel")
_GROUPS = frozenset({*_EQUAL, "state", "naming", "reason", "escalated", "rating"})
_SORTS = frozenset({*_GROUPS, "due", "filed_at", "answer_by", "answered_at", "closed_at", "code", "voices"})
_MAY_BE_ABSENT = frozenset({"answer_by", "answered_at", "closed_at"})

Condition = tuple[str, dict[str, Any]]


class Queue(Shelf):
    def find(self, wanted: QueueFilter) -> Page:
        where, values = self._where(wanted)
        total = self._number(f"select count(*) from petitions {where}", **values)
        # only the numbers are sorted, not the wide rows: far pages cost half as much
        return Page(tuple(self._petitions(self._page("id", wanted))), total)

    def codes(self, wanted: QueueFilter) -> Sequence[str]:
        return self._page("code", wanted)

    def _page(self, column: str, wanted: QueueFilter) -> list[Any]:
        where, values = self._where(wanted)
        page = f"select {column} from petitions {where} order by {_order(wanted.sort)} limit :limit offset :offset"
        return [row[0] for row in self._db.rows(page, values | {"limit": wanted.limit, "offset": wanted.offset})]

    def _petitions(self, ids: list[int]) -> Iterator[Petition]:
        listed, named = among("id", ids)
        rows = self._db.rows(f"select {PETITIONS.listed}, id from petitions where id in {listed}", named)
        found = {row[-1]: row for row in rows}
        return (PETITIONS.value(found[number]) for number in ids)

    def counts(self, wanted: QueueFilter, by: str) -> dict[str, int]:
        if by not in _GROUPS:
            raise ValueError(f"petitions are not counted by {by!r}")
        where, values = self._where(wanted)
        query = f'select "{by}", count(*) from petitions {where} group by "{by}" order by "{by}"'
        return {str(key): int(n) for key, n in self._db.rows(query, values)}

    def _where(self, wanted: QueueFilter) -> Condition:
        conditions = [*_plain(wanted), *_lists(wanted), *_times(wanted)]
        if wanted.words.strip():
            conditions.append(self._holding(wanted.words))
        values: dict[str, Any] = {}
        for _, named in conditions:
            values |= named
        return ("where " + " and ".join(c for c, _ in conditions) if conditions else ""), values

    def _holding(self, words: str) -> Condition:
        if _CODE.fullmatch(words):
            return "code = :words", {"words": complete(words) or words.strip().upper()}
        wanted = phrases(words)
        if not wanted:
            return "1 = 0", {}
        query, values = matching(wanted, self._db.dialect)
        if part := _PART.fullmatch(words):
            return f"(code like :part or id in ({query}))", values | {"part": f"%{part[1]}%"}
        return f"id in ({query})", values


def _plain(wanted: QueueFilter) -> list[Condition]:
    equal = {name: getattr(wanted, name) for name in _EQUAL}
    conditions: list[Condition] = [(f'"{n}" = :{n}', {n: str(v)}) for n, v in equal.items() if v]
    if wanted.unassigned:
        conditions.append(("assignee = ''", {}))
    if wanted.published is not None:
        conditions.append(("published = :published", {"published": int(wanted.published)}))
    return conditions


def _lists(wanted: QueueFilter) -> list[Condition]:
    conditions: list[Condition] = []
    for name, column, values in (
        ("state", "state", [s.value for s in wanted.states]),
        ("open", "state", sorted(s.value for s in OPEN_STATES) if wanted.open_only else []),
        ("units", "unit", list(wanted.units)),
    ):
        if values:
            listed, named = among(name, values)
            conditions.append((f"{column} in {listed}", named))
    for i, one in enumerate(wanted.not_about):
        # the whole name in its quotes, so that "an" is not found in "lan"
        conditions.append((f"replace(about, :about{i}, '') = about", {f"about{i}": json_of(one)}))
    return conditions


def _times(wanted: QueueFilter) -> list[Condition]:
    bounds = (
        ("filed_at >= :since", "since", wanted.since),
        ("filed_at < :until", "until", wanted.until),
        ("due < :overdue", "overdue", wanted.overdue_at),
    )
    return [(sql, {name: text_of(at)}) for sql, name, at in bounds if at]


def _order(sort: str) -> str:
    """By one column, "-" before it for the other way round; petitions that are alike there, by code."""
    column = sort.removeprefix("-")
    if column not in _SORTS:
        raise ValueError(f"petitions are not sorted by {sort!r}")
    way = " desc" if sort.startswith("-") else ""
    last = " nulls last" if column in _MAY_BE_ABSENT else ""
    return f'"{column}"{way}{last}, code{way}' if column != "code" else f"code{way}"
