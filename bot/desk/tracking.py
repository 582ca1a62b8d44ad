"""What a citizen may know of a petition: how far it is, what was asked and answered. Never who works on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.desk.casework import Casework
from bot.desk.intake import is_secret
from bot.desk.notices import buttons_at, day_of
from bot.dialogue.message import Option
from bot.ledger import Party
from bot.petitions.codes import complete
from bot.petitions.petition import Happening, Petition, State
from bot.wording import filing as say
from bot.wording import office as say_office


@dataclass(frozen=True, slots=True)
class Tracked:
    """`question`, `answer`, `refusal`: the newest words of officers to the citizen; `steps`: when it came into which
    state; `main`: the petition that it was merged into; `own`: asked from the conversation that filed it."""

    petition: Petition
    question: str = ""
    answer: str = ""
    refusal: str = ""
    steps: tuple[tuple[dt.datetime, State], ...] = ()
    main: Petition | None = None
    own: bool = False


def tracked(work: Casework, spelled: str, conversation: str = "", secret: str = "") -> Tracked | None:
    """None for everybody but who filed it, and who knows its secret; as if there were none."""
    code = complete(spelled)
    petition = work.tx.petition(code) if code else None
    party = work.tx.party(code) if petition else None
    if petition is None or party is None or petition.erased:
        return None
    own = bool(conversation) and party.conversation == conversation
    return _told(work, petition, own) if own or _knows(party, secret) else None


def own_codes(work: Casework, conversation: str) -> Sequence[str]:
    return work.tx.codes_of(conversation)


def described(found: Tracked) -> tuple[str, tuple[Option, ...]]:
    """As a citizen reads it, with what can be done next."""
    p = found.petition
    lines = [say.TRACKED.format(code=p.code, day=day_of(p.filed_at), state=say_office.STATES[p.state.value])]
    shown = found.main or p
    if found.main is not None:
        lines.append(say.TRACKED_INTO.format(state=say_office.STATES[found.main.state.value]))
    if shown.voices > 1:
        lines.append(say.TRACKED_VOICES.format(count=shown.voices))
    lines += _words(found, shown)
    if shown.open and shown.answer_by and shown.state is not State.WAITING:
        lines.append(say.DUE.format(time=day_of(shown.answer_by)))
    if shown.open and not (shown.reopened and found.answer):
        lines.append(say.NOT_YET if found.own else say.NOT_YET_ELSEWHERE)
    return "\n".join(lines), buttons_at(p.code, p.state) if found.own else ()


def _words(found: Tracked, shown: Petition) -> list[str]:
    lines = []
    if shown.state is State.WAITING and found.question:
        lines.append(say.TRACKED_QUESTION.format(text=found.question))
    if shown.state is State.REFUSED and shown.reason in say_office.REFUSALS:
        lines.append(say_office.REFUSALS[shown.reason].to_citizen)
    if shown.state is State.REFUSED and found.refusal:
        lines.append(found.refusal)
    if shown.state is State.FORWARDED and shown.body:
        lines.append(say.TRACKED_BODY.format(body=shown.body))
    if found.answer and shown.open:  # it was reopened
        lines += [say.TRACKED_ANSWER_BEFORE.format(text=found.answer), say.TRACKED_AGAIN]
    elif found.answer:
        lines.append(say.TRACKED_ANSWER.format(text=found.answer))
    if shown.rating:
        lines.append(say.TRACKED_RATED.format(rating=shown.rating))
    return lines


def _told(work: Casework, petition: Petition, own: bool) -> Tracked:
    main = work.tx.petition(petition.into) if petition.state is State.MERGED and petition.into else None
    papers = work.tx.papers(main.code if main else petition.code)
    newest = {p.role: p.text for p in papers}
    moves = [e for e in work.tx.events(petition.code) if e.kind is Happening.MOVED]
    steps = ((petition.filed_at, State.NEW), *((e.at, State(e.details["to"])) for e in moves))
    return Tracked(
        petition, newest.get("question", ""), newest.get("answer", ""), newest.get("refusal", ""), steps, main, own
    )


def _knows(party: Party, secret: str) -> bool:
    return bool(secret and party.secret) and is_secret(secret, party.secret)
