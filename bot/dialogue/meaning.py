"""What "how much" and "how long" ask of the record that was found: a fee or a benefit, a fine, the office's time, the
citizen's own, or how long a paper may be used. A fee is never told for a fine, nor the office's days for another term.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.beyond_fields import (
    AMOUNT,
    COMPULSORY,
    FINE,
    GIVEN_BACK,
    IN_PLACE,
    LASTS,
    LATE,
    OWN_TERM,
    PAYING,
    RECEIVED,
    STILL,
    TAX,
    amounts,
    in_person,
    is_own_term,
    of_paper,
    of_unstated,
    own_terms,
)
from bot.dialogue.decision import Decision, Question, Target
from bot.dialogue.particulars import is_yes_no
from bot.dialogue.procedure_parts import told_case
from bot.dialogue.strangers import telling
from bot.dialogue.understanding import Clause
from knowledge.records import Procedure
from knowledge.vietnamese import fold

FEE, TIME, RESULT, CONDITIONS, IN_FORCE = "le_phi", "thoi_han", "ket_qua", "dieu_kien", "hieu_luc"
WAYS = "cach_nop"
# "phạt" in a question asks for the fine, but where paying one is the procedure; unmarked, "phat" may be another word.
_FINE = re.compile(r"\bphạt\b|(?<!cap )(?<!nop )\bphat\b(?! (?:hanh|trien|luong|thanh|mai|thuoc|bieu|qua))")
_PAYS_A_FINE = re.compile(r"\bphat\b")
# Who pays a fine asks what comes of paying late, or how high the fine of a deed is: neither is the sum on the paper.
_LATE = re.compile(r"\b(?:trễ|chậm|muộn|quá hạn|tre|cham|muon|qua han)\b")
_HOW_HIGH = re.compile(
    r"\b(?:muc|tien|bi) phat\b.*\b(?:bao nhieu|may|bn|nhieu)\b|"
    r"(?<!nop )(?<!dong )(?<!tien )\bphat (?:bao nhieu|may|bn|nhieu)"
)
# Who is given money asks how much it is; who says one of these asks what it costs.
_GIVEN = re.compile(
    r"\b(?:tro cap|tro giup xa hoi|huong|che do|ho tro|luong huu|huu tri|mai tang|tu tuat|thai san|om dau|that nghiep|"
    r"bhxh mot lan|bao hiem xa hoi mot lan|thanh toan|boi thuong|uu dai)\b"
)
_COSTS_NOTHING = re.compile(r"^(?:khong thu|mien|khong mat|khong phai)")
_COSTS = re.compile(
    r"\b(?:le phi|mat (?:tien|phi|bao)|ton\b|nop (?:tien|bao|may)|dong (?:tien|bao|may)|phai (?:tra|nop|dong)|chi phi|"
    r"het (?:bao|may|tien)|co phi|phi (?:bao|la|lam|nop|bn))|\bmien phi|(?<!mai tang )\bphi\W*$"
)
_HOW_MUCH = re.compile(r"\b(?:bao nhieu|bn|may (?:tien|dong|tram|trieu)|het may)\b")
# "nộp phí bằng chuyển khoản được không" asks how to pay, not how much, nor whether papers go online.
_OF_PAYING = frozenset({FEE, "cach_nop", "truc_tuyen", "trinh_tu", "dieu_kien"})
# Whoever asks what tax there is to pay is not told that handing in the form is free.
_TAX = re.compile(
    r"\b(?:dong|nop|chiu|mat|tinh|tra|muc|tien) thue\b(?! (?:nha|xe|phong|tro|mat bang))|"
    r"\bthue (?:bao nhieu|may|bn|the nao|ra sao|khong|suat)\b|\bthue (?:co )?phai (?:dong|nop|chiu|tra)\b"
)
PLACE_WORDS = 9
_TAX_DUE = re.compile(r"\bthue (?:co )?phai (?:dong|nop|chiu|tra)\b|\bphai (?:dong|nop|chiu|tra) thue\b")
_LENGTH = r"(?:bao lau|may|bao nhieu|bn|nhieu) ?(?:gio|ngay|hom|bua|tuan|thang|nam)?"
_HOW_LONG = re.compile(rf"\b{_LENGTH}\b")
# The citizen's own term: told from a moment on, or by what he has to do within it.
_OWN = re.compile(
    r"(?<!thua )\b(?:ke tu|tinh tu)\b|\bhan (?:nop|dang ky|khai|bao|khieu nai|chot|cuoi)\b|"
    r"\btrong (?:vong )?(?:bao nhieu|may) (?:ngay|thang|hom|nam)\b.{0,20}\b(?:sau khi|ke tu|tu khi|tu ngay)|"
    r"\b(?:nop|khai|bao|sang ten|dang ky)\b.{0,30}\btrong (?:vong )?(?:bao nhieu|may|bao lau)|"
    r"\bhan (?:may|bao nhieu|bao lau)\b.{0,30}\b(?:sau khi|tu khi|ke tu)\b|"
    r"\b(?:sau khi|tu khi)\b.{0,40}\b(?:trong|han)\b|\bthoi hieu\b|\btruoc (?:may|bao nhieu) (?:gio|ngay)|"
    r"\bkhieu nai\b(?:(?!giai quyet|tra loi|thu ly).){0,40}\btrong (?:vong )?(?:bao nhieu|may|bao lau)"
    r"(?!.*(?:giai quyet|tra loi|thu ly))"
)
# Of "xin … trong mấy ngày" nothing tells whose days are meant: one's own, where the record has some, and the office's.
_EITHERS = re.compile(
    r"^(?:thi |han )?trong (?:vong )?(?:bao nhieu|may|bao lau)\b|"
    r"\b(?:xin|huong|lam|doi|lay)\b(?:(?!xong|tra|nhan).){0,40}\btrong (?:vong )?"
    r"(?:bao nhieu|may|bao lau)\b(?! (?:co|xong))"
)
# When one begins to be given money asks for the conditions, not for the office's days.
_GIVEN_FROM = re.compile(
    r"\b(?:bao gio|khi nao|chung nao|luc nao|may tuoi|bao nhieu tuoi)(?: \w+){0,2} "
    r"(?:co|duoc|nhan|linh|lanh|huong)(?: \w+){0,2} (?:luong huu|tro cap|tien huu|hang thang|tien gia)\b"
)
_HANDED_WHEN = re.compile(r"\b(?:nop|dang ky|khai|ghi danh)(?: \w+){0,2} (?:luc|khi) nao\b")
_HANDED_IN = re.compile(r"\b(?:nop|ho so|quyet dinh|ket qua|tra)\b")
# Whether one is given anything, where it is not asked how much.
_MUCH_GIVEN = re.compile(r"\b(?:duoc|huong|lanh|linh|nhan|cho)(?: duoc)? (?:bao nhieu|may (?:dong|trieu|tram|tien))\b")
_AT_HOME = re.compile(r"\b(?:tai|o|den|toi|ve) (?:tan )?nha (?:duoc|dc) (?:khong|ko|chu)\b")
_WHICH_FORM = re.compile(r"\b(?:nop|viet|lam|ghi|gui) don (?:gi|nao)\b")
# What must have passed or been paid before.
_BEFORE = re.compile(
    rf"\b(?:nghi|(?<!hop )(?<!cong )(?<!lao )dong|(?<!nha )(?<!dat )(?<!cho )(?<!noi )o|song|cu tru)"
    rf"(?: viec| du| it nhat| duoc)? {_LENGTH}"
)
# How long the paper or the state lasts, and the longest that is allowed.
_LASTING = re.compile(
    rf"\b(?:xai|(?<!xay )dung|co gia tri|gia tri|hieu luc|co hieu luc|bao ho)(?: duoc| dc| trong)? {_LENGTH}|"
    rf"(?<!thoi )(?<!gia )(?<!tre )(?<!qua )(?<!ky )\bhan(?: su dung| dung| la| trong)? {_LENGTH}|"
    rf"\b{_LENGTH}(?: thi| la| se)? het han|\b(?:khi|bao gio|luc) ?(?:nao )?(?:thi )?het han|"
    r"\bco (?:thoi )?han(?: su dung)? (?:khong|chua)\W*$|\bvinh vien\b|"
    rf"\b(?:toi da|lau nhat|dai nhat|nhieu nhat)(?: la| duoc| trong)? {_LENGTH}|"
    r"\bduoc (?:may|bao nhieu) (?:nam|thang)\b"
)


# How long a benefit or a leave is given, where it is asked of a record that gives one: not how long the office takes.
_RECEIVED = re.compile(
    r"\b(?:huong|lanh|linh|nghi)\b(?! viec)(?: \w+){0,3} (?:bao lau|(?:may|bao nhieu) ?(?:ngay|tuan|thang|nam))\b"
    r"|\bnhan (?!ho so|ket qua|giay|quyet dinh)(?:\w+ ){0,3}(?:may|bao nhieu) (?:thang|nam)\b"
)
# Who asks whether less is taken asks for the fee.
_REDUCED = re.compile(
    r"\b(?:co|duoc)(?: duoc)? (?:giam|mien|bot)(?: gi| phi| le phi| tien| them| bot| het)* (?:khong|chua|ha)\W*$"
)
_WHO_PAYS = re.compile(r"\bai (?:phai |la nguoi )?(?:dong|chiu|tra)\b(?! dau)")
_OF_RIGHTS = frozenset({"dieu_kien", "doi_tuong", "hieu_luc"})
# Whether it may be done in another place.
_THERE = re.compile(
    r"(?<!nha )(?<!dat )\b(?:o|tai|ra|len|qua|ve|ben) (?:xa|phuong|que|huyen|quan|tinh|thanh pho)(?: \w+){0,2}? "
    r"(?:duoc|dc)\b|"
    r"\b(?:xa|phuong|tinh|noi|cho|quan|huyen) khac\b"
)
_BY_PHONE = re.compile(r"\b(?:goi dien|qua dien thoai|dien thoai bao)\b")
# When one has to come, asked of what the record has a term for.
WHEN = re.compile(
    r"\b(?:bao|khai|nop|dang ky|doi|lam)(?: \w+){0,2} (?:luc nao|khi nao|(?:thang|ngay|hom) nao)\b|"
    r"\b(?:thang|ngay|hom) nao(?: \w+)? (?:bao|khai|nop|dang ky|doi|lam)\b"
)
# What an office gives back: the citizen's own term, where a record has only that, says nothing of it.
_GIVEN_BACK = re.compile(r"\b(?:lay|nhan|tra)(?: lai)? (?:giay|bang|the|so|xe|tien|ket qua)\b")
# A paper may still be used; a procedure, a form or a law is still in force.
_USED = re.compile(r"\b(?:dung|xai|su dung)\b.{0,14}\b(?:khong|chua)\W*$")
_VALID = re.compile(r"\b(?:gia tri|hieu luc)\b.{0,14}\b(?:khong|chua)\W*$")
_PAPER = re.compile(
    r"\b(?:thẻ|sổ|bằng|giấy|phiếu|giay|phieu|ho chieu|can cuoc|chung minh|ho khau|bang lai|so do|the bhyt|bien so)\b"
)
_RULE = re.compile(
    r"\b(?:thu tuc|quy dinh|luat|nghi dinh|thong tu|quyet dinh|van ban|ban ghi|thong tin|to khai|bieu mau)\b"
)


def as_meant(q: Question, clause: Clause, decision: Decision) -> Decision:
    """The same, each aspect turned to what was meant of its record."""
    return replace(decision, targets=tuple(_meant(q, clause, t) for t in decision.targets))


def _meant(q: Question, clause: Clause, target: Target) -> Target:
    procedure = q.library.procedure(target.key) if target.kind == "procedure" else None
    if procedure is None:
        return target
    folded = fold(clause.text)
    target = _of_documents(_placed(_reduced(target, folded), procedure, clause), procedure, folded)
    if PAYING & set(clause.unstated) and not _HOW_MUCH.search(folded):
        target = replace(target, aspects=tuple(a for a in target.aspects if a not in _OF_PAYING))
    if _asks_fine(clause, procedure):
        return _turned(target, (FEE,), FINE)
    if FEE in target.aspects and _PAYS_A_FINE.search(fold(procedure.name)):
        return _of_a_fine(target, clause)
    if IN_FORCE in target.aspects and _of_a_paper(clause):
        return _turned(target, (IN_FORCE,), STILL)
    if not target.aspects and _TAX_DUE.search(folded) and "thue" in fold(procedure.fee):
        target = replace(target, aspects=(FEE,))
    if CONDITIONS in target.aspects and "bat buoc" in folded and of_unstated(procedure, (COMPULSORY,)):
        return _turned(target, (CONDITIONS,), COMPULSORY)
    if FEE in target.aspects and _TAX.search(folded):
        return _taxed(q, target, procedure)
    if FEE in target.aspects and _is_given(procedure) and not _COSTS.search(folded):
        if is_yes_no(clause.text) and not _HOW_MUCH.search(folded):
            return replace(target, aspects=_without(target, FEE, CONDITIONS))
        return _turned(target, (FEE, RESULT), AMOUNT)
    if RESULT in target.aspects and _MUCH_GIVEN.search(folded) and _is_given(procedure) and not amounts(procedure):
        return _turned(target, (RESULT,), AMOUNT)
    if WAYS in target.aspects and _AT_HOME.search(folded) and in_person(procedure):
        return _turned(target, (WAYS,), IN_PLACE)
    return _of_time(q, clause, target, procedure)


def _of_documents(target: Target, procedure: Procedure, folded: str) -> Target:
    """ "nộp đơn gì" of a record that names the application and has no form for it; and a word of the name itself
    ("luật sư miễn phí") asks nothing."""
    if "bieu_mau" in target.aspects and _WHICH_FORM.search(folded) and not any(d.form for d in procedure.documents):
        target = replace(target, aspects=_without(target, "bieu_mau", "ho_so"))
    if FEE not in target.aspects or folded.count("mien phi") != 1 or _COSTS.search(folded.replace("mien phi", "")):
        return target
    named = (fold(name) for name in procedure.aliases)
    in_name = any("mien phi" in name and name in folded for name in named)
    return replace(target, aspects=tuple(a for a in target.aspects if a != FEE)) if in_name else target


def _of_time(q: Question, clause: Clause, target: Target, procedure: Procedure) -> Target:
    """Which term is asked: of a benefit, of the office, one's own, or of a paper."""
    folded = fold(clause.text)
    if TIME in target.aspects and _is_given(procedure) and _RECEIVED.search(folded):
        return _turned(target, (TIME,), RECEIVED)
    if TIME in target.aspects and _GIVEN_BACK.search(folded) and is_own_term(procedure.time):
        return _turned(target, (TIME, "ho_so"), GIVEN_BACK)
    if _GIVEN_FROM.search(folded) and procedure.conditions and not _HANDED_IN.search(folded):
        return replace(target, aspects=_without(target, TIME, CONDITIONS) or (CONDITIONS,))
    if TIME in target.aspects and _EITHERS.search(folded) and own_terms(procedure):
        return _turned(target, (), OWN_TERM)
    if _own_term(target, procedure, folded):
        return _turned(target, (TIME,), OWN_TERM)
    if not target.aspects and not target.unstated and _HANDED_WHEN.search(folded) and procedure.time:
        return replace(target, aspects=(TIME,))
    if TIME in target.aspects and procedure.conditions and _BEFORE.search(folded):
        return replace(target, aspects=_without(target, TIME, CONDITIONS))
    if not target.aspects or {TIME, RESULT} & {*target.aspects}:
        words = telling(q, clause)
        if _LASTING.search(folded) or (_HOW_LONG.search(folded) and of_paper(procedure, words)):
            how_long = RECEIVED if _is_given(procedure) and not of_paper(procedure, words) else LASTS
            return replace(_turned(target, (TIME, RESULT), how_long), particular=words)
    return target


def _reduced(target: Target, folded: str) -> Target:
    if target.aspects == ("co_quan",) and _WHO_PAYS.search(folded):
        return replace(target, aspects=("doi_tuong",))
    asked = set(target.aspects) <= _OF_RIGHTS and _REDUCED.search(folded)
    return replace(target, aspects=(FEE,)) if asked else target


def _placed(target: Target, procedure: Procedure, clause: Clause) -> Target:
    """ "xã khác được không", "gọi điện báo được không": where it is done, unless it is a case of its own."""
    folded = fold(clause.text)
    if not is_yes_no(clause.text) or target.unstated or told_case(procedure, clause.text):
        return target
    if set(target.aspects) == {"truc_tuyen"}:
        by_phone = _BY_PHONE.search(folded) and "qua điện thoại" in procedure.where.lower()
        return replace(target, aspects=("noi_nop",)) if by_phone else target
    there = set(target.aspects) <= _OF_RIGHTS and len(folded.split()) <= PLACE_WORDS and _THERE.search(folded)
    return replace(target, aspects=("noi_nop",)) if there and procedure.where else target


def _own_term(target: Target, procedure: Procedure, folded: str) -> bool:
    """Whether the citizen's own term is asked; of "lúc nào" only where the record has one."""
    if TIME in target.aspects:
        return bool(_OWN.search(folded))
    asked = not target.aspects and not target.unstated and (_OWN.search(folded) or WHEN.search(folded))
    return bool(asked and own_terms(procedure))


def _taxed(q: Question, target: Target, procedure: Procedure) -> Target:
    """Asked of the tax: what the record says of it, or that of another one spoken of which is about the tax."""
    if "thue" not in fold(f"{procedure.name} {procedure.fee}"):
        spoken = (q.library.procedure(t.key) for t in q.session.topics if t.kind == "procedure")
        other = next((p for p in spoken if p and "thue" in fold(p.name)), None)
        return replace(target, key=other.key) if other else _turned(target, (FEE,), TAX)
    return _turned(target, (FEE,), TAX) if _COSTS_NOTHING.match(fold(procedure.fee)) else target


def _asks_fine(clause: Clause, procedure: Procedure) -> bool:
    if any("phạt" in name.lower() for name in (procedure.name, *procedure.aliases)):
        return False  # of a fine that was given, not of one that may be
    return bool(_FINE.search(_written(clause))) and not _PAYS_A_FINE.search(fold(procedure.name))


def _of_a_fine(target: Target, clause: Clause) -> Target:
    if _LATE.search(_written(clause)):
        return replace(target, aspects=(FEE,), unstated=(LATE,), whether=clause.text)
    return _turned(target, (FEE,), FINE) if _HOW_HIGH.search(fold(clause.text)) else target


def _of_a_paper(clause: Clause) -> bool:
    folded = fold(clause.text)
    if _RULE.search(folded):
        return False
    return bool(_USED.search(folded)) or bool(
        _VALID.search(folded) and (_PAPER.search(_written(clause)) or _PAPER.search(folded))
    )


def _written(clause: Clause) -> str:
    """As it is written with marks, else without: "trẻ" is not late."""
    return clause.text if not clause.text.isascii() else fold(clause.text)


def _is_given(procedure: Procedure) -> bool:
    return bool(_GIVEN.search(fold(procedure.name))) and bool(_COSTS_NOTHING.match(fold(procedure.fee)))


def _turned(target: Target, instead: tuple[str, ...], unstated: str) -> Target:
    said = tuple(dict.fromkeys((*target.unstated, unstated)))
    return replace(target, aspects=tuple(a for a in target.aspects if a not in instead), unstated=said)


def _without(target: Target, aspect: str, now: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(now if a == aspect else a for a in target.aspects))
