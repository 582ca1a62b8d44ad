"""A question on all tasks of a plan at once: who leads it, who helps, what is due when, what is to come out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.dialogue.plans.entries import Entry, Kind, says
from bot.dialogue.plans.lines import place_in_plan, sentence, short_line
from bot.dialogue.plans.looking import Finding, Look
from bot.dialogue.plans.naming import in_force_line
from bot.wording import plans as say
from knowledge.vietnamese import fold

# A task that is about the plan itself: whoever has it leads the whole.
_OF_WHOLE = re.compile(r"thuong truc|(?:theo doi|don doc|kiem tra|trien khai).{0,120}\bke hoach\b")
_LAST_DAY = re.compile(r"han (?:cuoi|chot|nop|cua)|ngay (?:may|nao|bao nhieu)|tung viec|cac viec")
_MOST = 4
_ORDER = ("chu_tri", "phoi_hop", "thoi_han", "tan_suat", "san_pham")


def overview(look: Look) -> Finding | None:
    """Only where the question names no task and no body of its own."""
    if not look.asked.bare or look.bodies:
        return None
    aspects = tuple(a for a in _ORDER if a in look.asked.aspects)
    if not aspects:
        return _list(look) if look.asked.asks("nhiem_vu") else None
    if aspects[0] in ("chu_tri", "phoi_hop"):
        return _leaders(look, aspects)
    return _times(look) if aspects[0] == "thoi_han" else _each(look, aspects[0])


def _list(look: Look) -> Finding:
    return Finding(tuple(short_line(e) for e in look.of(Kind.TASK)), ("nhiem_vu",))


def _leaders(look: Look, aspects: tuple[str, ...]) -> Finding:
    whole = list(_of_whole(look))
    lines = [f"{'; '.join(e.bodies)}: {_small(sentence(e.text, e.section))}" for e in whole]
    if re.search(r"thuong truc|dau moi", look.asked.folded):
        unsaid = "" if any("thuong truc" in fold(e.text) for e in whole) else say.UNSAID_HEAD
        return Finding(tuple(lines), ("chu_tri",), unsaid)
    if "phoi_hop" in aspects:
        helped = [e for e in whole if look.known.intersection(e.partners)]
        lines = lines if "chu_tri" in aspects else []
        lines += [say.HELPED.format(bodies="; ".join(e.partners), content=_small(sentence(e.text))) for e in helped]
    for aspect in aspects:
        if rows := list(_by_body(look, aspect)):
            most = _MOST if len(aspects) > 1 else len(rows)
            more = (say.BY_BODY_MORE.format(count=len(rows) - most),) if len(rows) > most else ()
            lines += [say.BY_BODY[aspect], *rows[:most], *more]
    return Finding(tuple(lines), aspects) if lines else Finding((), aspects, say.UNSAID[aspects[0]])


def _of_whole(look: Look) -> Iterator[Entry]:
    for e in look.of(Kind.TASK):
        text = fold(e.text)
        if (
            look.known.issuperset(e.bodies)
            and len(e.bodies) == 1
            and _OF_WHOLE.search(text)
            and not text.startswith("cung ")
        ):
            yield e


def _by_body(look: Look, aspect: str) -> Iterator[str]:
    """Each body with the number of its tasks and where they stand, those with the most first."""
    tasks = [e for e in look.of(Kind.TASK) if says(e, aspect)]
    held: dict[str, list[Entry]] = {}
    for e in tasks:
        for body in e.bodies if aspect == "chu_tri" else e.partners:
            held.setdefault(body, []).append(e)
    for body, own in sorted(held.items(), key=lambda row: -len(row[1])):
        yield say.BY_BODY_ROW.format(body=body, count=len(own), where=_where(own))


def _where(tasks: Sequence[Entry]) -> str:
    """The sections of tasks, those of the annex last: "mục III.2; Phụ lục 1, 2"."""
    sections = list(dict.fromkeys(e.section for e in tasks if e.section))
    annexes = [s.removeprefix(say.ANNEX_WORD) for s in sections if s.startswith(say.ANNEX_WORD)]
    main = [s for s in sections if not s.startswith(say.ANNEX_WORD)]
    parts = (
        (say.SECTION_WORD + ", ".join(main)) if main else "",
        say.ANNEX_WORD + ", ".join(annexes) if annexes else "",
    )
    return "; ".join(filter(None, parts))


def _times(look: Look) -> Finding:
    year = f"năm {look.plan.year}"
    tasks = [e for e in look.of(Kind.TASK) if says(e, "thoi_han") not in ("", year, f"trong {year}")]
    rows = [_row(e, "thoi_han") for e in sorted(tasks, key=_last_day)]
    if rows:
        return Finding((in_force_line(look.plan, look.day), say.OF_EACH["thoi_han"], *rows), ("thoi_han",))
    unsaid = say.UNSAID_EACH_TIME if _LAST_DAY.search(look.asked.folded) else ""
    lines = (in_force_line(look.plan, look.day), *((say.UNSAID_PART.format(what=say.UNSAID_EACH_TIME),) * (not unsaid)))
    return Finding(lines, ("thoi_han",), unsaid)


def _last_day(e: Entry) -> tuple[str, ...]:
    """For sorting: the days that a task is due, then what names only a month or a quarter."""
    days = re.findall(r"(\d{1,2})/(\d{1,2})/(\d{4})", e.fields["thoi_han"])
    return tuple(f"{y}{int(m):02}{int(d):02}" for d, m, y in days[-1:]) or ("9",)


def _each(look: Look, aspect: str) -> Finding:
    having = [e for e in look.of(Kind.TASK) if says(e, aspect)]
    if not having:
        return Finding((), (aspect,), say.UNSAID[aspect])
    rows = [_row(e, aspect) for e in having] if aspect == "tan_suat" else _products(having)
    return Finding((say.OF_EACH[aspect], *rows), (aspect,))


def _products(tasks: Sequence[Entry]) -> list[str]:
    return [f"• {sentence(e.fields['san_pham'].rstrip('.'), e.section)}" for e in tasks]


def _row(e: Entry, aspect: str) -> str:
    text = e.text if len(e.text) <= 140 else e.text[: e.text.rfind(" ", 0, 140)].rstrip(" ,;:") + " …"
    where = f" {place_in_plan(e.section)}" if e.section else ""
    return f"• {e.fields[aspect].rstrip('.')}: {_small(text).rstrip('.')}{where}"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
