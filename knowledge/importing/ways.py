"""How a procedure may be filed: the portal's table of ways, times and fees, glued or as a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.importing.letters import clean, line, published
from knowledge.records import Way, WayKind

HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"
KINDS = {
    "Trực tiếp": WayKind.IN_PERSON,
    "Dịch vụ bưu chính": WayKind.POST,
    "Trực tuyến": WayKind.ONLINE,
}
_MONEY = r"\d[\d,.]*\s?(?:Việt Nam Đồng|VNĐ|VND|USD|EUR|Euro|Đồng|%)"
_SPAN = r"\d+(?:[.,]\d+)?\s?(?:Ngày làm việc|Giờ làm việc|Tháng làm việc|Ngày|Giờ|Tháng|Năm|Tuần|Phút)"
_FEE = rf"(?:Miễn phí|Không có thông tin|{_MONEY})"
_ROW = re.compile(
    rf"(?P<by>{'|'.join(KINDS)})"
    rf"(?:(?P<time>{_SPAN}|Không có thông tin|Không quy định|\d{{1,3}}(?=Miễn phí|Không có))(?P<fee>{_FEE})?"
    rf"|(?P<bare>\d{{1,3}}?)(?P<money>[1-9]\d*(?:,\d{{3}})*\s?(?:Việt Nam Đồng|VNĐ))"
    rf"|(?P<text>(?=[^\s:;,.()])(?:(?!{'|'.join(KINDS)})[^\n]){{1,200}}?)(?P<said>Miễn phí|Không có thông tin))"
)
_NEXT_FEE = re.compile(rf"\s*{_MONEY}")
_CHARGE = re.compile(r"\d[\d.,]*\s*(?:đồng|vnđ|vnd|usd|đ\b|%|triệu|nghìn)", re.IGNORECASE)
_NOT_FREE = re.compile(r"\d[\d.,]*\s*(?:đồng|vnđ|vnd|usd|đ\b|%|triệu)|hội đồng nhân dân|hđnd|ủy ban nhân dân|ubnd"
                       r"|mức (?:thu|phí|lệ phí)|theo quy định|áp dụng|thông tư|biểu phí|nghị định|luật|chi phí|giá ",
                       re.IGNORECASE)  # fmt: skip
_FREE = re.compile(
    r"^\W*(?:không(?: có| thu(?: (?:phí|lệ phí|phí, lệ phí).*)?| mất phí)?|miễn (?:phí|lệ phí|phí, lệ phí)|0 đồng)\W*$"
    r"|^\W*không thu (?:phí|lệ phí)\b",
    re.IGNORECASE,
)
PLACEHOLDER = "Cổng ghi “Miễn phí”; có nơi đây chỉ là chỗ trống của mức do tỉnh quyết định"
CONTRADICTED = "Cổng ghi “Miễn phí” nhưng phần chú giải nói khác; xem chú giải, hỏi lại nơi nộp"
NO_UNIT = "Cổng chỉ ghi con số, không ghi đơn vị (ngày hay ngày làm việc)"
TOO_SMALL = "Số tiền Cổng ghi nhỏ bất thường; có thể thiếu “nghìn” hoặc “triệu”"
NO_UNIT_MARK = "(Cổng không ghi đơn vị)"


@dataclass(frozen=True, slots=True)
class Fee:
    text: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways of one procedure, and what of them is doubtful."""

    ways: tuple[Way, ...] = ()
    time_doubt: str = ""
    fee_doubt: str = ""


def glued_ways(text: str) -> Ways:
    """The ways of a cell whose columns stand glued one after another."""
    text = clean(text.removeprefix(HEADER))
    found = [m for m in _ROW.finditer(text) if _stands_alone(text, m)]
    ends = [m.start() for m in found[1:]] + [len(text)] if found else []
    return _gathered(_glued_row(m, text[m.end() : end]) for m, end in zip(found, ends, strict=True))


def table_ways(rows: Iterable[tuple[str, str, str, str]]) -> Ways:
    """The ways of a table that is still a table: kind, time, fee, description."""
    return _gathered(_row(*row) for row in rows)


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    """Not in the middle of a sentence that happens to say "… hoặc Trực tiếp5 ngày"."""
    return found.start() == 0 or found["text"] is None or not text[found.start() - 1].isspace()


def _glued_row(found: re.Match[str], rest: str) -> tuple[Way, str, str] | None:
    if found["bare"]:
        return _row(found["by"], found["bare"], *_fee_and_note(found["money"], rest))
    time = found["time"] or found["text"] or ""
    return _row(found["by"], time, *_fee_and_note(found["fee"] or found["said"] or "", rest))


def _fee_and_note(fee: str, rest: str) -> tuple[str, str]:
    """The fee with the remark in brackets after it (and further fees), then what is left as the description."""
    parts = [fee]
    while True:
        if rest.startswith("("):
            end = _closing(rest)
            parts.append(rest[:end])
            rest = rest[end:]
        elif fee and (more := _NEXT_FEE.match(rest)) and len(parts) > 1:
            parts.append("; " + more[0].strip())
            rest = rest[more.end() :]
        else:
            return " ".join(p for p in parts if p), rest


def _closing(text: str) -> int:
    """Where the bracket that opens the text closes; a bracket that never does takes the line, or all there is."""
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return at + 1 + (text[at + 1 : at + 2] == ")")
    last = text.rfind(")")
    return last + 1 if last > 0 else len(text)


def _row(by: str, time: str, fee: str, note: str) -> tuple[Way, str, str] | None:
    kind = KINDS.get(line(by))
    if kind is None:
        return None
    note = published(note)
    period, time_doubt = _period(time, note)
    cost = _cost(fee, note)
    return Way(by=kind, time=period, fee=cost.text, note=note), time_doubt, cost.doubt


def _period(time: str, note: str) -> tuple[str, str]:
    time = line(published(time))
    if re.search(r"\D\. ?ngày$|việc ngày$|(?:tả|xác|năm) ngày$", time):  # a unit stuck to a sentence that needs none
        time = time.removesuffix("ngày").rstrip()
    if time.lower() in ("theo mô tả", "n/a"):
        return "", ""
    if not re.fullmatch(r"\d+(?:[.,]\d+)?", time):
        return re.sub(r"^(\d+(?:[.,]\d+)?) (\w+(?: làm việc)?)$", lambda m: f"{m[1]} {m[2].lower()}", time), ""
    told = re.search(rf"\b0?{time} ?(?:\(\w+\) ?)?(ngày làm việc|ngày|giờ|tháng)\b", note, re.IGNORECASE)
    return (f"{time} {told[1].lower()}", "") if told else (f"{time} {NO_UNIT_MARK}", NO_UNIT)


def _cost(fee: str, note: str) -> Fee:
    fee = _trimmed(line(fee))
    if not published(fee):
        return Fee()
    if not fee.startswith("Miễn phí"):
        return _amount(fee)
    remark = _trimmed(fee.removeprefix("Miễn phí"))
    if not remark:
        return Fee("Miễn phí", CONTRADICTED if _charged(note) else PLACEHOLDER)
    if _FREE.match(remark):
        return Fee("Miễn phí")
    if _NOT_FREE.search(remark):
        return Fee(remark, CONTRADICTED)
    return Fee(f"Miễn phí ({remark})", PLACEHOLDER)


def _charged(note: str) -> bool:
    """Whether the description speaks of an amount to pay."""
    return any(_CHARGE.search(part) for part in re.split(r"[\n;]", note) if re.search(r"phí|lệ phí", part, re.I))


def _amount(fee: str) -> Fee:
    found = re.match(r"([\d.,]+)\s?(Việt Nam Đồng|VNĐ|VND|Đồng)\s*(.*)$", fee, re.DOTALL)
    if not found:
        return Fee(fee)
    digits = int(re.sub(r"\D", "", found[1]) or 0)
    remark = _trimmed(re.sub(r"^\((?:Phí|Lệ phí)?\s*:?\s*Đồng\s*\(", "((", found[3]))
    if digits < 1000:
        return Fee(remark or f"{digits} đồng", "" if _CHARGE.search(remark) else TOO_SMALL)
    money = f"{digits:,}".replace(",", ".") + " đồng"
    if remark.startswith("/"):
        return Fee(money + remark)
    return Fee(f"{money} ({remark})" if remark else money)


def _trimmed(text: str) -> str:
    """Without brackets around the whole and without the blank amount the portal puts before a remark."""
    before = None
    while text != before:
        before = text
        text = re.sub(r"^(?:(?:Phí|Lệ phí)\s*:)?\s*Đồng\s*(?=\()", "", text.strip())
        if text.startswith("(") and _closing(text) >= len(text):
            text = text[1:].removesuffix(")")
    return text


def _gathered(rows: Iterable[tuple[Way, str, str] | None]) -> Ways:
    taken = [row for row in rows if row]
    times = [r[1] for r in taken if r[1]]
    fees = sorted({r[2] for r in taken if r[2]}, key=[CONTRADICTED, TOO_SMALL, PLACEHOLDER].index)
    return Ways(tuple(dict.fromkeys(r[0] for r in taken)), times[0] if times else "", fees[0] if fees else "")
