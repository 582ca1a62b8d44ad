"""Everything in one process, for one machine: the web, Telegram where there is a token, and what runs by the clock."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Mapping

from bot.desk.house import House
from bot.jobs.loop import Jobs
from bot.settings import Settings
from bot.telegram_chat import application as telegram_chat
from bot.web import application as web

log = logging.getLogger(__name__)
LOOK_EVERY = 0.5
LAST_WORDS = 40.0
"""Seconds that a door has to finish what is in hand."""
Run = Callable[[], None]


def serve(house: House, settings: Settings, jobs: Jobs, line: telegram_chat.Line | None) -> int:
    """Until SIGINT or SIGTERM, or until one part fails: then the others finish and the code is 1, so that whoever
    watches over the process starts it anew."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    pages = web.server(house, settings)
    parts: dict[str, Run] = {"web": pages.run, "jobs": lambda: jobs.run(stop)}
    if line is not None:
        parts["telegram"] = lambda: telegram_chat.serve(house, line, stop)
    failed = _together(parts, stop, lambda: setattr(pages, "should_exit", True))
    return int(failed)


def _together(parts: Mapping[str, Run], stop: threading.Event, end_web: Callable[[], None]) -> bool:
    """Each part in a thread of its own; whether one of them failed."""
    failures: list[str] = []

    def guarded(name: str, run: Run) -> None:
        try:
            run()
        except Exception:  # the outermost edge of a part
            log.exception("%s failed", name)
            failures.append(name)
        finally:
            stop.set()

    threads = [threading.Thread(target=guarded, args=item, name=item[0]) for item in parts.items()]
    for thread in threads:
        thread.start()
    while not stop.wait(LOOK_EVERY):
        pass
    end_web()
    for thread in threads:
        thread.join(LAST_WORDS)
    return bool(failures)
