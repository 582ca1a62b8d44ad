"""The bot as a child process that speaks to the double, with a data folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests.telegram.double import TOKEN, Double

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


class Bot:
    """`python -m bot telegram` over a double. Started, killed and started again as a machine would do it."""

    def __init__(self, double: Double, folder: Path, index: Path, run: str = "telegram", **settings: str) -> None:
        self.double, self.folder, self.run = double, folder, run
        self.port = int(settings.get("TELEGRAM_PORT") or free_port())
        self.settings = {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": double.url,
            "TELEGRAM_PER_SECOND": "1000",
            "TELEGRAM_CHAT_PAUSE": "0",
            "DATA_DIR": str(folder),
            "INDEX_DIR": str(index),
            "TELEGRAM_PORT": str(self.port),
            **settings,
        }
        self.child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Bot:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, wait: bool = True) -> None:
        environment = {**os.environ, **self.settings, "PYTHONPATH": str(ROOT)}
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log.txt").open("ab") as log:
            self.child = subprocess.Popen(
                [sys.executable, "-m", "bot", *self.run.split()],
                cwd=self.folder,
                env=environment,
                stdout=log,
                stderr=log,
            )
        if wait:
            self.wait_ready()

    def wait_ready(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.child is not None
            if self.child.poll() is not None:
                raise RuntimeError(f"the bot ended with {self.child.returncode}:\n{self.log()[-3000:]}")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError(f"the bot is not ready:\n{self.log()[-3000:]}")

    def stop(self) -> int:
        """As a service manager does it: told to end, and waited for."""
        if self.child is None or self.child.poll() is not None:
            return self.child.returncode if self.child else 0
        self.child.send_signal(signal.SIGTERM)
        return self.child.wait(40)

    def kill(self) -> None:
        assert self.child is not None
        self.child.kill()
        self.child.wait(20)

    def command(self, *arguments: str) -> str:
        """`python -m bot …` on the same machine."""
        return self._ran("-m", "bot", *arguments)

    def command_script(self, name: str, *arguments: str) -> str:
        return self._ran(str(ROOT / "scripts" / name), *arguments)

    def _ran(self, *arguments: str) -> str:
        environment = {**os.environ, **self.settings, "PYTHONPATH": str(ROOT)}
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def log(self) -> str:
        return (self.folder / "log.txt").read_text(encoding="utf-8", errors="replace")
