"""Shared ground of all tests. `shared`: the material that is not part of the project; absent, its tests say so."""

from __future__ import annotations

import datetime as dt
import warnings
from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.reading import read_library

SHARED = Path(__file__).resolve().parents[2] / "shared"
TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        warnings.warn("../shared is absent: tests that measure against it are skipped", stacklevel=1)
        pytest.skip("../shared is absent: what is measured against it cannot be checked here")
    return SHARED


@pytest.fixture(scope="session")
def library() -> Library:
    return read_library().at("", TODAY)
