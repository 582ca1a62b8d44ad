"""A petition's code: PA-2026-000123-K. The letter checks the digits, so that a slip of the finger is noticed."""

from __future__ import annotations

import re

# 23 letters: a prime, so that one wrong digit always gives another letter; I, O and Z look like digits
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXY"
_SPELLED = re.compile(r"PA-(\d{4})-(\d{6})(?:-([A-Z]))?")


def code_of(year: int, number: int) -> str:
    digits = f"{year:04d}{number:06d}"
    weighed = sum((i + 2) * int(d) for i, d in enumerate(digits))
    return f"PA-{digits[:4]}-{digits[4:]}-{LETTERS[weighed % len(LETTERS)]}"


def complete(spelled: str) -> str:
    """The whole code of one that was typed without its letter; "" where the letter or the form is wrong."""
    found = _SPELLED.fullmatch(spelled.strip().upper())
    if not found:
        return ""
    whole = code_of(int(found[1]), int(found[2]))
    return whole if found[3] in (None, whole[-1]) else ""
