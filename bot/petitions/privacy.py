"""Personal data in a message: found, and masked before anything is logged.

Masked: phones, identity cards (12 and 9 digits), social insurance numbers, bank accounts, e-mails, one-time codes.
Kept: sums of money, dates, file codes of the portal, codes of procedures and laws, public hotlines.
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


@dataclass(frozen=True, slots=True)
class Finding:
    kind: Personal
    start: int
    end: int


_EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.I)
# Digits in one go or in groups; what may part them is a blank, a dot or a hyphen.
_DIGITS = re.compile(r"(?<![\w.,/-])\+?\(?\d(?:[\s.()–-]{0,2}\d){7,18}(?![\w/])(?![.,]\d)")
_FILE_CODE = re.compile(r"\b[A-Z]{1,4}\d{0,3}(?:\.\d+)*-[\d-]+\b", re.I)
_MONEY_AFTER = re.compile(
    r"\s*(?:đ\b|đồng|dong\b|vnd|vnđ|k\b|nghìn|ngàn|triệu|trieu|tr\b|tỷ|tỉ|ty\b|m2|m²|ha\b|%)", re.I
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[\s.-]+(?:0?[1-9]|1[0-2])[\s.-]+(?:19|20)\d\d")
_NEAR_ACCOUNT = re.compile(
    r"tài khoản|tai khoan|\bstk\b|\btk\b|ngân hàng|ngan hang|bank|momo|chuyển (?:khoản|vào)", re.I
)
_NEAR_INSURANCE = re.compile(r"bhxh|bhyt|bảo hiểm|bao hiem|sổ bh|so bh", re.I)
_NEAR_CODE = re.compile(
    r"(?:\botp\b|mã (?:xác thực|xác nhận|otp)|ma (?:xac thuc|xac nhan)|mật khẩu|mat khau|\bpass(?:word)?\b|\bpin\b)"
    r"[^\d\n]{0,25}(?<![\d.,/])(\d{4,8})(?![\d/.,]*\d)",
    re.I,
)
_CONTEXT = 40


def findings(text: str) -> tuple[Finding, ...]:
    """All personal data in a text, in order, none overlapping."""
    spared = [m.span() for m in _FILE_CODE.finditer(text)]
    found = [Finding(Personal.EMAIL, *m.span()) for m in _EMAIL.finditer(text)]
    found += [Finding(Personal.ONE_TIME_CODE, *m.span(1)) for m in _NEAR_CODE.finditer(text)]
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
    local = "0" + digits[2:] if written.lstrip("(").startswith("+84") else digits
    if _DATE.fullmatch(written):
        return None
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
