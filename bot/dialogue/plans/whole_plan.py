"""What is asked of a plan as a whole: a section of it, who signed it, what became of it, a card."""

from __future__ import annotations

import re

from bot.dialogue.plans.entries import Kind
from bot.dialogue.plans.lines import lines, sentence, short_line
from bot.dialogue.plans.looking import Finding, Look
from bot.dialogue.plans.naming import became, in_force_line, number_and_date
from bot.wording import plans as say
from knowledge.vietnamese import fold

_PHONE = re.compile(
    r"so dien thoai|dien thoai (?:so|la|bao)|so (?:may|bao nhieu|nao)?.{0,12}(?:duong day nong|hotline)|e-?mail"
    r"|hom thu|thu dien tu"
    r"|goi so|(?:hotline|duong day nong).{0,30}(?:so (?:may|bao|nao)|la (?:so|bao nhieu|gi|may))|dia chi cu the"
    r"|dia chi o dau|lien he (?:theo )?so|(?:so nao|so may) de|goi (?:so|dau|ai)\b"
)
_SECTION = re.compile(
    r"\bmuc ([ivx]+(?:[.]\w+)*|\d+(?:[.]\w+)*)(?!\w)|\b(?:phu luc|nhiem vu)(?: so| thu)? (\d+)(?!\w|/)"
)


def section(look: Look) -> Finding | None:
    m = _SECTION.search(look.asked.folded)
    if not m:
        return None
    wanted = m[1] or f"phu luc {m[2]}"
    inside = [e for e in look.of(Kind.TASK, Kind.DUTY, Kind.CONTENT, Kind.CHANNEL) if _within(e.section, wanted)]
    tasks = [e for e in inside if e.kind is Kind.TASK] or inside
    if not tasks:
        return None
    return Finding(tuple(line for e in tasks[:4] for line in lines(e, look.asked.aspects)), look.asked.aspects)


def phone(look: Look) -> Finding | None:
    if not _PHONE.search(look.asked.folded):
        return None
    near = look.ranked(look.of(Kind.CONTENT, Kind.CONTACT, Kind.TASK))[:1]
    contacts = look.of(Kind.CONTACT)[:1]
    kept = list(
        dict.fromkeys(line for e in (*(s.entry for s in near if s.cover > 0.3), *contacts) for line in (short_line(e),))
    )
    return Finding(tuple(kept), ("lien_he",), say.UNSAID_PHONE)


def became_of(look: Look) -> Finding | None:
    if not look.asked.asks("hieu_luc"):
        return None
    return Finding(
        (in_force_line(look.plan, look.day), became(look.plan, look.asked.text, unchanged=True)), ("hieu_luc",)
    )


def signer(look: Look) -> Finding | None:
    if not look.asked.asks("nguoi_ky"):
        return None
    if not look.plan.signer:
        return Finding((), ("nguoi_ky",), say.UNSAID["nguoi_ky"])
    issuer = (f"{say.ISSUER}: {sentence(look.plan.issuer)}",) if "ban hanh" in look.asked.folded else ()
    return Finding((*issuer, f"{say.ASPECTS['nguoi_ky']}: {sentence(look.plan.signer)}"), ("nguoi_ky",))


def card(look: Look) -> Finding:
    told = [
        say.CARD.format(name=look.plan.name, issuer=look.plan.issuer, number=number_and_date(look.plan)),
        in_force_line(look.plan, look.day),
        *(f"{say.ASPECTS['muc_dich']}: {sentence(t)}" for t in look.plan.purposes[:1]),
        *(f"{say.ASPECTS['nguoi_ky']}: {sentence(t)}" for t in (look.plan.signer,) if t),
        f"{say.ASPECTS['kenh']}: {sentence('; '.join(map(_clipped, look.plan.channels[:4])))}",
    ]
    return Finding(tuple(told), ("noi_dung",))


def _clipped(text: str) -> str:
    return text.split(",")[0].split(" (")[0].rstrip(".")


def _within(section: str, wanted: str) -> bool:
    bare = fold(section)
    return bare == wanted or bare.startswith(wanted + ".")
