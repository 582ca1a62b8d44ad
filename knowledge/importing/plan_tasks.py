"""What a draft plan orders: tasks, body by body or from annex tables, and duties to report."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from knowledge.importing import legal
from knowledge.importing.letters import line, plain, published
from knowledge.importing.plan_parts import Annex, Parts, Section, one_line
from knowledge.records import PlanTask, ReportingDuty

_KINDS = (
    ("requirements", r"yeu cau"),
    ("purposes", r"muc dich|muc tieu"),
    ("audiences", r"doi tuong"),
    ("funding", r"kinh phi"),
    ("tasks", r"to chuc thuc hien|trach nhiem|phan cong|nhiem vu|giai phap"),
    ("channels", r"hinh thuc|phuong tien|kenh"),
    ("contents", r"noi dung"),
)
_PERIODIC = re.compile(
    r"(?:định kỳ\s+)?(?:hằng|hàng)\s+(?:tuần|tháng|quý|năm)(?:,\s*(?:6 tháng|năm|quý))*"
    r"|định kỳ\s+6 tháng(?:,\s*(?:cuối )?năm)?|thường xuyên|đột xuất",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:trước|chậm nhất(?: là)?|đến)\s+ngày\s+[\d/. ]+(?:tháng \d{1,2}(?: năm \d{4})?)?[^,;.]{0,50}", re.IGNORECASE
)
_TO = re.compile(
    r"(?:gửi về|gửi|về|với|cho|báo cáo)\s+((?:Sở|Phòng|Bộ|Văn phòng|Ủy ban nhân dân|UBND|Chủ tịch)\b[^,;.()]{2,60}?)"
    r"(?=\s+(?:để|trước|theo|kết quả|tình hình|cùng|điều chỉnh|về tình hình)\b|[,;.()]|$)"
)
_ACTS = re.compile(
    r"\s+(?:có trách nhiệm|chủ trì|chịu trách nhiệm|phối hợp|hướng dẫn|theo dõi|tham mưu|xây dựng|tổ chức|thực hiện)\b",
    re.IGNORECASE,
)
_LABELS = (
    ("lead", r"(?:co quan|don vi) chu tri ?:"),
    ("cooperating", r"(?:co quan|don vi) phoi hop ?:"),
    ("period", r"thoi gian(?: thuc hien| hoan thanh)? ?:"),
    ("audience", r"doi tuong[^:]{0,30}:"),
    ("funding", r"kinh phi[^:]{0,20}:"),
)
_COLUMNS = (
    ("content", r"^(?:noi dung|nhiem vu|ten nhiem vu|cong viec|hoat dong)"),
    ("product", r"^(?:ket qua|san pham)"),
    ("cooperating", r"phoi hop"),
    ("lead", r"chu tri|don vi thuc hien|co quan thuc hien"),
    ("period", r"^(?:thoi gian|thoi han|tien do|hoan thanh)"),
    ("funding", r"kinh phi"),
)


def kind_of(section: Section) -> str:
    """What a section is about: its own heading first, else the heading it stands under."""
    for heading in (section.heading, *section.above):
        told = plain(heading)
        if "to chuc thuc hien" in told:
            return "tasks"
        if found := [(m.start(), kind) for kind, pattern in _KINDS if (m := re.search(pattern, told))]:
            return min(found)[1]
    return "contents"


def tasks_of(taken: Parts) -> Iterator[PlanTask]:
    """What the sections on carrying out say body by body, sections with a "Cơ quan chủ trì", then the tables."""
    number = 0
    for section in taken.sections:
        for task in labelled(section) or (_ordered(section) if kind_of(section) == "tasks" else ()):
            number += 1
            yield replace(task, id=f"nv{number}")
    for index, annex in enumerate(taken.annexes, 1):
        yield from _annex_tasks(annex, index, len(taken.annexes))


def _ordered(section: Section) -> Iterator[PlanTask]:
    for item in section.items:
        lead, content = _lead(section, one_line(item))
        yield PlanTask(
            id="",
            content=content,
            lead=lead,
            section=section.number,
            deadline=_deadline(content),
            frequency=_frequency(content),
        )


@dataclass(slots=True)
class _Group:
    """A task whose parts are labelled: "Cơ quan chủ trì: …", "Thời gian thực hiện: …"."""

    title: str
    labels: dict[str, str] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)


def labelled(section: Section) -> list[PlanTask]:
    """The tasks of a section that names for each "Cơ quan chủ trì: …"."""
    groups = [_Group(section.heading)]
    for item in section.items:
        kind = next((k for k, pattern in _LABELS if re.match(pattern, plain(item))), "")
        if kind:
            groups[-1].labels[kind] = one_line(item.partition(":")[2])
        elif item.rstrip().endswith(":") and len(item) < 140:
            groups.append(_Group(f"{section.heading}: {one_line(item).rstrip(':')}"))
        else:
            groups[-1].rest.append(one_line(item))
    return [_group_task(g, section) for g in groups if "lead" in g.labels]


def _group_task(group: _Group, section: Section) -> PlanTask:
    period = group.labels.get("period", "")
    return PlanTask(
        id="",
        content=". ".join(x.rstrip(". ") for x in (group.title, *group.rest) if x),
        lead=_bodies(group.labels["lead"]),
        section=section.number,
        cooperating=_bodies(group.labels.get("cooperating", "")),
        period=period.rstrip("."),
        frequency=_frequency(period),
        audience=group.labels.get("audience", "").rstrip("."),
        funding=group.labels.get("funding", ""),
    )


def _lead(section: Section, item: str) -> tuple[tuple[str, ...], str]:
    """The body in charge: the heading above, or the subject of the sentence."""
    if section.above and section.heading:
        return tuple(x.strip() for x in section.heading.split(";") if x.strip()), item
    subject = _ACTS.split(item, maxsplit=1)[0]
    body = re.sub(r"^(?:Giao|Đề nghị)\s+", "", subject)
    named = re.match(r"(?:Sở|Phòng|Văn phòng|Các|Ủy ban|UBND|Ban|Trung tâm|Đài|Báo)\b", body)
    return ((body,), item) if named and len(body) < 100 and subject != item else ((), item)


def _frequency(text: str) -> str:
    return "; ".join(dict.fromkeys(line(m[0]).lower() for m in _PERIODIC.finditer(text)))


def _deadline(text: str) -> dt.date | None:
    found = re.search(
        r"(?:trước|đến|chậm nhất(?: là)?)\s+ngày[^;.]{4,30}|trước\s+\d{1,2}/\d{1,2}/\d{4}", text, re.IGNORECASE
    )
    return legal.day_in(found[0]) if found else None


def _annex_tasks(annex: Annex, index: int, count: int) -> Iterator[PlanTask]:
    named = re.match(r"phu luc\s+([ivx]+|\d+)\b", plain(annex.title))
    section = f"Phụ lục {named[1].upper()}" if named else "Phụ lục" + (f" {index}" if count > 1 else "")
    columns: dict[str, int] = {}
    number = 0
    for row in annex.table.rows:
        if known := _task_columns(row):
            columns = known
            continue
        if not columns or not published(_cell(row, columns, "content")) or len({c for c in row if c}) == 1:
            continue
        number += 1
        period = line(published(_cell(row, columns, "period")))
        yield PlanTask(
            id=f"pl{index}_{number}" if count > 1 else f"pl{number}",
            content=line(_cell(row, columns, "content")),
            lead=_bodies(_cell(row, columns, "lead")),
            section=f"{section}.{number}",
            product=line(published(_cell(row, columns, "product"))),
            cooperating=_bodies(_cell(row, columns, "cooperating")),
            period=period,
            deadline=_deadline(period) or (legal.day_in(period) if "trước" in period.lower() else None),
            frequency=_frequency(period),
            funding=line(published(_cell(row, columns, "funding"))),
        )


def _task_columns(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        told = plain(line(cell))
        kind = next((k for k, pattern in _COLUMNS if re.search(pattern, told)), "")
        if kind and len(told) < 60:
            found.setdefault(kind, at)
    return found if "content" in found and len(found) >= 2 else {}


def _cell(row: Sequence[str], columns: dict[str, int], kind: str) -> str:
    at = columns.get(kind, -1)
    return row[at] if 0 <= at < len(row) else ""


def _bodies(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(b for x in re.split(r"[;\n]", published(cell)) if (b := line(x).strip(" .,-"))))


def _orders_report(sentence: str) -> bool:
    told = bool(_BY.search(sentence) or _PERIODIC.search(sentence) or re.search(r"theo (?:đúng )?quy định", sentence))
    return told and bool(re.search(r"báo cáo", sentence, re.IGNORECASE))


def duties_of(taken: Parts) -> Iterator[ReportingDuty]:
    """Sentences that order a report: periodic, by a day, or to somebody."""
    said = [(s, item) for s in taken.sections if kind_of(s) == "tasks" for item in s.items]
    for section, item in [*said, *((None, c) for c in taken.closing)]:
        for sentence in re.split(r"(?<=[.;])\s+(?=\D)", item):
            if not _orders_report(sentence):
                continue
            by = _BY.findall(sentence)
            to = list(dict.fromkeys(line(x) for x in _TO.findall(sentence)))
            who = _lead(section, one_line(item))[0] if section else ("Các cơ quan, đơn vị thực hiện kế hoạch",)
            yield ReportingDuty(
                what=one_line(sentence),
                who=who,
                to="; ".join(to),
                by="; ".join(line(x) for x in by),
                frequency=_frequency(sentence),
                days=tuple(d for x in by if (d := legal.day_in(x))),
                section=section.number if section else "",
            )
