"""A question for one thing of a record ("có cần … không", "… thì sao", "em mới 17 tuổi"): the sentences that answer it,
not a card nor every paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.dialogue.beyond_fields import IN_PLACE, asks_who_goes
from bot.dialogue.decision import Decision, Target
from bot.dialogue.following import stay
from bot.dialogue.particulars import is_yes_no, of_figures, of_words
from bot.dialogue.plain_words import held_in
from bot.dialogue.procedure_parts import elsewhere, told_case
from bot.dialogue.siblings import age_told
from bot.dialogue.strangers import common_words, telling
from bot.dialogue.turn import Turn
from index.retriever import bare
from knowledge.records import Case, Procedure
from knowledge.vietnamese import fold
from knowledge.vietnamese import told as told_of

# Aspects of which a yes-or-no question asks one thing only; "gì", "nào" beside them ask for all of it.
_WHETHER = frozenset({"dieu_kien", "doi_tuong", "ho_so"})
_WHAT = re.compile(r"\b(?:gi|nao)\b")
_SO = re.compile(r"\b(?:thi sao|lam sao)\W*$")
_NEEDED = re.compile(r"\b(?:can(?! (?:cuoc|bo|ho|nha)\b)|phai|bat buoc) (.+?) (?:khong|chua)\W*$")
_EITHER = re.compile(r"\bhay\b(?! (?:la )?khong)")
_HOW_MANY = re.compile(
    r"\b(von|dien tich|thu nhap|doanh thu|tuoi|co dong|thanh vien)\b.*\b(?:bao nhieu|may)\b|"
    r"\b(?:bao nhieu|may) (von|met vuong|tuoi|thanh vien|co dong)\b"
)
_WHICH = re.compile(r"\b(?:gi|nao|may|bao nhieu|ai|sao)\b")
_WHICH_WORDS = frozenset("lam gi nao sao may bao nhieu luc ai thi".split())
_PAPER = frozenset("giay to phep lam xin cap dang ky thu tuc nop ho so chung nhan".split())
_ASKING = frozenset("khong chua co duoc phai can".split())
# Whether a tax is due is said beside the fee.
_TAX = re.compile(r"\b(?:dong|nop|chiu|mat) thue\b")
_TAX_SO = re.compile(r"(?:(?:con|the|vay) )*thue (?:thi sao|sao)\b")
LONGEST_OF_TOPIC = 12
# An office beside the thing: "lý lịch tư pháp nộp ở sở tư pháp phải không"; without marks "so" is many things.
_BODY = re.compile(r"(?:^|\b(?:ở|tại|lên|ra|qua) )((?:sở|phòng|cục|chi cục)(?: [^\W\d]+){2})\b")
_BODY_BARE = re.compile(r"\b(?:o|tai|len|ra|qua) ((?:so|phong|cuc|chi cuc)(?! dien thoai)(?: [a-z]+){2})\b")


def with_particulars(turn: Turn, decision: Decision) -> Decision:
    """A yes-or-no question asks for one thing, not for a card nor for every paper: its words beside the record's name,
    or the case that it tells. So does "… thì sao" about what is being spoken of."""
    clauses = turn.reading.clauses
    if len(decision.targets) != 1 or len(clauses) != 1:
        return decision
    target, text = decision.targets[0], clauses[0].text
    p = turn.library.procedure(target.key) if target.kind == "procedure" else None
    if p is None or target.unstated:
        return decision
    if told := _told_of(turn, target, p):
        return replace(decision, targets=(told,))
    if not set(target.aspects) <= _WHETHER:
        return decision
    topic = turn.session.topic
    if topic and topic.key == p.key and is_yes_no(text) and elsewhere(p, text) and told_case(p, text) is None:
        there = replace(target, aspects=("noi_nop",), whether="", particular=())
        return replace(decision, targets=(there,))
    if not target.aspects and asks_who_goes(text):
        return replace(decision, targets=(replace(target, unstated=(IN_PLACE,)),))
    taxed = target.aspects == ("dieu_kien",) and not p.conditions and _TAX.search(fold(text))
    if p.fee and (taxed or (not target.aspects and _TAX_SO.match(fold(text)) and "thuế" in p.fee.lower())):
        return replace(decision, targets=(replace(target, aspects=("le_phi",)),))
    if body := _body_named(text):
        said = bool(of_words(p, body))
        if said or re.search(r"\b(?:khong|ha|a)\W*$", fold(text)):
            found = replace(target, whether=text, particular=body) if said else replace(target, aspects=("noi_nop",))
            return replace(decision, targets=(found,))
    about = _of_amount(target, p, text) or _which(turn, target, p)
    asked = (is_yes_no(text) or _EITHER.search(fold(text))) and not (target.aspects and _WHAT.search(fold(text)))
    if asked or (not target.aspects and _so(turn, target)):
        about = _whether(turn, target, p)
    return replace(decision, targets=(about,)) if about else decision


def or_of_topic(turn: Turn, decision: Decision) -> Decision:
    """Where nothing else answers: what is being spoken of, if its record tells of such a case or such a figure, or has
    a sentence with all that is told; asked of another place, it is not asked back what is meant."""
    topic, clauses = turn.session.topic, turn.reading.clauses
    if decision.targets or decision.absent or len(clauses) != 1:
        return decision
    p = turn.library.procedure(topic.key) if topic and topic.kind == "procedure" else None
    if topic is None or p is None or len(clauses[0].text.split()) > LONGEST_OF_TOPIC:
        return decision
    text, words, aspects = clauses[0].text, telling(turn.question, clauses[0]), turn.question.aspects_of(clauses[0])
    there = elsewhere(p, text) and (is_yes_no(text) or aspects == ("noi_nop",))
    told = told_case(p, text) or of_figures(p, text) or (len(words) > 1 and of_words(p, words, text=text))
    if there:
        return stay(topic, ("noi_nop",), clauses[0])
    return stay(topic, aspects, clauses[0]) if told and not (decision.choices or turn.reading.events) else decision


def _of_amount(target: Target, p: Procedure, text: str) -> Target | None:
    """ "vốn tối thiểu bao nhiêu", where no condition speaks of it: not the conditions, as if they did."""
    asked = _HOW_MANY.search(fold(text)) if target.aspects == ("dieu_kien",) else None
    words = tuple(w for w in text.split() if fold(w) in (asked[1] or asked[2]).split()) if asked else ()
    unsaid = words and p.conditions and not any(held_in(line, words) for line in p.conditions)
    return replace(target, whether=text) if unsaid else None


def _which(turn: Turn, target: Target, p: Procedure) -> Target | None:
    """ "hình nền màu gì", "không thành thì làm gì", asked of what is being spoken of: the sentences that hold it."""
    if target.aspects or not _staying(turn, target) or not _WHICH.search(turn.reading.folded):
        return None
    words = tuple(w for w in _words_beside(turn, p, target) if fold(w) not in _WHICH_WORDS)
    found = len(words) > 1 and of_words(p, words, text=turn.reading.clauses[0].text, own=told_case(p, target.told))
    return replace(target, whether=turn.reading.clauses[0].text, particular=words) if found else None


def _told_of(turn: Turn, target: Target, p: Procedure) -> Target | None:
    """Of what is being spoken of: a case, which is none of what was asked before it ("cho con 10 tuổi thì sao" after
    the fee), or figures that the record has limits for ("em nghỉ mới 8 tháng")."""
    clause = turn.reading.clauses[0]
    if not _staying(turn, target) or turn.question.aspects_of(clause):
        return None
    if told_case(p, clause.text) and target.aspects and not _freed(turn, target, p):
        return replace(target, aspects=(), whether=clause.text, particular=_words_beside(turn, p, target))
    if not target.aspects and of_figures(p, clause.text):
        return replace(target, aspects=("dieu_kien",), whether=clause.text)
    return None


def _freed(turn: Turn, target: Target, p: Procedure) -> bool:
    """ "hộ nghèo thì sao" after a fee that speaks of them."""
    payers = turn.library.language.payers
    keys = {t.key for t in told_of(payers, turn.reading.text)}
    return "le_phi" in target.aspects and any(w.key in keys and fold(w.name) in fold(p.fee) for w in payers)


def _staying(turn: Turn, target: Target) -> bool:
    topic = turn.session.topic
    return topic is not None and topic.key == target.key


def _so(turn: Turn, target: Target) -> bool:
    return _staying(turn, target) and bool(_SO.search(turn.reading.folded))


def _whether(turn: Turn, target: Target, p: Procedure) -> Target | None:
    """The target asked for one thing; None where nothing but the procedure itself is asked for."""
    clause = turn.reading.clauses[0]
    own = told_case(p, clause.text)
    mine = own or told_case(p, target.told)
    words = _words_meant(turn, p, target, mine)
    found = replace(target, whether=clause.text, particular=words)
    if own is None and "ho_so" not in target.aspects and of_figures(p, clause.text):
        return replace(found, aspects=("dieu_kien",))
    if own is None and age_told(clause.text) is not None and any("tuổi" in c for c in p.conditions):
        return replace(target, aspects=("dieu_kien",))
    named = next((w for w in _names_of_another(turn, p) if of_words(p, w, target.aspects)), None)
    if own is None and named and not set(map(fold, words)) & set(named):
        return replace(found, particular=named)
    if own or of_words(p, words, target.aspects, text=clause.text, own=mine):
        return found
    if named:
        return replace(found, particular=named)
    return _of_conditions(turn, found, p)


def _words_meant(turn: Turn, p: Procedure, target: Target, own: Case | None) -> tuple[str, ...]:
    """The words beside the record's name; where no sentence holds these, all that tell something of what is spoken
    of."""
    words, telling_all = _words_beside(turn, p, target), telling(turn.question, turn.reading.clauses[0])
    text = turn.reading.clauses[0].text
    if not _staying(turn, target) or len(telling_all) < 2 or of_words(p, words, target.aspects, text, own):
        return words
    return telling_all if of_words(p, telling_all, target.aspects, text, own) else words


def _of_conditions(turn: Turn, found: Target, p: Procedure) -> Target | None:
    """Nothing is said of it: what the conditions are, where it may hang on them."""
    clause, words = turn.reading.clauses[0], found.particular
    figures = any(c.isdigit() for c in clause.text)
    if not found.aspects:
        return found if words or (figures and not _staying(turn, found) and p.conditions) else None
    telling_more = figures or set(telling(turn.question, clause)) & set(words)
    asked = _needs_itself(clause.text, p) or (telling_more and found.aspects == ("dieu_kien",))
    return replace(found, aspects=("dieu_kien",)) if p.conditions and asked else None


def _names_of_another(turn: Turn, p: Procedure) -> Iterator[tuple[str, ...]]:
    """The other names of a paper that the question names as people call it, and this record as the law does."""
    for record in turn.retriever.said_in(turn.reading.clauses[0].text):
        other = turn.library.procedure(record.key)
        if other is not None and other.key != p.key:
            yield from (tuple(bare(name).split()) for name in (other.name, *other.aliases))


def _needs_itself(text: str, p: Procedure) -> bool:
    """ "quán vỉa hè có cần giấy ấy không": whether the procedure is needed at all, not which papers it needs."""
    needed = _NEEDED.search(fold(text))
    words = set(needed[1].split()) - _ASKING - _PAPER if needed else set()
    return bool(words) and words <= set(fold(" ".join((p.name, *p.aliases))).split())


def _words_beside(turn: Turn, p: Procedure, target: Target) -> tuple[str, ...]:
    """What a question says beside the record's name; its common words count where it says nothing else."""
    clause = turn.reading.clauses[0]
    named = set(fold(" ".join((p.name, *p.aliases))).split())
    common = common_words(turn.library.language, bare=True) if turn.message.text.isascii() else frozenset()
    words = tuple(w for w in telling(turn.question, clause) if fold(w) not in named and w not in common)
    staying = _staying(turn, target)
    if words or not (staying or target.aspects):
        return words
    subject = set(clause.subject.split()) - _ASKING - (set() if staying else named)
    return tuple(w for w in clause.text.split() if fold(w) in subject)


def _body_named(text: str) -> tuple[str, ...]:
    said = _BODY_BARE.search(text) if text.isascii() else _BODY.search(text)
    return tuple(said[1].split()) if said else ()
