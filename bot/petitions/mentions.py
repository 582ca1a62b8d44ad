"""Whom a petition is about, as the words call them. Who that is, the desk decides. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Somebody whom the words are about, as they are called there: `words` whole, `role` and `name` where said.
    `lead`: the role heads a body. Who that is, the desk decides."""

    words: str
    role: str = ""
    name: str = ""
    lead: bool = False


_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = rf"[{_UPPER}]\w*(?: [{_UPPER}]\w*){{0,3}}"
_LEADS = (
    r"(?:phó |pho )?(?:chủ tịch|chu tich|giám đốc|giam doc|trưởng phòng|truong phong|trưởng công an|truong cong an|"
    r"trưởng ban|truong ban|bí thư|bi thu|hiệu trưởng|hieu truong|viện trưởng|vien truong|chi cục trưởng|"
    r"chi cuc truong|trạm trưởng|tram truong|người đứng đầu|nguoi dung dau|lãnh đạo|lanh dao|thủ trưởng|thu truong)"
)
_STAFF = (
    r"(?:cán bộ|can bo|công chức|cong chuc|viên chức|vien chuc|nhân viên|nhan vien|chuyên viên|chuyen vien|"
    r"công an|cong an|cảnh sát khu vực|canh sat khu vuc|csgt|trưởng thôn|truong thon|trưởng ấp|truong ap|"
    r"trưởng bản|truong ban|tổ trưởng|to truong|bảo vệ|bao ve|kế toán|ke toan|bác sĩ|bac si|y tá|y ta|"
    r"giáo viên|giao vien|cô giáo|co giao|thầy giáo|thay giao|địa chính|dia chinh|tư pháp|tu phap|hộ tịch|ho tich)"
)
_PLACES = (
    r"(?:xã|xa|phường|phuong|thôn|thon|ấp|ap|tỉnh|tinh|sở|so|thị trấn|thi tran|đặc khu|dac khu|bản|khu phố|khu pho)"
)
_DESKS = (
    r"(?:ủy ban|uỷ ban|uy ban|ubnd|trung tâm|trung tam|bộ phận|bo phan|phòng|phong|quầy|quay|một cửa|mot cua|"
    r"tiếp nhận|tiep nhan|tiếp dân|tiep dan|trả kết quả|tra ket qua|địa chính|dia chinh|tư pháp|tu phap|"
    r"hộ tịch|ho tich|thuế|thue|bảo hiểm|bao hiem|đất đai|dat dai|công an|cong an)"
)
_TITLES = r"(?:ông|ong|bà|ba|anh|chị|chi|cô|co|chú|chu)"
_MENTION = re.compile(
    rf"\b(?P<role>(?:(?P<lead>(?i:{_LEADS}))|(?i:{_STAFF}))(?: (?:(?i:{_DESKS})|(?i:{_PLACES})(?: {_NAME})?))*)"
    rf"(?:(?i: (?:họ |ho )?(?:tên|ten)(?: là| la)? )(?P<called>{_NAME}|(?!(?i:gì|gi|đó|do|này|nay|ai|nào|nao)\b)\w+)"
    rf"|(?: là| la|,)?(?: (?i:{_TITLES}))? (?P<name>{_NAME}))?"
)
_TITLED = re.compile(
    rf"\b(?i:{_TITLES}) (?P<name>{_NAME})(?=,?(?: (?i:ở|o|tại|tai|bên|ben|làm ở|lam o))? (?i:{_DESKS}|{_PLACES})\b)"
)
# Alone, these are a body, a field of work or an action rather than a person.
_NOBODY = frozenset({"cong an", "tu phap", "ho tich", "dia chinh", "bao ve", "ke toan", "giao vien", "bac si"})
# Who is asked to do something is not the one that it is about: "đề nghị lãnh đạo xã xem lại".
_ADDRESSED = re.compile(
    r"\b(?:de nghi|kinh gui|kinh mong|mong|nho|xin|kien nghi|gui|gui toi|gui den|yeu cau|bao|thua|kinh thua|hoi|nhan|"
    r"phan anh (?:voi|toi|den|len)|mong muon)(?: cac| quy| ong| ba| anh| chi| dong chi| voi| cho| toi| len)*\W*$"
)


def mentioned(text: str) -> tuple[Mentioned, ...]:
    """Officers whom the words are about, in the order in which they are named, each once."""
    flat = " ".join(unicodedata.normalize("NFC", text).split())
    found = sorted([*_by_role(flat), *_by_title(flat)], key=lambda pair: pair[0])
    kept: dict[str, Mentioned] = {}
    reached = 0
    for start, one in found:
        if start >= reached:
            kept.setdefault(fold(one.words), one)
            reached = start + len(one.words)
    return tuple(kept.values())


def _by_role(flat: str) -> Iterator[tuple[int, Mentioned]]:
    for m in _MENTION.finditer(flat):
        name = m["called"] or m["name"] or ""
        alone = not name and fold(m["role"]) in _NOBODY
        if not alone and not (not name and _ADDRESSED.search(fold(flat[: m.start()]))):
            yield m.start(), Mentioned(m[0].strip(), m["role"], name, bool(m["lead"]))


def _by_title(flat: str) -> Iterator[tuple[int, Mentioned]]:
    for m in _TITLED.finditer(flat):
        yield m.start(), Mentioned(m[0], "", m["name"])
