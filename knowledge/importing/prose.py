"""Running text of a portal record: steps, conditions, results, who may apply, level and agency."""

from __future__ import annotations

import re

from knowledge.importing.letters import bulletless, clean, line, plain, published
from knowledge.records import Level

_TAIL = re.compile(
    r"Từ khóa(?=Không có thông tin|.*Mô tả).*$|Mô tảKhông có thông tin.*$|Chọn cơ quan thực hiện.*$", re.DOTALL
)
_RESULT_CODE = re.compile(
    r"\s*\(Mã:[^)]*\)"
    r"|\s*Mã:\s*(?:(?:[A-Z0-9]+[.-])*[A-Z]*\d+|Không có thông tin|Chưa xác định(?: rõ)?|[a-z0-9]+|[A-Z]{2,6})"
)
_STEP = re.compile(r"(?:^|(?<=[.;:\n]))\s*(?:[-–+*]\s*)?(?:\d+\.\s*)?(?:\*\*)?(?=Bước\s+\d+\s*[.:)–\-]?)")
_MARKS = re.compile(r"\*\*|^#+\s*|`", re.MULTILINE)
_PEOPLE = (
    "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "Cán bộ, công chức, viên chức",
    "Công dân Việt Nam mà không xác định được nơi thường trú hoặc nơi tạm trú",
)
_LEVELS = {"bo": Level.NATION, "tinh": Level.PROVINCE, "xa": Level.COMMUNE, "trung uong": Level.NATION}


def untailed(text: object) -> str:
    """The published text without what the portal's page shows below it."""
    return published(_TAIL.sub("", str(text or "")))


def steps(text: object) -> tuple[str, ...]:
    """One item for each "Bước", else for each paragraph."""
    body = _MARKS.sub("", untailed(text).replace("<br>", "\n"))
    body = re.sub(r"^\d+\.\s+(?=Bước)", "", body, flags=re.MULTILINE)
    parts = _STEP.split(body)
    if len(parts) > 2:
        return tuple(p for p in map(_indented, parts) if p)
    lone = re.sub(r"^1\.\s+", "", body) if not re.search(r"^2\.\s", body, re.MULTILINE) else body
    return tuple(p for p in map(bulletless, lone.split("\n")) if p)


def _indented(part: str) -> str:
    return "\n".join(found for row in part.split("\n") if (found := row.strip()))


def paragraphs(text: object) -> tuple[str, ...]:
    """One item for each line."""
    body = _MARKS.sub("", untailed(text).replace("<br>", "\n"))
    return tuple(dict.fromkeys(p for p in map(bulletless, body.split("\n")) if p))


def results(text: object) -> tuple[str, ...]:
    """One item for each result, without the portal's own codes."""
    spaced = _RESULT_CODE.sub("\n", _MARKS.sub("", untailed(text).replace("<br>", "\n")))
    return tuple(dict.fromkeys(p for p in (bulletless(line(x)) for x in spaced.split("\n")) if published(p)))


def people(text: object) -> tuple[str, ...]:
    """Who may apply; the portal parts by commas, but some of its groups hold commas themselves."""
    rest, found = published(text), []
    for group in _PEOPLE:
        if group in rest:
            found.append((rest.index(group), group))
            rest = rest.replace(group, "\u0000" * len(group), 1)
    found += [(m.start(), m[0].strip()) for m in re.finditer(r"[^,\u0000]+", rest) if m[0].strip()]
    return tuple(dict.fromkeys(group for _, group in sorted(found)))


def levels(text: object) -> tuple[Level, ...]:
    """The levels that decide; "Cơ quan khác" and the abolished district say nothing."""
    found = {_LEVELS[m] for m in re.findall(r"cap (bo|tinh|xa|trung uong)\b", plain(clean(str(text or ""))))}
    return tuple(level for level in Level if level in found)


def agency(text: object) -> str:
    """Agencies on lines of their own become one line; each is named once."""
    names = (line(part) for part in published(text).split("\n"))
    return "; ".join(dict.fromkeys(n.rstrip(" ;,.") for n in names if published(n)))


def decision_number(text: object) -> str:
    """ "Quyết định số 5132/QĐ-BQP" → "5132/QĐ-BQP"; "" for what is plainly no decision."""
    bare = re.sub(r"^(?:quyết định\s*)?(?:số\s*:?\s*)?", "", line(published(text)), flags=re.IGNORECASE).rstrip(". ")
    bare = re.sub(r"\s*([/_-])\s*", r"\1", bare)
    return "" if re.search(r"test|demo", bare, re.IGNORECASE) or not re.search(r"\d", bare) else bare
