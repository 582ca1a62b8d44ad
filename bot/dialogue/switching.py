"""A word that turns to another thing: a correction, or "thế còn …", which keeps what was asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialogue.decision import SURE, UNKNOWN, Decision, Question, Target, name_heard, name_of
from bot.dialogue.following import THING
from bot.dialogue.session import Topic
from bot.dialogue.siblings import AUDIENCES, age_of, fits_age
from bot.dialogue.strangers import subjects_only, telling
from bot.dialogue.understanding import Clause
from index.evidence import QUALIFIERS
from index.passages import RecordId
from index.retriever import Hits
from knowledge.records import PROCEDURE_ASPECTS, Procedure
from knowledge.vietnamese import expand, fold, told

# Around a word that turns: "bị mất luôn rồi", "còn mất bằng thì làm sao".
_AROUND = frozenset("bi lo luon roi neu con sao nhu the nao sap het".split())
# "thì sao", "còn gia hạn": words that turn or ask; "bản sao", "con nuôi" are named by their other word, too.
_ASKING = frozenset(("sao", "con"))
# "kết hôn thì sao", "còn hộ chiếu nữa"
_THE_SAME = re.compile(r"\b(?:thì sao|nữa|nua)\W*(?:ạ|a)?\W*$")
_NO = re.compile(r"(?:da |o |a )?khong\b\W*(?!phai (?:di|ra|nop))")


def corrected(q: Question, clause: Clause, topic: Topic, decision: Decision) -> Decision:
    """ "nhầm, bằng lái cơ" after "mất bằng cấp ba": of the records that the new words leave open, the one that the old
    question fits too."""
    if mine := _of_the_same_audience(q, topic, decision.choices):
        return Decision((Target("procedure", mine, decision.aspects, clause.text, SURE),), score=SURE)
    if not {"sua", "the_con"} & q.reading.marks:
        return decision
    both, age = q.find(f"{topic.told} {clause.text}"), age_of(clause.text)
    fitting = (h for h in both.hits if age is None or fits_age(name_of(q.library, h.record), age) is not False)
    hit = next((h for h in fitting if h.record.key in decision.choices), None)
    if hit is None or both.confidence < UNKNOWN:
        return decision
    target = Target("procedure", hit.record.key, decision.aspects, clause.text, both.confidence)
    return Decision((target,), score=both.confidence)


def _of_the_same_audience(q: Question, topic: Topic, choices: Sequence[str]) -> str:
    """ "nếu chỉ tạm ngừng" after a company is dissolved: of a household's and a company's, the company's."""
    mine = [a for a in AUDIENCES if topic.key in q.library.procedures and a.search(_called(q, topic.key))]
    fitting = [k for k in choices if k in q.library.procedures and mine and mine[0].search(_called(q, k))]
    return fitting[0] if len(mine) == 1 and len(choices) == 2 and len(fitting) == 1 else ""


def _called(q: Question, key: str) -> str:
    return fold(q.library.procedures[key].name)


def sibling_meant(q: Question, clause: Clause, topic: Topic, hits: Hits) -> RecordId | None:
    """ "không, cấp lại cơ" after a question on exchanging a card: the few words correct what the topic's name says."""
    words = [w for w in clause.subject.replace("lam sao", "").split() if w not in THING | _AROUND]
    bare, extended = bool(words) and set(words) <= QUALIFIERS, "gia han" in clause.subject  # "gia hạn", alone
    if extended:  # "hết hạn thì gia hạn sao"
        words = [w for w in dict.fromkeys(words) if w in QUALIFIERS - _ASKING]
    said = bool({"sua", "the_con", "con"} & q.reading.marks) or _NO.match(q.reading.folded)
    turns = bare or extended or said or q.reading.folded.startswith("con mat ")  # "còn mất bằng thì làm sao"
    procedure = q.library.procedure(topic.key) if topic.kind == "procedure" else None
    if not turns or procedure is None or not 0 < len(words) <= 3:
        return None
    if not bare and name_heard(hits.hits[0]) >= 0.75 and hits.confidence >= SURE:
        return None
    changed = set(words) & (QUALIFIERS - _ASKING)
    named = {w for name in (procedure.name, *procedure.aliases) for w in fold(name).split()}
    if (bare and changed <= named) or q.reading.events:  # "đổi hết nhiêu" after an exchange; "chủ cũ mất rồi thì sao"
        return None
    if not changed or (not extended and {fold(w) for w in telling(q, clause)} - changed - named):
        return None
    base = " ".join(w for w in procedure.name.split() if fold(w) not in QUALIFIERS)
    for hit in subjects_only(q.find(f"{' '.join(words)} {base}")).hits[:4]:
        other = q.library.procedures.get(hit.record.key)
        if other and hit.record.key != topic.key and other.field == procedure.field and _holds(other, changed):
            return hit.record
    return None


def _holds(procedure: Procedure, words: set[str]) -> bool:
    return words <= {w for name in (procedure.name, *procedure.aliases) for w in fold(name).split()}


def inherited(q: Question, clause: Clause, topic: Topic | None) -> tuple[str, ...]:
    """A switch keeps the aspect: "thế còn kết hôn?" after documents asks for documents."""
    length = len(clause.text.split())
    so = length <= 6 and bool(_THE_SAME.search(clause.text))
    switching = bool({"the_con", "sua"} & q.reading.marks) or so
    named_only = length <= 4 and not q.reading.events
    if topic is None and switching:  # what was asked of something that is not here
        return tuple(
            a.key for a in told(q.library.language.aspects, expand(q.session.last_question, q.library.language))
        )
    keeps = topic is not None and topic.kind != "plan" and (switching or named_only)
    return tuple(a for a in topic.aspects if a in PROCEDURE_ASPECTS) if topic and keeps else ()
