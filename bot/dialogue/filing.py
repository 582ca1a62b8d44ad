"""A petition is written step by step: what, where, when, contact, read back, confirm. Pure functions over a Draft.

Steps: `what where when contact confirm`, `edit` (which part?) and `fix_…` (the part anew). Nothing is filed unless the
citizen says so at the read-back; a complaint, a denunciation, a secret or other people's data are never filed.
Longer than most files because a form is one thing: half of it is the words by which people answer its questions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.dialogue.message import Behavior, File, Intent, LogFeedback, MessageClass, Option, Track
from bot.dialogue.session import Draft
from bot.petitions.privacy import Personal, findings, mask
from bot.wording import filing as say
from knowledge.records import Wordlist
from knowledge.vietnamese import fold, normalise, told

SEALED, NAMELESS = "giau_ten", "khong_neu_ten"
LONGEST, LONGEST_PART, SHOWN = 2000, 200, 400
# Probabilities of the classifier from which a message within a draft counts as a question of its own.
LIKELY, SURE = 0.5, 0.8

_STEPS = ("what", "where", "when", "contact")
_FIELDS = {"what": "text", "where": "where", "when": "when", "contact": "contact"}
_FILED_KINDS = (MessageClass.CONDUCT, MessageClass.RULES, MessageClass.SUGGESTION)
_LAWS_OF_THEIR_OWN = (MessageClass.COMPLAINT, MessageClass.DENUNCIATION)
_NEVER_KEPT = (Personal.IDENTITY, Personal.ACCOUNT, Personal.INSURANCE, Personal.ONE_TIME_CODE)


@dataclass(frozen=True, slots=True)
class Filed:
    """A step done. `draft` None: nothing is open any more."""

    draft: Draft | None
    text: str
    options: tuple[Option, ...]
    behavior: Behavior
    intents: tuple[Intent, ...] = ()


# --- what short answers mean -----------------------------------------------------------------------------------------


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
    *("khỏi cần", "không muốn nói", "không để lại", "không có", "không muốn"),
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
    "send", "gửi", "gửi đi", "gửi luôn", "gửi giúp", "gửi nhé", "cứ gửi", "xác nhận", "ok gửi", unless=_DOUBTFUL
)
_EDIT = _words("edit", "sửa", "sửa lại", "sai", "sai rồi", "chưa đúng", "không đúng", "nhầm", "nhầm rồi", "không phải")
_MEANINGS = (_CANCEL, _PAUSE, _NAMELESS, _SEALED, _SEND, _EDIT, _GIVE_UP, _SKIP, _YES)
_SHORT = {"cancel": 8, "noname": 7, "sealed": 7, "send": 5, "edit": 4, "skip": 5, "give_up": 4, "yes": 4, "pause": 4}


_TYPED_SHORT = dict.fromkeys(("ko", "k", "hông", "hong", "hok", "khum", "hổng"), "không")
_TYPED_SHORT |= {"dc": "được", "đc": "được", "r": "rồi", "oki": "ok", "uh": "ừ", "uk": "ừ", "um": "ừ", "đr": "đúng rồi"}
_TYPED = re.compile(rf"(?<!\w)(?:{'|'.join(_TYPED_SHORT)})(?!\w)", re.I)


def _meaning(draft: Draft, text: str, marks: frozenset[str], chosen: str) -> str:
    """What a button or a short answer asks for; "" where the words are to be written down."""
    if chosen.startswith("f:"):
        return chosen[2:]
    text = _TYPED.sub(lambda m: _TYPED_SHORT[m[0].lower()], text)
    count, bare = len(text.split()), _bare(text)
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
    gathering = step in _STEPS or step.startswith("fix_")
    if meaning == "give_up":
        optional = step in ("where", "when", "contact") or step.startswith("fix_")
        return "skip" if optional else "" if step == "edit" else "cancel"
    if meaning in ("yes", "send") or (gathering and meaning in ("edit", "skip")):
        return meaning if bare else ""
    return "edit" if meaning == "skip" else meaning


_FILLERS = re.compile(
    r"\b(?:da|a|vang|u|um|ok|oke|nhe|nha|roi|di|minh|toi|em|con|chau|tui|ban|cho|xin|thi|la|muon|duoc|luon|giup|vay|the|"
    r"cai nay|tiep tuc|tiep|lam|cu|xac nhan|nhat tri|dang do|"
    r"phan anh|kien nghi|gop y|gui|mot|viet|y kien|dong gop|bao cao|chuyen|dieu|viec|ve|nay|khong|co|dung|chinh xac|"
    r"bo qua|can|biet|nho|ro|chiu|quen|khoi|noi|de lai|skip|sua|lai|sai|nham|chua|phai|dong y|thoi|nua|voi|hoi)\b"
)


def _bare(text: str) -> bool:
    """Whether nothing remains but the words that announce ("tôi muốn phản ánh", "cho mình góp ý với") or fill."""
    return not re.search(r"[^\W_]", _FILLERS.sub(" ", fold(text)))


# --- the first message -----------------------------------------------------------------------------------------------


def begin(kind: MessageClass, text: str, authority: str) -> Filed:
    """The reply to a first message that is to be filed, explained or taken as praise."""
    if kind is MessageClass.THANKS:
        return _praise(text, authority)
    if turned := _turned_away(text, kind):
        return turned
    filed_kind = kind if kind in _FILED_KINDS else MessageClass.UNCLEAR
    draft = Draft(kind=filed_kind.value)
    opened = say.OPENED_FOR.format(authority=authority) if authority else say.OPENED_ADVICE
    announces = bool(re.search(r"\b(?:phan anh|gop y|kien nghi|y kien)\b", fold(text))) or not text.strip()
    if _empty_words(text):
        behavior = Behavior.PETITION if announces or filed_kind is kind else Behavior.CLARIFY
        return replace(_ask(draft, authority, opened), behavior=behavior)
    draft, notice = _told_what(draft, text)
    if kind in _FILED_KINDS:
        return _ask(_next(draft), authority, f"{opened} {notice}".strip())
    if announces:
        return _ask(draft, authority, opened)
    return replace(_ask(draft, authority, notice), behavior=Behavior.CLARIFY)


def _empty_words(text: str) -> bool:
    """An announcement with at most the addressee: "cho mình gửi một góp ý với phường"."""
    rest = re.sub(r"\b(?:phuong|xa|uy ban|ubnd|co quan|can bo|so|tinh|chinh quyen|tro ly|bot)\b", " ", fold(text))
    return _bare(rest)


def without_draft(chosen: str, authority: str) -> Filed:
    """A filing button pressed when no draft is open: `f:begin` opens one, the others are of a form that is gone."""
    if chosen == "f:begin":
        return begin(MessageClass.UNCLEAR, "", authority)
    return Filed(None, say.NOTHING_OPEN, _buttons("f:begin"), Behavior.PETITION)


def _turned_away(text: str, kind: MessageClass | None) -> Filed | None:
    """What is never filed, and where it goes."""
    if _is_secret(text):
        return Filed(None, say.SECRET, (), Behavior.REDIRECT)
    if _OTHERS.match(normalise(text)):
        return Filed(None, say.OTHERS_DATA, _buttons("f:begin"), Behavior.REDIRECT)
    if kind is MessageClass.COMPLAINT:
        return Filed(None, say.COMPLAINT, _buttons("p:khieu_nai", "p:tiep_cong_dan"), Behavior.REDIRECT)
    if kind is MessageClass.DENUNCIATION:
        return Filed(None, say.DENUNCIATION, _buttons("p:to_cao", "p:tiep_cong_dan"), Behavior.REDIRECT)
    return None


# Compared with marks: "tài liệu mật" is a secret, "tai lieu mat" may be lost papers.
_MARKED_SECRET = re.compile(r"\b(?:(?:tài liệu|văn bản|hồ sơ|công văn|đóng dấu|đóng mộc) mật|tối mật|tuyệt mật)\b")
_SECRET = re.compile(r"\bbi mat (?:nha nuoc|quan su|quoc gia|quoc phong)\b")
_OTHERS = re.compile(
    r"(?:(?:bạn|ban|mình|minh|tôi|toi|em|con|ơi|oi|dạ|da|muốn|muon|cần|can|làm ơn|giúp|giup)\W+)*"
    r"(?:xin|cho|tra|tìm|tim|lấy|cung cấp)\b[^.?!\n]{0,25}"
    r"\b(?:số điện thoại|so dien thoai|sđt|sdt|số căn cước|so can cuoc|số cccd|so cccd|địa chỉ nhà|dia chi nha|"
    r"thông tin cá nhân|thong tin ca nhan)(?: riêng| rieng)? (?:của |cua )?"
    r"(?:ông|bà|chị|anh|cô|hàng xóm|người yêu|vợ cũ|chồng cũ|ong|ba|chi|hang xom|nguoi yeu|vo cu|chong cu)\b"
)


def _is_secret(text: str) -> bool:
    return bool(_MARKED_SECRET.search(normalise(text)) or _SECRET.search(fold(text)))


_OFFICERS = re.compile(
    r"\b(?:can bo|cong an|mot cua|uy ban|ubnd|phuong|xa|trung tam|to cong nghe|nhan vien|tiep nhan|bo phan|ho tich|"
    r"dia chinh|tu phap|lanh dao|chu tich|co quan|cong chuc|bac si|truong thon|to truong)\b"
)


def _praise(text: str, authority: str) -> Filed:
    """Thanks to an officer are kept as feedback; thanks to the assistant are answered."""
    if not _OFFICERS.search(fold(text)):
        return Filed(None, say.WELCOME, (), Behavior.CHITCHAT)
    thanks = say.PRAISE_FOR.format(authority=authority) if authority else say.PRAISE
    return Filed(None, thanks, (), Behavior.CHITCHAT, (LogFeedback(True, words=mask(_tidy(text, LONGEST))),))


# --- the next message ------------------------------------------------------------------------------------------------


def go_on(
    draft: Draft,
    text: str,
    marks: frozenset[str],
    chosen: str,
    authority: str,
    said: MessageClass | None = None,
) -> Filed:
    """The next step. `said`: the class of this message where the classifier is sure of it, else None."""
    meaning = _meaning(draft, text, marks, chosen)
    if meaning == "cancel":
        return Filed(None, say.CANCELLED, (), Behavior.PETITION)
    if meaning == "pause":
        return Filed(replace(draft, away=True), say.PAUSED, _buttons("f:resume", "f:cancel"), Behavior.PETITION)
    back = replace(draft, away=False)
    if meaning in ("resume", "begin"):
        resumed = say.RESUMED.format(text=_shown(draft.text, 120).rstrip(".")) if draft.text else say.RESUMED_EMPTY
        return _ask(back, authority, resumed)
    if not meaning and (turned := _turned_away(text, said if draft.step == "what" else None)):
        return turned
    if draft.step in ("confirm", "edit"):
        return _at_read_back(back, text, meaning, authority)
    return _gather(back, text, meaning, authority, said)


def wants_away(
    draft: Draft,
    said: MessageClass,
    probability: float,
    confident: bool,
    aspects: Sequence[str],
    text: str,
    marks: frozenset[str],
) -> bool:
    """Whether a typed message within an open draft asks something else. `confident`: the retriever is sure of a
    record; `aspects`: what is asked of it. Where the story itself is told, only a sure question leaves."""
    if said is MessageClass.EMERGENCY:
        return True
    if draft.away:
        return "tiep_tuc" not in marks and _meaning(draft, text, marks, "") != "cancel"
    if not (confident and aspects):
        return False
    question = said is MessageClass.QUESTION
    turns = bool(re.match(r"(?:thoi\W+)?(?:khoan|cho (?:toi|em|minh|con|chau)? ?hoi|a ma|tien the)\b", fold(text)))
    if draft.step == "what":
        return question and (turns or probability >= SURE)
    return turns or (question and probability >= LIKELY) or text.rstrip().endswith("?")


def leave(draft: Draft) -> Draft:
    """The draft while the citizen asks something else; the reply then adds `wording.filing.KEPT_OPEN`."""
    return replace(draft, away=True)


def track(code: str) -> Filed:
    """A petition's code was named. Without a store that holds it nothing is known of it, and nothing is said of it."""
    spelled = re.fullmatch(r"PA-\d{4}-\d{1,6}(?:-[A-Z])?", code.strip().upper())
    if not spelled:
        return Filed(None, say.ASK_CODE, (), Behavior.PETITION)
    return Filed(None, say.NOT_FOUND.format(code=spelled[0]), (), Behavior.PETITION, (Track(spelled[0]),))


# --- gathering -------------------------------------------------------------------------------------------------------


def _gather(draft: Draft, text: str, meaning: str, authority: str, said: MessageClass | None) -> Filed:
    part = draft.step.removeprefix("fix_").replace("text", "what")
    if meaning in ("sealed", "noname"):
        return _unnamed(draft, meaning, authority)
    fixing = draft.step.startswith("fix_")
    if meaning == "skip" and (fixing or part != "what"):
        return _ask(_next(draft if fixing else _with(draft, _FIELDS[part], "")), authority)
    if meaning or not re.search(r"\w", text) or (part == "what" and _empty_words(text)):
        return _ask(draft, authority)
    if part in say.WHY and text.rstrip().endswith("?"):
        return _ask(draft, authority, say.WHY[part])
    if draft.kind == MessageClass.UNCLEAR and said in _FILED_KINDS:
        draft = replace(draft, kind=said.value)
    filled, notice = _filled(draft, part, text)
    if not getattr(filled, _FIELDS[part]):
        return _ask(draft, authority, notice)
    return _ask(_next(filled), authority, notice)


def _with(draft: Draft, field: str, value: str) -> Draft:
    return replace(draft, **dict[str, Any]({field: value}))


def _filled(draft: Draft, part: str, text: str) -> tuple[Draft, str]:
    if part == "what":
        return _told_what(replace(draft, text="") if draft.step == "fix_text" else draft, text)
    clean, notice = _cleaned(text)
    value = _tidy(clean, LONGEST_PART)
    if part == "contact":
        hidden = SEALED if told((_SEALED,), text) else draft.anonymous if draft.anonymous == SEALED else ""
        return replace(draft, contact=value, anonymous=hidden), notice
    if part == "where" and (times := _times(value)) and draft.step == "where":
        clauses = [c.strip() for c in re.split(r"[,;\n]|\. ", value)]
        with_time = [c for c in clauses if _times(c)]
        rest = ", ".join(c for c in clauses if c and c not in with_time)
        return replace(draft, where=rest or value, when=", ".join(with_time) if rest else times[0]), notice
    return _with(draft, _FIELDS[part], value), notice


def _told_what(draft: Draft, text: str) -> tuple[Draft, str]:
    """The story, with the place, the time and the own contact that it names taken note of."""
    clean, notice = _cleaned(text)
    contact, rest = _own_contact(clean)
    if contact and not draft.contact and not _bare(rest):
        clean = rest
        draft = replace(draft, contact=_tidy(contact, LONGEST_PART))
    before = draft.text + "." if draft.text and draft.text[-1] not in ".!?…" else draft.text
    whole = f"{before} {_tidy(clean, LONGEST * 2)}".strip()
    if len(whole) > LONGEST:
        notice = notice or say.CUT
    times, place = _times(clean), _place(clean)
    hidden = SEALED if told((_SEALED,), text) else draft.anonymous
    draft = replace(draft, text=_tidy(whole, LONGEST), where=draft.where or place, anonymous=hidden)
    timed = len(times) == 1 and not draft.when and draft.kind != MessageClass.SUGGESTION
    return (replace(draft, when=times[0]) if timed else draft), notice


def _unnamed(draft: Draft, meaning: str, authority: str) -> Filed:
    if meaning == "sealed":
        return _ask(replace(draft, anonymous=SEALED), authority)
    nameless = replace(draft, anonymous=NAMELESS, contact="")
    return _ask(_next(nameless) if draft.step in ("contact", "fix_contact") else nameless, authority)


def _next(draft: Draft) -> Draft:
    """The same draft at the next question that it needs; after a correction, back at the read-back."""
    if draft.step.startswith("fix_"):
        return replace(draft, step="confirm")
    for step in _STEPS[_STEPS.index(draft.step) + 1 :]:
        needless = step == "when" and draft.kind == MessageClass.SUGGESTION
        nameless = step == "contact" and draft.anonymous == NAMELESS
        if not (needless or nameless or getattr(draft, _FIELDS[step])):
            return replace(draft, step=step)
    return replace(draft, step="confirm")


# --- read back, correct, confirm -------------------------------------------------------------------------------------

_PARTS = {
    "text": r"nội dung|noi dung|việc|viec|lời kể",
    "where": r"nơi xảy ra|nơi|noi|chỗ|cho|địa điểm|dia diem|ở đâu|địa chỉ nơi",
    "when": r"thời gian|thoi gian|ngày giờ|ngày|ngay|lúc|luc|khi nào|giờ",
    "contact": r"liên hệ|lien he|số điện thoại|so dien thoai|điện thoại|sđt|sdt|số máy|họ tên|tên|ten|email|mail",
}
_POLITE = r"(?:(?:dạ|da|à|mình|tôi|em|con|cho|xin|không phải|nhầm)\W+)*"
_AMEND = rf"{_POLITE}(?:sửa|sua|đổi|doi)\W+(?:(?:lại|lai|giúp|phần)\W+)*"
_BECOMES = r"(?:(?:thành|thanh|là|la)\b)?"
_CORRECTIONS = {
    field: re.compile(rf"(?:{_AMEND}(?:{words})\b\W*{_BECOMES}|(?:{words})\s*(?::|là\b|thành\b))(.*)", re.I | re.S)
    for field, words in _PARTS.items()
}


def _at_read_back(draft: Draft, text: str, meaning: str, authority: str) -> Filed:
    if meaning in ("send", "yes") and draft.step == "confirm":
        return _confirmed(draft)
    if meaning in ("sealed", "noname"):
        return _unnamed(replace(draft, step="confirm"), meaning, authority)
    corrected = next(((f, m[1].strip(" .:,")) for f, p in _CORRECTIONS.items() if (m := p.match(text.strip()))), None)
    if meaning.startswith("edit:") and meaning[5:] in _PARTS:
        return _ask(replace(draft, step=f"fix_{meaning[5:]}"), authority)
    if corrected:
        field, value = corrected
        fixing = replace(draft, step=f"fix_{field}")
        return _gather(fixing, value, "", authority, None) if value else _ask(fixing, authority)
    if draft.step == "edit" and (named := _named_part(text)):
        return _ask(replace(draft, step=f"fix_{named}"), authority)
    if meaning == "edit":
        return _ask(replace(draft, step="edit"), authority)
    if draft.step == "confirm" and len(text.split()) >= 4 and not text.rstrip().endswith("?"):
        more, notice = _told_what(draft, text)
        return _ask(more, authority, notice or say.ADDED)
    return _ask(replace(draft, step="confirm"), authority)


def _named_part(text: str) -> str:
    """The part that a short answer names: "thời gian", "cái nơi"."""
    found = (f for f, words in _PARTS.items() if re.search(rf"\b(?:{words})\b", text, re.I))
    return next(found, "") if len(text.split()) <= 4 else ""


def _confirmed(draft: Draft) -> Filed:
    """The intent only: the code is shown by the desk once the petition is on disk."""
    kind = MessageClass(draft.kind)
    intent = File(kind, draft.text, draft.where, draft.when, draft.contact, draft.anonymous)
    return Filed(None, say.SENDING, (), Behavior.PETITION, (intent,))


def _read_back(draft: Draft, authority: str) -> str:
    lines = [say.READ_BACK]
    for field, label in say.LABELS.items():
        value = _shown(getattr(draft, field), SHOWN)
        if field == "contact" and draft.anonymous == NAMELESS:
            value = say.NAMELESS
        elif field == "contact" and draft.anonymous == SEALED:
            value = say.SEALED.format(value=value or say.NOT_SAID)
        if value or field != "when" or draft.kind != MessageClass.SUGGESTION:
            lines.append(say.LINE.format(label=label, value=value or say.NOT_SAID))
    lines.append(say.TO.format(authority=authority) if authority else say.TO_ADVICE)
    return "\n".join(lines)


# --- asking ----------------------------------------------------------------------------------------------------------


def _ask(draft: Draft, authority: str, before: str = "") -> Filed:
    """The question of the draft's step, after a sentence or two; at the end, everything read back."""
    parts = [before, _read_back(draft, authority) if draft.step == "confirm" else "", _question(draft, authority)]
    return Filed(draft, "\n".join(filter(None, parts)), _options(draft, authority), Behavior.PETITION)


def _question(draft: Draft, authority: str) -> str:
    key = draft.step
    if key == "what" and draft.text:
        key = "what_more"
    elif key == "where" and draft.kind == MessageClass.SUGGESTION:
        key = "where_suggestion"
    elif key == "contact" and draft.anonymous == SEALED:
        key = "contact_sealed"
    elif key == "contact" and authority:
        key = "contact_for"
    return say.QUESTIONS[key]


def _options(draft: Draft, authority: str) -> tuple[Option, ...]:
    if draft.step == "confirm":
        hide = ("f:sealed",) if authority and draft.contact and not draft.anonymous else ()
        return _buttons("f:send", "f:edit", *hide, "f:cancel")
    if draft.step == "edit":
        return _buttons("f:edit:text", "f:edit:where", "f:edit:when", "f:edit:contact", "f:cancel")
    if draft.step == "contact" and authority:
        hide = () if draft.anonymous == SEALED else ("f:sealed",)
        return _buttons(*hide, "f:noname", "f:cancel")
    return _buttons("f:cancel") if draft.step in ("what", "fix_text") else _buttons("f:skip", "f:cancel")


def _buttons(*ids: str) -> tuple[Option, ...]:
    return tuple(Option(i, say.BUTTONS[i]) for i in ids)


# --- what a story holds ----------------------------------------------------------------------------------------------


def _tidy(text: str, most: int) -> str:
    """NFC, single blanks, no control characters, at most so long."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text)).split())
    return clean if len(clean) <= most else clean[: most - 1].rstrip() + "…"


def _cleaned(text: str) -> tuple[str, str]:
    """The words without numbers that no petition needs, and what is to be said of that."""
    taken = [f for f in findings(text) if f.kind in _NEVER_KEPT]
    for f in reversed(taken):
        text = f"{text[: f.start]}[{f.kind}]{text[f.end :]}"
    if any(f.kind is Personal.ONE_TIME_CODE for f in taken):
        return text, say.CODE_TAKEN_OUT
    return text, say.NUMBERS_TAKEN_OUT if taken else ""


def _shown(text: str, most: int) -> str:
    """As it may stand in a reply, which is logged: of a phone the last digits, of the rest only what it is."""
    for f in reversed(findings(text)):
        digits = re.sub(r"\D", "", text[f.start : f.end])
        shown = say.PHONE_ENDS.format(digits=digits[-3:]) if f.kind is Personal.PHONE else f"[{f.kind}]"
        text = text[: f.start] + shown + text[f.end :]
    return _tidy(text, most)


_OWN = re.compile(r"\b(?:sdt|dt|dien thoai|so may|so (?:cua )?(?:toi|em|minh|con|chau|tui)|lien he|goi|zalo|e?mail)\b")
_THEIRS = re.compile(r"\b(?:cua (?:ong|ba|anh|chi|no|ho|co|thang)|anh ta|chi ta|ba ta|ong ta|duong day nong|hotline)\b")


def _own_contact(text: str) -> tuple[str, str]:
    """The sentence with the citizen's own phone or e-mail, and the story without it; ("", text) if none surely is."""
    found = [f for f in findings(text) if f.kind in (Personal.PHONE, Personal.EMAIL)]
    if len(found) != 1:
        return "", text
    start = max((m.end() for m in re.finditer(r"[.?!\n]\s+|\n", text[: found[0].start])), default=0)
    stop = re.compile(r"[.?!](?:\s|$)|\n").search(text, found[0].end)
    end = stop.end() if stop else len(text)
    before = fold(text[start : found[0].start])
    if not _OWN.search(before) or _THEIRS.search(before):
        return "", text
    return text[start:end].strip(), f"{text[:start]}{text[end:]}".strip()


_TIME = re.compile(
    r"(?<!\w)(?:(?:sáng|sang|trưa|trua|chiều|chieu|tối|đêm|dem) )?(?:"
    r"(?:hôm|hom) (?:nay|qua|kia|trước|truoc|mùng \d{1,2}|mung \d{1,2}|mồng \d{1,2})"
    r"|(?:hôm |hom )?(?:ngày|ngay) \d{1,2}(?:[/.-]\d{1,2}(?:[/.-]\d{2,4})?)?|\d{1,2}/\d{1,2}(?:/\d{2,4})?"
    r"|(?:mùng|mung|mồng) \d{1,2}|(?:sáng|trưa|chiều|tối|đêm|tuần|tháng|năm) (?:nay|qua|trước|rồi|ngoái)"
    r"|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])(?: tuần (?:trước|này|qua|rồi))?"
    r"|\d{1,3} (?:ngày|ngay|tuần|tuan|tháng|thang|năm|nam) (?:rồi|roi|trước|truoc|nay))(?!\w)"
)


def _times(text: str) -> tuple[str, ...]:
    """The words that tell when."""
    return tuple(m[0] for m in _TIME.finditer(normalise(text)))


_AREA = re.compile(
    r"(?:(?:công an|ủy ban nhân dân|ủy ban|ubnd|trạm y tế|bộ phận một cửa|một cửa) )*"
    r"(?:phường|xã|đặc khu|thị trấn|tỉnh|thành phố|tp\.?) (?=\w)",
    re.I,
)


def _place(text: str) -> str:
    """The one commune or province that is named with a capital, with its office; "" if there is none or several."""
    found = []
    text = unicodedata.normalize("NFC", text)
    for m in _AREA.finditer(text):
        name = re.match(r"(?:[^\W_]+(?:\s|(?!\w)))+", text[m.end() :])
        words: list[str] = []
        for word in name[0].split() if name else ():
            if not (word[0].isupper() or (word.isdigit() and not words and "phường" in m[0].lower())):
                break
            words.append(word)
        if words:
            found.append(f"{m[0]}{' '.join(words[:5])}")
    return found[0] if len(found) == 1 else ""
