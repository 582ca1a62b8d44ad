"""Signs in a question's words that tell siblings apart: ages, other countries, companies, a death, acts. Everything
compares folded words; nothing here knows a record by its name or key.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

OLDEST = 130

_FROM_AGE = re.compile(r"tu (?:du )?(\d{1,2}) tuoi")
_UNDER_AGE = re.compile(r"duoi (\d{1,2}) tuoi")
_AGE = re.compile(r"\b(\d{1,2}) ?(?:tuoi|t\b)")
_NEWBORN = re.compile(r"\b\d{1,2} (?:thang|ngay|tuan) tuoi|so sinh|moi (?:sinh|de|sanh)\b")
_COUNTRY = r"han|nhat|dai loan|trung quoc|my|phap|duc|uc|canada|thai lan|singapore|nga|an do|campuchia|lao"
_FOREIGN = re.compile(
    r"nuoc ngoai|ngoai quoc|viet kieu|quoc tich|\btay\b|dinh cu|dai su quan|lanh su|\bnuoc anh\b"
    rf"|\b(?:nguoi|nuoc|chong|vo|ben|sang|di|lay) (?:{_COUNTRY})\b(?! (?:hon|han|cap|nang|thuong|dong|tu))"
)
_FOREIGN_RECORD = re.compile(r"nuoc ngoai|quoc te|quoc tich|ho chieu")
_COMPANY = re.compile(r"cong ty|doanh nghiep|\btnhh\b|co phan|\bdn\b|chi nhanh")
_SHOP = re.compile(
    r"\bho kinh doanh|\bho ca the|\bhkd\b|\bmo (?:quan|tiem|hang|sap)\b|\btiem (?!chung|phong|ngua|vac)"
    r"|\bcua hang|\btap hoa\b"
    r"|\bquan (?:an|com|ca phe|cafe|cf|pho|bun|nuoc|nhau|tra|net|karaoke)\b|\bsap (?:hang|cho|rau|vai)\b"
    r"|\bban (?:hang|nuoc|tra|com|bun|pho|do an)\b"
)
_KIN = "me|ma|bo|ba|cha|tia|ong|chong|vo|cu|noi|ngoai|con|anh|chi|bac|chu|di|co|nguoi (?:nha|than|gia)"
_WHOSE = "em|toi|tui|minh|chau|noi|ngoai|nha|cu|ruot|ay|vua|moi|da|sap|bi|benh|dot ngot|tuan truoc|hom qua"
_THINGS = "the|can cuoc|bang|so|giay|xe|ho chieu|passport|cccd|bien|vi|bop|tien|do|dien thoai"
_DIED = re.compile(
    rf"\b(?:{_KIN})(?: (?:{_WHOSE}))* mat\b(?! (?:{_THINGS}))"
    r"|qua doi|tu tran|tu vong|nguoi (?:chet|mat)|co (?:tang|dam)|dam (?:ma|tang)|chet\b"
)
_DIED_RECORD = re.compile(r"khai tu|tu tuat|mai tang|tu tran|di san|thua ke|xoa dang ky")
_COSTS = r"(?: may| bao| bn| nhieu| tien| phi| le phi| thoi gian| cong| gi| khoang| them)"
# What one wants done: (sign, how it is said, how names of records say it). "Mất" is also "takes" and "died".
_ACTS = tuple(
    (name, re.compile(said), re.compile(named))
    for name, said, named in (
        (
            "again",
            rf"bi mat|\bmat\b(?!{_COSTS})|lam roi|that lac|cap lai|lam lai|chay mat|hong mat",
            r"cap lai|dang ky lai|mat",
        ),
        ("change", r"het han|cap doi|\bdoi\b|sap het|sai |thay doi|chuyen sang", r"cap doi|\bdoi\b|thay doi|cai chinh"),
        ("end", r"dong cua|cham dut|giai the|nghi (?:ban|luon|han)|xoa|\bcat\b|tra giay", r"cham dut|giai the|xoa"),
        ("pause", r"tam (?:ngung|nghi|dong)|nghi (?:mot|vai|may) thang", r"tam ngung"),
        (
            "copy",
            r"trich luc|sao luc|\bsao y\b|chung thuc|(?:xin|cap|lay|rut|lam)(?: lai)?(?: giay)? ban sao",
            r"ban sao|trich luc|chung thuc",
        ),
        ("together", r"lien thong|cung luc|mot lan|tron goi|mot the|ket hop|luon ca|gop", r"lien thong|ket hop"),
    )
)
_AGAIN = 0
SIGNS = (
    "age_fit",
    "foreign_fit",
    "foreign_extra",
    "company_fit",
    "died_fit",
    *(f"{name}_fit" for name, _, _ in _ACTS),
    "acts_extra",
)
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a folded question says; `acts` has a flag for each of _ACTS."""

    age: int | None
    foreign: bool
    company: bool
    shop: bool
    died: bool
    acts: tuple[bool, ...]


def asked(question: str) -> Asked:
    told = _AGE.search(question)
    died = bool(_DIED.search(question))
    return Asked(
        0 if _NEWBORN.search(question) else int(told.group(1)) if told else None,
        bool(_FOREIGN.search(question)),
        bool(_COMPANY.search(question)),
        bool(_SHOP.search(question)),
        died,
        tuple(bool(said.search(question)) and not (died and i == _AGAIN) for i, (_, said, _) in enumerate(_ACTS)),
    )


class SignedNames:
    """The same signs in the folded official names of records, one row each."""

    def __init__(self, names: Sequence[str]) -> None:
        self._ages = np.asarray([ages_in(n) or (0, 0) for n in names], np.int16).reshape(-1, 2)
        self._foreign, self._company = _flags(names, _FOREIGN_RECORD, _COMPANY)
        self._died, shop = _flags(names, _DIED_RECORD, _SHOP)
        self._shop = shop & ~self._company
        self._acts = _flags(names, *(done for _, _, done in _ACTS)).T

    def fits(self, question: str, chosen: npt.NDArray[np.int64]) -> Floats:
        """A row of SIGNS for each chosen name: +1 agrees, -1 contradicts, 0 says nothing; `acts_extra` counts what is
        done and not asked for."""
        said = asked(question)
        table = np.zeros((len(chosen), len(SIGNS)), np.float32)
        if said.age is not None:
            since, below = self._ages[chosen].T
            table[below > 0, 0] = np.where((since <= said.age) & (said.age < below), 1, -1)[below > 0]
        foreign, company, shop = self._foreign[chosen], self._company[chosen], self._shop[chosen]
        table[:, 1], table[:, 2] = said.foreign & foreign, said.foreign - foreign.astype(np.float32)
        if said.company or said.shop:
            agree = (said.company & company) | (said.shop & shop)
            table[company | shop, 3] = np.where(agree, 1, -1)[company | shop]
        if said.died:
            table[:, 4] = np.where(self._died[chosen], 1, -1)
        acts, wanted = self._acts[chosen], np.asarray(said.acts)
        table[:, 5:-1] = np.where(wanted, np.where(acts, 1, -1), 0)
        table[:, -1] = (acts & ~wanted).sum(axis=1)
        return table


def _flags(names: Sequence[str], *patterns: re.Pattern[str]) -> npt.NDArray[np.bool_]:
    """A row for each pattern: which names it is found in."""
    found = [[bool(pattern.search(name)) for name in names] for pattern in patterns]
    return np.asarray(found, np.bool_).reshape(len(patterns), len(names))


def ages_in(name: str) -> tuple[int, int] | None:
    """From which age to below which age a folded name is meant, where it says so."""
    since, under = _FROM_AGE.search(name), _UNDER_AGE.search(name)
    if not since and not under:
        return None
    return int(since.group(1)) if since else 0, int(under.group(1)) if under else OLDEST
