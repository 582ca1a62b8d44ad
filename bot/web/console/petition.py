"""One petition: what was written, what happened, and every act that is legal now and no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.desk.attachments import sniffed
from bot.desk.desk import utc_now
from bot.desk.intake import BY_OFFICERS
from bot.desk.office import procedure_of
from bot.desk.rights import Action, may
from bot.desk.transaction import Conflict
from bot.ledger import Dossier, NotTheirs, Officer, Party, Role
from bot.petitions import publishing
from bot.petitions.petition import IllegalMove, Kind, Naming, Petition, Refusal, State, Urgency
from bot.petitions.visible import pieces, without_hidden
from bot.web.console.dues import due_of
from bot.web.console.entering import Unclear, places_known, procedure_in, procedures_offered
from bot.web.console.history import Names, condensed, history, why_of
from bot.web.console.queue import QUEUE, fields_known, refused_to
from bot.web.console.rounds import Row, back, chosen, number_in, shown, why
from bot.web.visiting import Visit
from bot.wording import console as say

ONE = f"{QUEUE}/{{code}}"
STORY = frozenset({"story", "where", "when", "location", "supplement"})
LONGEST = 10_000
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "audio/ogg": "ogg",
    "video/mp4": "mp4",
}


def petition(visit: Visit, who: Officer) -> Response:
    return _shown(visit, who)


def identity(visit: Visit, who: Officer) -> Response:
    """Behind a button that says what it does; each look is an event of the petition and stands in the audit."""
    return _shown(visit, who, visit.house.office.identity(who, _code(visit)))


def new_secret(visit: Visit, who: Officer) -> Response:
    """Read out or handed over once, so that whoever called can look the petition up on the web."""
    return _shown(visit, who, secret=visit.house.office.new_secret(who, _code(visit)))


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
    """What cannot be done leaves the officer on the petition, with what they had written."""
    form, office, code = visit.form, visit.house.office, _code(visit)
    to = chosen(State, form.get("sang", ""))
    if to is None:
        raise HTTPException(400)
    text, into = form.get("loi", "")[:LONGEST], form.get("vao", "").strip().upper()
    reason = chosen(Refusal, form.get("ly_do", ""))
    body = " ".join(form.get("noi_nhan", "").split())[:300]
    try:
        moved = office.move(who, code, to, text, reason.value if reason else "", body, into)
    except IllegalMove as bad:
        return _shown(visit, who, trouble=why(bad), status=409)
    except Conflict:
        return _shown(visit, who, trouble=say.CHANGED_MEANWHILE, status=409)
    return _back(visit, "da_chuyen_tu_bao" if moved.channel in BY_OFFICERS else "da_chuyen")


def assign(visit: Visit, who: Officer) -> Response:
    officer, unit = visit.form.get("nguoi", ""), visit.form.get("don_vi", "")
    try:
        changed = visit.house.office.assign(who, [_code(visit)], officer, unit) if officer or unit else 0
    except NotTheirs as bad:
        return _shown(visit, who, trouble=refused_to(visit, bad, ()).why, status=400)
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
    try:
        procedure = procedure_in(visit, form["thu_tuc"]) if "thu_tuc" in form else None
    except Unclear as bad:
        return _shown(visit, who, trouble=str(bad), status=400)
    given = (kind, form.get("linh_vuc"), form.get("noi"), urgency, about, procedure)
    office.reclassify(who, _code(visit), *given)
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


# --- how it is shown -------------------------------------------------------------------------------------------------


def _code(visit: Visit) -> str:
    return visit.path["code"]


def _back(visit: Visit, news: str) -> Response:
    return back(visit, f"{QUEUE}/{quote(_code(visit))}", news)


def _shown(
    visit: Visit,
    who: Officer,
    party: Party | None = None,
    template: str = "console/petition.html",
    secret: str = "",
    trouble: str = "",
    status: int = 200,
) -> Response:
    """`tried` in the template: the form that was not taken, so that nothing written is lost."""
    house = visit.house
    d = house.office.dossier(who, _code(visit))
    known, procedures = house.people.units(), house.desk.library().procedures
    called = {o.id: o.name for o in house.people.officers(None)}
    names = Names(called, {u.key: u.name for u in known}, {k: p.name for k, p in procedures.items()})
    told, ready = list(history(d, names)), house.office.canned(who)
    prefilled = number_in(visit.query.get("mau", ""), most=len(ready))
    about = procedure_of(d.events)
    return shown(
        visit,
        who,
        template,
        status,
        d=d,
        p=d.petition,
        party=party or d.party,
        revealed=party is not None,
        sealed=d.petition.naming is Naming.SEALED,
        may_know=_may_know(who, d.petition),
        due=due_of(d.petition, house.terms.clock, utc_now()),
        history=told[::-1],
        steps=condensed(told),
        parts=[(x, pieces(x.text)) for x in d.papers if x.role in STORY],
        holder=called.get(d.petition.assignee, d.petition.assignee),
        unit=names.units.get(d.petition.unit, d.petition.unit),
        why_ended=_why_ended(d.petition),
        received=next((e.details["received"] for e in d.events if "received" in e.details), ""),
        procedure=procedures.get(about),
        ours=d.petition.channel in BY_OFFICERS,
        units=[(u.key, u.name) for u in known if not u.into],
        unit_names=names.units,
        officers=[o for o in house.people.officers(who) if o.active],
        similar=house.office.excerpts(who, d.similar[:5]),
        fields=fields_known(visit),
        places=places_known(visit),
        procedures=procedures_offered(visit),
        kinds=tuple(Kind),
        refusals=tuple(Refusal),
        canned=ready,
        prefilled=ready[prefilled - 1][1] if prefilled else "",
        again=d.petition.state in (State.ANSWERED, State.CLOSED),
        takes=_may_take(who, d),
        secret=secret,
        trouble=trouble,
        tried=visit.form if trouble else {},
    )


def _why_ended(p: Petition) -> str:
    return why_of(p.state.value, {"reason": p.reason, "body": p.body, "into": p.into})


def _may_know(who: Officer, p: Petition) -> bool:
    """Whether the button that shows a sealed identity is theirs to press; the desk checks again."""
    return who.role is not Role.OFFICER or p.assignee == who.id


def _may_take(who: Officer, d: Dossier) -> bool:
    return bool(d.moves) and d.petition.open and (d.petition.assignee != who.id or d.petition.state is State.NEW)


ROWS = (
    Row(ONE, petition, Action.DOSSIER),
    Row(f"{ONE}/in", printed, Action.DOSSIER),
    Row(f"{ONE}/tep/{{digest}}", attachment, Action.DOSSIER),
    Row(f"{ONE}/danh-tinh", identity, Action.IDENTITY, "POST"),
    Row(f"{ONE}/ma-rieng", new_secret, Action.ENTER, "POST"),
    Row(f"{ONE}/nhan", take, Action.TAKE, "POST"),
    Row(f"{ONE}/chuyen", move, Action.MOVE, "POST"),
    Row(f"{ONE}/giao", assign, Action.ASSIGN, "POST"),
    Row(f"{ONE}/ghi-chu", note, Action.NOTE, "POST"),
    Row(f"{ONE}/phan-loai", reclassify, Action.RECLASSIFY, "POST"),
    Row(f"{ONE}/cong-khai", publication, Action.PUBLISH),
    Row(f"{ONE}/cong-khai", publish, Action.PUBLISH, "POST"),
    Row(f"{ONE}/thoi-cong-khai", unpublish, Action.PUBLISH, "POST"),
)
