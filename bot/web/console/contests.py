"""Contests and surveys at the console: made, given their questions, published, watched, ended; one's own surveys."""

from __future__ import annotations

import datetime as dt
import secrets
import tempfile
from pathlib import Path
from typing import Any

from starlette.responses import Response

from bot.desk.contest_results import Results
from bot.desk.contests import BadContest
from bot.desk.desk import utc_now
from bot.desk.posting import BOT_NAME
from bot.desk.rights import Action
from bot.ledger import NotFound, Officer
from bot.outreach.quiz.contest import Contest, Kind, Standing
from bot.outreach.quiz.question import Question, Stage
from bot.outreach.quiz.scoring import Counts, TieBreak
from bot.petitions.clock import VIETNAM
from bot.web.console import questions
from bot.web.console.questions import CONTESTS
from bot.web.console.rounds import ROOT, Row, back, chosen, number_in, shown
from bot.web.visiting import Visit
from bot.wording import contests as words
from knowledge.vietnamese import fold

ONE = f"{CONTESTS}/ban"
SURVEYS = f"{ROOT}/khao-sat"
SIZE = 25
MOST_LINKS = 200
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def contests(visit: Visit, who: Officer) -> Response:
    quizzes = visit.house.quizzes
    listed = [(c, c.phase(utc_now()), players, items) for c, players, items in quizzes.contests.listed(who)]
    values: dict[str, Any] = {
        "listed": listed,
        "counts_of": quizzes.questions.counts(who),
        "polls": quizzes.practice.polls(who),
        "chats": quizzes.practice.chats(who),
    }
    return shown(visit, who, "console/contests.html", **values, w=words)


# --- making ----------------------------------------------------------------------------------------------------------


def form(visit: Visit, who: Officer) -> Response:
    return _form(visit, who)


def save(visit: Visit, who: Officer) -> Response:
    number = visit.path["contest"]
    try:
        kept = visit.house.quizzes.contests.save(who, _filled(visit, "" if number == "moi" else number))
    except BadContest as bad:
        return _form(visit, who, words.BAD_CONTEST[bad.reason])
    to = f"{ONE}/{kept.id}/cau-hoi" if kept.standing is Standing.DRAFT else f"{ONE}/{kept.id}/ket-qua"
    return back(visit, to, "contest_saved")


def _filled(visit: Visit, number: str) -> Contest:
    f, now = visit.form, utc_now()
    opens, closes = _moment(f.get("mo", "")), _moment(f.get("dong", ""))
    if opens is None or closes is None:
        raise BadContest("period")
    ties = tuple(TieBreak(t) for t in f.get("hoa", "").split(",") if t in set(TieBreak))
    return Contest(
        id=number,
        kind=chosen(Kind, f.get("loai", "")) or Kind.CONTEST,
        title=" ".join(f.get("ten", "").split()),
        about=f.get("gioi_thieu", "").strip(),
        opens_at=opens,
        closes_at=closes,
        by="",
        made_at=now,
        counts=chosen(Counts, f.get("tinh", "")) or Counts.FIRST,
        tries=number_in(f.get("luot", ""), 0, 99),
        seconds=number_in(f.get("giay", ""), 0, 9999),
        points=number_in(f.get("diem", ""), 1, 999),
        ties=ties,
        pass_mark=number_in(f.get("dat", ""), 0, 999),
        board="cong_khai" in f,
        mixed="tron" in f,
        units=tuple(u for u in visit.lists.get("don_vi", ()) if u),
    )


def _moment(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=VIETNAM)
    except ValueError:
        return None


def _form(visit: Visit, who: Officer, trouble: str = "") -> Response:
    number = visit.path["contest"]
    found = None if number == "moi" else visit.house.quizzes.contests.one(who, number)[0]
    return shown(
        visit,
        who,
        "console/contest_form.html",
        400 if trouble else 200,
        found=found,
        given=visit.form,
        trouble=trouble,
        kind=visit.query.get("loai", "thi"),
        units=[u for u in visit.house.people.units() if not u.into],
        zone=VIETNAM,
        w=words,
    )


def choosing(visit: Visit, who: Officer) -> Response:
    return _choosing(visit, who)


def choose(visit: Visit, who: Officer) -> Response:
    """Some are added by hand or by chance, one is taken out; the others stay in their order."""
    number, f, desk = visit.path["contest"], visit.form, visit.house.quizzes.contests
    _, items = desk.one(who, number)
    kept = [i.question for i in items]
    if f.get("bo"):
        kept = [k for k in kept if k != f["bo"]]
    elif f.get("ngau_nhien"):
        free = [q.id for q in _usable(visit, who, f.get("chu_de", "")) if q.id not in kept]
        secrets.SystemRandom().shuffle(free)
        kept += free[: number_in(f["ngau_nhien"], 0, 100)]
    else:
        kept += [k for k in visit.lists.get("cau", ()) if k not in kept]
    try:
        desk.choose(who, number, kept)
    except BadContest as bad:
        return _choosing(visit, who, words.BAD_CONTEST[bad.reason])
    return back(visit, f"{ONE}/{number}/cau-hoi")


def _usable(visit: Visit, who: Officer, topic: str) -> list[Question]:
    approved = visit.house.quizzes.questions.listed(who, Stage.REVIEWED)
    return [q for q in approved if not topic or q.topic == topic]


def _choosing(visit: Visit, who: Officer, trouble: str = "") -> Response:
    contest, items = visit.house.quizzes.contests.one(who, visit.path["contest"])
    if contest.standing is not Standing.DRAFT:
        return visit.redirect(f"{ONE}/{contest.id}/ket-qua")
    topic, offset = visit.query.get("chu-de", ""), number_in(visit.query.get("tu_so", ""))
    taken = {i.question for i in items}
    free = [q for q in _usable(visit, who, topic) if q.id not in taken]
    values: dict[str, Any] = {
        "contest": contest,
        "items": items,
        "found": free[offset : offset + SIZE],
        "total": len(free),
        "offset": offset,
        "size": SIZE,
        "topic": topic,
        "topics": sorted({q.topic for q in _usable(visit, who, "")}, key=fold),
        "trouble": trouble,
    }
    return shown(visit, who, "console/contest_choose.html", 400 if trouble else 200, **values, w=words)


def publish(visit: Visit, who: Officer) -> Response:
    number = visit.path["contest"]
    try:
        visit.house.quizzes.contests.publish(who, number)
    except BadContest as bad:
        if bad.reason == "published":
            return visit.redirect(f"{ONE}/{number}/ket-qua")
        return _choosing(visit, who, words.BAD_CONTEST[bad.reason])
    return back(visit, f"{ONE}/{number}/ket-qua", "contest_published")


def stop(visit: Visit, who: Officer) -> Response:
    visit.house.quizzes.contests.stop(who, visit.path["contest"])
    return back(visit, CONTESTS, "contest_stopped")


# --- watching --------------------------------------------------------------------------------------------------------


def results(visit: Visit, who: Officer) -> Response:
    return _results(visit, who)


def _results(visit: Visit, who: Officer, links: list[tuple[str, str]] | None = None) -> Response:
    found = visit.house.quizzes.contests.results(who, visit.path["contest"])
    if found.contest.standing is Standing.DRAFT:
        return visit.redirect(f"{ONE}/{found.contest.id}/cau-hoi")
    offset = number_in(visit.query.get("tu_so", ""))
    units = {u.key: u.name for u in visit.house.people.units()}
    values: dict[str, Any] = {
        "r": found,
        "places": found.places[offset : offset + SIZE],
        "offset": offset,
        "size": SIZE,
        "units": units,
        "links": links or (),
        "addresses": _addresses(visit, found.contest),
        "passed": _passed(found),
    }
    return shown(visit, who, "console/contest_results.html", **values, w=words)


def _addresses(visit: Visit, contest: Contest) -> list[str]:
    """Where people find a contest: for a post, a poster, a loudspeaker's text."""
    if contest.kind is not Kind.CONTEST:
        return []
    bot = visit.house.mail.value(BOT_NAME)
    telegram = [f"https://t.me/{bot}?start=thi_{contest.id}"] if bot else []
    return [f"{_base(visit)}/cuoc-thi/{contest.id}", *telegram]


def _passed(found: Results) -> int:
    mark = found.contest.pass_mark
    return sum(p.score.right >= mark for p in found.places) if mark else 0


def workbook(visit: Visit, who: Officer) -> Response:
    number = visit.path["contest"]
    with tempfile.TemporaryDirectory() as folder:
        data = visit.house.quizzes.contests.write_workbook(who, number, Path(folder) / "ket-qua.xlsx").read_bytes()
    headers = {"Content-Disposition": f'attachment; filename="ket-qua-{number}.xlsx"', "Cache-Control": "no-store"}
    return Response(data, media_type=SHEET, headers=headers)


def certificate(visit: Visit, who: Officer) -> Response:
    """The paper of one who earned it, for handing over by hand."""
    number, player = visit.path["contest"], visit.path["player"]
    found = visit.house.quizzes.contests.results(who, number).players.get(player)
    if found is None:
        raise NotFound(player)
    pdf = visit.house.quizzes.certificates.pdf(number, found.account)
    headers = {"Content-Disposition": f'attachment; filename="{words.CERTIFICATE_FILE}"', "Cache-Control": "no-store"}
    return Response(pdf, media_type="application/pdf", headers=headers)


def withdraw(visit: Visit, who: Officer) -> Response:
    visit.house.quizzes.contests.withdraw(who, visit.path["contest"], visit.form.get("cau", ""))
    return back(visit, f"{ONE}/{visit.path['contest']}/ket-qua", "contest_withdrawn")


def hide(visit: Visit, who: Officer) -> Response:
    visit.house.quizzes.contests.hide(who, visit.form.get("nguoi", ""), "hien" not in visit.form)
    return back(visit, f"{ONE}/{visit.path['contest']}/ket-qua", "contest_hidden")


def invite(visit: Visit, who: Officer) -> Response:
    """A link for each line; they are shown once, since only their digests are kept."""
    lines = [" ".join(line.split())[:80] for line in visit.form.get("ten", "").split("\n") if line.strip()]
    unit = visit.form.get("don_vi", "")
    if unit not in {"", *(u.key for u in visit.house.people.units())}:
        raise NotFound(unit)
    desk = visit.house.quizzes.contests
    made = desk.invite(who, visit.path["contest"], [(name, unit) for name in lines[:MOST_LINKS]])
    return _results(visit, who, [(name, f"{_base(visit)}/khao-sat/{token}") for name, token in made])


def _base(visit: Visit) -> str:
    return visit.settings.public_url or f"http://{visit.settings.host}:{visit.settings.port}"


# --- one's own surveys -----------------------------------------------------------------------------------------------


def surveys(visit: Visit, who: Officer) -> Response:
    found = visit.house.quizzes.playing.surveys(who)
    return shown(visit, who, "console/surveys.html", found=found, w=words)


def take(visit: Visit, who: Officer) -> Response:
    token = visit.house.quizzes.contests.own_link(who, visit.path["contest"])
    return visit.redirect(f"/khao-sat/{token}")


ROWS = (
    Row(CONTESTS, contests, Action.QUIZZES),
    *questions.ROWS,
    Row(f"{ONE}/{{contest}}", form, Action.QUIZZES),
    Row(f"{ONE}/{{contest}}", save, Action.QUIZZES, "POST"),
    Row(f"{ONE}/{{contest}}/cau-hoi", choosing, Action.QUIZZES),
    Row(f"{ONE}/{{contest}}/cau-hoi", choose, Action.QUIZZES, "POST"),
    Row(f"{ONE}/{{contest}}/dang", publish, Action.QUIZZES, "POST"),
    Row(f"{ONE}/{{contest}}/dung", stop, Action.QUIZZES, "POST"),
    Row(f"{ONE}/{{contest}}/ket-qua", results, Action.QUIZZES),
    Row(f"{ONE}/{{contest}}/ket-qua.xlsx", workbook, Action.QUIZZES),
    Row(f"{ONE}/{{contest}}/bo-cau", withdraw, Action.QUIZZES, "POST"),
    Row(f"{ONE}/{{contest}}/an-ten", hide, Action.QUIZZES, "POST"),
    Row(f"{ONE}/{{contest}}/moi", invite, Action.QUIZZES, "POST"),
    Row(f"{ONE}/{{contest}}/giay/{{player}}", certificate, Action.QUIZZES),
    Row(SURVEYS, surveys, None),
    Row(f"{SURVEYS}/{{contest}}", take, None, "POST"),
)
