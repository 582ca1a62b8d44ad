"""scripts/licences.py: what is used, under which licence, and whether that may be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts import licences
from scripts.licences import Library, faults, libraries, main, pins, sbom, table

GOOD = Library("abc", "1.0", "MIT License", True, "")


def test_all_that_the_project_needs_is_found_with_its_licence() -> None:
    found = {x.name: x for x in libraries()}
    assert found["starlette"].runs and not found["pytest"].runs
    assert found["certifi"].runs, "also what a library needs in turn"
    assert [x.name for x in found.values() if x.licence == "?"] == []


def test_what_is_not_pinned_or_pinned_otherwise_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(licences, "TABLE", tmp_path / "t.md")
    monkeypatch.setattr(licences, "ROOT", tmp_path)
    (tmp_path / "t.md").write_text(table([GOOD]), encoding="utf-8")
    assert list(faults([GOOD], {"abc": "1.0"})) == []
    assert "abc==1.0" in next(faults([GOOD], {}))
    assert "cài lại" in next(faults([GOOD], {"abc": "2.0"}))


def test_a_licence_that_needs_a_look_and_an_old_table_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(licences, "TABLE", tmp_path / "t.md")
    monkeypatch.setattr(licences, "ROOT", tmp_path)
    odd = Library("abc", "1.0", "Proprietary", True, "")
    first, second = faults([odd], {"abc": "1.0"})
    assert "cần người xem" in first and "đã cũ" in second


def test_pins_are_read_by_their_canonical_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("# pins\nPy_YAML==6.0\nJinja2==3.1 ; python_version>'3'\n\n", encoding="utf-8")
    monkeypatch.setattr(licences, "PINS", tmp_path / "c.txt")
    assert pins() == {"py-yaml": "6.0", "jinja2": "3.1"}


def test_the_bill_of_materials_is_the_same_for_the_same_libraries() -> None:
    made = sbom([GOOD])
    assert made == sbom([GOOD]) != sbom([Library("abc", "1.1", "MIT", True, "")])
    assert made["bomFormat"] == "CycloneDX" and json.dumps(made)


def test_the_command_writes_what_it_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--sbom", str(tmp_path / "s.json")]) == 0
    parts = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["components"]
    assert f"{len(parts)} thư viện" in capsys.readouterr().out
