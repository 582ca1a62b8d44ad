"""What a deep link (t.me/bot?start=…) points at: a procedure, a petition, a way to begin. Pure but for the desk."""

from __future__ import annotations

import re

from bot.desk.desk import Desk

STARTS = {
    **{"gopy": "f:begin", "hoi": "/start"},
    **{c: f"/{c}" for c in ("linhvuc", "duongday", "dichvu", "kehoach", "tracuu", "dulieucuatoi", "xoadulieu")},
}


def choice_of(desk: Desk, payload: str) -> str:
    """A choice ("p:khai_sinh") or a command ("/tracuu PA-…"); /start where the payload means nothing any more.

    `tt_1-001193` is a procedure's code, `tt_khai_sinh` its key; `pa_PA-2026-000123-K` a petition.
    """
    kind, _, rest = payload.partition("_")
    if kind == "tt" and (key := _procedure(desk, rest)):
        return f"p:{key}"
    if kind == "pa" and re.fullmatch(r"PA-\d{4}-\d{6}-[A-Z]", rest):
        return f"/tracuu {rest}"
    return STARTS.get(payload, "/start")


def _procedure(desk: Desk, name: str) -> str:
    library = desk.library()
    if name in library.procedures:
        return name
    code = name.replace("-", ".", 1)
    return next((p.key for p in library.procedures.values() if p.code == code), "")
