"""Who reports to whom, and by when."""

from __future__ import annotations

import re

from bot.dialogue.plans.entries import Kind
from bot.dialogue.plans.lines import duty_line
from bot.dialogue.plans.looking import Finding, Look
from bot.dialogue.plans.question import DAY
from bot.wording import plans as say


def report(look: Look) -> Finding | None:
    if not look.asked.asks("bao_cao"):
        return None
    duties = look.of(Kind.DUTY)
    ranked = look.ranked(duties)
    order = [s.entry for s in ranked]
    named = look.bodies
    mine = [e for e in duties if any(b.name in e.bodies for b in named)]
    first = [*order, *(e for e in duties if e not in order)]
    chosen = mine or sorted(first, key=lambda e: (not e.dated, "không nêu" in e.fields["noi_nhan"]))
    told = tuple(duty_line(e) for e in chosen[:3])
    unsaid = ""
    when = look.asked.asks("thoi_han") or DAY.search(look.asked.folded)
    who = look.asked.asks("chu_tri", "noi_nhan", "tan_suat") or re.search(
        r"\b(?:cho|gui|nop|ve) (?:ai|dau|noi|phong|so)\b", look.asked.folded
    )
    if when and not any(e.dated for e in chosen) and not who:
        often = any("tan_suat" in e.fields for e in chosen)
        if DAY.search(look.asked.folded) or not often:
            unsaid = say.UNSAID_DAY
    if look.asked.asks("tan_suat") and not any("tan_suat" in e.fields or e.dated for e in chosen):
        unsaid = say.UNSAID["tan_suat"]
    return Finding(told, ("bao_cao",), unsaid) if told else Finding((), ("bao_cao",), say.UNSAID["bao_cao"])
