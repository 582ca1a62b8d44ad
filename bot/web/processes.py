"""The web in several processes behind one port: each with a house of its own over the same store."""

from __future__ import annotations

import socket
from collections.abc import Callable

from bot.processes import keep_running

Serve = Callable[[socket.socket], None]


def share(host: str, port: int, processes: int, serve: Serve) -> int:
    """Runs until it is told to stop. One that falls is started again; whoever waits in the port's queue is served by
    the others meanwhile. `serve` is called in each process, before which nothing was opened."""
    with _listening(host, port) as listening:
        return keep_running(processes, lambda _number: serve(listening))


def _listening(host: str, port: int) -> socket.socket:
    listening = socket.create_server((host, port), backlog=512, family=_family(host))
    listening.setblocking(False)
    return listening


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
