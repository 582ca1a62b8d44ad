"""Several machines on loopback: a balancer before the workers, a PostgreSQL server and its standby behind them."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psycopg

from tests.postgres import Cluster
from tests.telegram.process import ROOT, free_port


class Balancer:
    """One port before several: a connection goes to the next worker that takes it, as a reverse proxy does it."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.port = free_port()
        self._turn = itertools.cycle(ports)
        self._count = len(ports)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Balancer:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(asyncio.start_server(self._taken, "127.0.0.1", self.port, backlog=512))
        self._ready.set()
        self._loop.run_forever()

    async def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(self._count):
            with contextlib.suppress(OSError):
                there = await asyncio.open_connection("127.0.0.1", next(self._turn))
                await asyncio.gather(_carried(reader, there[1]), _carried(there[0], writer))
                return
        writer.close()


async def _carried(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    with contextlib.suppress(OSError, RuntimeError):
        writer.close()


class Pair:
    """A server and its standby; what the server confirms is on both. `url` names both: whoever loses the one that
    writes looks for the other."""

    def __init__(self, programs: Path) -> None:
        self.folders = tuple(Path(tempfile.mkdtemp(prefix=f"pg-{name}-")) for name in "ab")
        self.ports = (free_port(), free_port())
        self.first = Cluster(programs, self.folders[0], self._options(0) + " -c synchronous_standby_names=*")
        self.second = Standby(programs, self.folders[1], self._options(1), self.ports[0])
        _until(lambda: bool(self._asked(0, "select 1 from pg_stat_replication where sync_state = 'sync'")))

    def _options(self, which: int) -> str:
        return f"-c listen_addresses=127.0.0.1 -c port={self.ports[which]} -c wal_level=replica -c max_connections=100"

    def _asked(self, which: int, query: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.one(which, "postgres"), autocommit=True) as server:
            return server.execute(query.encode()).fetchall()

    def one(self, which: int, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.ports[which]}/{database}"

    def url(self, database: str) -> str:
        a, b = self.ports
        return f"postgresql://postgres@127.0.0.1:{a},127.0.0.1:{b}/{database}?target_session_attrs=read-write"

    def database(self) -> str:
        with psycopg.connect(self.one(0, "postgres"), autocommit=True) as server:
            server.execute("create database house")
        return self.url("house")

    def fail_over(self) -> None:
        """The machine of the first is gone, and somebody makes the standby the one that writes."""
        self.first.stop()
        self.second.promote()

    def close(self) -> None:
        for server in (self.first, self.second):
            with contextlib.suppress(RuntimeError):
                server.stop()
        for folder in self.folders:
            shutil.rmtree(folder, ignore_errors=True)


class Standby(Cluster):
    """A copy of a running server that follows it."""

    def __init__(self, programs: Path, folder: Path, options: str, source: int) -> None:
        self._source = source
        super().__init__(programs, folder, options)

    def _made(self) -> None:
        where = ("-h", "127.0.0.1", "-p", str(self._source), "-U", "postgres")
        self._run("pg_basebackup", *where, "-D", str(self._folder / "data"), "-R", "-X", "stream", "--no-sync")

    def promote(self) -> None:
        self._control("promote")


def _until(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "the standby does not follow"
        time.sleep(0.1)


@contextlib.contextmanager
def following(source: Path, index: Path, environment: dict[str, str]) -> Iterator[None]:
    """A machine that brings over what another one has built."""
    command = [sys.executable, str(ROOT / "scripts" / "follow_index.py"), "--from", str(source), "--every", "0.5"]
    process = subprocess.Popen(command, env={**environment, "INDEX_DIR": str(index)}, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait()
