"""The plan as a whole, as a sentence names it: whose it is, its number, whether it still counts, what became of it."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from bot.wording import plans as say
from knowledge.records import Plan, Successor
from knowledge.vietnamese import fold

_HEADS = "Phòng|Sở|Trung tâm|Đài|Báo|Ban|UBND|Ủy ban|Văn phòng|Bộ phận|Trường|Công đoàn"


def scope(plan: Plan) -> str:
    """Whose plan it is, as it is said in a sentence."""
    return re.sub(r"^(?:Chủ tịch )?(?:UBND|Ủy ban nhân dân) ", "", plan.issuer)


def label(plan: Plan) -> str:
    """Place and year, as a button shows them."""
    if plan.issuer.startswith(("Sở", "Ban", "Phòng")):
        return f"{plan.issuer} – {plan.year}"
    return f"{plan.district} ({plan.place}) – {plan.year}" if plan.district else f"{plan.place} – {plan.year}"


def tier(plan: Plan) -> str:
    """Which kind of body issued it: sở, huyện, tỉnh."""
    issuer = fold(plan.issuer)
    if re.match(r"so|ban|phong", issuer):
        return "sở"
    return "huyện" if plan.district or re.search(r"\b(huyen|quan|thi xa)\b", issuer) else "tỉnh"


def number_and_date(plan: Plan) -> str:
    if plan.number and plan.date:
        return say.NUMBER_DATE.format(number=plan.number, date=f"{plan.date:%d/%m/%Y}")
    return say.NUMBER_ONLY.format(number=plan.number) if plan.number else ""


def head(plan: Plan, day: dt.date) -> str:
    template = say.HEAD_PAST if plan.year < day.year else say.HEAD_NOW
    return template.format(year=plan.year, scope=scope(plan))


def source_line(*plans: Plan) -> str:
    """One plan with its whole name; several by whose they are, in one line."""
    read = ", ".join(dict.fromkeys(str(p.sources[0].read) for p in plans if p.sources)) or say.READ_UNKNOWN
    if len(plans) == 1:
        return say.SOURCE.format(name=plans[0].name, number=number_and_date(plans[0]) or say.NO_NUMBER, read=read)
    named = "; ".join(
        say.SOURCE_SHORT.format(scope=scope(p), year=p.year, number=number_and_date(p) or say.NO_NUMBER) for p in plans
    )
    return say.SOURCE.format(name=named, number="", read=read)


def in_force_line(plan: Plan, day: dt.date) -> str:
    until = plan.validity.until or dt.date(plan.year, 12, 31)
    if day > until:
        return say.PAST.format(year=plan.year, until=f"{until:%d/%m/%Y}")
    return say.IN_FORCE.format(year=plan.year, until=f", đến {until:%d/%m/%Y}")


def became(plan: Plan, said: str, most: int = 2, unchanged: bool = False) -> str:
    """One line on what the place, and the bodies named in `said`, have become; "" when nothing changed. With
    `unchanged`, a place that stayed what it was is told too."""
    bare = fold(said)
    place = [s for s in plan.successors if _is_place(plan, s)]
    nearest = [s for s in place if plan.district and plan.district in s.old] or place
    chosen = [s for s in nearest[:1] if unchanged or not s.now.startswith("vẫn là")]
    chosen += [s for s in plan.successors if s not in place and _is_named(plan, s, bare)]
    told = [f"{s.old}: {s.now}{say.TO_CHECK if 'kiểm lại' in s.source else ''}" for s in chosen[:most]]
    return say.BECAME.format(what="; ".join(told)) if told else ""


def _is_place(plan: Plan, s: Successor) -> bool:
    names = "|".join(map(re.escape, filter(None, (plan.place, plan.district))))
    return bool(re.match(rf"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường) (?:{names})\b", s.old))


def _is_named(plan: Plan, s: Successor, said: str) -> bool:
    """Whether a body of the successor's `old` stands in the (folded) text."""
    return any(core in said for core in _cores(s.old, plan.place, plan.district))


@lru_cache(maxsize=512)
def _cores(old: str, *places: str) -> tuple[str, ...]:
    parts = re.split(rf"(?:, | và )(?={_HEADS})", old)
    return tuple(filter(None, (bare_body(p, *places) for p in parts)))


def bare_body(name: str, *places: str) -> str:
    """A body's name folded, without what is in brackets and without the place it belongs to."""
    bare = fold(re.sub(r"\(.*?\)", "", name)).strip(" .")
    bare = re.sub(r"^(?:cac|tung) ", "", bare)
    if places:
        either = "|".join(re.escape(fold(p)) for p in places if p)
        bare = re.sub(rf" (?:cua )?(?:tinh|thanh pho|huyen)(?: (?:{either}))?$", "", bare)
    return re.sub(r" (?:cua )?(?:tinh|thanh pho|huyen|thuoc huyen|thuoc tinh)$", "", bare)
