"""A change as it is told: kept with the mailing that tells it, put into words for each who is told. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.desk.notices import Said
from bot.dialogue.message import Option
from bot.outreach import links
from bot.outreach.changes import News
from bot.wording import following as say

WHOLE, TITLES = 5, 15
"""So many changes are told with old and new, so many more by name; of the rest only the number."""
BUTTONS, LONGEST_BUTTON = 3, 60


@dataclass(frozen=True, slots=True)
class Tiding:
    """One change: `before` and `now` are its two lines."""

    what: str
    key: str
    code: str
    name: str
    field: str
    title: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is told: the button that ends it (`option`, without the mailing's number), and the field's name, ""
    for what was asked about."""

    option: str
    field: str = ""


def tiding_of(news: News) -> Tiding:
    before, now = news.lines
    return Tiding(news.what.value, news.key, news.code, news.name, news.field, news.title, before, now)


def dumped(by_place: Mapping[str, Sequence[Tiding]]) -> str:
    """Most places see the same: such a one only names the first that does."""
    tree: dict[str, Any] = {}
    for place, found in by_place.items():
        same = next((p for p, kept in tree.items() if not isinstance(kept, str) and by_place[p] == found), None)
        tree[place] = [asdict(t) for t in found] if same is None else same
    return json.dumps(tree, ensure_ascii=False)


def loaded(text: str) -> dict[str, tuple[Tiding, ...]]:
    tree = json.loads(text)
    own = {p: tuple(Tiding(**t) for t in found) for p, found in tree.items() if not isinstance(found, str)}
    return {p: own[found] if isinstance(found, str) else own[p] for p, found in tree.items()}


def told(found: Sequence[Tiding], reasons: Iterable[Reason], mailing: int, public_url: str = "") -> Said:
    """One message of all that concerns one person."""
    reasons = tuple(dict.fromkeys(reasons))
    head = say.NEWS_HEAD if len(found) == 1 else say.NEWS_HEAD_MANY.format(count=len(found))
    blocks = [head, *("\n".join((t.title, t.before, t.now)) for t in found[:WHOLE]), *_rest(found, public_url)]
    fields = [r.field for r in reasons if r.field]
    why = [say.WHY_FIELD.format(fields=", ".join(fields))] if fields else []
    why += [say.WHY_ASKED] if len(fields) < len(reasons) else []
    seen = [Option(f"p:{t.key}"[:64], say.NEWS_SEE.format(name=t.name)[:LONGEST_BUTTON]) for t in found[:BUTTONS]]
    return Said("\n\n".join((*blocks, "\n".join(why))), (*seen, *_stops(reasons, mailing)))


def _rest(found: Sequence[Tiding], public_url: str) -> list[str]:
    named, left = found[WHOLE : WHOLE + TITLES], len(found) - WHOLE - TITLES
    if not named:
        return []
    lines = [say.NEWS_MORE.format(count=len(found) - WHOLE)]
    lines += [say.NEWS_TITLE_LINE.format(title=t.title) for t in named]
    if left > 0:
        at = say.NEWS_REST_AT if public_url else say.NEWS_REST
        lines.append(at.format(count=left, address=links.page(public_url, "/thay-doi")))
    return ["\n".join(lines)]


def _stops(reasons: Sequence[Reason], mailing: int) -> list[Option]:
    """The way out, one tap for each reason; of many only the list of them."""
    if len(reasons) > BUTTONS:
        return [Option(f"t:stopall:0:{mailing}", say.STOP_ALL), Option("t:list", say.SEE_LIST)]
    return [
        Option(f"{r.option}:{mailing}", say.NEWS_STOP_FIELD.format(field=r.field))
        if r.field
        else Option(r.option, say.NEWS_STOP_ASKED)
        for r in reasons
    ]
