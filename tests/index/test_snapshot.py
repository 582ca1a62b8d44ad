from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ground import RECORDS, WordEncoder, write_folder

from index import live
from index.encoder import Encoder
from index.fusion import Ranker
from index.gate import ask_golden, fallen
from index.live import LiveIndex, retriever_of
from index.retriever import Retriever
from index.snapshot import (
    KEEP,
    BuilderBusy,
    GenerationUnusable,
    Manifest,
    Shelf,
    build,
    compare,
    open_generation,
    open_live,
    source_digest,
)
from tests.conftest import Tally

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "index")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "knowledge")


def built(shelf: Shelf, folder: Path, encoder: Encoder | None = None) -> Manifest:
    manifest = build(shelf, [folder], encoder or WordEncoder())
    shelf.switch(manifest.name)
    return manifest


def opened(shelf: Shelf, name: str) -> Retriever:
    encoder = WordEncoder()
    return retriever_of(open_generation(shelf, name, encoder), encoder)


def first(retriever: Retriever, text: str) -> str:
    return retriever.search(text).hits[0].record.key


def test_a_built_generation_answers(shelf: Shelf, folder: Path) -> None:
    retriever = opened(shelf, built(shelf, folder).name)
    assert first(retriever, "lam giay khai sinh") == "khai_sinh"
    assert first(retriever, "thuê trọ khai tạm trú") == "tam_tru"


def test_only_texts_that_are_new_are_encoded_again(shelf: Shelf, folder: Path) -> None:
    before = built(shelf, folder)
    write_folder(folder, RECORDS.replace("Giấy chứng sinh", "Giấy ra viện"))
    encoder = WordEncoder()
    after = build(shelf, [folder], encoder)
    assert encoder.encoded == 1
    assert after.reused == after.counts["passages"] - 1
    changes = compare(before, after)
    assert (changes.new, changes.changed, changes.gone) == ((), ("procedure:khai_sinh",), ())
    assert (changes.passages_new, changes.passages_gone) == (1, 1)


def test_a_change_of_a_fact_that_no_passage_holds_is_still_a_change(shelf: Shelf, folder: Path) -> None:
    before = built(shelf, folder)
    write_folder(folder, RECORDS.replace("popularity: 3", "fee: 8.000 đồng"))
    assert compare(before, build(shelf, [folder], WordEncoder())).changed == ("procedure:khai_sinh",)


def test_the_live_generation_serves_while_another_is_built(shelf: Shelf, folder: Path) -> None:
    name = built(shelf, folder).name
    build(shelf, [folder], WordEncoder())
    assert shelf.current() == name


def test_a_golden_question_that_falls_is_named(shelf: Shelf, folder: Path) -> None:
    before = ask_golden(opened(shelf, built(shelf, folder).name))
    assert before.asked == 3 and not before.lost
    write_folder(folder, RECORDS.replace("Đăng ký khai tử", "Thủ tục chứng thực").replace("ông nội mới mất", "photo"))
    after = ask_golden(opened(shelf, build(shelf, [folder], WordEncoder()).name))
    assert "khai tử cho ông" in fallen(before, after)


def test_golden_questions_of_an_abolished_procedure_retire_with_it(shelf: Shelf, folder: Path) -> None:
    write_folder(
        folder, RECORDS.replace("    steps: [Nộp giấy báo tử]", "    validity: {status: abolished, decision: 9/QĐ}")
    )
    golden = ask_golden(opened(shelf, built(shelf, folder).name))
    assert golden.retired == ("khai tử cho ông",)
    assert golden.asked == 2


OVERLAY = """
procedures:
  - {key: cho_lo, name: Cấp chỗ bán hàng ở chợ Lò, steps: [Nộp đơn ở ban quản lý chợ]}
golden:
  - {ask: xin chỗ bán hàng chợ Lò, records: [cho_lo]}
"""


def test_golden_questions_of_an_overlay_are_asked_from_its_place(shelf: Shelf, folder: Path, tmp_path: Path) -> None:
    overlay = write_folder(tmp_path / "overlay", OVERLAY)
    write_folder(overlay, "{name: Cao Bằng, place: Cao Bằng}", "folder.yaml")
    golden = ask_golden(opened(shelf, build(shelf, [folder, overlay], WordEncoder()).name))
    assert "xin chỗ bán hàng chợ Lò (Cao Bằng)" in golden.won and golden.asked == 4
    write_folder(overlay, OVERLAY.replace("chợ Lò, steps: [Nộp đơn ở ban quản lý chợ]", "sạp"))
    write_folder(folder, RECORDS + "  - {ask: giấy khai sinh ở đây, place: Cao Bằng, records: [khai_sinh]}\n")
    after = ask_golden(opened(shelf, build(shelf, [folder, overlay], WordEncoder()).name))
    assert "giấy khai sinh ở đây (Cao Bằng)" in after.won


def test_rolling_back_serves_the_generation_before(shelf: Shelf, folder: Path) -> None:
    one, two = built(shelf, folder).name, built(shelf, folder).name
    assert (shelf.current(), shelf.previous()) == (two, one)
    shelf.switch(one)
    assert shelf.current() == one
    assert two in shelf.names()


def test_what_was_rolled_back_is_withdrawn_and_never_offered_again(shelf: Shelf) -> None:
    for name in ("a", "b", "c"):
        (shelf.generations / name).mkdir(parents=True)
        (shelf.generations / name / "manifest.json").write_text("{}")
    for name in ("a", "b", "a", "c"):
        shelf.switch(name)
    assert (shelf.current(), shelf.previous(), shelf.withdrawn()) == ("c", "a", {"b"})
    shelf.switch("a")
    assert (shelf.previous(), shelf.withdrawn(), shelf.held_back()) == ("", {"b", "c"}, frozenset())


def test_rolling_back_never_goes_to_one_that_the_gate_held_back(shelf: Shelf, folder: Path) -> None:
    one = built(shelf, folder).name
    build(shelf, [folder], WordEncoder())
    built(shelf, folder)
    assert shelf.previous() == one


def test_the_last_five_stay_and_the_live_one_always(shelf: Shelf, folder: Path) -> None:
    oldest = built(shelf, folder).name
    names = [build(shelf, [folder], WordEncoder()).name for _ in range(KEEP + 2)]
    shelf.prune()
    assert shelf.names() == [oldest, *names[-KEEP:]]


def test_two_builders_at_once_are_kept_apart_and_the_second_is_told_who_builds(shelf: Shelf) -> None:
    with shelf.building(), pytest.raises(BuilderBusy, match=str(os.getpid())), Shelf(shelf.root).building():
        pass
    with shelf.building():
        pass


def test_another_model_is_refused_with_the_command_that_mends_it(shelf: Shelf, folder: Path) -> None:
    name = built(shelf, folder).name
    with pytest.raises(GenerationUnusable, match=r"reindex\.py"):
        open_generation(shelf, name, WordEncoder(revision="2"))


def spoil(shelf: Shelf, name: str, part: str) -> None:
    file = shelf.generations / name / part
    if part == "manifest.json":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


@pytest.mark.parametrize("part", ["manifest.json", "vectors.faiss", "short/rows.npy", "body/starts.npy"])
def test_when_the_live_generation_is_spoiled_the_one_before_serves(shelf: Shelf, folder: Path, part: str) -> None:
    good, bad = built(shelf, folder).name, built(shelf, folder).name
    spoil(shelf, bad, part)
    lines: list[str] = []
    assert open_live(shelf, WordEncoder(), lines.append).manifest.name == good
    assert len(lines) == 1 and "\n" not in lines[0] and bad in lines[0]


def test_every_flipped_byte_is_found_when_a_generation_is_checked(shelf: Shelf, folder: Path) -> None:
    name = built(shelf, folder).name
    chance = random.Random(0)
    for file in json.loads((shelf.generations / name / "manifest.json").read_text(encoding="utf-8"))["files"]:
        path = shelf.generations / name / file
        content = path.read_bytes()
        at = chance.randrange(len(content))
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with pytest.raises(GenerationUnusable):
            open_generation(shelf, name, WordEncoder(), check=True)
        path.write_bytes(content)
    open_generation(shelf, name, WordEncoder(), check=True)


def test_with_no_generation_at_all_the_command_is_told(shelf: Shelf) -> None:
    with pytest.raises(GenerationUnusable, match=r"reindex\.py"):
        open_live(shelf, WordEncoder())


def test_stale_content_has_another_digest(folder: Path) -> None:
    before = source_digest([folder])
    write_folder(folder, RECORDS + "\n# một dòng\n")
    assert source_digest([folder]) != before


def test_a_running_process_follows_a_switch_without_a_restart(
    shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LOOK_EVERY", 0.0)
    built(shelf, folder)
    index = LiveIndex(shelf.root, WordEncoder())
    assert index.retriever().library.procedure("9.999999") is None
    write_folder(folder, RECORDS.replace('"1.004194"', '"9.999999"'))
    name = built(shelf, folder).name
    index.retriever()
    index.wait()
    assert index.generation == name
    assert index.retriever().library.procedure("9.999999") is not None


def test_a_switch_to_a_spoiled_generation_changes_nothing_for_a_running_process(
    shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LOOK_EVERY", 0.0)
    good = built(shelf, folder).name
    index = LiveIndex(shelf.root, WordEncoder())
    bad = build(shelf, [folder], WordEncoder()).name
    shelf.switch(bad)
    spoil(shelf, bad, "vectors.faiss")
    index.retriever()
    index.wait()
    assert index.generation == good
    assert first(index.retriever(), "khai sinh") == "khai_sinh"


BUILDER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from ground import WordEncoder
from index.snapshot import Shelf, build
shelf = Shelf(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    with shelf.building():
        shelf.switch(build(shelf, [Path(sys.argv[2])], WordEncoder()).name)
        shelf.prune()
"""


def test_killed_at_any_moment_the_live_generation_still_serves(shelf: Shelf, folder: Path, tally: Tally) -> None:
    """A builder that builds and switches without end is killed 20 times; after each, what is live is whole."""
    built(shelf, folder)
    chance = random.Random(7)
    here = str(Path(__file__).parent)
    for _ in range(300 if os.environ.get("LONG") else 20):
        command = [sys.executable, "-c", BUILDER, str(shelf.root), str(folder), here]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=REPOSITORY)
        assert process.stdout and process.stdout.readline()
        time.sleep(chance.uniform(0, 0.25))
        process.send_signal(signal.SIGKILL)
        process.wait()
        complaints: list[str] = []
        generation = open_live(shelf, WordEncoder(), complaints.append)
        assert not complaints
        open_generation(shelf, generation.manifest.name, WordEncoder(), check=True)
    shelf.prune()
    assert not list(shelf.generations.glob(".building-*"))
    rounds = 300 if os.environ.get("LONG") else 20
    tally("Giết bộ dựng chỉ mục", rounds, "lần nào cũng còn thế hệ nguyên vẹn để dùng", 7)


@pytest.fixture(autouse=True)
def plain_ranker(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about generations: similarity alone decides."""
    import numpy as np

    from index.fusion import FEATURES, SIGNALS

    weights = np.zeros(len(FEATURES), np.float32)
    weights[FEATURES.index("dense_best")] = weights[FEATURES.index("short_share")] = 5
    signals = len(SIGNALS)
    ranker = Ranker(
        weights,
        np.zeros(signals, np.float32),
        np.ones(signals, np.float32),
        np.zeros(signals + 1, np.float32),
        np.zeros(signals + 1, np.float32),
    )
    monkeypatch.setattr(live, "open_ranker", lambda _file: ranker)
