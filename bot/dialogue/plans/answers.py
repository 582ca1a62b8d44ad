"""What one plan says to a question: the first way of reading it that fits."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.plans.funding import funding, money
from bot.dialogue.plans.laws import law, number
from bot.dialogue.plans.lists import whole_list
from bot.dialogue.plans.looking import Finding, Look
from bot.dialogue.plans.overview import overview
from bot.dialogue.plans.reports import report
from bot.dialogue.plans.tasks import counted, duties, nearest, of_medium
from bot.dialogue.plans.whole_plan import became_of, card, phone, section, signer
from bot.wording import plans as say

_FIRST = (section, phone, money, became_of)
# What is asked of the plan itself may be asked together: who signed it, when, on what basis.
_TOGETHER = (signer, law, number)
_THEN = (report, counted, of_medium, overview, funding, whole_list, duties, nearest)


def answer(look: Look) -> Finding:
    for way in _FIRST:
        if found := way(look):
            return found
    if whole := [found for way in _TOGETHER if (found := way(look))]:
        return _together(whole)
    for way in _THEN:
        if found := way(look):
            return found
    return card(look)


def _together(found: Sequence[Finding]) -> Finding:
    stated = [f for f in found if f.stated]
    if not stated:
        return found[0]
    lines = [
        line for f in found for line in (f.lines if f.stated else (say.UNSAID_PART.format(what=f.unsaid), *f.lines))
    ]
    return Finding(tuple(dict.fromkeys(lines)), tuple(a for f in found for a in f.aspects))
