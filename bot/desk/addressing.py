"""Who is to have a mailing, and in which words: only those who asked for such, each once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.desk.following import ASKED_WITHIN
from bot.desk.issues import issue_in
from bot.desk.notices import Said
from bot.desk.tidings import Reason, Tiding, loaded, told
from bot.desk.transaction import Transaction
from bot.dialogue.message import Option
from bot.outreach import digest
from bot.outreach.mailing import CHANGES, Kind, Mailing, Subscription, Topic
from bot.wording import following as say
from knowledge.library import covers

_ByPlace = dict[tuple[str, str], list[Tiding]]
LONGEST = 3300
"""Letters of one message: every door takes so many, with what it puts around them."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """`parts`: one message, or several for a long one; the last has the way out."""

    conversation: str
    parts: tuple[Said, ...]


def receivers(
    tx: Transaction, mailing: Mailing, now: dt.datetime, place: str, authority: str, public_url: str = ""
) -> Iterator[Receiver]:
    """`place`: the house's own. Whoever subscribed after the mailing was on its way is none."""
    if mailing.kind is Kind.NEWS:
        return _told_of_changes(tx, mailing, now, place, public_url)
    text = _digest_text(mailing, authority) if mailing.kind is Kind.DIGEST else broadcast_text(mailing, authority)
    return _subscribed(tx, mailing, text, place)


def sample(mailing: Mailing, place: str, authority: str, public_url: str) -> tuple[Said, ...]:
    """As somebody would read it; for officers."""
    if mailing.kind is Kind.NEWS:
        found = loaded(mailing.text)
        shown = found.get(place) or next(filter(None, found.values()), ())
        return parts_of(told(shown, (), mailing.id, public_url).text, "", ())
    text = _digest_text(mailing, authority) if mailing.kind is Kind.DIGEST else broadcast_text(mailing, authority)
    return parts_of(text, "", ())


def broadcast_text(mailing: Mailing, authority: str) -> str:
    head = say.FROM.format(authority=authority) if authority else say.FROM_ASSISTANT
    return "\n\n".join(filter(None, (head, mailing.title, mailing.text)))


def _digest_text(mailing: Mailing, authority: str) -> str:
    return digest.text(issue_in(mailing.text), authority)


def _subscribed(tx: Transaction, mailing: Mailing, text: str, place: str) -> Iterator[Receiver]:
    """One message to each, whose buttons end what it came by."""
    for conversation, mine in _by_person(_chosen(tx, mailing, place)).items():
        yield Receiver(conversation, parts_of(text, *_way_out(mailing, mine)))


def _chosen(tx: Transaction, mailing: Mailing, place: str) -> Iterator[Subscription]:
    if mailing.kind is Kind.DIGEST:
        found = tx.subscribers(Topic.DIGEST)
    else:
        found = tx.subscribers(Topic.FIELD if mailing.fields else Topic.NOTICES, mailing.fields)
    end = mailing.began_at
    for one in found:
        there = not mailing.place or covers(mailing.place, one.place or place)
        if there and (end is None or one.since <= end):
            yield one


def _way_out(mailing: Mailing, mine: Iterable[Subscription]) -> tuple[str, tuple[Option, ...]]:
    """Why they are told, and the buttons that end it."""
    mine = tuple(mine)
    if mailing.kind is Kind.DIGEST:
        return say.WHY_DIGEST, (Option(f"t:stop:{mine[0].id}:{mailing.id}", say.STOP_DIGEST),)
    if mine[0].topic is Topic.NOTICES:
        return say.WHY_NOTICES, (Option(f"t:stop:{mine[0].id}:{mailing.id}", say.STOP_NOTICES),)
    stops = (Option(f"t:stop:{s.id}:{mailing.id}", say.NEWS_STOP_FIELD.format(field=s.field)) for s in mine[:3])
    return say.WHY_FIELD.format(fields=", ".join(s.field for s in mine)), tuple(stops)


def _told_of_changes(
    tx: Transaction, mailing: Mailing, now: dt.datetime, place: str, public_url: str
) -> Iterator[Receiver]:
    by_place = loaded(mailing.text)
    concerns: dict[str, dict[Tiding, list[Reason]]] = defaultdict(lambda: defaultdict(list))
    fields = sorted({t.field for found in by_place.values() for t in found}) or [""]
    of_field, of_record = _sorted(by_place)
    for one in tx.subscribers(Topic.FIELD, fields):
        if one.since <= mailing.made_at:
            for tiding in of_field.get((one.place or place, one.field), ()):
                concerns[one.conversation][tiding].append(Reason(f"t:stop:{one.id}", one.field))
    for conversation, at, records in tx.asked_about(now - ASKED_WITHIN, CHANGES):
        for tiding in (t for key in records for t in of_record.get((at or place, key), ()) if conversation):
            concerns[conversation][tiding].append(Reason("t:nomore"))
    for conversation, found in concerns.items():
        said = told(tuple(found), (r for reasons in found.values() for r in reasons), mailing.id, public_url)
        yield Receiver(conversation, parts_of(said.text, "", said.options))


def _sorted(by_place: Mapping[str, Iterable[Tiding]]) -> tuple[_ByPlace, _ByPlace]:
    """By place and field, and by place and record: a first import tells of thousands, and many follow."""
    of_field: _ByPlace = defaultdict(list)
    of_record: _ByPlace = defaultdict(list)
    for place, found in by_place.items():
        for tiding in found:
            of_field[place, tiding.field].append(tiding)
            of_record[place, tiding.key].append(tiding)
    return of_field, of_record


def _by_person(found: Iterable[Subscription]) -> dict[str, list[Subscription]]:
    people: dict[str, list[Subscription]] = defaultdict(list)
    for one in found:
        people[one.conversation].append(one)
    return people


def parts_of(text: str, why: str, options: tuple[Option, ...]) -> tuple[Said, ...]:
    """At blank lines, else at line ends, else where it must be."""
    parts = [""]
    for block in f"{text}\n\n{why}".strip().split("\n\n"):
        for piece in _pieces(block):
            joined = f"{parts[-1]}\n\n{piece}" if parts[-1] else piece
            if len(joined) <= LONGEST:
                parts[-1] = joined
            else:
                parts.append(piece)
    said = [Said(part) for part in parts]
    return (*said[:-1], replace(said[-1], options=options))


def _pieces(block: str) -> Iterator[str]:
    while len(block) > LONGEST:
        at = block.rfind("\n", LONGEST // 3, LONGEST)
        at = at if at > 0 else block.rfind(" ", LONGEST // 3, LONGEST)
        at = at if at > 0 else LONGEST
        yield block[:at].rstrip()
        block = block[at:].lstrip()
    yield block
