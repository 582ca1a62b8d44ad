"""What a record says that has no field of its own: fines, delays, one's own term, who may come in one's place, how long
a paper is good. Its own sentences, or that it says nothing: never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bot.dialogue.plain_words import held_in
from bot.dialogue.procedure_parts import sentence, whom
from bot.dialogue.sayings import SAID_IN, cases, field_of, papers, rules
from bot.wording import citizens as say
from knowledge.records import Procedure
from knowledge.vietnamese import fold, normalise

# The words by which a record speaks of what it has no field for.
_TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "phat": ("bị phạt", "xử phạt", "phạt tiền", "mức phạt", "cảnh cáo"),
    "tre_han": ("quá hạn", "quá thời hạn", "trễ", "muộn", "nộp chậm", "chậm nộp"),
    "giu_giay": ("thu lại", "nộp lại thẻ", "nộp lại giấy", "thu hồi thẻ", "giữ lại", "trả lại bản chính"),
    "bat_buoc": ("không bắt buộc", "bắt buộc phải", "khi có nhu cầu"),
    "tre_hen": ("trễ hẹn", "quá hẹn", "xin lỗi"),
    "bi_tra": ("trả lại hồ sơ", "hồ sơ bị trả", "từ chối", "bổ sung hồ sơ", "không hợp lệ", "chưa hợp lệ"),
    "dat_lich": ("đặt lịch", "đặt hẹn", "lịch hẹn", "hẹn trước", "lấy số"),
    "so_lan": ("chỉ một lần", "chỉ 1 lần", "tối đa 1 lần", "tối đa 2 lần", "không quá 2 lần", "mỗi lần tối đa"),
    "bien_lai": ("biên lai", "hóa đơn", "phiếu thu"),
}
OWN_TERM, IN_PLACE, LATE, FINE = "han_nop", "di_thay", "tre_han", "phat"
AMOUNT, LASTS, RECEIVED, STILL = "muc_huong", "dung_bao_lau", "huong_bao_lau", "con_dung_duoc"
OPEN, KEPT, COMPULSORY, GIVEN_BACK = "gio_lam", "giu_giay", "bat_buoc", "tra_lai"
ACCOUNT, WALLET = "so_tai_khoan", "vi_dien_tu"
CASH, TAX = "tien_mat", "muc_thue"
PAYING = frozenset({"tra_tien", CASH, WALLET, ACCOUNT})
_MONEY = re.compile(
    r"\d[\d.,]* ?(?:đồng|triệu|nghìn|tỷ)|\d ?%|\blần mức\b|\btháng lương\b|\bmức (?:chuẩn|lương|bình quân)"
)
_AGED = re.compile(r"\b(?:trong|không quá|dưới|còn) (?:vòng )?\d+ (?:năm|tháng|ngày)\b")
_LASTING = re.compile(
    r"\b(?:giá trị|hiệu lực|thời hạn|hạn dùng|tối đa|không quá|lâu nhất|dùng được|sử dụng)\b[^.;]{0,60}"
    r"\d+ (?:năm|tháng|ngày(?! làm việc)|tuổi)|\b\d+ (?:năm|tháng)\b[^.;]{0,20}\b(?:một lần|mỗi lần)"
    r"|\bvô thời hạn|\bkhông (?:có )?thời hạn|\bgiá trị đến"
)
# How long a benefit or a leave is given; what must have been paid before is another thing.
_GIVEN_FOR = re.compile(
    r"\b(?:được (?:hưởng|nghỉ|nhận|lĩnh)|thời gian (?:hưởng|nghỉ)|(?:hưởng|nghỉ) tối đa)\b"
    r"(?:(?!đóng|trước|nộp)[^.;]){0,50}\d+ (?:tháng|ngày(?! làm việc)|năm)"
)
_STILL = re.compile(
    r"\b(?:hết|còn|mất) giá trị|\bgiá trị (?:sử dụng|đến)|\b(?:vẫn|còn) (?:được )?(?:dùng|sử dụng|giá trị)|"
    r"\b(?:dùng|sử dụng) (?:được|đến)"
)
# What is the citizen's to do within a time; what an office has to do by then is another thing.
_TERM = re.compile(
    r"\b(?:nộp|khai|báo|gửi|làm|đăng ký|yêu cầu|khai sinh|khai tử)\b.{0,70}\b(?:trong|chậm nhất|trước) (?:\d|ngày|khi)"
    r"|\bphải (?:nộp|đi khai|khai|báo|gửi|làm|đăng ký)\b[^:]{0,50}\btrong \d"
    r"|\btrong \d+ .{0,80}(?<!khi )\b(?:nộp|gửi|khai|báo)\b|\btừ \d+ (?:ngày|tháng) trở lên"
    r"|\bhạn nộp\b|\bphải đổi khi đủ\b|\bkê khai theo (?:tháng|quý|năm)\b"
)
_PERIOD = re.compile(r"\d+ (?:ngày|tháng|năm|giờ|tuần)|\d+ tuổi|ngày cuối|theo (?:tháng|quý|năm)")
_THRESHOLD = re.compile(r"từ \d+ (?:ngày|tháng) trở lên|đủ \d+")
_OF_THE_OFFICE = re.compile(
    r"\b(?:cơ quan|ubnd|xã báo|bhxh báo|công ty lập|được báo|được trả|thụ lý|niêm yết|cấp giấy|xác minh|văn phòng|"
    r"giải quyết|hội đồng|đoàn|giấy bị hủy|nhận đủ|phúc tra|chuyển đơn|đăng công khai|trở lên từ 81)\b"
)
_PROXY = re.compile(
    r"\b(?:ủy quyền|đại diện|giám hộ|(?:làm|nộp|khai|nhận|ký|đi|xin) thay(?! đổi)|nhờ (?:người|cá nhân)|"
    r"có mặt|đích thân|tự đến|lấy vân tay|phải đến|người thân thích)\b"
)
_FIRST_OF_ALL = re.compile(
    r"\b(?:nhờ|làm thay|đi thay|nộp thay|không được ủy quyền|phải tự|tự nộp|cùng có mặt|phải có mặt)\b"
)
_IN_PERSON = re.compile(r"\bkhông (?:được )?ủy quyền\b|\b(?:phải tự|tự đến|đích thân|cùng có mặt)\b")
_KIN = re.compile(r"\b(?:cha|mẹ|bố|ông bà|vợ|người thân thích|thân nhân|giám hộ)\b")
_NO_PROXY = re.compile(r"văn phòng đại diện|\bđại diện: đã kê khai")
_PAID = re.compile(
    r"\b(?:kho bạc|ngân hàng|chuyển khoản|tiền mặt|nộp tiền (?:cho|tại|qua|ở)|thanh toán trực tuyến|"
    r"(?:trả|nộp|thanh toán) (?:phí|lệ phí|tiền) (?:trực tuyến|trên|qua|tại))\b"
)
_SHOWN = re.compile(r"\b(?:xuất trình|đối chiếu)\b")
_OPENING = re.compile(
    r"\d ngày mỗi (?:tuần|tháng)|"
    r"\b(?:lịch niêm yết|giờ hành chính|(?<!\d )giờ làm việc|"
    r"(?:thứ (?:hai|bảy)|chủ nhật|ngày nghỉ|24/7)\b|(?:trước|sau) \d+ giờ\b)"
)
_DAYS = re.compile(r"\blịch niêm yết\b")
_WHO = "vợ chồng ông bà ba mẹ má bố cha con cháu anh chị em cô chú bác cậu dì bạn"
_DOES = "đi nộp làm khai nhận lấy xin ký"
_FOR = "cho thay hộ giùm dùm giúp"


def _who_goes(who: str, does: str, instead: str, may: str) -> re.Pattern[str]:
    one, two, three = ("|".join(words.split()) for words in (who, does, instead))
    return re.compile(
        rf"\b(?:{one})\b.{{0,24}}\b(?:{two})\b.{{0,40}}\b(?:{three})\b.{{0,30}}\b(?:{may})\W*(?:ạ|a|vậy|vay)?\W*$"
    )


# Bare words are compared only in a message without marks: "họ" is no "hộ".
_WHO_GOES = _who_goes(_WHO, _DOES, _FOR, "được không|được chứ|được chưa")
_WHO_GOES_BARE = _who_goes(fold(_WHO), fold(_DOES), fold(_FOR), "duoc khong|duoc chu|duoc chua")
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"(?<=[.;])\s+")
_ASPECT_OF = {
    "result": "ket_qua",
    "conditions": "dieu_kien",
    "steps": "trinh_tu",
    "who": "doi_tuong",
    "time": "thoi_han",
}
MOST = 2


def of_unstated(p: Procedure, keys: Sequence[str], words: Sequence[str] = ()) -> tuple[str, ...]:
    """The record's sentences on fines or delays, on the citizen's own term, on who may go in one's place; how long a
    paper is good that these words name."""
    if LASTS in keys and (papers := of_paper(p, words)):
        return papers
    return tuple(dict.fromkeys(line for key in keys for line in _SPEAKING.get(key, _by_words)(p, (key,))))


def of_paper(p: Procedure, words: Sequence[str]) -> tuple[str, ...]:
    """How old a paper that is to be brought may be: the papers that most of these words name."""
    named = set(words) - set(_WORD.findall(normalise(p.name)))
    fitting = (line for line in papers(p) if named and 3 * held_in(line, named) >= 2 * len(named))
    return tuple(line for line in fitting if _AGED.search(normalise(line)))[:1]


def own_terms(p: Procedure, _keys: Sequence[str] = ()) -> tuple[str, ...]:
    """By when the citizen has to come: never how long the office takes. The same days told twice are told once."""
    lines = (*p.conditions, *p.steps, *p.remarks, *_SENTENCE_END.split(p.time), *p.who)
    kept: list[str] = []
    for line in (sentence(t.rstrip(" ;")) for t in lines if t):
        days = set(_PERIOD.findall(normalise(line)))
        if is_own_term(line) and not any(days <= set(_PERIOD.findall(normalise(k))) for k in kept):
            kept.append(line)
    return tuple(kept[:MOST])


def is_own_term(line: str) -> bool:
    parts = (normalise(part) for part in re.split(r"[;.]\s+", line))
    return any(_PERIOD.search(t) and _TERM.search(t) and not _OF_THE_OFFICE.search(t) for t in parts)


def proxies(p: Procedure, _keys: Sequence[str] = ()) -> tuple[str, ...]:
    """Who may come in the citizen's place, with what, or that one has to come oneself."""
    fields = ("cases", "conditions", "who", "steps", "remarks", "ways", "documents")
    lines = (line for field in fields for line in SAID_IN[field](p))
    found = [t for t in lines if _PROXY.search(normalise(t)) and not _NO_PROXY.search(normalise(t))]
    kin = [sentence(w) for w in p.who if _KIN.search(normalise(w))]
    forbidden = [t for t in found if _IN_PERSON.search(normalise(t))]
    best = [*(forbidden[:1] if kin else ()), *kin, *(t for t in found if _FIRST_OF_ALL.search(normalise(t)))]
    return tuple(dict.fromkeys(best or found))[:MOST]


def in_person(p: Procedure) -> bool:
    """Whether the record says that one has to come oneself."""
    return any(_IN_PERSON.search(normalise(t)) for t in (*p.conditions, *p.steps))


def kept(p: Procedure, keys: Sequence[str]) -> tuple[str, ...]:
    """Whether papers are kept: what is taken back, else which are only shown."""
    lines = (*rules(p), *cases(p), *papers(p))
    taken = [t for t in lines if any(w in normalise(t) for w in _TOLD_BY[keys[0]])]
    shown = (sentence(f"{d.name}: {d.copies}") for d in p.documents if _SHOWN.search(normalise(d.copies)))
    return tuple(dict.fromkeys(taken or shown))[:MOST]


def amounts(p: Procedure, _keys: Sequence[str] = ()) -> tuple[str, ...]:
    """How much is given: what the result says first, then what the conditions and remarks say in figures."""
    lines = (*p.result, *p.conditions, *p.remarks, *cases(p))
    return tuple(dict.fromkeys(sentence(t) for t in lines if t and _MONEY.search(normalise(t))))[:MOST]


def taxes(p: Procedure, _keys: Sequence[str] = ()) -> tuple[str, ...]:
    """What the record says of the tax itself: from which turnover, at which rate."""
    lines = (*p.remarks, *p.conditions, *p.who, *p.result, *cases(p))
    found = (t for text in lines for t in _SENTENCE_END.split(text) if "thuế" in normalise(t))
    return tuple(dict.fromkeys(sentence(t.rstrip(" ;")) for t in found if _MONEY.search(normalise(t))))[:MOST]


def lasting(p: Procedure, _keys: Sequence[str] = ()) -> tuple[str, ...]:
    """How long a paper may be used, or a state may last at most."""
    return _matching(p, _LASTING)


def received(p: Procedure, _keys: Sequence[str] = ()) -> tuple[str, ...]:
    """How long a benefit or a leave is given."""
    return _matching(p, _GIVEN_FOR)


def still_used(p: Procedure, _keys: Sequence[str] = ()) -> tuple[str, ...]:
    """Whether papers given earlier may still be used; that the procedure is in force says nothing of them."""
    return _matching(p, _STILL) or lasting(p)


def opening(p: Procedure, _keys: Sequence[str] = ()) -> tuple[str, ...]:
    """On which days and at what hours papers are taken."""
    times = (sentence(t) for t in _SENTENCE_END.split(p.time) if _DAYS.search(normalise(t)))
    lines = (sentence(p.where), *times, *SAID_IN["ways"](p), *SAID_IN["online"](p), *map(sentence, p.remarks))
    return tuple(dict.fromkeys(line for line in lines if _OPENING.search(normalise(line))))[:MOST]


def _matching(p: Procedure, wanted: re.Pattern[str]) -> tuple[str, ...]:
    lines = (*p.result, *p.conditions, *p.remarks, *p.who)
    parts = (t.rstrip(" ;") for text in lines for t in _SENTENCE_END.split(text) if t)
    told = (t for t in parts if wanted.search(normalise(t)) and "ngày làm việc" not in normalise(t))
    return tuple(dict.fromkeys(sentence(f"{t[:1].upper()}{t[1:]}") for t in told))[:MOST]


def payments(p: Procedure) -> tuple[str, ...]:
    """Where and how the money is paid, and whom not to pay."""
    said = (sentence(text) for text in (*p.remarks, p.where, *p.steps, p.fee) if text)
    return tuple(dict.fromkeys(line for line in said if _PAID.search(normalise(line))))[:MOST]


def asks_who_goes(text: str) -> bool:
    """ "ông nội đi khai sinh cho cháu được không": whether another may do it."""
    return bool((_WHO_GOES_BARE if text.isascii() else _WHO_GOES).search(normalise(text)))


def aspect_of(p: Procedure, line: str, keys: Sequence[str]) -> str:
    """What this line tells: a term is a time, a threshold a condition; else the aspect whose field says it, if any."""
    if OWN_TERM in keys:
        return "dieu_kien" if _THRESHOLD.search(normalise(line)) else "thoi_han"
    return _ASPECT_OF.get(field_of(p, line), "")


def _by_words(p: Procedure, keys: Sequence[str]) -> tuple[str, ...]:
    wanted = [phrase for key in keys for phrase in _TOLD_BY.get(key, ())]
    found = (s for s in rules(p) if any(w in normalise(s) for w in wanted))
    return tuple(dict.fromkeys(found))[:MOST]


def nothing_said(p: Procedure, keys: Sequence[str], hotline: str) -> str:
    """That the record does not say it, and whom to ask."""
    what = ", ".join(say.UNSTATED_NAMES.get(k, say.UNSTATED_THIS) for k in keys) or say.UNSTATED_THIS
    ask = say.NOT_PUBLISHED_ASK.format(you=say.YOU_FIRST, agency=whom(p), hotline=hotline)
    return f"{say.UNSTATED.format(what=what)} {ask}"


_SPEAKING: Mapping[str, Callable[[Procedure, Sequence[str]], tuple[str, ...]]] = {
    OWN_TERM: own_terms,
    IN_PLACE: proxies,
    AMOUNT: amounts,
    TAX: taxes,
    LASTS: lasting,
    RECEIVED: received,
    STILL: still_used,
    OPEN: opening,
    KEPT: kept,
}
