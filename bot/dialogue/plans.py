"""Questions on the plans: which plan is meant, which of its entries fit, and the answer.

Found are entries by the rarity of the words and word pairs that a question shares with them. Longer than most files
because choosing a plan and choosing an entry lean on the same reading of the question.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from bot.dialogue import plan_parts as pp
from bot.dialogue.message import Behavior, Option
from bot.dialogue.plan_parts import Entry, Kind
from bot.dialogue.understanding import Reading, read
from bot.wording import plans as say
from index.retriever import Retriever
from knowledge.library import Library
from knowledge.records import Contact, Language, Plan, Procedure, Service, Wordlist
from knowledge.vietnamese import expand, fold, normalise, split, told

LONGEST = 1200
LONGEST_QUESTION = 600


@dataclass(frozen=True, slots=True)
class PlanReply:
    """`plans`: keys answered from, or the candidates of a clarification (then `options` holds one button for each)."""

    behavior: Behavior
    text: str
    plans: tuple[str, ...]
    aspects: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    sources: tuple[str, ...] = ()


# --- the shelf: every plan cut into entries, with their words ---------------------------------------------------------

_STOP = frozenset(
    """ai gì nào mấy khi lúc đâu sao thế vậy ạ à hả nhỉ nhé ừ do của cho về và với thì là có không được phải cần trong ở
    tại theo này kia đó đây những các mình em tôi bạn anh chị bác chú con xin hỏi muốn biết giúp nói nhắc đề cập tới đến
    ra vào lên từ bằng hay hoặc cũng năm tháng ngày như mà bên dạ vâng ơi bị bởi để đã đang sẽ chưa còn nữa cả mọi mỗi
    từng việc cái chuyện phần gồm ghi trên mục giữa khác nhau chỗ nha đi rồi xong làm lo giao nếu nhiêu thấy bữa kỳ lần
    nộp gửi dùng tụi nó nhờ coi xem chứ hồi thôi luôn nhiều ít trước sau qua lại hết kể hãy cùng ngoài kho""".split()
)
_STOP_FOLDED = frozenset(fold(w) for w in _STOP)
# Two ways to say one thing, brought to one on both sides.
_ALIKE = (
    ("hoi thi", "cuoc thi"),
    ("thi tim hieu", "cuoc thi tim hieu"),
    ("cuoc cuoc thi", "cuoc thi"),
    ("pa no", "pano"),
    ("to gap", "to roi"),
    ("hai kich", "kich"),
    ("kich vui", "kich"),
    ("loa phuong", "truyen thanh"),
    ("nguoi dan", "nhan dan"),
    ("trang tin", "trang thong tin"),
    ("website", "trang thong tin"),
    ("cong dien tu", "cong thong tin dien tu"),
    ("vuong mac kho khan", "kho khan vuong mac"),
)
_QUESTION_WORDS = re.compile(
    r"bao (?:nhieu|gio|lau|nhiu)|nhu the nao|the nao|ra sao|lam sao|tai sao|vi sao|duoc xac dinh|vao nhung|moc nao"
    r"|(?:co quan|don vi|so|phong|ban|bo phan|noi|tinh|huyen|dia phuong|to chuc|thanh pho|thang|ngay|quy|nam"
    r"|van ban) (?:nao|may)"
    r"|tong (?:so|cong)|giao (?:nhiem vu|viec)|(?:cac |nhung )?(?:nhiem vu|viec) (?:gi|nao)|trach nhiem (?:gi|cua)"
    r"|dot nao|dip nao|tuyen truyen|so sanh|liet ke|giong nhau|khac nhau|dac biet|lien quan|cu the|ban hanh|nhu vay"
    r"|chu y|cai cach hanh chinh(?: nha nuoc)?|(?<!dung )(?<!hanh )ke hoach"
)
# "ngoài báo đài ra": what is not asked about
_ASIDE = re.compile(r"\bngoai [^,]{3,40}?(?:,| ra\b)")
_CODE = re.compile(r"\d+[a-z]?/")
_LAW_KINDS = ("quyet dinh", "nghi quyet", "nghi dinh", "thong tu", "chi thi", "luat", "de an", "quy che", "chien luoc")
_LAW_WORD = re.compile(rf"\b(?:so|ke hoach|cong van|{'|'.join(_LAW_KINDS)})\s+(?:so\s+)?(\d+[a-z]?)\b(?!/)")
_ACRONYM = re.compile(r"(?<![\w/])[a-zđ]+(?:(?: ?[&-] ?|\.)[a-zđ]+)*(?![\w/])")
_SCALE = 0.7
_UNKNOWN = 2.5
# How much of a question's weight an entry must share to be an answer.
_LEAST = 0.34


@dataclass(frozen=True, slots=True)
class Body:
    """A body that has to do with a plan: its folded name without its place, and the words that name it."""

    name: str
    bare: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Shelf:
    """All entries of all plans, ready to be compared. `postings`: which entries hold a term, and how much there."""

    plans: Mapping[str, Plan]
    entries: tuple[Entry, ...]
    postings: Mapping[str, Mapping[int, float]]
    weight: Mapping[str, float]
    places: tuple[Wordlist, ...]
    others: tuple[Wordlist, ...]
    bodies: Mapping[str, tuple[Body, ...]]
    acronyms: Mapping[str, str]
    years: Mapping[str, frozenset[int]]
    telling: frozenset[str]
    pairs: frozenset[tuple[str, str]]


# Typed without marks, "bao cao bang van ban" names no place.
_NO_PLACE = tuple(f"báo cáo bằng {how}" for how in ("văn bản", "hình thức", "cách", "miệng", "lời", "thư", "bản"))


class _Same:
    """A key for caches that is equal only by identity: a library is too large to be hashed by value."""

    __slots__ = ("it",)

    def __init__(self, it: Any) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.it is self.it


def shelf(library: Library) -> Shelf:
    return _shelf(_Same(library))


@lru_cache(maxsize=4)
def _shelf(same: _Same) -> Shelf:
    library: Library = same.it
    entries = tuple(e for plan in library.plans.values() for e in pp.entries(plan))
    postings: dict[str, dict[int, float]] = defaultdict(dict)
    for i, e in enumerate(entries):
        for part, share in ((" ; ".join((*e.bodies, *e.partners)), 0.6), (e.matter, 1.0)):
            for term in _terms(_tokens(expand(part, library.language))):
                postings[term][i] = share
    bodies = {key: tuple(_bodies(plan, library.language)) for key, plan in library.plans.items()}
    places, others = _places(library)
    return Shelf(
        library.plans,
        entries,
        dict(postings),
        {t: max(math.log(len(entries) / len(found)) - _SCALE, 0.0) for t, found in postings.items()},
        places,
        others,
        bodies,
        {a: b.bare for found in bodies.values() for b in found for a in _initials(b.words)},
        {key: frozenset(_years(plan)) for key, plan in library.plans.items()},
        _telling(library, entries),
        _pairs(expand(part, library.language) for e in entries for part in (e.matter, *e.bodies)),
    )


def _tokens(text: str, pairs: frozenset[tuple[str, str]] = frozenset()) -> list[str]:
    """The folded content words of a normalised text in order; what only tells that something is asked is left out.

    A word typed without marks may be such a word or not ("thi" is "thì" or an exam): it is kept beside a neighbour
    that it stands beside in the plans (`pairs`).
    """
    written = split(text)
    bare = [fold(w) for w in written]
    kept = []
    for i, (word, plain) in enumerate(zip(written, bare, strict=True)):
        paired = (
            pairs
            and word.isascii()
            and ((i and (bare[i - 1], plain) in pairs) or (plain, *bare[i + 1 : i + 2]) in pairs)
        )
        if not paired and (word in _STOP or (pairs and word.isascii() and plain in _STOP_FOLDED)):
            continue
        kept.append(plain)
        if _CODE.match(plain):
            kept.append("#" + plain.split("/")[0])
    return _alike(kept)


def _pairs(texts: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Neighbours in the plans of which neither only tells that something is asked."""
    pairs = set()
    for text in texts:
        words = split(text)
        pairs |= {(fold(a), fold(b)) for a, b in zip(words, words[1:], strict=False) if not {a, b} & _STOP}
    return frozenset(pairs)


def _alike(tokens: Sequence[str]) -> list[str]:
    text = f" {' '.join(tokens)} "
    for one, other in _ALIKE:
        text = text.replace(f" {one} ", f" {other} ")
    return text.split()


def _terms(tokens: Sequence[str]) -> Iterator[str]:
    yield from dict.fromkeys(tokens)
    yield from dict.fromkeys(f"{a} {b}" for a, b in zip(tokens, tokens[1:], strict=False))


def _bodies(plan: Plan, language: Language) -> Iterator[Body]:
    names = [b for t in plan.tasks for b in (*t.lead, *t.cooperating)] + [b for d in plan.reporting for b in d.who]
    for name in dict.fromkeys(names):
        bare = fold(expand(pp.bare_body(name, plan.place, plan.district), language))
        words = tuple(w for w in re.findall(r"\w+", bare) if w != "va")
        if len(words) > 1 and not re.match(r"(?:cac )?(?:co quan|don vi|nganh|cac nganh)\b", bare):
            yield Body(name, bare, words)


def _initials(words: Sequence[str]) -> Iterator[str]:
    """How a long name is shortened: all its initials, or those of what follows its first word."""
    for start in (0, 1, 2):
        short = "".join(w[0] for w in words[start:])
        if len(short) >= 3 + (start == 2):
            yield short


def _places(library: Library) -> tuple[tuple[Wordlist, ...], tuple[Wordlist, ...]]:
    own: dict[str, list[str]] = defaultdict(list)
    for key, plan in library.plans.items():
        for name in filter(None, (plan.district, plan.place)):
            own[normalise(name)].append(key)
    mine = tuple(Wordlist(n, n, (n,), _NO_PLACE) for n in own)
    names = dict.fromkeys(n for p in library.places.values() for n in (p.name, *p.formed_from))
    others = tuple(Wordlist(n, n, (n,)) for n in names if normalise(n) not in own)
    return mine, others


def _years(plan: Plan) -> Iterator[int]:
    yield plan.year
    dates = (plan.date, *(t.date for t in (*plan.basis, *plan.mentions)), *(t.deadline for t in plan.tasks))
    yield from (d.year for d in dates if d)


def _telling(library: Library, entries: Iterable[Entry]) -> frozenset[str]:
    """Runs of three words that plans say and no procedure, contact or service does."""
    kinds = (Kind.TASK, Kind.CONTENT, Kind.CHANNEL)
    runs = {r for e in entries if e.kind in kinds for r in _runs(_tokens(expand(e.matter, library.language)))}
    runs -= {r for e in entries for b in (*e.bodies, *e.partners) for r in _runs(_tokens(expand(b, library.language)))}
    others: tuple[Procedure | Contact | Service, ...]
    others = (*library.procedures.values(), *library.contacts.values(), *library.services.values())
    for record in others:
        runs -= {r for text in (record.name, *record.aliases, *record.asks) for r in _runs(_tokens(normalise(text)))}
    return frozenset(runs)


def _runs(tokens: Sequence[str]) -> Iterator[str]:
    return map(" ".join, zip(tokens, tokens[1:], tokens[2:], strict=False))


# --- the question -----------------------------------------------------------------------------------------------------

_WHO = re.compile(
    r"\b(?:(?<!cho )(?<!gui )(?<!voi )(?<!nhung )ai(?! ky| duoc| phai| ban hanh| phoi hop| cung)|(?:(?<!chi )so|phong"
    r"|co quan|don vi|bo phan|hoi|trung tam|ban nganh|ben) nao|phong ban nao)\b"
    r"|chu tri|thuong truc|dau moi|phu trach|chiu trach nhiem|dung ra"
)
_ASKS_WHO = re.compile(_WHO.pattern.replace("thuong truc|dau moi|", ""))
_WITH = re.compile(r"phoi hop|cung (?:voi )?ai|voi ai|lam chung|ho tro(?! kinh phi)|tham gia cung")
_DUTIES = re.compile(
    r"(?:duoc )?giao (?:cho )?(?:(?:nhung |cac )?(?:viec|nhiem vu)|gi\b|lam)|(?:lam|lo|chu tri"
    r"|phu trach) (?:nhung )?(?:viec )?gi\b"
    r"|(?:viec|nhiem vu|trach nhiem|vai tro) (?:gi|nao|cua)|(?:lam|chu tri|co) (?:nhung|may|bao nhieu) (?:viec"
    r"|nhiem vu)"
    r"|phai lam|co (?:trach nhiem|nhiem vu|vai tro)"
)
_WHEN = re.compile(
    r"khi nao|luc nao|bao gio|may gio|\b(?:gio|ngay|thang|quy|nam|dip|hoi|han|moc|thoi diem) (?:nao|may)"
    r"|may thang\b(?! mot)|thoi gian|thoi han"
    r"|han chot|han cuoi|ngay bao nhieu|\bhan\b|tu thang|den thang|hom nao|ngay cu the|bua nao"
)
_OFTEN = re.compile(
    r"bao lau (?:mot|1) lan|may (?:lan|ky|so|thang mot|thang 1)|bao nhieu (?:lan|ky)|tan suat|dinh ky|(?:moi|mot|hang) "
    r"(?:tuan|thang|quy|nam) (?:may|bao nhieu)|theo ky|ky nao|hang (?:tuan|thang|quy|nam) (?:hay|khong|phai)"
    r"|thuong xuyen (?:hay|khong)"
)
_DAY = re.compile(r"ngay (?:may|nao|bao nhieu|cu the)|hom nao|bua nao|ngay gi")
_HOUR = re.compile(r"may gio|gio (?:nao|may)|khung gio")
_PRODUCT = re.compile(r"san pham|dau ra|(?:phai )?(?:lam|co) ra (?:cai )?gi|chi tieu|nop (?:cai )?gi\b")
_MEANS = re.compile(
    r"hinh thuc|kenh\b|bang cach|phuong tien nao|(?:dang|phat|dua|nam) (?:o|len) dau|tren (?:bao|dai|kenh) nao"
    r"|cach nao|nhung dip"
)
_PHONE = re.compile(
    r"so dien thoai|dien thoai (?:so|la|bao)|so (?:may|bao nhieu|nao)?.{0,12}(?:duong day nong|hotline)|e-?mail"
    r"|hom thu|thu dien tu"
    r"|goi so|(?:hotline|duong day nong).{0,30}(?:so (?:may|bao|nao)|la (?:so|bao nhieu|gi|may))|dia chi cu the"
    r"|dia chi o dau"
)
_MONEY = re.compile(
    r"bao nhieu (?:tien|trieu|ty|dong|kinh phi)|(?:so|tong so|tong) (?:tien|kinh phi)|may (?:trieu|ty|tram)|(?:ton"
    r"|het|chi) (?:het )?bao nhieu"
    r"|(?:kinh phi|ngan sach|du toan|tien|chi phi|muc chi) (?:\w+ ){0,8}(?:la )?bao nhieu|muc chi"
)
_SUM = re.compile(r"\d[\d.]* ?(?:đồng|triệu|tỷ|nghìn)")
_FROM = re.compile(r"nguon|lay (?:o|tu) dau|tien (?:o )?dau|ngan sach nao|tu dau")
_COUNT = re.compile(r"\b(?:may|bao nhieu)\b(?! (?:tien|lau|trieu|gio|lan|ky))|tong (?:so|cong)")
# What is counted, and not listed: how many of them is a number that the plan says or does not say.
_COUNTABLE = frozenset("tin bai cuoc lop nguoi giai luot to chuong buoi can hoc thi dia phong".split())
_LIST_ASKED = re.compile(
    r"(?:nhung|cac|bao nhieu|may|co) (?:ban |van ban )?ke hoach .*\b(?:nao|gi|may|nua)\b|(?:bao nhieu|may|nhung"
    r"|liet ke|danh sach) .{0,10}ke hoach"
    r"|ke hoach nao|(?:tinh|noi|huyen|dia phuong|thanh pho|quan) nao|cai nao|(?:trong )?kho\b(?! khan)|o dau co"
)
_SECTION = re.compile(
    r"\bmuc ([ivx]+(?:[.]\w+)*|\d+(?:[.]\w+)*)(?!\w)|\b(?:phu luc|nhiem vu)(?: so| thu)? (\d+)(?!\w|/)"
)
_FACETS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chu_tri", _WHO),
    ("phoi_hop", _WITH),
    ("thoi_han", _WHEN),
    ("tan_suat", _OFTEN),
    ("san_pham", _PRODUCT),
    ("kenh", _MEANS),
)
_OF_TASK = ("chu_tri", "phoi_hop", "thoi_han", "tan_suat", "san_pham", "kenh")


@dataclass(frozen=True, slots=True)
class Ask:
    """A question on plans. `terms`: what it is about, with weights; `places`: normalised names of plans' places."""

    text: str
    folded: str
    aspects: tuple[str, ...]
    terms: Mapping[str, float]
    places: tuple[str, ...]
    others: tuple[str, ...]
    years: tuple[int, ...]
    tokens: tuple[str, ...] = ()

    @property
    def weight(self) -> float:
        return sum(self.terms.values())

    def asks(self, *aspects: str) -> bool:
        return any(a in self.aspects for a in aspects)


def ask(reading: Reading, library: Library) -> Ask:
    found = shelf(library)
    text = _without_acronyms(reading.text[:LONGEST_QUESTION], found.acronyms)
    folded = fold(text)
    places = told(found.places, text)
    blank = _blank(text, [(t.start, t.end) for t in places])
    others = told(found.others, blank)
    blank = _blank(blank, [(t.start, t.end) for t in others])
    years = tuple(y for y in reading.years if not re.search(rf"\b{y}\s*-\s*20|20\d\d\s*-\s*{y}\b|\b{y}-|:{y}", folded))
    tokens = _subject(blank, folded, library, years, found.pairs)
    return Ask(
        text,
        folded,
        _aspects(reading, folded),
        _weighted(tokens, found),
        tuple(dict.fromkeys(t.key for t in places)),
        tuple(dict.fromkeys(t.key for t in others)),
        years,
        tuple(tokens),
    )


def _without_acronyms(text: str, acronyms: Mapping[str, str]) -> str:
    def whole(m: re.Match[str]) -> str:
        letters = fold(re.sub(r"[^a-zđ]", "", m[0]))
        return acronyms.get(letters, m[0]) if (len(letters) > 2 and letters == fold(m[0])) or "&" in m[0] else m[0]

    return _ACRONYM.sub(whole, text)


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these places filled: as long as before, and with no word there."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = "_" * (end - start)
    return "".join(letters)


_DEMANDS = re.compile(r"(?:nhung |cac )?yeu cau (?:gi|nao|cua|ra sao)")
# Phrases of these aspects say only how it is asked, never what about.
_PURE = frozenset(
    "thoi_han tan_suat san_pham doi_tuong so_hieu nguoi_ky noi_nhan hieu_luc noi_dung muc_dich can_cu".split()
)


def _subject(
    blank: str, folded: str, library: Library, years: Sequence[int], pairs: frozenset[tuple[str, str]]
) -> list[str]:
    """The tokens that tell what is asked about."""
    spans = [(t.start, t.end) for t in told(library.language.plan_aspects, blank) if t.key in _PURE]
    spans += [m.span() for m in _DEMANDS.finditer(folded)]
    if len(blank) == len(folded):
        spans += [
            m.span()
            for p in (_QUESTION_WORDS, _ASIDE, _ASKS_WHO, _WITH, _WHEN, _OFTEN, _MEANS, _PRODUCT)
            for m in p.finditer(folded)
        ]
        issuers = {
            fold(pp.bare_body(p.issuer, p.place, p.district)) for p in library.plans.values() if pp.tier(p) == "sở"
        }
        spans += [m.span() for name in issuers for m in re.finditer(rf"\b{re.escape(name)}\b", folded)]
    tokens = _tokens(_blank(blank, spans), pairs)
    own = {x for p in library.plans.values() if _numbered(p, folded) for x in (fold(p.number), _code_term(p.number))}
    tokens = [t for t in tokens if t not in own]
    tokens += [
        f"#{n}" for n in _LAW_WORD.findall(folded) if f"#{n}" not in own and not (len(n) == 4 and n.startswith("20"))
    ]
    return [t for t in tokens if not (t.isdigit() and int(t) in years)]


def _weighted(tokens: Sequence[str], found: Shelf) -> dict[str, float]:
    weights: dict[str, float] = {}
    for term in _terms(tokens):
        if term in found.weight:
            weights[term] = found.weight[term]
        elif " " not in term:
            weights[term] = _UNKNOWN if len(term) > 1 else 0.0
        elif all(w in found.weight for w in term.split()):
            weights[term] = 1.0
    return {t: w for t, w in weights.items() if w > 0}


def _aspects(reading: Reading, folded: str) -> tuple[str, ...]:
    """What is asked, the words of language.yaml joined with how questions on plans are put."""
    duties = bool(_DUTIES.search(folded))
    found = [a for a in reading.plan_aspects if a not in ("kenh", "chu_tri", "thoi_han", "phoi_hop")]
    found += [a for a, pattern in _FACETS if pattern.search(folded) and a not in found]
    if duties and "nhiem_vu" not in found:
        found.append("nhiem_vu")
    if re.search(r"\bky (?:ke hoach|van ban|thay|ten)\b", folded) and "nguoi_ky" not in found:
        found.insert(0, "nguoi_ky")
    if re.search(r"chu tri (?:nhung )?(?:viec |hoi nghi )?gi\b|chu tri (?:nhung|bao nhieu|may)", folded):
        found = [a for a in found if a != "chu_tri"]
    if "doi_tuong" in found and not re.search(r"chu tri|phu trach|(?:so|phong|co quan) nao", folded):
        found = [a for a in found if a != "chu_tri"]
    if "yeu_cau" in found and not re.search(_DEMANDS.pattern + r"|nhung yeu cau|cac yeu cau", folded):
        found.remove("yeu_cau")
    if "can_cu" in found and "kinh_phi" in found and not any(k in folded for k in _LAW_KINDS):
        found.remove("can_cu")
    if "noi_dung" in found and len(found) > 1:
        found.remove("noi_dung")
    return tuple(dict.fromkeys(found))


# --- which plans ------------------------------------------------------------------------------------------------------


def about_plans(reading: Reading, library: Library) -> bool:
    """Whether a message is about the plans at all. A follow-up that names nothing is not: its topic decides."""
    if not library.plans:
        return False
    asked = ask(reading, library)
    found = shelf(library)
    if _cites(asked, library):
        return True
    plan = _is_such_a_plan(asked.folded, found)
    reform = bool(re.search(r"cai cach (?:thu tuc )?hanh chinh|cai cach hc", asked.folded))
    inform = "tuyen truyen" in asked.folded
    dated = any(p.year in asked.years for p in library.plans.values())
    compared = len(asked.places) > 1 or (dated and bool(asked.places) and asked.asks(*_SIGNS))
    runs = sum(r in found.telling for r in _runs(asked.tokens))
    which = plan and bool(re.search(r"ke hoach nao|(?:cac|nhung) ke hoach", asked.folded))
    signs = 2 * plan + 2 * inform + 1.5 * reform + dated + compared + which + bool(asked.places) + 1.5 * min(runs, 2)
    sure = plan or inform or reform or (dated and compared)
    return signs >= 3 and (sure or (runs > 0 and bool(asked.places or dated)) or runs > 2)


def _cites(asked: Ask, library: Library) -> bool:
    """Whether the number of a plan, or of a legal text that a plan of the named place speaks of, is told."""
    if any(p.number and f"{_code_term(p.number)[1:]}/kh" in asked.folded for p in library.plans.values()):
        return True
    numbers = [t for t in asked.terms if t.startswith("#")]
    found = shelf(library)
    named = {p.key for p in _named(asked, library)}
    holding = {found.entries[i].plan for n in numbers for i in found.postings.get(n, ())}
    return bool(holding & named) or (bool(holding) and "ke hoach" in asked.folded and "/" in asked.folded)


# With place and year, these show that a plan is meant.
_SIGNS = ("chu_tri", "phoi_hop", "tan_suat", "san_pham", "kinh_phi", "bao_cao", "nhiem_vu", "kenh", "nguoi_ky")


def _is_such_a_plan(folded: str, found: Shelf) -> bool:
    """Whether "kế hoạch" means such a plan: what follows is its place or year, or a word that follows it in plans."""
    other = r"(?!(?:bao ve|kinh doanh|san xuat|dau tu|su dung|hoa|tra no)\b)"
    for m in re.finditer(rf"\bke hoach\b\W*+{other}([\w/&-]*)", folded):
        after = m[1]
        if not after or after in _STOP_FOLDED or not after.isalpha() or ("hoach", after) in found.pairs:
            return True
        if any(fold(w.name).startswith(after) for w in found.places):
            return True
    return False


def _named(asked: Ask, library: Library) -> list[Plan]:
    """The plans whose place is named, in the order of the text; those of another year are left out."""
    plans = [p for p in library.plans.values() if _numbered(p, asked.folded)]
    plans += [
        p for name in asked.places for p in library.plans.values() if name in map(normalise, (p.place, p.district))
    ]
    plans = list({p.key: p for p in plans}.values())
    if asked.years:
        known = shelf(library).years
        right = [p for p in plans if p.year in asked.years]
        plans = right or [p for p in plans if known[p.key] & set(asked.years)]
    return plans


def _numbered(plan: Plan, folded: str) -> bool:
    number = fold(plan.number).split("/")[0]
    return bool(number) and bool(re.search(rf"(?<![\w/]){number}/kh\b|\bke hoach (?:so )?{number}(?![\w/])", folded))


def answer_on_plans(
    reading: Reading,
    library: Library,
    retriever: Retriever | None,
    current: tuple[str, ...] = (),
    before: str = "",
) -> PlanReply:
    """The answer to a question on plans. `current`: the plans spoken of so far; `before`: the question that went
    before, whose subject a follow-up such as "còn ai phối hợp?" keeps.

    `retriever` is not asked: with so few entries, what its encoder adds made no answer better and one worse.
    """
    if not library.plans:
        return PlanReply(Behavior.NOT_STATED, say.NO_PLANS, ())
    asked = ask(reading, library)
    desk = _Desk(library, shelf(library))
    named = _named(asked, library)
    follows = not asked.places and not asked.others and bool(current)
    if before and (follows or asked.places) and _is_bare(asked):
        earlier = ask(read(before, library), library)
        asked = replace(asked, terms=earlier.terms, aspects=asked.aspects or earlier.aspects)
    if named:
        return desk.on(named, asked)
    if asked.places or asked.others:
        return desk.none_here(asked)
    kept = [library.plans[k] for k in current if k in library.plans]
    if follows and kept and not _LIST_ASKED.search(asked.folded):
        kept = [p for p in kept if not asked.years or p.year in asked.years] or kept
        return desk.on(kept, asked)
    return desk.choose(asked)


def _is_bare(asked: Ask) -> bool:
    """Whether a question names no subject of its own."""
    return asked.weight < 4.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What one plan says to one part of a question. `unsaid`: what it does not say, as named in the sentence."""

    lines: tuple[str, ...]
    aspects: tuple[str, ...] = ()
    unsaid: str = ""
    score: float = 1.0

    @property
    def stated(self) -> bool:
        return not self.unsaid


@dataclass(frozen=True, slots=True)
class Scored:
    entry: Entry
    score: float
    cover: float


class _Desk:
    """Everything that answers one question."""

    def __init__(self, library: Library, found: Shelf) -> None:
        self.library, self.shelf = library, found

    # --- several plans ---

    def on(self, plans: Sequence[Plan], asked: Ask) -> PlanReply:
        if len(plans) == 1:
            return self._reply(plans[0], self.finding(plans[0], asked))
        return self._compared(plans[:3], asked)

    def _reply(self, plan: Plan, found: Finding) -> PlanReply:
        head = pp.head(plan, self.library.day)
        body = list(found.lines)
        if not found.stated:
            head = say.NOT_STATED.format(year=plan.year, scope=pp.scope(plan), what=found.unsaid)
            body = [say.NEAREST, *body] if body else []
        became = "" if "hieu_luc" in found.aspects else pp.became(plan, "\n".join(body))
        tail = [became, pp.source_line(plan)]
        text = _joined(head, body, tail)
        behavior = Behavior.ANSWER if found.stated else Behavior.NOT_STATED
        return PlanReply(behavior, text, (plan.key,), found.aspects, sources=(plan.name,))

    def _compared(self, plans: Sequence[Plan], asked: Ask) -> PlanReply:
        blocks: list[str] = []
        found = [self.finding(p, asked) for p in plans]
        room = (LONGEST - 420) // len(plans)
        for plan, one in zip(plans, found, strict=True):
            lines = list(one.lines)
            if not one.stated:
                lines = [say.UNSAID_PART.format(what=one.unsaid), *lines]
            blocks += [say.HEAD_ONE.format(label=pp.label(plan)), *_fitted(lines, room, more=False)]
        became = [pp.became(p, "", 1) for p in plans]
        tail = [*filter(None, became), pp.source_line(*plans)]
        behavior = Behavior.ANSWER if any(f.stated for f in found) else Behavior.NOT_STATED
        aspects = tuple(dict.fromkeys(a for f in found for a in f.aspects))
        names = tuple(p.name for p in plans)
        return PlanReply(behavior, _joined("", blocks, tail), tuple(p.key for p in plans), aspects, sources=names)

    def none_here(self, asked: Ask) -> PlanReply:
        """A place or a year that no plan is of."""
        named = [*asked.places, *asked.others]
        places = [self._proper(n) for n in named]
        what = " ".join(
            (
                *((say.NONE_PLACE.format(place=", ".join(places)),) if places else ()),
                *((say.NONE_YEAR.format(year=", ".join(map(str, asked.years))),) if asked.years else ()),
            )
        )
        plans = [
            p for p in self.library.plans.values() if normalise(p.place) in named or normalise(p.district) in named
        ]
        return self._list(
            Behavior.NOT_STATED, say.NONE_HERE.format(what=what), plans or list(self.library.plans.values())
        )

    def _proper(self, name: str) -> str:
        own = [n for p in self.library.plans.values() for n in (p.district, p.place)]
        other = [n for p in self.library.places.values() for n in (p.name, *p.formed_from)]
        return next((n for n in (*own, *other) if normalise(n) == normalise(name)), name)

    def _list(self, behavior: Behavior, head: str, plans: Sequence[Plan]) -> PlanReply:
        rows = [
            say.LISTING_ONE.format(label=pp.label(p), issuer=p.issuer, number=pp.number_and_date(p) or say.NO_NUMBER)
            for p in plans
        ]
        options = tuple(Option(f"plan:{p.key}", pp.label(p)) for p in plans)
        text = _joined(head, rows, [])
        return PlanReply(behavior, text, tuple(p.key for p in plans), (), options, tuple(p.name for p in plans))

    def choose(self, asked: Ask) -> PlanReply:
        """No place is named: the plans are listed, or the one that speaks of the subject answers, or we ask which."""
        plans = [p for p in self.library.plans.values() if not asked.years or p.year in asked.years]
        if not plans:
            known = self.shelf.years
            plans = [p for p in self.library.plans.values() if known[p.key] & set(asked.years)]
        if not plans:
            return self.none_here(asked)
        listing = bool(_LIST_ASKED.search(asked.folded))
        tiers = _tiers(asked.folded)
        if listing and tiers:
            plans = [p for p in plans if pp.tier(p) in tiers] or plans
        speaking = self._speaking(plans, asked)
        if listing and (tiers or not speaking or _is_bare(asked)):
            return self._listed(plans, asked, tiers)
        if not speaking and not _is_bare(asked):
            return self._list(Behavior.NOT_STATED, say.NO_SUBJECT, plans)
        if listing:
            return self._saying(speaking)
        near = [p for p, _ in speaking] or plans
        if len(near) == 1:
            return self._reply(near[0], self.finding(near[0], asked))
        stating = [p for p in near if self.finding(p, asked).stated]
        return self._clarify([p for p in plans if p in (stating if len(stating) > 1 else near)], asked)

    def _listed(self, plans: Sequence[Plan], asked: Ask, tiers: Sequence[str]) -> PlanReply:
        what = "".join(say.LISTING_WHAT[t] for t in tiers[:1])
        if asked.years:
            what += say.LISTING_WHAT["year"].format(years=", ".join(map(str, asked.years)))
        return self._list(Behavior.ANSWER, say.LISTING.format(count=len(plans), what=what), plans)

    def _speaking(self, plans: Sequence[Plan], asked: Ask) -> list[tuple[Plan, Scored]]:
        """The plans that say something on the subject, the nearest first."""
        if _is_bare(asked):
            return []
        best = {p.key: self.ranked(p, asked) for p in plans}
        found = [(p, best[p.key][0]) for p in plans if best[p.key]]
        top = max((s.cover for _, s in found), default=0.0)
        if top < 0.4:
            return []
        return sorted(((p, s) for p, s in found if s.cover >= 0.62 * top), key=lambda f: -f[1].cover)

    def _saying(self, speaking: Sequence[tuple[Plan, Scored]]) -> PlanReply:
        rows = []
        for plan, best in speaking:
            section = f", {best.entry.section}" if best.entry.section else ""
            rows.append(
                say.LISTING_SAYS.format(
                    label=pp.label(plan), section=section, text=pp.short_line(replace(best.entry, section=""))
                )
            )
        tail = [pp.source_line(p) for p, _ in speaking[:2]]
        keys = tuple(p.key for p, _ in speaking)
        return PlanReply(
            Behavior.ANSWER, _joined(say.SAYING, rows, tail), keys, (), (), tuple(p.name for p, _ in speaking)
        )

    def _clarify(self, plans: Sequence[Plan], asked: Ask) -> PlanReply:
        rows = [say.CLARIFY_ONE.format(number=i, label=pp.label(p)) for i, p in enumerate(plans, 1)]
        options = tuple(Option(f"plan:{p.key}", pp.label(p)) for p in plans)
        text = _joined(say.CLARIFY.format(count=len(plans)), rows, [])
        return PlanReply(Behavior.CLARIFY, text, tuple(p.key for p in plans), asked.aspects, options)

    # --- one plan ---

    def finding(self, plan: Plan, asked: Ask) -> Finding:
        """The first reading that fits answers; those of the plan as a whole may stand together."""
        for way in (self._section, self._phone, self._money, self._became):
            if found := way(plan, asked):
                return found
        whole = [f for way in (self._signer, self._law, self._number) if (f := way(plan, asked))]
        if whole:
            return _together(whole)
        for way in (self._report, self._counted, self._funding, self._whole_list, self._duties, self._entries):
            if found := way(plan, asked):
                return found
        return self._card(plan)

    def _of(self, plan: Plan, *kinds: Kind) -> list[Entry]:
        return [e for e in self.shelf.entries if e.plan == plan.key and e.kind in kinds]

    def _section(self, plan: Plan, asked: Ask) -> Finding | None:
        m = _SECTION.search(asked.folded)
        if not m:
            return None
        wanted = m[1] or f"phu luc {m[2]}"
        inside = [
            e for e in self._of(plan, Kind.TASK, Kind.DUTY, Kind.CONTENT, Kind.CHANNEL) if _within(e.section, wanted)
        ]
        tasks = [e for e in inside if e.kind is Kind.TASK] or inside
        if not tasks:
            return None
        return Finding(tuple(line for e in tasks[:4] for line in pp.lines(e, asked.aspects)), asked.aspects)

    def _phone(self, plan: Plan, asked: Ask) -> Finding | None:
        if not _PHONE.search(asked.folded):
            return None
        near = self.ranked(plan, asked, self._of(plan, Kind.CONTENT, Kind.CONTACT, Kind.TASK))[:1]
        contacts = self._of(plan, Kind.CONTACT)[:1]
        kept = list(
            dict.fromkeys(
                line for e in (*(s.entry for s in near if s.cover > 0.3), *contacts) for line in (pp.short_line(e),)
            )
        )
        return Finding(tuple(kept), ("lien_he",), say.UNSAID_PHONE)

    def _money(self, plan: Plan, asked: Ask) -> Finding | None:
        if not _MONEY.search(asked.folded):
            return None
        funding = self._funded(plan, asked)
        sums = [e for e in funding if _SUM.search(e.text)]
        if sums:
            return Finding(tuple(pp.short_line(e) for e in sums), ("kinh_phi",))
        return Finding(tuple(pp.short_line(e) for e in funding[:3]), ("kinh_phi",), say.UNSAID_MONEY)

    def _funded(self, plan: Plan, asked: Ask) -> list[Entry]:
        lines = self._of(plan, Kind.FUNDING)
        ranked = self.ranked(plan, asked, lines)
        first = [s.entry for s in ranked if s.cover >= 0.3]
        rest = [e for e in lines if e not in first and not e.text.startswith("Kế hoạch không nêu số tiền")]
        return [*first, *rest]

    def _funding(self, plan: Plan, asked: Ask) -> Finding | None:
        if not asked.asks("kinh_phi"):
            return None
        lines = self._funded(plan, asked)
        if not lines:
            near = [e for e in self._of(plan, Kind.ODDITY) if "kinh phí" in e.text]
            return Finding(tuple(e.text for e in near), ("kinh_phi",), say.UNSAID["kinh_phi"])
        unsaid = any(re.search(r"không nêu.*nguồn", e.text) for e in lines) and _FROM.search(asked.folded)
        return Finding(tuple(pp.short_line(e) for e in lines[:4]), ("kinh_phi",), say.UNSAID_SOURCE if unsaid else "")

    def _became(self, plan: Plan, asked: Ask) -> Finding | None:
        if not asked.asks("hieu_luc"):
            return None
        return Finding(
            (pp.in_force_line(plan, self.library.day), pp.became(plan, asked.text, unchanged=True)), ("hieu_luc",)
        )

    def _signer(self, plan: Plan, asked: Ask) -> Finding | None:
        if not asked.asks("nguoi_ky"):
            return None
        if not plan.signer:
            return Finding((), ("nguoi_ky",), say.UNSAID["nguoi_ky"])
        issuer = (f"{say.ISSUER}: {pp.sentence(plan.issuer)}",) if "ban hanh" in asked.folded else ()
        return Finding((*issuer, f"{say.ASPECTS['nguoi_ky']}: {pp.sentence(plan.signer)}"), ("nguoi_ky",))

    def _number(self, plan: Plan, asked: Ask) -> Finding | None:
        if not asked.asks("so_hieu") or (any(t.startswith("#") for t in asked.terms) and self._law(plan, asked)):
            return None
        if any(k in asked.folded for k in _LAW_KINDS):
            return None
        if plan.number or plan.date:
            text = pp.number_and_date(plan).lstrip(", ")
            return Finding((f"{say.ASPECTS['so_hieu']}: {pp.sentence(text)}",), ("so_hieu",))
        near = [e.text for e in self._of(plan, Kind.ODDITY) if re.search(r"không ghi số|để trống", e.text)]
        return Finding(tuple(near), ("so_hieu",), say.UNSAID["so_hieu"])

    def _law(self, plan: Plan, asked: Ask) -> Finding | None:
        """A legal text that the plan rests on or mentions: by its number, its kind, or as one of all."""
        laws = self._of(plan, Kind.LAW)
        numbered = [e for e in laws if e.law and any(t == _code_term(e.law.number) for t in asked.terms)]
        if numbered:
            return Finding(tuple(map(pp.law_line, numbered)), ("can_cu",))
        kinds = [
            k
            for k in _LAW_KINDS
            if re.search(
                rf"\b{k}\b.{{0,6}}\b(?:nao|gi|so may|so bao nhieu)\b|\b{k}\b.*\b(?:so may|so bao nhieu|ngay nao)",
                asked.folded,
            )
        ]
        if not kinds and not (asked.asks("can_cu") and not asked.asks("kinh_phi")):
            return None
        ranked = self.ranked(plan, asked, laws)
        if kinds:
            ranked = [s for s in ranked if any(k in fold(s.entry.text) for k in kinds)]
            if not ranked:
                ranked = [Scored(e, 0, 0) for e in laws if any(k in fold(e.text) for k in kinds)]
            if not ranked:
                return Finding((), ("can_cu",), say.UNSAID_LAW)
        elif not ranked or ranked[0].cover < 0.35:
            ranked = [Scored(e, 0, 0) for e in laws if e.basis]
            if not ranked:
                near = [e.text for e in self._of(plan, Kind.ODDITY) if "căn cứ" in e.text]
                return Finding(tuple(near), ("can_cu",), say.UNSAID["can_cu"])
        best = ranked[0].cover
        many = not best or bool(re.search(r"\b(?:cac|nhung|may)\b", asked.folded))
        chosen = [s.entry for s in ranked if s.cover >= (0.4 if many else 0.7) * best][: 8 if many else 3]
        if not kinds and any(e.basis for e in chosen):
            chosen = [e for e in chosen if e.basis]
        return Finding(tuple(map(pp.law_line, chosen)), ("can_cu",))

    def _report(self, plan: Plan, asked: Ask) -> Finding | None:
        if not asked.asks("bao_cao"):
            return None
        duties = self._of(plan, Kind.DUTY)
        ranked = self.ranked(plan, asked, duties)
        order = [s.entry for s in ranked]
        named = self._bodies(plan, asked)
        mine = [e for e in duties if any(b.name in e.bodies for b in named)]
        first = [*order, *(e for e in duties if e not in order)]
        chosen = mine or sorted(first, key=lambda e: (not e.dated, "không nêu" in e.fields["noi_nhan"]))
        lines = tuple(pp.duty_line(e) for e in chosen[:3])
        unsaid = ""
        when = asked.asks("thoi_han") or _DAY.search(asked.folded)
        who = asked.asks("chu_tri", "noi_nhan", "tan_suat") or re.search(
            r"\b(?:cho|gui|nop|ve) (?:ai|dau|noi|phong|so)\b", asked.folded
        )
        if when and not any(e.dated for e in chosen) and not who:
            often = any("tan_suat" in e.fields for e in chosen)
            if _DAY.search(asked.folded) or not often:
                unsaid = say.UNSAID_DAY
        return Finding(lines, ("bao_cao",), unsaid) if lines else Finding((), ("bao_cao",), say.UNSAID["bao_cao"])

    def _counted(self, plan: Plan, asked: Ask) -> Finding | None:
        """How many: where the plan itself says a number beside the thing that is counted, that sentence."""
        m = re.search(
            r"(?:bao nhieu|may|tong so|tong cong)(?: bao nhieu)?(?: (\w+(?: \w+)?)|$)", asked.folded.rstrip("? ")
        )
        if not m or not _COUNT.search(asked.folded) or asked.asks("tan_suat", "thoi_han"):
            return None
        thing = m[1] or asked.folded[: m.start()].strip().rpartition(" ")[2]
        number = re.compile(rf"\b(?:\d+|nam|bay|tam|ba|bon|sau) {re.escape(thing)}")
        said = [e for e in self._of(plan, *Kind) if number.search(fold(e.matter))]
        ranked = {id(s.entry): s.score for s in self.ranked(plan, asked, said)}
        said.sort(key=lambda e: (-ranked.get(id(e), 0.0), e.kind is not Kind.CONTENT))
        if said:
            return Finding(tuple(line for e in said[:2] for line in pp.lines(e, ("san_pham",))), ("nhiem_vu",))
        if (not asked.asks("nhiem_vu") and thing.split()[0] in _COUNTABLE) or re.search(
            r"giai thuong|phan thuong", asked.folded
        ):
            near = [s.entry for s in self.ranked(plan, asked, self._of(plan, Kind.TASK))[:1] if s.cover > 0.3]
            return Finding(
                tuple(line for e in near for line in pp.lines(e, ("san_pham",))), ("san_pham",), say.UNSAID_COUNT
            )
        if asked.asks("nhiem_vu") and not self._bodies(plan, asked):
            tasks = self._of(plan, Kind.TASK)
            rows = tuple(pp.short_line(e) for e in tasks)
            return Finding((say.COUNTED_TASKS.format(count=len(tasks)), *rows), ("nhiem_vu",))
        return None

    def _whole_list(self, plan: Plan, asked: Ask) -> Finding | None:
        """Purposes, requirements, audiences … as the plan lists them, or those that the question is about."""
        aspect = next(
            (
                a
                for a in ("muc_dich", "yeu_cau", "doi_tuong", "noi_nhan", "lien_he", "noi_dung", "kenh")
                if a in asked.aspects
            ),
            "",
        )
        if not aspect:
            return None
        listed = self._of(plan, pp.LISTS[aspect])
        if not _is_bare(asked):
            if asked.asks(*_OF_TASK) and aspect != "kenh":
                return None
            if self._bodies(plan, asked) and aspect != "noi_nhan":
                return None
            pool = [e for e in self._of(plan, *Kind) if e.kind not in (Kind.FACT, Kind.RECIPIENT, Kind.ODDITY)]
            ranked = self.ranked(plan, asked, pool)
            return self._near(plan, asked, ranked, aspect, listed)
        if not listed:
            return Finding((), (aspect,), say.UNSAID[aspect])
        return Finding(tuple(pp.sentence(e.text, e.section) for e in listed), (aspect,))

    def _near(
        self, plan: Plan, asked: Ask, ranked: Sequence[Scored], aspect: str, listed: Sequence[Entry]
    ) -> Finding | None:
        if self._is_silent(plan, asked, ranked):
            if (
                aspect in ("muc_dich", "yeu_cau", "doi_tuong", "noi_nhan", "kenh")
                and listed
                and ranked
                and ranked[0].cover > 0.2
            ):
                return Finding(tuple(pp.sentence(e.text, e.section) for e in listed), (aspect,))
            return self._unsaid_subject(ranked, aspect)
        if aspect == "doi_tuong" and (met := [s.entry for s in ranked if _audience(s, ranked[0])]):
            return Finding(tuple(line for e in met[:2] for line in pp.lines(e, (aspect,))), (aspect,))
        own = [s for s in ranked if s.entry.kind is pp.LISTS[aspect] and s.score >= 0.55 * ranked[0].score]
        others = [s for s in ranked if s.score >= 0.8 * ranked[0].score and s not in own]
        if aspect == "doi_tuong" and not own and "doi_tuong" not in ranked[0].entry.fields:
            return Finding(tuple(pp.sentence(e.text, e.section) for e in listed), (aspect,))
        chosen = (
            [s.entry for s in (*own[:4], *others[:2])]
            if own and own[0].score >= 0.7 * ranked[0].score
            else [s.entry for s in (*others[:3], *own[:2])]
        )
        return Finding(tuple(line for e in chosen for line in pp.lines(e, (aspect,))), (aspect,))

    def _unsaid_subject(self, ranked: Sequence[Scored], aspect: str) -> Finding:
        near = tuple(pp.short_line(s.entry) for s in ranked[:1] if s.cover > 0.3)
        return Finding(near, (aspect,), say.UNSAID_SUBJECT)

    def _is_silent(self, plan: Plan, asked: Ask, ranked: Sequence[Scored]) -> bool:
        """Whether the plan says nothing of the subject. Where it is asked whether it does ("có … không"), words that
        other plans know and this one never uses tell so."""
        if not ranked or ranked[0].cover < _LEAST:
            return True
        if not re.search(r"\bco\b.*\bkhong\b|\bco (?:noi|nhac|de cap)\b", asked.folded):
            return False
        known = {t for t in asked.terms if self._knows(plan, t)}
        placed = {w for t in known if " " in t for w in t.split()}
        foreign = [
            t for t in asked.terms if t in self.shelf.postings and t not in known and not set(t.split()) & placed
        ]
        return sum(asked.terms[t] for t in foreign) >= 0.15 * asked.weight

    def _knows(self, plan: Plan, term: str) -> bool:
        return any(self.shelf.entries[i].plan == plan.key for i in self.shelf.postings.get(term, ()))

    def _bodies(self, plan: Plan, asked: Ask) -> list[Body]:
        """Bodies of the plan that the question names, the best named first."""
        words = [w for w in re.findall(r"\w+", asked.folded) if w != "va"]
        text = " ".join(words)
        issuer = fold(pp.bare_body(plan.issuer, plan.place, plan.district))
        scored = [(_naming(b, text, words), b) for b in self.shelf.bodies[plan.key] if b.bare != issuer]
        best = max((s for s, _ in scored), default=0.0)
        return [b for s, b in scored if s >= 0.6 and s >= 0.9 * best]

    def _duties(self, plan: Plan, asked: Ask) -> Finding | None:
        """What a body has to do: everything that it leads, then what it helps with."""
        named = self._bodies(plan, asked)
        if not named or (
            asked.asks("chu_tri", "phoi_hop", "thoi_han", "tan_suat", "san_pham") and not asked.asks("nhiem_vu")
        ):
            return None
        own = {w for b in named for w in b.words}
        rest = sum(w for t, w in asked.terms.items() if not set(t.split()) <= own and t != "nhiem vu")
        names = {b.name for b in named}
        tasks = self._of(plan, Kind.TASK)
        leads = [e for e in tasks if names & set(e.bodies)]
        helps = [e for e in tasks if names & set(e.partners) and e not in leads]
        if rest > 7.0 and not asked.asks("nhiem_vu"):
            return None
        ranked = self.ranked(plan, asked, leads or helps)
        if rest > 3.0 and ranked and ranked[0].score > 0.45:
            leads = [s.entry for s in ranked if s.score >= 0.6 * ranked[0].score]
            helps = []
        lines = [pp.short_line(e) for e in leads]
        if helps:
            lines += [say.DUTIES_WITH.format(body=named[0].name), *(pp.short_line(e) for e in helps)]
        if leads and lines:
            lines.insert(0, say.DUTIES_LEAD.format(body=named[0].name))
        return Finding(tuple(lines), ("nhiem_vu",)) if lines else None

    def _entries(self, plan: Plan, asked: Ask) -> Finding | None:
        """The tasks and other entries nearest to the question."""
        aspects = tuple(a for a in asked.aspects if a in _OF_TASK or a == "doi_tuong")
        if _is_bare(asked):
            return self._asked_of_all(plan, asked, aspects)
        pool = self._of(
            plan,
            Kind.TASK,
            Kind.CONTENT,
            Kind.CHANNEL,
            Kind.DUTY,
            Kind.LAW,
            Kind.CONTACT,
            Kind.FUNDING,
            Kind.REQUIREMENT,
        )
        if aspects:
            pool = [e for e in pool if e.kind in (Kind.TASK, Kind.CHANNEL, Kind.DUTY, Kind.CONTENT)]
        ranked = self.ranked(plan, asked, pool)
        if self._is_silent(plan, asked, ranked):
            return self._unsaid_subject(ranked, "noi_dung")
        if not aspects:
            chosen = [s.entry for s in ranked if s.score >= 0.75 * ranked[0].score][:6]
            if len(chosen) > 2:
                return Finding(tuple(pp.short_line(e) for e in chosen), ("noi_dung",))
            return Finding(tuple(line for e in chosen for line in pp.lines(e, ())), ("noi_dung",))
        return self._aspects_of(ranked, aspects, asked)

    def _aspects_of(self, ranked: Sequence[Scored], aspects: Sequence[str], asked: Ask) -> Finding:
        near = [s.entry for s in ranked if s.score >= 0.72 * ranked[0].score]
        chosen: list[Entry] = []
        missing = []
        for aspect in aspects:
            having = [e for e in near if pp.says(e, aspect)]
            if having:
                chosen.append(having[0])
            else:
                missing.append(aspect)
        day = _DAY.search(asked.folded) and "thoi_han" in aspects
        chosen = _unique(chosen)
        if not chosen:
            what = ", ".join(say.UNSAID[a] for a in aspects)
            nearest = next((e for e in near if e.kind is Kind.TASK), near[0])
            return Finding(tuple(pp.lines(nearest, ())), tuple(aspects), what)
        if day and tuple(aspects) == ("thoi_han",) and not any(e.dated for e in chosen):
            return Finding(
                tuple(line for e in chosen[:2] for line in pp.lines(e, aspects)), tuple(aspects), say.UNSAID_DAY
            )
        close = [s.entry for s in ranked if s.score >= 0.88 * ranked[0].score]
        if _HOUR.search(asked.folded) and not any(
            re.search(r"\d+ ?(?:giờ|h)\b", e.fields.get("thoi_han", "")) for e in chosen
        ):
            return Finding(tuple(pp.lines(chosen[0], aspects)), tuple(aspects), say.UNSAID_HOUR)
        more = [e for e in close if e not in chosen and all(pp.says(e, a) for a in aspects if a not in missing)]
        lines = [line for e in (*chosen, *more)[:3] for line in pp.lines(e, aspects)]
        if missing:
            lines.insert(1, say.UNSAID_PART.format(what=", ".join(say.UNSAID[a] for a in missing)))
        return Finding(tuple(lines), tuple(aspects))

    def _asked_of_all(self, plan: Plan, asked: Ask, aspects: Sequence[str]) -> Finding | None:
        """No task is named: what each says of the aspect."""
        if "nhiem_vu" in asked.aspects and not aspects:
            return Finding(tuple(pp.short_line(e) for e in self._of(plan, Kind.TASK)), ("nhiem_vu",))
        if not aspects:
            return None
        having = [e for e in self._of(plan, Kind.TASK) if pp.says(e, aspects[0])]
        if not having:
            return Finding((), tuple(aspects), say.UNSAID[aspects[0]])
        rows = tuple(
            f"{pp.sentence(e.fields[aspects[0]].rstrip('.') + ': ' + e.text[:1].lower() + e.text[1:], e.section)}"
            for e in having
        )
        return Finding((say.WHICH_TASK, *rows), tuple(aspects))

    def _card(self, plan: Plan) -> Finding:
        lines = [
            say.CARD.format(name=plan.name, issuer=plan.issuer, number=pp.number_and_date(plan)),
            pp.in_force_line(plan, self.library.day),
            *(f"{say.ASPECTS['muc_dich']}: {pp.sentence(t)}" for t in plan.purposes[:1]),
            *(f"{say.ASPECTS['nguoi_ky']}: {pp.sentence(t)}" for t in (plan.signer,) if t),
            f"{say.ASPECTS['kenh']}: {pp.sentence('; '.join(map(_clipped, plan.channels[:4])))}",
        ]
        return Finding(tuple(lines), ("noi_dung",))

    # --- ranking ---

    def ranked(self, plan: Plan, asked: Ask, pool: Sequence[Entry] | None = None) -> list[Scored]:
        """Entries that share words with the question, the nearest first."""
        total = asked.weight
        if total <= 0:
            return []
        wanted = {id(e) for e in pool} if pool is not None else None
        shared: Counter[int] = Counter()
        for term, weight in asked.terms.items():
            for i, share in self.shelf.postings.get(term, {}).items():
                shared[i] += weight * share  # type: ignore[assignment]
        named = {b.name for b in self._bodies(plan, asked)}
        found = []
        for i, weight in shared.items():
            e = self.shelf.entries[i]
            if e.plan == plan.key and (wanted is None or id(e) in wanted):
                cover = weight / total
                found.append(Scored(e, cover + self._bonus(e, asked, named), cover))
        return sorted(found, key=lambda s: (-s.score, len(s.entry.text)))

    def _bonus(self, e: Entry, asked: Ask, named: set[str]) -> float:
        has = sum(0.06 for a in asked.aspects if pp.says(e, a))
        whose = 0.2 if named & set(e.bodies) else 0.08 if named & set(e.partners) else 0.0
        return has + whose - 0.0004 * min(len(e.matter), 400)


def _audience(one: Scored, best: Scored) -> bool:
    return one.entry.kind is Kind.TASK and "doi_tuong" in one.entry.fields and one.score >= 0.7 * best.score


def _unique(items: Iterable[Entry]) -> list[Entry]:
    kept: list[Entry] = []
    for e in items:
        if e not in kept:
            kept.append(e)
    return kept


def _naming(body: Body, text: str, words: Sequence[str]) -> float:
    """How well a text names a body: 1 when in full, less when some words of a long name are left out."""
    whole = " ".join(body.words)
    if re.search(rf"\b{re.escape(whole)}\b", text):
        return 1.0 + 0.1 * len(body.words)
    if len(body.words) < 4:
        return 0.0
    best = 0.0
    for start, word in enumerate(words):
        if word == body.words[0]:
            window = words[start : start + len(body.words) + 1]
            best = max(best, _in_order(body.words, window) / len(body.words))
    return best


def _in_order(wanted: Sequence[str], window: Sequence[str]) -> int:
    """How many of the wanted words begin the window in their order, none foreign between them."""
    at = count = 0
    for word in window:
        while at < len(wanted) and wanted[at] != word:
            at += 1
        if at == len(wanted):
            break
        at += 1
        count += 1
    return count


def _clipped(text: str) -> str:
    return text.split(",")[0].split(" (")[0].rstrip(".")


def _within(section: str, wanted: str) -> bool:
    bare = fold(section)
    return bare == wanted or bare.startswith(wanted + ".")


def _code_term(number: str) -> str:
    return "#" + fold(number).split("/")[0] if number else ""


def _tiers(folded: str) -> tuple[str, ...]:
    text = re.sub(r"(?:chu )?khong phai.*$", "", folded)
    found = {
        "sở": r"(?:mot|cap|cac|do|cua) so\b",
        "huyện": r"(?:mot|cap|cac|do|cua) huyen\b|huyen nao",
        "tỉnh": r"(?:mot|cap) tinh\b",
    }
    return tuple(t for t, pattern in found.items() if re.search(pattern, text))


def _together(found: Sequence[Finding]) -> Finding:
    stated = [f for f in found if f.stated]
    if not stated:
        return found[0]
    lines = [
        line for f in found for line in (f.lines if f.stated else (say.UNSAID_PART.format(what=f.unsaid), *f.lines))
    ]
    return Finding(tuple(dict.fromkeys(lines)), tuple(a for f in found for a in f.aspects))


def _joined(head: str, body: Sequence[str], tail: Sequence[str]) -> str:
    """Head, as many lines as fit, and the tail whole."""
    after = "\n".join(filter(None, tail))
    room = LONGEST - len(head) - len(after) - 6
    return "\n".join(filter(None, (head, *_fitted(body, room), after)))


def _fitted(lines: Sequence[str], room: int, more: bool = True) -> list[str]:
    kept: list[str] = []
    used = 0
    for line in lines:
        if kept and used + len(line) + 1 > room - (len(say.MORE) if more else 0):
            break
        kept.append(line if len(line) <= room else line[: line.rfind(" ", 0, room - 2)] + " …")
        used += len(kept[-1]) + 1
    return [*kept, say.MORE] if more and len(kept) < len(lines) else kept
