"""An answered petition as everyone may read it: the words without whom they came from and whom they name. Pure.

What is found is taken out; what may still tell who somebody is, is pointed out to the officer, who edits and approves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.petitions.mentions import mentioned
from bot.petitions.openings import without_opening
from bot.petitions.privacy import findings, mask
from knowledge.vietnamese import fold

SOMEBODY = "[tên]"
_SURNAMES = (
    r"(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đoàn|Đinh|Trịnh|Mai|Đào|Lương|Tạ|"
    r"Trương|Lâm|Nông|Hà|Vương|Chu|Phùng|Triệu|Lưu|Tô|Tống|Đàm|Quách|Thái|Cao|Bế|Hứa|Ma|Vi|Lò|Giàng|Sùng|Vàng|Thào|"
    r"Nguyen|Tran|Pham|Hoang|Huynh|Dang|Bui|Trinh|Truong|Nong)"
)
_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_FULL_NAME = re.compile(rf"(?<!\w){_SURNAMES}(?: [{_UPPER}]\w*){{1,4}}")
# Streets, schools and places bear people's names, too.
_PLACE_BEFORE = re.compile(
    r"(?:đường|phố|ngõ|trường|chợ|quảng trường|thành phố|tp\.?|phường|xã|thôn|công viên|bệnh viện|cầu|hồ|khu|"
    r"đại lộ|tượng đài|thpt|thcs|tiểu học|mầm non) $",
    re.I,
)
_SELF = re.compile(
    r"(?i:\b(?:tôi|em|con|cháu|mình|tui) (?:tên(?: là)?|là) |\bhọ (?:và )?tên:? ?)"
    rf"(?P<name>[{_UPPER}]\w*(?: [{_UPPER}]\w*){{0,3}})"
)
# Words that narrow down who somebody is, though no single one names them.
_NARROWING = re.compile(
    r"\b(?:vợ|chồng|con|mẹ|bố|cha|ông|bà|anh|chị|em) (?:tôi|em|mình|cháu) (?:là|làm|tên|bị|đang)\b|"
    r"\b(?:hiv|tâm thần|ung thư|khuyết tật|ly hôn|hiếp|tiền án)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What an officer begins from. `doubts`: words of it that may still tell who somebody is."""

    question: str
    answer: str
    doubts: tuple[str, ...] = ()


def draft(story: str, answer: str, contact: str = "") -> Draft:
    """Numbers, addresses and names taken out: the citizen's own, those of officers, and full names of anyone."""
    question, reply = (without_names(mask(text), contact) for text in (without_opening(story), answer))
    return Draft(question, reply, tuple(dict.fromkeys([*doubts(question), *doubts(reply)])))


def without_names(text: str, contact: str = "") -> str:
    """Names of people become "[tên]"; what officers are ("cán bộ tiếp nhận") stays, and so do streets and schools."""
    text = unicodedata.normalize("NFC", text)
    spans = [span for one in (_own(text, contact), _selves(text), _officers(text), _full(text)) for span in one]
    out, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            out += [text[at:start], SOMEBODY]
        at = max(at, end)
    return "".join(out) + text[at:]


def doubts(text: str) -> tuple[str, ...]:
    """What a reader may still know somebody by; for the officer's eyes before approving."""
    left = [text[f.start : f.end] for f in findings(text)]
    left += [text[a:b] for a, b in _full(text)]
    left += [m.name for m in mentioned(text) if m.name and m.name != SOMEBODY]
    left += [m[0] for m in _NARROWING.finditer(text)]
    return tuple(dict.fromkeys(left))


def _own(text: str, contact: str) -> Iterator[tuple[int, int]]:
    """The names that the citizen left as a contact, wherever they stand in the words."""
    for name in {m[0] for m in _FULL_NAME.finditer(contact)} | _bare_name(contact):
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I):
            yield m.span()


def _bare_name(contact: str) -> set[str]:
    """ "Lan, 0912…": what stands before the first comma or number, if it is short enough for a name."""
    first = re.split(r"[,;:\d\n(]", unicodedata.normalize("NFC", contact))[0].strip()
    return {first} if len(first) >= 2 and len(first.split()) <= 5 and first[0].isupper() else set()


def _selves(text: str) -> Iterator[tuple[int, int]]:
    return (m.span("name") for m in _SELF.finditer(text))


def _officers(text: str) -> Iterator[tuple[int, int]]:
    for one in mentioned(text):
        if one.name and fold(one.name) != fold(one.role):
            for m in re.finditer(rf"(?<!\w){re.escape(one.name)}(?!\w)", text):
                yield m.span()


def _full(text: str) -> Iterator[tuple[int, int]]:
    for m in _FULL_NAME.finditer(text):
        if not _PLACE_BEFORE.search(text[max(0, m.start() - 20) : m.start()]):
            yield m.span()
