"""Several procedures in one question ("lệ phí khai sinh, kết hôn và khai tử"): each of them, asked the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.dialogue.decision import SURE, Decision, Question, Target, name_heard
from bot.dialogue.particulars import is_yes_no
from bot.dialogue.strangers import common_words
from bot.dialogue.understanding import Clause
from index.evidence import QUALIFIERS
from index.passages import RecordId, RecordKind
from knowledge.vietnamese import fold

MOST_ANSWERED = 3
_JOINED = re.compile(r" (?:va ca|va) ")
_AND = frozenset(", ; va voi cung hay hoac".split())
_PIECE = re.compile(r"[,;]|[\w.&/-]*\w")
# "cần", and no "căn cước", "cán bộ", "căn hộ"
_NEEDS = re.compile(
    r"^\W*(.+?) (?:co )?(?:can(?! (?:cuoc|bo|ho|nha)\b)|phai|bat buoc|doi)(?: phai)?(?: co| nop| mang| xin| lam)? "
)
_SERVES = re.compile(r"^(?:co )?(?:can|phai)\b.+ (?:de|khi|luc) (?:di |xin )?(.+) (?:khong|ko)\W*$")
# Papers that one has are told in passing, and those that one needs for something else are that one's.
_HAD = re.compile(r"\b(?:co|lam|nop|lay)\b.*\broi\b\W*(?:$|,|gio|thi|ma|bay)|\bda (?:co|lam|nop|lay)\b")


def joined(q: Question, clause: Clause, decide: Callable[[Question, Clause, None], Decision]) -> Decision | None:
    """What a clause that names several procedures asks; None where it names one or is no such list."""
    if q.retriever.exact(clause.subject) or _HAD.search(fold(clause.text)):
        return None
    if needing := _that_needs(q, clause):
        return Decision((needing,), score=1.0)
    if several := _list(q, clause, decide):
        return several
    records = _pair(q, clause)
    return Decision(tuple(_asked(q, clause, r) for r in records), score=1.0) if records else None


def _that_needs(q: Question, clause: Clause) -> Target | None:
    """ "kết hôn có cần hộ chiếu không" asks for the papers of the first, whatever is named as one of them."""
    folded, subject, asked = fold(clause.text), clause.subject.split(), q.aspects_of(clause)
    if set(asked) - {"dieu_kien", "ho_so"} or clause.unstated:
        return None
    if serving := _SERVES.search(folded):
        record = _among_common(q, " ".join(w for w in serving[1].split() if w in subject))
        return _asked(q, clause, record, ("ho_so",)) if record else None
    needing = _NEEDS.match(folded) if is_yes_no(clause.text) else None
    if needing is None:
        return None
    main, *needed = (
        " ".join(w for w in part.split() if w in subject)
        for part in (needing[1], *re.split(r"[,;]|\b(?:va|hay|hoac|voi)\b", folded[needing.end() :]))
    )
    record = _among_common(q, main) or at_edge(q, needing[1], -1)
    papers = any(_among_common(q, part) for part in needed)
    return _asked(q, clause, record, ("ho_so",) if papers else asked) if record else None


def _asked(q: Question, clause: Clause, record: RecordId, aspects: tuple[str, ...] | None = None) -> Target:
    wanted = q.aspects_of(clause) if aspects is None else aspects
    return Target("procedure", record.key, wanted, clause.text, 1.0, unstated=clause.unstated)


def first_few(decision: Decision) -> Decision:
    """The same with so many answers as one message bears; the other records are left to buttons."""
    now, later = decision.targets[:MOST_ANSWERED], decision.targets[MOST_ANSWERED:]
    if not later:
        return decision
    keys = tuple(t.key for t in later)
    return replace(decision, targets=now, later=keys, aspects=decision.aspects or later[0].aspects)


def _list(q: Question, clause: Clause, decide: Callable[[Question, Clause, None], Decision]) -> Decision | None:
    """Three or more names; of one among them that says too little it is asked back, or said that it is not here."""
    parts = _parts(clause)
    if len(parts) < 3 or _named_in(q, parts[0]) is None:
        return None
    found = [_named_in(q, words) for words in parts]
    known = [r for r in found if r]
    if len(set(known)) < 2 or len(parts) - len(known) > 1:
        return None
    decision = Decision(tuple(_asked(q, clause, r) for r in dict.fromkeys(known)), score=1.0)
    if len(known) == len(parts):
        return decision
    text = parts[found.index(None)]
    left = decide(q, Clause(text, q.aspects_of(clause), fold(text), clause.unstated), None)
    if left.targets:
        return replace(decision, targets=(*decision.targets, *left.targets))
    return replace(decision, choices=left.choices, aspects=left.aspects, missed="" if left.choices else text)


def _parts(clause: Clause) -> list[str]:
    """The parts between commas and words for "and": of each, as written, what the clause's subject has of it."""
    left, parts = clause.subject.split(), list[list[str]]([[]])
    for written in _PIECE.findall(clause.text):
        word = fold(written)
        if left and word == left[0]:
            left.pop(0)
            if word not in _AND:
                parts[-1].append(written)
        if word in _AND:
            parts.append([])
    return [" ".join(words) for words in parts if words]


def _named_in(q: Question, words: str) -> RecordId | None:
    return named(q, words) or _among_common(q, words)


def _among_common(q: Question, words: str) -> RecordId | None:
    """The procedure of which the name stands there with nothing but common words around it."""
    if exact := q.retriever.exact(words):
        return exact
    common = common_words(q.library.language, bare=True) - QUALIFIERS
    found = _at_edges(q, fold(words).split(), (-1, 1))
    return next((record for record, left in found if left <= common), None)


def _pair(q: Question, clause: Clause) -> tuple[RecordId, ...]:
    """ "khai sinh và kết hôn cần gì"; what stands after both belongs to both ("đổi và cấp lại bằng lái")."""
    told = _parts(clause)
    if len(told) == 2 and (bare := q.retriever.exact(told[0])) and (last := _among_common(q, told[1])):
        return (bare, last) if bare != last else ()
    parts = _JOINED.split(f" {clause.subject} ")
    if len(parts) != 2:
        return ()
    rest = " ".join(w for w in parts[1].split() if w not in QUALIFIERS)
    one, other = parts[0].strip(), parts[1].strip()
    found = (named(q, one) or named(q, f"{one} {rest}") or at_edge(q, one, -1), named(q, other) or at_edge(q, other, 1))
    return tuple(r for r in found if r) if all(found) and found[0] != found[1] else ()


def named(q: Question, words: str) -> RecordId | None:
    """The procedure that these words surely name."""
    if exact := q.retriever.exact(words):
        return exact
    best = next(iter(q.find(words).hits), None) if len(words.split()) > 1 else None
    if best is None or best.record.kind is not RecordKind.PROCEDURE or name_heard(best) < 0.75:
        return None
    return best.record if q.find(words).confidence >= SURE else None


def at_edge(q: Question, words: str, side: int) -> RecordId | None:
    """The name that stands right before (side -1) or after an "and"; nothing that tells siblings apart is left out."""
    found = _at_edges(q, words.split(), (side,))
    return next((record for record, left in found if not left & QUALIFIERS), None)


def _at_edges(q: Question, words: list[str], sides: tuple[int, ...]) -> Iterator[tuple[RecordId, set[str]]]:
    """The names of two words and more at the end (-1) or the beginning (1), the longest first, each with what is left
    beside it."""
    for length in range(len(words) - 1, 1, -1):
        for side in sides:
            kept, left = (words[-length:], words[:-length]) if side < 0 else (words[:length], words[length:])
            if exact := q.retriever.exact(" ".join(kept)):
                yield exact, set(left)
