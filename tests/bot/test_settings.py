from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from bot.settings import BadSettings, Settings, read_settings

EXAMPLE = Path(__file__).resolve().parents[2] / ".env.example"


def test_without_any_setting_the_defaults_hold() -> None:
    assert read_settings({}, None) == Settings()


def test_the_example_documents_every_setting_and_no_other() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    documented = re.findall(r"^([A-Z_]+)=", text, re.M)
    assert sorted(documented) == sorted(f.name.upper() for f in dataclasses.fields(Settings))
    for key in documented:
        assert re.search(rf"# .+\n{key}=", text), f"{key} has no comment above it"


def test_the_example_as_it_stands_is_a_working_configuration() -> None:
    assert read_settings({}, EXAMPLE) == Settings()


@pytest.mark.parametrize(
    ("key", "value", "allowed"),
    [
        ("PORT", "99999", "1 đến 65535"),
        ("PORT", "tám", "1 đến 65535"),
        ("TELEGRAM_TOKEN", "abc", "@BotFather"),
        ("WEBHOOK_URL", "http://a.vn", "https://"),
        ("WEBHOOK_SECRET", "ngắn", "16"),
        ("DATABASE_URL", "mysql://x", "postgresql://"),
        ("KNOWLEDGE_DIRS", "/không/có", "không có thư mục"),
    ],
)
def test_a_bad_value_names_the_key_the_value_and_what_is_allowed(key: str, value: str, allowed: str) -> None:
    with pytest.raises(BadSettings) as raised:
        read_settings({key: value}, None)
    message = next(p for p in raised.value.problems if p.startswith(key))
    assert allowed in message
    assert value[:3] in message


def test_secrets_are_never_spelled_out_in_a_message() -> None:
    with pytest.raises(BadSettings) as raised:
        read_settings({"TELEGRAM_TOKEN": "bi-mat-khong-duoc-lo"}, None)
    assert "bi-mat-khong-duoc-lo" not in str(raised.value)


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(BadSettings) as raised:
        read_settings({"PORT": "0", "WEBHOOK_URL": "https://a.vn"}, None)
    assert len(raised.value.problems) == 2


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=1111\nPLACE=Cao Bằng\n", encoding="utf-8")
    settings = read_settings({"PORT": "2222"}, file)
    assert (settings.port, settings.place) == (2222, "Cao Bằng")


def test_a_file_that_one_may_not_read_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("bot.settings.dotenv_values", refused)  # the tests may run as root, who may read everything
    (tmp_path / ".env").touch()
    with pytest.raises(BadSettings, match="người dùng của bot"):
        read_settings({}, tmp_path / ".env")
