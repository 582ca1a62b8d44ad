"""How fast the web answers: questions at a steady rate over real HTTP, and the percentiles of the waiting.

A house of its own is served by as many processes as asked for (`--processes`), or a running one is asked (`--url`,
`--key`). Requests start when their time comes, whether or not earlier ones were answered, so that a queue shows.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

QUESTIONS = (
    "làm giấy khai sinh cần gì",
    "đổi bằng lái bao nhiêu tiền",
    "mất căn cước làm lại mất bao lâu",
    "đăng ký tạm trú ở đâu",
    "xe cứu thương gọi số mấy",
    "ket hon can giay to gi",
    "thủ tục đất đai",
    "vợ mới đẻ làm giấy tờ gì",
    "hôm nay trời có mưa không",
    "kế hoạch tuyên truyền vĩnh linh ai chủ trì",
)
CONNECTIONS = 64


class Line:
    """One kept connection; plain HTTP/1.1, so that asking costs little of the machine that is measured."""

    def __init__(self, host: str, port: int, key: str) -> None:
        self._host, self._port, self._key = host, port, key
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, text: str) -> int:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        body = json.dumps({"text": text}).encode()
        head = (
            f"POST /api/v1/ask HTTP/1.1\r\nHost: {self._host}\r\nAuthorization: Bearer {self._key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(answer.partition("content-length: ")[2].split("\r\n")[0])
        await reader.readexactly(length)
        return int(answer.split()[1])


async def measured(host: str, port: int, key: str, rate: float, seconds: float) -> tuple[list[float], dict[int, int]]:
    free: asyncio.Queue[Line] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(Line(host, port, key))
    waits: list[float] = []
    statuses: dict[int, int] = {}

    async def one(number: int, due: float) -> None:
        line = await free.get()
        status = await line.ask(QUESTIONS[number % len(QUESTIONS)])
        waits.append(time.perf_counter() - due)
        statuses[status] = statuses.get(status, 0) + 1
        free.put_nowait(line)

    began, tasks = time.perf_counter(), []
    for number in range(int(rate * seconds)):
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(one(number, due)))
    await asyncio.gather(*tasks)
    return sorted(waits), statuses


@contextmanager
def served(processes: int) -> Iterator[tuple[int, str, int]]:
    """A house on a database of its own, behind one port."""
    folder = Path(tempfile.mkdtemp(prefix="mot-cua-bench-"))
    port = _free_port()
    environment = {**os.environ, "DATA_DIR": str(folder), "PORT": str(port)}
    run = [sys.executable, "-m", "bot"]
    subprocess.run([sys.executable, "scripts/reindex.py", "--accept"], cwd=ROOT, env=environment, check=True)
    made = subprocess.run(
        [*run, "key", "add", "bench", "--per-second", "100000"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
    )
    web = subprocess.Popen([*run, "web", "--processes", str(processes)], cwd=ROOT, env=environment)
    try:
        _wait(port)
        yield port, made.stdout.decode().split()[-1], web.pid
    finally:
        web.terminate()
        web.wait(30)


def _family(pid: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    return [pid, *map(int, children.read_text().split())] if children.exists() else []


def _cpu(pid: int) -> float:
    """Seconds of computing that a process and its children have spent; 0 where the system does not tell."""
    ticks = 0
    for one in _family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def _wait(port: int) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=60) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the web did not start")


def _told(waits: list[float], statuses: dict[int, int], rate: float) -> str:
    at = {p: waits[min(len(waits) - 1, int(len(waits) * p / 100))] * 1000 for p in (50, 90, 95, 99)}
    figures = ", ".join(f"p{p} {ms:.0f} ms" for p, ms in at.items())
    return f"{rate:g}/s, {len(waits)} requests: {figures}, most {waits[-1] * 1000:.0f} ms, answers {statuses}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, nargs="+", default=[50.0, 100.0, 200.0])
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--port", type=int, help="a running web on this machine instead of one of its own")
    parser.add_argument("--key", default="")
    a = parser.parse_args()
    if a.port:
        _measure(a.port, a.key, a.rate, a.seconds, 0)
        return 0
    with served(a.processes) as (port, key, pid):
        _measure(port, key, a.rate, a.seconds, pid)
    return 0


def _measure(port: int, key: str, rates: list[float], seconds: float, pid: int) -> None:
    asyncio.run(measured("127.0.0.1", port, key, 10, 3))
    for rate in rates:
        load, before = os.getloadavg()[0], _cpu(pid) if pid else 0.0
        waits, statuses = asyncio.run(measured("127.0.0.1", port, key, rate, seconds))
        spent = (_cpu(pid) - before) / len(waits) * 1000 if pid else 0.0
        print(_told(waits, statuses, rate))
        print(f"  load before {load:.1f} on {os.cpu_count()} cores; {spent:.1f} ms of computing a request")


if __name__ == "__main__":
    raise SystemExit(main())
