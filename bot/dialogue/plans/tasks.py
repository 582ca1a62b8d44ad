"""Who does what, when and how often: the duties of a body, the tasks nearest to a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialogue.plans.entries import Entry, Kind, says
from bot.dialogue.plans.lines import lines, short_line
from bot.dialogue.plans.lists import unsaid_subject
from bot.dialogue.plans.looking import Finding, Look, Scored, unique
from bot.dialogue.plans.naming import bare_body
from bot.dialogue.plans.question import DAY, OF_TASK, Ask
from bot.wording import plans as say
from knowledge.vietnamese import fold

_BODY = re.compile(
    r"\b(?:uy ban nhan dan|so|phong|dai|bao|hoi|doan|trung tam|mat tran|van phong|cong an|truong)\b"
    r"(?! (?:nao|may|gi|bao nhieu|cao)\b)"
)
_HOUR = re.compile(r"may gio|gio (?:nao|may)|khung gio")
_HOW_MANY = re.compile(r"(?:bao nhieu|may|tong so|tong cong)(?: bao nhieu)?(?: (\w+(?: \w+)?)|$)")
_COUNT = re.compile(r"\b(?:may|bao nhieu)\b(?! (?:tien|lau|trieu|gio|lan|ky))|tong (?:so|cong)")
# What is counted, and not listed: how many of them is a number that the plan says or does not say.
# What is counted, and not listed: how many of them is a number that the plan says or does not say.
_COUNTABLE = frozenset("tin bai cuoc lop nguoi giai luot to chuong buoi can hoc thi dia phong".split())


def counted(look: Look) -> Finding | None:
    """How many: where the plan itself says a number beside the thing that is counted, that sentence."""
    asked = look.asked
    m = _HOW_MANY.search(asked.folded.rstrip("? "))
    if not m or not _COUNT.search(asked.folded) or asked.asks("tan_suat", "thoi_han"):
        return None
    thing = m[1] or asked.folded[: m.start()].strip().rpartition(" ")[2]
    number = re.compile(rf"\b(?:\d+|nam|bay|tam|ba|bon|sau) {re.escape(thing)}")
    said = [e for e in look.of(*Kind) if number.search(fold(e.matter))]
    if said:
        ranked = {id(s.entry): s.score for s in look.ranked(said)}
        said.sort(key=lambda e: (-ranked.get(id(e), 0.0), e.kind is not Kind.CONTENT))
        return Finding(_products(said[:2]), ("nhiem_vu",))
    prizes = re.search(r"giai thuong|phan thuong", asked.folded)
    if prizes or (not asked.asks("nhiem_vu") and thing.split()[0] in _COUNTABLE):
        near = [s.entry for s in look.ranked(look.of(Kind.TASK))[:1] if s.cover > 0.3]
        return Finding(_products(near), ("san_pham",), say.UNSAID_COUNT)
    if asked.asks("nhiem_vu") and not look.bodies:
        tasks = look.of(Kind.TASK)
        return Finding((say.COUNTED_TASKS.format(count=len(tasks)), *map(short_line, tasks)), ("nhiem_vu",))
    return None


def _products(found: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(line for e in found for line in lines(e, ("san_pham",)))


def duties(look: Look) -> Finding | None:
    """What a body has to do: everything that it leads, then what it helps with."""
    asked, named = look.asked, look.bodies
    if not named:
        return _stranger(look)
    if asked.asks(*OF_TASK) and not asked.asks("nhiem_vu") and not asked.bare:
        return None
    own = {w for b in named for w in b.words}
    rest = sum(w for t, w in asked.terms.items() if not set(t.split()) <= own and t != "nhiem vu")
    if rest > 7.0 and not asked.asks("nhiem_vu"):
        return None
    names = {b.name for b in named}
    tasks = look.of(Kind.TASK)
    leads = [e for e in tasks if names & set(e.bodies)]
    helps = [e for e in tasks if names & set(e.partners) and e not in leads]
    ranked = look.ranked(leads or helps)
    if rest > 3.0 and ranked and ranked[0].score > 0.45:
        leads, helps = [s.entry for s in ranked if s.score >= 0.6 * ranked[0].score], []
    told = [say.DUTIES_LEAD.format(body=named[0].name), *map(short_line, leads)] if leads else []
    told += [say.DUTIES_WITH.format(body=named[0].name), *map(short_line, helps)] if helps else []
    return Finding(tuple(told), ("nhiem_vu",)) if told else None


def of_medium(look: Look) -> Finding | None:
    """ "báo nào mở chuyên mục": what the newspapers, or the broadcasters, of the plan do."""
    if not look.asked.bare:
        return None
    found = [e for e in look.of(Kind.TASK) if look.of_medium(e)]
    return Finding(tuple(line for e in found[:3] for line in lines(e, ("chu_tri",))), ("chu_tri",)) if found else None


def _stranger(look: Look) -> Finding | None:
    """A body to which the plan gives nothing is told so, with what the plan says in its words."""
    issuer = fold(bare_body(look.plan.issuer, look.plan.place, look.plan.district))
    if not look.asked.asks("nhiem_vu") or not _BODY.search(look.asked.folded.replace(issuer, "")):
        return None
    near = [s.entry for s in look.ranked() if s.cover > 0.5 and s.entry.kind not in (Kind.FACT, Kind.RECIPIENT)]
    return Finding(tuple(map(short_line, near[:2])), ("nhiem_vu",), say.UNSAID_BODY)


def nearest(look: Look) -> Finding | None:
    """The tasks and other entries nearest to the question."""
    if look.asked.bare:
        return None
    aspects = tuple(a for a in look.asked.aspects if a in OF_TASK or a == "doi_tuong")
    pool = look.of(
        Kind.TASK,
        Kind.CONTENT,
        Kind.CHANNEL,
        Kind.DUTY,
        Kind.LAW,
        Kind.CONTACT,
        Kind.FUNDING,
        Kind.REQUIREMENT,
    )
    if aspects:
        pool = [e for e in pool if e.kind in (Kind.TASK, Kind.CHANNEL, Kind.DUTY, Kind.CONTENT)]
    ranked = look.ranked(pool)
    if look.silent(ranked):
        return unsaid_subject(ranked, "noi_dung")
    if not aspects:
        chosen = [s.entry for s in ranked if s.score >= 0.75 * ranked[0].score][:6]
        if len(chosen) > 2:
            return Finding(tuple(short_line(e) for e in chosen), ("noi_dung",))
        return Finding(tuple(line for e in chosen for line in lines(e, ())), ("noi_dung",))
    return _aspects_of(ranked, aspects, look.asked)


def _aspects_of(ranked: Sequence[Scored], aspects: Sequence[str], asked: Ask) -> Finding:
    """Each aspect from the nearest entry that says it; what none of them says is told so."""
    near = [s.entry for s in ranked if s.score >= 0.72 * ranked[0].score]
    having = {a: next((e for e in near if says(e, a)), None) for a in aspects}
    if not any(having.values()):
        having = dict.fromkeys(aspects, _said_elsewhere(ranked, aspects))
    missing = ", ".join(say.UNSAID[a] for a in aspects if not having[a])
    chosen = unique(e for e in having.values() if e)
    if not chosen:
        nearest = next((e for e in near if e.kind is Kind.TASK), near[0])
        return Finding(tuple(lines(nearest, ())), tuple(aspects), missing)
    if unsaid := _not_so_exact(chosen, aspects, asked):
        return Finding(tuple(line for e in chosen[:2] for line in lines(e, aspects)), tuple(aspects), unsaid)
    close = [s.entry for s in ranked if s.score >= 0.88 * ranked[0].score and s.entry not in chosen]
    more = [e for e in close if all(says(e, a) for a in aspects if having[a])]
    told = [line for e in (*chosen, *more)[:3] for line in lines(e, aspects)]
    if missing:
        told.insert(1, say.UNSAID_PART.format(what=missing))
    return Finding(tuple(told), tuple(aspects))


def _said_elsewhere(ranked: Sequence[Scored], aspects: Sequence[str]) -> Entry | None:
    """Where what is nearest says nothing of the aspects: a task on the same that says all of them."""
    best = ranked[0]
    near = (s.entry for s in ranked if s.entry.kind is Kind.TASK and s.cover >= max(0.5, 0.55 * best.cover))
    if best.entry.kind is Kind.TASK:
        return None
    return next((e for e in near if all(says(e, a) for a in aspects)), None)


def _not_so_exact(chosen: Sequence[Entry], aspects: Sequence[str], asked: Ask) -> str:
    """A day or an hour is asked for, and the plan names only a month or a week."""
    if DAY.search(asked.folded) and tuple(aspects) == ("thoi_han",) and not any(e.dated for e in chosen):
        return say.UNSAID_DAY
    hours = (re.search(r"\d+ ?(?:giờ|h)\b", e.fields.get("thoi_han", "")) for e in chosen)
    return say.UNSAID_HOUR if _HOUR.search(asked.folded) and not any(hours) else ""
