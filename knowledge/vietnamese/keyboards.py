"""What a switched-off typing program (Telex, VNI) leaves behind, made the word that was meant."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.vietnamese.spelling import folded, normalise
from knowledge.vietnamese.syllables import SYLLABLE, TONES, VOWELS

_TELEX_TONES = dict(zip("sfrxj", TONES, strict=True))
_TELEX_LETTERS = (("uow", "ươ"), ("uwow", "ươ"), ("uwo", "ươ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"))
_TELEX_W = (("aw", "ă"), ("ow", "ơ"), ("uw", "ư"))
_TELEX = re.compile(r"(dd|[bcdghklmnpqrstvx]*)([aeiouy][aceghimnoptuwysfrxj]*)")
_SURE = re.compile(r"^dd|aa|uow|uw|iee|yee|uoo|owi|aw(?:ng|[mcpt])")
_DOUBLED = re.compile(r"ee|oo|aw|ow")
_SURE_WITH_SRX = re.compile(r"^(?:kh|ng|nh)|nh$|ye|uo")
_VNI = re.compile(r"[a-zđ]+\d[a-z\d]*")
_COUNTED = frozenset(
    """
    bai ban bang bien block buoc canh chan chang chuong chuyen dai dien dieu diem doan doi dot duong giai giay gio hang
    hem hinh hoc khoa khoan khoi khu kenh kiem kien kieu lich lien loai loat luot mang mau muc muon ngach ngay nhanh
    nhom nien phan phieu phien phong phu phut quan quoc quyen quyet tang tap thang thanh thon thu thua tiet tieu toa
    trang trong truong tuan tuoi tuyen vien vong xuat
    """.split()
)
_ENGLISH = frozenset(
    """
    beef reef roof beer deer boor door poor moor trees bees sees boos boom chef ref def loaf of if elf oaf ave keen seem
    hoof goof dawn lawn bawn deem hoops loops boots roots toes
    """.split()
)


@lru_cache(maxsize=8192)
def telex(word: str) -> str:
    """The word that a switched-off typing program left raw ("ddang", "nhaatj", "d9ang"); any other word unchanged.

    Only when surely so: the result is a Vietnamese syllable, the raw letters are no English word, short form or code.
    """
    if len(word) > 10 or word in _ENGLISH:
        return word
    if _VNI.fullmatch(word):
        return _from_vni(word) or word
    raw = _TELEX.fullmatch(word)
    return (raw and _from_telex(raw[1], raw[2])) or word


def _from_telex(onset: str, rest: str) -> str | None:
    typed = [c for c in rest if c in _TELEX_TONES]
    if len(typed) > 1:
        return None
    tone = typed[0] if typed else ""
    body = rest.replace(tone, "") if tone else rest
    raw = onset + body
    syllable = ("đ" if onset == "dd" else onset) + _with_letters(body)
    if not SYLLABLE.fullmatch(syllable):
        return None
    sure = _SURE.search(raw) or (tone and _DOUBLED.search(raw))
    if not sure and not (tone and rest.endswith(tone) and _tone_is_sure(raw, tone)):
        return None
    return _toned(syllable, _TELEX_TONES[tone]) if tone else syllable


def _with_letters(body: str) -> str:
    for typed, letter in _TELEX_LETTERS + _TELEX_W:
        body = body.replace(typed, letter)
    return body


def _tone_is_sure(raw: str, tone: str) -> bool:
    """English words end in s, r, x but not in f or j; teencode writes i as j ("laj" = "lại")."""
    if tone == "j":
        return not SYLLABLE.fullmatch(raw + "i")
    return tone == "f" or bool(_SURE_WITH_SRX.search(raw))


def _from_vni(word: str) -> str | None:
    letters, tones = "", ""
    for c in word:
        if c in "12345":
            tones += c
        elif c in "6789":
            letters, changed = _vni_letter(letters, c)
            if not changed:
                return None
        else:
            letters += c
    digits = sum(c.isdigit() for c in word)
    inside = re.search(r"\d[a-z]", word)
    counted = len(word) < 5 or digits > 1 or letters in _COUNTED or folded(letters) in _COUNTED
    if len(tones) > 1 or not SYLLABLE.fullmatch(letters) or (counted and not inside) or "0" in word:
        return None
    return _toned(letters, TONES[int(tones) - 1]) if tones else letters


def _vni_letter(letters: str, digit: str) -> tuple[str, bool]:
    if digit == "7" and "uo" in letters:
        return letters.replace("uo", "ươ"), True
    table = {"6": "aâeêoô", "7": "uưoơ", "8": "aă", "9": "dđ"}[digit]
    for i in range(len(letters) - 1, -1, -1):
        at = table.find(letters[i])
        if at >= 0 and at % 2 == 0:
            return letters[:i] + table[at + 1] + letters[i + 1 :], True
    return letters, False


def _toned(syllable: str, tone: str) -> str:
    """The syllable with this tone on some vowel; `normalise` then moves it to its place."""
    skip = 2 if re.match(f"(?:qu|gi)[{VOWELS}]", syllable) else 0
    vowel = re.compile(f"[{VOWELS}]").search(syllable, skip)
    assert vowel is not None
    return normalise(syllable[: vowel.end()] + tone + syllable[vowel.end() :])
