"""One petition: what was written, what happened, and every act that is legal now and no other."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.desk.attachments import Unfit, sniffed
from bot.desk.desk import utc_now
from bot.desk.notices import day_of
from bot.desk.rights import Action, may
from bot.ledger import Dossier, Filing, Officer, Party, Role
from bot.petitions import publishing
from bot.petitions.petition import Channel, Event, Happening, Kind, Naming, Petition, Refusal, State, Urgency
from bot.petitions.triage import Found, triage
from bot.petitions.visible import pieces, without_hidden
from bot.web.console.dues import due_of
from bot.web.console.queue import QUEUE, fields_known
from bot.web.console.rounds import ROOT, Row, back, chosen, number_in, shown, today
from bot.web.visiting import Visit
from bot.wording import console as say
from bot.wording import filing as say_filing
from bot.wording import office as say_office

ONE = f"{QUEUE}/{{code}}"
ENTER = f"{ROOT}/nhap"
CANNED = f"{ROOT}/cau-mau"
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "audio/ogg": "ogg",
    "video/mp4": "mp4",
}
LONGEST = 10_000
OUR_CHANNELS = (Channel.PHONE, Channel.PAPER, Channel.WALK_IN)


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the history: who did what, and the words that belong to it."""

    event: Event
    by: str
    text: str
    words: str = ""
    role: str = ""


def petition(visit: Visit, who: Officer) -> Response:
    return _shown(visit, who)


def identity(visit: Visit, who: Officer) -> Response:
    """Behind a button that says what it does; each look is an event of the petition and stands in the audit."""
    return _shown(visit, who, visit.house.office.identity(who, _code(visit)))


def printed(visit: Visit, who: Officer) -> Response:
    return _shown(visit, who, template="console/printed.html")


def attachment(visit: Visit, who: Officer) -> Response:
    """Its kind is told by its bytes. Only pictures open in the browser, and nothing inside one may run."""
    digest = visit.path["digest"]
    data = visit.house.office.attachment(who, _code(visit), digest)
    kind = sniffed(data) or "application/octet-stream"
    name = f"tep-{digest[:8]}.{ENDINGS.get(kind, 'bin')}"
    way = "inline" if kind in PICTURES else "attachment"
    headers = {
        "Content-Disposition": f'{way}; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "Cache-Control": "private, no-store",
    }
    return Response(data, media_type=kind, headers=headers)


# --- acts ------------------------------------------------------------------------------------------------------------


def take(visit: Visit, who: Officer) -> Response:
    visit.house.office.take(who, _code(visit))
    return _back(visit, "da_nhan")


def move(visit: Visit, who: Officer) -> Response:
    form = visit.form
    to = chosen(State, form.get("sang", ""))
    if to is None:
        raise HTTPException(400)
    text, into = form.get("loi", "")[:LONGEST], form.get("vao", "").strip().upper()
    reason = chosen(Refusal, form.get("ly_do", ""))
    body = " ".join(form.get("noi_nhan", "").split())[:300]
    visit.house.office.move(who, _code(visit), to, text, reason.value if reason else "", body, into)
    return _back(visit, "da_chuyen")


def assign(visit: Visit, who: Officer) -> Response:
    officer, unit = visit.form.get("nguoi", ""), visit.form.get("don_vi", "")
    changed = visit.house.office.assign(who, [_code(visit)], officer, unit) if officer or unit else 0
    if not visit.house.office.sees(who, _code(visit)):  # it went where this person sees no more
        return back(visit, QUEUE, "da_giao")
    return _back(visit, "da_giao" if changed else "khong_doi")


def note(visit: Visit, who: Officer) -> Response:
    visit.house.office.note(who, _code(visit), visit.form.get("loi", "")[:LONGEST])
    return _back(visit, "da_ghi")


def reclassify(visit: Visit, who: Officer) -> Response:
    form, office = visit.form, visit.house.office
    about = visit.lists.get("ve_ai", ()) if "doi_ve_ai" in form and may(who.role, Action.NAME_ABOUT) else None
    kind, urgency = chosen(Kind, form.get("loai", "")), chosen(Urgency, form.get("khan", ""))
    office.reclassify(who, _code(visit), kind, form.get("linh_vuc"), form.get("noi"), urgency, about)
    if not office.sees(who, _code(visit)):  # it turned out to be about who handles it
        return back(visit, QUEUE, "da_phan_loai")
    return _back(visit, "da_phan_loai")


# --- making an answer public -----------------------------------------------------------------------------------------


def publication(visit: Visit, who: Officer) -> Response:
    d = visit.house.office.dossier(who, _code(visit))
    papers = {paper.role: paper.text for paper in d.papers}
    contact = d.party.contact if d.party else ""
    story, answer = without_hidden(papers.get("story", "")), papers.get("answer", "")
    made = publishing.draft(story, answer, contact)
    question = papers.get("public_question") or made.question
    answer = papers.get("public_answer") or made.answer
    return _publication(visit, who, d.petition, question, answer, made.doubts)


def publish(visit: Visit, who: Officer) -> Response:
    question, answer = visit.form.get("hoi", "").strip()[:LONGEST], visit.form.get("dap", "").strip()[:LONGEST]
    doubts = (*publishing.doubts(question), *publishing.doubts(answer))
    if not question or not answer or (doubts and "chac" not in visit.form):
        d = visit.house.office.dossier(who, _code(visit))
        return _publication(visit, who, d.petition, question, answer, doubts)
    visit.house.office.publish(who, _code(visit), question, answer)
    return _back(visit, "da_cong_khai")


def unpublish(visit: Visit, who: Officer) -> Response:
    visit.house.office.unpublish(who, _code(visit))
    return _back(visit, "thoi_cong_khai")


def _publication(
    visit: Visit, who: Officer, p: Petition, question: str, answer: str, doubts: Sequence[str]
) -> Response:
    values: dict[str, Any] = {"p": p, "question": question, "answer": answer, "doubts": tuple(dict.fromkeys(doubts))}
    return shown(visit, who, "console/publication.html", **values)


# --- entering one ----------------------------------------------------------------------------------------------------


def entry(visit: Visit, who: Officer) -> Response:
    return _entry(visit, who)


def enter(visit: Visit, who: Officer) -> Response:
    form = visit.form
    channel, kind = chosen(Channel, form.get("kenh", "")), chosen(Kind, form.get("loai", ""))
    text = form.get("noi_dung", "").strip()[:LONGEST]
    if channel not in OUR_CHANNELS or kind is None:
        raise HTTPException(400)
    if not text:
        return _entry(visit, who, say.NEEDED["paper"])
    handling = triage(text, Found(kind.value), today()).handling.value
    if handling in say.NOT_A_PETITION and "van_ghi" not in form:
        return _entry(visit, who, say.NOT_A_PETITION[handling], sure=True)
    drawer = f"nhap:{who.id}:{secrets.token_hex(8)}"
    try:
        digests = [visit.house.desk.keep_attachment(drawer, f.data, f.name).digest for f in visit.files]
    except Unfit as bad:
        return _entry(visit, who, say_filing.UNFIT[bad.reason])
    filing = Filing(
        kind,
        channel,
        text,
        form.get("o_dau", "").strip()[:500],
        form.get("khi_nao", "").strip()[:200],
        form.get("lien_he", "").strip()[:300],
        chosen(Naming, form.get("ten", "")) or Naming.OPEN,
        drawer,
        chosen(Urgency, form.get("khan", "")) or Urgency.NORMAL,
        form.get("linh_vuc", ""),
        "",
        form.get("don_vi", ""),
        attachments=tuple(digests),
    )
    code = visit.house.office.enter(who, filing)
    return back(visit, f"{QUEUE}/{code}", "da_nhap")


def _entry(visit: Visit, who: Officer, trouble: str = "", sure: bool = False) -> Response:
    units = [u for u in visit.house.people.units() if not u.into]
    values: dict[str, Any] = {
        "units": units,
        "fields": fields_known(visit),
        "kinds": tuple(Kind),
        "channels": OUR_CHANNELS,
    }
    status = 400 if trouble else 200
    return shown(visit, who, "console/entry.html", status, trouble=trouble, sure=sure, given=visit.form, **values)


# --- ready replies ---------------------------------------------------------------------------------------------------


def canned(visit: Visit, who: Officer) -> Response:
    return shown(visit, who, "console/canned.html", canned=visit.house.office.canned(who))


def set_canned(visit: Visit, who: Officer) -> Response:
    """One of them changed, added (one beyond the last) or, with an empty text, taken out."""
    replies = list(visit.house.office.canned(who))
    at = number_in(visit.form.get("so", ""), most=len(replies))
    title, text = visit.form.get("ten", "").strip()[:120], visit.form.get("loi", "").strip()[:LONGEST]
    replies[at : at + 1] = [(title or text[:40], text)] if text else []
    visit.house.office.set_canned(who, replies)
    return back(visit, CANNED, "da_mau")


# --- how it is shown -------------------------------------------------------------------------------------------------


def _code(visit: Visit) -> str:
    return visit.path["code"]


def _back(visit: Visit, news: str) -> Response:
    return back(visit, f"{QUEUE}/{quote(_code(visit))}", news)


def _shown(visit: Visit, who: Officer, party: Party | None = None, template: str = "console/petition.html") -> Response:
    house = visit.house
    d = house.office.dossier(who, _code(visit))
    known = house.people.units()
    units = {u.key: u.name for u in known}
    ready = house.office.canned(who)
    prefilled = number_in(visit.query.get("mau", ""), most=len(ready))
    return shown(
        visit,
        who,
        template,
        d=d,
        p=d.petition,
        party=party or d.party,
        revealed=party is not None,
        sealed=d.petition.naming is Naming.SEALED,
        may_know=_may_know(who, d.petition),
        due=due_of(d.petition, house.terms.clock, utc_now()),
        history=list(_history(d, units)),
        parts=[(x, pieces(x.text)) for x in d.papers if x.role in ("story", "where", "when", "location", "supplement")],
        holder=d.extra.get(d.petition.assignee, d.petition.assignee),
        unit=units.get(d.petition.unit, d.petition.unit),
        units=[(u.key, u.name) for u in known if not u.into],
        officers=[o for o in house.people.officers(who) if o.active],
        similar=house.office.excerpts(who, d.similar[:5]),
        fields=fields_known(visit),
        kinds=tuple(Kind),
        refusals=tuple(Refusal),
        canned=ready,
        prefilled=ready[prefilled - 1][1] if prefilled else "",
        again=d.petition.state in (State.ANSWERED, State.CLOSED),
        takes=_may_take(who, d),
    )


def _may_know(who: Officer, p: Petition) -> bool:
    """Whether the button that shows a sealed identity is theirs to press; the desk checks again."""
    return who.role is not Role.OFFICER or p.assignee == who.id


def _may_take(who: Officer, d: Dossier) -> bool:
    return bool(d.moves) and d.petition.open and (d.petition.assignee != who.id or d.petition.state is State.NEW)


def _history(d: Dossier, units: dict[str, str]) -> Iterator[Moment]:
    """The newest first."""
    papers = {str(x.id): x for x in d.papers}
    for event in reversed(d.events):
        paper = papers.get(event.details.get("paper", ""))
        by = say_office.ACTORS.get(event.by) or d.extra.get(event.by, event.by)
        told = _told(event, d, units)
        yield Moment(event, by, told, paper.text if paper else "", paper.role if paper else "")


def _told(event: Event, d: Dossier, units: dict[str, str]) -> str:
    """What happened, in plain words."""
    given = event.details
    if event.kind is Happening.FILED:
        return say.FILED.format(channel=say_office.CHANNELS[given["channel"]])
    if event.kind is Happening.MOVED:
        return say.MOVED_TO.format(state=say_office.STATES[given["to"]])
    if event.kind is Happening.ASSIGNED:
        return _handed(given.get("officer", ""), given.get("unit", ""), d, units)
    if event.kind is Happening.RECLASSIFIED:
        named = (f"{say.FACETS[k]}: {_facet(k, v)}" for k, v in given.items() if k in say.FACETS)
        return say.RECLASSIFIED.format(what="; ".join(named))
    if event.kind is Happening.RATED:
        return say.RATED.format(stars=given.get("rating", "?"))
    if event.kind is Happening.DEADLINES_SET and given.get("answer_by"):
        return say.DEADLINE_SET.format(day=day_of(given["answer_by"]))
    if event.kind is Happening.PUBLISHED and given.get("published") == "0":
        return say.UNPUBLISHED
    name = say_office.HAPPENINGS[event.kind.value]
    return name[:1].upper() + name[1:]


def _handed(officer: str, unit: str, d: Dossier, units: dict[str, str]) -> str:
    parts = [say.ASSIGNED_TO.format(name=d.extra.get(officer, officer))] if officer else []
    parts += [say.ASSIGNED_UNIT.format(unit=units.get(unit, unit))] if unit else []
    return ", ".join(parts) or say.UNASSIGNED


def _facet(name: str, value: str) -> str:
    words = {"kind": say_office.KINDS, "urgency": say_office.URGENCIES}.get(name, {})
    return words.get(value, value) or "–"


ROWS = (
    Row(ENTER, entry, Action.ENTER),
    Row(ENTER, enter, Action.ENTER, "POST"),
    Row(CANNED, canned, Action.CANNED),
    Row(CANNED, set_canned, Action.WRITE_CANNED, "POST"),
    Row(ONE, petition, Action.DOSSIER),
    Row(f"{ONE}/in", printed, Action.DOSSIER),
    Row(f"{ONE}/tep/{{digest}}", attachment, Action.DOSSIER),
    Row(f"{ONE}/danh-tinh", identity, Action.IDENTITY, "POST"),
    Row(f"{ONE}/nhan", take, Action.TAKE, "POST"),
    Row(f"{ONE}/chuyen", move, Action.MOVE, "POST"),
    Row(f"{ONE}/giao", assign, Action.ASSIGN, "POST"),
    Row(f"{ONE}/ghi-chu", note, Action.NOTE, "POST"),
    Row(f"{ONE}/phan-loai", reclassify, Action.RECLASSIFY, "POST"),
    Row(f"{ONE}/cong-khai", publication, Action.PUBLISH),
    Row(f"{ONE}/cong-khai", publish, Action.PUBLISH, "POST"),
    Row(f"{ONE}/thoi-cong-khai", unpublish, Action.PUBLISH, "POST"),
)
