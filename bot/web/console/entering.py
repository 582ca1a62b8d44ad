"""A petition that came by phone, on paper or in person is written down; and the ready replies."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.desk.attachments import Unfit
from bot.desk.rights import Action
from bot.ledger import Filing, Officer
from bot.petitions.petition import Channel, Kind, Naming, Urgency
from bot.petitions.triage import Triage
from bot.web.console.queue import QUEUE, fields_known
from bot.web.console.rounds import ROOT, Row, back, chosen, day_in, number_in, shown, start_of, today
from bot.web.visiting import Visit
from bot.wording import console as say
from bot.wording import filing as say_filing
from knowledge.vietnamese import fold

ENTER = f"{ROOT}/nhap"
CANNED = f"{ROOT}/cau-mau"
LONGEST = 10_000
OUR_CHANNELS = (Channel.PHONE, Channel.PAPER, Channel.WALK_IN)
NAMED_AT_ONCE = 400
"""Up to so many procedures are offered by name as one types."""


class Unclear(Exception):
    """What was filled in cannot be taken; its message says why."""


def entry(visit: Visit, who: Officer) -> Response:
    return _entry(visit, who)


def enter(visit: Visit, who: Officer) -> Response:
    """The words are judged as a citizen's own would be: what has a law of its own is not filed unseen."""
    form = visit.form
    channel, kind = chosen(Channel, form.get("kenh", "")), chosen(Kind, form.get("loai", ""))
    text = form.get("noi_dung", "").strip()[:LONGEST]
    if channel not in OUR_CHANNELS or kind is None:
        raise HTTPException(400)
    if not text:
        return _entry(visit, who, say.NEEDED["paper"])
    found = visit.house.desk.judged(text)
    if found.handling.value in say.NOT_A_PETITION and "van_ghi" not in form:
        return _entry(visit, who, say.NOT_A_PETITION[found.handling.value], sure=True)
    drawer = f"nhap:{who.id}:{secrets.token_hex(8)}"
    try:
        filing = _filing(visit, channel, kind, text, found)
        digests = [visit.house.desk.keep_attachment(drawer, f.data, f.name).digest for f in visit.files]
    except Unfit as bad:
        return _entry(visit, who, say_filing.UNFIT[bad.reason])
    except Unclear as bad:
        return _entry(visit, who, str(bad))
    code = visit.house.office.enter(who, replace(filing, conversation=drawer, attachments=tuple(digests)))
    return back(visit, f"{QUEUE}/{code}", "da_nhap")


def _filing(visit: Visit, channel: Channel, kind: Kind, text: str, found: Triage) -> Filing:
    """All but its files. What the officer left open is as the words were judged. Raises Unclear."""
    form = visit.form
    place, procedure = form.get("noi", ""), procedure_in(visit, form.get("thu_tuc", ""))
    if place not in ("", *places_known(visit)):
        raise HTTPException(400)
    return Filing(
        kind,
        channel,
        text,
        form.get("o_dau", "").strip()[:500],
        form.get("khi_nao", "").strip()[:200],
        form.get("lien_he", "").strip()[:300],
        chosen(Naming, form.get("ten", "")) or Naming.OPEN,
        urgency=chosen(Urgency, form.get("khan", "")) or Urgency.NORMAL,
        field=form.get("linh_vuc", "") or _field_of(visit, procedure) or found.field,
        place=place,
        unit=form.get("don_vi", ""),
        procedure=procedure or found.procedure,
        received=_received(form.get("ngay_nhan", "")),
    )


def _received(text: str) -> dt.datetime | None:
    """The beginning of the earlier day on which it came; None for today. Raises Unclear."""
    day = day_in(text)
    if text and (day is None or not today() - dt.timedelta(days=366) <= day <= today()):
        raise Unclear(say.BAD_RECEIVED)
    return start_of(day) if day and day < today() else None


def procedure_in(visit: Visit, words: str) -> str:
    """The key of a procedure named by its code, its key or its name; "" for nothing. Raises Unclear."""
    words = " ".join(words.split())
    if not words:
        return ""
    library = visit.house.desk.library()
    known = library.procedure(words) or next(
        (p for p in library.procedures.values() if fold(p.name) == fold(words)), None
    )
    if known is None:
        raise Unclear(say.NO_SUCH_PROCEDURE.format(words=words[:80]))
    return known.key


def procedures_offered(visit: Visit) -> list[str]:
    found = visit.house.desk.library().procedures.values()
    return sorted(p.name for p in found) if len(found) <= NAMED_AT_ONCE else []


def places_known(visit: Visit) -> list[str]:
    return sorted({place for u in visit.house.people.units() if not u.into for place in u.places})


def _field_of(visit: Visit, procedure: str) -> str:
    known = visit.house.desk.library().procedure(procedure) if procedure else None
    return known.field if known else ""


def _entry(visit: Visit, who: Officer, trouble: str = "", sure: bool = False) -> Response:
    values: dict[str, Any] = {
        "units": [u for u in visit.house.people.units() if not u.into],
        "fields": fields_known(visit),
        "places": places_known(visit),
        "procedures": procedures_offered(visit),
        "kinds": tuple(Kind),
        "channels": OUR_CHANNELS,
        "today": today(),
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


ROWS = (
    Row(ENTER, entry, Action.ENTER),
    Row(ENTER, enter, Action.ENTER, "POST"),
    Row(CANNED, canned, Action.CANNED),
    Row(CANNED, set_canned, Action.WRITE_CANNED, "POST"),
)
