"""One spelling, folding, words, typing leftovers, short forms, phrases: promises as properties, habits as examples."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.parsing import Problem, build
from knowledge.records import Expansion, Language, LifeEvent, Wordlist
from knowledge.vietnamese import GROWTH, expand, fold, normalise, telex, told, words

CONTENT = Path(__file__).parents[2] / "knowledge" / "content"
LETTERS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵbcdđghklmnpqrstvx"
TYPED = st.text(alphabet=LETTERS + LETTERS.upper() + " .,?!\n0123456789/-\u200b\u0301😀", max_size=120)
ANYTHING = st.text(max_size=80)
WORDS = st.lists(st.text(alphabet=LETTERS, min_size=1, max_size=6), min_size=1, max_size=3).map(" ".join)


def _digits(text: str) -> str:
    return "".join(c for c in text if c in "0123456789")


@pytest.fixture(scope="module")
def language() -> Language:
    tree = yaml.load((CONTENT / "language.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    problems: list[Problem] = []
    built = build(Language, tree, problems)
    assert built is not None, problems
    return built


# --- properties ------------------------------------------------------------------------------------------------------


@given(TYPED | ANYTHING)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(TYPED | ANYTHING)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(TYPED)
def test_composed_and_decomposed_text_are_the_same(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert normalise(composed) == normalise(decomposed)
    assert fold(composed) == fold(decomposed)


@given(st.text(alphabet=LETTERS + LETTERS.upper() + " 0123456789", max_size=80))
def test_folded_vietnamese_is_plain_ascii(text: str) -> None:
    assert fold(text).isascii()


@given(TYPED)
def test_no_digit_is_lost_by_normalising_folding_or_splitting(text: str) -> None:
    assert _digits(normalise(text)) == _digits(fold(text)) == _digits("".join(words(text))) == _digits(text)


@given(TYPED)
def test_words_are_taken_from_the_normalised_text_in_order(text: str) -> None:
    rest = normalise(text)
    for word in words(text):
        assert word in rest
        rest = rest.split(word, 1)[1]


@given(st.text(alphabet=LETTERS + "fjwz", max_size=12))
def test_mending_telex_twice_changes_nothing_and_gives_small_letters(word: str) -> None:
    mended = telex(word)
    assert telex(mended) == mended
    assert mended == word or normalise(mended) == mended


@given(st.from_regex(r"[a-z]{0,3}\d{1,6}([./-][a-z\d]{1,5}){0,3}", fullmatch=True))
def test_telex_never_loses_the_digits_of_a_code(code: str) -> None:
    assert _digits(telex(code)) == _digits(code)


@settings(deadline=None)
@given(
    st.lists(st.builds(Expansion, short=WORDS, full=WORDS, near=st.just(())), max_size=8),
    TYPED,
)
def test_no_short_forms_however_odd_make_the_text_grow_without_bound(entries: list[Expansion], text: str) -> None:
    result = expand(text, Language(teencode=tuple(entries)))
    assert len(result) <= GROWTH * len(normalise(text))


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_expanding_with_the_shipped_words_twice_changes_nothing(language: Language, data: st.DataObject) -> None:
    entries = (*language.abbreviations, *language.teencode, *language.regional, *language.english)
    piece = st.sampled_from([e.short for e in entries]) | st.sampled_from(
        ["làm", "cần", "tiền", "ngày", "hồ sơ", "cho", "1.001193", "3", "nop", "o dau", "?", "\n"]
    )
    text = " ".join(data.draw(st.lists(piece, max_size=8)))
    once = expand(text, language)
    assert expand(once, language) == once


@settings(deadline=None)
@given(st.text(alphabet=LETTERS + " .,?0123456789/-", max_size=80))
def test_expanding_keeps_every_digit_that_is_no_typed_mark(language: Language, text: str) -> None:
    kept = _digits(expand(text, language))
    assert kept == _digits(" ".join(telex(w) for w in words(text)))


def test_a_message_of_a_hundred_letters_is_normalised_in_well_under_a_millisecond() -> None:
    text = "Cho mình hỏi làm giấy khai sinh cho con mới đẻ thì cần những giấy tờ gì, nộp ở đâu và mất bao lâu thế ạ?"
    normalise(text)
    start = time.perf_counter()
    for _ in range(200):
        normalise(text)
    assert (time.perf_counter() - start) / 200 < 0.0005  # 20 µs on an idle machine; the bound allows a busy one


# --- one spelling ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("hoà", "hòa"),
        ("Hoá đơn", "hóa đơn"),
        ("uỷ ban", "ủy ban"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("tuỳ", "tùy"),
        ("của", "của"),
        ("cuả", "của"),
        ("muà", "mùa"),
        ("bià đỏ", "bìa đỏ"),
        ("qúy", "quý"),
        ("qủa", "quả"),
        ("gìa", "già"),
        ("giấy", "giấy"),
        ("gì", "gì"),
        ("tòan", "toàn"),
        ("khỏan", "khoản"),
        ("hoàng", "hoàng"),
        ("đựơc", "được"),
        ("nứơc ngòai", "nước ngoài"),
        ("lụât", "luật"),
        ("khuỷu", "khuỷu"),
        ("oiiii", "oi"),
        ("trờiiiiii ơiiii", "trời ơi"),
        ("nhaaaa khônggg", "nha không"),
        ("CCCD, PCCC, ATTT", "cccd, pccc, attt"),
        ("cấp III, cấp IV", "cấp iii, cấp iv"),
        ("mục VIII", "mục viii"),
        ("www.dichvucong.gov.vn", "www.dichvucong.gov.vn"),
        ("gọi 1000 lần 0900000111", "gọi 1000 lần 0900000111"),
        ("kh\u200bông", "không"),
        ("\u202ekhai\u202c sinh\ufeff", "khai sinh"),
        ("khai\x00 sinh\x07", "khai sinh"),
        ("khai sinh 😀👍🏽", "khai sinh"),
        ("mục 1️⃣", "mục 1"),
        ("“hộ khẩu” – ‘tách’…", "\"hộ khẩu\" - 'tách'..."),
        ("Ｋhai　sinh？", "khai sinh?"),
        ("63/2024/NÐ-CP", "63/2024/nđ-cp"),
        ("khai   sinh \t ở\u00a0đâu", "khai sinh ở đâu"),
        ("dòng một\r\n\r\n  dòng hai", "dòng một\ndòng hai"),
        ("", ""),
    ],
)
def test_text_is_brought_to_one_spelling(typed: str, spelled: str) -> None:
    assert normalise(typed) == spelled
    assert normalise(unicodedata.normalize("NFD", typed)) == spelled


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đường Đặng Văn Ngữ", "duong dang van ngu"),
        ("hoà = hòa", "hoa = hoa"),
        ("Ủy ban nhân dân xã", "uy ban nhan dan xa"),
        ("quyền sử dụng đất", "quyen su dung dat"),
        ("NGHỊ ĐỊNH 63/2024/NĐ-CP", "nghi dinh 63/2024/nd-cp"),
        ("khai sinh", "khai sinh"),
        ("phở, bún bò Huế", "pho, bun bo hue"),
        ("ăâêôơưđ", "aaeooud"),
        ("mã 1.001193", "ma 1.001193"),
        ("cấp III", "cap iii"),
    ],
)
def test_folding_takes_marks_and_the_barred_d(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mã 1.001193 nhé", ["mã", "1.001193", "nhé"]),
        ("Nghị định 63/2024/NĐ-CP,", ["nghị", "định", "63/2024/nđ-cp"]),
        ("Luật 59/2025/QH15.", ["luật", "59/2025/qh15"]),
        ("KH 127/KH-UBND", ["kh", "127/kh-ubnd"]),
        ("gọi 1022!", ["gọi", "1022"]),
        ("hồ sơ H00.01-250000-0001", ["hồ", "sơ", "h00.01-250000-0001"]),
        ("PA-2026-000123", ["pa-2026-000123"]),
        ("Sở KH&CN", ["sở", "kh&cn"]),
        ("8h30 ngày 30/4", ["8h30", "ngày", "30/4"]),
        ("đất 200m2, 1,5 tỷ", ["đất", "200m2", "1,5", "tỷ"]),
        ("vào dichvucong.gov.vn xem", ["vào", "dichvucong.gov.vn", "xem"]),
        ("phí,thời gian?nơi nộp", ["phí", "thời", "gian", "nơi", "nộp"]),
        ("phường/xã", ["phường", "xã"]),
        ("500k/bản", ["500k", "bản"]),
        ("?!", []),
    ],
)
def test_codes_stay_whole_and_other_text_is_split(text: str, expected: list[str]) -> None:
    assert words(text) == expected


# --- typing leftovers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("ddang", "đang"),
        ("ddieeuf", "điều"),
        ("dduowcj", "được"),
        ("ddaats", "đất"),
        ("ddi", "đi"),
        ("nhaatj", "nhật"),
        ("giaays", "giấy"),
        ("tieenf", "tiền"),
        ("muoons", "muốn"),
        ("nguwowif", "người"),
        ("nuowcs", "nước"),
        ("vieetj", "việt"),
        ("chowi", "chơi"),
        ("bawngf", "bằng"),
        ("hoof", "hoof"),
        ("sinhf", "sình"),
        ("khais", "khái"),
        ("laf", "là"),
        ("nhaf", "nhà"),
        ("gif", "gì"),
        ("tamj", "tạm"),
        ("howpj", "hợp"),
        ("d9ang", "đang"),
        ("nha6t5", "nhật"),
        ("gia6y", "giây"),
        ("khai5", "khại"),
        ("tru7o7ng", "trương"),
    ],
)
def test_what_a_typing_program_left_raw_is_mended(raw: str, mended: str) -> None:
    assert telex(raw) == mended


@pytest.mark.parametrize(
    "word",
    [
        *["online", "visa", "passport", "tax", "box", "max", "test", "post", "form", "web", "app", "fax", "bus", "gas"],
        *["of", "if", "been", "soon", "door", "beer", "now", "how", "this", "thus", "song", "free", "video", "zalo"],
        *["khai", "sinh", "nop", "ban", "do", "tu", "xe", "so", "laj", "toj", "k", "dc", "bn", "ntn", "hk", "tw"],
        *["kt3", "ct01", "ct07", "b2", "a1", "lop6", "quan1", "muc2", "cap3", "thang12", "1022", "1.001193", "200m2"],
        *["h5n1", "covid19", "63/2024/nđ-cp", "vneid", "gplx", "gpxd", "hdnd", "ubnd", "đang", "nhật", "to16", "mau2"],
    ],
)
def test_english_words_codes_short_forms_and_good_words_are_left_alone(word: str) -> None:
    assert telex(word) == word


# --- short forms -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("làm CCCD cần j", "làm căn cước công dân cần gì"),
        ("lm gks mất bn tiền", "làm giấy khai sinh mất bao nhiêu tiền"),
        ("đk kết hôn đc k", "đăng ký kết hôn được không"),
        ("dk tam tru o dau v a", "đăng ký tam tru o dau vậy a"),
        ("đủ đk chưa", "đủ điều kiện chưa"),
        ("bn ơi cho hỏi", "bạn ơi cho hỏi"),
        ("bn ngày có", "bao nhiêu ngày có"),
        ("hết bn", "hết bao nhiêu"),
        ("ntn z", "như thế nào vậy"),
        ("mik cần bhyt", "mình cần bảo hiểm y tế"),
        ("quên mk vneid", "quên mật khẩu vneid"),
        ("mk muốn hỏi", "mình muốn hỏi"),
        ("ck e mới mất", "chồng em mới mất"),
        ("nộp phạt ck tiền đc k", "nộp phạt chuyển khoản tiền được không"),
        ("vk ck e", "vợ chồng em"),
        ("c ơi cho e hỏi", "chị ơi cho em hỏi"),
        ("c thể nộp thay k", "có thể nộp thay không"),
        ("e bn tuổi thì làm", "em bao nhiêu tuổi thì làm"),
        ("mần răng để tách hộ", "làm sao để tách hộ"),
        ("cần giấy chi rứa", "cần giấy gì vậy"),
        ("nộp ở mô", "nộp ở đâu"),
        ("khi mô có", "khi nào có"),
        ("tốn nhiêu vậy", "tốn bao nhiêu vậy"),
        ("hết nhiêu", "hết bao nhiêu"),
        ("mấy bữa lấy được", "mấy ngày lấy được"),
        ("tui khai sanh cho con", "tôi khai sinh cho con"),
        ("má tui mất", "mẹ tôi mất"),
        ("được hông", "được không"),
        ("duoc hong a", "được không a"),
        ("đăng kí kết hôn", "đăng ký kết hôn"),
        ("xin lí lịch", "xin lý lịch"),
        ("mất bìa đỏ", "mất sổ đỏ"),
        ("mất cà vẹt xe", "mất giấy đăng ký xe xe"),
        ("nộp online dc k", "nộp trực tuyến được không"),
        ("làm passport", "làm hộ chiếu"),
        ("tải form ở đâu", "tải biểu mẫu ở đâu"),
        ("thx mn", "cảm ơn mọi người"),
        ("tt nuôi con nuôi", "thủ tục nuôi con nuôi"),
        ("TT 116/2026", "thông tư 116/2026"),
        ("KH 250/KH-UBND", "kế hoạch 250/kh-ubnd"),
        ("kh biết", "không biết"),
        ("UBND, HĐND tỉnh", "ủy ban nhân dân, hội đồng nhân dân tỉnh"),
        ("ra CA xã", "ra công an xã"),
        ("Sở KH&CN", "sở khoa học và công nghệ"),
        ("ddang ky ket hon", "đang ky ket hon"),
        ("khai sinhf", "khai sình"),
        ("giấy độc thân nn", "giấy độc thân nn"),
        ("ng nn", "người nước ngoài"),
        ("hk đc", "không được"),
        ("nhập hk", "nhập hộ khẩu"),
        ("bh y tế, bh ra sao", "bảo hiểm y tế, bây giờ ra sao"),
        ("mua bh", "mua bảo hiểm"),
    ],
)
def test_short_forms_are_written_out_as_their_neighbours_tell(language: Language, typed: str, full: str) -> None:
    assert expand(typed, language) == full
    assert expand(typed.upper(), language) == full


@pytest.mark.parametrize(
    "text",
    [
        "phí 50 k",
        "xa 3 m",
        "bằng lái hạng c",
        "hạng a",
        "lớp e",
        "sổ hồng",
        "chi phí bao nhiêu",
        "hộ kinh doanh chi nhánh",
        "tất cả",
        "tat ca o xa",
        "mẹ cho con đất",
        "bao nhiêu tiền",
        "bao nhiêu ngày",
        "vô hiệu",
        "trồng răng sứ",
        "kết hôn được không",
        "mã 1.001193",
        "63/2024/nđ-cp",
        "gọi 1022",
        "ma túy",
        "hộ chiếu",
        "phường 3, quận 1",
    ],
)
def test_text_without_short_forms_stays_as_it_is(language: Language, text: str) -> None:
    assert expand(text, language) == text


def test_a_context_holds_only_for_a_direct_neighbour() -> None:
    small = Language(teencode=(Expansion("bn", "bao nhiêu", ("tien",)), Expansion("bn", "bạn")))
    assert expand("bn tiền", small) == "bao nhiêu tiền"
    assert expand("bn có tiền", small) == "bạn có tiền"
    assert expand("bn. Tiền", small) == "bao nhiêu. tiền"


def test_a_longer_short_form_wins_over_a_shorter_one() -> None:
    small = Language(regional=(Expansion("mô", "đâu"), Expansion("khi mô", "khi nào")))
    assert expand("khi mô, ở mô", small) == "khi nào, ở đâu"


def test_a_short_form_that_becomes_the_context_of_another_is_seen() -> None:
    small = Language(teencode=(Expansion("dc", "được"), Expansion("hon", "không", ("duoc",))))
    assert expand("dc hon", small) == "được không"


def test_line_breaks_survive_expanding(language: Language) -> None:
    assert expand("phí bn\nmấy bữa", language) == "phí bao nhiêu\nmấy ngày"


# --- phrases ---------------------------------------------------------------------------------------------------------

FEE = Wordlist("le_phi", "Phí", ("phí", "hết bao nhiêu", "bao nhiêu tiền"), ("phi nông nghiệp", "học phí"))
TIME = Wordlist("thoi_han", "Thời hạn", ("bao nhiêu ngày", "mấy ngày"))
FIRE = Wordlist("chay", "Cháy", ("đang cháy",), ("phòng cháy",), "cuu_hoa_114")


def _keys(lists: tuple[Wordlist | LifeEvent, ...], text: str) -> list[str]:
    return [t.key for t in told(lists, text)]


def test_phrases_are_found_with_marks_without_marks_and_with_the_other_tilde() -> None:
    assert _keys((FEE,), "Phí?") == _keys((FEE,), "phi") == ["le_phi"]
    assert _keys((Wordlist("mau", "Mẫu", ("mẫu đơn",)),), "cho xin mẩu đơn") == ["mau"]


def test_a_word_with_other_marks_is_another_word() -> None:
    assert _keys((FIRE,), "nhà đang cháy") == ["chay"]
    assert _keys((FIRE,), "nha dang chay") == ["chay"]
    assert _keys((FIRE,), "xe tôi đang chạy") == []


def test_a_phrase_inside_an_unless_is_hidden_there_only() -> None:
    assert _keys((FEE,), "đất phi nông nghiệp") == []
    assert _keys((FEE,), "phí chuyển sang đất phi nông nghiệp") == ["le_phi"]


def test_an_unless_that_holds_no_phrase_silences_the_list() -> None:
    assert _keys((FIRE,), "giấy phòng cháy khi đang cháy") == []


def test_of_overlapping_phrases_the_one_that_ends_later_counts() -> None:
    assert _keys((FEE, TIME), "hết bao nhiêu ngày") == ["thoi_han"]
    assert _keys((FEE, TIME), "hết bao nhiêu, mấy ngày") == ["le_phi", "thoi_han"]


def test_a_phrase_must_be_whole_words_and_may_be_told_of_by_a_life_event() -> None:
    event = LifeEvent("mua_xe", "Mua xe", ("sang_ten_xe",), ("mua xe cũ",))
    assert _keys((event,), "mới mua xe cũ") == ["mua_xe"]
    assert _keys((event,), "mua xe cũng được") == []


def test_where_a_phrase_stands_is_told_in_the_normalised_text() -> None:
    (hit,) = told((FEE,), "Làm thì  HẾT BAO NHIÊU?")
    assert normalise("Làm thì  HẾT BAO NHIÊU?")[hit.start : hit.end] == "hết bao nhiêu"


def test_a_phrase_with_choices_spells_every_one_of_them() -> None:
    wait = Wordlist("cho", "Chờ", ("(chờ|đợi|) mấy (ngày|hôm)", "lâu (không)"), ("(gió|bão) lớn", "mưa"))
    assert wait.phrases[:3] == ("chờ mấy ngày", "chờ mấy hôm", "đợi mấy ngày")
    assert wait.phrases[4:] == ("mấy ngày", "mấy hôm", "lâu (không)")
    assert wait.unless == ("gió lớn", "bão lớn", "mưa")


def test_two_phrases_of_a_list_that_overlap_are_told_as_one() -> None:
    online = Wordlist("mang", "Mạng", ("ngồi nhà nộp", "nộp trên mạng"))
    assert [(t.key, t.start, t.end) for t in told((online,), "em ngồi nhà nộp trên mạng")] == [("mang", 3, 25)]
    assert [t.start for t in told((online, TIME), "mấy ngày ngồi nhà nộp trên mạng")] == [0, 9]


def test_a_list_without_phrases_tells_nothing() -> None:
    assert _keys((Wordlist("trong", "Trống", ()),), "gì cũng được") == []


@given(TYPED)
def test_any_text_can_be_searched(text: str) -> None:
    for hit in told((FEE, TIME, FIRE), text):
        assert fold(normalise(text)[hit.start : hit.end]) == hit.phrase
