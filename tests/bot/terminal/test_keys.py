from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.desk.keys import Keys
from bot.store.opening import open_store
from bot.terminal import keys as commands

NOW = dt.datetime(2026, 11, 21, 8, tzinfo=dt.UTC)


def test_a_key_is_shown_once_listed_by_name_and_taken_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = Keys(open_store(f"sqlite:///{tmp_path / 's.db'}"), lambda: NOW)
    assert commands.show(keys) == 0 and "Chưa có khóa" in capsys.readouterr().out
    assert commands.add(keys, "so-noi-vu", 5.0) == 0
    token = capsys.readouterr().out.split()[-1]
    found = keys.of(token)
    assert found is not None and found.name == "so-noi-vu"
    assert commands.add(keys, "so-noi-vu", 5.0) == 1
    assert commands.show(keys) == 0
    listed = capsys.readouterr().out
    assert "so-noi-vu: tạo ngày 21/11/2026, 5 lần" in listed and token not in listed
    assert commands.remove(keys, "so-noi-vu") == 0 and keys.of(token) is None
    assert commands.remove(keys, "so-noi-vu") == 1
