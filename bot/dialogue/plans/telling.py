"""Whether a message is about the plans at all, and which of them it names."""

from __future__ import annotations

import re

from bot.dialogue.plans.looking import Look
from bot.dialogue.plans.naming import bare_body, tier
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
    if _of_its_matter(asked, library):
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


def _of_its_matter(asked: Ask, library: Library) -> bool:
    """A plan's place with what only plans speak of, or with a body of the plan and what it is to do."""
    found = shelf(library)
    if _PAPERS.search(asked.folded):
        return False
    looks = [Look(plan, asked, found, library.day) for plan in named(asked, library)]
    return any(_in_its_words(look) or _on_a_body(look) for look in looks) or _bears_a_name(asked, library)


def _in_its_words(look: Look) -> bool:
    asked = look.asked
    own = [t for t in asked.own if t not in _SAID_OF_ANY and t in look.shelf.own_pairs and look.knows(t)]
    reform = bool(re.search(r"cai cach (?:thu tuc )?hanh chinh|cai cach hc", asked.folded))
    if (reform and (asked.aspects or own)) or len(own) > 1:
        return True
    best = next(iter(look.ranked()), None)
    if best is None or not asked.aspects:
        return False
    wholly = best.cover >= _WHOLLY and asked.weight >= _MUCH and asked.asks(*_OF_BODY)
    return wholly or (bool(own) and best.cover >= _COVERED)


def _on_a_body(look: Look) -> bool:
    issuer = bare_body(look.plan.issuer, look.plan.place, look.plan.district)
    if tier(look.plan) == "sở" and issuer in look.asked.folded and look.asked.asks(*_OF_BODY):
        return sum(look.asked.own.values()) < _LITTLE
    words = {w for b in look.bodies for w in b.words}
    rest = sum(w for t, w in look.asked.terms.items() if not set(t.split()) <= words)
    return bool(words) and look.asked.asks(*_OF_BODY) and rest < _LITTLE


def _bears_a_name(asked: Ask, library: Library) -> bool:
    """Without a place: a body with a name of its own ("Trường … Hoàng Đình Giong") stands in one plan alone."""
    found = shelf(library)
    if asked.places or not asked.asks(*_OF_BODY):
        return False
    for plan in library.plans.values():
        words = {w for b in Look(plan, asked, found, library.day).bodies for w in b.words}
        own = [t for t in asked.terms if set(t.split()) <= words and _only_in(found, t, plan)]
        if any(" " not in t for t in own) and len(own) > 2:
            return True
    return False


def _only_in(found: Shelf, term: str, plan: Plan) -> bool:
    return {found.entries[i].plan for i in found.postings.get(term, ())} == {plan.key}


_SAID_OF_ANY = ("bao cao", "chinh tri")
_PAPERS = re.compile(r"\b(?:thu tuc|ho so|giay to|le phi|dia chi|dien thoai|so may|hotline)\b")
_OF_BODY = ("chu_tri", "phoi_hop", "nhiem_vu", "bao_cao", "san_pham", "noi_nhan", "tan_suat")
# How much of a question an entry covers that answers it, how much of one that speaks of nothing else and is long
# enough to tell so; how little a question holds beside the name of a body.
_COVERED, _WHOLLY, _MUCH, _LITTLE = 0.5, 0.95, 15.0, 6.0


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
