"""Small talk, warnings and polite refusals: nothing is looked up but the numbers of the contacts.

Which of several wordings is said depends on the message alone, so that a conversation can be replayed.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.dialogue.message import Behavior, Option
from bot.wording import talk as say
from knowledge.library import Library
from knowledge.vietnamese import fold

HOTLINE, POLICE, AMBULANCE, REPORT = "tong_dai_dvcqg", "canh_sat_113", "cap_cuu_115", "phan_anh_156"
# Who takes reports of fraud in the whole country.
FRAUD = "truc_ban_c02"

# Of several keys told in one message the first here counts: warnings before wishes, wishes before courtesies.
_WARNED = ("otp", "bi_mat", "lam_gia", "chi_dan_an", "lua_dao_hoi", "bi_lua", "bi_trom")
_WISHES = ("ho_so_cua_toi", "nguoi_that", "giup", "ban_la_ai")
OUT_OF_SCOPE = (
    *("kham_benh", "thoi_tiet", "the_thao", "dau_tu", "xo_so", "nuoc_khac", "chinh_tri", "nau_an", "hoc_tap"),
    *("giai_tri", "tinh_cam"),
)
_COURTESIES = ("buon_chan", "xuc_pham", "khen", "tam_biet", "cam_on", "chao")
ORDER = (*_WARNED, *_WISHES, *OUT_OF_SCOPE, *_COURTESIES)

_REDIRECTED = ("ho_so_cua_toi", "nguoi_that", "lua_dao_hoi", "bi_lua", "bi_trom", "bi_mat")
_REFUSED = (*OUT_OF_SCOPE, "lam_gia", "chi_dan_an", "xuc_pham", "mua_vui", "yeu")
_OFFERS_WHAT_IT_CAN = (*OUT_OF_SCOPE, "chi_dan_an", "mua_vui", "yeu")
_BUTTONS: Mapping[str, tuple[str, ...]] = {"nguoi_that": ("f:begin",), "chay_chot": ("f:begin",)}

# The finer groups of a key, by words of the folded message.
_GROUPS: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "lam_gia": (
        ("ne_tranh", re.compile(r"\b(?:tron (?:thue|nghia vu)|ne thue|lach luat|tron linh)\b")),
        ("chay_chot", re.compile(r"\b(?:lo lot|dut lot|hoi lo|chay giay to|chay bang)\b")),
        ("giay_to_gia", re.compile(r"\b(?:gia|bang lai|mua giay kham)\b")),
    ),
    "buon_chan": (
        ("mua_vui", re.compile(r"\b(?:ke chuyen|hat|lam tho|bai tho)\b")),
        ("yeu", re.compile(r"\b(?:yeu (?:bot|ban|em)|nguoi yeu)\b")),
    ),
}


@dataclass(frozen=True, slots=True)
class Talk:
    """A reply that answers no record."""

    text: str
    behavior: Behavior
    options: tuple[Option, ...] = ()


def small_talk(keys: tuple[str, ...], text: str, library: Library) -> Talk | None:
    """The reply to what language.yaml's small_talk tells; None where no key is known here."""
    key = next((k for k in ORDER if k in keys), "")
    if not key:
        return None
    group = _group(key, text)
    sentence = _chosen(say.SENTENCES[group], text).format(**_numbers(library))
    if group in _OFFERS_WHAT_IT_CAN:
        sentence = f"{sentence} {_chosen(say.CAN_DO, text, 'can')}"
    if "chao" in keys and key in _WISHES:
        sentence = say.GREETING + sentence
    return Talk(sentence, _behavior(group), tuple(Option(i, say.BUTTONS[i]) for i in _BUTTONS.get(group, ())))


def empty(text: str) -> Talk:
    """The reply to a message that says nothing readable; `kind_of_empty` tells why."""
    return Talk(_chosen(say.EMPTY[kind_of_empty(text) or "gibberish"], text), Behavior.CHITCHAT)


def kind_of_empty(text: str) -> str:
    """Why nothing can be read: nothing, pictures, letter, number, script, gibberish; "" for a readable message."""
    letters = [c for c in unicodedata.normalize("NFC", text) if c.isalpha()]
    if not letters:
        return _without_letters(text)
    latin = [c for c in letters if unicodedata.name(c, "").startswith("LATIN")]
    if 2 * len(latin) < len(letters):
        return "script"
    if len(letters) == 1 and not any(c.isdigit() for c in text):
        return "letter"
    words = re.findall(r"[^\W\d_]+", fold(text))
    return "gibberish" if words and _is_mash(words) else ""


def _without_letters(text: str) -> str:
    if any(c.isdigit() for c in text):
        return "number"
    return "pictures" if any(unicodedata.category(c) in ("So", "Sk", "Cs", "Co") for c in text) else "nothing"


_NO_SYLLABLE = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}|(.)\1{4,}")


def _is_mash(words: Sequence[str]) -> bool:
    """Keys pressed at random: every word that is long enough to tell is no syllable of any language."""
    long = [w for w in words if len(w) >= 5]
    return bool(long) and all(_NO_SYLLABLE.search(w) for w in long) and len(long) >= len(words) / 2


def _group(key: str, text: str) -> str:
    folded = fold(text)
    return next((name for name, words in _GROUPS.get(key, ()) if words.search(folded)), key)


def _chosen(wordings: Sequence[str], text: str, salt: str = "") -> str:
    """Stable over runs: the same message always gets the same words."""
    return wordings[zlib.crc32(f"{salt}{fold(text)}".encode()) % len(wordings)]


def _behavior(group: str) -> Behavior:
    if group in _REDIRECTED:
        return Behavior.REDIRECT
    refused = group in _REFUSED or group in {name for name, _ in _GROUPS["lam_gia"]}
    return Behavior.OUT_OF_SCOPE if refused else Behavior.CHITCHAT


def _numbers(library: Library) -> dict[str, str]:
    """The parts of sentences that hold a number; a number that is not verified leaves its part out."""
    hotline = library.contacts.get(HOTLINE)
    called = say.NO_HOTLINE
    if hotline and hotline.number:
        hours = say.HOURS.format(hours=hotline.hours[0].lower() + hotline.hours[1:]) if hotline.hours else ""
        called = say.HOTLINE.format(name=hotline.name, number=hotline.number) + hours
    parts = {"report": (REPORT, say.REPORT), "police": (POLICE, say.POLICE), "ambulance": (AMBULANCE, say.AMBULANCE)}
    found = {name: (library.contacts.get(key), sentence) for name, (key, sentence) in parts.items()}
    filled = {n: s.format(number=c.number) if c and c.number else "" for n, (c, s) in found.items()}
    return {"hotline": called, **filled}
