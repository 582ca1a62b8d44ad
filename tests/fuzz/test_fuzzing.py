"""Bytes that nobody meant well: a bounded, seeded, coverage-guided run over all that outsiders can send."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import warnings
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.importing.files import read_file
from knowledge.importing.imported import Unreadable
from tests.faults.conftest import LONG, ROOT, shipped, surroundings
from tests.fuzz import seeds, targets
from tests.fuzz.messages import TODAY

__all__ = ["shipped"]
SEED = 7
RUNS = 20_000 if LONG else 120
LIGHT = ("attachment", "portal_json", "plan_text", "api_body", "update", "log_line", "visible")
EXAMPLES = 3000 if LONG else 40


def test_guided_by_coverage_nothing_falls(shipped: Path, tmp_path: Path) -> None:
    if find_spec("atheris") is None:
        warnings.warn("atheris is not installed: fuzzing is not guided by coverage here", stacklevel=1)
        pytest.skip("atheris has no wheel for this Python or system")
    command = [sys.executable, "-W", "ignore", "-m", "tests.fuzz.drive", "--runs", str(RUNS), "--seed", str(SEED)]
    command += ["--found", str(tmp_path / "found")] + ([] if LONG else ["--seconds", "3"])
    environment = surroundings(FUZZ_INDEX=str(shipped), OMP_NUM_THREADS="1")
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    told = "\n".join(x for x in (done.stdout + done.stderr).splitlines() if not x.startswith(("INFO", "WARNING", "#")))
    assert done.returncode == 0, told[-6000:]


@pytest.mark.parametrize("name", LIGHT)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_cut_spliced_and_changed_bytes_of_sound_files_do_no_harm(name: str, data: st.DataObject) -> None:
    target, begin = targets.TARGETS[name]
    sound = data.draw(st.sampled_from(begin()))
    at = data.draw(st.integers(0, len(sound)))
    gone = data.draw(st.integers(0, 40))
    target(sound[:at] + data.draw(st.binary(max_size=40)) + sound[at + gone :])


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["text", "choice", "consent", "kind", "conversation", "code", "name", "steps", "x"]),
                inner,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_gets_a_verdict(tree: object) -> None:
    data = json.dumps(tree).encode()
    targets.api_body(data)
    targets.portal_json(data)
    targets.update(data)


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_package_with_a_wrong_name_or_spoiled_parts_is_refused_in_words(tmp_path: Path, kind: str) -> None:
    whole = seeds.xlsx() if kind == "xlsx" else seeds.docx()
    packed = bytearray(whole)
    name = whole.rindex(b"[Content_Types].xml")
    packed[name] = 0xC6  # no letter of UTF-8
    packed[name - 46 + 9] |= 8  # and said to be UTF-8
    spoiled = bytearray(whole)
    spoiled[60:400] = b"\xaa" * 340
    for number, data in enumerate((packed, spoiled)):
        file = tmp_path / f"{number}.{kind}"
        file.write_bytes(bytes(data))
        try:
            read_file(file, TODAY)
        except Unreadable as bad:
            assert "hỏng" in str(bad) or "không" in str(bad)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_package_that_declares_entities_is_refused_however_it_is_spelt(tmp_path: Path, encoding: str) -> None:
    parts = seeds.members(seeds.docx())
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    parts["word/document.xml"] = bomb.encode(encoding)
    file = tmp_path / "bom.docx"
    file.write_bytes(seeds.packed(parts))
    with pytest.raises(Unreadable, match="thực thể"):
        read_file(file, TODAY)


def test_the_sound_seeds_are_taken(tmp_path: Path) -> None:
    """Else fuzzing would only ever look at the first line of defence."""
    for name, data in (("a.xlsx", seeds.xlsx()), ("a.json", seeds.portal())):
        (tmp_path / name).write_bytes(data)
        assert read_file(tmp_path / name, TODAY).procedures
    assert zipfile.is_zipfile(io.BytesIO(seeds.docx()))
    for data in (*seeds.pictures(), seeds.film(), seeds.pdf()):
        targets.attachment(data)
