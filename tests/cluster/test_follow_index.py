"""A machine brings over the generation that another one has built: whole or not at all, and only what is new."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from ground import WordEncoder

from index.encoder import Encoder
from index.snapshot import GenerationUnusable, Shelf, build, open_generation
from tests.telegram.process import ROOT

CONTACTS = """contacts:
  - key: so_{0}
    name: Đường dây số {0}
    purpose: Hỏi việc số {0}
    number: "0200000{0}"
    sources: [{{name: "Bản thử", read: 2026-10}}]
    confidence: high
"""
Follow = Callable[[Shelf, Shelf, Encoder], str]


@pytest.fixture(scope="module")
def follow() -> Follow:
    spec = importlib.util.spec_from_file_location("follow_index", ROOT / "scripts" / "follow_index.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: Follow = module.follow
    return made


@pytest.fixture
def shelves(tmp_path: Path) -> tuple[Shelf, Shelf]:
    there, here = Shelf(tmp_path / "there"), Shelf(tmp_path / "here")
    built(there, tmp_path, 1)
    return there, here


def built(shelf: Shelf, tmp_path: Path, number: int) -> str:
    folder = tmp_path / "content"
    folder.mkdir(exist_ok=True)
    (folder / "contacts.yaml").write_text(CONTACTS.format(number), encoding="utf-8")
    name = build(shelf, [folder], WordEncoder()).name
    shelf.switch(name)
    return name


def test_what_was_built_there_is_served_here_and_fetched_once(
    shelves: tuple[Shelf, Shelf], follow: Follow, tmp_path: Path
) -> None:
    there, here = shelves
    assert follow(there, here, WordEncoder()) == there.current() == here.current()
    assert follow(there, here, WordEncoder()) == ""
    second = built(there, tmp_path, 2)
    assert follow(there, here, WordEncoder()) == second
    opened = open_generation(here, here.current(), WordEncoder(), check=True)
    assert "so_2" in opened.library.contacts
    assert here.previous(), "one can still go back here"


def test_a_copy_that_is_half_done_or_spoiled_changes_nothing_and_is_fetched_again(
    shelves: tuple[Shelf, Shelf], follow: Follow, tmp_path: Path
) -> None:
    there, here = shelves
    first = follow(there, here, WordEncoder())
    second = built(there, tmp_path, 2)
    file = there.generations / second / "vectors.faiss"
    whole = file.read_bytes()
    for spoiled in (whole[:-1], whole[:-1] + b"?", None):
        file.write_bytes(spoiled) if spoiled else file.unlink()
        with pytest.raises((GenerationUnusable, OSError)):
            follow(there, here, WordEncoder())
        assert here.current() == first and here.names() == [first]
    file.write_bytes(whole)
    assert follow(there, here, WordEncoder()) == second


def test_a_roll_back_there_is_followed_without_a_copy(
    shelves: tuple[Shelf, Shelf], follow: Follow, tmp_path: Path
) -> None:
    there, here = shelves
    first = follow(there, here, WordEncoder())
    second = built(there, tmp_path, 2)
    assert follow(there, here, WordEncoder()) == second
    there.switch(first)
    shutil.rmtree(there.generations / first)
    assert follow(there, here, WordEncoder()) == first
