"""What citizens were not content with, what they asked in vain, and what officers do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from bot.desk.desk import utc_now
from bot.desk.gaps import BadProposal, NewAnswer, linked
from bot.desk.rights import Action
from bot.desk.works import Step
from bot.ledger import Officer, Verdict
from bot.petitions.visible import without_hidden
from bot.web.console.publishing import told_outcome
from bot.web.console.rounds import ROOT, Row, back, number_in, shown
from bot.web.visiting import Visit
from bot.wording import console as say
from bot.wording import tidings as say_tidings

VERDICTS, GAPS = f"{ROOT}/danh-gia", f"{ROOT}/khoang-trong"
SPANS = (7, 30, 90, 365)
DAYS = 30
SHOWN = 200
FEW = 12


@dataclass(frozen=True, slots=True)
class Judged:
    """`names`: of the records that the answer was about, with their addresses here."""

    verdict: Verdict
    names: tuple[tuple[str, str], ...]


def verdicts(visit: Visit, who: Officer) -> Response:
    days = number_in(visit.query.get("ngay", str(DAYS)), 1, 3650)
    now = utc_now()
    found = visit.house.office.verdicts(who, now - dt.timedelta(days=days), now + dt.timedelta(minutes=1))
    bad = sorted((v for v in found if not v.good), key=lambda v: v.at, reverse=True)
    lines = [Judged(v, tuple(_named(visit, key) for key in v.records)) for v in bad[:SHOWN]]
    values: dict[str, Any] = {
        "lines": lines,
        "days": days,
        "spans": SPANS,
        "good": len(found) - len(bad),
        "bad": len(bad),
    }
    return shown(visit, who, "console/verdicts.html", **values)


def _named(visit: Visit, key: str) -> tuple[str, str]:
    library = visit.house.desk.library()
    bare = key.partition(":")[2] or key
    procedure = library.procedure(bare)
    if procedure is not None:
        return procedure.name, f"{ROOT}/noi-dung/thu-tuc/{procedure.key}"
    record = library.contacts.get(bare) or library.services.get(bare) or library.plans.get(bare)
    return (record.name if record else bare), ""


# --- gaps ------------------------------------------------------------------------------------------------------------


def gaps(visit: Visit, who: Officer) -> Response:
    return _gaps(visit, who)


def gap(visit: Visit, who: Officer) -> Response:
    """One cluster, to be remedied: found again by one of its turns."""
    turn = number_in(visit.path["turn"])
    found = next((c for c in visit.house.gaps.open(who) if turn in c.turns), None)
    if found is None:
        return back(visit, GAPS, "khong_doi")
    return _gap(visit, who, found.turns, "\n".join(found.questions[:FEW]))


def link(visit: Visit, who: Officer) -> Response:
    try:
        visit.house.gaps.link(who, _turns(visit), _questions(visit), visit.form.get("thu_tuc", "").strip())
    except BadProposal as bad:
        return _gap(visit, who, _turns(visit), visit.form.get("cau", ""), say_tidings.BAD_PROPOSALS[bad.reason])
    return back(visit, GAPS, "da_de_xuat")


def answer(visit: Visit, who: Officer) -> Response:
    form = visit.form
    new = NewAnswer(form.get("tieu_de", ""), form.get("tra_loi", ""), form.get("nguon", ""), form.get("dia_chi", ""))
    try:
        visit.house.gaps.answer(who, _turns(visit), _questions(visit), new)
    except BadProposal as bad:
        return _gap(visit, who, _turns(visit), form.get("cau", ""), say_tidings.BAD_PROPOSALS[bad.reason])
    return back(visit, GAPS, "da_de_xuat")


def dismiss(visit: Visit, who: Officer) -> Response:
    visit.house.gaps.dismiss(who, _turns(visit))
    return back(visit, GAPS, "da_bo_qua")


def refuse(visit: Visit, who: Officer) -> Response:
    visit.house.gaps.refuse(who, number_in(visit.path["number"]))
    return back(visit, GAPS, "da_tu_choi")


def approve(visit: Visit, who: Officer) -> Response:
    number = number_in(visit.path["number"])
    reason = visit.form.get("ly_do", "").strip()[:500]
    gaps = visit.house.gaps

    def work(step: Step) -> Mapping[str, Any]:
        outcome = gaps.approve(who, number, lambda _ask: reason, step)
        if outcome.switched:
            visit.house.live.catch_up()
        return told_outcome(outcome, f"{GAPS}/de-xuat/{number}/duyet", {})

    key = visit.house.works.begin(who, Action.APPROVE_GAPS, "gap", say.PROPOSAL.format(number=number), work)
    return visit.redirect(f"{ROOT}/viec/{key.partition(':')[2]}")


def _turns(visit: Visit) -> tuple[int, ...]:
    return tuple(int(n) for n in visit.form.get("luot", "").split(",") if n.isdecimal())


def _questions(visit: Visit) -> tuple[str, ...]:
    return tuple(line for line in without_hidden(visit.form.get("cau", "")).split("\n") if line.strip())


def _gaps(visit: Visit, who: Officer) -> Response:
    proposals = visit.house.gaps.proposals(who)
    names = {o.id: o.name for o in visit.house.people.officers(None)}
    library = visit.house.desk.library()
    proposed = [(p, linked(library, p.record) if p.record else None, _page_of(p.record)) for p in proposals]
    clusters = visit.house.gaps.open(who)
    return shown(visit, who, "console/gaps.html", clusters=clusters, proposed=proposed, names=names, few=4)


def _page_of(record: str) -> str:
    """Under which address the console shows records of this kind."""
    return {"contact": "duong-day-nong", "service": "dich-vu"}.get(record.rpartition(":")[0], "thu-tuc")


def _gap(visit: Visit, who: Officer, turns: tuple[int, ...], questions: str, trouble: str = "") -> Response:
    """`near`: what is nearest to the first question, to choose from."""
    first = next(iter(questions.split("\n")), "")
    near = visit.house.desk.search(first, 8) if first.strip() else []
    looked = visit.query.get("tim", "").strip()[:200]
    near = visit.house.desk.search(looked, 12) if looked else near
    values: dict[str, Any] = {
        "turns": turns,
        "questions": without_hidden(questions),  # what officers make content of
        "near": near,
        "looked": looked,
        "given": visit.form,
    }
    return shown(visit, who, "console/gap.html", 400 if trouble else 200, trouble=trouble, **values)


ROWS = (
    Row(VERDICTS, verdicts, Action.FEEDBACK),
    Row(GAPS, gaps, Action.GAPS),
    Row(f"{GAPS}/noi", link, Action.GAPS, "POST"),
    Row(f"{GAPS}/viet", answer, Action.GAPS, "POST"),
    Row(f"{GAPS}/bo-qua", dismiss, Action.GAPS, "POST"),
    Row(f"{GAPS}/de-xuat/{{number}}/duyet", approve, Action.APPROVE_GAPS, "POST"),
    Row(f"{GAPS}/de-xuat/{{number}}/tu-choi", refuse, Action.APPROVE_GAPS, "POST"),
    Row(f"{GAPS}/{{turn}}", gap, Action.GAPS),
)
