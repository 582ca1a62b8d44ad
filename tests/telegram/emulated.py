"""The emulator of others (telegram-test-api) as a child process, and a citizen who talks through it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import time
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.telegram.double import TOKEN
from tests.telegram.process import free_port

HERE = Path(__file__).parent / "emulator"
Fields = dict[str, Any]


def installed(folder: Path) -> Path:
    """The folder of its modules; installed once. Skips loudly where node or the registry is not there."""
    if not (shutil.which("node") and shutil.which("npm")):
        _absent("node is not installed: the Telegram emulator is not tried")
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        modules = folder / "node_modules"
        if not (modules / "telegram-test-api" / "package.json").is_file():
            shutil.copy(HERE / "package.json", folder)
            command = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--prefix", str(folder)]
            done = subprocess.run(command, capture_output=True, text=True, timeout=180)
            if done.returncode:
                _absent(f"telegram-test-api could not be installed: {done.stderr[-300:]}")
    return modules


def _absent(why: str) -> None:
    if os.environ.get("REQUIRE_ALL"):
        pytest.fail(why)
    warnings.warn(why, stacklevel=1)
    pytest.skip(why)


class Emulator:
    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._history: dict[int, list[Fields]] = {}

    def say(self, chat: int, text: str) -> None:
        body = {**self._about(chat), "text": text}
        if text.startswith("/"):
            entity = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
            self._post("/sendCommand", {**body, "entities": [entity]})
        else:
            self._post("/sendMessage", body)

    def press(self, chat: int, label: str) -> None:
        for found in reversed(self.seen(chat)):
            for row in (found["message"].get("reply_markup") or {}).get("inline_keyboard", ()):
                for button in row:
                    if button["text"].startswith(label):
                        about = self._about(chat)
                        on = {"message_id": found["messageId"], "chat": about["chat"], "date": about["date"]}
                        self._post("/sendCallback", {**about, "message": on, "data": button["callback_data"]})
                        return
        raise LookupError(label)

    def texts(self, chat: int) -> list[str]:
        return [one["message"]["text"] for one in self.seen(chat)]

    def seen(self, chat: int) -> list[Fields]:
        """What the bot has written into this chat, edits included."""
        history = self._post("/getUpdatesHistory", {"token": TOKEN})["result"]
        return [u for u in history if str(u.get("message", {}).get("chat_id")) == str(chat)]

    def wait(self, true: Callable[[], Any], seconds: float = 30) -> Any:
        end = time.monotonic() + seconds
        while not (found := true()):
            if time.monotonic() > end:
                raise TimeoutError("nothing came")
            time.sleep(0.05)
        return found

    def reply(self, chat: int, text: str) -> str:
        before = len(self.texts(chat))
        self.say(chat, text)
        self.wait(lambda: len(self.texts(chat)) > before)
        return self.texts(chat)[-1]

    def _about(self, chat: int) -> Fields:
        person = {"id": chat, "is_bot": False, "first_name": "Lan"}
        return {
            "botToken": TOKEN,
            "from": person,
            "chat": {"id": chat, "type": "private", "first_name": "Lan"},
            "date": int(time.time()),
        }

    def _post(self, path: str, body: Fields) -> Fields:
        data = json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return dict(json.loads(answer.read()))


@contextmanager
def emulator(modules: Path) -> Iterator[Emulator]:
    port = free_port()
    command = ["node", str(HERE / "shim.js"), str(port)]
    environment = {**os.environ, "NODE_PATH": str(modules)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "ready"
        try:
            yield Emulator(port)
        finally:
            child.kill()
