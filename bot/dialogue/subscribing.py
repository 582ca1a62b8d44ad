"""What one wants to be told of: `/theodoi`, its buttons, and the one question whether news of a procedure is wanted.

The desk carries it out and says what came of it; here it is only understood which field was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from bot.dialogue.message import Behavior, Follow, Intent, ListFollowed, Option, Reply, SetConsent, Unfollow
from bot.dialogue.session import Session
from bot.wording import following as say
from knowledge.library import Library
from knowledge.vietnamese import fold

CHANGES = "tin_thay_doi"
"""The consent under which somebody is told that a procedure they asked about has changed; only a yes is one."""
MOST = 24


class Topic(StrEnum):
    """What somebody asked to be sent. FIELD: changes and announcements of one field; NOTICES: what the authority has to
    tell everybody; DIGEST: the weekly one."""

    FIELD = "linh_vuc"
    NOTICES = "thong_bao"
    DIGEST = "ban_tin"


def follow_option(field: str, label: str = say.FOLLOW) -> Option:
    return Option(f"t:f:{fold(field)}"[:60], label.format(field=field))


def command(words: str, session: Session, library: Library) -> tuple[Session, Reply]:
    """`/theodoi`: the list; `/theodoi đất đai`: that field, or the fields that the words may mean."""
    if not words:
        return _done(session, ListFollowed())
    found = _meant(words, library)
    if len(found) == 1:
        return _done(session, Follow(Topic.FIELD, found[0], session.place))
    text = say.WHICH_FIELD if found else say.NO_SUCH_FIELD.format(words=words[:60])
    return _choosing(session, text, found or _common(library))


def pressed(wish: str, session: Session, library: Library) -> tuple[Session, Reply] | None:
    """A button of these; None for one that never was."""
    what, _, rest = wish.partition(":")
    if what == "f":
        field = next((f for f in library.fields() if rest and fold(f)[: len(rest)] == rest), "")
        return _done(session, Follow(Topic.FIELD, field, session.place)) if field else None
    if what == "fields":
        return _choosing(session, say.WHICH_FIELD, _common(library))
    if what in ("stop", "stopall"):
        numbers = [int(n) if n.isdecimal() else 0 for n in (rest or "0").split(":")]
        return _done(session, Unfollow(numbers[0], numbers[1] if len(numbers) > 1 else 0, every=what == "stopall"))
    consents = {"yes": (True, say.AGREED), "no": (False, say.DECLINED), "nomore": (False, say.AGREED_NO_MORE)}
    if what in consents:
        given, text = consents[what]
        return _done(replace(session, offered=True), SetConsent(CHANGES, given), text)
    topics = {"all": Topic.NOTICES, "digest": Topic.DIGEST}
    intents: dict[str, Intent] = {k: Follow(t, "", session.place) for k, t in topics.items()}
    intents["list"] = ListFollowed()
    return _done(session, intents[what]) if what in intents else None


def offered(session: Session, reply: Reply) -> tuple[Session, Reply]:
    """After 👍 on an answer about a procedure, once: whether its changes are to be told."""
    if session.offered or session.topic is None or session.topic.kind != "procedure":
        return session, reply
    options = (Option("t:yes", say.OFFER_YES), Option("t:no", say.OFFER_NO))
    told = replace(reply, text=f"{reply.text}\n\n{say.OFFER}", options=options)
    return replace(session, offered=True, options=options), told


def _done(session: Session, intent: Intent, text: str = "") -> tuple[Session, Reply]:
    reply = Reply(Behavior.CHITCHAT, text or say.LIST_NOTHING, intents=(intent,))
    return replace(session, options=(), clarified=False), reply


def _choosing(session: Session, text: str, fields: Iterable[str]) -> tuple[Session, Reply]:
    options = tuple(follow_option(f, say.FOLLOW_FIELD) for f in list(fields)[:MOST])
    return replace(session, options=options, clarified=False), Reply(Behavior.CHITCHAT, text, options=options)


def _meant(words: str, library: Library) -> list[str]:
    """The field of this name; else those whose name holds all the words; else those of procedures that do."""
    slug, fields = _slug(words), library.fields()
    if exact := [f for f in fields if _slug(f) == slug]:
        return exact
    wanted = set(slug.split("-"))
    if near := [f for f in fields if wanted <= set(_slug(f).split("-"))]:
        return near
    text = slug.replace("-", " ")
    told = (f for f, ps in fields.items() if any(text in fold(" ".join((p.name, *p.aliases))) for p in ps))
    return list(told) if len(text) > 3 else []


def _common(library: Library) -> list[str]:
    """The fields that are asked about, as /linhvuc shows them."""
    return sorted((f for f, ps in library.fields().items() if any(p.asks for p in ps)), key=fold)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
