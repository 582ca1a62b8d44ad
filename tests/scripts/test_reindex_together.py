"""Processes that start together on one machine: one builds the index, the others wait for it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.snapshot import Shelf
from tests.faults.conftest import ROOT, script, surroundings

pytestmark = pytest.mark.slow


def test_who_finds_the_index_being_built_waits_and_then_has_nothing_to_do(tmp_path: Path) -> None:
    index = tmp_path / "index"
    command = [sys.executable, str(ROOT / "scripts" / "reindex.py"), "--if-stale", "--accept", "--out", str(index)]
    with Shelf(index).building():
        waiting = subprocess.Popen(command, cwd=tmp_path, env=surroundings(), stdout=subprocess.PIPE)
        refused = script("reindex.py", "--accept", "--out", str(index), cwd=tmp_path)
        assert refused.returncode == 1 and "nơi khác dựng chỉ mục" in refused.stdout
        time.sleep(1)
        assert waiting.poll() is None
    second = subprocess.Popen(command, cwd=tmp_path, env=surroundings(), stdout=subprocess.PIPE)
    assert (waiting.wait(180), second.wait(180)) == (0, 0)
    assert len(Shelf(index).names()) == 1
