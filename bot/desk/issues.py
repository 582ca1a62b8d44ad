"""A digest as an officer edits it: kept as JSON with its mailing. Pure."""

from __future__ import annotations

import datetime as dt
import json

from bot.outreach.digest import Issue, Section


def dumped(issue: Issue) -> str:
    sections = [[s.title, s.lead, s.named, [list(item) for item in s.items]] for s in issue.sections]
    tree = {
        "first": issue.first.isoformat(),
        "last": issue.last.isoformat(),
        "explained": issue.explained,
        "sections": sections,
    }
    return json.dumps(tree, ensure_ascii=False)


def issue_in(text: str) -> Issue:
    tree = json.loads(text)
    sections = tuple(
        Section(title, lead, tuple(tuple(item) for item in items), named)
        for title, lead, named, items in tree["sections"]
    )
    first, last = (dt.date.fromisoformat(tree[end]) for end in ("first", "last"))
    return Issue(first, last, sections, tree["explained"])


def items_in(text: str) -> tuple[tuple[str, ...], ...]:
    """What stands in a field of the form: items with a blank line between them, each of one or more lines."""
    blocks = (b for b in text.replace("\r\n", "\n").split("\n\n") if b.strip())
    return tuple(tuple(line.strip() for line in block.split("\n") if line.strip()) for block in blocks)


def items_out(items: tuple[tuple[str, ...], ...]) -> str:
    return "\n\n".join("\n".join(item) for item in items)
