from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.telegram.double import Double
from tests.telegram.process import ROOT


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped content, indexed once."""
    out = tmp_path_factory.mktemp("index")
    command = [sys.executable, str(ROOT / "scripts" / "reindex.py"), "--out", str(out), "--accept"]
    done = subprocess.run(command, cwd=out, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture
def double() -> Iterator[Double]:
    with Double() as made:
        yield made
