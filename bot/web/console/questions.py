"""The questions of quizzes at the console: drafted, looked at, approved, put right, dropped; and polls for groups."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bot.desk.practice import NothingToAsk
from bot.desk.questions import MOST_OPTIONS, Wording
from bot.desk.rights import Action
from bot.ledger import Officer
from bot.outreach.quiz.question import NotReviewable, Stage
from bot.web.console.rounds import ROOT, Row, back, chosen, number_in, shown
from bot.web.visiting import Visit
from bot.wording import contests as words
from knowledge.vietnamese import fold

CONTESTS = f"{ROOT}/cuoc-thi"
QUESTIONS = f"{CONTESTS}/cau-hoi"
SIZE = 25
MOST_DRAFTED = 60


def questions(visit: Visit, who: Officer) -> Response:
    desk, q = visit.house.quizzes.questions, visit.query
    stage = chosen(Stage, q.get("muc", "")) or Stage.DRAFT
    topic, offset = q.get("chu-de", ""), number_in(q.get("tu_so", ""))
    everything = [x for x in desk.listed(who) if x.stage is stage]
    found = [x for x in everything if not topic or x.topic == topic]
    library = visit.house.desk.library()
    values: dict[str, Any] = {
        "found": found[offset : offset + SIZE],
        "total": len(found),
        "offset": offset,
        "size": SIZE,
        "stage": stage,
        "counts_of": desk.counts(who),
        "topic": topic,
        "topics": sorted({x.topic for x in everything}, key=fold),
        "fields": sorted((f for f in library.fields() if f), key=fold),
        "plans": library.plans,
        "made": q.get("so", ""),
        "refused": number_in(q.get("sai", "")),
    }
    return shown(visit, who, "console/contest_questions.html", **values, w=words)


def draft(visit: Visit, who: Officer) -> Response:
    fields, plans = visit.lists.get("linh_vuc", ()), visit.lists.get("ke_hoach", ())
    most = number_in(visit.form.get("so", ""), 1, MOST_DRAFTED)
    made = visit.house.quizzes.questions.draft(who, [f for f in fields if f], [p for p in plans if p], most)
    return back(visit, f"{QUESTIONS}?muc=nhap&so={made}", "quiz_drafted")


def review(visit: Visit, who: Officer) -> Response:
    """Those that are ticked are approved or dropped."""
    desk, numbers = visit.house.quizzes.questions, visit.lists.get("cau", ())
    address = f"{QUESTIONS}?muc={chosen(Stage, visit.form.get('muc', '')) or Stage.DRAFT}"
    if "bo" in visit.form:
        desk.drop(who, numbers)
        return back(visit, address, "quiz_dropped")
    _, refused = desk.approve(who, numbers)
    return back(visit, f"{address}&sai={refused}" if refused else address, "quiz_approved")


def question(visit: Visit, who: Officer) -> Response:
    return _question(visit, who)


def write(visit: Visit, who: Officer) -> Response:
    form, number = visit.form, visit.path["question"]
    number = "" if number == "moi" else number
    options = tuple(" ".join(form.get(f"da_{n}", "").split()) for n in range(MOST_OPTIONS))
    given = tuple(o for o in options if o)
    right = number_in(form.get("dung", ""), 0, MOST_OPTIONS) if form.get("dung", "").isdecimal() else -1
    place = given.index(options[right]) if 0 <= right < len(options) and options[right] else -1
    text, source, topic = (" ".join(form.get(x, "").split()) for x in ("cau", "nguon", "chu_de"))
    wording = Wording(text, given, place, source, topic[:80], form.get("ban_ghi", "").strip()[:60])
    try:
        written = visit.house.quizzes.questions.write(who, wording, number)
    except NotReviewable as bad:
        why = words.BAD_QUESTIONS.get(str(bad), words.BAD_QUESTION_OTHER)
        return _question(visit, who, words.BAD_QUESTION.format(why=why))
    return back(visit, f"{QUESTIONS}?muc={written.stage.value}", "quiz_written")


def _question(visit: Visit, who: Officer, trouble: str = "") -> Response:
    number = visit.path["question"]
    found = None if number == "moi" else visit.house.quizzes.questions.one(who, number)
    return shown(
        visit,
        who,
        "console/contest_question.html",
        400 if trouble else 200,
        found=found,
        given=visit.form,
        trouble=trouble,
        most=MOST_OPTIONS,
        w=words,
    )


# --- polls -----------------------------------------------------------------------------------------------------------


def post_poll(visit: Visit, who: Officer) -> Response:
    """Only into a group in which an officer has posted one before: the bot is there, and wanted."""
    desk, chat = visit.house.quizzes.practice, visit.form.get("nhom", "")
    if chat not in desk.chats(who):
        return back(visit, CONTESTS, "quiz_no_group")
    try:
        desk.post_poll(who, chat, visit.form.get("cau", ""))
    except NothingToAsk:
        return back(visit, CONTESTS, "quiz_nothing")
    return back(visit, CONTESTS, "quiz_poll")


def close_poll(visit: Visit, who: Officer) -> Response:
    visit.house.quizzes.practice.close_poll(who, "", visit.path["poll"])
    return back(visit, CONTESTS, "quiz_poll_closed")


ROWS = (
    Row(QUESTIONS, questions, Action.QUIZZES),
    Row(f"{QUESTIONS}/soan", draft, Action.QUIZZES, "POST"),
    Row(f"{QUESTIONS}/duyet", review, Action.QUIZZES, "POST"),
    Row(f"{QUESTIONS}/{{question}}", question, Action.QUIZZES),
    Row(f"{QUESTIONS}/{{question}}", write, Action.QUIZZES, "POST"),
    Row(f"{CONTESTS}/do-vui", post_poll, Action.QUIZZES, "POST"),
    Row(f"{CONTESTS}/do-vui/{{poll}}/dong", close_poll, Action.QUIZZES, "POST"),
)
