"""The weekly digest, drafted by rule from what the store counted: values first, then its sections in words. Pure.

Nobody's words stand in it but those of petitions that an officer made public; what fewer than two asked is not named.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.dialogue.message import Behavior
from bot.ledger import Turn, Verdict
from bot.outreach.changes import News
from bot.outreach.paper.drafting import facts, papers
from bot.petitions.clock import VIETNAM
from bot.petitions.petition import Petition
from bot.wording import outreach as say
from knowledge.library import Library
from knowledge.records import Procedure

MOST = 5
LEAST = 2
"""One person's question is that person's."""
ANSWERS = 3
_ASKED = frozenset({Behavior.ANSWER.value, Behavior.NOT_PUBLISHED.value})


@dataclass(frozen=True, slots=True)
class Published:
    """A petition that an officer made public, in the words that were approved."""

    question: str
    answer: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """What happened from `first` to `last`, both included. `explained`: procedures of earlier digests."""

    first: dt.date
    last: dt.date
    turns: Iterable[Turn] = ()
    verdicts: Iterable[Verdict] = ()
    petitions: Iterable[Petition] = ()
    published: tuple[Published, ...] = ()
    changes: tuple[News, ...] = ()
    explained: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Counted:
    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Explained:
    key: str
    name: str
    lines: tuple[tuple[str, str], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Digest:
    first: dt.date
    last: dt.date
    questions: int
    asked: tuple[Counted, ...]
    petitions: int
    complained: tuple[Counted, ...]
    unhelpful: tuple[Counted, ...]
    answered: tuple[Published, ...]
    changes: tuple[News, ...]
    explained: Explained | None


@dataclass(frozen=True, slots=True)
class Section:
    """`items` are of one kind, each of one or more lines. `named`: each begins with its own name, so has no number."""

    title: str
    lead: str
    items: tuple[tuple[str, ...], ...] = ()
    named: bool = False

    @property
    def numbered(self) -> bool:
        return len(self.items) > 1 and not self.named


@dataclass(frozen=True, slots=True)
class Issue:
    """A digest as it goes out: its sections in the words that officers left. `explained`: the procedure explained."""

    first: dt.date
    last: dt.date
    sections: tuple[Section, ...]
    explained: str = ""


def issue_of(d: Digest) -> Issue:
    return Issue(d.first, d.last, sections(d), d.explained.key if d.explained else "")


def drafted(week: Week, library: Library) -> Digest:
    questions, records = _count(week.turns)
    petitions = list(week.petitions)
    fields = Counter(p.field for p in petitions if p.field)
    bad = Counter(key for v in week.verdicts if not v.good for key in set(v.records))
    asked = _most(records, {k: p.name for k, p in library.procedures.items()})
    return Digest(
        week.first,
        week.last,
        questions,
        asked,
        len(petitions),
        _most(fields, {f: f for f in fields}),
        _most(bad, {k: p.name for k, p in library.procedures.items()}),
        week.published[:ANSWERS],
        week.changes,
        _explained(asked, library, week.explained),
    )


def sections(d: Digest | Issue) -> tuple[Section, ...]:
    """Only those that have something to say, in the order in which they are read."""
    if isinstance(d, Issue):
        return tuple(s for s in d.sections if s.items or s.lead)
    found = (
        Section(say.DIGEST_CHANGES, "", tuple((n.title, *n.lines) for n in d.changes)),
        _asked_section(d),
        Section(say.DIGEST_ANSWERED, "", tuple(_answer(p) for p in d.answered)),
        _complained_section(d),
        _explained_section(d),
    )
    return tuple(s for s in found if s.items or s.lead)


def title(d: Digest | Issue) -> str:
    return say.DIGEST_TITLE.format(first=f"{d.first:%d/%m/%Y}", last=f"{d.last:%d/%m/%Y}")


def text(d: Digest | Issue, authority: str) -> str:
    """As it is shown to the officer and sent to those who follow."""
    parts = [title(d)]
    for section in sections(d):
        body = [section.lead] if section.lead else []
        for i, (first, *rest) in enumerate(section.items, 1):
            body += [f"{i}. {first}" if section.numbered else first, *rest]
        parts.append("\n".join((section.title.upper(), *body)))
    return "\n\n".join((*parts, say.DIGEST_FOOT.format(authority=authority or say.ASSISTANT)))


def _count(turns: Iterable[Turn]) -> tuple[int, Counter[str]]:
    """How many questions were answered; each record once a conversation and day, so that one who asks again and again
    does not make it the question of the week."""
    questions = 0
    seen: set[tuple[str, dt.date, str]] = set()
    for turn in turns:
        if turn.behavior in _ASKED:
            questions += 1
            seen |= {(turn.conversation, turn.at.astimezone(VIETNAM).date(), key) for key in turn.records}
    return questions, Counter(key for _, _, key in sorted(seen))


def _most(counts: Mapping[str, int], names: Mapping[str, str]) -> tuple[Counted, ...]:
    named = [Counted(k, names[k], n) for k, n in counts.items() if k in names and n >= LEAST]
    return tuple(sorted(named, key=lambda c: (-c.count, c.name))[:MOST])


def _explained(asked: tuple[Counted, ...], library: Library, before: frozenset[str]) -> Explained | None:
    """The most asked one that was not explained before; else the most used of the content."""
    here = [p for group in library.fields().values() for p in group if p.validity.in_force(library.day)]
    popular = sorted(here, key=lambda p: -p.popularity)
    first = [p for c in asked for p in here if p.key == c.key]
    chosen = next((p for p in (*first, *popular) if p.key not in before), None)
    return Explained(chosen.key, chosen.name, _lines(chosen), _source(chosen)) if chosen else None


def _lines(p: Procedure) -> tuple[tuple[str, str], ...]:
    return tuple((line.label, line.text) for line in (papers(p), *facts(p)))


def _source(p: Procedure) -> str:
    return say.SOURCE_READ.format(name=p.sources[0].name, read=p.sources[0].read) if p.sources else say.NO_SOURCE


def _asked_section(d: Digest) -> Section:
    lead = say.DIGEST_ASKED_LEAD.format(count=d.questions) if d.questions else ""
    return Section(
        say.DIGEST_ASKED, lead, tuple((say.DIGEST_ASKED_ROW.format(name=c.name, count=c.count),) for c in d.asked)
    )


def _complained_section(d: Digest) -> Section:
    lead = say.DIGEST_COMPLAINED_LEAD.format(count=d.petitions) if d.petitions else ""
    by_field = tuple((say.DIGEST_COMPLAINED_ROW.format(name=c.name, count=c.count),) for c in d.complained)
    unhelpful = tuple((say.DIGEST_UNHELPFUL_ROW.format(name=c.name, count=c.count),) for c in d.unhelpful)
    return Section(say.DIGEST_COMPLAINED, lead, by_field + unhelpful)


def _answer(p: Published) -> tuple[str, ...]:
    return say.DIGEST_QUESTION.format(text=p.question), say.DIGEST_ANSWER.format(text=p.answer)


def _explained_section(d: Digest) -> Section:
    if d.explained is None:
        return Section(say.DIGEST_EXPLAINED, "")
    lines = tuple((f"{label}: {text}",) for label, text in d.explained.lines)
    lead = say.DIGEST_EXPLAINED_LEAD.format(name=d.explained.name, source=d.explained.source)
    return Section(say.DIGEST_EXPLAINED, lead, lines, named=True)
