from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from knowledge.reading import ContentFaults, read_folder, read_library


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(ContentFaults) as raised:
        read_library([folder])
    return [str(f).replace(str(folder), "") for f in raised.value.faults]


def test_a_fault_tells_file_line_field_value_and_what_to_do(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "procedures:\n  - key: a\n    name: A\n    level: [huyện]\n")
    (fault,) = faults_of(tmp_path)
    assert (
        fault
        == "/a.yaml:4: procedures[1].level[1]: giá trị lạ (đang là “huyện”) → chọn một trong: xã, tỉnh, trung ương"
    )


def test_all_faults_of_all_files_are_listed(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "procedures:\n  - {key: a, nmae: A}\n")
    write(tmp_path, "b.yaml", "contacts:\n  - {key: b}\n")
    write(tmp_path, "c.yaml", "procedures: [unclosed\n")
    found = faults_of(tmp_path)
    assert any("nmae" in f and "name" in f for f in found)
    assert any("/b.yaml:2" in f and "purpose" in f for f in found)
    assert any("/c.yaml" in f and "YAML" in f for f in found)


def test_a_key_given_twice_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "procedures:\n  - key: a\n    name: A\n    fee: 1\n    fee: 2\n")
    assert any("đã có ở trên" in f for f in faults_of(tmp_path))


def test_codes_and_fees_are_never_guessed_to_be_numbers(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "procedures:\n  - {key: a, name: no, code: 1.001190, fee: 8.000}\n")
    record = read_library([tmp_path]).procedures["a"]
    assert (record.code, record.fee, record.name) == ("1.001190", "8.000", "no")


def test_relations_to_records_that_do_not_exist_are_faults(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "procedures:\n  - {key: a, name: A, related: [b]}\n")
    (fault,) = faults_of(tmp_path)
    assert fault.startswith("/a.yaml:2: a.related: không có thủ tục này (đang là “b”)")


def test_an_ask_that_belongs_to_two_procedures_is_a_fault(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.yaml",
        "procedures:\n  - {key: a, name: A, asks: [làm sao]}\n  - {key: b, name: B, asks: [lam sao]}\n",
    )
    assert any("đã thuộc thủ tục khác" in f for f in faults_of(tmp_path))


def test_two_records_with_one_code_in_a_folder_are_a_fault(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.yaml",
        'procedures:\n  - {key: a, name: A, code: "1.000001"}\n  - {key: b, name: B, code: "1.000001"}\n',
    )
    assert any("có hai bản ghi" in f for f in faults_of(tmp_path))


def test_a_bad_line_of_imported_records_names_its_line(tmp_path: Path) -> None:
    write(tmp_path, "procedures.jsonl", '{"key": "a", "name": "A"}\nnot json\n{"key": "b", "name": "B", "x": 1}\n')
    found = faults_of(tmp_path)
    assert any(f.startswith("/procedures.jsonl:2") for f in found)
    assert any(f.startswith("/procedures.jsonl:3") and "x" in f for f in found)


def test_a_missing_folder_is_a_fault_and_not_an_empty_library(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path / "none")
    assert "không có thư mục này" in fault


@pytest.mark.slow
def test_five_thousand_procedures_are_read(tmp_path: Path) -> None:
    """The promise is under 5 s on two cores; printed, since no test asserts a clock."""
    text = " ".join(["hồ sơ gồm đơn đề nghị theo mẫu"] * 60)
    rows = (
        {
            "key": f"tt_{i}",
            "code": f"1.{i:06d}",
            "name": f"Thủ tục số {i}",
            "steps": [text] * 5,
            "documents": [text] * 3,
        }
        for i in range(5000)
    )
    write(tmp_path, "procedures.jsonl", "\n".join(json.dumps(r, ensure_ascii=False) for r in rows))
    began = time.perf_counter()
    assert len(read_library([tmp_path]).procedures) == 5000
    print(f"5,000 procedures read in {time.perf_counter() - began:.1f} s")


def test_an_overlay_folder_may_hold_only_what_it_changes(tmp_path: Path) -> None:
    write(tmp_path, "folder.yaml", "name: Cao Bằng\nplace: Cao Bằng\n")
    write(tmp_path, "a.yaml", "procedures:\n  - {key: a, fee: 10.000 đồng}\n")
    folder = read_folder(tmp_path)
    assert (folder.place, folder.page.procedures[0].fee) == ("Cao Bằng", "10.000 đồng")
