"""Danger: the number in the first line, at once, before anything else."""

from __future__ import annotations

import re

from bot.dialogue.judging import Judge
from bot.dialogue.message import Behavior, Mention, MessageClass, Option, Reply
from bot.dialogue.understanding import Reading
from bot.wording import citizens as say
from knowledge.library import Library

# Where only the classifier hears danger and no pattern tells which, these are offered.
GENERAL = ("canh_sat_113", "cap_cuu_115", "chua_chay_114")
# With a pattern, anything but absurd is believed; without one, the classifier must be sure.
URGENT_AT_ALL, URGENT_SURE = 0.06, 0.4
_CALM = re.compile(r"\b(?:phong chay|chua chay|thu tuc|giay phep|ho so|dang ky|kinh doanh|bao hiem|le phi)\b")
# What comes again and again or has long been so is for the authority to mend; now is said otherwise.
_LASTING = re.compile(
    r"\b(?:ngay|dem|toi|sang|chieu|tuan|thang|nam) nao cung\b|\b(?:moi khi|moi lan|cu|he|hay) mua\b|"
    r"\bmua (?:la|xuong|to la|lon la)\b|\b(?:ca|may|hang|bao nhieu) (?:thang|tuan|nam)\b|\blau (?:roi|nay|lam roi)\b|"
    r"\bhang (?:ngay|dem)\b|\bhay bi\b|\b(?:te|nga|hu|hong|mat|cup|ngap|ket|tac|can) suot\b|\bthuong xuyen\b"
)
LASTING_SURE = 0.9
NEVER_DOUBTED = frozenset({"tu_tu", "tre_em"})


def danger(reading: Reading, judge: Judge, library: Library) -> tuple[str, ...] | None:
    """The emergencies told, () for one that only the classifier hears, None for none. A pattern that the classifier
    finds absurd ("chém giá", "phim cướp biển") is not believed, unless it tells of suicide or of a child."""
    likely = judge.urgent(reading.text, library.language)
    if _LASTING.search(reading.folded) and likely < LASTING_SURE and not NEVER_DOUBTED & set(reading.emergencies):
        return None
    if reading.emergencies and (likely >= URGENT_AT_ALL or NEVER_DOUBTED & set(reading.emergencies)):
        return reading.emergencies
    calm = judge.declared(reading.text, library.language) is not None and likely < 0.9
    # "còn phòng cháy": a few words that by themselves tell of no danger
    calm = calm or (len(reading.text.split()) <= 5 and likely < 0.95 and bool(_CALM.search(reading.folded)))
    return () if likely >= URGENT_SURE and not calm else None


def urgent_reply(keys: tuple[str, ...], library: Library) -> Reply:
    """`keys`: the emergencies of language.yaml that the message tells, the foremost first."""
    lists = {w.key: w for w in library.language.emergencies}
    wanted = tuple(dict.fromkeys(lists[k].contact for k in keys if k in lists)) or GENERAL
    contacts = [c for key in wanted if (c := library.contacts.get(key)) and c.number]
    first = "; ".join(f"{c.number} ({_short(c.name)})" for c in contacts)
    lines = [say.CALL_NOW.format(numbers=first)]
    lines += [say.URGENT_ADVICE[k] for k in keys if k in say.URGENT_ADVICE][:1] or [say.URGENT_GENERAL]
    if extra := [c for key in GENERAL if key not in wanted and (c := library.contacts.get(key)) and c.number]:
        lines.append(say.URGENT_OTHERS.format(numbers=", ".join(f"{c.number} ({_short(c.name)})" for c in extra)))
    mentions = tuple(Mention("contact", c.key, "", c.name) for c in (*contacts, *extra))
    options = tuple(Option(f"c:{c.key}", f"{c.number} – {_short(c.name)}"[:60]) for c in contacts)
    return Reply(
        Behavior.EMERGENCY,
        "\n".join(lines),
        mentions,
        options,
        message_class=MessageClass.EMERGENCY,
        urgent=True,
        score=1.0,
    )


def _short(name: str) -> str:
    return say.URGENT_NAMES.get(name, name.split("(")[0].strip().lower())
