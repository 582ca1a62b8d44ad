"""What the program counts of itself, in the text form that Prometheus reads, on a port of its own.

Only numbers: labels are doors, behaviours, states, names of jobs and of modules, never a person, a conversation, a
petition or a question. A scrape reads what was counted; a part that cannot be read (the store is away) is left out and
said to be so, the rest is still told.
"""

from __future__ import annotations

import errno
import hmac
import logging
import os
import resource
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PREFIX = "mot_cua_"
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
FORM = "text/plain; version=0.0.4; charset=utf-8"
PATH = "/metrics"
PATIENCE = 10
"""Seconds that who asks may take over its request."""
OWN = ("bot", "index", "knowledge")
HELP: Mapping[str, tuple[str, str]] = {
    "turns_total": ("counter", "Turns that were answered, by door and behaviour."),
    "turn_seconds": ("histogram", "From a message in hand to its reply committed, by door."),
    "log_records_total": ("counter", "Warnings and errors in the journal, by level, module and error."),
    "store_up": ("gauge", "1 while the store answers."),
    "inbox_waiting": ("gauge", "Messages that arrived and are not answered yet, by door."),
    "inbox_oldest_seconds": ("gauge", "Age of the oldest of them."),
    "outbox_waiting": ("gauge", "Messages that are due to be sent and have not gone, by door."),
    "outbox_oldest_seconds": ("gauge", "How long the oldest of them is due."),
    "notices_dead": ("gauge", "Messages that were given up, by door."),
    "petitions_open": ("gauge", "Open petitions, by state."),
    "petitions_overdue": ("gauge", "Open petitions whose next deadline has passed, by state."),
    "job_last_run_timestamp_seconds": ("gauge", "When a job ran last."),
    "job_failed": ("gauge", "1 when its last run failed."),
    "backup_last_success_timestamp_seconds": (
        "gauge",
        "When the last verified copy was made; absent before the first.",
    ),
    "backup_bytes": ("gauge", "Its size."),
    "generation_info": ("gauge", "The generation of the index that this process answers from."),
    "generation_built_timestamp_seconds": ("gauge", "When it was built."),
    "generation_behind": ("gauge", "1 while this process serves another generation than the live one."),
    "disk_free_bytes": ("gauge", "Free space where the data lies."),
    "process_resident_memory_bytes": ("gauge", "Memory of this process."),
    "process_cpu_seconds_total": ("counter", "Processor time of this process."),
    "process_start_time_seconds": ("gauge", "When this process began."),
    "process_open_fds": ("gauge", "Open files and sockets of this process."),
}
"""Every metric by its name without the prefix (those of the process go without), its kind and what it says."""

log = logging.getLogger(__name__)
Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """`name` is a key of HELP; `suffix` is for the parts of a histogram."""

    name: str
    value: float
    labels: Labels = ()
    suffix: str = ""


Source = Callable[[], Iterable[Sample]]


@dataclass(slots=True)
class _Spread:
    """How often each bucket was not exceeded, how often at all, and the sum."""

    buckets: list[int] = field(default_factory=lambda: [0] * len(BUCKETS))
    count: int = 0
    total: float = 0.0


class Meter:
    """Counts of one process since it began. Safe to call from many threads."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._counts: dict[tuple[str, Labels], float] = {}
        self._spreads: dict[tuple[str, Labels], _Spread] = {}

    def add(self, name: str, **labels: str) -> None:
        key = (name, tuple(labels.items()))
        with self._guard:
            self._counts[key] = self._counts.get(key, 0) + 1

    def observe(self, name: str, seconds: float, **labels: str) -> None:
        key = (name, tuple(labels.items()))
        with self._guard:
            spread = self._spreads.setdefault(key, _Spread())
            spread.count += 1
            spread.total += seconds
            for i, limit in enumerate(BUCKETS):
                spread.buckets[i] += seconds <= limit

    def turn(self, door: str, behavior: str, milliseconds: float) -> None:
        self.add("turns_total", door=door, behavior=behavior)
        self.observe("turn_seconds", milliseconds / 1000, door=door)

    def samples(self) -> list[Sample]:
        with self._guard:
            found = [Sample(name, value, labels) for (name, labels), value in self._counts.items()]
            for (name, labels), spread in self._spreads.items():
                limits = [*(f"{limit:g}" for limit in BUCKETS), "+Inf"]
                for limit, n in zip(limits, [*spread.buckets, spread.count], strict=True):
                    found.append(Sample(name, n, (*labels, ("le", limit)), "_bucket"))
                found += [Sample(name, spread.total, labels, "_sum"), Sample(name, spread.count, labels, "_count")]
        return found


class Tally(logging.Handler):
    """Counts what goes into the journal; of foreign modules only that they are foreign."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(logging.WARNING)
        self._meter = meter

    def emit(self, record: logging.LogRecord) -> None:
        ours = record.name.partition(".")[0] in OWN
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        self._meter.add(
            "log_records_total", level=record.levelname, module=record.name if ours else "other", error=kind
        )


def of_process() -> Iterator[Sample]:
    """What Linux says of this process; where it does not say so, a metric is absent."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    yield Sample("process_cpu_seconds_total", used.ru_utime + used.ru_stime)
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        ticks = int(Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()[19])
        lines = Path("/proc/stat").read_text(encoding="ascii").splitlines()
        booted = next(int(line.split()[1]) for line in lines if line.startswith("btime"))
        files = len(os.listdir("/proc/self/fd"))  # noqa: PTH208  # names alone, no paths of what is open
    except (OSError, ValueError, IndexError, StopIteration):
        return
    yield Sample("process_resident_memory_bytes", pages * resource.getpagesize())
    yield Sample("process_start_time_seconds", booted + ticks / os.sysconf("SC_CLK_TCK"))
    yield Sample("process_open_fds", files)


def exposition(sources: Iterable[Source]) -> str:
    """All samples, those of one metric together under its help and kind, each set of labels once (the first holds)."""
    by_name: dict[str, dict[tuple[str, Labels], float]] = {}
    for source in sources:
        for sample in source():
            by_name.setdefault(sample.name, {}).setdefault((sample.suffix, sample.labels), sample.value)
    lines: list[str] = []
    for name, told in HELP.items():
        if name not in by_name:
            continue
        full = name if name.startswith("process_") else PREFIX + name
        lines += [f"# HELP {full} {told[1]}", f"# TYPE {full} {told[0]}"]
        lines += [
            f"{full}{suffix}{_spelt(labels)} {float(value)!r}"
            if not float(value).is_integer()
            else f"{full}{suffix}{_spelt(labels)} {int(value)}"
            for (suffix, labels), value in by_name[name].items()
        ]
    return "\n".join(lines) + "\n"


def _spelt(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


class Remembered:
    """A source that is asked at most once in so many seconds, however often somebody looks."""

    def __init__(self, source: Source, seconds: float) -> None:
        self._source, self._seconds = source, seconds
        self._guard = threading.Lock()
        self._found: list[Sample] = []
        self._until = 0.0

    def __call__(self) -> Iterable[Sample]:
        with self._guard:
            if time.monotonic() >= self._until:
                self._found = list(self._source())
                self._until = time.monotonic() + self._seconds
            return self._found


def serve(host: str, ports: Sequence[int], token: str, sources: Sequence[Source]) -> ThreadingHTTPServer:
    """On the first of the ports that is free, in a thread that ends with the process. With a token only who brings it
    (Authorization: Bearer …) is answered. Raises OSError when no port is free."""
    handler = _handler(token, lambda: exposition(sources))
    server = _listening(host, ports, handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    log.info("metrics at http://%s:%d%s", host, server.server_port, PATH)
    return server


def _listening(host: str, ports: Sequence[int], handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    taken = OSError(errno.EADDRINUSE, "no port is left")
    for port in ports:
        try:
            return ThreadingHTTPServer((host, port), handler)
        except OSError as bad:
            taken = bad
    raise taken


def _handler(token: str, told: Callable[[], str]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = PATIENCE
        server_version, sys_version = "mot-cua", ""

        def do_GET(self) -> None:
            given = self.headers.get("Authorization", "").removeprefix("Bearer ")
            if token and not hmac.compare_digest(given.encode(), token.encode()):
                self._answer(401, "a token is needed\n")
            elif self.path.partition("?")[0] != PATH:
                self._answer(404, "nothing here\n")
            else:
                self._answer(200, told())

        def _answer(self, status: int, text: str) -> None:
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", FORM)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-store")
            if status == 401:
                self.send_header("WWW-Authenticate", "Bearer")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """A scrape every few seconds is not worth a line."""

    return Handler
