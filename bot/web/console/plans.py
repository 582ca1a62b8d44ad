"""The plans: what each orders, how far it is, and what officers enter of it."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.desk.planning import CHOICES
from bot.desk.rights import Action
from bot.ledger import NotFound, Officer
from bot.web.console.rounds import ROOT, Row, back, shown
from bot.web.visiting import Visit
from bot.wording import reports as say_reports

PLANS = f"{ROOT}/ke-hoach"
ONE = f"{PLANS}/{{plan}}"


def plans(visit: Visit, who: Officer) -> Response:
    found = visit.house.planning.plans(who)
    return shown(visit, who, "console/plans.html", found=found, progress=say_reports.PROGRESS)


def plan(visit: Visit, who: Officer) -> Response:
    report = visit.house.planning.progress(who, visit.path["plan"])
    return shown(visit, who, "console/plan.html", report=report, progress=say_reports.PROGRESS)


def task(visit: Visit, who: Officer) -> Response:
    key, number = visit.path["plan"], visit.path["task"]
    report = visit.house.planning.progress(who, key)
    line = next((x for x in report.lines if x.task.id == number), None)
    if line is None:
        raise NotFound(number)
    names = {o.id: o.name for o in visit.house.people.officers(None)}
    values: dict[str, Any] = {
        "report": report,
        "line": line,
        "choices": CHOICES,
        "progress": say_reports.PROGRESS,
        "names": names,
    }
    return shown(visit, who, "console/task.html", history=visit.house.planning.history(who, key, number), **values)


def enter(visit: Visit, who: Officer) -> Response:
    form, key, number = visit.form, visit.path["plan"], visit.path["task"]
    words = (form.get(name, "") for name in ("san_pham", "so_lieu", "minh_chung"))
    try:
        visit.house.planning.enter(who, key, number, form.get("tinh_trang", ""), *words)
    except ValueError as bad:
        raise HTTPException(400) from bad
    return back(visit, f"{PLANS}/{key}/{number}", "da_ghi")


ROWS = (
    Row(PLANS, plans, Action.TASKS),
    Row(ONE, plan, Action.TASKS),
    Row(f"{ONE}/{{task}}", task, Action.TASKS),
    Row(f"{ONE}/{{task}}", enter, Action.TASKS, "POST"),
)
