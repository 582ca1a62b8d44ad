"""Shared ground of all tests. `shared`: the material that is not part of the project; absent, its tests say so."""

from __future__ import annotations

import datetime as dt
import os
import platform
import subprocess
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


def pytest_sessionfinish(session: pytest.Session) -> None:
    """`scripts/test --long` leaves what it counted in docs/reliability.md."""
    if not os.environ.get("LONG") or hasattr(session.config, "workerinput"):
        return
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    counts = {name: len(reporter.stats.get(name, ())) for name in ("passed", "failed", "skipped", "error")}
    lines = [
        "# Độ bền",
        "",
        "Lần chạy đủ gần nhất của `scripts/test --long`.",
        "",
        f"- Bản {commit.stdout.strip()}, ngày {dt.date.today():%d/%m/%Y}, máy {os.cpu_count()} nhân, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}.",
        "- Giết bộ dựng chỉ mục ở thời điểm ngẫu nhiên (hạt giống 7): 300 lần; giết nơi đang nhận phản ánh: "
        "200 lần với SQLite, 200 lần với PostgreSQL.",
        f"- Kết quả: {counts['passed']} đạt, {counts['failed'] + counts['error']} hỏng, {counts['skipped']} bỏ qua.",
        "",
    ]
    Path("docs/reliability.md").write_text("\n".join(lines), encoding="utf-8")
