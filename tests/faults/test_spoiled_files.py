"""Files that rotted: an index, a model, a session, settings. Told or got over, never served as if they were whole."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from bot.dialogue.session import Draft, Session, Topic, dump, load
from index.classifier import ClassifierUnusable, open_classifier
from index.encoder import BUNDLED, EncoderUnusable, StaticEncoder, open_encoder
from index.fusion import WeightsUnreadable, open_ranker
from index.live import retriever_of
from index.snapshot import GenerationUnusable, Shelf, build, open_generation, open_live
from knowledge.reading import CONTENT
from tests.conftest import Tally
from tests.faults.conftest import LONG

WAYS = ("gone", "empty", "cut", "zeros", "noise")


def spoiled(file: Path, how: str, dice: random.Random) -> None:
    whole = file.read_bytes()
    half = dice.randrange(max(1, len(whole)))
    noise = bytearray(whole)
    for _ in range(20):
        noise[dice.randrange(len(noise))] ^= 1 << dice.randrange(8)
    left = {"empty": b"", "cut": whole[:half], "zeros": whole[:half] + bytes(len(whole) - half), "noise": bytes(noise)}
    file.unlink() if how == "gone" else file.write_bytes(left[how])


@pytest.fixture(scope="module")
def two(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with a live generation and one before it."""
    root = tmp_path_factory.mktemp("two") / "index"
    shutil.copytree(shipped, root)
    shelf = Shelf(root)
    shelf.switch(build(shelf, [CONTENT], open_encoder()).name)
    return root


def parts(index: Path) -> list[str]:
    shelf = Shelf(index)
    live = shelf.generations / shelf.current()
    return sorted(str(f.relative_to(live)) for f in live.rglob("*") if f.is_file() and "knowledge" not in f.parts)


def test_a_rotten_file_of_the_index_is_found_or_the_generation_before_serves(
    two: Path, tmp_path: Path, tally: Tally
) -> None:
    """Opened as the bot does at its start: whatever rotted, either it does not open, and the one before serves, or what
    opened answers without a fall."""
    dice, encoder = random.Random(7), open_encoder()
    names = parts(two)
    for round_number in range(200 if LONG else 10):
        index = tmp_path / str(round_number)
        shutil.copytree(two, index)
        shelf, name = Shelf(index), names[round_number % len(names)]
        live = shelf.current()
        how = dice.choice(WAYS)
        spoiled(shelf.generations / live / name, how, dice)
        try:
            open_generation(shelf, live, encoder, check=True)
        except GenerationUnusable as bad:
            assert "reindex" in str(bad)
        else:
            pytest.fail(f"{name} ({how}) is not what was written, and the check did not see it")
        complaints: list[str] = []
        generation = open_live(shelf, encoder, complaints.append)
        assert generation.manifest.name == live or complaints, (name, how)
        retriever_of(generation, encoder).search("làm giấy khai sinh cần gì")
        shutil.rmtree(index)
    tally("Làm hỏng tệp của chỉ mục", round_number + 1, "lần nào cũng bị phát hiện; thế hệ trước phục vụ thay", 7)


def test_an_emptied_table_of_the_index_lets_the_generation_before_serve(two: Path, tmp_path: Path) -> None:
    """What a power cut leaves most often: a file that is there, with nothing in it."""
    encoder, names = open_encoder(), [name for name in parts(two) if name.endswith(".npy")]
    assert len(names) > 5
    index = tmp_path / "index"
    shutil.copytree(two, index)
    shelf = Shelf(index)
    live = shelf.current()
    for file in (shelf.generations / live / name for name in names):
        whole = file.read_bytes()
        file.write_bytes(b"")
        complaints: list[str] = []
        assert open_live(shelf, encoder, complaints.append).manifest.name == live or complaints, file.name
        file.write_bytes(whole)
    assert open_live(shelf, encoder, complaints.append).manifest.name == live


@pytest.mark.parametrize("how", WAYS)
def test_a_rotten_model_is_refused_with_its_name(tmp_path: Path, how: str) -> None:
    dice = random.Random(7)
    whole = StaticEncoder(BUNDLED).card
    for name in ("model.safetensors", "tokenizer.json"):
        folder = tmp_path / name
        shutil.copytree(BUNDLED, folder)
        spoiled(folder / name, how, dice)
        try:
            card = StaticEncoder(folder).card
        except EncoderUnusable as bad:
            assert str(folder) in str(bad)
        else:  # still readable: then it is another model, and no index of the true one opens with it
            assert card.revision != whole.revision


@pytest.mark.parametrize("how", WAYS)
def test_rotten_weights_are_refused_with_the_command_that_makes_them(tmp_path: Path, how: str) -> None:
    dice, encoder = random.Random(7), open_encoder()
    for name in ("aspects.npz", "ranker.json"):
        file = tmp_path / name
        shutil.copyfile(BUNDLED / name, file)
        spoiled(file, how, dice)
        try:
            open_classifier(file, encoder) if name.endswith(".npz") else open_ranker(file)
        except (ClassifierUnusable, WeightsUnreadable) as bad:
            assert name in str(bad)


SESSION = Session(
    topics=(Topic("procedure", "khai_sinh", ("le_phi",)),), place="Cao Bằng", draft=Draft("kien_nghi", "đèn hỏng")
)


@given(st.data())
@bounds(max_examples=3000 if LONG else 150, deadline=None)
def test_a_rotten_session_begins_anew_without_a_fall(data: st.DataObject) -> None:
    text = dump(SESSION)
    at = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 30))
    rotten = text[:at] + data.draw(st.text(max_size=30)) + text[at + length :]
    assert isinstance(load(rotten), Session)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(list(json.loads(dump(SESSION)))), inner)
        ),
        max_leaves=20,
    )
)
@bounds(max_examples=3000 if LONG else 150, deadline=None)
def test_a_session_of_any_shape_is_a_session(tree: object) -> None:
    assert isinstance(load(json.dumps(tree)), Session)
