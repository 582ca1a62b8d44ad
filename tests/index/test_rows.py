"""A generation that takes over from the live one is, byte for byte, the one that a build from nothing makes."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import yaml
from ground import WordEncoder, write_folder

import index.rows
from index.snapshot import Shelf, build, open_generation

Tree = dict[str, object]
WORDS = "khai sinh tử đăng ký cấp lại đổi thẻ giấy phép xe máy hộ chiếu tạm trú đất nhà con nuôi kết hôn".split()


class Content:
    """A folder of records that changes at random; texts are few, so that records share many of them."""

    def __init__(self, seed: int) -> None:
        self.chance, self.made = random.Random(seed), 0
        self.records = [self.record() for _ in range(self.chance.randrange(3, 12))]

    def text(self) -> str:
        return " ".join(self.chance.choices(WORDS, k=self.chance.randrange(1, 5)))

    def texts(self) -> list[str]:
        return [self.text() for _ in range(self.chance.randrange(4))]

    def record(self) -> Tree:
        self.made += 1
        own = {"key": f"k{self.made}", "name": self.text()}
        return own | {"aliases": self.texts(), "steps": self.texts(), "notes": self.texts()}

    def change(self) -> None:
        """One to three of: a record new, gone, changed, moved, abolished, its name made its alias."""
        changes: list[Callable[[Tree], object]] = [
            lambda _: self.records.append(self.record()),
            self.records.remove,
            lambda r: r.update(steps=self.texts()),
            lambda r: r.update(name=self.text()),
            lambda r: r.update(aliases=[r["name"], *self.texts()]),
            lambda r: r.update(validity={"status": "abolished", "decision": "9/QĐ"}),
            lambda _: self.chance.shuffle(self.records),
        ]
        for change in self.chance.sample(changes, self.chance.randrange(1, 4)):
            change(self.chance.choice(self.records))

    def written(self, folder: Path) -> Path:
        return write_folder(folder, yaml.safe_dump({"procedures": self.records}, allow_unicode=True))


def contents(shelf: Shelf, name: str) -> dict[str, bytes]:
    """The files of a generation but for the manifest, which holds its name and its hour."""
    root = shelf.generations / name
    files = (f for f in root.rglob("*") if f.is_file() and f.name != "manifest.json")
    return {str(f.relative_to(root)): f.read_bytes() for f in files}


@pytest.mark.parametrize("seed", range(60 if os.environ.get("LONG") else 12))
def test_after_any_changes_what_was_taken_over_is_what_a_full_build_makes(tmp_path: Path, seed: int) -> None:
    content, shelf = Content(seed), Shelf(tmp_path / "index")
    folder = content.written(tmp_path / "knowledge")
    shelf.switch(build(shelf, [folder], WordEncoder()).name)
    for step in range(4):
        content.change()
        content.written(folder)
        part = build(shelf, [folder], WordEncoder())
        other = Shelf(tmp_path / f"other{step}")
        whole = build(other, [folder], WordEncoder())
        assert contents(shelf, part.name) == contents(other, whole.name)
        assert part.records == whole.records
        shelf.switch(part.name)


def test_searching_finds_the_same_in_both(tmp_path: Path) -> None:
    content, shelf, other = Content(99), Shelf(tmp_path / "a"), Shelf(tmp_path / "b")
    folder = content.written(tmp_path / "knowledge")
    shelf.switch(build(shelf, [folder], WordEncoder()).name)
    content.change()
    content.written(folder)
    grounds = [open_generation(s, build(s, [folder], WordEncoder()).name, WordEncoder()).ground for s in (shelf, other)]
    for text in WORDS:
        (part, limit), (whole, most) = (g.body.scores(text) for g in grounds)
        assert np.array_equal(part, whole) and limit == most
        query = WordEncoder().queries([text])[0]
        (ids, cosines), (wanted, scores) = (g.vectors.search(query, 20) for g in grounds)
        assert np.array_equal(ids, wanted) and np.array_equal(cosines, scores)


def test_a_record_that_did_not_change_is_neither_encoded_nor_cut_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, shelf = Content(5), Shelf(tmp_path / "index")
    folder = content.written(tmp_path / "knowledge")
    first = build(shelf, [folder], WordEncoder())
    shelf.switch(first.name)
    encoder, cut = WordEncoder(), []
    monkeypatch.setattr(index.rows, "passages_of", lambda said: cut.append(said))
    again = build(shelf, [folder], encoder)
    assert (encoder.encoded, cut, again.reused) == (0, [], first.counts["passages"])


def test_rows_made_by_other_code_are_not_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, shelf = Content(6), Shelf(tmp_path / "index")
    folder = content.written(tmp_path / "knowledge")
    shelf.switch(build(shelf, [folder], WordEncoder()).name)
    monkeypatch.setattr(index.rows, "code_digest", lambda: "another")
    assert build(shelf, [folder], WordEncoder()).reused == 0


@pytest.mark.parametrize("part", ["rows.jsonl", "sizes.npy", "short.npy", "vectors.npy", "body/counts.npy"])
def test_from_a_spoiled_generation_nothing_is_taken_over(tmp_path: Path, part: str) -> None:
    content, shelf = Content(7), Shelf(tmp_path / "index")
    folder = content.written(tmp_path / "knowledge")
    name = build(shelf, [folder], WordEncoder()).name
    shelf.switch(name)
    file = shelf.generations / name / part
    file.write_bytes(file.read_bytes()[:-40])
    assert build(shelf, [folder], WordEncoder()).reused == 0
