"""What the bot remembers of one conversation: a small value that can be written down and read back."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from bot.dialogue.message import MessageClass, Option
from knowledge.parsing import Problem, build

VERSION = 1
REMEMBERED = 6
# what a draft may be of and what it may be asking; anything else was not written by this program
KINDS = frozenset({*(kind.value for kind in MessageClass), "bo_sung", "mo_lai"})
STEPS = frozenset(
    "heard what where when contact confirm alike edit more offered fix_text fix_where fix_when fix_contact".split()
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A record that was spoken of, the aspects asked last, and the words the citizen told it with."""

    kind: str
    key: str
    aspects: tuple[str, ...] = ()
    told: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A petition being written. `kind` is a MessageClass value; `step` is what is asked next. `code`: the petition that
    these words are for, where they are a supplement or the reason for reopening. `into`: the one that it is one more
    voice of; `compared`: whether such a one was looked for."""

    kind: str
    text: str = ""
    where: str = ""
    when: str = ""
    contact: str = ""
    anonymous: str = ""
    step: str = "what"
    away: bool = False
    attachments: tuple[str, ...] = ()
    location: str = ""
    code: str = ""
    into: str = ""
    compared: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """`topics`: newest first; `begun`: their keys as they came up first. `options`: what the last reply offered;
    `listed`: the records that were offered by number last, as long as one of them is spoken of. `waiting`: the question
    that a clarification is about, and `waiting_aspects` what it asked of the record that is now to be chosen. `warned`:
    the records whose warning was told here, and the places whose change of name was. `asked`: the petition of this
    conversation that an officer waits for more about. `quiet`: this citizen wants no questions kept. `offered`: whether
    they were asked if they want news of what they asked about."""

    version: int = VERSION
    topics: tuple[Topic, ...] = ()
    begun: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    listed: tuple[Option, ...] = ()
    waiting: str = ""
    waiting_aspects: tuple[str, ...] = ()
    clarified: bool = False
    several: bool = False
    place: str = ""
    draft: Draft | None = None
    last_question: str = ""
    warned: tuple[str, ...] = ()
    asked: str = ""
    quiet: bool = False
    offered: bool = False

    @property
    def topic(self) -> Topic | None:
        return self.topics[0] if self.topics else None

    def about(self, *topics: Topic) -> Session:
        """The same conversation, now about these (the first one foremost)."""
        keys = {(t.kind, t.key) for t in topics}
        rest = tuple(t for t in self.topics if (t.kind, t.key) not in keys)
        kept = (*topics, *rest)[:REMEMBERED]
        still = {t.key for t in kept}
        begun = tuple(k for k in dict.fromkeys((*self.begun, *(t.key for t in topics))) if k in still)
        return replace(self, topics=kept, begun=begun)


def dump(session: Session) -> str:
    return json.dumps(session, default=_parts, ensure_ascii=False)


def _parts(record: Any) -> dict[str, object]:
    """What a record holds, as it stands: `asdict` would copy every text of it, once a turn."""
    return {name: getattr(record, name) for name in record.__slots__}


def load(text: str) -> Session:
    """The session that was written; one of another version, or broken, gives a fresh one that keeps the place."""
    try:
        tree = json.loads(text)
    except ValueError:
        return Session()
    problems: list[Problem] = []
    session = build(Session, tree, problems)
    if session is None or session.version != VERSION or not _known(session.draft):
        place = tree.get("place") if isinstance(tree, dict) else ""
        return Session(place=place if isinstance(place, str) else "")
    return session


def _known(draft: Draft | None) -> bool:
    return draft is None or (draft.kind in KINDS and draft.step in STEPS)
