"""What a story holds: the words as they are kept and as they are shown, the place, the time, the own contact."""

from __future__ import annotations

import re
import unicodedata

from bot.petitions.privacy import Personal, findings
from bot.wording import filing as say
from knowledge.vietnamese import fold, normalise

LONGEST, LONGEST_PART, SHOWN = 2000, 200, 400
_NEVER_KEPT = (Personal.IDENTITY, Personal.ACCOUNT, Personal.INSURANCE, Personal.ONE_TIME_CODE)


def tidy(text: str, most: int) -> str:
    """NFC, single blanks, no control characters, at most so long."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text)).split())
    return clean if len(clean) <= most else clean[: most - 1].rstrip() + "…"


def cleaned(text: str) -> tuple[str, str]:
    """The words without numbers that no petition needs, and what is to be said of that."""
    taken = [f for f in findings(text) if f.kind in _NEVER_KEPT]
    for f in reversed(taken):
        text = f"{text[: f.start]}[{f.kind}]{text[f.end :]}"
    if any(f.kind is Personal.ONE_TIME_CODE for f in taken):
        return text, say.CODE_TAKEN_OUT
    return text, say.NUMBERS_TAKEN_OUT if taken else ""


def shown(text: str, most: int) -> str:
    """As it may stand in a reply, which is logged: of a phone the last digits, of the rest only what it is."""
    for f in reversed(findings(text)):
        digits = re.sub(r"\D", "", text[f.start : f.end])
        shown = say.PHONE_ENDS.format(digits=digits[-3:]) if f.kind is Personal.PHONE else f"[{f.kind}]"
        text = text[: f.start] + shown + text[f.end :]
    return tidy(text, most)


_OWN = re.compile(r"\b(?:sdt|dt|dien thoai|so may|so (?:cua )?(?:toi|em|minh|con|chau|tui)|lien he|goi|zalo|e?mail)\b")
_THEIRS = re.compile(r"\b(?:cua (?:ong|ba|anh|chi|no|ho|co|thang)|anh ta|chi ta|ba ta|ong ta|duong day nong|hotline)\b")


def own_contact(text: str) -> tuple[str, str]:
    """The sentence with the citizen's own phone or e-mail, and the story without it; ("", text) if none surely is."""
    found = [f for f in findings(text) if f.kind in (Personal.PHONE, Personal.EMAIL)]
    if len(found) != 1:
        return "", text
    start = max((m.end() for m in re.finditer(r"[.?!\n]\s+|\n", text[: found[0].start])), default=0)
    stop = re.compile(r"[.?!](?:\s|$)|\n").search(text, found[0].end)
    end = stop.end() if stop else len(text)
    before = fold(text[start : found[0].start])
    if not _OWN.search(before) or _THEIRS.search(before):
        return "", text
    return text[start:end].strip(), f"{text[:start]}{text[end:]}".strip()


_TIME = re.compile(
    r"(?<!\w)(?:(?:sáng|sang|trưa|trua|chiều|chieu|tối|đêm|dem) )?(?:"
    r"(?:hôm|hom) (?:nay|qua|kia|trước|truoc|mùng \d{1,2}|mung \d{1,2}|mồng \d{1,2})"
    r"|(?:hôm |hom )?(?:ngày|ngay) \d{1,2}(?:[/.-]\d{1,2}(?:[/.-]\d{2,4})?)?|\d{1,2}/\d{1,2}(?:/\d{2,4})?"
    r"|(?:mùng|mung|mồng) \d{1,2}|(?:sáng|trưa|chiều|tối|đêm|tuần|tháng|năm) (?:nay|qua|trước|rồi|ngoái)"
    r"|(?:(?:mấy|may|vài|vai|cả|ca|nhiều|nhieu|hơn|hon|gần|gan|suốt|suot|nửa|nua|hai|ba|bốn|bon|năm|sáu|bảy|tám|mười|muoi|\d{1,3})"
    r" )+(?:ngày|ngay|hôm|hom|bữa|bua|đêm|dem|tuần|tuan|tháng|thang|năm|nam) (?:nay|qua|rồi|roi|trước|truoc|liền|lien)"
    r"|(?:mấy|may|từ|tu|hồi|hoi) (?:bữa|bua|hôm|hom|tuần|tuan|tháng|thang|năm|nam) (?:nay|qua|rồi|roi|trước|truoc|kia)"
    r"|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])(?: tuần (?:trước|này|qua|rồi))?"
    r"|\d{1,3} (?:ngày|ngay|tuần|tuan|tháng|thang|năm|nam) (?:rồi|roi|trước|truoc|nay))(?!\w)"
)


def times(text: str) -> tuple[str, ...]:
    """The words that tell when."""
    return tuple(m[0] for m in _TIME.finditer(normalise(text)))


def is_time(text: str) -> bool:
    """Whether the words tell when, and nothing else."""
    rest = _TIME.sub(" ", normalise(text))
    return bool(times(text)) and not re.search(r"[^\W_]", _AROUND_TIME.sub(" ", fold(rest)))


_AROUND_TIME = re.compile(
    r"\b(?:da|a|tu|luc|vao|khoang|hoi|la|thi|chung|co|duoc|den|toi|bay gio|gio|nay|roi|do|u|vang)\b"
)
_COMMUNE = re.compile(
    r"(?:(?:da|a|o|tai|thuoc|ben|ngay) )*(?:(?:thon|ap|ban|xom|to|khu pho|khom|duong|ngo|hem) \w+(?: \w+)?,? )?"
    r"(?:xa|phuong|thi tran|dac khu|tinh|thanh pho|tp)\.? \w+(?: \w+)?(?: (?:a|nhe|nha|do|ban))?\W*"
)


def is_place(text: str) -> bool:
    """Whether the words are the name of a place, and nothing else: "xã Hòa Bình", "o phuong tan an"."""
    named = place(text)
    rest = fold(unicodedata.normalize("NFC", text).replace(named, " ")) if named else ""
    bare = named and not re.search(r"[^\W_]", _AROUND_PLACE.sub(" ", rest))
    return bool(bare) or (len(text.split()) <= 7 and bool(_COMMUNE.fullmatch(fold(text).strip())))


_AROUND_PLACE = re.compile(
    r"\b(?:da|a|o|tai|thuoc|ben|ngay|la|nhe|nha|do|day|(?:thon|ap|ban|xom|to|khu pho|khom|tinh|huyen|"
    r"quan) \w+(?: \w+)?)\b"
)


def only_contact(text: str) -> bool:
    """Whether the words are one phone or e-mail, and nothing but what announces it."""
    found = [f for f in findings(text) if f.kind in (Personal.PHONE, Personal.EMAIL)]
    if len(found) != 1:
        return False
    rest = fold(f"{text[: found[0].start]} {text[found[0].end :]}")
    return not re.search(r"[^\W_]", _AROUND_CONTACT.sub(" ", rest))


_AROUND_CONTACT = re.compile(
    r"\b(?:da|a|so|sdt|dt|dien thoai|cua|toi|em|minh|con|chau|tui|la|day|lien he|goi|qua|zalo|email|mail|nhe|nha)\b"
)
_AREA = re.compile(
    r"(?:(?:công an|ủy ban nhân dân|ủy ban|ubnd|trạm y tế|bộ phận một cửa|một cửa) )*"
    r"(?:phường|xã|đặc khu|thị trấn|tỉnh|thành phố|tp\.?) (?=\w)",
    re.I,
)


def place(text: str) -> str:
    """The one commune or province that is named with a capital, with its office; "" if there is none or several."""
    found = []
    text = unicodedata.normalize("NFC", text)
    for m in _AREA.finditer(text):
        name = re.match(r"(?:[^\W_]+(?:\s|(?!\w)))+", text[m.end() :])
        words: list[str] = []
        for word in name[0].split() if name else ():
            if not (word[0].isupper() or (word.isdigit() and not words and "phường" in m[0].lower())):
                break
            words.append(word)
        if words:
            found.append(f"{m[0]}{' '.join(words[:5])}")
    return found[0] if len(found) == 1 else ""
