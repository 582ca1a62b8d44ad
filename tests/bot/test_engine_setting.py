"""VECTOR_INDEX from the environment to the answer: the retriever truly runs on what it names."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from qdrant_double import KEY, QdrantDouble

from bot import doctor
from bot.build import make_house
from bot.settings import BadSettings, read_settings
from index.encoder import open_encoder
from index.qdrant import PREFIX
from index.snapshot import Shelf, build
from knowledge.reading import CONTENT
from tests.faults.conftest import ROOT, surroundings

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Api key", "ignore:Local mode")]
QUESTIONS = ("làm giấy khai sinh cho con cần gì", "mất căn cước làm lại ở đâu", "số điện thoại cấp cứu")


@pytest.fixture(scope="module")
def generations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shelf = Shelf(tmp_path_factory.mktemp("engine") / "index")
    shelf.switch(build(shelf, [CONTENT], open_encoder()).name)
    return shelf.root


@pytest.fixture
def server() -> Iterator[QdrantDouble]:
    double = QdrantDouble()
    yield double
    double.close()


def told(generations: Path, folder: Path, **settings: str) -> list[list[str]]:
    """The records of each question, as the command answers it."""
    environment = surroundings(INDEX_DIR=str(generations), DATA_DIR=str(folder), **settings)
    lines = "\n".join(json.dumps({"id": str(i), "turns": [q]}) for i, q in enumerate(QUESTIONS)) + "\n"
    command = [sys.executable, "-m", "bot", "ask"]
    done = subprocess.run(command, input=lines, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line)["records"] for line in done.stdout.splitlines()]


def test_the_command_answers_the_same_by_either_engine(generations: Path, server: QdrantDouble, tmp_path: Path) -> None:
    by_files = told(generations, tmp_path)
    qdrant = {"VECTOR_INDEX": "qdrant", "QDRANT_URL": server.url, "QDRANT_API_KEY": KEY}
    assert told(generations, tmp_path, **qdrant) == by_files
    name = PREFIX + Shelf(generations).current()
    assert f"POST /collections/{name}/points/query" in server.asked
    server.fault = "500"
    assert told(generations, tmp_path, **qdrant) == by_files, "without the server the files answer"


def test_a_house_asks_the_server_and_the_doctor_sees_it(
    generations: Path, server: QdrantDouble, tmp_path: Path
) -> None:
    given = {
        "VECTOR_INDEX": "qdrant",
        "QDRANT_URL": server.url,
        "QDRANT_API_KEY": KEY,
        "INDEX_DIR": str(generations),
        "DATA_DIR": str(tmp_path),
    }
    settings = read_settings(given, None)
    assert any("chờ nạp" in f.text for f in doctor.findings(settings))
    house = make_house(settings)
    assert house.desk.probe(QUESTIONS[0]).hits.hits[0].record.key == "khai_sinh"
    assert any(asked.endswith("points/query") for asked in server.asked)
    assert any("Qdrant đã có" in f.text for f in doctor.findings(settings))
    server.fault = "500"
    assert any(f.bad and "Qdrant" in f.text for f in doctor.findings(settings))
    house.store.close()


def test_the_engine_that_is_named_needs_an_address() -> None:
    with pytest.raises(BadSettings, match="QDRANT_URL"):
        read_settings({"VECTOR_INDEX": "qdrant"}, None)
    with pytest.raises(BadSettings, match="VECTOR_INDEX"):
        read_settings({"VECTOR_INDEX": "milvus"}, None)
