"""What a value of a record means, so that no wrong option is right as well. Pure.

Each reader returns None for a value that means several things or depends on a case ("miễn …; bản sao thêm 8.000 đồng"):
such a value is neither asked for nor offered. Two values may stand side by side only where `differ` says so.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from knowledge.vietnamese import fold

_FREE = re.compile(
    r"(?:khong thu(?: phi| le phi| phi, le phi| tien)?|mien(?: phi| le phi| thu)?|khong mat tien|0 dong)\.?"
)
_AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+) dong(?: ?/ ?| moi | mot )?([a-z ]{0,16})\.?")
_SPAN = re.compile(r"(?:toi da |khong qua |trong )?(\d{1,3}) (ngay lam viec|ngay|gio lam viec|gio|thang)\b(?P<rest>.*)")
_FROM = re.compile(r"(?: lam viec)?(?:,? (?:ke )?tu (?:ngay|khi)[^;,.0-9]*)?\.?")
_UNIT_NAMES = {
    "ngay lam viec": "ngày làm việc",
    "ngay": "ngày",
    "gio lam viec": "giờ làm việc",
    "gio": "giờ",
    "thang": "tháng",
}
# One body, not a list of them, and none that sits within another ("cơ quan đăng ký kinh doanh cấp xã").
_SEVERAL = re.compile(r"[;,(]| hoac |duoc .* giao|co quan dang ky kinh doanh cap xa")
# Bodies that are never one another. A value that names two of them is not asked about.
_BODIES = (
    ("ubnd_xa", r"ubnd (?:cap )?(?:xa|phuong)|uy ban nhan dan (?:cap )?xa"),
    ("ubnd_tinh", r"ubnd (?:cap )?tinh|uy ban nhan dan (?:cap )?tinh"),
    ("cong_an", r"cong an|canh sat|quan ly xuat nhap canh"),
    ("thue", r"\bthue\b"),
    ("bao_hiem", r"bao hiem xa hoi|bhxh"),
    ("dat_dai", r"dang ky dat dai"),
    ("kinh_doanh", r"dang ky kinh doanh|so tai chinh"),
    ("giao_duc", r"giao duc|truong (?:hoc|mam non|tieu hoc|trung hoc)|co so giao duc"),
    ("tu_phap", r"so tu phap|bo tu phap"),
    ("thi_hanh_an", r"thi hanh an"),
    ("cong_chung", r"cong chung"),
    ("ngoai_giao", r"ngoai giao|dai su|lanh su|dai dien"),
    ("xay_dung", r"so xay dung|bo xay dung"),
    ("y_te", r"so y te|bo y te|benh vien"),
    ("quan_su", r"quan su|bo quoc phong"),
    ("viec_lam", r"so noi vu|viec lam|bo noi vu"),
    ("so_huu", r"so huu tri tue|khoa hoc va cong nghe|khoa hoc, cong nghe"),
    ("moi_truong", r"nong nghiep va moi truong|bo nong nghiep"),
    ("toa_an", r"toa an"),
)
_COMMON_BODY_WORDS = frozenset(
    "so ban nganh phong uy nhan dan tinh thanh pho huyen quan thi xa va cac cua don vi co quan trung tam ubnd bo "
    "truc thuoc cap trung uong van chi cuc tong".split()
)


@dataclass(frozen=True, slots=True)
class Fee:
    """`amount` 0: nothing is charged."""

    amount: int
    per: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """`days`, whatever kind of day; hours are 24 or 8 to a day, a month is 30."""

    amount: int
    unit: str

    @property
    def days(self) -> frozenset[float]:
        """Every number of days that someone may take it for."""
        if self.unit.startswith("gio"):
            return frozenset({self.amount / 24, self.amount / 8})
        return frozenset({float(self.amount * (30 if self.unit == "thang" else 1))})


def fee(text: str) -> Fee | None:
    plain = fold(text).strip()
    if _FREE.fullmatch(plain):
        return Fee(0)
    found = _AMOUNT.fullmatch(plain)
    if not found:
        return None
    amount = int(found[1].replace(".", ""))
    return Fee(amount, found[2].strip()) if amount else Fee(0)


def span(text: str) -> Span | None:
    found = _SPAN.fullmatch(fold(text).strip())
    return Span(int(found[1]), found[2]) if found and _FROM.fullmatch(found["rest"]) else None


def body(text: str) -> str | None:
    """Which one body this is; None for several, and for one that is part of another."""
    plain = fold(text)
    if _SEVERAL.search(plain):
        return None
    found = {name for name, pattern in _BODIES if re.search(pattern, plain)}
    return found.pop() if len(found) == 1 else None


def lead(text: str) -> frozenset[str] | None:
    """The telling words of one body of a plan; None for "các cơ quan", which any other body may belong to."""
    plain = fold(text)
    if (
        re.match(r"(?:cac|nhung|moi|tung|tat ca|toan|ubnd cac|thu truong|can bo|co quan|don vi)\b", plain)
        or "(" in plain
    ):
        return None
    return frozenset(re.findall(r"[a-z0-9]+", plain)) - _COMMON_BODY_WORDS or None


def shown(means: object, text: str) -> str:
    """As an option reads: the bare amount or span, so that no wording gives the right one away."""
    if isinstance(means, Fee) and means.amount:
        return f"{means.amount:,} đồng".replace(",", ".")
    if isinstance(means, Span):
        return f"{means.amount} {_UNIT_NAMES[means.unit]}"
    return text.strip().rstrip(".")


def per(text: str) -> str:
    """What a fee is for: "50.000 đồng/văn bản" → "văn bản"."""
    found = re.search(r"đồng(?: ?/ ?| mỗi | một )(.+?)\.?$", text)
    return found[1].strip() if found else ""


def differ(one: object, other: object) -> bool:
    """Whether no reader could take the one for the other."""
    if isinstance(one, Fee) and isinstance(other, Fee):
        return one.amount != other.amount
    if isinstance(one, Span) and isinstance(other, Span):
        return not one.days & other.days
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return not one & other
    same_kind = type(one) is type(other) and isinstance(one, str | dt.date)
    return same_kind and one != other
