"""Which plans are to answer: those that are named or were spoken of, those that speak of the subject, or a choice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.message import Behavior
from bot.dialogue.plans import replying
from bot.dialogue.plans.answers import answer
from bot.dialogue.plans.entries import Kind
from bot.dialogue.plans.looking import Look, Scored
from bot.dialogue.plans.naming import tier
from bot.dialogue.plans.question import Ask, ask
from bot.dialogue.plans.replying import PlanReply
from bot.dialogue.plans.shelf import shelf
from bot.dialogue.plans.telling import named
from bot.dialogue.understanding import Reading, read
from bot.wording import plans as say
from index.retriever import Retriever
from knowledge.library import Library
from knowledge.records import Plan
from knowledge.vietnamese import normalise

# How much of a subject's weight an entry must share for its plan to speak of it.
_SPEAKS = 0.45
# "kế hoạch nào nói về …": with so much of it unknown to all plans, none does.
_UNKNOWN_SHARE = 0.3
# Asked of a plan, and of no task in it.
_OF_PLAN = ("can_cu", "nguoi_ky", "noi_nhan", "hieu_luc", "muc_dich", "yeu_cau")
_HOTLINE = re.compile(r"duong day nong|hotline")
_LIST_ASKED = re.compile(
    r"(?:nhung|cac|bao nhieu|may|co) (?:ban |van ban )?ke hoach .*\b(?:nao|gi|may|nua)\b|(?:bao nhieu|may|nhung"
    r"|liet ke|danh sach) .{0,10}ke hoach"
    r"|ke hoach (?:[a-z]+ ){0,6}nao (?:co|noi|nhac|dung|to chuc|yeu cau|giao)\b"
    r"|ke hoach nao|(?:tinh|noi|huyen|dia phuong|thanh pho|quan) nao|cai nao|(?:trong )?kho\b(?! khan)|o dau co"
)


def answer_on_plans(
    reading: Reading,
    library: Library,
    retriever: Retriever | None,
    current: tuple[str, ...] = (),
    before: str = "",
) -> PlanReply:
    """The answer to a question on plans. `current`: the plans spoken of so far; `before`: the question that went
    before, whose subject a follow-up such as "còn ai phối hợp?" keeps.

    `retriever` is not asked: with so few entries, what its encoder adds made no answer better and one worse.
    """
    if not library.plans:
        return PlanReply(Behavior.NOT_STATED, say.NO_PLANS, ())
    asked = ask(reading, library)
    follows = not asked.places and not asked.others and bool(current)
    if before and (follows or asked.places) and asked.bare:
        asked = _continued(asked, ask(read(before, library), library))
    if plans := named(asked, library):
        return _on(plans, asked, library)
    if asked.places or asked.others:
        return _none_here(asked, library)
    kept = [library.plans[k] for k in current if k in library.plans]
    if follows and kept and not _LIST_ASKED.search(asked.folded):
        kept = [p for p in kept if not asked.years or p.year in asked.years] or kept
        return _on(kept, asked, library)
    return _choose(asked, library)


def _continued(asked: Ask, earlier: Ask) -> Ask:
    """A question that names no subject, on the subject of the one before; "số mấy" of a hotline is its number."""
    if asked.asks(*_OF_PLAN):
        return asked
    folded = f"duong day nong {asked.folded}" if _HOTLINE.search(earlier.folded) else asked.folded
    aspects = asked.aspects or earlier.aspects
    return replace(
        asked, folded=folded, terms=earlier.terms, tokens=earlier.tokens, exact=earlier.exact, aspects=aspects
    )


def _on(plans: Sequence[Plan], asked: Ask, library: Library) -> PlanReply:
    looks = [_look(p, asked, library) for p in plans[:3]]
    found = [answer(look) for look in looks]
    return replying.on_one(looks[0], found[0]) if len(plans) == 1 else replying.compared(plans[:3], found)


def _look(plan: Plan, asked: Ask, library: Library) -> Look:
    return Look(plan, asked, shelf(library), library.day)


def _none_here(asked: Ask, library: Library) -> PlanReply:
    """A place or a year that no plan is of."""
    told = [*asked.places, *asked.others]
    places = ", ".join(_proper(name, library) for name in told)
    years = ", ".join(map(str, asked.years))
    parts = (say.NONE_PLACE.format(place=places) if told else "", say.NONE_YEAR.format(year=years) if years else "")
    every = list(library.plans.values())
    plans = [p for p in every if normalise(p.place) in told or normalise(p.district) in told]
    what = " ".join(filter(None, parts))
    return replying.listing(Behavior.NOT_STATED, say.NONE_HERE.format(what=what), plans or every)


def _proper(name: str, library: Library) -> str:
    """A place's name as it is written, from how it was normalised."""
    own = [n for p in library.plans.values() for n in (p.district, p.place)]
    other = [n for p in library.places.values() for n in (p.name, *p.formed_from)]
    return next((n for n in (*own, *other) if normalise(n) == normalise(name)), name)


def _choose(asked: Ask, library: Library) -> PlanReply:
    """No place is named: the plans are listed, or the one that speaks of the subject answers, or we ask which."""
    plans = _of_year(asked, library)
    if not plans:
        return _none_here(asked, library)
    if re.search(r"(?:moi|gan(?: day)?) nhat", asked.folded):
        return _on([max(plans, key=lambda p: p.year)], replace(asked, terms={}, aspects=()), library)
    wanted = bool(_LIST_ASKED.search(asked.folded))
    tiers = _tiers(asked.folded)
    if wanted and tiers:
        plans = [p for p in plans if tier(p) in tiers] or plans
    foreign = wanted and _foreign(asked, library)
    speaking = [] if foreign else _speaking(plans, asked, library)
    if wanted and (tiers or (asked.bare and not foreign)):
        return _listed(plans, asked, tiers)
    if foreign or (not speaking and not asked.bare):
        return replying.listing(Behavior.NOT_STATED, say.NO_SUBJECT, plans)
    if wanted:
        return replying.saying(speaking)
    near = [p for p, _ in speaking] or plans
    if len(near) == 1:
        return _on(near, asked, library)
    return replying.clarifying([p for p in plans if p in near], asked.aspects)


def _of_year(asked: Ask, library: Library) -> list[Plan]:
    """The plans of the years that are named; else those that speak of them."""
    every = list(library.plans.values())
    known = shelf(library).years
    right = [p for p in every if not asked.years or p.year in asked.years]
    return right or [p for p in every if known[p.key] & set(asked.years)]


def _listed(plans: Sequence[Plan], asked: Ask, tiers: Sequence[str]) -> PlanReply:
    what = "".join(say.LISTING_WHAT[t] for t in tiers[:1])
    if asked.years:
        what += say.LISTING_WHAT["year"].format(years=", ".join(map(str, asked.years)))
    return replying.listing(Behavior.ANSWER, say.LISTING.format(count=len(plans), what=what), plans)


def _foreign(asked: Ask, library: Library) -> bool:
    """Whether much of the subject is unknown to all plans."""
    known = shelf(library).postings
    unknown = sum(w for t, w in asked.own.items() if " " not in t and asked.key(t) not in known)
    return unknown > _UNKNOWN_SHARE * sum(asked.own.values())


def _speaking(plans: Sequence[Plan], asked: Ask, library: Library) -> list[tuple[Plan, Scored]]:
    """The plans that say something on the subject, the nearest first."""
    if asked.bare:
        return []
    asked = replace(asked, terms=asked.own)
    best = [(p, ranked[0]) for p in plans if (ranked := _near(_look(p, asked, library)))]
    top = max((s.cover for _, s in best), default=0.0)
    if top < _SPEAKS:
        return []
    return sorted(((p, s) for p, s in best if s.cover >= 0.62 * top), key=lambda f: -f[1].cover)


def _near(look: Look) -> list[Scored]:
    """What the plan says on the subject; what it only mentions beside it where it says nothing else."""
    if look.asked.asks("bao_cao"):
        return look.ranked(look.of(Kind.DUTY))
    leads = look.asked.asks("chu_tri")
    named = {b.name for b in look.bodies}
    held = [e for e in look.of(Kind.TASK) if named & {*e.bodies, *(() if leads else e.partners)}]
    if (ranked := look.ranked(held)) and ranked[0].cover >= _SPEAKS:
        return ranked
    main = look.ranked(look.of(Kind.TASK, Kind.CONTENT, Kind.CHANNEL, Kind.DUTY, Kind.REQUIREMENT, Kind.AUDIENCE))
    return main if main and main[0].cover >= _SPEAKS else look.ranked()


def _tiers(folded: str) -> tuple[str, ...]:
    text = re.sub(r"(?:chu )?khong phai.*$", "", folded)
    found = {
        "sở": r"(?:mot|cap|cac) so\b|(?:do|cua) so(?: nao)?(?: ban hanh| lap| ra)?\W*$",
        "huyện": r"(?:mot|cap|cac|do|cua) huyen\b|huyen nao",
        "tỉnh": r"(?:mot|cap) tinh\b",
    }
    return tuple(t for t, pattern in found.items() if re.search(pattern, text))
