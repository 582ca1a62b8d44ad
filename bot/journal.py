"""What the program writes about its own doings: one line a record, as text or as JSON, without secrets.

Secrets are taken out of the finished line, tracebacks included, whoever wrote it. What a record is about (an update, a
request) is set once by a door and stands in every line that is written meanwhile.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from types import MappingProxyType, TracebackType
from typing import TextIO
from urllib.parse import unquote, urlsplit

FORMS = ("text", "json")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
HIDDEN = "***"
SHORTEST = 6
"""A shorter secret is not looked for by itself: it would be found in half of all words."""
Mask = Callable[[str], str]
_TOKEN = re.compile(r"(?<!\d)\d{6,12}(?::|%3A)[\w-]{30,}", re.I)
_IN_URL = re.compile(r"(?<=://)([^\s/:@]{0,80}):[^\s/@]{1,200}@")
_AGE = re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]{10,}")
# The client of HTTP writes whole addresses, and Telegram's hold the token; what it has to say is told by the doors.
_TALKATIVE = ("httpx", "httpcore")
_about: ContextVar[Mapping[str, str]] = ContextVar("about", default=MappingProxyType({}))


@contextlib.contextmanager
def about(**names: object) -> Iterator[None]:
    """What all that is written inside concerns: `about(update=12)`, `about(request="5f3a")`. Never a person."""
    before = _about.set({**_about.get(), **{name: str(value) for name, value in names.items()}})
    try:
        yield
    finally:
        _about.reset(before)


def start(
    form: str = "text",
    level: str = "WARNING",
    secrets: Iterable[str] = (),
    mask: Mask = str,
    stream: TextIO | None = None,
) -> None:
    """From now on every record of the process is written so, also an exception that nobody caught. `mask` takes out
    what is personal."""
    clean = cleaner(secrets, mask)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines(clean) if form == "json" else Lines(clean))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


def cleaner(secrets: Iterable[str], mask: Mask = str) -> Mask:
    """Takes out these secrets, everything that looks like one, and what `mask` takes out."""
    known = sorted({s for secret in secrets for s in (secret, unquote(secret)) if len(s) >= SHORTEST}, key=len)
    exact = re.compile("|".join(map(re.escape, reversed(known)))) if known else None

    def clean(text: str) -> str:
        text = exact.sub(HIDDEN, text) if exact else text
        text = _AGE.sub(HIDDEN, _IN_URL.sub(rf"\1:{HIDDEN}@", _TOKEN.sub(HIDDEN, text)))
        return mask(text)

    return clean


def password_in(url: str) -> str:
    """The password that a URL holds, or ""."""
    try:
        return urlsplit(url).password or ""
    except ValueError:
        return ""


class Lines(logging.Formatter):
    """LEVEL logger: message [update=12]; a traceback follows on lines of its own."""

    def __init__(self, clean: Mask) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")
        self._clean = clean

    def format(self, record: logging.LogRecord) -> str:
        text = self._clean(super().format(record))
        names = " ".join(f"{name}={value}" for name, value in _about.get().items())
        if not names:
            return text
        first, line, rest = text.partition("\n")
        return f"{first} [{names}]{line}{rest}"


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, logger, message, what it is about, and the traceback under "error"."""

    def __init__(self, clean: Mask) -> None:
        super().__init__()
        self._clean = clean

    def format(self, record: logging.LogRecord) -> str:
        line = {
            **_about.get(),
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._clean(record.getMessage()),
        }
        if record.exc_info:
            line["error"] = self._clean(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def _uncaught(kind: type[BaseException], bad: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, bad, trace)
        return
    logging.getLogger("bot").critical("nobody caught this", exc_info=(kind, bad, trace))


def _uncaught_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        _uncaught(told.exc_type, told.exc_value, told.exc_traceback)
