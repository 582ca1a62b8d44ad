"""What a plan says of money."""

from __future__ import annotations

import re

from bot.dialogue.plans.entries import Entry, Kind
from bot.dialogue.plans.lines import short_line
from bot.dialogue.plans.looking import Finding, Look
from bot.wording import plans as say

_MONEY = re.compile(
    r"bao nhieu (?:tien|trieu|ty|dong|kinh phi)|(?:so|tong so|tong) (?:tien|kinh phi)|may (?:trieu|ty|tram)|(?:ton"
    r"|het|chi) (?:het )?bao nhieu"
    r"|(?:kinh phi|ngan sach|du toan|tien|chi phi|muc chi) (?:\w+ ){0,8}(?:la )?bao nhieu|muc chi"
)
_SUM = re.compile(r"\d[\d.]* ?(?:đồng|triệu|tỷ|nghìn)")
_FROM = re.compile(r"nguon|lay (?:o|tu) dau|tien (?:o )?dau|ngan sach nao|tu dau")


def money(look: Look) -> Finding | None:
    if not _MONEY.search(look.asked.folded):
        return None
    funding = _funded(look)
    sums = [e for e in funding if _SUM.search(e.text)]
    if sums:
        return Finding(tuple(short_line(e) for e in sums), ("kinh_phi",))
    near = [e for e in funding if not e.text.startswith("Kế hoạch không nêu")]
    return Finding(tuple(short_line(e) for e in near[:3]), ("kinh_phi",), say.UNSAID_MONEY)


def funding(look: Look) -> Finding | None:
    if not look.asked.asks("kinh_phi"):
        return None
    lines = _funded(look)
    if not lines:
        near = [e for e in look.of(Kind.ODDITY) if "kinh phí" in e.text]
        return Finding(tuple(e.text for e in near), ("kinh_phi",), say.UNSAID["kinh_phi"])
    unsaid = any(re.search(r"không nêu.*nguồn", e.text) for e in lines) and _FROM.search(look.asked.folded)
    return Finding(tuple(short_line(e) for e in lines[:4]), ("kinh_phi",), say.UNSAID_SOURCE if unsaid else "")


def _funded(look: Look) -> list[Entry]:
    lines = look.of(Kind.FUNDING)
    ranked = look.ranked(lines)
    first = [s.entry for s in ranked if s.cover >= 0.3]
    rest = [e for e in lines if e not in first and not e.text.startswith("Kế hoạch không nêu số tiền")]
    return [*first, *rest]
