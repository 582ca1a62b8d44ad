"""Contests, practice and surveys for a browser. A page that asks is the sending of its question; a form that answers
leads to the next page, so that loading again answers nothing twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.desk.plays import NotInvited, Outcome, Step, View
from bot.desk.rulebook import rules_of
from bot.ledger import NotFound
from bot.outreach.quiz.contest import Contest, Kind
from bot.web.citizens import CITIZEN
from bot.web.visiting import READ, SAY, Body, Page, Visit
from bot.wording import contests as words

HOME, PRACTICE, SURVEY = "/cuoc-thi", "/cuoc-thi/luyen-tap", "/khao-sat"
DOOR = "web"
_TOKEN = re.compile(r"[\w-]{10,60}")


def home(visit: Visit) -> Response:
    views = visit.house.quizzes.playing.contests(visit.conversation)
    return _shown(visit, "contests.html", views=views, topics=visit.house.quizzes.practice.topics())


def contest(visit: Visit) -> Response:
    number = visit.path["number"]
    view = visit.house.quizzes.playing.view(number, visit.conversation)
    if view.contest.kind is not Kind.CONTEST:
        raise NotFound(number)
    return _contest(visit, view, f"{HOME}/{number}")


def begin(visit: Visit) -> Response:
    """Joins, or joins under another name, and leads to the first question."""
    number, playing = visit.path["number"], visit.house.quizzes.playing
    if playing.view(number).contest.kind is not Kind.CONTEST:
        raise NotFound(number)
    playing.join(number, visit.conversation, DOOR, visit.form.get("ten", ""), bool(visit.form.get("hien")))
    return visit.redirect(f"{HOME}/{number}/lam-bai")


def question(visit: Visit) -> Response:
    number = visit.path["number"]
    _only_contests(visit, number)
    return _question(visit, number, visit.conversation, f"{HOME}/{number}")


def answer(visit: Visit) -> Response:
    number = visit.path["number"]
    _only_contests(visit, number)
    return _answered(visit, number, visit.conversation, f"{HOME}/{number}")


def certificate(visit: Visit) -> Response:
    number = visit.path["number"]
    pdf = visit.house.quizzes.certificates.pdf(number, visit.conversation, visit.query.get("ten", ""))
    return _pdf(pdf)


# --- what contests and surveys share ---------------------------------------------------------------------------------


def _contest(visit: Visit, view: View, at: str, account: str = "") -> Response:
    playing, c = visit.house.quizzes.playing, view.contest
    account = account or visit.conversation
    return _shown(
        visit,
        "contest.html",
        view=view,
        c=c,
        at=at,
        rules=rules_of(c, view.total),
        board=playing.board(c.id, account) if c.kind is Kind.CONTEST else None,
        review=playing.review(c.id, account) if view.tries else (),
        trouble=visit.query.get("bao", ""),
    )


def _question(visit: Visit, number: str, account: str, at: str, trouble: str = "") -> Response:
    """The question that waits; the end of the try, where none is left."""
    step = visit.house.quizzes.playing.begin(number, account, DOOR)
    if step.outcome is not Outcome.ASKED:
        return visit.redirect(f"{at}?bao={step.outcome.value}" if step.outcome is not Outcome.FINISHED else at)
    late = visit.query.get("tre") == "1"
    status = 400 if trouble else 200
    return _shown(
        visit, "contest_question.html", status, c=step.contest, put=step.put, at=at, late=late, trouble=trouble
    )


def _answered(visit: Visit, number: str, account: str, at: str) -> Response:
    given = visit.form.get("dap_an", "")
    if not given.isdecimal() or len(given) > 2:
        return _question(visit, number, account, at, words.NOT_CHOSEN)
    step = visit.house.quizzes.playing.answer(account, DOOR, visit.form.get("cau", "")[:60], int(given))
    return visit.redirect(_after(step, at))


def _after(step: Step, at: str) -> str:
    if step.outcome in (Outcome.ASKED, Outcome.REPEATED) and step.put:
        return f"{at}/lam-bai" + ("?tre=1" if step.late else "")
    return at if step.outcome in (Outcome.FINISHED, Outcome.REPEATED) else f"{at}?bao={step.outcome.value}"


def _only_contests(visit: Visit, number: str) -> None:
    if visit.house.quizzes.playing.view(number).contest.kind is not Kind.CONTEST:
        raise NotFound(number)


def _pdf(data: bytes) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{words.CERTIFICATE_FILE}"', "Cache-Control": "no-store"}
    return Response(data, media_type="application/pdf", headers=headers)


def _shown(visit: Visit, template: str, status: int = 200, **values: Any) -> Response:
    return visit.page(template, status, q=words, **values)


# --- practice --------------------------------------------------------------------------------------------------------


def practice(visit: Visit) -> Response:
    """A question; the one that waits, where the page is loaded again."""
    desk = visit.house.quizzes.practice
    topic = visit.query.get("chu-de", "")[:120]
    waiting = desk.shown(visit.conversation, visit.query.get("cau", "")[:40])
    if waiting is None and visit.fresh:
        return _practice(visit, topic=topic)
    made = waiting or desk.next(visit.conversation, DOOR, topic)
    return _practice(visit, topic=topic, made=made, empty=made is None)


def practise(visit: Visit) -> Response:
    """What was right, with its source; the page is the answer itself."""
    desk, form = visit.house.quizzes.practice, visit.form
    topic, given = form.get("chu_de", "")[:120], form.get("dap_an", "")
    if not form.get("cau"):
        made = desk.next(visit.conversation, DOOR, topic)
        return _practice(visit, topic=topic, made=made, empty=made is None)
    if not given.isdecimal() or len(given) > 2:
        made = desk.shown(visit.conversation, form["cau"][:40])
        return _practice(visit, 400, topic=topic, made=made, trouble=words.NOT_CHOSEN)
    judged = desk.answer(visit.conversation, form["cau"][:40], int(given))
    return _practice(visit, topic=topic, judged=judged)


def _practice(visit: Visit, status: int = 200, **given: Any) -> Response:
    values: Mapping[str, Any] = {"made": None, "judged": None, "empty": False, "trouble": "", "topic": "", **given}
    return _shown(visit, "practice.html", status, topics=visit.house.quizzes.practice.topics(), **values)


# --- surveys by link -------------------------------------------------------------------------------------------------


def survey(visit: Visit) -> Response:
    contest, account = _by_link(visit)
    view = visit.house.quizzes.playing.view(contest.id, account)
    return _contest(visit, view, f"{SURVEY}/{visit.path['token']}", account)


def begin_survey(visit: Visit) -> Response:
    """From now on the link is this browser's."""
    token = _token(visit)
    try:
        visit.house.quizzes.playing.use_link(token, visit.conversation, DOOR)
    except NotInvited:
        raise HTTPException(403) from None
    return visit.redirect(f"{SURVEY}/{token}/lam-bai")


def survey_question(visit: Visit) -> Response:
    contest, account = _by_link(visit)
    return _question(visit, contest.id, account, f"{SURVEY}/{visit.path['token']}")


def survey_answer(visit: Visit) -> Response:
    contest, account = _by_link(visit)
    return _answered(visit, contest.id, account, f"{SURVEY}/{visit.path['token']}")


def survey_certificate(visit: Visit) -> Response:
    contest, account = _by_link(visit)
    return _pdf(visit.house.quizzes.certificates.pdf(contest.id, account, visit.query.get("ten", "")))


def _by_link(visit: Visit) -> tuple[Contest, str]:
    try:
        return visit.house.quizzes.playing.by_link(_token(visit), visit.conversation)
    except NotInvited:
        raise HTTPException(403) from None


def _token(visit: Visit) -> str:
    token = visit.path["token"]
    if not _TOKEN.fullmatch(token):
        raise NotFound("link")
    return token


# Practice before a contest, whose number could be anything.
PAGES = (
    Page(HOME, home, ticket=CITIZEN),
    Page(PRACTICE, practice, ticket=CITIZEN, limits=(READ, SAY)),
    Page(PRACTICE, practise, "POST", Body.FORM, CITIZEN, (READ, SAY), one_by_one=True),
    Page(f"{HOME}/{{number}}", contest, ticket=CITIZEN),
    Page(f"{HOME}/{{number}}", begin, "POST", Body.FORM, CITIZEN, (READ, SAY), one_by_one=True),
    Page(f"{HOME}/{{number}}/lam-bai", question, ticket=CITIZEN, limits=(READ, SAY), one_by_one=True),
    Page(f"{HOME}/{{number}}/lam-bai", answer, "POST", Body.FORM, CITIZEN, (READ, SAY), one_by_one=True),
    Page(f"{HOME}/{{number}}/giay-chung-nhan.pdf", certificate, ticket=CITIZEN, limits=(READ, SAY)),
    Page(f"{SURVEY}/{{token}}", survey, ticket=CITIZEN),
    Page(f"{SURVEY}/{{token}}", begin_survey, "POST", Body.FORM, CITIZEN, (READ, SAY), one_by_one=True),
    Page(f"{SURVEY}/{{token}}/lam-bai", survey_question, ticket=CITIZEN, limits=(READ, SAY), one_by_one=True),
    Page(f"{SURVEY}/{{token}}/lam-bai", survey_answer, "POST", Body.FORM, CITIZEN, (READ, SAY), one_by_one=True),
    Page(f"{SURVEY}/{{token}}/giay-chung-nhan.pdf", survey_certificate, ticket=CITIZEN, limits=(READ, SAY)),
)
