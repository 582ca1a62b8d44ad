"""A question on plans: what is asked, about what, of which place and year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.dialogue.plans.naming import bare_body, tier
from bot.dialogue.plans.shelf import Shelf, shelf
from bot.dialogue.plans.words import code_term, content_words, marked, terms_of
from bot.dialogue.understanding import Reading
from knowledge.library import Library
from knowledge.records import Plan
from knowledge.vietnamese import Told, fold, told

LONGEST_QUESTION = 600
_UNKNOWN = 2.5
# What may be said of any task, or of the plan itself.
_GENERAL = re.compile(
    r"\b(?:thuc hien|trien khai|to chuc|hoan thanh|don vi|co quan|nhiem vu|dau viec|thuong truc|dau moi|tham gia"
    r"|tuyen truyen|co so phap ly|phap ly|yeu cau|tung|bao cao|ket qua)\b"
)
_QUESTION_WORDS = re.compile(
    r"bao (?:nhieu|gio|lau|nhiu)|nhu the nao|the nao|ra sao|lam sao|tai sao|vi sao|duoc xac dinh|vao nhung|moc nao"
    r"|(?:co quan|don vi|so|phong|ban|bo phan|noi|tinh|huyen|dia phuong|to chuc|thanh pho|thang|ngay|quy|nam"
    r"|van ban) (?:nao|may)"
    r"|tong (?:so|cong)|giao (?:nhiem vu|viec)|(?:cac |nhung )?(?:nhiem vu|viec) (?:gi|nao)|trach nhiem (?:gi|cua)"
    r"|dot nao|dip nao|tuyen truyen|so sanh|liet ke|danh sach|giong nhau|khac nhau|dac biet|lien quan|cu the|ban hanh"
    r"|nhu vay|(?:mo|ra|lam|dang)(?= chuyen (?:muc|trang|de)\b)|chu y"
    r"|cai cach hanh chinh(?: nha nuoc)?|(?<!dung )(?<!hanh )ke hoach"
)
# "ngoài báo đài ra": what is not asked about
_ASIDE = re.compile(r"\bngoai [^,]{3,40}?(?:,| ra\b)")
# Money as people say it, where the plans say "kinh phí".
_LO_TIEN = re.compile(r"\b(?:(?:lo|chi|cấp|bỏ|rót|cap|bo|rot) (?:tiền|tien)|(?:tiền|tien)(?= cho (?:việc|viec)))\b")
LAW_KINDS = ("quyet dinh", "nghi quyet", "nghi dinh", "thong tu", "chi thi", "luat", "de an", "quy che", "chien luoc")
_LAW_WORD = re.compile(rf"\b(?:so|ke hoach|cong van|{'|'.join(LAW_KINDS)})\s+(?:so\s+)?(\d+[a-z]?)\b(?!/)")
# "tỉnh Tuyên Quang", where the name is filled already
_OF_PLACE = re.compile(r"\b(?:tỉnh|tinh|thành phố|thanh pho|huyện|huyen) (?=__)")
_ACRONYM = re.compile(r"(?<![\w/])[a-zđ]+(?:(?: ?[&-] ?|\.)[a-zđ]+)*(?![\w/])")
_WHO = re.compile(
    r"\b(?:(?<!cho )(?<!gui )(?<!voi )(?<!nhung )ai(?! ky| duoc| phai| ban hanh| phoi hop| cung)|(?:(?<!chi )so|phong"
    r"|co quan|don vi|bo phan|hoi|trung tam|ban nganh|ben|(?<!tren )(?<!tren bao )(?:bao|dai)) nao|phong ban nao)\b"
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
DAY = re.compile(r"ngay (?:may|nao|bao nhieu|cu the)|hom nao|bua nao|ngay gi")
_PRODUCT = re.compile(r"san pham|dau ra|(?:phai )?(?:lam|co) ra (?:cai )?gi|chi tieu|nop (?:cai )?gi\b")
_MEANS = re.compile(
    r"hinh thuc|kenh\b|\b(?:bao|dai|bao dai|bao chi|truyen hinh|phat thanh) nao\b"
    r"|bang cach|phuong tien nao|(?:dang|phat|dua|nam) (?:o|len) dau|tren (?:bao|dai|kenh) nao"
    r"|cach nao|nhung dip"
)
_FACETS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chu_tri", _WHO),
    ("phoi_hop", _WITH),
    ("thoi_han", _WHEN),
    ("tan_suat", _OFTEN),
    ("tan_suat", re.compile(r"bao lau (?:thi )?(?:[a-z]+ ){1,3}(?:mot|1) lan")),
    ("san_pham", _PRODUCT),
    ("kenh", _MEANS),
    ("nhiem_vu", _DUTIES),
    ("noi_nhan", re.compile(r"(?<!bao cao )\bgui (?:cho |den |toi |di )?(?:nhung |cac )?(?:noi|dau|co quan)\b")),
    ("can_cu", re.compile(r"(?:co so )?phap ly|(?:theo|dua (?:vao|tren)) (?:nhung |cac )?van ban")),
    ("so_hieu", re.compile(r"(?:ban hanh|ky|ra) (?:truoc|sau|som)")),
    ("noi_dung", re.compile(r"tuyen truyen (?:ve )?(?:nhung |cac |cai )?(?:van de |viec )?gi\b")),
)
OF_TASK = ("chu_tri", "phoi_hop", "thoi_han", "tan_suat", "san_pham", "kenh")
_DEMANDS = re.compile(r"(?:nhung |cac )?yeu cau (?:gi|nao|cua|ra sao)")
_DUTY_NAMED = r"chu tri|phu trach|dau moi|thuong truc|dung ra|chiu trach nhiem|ai (?:lam|lo)|(?:so|phong) nao"
# An aspect beside one of these others is only a word of the sentence, unless the pattern is there too.
_UNLESS: tuple[tuple[str, frozenset[str], str], ...] = (
    ("chu_tri", frozenset({"doi_tuong"}), r"chu tri|phu trach|(?:so|phong|co quan) nao"),
    ("chu_tri", frozenset({"phoi_hop"}), _DUTY_NAMED),
    ("yeu_cau", frozenset({""}), _DEMANDS.pattern + r"|nhung yeu cau|cac yeu cau"),
    ("can_cu", frozenset({"kinh_phi"}), "|".join(LAW_KINDS)),
    ("noi_nhan", frozenset({"bao_cao"}), r"noi nhan"),
    ("so_hieu", frozenset({"noi_dung"}), r"so (?:may|bao nhieu|nao)|so hieu|ngay|(?:ban hanh|ky|ra) (?:truoc|sau|som)"),
)
_NOT_MEANT = (
    ("chu_tri", r"chu tri (?:nhung )?(?:viec |hoi nghi )?gi\b|chu tri (?:nhung|bao nhieu|may)|\bco\b.* ai khong\b"),
)
# Phrases of these aspects say only how it is asked, never what about.
_PURE = frozenset(
    "thoi_han tan_suat san_pham doi_tuong so_hieu nguoi_ky noi_nhan hieu_luc noi_dung muc_dich can_cu".split()
)


@dataclass(frozen=True, slots=True)
class Ask:
    """A question on plans. `terms`: what it is about, with weights; `exact`: the words among them that were written
    with marks, as the shelf knows them; `places`: normalised names of plans' places."""

    text: str
    folded: str
    aspects: tuple[str, ...]
    terms: Mapping[str, float]
    places: tuple[str, ...]
    others: tuple[str, ...]
    years: tuple[int, ...]
    tokens: tuple[str, ...] = ()
    exact: Mapping[str, str] = field(default_factory=dict)

    @property
    def weight(self) -> float:
        return sum(self.terms.values())

    @property
    def bare(self) -> bool:
        """Whether a question names no subject of its own."""
        return sum(self.own.values()) < 4.0

    @property
    def own(self) -> Mapping[str, float]:
        """The terms that could not be said of every plan."""
        words = set(_GENERAL.sub("", " ".join(self.tokens)).split())
        return {term: weight for term, weight in self.terms.items() if words.intersection(term.split())}

    def key(self, term: str) -> str:
        """What the shelf calls a term of the question."""
        return self.exact.get(term, term)

    def asks(self, *aspects: str) -> bool:
        return any(a in self.aspects for a in aspects)


def ask(reading: Reading, library: Library) -> Ask:
    found = shelf(library)
    text = _without_acronyms(_LO_TIEN.sub("kinh phí", reading.text[:LONGEST_QUESTION]), found.acronyms)
    folded = fold(text)
    places = [*told(found.places, text), *_bare_places(text, found)]
    blank = _blank(text, [(t.start, t.end) for t in places])
    others = told(found.others, blank)
    blank = _blank(blank, [(t.start, t.end) for t in others])
    blank = _OF_PLACE.sub(lambda m: "_" * len(m[0]), blank)
    years = tuple(y for y in reading.years if not re.search(rf"\b{y}\s*-\s*20|20\d\d\s*-\s*{y}\b|\b{y}-|:{y}", folded))
    tokens = _subject(blank, folded, library, years, found.pairs)
    exact = _exact(blank, tokens, found)
    return Ask(
        text,
        folded,
        _aspects(reading, folded),
        _weighted(tokens, exact, found),
        tuple(dict.fromkeys(t.key for t in places)),
        tuple(dict.fromkeys(t.key for t in others)),
        years,
        tuple(tokens),
        exact,
    )


def _without_acronyms(text: str, acronyms: Mapping[str, str]) -> str:
    def whole(m: re.Match[str]) -> str:
        letters = fold(re.sub(r"[^a-zđ]", "", m[0]))
        return acronyms.get(letters, m[0]) if (len(letters) > 2 and letters == fold(m[0])) or "&" in m[0] else m[0]

    return _ACRONYM.sub(whole, text)


def _bare_places(text: str, found: Shelf) -> list[Told]:
    """A place typed without marks in a text that has them elsewhere: "can tho năm 2014"."""
    if text.isascii():
        return []
    names = ((w.key, fold(w.name)) for w in found.places)
    return [Told(k, n, m.start(), m.end()) for k, n in names for m in re.finditer(rf"\b{re.escape(n)}\b", text)]


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these places filled: as long as before, and with no word there."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = "_" * (end - start)
    return "".join(letters)


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
        issuers = {fold(bare_body(p.issuer, p.place, p.district)) for p in library.plans.values() if tier(p) == "sở"}
        issuers |= {" ".join(name.split()[:3]) for name in issuers}  # "Sở Khoa học", for short
        spans += [m.span() for name in issuers for m in re.finditer(rf"\b{re.escape(name)}\b", folded)]
    tokens = content_words(_blank(blank, spans), pairs)
    own = {x for p in library.plans.values() if numbers(p, folded) for x in (fold(p.number), code_term(p.number))}
    tokens = [t for t in tokens if t not in own]
    tokens += [
        f"#{n}" for n in _LAW_WORD.findall(folded) if f"#{n}" not in own and not (len(n) == 4 and n.startswith("20"))
    ]
    return [t for t in tokens if not (t.isdecimal() and int(t) in years)]


def _exact(text: str, tokens: Sequence[str], found: Shelf) -> dict[str, str]:
    """Words written with marks mean just these: "thưởng" is not "thường". One that no plan writes so is a typing error
    beside a neighbour that it stands beside in the plans, else a word that the plans do not know."""
    pairs = {w for t in terms_of(tokens) if " " in t and t in found.weight for w in t.split()}
    exact = {plain: f"={word}" for plain, word in marked(text).items() if plain in tokens}
    return {plain: key for plain, key in exact.items() if key in found.weight or plain not in pairs}


def _weighted(tokens: Sequence[str], exact: Mapping[str, str], found: Shelf) -> dict[str, float]:
    weights: dict[str, float] = {}
    for term in terms_of(tokens):
        if (key := exact.get(term, term)) in found.weight:
            weights[term] = found.weight[key]
        elif " " not in term:
            weights[term] = _UNKNOWN if len(term) > 1 else 0.0
        elif all(w in found.weight for w in term.split()):
            weights[term] = 1.0
    return {t: w for t, w in weights.items() if w > 0}


def _aspects(reading: Reading, folded: str) -> tuple[str, ...]:
    """What is asked, the words of language.yaml joined with how questions on plans are put."""
    found = [a for a in reading.plan_aspects if a not in ("kenh", "chu_tri", "thoi_han", "phoi_hop")]
    found += [a for a, pattern in _FACETS if pattern.search(folded)]
    if re.search(r"\bky (?:ke hoach|van ban|thay|ten)\b", folded):
        found.insert(0, "nguoi_ky")
    dropped = {a for a, others, unless in _UNLESS if others & {*found, ""} and not re.search(unless, folded)}
    dropped |= {a for a, pattern in _NOT_MEANT if re.search(pattern, folded)}
    kept = [a for a in dict.fromkeys(found) if a not in dropped]
    return tuple(a for a in kept if a != "noi_dung" or len(kept) == 1)


def numbers(plan: Plan, folded: str) -> bool:
    number = fold(plan.number).split("/")[0]
    return bool(number) and bool(re.search(rf"(?<![\w/]){number}/kh\b|\bke hoach (?:so )?{number}(?![\w/])", folded))
