"""A petition is written step by step: what, where, when, contact, read back, confirm. Pure functions over a Draft.

Steps: `heard` (shall it be written?), `what where when contact alike confirm`, `edit` (which part?) and `fix_…` (the
part anew). Files and a place may come at any of them. Nothing is filed unless the citizen says so at the read-back; a
complaint, a denunciation, a secret or other people's data are never filed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.dialogue.filing import following
from bot.dialogue.filing.asking import Filed, ask, buttons
from bot.dialogue.filing.filling import FIELDS, empty_words, filled, next_step, told_what, with_files, with_part
from bot.dialogue.filing.meanings import HEARD, NAMELESS, SEALED, meant
from bot.dialogue.filing.refusing import praise, turned_away
from bot.dialogue.filing.stories import LONGEST_PART, is_place, is_time, only_contact, shown, tidy
from bot.dialogue.message import Behavior, Discard, File, Intent, MessageClass
from bot.dialogue.session import Draft
from bot.wording import filing as say
from knowledge.vietnamese import fold

# Probabilities of the classifier from which a message within a draft counts as a question of its own.
LIKELY, SURE = 0.5, 0.8
_FILED_KINDS = (MessageClass.CONDUCT, MessageClass.RULES, MessageClass.SUGGESTION)


@dataclass(frozen=True, slots=True)
class Alike:
    """An open petition that tells the same: how many have told it, and since which day. Nobody's words."""

    code: str
    voices: int
    day: str
    place: str = ""


def begin(kind: MessageClass, text: str, authority: str) -> Filed:
    """The reply to a first message that is to be filed, explained or taken as praise."""
    if kind is MessageClass.THANKS:
        return praise(text, authority)
    if turned := turned_away(text, kind):
        return turned
    filed_kind = kind if kind in _FILED_KINDS else MessageClass.UNCLEAR
    draft = Draft(kind=filed_kind.value)
    opened = _opened(authority)
    announces = bool(re.search(r"\b(?:phan anh|gop y|kien nghi|y kien)\b", fold(text))) or not text.strip()
    if empty_words(text):
        behavior = Behavior.PETITION if announces or filed_kind is kind else Behavior.CLARIFY
        return replace(ask(draft, authority, f"{opened}\n{say.BEFORE_WRITING}"), behavior=behavior)
    if is_place(text):
        return ask(replace(draft, where=tidy(text, LONGEST_PART)), authority, opened)
    draft, notice = told_what(draft, text)
    if kind in _FILED_KINDS:
        return ask(next_step(draft), authority, f"{opened} {notice}".strip())
    if announces:
        return ask(draft, authority, opened)
    return replace(ask(draft, authority, notice), behavior=Behavior.CLARIFY)


def hear(text: str, authority: str) -> Filed:
    """A story that may become a petition, kept while the citizen is asked whether it shall."""
    if turned := turned_away(text, MessageClass.SUGGESTION):
        return turned
    draft, notice = told_what(Draft(kind=MessageClass.SUGGESTION.value), text)
    return ask(replace(draft, step=HEARD), authority, notice)


def _heard(draft: Draft, text: str, meaning: str, authority: str) -> Filed:
    """The answer to that: a yes, or more of the story, opens the form."""
    begun = replace(draft, step="what")
    if meaning in ("sealed", "noname"):
        return _unnamed(next_step(begun), meaning, authority)
    if meaning or empty_words(text):
        return ask(next_step(begun), authority, _opened(authority))
    fuller, notice = (replace(begun, where=text), "") if is_place(text) else told_what(begun, text)
    return ask(next_step(fuller), authority, f"{_opened(authority)} {notice}".strip())


def _opened(authority: str) -> str:
    return say.OPENED_FOR.format(authority=authority) if authority else say.OPENED_ADVICE


def without_draft(chosen: str, authority: str) -> Filed:
    """A filing button pressed when no draft is open: `f:begin` opens one, the others are of a form that is gone."""
    if chosen == "f:begin":
        return begin(MessageClass.UNCLEAR, "", authority)
    return Filed(None, say.NOTHING_OPEN, buttons("f:begin"), Behavior.PETITION)


def go_on(
    draft: Draft,
    text: str,
    marks: frozenset[str],
    chosen: str,
    authority: str,
    said: MessageClass | None = None,
) -> Filed:
    """The next step. `said`: the class of this message where the classifier is sure of it, else None."""
    meaning = meant(draft, text, marks, chosen)
    if draft.code:
        return following.go_on(draft, text, meaning)
    if meaning == "cancel":
        return Filed(None, say.CANCELLED, (), Behavior.PETITION, _without_files(draft))
    if meaning == "pause":
        return Filed(replace(draft, away=True), say.PAUSED, buttons("f:resume", "f:cancel"), Behavior.PETITION)
    back = replace(draft, away=False)
    if draft.step == HEARD:
        return _heard(back, text, "yes" if meaning in ("resume", "begin", "send") else meaning, authority)
    if meaning in ("resume", "begin"):
        resumed = say.RESUMED.format(text=shown(draft.text, 120).rstrip(".")) if draft.text else say.RESUMED_EMPTY
        return ask(back, authority, resumed)
    if not meaning and (turned := turned_away(text, said if draft.step == "what" else None)):
        return replace(turned, intents=(*turned.intents, *_without_files(draft)))
    if draft.step == "alike":
        return _one_of_many(back, meaning, authority)
    if draft.step in ("confirm", "edit"):
        return _at_read_back(back, text, meaning, authority)
    return _gather(back, text, meaning, authority, said)


def at_once(kind: MessageClass, parts: Mapping[str, str], anonymous: str = "") -> Filed:
    """A petition told in one go (by a form, by another system): cleaned and turned away as one told step by step.
    `parts`: what, where, when, contact. Without a story the question for it comes back, and no intent."""
    story = parts.get("what", "")
    if turned := turned_away(story, kind):
        return turned
    filed_kind = kind if kind in _FILED_KINDS else MessageClass.UNCLEAR
    draft = Draft(kind=filed_kind.value, anonymous=anonymous)
    if empty_words(story) or is_place(story):
        return ask(draft, "")
    draft, _ = told_what(draft, story)
    for part in ("where", "when", "contact"):
        if parts.get(part, "").strip():
            draft, _ = filled(replace(draft, step=f"fix_{part}"), part, parts[part])
    hidden = anonymous or draft.anonymous
    return _confirmed(replace(draft, anonymous=hidden, contact="" if hidden == NAMELESS else draft.contact))


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
    if said is MessageClass.EMERGENCY and not is_telling(draft):
        return True
    if draft.away:
        return "tiep_tuc" not in marks and meant(draft, text, marks, "") != "cancel"
    if not (confident and aspects):
        return False
    question = said is MessageClass.QUESTION
    turns = bool(re.match(r"(?:thoi\W+)?(?:khoan|cho (?:toi|em|minh|con|chau)? ?hoi|a ma|tien the)\b", fold(text)))
    if is_telling(draft):
        return question and (turns or (probability >= SURE and asks(text)))
    return turns or (question and probability >= LIKELY) or text.rstrip().endswith("?")


def is_telling(draft: Draft) -> bool:
    """Whether the citizen is to tell something in own words, which may name any procedure."""
    return draft.step in ("what", "more", "offered", "fix_text", HEARD)


_ASKING = re.compile(
    r"\b(?:bao (?:nhieu|lau|gio|xa)|can (?:nhung )?(?:giay to )?gi|giay to gi|thu tuc gi|o dau|"
    r"lam (?:the nao|sao|kieu gi)|nop dau|may (?:ngay|tien|gio|thang|ban)|la gi|nhu the nao|duoc khong|phai khong|"
    r"(?:cho|xin) (?:toi |em |minh |con |chau )?hoi)\b|\b(?:khong|gi|dau|chua|sao|the nao)\W*$|\?\W*$"
)


def asks(text: str) -> bool:
    """Whether the words have the form of a question; a few words without any may be one."""
    return len(text.split()) <= 6 or bool(_ASKING.search(fold(text)))


def leave(draft: Draft) -> Draft:
    """The draft while the citizen asks something else; the reply then adds `wording.filing.KEPT_OPEN`."""
    return replace(draft, away=True)


def _gather(draft: Draft, text: str, meaning: str, authority: str, said: MessageClass | None) -> Filed:
    part = draft.step.removeprefix("fix_").replace("text", "what")
    if meaning in ("sealed", "noname"):
        return _unnamed(draft, meaning, authority)
    fixing = draft.step.startswith("fix_")
    if meaning == "skip" and (fixing or part != "what"):
        return ask(next_step(draft if fixing else with_part(draft, FIELDS[part], "")), authority)
    if meaning == "send" and draft.text and text.strip():
        return ask(replace(draft, step="confirm"), authority)
    if meaning or not re.search(r"\w", text) or (part == "what" and empty_words(text)):
        return ask(draft, authority, say.CONTACT_HOW if part == "contact" and authority else "")
    if aside := _of_another_part(draft, part, text):
        return ask(aside[0], authority, aside[1])
    if part in say.WHY and text.rstrip().endswith("?"):
        return ask(draft, authority, say.WHY[part])
    if draft.kind == MessageClass.UNCLEAR and said in _FILED_KINDS:
        draft = replace(draft, kind=said.value)
    fuller, notice = filled(draft, part, text)
    if not getattr(fuller, FIELDS[part]):
        return ask(draft, authority, notice)
    return ask(next_step(fuller), authority, notice)


def _of_another_part(draft: Draft, part: str, text: str) -> tuple[Draft, str] | None:
    """A bare place is no story, a bare time no contact: it is taken for what it is, and the question stays."""
    value = tidy(text, LONGEST_PART)
    if part == "what" and is_place(text):
        return replace(draft, where=value), say.PLACE_TAKEN.format(place=value)
    if part in ("what", "contact") and is_time(text) and not (part == "what" and draft.step.startswith("fix_")):
        return replace(draft, when=value), say.TIME_TAKEN.format(time=value)
    if part in ("what", "where", "when") and only_contact(text):
        return replace(draft, contact=value), say.CONTACT_TAKEN
    return None


def given(
    draft: Draft | None, attachments: tuple[str, ...], location: tuple[float, float] | None, authority: str, asked: str
) -> Filed:
    """Files or a place came without words. They go to the open form; without one, to the petition that an officer
    waits for more about (`asked`), else a new form is opened around them."""
    if draft is None and asked:
        return following.offer(asked, "", attachments)
    if draft is None:
        fuller, notice = with_files(Draft(kind=MessageClass.UNCLEAR.value), attachments, location)
        return ask(fuller, authority, f"{notice}\n{_opened(authority)}")
    fuller, notice = with_files(replace(draft, away=False), attachments, location)
    if fuller.code:
        return following.with_more(fuller, notice)
    at_place = location is not None and fuller.step in ("where", "fix_where")
    return ask(next_step(fuller) if at_place else fuller, authority, notice)


def compare(draft: Draft, alike: Alike | None, authority: str) -> Filed | None:
    """Before the read-back, once: where others have told the same, one more voice is offered instead."""
    if alike is None:
        return None
    offered = replace(draft, step="alike", into=alike.code, compared=True)
    told = say.ALIKE if alike.voices > 1 else say.ALIKE_ONE
    return ask(offered, authority, told.format(count=alike.voices, day=alike.day))


def _one_of_many(draft: Draft, meaning: str, authority: str) -> Filed:
    if meaning in ("join", "yes", "send"):
        return ask(replace(draft, step="confirm"), authority)
    if meaning in ("alone", "edit", "skip", "sealed", "noname"):
        back = replace(draft, step="confirm", into="")
        return _unnamed(back, meaning, authority) if meaning in ("sealed", "noname") else ask(back, authority)
    return ask(draft, authority)


def _without_files(draft: Draft) -> tuple[Intent, ...]:
    """What was sent for a form that is dropped is not needed any more."""
    return (Discard(),) if draft.attachments else ()


def _unnamed(draft: Draft, meaning: str, authority: str) -> Filed:
    if meaning == "sealed":
        return ask(replace(draft, anonymous=SEALED), authority)
    nameless = replace(draft, anonymous=NAMELESS, contact="")
    return ask(next_step(nameless) if draft.step in ("contact", "fix_contact") else nameless, authority)


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


_NO_CONTACT = re.compile(
    r"^\W*(?:khong|khoi|thoi)(?: (?:can|phai|de lai|cho|ghi|muon))* (?:lien he|so|sdt|dien thoai)\b"
)


def _at_read_back(draft: Draft, text: str, meaning: str, authority: str) -> Filed:
    if meaning in ("send", "yes") and draft.step == "confirm":
        return _confirmed(draft)
    if meaning in ("sealed", "noname"):
        return _unnamed(replace(draft, step="confirm"), meaning, authority)
    corrected = next(((f, m[1].strip(" .:,")) for f, p in _CORRECTIONS.items() if (m := p.match(text.strip()))), None)
    if meaning.startswith("edit:") and meaning[5:] in _PARTS:
        return ask(replace(draft, step=f"fix_{meaning[5:]}"), authority)
    if corrected:
        field, value = corrected
        fixing = replace(draft, step=f"fix_{field}")
        return _gather(fixing, value, "", authority, None) if value else ask(fixing, authority)
    if _NO_CONTACT.search(fold(text)):
        return ask(replace(draft, contact="", step="confirm"), authority)
    if draft.step == "edit" and (named := _named_part(text)):
        return ask(replace(draft, step=f"fix_{named}"), authority)
    if meaning == "edit":
        return ask(replace(draft, step="edit"), authority)
    if draft.step == "confirm" and only_contact(text):
        return ask(replace(draft, contact=tidy(text, LONGEST_PART)), authority, say.CONTACT_TAKEN)
    if draft.step == "confirm" and is_time(text):
        return ask(replace(draft, when=tidy(text, LONGEST_PART)), authority, say.TIME_TAKEN.format(time=text.strip()))
    if draft.step == "confirm" and len(text.split()) >= 4 and not text.rstrip().endswith("?"):
        more, notice = told_what(draft, text)
        return ask(more, authority, notice or say.ADDED)
    return ask(replace(draft, step="confirm"), authority)


def _named_part(text: str) -> str:
    """The part that a short answer names: "thời gian", "cái nơi"."""
    found = (f for f, words in _PARTS.items() if re.search(rf"\b(?:{words})\b", text, re.I))
    return next(found, "") if len(text.split()) <= 4 else ""


def _confirmed(draft: Draft) -> Filed:
    """The intent only: the code is shown by the desk once the petition is on disk."""
    kind = MessageClass(draft.kind)
    intent = File(
        kind,
        draft.text,
        draft.where,
        draft.when,
        draft.contact,
        draft.anonymous,
        draft.attachments,
        draft.location,
        draft.into,
    )
    return Filed(None, say.SENDING, (), Behavior.PETITION, (intent,))
