"""The API for other systems: the same desk, as JSON, with a key. What each row of the table takes and gives is told by
its dataclasses; requests are checked against them, and the document of the API is written from them."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import JSONResponse, Response

from bot.desk.keys import Key
from bot.desk.repeating import OtherBody, Request
from bot.desk.submissions import Story, TurnedAway
from bot.dialogue.message import Mention, Message, Option
from bot.petitions.petition import Channel
from bot.web.failures import problem
from bot.web.json_shapes import as_tree, checked
from bot.web.openapi import Operation, Parameter, document
from bot.web.security import Limit
from bot.web.visiting import Body, Page, TooOften, Visit
from bot.wording import web as say
from knowledge.library import Library
from knowledge.records import Contact, Plan, Procedure, Service
from knowledge.vietnamese import fold

BASE = "/api/v1"
MOST = 100
DOOR = Channel.API.value
REPEATABLE = "Idempotency-Key"
_NAMED = re.compile(r"[!-~]{1,255}")


# --- what is taken and given -----------------------------------------------------------------------------------------


def _text(longest: int, **more: Any) -> Any:
    return field(default="", metadata={"schema": {"maxLength": longest, **more}})


@dataclass(frozen=True, slots=True)
class Question:
    """A message of a citizen: words, or the id of an option that was offered. Turns of one `conversation` share their
    memory; without one, a new conversation begins."""

    text: str = _text(4000)
    choice: str = _text(64)
    conversation: str = _text(64, pattern=r"^[A-Za-z0-9_.-]*$")


@dataclass(frozen=True, slots=True)
class Answer:
    """`behavior` tells what kind of answer this is; `text` is to be shown as it stands, its source line included."""

    conversation: str
    behavior: str
    text: str
    records: tuple[Mention, ...]
    options: tuple[Option, ...]
    sources: tuple[str, ...]
    message_class: str
    urgent: bool
    score: float


@dataclass(frozen=True, slots=True)
class Row:
    """A procedure in a list."""

    key: str
    code: str
    name: str
    field: str


@dataclass(frozen=True, slots=True)
class Procedures:
    total: int
    offset: int
    items: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    key: str
    name: str
    issuer: str
    place: str
    year: int


@dataclass(frozen=True, slots=True)
class Plans:
    items: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class Contacts:
    items: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Services:
    items: tuple[Service, ...]


KINDS = ("phan_anh_hanh_vi", "phan_anh_quy_dinh", "kien_nghi", "khong_ro")
NAMINGS = ("", "giau_ten", "khong_neu_ten")


@dataclass(frozen=True, slots=True)
class NewPetition:
    """`naming`: giau_ten (sealed: only who handles it may look) or khong_neu_ten (nameless: no contact is kept).
    `consent`: its sender agreed that the authority keeps and uses this to handle it; without it nothing is taken."""

    consent: bool
    text: str = _text(4000)
    kind: str = field(default="khong_ro", metadata={"schema": {"enum": list(KINDS)}})
    where: str = _text(500)
    when: str = _text(200)
    contact: str = _text(500)
    naming: str = field(default="", metadata={"schema": {"enum": list(NAMINGS)}})


@dataclass(frozen=True, slots=True)
class Receipt:
    """The `secret` is told this once: its sender needs it to look the petition up."""

    code: str
    secret: str
    state: str
    accept_by: dt.datetime | None
    answer_by: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Lookup:
    code: str = _text(40)
    secret: str = _text(40)


@dataclass(frozen=True, slots=True)
class Step:
    at: dt.datetime
    state: str


@dataclass(frozen=True, slots=True)
class Standing:
    """`text`: the same in words for the citizen."""

    code: str
    state: str
    text: str
    filed_at: dt.datetime
    answer_by: dt.datetime | None
    answer: str
    question: str
    steps: tuple[Step, ...]


# --- handlers --------------------------------------------------------------------------------------------------------

Keyed = Callable[[Visit, Key], Response]


def keyed(handle: Keyed) -> Callable[[Visit], Response]:
    """Only with a key, and no oftener than it allows."""

    def guarded(visit: Visit) -> Response:
        token = _token(visit)
        key = visit.house.keys.of(token) if token else None
        if key is None:
            response = problem(401, *say.API_NO_KEY)
            response.headers["WWW-Authenticate"] = "Bearer"
            return response
        limit = Limit(f"key:{key.name}", max(1, round(key.per_second * 2)), key.per_second)
        if wait := visit.site.limits.wait(limit, key.name):
            raise TooOften(wait)
        return handle(visit, key)

    return guarded


def _token(visit: Visit) -> str:
    scheme, _, token = visit.request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def ask(visit: Visit, key: Key) -> Response:
    question, faults = checked(Question, visit.json)
    if question is None:
        return _unfit(faults)
    if not (question.text.strip() or question.choice):
        return _unfit([say.API_EMPTY])
    name = question.conversation or secrets.token_hex(12)
    message = Message("" if question.choice else question.text, question.choice)
    reply = visit.house.desk.answer(f"{DOOR}:{key.name}/{name}", message, DOOR)
    return _given(
        Answer(
            name,
            reply.behavior.value,
            reply.text,
            reply.records,
            reply.options,
            reply.sources,
            reply.message_class.value,
            reply.urgent,
            round(reply.score, 4),
        )
    )


def procedures(visit: Visit, _key: Key) -> Response:
    """Those of a field, or those that a few words find."""
    library = visit.house.desk.library()
    offset, limit = _number(visit, "offset", 0, 100_000), _number(visit, "limit", 20, MOST)
    if offset is None or not limit:
        return _unfit([say.API_NUMBER])
    found = _wanted(visit, library, visit.query.get("q", "").strip()[:200], visit.query.get("field", ""))
    rows = tuple(Row(p.key, p.code, p.name, p.field) for p in found[offset : offset + limit])
    return _given(Procedures(len(found), offset, rows))


def _wanted(visit: Visit, library: Library, words: str, wanted: str) -> list[Procedure]:
    if words:
        hits = visit.house.desk.search(words, MOST)
        found = [library.procedures[h.id] for h in hits if h.kind == "procedure"]
    else:
        found = sorted(library.procedures.values(), key=lambda p: (fold(p.field), fold(p.name)))
    return [p for p in found if not wanted or fold(p.field) == fold(wanted)]


def procedure(visit: Visit, _key: Key) -> Response:
    found = visit.house.desk.library().procedure(visit.path["name"])
    return _given(found) if found else _nothing()


def plans(visit: Visit, _key: Key) -> Response:
    known = visit.house.desk.library().plans.values()
    return _given(Plans(tuple(PlanRow(p.key, p.name, p.issuer, p.place, p.year) for p in known)))


def plan(visit: Visit, _key: Key) -> Response:
    found = visit.house.desk.library().plans.get(visit.path["key"])
    return _given(found) if found else _nothing()


def contacts(visit: Visit, _key: Key) -> Response:
    return _given(Contacts(tuple(visit.house.desk.library().contacts.values())))


def services(visit: Visit, _key: Key) -> Response:
    return _given(Services(tuple(visit.house.desk.library().services.values())))


def file(visit: Visit, _key: Key) -> Response:
    new, faults = checked(NewPetition, visit.json)
    if new is None:
        return _unfit(faults)
    if not new.consent:
        return _unfit([say.API_CONSENT])
    named = visit.request.headers.get(REPEATABLE)
    if named is not None and not _NAMED.fullmatch(named):
        return _unfit([say.API_REQUEST_NAME])
    story = Story(new.text, new.kind, new.where, new.when, new.contact, new.naming)
    request = Request(_token(visit), named, as_tree(new)) if named else None
    try:
        received = visit.house.submissions.submit(story, Channel.API, request)
    except TurnedAway as away:
        return problem(422, say.API_TURNED_AWAY, away.why)
    except OtherBody:
        return problem(422, *say.API_OTHER_BODY)
    p = received.petition
    return _given(Receipt(p.code, received.secret, p.state.value, p.accept_by, p.answer_by), 201)


def track(visit: Visit, _key: Key) -> Response:
    wanted, faults = checked(Lookup, visit.json)
    if wanted is None:
        return _unfit(faults)
    found = visit.house.submissions.track(wanted.code, wanted.secret)
    if found is None:
        return _nothing()
    told, text = found
    p = told.petition
    steps = tuple(Step(at, state.value) for at, state in told.steps)
    return _given(Standing(p.code, p.state.value, text, p.filed_at, p.answer_by, told.answer, told.question, steps))


def openapi(visit: Visit) -> Response:
    return JSONResponse(document([page for page in PAGES if page.doc], visit.settings.public_url))


def _given(value: Any, status: int = 200) -> Response:
    return JSONResponse(as_tree(value), status, {"Cache-Control": "no-store"})


def _unfit(faults: list[str]) -> Response:
    return problem(422, say.API_UNFIT, "\n".join(faults))


def _nothing() -> Response:
    return problem(404, *say.API_NOTHING)


def _number(visit: Visit, name: str, default: int, most: int) -> int | None:
    """None where it is no number in its bounds."""
    text = visit.query.get(name, "")
    if not text:
        return default
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 and int(text) <= most else None


# --- the table -------------------------------------------------------------------------------------------------------

_PAGING = (
    Parameter("offset", "Bỏ qua bao nhiêu mục đầu", {"type": "integer", "minimum": 0, "maximum": 100_000}),
    Parameter("limit", "Lấy nhiều nhất bao nhiêu mục", {"type": "integer", "minimum": 1, "maximum": MOST}),
)
_WORDS = Parameter("q", "Vài chữ để tìm, có dấu hay không dấu", {"type": "string", "maxLength": 200})
_REPEATABLE = Parameter(
    REPEATABLE, say.API_REPEATABLE, {"type": "string", "pattern": f"^{_NAMED.pattern}$", "maxLength": 255}
)
_FIELD = Parameter("field", "Tên lĩnh vực", {"type": "string", "maxLength": 100})


def _page(path: str, handle: Keyed, doc: Operation) -> Page:
    body = Body.JSON if doc.takes else Body.NONE
    return Page(BASE + path, keyed(handle), "POST" if doc.takes else "GET", body, limits=(), doc=doc)


PAGES: tuple[Page, ...] = (
    Page(f"{BASE}/openapi.json", openapi, cache=300),
    _page("/ask", ask, Operation("ask", "Hỏi như một người dân hỏi", Answer, Question)),
    _page(
        "/procedures",
        procedures,
        Operation("procedures", "Danh sách thủ tục", Procedures, query=(_WORDS, _FIELD, *_PAGING)),
    ),
    _page("/procedures/{name}", procedure, Operation("procedure", "Một thủ tục, theo mã hoặc khóa", Procedure)),
    _page("/plans", plans, Operation("plans", "Danh sách kế hoạch", Plans)),
    _page("/plans/{key}", plan, Operation("plan", "Một kế hoạch với các nhiệm vụ", Plan)),
    _page("/contacts", contacts, Operation("contacts", "Đường dây nóng", Contacts)),
    _page("/services", services, Operation("services", "Dịch vụ công trực tuyến", Services)),
    _page(
        "/petitions",
        file,
        Operation("file", "Gửi một phản ánh, kiến nghị", Receipt, NewPetition, success=201, headers=(_REPEATABLE,)),
    ),
    _page("/petitions/track", track, Operation("track", "Xem một phiếu đã tới đâu", Standing, Lookup)),
)
