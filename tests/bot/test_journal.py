"""The program's own lines: readable by people or machines, and never with a secret in them."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import journal
from bot.petitions.privacy import mask

TOKEN = "123456789:AAE-a_token_that_nobody_may_ever_read00"


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level, sys.excepthook, threading.excepthook
    yield io.StringIO()
    root.handlers[:], level, sys.excepthook, threading.excepthook = before
    root.setLevel(level)
    logging.captureWarnings(False)


def test_a_line_of_json_is_one_object_with_all_that_it_is_about(out: io.StringIO) -> None:
    journal.start("json", "INFO", stream=out)
    with journal.about(update=12), journal.about(request="5f"):
        logging.getLogger("bot.x").info("hai\ndòng “%s”", "Ộ")
    logging.getLogger("bot.x").info("sau")
    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert (first["message"], first["update"], first["request"], first["level"]) == (
        "hai\ndòng “Ộ”",
        "12",
        "5f",
        "INFO",
    )
    assert "update" not in second and second["at"].endswith("+00:00")


def test_a_line_of_text_names_what_it_is_about(out: io.StringIO) -> None:
    journal.start("text", "INFO", stream=out)
    with journal.about(update=12):
        logging.getLogger("bot.x").warning("đầy đĩa")
    assert out.getvalue() == "WARNING bot.x: đầy đĩa [update=12]\n"


@pytest.mark.parametrize("form", journal.FORMS)
def test_no_secret_is_in_any_line_nor_in_a_traceback(out: io.StringIO, form: str) -> None:
    journal.start(form, "INFO", ["mật-khẩu-dài", "m%E1%BA%ADt"], mask, out)
    log = logging.getLogger("bot.x")
    try:
        raise ValueError(f"https://api.telegram.org/bot{TOKEN}/getMe and mật-khẩu-dài")
    except ValueError:
        log.exception("postgresql://bot:bí-mật@db/x and socks5://a:b@c, gọi 0912 345 678")
    log.info("AGE-SECRET-KEY-1XDNQ0123456789ABC %s", f"bot{TOKEN.replace(':', '%3A')}")
    text = out.getvalue()
    assert not [s for s in (TOKEN[10:], "mật-khẩu-dài", "bí-mật", "a:b@", "XDNQ", "345 678") if s in text]
    assert "getMe" in text and "@db/x" in text and "ValueError" in text


def test_addresses_that_hold_the_token_are_not_written_by_the_client_of_http(out: io.StringIO) -> None:
    journal.start("text", "DEBUG", stream=out)
    logging.getLogger("httpx").info("HTTP Request: POST …")
    assert out.getvalue() == ""


def test_what_nobody_caught_is_written_in_the_same_way() -> None:
    code = (
        "from bot import journal\nimport threading\njournal.start('json')\n"
        f"def fail(): raise RuntimeError('token {TOKEN}')\n"
        "thread = threading.Thread(target=fail); thread.start(); thread.join()\nfail()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert len(lines) == 2 and all("RuntimeError" in line["error"] for line in lines)
    assert TOKEN[10:] not in done.stderr


@given(st.text(), st.text(min_size=journal.SHORTEST))
def test_a_known_secret_is_gone_from_any_text(text: str, secret: str) -> None:
    clean = journal.cleaner([secret])
    assert secret not in clean(f"{text}|{secret}|{text}") or secret in journal.HIDDEN * 3


def test_a_password_is_found_in_a_url() -> None:
    assert journal.password_in("postgresql://bot:m%40t@db/x") == "m%40t"
    assert journal.password_in("sqlite:///var/x.db") == journal.password_in("http://[") == ""
