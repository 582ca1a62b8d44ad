"""What a citizen does with a petition that is filed: look it up, add to it, withdraw it, reopen it, rate the answer.

The words of a supplement or of a reopening are written in a small form: a Draft that names the petition's code. Steps:
`more` (write it), `offered` (a message that an officer may have waited for: is it meant for the petition?).
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.filing.asking import Filed, buttons
from bot.dialogue.filing.filling import told_what
from bot.dialogue.filing.meanings import is_bare
from bot.dialogue.filing.stories import shown
from bot.dialogue.message import (
    Behavior,
    Discard,
    Intent,
    ListOwn,
    Option,
    Rate,
    Reopen,
    Supplement,
    Track,
    Withdraw,
)
from bot.dialogue.session import Draft
from bot.wording import filing as say
from knowledge.vietnamese import fold

SUPPLEMENT, REOPENING = "bo_sung", "mo_lai"
CODE = re.compile(r"PA-\d{4}-\d{1,6}(?:-[A-Z])?")
_SECRET = re.compile(r"(?<![\w-])([A-Z0-9]{4})[- ]?([A-Z0-9]{4})(?![\w-])")
# What is asked of a petition beside its code; looking it up is what remains.
_WISHES = (
    ("withdraw", re.compile(r"\b(?:rut|huy|thu hoi)\b")),
    ("reopen", re.compile(r"\b(?:mo lai|xu ly lai|giai quyet lai)\b")),
    ("more", re.compile(r"\b(?:bo sung|gui them|noi them|ke them|ghi them|them vao)\b")),
)


def track(code: str, said: str = "", draft: Draft | None = None) -> Filed:
    """A petition's code was named; `said`: the whole message, which may hold the short secret or another wish; `draft`:
    the open form, which stays open."""
    spelled = CODE.fullmatch(code.strip().upper())
    if not spelled:
        return replace(_done(say.ASK_CODE, ListOwn()), draft=draft)
    rest = said.upper().rpartition(spelled[0][-6:])[2] if said else ""
    secret = _SECRET.search(re.sub(r"^-[A-Z]\b", "", rest))
    if secret and any(c.isdigit() or c == "-" for c in secret[0]):  # else it may be two words of four letters
        found = Track(spelled[0], secret[1] + secret[2])
    else:
        found = Track(spelled[0])
    wish = next((name for name, words in _WISHES if words.search(fold(said))), "")
    if wish and not found.secret:
        return pressed(f"{wish}:{spelled[0]}", draft)
    return replace(_done(say.NOT_FOUND.format(code=spelled[0]), found), draft=draft)


def own() -> Filed:
    """All petitions of this conversation; the desk tells which."""
    return _done(say.NONE_OWN, ListOwn())


def pressed(wish: str, draft: Draft | None) -> Filed:
    """A button of a petition: "rate:CODE:5", "more:CODE" … An open form of another kind stays open."""
    name, _, rest = wish.partition(":")
    code, _, value = rest.partition(":")
    if name == "list":
        return replace(own(), draft=draft)
    if not CODE.fullmatch(code):
        return Filed(draft, say.ASK_CODE, (), Behavior.PETITION)
    if name in ("more", "reopen"):
        return _form(SUPPLEMENT if name == "more" else REOPENING, code, draft)
    if name == "rate" and value in say.RATES:
        return replace(_done(say.SENDING, Rate(code, int(value))), draft=draft)
    if name in ("withdraw", "withdraw_yes"):
        return replace(_done(say.SENDING, Withdraw(code, name == "withdraw_yes")), draft=draft)
    return replace(_done(say.NOT_FOUND.format(code=code), Track(code)), draft=draft)


def offer(code: str, text: str, attachments: tuple[str, ...] = ()) -> Filed:
    """A message while an officer waits for more: is it meant for that petition?"""
    draft = Draft(kind=SUPPLEMENT, code=code, step="offered", attachments=attachments)
    draft, notice = told_what(draft, text) if text else (draft, "")
    return _offered(draft, notice)


def go_on(draft: Draft, text: str, meaning: str) -> Filed:
    """The next message within a small form."""
    back = replace(draft, away=False)
    refused = meaning == "edit" and (draft.step == "offered" or (draft.kind == SUPPLEMENT and is_bare(text)))
    if meaning in ("cancel", "give_up") or refused:
        return Filed(None, say.MORE_DROPPED, (), Behavior.PETITION, (Discard(),) if draft.attachments else ())
    if meaning == "pause":
        return Filed(replace(draft, away=True), say.PAUSED, buttons("f:resume", "f:cancel"), Behavior.PETITION)
    if meaning in ("send", "yes", "skip") and _complete(back):
        return _sent(back)
    if meaning not in ("", "edit") or not re.search(r"\w", text):
        return _offered(back) if draft.step == "offered" else _asked(back)
    fuller, notice = told_what(replace(back, contact="", where="", when=""), text)
    return _offered(fuller, notice) if draft.step == "offered" else _sent(fuller, notice)


def with_more(draft: Draft, notice: str) -> Filed:
    """Files came within a small form."""
    return _offered(replace(draft, step="offered"), notice)


def _form(kind: str, code: str, draft: Draft | None) -> Filed:
    if draft is not None and draft.code != code:
        return Filed(draft, say.FINISH_FIRST, buttons("f:resume", "f:cancel"), Behavior.PETITION)
    return _asked(Draft(kind=kind, code=code, step="more"))


def _asked(draft: Draft) -> Filed:
    if draft.kind == REOPENING:
        return Filed(draft, say.WHY_REOPEN.format(code=draft.code), buttons("f:skip", "f:cancel"), Behavior.PETITION)
    return Filed(draft, say.WHAT_MORE.format(code=draft.code), buttons("f:cancel"), Behavior.PETITION)


def _offered(draft: Draft, notice: str = "") -> Filed:
    parts = (notice, say.OFFERED.format(code=draft.code), f"“{shown(draft.text, 300)}”" if draft.text else "")
    options = (Option("f:send", say.SEND_MORE), Option("f:cancel", say.NOT_MEANT))
    return Filed(draft, "\n".join(filter(None, parts)), options, Behavior.PETITION)


def _complete(draft: Draft) -> bool:
    return bool(draft.text or draft.attachments or draft.kind == REOPENING)


def _sent(draft: Draft, notice: str = "") -> Filed:
    intent: Intent = Supplement(draft.code, draft.text, draft.attachments)
    if draft.kind == REOPENING:
        intent = Reopen(draft.code, draft.text)
    return Filed(None, f"{notice}\n{say.SENDING}".strip(), (), Behavior.PETITION, (intent,))


def _done(text: str, intent: Intent) -> Filed:
    return Filed(None, text, (), Behavior.PETITION, (intent,))
