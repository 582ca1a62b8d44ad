"""One plan, field by field: entries that can be asked for, and what each says of each aspect. Pure.

Every word comes from the record or from bot/wording.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from bot.wording import plans as say
from knowledge.records import LegalText, Plan, PlanTask, ReportingDuty, Successor
from knowledge.vietnamese import fold


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
_HEADS = "Phòng|Sở|Trung tâm|Đài|Báo|Ban|UBND|Ủy ban|Văn phòng|Bộ phận|Trường|Công đoàn"
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


def entries(plan: Plan) -> Iterator[Entry]:
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


# --- lines -----------------------------------------------------------------------------------------------------------

_BESIDE = ("chu_tri", "phoi_hop", "thoi_han", "tan_suat", "san_pham", "kenh")


def lines(entry: Entry, asked: Sequence[str]) -> Iterator[str]:
    """The exact answer first, then what it is about."""
    if entry.kind is Kind.TASK:
        yield from _task_lines(entry, asked)
    elif entry.kind is Kind.DUTY:
        yield duty_line(entry)
    elif entry.kind is Kind.LAW:
        yield law_line(entry)
    elif entry.kind is Kind.FACT:
        (aspect,) = entry.fields
        yield f"{say.ASPECTS[aspect]}: {sentence(entry.fields[aspect])}"
    else:
        yield f"{sentence(entry.text, entry.section)}"


def _task_lines(entry: Entry, asked: Sequence[str]) -> Iterator[str]:
    wanted = [a for a in asked if a in entry.fields and a != "noi_dung"]
    first = _labelled(entry, wanted)
    if first:
        yield sentence(first, entry.section)
        yield say.TASK.format(content=sentence(entry.text))
    else:
        yield sentence(entry.text, entry.section)
    rest = _labelled(entry, [a for a in _BESIDE if a in entry.fields and a not in wanted])
    if rest:
        yield sentence(rest)


def _labelled(entry: Entry, aspects: Sequence[str]) -> str:
    return ". ".join(f"{say.ASPECTS[a]}: {entry.fields[a].rstrip('.')}" for a in aspects)


def duty_line(entry: Entry) -> str:
    f = entry.fields
    text = say.REPORT.format(who=f["chu_tri"], to=f["noi_nhan"], what=entry.text)
    if not entry.bodies:
        text = entry.text
    if by := f.get("thoi_han"):
        text += f"; {say.REPORT_BY.format(by=by)}"
    if often := f.get("tan_suat"):
        text += f"; {say.REPORT_OFTEN.format(frequency=often)}"
    return sentence(text, entry.section)


def law_line(entry: Entry) -> str:
    t = entry.law
    assert t is not None
    number = f", số {t.number}" if t.number else ""
    date = f" ngày {t.date:%d/%m/%Y}" if t.date else ""
    note = t.note or (say.LAW_OF_BASIS if entry.basis else "")
    text = say.LAW.format(name=t.name, number=number, date=date)
    return sentence(f"{text} – {note}" if note else text)


def short_line(entry: Entry) -> str:
    """One line, where many stand below one another."""
    if entry.kind is Kind.LAW:
        return law_line(entry)
    if entry.kind is Kind.DUTY:
        return duty_line(entry)
    when = "; ".join(filter(None, (entry.fields.get("thoi_han", ""), entry.fields.get("tan_suat", ""))))
    text = entry.text.rstrip(".") + (f" – {when}" if when and entry.kind is Kind.TASK else "")
    return sentence(text, entry.section)


def sentence(text: str, section: str = "") -> str:
    text = text.strip()
    where = f" {place_in_plan(section)}" if section else ""
    if where:
        text = text.rstrip(".")
    return f"{text}{where}" + ("" if not where and text[-1:] in ".!?:…" else ".")


def place_in_plan(section: str) -> str:
    template = say.ANNEX if fold(section).startswith("phu luc") else say.SECTION
    return template.format(section=re.sub(r" \((.*?)\)", r", \1", section))


# --- the plan as a whole ---------------------------------------------------------------------------------------------


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
