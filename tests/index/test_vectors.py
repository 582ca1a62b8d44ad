from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.encoder import Vectors, unit
from index.vectors import IndexUnreadable, build_vectors, open_vectors


def clustered(count: int, seed: int = 0) -> Vectors:
    chance = np.random.default_rng(seed)
    centres = chance.standard_normal((count // 15 + 1, 64))
    picked = centres[chance.integers(0, len(centres), count)]
    return unit((picked + 0.6 * chance.standard_normal((count, 64))).astype(np.float32))


@pytest.mark.parametrize(("exact_up_to", "kind"), [(10**6, "exact"), (100, "cells")])
def test_recall_against_reading_every_vector_is_at_least_98_of_100(exact_up_to: int, kind: str) -> None:
    vectors = clustered(6000)
    index = build_vectors(vectors, exact_up_to)
    questions = unit(vectors[:200] + 0.05 * np.random.default_rng(1).standard_normal((200, 64)).astype(np.float32))
    recall = []
    for q in questions:
        right = set(np.argsort(-(vectors @ q))[:10])
        found, _ = index.search(q, 10)
        recall.append(len(right & set(found.tolist())) / 10)
    assert np.mean(recall) >= 0.98, kind


def test_results_come_best_first_with_their_cosines() -> None:
    vectors = clustered(200)
    ids, scores = build_vectors(vectors).search(vectors[7], 5)
    assert ids[0] == 7
    assert scores[0] == pytest.approx(1, abs=0.01)
    assert list(scores) == sorted(scores, reverse=True)


def test_asking_for_more_than_there_is_gives_all_there_is() -> None:
    ids, _ = build_vectors(clustered(3)).search(clustered(1)[0], 10)
    assert sorted(ids.tolist()) == [0, 1, 2]


def test_an_empty_index_finds_nothing() -> None:
    ids, scores = build_vectors(np.zeros((0, 64), np.float32)).search(clustered(1)[0], 10)
    assert len(ids) == len(scores) == 0


def test_what_was_saved_is_found_again(tmp_path: Path) -> None:
    vectors = clustered(50)
    build_vectors(vectors).save(tmp_path / "v")
    opened = open_vectors(tmp_path / "v")
    assert len(opened) == 50
    assert opened.search(vectors[3], 1)[0][0] == 3


@pytest.mark.parametrize("spoil", ["missing", "empty", "cut", "foreign"])
def test_a_file_that_is_no_index_is_refused_with_one_line(tmp_path: Path, spoil: str) -> None:
    file = tmp_path / "v"
    build_vectors(clustered(50)).save(file)
    content = file.read_bytes()
    if spoil == "missing":
        file.unlink()
    else:
        file.write_bytes({"empty": b"", "cut": content[: len(content) // 2], "foreign": b"PK\x03\x04" * 100}[spoil])
    with pytest.raises(IndexUnreadable) as raised:
        open_vectors(file)
    assert "\n" not in str(raised.value)
