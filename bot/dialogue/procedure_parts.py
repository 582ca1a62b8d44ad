"""One procedure, field by field: what its record says of each aspect. Every word is the record's or bot/wording's."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.wording import citizens as say
from knowledge.records import PROCEDURE_ASPECTS, Case, Confidence, Document, Procedure, Status
from knowledge.vietnamese import fold, normalise
from knowledge.vietnamese.identity import Same

# Which fields of the record an aspect is read from; what is doubted of any of them is told.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "ho_so": ("documents", "cases"),
    "bieu_mau": ("documents",),
    "le_phi": ("fee", "ways"),
    "thoi_han": ("time", "ways"),
    "noi_nop": ("where",),
    "co_quan": ("agency",),
    "truc_tuyen": ("online",),
    "cach_nop": ("ways",),
    "trinh_tu": ("steps",),
    "dieu_kien": ("conditions",),
    "doi_tuong": ("who",),
    "ket_qua": ("result",),
    "can_cu": ("legal", "sources"),
    "hieu_luc": ("validity", "remarks"),
}
_RULED = frozenset({"dieu_kien", "doi_tuong"})
_WORD = re.compile(r"\w+")
CARD = ("ho_so", "noi_nop", "thoi_han", "le_phi", "truc_tuyen")


@dataclass(frozen=True, slots=True)
class Part:
    """What the record says of one aspect. `published` is False when it says nothing of it."""

    aspect: str
    lines: tuple[str, ...]
    published: bool = True
    doubt: str = ""
    listed: bool = False


def part(p: Procedure, aspect: str, day: dt.date, told: str = "", names: bool = False) -> Part:
    """The lines of one aspect; `told` is the citizen's message, which may say which case is theirs. `names`: papers by
    their names alone, in one line."""
    lines = tuple(_READERS[aspect](p, day, told))
    if names and aspect == "ho_so" and lines:
        lines = tuple(document_names(p, told))
    also: tuple[str, ...] = ("cases",) if aspect in _RULED and own_rule(p, told) else ()
    also = ("agency",) if aspect == "noi_nop" and elsewhere(p, told) else also
    return Part(aspect, lines, bool(lines), doubt_of(p, (*also, *FIELDS[aspect])), aspect in _LISTS)


def parts(p: Procedure, aspects: Iterable[str], day: dt.date, told: str = "", names: bool = False) -> tuple[Part, ...]:
    return tuple(part(p, aspect, day, told, names) for aspect in aspects)


def document_names(p: Procedure, told: str) -> Iterator[str]:
    """The papers without their notes; the case that is told comes first, other cases are left to "xem thêm"."""
    own = told_case(p, told)
    if own:
        yield from _of_case(own, lambda d: d.name)
    yield from (d.name for d in _common(p, own))
    if p.cases and not own:
        yield say.DEPENDS_MORE


def _common(p: Procedure, own: Case | None = None) -> tuple[Document, ...]:
    """What everybody brings, without the paper that is lacking in one's own case; a line that only points to the cases
    is no paper."""
    lacks = _LACKING.search(normalise(own.when)) if own else None
    papers = (d for d in p.documents if not (p.cases and _TO_THE_CASES.search(d.name)))
    return tuple(d for d in papers if not (lacks and _is_paper(d, lacks[1])))


def lacking(p: Procedure, own: Case) -> tuple[Document, ...]:
    """The papers that are none of one's own case."""
    return tuple(d for d in p.documents if d not in _common(p, own))


def _is_paper(d: Document, called: str) -> bool:
    words = set(_WORD.findall(called))
    return len(words) > 1 and words <= set(_WORD.findall(normalise(d.name)))


_TO_THE_CASES = re.compile(r"\b(?:theo từng|xem phần) trường hợp\b")
_LACKING = re.compile(r"\b(?:không có|không còn|chưa có) ((?:(?! hoặc )[^,;(])+)")


def published(p: Procedure, day: dt.date) -> tuple[str, ...]:
    """The aspects that this record says something of."""
    return _published(Same(p), day)


@lru_cache(maxsize=2048)
def _published(same: Same, day: dt.date) -> tuple[str, ...]:
    return tuple(a for a in PROCEDURE_ASPECTS if part(same.it, a, day).published)


# A case of an age, and an age that is told.
_OF_AGE = re.compile(r"^(?:nguoi|tre em|tre)(?: dang ky)? (?:tu (?:du )?(\d+) den )?(?:duoi|chua du) (\d+) tuoi")
# "chồng em nghỉ": whose husband it is tells no other case than "chồng nghỉ".
_WHOSE = re.compile(r"\b(vo|chong|bo|ba|ma|me|cha|ong|con)(?: (?:noi|ngoai|em|toi|tui|minh|chau))+\b")
# "làm hồ sơ", "nhận hộ khẩu": nobody does it in another's place.
_NO_FAVOUR = re.compile(r" (?:lam|nop|di|nhan|lay|khai|xin|ky) ho(?= (?:so|khau|chieu|kinh|ngheo|tich|can|dan|gia)\b)")
_AGE = re.compile(r"(?<!du )(?<!duoi )(?<!tren )\b(\d{1,2}) tuoi\b")


def told_case(p: Procedure, told: str) -> Case | None:
    """The case that a message tells, if it tells one: the longest phrase counts, else the one for the age told. What is
    told now, on a line of its own, goes before what was told earlier."""
    if not p.cases or not told:
        return None
    earlier, _, now = told.rpartition("\n")
    if earlier:
        return told_case(p, now) or told_case(p, earlier.replace("\n", " "))
    folded = _NO_FAVOUR.sub(" ", f" {' '.join(_WORD.findall(fold(told)))} ")
    said = (folded, _WHOSE.sub(r"\1", folded))
    found = [(len(w), case) for case in p.cases for w in case.words if any(f" {fold(w)} " in text for text in said)]
    if found:
        return max(found, key=lambda f: f[0])[1]
    ages = [int(m[1]) for m in _AGE.finditer(folded)]
    aged = [case for case in p.cases if (m := _OF_AGE.match(fold(case.when))) and any(_within(m, age) for age in ages)]
    return aged[0] if len(aged) == 1 else None


def _within(ages: re.Match[str], age: int) -> bool:
    return int(ages[1] or 0) <= age < int(ages[2])


def case_line(case: Case) -> str:
    """A case in one line: what it needs, with what turns that round for some, and what holds for it."""
    papers = (f"{d.name} ({d.note})" if d.note else d.name for d in case.documents)
    said = "; ".join(filter(None, (*papers, case.note)))
    return sentence(f"{say.IN_CASE.format(case=case.when)} {said}" if said else case.when)


def own_rule(p: Procedure, told: str) -> str:
    """What holds for the case that a message tells; "" where it tells none, or one that only asks other papers."""
    own = told_case(p, told)
    return case_line(own) if own and own.note else ""


def doubt_of(p: Procedure, fields: Iterable[str]) -> str:
    """What is doubtful of these fields, in one text."""
    fields = tuple(dict.fromkeys(fields))
    said = dict.fromkeys(sentence(p.doubts[f]) for f in fields if f in p.doubts)
    if said:
        return say.TO_CHECK.format(doubt=" ".join(said))
    low = any(p.confidence_of(f) is Confidence.LOW for f in fields if f in p.confidence)
    unsourced = not p.sources and p.confidence_of("default") is Confidence.LOW
    return say.LOW_CONFIDENCE if low or unsourced else ""


def _documents(p: Procedure, _day: dt.date, told: str) -> Iterator[str]:
    own = told_case(p, told)
    if own:
        yield from _of_case(own, _document)
    yield from map(_document, _common(p, own))
    if p.cases and not own:
        yield say.DEPENDS
        for case in p.cases:
            needed = "; ".join(_document(d) for d in case.documents) or sentence(case.note)
            yield f"{case.when}: {needed}"


def _of_case(own: Case, shown: Callable[[Document], str]) -> Iterator[str]:
    """What holds for the case and what it needs, before what everybody brings."""
    yield say.IN_CASE.format(case=own.when)
    if own.note:
        yield sentence(own.note)
    yield from map(shown, own.documents)
    yield say.BESIDES


def _document(d: Document) -> str:
    extra = "; ".join(filter(None, (d.copies, d.note)))
    return f"{d.name} ({extra})" if extra else d.name


def _forms(p: Procedure, _day: dt.date, _told: str) -> Iterator[str]:
    for d in p.documents:
        if d.form:
            where = f" – {d.form.url}" if d.form.url else ""
            yield f"{d.form.name}{where}"


def _fee(p: Procedure, _day: dt.date, _told: str) -> Iterator[str]:
    yield from _general_then_ways(p.fee, ((str(w.by), w.fee) for w in p.ways))


def _time(p: Procedure, _day: dt.date, _told: str) -> Iterator[str]:
    yield from _general_then_ways(p.time, ((str(w.by), w.time) for w in p.ways))


def _general_then_ways(general: str, ways: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The general sentence; the ways only where they say something that it does not."""
    if general:
        yield sentence(general)
    told = [(by, text) for by, text in ways if text]
    if general and all(_digits(text) <= _digits(general) for _, text in told):
        return
    if len({text for _, text in told}) == 1 and not general:
        yield sentence(told[0][1])
        return
    for by, text in told:
        yield f"{by.capitalize()}: {sentence(text)}"


def _digits(text: str) -> set[str]:
    return {w.strip(".,;:()") for w in text.split() if any(c.isdigit() for c in w)}


def _where(p: Procedure, _day: dt.date, told: str) -> Iterator[str]:
    if p.where:
        yield sentence(p.where)
    if p.where and elsewhere(p, told):
        yield f"{say.ASPECTS['co_quan']}: {sentence(p.agency)}"


_ELSEWHERE = re.compile(
    r"\b(?:khac tinh|tinh khac|khac xa|xa khac|noi khac|cho khac|ngoai tinh|o tro|que (?:vo|chong|noi|ngoai)|"
    r"(?:ho khau|thuong tru)(?: \w+){0,2} o|"
    r"o (?:mot )?noi(?: \w+){0,2} khau mot noi|khong (?:o|co) ho khau|(?:duoi|o) que)\b"
)


def elsewhere(p: Procedure, told: str) -> bool:
    """Whether it is asked by one who lives elsewhere than he is registered: then it counts whose office it is."""
    return bool(p.agency and _ELSEWHERE.search(fold(told)))


def _agency(p: Procedure, _day: dt.date, _told: str) -> Iterator[str]:
    if p.agency:
        yield sentence(p.agency)


def _online(p: Procedure, _day: dt.date, _told: str) -> Iterator[str]:
    if p.online:
        yield say.ONLINE_LEVELS[p.online.level]
        note = sentence(p.online.note)
        if p.online.portal and note.startswith("hoặc "):
            yield f"{p.online.portal} {note}"
        else:
            yield from filter(None, (p.online.portal, f"{note[:1].upper()}{note[1:]}"))


def whom(p: Procedure) -> str:
    """The first body that the record names, as one to be asked: without what the others do, or what it does itself."""
    first = re.split(r"[;(]|\. ", re.sub(r"^[^:;,]{1,12}: ", "", p.agency))[0].strip(" ,.")
    return _ITS_WORK.sub("", first) or say.WHO_TAKES_IT


_ITS_WORK = re.compile(
    r"(?<!đã)(?<!ra) (?:(?:ra )?quyết định|nhận và xác nhận|tiếp nhận(?:, kiểm tra)?|cấp Giấy chứng nhận)$"
)


def _ways(p: Procedure, _day: dt.date, _told: str) -> Iterator[str]:
    for w in p.ways:
        yield f"{str(w.by).capitalize()}{f': {w.note}' if w.note else ''}"
    if not p.ways and p.where:
        yield sentence(p.where)


def _steps(p: Procedure, _day: dt.date, _told: str) -> Iterator[str]:
    return (f"Bước {i}: {sentence(step)}" for i, step in enumerate(p.steps, 1))


def _conditions(p: Procedure, _day: dt.date, told: str) -> Iterator[str]:
    yield from filter(None, (own_rule(p, told), *map(sentence, p.conditions)))


def _who(p: Procedure, _day: dt.date, told: str) -> Iterator[str]:
    yield from filter(None, (own_rule(p, told), *p.who))


def _result(p: Procedure, _day: dt.date, _told: str) -> Iterator[str]:
    yield from p.result


def _legal(p: Procedure, _day: dt.date, _told: str) -> Iterator[str]:
    for t in p.legal:
        number = f" {t.number}" if t.number and t.number not in t.name else ""
        date = f" ngày {t.date:%d/%m/%Y}" if t.date else ""
        yield f"{t.name}{number}{date}{f' ({t.note})' if t.note else ''}"
    if p.validity.decision:
        yield f"Quyết định công bố: {p.validity.decision}"


def _validity(p: Procedure, day: dt.date, _told: str) -> Iterator[str]:
    v = p.validity
    decision = f" theo {v.decision}" if v.decision else ""
    if v.status is Status.ABOLISHED:
        yield say.ABOLISHED.format(decision=decision)
    elif v.until and day > v.until:
        yield say.PAST_VALIDITY.format(until=f"{v.until:%d/%m/%Y}")
    elif v.since and day < v.since:
        yield say.NOT_YET.format(since=f"{v.since:%d/%m/%Y}")
    else:
        yield say.IN_FORCE.format(decision=decision, since=f" từ {v.since:%d/%m/%Y}" if v.since else "")
    if v.note:
        yield sentence(v.note)
    yield from changes_ahead(p, day)
    yield from map(sentence, p.remarks)


def changes_ahead(p: Procedure, day: dt.date) -> Iterator[str]:
    for change in p.validity.changes:
        if change.since > day:
            yield say.CHANGE_AHEAD.format(since=f"{change.since:%d/%m/%Y}", what=change.what.rstrip("."))


def sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?:…" else f"{text}."


_READERS: Mapping[str, Callable[[Procedure, dt.date, str], Iterable[str]]] = {
    "ho_so": _documents,
    "bieu_mau": _forms,
    "le_phi": _fee,
    "thoi_han": _time,
    "noi_nop": _where,
    "co_quan": _agency,
    "truc_tuyen": _online,
    "cach_nop": _ways,
    "trinh_tu": _steps,
    "dieu_kien": _conditions,
    "doi_tuong": _who,
    "ket_qua": _result,
    "can_cu": _legal,
    "hieu_luc": _validity,
}
_LISTS = frozenset({"ho_so", "bieu_mau", "cach_nop", "dieu_kien", "doi_tuong", "ket_qua", "can_cu"})


ASPECTS = frozenset(_READERS)
