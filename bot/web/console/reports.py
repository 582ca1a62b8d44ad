"""Reports: a period, its figures and bars on the page, the letter and the data as files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from bot.desk.rights import Action
from bot.desk.works import Step
from bot.ledger import NotFound, Officer
from bot.reports.charts import charts_of
from bot.reports.periods import BadPeriod, Cutoff, Period, Span, before, between, of_day, parse, slug
from bot.reports.spelling import period_name
from bot.reports.tables import tables_of
from bot.web.console.rounds import ROOT, Row, day_in, shown, today
from bot.web.visiting import Visit

REPORTS = f"{ROOT}/bao-cao"
FEW_ROWS = 12
TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
    ".png": "image/png",
}


def reports(visit: Visit, who: Officer) -> Response:
    period, trouble = _asked(visit.query)
    reporting = visit.house.reporting
    report = reporting.figures(period)
    names = reporting.names(report)
    tables = [t for t in tables_of(report, names).values() if t.rows]
    return shown(
        visit,
        who,
        "console/reports.html",
        400 if trouble else 200,
        trouble=trouble,
        period=period,
        slug=slug(period),
        title=period_name(period),
        nearby=_nearby(),
        asked=visit.query,
        future=period.first > today(),
        report=report,
        charts=charts_of(report),
        tables=tables,
        few=FEW_ROWS,
        plans=reporting.plan_keys(),
        library=visit.house.desk.library(),
        works=visit.house.works.recent(who, "report", most=6),
        due=reporting.due(today(), 30, 30),
    )


def make(visit: Visit, who: Officer) -> Response:
    period, trouble = _asked(visit.form)
    if trouble:
        raise HTTPException(400)
    reporting, root = visit.house.reporting, _root(visit)
    plan = reporting.plan(visit.form.get("ke_hoach", ""))

    def work(_step: Step) -> Mapping[str, Any]:
        made = reporting.make(period, root, plan)
        files = [str(f.relative_to(root)) for f in made.files]
        return {"files": [{"path": f, "name": Path(f).name} for f in files if not f.endswith(".png")]}

    title = period_name(period) + (f" – {plan.name}" if plan else "")
    key = visit.house.works.begin(who, Action.REPORTS, "report", title, work)
    return visit.redirect(f"{ROOT}/viec/{key.partition(':')[2]}")


def file(visit: Visit, who: Officer) -> Response:
    """Only what a report that was made here lists; the address holds a number of that list and no name."""
    seen = visit.house.works.seen(who, f"work:{visit.path['key']}")
    files = (seen.result or {}).get("files", [])
    at = visit.path["number"]
    if not re.fullmatch(r"\d{1,3}", at) or int(at) >= len(files):
        raise NotFound(at)
    path = _root(visit) / files[int(at)]["path"]
    if not path.is_file():
        raise NotFound(path.name)
    kind = TYPES.get(path.suffix, "application/octet-stream")
    name = f"{path.relative_to(_root(visit)).parts[0]}-{path.name}"
    return FileResponse(path, media_type=kind, filename=name, headers={"Cache-Control": "private, no-store"})


def _asked(form: Mapping[str, str]) -> tuple[Period, bool]:
    """The period of a form, and whether it could not be read; without one, the month that ended last."""
    fallback = before(of_day(Span.MONTH, today()))
    cutoff = Cutoff.STATE if form.get("chot") else Cutoff.CALENDAR
    first, last = day_in(form.get("tu", "")), day_in(form.get("den", ""))
    try:
        if last and not first:
            return fallback, True
        if first:  # until today, where no end is named
            return between(first, last or max(first, today())), False
        return (parse(form["ky"], cutoff), False) if form.get("ky") else (fallback, False)
    except BadPeriod:
        return fallback, True


def _nearby() -> list[tuple[str, str]]:
    """Periods that are likely to be wanted: this one and those before it, of each length."""
    found = []
    for span, back in ((Span.WEEK, 2), (Span.MONTH, 4), (Span.QUARTER, 4), (Span.HALF, 3), (Span.YEAR, 2)):
        period = of_day(span, today())
        for _ in range(back):
            found.append((slug(period), period_name(period)))
            period = before(period)
    return found


def _root(visit: Visit) -> Path:
    return visit.settings.data_dir / "reports"


ROWS = (
    Row(REPORTS, reports, Action.REPORTS),
    Row(REPORTS, make, Action.REPORTS, "POST"),
    Row(f"{REPORTS}/tep/{{key}}/{{number}}", file, Action.REPORTS),
)
