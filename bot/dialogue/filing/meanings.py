"""What a button or a short answer means while a form is open; whatever means nothing here is written down."""

from __future__ import annotations

import re

from bot.dialogue.session import Draft
from knowledge.records import Wordlist
from knowledge.vietnamese import fold, told

STEPS = ("what", "where", "when", "contact")
HEARD = "heard"
"""A story that was told without being called a petition: it is asked whether it is to become one."""


SEALED, NAMELESS = "giau_ten", "khong_neu_ten"


def _words(key: str, *phrases: str, unless: tuple[str, ...] = ()) -> Wordlist:
    return Wordlist(key, key, phrases, unless)


_CANCEL = _words(
    "cancel",
    *("hủy", "hủy đi", "hủy phiếu", "không gửi", "không gửi nữa", "khỏi gửi", "đừng gửi", "không phản ánh nữa"),
    *("không góp ý nữa", "không kiến nghị nữa", "bỏ phiếu", "xóa phiếu", "thôi không gửi"),
    unless=("bị hủy", "sao không gửi"),
)
_GIVE_UP = _words("give_up", "thôi", "thôi khỏi", "thôi bỏ qua", "thôi không cần", "không cần nữa", "khỏi")
_PAUSE = _words("pause", "khoan", "khoan đã", "thôi khoan", "để sau", "lát nữa", "chờ chút", "đợi chút", "từ từ đã")
_SKIP = _words(
    "skip",
    *("bỏ qua", "bỏ qua đi", "không cần", "không", "không biết", "không nhớ", "không rõ", "chịu", "quên rồi", "skip"),
    *("khỏi cần", "không muốn nói", "không để lại", "không có", "không muốn", "không cần liên hệ", "khỏi liên hệ"),
    *("không cần để lại", "không để lại tên", "không cho số", "không có số", "khỏi để lại"),
)
_NAMELESS = _words(
    "noname",
    *("không nêu tên", "không ghi tên", "không để tên", "không cho tên", "không xưng tên", "ẩn danh", "nặc danh"),
    *("không muốn nêu tên", "không muốn ghi tên"),
)
_SEALED = _words(
    "sealed",
    *("giấu tên", "giữ kín tên", "giữ bí mật tên", "đừng nêu tên", "đừng để lộ tên", "đừng cho ai biết tên"),
    *("kín tên tôi", "giữ kín danh tính", "xin giấu tên"),
)
# Nothing is sent on a doubtful yes: "dung gui" may be "đúng, gửi" or "đừng gửi".
_DOUBTFUL = ("chưa", "không", "đừng gửi", "khoan", "đâu", "cho ai", "sai", "thế nào")
_YES = _words(
    "yes",
    *("đúng", "đúng rồi", "ừ", "ừm", "vâng", "dạ", "dạ vâng", "ok", "oke", "okê", "được", "được rồi", "chính xác"),
    *("đồng ý", "nhất trí", "phải", "phải rồi", "rồi", "có", "đúng vậy", "đúng thế", "ừ đúng", "dạ đúng"),
    unless=_DOUBTFUL,
)
_SEND = _words(
    "send",
    *(
        "gửi",
        "gửi đi",
        "gửi luôn",
        "gửi giúp",
        "gửi giùm",
        "gửi dùm",
        "gửi hộ",
        "gửi nhé",
        "cứ gửi",
        "xác nhận",
        "ok gửi",
    ),
    unless=_DOUBTFUL,
)
_EDIT = _words("edit", "sửa", "sửa lại", "sai", "sai rồi", "chưa đúng", "không đúng", "nhầm", "nhầm rồi", "không phải")
_MEANINGS = (_CANCEL, _PAUSE, _NAMELESS, _SEALED, _SEND, _EDIT, _GIVE_UP, _SKIP, _YES)
_SHORT = {"cancel": 8, "noname": 7, "sealed": 7, "send": 5, "edit": 4, "skip": 7, "give_up": 4, "yes": 4, "pause": 4}


_TYPED_SHORT = dict.fromkeys(("ko", "k", "hông", "hong", "hok", "khum", "hổng"), "không")
_TYPED_SHORT |= {"dc": "được", "đc": "được", "r": "rồi", "oki": "ok", "uh": "ừ", "uk": "ừ", "um": "ừ", "đr": "đúng rồi"}
_TYPED = re.compile(rf"(?<!\w)(?:{'|'.join(_TYPED_SHORT)})(?!\w)", re.I)


def wants_sealed(text: str) -> bool:
    return bool(told((_SEALED,), text))


def meant(draft: Draft, text: str, marks: frozenset[str], chosen: str) -> str:
    """What a button or a short answer asks for; "" where the words are to be written down."""
    if chosen.startswith("f:"):
        return chosen[2:]
    text = _TYPED.sub(lambda m: _TYPED_SHORT[m[0].lower()], text)
    count, bare = len(text.split()), is_bare(text)
    if "tiep_tuc" in marks and (draft.away or bare):
        return "resume"
    found = {t.key for t in told(_MEANINGS, text)}
    meaning = next((m.key for m in _MEANINGS if m.key in found and count <= _SHORT[m.key]), "")
    if not meaning and "huy" in marks and count <= 3:
        meaning = "give_up"
    if meaning == "cancel" and fold(text).startswith("dung gui") and text.isascii():
        meaning = ""
    return _at_this_step(draft.step, meaning, bare and not text.rstrip().endswith("?"))


def _at_this_step(step: str, meaning: str, bare: bool) -> str:
    """ "Thôi" skips what may be skipped and else ends it; a place that only holds "có" or "sai" is no such answer."""
    gathering = step in STEPS or step.startswith("fix_")
    if step == HEARD and meaning in ("edit", "skip", "give_up"):
        return "cancel" if bare else ""
    if meaning == "give_up":
        optional = step in ("where", "when", "contact") or step.startswith("fix_")
        return "skip" if optional else "" if step == "edit" else "cancel"
    if meaning in ("yes", "send") or (gathering and meaning in ("edit", "skip")):
        return meaning if bare else ""
    return "edit" if meaning == "skip" else meaning


_FILLERS = re.compile(
    r"\b(?:da|a|vang|u|um|ok|oke|nhe|nha|roi|di|minh|toi|em|con|chau|tui|ban|cho|xin|thi|la|muon|duoc|luon|giup|vay|the|"
    r"cai nay|tiep tuc|tiep|lam|cu|xac nhan|nhat tri|dang do|"
    r"gium|dum|ho|lien he|so dien thoai|dien thoai|sdt|so|ten|thong tin|de lai|de|"
    r"phan anh|kien nghi|gop y|gui|mot|viet|y kien|dong gop|bao cao|chuyen|dieu|viec|ve|nay|khong|co|dung|chinh xac|"
    r"bo qua|can|biet|nho|ro|chiu|quen|khoi|noi|de lai|skip|sua|lai|sai|nham|chua|phai|dong y|thoi|nua|voi|hoi)\b"
)


_WISHES = re.compile(
    r"\b(?:muon|xin|can|cho|gui|viet|toi|tui|em|minh|con|chau|giup|gium)\b.*\b(?:phan anh|gop y|kien nghi|y kien)\b"
)


def announces(text: str) -> bool:
    """Whether the words announce a petition and tell nothing yet: "muốn phản ánh"."""
    return is_bare(text) and bool(_WISHES.search(fold(text)))


def is_bare(text: str) -> bool:
    """Whether nothing remains but the words that announce ("tôi muốn phản ánh", "cho mình góp ý với") or fill."""
    return not re.search(r"[^\W_]", _FILLERS.sub(" ", fold(text)))
