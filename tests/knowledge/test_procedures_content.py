"""The rules that the shipped records keep, one test a rule."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from knowledge.library import Library
from knowledge.records import Confidence, Procedure
from knowledge.vietnamese import fold, normalise

RUN = 13


def folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(normalise(text))))


def two_word_runs(text: str) -> set[tuple[str, str]]:
    words = folded(text).split()
    return set(zip(words, words[1:], strict=False))


def without_aspects(text: str, library: Library) -> str:
    phrases = sorted((folded(p) for a in library.language.aspects for p in a.phrases), key=len, reverse=True)
    return re.sub(r"\s+", " ", re.sub(rf"\b({'|'.join(map(re.escape, phrases))})\b", " ", folded(text))).strip()


@pytest.fixture(scope="module")
def core(shared: Path) -> set[str]:
    facts = json.loads((shared / "facts/procedures.json").read_text(encoding="utf-8"))
    return {f["key"] for f in facts if f["priority"] == "core"}


def test_every_procedure_of_the_facts_is_there_with_its_code(library: Library, shared: Path) -> None:
    facts = json.loads((shared / "facts/procedures.json").read_text(encoding="utf-8"))
    assert {f["key"] for f in facts} <= set(library.procedures)
    wrong = [f["key"] for f in facts if f["id"] and library.procedures[f["key"]].code != f["id"]]
    assert not wrong


def test_every_procedure_can_be_answered_about(library: Library) -> None:
    for p in library.procedures.values():
        assert p.agency, p.key
        assert p.steps or "steps" in p.doubts, p.key
        assert p.documents or p.cases or "documents" in p.doubts, p.key
        assert p.legal, p.key


def test_a_record_without_a_source_is_low_in_confidence_and_says_so(library: Library) -> None:
    for p in library.procedures.values():
        if not p.sources:
            assert p.confidence_of("default") is Confidence.LOW, p.key
            assert p.doubts, p.key


def test_a_field_of_low_confidence_tells_its_doubt(library: Library) -> None:
    silent = [
        (p.key, name)
        for p in library.procedures.values()
        for name, level in p.confidence.items()
        if level is Confidence.LOW and name != "default" and name not in p.doubts
    ]
    assert not silent


def test_there_are_enough_asks(library: Library) -> None:
    assert not [p.key for p in library.procedures.values() if len(p.asks) < 6]


def test_core_procedures_have_at_least_fifteen_asks(library: Library, core: set[str]) -> None:
    assert not [k for k in core if len(library.procedures[k].asks) < 15]


def test_half_of_the_asks_do_not_borrow_from_the_official_name_or_an_alias(library: Library) -> None:
    poor = []
    for p in library.procedures.values():
        borrowed = set().union(*(two_word_runs(n) for n in (p.name, *p.aliases)))
        free = [a for a in p.asks if not two_word_runs(a) & borrowed]
        if len(free) < min(8, len(p.asks) // 2):
            poor.append((p.key, len(free), len(p.asks)))
    assert not poor


def test_no_two_asks_are_equal_when_the_aspect_words_are_taken_away(library: Library) -> None:
    seen: dict[str, tuple[str, str]] = {}
    twice = []
    for p in library.procedures.values():
        for ask in p.asks:
            bare = without_aspects(ask, library)
            if bare in seen:
                twice.append((bare, seen[bare], (p.key, ask)))
            seen[bare] = (p.key, ask)
    assert not twice


def test_no_ask_is_taken_from_the_questions_that_measure(library: Library, shared: Path) -> None:
    questions = [q for q in map(folded, questions_of(shared / "eval")) if long_enough(q)]
    asks = [(p.key, a) for p in library.procedures.values() for a in p.asks]
    asks += [(c.key, a) for c in (*library.contacts.values(), *library.services.values()) for a in c.asks]
    asks += [("golden", g.ask) for g in library.golden]
    scores = process.cdist([folded(a) for _, a in asks], questions, scorer=fuzz.token_set_ratio, workers=2)
    near = [(asks[i], questions[j]) for i, j in zip(*(scores >= 90).nonzero(), strict=True) if long_enough(asks[i][1])]
    assert not near


def long_enough(ask: str) -> bool:
    """A few words ("mat cmnd", "nop o dau vay") lie inside many a sentence without being taken from it."""
    return len(ask.split()) > 4


def questions_of(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield from filter(None, [row.get("text"), row.get("context"), *row.get("turns", [])])


def test_at_least_twelve_life_events_lead_to_procedures(library: Library) -> None:
    assert len(library.language.life_events) >= 12
    assert all(e.procedures and e.phrases for e in library.language.life_events)


@pytest.mark.slow
def test_no_long_run_of_words_is_copied(library: Library, shared: Path) -> None:
    ours: dict[tuple[str, ...], str] = {}
    for p in library.procedures.values():
        for text in own_sentences(p):
            for run in runs(text):
                ours[run] = p.key
    names = {folded(n) for n in allowed_names(library, shared)}
    copied = {
        (ours[run], " ".join(run))
        for text in foreign_texts(shared)
        for run in runs(text)
        if run in ours and not any(" ".join(run) in name for name in names)
    }
    assert not copied


def own_sentences(p: Procedure) -> Iterator[str]:
    """What we word ourselves; names of papers, of bodies and of those who may apply stand as they are called."""
    yield from (p.time, p.fee, *p.steps, *p.conditions, *p.remarks, *p.asks)
    yield from (d.note for d in p.documents)
    yield from (c.when for c in p.cases)
    yield from (text for w in p.ways for text in (w.fee, w.time, w.note))


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", normalise(text))
    return (tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def allowed_names(library: Library, shared: Path) -> Iterator[str]:
    """Official names of procedures, forms and laws may stand as they are."""
    for p in library.procedures.values():
        yield from (p.name, *(t.name for t in p.legal), *(d.form.name for d in p.documents if d.form))
    with lzma.open(shared / "corpora/procedures.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from (json.loads(line)["name"] for line in lines)


def foreign_texts(shared: Path) -> Iterable[str]:
    with lzma.open(shared / "corpora/procedures.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield from (
                row.get(k) or "" for k in ("steps", "documents", "conditions", "result", "who", "agency", "methods")
            )
    yield from (f.read_text(encoding="utf-8") for f in sorted((shared / "seeds").glob("*.txt")))
