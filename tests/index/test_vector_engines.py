"""What every engine of vectors promises, held by FAISS and by Qdrant (its client's local mode, and over HTTP)."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from ground import RECORDS, WordEncoder, write_folder
from qdrant_client import QdrantClient
from qdrant_double import KEY, QdrantDouble

from index import qdrant
from index.encoder import Vectors, open_encoder, unit
from index.gate import ask_golden
from index.live import LiveIndex, retriever_of
from index.qdrant import PREFIX, Qdrant, QdrantIndex, open_server
from index.snapshot import KEEP, GenerationUnusable, Shelf, build, open_generation
from index.vectors import FILE, FaissFiles, VectorEngine, build_vectors
from knowledge.reading import CONTENT

ENGINES = ("faiss", "qdrant in memory", "qdrant in a folder", "qdrant over http")
HOTLINE = "contacts:\n  - {key: nong_cb, name: Đường dây nóng tạm trú, purpose: Hỏi về tạm trú}\n"
QUESTION = np.zeros(32, np.float32)
# of the client: that its local mode reads every vector, and that the double speaks no https
pytestmark = pytest.mark.filterwarnings("ignore:Local mode", "ignore:Api key")


@pytest.fixture
def server() -> Iterator[QdrantDouble]:
    double = QdrantDouble()
    yield double
    double.close()


@pytest.fixture(params=ENGINES)
def again(
    request: pytest.FixtureRequest, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> Iterator[Callable[[], VectorEngine]]:
    """The same engine, as another process or a restart would see it: nothing is carried over in memory."""
    made: list[Qdrant] = []
    memory = QdrantClient(":memory:")

    def engine() -> VectorEngine:
        if request.param == "faiss":
            return FaissFiles()
        for one in made:
            if request.param == "qdrant in a folder":
                one.close()
        if request.param == "qdrant in memory":
            made.append(Qdrant(memory))
        elif request.param == "qdrant in a folder":
            made.append(open_server(f"file://{tmp_path / 'qdrant'}"))
        else:
            made.append(open_server(request.getfixturevalue("server").url, KEY))
        return made[-1]

    yield engine
    for one in made:
        one.close()
    assert "does not answer" not in caplog.text, "the files answered in the engine's place"


@pytest.fixture
def engine(again: Callable[[], VectorEngine]) -> VectorEngine:
    return again()


def some(count: int, seed: int = 0, dimension: int = 32) -> Vectors:
    return unit(np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32))


def kept(folder: Path, vectors: Vectors) -> Path:
    """The vectors of a generation as its folder holds them."""
    folder.mkdir(parents=True)
    np.save(folder / "vectors.npy", vectors.astype(np.float16))
    build_vectors(vectors).save(folder / FILE)
    return folder


def nearest(index: object, query: Vectors, most: int = 5) -> list[int]:
    return [int(i) for i in index.search(query, most)[0]]  # type: ignore[attr-defined]


def test_the_nearest_rows_come_best_first_with_their_cosines(engine: VectorEngine, tmp_path: Path) -> None:
    vectors = some(700)
    index = engine.open(kept(tmp_path / "g1", vectors))
    assert len(index) == 700
    for row in (0, 13, 699):
        ids, scores = index.search(vectors[row], 20)
        right = np.argsort(-(vectors @ vectors[row]), kind="stable")[:20]
        assert ids[0] == row and scores[0] == pytest.approx(1, abs=0.01)
        assert len(set(ids.tolist()) & set(right.tolist())) >= 19
        assert list(scores) == sorted(scores, reverse=True)
        assert np.allclose(scores, vectors[ids] @ vectors[row], atol=0.005)
        assert ids.dtype == np.int64 and scores.dtype == np.float32


def test_more_than_there_is_gives_all_there_is_and_nothing_gives_nothing(engine: VectorEngine, tmp_path: Path) -> None:
    assert sorted(nearest(engine.open(kept(tmp_path / "g1", some(3))), some(1)[0], 50)) == [0, 1, 2]
    empty = engine.open(kept(tmp_path / "g2", np.zeros((0, 32), np.float32)))
    assert len(empty) == 0 and nearest(empty, some(1)[0]) == []


def test_a_text_of_no_known_word_is_near_nothing(engine: VectorEngine, tmp_path: Path) -> None:
    _, scores = engine.open(kept(tmp_path / "g1", some(30))).search(QUESTION, 5)
    assert np.allclose(scores, 0)


def test_what_was_opened_once_is_there_after_a_restart(again: Callable[[], VectorEngine], tmp_path: Path) -> None:
    vectors, folder = some(100), kept(tmp_path / "g1", some(100))
    again().open(folder)
    assert nearest(again().open(folder), vectors[42], 1) == [42]


def test_generations_side_by_side_do_not_see_one_another(engine: VectorEngine, tmp_path: Path) -> None:
    old_rows = some(60)
    new_rows = np.concatenate([old_rows[:20], some(10, seed=5), old_rows[40:]])
    old, new = engine.open(kept(tmp_path / "g1", old_rows)), engine.open(kept(tmp_path / "g2", new_rows))
    assert (nearest(old, old_rows[59], 1), nearest(new, old_rows[59], 1)) == ([59], [49])
    assert nearest(new, new_rows[25], 1) == [25]
    assert new.search(old_rows[30], 1)[1][0] < 0.95, "a row that was taken out is still found"
    engine.forget(["g1", "never-was"])
    assert nearest(new, old_rows[59], 1) == [49]


def test_many_threads_may_ask_at_once(engine: VectorEngine, tmp_path: Path) -> None:
    vectors = some(200)
    index = engine.open(kept(tmp_path / "g1", vectors))
    wrong: list[int] = []

    def ask(rows: range) -> None:
        wrong.extend(row for row in rows if nearest(index, vectors[row], 1) != [row])

    threads = [threading.Thread(target=ask, args=(range(start, 200, 4),)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_change_encodes_what_is_new_and_the_live_retriever_follows_the_switch(
    again: Callable[[], VectorEngine], tmp_path: Path
) -> None:
    encoder, shelf = WordEncoder(dimension=32), Shelf(tmp_path / "index")
    folder = write_folder(tmp_path / "knowledge")
    shelf.switch(build(shelf, [folder], encoder).name)
    live = LiveIndex(shelf.root, encoder, again())
    before = live.retriever()
    encoded = encoder.encoded
    write_folder(tmp_path / "knowledge", RECORDS.replace("thuê phòng trọ thì", "mới chuyển xóm trọ thì"))
    changed = build(shelf, [folder], encoder)
    assert encoder.encoded == encoded + 1
    shelf.switch(changed.name)
    live.look()
    live.wait()
    assert live.generation == changed.name
    for retriever in (before, live.retriever()):
        assert retriever.search("khai tử cho ông").hits[0].record.key == "khai_tu"
    rows = [p.text for p in live.retriever().ground.rows]
    row = next(i for i, text in enumerate(rows) if "xóm trọ" in text)
    assert nearest(live.retriever().ground.vectors, encoder.queries([rows[row]])[0], 1) == [row]


def test_a_place_sees_the_same_records_by_every_engine(again: Callable[[], VectorEngine], tmp_path: Path) -> None:
    encoder, shelf = WordEncoder(dimension=32), Shelf(tmp_path / "index")
    nation = write_folder(tmp_path / "nation")
    local = write_folder(tmp_path / "local", HOTLINE)
    write_folder(local, "{name: Cao Bằng, place: Cao Bằng}", "folder.yaml")
    name = build(shelf, [nation, local], encoder).name
    plain = retriever_of(open_generation(shelf, name, encoder), encoder)
    other = retriever_of(open_generation(shelf, name, encoder, engine=again()), encoder)
    for place in ("", "Cao Bằng", "Hà Nội"):
        for text in ("đường dây nóng tạm trú", "đăng ký tạm trú", "khai sinh"):
            found = [[h.record.key for h in r.at(place).search(text)] for r in (plain, other)]
            assert found[0] == found[1]


def test_a_spoiled_file_refuses_the_generation_whatever_the_engine(
    again: Callable[[], VectorEngine], tmp_path: Path
) -> None:
    encoder, shelf = WordEncoder(dimension=32), Shelf(tmp_path / "index")
    name = build(shelf, [write_folder(tmp_path / "knowledge")], encoder).name
    (shelf.generations / name / FILE).write_bytes(b"")
    with pytest.raises(GenerationUnusable):
        open_generation(shelf, name, encoder, engine=again())


# --- what only a server can do: be away ------------------------------------------------------------------------------


def opened(server: QdrantDouble, folder: Path, pause: float = 0.0, key: str = KEY) -> QdrantIndex:
    client = QdrantClient(url=server.url, api_key=key, timeout=1, check_compatibility=False)
    index = Qdrant(client, pause=pause).open(folder)
    assert isinstance(index, QdrantIndex)
    return index


@pytest.mark.parametrize("fault", ["500", "nonsense", "slow"])
def test_while_the_server_fails_the_files_answer_and_then_the_server_again(
    server: QdrantDouble, tmp_path: Path, fault: str
) -> None:
    vectors = some(300)
    index = opened(server, kept(tmp_path / "g1", vectors))
    assert index.by_server
    server.fault = fault
    assert nearest(index, vectors[7], 1) == [7] and not index.by_server
    index.wait()
    server.fault = ""
    server.release.set()
    assert nearest(index, vectors[8], 1) == [8]
    index.wait()
    assert index.by_server and nearest(index, vectors[9], 1) == [9]


def test_a_server_that_failed_is_left_alone_for_a_while(server: QdrantDouble, tmp_path: Path) -> None:
    vectors = some(50)
    index = opened(server, kept(tmp_path / "g1", vectors), pause=3600)
    server.fault = "500"
    nearest(index, vectors[0])
    asked = len(server.asked)
    assert [nearest(index, v, 1)[0] for v in vectors] == list(range(50))
    assert len(server.asked) == asked


def test_a_server_that_is_away_at_the_start_is_filled_when_it_comes(server: QdrantDouble, tmp_path: Path) -> None:
    vectors = some(50)
    server.fault = "500"
    index = opened(server, kept(tmp_path / "g1", vectors))
    assert not index.by_server
    server.fault = ""
    assert nearest(index, vectors[3], 1) == [3]
    index.wait()
    assert index.by_server and server.kept.count(f"{PREFIX}g1").count == 50


def test_a_wrong_key_leaves_the_files_to_answer(server: QdrantDouble, tmp_path: Path) -> None:
    vectors = some(50)
    index = opened(server, kept(tmp_path / "g1", vectors), key="nham")
    assert not index.by_server and nearest(index, vectors[3], 1) == [3]


@pytest.mark.parametrize("spoil", ["half", "foreign", "wide", "gone"])
def test_a_collection_that_is_not_as_it_should_be_is_filled_again(
    server: QdrantDouble, tmp_path: Path, spoil: str
) -> None:
    vectors, name = some(40), f"{PREFIX}g1"
    folder = kept(tmp_path / "g1", vectors)
    opened(server, folder)
    if spoil == "half":
        server.kept.delete(name, list(range(20)))
    elif spoil == "foreign":
        server.kept.delete_collection(name)
        kept(tmp_path / "other" / "g1", some(40, seed=9))
        opened(server, tmp_path / "other" / "g1")
    elif spoil == "wide":
        server.kept.delete_collection(name)
        kept(tmp_path / "other" / "g1", some(40, dimension=16))
        opened(server, tmp_path / "other" / "g1")
    else:
        server.kept.delete_collection(name)
    assert nearest(opened(server, folder), vectors[11], 1) == [11]
    assert server.kept.count(name).count == 40


def test_pruned_generations_leave_the_server_and_those_of_another_house_stay(
    server: QdrantDouble, tmp_path: Path
) -> None:
    engine = open_server(server.url, KEY)
    engine.open(kept(tmp_path / "other-house", some(5)))
    encoder, shelf = WordEncoder(dimension=32), Shelf(tmp_path / "index")
    folder = write_folder(tmp_path / "knowledge")
    names = []
    for _ in range(KEEP + 2):
        names.append(build(shelf, [folder], encoder).name)
        shelf.switch(names[-1])
        open_generation(shelf, names[-1], encoder, engine=engine)
    engine.forget(shelf.prune())
    left = {c.name for c in server.kept.get_collections().collections}
    assert left == {f"{PREFIX}other-house", *(PREFIX + n for n in names[-KEEP:])}
    engine.close()


@pytest.mark.slow
def test_the_shipped_content_gives_the_same_first_records_by_both_engines(server: QdrantDouble, tmp_path: Path) -> None:
    encoder, shelf = open_encoder(), Shelf(tmp_path / "index")
    name = build(shelf, [Path(CONTENT)], encoder).name
    engine = open_server(server.url, KEY)
    by_files = retriever_of(open_generation(shelf, name, encoder), encoder)
    by_server = retriever_of(open_generation(shelf, name, encoder, engine=engine), encoder)
    assert isinstance(by_server.ground.vectors, QdrantIndex) and by_server.ground.vectors.by_server
    assert ask_golden(by_files) == ask_golden(by_server)
    assert by_server.ground.vectors.by_server
    engine.close()


def test_nothing_of_qdrant_is_loaded_where_faiss_is_used() -> None:
    code = "import index.qdrant, bot.build, sys; assert not {m for m in sys.modules if 'qdrant_client' in m}"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(qdrant.__file__).parents[1])
