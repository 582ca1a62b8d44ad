"""Whether a clause with words of its own still speaks of what was spoken of, or moves on to another thing."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from bot.dialogue.decision import SURE, SURE_OF_ANOTHER, Question, name_heard
from bot.dialogue.particulars import is_yes_no, of_words
from bot.dialogue.procedure_parts import told_case
from bot.dialogue.session import Topic
from bot.dialogue.siblings import of_another_age
from bot.dialogue.strangers import FEW, NAMED, holds_all, names_of, runs, telling, without
from bot.dialogue.understanding import Clause
from index.passages import RecordId, RecordKind
from index.retriever import Hit, Hits
from knowledge.vietnamese import fold, told

# With a topic in mind, words that would not be enough on their own still point at it.
STAY = 0.22
SHORT = 2  # letters: "v", "sv" are short forms that nobody wrote out
SURELY, NAMED_WHOLE, NEARLY = 0.9, 0.75, 0.4
# A name whose words are all common ones.
NAMED_IN_COMMON = ("sang ten",)
# Said of any procedure's course, and so of what was spoken of.
_COURSE = re.compile(
    r"\b(?:kết quả|ket qua|bản (?:gốc|chính|sao)|ban (?:goc|chinh|sao)|giải quyết|giai quyet|"
    r"xác nhận|xac nhan|cán bộ|can bo|gọi điện|goi dien|gọi|goi|"
    r"công an|cong an|ủy ban|uy ban|một cửa|mot cua|thuộc diện|thuộc)\b",
    re.I,
)
# Of whom a fee is asked, and no other thing: "nhà khó khăn có được giảm phí không".
_REDUCED = re.compile(r"\b(?:giam|kho khan|neo don|ngheo|mo coi|hoan canh)\b")
_APPLIED = re.compile(r"\b(?:xin|làm|lam|đăng ký|dang ky) $")
_TURNING = frozenset(("the", "con", "vay"))
_AND_ANOTHER = re.compile(r"(?:the |vay |the thi )?con\b(?! (?:em|toi|minh|tui|gai|trai|chau)\b)")
_ASKING_AFTER = frozenset("thi sao a khong nhi roi nua co".split())
SO = re.compile(r"\bthi sao\W*$")
_BECAUSE = re.compile(r"(?:la )?(?:vi|do|tai|boi)\b")


def stays(q: Question, clause: Clause, topic: Topic, hits: Hits) -> bool:
    """Whether a clause with words of its own still speaks of the topic."""
    best = hits.hits[0]
    because = _BECAUSE.match(q.reading.folded) and len(clause.text.split()) <= 8
    if "sua" in q.reading.marks:
        return False
    if of_another_age(q, topic, best.record.key):
        return True
    if because or best.record.key == topic.key:
        return True
    if named_in_common(q, clause, topic) or turned_to(q, clause, topic, hits):
        return False
    if tells_of(q, clause, topic, hits):
        return True
    if is_yes_no(clause.text) and _of_people_alone(q, clause):
        return True
    if moves_on(q, clause, topic, hits):
        return False
    asks = bool(q.aspects_of(clause)) or bool(clause.unstated)
    strange = clause.aspects and any(len(w) > SHORT for w in foreign_to(q, clause, topic))  # "bus có free ko"
    strange = strange and not _REDUCED.search(q.reading.folded) and of_something_else(q, clause, topic)
    one = is_yes_no(clause.text) and not strange
    whether = one or SO.search(q.reading.folded) or told(q.library.language.audiences, clause.text)
    share = next((h.share for h in hits.hits if h.record.key == topic.key), 0.0)
    short = len(clause.text.split()) <= 8 and max(map(name_heard, hits.hits[:3])) < NAMED
    bare = bool(clause.unstated) or (whether and not clause.aspects)
    if topic.kind != "procedure" and hits.confidence >= SURE and not (short and bare):
        return False
    return (
        bool(whether and not all_foreign(q, clause, topic))
        or share >= STAY
        or (asks and not of_something_else(q, clause, topic))
        or (short and within(q, clause, topic.key))
    )


def named_in_common(q: Question, clause: Clause, topic: Topic) -> bool:
    """ "xong rồi sang tên ở đâu" after the contract: what common words name, and the record spoken of is not called."""
    names = _names(q, RecordId(RecordKind.PROCEDURE, topic.key))
    return bool(names) and any(n in clause.subject and n not in names for n in NAMED_IN_COMMON)


def turned_to(q: Question, clause: Clause, topic: Topic, hits: Hits) -> bool:
    """ "thế còn xin bản sao trích lục thì sao", "còn bằng A1 mất thì sao": hardly anything but another record answers
    that, and it is no yes-or-no question for a case of the one spoken of."""
    p = q.library.procedure(topic.key) if topic.kind == "procedure" else None
    best = hits.hits[0]
    if p is None or best.record.kind is not RecordKind.PROCEDURE or is_yes_no(clause.text):
        return False
    turns, so = bool(_AND_ANOTHER.match(q.reading.folded)), bool(SO.search(q.reading.folded))
    if not turns and (within(q, clause, topic.key) if so else not (clause.aspects or clause.unstated)):
        return False  # "đất trồng lúa thì sao" is a case of it; "bố em đang lãnh lương hưu" asks nothing
    sure = hits.confidence >= SURELY and best.share >= SURELY
    heard = same_field(q, topic, best) or name_heard(best) >= NEARLY
    return sure and heard and told_case(p, clause.text) is None


def tells_of(q: Question, clause: Clause, topic: Topic, hits: Hits) -> bool:
    """A case of the topic's own, or words that stand together in one of its sentences, where no other thing is named
    whole: "chưa đủ 18 thì sao"."""
    p = q.library.procedure(topic.key) if topic.kind == "procedure" else None
    named = [r.key for r in q.retriever.said_in(clause.text)]
    named += [h.record.key for h in hits.hits[:3] if name_heard(h) >= NAMED_WHOLE]
    if p is None or set(named) - {topic.key} or named_elsewhere(q, clause, topic, hits):
        return False
    return told_case(p, clause.text) is not None or bool(of_words(p, telling(q, clause)))


def named_elsewhere(q: Question, clause: Clause, topic: Topic, hits: Hits) -> bool:
    """What is said stands whole in another's name ("doanh nghiệp tư nhân?", "mất biển số thì sao"), and not, as
    something to be asked of it, in the record spoken of."""
    said, ground, record = clause.subject.split(), q.retriever.ground, RecordId(RecordKind.PROCEDURE, topic.key)
    turns = "the_con" in q.reading.marks  # "còn hộ chiếu thì sao", though a passport is one of the papers
    while said and said[-1] in _ASKING_AFTER:
        said.pop()
    while turns and said and said[0] in _TURNING:
        said.pop(0)
    if len(said) < 2 or record not in ground.number or not _own_words(q, clause):
        return False
    phrase = f" {' '.join(said)} "
    if not any(phrase in _names(q, h.record) for h in hits.hits[:3]) or phrase in _names(q, record):
        return False
    _, held = ground.pairs_of(record)
    return turns or not SO.search(q.reading.folded) or not all(" ".join(pair) in held for pair in pairwise(said))


def moves_on(q: Question, clause: Clause, topic: Topic, hits: Hits) -> bool:
    """Whether another thing is named, or told at such length that what was found is no chance likeness: few words are
    like many things."""
    others = [h for h in hits.hits[:3] if h.record.key != topic.key]
    if named_in_common(q, clause, topic) or turned_to(q, clause, topic, hits):
        return bool(others)
    whether = is_yes_no(clause.text)
    if whether:  # "có báo công an không" asks for no number
        others = [h for h in others if h.record.kind is not RecordKind.CONTACT]
    if not others or any(name_heard(h) >= NAMED for h in others) or named_elsewhere(q, clause, topic, hits):
        return bool(others)
    if whether and hits.confidence >= SURE and _only_of(q, clause, topic, others[0]):
        return True
    words = telling(q, clause)
    mine = _named_by(q, clause, RecordId(RecordKind.PROCEDURE, topic.key))
    few = len(_own_words(q, clause)) < 2
    enough = (hits.confidence >= SURE and not (few and whether)) or not (few or whether)
    if words and enough and not mine and any(_named_by(q, clause, h.record) for h in others):
        return True
    at_length = len(clause.text.split()) > 8 and hits.confidence >= SURE_OF_ANOTHER
    surely = len(words) > 1 and hits.confidence >= SURELY
    elsewhere = not within(q, clause, topic.key) and holds_all(q, others[0].record, words)
    return (at_length or surely) and elsewhere


def _only_of(q: Question, clause: Clause, topic: Topic, other: Hit) -> bool:
    """ "bà xin trợ cấp được không": to apply for what the other record has, and the one spoken of nowhere."""
    words = _own_words(q, clause)
    return (
        bool(words and _APPLIED.search(clause.text.split(words[0])[0]))
        and len(foreign_to(q, clause, topic)) == len(words)
        and holds_all(q, other.record, words)
    )


def _named_by(q: Question, clause: Clause, record: RecordId) -> bool:
    """Whether every telling word of a clause stands in the names of a record, neighbours as neighbours."""
    names, said = _names(q, record), runs(q, _apart(q, clause))
    return bool(names and said) and all(f" {fold(run)} " in names for run in said)


def _names(q: Question, record: RecordId) -> str:
    known = record in q.retriever.ground.number
    return f" {' | '.join(names_of(q.retriever.ground, record))} " if known else ""


def of_something_else(q: Question, clause: Clause, topic: Topic) -> bool:
    """ "quan tài bao nhiêu tiền" after a marriage's fee: a short question with a word that the record spoken of nowhere
    holds and that is said neither of people nor of any procedure's course."""
    words = foreign_to(q, clause, topic)
    return bool(words) and len(_own_words(q, clause)) <= FEW


def _of_people_alone(q: Question, clause: Clause) -> bool:
    """ "em thuộc hộ cận nghèo có được không": nothing is told but of whom it is asked."""
    return bool(telling(q, clause)) and not _own_words(q, clause)


def all_foreign(q: Question, clause: Clause, topic: Topic) -> bool:
    """Two telling words or more, none of which stands in the record spoken of."""
    foreign = foreign_to(q, clause, topic)
    return len(foreign) > 1 and len(foreign) == len(_own_words(q, clause))


def foreign_to(q: Question, clause: Clause, topic: Topic) -> list[str]:
    """Telling words that stand nowhere in the record spoken of, but for those of people and of a procedure's course."""
    record = RecordId(RecordKind.PROCEDURE, topic.key)
    if record not in q.retriever.ground.number:
        return []
    return [w for w in _own_words(q, clause) if not holds_all(q, record, (w,))]


def _own_words(q: Question, clause: Clause) -> tuple[str, ...]:
    return telling(q, _apart(q, clause))


def _apart(q: Question, clause: Clause) -> Clause:
    """The clause without words of people and of any procedure's course."""
    lists = q.library.language
    spans = sorted({*told(lists.audiences, clause.text), *told(lists.payers, clause.text)}, key=lambda t: t.start)
    return replace(clause, text=_COURSE.sub(" ", without(clause.text, spans)))


def within(q: Question, clause: Clause, key: str) -> bool:
    """Whether every telling word of a clause that names nothing known stands in the record spoken of."""
    words, record = telling(q, clause), RecordId(RecordKind.PROCEDURE, key)
    return not words or record not in q.retriever.ground.number or holds_all(q, record, words)


def same_field(q: Question, topic: Topic, hit: Hit) -> bool:
    one, other = q.library.procedures.get(topic.key), q.library.procedures.get(hit.record.key)
    return one is not None and other is not None and one.field == other.field
