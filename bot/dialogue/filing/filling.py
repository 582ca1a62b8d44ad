"""An answer becomes a part of the draft, and the draft knows which question it needs next."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.dialogue.filing.meanings import NAMELESS, SEALED, STEPS, is_bare, wants_sealed
from bot.dialogue.filing.stories import LONGEST, LONGEST_PART, cleaned, own_contact, place, tidy, times
from bot.dialogue.message import MessageClass
from bot.dialogue.session import Draft
from bot.wording import filing as say
from knowledge.vietnamese import fold

FIELDS = {"what": "text", "where": "where", "when": "when", "contact": "contact"}
MOST_FILES = 10


def empty_words(text: str) -> bool:
    """An announcement with at most the addressee: "cho mình gửi một góp ý với phường"."""
    rest = re.sub(r"\b(?:phuong|xa|uy ban|ubnd|co quan|can bo|so|tinh|chinh quyen|tro ly|bot)\b", " ", fold(text))
    return is_bare(rest)


def with_part(draft: Draft, field: str, value: str) -> Draft:
    return replace(draft, **dict[str, Any]({field: value}))


def filled(draft: Draft, part: str, text: str) -> tuple[Draft, str]:
    if part == "what":
        return told_what(replace(draft, text="") if draft.step == "fix_text" else draft, text)
    clean, notice = cleaned(text)
    value = tidy(clean, LONGEST_PART)
    if part == "contact":
        hidden = SEALED if wants_sealed(text) else draft.anonymous if draft.anonymous == SEALED else ""
        return replace(draft, contact=value, anonymous=hidden), notice
    if part == "where" and (told := times(value)) and draft.step == "where":
        clauses = [c.strip() for c in re.split(r"[,;\n]|\. ", value)]
        with_time = [c for c in clauses if times(c)]
        rest = ", ".join(c for c in clauses if c and c not in with_time)
        return replace(draft, where=rest or value, when=", ".join(with_time) if rest else told[0]), notice
    return with_part(draft, FIELDS[part], value), notice


def told_what(draft: Draft, text: str) -> tuple[Draft, str]:
    """The story, with the place, the time and the own contact that it names taken note of."""
    clean, notice = cleaned(text)
    contact, rest = own_contact(clean)
    if contact and not draft.contact and not is_bare(rest):
        clean = rest
        draft = replace(draft, contact=tidy(contact, LONGEST_PART))
    before = draft.text + "." if draft.text and draft.text[-1] not in ".!?…" else draft.text
    whole = f"{before} {tidy(clean, LONGEST * 2)}".strip()
    if len(whole) > LONGEST:
        notice = notice or say.CUT
    told, named = times(clean), place(clean)
    hidden = SEALED if wants_sealed(text) else draft.anonymous
    draft = replace(draft, text=tidy(whole, LONGEST), where=draft.where or named, anonymous=hidden)
    timed = len(told) == 1 and not draft.when and draft.kind != MessageClass.SUGGESTION
    return (replace(draft, when=told[0]) if timed else draft), notice


def next_step(draft: Draft) -> Draft:
    """The same draft at the next question that it needs; after a correction, back at the read-back."""
    if draft.step.startswith("fix_"):
        return replace(draft, step="confirm")
    for step in STEPS[STEPS.index(draft.step) + 1 :]:
        needless = step == "when" and draft.kind == MessageClass.SUGGESTION
        nameless = step == "contact" and draft.anonymous == NAMELESS
        located = step == "where" and bool(draft.location)
        if not (needless or nameless or located or getattr(draft, FIELDS[step])):
            return replace(draft, step=step)
    return replace(draft, step="confirm")


def with_files(draft: Draft, attachments: tuple[str, ...], location: tuple[float, float] | None) -> tuple[Draft, str]:
    """The draft with files and a place that were sent, and what is to be said of them."""
    new = tuple(d for d in attachments if d not in draft.attachments)
    kept = (*draft.attachments, *new)[:MOST_FILES]
    place_sent = f"{location[0]:.5f},{location[1]:.5f}" if location else draft.location
    notice = say.LOCATED if location else say.FILES_ADDED.format(count=len(kept))
    if len(draft.attachments) + len(new) > MOST_FILES:
        notice = say.FILES_FULL.format(most=MOST_FILES)
    return replace(draft, attachments=kept, location=place_sent), notice
