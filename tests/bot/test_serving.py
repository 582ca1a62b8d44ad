"""Everything in one process: the web, Telegram and the jobs start together and end together."""

from __future__ import annotations

from pathlib import Path

import httpx

from tests.telegram.double import TOKEN, Double
from tests.telegram.process import Bot, free_port

QUESTION = "làm giấy khai sinh cần giấy tờ gì"


def test_one_process_serves_all_doors_and_ends_when_told(double: Double, index: Path, tmp_path: Path) -> None:
    port = free_port()
    with Bot(double, tmp_path / "var", index, "serve", PORT=str(port)) as bot:
        double.chat(7)
        assert "khai sinh" in double.reply(7, QUESTION, 60).lower()
        page = httpx.get(f"http://127.0.0.1:{port}/")
        assert page.status_code == 200
        assert "Một Cửa" in page.text
        assert bot.stop() == 0


def test_a_part_that_fails_ends_the_others_with_a_code(double: Double, index: Path, tmp_path: Path) -> None:
    wrong = TOKEN[:-1] + "1"
    bot = Bot(double, tmp_path / "var", index, "serve", PORT=str(free_port()), TELEGRAM_TOKEN=wrong)
    bot.start(wait=False)
    assert bot.child is not None
    assert bot.child.wait(90) == 1
    assert wrong not in bot.log()
