"""What is asked next, with its buttons; and at the end everything read back."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.filing.meanings import HEARD, NAMELESS, SEALED
from bot.dialogue.filing.stories import SHOWN, shown
from bot.dialogue.message import Behavior, Intent, MessageClass, Option
from bot.dialogue.session import Draft
from bot.wording import filing as say


@dataclass(frozen=True, slots=True)
class Filed:
    """A step done. `draft` None: nothing is open any more."""

    draft: Draft | None
    text: str
    options: tuple[Option, ...]
    behavior: Behavior
    intents: tuple[Intent, ...] = ()


def ask(draft: Draft, authority: str, before: str = "") -> Filed:
    """The question of the draft's step, after a sentence or two; at the end, everything read back."""
    parts = [before, _read_back(draft, authority) if draft.step == "confirm" else "", _question(draft, authority)]
    return Filed(draft, "\n".join(filter(None, parts)), _options(draft, authority), Behavior.PETITION)


def _question(draft: Draft, authority: str) -> str:
    key = draft.step
    if key == HEARD:
        return say.OFFER_FOR.format(authority=authority) if authority else say.OFFER_ADVICE
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
    if draft.step == HEARD:
        return (Option("f:resume", say.OFFER_YES), *buttons("f:cancel"))
    if draft.step == "confirm":
        hide = ("f:sealed",) if authority and draft.contact and not draft.anonymous else ()
        return buttons("f:send", "f:edit", *hide, "f:cancel")
    if draft.step == "alike":
        return buttons("f:join", "f:alone", "f:cancel")
    if draft.step == "edit":
        return buttons("f:edit:text", "f:edit:where", "f:edit:when", "f:edit:contact", "f:cancel")
    if draft.step == "contact" and authority:
        hide = () if draft.anonymous == SEALED else ("f:sealed",)
        return buttons(*hide, "f:noname", "f:cancel")
    return buttons("f:cancel") if draft.step in ("what", "fix_text") else buttons("f:skip", "f:cancel")


def buttons(*ids: str) -> tuple[Option, ...]:
    return tuple(Option(i, say.BUTTONS[i]) for i in ids)


def _read_back(draft: Draft, authority: str) -> str:
    lines = [say.READ_BACK]
    for field, label in say.LABELS.items():
        value = shown(getattr(draft, field), SHOWN)
        if field == "contact" and draft.anonymous == NAMELESS:
            value = say.NAMELESS
        elif field == "contact" and draft.anonymous == SEALED:
            value = say.SEALED.format(value=value or say.NOT_SAID)
        if value or field != "when" or draft.kind != MessageClass.SUGGESTION:
            lines.append(say.LINE.format(label=label, value=value or say.NOT_SAID))
    kept = [say.FILES.format(count=len(draft.attachments))] if draft.attachments else []
    if kept := kept + ([say.LOCATION] if draft.location else []):
        lines.append(say.LINE.format(label=say.FILES_LABEL, value=", ".join(kept)))
    lines += [say.JOINING] if draft.into else []
    lines.append(say.TO.format(authority=authority) if authority else say.TO_ADVICE)
    lines.append(say.CONSENT_FOR.format(authority=authority) if authority else say.CONSENT_ADVICE)
    return "\n".join(lines)
