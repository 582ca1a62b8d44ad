"""`python -m bot invite | unit | officer`: what only whoever sits at the machine may do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.build import make_people, make_signing
from bot.ledger import Role
from bot.settings import Settings


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    url = f"sqlite:///{tmp_path / 'm.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    return Settings(database_url=url)


def test_the_first_admin_is_invited_by_the_machine(machine: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["invite", "--role", "admin", "--name", "Lê Thử"]) == 0
    token = capsys.readouterr().out.split("/start moi_")[1].strip()
    officer = make_people(machine).accept(token, "telegram:1")
    assert (officer.name, officer.role) == ("Lê Thử", Role.ADMIN)
    assert main(["officer", "list"]) == 0
    assert "Lê Thử" in capsys.readouterr().out


def test_a_locked_out_admin_gets_in_again_by_the_machine(machine: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    signing = make_signing(machine)
    signing.join(make_people(machine).invite(None, Role.ADMIN), "le.thu", "mật khẩu đã quên")
    assert main(["officer", "reset", "le.thu"]) == 0
    token = capsys.readouterr().out.strip().rpartition("/quan-tri/dat-lai/")[2]
    signing.reset(token, "le.thu", "mật khẩu mới nhớ")
    assert signing.sign_in("le.thu", "mật khẩu mới nhớ") is not None
    assert main(["officer", "reset", "ai.do"]) == 1
    assert "Không có cán bộ “ai.do”" in capsys.readouterr().err


def test_units_are_added_below_one_another_and_listed(machine: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["unit", "list"]) == 0
    assert main(["unit", "add", "xa", "UBND xã Bình An", "--place", "xã Bình An"]) == 0
    assert main(["unit", "add", "mc", "Một cửa", "--parent", "xa", "--field", "Hộ tịch", "--field", "Chứng thực"]) == 0
    assert main(["unit", "list"]) == 0
    assert "mc  Một cửa (thuộc xa)" in capsys.readouterr().out
    (mc, xa) = make_people(machine).units()
    assert mc.fields == ("Hộ tịch", "Chứng thực") and xa.places == ("xã Bình An",)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["invite", "--role", "can_bo", "--unit", "zz"], "Chưa có đơn vị “zz”"),
        (["unit", "add", "a", "A", "--parent", "zz"], "Chưa có đơn vị “zz”"),
    ],
)
def test_a_unit_that_is_not_is_said_so(
    machine: Settings, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert main(arguments) == 1
    assert told in capsys.readouterr().err


def test_a_database_that_cannot_be_reached_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////proc/nowhere/x.db")
    assert main(["unit", "list"]) == 1
    assert "Traceback" not in capsys.readouterr().err
