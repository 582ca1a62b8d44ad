"""What a citizen's words are, before anything is filed: what kind, how urgent, about whom, for whom; or where to go.

Pure. What needs the house's other parts (the classifier's word, the retriever's field, the routing's unit) is passed in
as values. Named outcomes and reasons come back, no sentences: those stand in bot/wording.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.petitions.mentions import Mentioned, mentioned
from bot.petitions.petition import Kind, Urgency
from knowledge.records import Wordlist
from knowledge.vietnamese import fold, normalise, told

# From which likelihood the classifier's class counts where no pattern speaks.
LIKELY = 0.5
# A term within so many days makes a petition urgent.
SOON = dt.timedelta(days=3)


class Handling(StrEnum):
    """What is to be done with it. Only FILE is filed; ASK gets one question back."""

    FILE = "file"
    ASK = "ask"
    PRAISE = "praise"
    COMPLAINT = "khieu_nai"
    DENUNCIATION = "to_cao"
    CRIME = "toi_pham"
    SECRET = "bi_mat"
    OTHERS_DATA = "du_lieu_nguoi_khac"
    EMERGENCY = "khan_cap"
    SPAM = "spam"
    QUESTION = "cau_hoi"


class Reason(StrEnum):
    """Why it was taken so."""

    SAID_SO = "tu_noi"
    CLASSIFIER = "phan_lop"
    SECRET_WORDS = "dau_mat"
    OTHERS_WORDS = "hoi_nguoi_khac"
    CRIME_WORDS = "dau_hieu_toi_pham"
    WRONG_WORDS = "dau_hieu_vi_pham"
    DANGER_WORDS = "nguy_hiem"
    DISASTER_WORDS = "thien_tai"
    TERM_SOON = "sap_het_han"
    PEOPLE_AT_RISK = "nguoi_yeu_the"
    NAMES_OFFICER = "noi_ve_can_bo"
    NAMES_LEAD = "noi_ve_lanh_dao"
    FIELD_FOUND = "linh_vuc"
    UNIT_FOUND = "don_vi"
    TOO_SHORT = "qua_ngan"


# Where to go instead: keys of procedures and contacts of the content.
INSTEAD: Mapping[Handling, tuple[str, ...]] = {
    Handling.COMPLAINT: ("khieu_nai", "tiep_cong_dan"),
    Handling.DENUNCIATION: ("to_cao", "tiep_cong_dan"),
    Handling.CRIME: ("canh_sat_113", "to_cao"),
    Handling.SECRET: ("canh_sat_113",),
    Handling.OTHERS_DATA: (),
    Handling.EMERGENCY: ("canh_sat_113", "cap_cuu_115", "chua_chay_114"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What other parts of the house said of the words. `said`: the class and all likelihoods of the classifier;
    `declared`: the class that the citizen named; `danger`: keys of emergencies that the words tell; `field`: of the
    retriever's best hit where it was sure, and `procedure` its key; `unit`: the routing's."""

    said: str = ""
    likelihoods: Mapping[str, float] = field(default_factory=dict)
    declared: str = ""
    danger: tuple[str, ...] = ()
    field: str = ""
    unit: str = ""
    procedure: str = ""


@dataclass(frozen=True, slots=True)
class Triage:
    handling: Handling
    kind: Kind
    urgency: Urgency = Urgency.NORMAL
    field: str = ""
    unit: str = ""
    about: tuple[Mentioned, ...] = ()
    reasons: tuple[Reason, ...] = ()
    instead: tuple[str, ...] = ()
    procedure: str = ""

    @property
    def filed(self) -> bool:
        return self.handling is Handling.FILE


def triage(text: str, found: Found, today: dt.date) -> Triage:
    """What these words are. A law of its own, a secret, other people's data or danger come before everything."""
    handling, why = _handling(text, found)
    urgency, pressing = _urgency(text, found, today)
    about = mentioned(text)
    reasons = [*why, *pressing]
    if about:
        reasons.append(Reason.NAMES_LEAD if any(m.lead for m in about) else Reason.NAMES_OFFICER)
    reasons += [r for r, value in ((Reason.FIELD_FOUND, found.field), (Reason.UNIT_FOUND, found.unit)) if value]
    return Triage(
        handling,
        _kind(found),
        urgency,
        found.field,
        found.unit,
        about,
        tuple(dict.fromkeys(reasons)),
        INSTEAD.get(handling, ()),
        found.procedure,
    )


# --- what it is ------------------------------------------------------------------------------------------------------

# Fewer words than this announce something and tell nothing.
_SHORTEST = 5
_FILED = {kind.value for kind in Kind if kind is not Kind.UNCLEAR}
_BY_CLASS = {
    "khieu_nai": Handling.COMPLAINT,
    "to_cao": Handling.DENUNCIATION,
    "khan_cap": Handling.EMERGENCY,
    "spam": Handling.SPAM,
    "cam_on": Handling.PRAISE,
    "cau_hoi": Handling.QUESTION,
    "khong_ro": Handling.ASK,
}
# Compared with marks: "tài liệu mật" is a secret, "tai lieu mat" may be lost papers.
_MARKED_SECRET = re.compile(
    r"\b(?:(?:tài liệu|văn bản|hồ sơ|công văn|báo cáo|bản đồ|đóng dấu|đóng mộc) mật|tối mật|tuyệt mật|dấu mật)\b"
)
_STAMPED = re.compile(
    r"^\W*(?:(?:tối|tuyệt) )?mật\s*[:–-]|[(\[](?:(?:tối|tuyệt) )?mật[)\]]|"
    r"\b(?:độ|mức độ|chỉ thị|điện|kế hoạch|phương án|lệnh|thông tin) (?:tối |tuyệt )?mật\b|"
    r"\b(?:kế hoạch|phương án|bản đồ|sơ đồ|lịch|vị trí) (?:quân sự|tác chiến|phòng thủ|bố phòng|trực chiến|"
    r"kho (?:súng|đạn|vũ khí)) (?:của |ở )?(?:huyện đội|tỉnh đội|xã đội|ban chỉ huy quân sự|bộ chỉ huy|đơn vị|quân khu|"
    r"trung đoàn|sư đoàn|tiểu đoàn|biên phòng|bộ đội)"
)
_SECRET = re.compile(r"\bbi mat (?:nha nuoc|quan su|quoc gia|quoc phong|cong tac)\b|\btai lieu (?:tuyet|toi) mat\b")
_ASKS = r"(?:xin|cho|tra|tìm|tim|lấy|lay|cung cấp|cung cap|tra cứu|tra cuu)\b"
_PRIVATE = (
    r"(?:số điện thoại|so dien thoai|sđt|sdt|số căn cước|so can cuoc|số cccd|so cccd|địa chỉ nhà|dia chi nha|"
    r"biển số|bien so|thông tin cá nhân|thong tin ca nhan)"
)
_OTHERS = re.compile(
    r"(?:(?:bạn|ban|mình|minh|tôi|toi|em|con|ơi|oi|dạ|da|muốn|muon|cần|can|làm ơn|lam on|giúp|giup)\W+)*"
    rf"{_ASKS}[^.?!\n]{{0,25}}\b{_PRIVATE}(?: riêng| rieng)? (?:của |cua )?"
    r"(?:ông|bà|chị|anh|cô|hàng xóm|người yêu|vợ cũ|chồng cũ|chủ xe|ong|ba|chi|co|hang xom|nguoi yeu|vo cu|chong cu|"
    r"chu xe)\b"
)
# Crimes that people name as such; they go to the police, not into a petition.
_CRIME = re.compile(
    r"\b(?:bi lua dao|lua dao (?:chiem doat|qua mang|tien)|bi cuop|cuop giat|bi trom|mat trom|bi hiep|hiep dam|"
    r"cuong hiep|buon (?:ban )?ma tuy|ban ma tuy|buon nguoi|lua ban nguoi|bi danh (?:dap|gay|nhap vien|bat tinh)|"
    r"giet nguoi|de doa giet|tong tien|bi bat coc|cho vay nang lai|siet no|dam nguoi)\b"
)
# Law-breaking in office; said of somebody it is a denunciation, whatever else the words look like.
_WRONG = re.compile(
    r"\b(?:(?:khai|lap|ke|ghi)(?: danh sach| ho so| chung tu)? khong (?:ngay cong|ho so|danh sach|chung tu|"
    r"nguoi|ten|tien)|lap danh sach khong|chung tu khong|hoa don khong|tham o|tham nhung|bien thu|an chan|rut ruot|"
    r"(?:nhan|doi|an|dua) hoi lo|chiem doat (?:tien|dat|tai san)|ban dat cong|lay dat cong)\b"
)
_CRIME_UNLESS = re.compile(r"\b(?:can bo|cong chuc|chu tich|mot cua|tiep nhan)\b")


# Crimes that a neighbour tells of, where nobody asks about them or about a paper.
_CRIME_SEEN = Wordlist(
    "toi_pham",
    "Tội phạm người dân kể",
    (
        *(
            "buôn ma túy",
            "bán ma túy",
            "buôn bán ma túy",
            "tàng trữ ma túy",
            "vận chuyển ma túy",
            "chơi ma túy",
            "hút ma túy",
        ),
        *(
            "chích ma túy",
            "sử dụng ma túy",
            "ổ ma túy",
            "tụ điểm ma túy",
            "trồng cần sa",
            "bán cần sa",
            "bán hàng trắng",
        ),
        *(
            "hút chích",
            "phê ma túy",
            "đánh bạc",
            "sòng bạc",
            "chiếu bạc",
            "cờ bạc",
            "mở sòng",
            "cá độ",
            "số đề",
            "ghi đề",
            "bán đề",
        ),
        *("đá gà ăn tiền", "chứa mại dâm", "ổ mại dâm", "môi giới mại dâm", "buôn người", "lừa bán người", "buôn lậu"),
        *(
            "sản xuất hàng giả",
            "làm giấy tờ giả",
            "cho vay nặng lãi",
            "tống tiền",
            "siết nợ",
            "bảo kê",
            "buôn súng",
            "chế súng",
        ),
        *("tàng trữ vũ khí", "tàng trữ súng", "săn trộm", "buôn động vật hoang dã"),
    ),
)
_NO_CRIME_SEEN = re.compile(
    r"\b(?:cai nghien|bi phat|muc phat|xu phat|phat (?:bao nhieu|may|tien|tu)|may nam|toi gi|luat|nghi dinh|"
    r"thu tuc|ho so|"
    r"giay phep|dang ky|tuyen truyen|phong chong|ke hoach|xet nghiem|ly lich|da (?:cai|tung)|tap huan|bai (?:viet|"
    r"van|tap))\b"
)


def tells_crime(text: str) -> bool:
    """Whether the words tell of a crime going on near by, which is for the police."""
    return bool(told((_CRIME_SEEN,), text)) and not _NO_CRIME_SEEN.search(fold(text))


def marks_secret(text: str) -> bool:
    """Whether something is handed in as classified, by its stamp."""
    return bool(_STAMPED.search(normalise(text)))


def is_secret(text: str) -> bool:
    """Whether the words speak of classified papers, which are to be kept out of here."""
    return bool(_MARKED_SECRET.search(normalise(text)) or _SECRET.search(fold(text))) or marks_secret(text)


def asks_others_data(text: str) -> bool:
    """Whether the words ask for another person's private data."""
    return bool(_OTHERS.match(normalise(text)))


def _handling(text: str, found: Found) -> tuple[Handling, list[Reason]]:
    if is_secret(text):
        return Handling.SECRET, [Reason.SECRET_WORDS]
    if asks_others_data(text):
        return Handling.OTHERS_DATA, [Reason.OTHERS_WORDS]
    if found.danger:
        return Handling.EMERGENCY, [Reason.DANGER_WORDS]
    declared = _BY_CLASS.get(found.declared)
    if declared in (Handling.COMPLAINT, Handling.DENUNCIATION):
        return declared, [Reason.SAID_SO]
    folded = fold(text)
    crime = _CRIME.search(folded) or tells_crime(text)
    if crime and not _CRIME_UNLESS.search(folded) and found.declared not in _FILED:
        return Handling.CRIME, [Reason.CRIME_WORDS]
    short = len(re.findall(r"\w+", text)) < _SHORTEST
    if _WRONG.search(folded) and not short and found.declared not in _FILED and found.said != "cau_hoi":
        return Handling.DENUNCIATION, [Reason.WRONG_WORDS]
    if found.declared in _FILED and not short:
        return Handling.FILE, [Reason.SAID_SO]
    return _by_classifier(text, found, declared)


def _by_classifier(text: str, found: Found, declared: Handling | None) -> tuple[Handling, list[Reason]]:
    """Where the classifier is in doubt one question is asked back, rather than something filed or turned away."""
    if declared is not None:
        return declared, [Reason.SAID_SO]
    if len(re.findall(r"\w+", text)) < _SHORTEST and found.said in _FILED:
        return Handling.ASK, [Reason.TOO_SHORT]
    likely = found.likelihoods.get(found.said, 1.0 if found.said else 0.0)
    # a petition is one whichever of its three kinds it is
    together = sum(found.likelihoods.get(kind, 0.0) for kind in _FILED) if found.likelihoods else likely
    if found.said in _FILED:
        return (Handling.FILE if max(likely, together) >= LIKELY else Handling.ASK), [Reason.CLASSIFIER]
    handling = _BY_CLASS.get(found.said, Handling.ASK)
    return (handling if likely >= LIKELY else Handling.ASK), [Reason.CLASSIFIER]


def _kind(found: Found) -> Kind:
    """The kind of a petition; UNCLEAR where neither the citizen nor the classifier tells it."""
    if found.declared in _FILED:
        conduct, rules = (found.likelihoods.get(k, 0.0) for k in (Kind.CONDUCT.value, Kind.RULES.value))
        # "tôi phản ánh" announces either of two kinds
        return Kind.CONDUCT if found.declared == Kind.RULES and conduct > rules else Kind(found.declared)
    if found.said in _FILED:
        return Kind(found.said)
    best = max(_FILED, key=lambda k: (found.likelihoods.get(k, 0.0), k))
    return Kind(best) if found.likelihoods.get(best, 0.0) >= LIKELY else Kind.UNCLEAR


# --- how urgent ------------------------------------------------------------------------------------------------------

_DANGER = re.compile(
    r"\b(?:nguy hiem(?: den)? (?:tinh mang|chet nguoi)|chet nguoi|day dien (?:dut|roi|tut|sa|thong)|dien giat|ro dien|"
    r"ho dien|nap cong (?:mat|hong|vo|bi mat)|mat nap cong|ho ga (?:mat nap|khong nap|ho)|"
    r"sap (?:cau|tuong|nha|duong|mai)|cau (?:sap|gay|nut)|cay (?:sap do|do|nga) (?:vao|xuong|nguoi|nha|duong|chan)|"
    r"ngo doc (?:tap the|thuc pham|thuc an)|do chat doc|nuoc (?:sinh hoat )?(?:nhiem doc|co doc)|"
    r"dich (?:benh )?(?:bung phat|lan)|cho dai|sot xuat huyet lan|tai nan lien tuc|roi gach|"
    r"ro ri (?:gas|khi|hoa chat))\b"
)
_DISASTER = re.compile(
    r"\b(?:sat lo|lo dat|nut dat|lu (?:quet|ve|cuon|lut|ong)|ngap (?:sau|nang|toi|den|lut)|bi co lap|vo de|vo dap|"
    r"nuoc dang (?:len|dang)|bao (?:vao|sap vao|lam|toc)|toc mai|chay rung|han han nang)\b"
)
_WEAK = re.compile(
    r"\b(?:nguoi (?:gia|khuyet tat|benh nang)|cu gia|tre (?:em|so sinh|nho)|ba bau|san phu|cap cuu|"
    r"dang (?:nam vien|dieu tri|cap cuu|mo))\b"
)
_STUCK = re.compile(r"\b(?:khong (?:co|duoc) (?:thuoc|an|nuoc|dieu tri|chua|cap cuu)|het thuoc|bi duoi|dang doi)\b")
_SOON_WORDS = re.compile(
    r"\b(?:(?:(?:hom )?nay|mai|ngay mai|ngay kia|sang mai|chieu mai|toi nay) (?:la )?(?:het han|phai nop|den han|"
    r"toi han|dao han|thi|bay|di nuoc ngoai|nhap hoc|mo|phau thuat|cuong che|xet xu|ra toa)|"
    r"(?:het han|han chot|phai nop|den han|toi han|cuong che)(?: la| vao| trong| truoc)? "
    r"(?:(?:hom )?nay|mai|ngay mai|ngay kia|sang mai|chieu mai|[123] ngay (?:nua|toi)))\b"
)
_DAYS_LEFT = re.compile(
    r"\b(?:(?:chi )?con(?: co| dung)? (?:[123]|mot|hai|ba|vai) (?:ngay|hom)|"
    r"[123] ngay nua (?:la )?(?:het|den|toi))\b"
)
_TERM_DATE = re.compile(
    r"\b(?:han(?: chot| nop| cuoi)?|het han|truoc|cham nhat|den han|cuong che)(?: la| vao| ngay| het)* "
    r"(?:ngay )?(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?(?![\d/])"
)


def _urgency(text: str, found: Found, today: dt.date) -> tuple[Urgency, list[Reason]]:
    folded = fold(text)
    reasons = []
    if found.danger or _DANGER.search(folded):
        reasons.append(Reason.DANGER_WORDS)
    if _DISASTER.search(folded):
        reasons.append(Reason.DISASTER_WORDS)
    if _SOON_WORDS.search(folded) or _DAYS_LEFT.search(folded) or _term_soon(folded, today):
        reasons.append(Reason.TERM_SOON)
    if _WEAK.search(folded) and _STUCK.search(folded):
        reasons.append(Reason.PEOPLE_AT_RISK)
    return (Urgency.URGENT if reasons else Urgency.NORMAL), reasons


def _term_soon(folded: str, today: dt.date) -> bool:
    """A named day of a term that is today or within a few days; one without a year is the next such day."""
    for found in _TERM_DATE.finditer(folded):
        day, month, year = int(found[1]), int(found[2]), int(found[3] or 0)
        for y in (year,) if year else (today.year, today.year + 1):
            try:
                if dt.timedelta() <= dt.date(y, month, day) - today <= SOON:
                    return True
            except ValueError:
                break
    return False
