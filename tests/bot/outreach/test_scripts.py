"""The two commands, as an officer types them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[3]


def run(script: str, *words: str, data: Path) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "PUBLIC_URL", "PLACE", "KNOWLEDGE_DIRS")}
    environment = {**clean, "DATA_DIR": str(data), "AUTHORITY_NAME": "UBND xã Bình An"}
    line = [sys.executable, str(ROOT / "scripts" / script), *words]
    return subprocess.run(line, capture_output=True, text=True, env=environment, cwd=data, check=False)


def test_a_poster_is_made_by_code_and_the_place_of_the_file_is_told(tmp_path) -> None:
    done = run("poster.py", "thu-tuc", "1.001193", "--bot", "thu_bot", "--format", "a5-gap", data=tmp_path)
    assert done.returncode == 0, done.stderr
    reader = PdfReader(done.stdout.strip())
    assert len(reader.pages) == 2
    assert "UBND XÃ BÌNH AN" in reader.pages[0].extract_text()


def test_what_cannot_be_printed_is_said_in_one_line(tmp_path) -> None:
    for words, said in (
        (("thu-tuc", "khong_co", "--bot", "b"), "khong_co"),
        (("linh-vuc", "Không có", "--bot", "b"), "Không có"),
        (("mot-cua",), "PUBLIC_URL"),
        (("mot-cua", "--bot", "b", "--hotline", "khong_co"), "khong_co"),
        (("mot-cua", "--bot", "b", "--emblem", "khong-co.png"), "khong-co.png"),
        (("tat-ca", "--bot", "b", "--format", "a5-gap"), "A3"),
    ):
        done = run("poster.py", *words, data=tmp_path)
        assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


def test_the_digest_of_an_empty_store_is_three_files(tmp_path) -> None:
    done = run("digest.py", "--until", "2026-11-22", data=tmp_path)
    assert done.returncode == 0, done.stderr
    files = [Path(line) if Path(line).is_absolute() else tmp_path / line for line in done.stdout.split()]
    assert [f.suffix for f in files] == [".docx", ".docx", ".txt"] and all(f.stat().st_size for f in files)
    assert files[2].read_text(encoding="utf-8").startswith("Kính thưa bà con.")
