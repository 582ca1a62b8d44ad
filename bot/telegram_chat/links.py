"""What a deep link (t.me/bot?start=…) points at: a procedure, a petition, a way to begin. Pure but for the desk."""

from __future__ import annotations

import re

from bot.desk.desk import Desk
from bot.dialogue.subscribing import follow_option
from bot.outreach import links
from bot.outreach.links import Start
from knowledge.vietnamese import fold

STARTS = {
    **{"gopy": "f:begin", "hoi": "/start"},
    **{c: f"/{c}" for c in ("linhvuc", "duongday", "dichvu", "kehoach", "tracuu", "theodoi")},
    **{c: f"/{c}" for c in ("dulieucuatoi", "xoadulieu")},
}


def choice_of(desk: Desk, payload: str) -> str:
    """A choice ("p:khai_sinh") or a command ("/tracuu PA-…"); /start where the payload means nothing any more.

    `tt_1-001193` is a procedure's code, `tt_khai_sinh` its key, `lv_ho-tich` a field,
    `td_ho-tich` the wish to follow it; `pa_PA-2026-000123-K` a petition.
    """
    kind, _, rest = payload.partition("_")
    if kind == "tt" and (key := _procedure(desk, rest)):
        return f"p:{key}"
    if kind == "lv" and (field := links.field_of(desk.library(), payload)):
        return f"field:{fold(field)}"[:60]
    if kind == "td" and (field := links.field_of(desk.library(), f"lv_{rest}")):
        return follow_option(field).id
    if kind == "pa" and re.fullmatch(r"PA-\d{4}-\d{6}-[A-Z]", rest):
        return f"/tracuu {rest}"
    return STARTS.get(payload, "/start")


def start_of(desk: Desk, payload: str) -> Start:
    """What a printed code points at, and the number of the poster. A record whose own name ends like a number is
    itself first."""
    kind, _, rest = payload.partition("_")
    return Start(payload) if kind == "tt" and _procedure(desk, rest) else links.read(payload)


def _procedure(desk: Desk, name: str) -> str:
    library = desk.library()
    if name in library.procedures:
        return name
    code = name.replace("-", ".", 1)
    return next((p.key for p in library.procedures.values() if p.code == code), "")
