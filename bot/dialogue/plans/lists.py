"""The lists of a plan (purposes, requirements, audiences …), whole or what is near the question."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.plans.entries import LISTS, Entry, Kind
from bot.dialogue.plans.lines import lines, sentence, short_line
from bot.dialogue.plans.looking import Finding, Look, Scored
from bot.dialogue.plans.question import OF_TASK
from bot.wording import plans as say


def whole_list(look: Look) -> Finding | None:
    """Purposes, requirements, audiences … as the plan lists them, or those that the question is about."""
    aspect = next(
        (
            a
            for a in ("muc_dich", "yeu_cau", "doi_tuong", "noi_nhan", "lien_he", "noi_dung", "kenh")
            if a in look.asked.aspects
        ),
        "",
    )
    if not aspect:
        return None
    listed = look.of(LISTS[aspect])
    if not look.asked.bare:
        if look.asked.asks(*OF_TASK) and aspect != "kenh":
            return None
        if look.bodies and aspect != "noi_nhan":
            return None
        pool = [e for e in look.of(*Kind) if e.kind not in (Kind.FACT, Kind.RECIPIENT, Kind.ODDITY)]
        ranked = look.ranked(pool)
        return _near(look, ranked, aspect, listed)
    if not listed:
        return Finding((), (aspect,), say.UNSAID[aspect])
    return Finding(tuple(sentence(e.text, e.section) for e in listed), (aspect,))


def _near(look: Look, ranked: Sequence[Scored], aspect: str, listed: Sequence[Entry]) -> Finding | None:
    if look.silent(ranked):
        if (
            aspect in ("muc_dich", "yeu_cau", "doi_tuong", "noi_nhan", "kenh")
            and listed
            and ranked
            and ranked[0].cover > 0.2
        ):
            return Finding(tuple(sentence(e.text, e.section) for e in listed), (aspect,))
        return unsaid_subject(ranked, aspect)
    if aspect == "doi_tuong" and (met := [s.entry for s in ranked if _audience(s, ranked[0])]):
        return Finding(tuple(line for e in met[:2] for line in lines(e, (aspect,))), (aspect,))
    own = [s for s in ranked if s.entry.kind is LISTS[aspect] and s.score >= 0.55 * ranked[0].score]
    others = [s for s in ranked if s.score >= 0.8 * ranked[0].score and s not in own]
    if aspect == "doi_tuong" and not own and "doi_tuong" not in ranked[0].entry.fields:
        return Finding(tuple(sentence(e.text, e.section) for e in listed), (aspect,))
    chosen = (
        [s.entry for s in (*own[:4], *others[:2])]
        if own and own[0].score >= 0.7 * ranked[0].score
        else [s.entry for s in (*others[:3], *own[:2])]
    )
    return Finding(tuple(line for e in chosen for line in lines(e, (aspect,))), (aspect,))


def unsaid_subject(ranked: Sequence[Scored], aspect: str) -> Finding:
    near = tuple(short_line(s.entry) for s in ranked[:1] if s.cover > 0.3)
    return Finding(near, (aspect,), say.UNSAID_SUBJECT)


def _audience(one: Scored, best: Scored) -> bool:
    return one.entry.kind is Kind.TASK and "doi_tuong" in one.entry.fields and one.score >= 0.7 * best.score
