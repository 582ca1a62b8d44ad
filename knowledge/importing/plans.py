"""Plans (.docx, .pdf, .md, .txt) become draft Plans for a person to review: nothing is restated, nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.importing import legal
from knowledge.importing.documents import Block
from knowledge.importing.imported import Import, Notice, Origin, Unreadable
from knowledge.importing.letters import line, plain
from knowledge.importing.plan_parts import Parts, one_line, parts
from knowledge.importing.plan_tasks import duties_of, kind_of, labelled, tasks_of
from knowledge.records import LegalText, Plan, PlanTask, ReadingDay, Source

_NUMBER = re.compile(r"(?m)^Số\s*:?\s*(\d{1,5})\s*/\s*(KH\s*-\s*[A-ZĐ&.\-]+)", re.IGNORECASE)
_PLACED = re.compile(r"^(?P<place>[^,\n]{2,40}),\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}", re.IGNORECASE)
_PROVINCE = re.compile(r"\b(?:tỉnh|thành phố)\s+((?:[A-ZĐÀ-Ỹ][a-zà-ỹ]*(?:[ -]|\b)){2,4})")
_DISTRICT = re.compile(r"\b(?:huyện|quận|thị xã)\s+((?:[A-ZĐÀ-Ỹ][a-zà-ỹ]*\s?){1,3})")
_ISSUED = re.compile(r"(?:^|[;,.:]\s)([^;,.:\n]{2,120}?)\s+(?:ban hành|xây dựng|lập)\s+(?:[Kk]ế hoạch)", re.MULTILINE)
_BODY = re.compile(r"(?:Ủy ban nhân dân|UBND|Sở|Bộ|Ban|Cục|Văn phòng)\b.*$")
_REVIEW = "Bản nháp do máy tách từ tệp gốc, cần người phụ trách xem lại từng mục trước khi dùng."


@dataclass(frozen=True, slots=True)
class _Origin:
    """Who issued the plan, where and when, as far as the document says so."""

    name: str
    issuer: str
    place: str
    district: str
    year: int
    number: str
    date: dt.date | None


def parse_plan(name: str, blocks: Sequence[Block], day: ReadingDay | None, today: dt.date, place: str = "") -> Import:
    """The draft plan that the document holds."""
    taken = parts(blocks)
    if not taken.sections:
        raise Unreadable(name, "không thấy các mục I, II, III của kế hoạch", "kiểm tra đây có phải kế hoạch không")
    origin = _origin(name, taken, place)
    read = day or ReadingDay(today.isoformat())
    tasks = tuple(tasks_of(taken))
    oddities = (_REVIEW, *_missing(origin, taken, tasks))
    plan = Plan(
        key=_key(origin),
        name=origin.name,
        issuer=origin.issuer,
        place=origin.place,
        district=origin.district,
        year=origin.year,
        number=origin.number,
        date=origin.date,
        signer=_signer(taken.foot),
        basis=_cited(_intro(taken)),
        mentions=_mentioned(taken),
        purposes=_items(taken, "purposes"),
        requirements=_items(taken, "requirements"),
        audiences=_items(taken, "audiences"),
        contents=_items(taken, "contents"),
        channels=_items(taken, "channels"),
        tasks=tasks,
        reporting=tuple(duties_of(taken)),
        funding=_items(taken, "funding"),
        recipients=_recipients(taken.foot),
        oddities=oddities,
        sources=(Source(f"Tệp “{name}”", read),),
    )
    notices = tuple(Notice(name, "", what) for what in oddities)
    return Import(name, Origin.PLAN, read, bool(day), len(tasks), plans=(plan,), notices=notices)


def _origin(name: str, taken: Parts, place: str) -> _Origin:
    head = "\n".join(taken.head)
    placed = next((m for x in taken.head if (m := _PLACED.match(x))), None)
    if bad := legal.impossible_day(placed[0] if placed else ""):
        raise Unreadable(name, "ngày ban hành không có thật", "sửa lại ngày trong tệp", bad)
    number = _NUMBER.search(head)
    title = _title(taken.head)
    date = legal.day_in(placed[0]) if placed else None
    year = re.search(r"năm\s+(\d{4})", title) or re.search(r"năm\s+(\d{4})", head)
    province = _PROVINCE.search(title) or _PROVINCE.search(head)
    district = _DISTRICT.search(title) or _DISTRICT.search(head)
    where = place or (province[1].strip() if province else "") or (placed["place"].strip() if placed else "")
    return _Origin(
        name=title or "Kế hoạch",
        issuer=_issuer(taken, where),
        place=where,
        district=district[1].strip() if district else "",
        year=int(year[1]) if year else (date.year if date else 0),
        number=f"{number[1]}/{legal.spelled(number[2])}" if number else "",
        date=date,
    )


def _issuer(taken: Parts, place: str) -> str:
    """Who "ban hành kế hoạch" in the opening sentences, else the body whose name heads the page."""
    for found in reversed(_ISSUED.findall(_intro(taken))):
        if body := _BODY.search(re.sub(r"\s*\([^)]*\)", "", line(found))):
            return _with_place(body[0], place)
    top = " ".join(taken.head[:4])
    if named := re.match(r"(?:.*?)(ỦY BAN NHÂN DÂN|UBND)\s+(TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|XÃ|PHƯỜNG)", top):
        return _with_place(f"Ủy ban nhân dân {named[2].lower()}", place)
    return ""


def _with_place(body: str, place: str) -> str:
    if body in ("Ủy ban nhân dân", "UBND"):
        body += " tỉnh"
    return f"{body} {place}".strip() if re.search(r"(?:tỉnh|thành phố)$", body) else body


def _title(head: Sequence[str]) -> str:
    """ "KẾ HOẠCH" and the lines below it up to the first sentence."""
    start = next((i for i, x in enumerate(head) if re.match(r"KẾ HOẠCH\b", x)), -1)
    if start < 0:
        return ""
    lines = [re.sub(r"^KẾ HOẠCH\s*", "Kế hoạch ", head[start])]
    for text in head[start + 1 : start + 4]:
        if len(text) > 200 or re.match(r"(?:Thực hiện|Căn cứ|Để|Nhằm|Số|-{3,})", text):
            break
        lines.append(text)
    title = re.sub(r"\s+", " ", " ".join(lines)).strip()
    return re.sub(r"^Kế hoạch (\w)", lambda m: "Kế hoạch " + m[1].lower(), title)


def _intro(taken: Parts) -> str:
    return "\n".join(x for x in taken.head if len(x) > 120 or re.match(r"(?:Thực hiện|Căn cứ)", x))


def _key(origin: _Origin) -> str:
    words = [origin.number.replace("/", " ") or "khong so", origin.district or origin.place, str(origin.year or "")]
    return "kh_" + re.sub(r"\W+", "_", plain(" ".join(words)).replace("-", " ")).strip("_")


def _missing(origin: _Origin, taken: Parts, tasks: Sequence[PlanTask]) -> Iterator[str]:
    """What a person has to look up, since the document does not say it in a way that was understood."""
    wanted = {
        "số kế hoạch": origin.number,
        "ngày ban hành": origin.date,
        "cơ quan ban hành": origin.issuer,
        "địa phương": origin.place,
        "năm": origin.year,
    }
    for what, value in wanted.items():
        if not value:
            yield f"Không đọc được {what}."
    ids = [t.section for t in tasks if t.section.startswith("Phụ lục")]
    if taken.annexes and not ids:
        yield "Có bảng phụ lục nhưng không nhận ra các cột."


def _items(taken: Parts, kind: str) -> tuple[str, ...]:
    found = [
        one_line(x) for s in taken.sections if kind_of(s) == kind for x in ([s.heading] if labelled(s) else s.items)
    ]
    return tuple(dict.fromkeys(x for x in found if x))


def _cited(text: str) -> tuple[LegalText, ...]:
    """The legal texts that the text names with a number."""
    found: dict[str, LegalText] = {}
    for part in re.split(r";|\n|(?<=[^\d])\.\s", text):
        for number in legal.numbers_in(part):
            name = re.sub(r"^(?:Căn cứ|Thực hiện)\s+", "", one_line(part))
            made = legal.legal_text(name[:300], number)
            if made and number not in found:
                found[number] = made
    return tuple(found.values())


def _mentioned(taken: Parts) -> tuple[LegalText, ...]:
    basis = {t.number for t in _cited(_intro(taken))}
    told: Iterable[str] = (x for s in taken.sections for x in s.items)
    return tuple(t for t in _cited("\n".join(told)) if t.number not in basis)


def _recipients(foot: Sequence[str]) -> tuple[str, ...]:
    start = next((i for i, x in enumerate(foot) if plain(x).startswith("noi nhan")), -1)
    rows = foot[start + 1 :] if start >= 0 else []
    return tuple(re.sub(r"^[-–]\s*", "", x).rstrip(" ;.") for x in rows if re.match(r"^[-–]\s*\S", x))


def _signer(foot: Sequence[str]) -> str:
    """The name below the last line of capitals: "CHỦ TỊCH", then the person."""
    ranks = [i for i, x in enumerate(foot) if re.search(r"CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|TRƯỞNG PHÒNG", x)]
    after = foot[ranks[-1] + 1 :] if ranks else []
    name = next((x for x in after if re.fullmatch(r"[^\W\d_]+(?:\s[^\W\d_]+){1,5}\s?", x)), "")
    return name.title() if name.isupper() else name
