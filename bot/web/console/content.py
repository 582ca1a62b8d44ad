"""What is known: the records as they are, one fee or hotline changed by hand, and what ends or changes soon."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from starlette.responses import Response

from bot.desk.editing import BadEdit, Edit, FeeEdit, HotlineEdit
from bot.desk.expiring import long_unread, turning_points
from bot.desk.rights import Action
from bot.ledger import NotFound, Officer
from bot.web.console.publishing import CONTENT, begun, places_of
from bot.web.console.rounds import Row, day_in, number_in, shown, today
from bot.web.visiting import Visit
from bot.wording import console as say
from bot.wording import importing as say_importing
from knowledge.library import Library
from knowledge.reading import ContentFaults
from knowledge.records import Contact, Plan, Procedure, Service
from knowledge.vietnamese import fold

SIZE = 50
AHEAD = (30, 90, 365)
HIDDEN_FIELDS = ("key", "name", "popularity", "validity", "confidence", "notes")
LABELS = {
    "code": "mã",
    "aliases": "tên gọi khác",
    "asks": "cách dân hỏi",
    "related": "thủ tục liên quan",
    "linked": "liên thông với",
    "purpose": "dùng để",
    "number": "số điện thoại",
    "place": "nơi áp dụng",
    "hours": "giờ trực",
    "cost": "cước phí",
    "where_to_find": "tìm số ở đâu",
    "serves": "phục vụ những nơi nào",
    "address": "địa chỉ",
    "how_to_start": "cách bắt đầu",
    "doubt": "điều còn ngờ",
    "note": "ghi chú",
    "emergency": "khẩn cấp",
    "procedures": "thủ tục",
}
Record = Procedure | Contact | Service | Plan


def records(visit: Visit, who: Officer) -> Response:
    kind = visit.query.get("loai", "thu-tuc")
    words, offset = visit.query.get("q", "").strip()[:200], number_in(visit.query.get("tu_so", ""))
    library = visit.house.desk.library()
    shelves = _shelves(library)
    kind = kind if kind in shelves else "thu-tuc"
    doubtful = "ngo" in visit.query
    found = [r for r in shelves[kind] if _holds(r, words) and (not doubtful or _doubts(r))]
    counts = {name: len(shelf) for name, shelf in shelves.items()}
    values: dict[str, Any] = {"kind": kind, "words": words, "found": found[offset : offset + SIZE], "total": len(found)}
    more: dict[str, Any] = {"shelves": counts, "offset": offset, "size": SIZE, "kinds": KINDS, "doubtful": doubtful}
    return shown(visit, who, "console/records.html", **values, **more)


def _doubts(record: Record) -> bool:
    return bool(record.doubts if isinstance(record, Procedure) else getattr(record, "doubt", ""))


KINDS = {"thu-tuc": "Thủ tục", "duong-day-nong": "Đường dây nóng", "dich-vu": "Dịch vụ công"}


def record(visit: Visit, who: Officer) -> Response:
    kind, key = visit.path["kind"], visit.path["key"]
    found = _found(visit.house.desk.library(), kind, key)
    fields = list(_fields(found))
    conflicts = [x for x in visit.house.desk.library().conflicts if x.record == key]
    return shown(visit, who, "console/record.html", r=found, kind=kind, fields=fields, conflicts=conflicts)


def validity(visit: Visit, who: Officer) -> Response:
    days = number_in(visit.query.get("ngay", "90"), 1, 3650)
    library = visit.house.desk.library()
    points = turning_points(library, today(), dt.timedelta(days=days))
    unread = long_unread(library, today())
    values: dict[str, Any] = {
        "points": points,
        "unread": unread[:SIZE],
        "unread_total": len(unread),
        "days": days,
        "spans": AHEAD,
    }
    return shown(visit, who, "console/validity.html", **values)


# --- a change by hand ------------------------------------------------------------------------------------------------


def fee(visit: Visit, who: Officer) -> Response:
    return _fee(visit, who)


def edit_fee(visit: Visit, who: Officer) -> Response:
    form = visit.form
    given = ("phi", "van_ban", "nguon", "noi", "dia_chi")
    value, decision, source, place, url = (form.get(name, "")[:1200] for name in given)
    decided = day_in(form.get("ngay", "")) or dt.date.max
    edit = FeeEdit(visit.path["key"], value, decision, decided, source, place, url)
    return _edited(visit, who, edit, _fee)


def hotline(visit: Visit, who: Officer) -> Response:
    return _hotline(visit, who)


def edit_hotline(visit: Visit, who: Officer) -> Response:
    form, key = visit.form, visit.path["key"]
    given = ("ten", "viec", "so", "nguon", "noi", "gio", "dia_chi")
    name, purpose, number, source, place, hours, url = (form.get(x, "")[:1200] for x in given)
    edit = HotlineEdit("" if key == "moi" else key, name, purpose, number, source, place, hours, url)
    return _edited(visit, who, edit, _hotline)


def _edited(visit: Visit, who: Officer, edit: Edit, form: Callable[..., Response]) -> Response:
    """Looked at first, then published: the same fields come twice."""
    editing = visit.house.editing
    try:
        if edit.place and edit.place not in places_of(visit):
            raise BadEdit("place")
        changes = editing.preview(who, edit)
        if "dang" not in visit.form:
            return form(visit, who, changes=[_worded(c.name, c.old, c.new) for c in changes])
        fields = {k: v for k, v in visit.form.items() if not k.startswith("_") and k != "ly_do"}
        return begun(visit, who, _title(visit, edit), editing.change(edit), visit.request.url.path, fields)
    except BadEdit as bad:
        return form(visit, who, trouble=say.BAD_EDITS[bad.reason])
    except ContentFaults as bad:
        return form(visit, who, trouble=str(bad.faults[0]))


def _fee(visit: Visit, who: Officer, trouble: str = "", changes: Sequence[Any] = ()) -> Response:
    procedure = visit.house.desk.library().procedures.get(visit.path["key"])
    if procedure is None:
        raise NotFound(visit.path["key"])
    values: dict[str, Any] = {
        "r": procedure,
        "trouble": trouble,
        "changes": changes,
        "given": visit.form,
        "places": places_of(visit),
    }
    return shown(visit, who, "console/fee.html", 400 if trouble else 200, **values)


def _hotline(visit: Visit, who: Officer, trouble: str = "", changes: Sequence[Any] = ()) -> Response:
    key = visit.path["key"]
    contact = visit.house.desk.library().contacts.get(key)
    if contact is None and key != "moi":
        raise NotFound(key)
    values: dict[str, Any] = {
        "r": contact,
        "trouble": trouble,
        "changes": changes,
        "given": visit.form,
        "places": places_of(visit),
    }
    return shown(visit, who, "console/hotline.html", 400 if trouble else 200, **values)


def _title(visit: Visit, edit: Edit) -> str:
    known = visit.house.desk.library().procedures.get(edit.record) if isinstance(edit, FeeEdit) else None
    return f"{known.name if known else edit.record if isinstance(edit, FeeEdit) else edit.name}, {edit.place}"


def _worded(name: str, old: Any, new: Any) -> tuple[str, str, str]:
    label = say_importing.FIELDS.get(name) or LABELS.get(name, name)
    return label, say_importing.value_of(old), say_importing.value_of(new)


# --- how records are read --------------------------------------------------------------------------------------------


def _shelves(library: Library) -> Mapping[str, Sequence[Record]]:
    return {
        "thu-tuc": list(library.procedures.values()),
        "duong-day-nong": list(library.contacts.values()),
        "dich-vu": list(library.services.values()),
    }


def _holds(record: Record, words: str) -> bool:
    told = (record.name, getattr(record, "code", ""), record.key, *record.aliases, getattr(record, "number", ""))
    text = fold(" ".join(told))
    return all(word in text for word in fold(words).split())


def _found(library: Library, kind: str, key: str) -> Record:
    shelves: Mapping[str, Mapping[str, Record]] = {
        "thu-tuc": library.procedures,
        "duong-day-nong": library.contacts,
        "dich-vu": library.services,
    }
    found = shelves.get(kind, {}).get(key)
    if found is None:
        raise NotFound(key)
    return found


def _fields(record: Record) -> Iterator[tuple[str, list[str], str]]:
    """Label, lines, and what is doubtful of it; what is not there is left out."""
    doubts = record.doubts if isinstance(record, Procedure) else {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name in HIDDEN_FIELDS or field.name == "doubts" or (not value and field.name not in doubts):
            continue
        label = say_importing.FIELDS.get(field.name) or LABELS.get(field.name, field.name)
        rows = value if isinstance(value, tuple) else (value,)
        yield label, [say_importing.value_of(v) for v in rows], doubts.get(field.name, "")
    if isinstance(record, Procedure):
        v = record.validity
        told = (("quyết định", v.decision), ("ngày quyết định", v.decision_date), ("hiệu lực từ", v.since))
        for label, value in (*told, ("hiệu lực đến", v.until), ("ghi chú hiệu lực", v.note)):
            if value:
                yield label, [say_importing.value_of(value)], ""


ROWS = (
    Row(CONTENT, records, Action.CONTENT),
    Row(f"{CONTENT}/hieu-luc", validity, Action.CONTENT),
    Row(f"{CONTENT}/thu-tuc/{{key}}/phi", fee, Action.CONTENT),
    Row(f"{CONTENT}/thu-tuc/{{key}}/phi", edit_fee, Action.CONTENT, "POST"),
    Row(f"{CONTENT}/duong-day-nong/{{key}}/sua", hotline, Action.CONTENT),
    Row(f"{CONTENT}/duong-day-nong/{{key}}/sua", edit_hotline, Action.CONTENT, "POST"),
    Row(f"{CONTENT}/{{kind}}/{{key}}", record, Action.GAPS),
)
