"""The numbers of a plan and of the legal texts it rests on or mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialogue.plans.entries import Entry, Kind
from bot.dialogue.plans.lines import law_line, sentence
from bot.dialogue.plans.looking import Finding, Look, Scored
from bot.dialogue.plans.naming import number_and_date
from bot.dialogue.plans.question import LAW_KINDS
from bot.dialogue.plans.words import code_term
from bot.wording import plans as say
from knowledge.vietnamese import fold

_ASKED_OF_KIND = r"\b{kind}\b.{{0,6}}\b(?:nao|gi|so may|so bao nhieu)\b|\b{kind}\b.*\b(?:so may|so bao nhieu|ngay nao)"


def number(look: Look) -> Finding | None:
    if not look.asked.asks("so_hieu") or (any(t.startswith("#") for t in look.asked.terms) and law(look)):
        return None
    if any(k in look.asked.folded for k in LAW_KINDS):
        return None
    if look.plan.number or look.plan.date:
        text = number_and_date(look.plan).lstrip(", ")
        return Finding((f"{say.ASPECTS['so_hieu']}: {sentence(text)}",), ("so_hieu",))
    near = [e.text for e in look.of(Kind.ODDITY) if re.search(r"không ghi số|để trống", e.text)]
    return Finding(tuple(near), ("so_hieu",), say.UNSAID["so_hieu"])


def law(look: Look) -> Finding | None:
    """A legal text that the plan rests on or mentions: by its number, its kind, or as one of all."""
    laws = look.of(Kind.LAW)
    numbered = [e for e in laws if e.law and any(t == code_term(e.law.number) for t in look.asked.terms)]
    if numbered:
        return Finding(tuple(map(law_line, numbered)), ("can_cu",))
    if kinds := [k for k in LAW_KINDS if re.search(_ASKED_OF_KIND.format(kind=k), look.asked.folded)]:
        return _of_kinds(look, laws, kinds)
    return _basis(look, laws) if look.asked.asks("can_cu") and not look.asked.asks("kinh_phi") else None


def _of_kinds(look: Look, laws: Sequence[Entry], kinds: Sequence[str]) -> Finding:
    such = [e for e in laws if any(k in fold(e.text) for k in kinds)]
    ranked = look.ranked(such) or [Scored(e, 0, 0) for e in such]
    if not ranked:
        return Finding((), ("can_cu",), say.UNSAID_LAW)
    return Finding(tuple(map(law_line, _best(look, ranked))), ("can_cu",))


def _basis(look: Look, laws: Sequence[Entry]) -> Finding:
    ranked = look.ranked(laws)
    if not ranked or ranked[0].cover < 0.35:
        ranked = [Scored(e, 0, 0) for e in laws if e.basis]
    if not ranked:
        near = [e.text for e in look.of(Kind.ODDITY) if "căn cứ" in e.text]
        return Finding(tuple(near), ("can_cu",), say.UNSAID["can_cu"])
    chosen = _best(look, ranked)
    chosen = [e for e in chosen if e.basis] or chosen
    return Finding(tuple(map(law_line, chosen)), ("can_cu",))


def _best(look: Look, ranked: Sequence[Scored]) -> list[Entry]:
    """Those near the best; more of them where several are asked for or none is nearer than another."""
    best = ranked[0].cover
    many = not best or bool(re.search(r"\b(?:cac|nhung|may)\b", look.asked.folded))
    return [s.entry for s in ranked if s.cover >= (0.4 if many else 0.7) * best][: 8 if many else 3]
