"""Personal data in a message: found, and masked before anything is logged.

Masked: phones, identity cards (12 and 9 digits), passports, social and health insurance numbers, bank accounts,
e-mails, number plates, one-time codes, and a home address where the words say that it is one.
Kept: sums of money, dates, file codes of the portal, codes of procedures and laws, public hotlines, streets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Personal(StrEnum):
    PHONE = "điện thoại"
    IDENTITY = "số giấy tờ"
    INSURANCE = "số bảo hiểm"
    ACCOUNT = "số tài khoản"
    EMAIL = "email"
    ONE_TIME_CODE = "mã xác thực"
    PLATE = "biển số xe"
    ADDRESS = "địa chỉ nhà"


@dataclass(frozen=True, slots=True)
class Finding:
    kind: Personal
    start: int
    end: int


# Begun once for a run of letters and taken whole: else a long run without @ costs the square of its length.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.I)
# Digits in one go or in groups; what may part them is a blank, a dot or a hyphen.
_DIGITS = re.compile(r"(?<![\w.,/-])(?<!\d:)\+?\(?\d(?:[\s.()–-]{0,2}\d){7,18}(?![\w/])(?![.,]\d)")
_FILE_CODE = re.compile(r"\b[A-Z]{1,4}\d{0,3}(?:\.\d+)*-[\d-]+\b", re.I)
_MONEY_AFTER = re.compile(
    r"\s*(?:đ\b|đồng|dong\b|vnd|vnđ|k\b|nghìn|ngàn|triệu|trieu|tr\b|tỷ|tỉ|ty\b|m2|m²|ha\b|%)", re.I
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[\s.-]+(?:0?[1-9]|1[0-2])[\s.-]+(?:19|20)\d\d")
_YEARS = re.compile(r"(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d")
_NEAR_ACCOUNT = re.compile(
    r"tài khoản|tai khoan|\bstk\b|\btk\b|ngân hàng|ngan hang|bank|momo|chuyển (?:khoản|vào)", re.I
)
_NEAR_INSURANCE = re.compile(r"bhxh|bhyt|bảo hiểm|bao hiem|sổ bh|so bh", re.I)
_NEAR_CODE = re.compile(
    r"(?:\botp\b|mã (?:xác thực|xác nhận|otp)|ma (?:xac thuc|xac nhan)|mật khẩu|mat khau|\bpass(?:word)?\b|\bpin\b)"
    r"[^\d\n]{0,25}(?<![\d.,/])(\d{4,8})(?![\d/.,]*\d)",
    re.I,
)
_PASSPORT = re.compile(r"(?:hộ chiếu|ho chieu|passport)[^\d\n]{0,20}?\b([A-Z]\s?\d{7,8})\b", re.I)
# A card of health insurance: two letters of the group, one digit, two of the province, ten of the person.
_HEALTH = re.compile(r"\b[A-Z]{2}[ .-]?\d[ .-]?\d{2}[ .-]?(?:\d[ .-]?){9}\d\b", re.I)
# 30A-123.45, 59X1 12345, 29-B1 123.45, 51F-1234: province, series, number; in one word only beside "biển số", "xe".
_PLATE = re.compile(r"(?<![\w.-])[1-9]\d ?-?[A-Z]{1,2}\d?(?:[ -]\d{3}\.\d{2}|-\d{4,5}| \d{5})(?![\d.]*\d)", re.I)
_NEAR_PLATE = re.compile(
    r"(?:\bbiển(?: số| kiểm soát)?|\bbien(?: so| kiem soat)?|\bbks\b|\bbsx?\b|\bxe\b)[^\d\n]{0,25}?"
    r"(?<![\w.])([1-9]\d ?-?[A-Z]{1,2}\d?[ .-]?\d{3}\.?\d{1,2})(?![\d.]*\d)",
    re.I,
)
# Where somebody lives, by the house's number and whatever of lane and street follows it.
_HOUSE = r"(?!(?:19|20)\d\d\b)\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?)*"
_STREET = (
    r"(?:,? ?(?:ngõ|ngách|hẻm|kiệt|đường|phố|tổ|khu|ngo|ngach|hem|kiet|duong|pho|to) [\w/]+(?: [A-ZĐÀ-Ỹ]\w*){0,3})*"
)
_ADDRESS = re.compile(
    r"(?:(?:số nhà|nhà số|so nha|nha so|\bsn)\s*:?\s*|"
    r"(?:địa chỉ(?: nhà)?|dia chi(?: nha)?|thường trú|thuong tru|tạm trú|tam tru|"
    r"(?:nhà|nha) (?:tôi|em|mình|con|cháu|toi|minh|chau)|(?:tôi|em|con|cháu|mình|toi|chau|minh) (?:ở|sống|o|song))"
    rf"(?: ở| tại| o| tai| là| la|:)* (?:số|so) )({_HOUSE}{_STREET})"
    r"(?! ?(?:tháng|năm|ngày|lần|triệu|nghìn|đồng|thang|nam|ngay|lan|trieu))",
    re.I,
)
# What is personal by its form, and what is by the words before it (there the first group).
_FORMS = ((Personal.EMAIL, _EMAIL), (Personal.INSURANCE, _HEALTH), (Personal.PLATE, _PLATE))
_TOLD = (
    (Personal.ONE_TIME_CODE, _NEAR_CODE),
    (Personal.IDENTITY, _PASSPORT),
    (Personal.PLATE, _NEAR_PLATE),
    (Personal.ADDRESS, _ADDRESS),
)
_CONTEXT = 40


def findings(text: str) -> tuple[Finding, ...]:
    """All personal data in a text, in order, none overlapping."""
    spared = [m.span() for m in _FILE_CODE.finditer(text)]
    found: list[Finding] = []
    found += [Finding(kind, *m.span(1)) for kind, told in _TOLD for m in told.finditer(text)]
    found += [Finding(kind, *m.span()) for kind, form in _FORMS for m in form.finditer(text)]
    found += [f for f in _numbers(text) if not any(a < f.end and f.start < b for a, b in spared)]
    kept: list[Finding] = []
    for f in sorted(found, key=lambda f: (f.start, -f.end)):
        if not kept or f.start >= kept[-1].end:
            kept.append(f)
    return tuple(kept)


def mask(text: str) -> str:
    """The text with every finding replaced by what it is: "[điện thoại]"."""
    out: list[str] = []
    at = 0
    for f in findings(text):
        out += (text[at : f.start], f"[{f.kind}]")
        at = f.end
    return "".join(out) + text[at:]


def _numbers(text: str) -> Iterator[Finding]:
    for m in _DIGITS.finditer(text):
        kind = _kind(text, m)
        if kind:
            yield Finding(kind, *m.span())


def _kind(text: str, m: re.Match[str]) -> Personal | None:
    written = m.group()
    digits = re.sub(r"\D", "", written)
    before = text[max(0, m.start() - _CONTEXT) : m.start()]
    abroad = written.lstrip("(").startswith("+84") or (digits.startswith("84") and len(digits) == 11)
    local = "0" + digits[2:] if abroad else digits
    if _DATE.fullmatch(written) or _YEARS.fullmatch(written):
        return None
    if len(digits) == 10 and digits.startswith("01") and _closer(before, _NEAR_INSURANCE):
        return Personal.INSURANCE  # no phone begins so any more
    if local.startswith("0") and len(local) in (10, 11) and not _closer(before, _NEAR_ACCOUNT):
        return Personal.PHONE
    if _THOUSANDS.fullmatch(written) or _MONEY_AFTER.match(text, m.end()) or digits.startswith(("1800", "1900")):
        return None
    if _closer(before, _NEAR_ACCOUNT):
        return Personal.ACCOUNT
    if _closer(before, _NEAR_INSURANCE):
        return Personal.INSURANCE
    if len(digits) in (9, 12):
        return Personal.IDENTITY
    if len(digits) == 10:
        return Personal.INSURANCE
    return Personal.ACCOUNT if len(digits) >= 8 else None


def _closer(before: str, near: re.Pattern[str]) -> bool:
    """Whether the words just before say so, with no full stop between."""
    return bool(near.search(before.rsplit(". ", 1)[-1]))
