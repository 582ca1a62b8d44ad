"""What goes out to many: broadcasts, the weekly digest, posters; written, looked at, sent, stopped, counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from bot.desk import issues
from bot.desk.desk import utc_now
from bot.desk.mailings import BadMailing
from bot.desk.posting import FORMATS, INKS, KINDS, NAMED, Unprintable
from bot.desk.rights import Action
from bot.ledger import NotFound, Officer
from bot.outreach.digest import Issue, Section
from bot.outreach.mailing import Kind, Mailing, Poster
from bot.petitions.clock import VIETNAM
from bot.web.console.publishing import places_of
from bot.web.console.rounds import ROOT, Row, back, day_in, number_in, shown, today
from bot.web.visiting import Visit
from bot.wording import broadcasting as say
from knowledge.vietnamese import fold

OUTREACH = f"{ROOT}/tuyen-truyen"
BROADCASTS, DIGESTS, POSTERS = f"{OUTREACH}/thong-bao", f"{OUTREACH}/ban-tin", f"{OUTREACH}/to-dan"
SPANS = (30, 90, 365)
SECTIONS = 12
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def overview(visit: Visit, who: Officer) -> Response:
    mailings = visit.house.mailings
    now = utc_now()
    hung = visit.house.posters.hung(who, now - dt.timedelta(days=30), now)
    scans = [sum(getattr(h.figures, x) for h in hung) for x in ("scans", "people", "questions")]
    values: dict[str, Any] = {"following": mailings.following(who), "found": mailings.listed(who, most=20)}
    return shown(visit, who, "console/outreach.html", b=say, **values, scans=scans, posters=len(hung))


# --- broadcasts ------------------------------------------------------------------------------------------------------


def broadcasts(visit: Visit, who: Officer) -> Response:
    return _broadcasts(visit, who)


def write(visit: Visit, who: Officer) -> Response:
    try:
        number = visit.house.mailings.write(who, *_words(visit))
    except BadMailing as bad:
        return _broadcasts(visit, who, say.BAD[bad.reason])
    return back(visit, f"{BROADCASTS}/{number}", "da_ghi_tin")


def broadcast(visit: Visit, who: Officer) -> Response:
    return _broadcast(visit, who)


def act(visit: Visit, who: Officer) -> Response:
    """luu: other words; gui: now or at an hour; rut: back; dung: stop; bo: away with it."""
    mailings, number = visit.house.mailings, number_in(visit.path["number"])
    before = mailings.mailing(who, number)
    home = DIGESTS if before.kind is Kind.DIGEST else BROADCASTS
    try:
        match visit.path["act"]:
            case "luu":
                mailings.write(who, *_words(visit), number=number)
                return back(visit, f"{BROADCASTS}/{number}", "da_ghi_tin")
            case "gui":
                mailings.send(who, number, _moment(visit.form.get("luc", "")))
                return back(visit, f"{home}/{number}", "da_hen")
            case "rut":
                mailings.take_back(who, number)
                return back(visit, f"{home}/{number}", "da_rut")
            case "dung":
                mailings.stop(who, number)
                return back(visit, f"{home}/{number}", "da_dung_tin")
            case "bo":
                mailings.drop(who, number)
                return back(visit, home, "da_bo_tin")
    except BadMailing as bad:
        return (
            _digest(visit, who, say.BAD[bad.reason]) if home == DIGESTS else _broadcast(visit, who, say.BAD[bad.reason])
        )
    raise HTTPException(404)


def _words(visit: Visit) -> tuple[str, str, tuple[str, ...], str]:
    form, known = visit.form, visit.house.desk.library().fields()
    fields = tuple(f for f in visit.lists.get("linh_vuc", ()) if f in known)
    place = form.get("noi", "")
    if place and place not in places_of(visit):
        raise HTTPException(400)
    return form.get("tieu_de", ""), form.get("noi_dung", ""), fields, place


def _moment(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=VIETNAM) if text else None
    except ValueError:
        raise BadMailing("time") from None


def _broadcasts(visit: Visit, who: Officer, trouble: str = "") -> Response:
    mailings = visit.house.mailings
    values: dict[str, Any] = {"found": mailings.listed(who, Kind.BROADCAST), "given": visit.form, "trouble": trouble}
    status = 400 if trouble else 200
    return shown(visit, who, "console/broadcasts.html", status, b=say, **values, **_choices(visit, who))


def _broadcast(visit: Visit, who: Officer, trouble: str = "") -> Response:
    sight = visit.house.mailings.sight(who, number_in(visit.path["number"]))
    values: dict[str, Any] = {"s": sight, "m": sight.mailing, "trouble": trouble, "given": visit.form}
    status = 400 if trouble else 200
    return shown(visit, who, "console/broadcast.html", status, b=say, **values, **_choices(visit, who), **_now())


def _choices(visit: Visit, who: Officer) -> Mapping[str, Any]:
    """To whom it can go: fields that somebody follows first, with how many."""
    following = visit.house.mailings.following(who)
    known = sorted(visit.house.desk.library().fields(), key=lambda f: (-following.fields.get(f, 0), fold(f)))
    return {"following": following, "fields": [f for f in known if f], "places": places_of(visit)}


def _now() -> Mapping[str, Any]:
    return {"soonest": f"{utc_now().astimezone(VIETNAM):%Y-%m-%dT%H:%M}"}


# --- the digest ------------------------------------------------------------------------------------------------------


def digests(visit: Visit, who: Officer) -> Response:
    yesterday = today() - dt.timedelta(days=1)
    found = visit.house.mailings.listed(who, Kind.DIGEST)
    return shown(visit, who, "console/digests.html", b=say, found=found, until=yesterday)


def draft(visit: Visit, who: Officer) -> Response:
    last = day_in(visit.form.get("den", "")) or today() - dt.timedelta(days=1)
    number = visit.house.digests.draft(min(last, today()), who.id)
    return back(visit, f"{DIGESTS}/{number}", "da_soan")


def digest(visit: Visit, who: Officer) -> Response:
    return _digest(visit, who)


def rewrite(visit: Visit, who: Officer) -> Response:
    """The form's sections as they stand; one without a title is gone."""
    number, form = number_in(visit.path["number"]), visit.form
    before = issues.issue_in(_digest_of(visit, who, number).text)
    sections = []
    for i in range(SECTIONS):
        name, lead = form.get(f"ten{i}", "").strip()[:200], " ".join(form.get(f"dan{i}", "").split())[:1000]
        if name:
            items = issues.items_in(form.get(f"muc{i}", "")[:8000])
            sections.append(Section(name, lead, items, form.get(f"kieu{i}") == "1"))
    issue = Issue(before.first, before.last, tuple(sections), before.explained)
    try:
        visit.house.mailings.rewrite_digest(who, number, issue)
    except BadMailing as bad:
        return _digest(visit, who, say.BAD[bad.reason])
    return back(visit, f"{DIGESTS}/{number}", "da_ghi_tin")


def digest_file(visit: Visit, who: Officer) -> Response:
    """0: for the paper, 1: to be read aloud, 2: the same as plain text."""
    found = _digest_of(visit, who, number_in(visit.path["number"]))
    files = visit.house.digests.write_files(found, visit.settings.data_dir / "digests")
    at = number_in(visit.path["file"], 0, 99)
    if at >= len(files):
        raise NotFound(visit.path["file"])
    kind = DOCX if files[at].suffix == ".docx" else "text/plain; charset=utf-8"
    headers = {"Cache-Control": "private, no-store"}
    return FileResponse(files[at], media_type=kind, filename=files[at].name, headers=headers)


def _digest_of(visit: Visit, who: Officer, number: int) -> Mailing:
    found = visit.house.mailings.mailing(who, number)
    if found.kind is not Kind.DIGEST:
        raise NotFound(str(number))
    return found


def _digest(visit: Visit, who: Officer, trouble: str = "") -> Response:
    number = number_in(visit.path["number"])
    sight = visit.house.mailings.sight(who, _digest_of(visit, who, number).id)
    issue = issues.issue_in(sight.mailing.text)
    shapes = [(s, issues.items_out(s.items)) for s in issue.sections]
    values: dict[str, Any] = {"s": sight, "m": sight.mailing, "issue": issue, "shapes": shapes, "trouble": trouble}
    return shown(visit, who, "console/digest.html", 400 if trouble else 200, b=say, **values, **_now(), most=SECTIONS)


# --- posters ---------------------------------------------------------------------------------------------------------


def posters(visit: Visit, who: Officer) -> Response:
    return _posters(visit, who)


def make_poster(visit: Visit, who: Officer) -> Response:
    form = visit.form
    kind, name = form.get("loai", ""), form.get("ten", "").strip()[:300]
    if kind not in KINDS or form.get("kho") not in FORMATS or form.get("muc") not in INKS:
        raise HTTPException(400)
    name = name if kind in NAMED else form.get("cap", "") if kind == "tat-ca" else ""
    wish = Poster(kind, name, form["kho"], form["muc"], who.id, utc_now(), form.get("noi", ""), form.get("ghi_chu", ""))
    try:
        made, _ = visit.house.posters.make(who, wish)
    except Unprintable as bad:
        return _posters(visit, who, str(bad))
    return back(visit, f"{POSTERS}?to={made.id}", "da_in")


def poster_file(visit: Visit, who: Officer) -> Response:
    """Printed again in the format it was made in, or in another one."""
    posters = visit.house.posters
    poster = posters.poster(who, number_in(visit.path["number"]))
    format, ink = visit.query.get("kho", poster.format), visit.query.get("muc", poster.ink)
    try:
        made = posters.print(replace(poster, format=format, ink=ink))
    except Unprintable as bad:
        return _posters(visit, who, str(bad))
    name = f"to-dan-{poster.id}-{format}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(made.pdf, media_type="application/pdf", headers=headers)


def _posters(visit: Visit, who: Officer, trouble: str = "") -> Response:
    days, now, library = number_in(visit.query.get("ngay", "90"), 1, 3650), utc_now(), visit.house.desk.library()
    posters = visit.house.posters
    hung = [(h, posters.title(h.poster)) for h in posters.hung(who, now - dt.timedelta(days=days), now)]
    names = sorted((p.name for p in library.procedures.values() if p.asks), key=fold)
    values: dict[str, Any] = {"hung": hung, "days": days, "spans": SPANS, "trouble": trouble, "given": visit.form}
    more: dict[str, Any] = {"names": names, "fields": sorted(filter(None, library.fields()), key=fold)}
    made = number_in(visit.query.get("to", ""))
    kinds: dict[str, Any] = {"kinds": KINDS, "formats": say.FORMATS, "inks": say.INKS, "levels": say.LEVELS}
    return shown(
        visit, who, "console/posters.html", 400 if trouble else 200, b=say, made=made, **values, **more, **kinds
    )


ROWS = (
    Row(OUTREACH, overview, Action.DIGEST),
    Row(BROADCASTS, broadcasts, Action.BROADCAST),
    Row(BROADCASTS, write, Action.BROADCAST, "POST"),
    Row(f"{BROADCASTS}/{{number}}", broadcast, Action.DIGEST),
    Row(f"{BROADCASTS}/{{number}}/{{act}}", act, Action.BROADCAST, "POST"),
    Row(DIGESTS, digests, Action.DIGEST),
    Row(DIGESTS, draft, Action.DIGEST, "POST"),
    Row(f"{DIGESTS}/{{number}}", digest, Action.DIGEST),
    Row(f"{DIGESTS}/{{number}}", rewrite, Action.DIGEST, "POST"),
    Row(f"{DIGESTS}/{{number}}/tep/{{file}}", digest_file, Action.DIGEST),
    Row(POSTERS, posters, Action.POSTERS),
    Row(POSTERS, make_poster, Action.POSTERS, "POST"),
    Row(f"{POSTERS}/{{number}}.pdf", poster_file, Action.POSTERS),
)
