"""How contests, practice and their questions look on Telegram: each a message with its buttons."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from bot.desk.plays import Put, Step, View
from bot.desk.practice import Exercise, Judged, Tally
from bot.dialogue.message import Option
from bot.outreach.quiz.contest import Contest, Kind, Phase
from bot.telegram_chat.rendering import PARSED, Call, keyboard, split, text_call
from bot.wording import contests as say


def card(chat: int, title: str, text: str, options: Sequence[Option] = (), on: int = 0) -> Call:
    """A title that stands out over a text; `on`: the message that becomes it, where it is still there."""
    body = f"<b>{html.escape(title, quote=False)}</b>\n\n{html.escape(text, quote=False)}"
    fields: dict[str, Any] = {"chat_id": chat, "text": body, **PARSED}
    if rows := keyboard(options):
        fields["reply_markup"] = {"inline_keyboard": rows}
    return Call("editMessageText", {**fields, "message_id": on}, fallback=fields) if on else Call("sendMessage", fields)


def cards(chat: int, title: str, text: str, options: Sequence[Option], on: int = 0) -> tuple[Call, ...]:
    """As many messages as the text needs; the buttons hang under the last."""
    first, *more = split(text)
    if not more:
        return (card(chat, title, first, options, on),)
    middle = [text_call(chat, part) for part in more[:-1]]
    return (card(chat, title, first), *middle, text_call(chat, more[-1], options))


def question_call(chat: int, contest: Contest, put: Put, late: bool, on: int) -> Call:
    head = say.NUMBER.format(number=put.number, total=put.total)
    if put.seconds:
        head += f" · {say.SECONDS_LEFT.format(count=put.seconds)}"
    lines = [*([say.LATE, ""] if late else []), head, "", put.text, "", *_lettered(put.options)]
    options = [Option(f"q:a:{put.id}:{place}", say.LETTERS[n]) for n, (place, _) in enumerate(put.options)]
    return card(chat, contest.title, "\n".join(lines), options, on)


def _lettered(options: Sequence[tuple[int, str]]) -> list[str]:
    return [f"{say.LETTERS[n]}. {text}" for n, (_, text) in enumerate(options)]


def exercise_call(chat: int, made: Exercise) -> Call:
    text = "\n".join((made.question.text, "", *_lettered(made.options)))
    options = [Option(f"q:d:{made.id}:{place}", say.LETTERS[n]) for n, (place, _) in enumerate(made.options)]
    return card(chat, f"{say.PRACTICE} · {made.question.topic}" if made.question.topic else say.PRACTICE, text, options)


def judged_call(chat: int, made: Judged, on: int) -> Call:
    q = made.question
    given = [] if made.right else [say.GIVEN.format(option=q.options[made.option].text)]
    lines = [q.text, "", *given, say.RIGHT_IS.format(option=q.answer), "", say.SOURCE.format(source=q.source)]
    title = say.RIGHT if made.right else say.WRONG
    return card(chat, title, "\n".join(lines), (Option("q:p", say.NEXT),), on)


def line_of(view: View) -> str:
    phase, count = say.PHASES[view.phase.value].lower(), say.QUESTIONS.format(count=view.total)
    return f"• {say.CONTEST_LINE.format(title=view.contest.title, phase=phase, questions=count)}"


def standing_of(view: View) -> Sequence[str]:
    lines = [say.PHASES[view.phase.value] + f". {say.PLAYERS.format(count=view.players)}."]
    if view.best and (view.tries > 1 or not view.open_entry):
        lines.append(say.BEST.format(right=view.best.right, total=view.total))
    if view.earned:
        lines.append(say.EARNED)
    return lines


def choices_of(view: View) -> list[Option]:
    c, options = view.contest, []
    if view.open_entry:
        options.append(Option(f"q:s:{c.id}", say.GO_ON))
    elif view.can_begin:
        options.append(Option(f"q:s:{c.id}", say.AGAIN if view.tries else say.BEGIN))
    if c.kind is Kind.CONTEST and c.board:
        options.append(board_button(c))
    if view.earned:
        options.append(Option(f"q:g:{c.id}", say.BUTTON_CERTIFICATE))
    if view.phase is Phase.OVER and view.tries:
        options.append(Option(f"q:r:{c.id}", say.REVIEW))
    return options


def board_button(contest: Contest) -> Option:
    return Option(f"q:b:{contest.id}", say.BOARD)


def back_button(contest: Contest) -> Option:
    return Option(f"q:c:{contest.id}", say.RULES_TITLE)


def finished_text(step: Step) -> str:
    assert step.score is not None and step.contest is not None
    s, lines = step.score, [say.LATE] if step.late else []
    lines.append(say.FINISHED.format(right=s.right, total=step.total))
    lines.append(say.FINISHED_POINTS.format(points=s.points, seconds=f"{s.seconds:.0f}"))
    if s.late:
        lines.append(say.FINISHED_LATE.format(count=s.late))
    if _earned(step):
        lines.append(say.EARNED)
    if step.tries_left:
        lines.append(say.TRIES_LEFT.format(count=step.tries_left))
    return "\n".join((*lines, "", say.AFTERWARDS))


def after_options(step: Step) -> list[Option]:
    assert step.contest is not None
    c, options = step.contest, []
    if _earned(step):
        options.append(Option(f"q:g:{c.id}", say.BUTTON_CERTIFICATE))
    if c.kind is Kind.CONTEST and c.board:
        options.append(board_button(c))
    if step.tries_left is None or step.tries_left > 0:
        options.append(Option(f"q:s:{c.id}", say.AGAIN))
    return options


def _earned(step: Step) -> bool:
    assert step.score is not None and step.contest is not None
    return bool(step.contest.pass_mark and step.score.right >= step.contest.pass_mark)


def tallied(tally: Tally) -> str:
    return say.POLL_TALLY.format(votes=tally.votes, right=tally.right)
