from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.bot.web.conftest import Web, free_port

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.slow


def _children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children")
    if not told.exists():
        pytest.skip("this system does not tell a process's children")
    return [int(one) for one in told.read_text().split()]


def _healthy(port: int, seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health", timeout=60).json()["ok"]:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError("the web did not answer")


def test_two_processes_share_a_port_and_a_fallen_one_is_started_again(web: Web, tmp_path: Path) -> None:
    port = free_port()
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "INDEX_DIR": str(web.folder / "index"),
        "PORT": str(port),
    }
    command = [sys.executable, "-m", "bot", "web", "--processes", "2"]
    parent = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _healthy(port)
        first = _children(parent.pid)
        assert len(first) == 2
        os.kill(first[0], signal.SIGKILL)
        end = time.monotonic() + 60
        while time.monotonic() < end and (len(now := _children(parent.pid)) < 2 or first[0] in now):
            time.sleep(0.2)
        assert len(_children(parent.pid)) == 2
        _healthy(port)
    finally:
        parent.terminate()
        parent.wait(60)
    assert parent.returncode == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in first)
