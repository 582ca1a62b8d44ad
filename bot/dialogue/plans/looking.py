"""One question held against one plan: its entries, the nearest of them, the bodies that are named."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.dialogue.plans.entries import Entry, Kind, says
from bot.dialogue.plans.naming import bare_body
from bot.dialogue.plans.question import Ask
from bot.dialogue.plans.shelf import Body, Shelf
from knowledge.records import Plan
from knowledge.vietnamese import fold

# How much of a question's weight an entry must share to be an answer.
_LEAST = 0.34


@dataclass(frozen=True, slots=True)
class Scored:
    entry: Entry
    score: float
    cover: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What one plan says to one part of a question. `unsaid`: what it does not say, as named in the sentence."""

    lines: tuple[str, ...]
    aspects: tuple[str, ...] = ()
    unsaid: str = ""

    @property
    def stated(self) -> bool:
        return not self.unsaid


@dataclass(frozen=True)
class Look:
    """What the ways of answering are given. Without slots: what several of them need is worked out once."""

    plan: Plan
    asked: Ask
    shelf: Shelf
    day: dt.date

    @cached_property
    def known(self) -> frozenset[str]:
        """Bodies with a name of their own, not just "the bodies concerned"."""
        return frozenset(b.name for b in self.shelf.bodies[self.plan.key])

    def of(self, *kinds: Kind) -> list[Entry]:
        return [e for e in self.shelf.entries if e.plan == self.plan.key and e.kind in kinds]

    def ranked(self, pool: Sequence[Entry] | None = None) -> list[Scored]:
        """Entries that share words with the question, the nearest first."""
        total = self.asked.weight
        if total <= 0:
            return []
        wanted = {id(e) for e in pool} if pool is not None else None
        shared: Counter[int] = Counter()
        for term, weight in self.asked.terms.items():
            for i, share in self.shelf.postings.get(self.asked.key(term), {}).items():
                shared[i] += weight * share  # type: ignore[assignment]
        named = {b.name for b in self.bodies}
        found = []
        for i, weight in shared.items():
            e = self.shelf.entries[i]
            if e.plan == self.plan.key and (wanted is None or id(e) in wanted):
                cover = weight / total
                found.append(Scored(e, cover + self._bonus(e, named), cover))
        return sorted(found, key=lambda s: (-s.score, len(s.entry.text)))

    @cached_property
    def bodies(self) -> list[Body]:
        """Bodies of the plan that the question names, the best named first."""
        words = [w for w in re.findall(r"\w+", _NUMBER.sub("", self.asked.folded)) if w != "va"]
        text = " ".join(words)
        issuer = fold(bare_body(self.plan.issuer, self.plan.place, self.plan.district))
        scored = [(_naming(b, text, words), b) for b in self.shelf.bodies[self.plan.key] if b.bare != issuer]
        best = max((s for s, _ in scored), default=0.0)
        return [b for s, b in scored if s >= 0.6 and s >= 0.9 * best]

    def of_medium(self, e: Entry) -> bool:
        """Whether a newspaper, or a broadcaster, is asked for, and this is its task."""
        medium = _MEDIUM.search(self.asked.folded)
        return medium is not None and any(fold(b).startswith(f"{medium[1]} ") for b in e.bodies)

    def _bonus(self, e: Entry, named: set[str]) -> float:
        has = sum(0.06 for a in self.asked.aspects if says(e, a))
        whose = 0.2 if named & set(e.bodies) else 0.08 if named & set(e.partners) else 0.0
        of_plan = 0.25 if _OF_PLAN.search(self.asked.folded) and "ke hoach" in fold(e.text) else 0.0
        of_medium = 0.3 if self.of_medium(e) else 0.0
        aside = 0.1 if "kinh phi" in fold(e.text) and not self.asked.asks("kinh_phi") else 0.0
        return has + whose + of_plan + of_medium - aside - 0.0004 * min(len(e.matter), 400)

    def silent(self, ranked: Sequence[Scored]) -> bool:
        """Whether the plan says nothing of the subject. Words that other plans know and this one never uses tell so,
        few of them where it is asked whether it does ("có … không")."""
        if not ranked or ranked[0].cover < _LEAST:
            return True
        doubted = re.search(r"\bco\b.*\bkhong\b|\bco (?:noi|nhac|de cap)\b", self.asked.folded)
        foreign = self._foreign()
        return sum(self.asked.terms[t] for t in foreign) >= (0.15 if doubted else 0.35) * self.asked.weight

    def _foreign(self) -> set[str]:
        """Terms that other plans know and this one does not. A word of theirs that this plan knows only beside others
        ("điện thoại", where "đối thoại" is asked for) is foreign with them."""
        terms = self.asked.terms
        known = {t for t in terms if self.knows(t)}
        placed = {w for t in known if " " in t for w in t.split()}
        others = (t for t in terms if self.asked.key(t) in self.shelf.postings and t not in known)
        foreign = {t for t in others if not set(t.split()) & placed}
        return foreign | {w for t in foreign for w in t.split() if w in terms}

    def knows(self, term: str) -> bool:
        return any(
            self.shelf.entries[i].plan == self.plan.key for i in self.shelf.postings.get(self.asked.key(term), ())
        )


# The plan itself is what is led, watched over or urged on.
_OF_PLAN = re.compile(r"\b(?:theo doi|don doc|kiem tra|trien khai|thuong truc)\b.{0,30}\bke hoach\b")
# "báo nào", "đài nào": a newspaper, a broadcaster
_MEDIUM = re.compile(r"\b(bao|dai)(?: dai)? nao\b")
# "15/KH-UBND" names no body
_NUMBER = re.compile(r"\d+[a-z]?/[a-z]+-(?:uy ban nhan dan|\w+)")
_COMMITTEE = ("uy", "ban", "nhan", "dan")
# With such a word a name has hardly begun.
_COMMON = frozenset("to so phong ban dai bao trung truong van uy hoi cac nganh nguoi chu chi thu".split())
_TIERS = frozenset("tinh pho huyen quan xa phuong tran".split())


def _naming(body: Body, text: str, words: Sequence[str]) -> float:
    """How well a text names a body: 1 when in full, less when some words of a long name are left out. A people's
    committee of another tier is another body."""
    whole = " ".join(body.words)
    if re.search(rf"\b{re.escape(whole)}\b", text):
        return 1.0 + 0.1 * len(body.words)
    if len(body.words) < 4:
        return 0.0
    begins = " ".join(body.words[: 3 if body.words[0] in _COMMON else 2])
    best = 0.65 if body.words[:4] != _COMMITTEE and re.search(rf"\b{re.escape(begins)}\b", text) else 0.0
    for start, word in enumerate(words):
        if word == body.words[0]:
            window = words[start : start + len(body.words) + 1]
            tiers = _TIERS.intersection(window[4:])
            if tuple(window[:4]) == _COMMITTEE and tiers and not tiers & set(body.words):
                continue
            best = max(best, _in_order(body.words, window) / len(body.words))
    return best


def _in_order(wanted: Sequence[str], window: Sequence[str]) -> int:
    """How many of the wanted words begin the window in their order, none foreign between them."""
    at = count = 0
    for word in window:
        while at < len(wanted) and wanted[at] != word:
            at += 1
        if at == len(wanted):
            break
        at += 1
        count += 1
    return count


def unique(items: Iterable[Entry]) -> list[Entry]:
    kept: list[Entry] = []
    for e in items:
        if e not in kept:
            kept.append(e)
    return kept
