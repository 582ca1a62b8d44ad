"""Text as it is read aloud: no abbreviation, no digit, no sign; numbers, days, money and laws in words. Pure.

Promise: `aloud` leaves no digit in any text. What it does not know is read sign by sign, never left out.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from bot.wording import outreach as say

LARGEST = 999_999_999_999
_SCALES = ("", " nghìn", " triệu", " tỷ")
_D = say.DIGITS


def number(value: int) -> str:
    """0 to 999,999,999,999. Raises ValueError outside."""
    if not 0 <= value <= LARGEST:
        raise ValueError(f"0 to {LARGEST}, not {value}")
    if not value:
        return _D[0]
    groups = [value // 1000**i % 1000 for i in range(4)]
    top = max(i for i, g in enumerate(groups) if g)
    parts = [_hundreds(groups[i], whole=i < top) + _SCALES[i] for i in range(top, -1, -1) if groups[i]]
    return " ".join(parts)


def _hundreds(value: int, whole: bool) -> str:
    """A group of three digits; `whole`: something stands before it, so that its hundreds are said even when nought."""
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    said = [f"{_D[hundreds]} trăm"] if hundreds or whole else []
    if tens > 1:
        said.append(f"{_D[tens]} mươi")
    elif tens:
        said.append("mười")
    elif ones and said:
        said.append("linh")
    if ones:
        said.append(_ones(ones, tens))
    return " ".join(said)


def _ones(ones: int, tens: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 4 and tens > 1:
        return "tư"
    return "lăm" if ones == 5 and tens else _D[ones]


def decimal(text: str) -> str:
    """ "2.530.000" (points between thousands), "4,5" (a comma before decimals), "007" (digit by digit)."""
    whole, _, rest = text.partition(",")
    plain = whole.replace(".", "")
    odd = (len(plain) > 1 and plain[0] == "0") or len(plain) > 12
    said = digits(plain) if odd else number(int(plain))
    return f"{said} phẩy {digits(rest) if rest[0] == '0' else decimal(rest)}" if rest else said


def digits(text: str) -> str:
    return " ".join(_D[int(c)] for c in text if c.isdecimal())


def phone(text: str) -> str:
    """Digit by digit, with a breath between the groups that it is written in."""
    return ", ".join(digits(group) for group in re.split(r"[ .-]+", text.strip()) if group)


def year(value: int) -> str:
    return number(value)


def month(value: int) -> str:
    return "tư" if value == 4 else number(value)


def day(value: int) -> str:
    return f"ngày {'mùng ' if value <= 10 else ''}{number(value)}"


def date(value: dt.date) -> str:
    return f"{day(value.day)} tháng {month(value.month)} năm {year(value.year)}"


def money(value: int) -> str:
    return f"{number(value)} đồng"


def letters(text: str) -> str:
    """Letters by name, digits one by one: "CT01" → "xê tê không một"."""
    folded = unicodedata.normalize("NFC", text).upper()
    return " ".join(_D[int(c)] if c in "0123456789" else say.LETTERS.get(c, c.lower()) for c in folded if c.isalnum())


def legal(text: str, named: bool = False) -> str:
    """A document's number: "61/2018/NĐ-CP" → "Nghị định số sáu mươi mốt năm hai nghìn không trăm mười tám của Chính
    phủ". `named`: the kind of document was just said."""
    found = _LEGAL.fullmatch(text)
    if not found:
        return letters(text)
    kind, _, issuer = found["sign"].partition("-")
    in_year = f" năm {year(int(found['year']))}" if found["year"] else ""
    head = f"số {decimal(found['number'])}{in_year}"
    if congress := re.fullmatch(r"QH(\d{1,2})", kind):
        return f"{head} của Quốc hội khóa {number(int(congress[1]))}"
    known = say.DOCUMENT_KINDS.get(kind, "")
    before = "" if named else f"{known} " if known else ""
    by = " và ".join(say.ISSUERS.get(one) or letters(one) for one in issuer.split("-") if one)
    return f"{before}{head}{f' của {by}' if by else ''}" + ("" if known else f", ký hiệu {letters(kind)}")


def aloud(text: str) -> str:
    """The whole text, line by line, as a speaker is to read it."""
    return "\n".join(_tidy(_line(line)) for line in unicodedata.normalize("NFC", text).split("\n"))


_LEGAL = re.compile(
    r"(?P<number>\d{1,5})/(?:(?P<year>(?:19|20)\d\d)/)?(?P<sign>[A-ZĐ]{2,6}\d{0,2}(?:-[A-ZĐa-z]{2,9})*)"
)
_KINDS = "|".join((*say.DOCUMENT_KINDS.values(), *say.OTHER_DOCUMENTS))
_KIND_BEFORE = rf"(?P<kind>\b(?:{_KINDS})(?: số)?:? |[Ss]ố )?"
_UNITS = "|".join(say.UNITS_AFTER_SLASH)
_N = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
_CALL = r"(?P<call>\b(?:[Gg]ọi(?: ngay| theo)?|[Tt]ổng đài|[Đđ]ường dây nóng|[Đđ]iện thoại)(?: số)?:? )"
_SHORT_PHONE = r"(?<![\w.,/-])(?:11[1-5]|1022)(?![\w/-]|[.,]\d| (?:đồng|người|ngày|thủ tục|lượt|câu|phản ánh))"
_PHONE = r"(?:1[89]00(?:[ .]?\d){4,6}|0\d(?:[ .-]?\d){8,9}|\+84(?:[ .-]?\d){9})(?!\d)"


def _line(text: str) -> str:
    """The order matters: what is special goes before what is general."""
    text = re.sub(r"https?://(?:www\.)?([\w.-]+)(/\S*)?", lambda m: _host(m[1]), text)
    text = re.sub(r"\b(?:[a-z0-9-]+\.)+(?:vn|com|org|net)\b", lambda m: _host(m[0]), text)
    text = re.sub(rf"{_KIND_BEFORE}(?P<law>{_LEGAL.pattern})", _law, text)
    for short, full in say.SPOKEN_FORMS:
        text = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", full, text)
    text = re.sub(rf"{_CALL}(?P<at>\d[\d ]*\d)(?!\w)(?! (?:giờ|ngày|lần|người))", _called, text)
    if re.search(_CALL, text):
        text = re.sub(_SHORT_PHONE, lambda m: phone(m[0]), text)
    text = re.sub(_PHONE, lambda m: phone(m[0].replace("+84", "0")), text)
    text = re.sub(r"(?<!\d)(\d)\.(\d{6})(?!\d)", lambda m: f"{digits(m[1])} chấm {digits(m[2])}", text)
    text = re.sub(r"(?<!\w)(ngày )?(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)(?!\d)", _date, text)
    text = re.sub(r"(?<!\w)(tháng )?(\d{1,2})/((?:19|20)\d\d)(?!\d)", _month, text)
    text = re.sub(r"(?<!\w)([Nn]gày )(\d{1,2})/(\d{1,2})(?![\d/])", _short_date, text)
    text = re.sub(r"(?<!\d)24/7(?!\d)", "suốt ngày đêm", text)
    text = re.sub(r"(?<!\w)([Nn]gày )(\d{1,2})( tháng )(\d{1,2})(?!\d)", _worded_date, text)
    text = re.sub(r"(?<!\d)(\d{1,2}):(\d\d)(?!\d)", _hour, text)
    text = re.sub(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])", lambda m: f"{decimal(m[1])} phần {decimal(m[2])}", text)
    text = re.sub(rf"(?<=\d) ?[-–—] ?(?={_N})", " đến ", text)
    text = re.sub(rf"(?<![\w])({_N}) ?%", lambda m: f"{decimal(m[1])} phần trăm", text)
    text = re.sub(rf"(?<![\w.,])({_N}) ?(?:đ|VNĐ|VND)(?!\w)", r"\1 đồng", text)
    text = re.sub(r"(\b(?:Điều|điều|khoản|Khoản) )(\d+)([a-zđ])(?!\w)", _article, text)
    text = re.sub(r"(\btháng )4(?!\d)", r"\1tư", text)
    text = re.sub(rf"(?<![\w.,])({_N})(?!\w)", lambda m: decimal(m[1]), text)
    text = re.sub(r"(?<!\w)(?=\w*\d)(?=\w*[A-Za-zĐđ])\w+", lambda m: letters(m[0]), text)
    text = re.sub(r"(?<!\w)[A-ZĐ]{2,7}(?!\w)", lambda m: letters(m[0]), text)
    return re.sub(r"\d", lambda m: f" {_digit(m[0])} ", text)


def _law(m: re.Match[str]) -> str:
    kind = re.sub(r"\b[Ss]ố\b|:", "", m["kind"] or "").strip()
    said = legal(m["law"], named=bool(m["kind"]))
    return f"{kind} {said}" if kind else said


def _called(m: re.Match[str]) -> str:
    return f"{m['call']}{phone(m['at'])}"


def _host(name: str) -> str:
    name = name.lower().rstrip(".")
    if known := say.SPOKEN_HOSTS.get(name):
        return known
    parts = [letters(p) if len(p) <= 3 else p for p in name.split(".")]
    return " chấm ".join(parts)


def _date(m: re.Match[str]) -> str:
    try:
        return date(dt.date(int(m[4]), int(m[3]), int(m[2])))
    except ValueError:
        return " ".join(decimal(g) for g in (m[2], m[3], m[4]))


def _month(m: re.Match[str]) -> str:
    if not 1 <= int(m[2]) <= 12:
        return f"{decimal(m[2])} năm {year(int(m[3]))}"
    return f"tháng {month(int(m[2]))} năm {year(int(m[3]))}"


def _short_date(m: re.Match[str]) -> str:
    if not (1 <= int(m[3]) <= 12 and 1 <= int(m[2]) <= 31):
        return f"{m[1]}{decimal(m[2])} phần {decimal(m[3])}"
    return f"{m[1][0]}{day(int(m[2]))[1:]} tháng {month(int(m[3]))}"


def _worded_date(m: re.Match[str]) -> str:
    return f"{m[1][0]}{day(int(m[2]))[1:]}{m[3]}{month(int(m[4]))}"


def _hour(m: re.Match[str]) -> str:
    minutes = int(m[2])
    return f"{number(int(m[1]))} giờ" + (f" {number(minutes)} phút" if minutes else "")


def _article(m: re.Match[str]) -> str:
    return f"{m[1]}{decimal(m[2])} {letters(m[3])}"


def _digit(c: str) -> str:
    return _D[unicodedata.digit(c)]


def _tidy(text: str) -> str:
    """Signs that nobody says become words or pauses."""
    text = re.sub(rf"(?<=\w) ?/ ?(?=(?:{_UNITS})\b)", " mỗi ", text)
    for sign, said in say.SPOKEN_SIGNS:
        text = text.replace(sign, said)
    text = re.sub(r"(?<=\w)-(?=\w)", " ", text)
    text = re.sub(r"\s*[()\[\]]\s*", ", ", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", re.sub(r"[ \t]+", " ", text))
    text = re.sub(r",(?:\s*,)+", ",", text)
    text = re.sub(r",\s*([.;:!?])", r"\1", text)
    return text.strip(" ,")
