"""One thing asked of a record ("may my wife …?", "must I …?", "em mới 17 tuổi"): its own sentences that answer it, and
never a card where one word was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.dialogue import figures
from bot.dialogue.plain_words import held_in, words_of
from bot.dialogue.procedure_parts import case_line, lacking, told_case
from bot.dialogue.sayings import SAID_IN, paper
from knowledge.records import Case, Procedure
from knowledge.vietnamese import fold, normalise

_YES_NO = re.compile(r"\b(?:khong|chua|duoc chu|phai khong|hay khong)\W*$")
_WORD = re.compile(r"\w+")
_NEEDED = re.compile(r"\b(?:can|phai|bat buoc)\b")
MOST = 2
# So many words of a question stand in what is said of one's case.
OF_ONES_CASE = 3


def is_yes_no(text: str) -> bool:
    return bool(_YES_NO.search(fold(text)))


_ASKED_OF_ALL = frozenset("co khong phai la duoc luon em toi minh cho thi sao va khi trong nay do gi cua mot".split())
# How and where a thing is done says nothing of whether it may or must be done.
_HOW = frozenset({"fee", "time", "where", "online", "ways"})


def of_words(
    p: Procedure, words: Sequence[str], aspects: Sequence[str] = (), text: str = "", own: Case | None = None
) -> tuple[str, ...]:
    """The record's sentences that hold all of these words, or all but one of many; of conditions asked, no sentence on
    how it is done; where one's `own` case is told, none on another. First those that share most with the question's
    whole `text`."""
    if not words:
        return ()
    others = {case_line(c) for c in p.cases if c is not own} | set(map(paper, lacking(p, own))) if own else set()
    need = len(words) if len(words) <= 3 else len(words) - 1
    scored = []
    unasked = _HOW if "dieu_kien" in aspects else ()
    asked = set(_WORD.findall(fold(text))) - _ASKED_OF_ALL
    told = {line: field for field, said in SAID_IN.items() if field not in unasked for line in said(p)}
    for number, (line, field) in enumerate(told.items()):
        if line in others or (shared := held_in(line, words)) < need or not _whole(line, words, text):
            continue
        beside = len(asked & words_of(line)[1])
        if need > 1 or field != "cases" or beside >= min(2, len(asked)):  # one word makes it nobody's case
            paper_asked = field == "documents" and bool(_NEEDED.search(fold(text)))  # "cần bản vẽ không"
            scored.append((-shared, field in _HOW, -beside, 0 if paper_asked else number + 1, line))
    return tuple(line for *_, line in _as_near(sorted(scored), alone=need == 1))[:MOST]


def _whole(line: str, words: Sequence[str], text: str) -> bool:
    """A word of two syllables stands there as one: "công chức" is not in "công ty, tổ chức"."""
    if len(words) != 2 or " ".join(words) not in text:
        return True
    one, other = words
    said = fold(line) if one.isascii() and other.isascii() else normalise(line)
    apart = {one, other} <= set(_WORD.findall(said))
    return not apart or bool(re.search(rf"\b(?:{one} {other}|{other} {one})\b", said))


_Scored = tuple[int, bool, int, int, str]


def _as_near(scored: Sequence[_Scored], alone: bool) -> Iterator[_Scored]:
    """Those that are as near as the first; where one word is sought `alone`, which is said of many things, the rest of
    the question has to be about as near."""
    for one in scored:
        if one[:2] == scored[0][:2] and not (alone and 3 * one[2] > 2 * scored[0][2]):
            yield one


def of_whether(
    p: Procedure, text: str, words: Sequence[str], aspects: Sequence[str] = (), told: str = ""
) -> tuple[str, ...]:
    """What answers a yes-or-no question: the case that it tells, the limits to what it tells in figures, then the
    sentences that hold its words. `told`: what was told of it before."""
    own = told_case(p, text)
    case = (case_line(own),) if own else ()
    if limits := of_figures(p, text):
        return tuple(dict.fromkeys((*case, *limits)))
    mine = own or told_case(p, told)
    found = tuple(dict.fromkeys((*case, *of_words(p, words, aspects, text, mine))))
    return found if found or mine is None else _of_case(mine, text)


def _of_case(own: Case, text: str) -> tuple[str, ...]:
    """The case told before, where the question shares some words with it."""
    line, asked = case_line(own), set(_WORD.findall(fold(text))) - _ASKED_OF_ALL
    return (line,) if own.note and len(asked & words_of(line)[1]) >= OF_ONES_CASE else ()


def of_figures(p: Procedure, text: str) -> tuple[str, ...]:
    """The limits that stand against the figures of a question, and what is said of its school or of every month."""
    ruling = (*SAID_IN["conditions"](p), *SAID_IN["who"](p))
    beside = (*SAID_IN["remarks"](p), *SAID_IN["steps"](p))
    limits = figures.limits(ruling, text) or figures.limits(SAID_IN["remarks"](p), text, main=False)
    return limits or figures.of_school((*ruling, *beside), text) or figures.repeated((*ruling, *beside), text)
