"""A throw-away PostgreSQL cluster for tests: made in a second, reached by a socket, gone at the end."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

_NO_SERVER = "PostgreSQL is absent: what must hold on both stores is only checked on SQLite here"


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl: the newest of Debian's, else what is on the path."""
    installed = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if installed:
        return max(installed, key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


class Cluster:
    """A server of its own, with as many databases as are asked for. `options` are settings of the server."""

    def __init__(self, programs: Path, folder: Path, options: str = "") -> None:
        self._programs, self._folder = programs, folder
        self._options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=60 {options}"
        self._numbers = itertools.count(1)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        self._made()
        self.start()

    def _made(self) -> None:
        how = ("-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self._run("initdb", *how, "-D", str(self._folder / "data"))

    def _run(self, program: str, *arguments: str) -> None:
        """The server refuses to run as root."""
        as_whom: tuple[str, ...] = ()
        if os.geteuid() == 0:
            who = pwd.getpwnam("postgres")
            as_whom = ("setpriv", f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups")
        with (self._folder / "out").open("w") as out:
            command = [*as_whom, str(self._programs / program), *arguments]
            done = subprocess.run(command, stdout=out, stderr=out, cwd=self._folder, check=False)
        if done.returncode:
            raise RuntimeError(f"{program}: {(self._folder / 'out').read_text()}")

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-w", "-D", str(self._folder / "data"), "-l", str(self._folder / "log"), *arguments)

    def start(self) -> None:
        self._control("-o", self._options, "start")

    def stop(self) -> None:
        """At once, as if its machine had lost power."""
        self._control("-m", "immediate", "stop")

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self._folder}"

    def database(self) -> str:
        """The URL of a new, empty database."""
        name = f"t{next(self._numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as server:
            server.execute(f"create database {name}".encode())
        return self.url(name)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    programs = binaries()
    if programs is None:
        if os.environ.get("REQUIRE_ALL"):
            pytest.fail(_NO_SERVER)
        warnings.warn(_NO_SERVER, stacklevel=1)
        pytest.skip(_NO_SERVER)
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    cluster = Cluster(programs, folder)
    yield cluster
    cluster.stop()
    shutil.rmtree(folder, ignore_errors=True)
