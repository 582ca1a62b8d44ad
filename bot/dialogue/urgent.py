"""Danger: the number in the first line, at once, before anything else. In doubt it is asked, with the number beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.judging import Judge
from bot.dialogue.message import Behavior, Mention, MessageClass, Option, Reply
from bot.dialogue.signs import CHILD, SETTLED, harmed_child, of_things
from bot.dialogue.understanding import Reading, read
from bot.wording import citizens as say
from knowledge.library import Library
from knowledge.records import Contact
from knowledge.vietnamese import told

# Where only the classifier hears danger and no word tells which, these are offered.
GENERAL = ("canh_sat_113", "cap_cuu_115", "chua_chay_114")
# With a pattern, anything but absurd is believed; with a word of a hazard, what is likely enough; with one that may
# mean much else, more; with none, only what is as good as a cry for help. What is between is asked.
URGENT_AT_ALL, LIKELY, URGENT_SURE, CRY = 0.06, 0.25, 0.4, 0.6
_CALM = re.compile(r"\b(?:phong chay|chua chay|thu tuc|giay phep|ho so|dang ky|kinh doanh|bao hiem|le phi)\b")
# What comes again and again or has long been so is for the authority to mend; now is said otherwise.
_LASTING = re.compile(
    r"\b(?:ngay|dem|toi|sang|chieu|tuan|thang|nam) nao cung\b|\b(?:moi khi|moi lan|cu|he|hay) mua\b|"
    r"\bmua (?:la|xuong|to la|lon la)\b|\b(?:ca|may|hang|bao nhieu) (?:thang|tuan|nam)\b|\blau (?:roi|nay|lam roi)\b|"
    r"\b(?:hang|moi) (?:ngay|dem|tuan)\b|\bhay (?:bi|di lac|quen|om|dau|sot vat)\b|\b(?:te|nga|hu|hong|mat|cup|"
    r"ngap|ket|tac|can) suot\b|\bthuong xuyen\b|"
    r"\bhoi (?:nho|be|xua|con nho)\b|\bluc con nho\b|\bngay xua\b|"
    r"\b(?:tap|biet|chap chung) (?:di|bo|lat|dung)\b.{0,20}\b(?:te|nga)\b"
)
# A wrong that is done to somebody, or a thing that broke, and nobody in danger by that alone.
_CIVIL = re.compile(
    r"\b(?:duoi (?:hoc|viec|di|khoi (?:truong|lop|cong ty|nha)|ra (?:khoi|ngoai))|bi duoi|thoi (?:hoc|viec)|sa thai|"
    r"no (?:luong|tien|nan)|quyt (?:luong|tien|no)|tien coc|giu coc|tra coc|chu (?:nha|tro)|thue nha|ly hon|"
    r"bi (?:hu|hong|mat|phat|oan|can|lan|sot|ho|cam|om|benh|dau (?:bung|dau|rang|lung|hong))|chia tai san|lan dat|"
    r"tranh chap|bui (?:bam|mu|qua|bay))\b"
)
_LAW = re.compile(
    r"\b(?:theo luat|bo luat|luat (?:quy dinh|nao)|theo quy dinh|nghi dinh|(?:bi )?toi gi|bi phat|phat nguoi|"
    r"phat bao nhieu|xin phep|khen thuong|bai (?:thuyet trinh|van|luan|tap|hoc)|gui phan anh (?:o )?dau)\b"
)
_TURNED_OUT = re.compile(r"\bduoi\b.{0,12}\b(?:khoi nha|ra ngoai|ra duong|ra khoi nha)\b")
LASTING_SURE = 0.9
HEARD_AT_ONCE = 500
NEVER_DOUBTED = frozenset({"tu_tu", "tre_em"})
# A child who is ill needs the ambulance; one whom somebody harms, or who is lost, the child helpline as well.
HARMS = frozenset({"toi_pham", "bo_roi", "tung_anh"})
# What to do now differs so much that it is said before the other dangers' advice.
FORE, ALSO = ("lua_tien", "tung_anh"), {"tung_anh": CHILD}
# Held, sold or beaten in another country: the consular line brings people home, the police take the report.
FROM_ABROAD = ("bao_ho_cong_dan", "mua_ban_nguoi_111", "canh_sat_113")
_ABROAD = re.compile(
    r"\b(?:campuchia|cam pu chia|myanmar|mien dien|dubai|philippines?|malaysia|xu nguoi)\b|"
    r"\b(?:o|ben|sang|qua|tai|ra) (?:nuoc ngoai|lao(?! dong)|thai(?! nguyen| binh)|trung quoc|dai loan|han|nhat|nga|"
    r"my|uc)\b"
)
_HELD = re.compile(
    r"\bbi (?:giam|nhot|giu nguoi|ban (?:sang|qua|vao|cho)|tra tan|danh dap|ep (?:lam|lua))|\btien chuoc\b|"
    r"\b(?:cau|keu) cuu\b|\bkhong (?:cho ve|thoat duoc)\b|\bbi lua (?:qua|sang)\b|\blua ban (?:sang|qua)\b"
)
# Told of a day that is over, danger may last: whose breath stopped yesterday may lie in hospital, or be dead.
_OVER = re.compile(r"(?<!\w)(?:hôm qua|hom qua|tối qua|toi qua|đêm qua|dem qua|hôm trước|hom truoc)(?!\w)")


def cries(text: str, library: Library) -> bool:
    """Whether the patterns alone hear danger at its beginning: cheap enough to ask of all that arrives."""
    return bool(read(text[:HEARD_AT_ONCE], library).emergencies)


def danger(reading: Reading, judge: Judge, library: Library, cry: float = CRY) -> tuple[str, ...] | None:
    """The emergencies told, () for a cry that only the classifier hears (likely from `cry` on), None for none. A
    pattern that the classifier finds absurd ("chém giá", "phim cướp biển") is not believed, unless it tells of suicide
    or of a child."""
    likely = judge.urgent(reading.text, library.language)
    if harmed_child(reading, library) and not _LAW.search(reading.folded):
        return tuple(dict.fromkeys((CHILD, *hazards(reading, library)[0])))
    if of_things(reading) or lasts(reading, likely) or of_law(reading, likely):
        return None
    if reading.emergencies and (likely >= URGENT_AT_ALL or NEVER_DOUBTED & set(reading.emergencies)):
        return reading.emergencies
    if likely < LIKELY or calm(reading, judge, library, likely):
        return None
    signs, sure = hazards(reading, library)
    if not sure and _CIVIL.search(reading.folded):
        return None
    papers = bool(_CALM.search(reading.folded))  # "đăng ký kết hôn một mình" leaves nobody alone
    if signs and likely >= (LIKELY if sure and not papers else URGENT_SURE):
        return signs
    return () if likely >= cry else None


def doubted(reading: Reading, judge: Judge, library: Library) -> tuple[str, ...] | None:
    """The hazards of a message that may tell of danger: it is asked whether anybody is in it. None for none."""
    likely = judge.urgent(reading.text, library.language)
    if of_things(reading) or lasts(reading, likely) or of_law(reading, likely) or calm(reading, judge, library, likely):
        return None
    lists = library.language.emergencies
    if over := told(lists, _OVER.sub(" ", reading.text)):
        return tuple(dict.fromkeys(t.key for t in over))
    if _CIVIL.search(reading.folded) and not _TURNED_OUT.search(reading.folded):
        return None
    return hazards(reading, library)[0] if likely >= URGENT_SURE else None


def lasts(reading: Reading, likely: float) -> bool:
    never = NEVER_DOUBTED & set(reading.emergencies)
    lasting = _LASTING.search(reading.folded) or SETTLED.search(reading.folded)
    return bool(lasting) and likely < LASTING_SURE and not never


def of_law(reading: Reading, likely: float) -> bool:
    """Asked what the law says of such a deed. Of suicide nobody asks out of mere interest."""
    return bool(_LAW.search(reading.folded)) and likely < 0.9 and "tu_tu" not in reading.emergencies


def calm(reading: Reading, judge: Judge, library: Library, likely: float) -> bool:
    """What the citizen calls a petition; or a few words that by themselves tell of no danger: "còn phòng cháy"."""
    if judge.declared(reading.text, library.language) is not None and likely < 0.9:
        return True
    return len(reading.text.split()) <= 5 and likely < 0.95 and bool(_CALM.search(reading.folded))


def hazards(reading: Reading, library: Library) -> tuple[tuple[str, ...], bool]:
    """Which dangers the words tell, in the order in which the numbers are to be called, and whether they surely do: a
    single word without marks ("mau", "no") may mean much else, and counts only where nothing surer is told."""
    lists = library.language.hazards
    spans = [(t.key, reading.text[t.start : t.end]) for t in told(lists, reading.text)]
    surer = {key for key, typed in spans if " " in typed or not typed.isascii() or typed.isdigit()}
    sure = bool(surer - {CHILD})
    heard = surer if sure else {key for key, _ in spans}
    if not HARMS & heard:
        heard -= {CHILD}
    return tuple(words.key for words in lists if words.key in heard), sure


def urgent_reply(keys: Sequence[str], library: Library, beside: Sequence[str] = (), more: Sequence[str] = ()) -> Reply:
    """`keys`: the dangers that the message tells, the foremost first; `beside`: what else its words may tell; `more`:
    contacts that are named besides."""
    contacts = _called(keys, library) or _known(GENERAL, library)
    also = (*beside, *(k for told_of, k in ALSO.items() if told_of in (*keys, *beside)))
    extra = [*_called(also, library), *_known(more, library), *_known(GENERAL, library)]
    extra = [c for c in extra if c not in contacts]
    extra = [c for at, c in enumerate(extra) if c not in extra[:at]] if keys else []
    advised = [*(k for k in (*keys, *beside) if k in FORE), *keys]
    advice = next((say.URGENT_ADVICE[k] for k in advised if k in say.URGENT_ADVICE), say.URGENT_GENERAL)
    return _calling(contacts, advice, extra)


def held_abroad(reading: Reading) -> bool:
    """Somebody is held, sold or beaten in another country: those who bring people home are called first."""
    return bool(_ABROAD.search(reading.folded) and _HELD.search(reading.folded)) and not _LAW.search(reading.folded)


def abroad_reply(library: Library) -> Reply:
    return _calling(_known(FROM_ABROAD, library), say.URGENT_ABROAD, [])


def beside_reply(reply: Reply, library: Library) -> Reply:
    """An answer with whom to call above it: what was told may be danger, and is more likely a part of the story."""
    numbers = "; ".join(map(_numbered, _known(GENERAL, library)))
    return replace(reply, text=f"{say.IF_DANGER.format(numbers=numbers)}\n\n{reply.text}")


def _calling(contacts: Sequence[Contact], advice: str, extra: Sequence[Contact]) -> Reply:
    lines = [say.CALL_NOW.format(numbers="; ".join(map(_numbered, contacts))), advice]
    if extra:
        lines.append(say.URGENT_OTHERS.format(numbers=", ".join(map(_numbered, extra))))
    return Reply(
        Behavior.EMERGENCY,
        "\n".join(lines),
        tuple(Mention("contact", c.key, "", c.name) for c in (*contacts, *extra)),
        tuple(Option(f"c:{c.key}", f"{c.number} – {_short(c.name)}"[:60]) for c in contacts),
        message_class=MessageClass.EMERGENCY,
        urgent=True,
        score=1.0,
    )


def doubtful_reply(keys: Sequence[str], library: Library) -> Reply:
    """Whether anybody is in danger, with whom to call if so: who is need not answer first."""
    contacts = _called(keys, library) or _known(GENERAL, library)
    text = say.IN_DANGER.format(numbers="; ".join(map(_numbered, contacts)))
    options = tuple(Option(f"c:{c.key}", f"{c.number} – {_short(c.name)}"[:60]) for c in contacts)
    mentions = tuple(Mention("contact", c.key, "", c.name) for c in contacts)
    yes, no = Option(f"{DANGER}{'.'.join(keys)}"[:60], say.DANGER_YES), Option(NO_DANGER, say.DANGER_NO)
    return Reply(Behavior.CLARIFY, text, mentions, (yes, no, *options), message_class=MessageClass.UNCLEAR)


DANGER, NO_DANGER = "sos:", "sos:no"
_SERVICES = {
    "canh_sat_113": r"cong an|canh sat|113",
    "cap_cuu_115": r"(?:xe )?cap cuu|(?:xe )?cuu thuong|115",
    "chua_chay_114": r"(?:xe )?cuu hoa|(?:xe )?chua chay|(?:bao|goi)? ?chay|114",
    "cuu_nan_112": r"cuu nan|cuu ho|112",
}
_POLITELY = r"(?:(?:cho (?:em|toi|tui|minh|con|chau)? ?(?:xin|hoi)?|xin|hoi|ban oi|a|da|em can|toi can|can)\W+)*"
_NUMBER = r"(?:so|sdt|dien thoai|hotline|duong day nong)"
_ENDS = r"(?:\W+(?:la )?(?:so )?(?:gi|may|nao|bao nhieu|the)?(?:\W+(?:vay|the|a|nhi|ha|di|voi))*)?\W*"
_ASKED = {
    key: re.compile(
        rf"{_POLITELY}(?:{_NUMBER}(?: (?:dien thoai|goi|cua|khan|khan cap|de goi|bao|ben))* (?:{who}){_ENDS}"
        rf"|(?:goi |bao )?(?:{who}) (?:goi |bam |la )?(?:{_NUMBER}) (?:may|nao|gi|bao nhieu){_ENDS})"
    )
    for key, who in _SERVICES.items()
}


def number_asked(reading: Reading) -> str:
    """The contact whose short number a few words ask for ("số công an là gì"); "" for none. One with a place or an
    office beside ("công an xã …") asks for another."""
    return next((key for key, asked in _ASKED.items() if asked.fullmatch(reading.folded.strip())), "")


def _called(keys: Sequence[str], library: Library) -> list[Contact]:
    """The contacts of these dangers, each once."""
    language = library.language
    of = {w.key: w.contact for w in (*language.hazards, *language.emergencies)}
    return _known(tuple(dict.fromkeys(of[k] for k in keys if k in of)), library)


def _known(keys: Sequence[str], library: Library) -> list[Contact]:
    return [c for key in keys if (c := library.contacts.get(key)) and c.number]


def _numbered(contact: Contact) -> str:
    return f"{contact.number} ({_short(contact.name)})"


def _short(name: str) -> str:
    return say.URGENT_NAMES.get(name, name.split("(")[0].strip().lower())
