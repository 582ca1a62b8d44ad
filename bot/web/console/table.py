"""Every page of the console, in the order in which addresses are looked at, each with the rule of who may open it."""

from __future__ import annotations

from itertools import chain

from bot.web.console import (
    asking,
    content,
    contests,
    entering,
    feedback,
    outreach,
    people,
    petition,
    plans,
    publishing,
    queue,
    reports,
    signing,
    watching,
)
from bot.web.console.rounds import Row, page_of
from bot.web.visiting import Page

# Fixed addresses before those with variable parts; files and generations before the records of the content.
ROWS: tuple[Row, ...] = tuple(
    chain(
        queue.ROWS,
        signing.ROWS,
        entering.ROWS,
        petition.ROWS,
        feedback.ROWS,
        asking.ROWS,
        plans.ROWS,
        reports.ROWS,
        outreach.ROWS,
        contests.ROWS,
        publishing.ROWS,
        content.ROWS,
        people.ROWS,
        watching.ROWS,
    )
)
PAGES: tuple[Page, ...] = (*signing.OPEN, *map(page_of, ROWS))
