"""Shared ground of all tests. `shared`: the material that is not part of the project; absent, its tests say so."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import subprocess
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge.library import Library
from knowledge.reading import read_library

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
TODAY = dt.date(2026, 11, 21)
REPORT = ROOT / "docs" / "reliability.md"
COUNTED = "reliability"
Tally = Callable[..., None]


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        warnings.warn("../shared is absent: tests that measure against it are skipped", stacklevel=1)
        pytest.skip("../shared is absent: what is measured against it cannot be checked here")
    return SHARED


@pytest.fixture(scope="session")
def library() -> Library:
    return read_library().at("", TODAY)


# --- what the full counts found, for docs/reliability.md -------------------------------------------------------------


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Tally:
    """What a test of the full counts did: a row of docs/reliability.md, where the run is one of `--long`."""

    def count(what: str, times: int, found: str = "", seed: int | None = None) -> None:
        seeds = "" if seed is None else str(seed)
        record_property(COUNTED, json.dumps([what, _number(times), found, seeds]))

    return count


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run of `--long` leaves what it counted in docs/reliability.md; rows of what it left out stay as they were."""
    if not os.environ.get("LONG") or hasattr(session.config, "workerinput"):
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    counted = [
        json.loads(value)
        for report in reporter.stats.get("passed", ())
        for name, value in report.user_properties
        if name == COUNTED and report.when == "call"
    ]
    rows = _rows_before()
    for what, *rest in counted:
        rows[what] = [*rest, _commit(), f"{dt.date.today():%d/%m/%Y}"]
    REPORT.write_text("\n".join([*_report(rows, reporter.stats), *_sections_after()]) + "\n", encoding="utf-8")


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _commit() -> str:
    """With a star where the tree held more than the commit."""
    git = ["git", "-C", str(ROOT)]
    head = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    changed = subprocess.run(
        [*git, "status", "--porcelain", "-uno", "--", "bot", "index", "knowledge", "scripts"],
        capture_output=True,
        text=True,
        check=False,
    )
    return head.stdout.strip() + ("*" if changed.stdout.strip() else "")


def _rows_before() -> dict[str, list[str]]:
    if not REPORT.is_file():
        return {}
    lines = (line for line in REPORT.read_text(encoding="utf-8").splitlines() if line.startswith("| "))
    cells = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return {first: rest for first, *rest in cells if len(rest) == 5 and first != _HEAD[0]}


def _sections_after() -> list[str]:
    """What others wrote below the table: scripts/soak.py."""
    lines = REPORT.read_text(encoding="utf-8").splitlines() if REPORT.is_file() else []
    first = next((n for n, line in enumerate(lines) if line.startswith("## ")), len(lines))
    return ["", *lines[first:]] if lines[first:] else []


_HEAD = ("Đã thử", "Lần", "Thấy", "Hạt giống", "Bản", "Ngày")


def _report(rows: dict[str, list[str]], stats: dict[str, Any]) -> list[str]:
    counts = {name: len(stats.get(name, ())) for name in ("passed", "failed", "skipped", "error")}
    bad = sorted({report.nodeid for name in ("failed", "error") for report in stats.get(name, ())})
    kills = sum(int(rest[0].replace(".", "")) for what, rest in rows.items() if what.startswith("Giết"))
    return [
        "# Độ bền",
        "",
        "Tệp này do `scripts/test --long` viết ra. Mỗi dòng là lần chạy đủ gần nhất của một phép thử; chạy một phần "
        "thì chỉ những dòng của phần ấy đổi. Bản có dấu * là bản đó cùng những sửa đổi chưa ghi vào kho lúc chạy.",
        "",
        f"- Lần chạy cuối: {dt.date.today():%d/%m/%Y}, bản {_commit()}, máy {os.cpu_count()} nhân, {platform.system()} "
        f"{platform.machine()}, Python {platform.python_version()}: {counts['passed']} phép thử đạt, "
        f"{counts['failed'] + counts['error']} hỏng, {counts['skipped']} bỏ qua.",
        *(f"- HỎNG: `{name}`" for name in bad),
        f"- Giết tiến trình (kill −9) ở thời điểm ngẫu nhiên, cộng các dòng dưới: {_number(kills)} lần.",
        "- Sau mỗi lần hỏng đều xét: mã phiếu nào đã hiện thì có trong sổ; không việc nào có hiệu lực hai lần; tin nào "
        "cũng đã tới hoặc còn chờ; mọi bảng khớp với sổ sự kiện.",
        "",
        f"| {' | '.join(_HEAD)} |",
        f"|{'---|' * len(_HEAD)}",
        *(f"| {' | '.join([what, *rest])} |" for what, rest in sorted(rows.items())),
    ]
