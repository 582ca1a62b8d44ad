"""What a citizen or an officer is told of a petition, as notices for the outbox, and how such a notice reads.

A notice to a citizen holds the words of an answer or a question; one to an officer holds none of the citizen's.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from bot.dialogue.message import Option
from bot.ledger import Notice, Officer, Party
from bot.petitions.clock import VIETNAM
from bot.petitions.petition import CITIZEN, Event, Happening, Petition, State
from bot.wording import filing as say
from bot.wording import office as say_office

CITIZEN_KIND, OFFICER_KIND, PLAIN_KIND, NEWS_KIND, BULK_KIND = "petition", "officer", "plain", "news", "bulk"
"""A plain one is worded when it is written: its body holds the text and the options. So is news, which nobody waits
for, and a bulk one, which is of a mailing to many."""
HELD = frozenset({NEWS_KIND, BULK_KIND})
"""Before a door sends one of these it asks whether it may now: not in quiet hours."""
CONSOLE = "console"
"""The door of what officers read at the console; nobody carries it there, it waits until it is read."""
_TOLD_STATES = frozenset(
    {State.ACCEPTED, State.WORKING, State.WAITING, State.ANSWERED, State.CLOSED, State.REFUSED, State.FORWARDED}
) | {State.MERGED}
_OFFICERS_BUSINESS = frozenset({Happening.FILED, Happening.SUPPLEMENTED, Happening.ASSIGNED, Happening.RATED})
_BAD_RATING = 2


@dataclass(frozen=True, slots=True)
class Said:
    """A notice as its reader sees it, with the buttons under it."""

    text: str
    options: tuple[Option, ...] = ()


def concerns_citizen(event: Event) -> bool:
    """Whether whoever filed it is told; that someone begins to work on it is news only where that was in doubt."""
    return event.kind is Happening.MOVED and State(event.details["to"]) in _TOLD_STATES


def concerns_officers(event: Event) -> bool:
    if event.kind is Happening.RATED:
        return int(event.details["rating"]) <= _BAD_RATING
    if event.kind is Happening.MOVED:
        return event.by == CITIZEN and event.details["to"] != State.MERGED and "supplemented" not in event.details
    return event.kind in _OFFICERS_BUSINESS


def to_citizen(petition: Petition, event: Event, party: Party, words: str) -> Notice | None:
    """`words`: what the officer wrote to them. None where the party cannot be reached by a door, or it is no news."""
    door, _, to = party.conversation.partition(":")
    news = petition.state is not State.WORKING or petition.reopened > 0
    if not (door and to and news):
        return None
    body = {
        "code": party.code,
        "state": petition.state.value,
        "text": words,
        "reason": petition.reason,
        "body": petition.body,
        "answer_by": petition.answer_by.isoformat() if petition.answer_by and petition.open else "",
        "joined": petition.code != party.code,
    }
    key = f"{petition.code}:{event.number}" + ("" if party.code == petition.code else f":{party.code}")
    return Notice(door, to, CITIZEN_KIND, json.dumps(body, ensure_ascii=False), key, event.at, party.code)


def to_officer(petition: Petition, event: Event, address: str) -> Notice:
    """`address`: an account or a group, "door:name"."""
    door, _, to = address.partition(":")
    body = {
        "code": petition.code,
        "what": event.details["to"] if event.kind is Happening.MOVED else event.kind.value,
        "kind": petition.kind.value,
        "field": petition.field,
        "urgency": petition.urgency.value,
        "accept_by": petition.accept_by.isoformat() if petition.accept_by and petition.state is State.NEW else "",
        "answer_by": petition.answer_by.isoformat() if petition.answer_by and petition.open else "",
    }
    key = f"{petition.code}:{event.number}:{address}"
    return Notice(door, to, OFFICER_KIND, json.dumps(body, ensure_ascii=False), key, event.at, petition.code)


def addresses_of(officer: Officer) -> tuple[str, ...]:
    """Where an officer is told something: at their accounts, and at the console, which also those have who have no
    account anywhere."""
    return (*officer.accounts, f"{CONSOLE}:{officer.id}")


def plain(address: str, said: Said, key: str, due: dt.datetime, kind: str = PLAIN_KIND) -> Notice:
    """A notice about no petition, for a citizen or an officer; `address`: "door:name"."""
    door, _, to = address.partition(":")
    body = {"text": said.text, "options": [[option.id, option.label] for option in said.options]}
    return Notice(door, to, kind, json.dumps(body, ensure_ascii=False), key, due)


def said(notice: Notice) -> Said:
    """The text and buttons of a notice to a citizen or an officer."""
    if not notice.body:  # its words were erased in the meantime
        return Said("")
    body: dict[str, Any] = json.loads(notice.body)
    if notice.kind in (PLAIN_KIND, *HELD):
        return Said(body["text"], tuple(Option(*option) for option in body["options"]))
    return _said_to_officer(body) if notice.kind == OFFICER_KIND else _said_to_citizen(body)


def _said_to_citizen(body: dict[str, Any]) -> Said:
    code, state = body["code"], State(body["state"])
    lines = [say.NOTICES[state.value].format(code=code, body=body.get("body", ""))]
    if body.get("joined"):
        lines.append(say.NOTICE_JOINED)
    if state is State.REFUSED:
        lines.append(say_office.REFUSALS[body["reason"]].to_citizen if body["reason"] in say_office.REFUSALS else "")
    lines.append(body.get("text", ""))
    if body.get("answer_by") and state is State.WAITING:
        lines.append(say.DUE_PAUSED)
    elif body.get("answer_by"):
        lines.append(say.DUE.format(time=day_of(body["answer_by"])))
    if state is State.ANSWERED:
        lines.append(say.RATE_ASK)
    joined = bool(body.get("joined"))
    return Said("\n".join(filter(None, lines)), () if joined else buttons_at(code, state))


def day_of(at: dt.datetime | str) -> str:
    """The day in Vietnam, as it is written there."""
    return f"{_here(at):%d/%m/%Y}"


def time_of(at: dt.datetime | str) -> str:
    return f"{_here(at):%H:%M ngày %d/%m/%Y}"


def _here(at: dt.datetime | str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment.astimezone(VIETNAM)


def _said_to_officer(body: dict[str, Any]) -> Said:
    lines = [
        say_office.NEWS.get(body["what"], say_office.NEWS_OTHER).format(code=body["code"]),
        say_office.KINDS.get(body["kind"], "") + (f" · {body['field']}" if body.get("field") else ""),
        say_office.URGENT if body.get("urgency") == "khan" else "",
        say_office.ACCEPT_BY.format(time=time_of(body["accept_by"])) if body.get("accept_by") else "",
        say_office.ANSWER_BY.format(time=day_of(body["answer_by"])) if body.get("answer_by") else "",
    ]
    return Said("\n".join(filter(None, lines)))


def buttons_at(code: str, state: State) -> tuple[Option, ...]:
    """What who filed it can do next, as buttons; their ids are stable."""
    if state is State.ANSWERED:
        rates = tuple(Option(f"pa:rate:{code}:{n}", label) for n, label in say.RATES.items())
        return (*rates, Option(f"pa:reopen:{code}", say.REOPEN))
    if state is State.CLOSED:
        return (Option(f"pa:reopen:{code}", say.REOPEN),)
    if state is State.WAITING:
        return (Option(f"pa:more:{code}", say.SUPPLEMENT), Option(f"pa:withdraw:{code}", say.WITHDRAW))
    if state in (State.NEW, State.ACCEPTED, State.WORKING):
        return (Option(f"pa:more:{code}", say.NOTE), Option(f"pa:withdraw:{code}", say.WITHDRAW))
    return ()
