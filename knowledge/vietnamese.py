"""Vietnamese as people type it, brought to one spelling: normalise, fold, words, telex, expand, told.

Promises: `normalise` and `fold` change nothing when applied twice and read NFC and NFD alike; no digit is ever lost but
one that stands for a mark ("d9a8ng"); codes such as 1.001193 or 63/2024/NĐ-CP stay whole; `expand` returns at most
GROWTH times its input. The file is longer than most because these parts share one table of syllables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

GROWTH = 12

# --- one spelling ----------------------------------------------------------------------------------------------------

_ALIKE = {
    '"': "“”„‟«»″＂",
    "'": "‘’‚‛`´′＇",
    "-": "‐‑‒–—―−﹣",
    "/": "⁄∕",
    ".": "。․",
    ",": "、",
    "*": "•·●▪◦‣",
    "đ": "ÐðƉɖ",
    "x": "×",
    " ": "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))),
    "\n": "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029",
}
_UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u20e3\u3164\ufeff\uffa0"
_CONTROLS = ((0, 9), (14, 28), (31, 32), (127, 133), (134, 160), (0x202A, 0x202F), (0x2060, 0x2070))
_UNSEEN_RANGES = (*_CONTROLS, (0xD800, 0xE000), (0xFE00, 0xFE10), (0xE0000, 0xE0080))
_PICTURES = ((0x2190, 0x2200), (0x2300, 0x2400), (0x2500, 0x2BF0), (0x1F000, 0x1FB00))


def _cleaning() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(c): good for good, alike in _ALIKE.items() for c in alike}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x2026: "..."}
    table |= {code: " " for start, end in _PICTURES for code in range(start, end)}
    table |= {code: None for start, end in _UNSEEN_RANGES for code in range(start, end)}
    return table | {ord(c): None for c in _UNSEEN}


_CLEAN = _cleaning()
_STRAY_MARKS = re.compile(r"[\u0300-\u036f]+")
_BLANKS = re.compile(r" *\n\s*|  +")
_PLAIN = "aăâeêioôơuưy"
_TONES = "\u0301\u0300\u0309\u0303\u0323"  # sắc, huyền, hỏi, ngã, nặng: the order of VNI's 1 to 5
_TONED = {unicodedata.normalize("NFC", v + tone): (v, tone) for v in _PLAIN for tone in _TONES}
_VOWELS = _PLAIN + "".join(_TONED)
_CONSONANT_RUN = f"(?<=[n{_VOWELS}])([ghkmn])\\2{{2,}}"  # "khônggg", not "CCCD", "PCCC"
_RUN = re.compile(f"([{_VOWELS}])\\1{{2,}}|{_CONSONANT_RUN}")
_WHOLE = re.compile(r"\w+")
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")
_CLUSTER = re.compile(f"([qg]?)([{_VOWELS}]{{2,}})(?=([bcdfghjklmnpqrstvwxzđ]?))")


def normalise(text: str) -> str:
    """NFC, lower case, one tone placement (hòa, thúy, của), nothing unseen or pictured, no "oiiii", single blanks.

    Line breaks stay, since they part questions; Roman numerals ("cấp III") are no lengthened letters.
    """
    text = unicodedata.normalize("NFC", text.translate(_CLEAN).lower())
    if not text.isascii():
        text = _STRAY_MARKS.sub("", text)
    text = _squeezed(text)
    if not text.isascii():
        text = _CLUSTER.sub(lambda m: m[1] + _placed(m[1], m[2], bool(m[3])), text)
    return _BLANKS.sub(lambda m: "\n" if "\n" in m[0] else " ", text).strip()


def _squeezed(text: str) -> str:
    if not _RUN.search(text):
        return text
    return _WHOLE.sub(lambda m: m[0] if _ROMAN.fullmatch(m[0]) else _RUN.sub(lambda r: r[1] or r[2], m[0]), text)


@lru_cache(maxsize=4096)
def _placed(before: str, vowels: str, closed: bool) -> str:
    """The vowels with their one tone where the school puts it; left alone when they are no Vietnamese rime."""
    plain = [_TONED.get(v, (v, "")) for v in vowels]
    tones = [tone for _, tone in plain if tone]
    letters = "".join(v for v, _ in plain)
    glide = letters.startswith({"q": "u", "g": "i"}.get(before, "-"))
    nucleus = letters[glide:]
    at = _tone_place(nucleus, closed) if len(tones) == 1 else None
    if at is None:
        return vowels
    at += glide
    return unicodedata.normalize("NFC", letters[: at + 1] + tones[0] + letters[at + 1 :])


def _tone_place(nucleus: str, closed: bool) -> int | None:
    if nucleus not in _NUCLEI:
        return None
    marked = [i for i, v in enumerate(nucleus) if v in "ăâêôơư"]
    if marked:
        return marked[-1]
    if closed and len(nucleus) == 2:
        return 1 if nucleus in ("oa", "oe", "uy", "oo") else None
    return len(nucleus) // 2 if len(nucleus) == 3 else 0


# --- folding and words -----------------------------------------------------------------------------------------------

_FOLDED = {ord(toned): unicodedata.normalize("NFD", toned)[0] for toned in (*_TONED, *"ăâêôơư")} | {ord("đ"): "d"}


def fold(text: str) -> str:
    """`normalise`, then without marks, đ as d: what both sides of a comparison are brought to."""
    return _folded(normalise(text))


def _folded(text: str) -> str:
    if text.isascii():
        return text
    text = text.translate(_FOLDED)
    if not text.isascii():
        bare = _STRAY_MARKS.sub("", unicodedata.normalize("NFD", text))
        text = unicodedata.normalize("NFC", bare)
    return _squeezed(text)  # "oôơ" has only now become a lengthened letter


_WORD = re.compile(
    r"""
    (?:[a-z\d-]+\.)+(?:vn|com|net|org)\b                  # dichvucong.gov.vn
  | \d+[a-zđ]?/\d{4}/[a-zđ\d]+(?:-[a-zđ\d]+)*             # 63/2024/nđ-cp
  | \d+/[a-zđ]{1,5}-[a-zđ\d]+(?:-[a-zđ\d]+)*              # 127/kh-ubnd
  | \d\w*(?:[./:,-]\w*\d\w*)*                             # 1.001193, 8h30, 30/4, 1022
  | [a-zđ]{1,5}\d*(?:[.-]\w*\d\w*)+                       # h00.01-250000-0001
  | [^\W\d_]+&[^\W\d_]+                                   # kh&cn
  | [^\W_]+                                               # every other word
    """,
    re.VERBOSE,
)


def words(text: str) -> list[str]:
    """The normalised words and codes of a text, in order."""
    return split(normalise(text))


def split(normalised: str) -> list[str]:
    """The words and codes of a text that is normalised already."""
    return _WORD.findall(normalised)


# --- syllables, and what typing programs leave behind ----------------------------------------------------------------


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_RIMES = _listed("""
a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây e ec em en eng eo ep et
ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam oan oang oanh
oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt
ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ
uy uya uych uyn uynh uyp uyt uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu
""")
_NUCLEI = {r.rstrip("cghmnpt") for r in _RIMES}
_SYLLABLE = re.compile(
    r"(?:c(?![eêiy])|k(?=[eêiy])|g(?![eê])|gh(?=[eêi])|ng(?![eêi])|ngh(?=[eêi])|ch|gi|kh|nh|ph|th|tr|[bdđhlmnrstvx])?"
    rf"(?:{'|'.join(sorted(_RIMES, key=len, reverse=True))})"
    r"|qu(?:[aâăeêiơ]\w{0,3}|y(?:ch|nh|t|ên|êt)?|ôc)"
)
_TELEX_TONES = dict(zip("sfrxj", _TONES, strict=True))
_TELEX_LETTERS = (("uow", "ươ"), ("uwow", "ươ"), ("uwo", "ươ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"))
_TELEX_W = (("aw", "ă"), ("ow", "ơ"), ("uw", "ư"))
_TELEX = re.compile(r"(dd|[bcdghklmnpqrstvx]*)([aeiouy][aceghimnoptuwysfrxj]*)")
_SURE = re.compile(r"^dd|aa|uow|uw|iee|yee|uoo|owi|aw(?:ng|[mcpt])")
_DOUBLED = re.compile(r"ee|oo|aw|ow")
_SURE_WITH_SRX = re.compile(r"^(?:kh|ng|nh)|nh$|ye|uo")
_VNI = re.compile(r"[a-zđ]+\d[a-z\d]*")
_COUNTED = frozenset(
    _listed("""
    bai ban bang bien block buoc canh chan chang chuong chuyen dai dien dieu diem doan doi dot duong giai giay gio hang
    hem hinh hoc khoa khoan khoi khu kenh kiem kien kieu lich lien loai loat luot mang mau muc muon ngach ngay nhanh
    nhom nien phan phieu phien phong phu phut quan quoc quyen quyet tang tap thang thanh thon thu thua tiet tieu toa
    trang trong truong tuan tuoi tuyen vien vong xuat
    """)
)
_ENGLISH = frozenset(
    _listed("""
    beef reef roof beer deer boor door poor moor trees bees sees boos boom chef ref def loaf of if elf oaf ave keen seem
    hoof goof dawn lawn bawn deem hoops loops boots roots toes
    """)
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
    if not _SYLLABLE.fullmatch(syllable):
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
        return not _SYLLABLE.fullmatch(raw + "i")
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
    counted = len(word) < 5 or digits > 1 or letters in _COUNTED or _folded(letters) in _COUNTED
    if len(tones) > 1 or not _SYLLABLE.fullmatch(letters) or (counted and not inside) or "0" in word:
        return None
    return _toned(letters, _TONES[int(tones) - 1]) if tones else letters


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
    skip = 2 if re.match(f"(?:qu|gi)[{_VOWELS}]", syllable) else 0
    vowel = re.compile(f"[{_VOWELS}]").search(syllable, skip)
    assert vowel is not None
    return normalise(syllable[: vowel.end()] + tone + syllable[vowel.end() :])


# --- short forms -----------------------------------------------------------------------------------------------------


class ShortForm(Protocol):
    """What this module needs of records.Expansion (it stands beside records and imports nothing of the house)."""

    @property
    def short(self) -> str: ...
    @property
    def full(self) -> str: ...
    @property
    def near(self) -> tuple[str, ...]: ...


class Vocabulary(Protocol):
    """What this module needs of records.Language."""

    @property
    def abbreviations(self) -> Sequence[ShortForm]: ...
    @property
    def teencode(self) -> Sequence[ShortForm]: ...
    @property
    def regional(self) -> Sequence[ShortForm]: ...
    @property
    def english(self) -> Sequence[ShortForm]: ...


_UNITS = frozenset({"k", "kg", "m", "h", "t", "tr", "g", "l", "đ", "d"})


@dataclass(frozen=True, slots=True)
class _Short:
    text: str
    full: str
    near: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Book:
    """Short forms by their first word, the longest first, those with a context before the one without."""

    by_word: Mapping[str, tuple[_Short, ...]]
    default: Mapping[str, str]


class _Same:
    """A key for caches: equal only by identity, so that a large record need not be hashed value by value."""

    __slots__ = ("it",)

    def __init__(self, it: Any) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.it is self.it


@lru_cache(maxsize=8)
def _book(same: _Same) -> _Book:
    language: Vocabulary = same.it
    by_word: dict[str, list[_Short]] = {}
    for e in (*language.abbreviations, *language.teencode, *language.regional, *language.english):
        short = _short(e)
        if short.text:
            by_word.setdefault(_WORD.findall(short.text)[0], []).append(short)
    default = {s.text: s.full for shorts in by_word.values() for s in shorts if not s.near}
    return _Book(
        {w: tuple(sorted(s, key=lambda short: (-len(short.text), not short.near))) for w, s in by_word.items()}, default
    )


def _short(e: ShortForm) -> _Short:
    text, full = normalise(e.short), normalise(e.full)
    return _Short(text if full and _WORD.search(text) else "", full, frozenset(fold(n) for n in e.near))


def expand(text: str, language: Vocabulary) -> str:
    """The normalised text with typing leftovers mended and short forms written out.

    A short form is compared as written (so "má" is not "ma"), the longest first, and with `near` only directly beside
    one of those words. Passes are repeated, since one short form may be the context of the next ("bn dc k").
    """
    text = normalise(text)
    book, limit = _book(_Same(language)), GROWTH * len(text)
    for _ in range(6):
        longer = _expanded(text, book, limit)
        if longer == text:
            break
        text = longer
    return text


def _expanded(text: str, book: _Book, limit: int) -> str:
    tokens = list(_WORD.finditer(text))
    out: list[str] = []
    at, room, i = 0, limit - len(text), 0
    while i < len(tokens):
        token = tokens[i]
        end, full = _written_out(text, tokens, i, book)
        room -= len(full) - (end - token.start())
        if room < 0:
            break
        out += (text[at : token.start()], full)
        at = end
        while i < len(tokens) and tokens[i].start() < end:
            i += 1
    return normalise("".join(out) + text[at:]) if out else text


def _written_out(text: str, tokens: Sequence[re.Match[str]], i: int, book: _Book) -> tuple[int, str]:
    token = tokens[i]
    start, end = token.span()
    shorts = book.by_word.get(token[0])
    if not shorts:
        return end, telex(token[0])
    before = tokens[i - 1][0] if i else ""
    for short in shorts:
        stop = start + len(short.text)
        if not text.startswith(short.text, start) or (stop != end and not _ends_a_word(text, stop)):
            continue
        if short.text in _UNITS and before[-1:].isdigit():
            break
        after = next((t[0] for t in tokens[i + 1 :] if t.start() >= stop), "") if short.near else ""
        if not short.near or short.near & {*_faces(before, book, -1), *_faces(after, book, 0)}:
            return stop, short.full
    return end, token[0]


def _ends_a_word(text: str, at: int) -> bool:
    return at == len(text) or not (text[at].isalnum() or text[at] == "_")


def _faces(word: str, book: _Book, edge: int) -> Iterator[str]:
    """A neighbour as it may be meant: the word itself, the edge of what it is short for, "0" for any number."""
    if word:
        if word[0].isdigit():
            yield "0"
        yield _folded(word)
        if word in book.default:
            yield _folded(book.default[word].split()[edge])


# --- phrases ---------------------------------------------------------------------------------------------------------


class Phrased(Protocol):
    """What this module needs of records.Wordlist (which may have `unless`) and records.LifeEvent (which has none)."""

    @property
    def key(self) -> str: ...
    @property
    def phrases(self) -> tuple[str, ...]: ...


_UNSURE_TONE = str.maketrans("ãẵẫẽễĩõỗỡũữỹ", "ảẳẩẻểỉỏổởủửỷ")


@dataclass(frozen=True, slots=True)
class Told:
    """A list that speaks in a text: by which folded phrase, and where in the normalised text."""

    key: str
    phrase: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases by their folded form, each with the ways it is written in full."""

    pattern: re.Pattern[str]
    written: Mapping[str, Sequence[Sequence[str]]]

    def spans(self, text: str, bare: str) -> Iterator[tuple[int, int]]:
        for m in self.pattern.finditer(bare):
            typed = text[m.start(1) : m.end(1)].split()
            if any(_may_mean(typed, m[1].split(), meant, _is_marked(text)) for meant in self.written[m[1]]):
                yield m.span(1)


@lru_cache(maxsize=64)
def _is_marked(text: str) -> bool:
    """Whether this is typed with marks: most Vietnamese words carry one."""
    letters = [w for w in _WORD.findall(text) if w.isalpha()]
    return 2 * sum(not w.isascii() for w in letters) >= len(letters)


def _may_mean(typed: Sequence[str], plain: Sequence[str], meant: Sequence[str], marked: bool) -> bool:
    """Words typed without marks may mean any; with marks, only their own ("chạy" is not "cháy"), hỏi and ngã alike.

    Who types marks seldom forgets one: there, at most one word in three is taken for another.
    """
    forgotten = 0
    for word, bare, full in zip(typed, plain, meant, strict=True):
        if word != full and word.translate(_UNSURE_TONE) != full.translate(_UNSURE_TONE):
            if word != bare:
                return False
            forgotten += 1
    return not marked or 3 * forgotten <= len(typed)


@dataclass(frozen=True, slots=True)
class _List:
    """An `unless` that holds a phrase hides that place only ("viện phí" hides "phí"); any other silences the list."""

    said: _Phrases
    hiding: _Phrases
    silencing: _Phrases


@lru_cache(maxsize=1024)
def _list(same: _Same) -> _List:
    words: Phrased = same.it
    said = _phrases(words.phrases)
    unless: tuple[str, ...] = getattr(words, "unless", ())
    hiding = [u for u in unless if said.pattern.search(fold(u))]
    return _List(said, _phrases(hiding), _phrases(u for u in unless if u not in hiding))


def _phrases(phrases: Iterable[str]) -> _Phrases:
    written: dict[str, list[list[str]]] = {}
    for phrase in filter(None, map(normalise, phrases)):
        written.setdefault(phrase.translate(_FOLDED), []).append(phrase.split())
    either = "|".join(map(re.escape, sorted(written, key=len, reverse=True)))
    # a look-ahead, so that phrases may overlap: "tải mẫu" and "mẫu ở đâu"
    return _Phrases(re.compile(rf"(?<!\w)(?=({either})(?!\w))" if written else r"(?!)"), written)


def told(lists: Iterable[Phrased], text: str) -> tuple[Told, ...]:
    """Which of the lists speak in an (expanded) text, in order.

    Of two phrases that overlap, the one that ends later counts, then the longer: "hết bao nhiêu" asks for the fee,
    "hết bao nhiêu ngày" does not.
    """
    text = normalise(text)
    bare = text.translate(_FOLDED)  # letter for letter, so that places in one are places in the other
    kept: list[Told] = []
    found = (t for words in lists for t in _told_by(words, text, bare))
    for t in sorted(found, key=lambda t: (-t.end, t.start)):
        if not any(t.start < k.end and k.start < t.end for k in kept):
            kept.append(t)
    return tuple(sorted(kept, key=lambda t: t.start))


def _told_by(words: Phrased, text: str, bare: str) -> Iterator[Told]:
    book = _list(_Same(words))
    spans = list(book.said.spans(text, bare))
    if not spans or next(book.silencing.spans(text, bare), None):
        return
    hidden = list(book.hiding.spans(text, bare))
    for start, end in spans:
        if not any(begin <= start and end <= stop for begin, stop in hidden):
            yield Told(words.key, bare[start:end], start, end)
