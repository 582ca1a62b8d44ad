from __future__ import annotations

import importlib.util
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from knowledge.reading import CONTENT, read_folder
from tests.conftest import Tally

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "import_content.py"
Make = Callable[..., dict[str, str]]


@pytest.fixture(scope="module")
def command() -> ModuleType:
    spec = importlib.util.spec_from_file_location("import_content", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def call(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """The command with these arguments: exit code and what it printed."""

    def run(*arguments: Any) -> tuple[int, str]:
        try:
            code = command.main([str(a) for a in arguments])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        out = capsys.readouterr()
        return code, out.out + out.err

    return run


@pytest.fixture
def file(tmp_path: Path, record: Make) -> Callable[..., Path]:
    def write(*records: dict[str, str], name: str = "cong.jsonl") -> Path:
        rows = [json.dumps(r, ensure_ascii=False) for r in records or (record(), record("1.900002", name="Thả chim"))]
        (tmp_path / name).write_text("\n".join(rows), encoding="utf-8")
        return tmp_path / name

    return write


def test_a_dry_run_shows_and_writes_nothing(call: Any, file: Any, tmp_path: Path) -> None:
    code, told = call(file(), "--into", tmp_path / "in", "--dry-run", "--as-of", "2026-07")
    assert (code, (tmp_path / "in").exists()) == (0, False)
    assert "Mới 2 · thay đổi 0 · bãi bỏ 0 · giữ nguyên 0 · không nhận 0" in told
    assert "1.900001 Đăng ký nuôi chim cảnh" in told
    assert "ngày đọc nguồn tháng 07/2026\n" in told


def test_yes_writes_and_the_same_file_again_changes_nothing(call: Any, file: Any, tmp_path: Path) -> None:
    arguments = (file(), "--into", tmp_path / "in", "--yes", "--as-of", "2026-07")
    assert call(*arguments)[0] == 0
    written = (tmp_path / "in" / "procedures.jsonl").read_bytes()
    code, told = call(*arguments)
    assert (code, "Không có gì thay đổi." in told, "giữ nguyên 2" in told) == (0, True, True)
    assert (tmp_path / "in" / "procedures.jsonl").read_bytes() == written


def test_a_changed_field_is_shown_old_and_new(call: Any, file: Any, record: Make, tmp_path: Path) -> None:
    call(file(), "--into", tmp_path / "in", "--yes", "--as-of", "2026-07")
    newer = file(record(name="Đăng ký nuôi chim cảnh quý"), name="moi.jsonl")
    code, told = call(newer, "--into", tmp_path / "in", "--yes", "--as-of", "2026-09")
    assert code == 0
    assert "tên: Đăng ký nuôi chim cảnh → Đăng ký nuôi chim cảnh quý" in told
    assert "Mới 0 · thay đổi 1" in told


def test_without_yes_it_asks_and_takes_no_for_an_answer(
    call: Any, file: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Person(io.StringIO):
        def isatty(self) -> bool:
            return True

    for answer, code, there in (("k\n", 1, False), ("\n", 1, False), ("c\n", 0, True)):
        monkeypatch.setattr("sys.stdin", Person(answer))
        assert call(file(), "--into", tmp_path / "in")[0] == code
        assert (tmp_path / "in" / "procedures.jsonl").exists() is there


def test_without_a_person_and_without_yes_nothing_is_written(
    call: Any, file: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("c\n"))
    code, told = call(file(), "--into", tmp_path / "in")
    assert (code, "thêm --yes" in told, (tmp_path / "in").exists()) == (1, True, False)


def test_long_lists_are_cut_and_all_shows_everything(call: Any, file: Any, record: Make, tmp_path: Path) -> None:
    path = file(*(record(f"1.9{n:05}", name=f"Thủ tục {n}") for n in range(25)))
    short = call(path, "--into", tmp_path / "in", "--dry-run")[1]
    assert "… và 15 nữa" in short and "Thủ tục 24" not in short
    assert "Thủ tục 24" in call(path, "--into", tmp_path / "in", "--dry-run", "--all")[1]


def test_a_refused_file_is_one_line_and_the_good_one_beside_it_is_taken(call: Any, file: Any, tmp_path: Path) -> None:
    (tmp_path / "xau.pdf").write_bytes(b"PK\x03\x04")
    code, told = call(file(), tmp_path / "xau.pdf", "--into", tmp_path / "in", "--yes")
    assert code == 1
    (line,) = [x for x in told.splitlines() if "xau.pdf" in x]
    assert (
        line.strip()
        == "xau.pdf: tên nói là PDF nhưng nội dung là tệp nén hoặc Office → đổi đuôi tên cho đúng rồi nhập lại"
    )
    assert len(read_folder(tmp_path / "in").page.procedures) == 2


def test_a_decision_abolishes_and_the_procedure_stays_known(
    call: Any, file: Any, tmp_path: Path, make_decision: Callable[..., Path]
) -> None:
    call(file(), "--into", tmp_path / "in", "--yes", "--as-of", "2026-07")
    rows = [("STT", "Mã TTHC", "Tên thủ tục hành chính"), ("1", "1.900002", "Thả chim")]
    code, told = call(make_decision([("DANH MỤC BỊ BÃI BỎ", rows)]), "--into", tmp_path / "in", "--yes")
    assert code == 0
    assert "1.900002 Thả chim — Bãi bỏ theo Quyết định số 321/QĐ-BNNMT ngày 05/10/2026" in told
    (gone,) = [p for p in read_folder(tmp_path / "in").page.procedures if p.code == "1.900002"]
    assert (gone.validity.status.value, bool(gone.documents)) == ("abolished", True)


def test_shipped_content_and_a_folder_for_another_place_are_refused(call: Any, file: Any, tmp_path: Path) -> None:
    code, told = call(file(), "--into", CONTENT / "procedures", "--yes")
    assert (code, "nội dung đi kèm bot" in told) == (1, True)
    call(file(), "--into", tmp_path / "in", "--yes", "--place", "Cao Bằng")
    code, told = call(file(), "--into", tmp_path / "in", "--yes", "--place", "Lào Cai")
    assert (code, "thư mục này dành cho Cao Bằng" in told) == (1, True)


@pytest.mark.parametrize(
    "arguments",
    [(), ("a.txt",), ("a.txt", "--into", "x", "--as-of", "2026-13"), ("a.txt", "--into", "x", "--as-of", "2999-01")],
)
def test_wrong_usage_is_exit_code_two(arguments: tuple[str, ...], call: Any) -> None:
    assert call(*arguments)[0] == 2


def test_a_full_disk_is_told_and_the_old_data_kept(
    call: Any, file: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("knowledge.importing.folder.os.fsync", full)
    code, told = call(file(), "--into", tmp_path / "in", "--yes")
    assert (code, "Dữ liệu cũ còn nguyên" in told, (tmp_path / "in" / "procedures.jsonl").exists()) == (1, True, False)


def test_the_command_starts_in_under_half_a_second() -> None:
    took = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, str(SCRIPT), "--help"], check=True, capture_output=True)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.5


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_the_old_folder_or_the_new_one(
    file: Any, record: Make, tmp_path: Path, tally: Tally
) -> None:
    target = tmp_path / "in"
    old = [record(f"1.9{n:05}") for n in range(150)]
    new = [r | {"name": "Tên mới"} for r in old]
    base = [sys.executable, str(SCRIPT), "--into", str(target), "--yes", "--as-of"]
    subprocess.run([*base, "2026-07", str(file(*old))], check=True, capture_output=True)
    kept = (target / "procedures.jsonl").read_bytes()
    path, dice, seen = file(*new, name="moi.jsonl"), random.Random(7), set()
    rounds = 60 if os.environ.get("LONG") else 12
    for _ in range(rounds):
        (target / "procedures.jsonl").write_bytes(kept)
        process = subprocess.Popen([*base, "2026-09", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(dice.uniform(0.1, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        names = {p.name for p in read_folder(target).page.procedures}
        assert names in ({"Tên mới"}, {"Đăng ký nuôi chim cảnh"})
        assert len(read_folder(target).page.procedures) == 150
        seen |= names
    assert seen
    tally("Giết `scripts/import_content.py`", rounds, "thư mục cũ hoặc mới, không bao giờ nửa vời", 7)
