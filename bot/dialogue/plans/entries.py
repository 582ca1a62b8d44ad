"""One plan cut into entries that can be asked for, and what each says of each aspect. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.dialogue.plans.naming import number_and_date
from knowledge.records import LegalText, Plan, PlanTask, ReportingDuty


class Kind(StrEnum):
    TASK = "task"
    DUTY = "duty"
    LAW = "law"
    CONTENT = "content"
    CHANNEL = "channel"
    PURPOSE = "purpose"
    REQUIREMENT = "requirement"
    AUDIENCE = "audience"
    FUNDING = "funding"
    RECIPIENT = "recipient"
    CONTACT = "contact"
    ODDITY = "oddity"
    FACT = "fact"


# The lists of a plan that answer an aspect as a whole.
LISTS: Mapping[str, Kind] = {
    "noi_dung": Kind.CONTENT,
    "kenh": Kind.CHANNEL,
    "muc_dich": Kind.PURPOSE,
    "yeu_cau": Kind.REQUIREMENT,
    "doi_tuong": Kind.AUDIENCE,
    "kinh_phi": Kind.FUNDING,
    "noi_nhan": Kind.RECIPIENT,
    "lien_he": Kind.CONTACT,
}
_FOUND_BY = ("san_pham", "kenh", "doi_tuong", "so_hieu", "thoi_han", "tan_suat")
_UNSAID = re.compile(r"kế hoạch không nêu|không nêu riêng")
_SECTION_AT_END = re.compile(r"\s*\((?:mục )?([IVX]+(?:\.[\dA-Za-zđ]+)*)\)\.?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a plan says. `text`: what it is about; `bodies`: who has to do with it; `fields`: by aspect."""

    plan: str
    kind: Kind
    text: str
    section: str = ""
    bodies: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    law: LegalText | None = None
    dated: bool = False
    basis: bool = False

    @property
    def matter(self) -> str:
        """The words by which it is found."""
        return " ; ".join((self.text, *(self.fields.get(a, "") for a in _FOUND_BY)))


def entries_of(plan: Plan) -> Iterator[Entry]:
    yield from (_task(plan, t) for t in plan.tasks)
    yield from (_duty(plan, d) for d in plan.reporting)
    yield from (_law(plan, t, True) for t in plan.basis)
    yield from (_law(plan, t, False) for t in plan.mentions)
    for kind, texts in _lists(plan):
        aspect = next((a for a, k in LISTS.items() if k is kind), "noi_dung")
        for text in texts:
            bare = _SECTION_AT_END.sub("", text)
            at = _SECTION_AT_END.search(text)
            yield Entry(plan.key, kind, bare, at[1] if at else "", fields={aspect: bare, "noi_dung": bare})
    if plan.signer:
        yield Entry(plan.key, Kind.FACT, plan.signer, fields={"nguoi_ky": plan.signer})
    if plan.number or plan.date:
        yield Entry(plan.key, Kind.FACT, plan.number, fields={"so_hieu": number_and_date(plan).lstrip(", ")})


def _lists(plan: Plan) -> tuple[tuple[Kind, tuple[str, ...]], ...]:
    return (
        (Kind.CONTENT, plan.contents),
        (Kind.CHANNEL, plan.channels),
        (Kind.PURPOSE, plan.purposes),
        (Kind.REQUIREMENT, plan.requirements),
        (Kind.AUDIENCE, plan.audiences),
        (Kind.FUNDING, plan.funding),
        (Kind.RECIPIENT, plan.recipients),
        (Kind.CONTACT, plan.contacts),
        (Kind.ODDITY, plan.oddities),
    )


def _task(plan: Plan, t: PlanTask) -> Entry:
    period = t.period or (f"{t.deadline:%d/%m/%Y}" if t.deadline else "")
    fields = {
        "chu_tri": "; ".join(t.lead),
        "phoi_hop": "; ".join(t.cooperating),
        "thoi_han": period,
        "tan_suat": t.frequency,
        "san_pham": t.product,
        "kenh": t.channel,
        "doi_tuong": t.audience,
        "kinh_phi": t.funding,
        "noi_dung": t.content,
    }
    return Entry(
        plan.key,
        Kind.TASK,
        t.content,
        t.section,
        t.lead,
        t.cooperating,
        {a: text for a, text in fields.items() if text},
        dated=has_day(period) or t.deadline is not None,
    )


def _duty(plan: Plan, d: ReportingDuty) -> Entry:
    fields = {
        "chu_tri": "; ".join(d.who),
        "noi_nhan": d.to,
        "thoi_han": d.by,
        "tan_suat": d.frequency,
        "noi_dung": d.what,
        "bao_cao": d.what,
    }
    present = {a: text for a, text in fields.items() if text}
    return Entry(plan.key, Kind.DUTY, d.what, d.section, d.who, (d.to,), present, dated=has_day(d.by) or bool(d.days))


def _law(plan: Plan, t: LegalText, basis: bool) -> Entry:
    number = " ".join(filter(None, (t.number, f"ngày {t.date:%d/%m/%Y}" if t.date else "")))
    fields = {"can_cu": t.name, "noi_dung": t.name, "so_hieu": number}
    present = {a: text for a, text in fields.items() if text}
    return Entry(plan.key, Kind.LAW, t.name, fields=present, law=t, dated=t.date is not None, basis=basis)


def has_day(text: str) -> bool:
    """Whether a text names a day of a month."""
    return bool(re.search(r"\b\d{1,2}\s*/\s*\d{1,2}\b(?!\d)|ngày \d", text)) and not re.fullmatch(
        r"\D*\d\d/\d{4}\D*", text
    )


def says(entry: Entry, aspect: str) -> str:
    """What it says of an aspect; "" where the plan itself does not say it."""
    text = entry.fields.get(aspect, "")
    return "" if aspect == "chu_tri" and text and all(_UNSAID.search(b) for b in entry.bodies) else text
