"""What Telegram makes of a text with parse_mode HTML: the plain text and whether the entities parse."""

from __future__ import annotations

import html
import re

TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "tg-spoiler", "blockquote"}
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:\s+[\w-]+(?:=\"[^\"]*\")?)*)\s*>")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot);")


class Unparsable(Exception):
    """The entities of a text cannot be parsed; says what and where."""


def plain(text: str, mode: str | None) -> str:
    """The text as a client shows it. Raises Unparsable as Telegram would refuse it."""
    if not mode:
        return text
    if mode != "HTML":
        raise Unparsable(f"unsupported parse_mode {mode}")
    shown: list[str] = []
    opened: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == "<":
            tag = _TAG.match(text, at)
            if not tag:
                raise Unparsable(f"Unsupported start tag at byte offset {at}")
            _step(tag, opened, at)
            at = tag.end()
        elif text[at] == "&" and (entity := _ENTITY.match(text, at)):
            shown.append(html.unescape(entity[0]))
            at = entity.end()
        else:
            shown.append(text[at])
            at += 1
    if opened:
        raise Unparsable(f"Can't find end tag corresponding to start tag {opened[-1]}")
    return "".join(shown)


def _step(tag: re.Match[str], opened: list[str], at: int) -> None:
    closing, name = bool(tag[1]), tag[2].lower()
    if name not in TAGS:
        raise Unparsable(f'Unsupported start tag "{name}" at byte offset {at}')
    if not closing:
        opened.append(name)
    elif not opened or opened.pop() != name:
        raise Unparsable(f"Unexpected end tag at byte offset {at}")
