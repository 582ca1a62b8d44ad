from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.telegram.double import Double
from tests.telegram.process import Bot


@pytest.fixture
def bot(double: Double, index: Path, tmp_path: Path) -> Iterator[Bot]:
    with Bot(double, tmp_path / "var", index) as running:
        yield running
