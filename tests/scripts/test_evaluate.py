"""scripts/evaluate.py --dialogue, with small sets of our own that go through the real front door."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.encoder import open_encoder
from index.snapshot import Shelf, build
from knowledge.reading import CONTENT
from scripts.evaluation.cases import Case, Turn, UnknownSet, read_cases
from scripts.evaluation.front_door import Answer, Record, paired
from scripts.evaluation.marking import mark
from scripts.evaluation.replies import Verdict, changes, figure, verdicts

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "evaluate.py"
QUESTION = {"context": None, "style": "dau", "aspect": "lệ phí", "expected": "answer", "keys": ["ket_hon"]}
ROWS: dict[str, list[dict[str, Any]]] = {
    "questions": [
        {"id": "q1", "text": "cưới ở xã có tốn đồng nào không", **QUESTION},
        {"id": "q2", "text": "phí?", **QUESTION, "context": "hồ sơ đăng ký khai tử", "keys": ["khai_tu"]},
        {"id": "q3", "text": "mai trời có mưa không", **QUESTION, "keys": [], "expected": "abstain", "style": "oos"},
    ],
    "plans": [
        {
            "id": "p1",
            "text": "ai ký kế hoạch tuyên truyền CCHC huyện Vĩnh Linh 2024",
            "expected": "answer",
            "plan": "vinh_linh_2024",
            "must_include": [["Thái Văn Thành"]],
            "style": "chat",
        }
    ],
    "contacts": [
        {
            "id": "c1",
            "text": "gọi cấp cứu số mấy",
            "expected": "answer",
            "entry": "Cấp cứu y tế",
            "must_include": [["115"]],
            "must_not_include": ["0900000000"],
            "style": "chat",
        }
    ],
    "triage": [
        {
            "id": "t1",
            "text": "cháy nhà, có người kẹt trong đó, cứu với",
            "expected_class": "khan_cap",
            "also_ok": [],
            "urgent": True,
            "must_mask": [],
            "must_keep": [],
        }
    ],
    "dialogue": [
        {
            "id": "d1",
            "kind": "noi_tiep",
            "turns": ["đăng ký tạm trú cần giấy tờ gì", "mấy ngày xong"],
            "expected": [
                {"behavior": "answer", "procedures": ["tam_tru"], "aspects": ["ho_so"], "also_ok": []},
                {"behavior": "answer", "procedures": ["tam_tru"], "aspects": ["thoi_han"], "also_ok": []},
            ],
        }
    ],
}


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    for name, rows in ROWS.items():
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [tmp_path / f"{name}.jsonl" for name in ROWS]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shelf = Shelf(tmp_path_factory.mktemp("evaluate"))
    shelf.switch(build(shelf, [CONTENT], open_encoder("bundled")).name)
    return shelf.root


@pytest.fixture
def call(index: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*arguments: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, SCRIPT, "--dialogue", "--index", index, "--as-of", "2026-11-21", *arguments]
        return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)

    return run


def test_all_sets_are_measured_through_the_front_door_saved_and_compared(
    call: Any, files: list[Path], tmp_path: Path
) -> None:
    first = call(*files, "--save", tmp_path / "run.json", "--verbose")
    assert first.returncode == 0, first.stderr
    saved = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in saved] == ["q1", "q2.1", "q2.2", "q3", "p1", "c1", "t1", "d1.1", "d1.2"]
    assert all(all(row["marks"].values()) for row in saved), first.stdout
    assert all(name in first.stdout for name in (*ROWS, "đủ dữ kiện", "sót khẩn", "9 lượt: p50"))

    saved[0]["marks"]["record"] = False
    (tmp_path / "run.json").write_text(json.dumps(saved), encoding="utf-8")
    second = call(*files, "--against", tmp_path / "run.json")
    assert "tốt hơn: 1" in second.stdout and "[bản ghi] q1 " in second.stdout and "kém hơn" not in second.stdout


def test_a_row_of_no_set_is_named_with_its_line(call: Any, tmp_path: Path) -> None:
    (tmp_path / "odd.jsonl").write_text('{"id": "x", "text": "?"}\n', encoding="utf-8")
    with pytest.raises(UnknownSet, match=r"odd\.jsonl:1"):
        list(read_cases(tmp_path / "odd.jsonl"))
    told = call(tmp_path / "odd.jsonl")
    assert told.returncode == 1 and "odd.jsonl:1" in told.stderr and "Traceback" not in told.stderr


def answer(behavior: str = "answer", text: str = "", kind: str = "procedure", **more: Any) -> Answer:
    records = tuple(Record(kind, key, tuple(aspects)) for key, aspects in more.pop("records", {}).items())
    values = {"message_class": "cau_hoi", "urgent": False, "masked": "", "score": 1.0, "milliseconds": 1.0} | more
    return Answer(behavior, records, text, **values)


def test_an_aspect_too_many_is_not_exact() -> None:
    exact = mark("questions", QUESTION, answer(records={"ket_hon": ["le_phi"]}))
    more = mark("questions", QUESTION, answer(records={"ket_hon": ["le_phi", "ho_so"]}))
    assert exact["aspect_exact"] and more["aspect"] and not more["aspect_exact"]


def test_a_question_on_two_records_has_one_or_both() -> None:
    marks = mark("questions", QUESTION | {"keys": ["ket_hon", "khai_tu"]}, answer(records={"khai_tu": []}))
    assert marks["record"] and marks["first"] and not marks["every"]


@pytest.mark.parametrize(("behavior", "refused"), [("answer", False), ("out_of_scope", True), ("clarify", True)])
def test_out_of_scope_answered_as_a_procedure_is_counted(behavior: str, refused: bool) -> None:
    expected = QUESTION | {"keys": [], "expected": "abstain"}
    assert mark("questions", expected, answer(behavior, records={"ket_hon": []}))["refused"] is refused


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Gọi 0692 342 608 nhé.", True),
        ("Gọi 1900.1234.", True),
        ("Tổng đài 116.", True),
        ("Xem bảng niêm yết ở trụ sở, theo dữ liệu 10/2026; nguy hiểm thì gọi 113.", False),
    ],
)
def test_where_no_number_is_verified_none_may_be_shown(text: str, shown: bool) -> None:
    expected = {"expected": "not_verified", "entry": None, "must_include": [], "must_not_include": []}
    assert mark("contacts", expected, answer("not_published", text, "contact"))["verified"] is not shown


@pytest.mark.parametrize(
    ("text", "right"), [("Số: 1800 1234.", True), ("Số: 1800.1234", True), ("Số: 118001234", False)]
)
def test_a_number_counts_whole_and_however_it_is_grouped(text: str, right: bool) -> None:
    expected = {"expected": "answer", "entry": "x", "must_include": [["18001234"]], "must_not_include": []}
    assert mark("contacts", expected, answer(text=text, kind="contact"))["contact"] is right


def test_a_tolerable_second_reading_counts_apart_and_a_missed_emergency_is_told() -> None:
    expected = {"expected_class": "to_cao", "also_ok": ["khan_cap"], "urgent": True, "must_mask": ["09"]}
    expected["must_keep"] = []
    marks = mark("triage", expected, answer(message_class="khan_cap", masked="số 09"))
    assert marks == {"class": True, "class_strict": False, "urgent": False, "masked": False}


def test_changes_name_what_was_mended_and_what_was_spoilt() -> None:
    before = Verdict("plans", "p", "", "?", {"record": True, "facts": False}, "a", "", 1.0)
    now = Verdict("plans", "p", "", "?", {"record": False, "facts": True}, "b", "", 1.0)
    assert {title: len(lines) for title, lines in changes([before], [now]).items()} == {"tốt hơn": 1, "kém hơn": 1}
    assert (figure("record", [before, now]), figure("verified", [now])) == ("0.500", "–")


def test_a_turn_that_only_leads_up_is_asked_but_not_marked() -> None:
    case = Case("questions", "q", "", (Turn("hồ sơ kết hôn", None), Turn("phí?", QUESTION)))
    line = json.dumps(
        {"behavior": "answer", "records": [], "text": "", "class": "cau_hoi", "urgent": False}
        | {"masked": "", "score": 0, "ms": 1}
    )
    found = list(verdicts([case], [line, line]))
    assert [bool(v.marks) for v in found] == [False, True] and found[1].text == "hồ sơ kết hôn → phí?"
    assert [number for _, number, _, _ in paired([case], [line, line])] == [1, 2]
