"""A petition's term in plain words, by working time. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.petitions.clock import Clock
from bot.petitions.petition import Petition, State
from bot.wording import office as say

SOON = dt.timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Due:
    """`mood`: "nguy" past, "luu-y" near, "" else; `at`: the moment itself, where one runs."""

    text: str = ""
    mood: str = ""
    at: dt.datetime | None = None


def due_of(petition: Petition, clock: Clock, now: dt.datetime) -> Due:
    """What is due next: that it is accepted, then that it is answered. What ended has no term."""
    if not petition.open:
        return Due()
    if petition.state is State.WAITING:
        return Due(say.WAITS)
    at = petition.accept_by if petition.state is State.NEW else petition.answer_by
    if at is None:
        return Due(say.NO_DUE)
    left = clock.between(now, at)
    if now > at:
        return Due(say.OVERDUE.format(span=span(-left, clock)), "nguy", at)
    return Due(say.DUE_IN.format(span=span(left, clock)), "luu-y" if left < SOON else "", at)


def span(time: dt.timedelta, clock: Clock) -> str:
    """Whole working days, else whole working hours."""
    days, hours = time // clock.working_hours.day, time // dt.timedelta(hours=1)
    if days:
        return say.SPAN_DAYS.format(count=days)
    return say.SPAN_HOURS.format(count=hours) if hours else say.SPAN_SOON
