"""Whoever reads docs/telegram.md meets every command and every deep link that the bot knows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bot.telegram_chat.links import STARTS
from bot.wording import broadcasting, contests, telegram

ROOT = Path(__file__).resolve().parents[3]
DOCUMENT = (ROOT / "docs" / "telegram.md").read_text(encoding="utf-8")
HANDLERS = (*sorted((ROOT / "bot" / "telegram_chat").glob("*.py")), ROOT / "bot" / "dialogue" / "commands.py")
ADDRESSES = {"/bot", "/health", "/telegram"}
OFFERED = (
    telegram.COMMANDS,
    telegram.OFFICER_COMMANDS,
    telegram.ADMIN_COMMANDS,
    broadcasting.COMMANDS,
    broadcasting.POSTER_COMMANDS,
    broadcasting.DESK_COMMANDS,
    contests.OFFICER_COMMANDS,
)


def texts_of(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    yield from (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def documented(command: str) -> bool:
    return re.search(rf"`(?:[^`\n]* )?{re.escape(command)}\b", DOCUMENT) is not None


def test_every_command_that_a_handler_knows_stands_in_the_document() -> None:
    handled = {t for file in HANDLERS for t in texts_of(file) if re.fullmatch(r"/[a-z_]{2,}", t)} - ADDRESSES
    assert {"/theodoi", "/phattin", "/todan", "/banlamviec", "/viec"} <= handled
    assert [command for command in sorted(handled) if not documented(command)] == []


def test_every_command_that_telegram_is_given_stands_in_the_document() -> None:
    offered = {f"/{name}" for commands in OFFERED for name in commands}
    assert [command for command in sorted(offered) if not documented(command)] == []


def test_every_command_of_the_document_is_one_that_the_bot_knows() -> None:
    known = {t for file in HANDLERS for t in texts_of(file)}
    body = DOCUMENT.partition("## Người dân gõ được gì")[2].partition("## Đường tới Telegram")[0]
    assert [c for c in re.findall(r"`(/[a-z_]+)", body) if c not in known] == []


def test_every_deep_link_stands_in_the_document() -> None:
    assert [start for start in STARTS if not re.search(rf"[`=]{start}`", DOCUMENT)] == []
