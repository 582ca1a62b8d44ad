"""Numbers and dates of legal texts, and the portal's legal cell, whose titles and numbers are glued together."""

from __future__ import annotations

import datetime as dt
import re

from knowledge.importing.letters import bulletless, line, published
from knowledge.records import LegalText

# longest first, so that "BNN" does not cut "BNNMT" short
_BODY = (
    "(?:BNNPTNT|BNN&PTNT|BLĐTBXH|BVHTTDL|BKHCNMT|BTTTT|BNNMT|BGDĐT|BGD&ĐT|BKHCN|BKH&CN|BGTVT|BDTTG|BTNMT|BKHĐT|VKSNDTC"
    "|BKH&ĐT|TANDTC|BVHTT|BBCVT|KTNN|NHNN|UBDT|TTCP|VPCP|BHXH|BTC|BTP|BXD|BYT|BCA|BQP|BNV|BCT|BNG|BCN|BTS|BTM|BNN|BTL"
    "|TLĐ|TW)"
)
_KIND = (
    rf"(?:NĐ\s?-\s?CP|ND-CP|NĐ-C(?!P)|CP-NĐ|NQ\s?-\s?CP|NQ-CP|NQ-QH\d\d|QH\d\d|UBTVQH\d\d"
    rf"|TTLT(?:\s?[-/]\s?{_BODY})+|TT\s?[-/_]\s?{_BODY}|{_BODY}-TT"
    rf"|(?:QĐ|QD|CT|NQ)\s?[-/]\s?(?:TTg|TTG|CTN|UBND|HĐND|{_BODY})|VBHN-(?:VPQH|{_BODY})"
    rf"|KH\s?-\s?(?:UBND|HĐND|TU|{_BODY}|[A-ZĐ]{{2,8}}(?![a-zà-ỹ]))"
    r"|L[/-]CTN|NQLT-CP-UBTƯMTTQVN|NQ-HĐTP|PL-UBTVQH\d\d)"
)
NUMBER = re.compile(rf"(?:\d{{1,4}}[a-zđ]?|(?<![\d/])\d{{2,3}}\.\d{{1,2}})\s?/(?:\s?(?:19|20)\d\d\s?[/-])?\s?{_KIND}")
_LAW_BY_YEAR = re.compile(r"\d{1,4}/(?:19|20)\d\d/[A-ZĐ][A-ZĐ&-]*")
_PREFIX = re.compile(
    r"(?:(?:Luật|Bộ luật|Nghị định|Nghị quyết|Thông tư liên tịch|Thông tư|Quyết định|Pháp lệnh|Chỉ thị"
    r"|NĐ|TT|QĐ|NQ)\s*)?"
    r"(?:[Ss]ố\s*:?\s*)?$"
)
_DAY = re.compile(
    r"ngày\s*(?P<d>\d{1,2})\s*(?:tháng|[/.-])\s*(?P<m>\d{1,2})\s*(?:năm|[/.-])\s*(?P<y>\d{4})", re.IGNORECASE
)
_BARE_DAY = re.compile(r"(?<!\d)(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})(?!\d)")
_RUNS_ON = re.compile(r"\s+(?:ngày|của|và|về|quy|được|do|hướng|năm|trong|đã|ban hành)\b")
_ISSUER = re.compile(r" (?:của (?:Chính phủ|Quốc hội)|ngày \d{1,2}/\d{1,2}/\d{4})(?=[A-ZĐ][a-zà-ỹ]|$)")
_NEXT_TITLE = re.compile(r"[ .]\s*(?:Luật|Nghị|Thông|Quyết|Pháp|Bộ luật|định số)")
_NAMED = re.compile(r"(?:[Ss]ố|SỐ|[Ll]uật|định|tư|quyết|lệnh)\s*$")
_DAY_AND_CELL = re.compile(r"(\d{1,2}/\d{1,2}/20\d\d|(?<= )20\d\d)\d{1,3}(?:/\d{4})?(?=[A-ZĐ-]|$)")
HEADER = "Tên văn bản pháp lýMã văn bản"


def day_in(text: str) -> dt.date | None:
    """The first day that is written in the text, if it is a real day."""
    found = _DAY.search(text) or _BARE_DAY.search(text)
    if not found:
        return None
    try:
        return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def impossible_day(text: str) -> str:
    """The first written day that no calendar has, as written, else ""."""
    for found in (*_DAY.finditer(text), *_BARE_DAY.finditer(text)):
        try:
            dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
        except ValueError:
            return found[0]
    return ""


def numbers_in(text: str) -> tuple[str, ...]:
    """Every number of a legal text in the order of appearance, each once, in its plain spelling."""
    return tuple(dict.fromkeys(spelled(m[0]) for m in NUMBER.finditer(text)))


def spelled(number: str) -> str:
    """ "165/2024/NĐ- CP" → "165/2024/NĐ-CP"."""
    bare = re.sub(r"\s+", "", number)
    bare = re.sub(r"NĐ-C$|ND-CP$", "NĐ-CP", bare).replace("TT_", "TT-")
    return bare.replace("QĐ-TTG", "QĐ-TTg").replace("QD-", "QĐ-").rstrip(".")


def legal_text(name: str, code: str, date: dt.date | None = None) -> LegalText | None:
    """One legal text from a title cell and a number cell; None where both say nothing."""
    name, code = bulletless(line(published(name))).rstrip(" ;"), line(published(code))
    found = NUMBER.search(code) or _LAW_BY_YEAR.search(code)
    number = spelled(found[0]) if found else ""
    if not number and (own := NUMBER.search(name)):
        number = spelled(own[0])
    name = name or code
    if not number:
        name = re.sub(r"(?<=[a-zà-ỹ])\d{1,3}$", "", name)  # a number cut short, stuck to the title
    if not name:
        return None
    return LegalText(name=name, number=number, date=date or _day_after(name, number))


def _day_after(name: str, number: str) -> dt.date | None:
    """The day that the title gives right after this very number; a day further on belongs to another text."""
    at = name.replace(" ", "").find(number.replace(" ", "")) if number else -1
    if at < 0:
        return None
    found = NUMBER.search(name)
    tail = name[found.end() :] if found and spelled(found[0]) == number else ""
    return day_in(tail[:40]) if re.match(r"\s*,?\s*(?:ngày|\()", tail) else None


def glued_legal(text: str) -> tuple[LegalText, ...]:
    """The legal texts of a cell in which titles and numbers stand glued one after another."""
    text = published(text.replace(HEADER, "", 1))
    texts = []
    for part in _DAY_AND_CELL.sub("\\1\x1f", text).split("\x1f"):  # a number cut short to "25", after the title's day
        texts += _rows(part)
    return tuple(dict.fromkeys(texts))


def _rows(text: str) -> list[LegalText]:
    texts, start = [], 0
    for begin, end in _cells(text):
        cut = _unstuck(text[start:begin], text[begin:end])
        texts.append(legal_text(*cut))
        start = end
    if rest := published(text[start:]):
        texts.append(legal_text(rest, ""))
    return [t for t in texts if t]


def _cells(text: str) -> list[tuple[int, int]]:
    """Where the number cells lie: glued to a title before and to the next title (or the end) after."""
    cells: list[tuple[int, int]] = []
    start = 0
    for found in NUMBER.finditer(text):
        if found.start() < start:
            continue
        begin = found.start() - len(_prefix(text[start : found.start()]))
        if begin <= start and not text[found.start() - 1].isspace():
            begin = found.start()  # "Luật28/2023/QH15": the title itself is nothing but "Luật"
        issuer = _ISSUER.match(text, found.end()) if begin > start and text[begin - 1] not in " (/" else None
        if begin > start and (issuer or _glued(text, begin, found.end())):
            start = issuer.end() if issuer else found.end()
            cells.append((begin, start))
    return cells


def _prefix(before: str) -> str:
    found = _PREFIX.search(before)
    return found[0] if found else ""


def _glued(text: str, begin: int, end: int) -> bool:
    """Whether the number at begin..end is a cell of its own: stuck to a title before it, and not running on after."""
    before, after = text[begin - 1], text[end:]
    if not after:
        return True
    if before in " (/" or after.startswith("ngày"):
        return False
    if after[0] in ",;:)" or _RUNS_ON.match(after):
        return False
    return after[0] not in " ." or bool(_NEXT_TITLE.match(after)) or not _NAMED.search(text[:begin])


def _unstuck(title: str, code: str) -> tuple[str, str]:
    """ "… năm 202072/2020/QH14" was cut as a number 2072/2020 …: give the year its digits back."""
    found = re.match(r"(\d{1,4})(?=/)", code)
    year = re.search(r"(?:năm |/|-|[a-zà-ỹ\d] )(\d{0,3})$", title)
    if found and year and title[-1:].isdigit() and len(year[1]) < 4:
        missing = 4 - len(year[1])
        if re.fullmatch(r"(?:19|20)\d\d", year[1] + found[1][:missing]) and len(found[1]) > missing:
            return title + found[1][:missing], code[missing:]
    return title, code


def legal_texts(text: str) -> tuple[LegalText, ...]:
    """The legal texts of a cell that names one on each line."""
    parts = re.split(r"\n|;\s", text)
    return tuple(dict.fromkeys(t for p in parts if NUMBER.search(p) and (t := legal_text(p, ""))))
