"""Content goes live from the console: an official file or an edit, its difference, the gate, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from bot.desk.publishing import Change, Outcome, shown_name
from bot.desk.rights import Action
from bot.desk.works import Step
from bot.ledger import Officer
from bot.web.console.rounds import ROOT, Row, back, shown
from bot.web.visiting import Visit
from bot.wording import console as say
from bot.wording import importing as say_importing
from index.shelf import BuilderBusy

CONTENT = f"{ROOT}/noi-dung"
FILES, GENERATIONS = f"{CONTENT}/tep", f"{CONTENT}/cac-ban"
ONE_FILE = f"{FILES}/{{token}}"
LINES, LOST_SHOWN = 200, 50


# --- a file ----------------------------------------------------------------------------------------------------------


def upload(visit: Visit, who: Officer) -> Response:
    works = visit.house.works.recent(who, "publish", most=5)
    return shown(visit, who, "console/upload.html", works=works, places=places_of(visit))


def take_file(visit: Visit, who: Officer) -> Response:
    file = next(iter(visit.files), None)
    if file is None:
        return visit.redirect(FILES)
    place = visit.form.get("noi", "")
    if place and place not in places_of(visit):
        raise HTTPException(400)
    examined = visit.house.publisher.examine(who, file.name, file.data, place)
    return visit.redirect(f"{FILES}/{examined.file.name.partition('-')[0]}")


def difference(visit: Visit, who: Officer) -> Response:
    examined = visit.house.publisher.examined(_waiting(visit))
    diff = visit.house.publisher.preview(who, examined)
    rows = say_importing.described(diff, LINES) if diff else []
    values: dict[str, Any] = {
        "found": examined,
        "name": shown_name(examined.file),
        "rows": rows,
        "d": diff,
        "token": visit.path["token"],
    }
    return shown(visit, who, "console/difference.html", **values)


def publish_file(visit: Visit, who: Officer) -> Response:
    publisher, file = visit.house.publisher, _waiting(visit)
    examined = publisher.examined(file)
    if examined.refusal is not None:
        return difference(visit, who)
    return begun(
        visit, who, shown_name(examined.file), publisher.import_of(examined), f"{FILES}/{visit.path['token']}/dang", {}
    )


def drop_file(visit: Visit, who: Officer) -> Response:
    visit.house.publisher.drop(_waiting(visit))
    return back(visit, FILES, "da_bo_tep")


def _waiting(visit: Visit) -> Path:
    file = visit.house.publisher.waiting(visit.path["token"])
    if file is None:
        raise HTTPException(404)
    return file


def places_of(visit: Visit) -> list[str]:
    """Provinces, and the house's own place where it is smaller than one."""
    own = [visit.settings.place] if visit.settings.place else []
    return list(dict.fromkeys([*own, *sorted(p.name for p in visit.house.desk.library().places.values())]))


# --- going live ------------------------------------------------------------------------------------------------------


def begun(visit: Visit, who: Officer, title: str, change: Change, again: str, fields: Mapping[str, str]) -> Response:
    """The work goes on in a thread; its page is shown. `again`, `fields`: the form that tries it anew with a reason for
    the golden questions that would fall."""
    publisher, reason = visit.house.publisher, visit.form.get("ly_do", "").strip()[:500]

    def work(step: Step) -> Mapping[str, Any]:
        outcome = publisher.publish(who, change, lambda _ask: reason, title, step)
        if outcome.switched:
            visit.house.live.catch_up()  # "published" is said when it answers
        return told_outcome(outcome, again, fields)

    key = visit.house.works.begin(who, Action.CONTENT, "publish", title, work)
    return visit.redirect(f"{ROOT}/viec/{key.partition(':')[2]}")


def told_outcome(outcome: Outcome, again: str, fields: Mapping[str, str]) -> Mapping[str, Any]:
    """What is kept of it for whoever looks later."""
    c, g = outcome.changes, outcome.golden
    return {
        "generation": outcome.generation,
        "switched": outcome.switched,
        "changes": [len(c.new), len(c.changed), len(c.gone)],
        "golden": [len(g.won), g.asked],
        "lost": dict(list(outcome.lost.items())[:LOST_SHOWN]),
        "accepted": dict(outcome.accepted),
        "again": again,
        "fields": dict(fields),
    }


def work(visit: Visit, who: Officer) -> Response:
    seen = visit.house.works.seen(who, f"work:{visit.path['key']}")
    return shown(visit, who, "console/work.html", w=seen, name=say.WORKS.get(seen.what, seen.what))


def work_progress(visit: Visit, who: Officer) -> Response:
    seen = visit.house.works.seen(who, f"work:{visit.path['key']}")
    body = {"state": seen.state, "progress": seen.progress, "step": say.STEPS.get(seen.step, "")}
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


# --- generations -----------------------------------------------------------------------------------------------------


def generations(visit: Visit, who: Officer) -> Response:
    publisher = visit.house.publisher
    values: dict[str, Any] = {
        "found": publisher.generations(who),
        "previous": publisher.previous(who),
        "fates": publisher.fates(who),
    }
    return shown(visit, who, "console/generations.html", **values)


def roll_back(visit: Visit, who: Officer) -> Response:
    try:
        name = visit.house.publisher.roll_back(who, visit.form.get("ly_do", "").strip()[:500])
    except BuilderBusy as bad:
        return shown(visit, who, "console/refused.html", 409, title=say.FAILURES[409][0], text=str(bad))
    visit.house.live.catch_up()
    return back(visit, GENERATIONS, "da_lui" if name else "khong_co_ban_truoc")


ROWS = (
    Row(FILES, upload, Action.CONTENT),
    Row(FILES, take_file, Action.CONTENT, "POST"),
    Row(ONE_FILE, difference, Action.CONTENT),
    Row(f"{ONE_FILE}/dang", publish_file, Action.CONTENT, "POST"),
    Row(f"{ONE_FILE}/bo", drop_file, Action.CONTENT, "POST"),
    Row(GENERATIONS, generations, Action.CONTENT),
    Row(f"{GENERATIONS}/lui", roll_back, Action.CONTENT, "POST"),
    Row(f"{ROOT}/viec/{{key}}", work, None),
    Row(f"{ROOT}/viec/{{key}}/tien-do", work_progress, None, asks_itself=True),
)
