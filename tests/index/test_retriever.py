"""Text in, hits out: over the shipped content, with the bundled model, whatever is typed."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from ground import write_folder
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoder import open_encoder
from index.gate import ask_golden
from index.live import retriever_of
from index.passages import RecordKind
from index.retriever import Retriever, bare
from index.snapshot import Shelf, build, open_generation
from knowledge.reading import CONTENT
from knowledge.vietnamese import fold

_made: list[Retriever] = []


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    encoder = open_encoder()
    shelf = Shelf(tmp_path_factory.mktemp("index"))
    name = build(shelf, [Path(CONTENT)], encoder).name
    _made.append(retriever_of(open_generation(shelf, name, encoder), encoder))
    return _made[0]


def first(retriever: Retriever, text: str) -> str:
    return retriever.search(text).hits[0].record.key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("làm giấy khai sinh cho con", "khai_sinh"),
        ("LAM GIAY KHAI SINH CHO CON", "khai_sinh"),
        ("ddawng kys tamj trus", "tam_tru"),
        ("mất căn cước làm lại", "cc_lai"),
        ("sdt cấp cứu", "cap_cuu_115"),
    ],
)
def test_the_right_record_comes_first_however_it_is_typed(retriever: Retriever, text: str, key: str) -> None:
    assert first(retriever, text) == key


def test_nearly_all_golden_questions_find_their_record_first(retriever: Retriever) -> None:
    golden = ask_golden(retriever)
    assert golden.asked >= 200
    assert len(golden.won) >= 0.95 * golden.asked, golden.lost


def test_a_code_decides(retriever: Retriever) -> None:
    hits = retriever.search("cho hỏi thủ tục 1.004194 cần gì")
    assert (hits.hits[0].record.key, hits.confidence, hits.by_code) == ("tam_tru", 1.0, True)


def test_one_wrong_digit_in_a_code_is_forgiven_only_where_one_code_is_that_near(retriever: Retriever) -> None:
    hits = retriever.search("1.004199")
    assert hits.confidence < 1
    assert {h.record.key for h in hits} <= {"tam_tru"}


def test_the_name_alone_means_the_record_and_a_shared_name_means_none(retriever: Retriever) -> None:
    exact = retriever.exact("khai sinh")
    assert exact and exact.key == "khai_sinh"
    told = zip(retriever.ground.records, retriever.ground.faces, strict=True)
    ours = [face for record, face in told if record.kind is RecordKind.PROCEDURE and face.has_asks]
    names = Counter(name for face in ours for name in set(map(bare, face.names)))
    shared = [name for name, times in names.items() if name and times > 1]
    assert shared and all(retriever.exact(name) is None for name in shared)


def test_a_question_of_the_content_is_known_and_one_about_nothing_here_is_not(retriever: Retriever) -> None:
    assert retriever.search("đăng ký kết hôn cần giấy tờ gì").known > 0.8
    assert retriever.search("hôm nay trời đẹp quá đi chơi thôi").known < 0.5


BAD = [
    "",
    " ",
    "a",
    "?" * 50,
    "🙂🙂",
    "a" * 10_000,
    "\x00\x01",
    "'; DROP TABLE turns; --",
    "<b>x</b>",
    "你好",
    "привет",
    "9.9999999999",
]


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_bad_input_has_an_outcome_and_never_an_exception(retriever: Retriever, text: str) -> None:
    hits = retriever.search(text)
    assert 0 <= hits.confidence <= 1 and 0 <= hits.known <= 1


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200))
def test_any_text_at_all_has_an_outcome(text: str) -> None:
    if _made:
        hits = _made[0].search(text)
        assert all(a.score >= b.score for a, b in zip(hits.hits, hits.hits[1:], strict=False))


def test_letters_left_out_or_doubled_change_little(retriever: Retriever) -> None:
    chance = random.Random(3)
    right = 0
    names = [p for p in retriever.library.procedures.values() if p.popularity >= 2][:40]
    for p in names:
        typed = fold(p.name)
        at = chance.randrange(1, len(typed) - 1)
        spoiled = typed[:at] + typed[at + 1 :] if chance.random() < 0.5 else typed[:at] + typed[at] + typed[at:]
        right += p.key in {h.record.key for h in retriever.search(spoiled, 3)}
    assert right >= 0.9 * len(names)


LOCAL = """
procedures:
  - {key: tai_dinh_cu, name: Bố trí tái định cư, steps: [Nộp đơn ở Ủy ban nhân dân xã]}
  - key: tai_dinh_cu_tinh
    code: "1.999001"
    name: Bố trí tái định cư vùng lòng hồ
    steps: [Nộp đơn xin bố trí tái định cư vùng lòng hồ]
    remarks: [Do UBND tỉnh Lai Châu công bố; chỉ áp dụng tại tỉnh Lai Châu.]
"""
OVERLAY = """
contacts:
  - {key: so_nong_cho, name: Đường dây chợ phiên vùng cao, purpose: Hỏi lịch chợ phiên vùng cao}
"""
RESETTLED, MARKET = "bố trí tái định cư vùng lòng hồ", "đường dây chợ phiên vùng cao"


@pytest.fixture(scope="module")
def with_places(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    """The shipped content, a folder with one province's own procedure, and an overlay with a hotline of its own."""
    root, encoder = tmp_path_factory.mktemp("places"), open_encoder()
    nation, overlay = write_folder(root / "nation", LOCAL), write_folder(root / "overlay", OVERLAY)
    write_folder(overlay, "{name: Cao Bằng, place: Cao Bằng}", "folder.yaml")
    shelf = Shelf(root / "index")
    name = build(shelf, [Path(CONTENT), nation, overlay], encoder).name
    return retriever_of(open_generation(shelf, name, encoder), encoder)


def keys(retriever: Retriever, text: str) -> list[str]:
    return [hit.record.key for hit in retriever.search(text)]


def test_one_provinces_own_procedure_does_not_push_out_the_one_that_everybody_has(with_places: Retriever) -> None:
    for place in ("", "Cao Bằng", "Sơn La/Xã Mường Lầm"):
        found = keys(with_places.at(place), RESETTLED)
        assert found[0] == "tai_dinh_cu"
        assert "tai_dinh_cu_tinh" not in found


def test_it_is_found_from_there_and_wherever_the_text_names_the_province(with_places: Retriever) -> None:
    for there in ("Lai Châu", "Lai Châu/Xã Mường Tè"):
        assert keys(with_places.at(there), RESETTLED)[0] == "tai_dinh_cu_tinh"
    for text in (f"{RESETTLED} ở Lai Châu", f"{fold(RESETTLED)} lai chau"):
        assert keys(with_places, text)[0] == "tai_dinh_cu_tinh"


def test_its_code_finds_it_from_anywhere(with_places: Retriever) -> None:
    assert keys(with_places, "thủ tục 1.999001") == ["tai_dinh_cu_tinh"]


def test_what_only_an_overlay_has_is_found_only_from_its_place_or_by_its_name(with_places: Retriever) -> None:
    assert "so_nong_cho" not in keys(with_places, MARKET)
    assert keys(with_places.at("Cao Bằng"), MARKET)[0] == "so_nong_cho"
    assert keys(with_places, f"{MARKET} Cao Bằng")[0] == "so_nong_cho"


def test_another_place_changes_nothing_of_what_everybody_has(with_places: Retriever) -> None:
    for text in ("làm giấy khai sinh cho con", "mất căn cước làm lại"):
        assert with_places.at("Cao Bằng").search(text) == with_places.search(text)
