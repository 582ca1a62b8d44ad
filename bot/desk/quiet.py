"""Hours in which nobody is sent what they did not ask for this very moment. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.petitions.clock import VIETNAM


@dataclass(frozen=True, slots=True)
class Quiet:
    """From `begins` to `ends`, over midnight where `ends` is the earlier one; equal ones mean none."""

    begins: dt.time = dt.time(21, 0)
    ends: dt.time = dt.time(7, 0)

    def at(self, moment: dt.datetime) -> bool:
        time = moment.astimezone(VIETNAM).time()
        if self.begins <= self.ends:
            return self.begins <= time < self.ends
        return time >= self.begins or time < self.ends

    def after(self, moment: dt.datetime) -> dt.datetime:
        """The moment itself, or the end of the quiet hours that it lies in."""
        if not self.at(moment):
            return moment
        here = moment.astimezone(VIETNAM)
        day = here.date() + dt.timedelta(days=here.time() >= self.ends)
        return dt.datetime.combine(day, self.ends, VIETNAM).astimezone(dt.UTC)


def quiet_of(text: str) -> Quiet:
    """Of "21:00-07:00"."""
    begins, _, ends = text.partition("-")
    return Quiet(dt.time.fromisoformat(begins.strip()), dt.time.fromisoformat(ends.strip()))
