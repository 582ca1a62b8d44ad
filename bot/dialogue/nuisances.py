"""A story of something public that is broken, dirty, noisy, blocked or dangerous: for the authority to mend."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.dialogue.decision import UNKNOWN, name_heard
from bot.dialogue.kinds import of_power
from bot.dialogue.strangers import telling
from bot.dialogue.turn import Turn
from index.passages import RecordKind
from knowledge.records import Wordlist
from knowledge.vietnamese import Told, fold, told
from knowledge.vietnamese.identity import Same

# "Mấy hôm nay" tells since when; it asks for no time.
OF_TIME = frozenset({"thoi_han"})
THING, CONDITION, STORY = "su_vat", "tinh_trang", "chuyen"
OWN, BROKEN = "do_rieng", "hu_hong"
# What is asked of a broken thing: where to have it mended, at what price; no office answers that.
_MENDING = frozenset(
    "sua bao hanh tho tiem cua hang chay xai dung ve giup voi dang bi roi cu moi cai con chiec".split()
)
# From how likely on a procedure that the words name is what they are about, whatever is broken in them.
NAMED = 0.75
# From how likely on a hotline answers it; these only take what is told further, as is done here.
MENDS = 0.6
TAKES_PETITIONS = frozenset({"tong_dai_1022", "phan_anh_156", "phan_anh_5656", "cong_pakn"})
_ASKS = re.compile(
    r"\b(?:bao (?:nhieu|lau|gio)|o dau|noi nao|cho nao|goi ai|bao ai|la gi|can gi|lam gi|the nao|lam sao|ra sao|"
    r"(?<!khong )(?<!chua )(?<!chang )ai(?! (?:cung|dam|chiu))|sao (?:vay|lai)|so (?:may|nao|nong|bao)|hotline|"
    r"tong dai|duong day nong|lich cup|bao (?:o )?mo|don khieu nai|khieu nai|to cao|gia re|giam gia|khuyen mai|lien he|"
    r"may (?:tien|gio)|may ngay(?! (?:nay|qua|roi|lien|hom))|duoc khong|phai khong|dung khong|co duoc|khi nao|thu tuc|"
    r"(?:cho|xin|muon|can) (?:toi |em |minh |con |chau |tui )?hoi)\b|"
    r"\b(?:khong|gi|dau|chua)\W*(?:a|nhi|vay|the|ban)?\W*$"
)
# "… xã có biết không" reproaches, and asks nothing.
_RHETORIC = re.compile(
    r"\W+(?:\w+ ){0,4}(?:co )?(?:biet|thay|hay|nghe|lo|quan tam|dinh (?:sua|lam)) (?:gi )?"
    r"(?:khong|chua)\W*(?:a|vay|the|nhi)?\W*$"
)
_CUT = re.compile(r"\b(?:mat|cup) dien\b")
_MENDED = re.compile(r"\b(?:da (?:duoc )?(?:sua|don|lap|xu ly|khac phuc)(?: xong)?|sua xong)\b")


def nuisance(turn: Turn) -> bool:
    """Whether the message tells such a story: it asks nothing and names no procedure."""
    reading = turn.reading
    told_first = _RHETORIC.sub("", reading.folded)
    asks = "?" in turn.message.text and told_first == reading.folded
    if asks or _ASKS.search(told_first) or _MENDED.search(reading.folded):
        return False
    if set(reading.aspects) - OF_TIME or reading.talk or reading.petition_code:
        return False
    return tells_nuisance(turn.library.language.nuisances, reading.text) and not _known_here(turn)


def broken_at_home(turn: Turn) -> bool:
    """Whether a message tells no more than that a thing of one's own is broken ("xe tôi bị hư")."""
    text = turn.reading.text
    by_key = {words.key: words for words in turn.library.language.nuisances}
    if not {OWN, BROKEN} <= by_key.keys():
        return False
    spans = [told((by_key[key],), text) for key in (OWN, BROKEN)]
    if not all(spans):
        return False
    said = {fold(w) for t in (*spans[0], *spans[1]) for w in text[t.start : t.end].split()}
    words = {fold(w) for clause in turn.reading.clauses for w in telling(turn.question, clause)}
    return words <= said | _MENDING


def tells_nuisance(lists: tuple[Wordlist, ...], text: str) -> bool:
    """A thing of the public with what is wrong about it, in whatever order; or both in one phrase."""
    by_key = {words.key: words for words in lists}
    if STORY not in by_key or _silenced(by_key[STORY], text):
        return False
    if told((by_key[STORY],), text):
        return True
    wrong, things = told((by_key[CONDITION],), text), told((by_key[THING],), text)
    return any(
        (t.end <= w.start or w.end <= t.start) and not (_vague(text, t) and _vague(text, w))
        for t in things
        for w in wrong
    )


def _vague(text: str, span: Told) -> bool:
    """A single word without marks may be any of many."""
    typed = text[span.start : span.end]
    return typed.isascii() and " " not in typed


def _silenced(words: Wordlist, text: str) -> bool:
    """What a story of this kind never speaks of (a licence, a fee) silences the pairs as well."""
    return bool(told((_silencing(Same(words)),), text))


@lru_cache(maxsize=8)
def _silencing(same: Same) -> Wordlist:
    """What silences a list, as a list: made once, since every list is made ready for being searched for."""
    words: Wordlist = same.it
    return Wordlist(words.key, words.name, words.unless)


def _known_here(turn: Turn) -> bool:
    """A procedure that is named is meant; a hotline that mends such things itself (a power cut) is the nearer one."""
    best = next(iter(turn.hits.hits), None)
    if best is None:
        return False
    cut = _CUT.search(turn.reading.folded) and of_power(turn.reading.folded)
    if turn.reading.provinces and cut and best.record.kind is RecordKind.CONTACT:
        return True  # the power company of that province is the nearer one
    if best.record.kind is RecordKind.PROCEDURE:
        return name_heard(best) >= NAMED and turn.hits.known >= UNKNOWN
    return turn.hits.known >= MENDS and best.record.key not in TAKES_PETITIONS
