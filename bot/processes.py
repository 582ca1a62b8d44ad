"""Several processes of one kind, watched over: one that falls is started again, all end together."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from types import FrameType

log = logging.getLogger(__name__)
PAUSE = 1.0
"""Seconds between looks at the others, and before one that fell is started again."""
STOPPING = 45.0
UNFIT = 78
"""With this code ends a process that would only fail again; the others end, too."""

Work = Callable[[int], None]


def keep_running(processes: int, work: Work) -> int:
    """Runs until it is told to stop (0), or until one is UNFIT (1). `work(number)` is called in each process, before
    which nothing was opened; it ends at SIGTERM. The first is told last: it may have to finish what the others left."""
    context = multiprocessing.get_context("fork")
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    life = os.pipe()
    running = [_started(context, work, number, life) for number in range(processes)]
    while not stopping.wait(PAUSE):
        fallen = [number for number, one in enumerate(running) if not one.is_alive()]
        if any(running[number].exitcode == UNFIT for number in fallen):
            break
        for number in fallen:
            log.error("process %d ended with %s; another one is started", number + 1, running[number].exitcode)
            running[number] = _started(context, work, number, life)
    for some in (running[1:], running[:1]):
        for one in some:
            one.terminate()
        for one in some:
            one.join(STOPPING)
    return 0 if stopping.is_set() else 1


def _started(
    context: multiprocessing.context.ForkContext, work: Work, number: int, life: tuple[int, int]
) -> BaseProcess:
    made = context.Process(target=_child, args=(work, number, life))
    made.start()
    return made


def _child(work: Work, number: int, life: tuple[int, int]) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):  # the work sets its own
        signal.signal(name, signal.SIG_DFL)
    os.close(life[1])
    threading.Thread(target=_outlive_nobody, args=(life[0],), name="life", daemon=True).start()
    work(number)


def _outlive_nobody(life: int) -> None:
    """The other end is held by the parent alone: when it is gone, however that came, this process ends as if told."""
    os.read(life, 1)
    os.kill(os.getpid(), signal.SIGTERM)
