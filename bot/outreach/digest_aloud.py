"""The digest for radio and loudspeaker: whole sentences, every number and short form in words. Pure."""

from __future__ import annotations

import re

from bot.outreach.digest import Digest, Issue, Section, sections
from bot.outreach.spoken import aloud, date
from bot.wording import outreach as say

# A record's number helps a reader and no listener.
_CODE = re.compile(r", (?:bản ghi|mã) \d\.\d{6}")


def read_out(d: Digest | Issue, authority: str) -> str:
    """One paragraph a section; nothing that a speaker would have to translate while reading."""
    week = say.ALOUD_WEEK.format(first=date(d.first), last=date(d.last))
    parts = [say.ALOUD_GREETING.format(authority=aloud(authority or say.ASSISTANT), week=week)]
    parts += [_section(section) for section in sections(d)]
    return "\n\n".join((*parts, say.ALOUD_END.format(authority=aloud(authority or say.ASSISTANT))))


def _section(section: Section) -> str:
    said = [_sentence(section.title)]
    if section.lead:
        said.append(_sentence(_CODE.sub("", section.lead)))
    for i, item in enumerate(section.items):
        lines = [_sentence(line) for line in item]
        if section.numbered and i < len(say.ORDINALS):
            lines[0] = f"{say.ORDINALS[i]}, {lines[0][:1].lower()}{lines[0][1:]}"
        said += lines
    return " ".join(said)


def _sentence(text: str) -> str:
    said = aloud(text).rstrip(" ,;:")
    return said if said.endswith((".", "?", "!")) else f"{said}."
