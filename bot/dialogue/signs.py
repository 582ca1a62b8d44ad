"""Danger that is not said outright, and words of danger that tell of none: exaggeration, lost things, what is over."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.understanding import Reading
from knowledge.library import Library
from knowledge.records import Wordlist
from knowledge.vietnamese import fold, normalise, told

EXAGGERATED, CHILD, SUICIDE = "noi_qua", "tre_em", "tu_tu"
# An animal or a thing that is lost, dead, broken or fell into water, and what an animal did to a thing. With marks
# where a word without them may be a person: "bo" is an ox and a father.
_WHOSE = (
    r"(?: (?:con|cưng|cung|nhà|nha|của|cua|em|tôi|toi|mình|minh|cháu|chau|nuôi|nuoi|bị|bi|hôm|hom|qua|sáng|sang|"
    r"đang|dang))*"
)
_PET = r"(?:chó|mèo|cún|vẹt|chim|gà|vịt|heo|lợn|bò|trâu|dê|cá|con cho|cho nha|meo|con ga|ga nha|heo|con vit|con trau)"
_THING = (
    r"(?:điện thoại|dien thoai|ví|bóp|cái vi|cai bop|ba lô|ba lo|vali|hành lý|hanh ly|túi|chìa khóa|chia khoa|dép|nón|"
    r"đồ chơi)"
)
_LOST_THING = re.compile(
    rf"\b(?:{_PET}|{_THING}){_WHOSE} (?:đi|di|bị|bi|thất|that) (?:lạc|lac)\b|"
    rf"\b{_PET}{_WHOSE} (?:(?:xe )?(?:tông|tong|cán|can|đụng|dung) )?(?:chết|chet|đẻ|de|mất|mat)\b|"
    rf"\b{_THING}{_WHOSE} (?:rơi|roi|rớt|rot|lọt|lot|văng|vang|té|te) (?:xuống|xuong|vào|vao|vô|vo)\b|"
    rf"\b(?:xe|ô tô|o to)(?: (?:máy|may|đạp|dap|hơi|hoi|tải|tai))?{_WHOSE} (?:chết máy|chet may|hết xăng|het xang|"
    r"xịt lốp|bể bánh)\b"
)
_BITTEN = re.compile(
    rf"\b{_PET}\b.{{0,15}}\b(?:cắn|can|cào|cao|xé|xe|gặm|gam|tha) (?:nát|nat|rách|rach|hư|hu|mất|mat|hết|het)\b"
    r"(?!.{0,25}\b(?:tay|chân|chan|mặt|người|nguoi|bé|be|đầu|dau|thịt|thit)\b)"
)
_WITH_IT = re.compile(
    r"\b(?:be|chau be|em be|tre|ong (?:noi|ngoai|cu)|ba noi|ba ngoai|ba cu|bo (?:em|toi|minh)|dat|cuu|cap cuu|nguoi|lu|"
    r"ngap|duong ray|de)\b"
)
# It is over: who did it is caught, the fire is out.
SETTLED = re.compile(
    r"\bcong an\b.{0,12}\bbat (?:duoc|roi|het|giu|no|chung no)\b|\bdap (?:duoc|tat|xong)(?: lua| chay)? roi\b|"
    r"\b(?:gio|nay) (?:thi )?(?:da )?(?:yen on|on (?:roi|thoa|dinh)|(?:lanh|khoi|khoe|binh thuong)(?: \w+)? roi)\b"
)
# Whom one lives with does it: a place to stay is needed as well.
REFUGE = ("ngoi_nha_binh_yen",)
_AT_HOME = re.compile(
    r"\b(?:chong|vo|nguoi yeu|ban trai)\b.{0,20}\b(?:danh|bao hanh|hanh ha|tra tan|doa giet)\b|"
    r"\bbao luc gia dinh\b|\btam lanh\b|\bcho (?:o|nau|tron|lanh)\b.{0,12}\ban toan\b"
)
# A child of others: who hears or sees it through a wall cannot know what goes on, and calls the child helpline.
_OTHERS = Wordlist(
    CHILD,
    "Nhà người khác",
    (
        "(hàng xóm|nhà bên|nhà kế bên|kế bên|bên cạnh|sát vách|đối diện|trong xóm|cùng xóm|cùng dãy trọ|phòng trọ)",
        "(cha dượng|bố dượng|ba dượng|dượng nó|dượng bé|bị dượng|mẹ kế|mẹ ghẻ|dì ghẻ)",
    ),
)
_CHILDREN = Wordlist(
    CHILD, "Con người khác", ("(con|mấy đứa con|đứa con|cháu) (nhà|hàng xóm|bà|ông|chị|cô|chú)", "đứa con")
)
_HARMED = Wordlist(
    CHILD,
    "Trẻ bị hại",
    (
        "(bầm tím|tím bầm|bầm dập|bầm mặt|bầm người|bầm mình|lằn roi|vết roi)",
        "(bị|dượng|mẹ kế|mẹ ghẻ|cha|bố|ba|mẹ) (nhốt|xích|trói|bỏ đói)",
        "(nhốt|xích|trói) (trong|không cho|ngoài|con|bé|cháu|nó)",
        "(bỏ đói|đói lả|không cho ăn)",
    ),
    ("(bị|chơi|chạy|đi xe) (té|ngã)", "(té|ngã) (xe|cầu thang)", "đi bộ đội"),
)
# Said by who may mean to end their life, and by others in a plain sense as well: it is asked.
_HINTED = Wordlist(
    SUICIDE,
    "Lời xa gần",
    (
        "(mệt muốn chết|muốn biến mất|muốn ngủ luôn|chết còn hơn|chết còn sướng hơn|sống không bằng chết)",
        "(viết thư để lại|để lại thư|để thư lại) cho",
        "sống (để làm gì|chi nữa)",
        "(là|làm|thành) gánh nặng cho",
        "chưa từng (tồn tại|được sinh ra|có mặt trên đời)",
        "(không|chẳng) còn (thiết gì|lý do để sống)",
        "(không|chẳng) (còn|có) (em|tôi|con|mình) (thì chắc|thì nhà|thì mọi người|chắc mọi người|trên đời)",
    ),
    ("nhà máy", "hoàn cảnh", "ngân sách", "xã hội", "nhà nước"),
)


def sober(reading: Reading, library: Library) -> Reading:
    """The reading without what is only said in exaggeration: nobody is in danger who laughs to death."""
    text = said = normalise(reading.text)
    for span in reversed(told((w for w in library.language.fillers if w.key == EXAGGERATED), text)):
        text = f"{text[: span.start]}{text[span.end :]}"
    if text == said:
        return reading
    emergencies = tuple(dict.fromkeys(t.key for t in told(library.language.emergencies, text)))
    return replace(reading, text=text, folded=fold(text), emergencies=emergencies)


def of_things(reading: Reading) -> bool:
    """An animal or a thing that is lost or spoilt, and nobody with it."""
    lost = _LOST_THING.search(reading.text) and not _WITH_IT.search(reading.folded)
    return bool(lost or _BITTEN.search(reading.text))


def harmed_child(reading: Reading, library: Library) -> bool:
    """A child of others that is bruised, locked up or starved, whatever else is told and however long it has been."""
    children = (_CHILDREN, *(w for w in library.language.hazards if w.key == CHILD))
    said = (any(told((w,), reading.text) for w in lists) for lists in ((_OTHERS,), (_HARMED,), children))
    return all(said)


def hinted(reading: Reading) -> tuple[str, ...]:
    """Suicide, where it may only be hinted at: to be asked, whatever the classifier thinks."""
    return (SUICIDE,) if told((_HINTED,), reading.text) else ()


def refuge(reading: Reading) -> tuple[str, ...]:
    """Who is beaten at home, or looks for a place to hide from it, is told of one beside the police."""
    return REFUGE if _AT_HOME.search(reading.folded) else ()
