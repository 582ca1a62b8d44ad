"""Faults of machines: real processes and real files, each bounded to seconds; LONG=1 runs the full counts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from bot.desk.transaction import Store
from bot.store.opening import open_store
from index.encoder import open_encoder
from index.snapshot import Shelf, build
from knowledge.reading import CONTENT
from tests.postgres import Cluster, postgres
from tests.telegram.double import Double

__all__ = ["postgres"]
ROOT = Path(__file__).resolve().parents[2]
LONG = bool(os.environ.get("LONG"))
Ran = subprocess.CompletedProcess[str]
Script = Callable[..., Ran]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A store that does not exist yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'var' / 'mot-cua.db'}"
    cluster: Cluster = request.getfixturevalue("postgres")
    return cluster.database()


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "var").mkdir(exist_ok=True)
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped content, indexed once; tests that spoil an index take a copy."""
    shelf = Shelf(tmp_path_factory.mktemp("faults") / "index")
    shelf.switch(build(shelf, [CONTENT], open_encoder()).name)
    return shelf.root


@pytest.fixture
def double() -> Iterator[Double]:
    with Double() as made:
        yield made


def surroundings(**settings: str) -> Mapping[str, str]:
    """An environment in which only these settings are set."""
    plain = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "REQUIRE_ALL", "LONG")}
    return {**plain, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'faults'}", **settings}


def script(name: str, *arguments: str, cwd: Path, **settings: str) -> Ran:
    """scripts/NAME as a machine's timer runs it."""
    command = [sys.executable, str(ROOT / "scripts" / name), *arguments]
    return subprocess.run(command, cwd=cwd, env=surroundings(**settings), capture_output=True, text=True, check=False)


def started(code: str, *arguments: str, cwd: Path, limit: int | None = None) -> subprocess.Popen[str]:
    """A process of its own; `limit`: the largest file that it may write, in bytes, as on a disk that is nearly full."""

    def limited() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (limit or 0, limit or 0))

    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limited if limit else None,
    )
