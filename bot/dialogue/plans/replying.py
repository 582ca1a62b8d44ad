"""What was found becomes a reply: on one plan, on several side by side, or a list of plans to choose from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.dialogue.message import Behavior, Option
from bot.dialogue.plans import naming
from bot.dialogue.plans.lines import short_line
from bot.dialogue.plans.looking import Finding, Look, Scored
from bot.dialogue.plans.question import numbers
from bot.wording import plans as say
from knowledge.records import Plan
from knowledge.vietnamese import fold, normalise

LONGEST = 1200


@dataclass(frozen=True, slots=True)
class PlanReply:
    """`plans`: keys answered from, or the candidates of a clarification (then `options` holds one button for each)."""

    behavior: Behavior
    text: str
    plans: tuple[str, ...]
    aspects: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    sources: tuple[str, ...] = ()


def on_one(look: Look, found: Finding) -> PlanReply:
    plan = look.plan
    head = naming.head(plan, look.day)
    body = list(found.lines)
    if not found.stated:
        head = say.NOT_STATED.format(year=plan.year, scope=naming.scope(plan), what=found.unsaid)
        body = [say.NEAREST, *body] if body else []
    if only := _only_of_a_part(look):
        body.insert(0, only)
    became = "" if "hieu_luc" in found.aspects else naming.became(plan, "\n".join(body))
    text = _joined(head, body, [became, naming.source_line(plan)])
    behavior = Behavior.ANSWER if found.stated else Behavior.NOT_STATED
    return PlanReply(behavior, text, (plan.key,), found.aspects, sources=(plan.name,))


def _only_of_a_part(look: Look) -> str:
    """The province is asked for, and what is here is the plan of a district or of a department of it."""
    plan, asked = look.plan, look.asked
    if normalise(plan.place) not in asked.places or naming.tier(plan) == "tỉnh":
        return ""
    own = naming.bare_body(plan.issuer, plan.place, plan.district)
    if (plan.district and fold(plan.district) in asked.folded) or own in asked.folded or numbers(plan, asked.folded):
        return ""
    if not plan.district:
        short = "".join(w[0] for w in own.replace("va ", "").split()[1:])
        if re.search(rf"\b(?:so )?{short}\b|\bso\b", asked.folded):
            return ""
    return say.ONLY_A_PART.format(scope=naming.scope(plan), place=plan.place)


def compared(plans: Sequence[Plan], found: Sequence[Finding]) -> PlanReply:
    blocks: list[str] = []
    room = (LONGEST - 420) // len(plans)
    for plan, one in zip(plans, found, strict=True):
        lines = list(one.lines)
        if not one.stated:
            lines = [say.UNSAID_PART.format(what=one.unsaid), *lines]
        blocks += [say.HEAD_ONE.format(label=naming.label(plan)), *_fitted(lines, room, more=False)]
    became = [naming.became(p, "", 1) for p in plans]
    text = _joined("", blocks, [*filter(None, became), naming.source_line(*plans)])
    behavior = Behavior.ANSWER if any(f.stated for f in found) else Behavior.NOT_STATED
    aspects = tuple(dict.fromkeys(a for f in found for a in f.aspects))
    return PlanReply(behavior, text, _keys(plans), aspects, sources=tuple(p.name for p in plans))


def listing(behavior: Behavior, head: str, plans: Sequence[Plan]) -> PlanReply:
    rows = [
        say.LISTING_ONE.format(
            label=naming.label(p), issuer=p.issuer, number=naming.number_and_date(p) or say.NO_NUMBER
        )
        for p in plans
    ]
    return PlanReply(behavior, _joined(head, rows, []), _keys(plans), (), _buttons(plans), tuple(p.name for p in plans))


def saying(speaking: Sequence[tuple[Plan, Scored]]) -> PlanReply:
    """Which plans speak of a subject, and what each says."""
    rows = []
    for plan, best in speaking:
        section = f", {best.entry.section}" if best.entry.section else ""
        text = short_line(replace(best.entry, section=""))
        rows.append(say.LISTING_SAYS.format(label=naming.label(plan), section=section, text=text))
    plans = [p for p, _ in speaking]
    tail = [naming.source_line(p) for p in plans[:2]]
    return PlanReply(
        Behavior.ANSWER, _joined(say.SAYING, rows, tail), _keys(plans), (), (), tuple(p.name for p in plans)
    )


def clarifying(plans: Sequence[Plan], aspects: tuple[str, ...]) -> PlanReply:
    rows = [say.CLARIFY_ONE.format(number=i, label=naming.label(p)) for i, p in enumerate(plans, 1)]
    text = _joined(say.CLARIFY.format(count=len(plans)), rows, [])
    return PlanReply(Behavior.CLARIFY, text, _keys(plans), aspects, _buttons(plans))


def _keys(plans: Sequence[Plan]) -> tuple[str, ...]:
    return tuple(p.key for p in plans)


def _buttons(plans: Sequence[Plan]) -> tuple[Option, ...]:
    return tuple(Option(f"plan:{p.key}", naming.label(p)) for p in plans)


def _joined(head: str, body: Sequence[str], tail: Sequence[str]) -> str:
    """Head, as many lines as fit, and the tail whole."""
    after = "\n".join(filter(None, tail))
    room = LONGEST - len(head) - len(after) - 6
    return "\n".join(filter(None, (head, *_fitted(body, room), after)))


def _fitted(lines: Sequence[str], room: int, more: bool = True) -> list[str]:
    kept: list[str] = []
    used = 0
    for line in lines:
        if kept and used + len(line) + 1 > room - (len(say.MORE) if more else 0):
            break
        kept.append(line if len(line) <= room else line[: line.rfind(" ", 0, room - 2)] + " …")
        used += len(kept[-1]) + 1
    return [*kept, say.MORE] if more and len(kept) < len(lines) else kept
