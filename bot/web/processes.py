"""The web in several processes behind one port: each with a house of its own over the same store."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import socket
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from types import FrameType

log = logging.getLogger(__name__)
PAUSE = 1.0
"""Seconds between looks at the others, and before one that fell is started again."""
STOPPING = 25.0

Serve = Callable[[socket.socket], None]


def share(host: str, port: int, processes: int, serve: Serve) -> None:
    """Runs until it is told to stop. One that falls is started again; whoever waits in the port's queue is served by
    the others meanwhile. `serve` is called in each process, before which nothing was opened."""
    with _listening(host, port) as listening:
        context = multiprocessing.get_context("fork")
        stopping: list[int] = []

        def stop(number: int, _frame: FrameType | None) -> None:
            stopping.append(number)

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        running = [_started(context, serve, listening) for _ in range(processes)]
        while not stopping:
            time.sleep(PAUSE)
            running = [one if one.is_alive() else _again(context, serve, listening, one) for one in running]
        for one in running:
            one.terminate()
        for one in running:
            one.join(STOPPING)


def _listening(host: str, port: int) -> socket.socket:
    listening = socket.create_server((host, port), backlog=512, family=_family(host))
    listening.setblocking(False)
    return listening


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _started(context: multiprocessing.context.ForkContext, serve: Serve, listening: socket.socket) -> BaseProcess:
    made = context.Process(target=_child, args=(serve, listening))
    made.start()
    return made


def _child(serve: Serve, listening: socket.socket) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):  # the server sets its own
        signal.signal(number, signal.SIG_DFL)
    serve(listening)


def _again(
    context: multiprocessing.context.ForkContext, serve: Serve, listening: socket.socket, fallen: BaseProcess
) -> BaseProcess:
    log.error("a web process ended with %s; another one is started", fallen.exitcode)
    return _started(context, serve, listening)
