"""Whether a message is about the plans at all, and which of them it names."""

from __future__ import annotations

import re

from bot.dialogue.plans.question import Ask, ask, numbers
from bot.dialogue.plans.shelf import Shelf, shelf
from bot.dialogue.plans.words import STOP_FOLDED, code_term, runs_of
from bot.dialogue.understanding import Reading
from knowledge.library import Library
from knowledge.records import Plan
from knowledge.vietnamese import fold, normalise


def about_plans(reading: Reading, library: Library) -> bool:
    """Whether a message is about the plans at all. A follow-up that names nothing is not: its topic decides."""
    if not library.plans:
        return False
    asked = ask(reading, library)
    found = shelf(library)
    if _cites(asked, library):
        return True
    plan = _is_such_a_plan(asked.folded, found)
    reform = bool(re.search(r"cai cach (?:thu tuc )?hanh chinh|cai cach hc", asked.folded))
    inform = "tuyen truyen" in asked.folded
    dated = any(p.year in asked.years for p in library.plans.values())
    compared = len(asked.places) > 1 or (dated and bool(asked.places) and asked.asks(*_SIGNS))
    runs = sum(r in found.telling for r in runs_of(asked.tokens))
    which = plan and bool(re.search(r"ke hoach nao|(?:cac|nhung) ke hoach", asked.folded))
    inside = reform and bool(asked.places) and asked.asks("bao_cao", "kinh_phi", "nguoi_ky")
    signs = (
        0.5 * inside
        + 2 * plan
        + 2 * inform
        + 1.5 * reform
        + dated
        + compared
        + which
        + bool(asked.places)
        + 1.5 * min(runs, 2)
    )
    sure = plan or inform or reform or (dated and compared)
    return signs >= 3 and (sure or (runs > 0 and bool(asked.places or dated)) or runs > 2)


def _cites(asked: Ask, library: Library) -> bool:
    """Whether the number of a plan, or of a legal text that a plan of the named place speaks of, is told."""
    if any(p.number and f"{code_term(p.number)[1:]}/kh" in asked.folded for p in library.plans.values()):
        return True
    numbers = [t for t in asked.terms if t.startswith("#")]
    found = shelf(library)
    told = {p.key for p in named(asked, library)}
    holding = {found.entries[i].plan for n in numbers for i in found.postings.get(n, ())}
    return bool(holding & told) or (bool(holding) and "ke hoach" in asked.folded and "/" in asked.folded)


# With place and year, these show that a plan is meant.
_SIGNS = ("chu_tri", "phoi_hop", "tan_suat", "san_pham", "kinh_phi", "bao_cao", "nhiem_vu", "kenh", "nguoi_ky")


def _is_such_a_plan(folded: str, found: Shelf) -> bool:
    """Whether "kế hoạch" means such a plan: what follows is its place or year, or a word that follows it in plans."""
    other = r"(?!(?:bao ve|kinh doanh|san xuat|dau tu|su dung|hoa|tra no)\b)"
    for m in re.finditer(rf"\bke hoach\b\W*+(?:cua )?(?:tinh |huyen |thanh pho )?{other}([\w/&-]*)", folded):
        after = m[1]
        if not after or after in STOP_FOLDED or not after.isalpha() or ("hoach", after) in found.pairs:
            return True
        if any(fold(w.name).startswith(after) for w in found.places):
            return True
    return False


def named(asked: Ask, library: Library) -> list[Plan]:
    """The plans whose place is named, in the order of the text; those of another year are left out."""
    plans = [p for p in library.plans.values() if numbers(p, asked.folded)]
    plans += [
        p for name in asked.places for p in library.plans.values() if name in map(normalise, (p.place, p.district))
    ]
    plans = list({p.key: p for p in plans}.values())
    if asked.years:
        known = shelf(library).years
        right = [p for p in plans if p.year in asked.years]
        plans = right or [p for p in plans if known[p.key] & set(asked.years)]
    return plans
