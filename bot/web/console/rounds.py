"""How a page of the console is reached: by whom, under which rule; and what is shown where something was refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from bot.desk import rights
from bot.desk.desk import utc_now
from bot.desk.rights import Action
from bot.desk.transaction import Conflict
from bot.ledger import NotAllowed, NotFound, Officer
from bot.petitions.clock import VIETNAM
from bot.petitions.petition import IllegalMove
from bot.petitions.visible import pieces
from bot.web.security import Limit
from bot.web.visiting import Body, Page, Ticket, Visit
from bot.wording import console as say
from bot.wording import office as say_office

ROOT = "/quan-tri"
SIGN_IN = f"{ROOT}/vao"
RESET = f"{ROOT}/dat-lai"
OFFICER = Ticket("motcua_canbo", ROOT, "lax", 12 * 3600)
WORK = Limit("console", 300, 10.0)
E = TypeVar("E", bound=StrEnum)
Round = Callable[[Visit, Officer], Response]


@dataclass(frozen=True, slots=True)
class Row:
    """A page for officers. `rule`: what one must be allowed to do; None: everyone who is signed in. `asks_itself`: a
    page that a script asks for again and again, which keeps nobody signed in."""

    path: str
    handle: Round
    rule: Action | None
    method: str = "GET"
    asks_itself: bool = False


def page_of(row: Row) -> Page:
    body = Body.FORM if row.method == "POST" else Body.NONE
    return Page(row.path, _guarded(row), row.method, body, OFFICER, (WORK,))


def _guarded(row: Row) -> Callable[[Visit], Response]:
    def answered(visit: Visit) -> Response:
        who = visit.house.sessions.whoever(visit.ticket, not row.asks_itself)
        if who is None:
            return _to_sign_in(visit)
        try:
            if row.rule is not None:
                rights.check(who, row.rule)
            return row.handle(visit, who)
        except NotAllowed:
            return refused(visit, who, 403)
        except NotFound:
            return refused(visit, who, 404)
        except IllegalMove as bad:
            return refused(visit, who, 409, why(bad))
        except Conflict:
            return refused(visit, who, 409, say.CHANGED_MEANWHILE)
        except HTTPException as bad:
            return refused(visit, who, bad.status_code)

    return answered


def _to_sign_in(visit: Visit) -> Response:
    if visit.wants_json:
        return JSONResponse({"signed_in": False}, 401)
    if visit.request.method != "GET":
        return visit.redirect(f"{SIGN_IN}?bao=het")
    asked = visit.request.url.path + (f"?{visit.request.url.query}" if visit.request.url.query else "")
    return visit.redirect(f"{SIGN_IN}?bao=het&toi={quote(asked, safe='')}")


def why(bad: IllegalMove) -> str:
    """Why a petition cannot go there, in words."""
    if bad.to.value == "gop":
        return say.MERGE_FAILED
    missing = bad.why.removesuffix(" is missing")
    if missing in say.NEEDED:
        return say.NEEDED[missing]
    at, to = say_office.STATES[bad.at.value], say_office.STATES[bad.to.value]
    return say_office.ILLEGAL_MOVE.format(code=bad.code, at=at, to=to)


def refused(visit: Visit, who: Officer, status: int, because: str = "") -> Response:
    title, text = say.FAILURES[status]
    if visit.wants_json:
        return JSONResponse({"title": title, "text": because or text}, status)
    return shown(visit, who, "console/refused.html", status, title=title, text=because or text)


def shown(visit: Visit, who: Officer, template: str, status: int = 200, **values: Any) -> Response:
    """A page of the console, with its menu and the counts of what waits."""
    counts = visit.house.office.counts(who) if rights.may(who.role, Action.QUEUE) else {}
    return visit.page(template, status, **frame(who), counts=counts, **values)


def frame(who: Officer | None) -> Mapping[str, Any]:
    """What every template of the console finds: its words, who looks, what they may do."""
    allowed = {a.value for a in Action if who is not None and rights.may(who.role, a)}
    return {"c": say, "o": say_office, "who": who, "may": allowed, "now": utc_now(), "pieces": pieces}


def back(visit: Visit, address: str, news: str = "") -> Response:
    """To a page of the console, with a word of what was done."""
    joined = "&" if "?" in address else "?"
    return visit.redirect(f"{address}{joined}bao={news}" if news else address)


def chosen(kind: type[E], text: str) -> E | None:
    """One of an enumeration, None for nothing; anything else is no form of ours."""
    try:
        return kind(text) if text else None
    except ValueError as bad:
        raise HTTPException(400) from bad


def day_in(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def start_of(day: dt.date | None) -> dt.datetime | None:
    """Its first moment in Vietnam."""
    return dt.datetime.combine(day, dt.time(), VIETNAM) if day else None


def number_in(text: str, least: int = 0, most: int = 10_000_000) -> int:
    return min(max(int(text), least), most) if text.isdecimal() and len(text) < 10 else least


def today() -> dt.date:
    return utc_now().astimezone(VIETNAM).date()
