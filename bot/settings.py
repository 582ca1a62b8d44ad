"""Every setting, typed and checked at start. This is the only reader of the environment (and of `.env`)."""

from __future__ import annotations

import datetime as dt
import math
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

SECRET = ("telegram_token", "webhook_secret", "qdrant_api_key", "metrics_token")
TELEGRAM = "https://api.telegram.org"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class BadSettings(Exception):
    """One or more settings cannot be used; the message names each key, its value and what is allowed."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise ValueError("cần một số từ 1 đến 65535")
    return int(text)


def _url(*schemes: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not re.match(rf"({'|'.join(schemes)})://\S+$", text):
            raise ValueError("cần địa chỉ bắt đầu bằng " + " hoặc ".join(f"{s}://" for s in schemes))
        return text.rstrip("/")

    return check


def _token(text: str) -> str:
    if not re.match(r"\d+:[\w-]{20,}$", text):
        raise ValueError("cần mã dạng 123456:ABC… do @BotFather cấp")
    return text


def _secret(text: str) -> str:
    if not re.match(r"[A-Za-z0-9_-]{16,256}$", text):
        raise ValueError("cần 16 đến 256 ký tự gồm chữ không dấu, số, _ và -")
    return text


def _name(text: str) -> str:
    if not re.fullmatch(r"[\w.-]{1,60}", text):
        raise ValueError("cần chữ, số, dấu chấm, gạch nối, tối đa 60 ký tự")
    return text


def _folders(text: str) -> tuple[Path, ...]:
    found = tuple(Path(part).expanduser() for part in text.split(os.pathsep) if part)
    missing = [str(f) for f in found if not f.is_dir()]
    if missing:
        raise ValueError("không có thư mục " + ", ".join(missing))
    return found


def _number(least: float, most: float) -> Callable[[str], float]:
    def check(text: str) -> float:
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = math.nan
        if not least <= value <= most:
            raise ValueError(f"cần một số từ {least:g} đến {most:g}")
        return value

    return check


def _days(text: str) -> int:
    return int(_number(1, 36500)(text))


def _waiting(text: str) -> int:
    return int(_number(1, 100_000)(text))


def _processes(text: str) -> int:
    return int(_number(1, 64)(text))


def _file(text: str) -> Path:
    if not Path(text).expanduser().is_file():
        raise ValueError("không có tệp này")
    return Path(text).expanduser()


def _folder(text: str) -> Path:
    return _folders(text)[0]


def _hours(text: str) -> str:
    times = r"[0-2]?\d:[0-5]\d-[0-2]?\d:[0-5]\d"
    if not re.fullmatch(rf"{times}(?:,{times})*(?:;[T2-7CN,-]+)?", text.replace(" ", "")):
        raise ValueError("cần dạng 07:30-11:30,13:30-17:00 hoặc thêm ngày: …;T2-T6")
    return text.replace(" ", "")


def _time(text: str) -> dt.time:
    try:
        return dt.time.fromisoformat(text)
    except ValueError:
        raise ValueError("cần giờ và phút, dạng 03:30") from None


def _recipient(text: str) -> str:
    if not re.fullmatch(r"age1[0-9a-z]{58}", text):
        raise ValueError("cần khóa công khai age1… (scripts/backup.py --new-key TỆP)")
    return text


def _quiet(text: str) -> str:
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d-([01]?\d|2[0-3]):[0-5]\d", text.replace(" ", "")):
        raise ValueError("cần dạng 21:00-07:00")
    return "-".join(part.zfill(5) for part in text.replace(" ", "").split("-"))


def _bot_name(text: str) -> str:
    if not re.fullmatch(r"@?[A-Za-z][A-Za-z0-9_]{3,31}", text):
        raise ValueError("cần tên người dùng của bot, dạng ten_cua_bot")
    return text.removeprefix("@")


def _one_of(*allowed: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        found = next((a for a in allowed if a.lower() == text.lower()), "")
        if not found:
            raise ValueError("cần một trong: " + ", ".join(allowed))
        return found

    return check


def _several(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(";"))))


def _setting(read: Callable[[str], Any], default: Any) -> Any:
    return field(default=default, metadata={"read": read})


@dataclass(frozen=True, slots=True)
class Settings:
    telegram_token: str = _setting(_token, "")
    telegram_api_url: str = _setting(_url("https", "http"), TELEGRAM)
    telegram_proxy: str = _setting(_url("http", "https", "socks5"), "")
    webhook_url: str = _setting(_url("https", "http"), "")
    webhook_secret: str = _setting(_secret, "")
    host: str = _setting(str, "127.0.0.1")
    port: int = _setting(_port, 8080)
    telegram_port: int = _setting(_port, 8081)
    database_url: str = _setting(_url("sqlite", "postgresql"), "")
    knowledge_dirs: tuple[Path, ...] = _setting(_folders, ())
    index_dir: Path | None = _setting(Path, None)
    encoder: str = _setting(str, "bundled")
    vector_index: str = _setting(_one_of("faiss", "qdrant"), "faiss")
    qdrant_url: str = _setting(_url("https", "http", "file"), "")
    qdrant_api_key: str = _setting(str, "")
    place: str = _setting(str, "")
    authority_name: str = _setting(str, "")
    data_dir: Path = _setting(Path, Path("var"))
    telegram_per_second: float = _setting(_number(0.1, 10_000), 30.0)
    telegram_chat_pause: float = _setting(_number(0, 60), 1.0)
    telegram_busy_after: float = _setting(_number(1, 600), 8.0)
    web_waiting: int = _setting(_waiting, 200)
    worker: str = _setting(_name, "")
    processes: int = _setting(_processes, 1)
    public_url: str = _setting(_url("https", "http"), "")
    widget_origins: tuple[str, ...] = _setting(_several, ())
    office_hours: str = _setting(_hours, "07:30-11:30,13:30-17:00")
    service_levels: Path | None = _setting(_file, None)
    keep_questions_days: int = _setting(_days, 365)
    keep_uploads_days: int = _setting(_days, 30)
    authority_superior: str = _setting(str, "")
    report_symbol: str = _setting(str, "BC")
    report_town: str = _setting(str, "")
    report_capacity: tuple[str, ...] = _setting(_several, ())
    report_title: str = _setting(str, "")
    report_signer: str = _setting(str, "")
    report_recipients: tuple[str, ...] = _setting(_several, ())
    report_archive: str = _setting(str, "VT")
    report_templates: Path | None = _setting(_folder, None)
    backup_dir: Path | None = _setting(Path, None)
    backup_at: dt.time = _setting(_time, dt.time(3, 30))
    backup_keep: int = _setting(_days, 14)
    backup_recipient: str = _setting(_recipient, "")
    quiet_hours: str = _setting(_quiet, "21:00-07:00")
    news_delay_minutes: float = _setting(_number(0, 1440), 15.0)
    telegram_bot: str = _setting(_bot_name, "")
    authority_emblem: Path | None = _setting(_file, None)
    log_format: str = _setting(_one_of("text", "json"), "text")
    log_level: str = _setting(_one_of("DEBUG", "INFO", "WARNING", "ERROR"), "INFO")
    metrics_port: int = _setting(_port, 0)
    metrics_host: str = _setting(str, "127.0.0.1")
    metrics_token: str = _setting(_secret, "")

    @property
    def knowledge(self) -> Path:
        """What admins upload and edit: a folder of content for each source."""
        return self.data_dir / "knowledge"

    @property
    def generations(self) -> Path:
        return self.index_dir or self.data_dir / "index"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'mot-cua.db'}"


def read_settings(environment: Mapping[str, str] | None = None, dotenv: Path | None = Path(".env")) -> Settings:
    """Settings from the environment, then from `.env`; an empty value means the default. Raises BadSettings."""
    try:
        from_file = dotenv_values(dotenv) if dotenv and dotenv.is_file() else {}
    except PermissionError:
        raise BadSettings([f"{dotenv}: người đang chạy lệnh không được đọc; chạy bằng người dùng của bot"]) from None
    given = {**from_file, **(os.environ if environment is None else environment)}
    values: dict[str, Any] = {}
    problems: list[str] = []
    for one in fields(Settings):
        text = (given.get(one.name.upper()) or "").strip()
        if not text:
            continue
        try:
            values[one.name] = one.metadata["read"](text)
        except ValueError as bad:
            shown = f"{text[:3]}…" if one.name in SECRET else re.sub(r"(?<=://)[^/\s]*@", "***@", text)
            problems.append(f"{one.name.upper()} = “{shown}”: {bad}")
    hook, own_server = values.get("webhook_url", ""), values.get("telegram_api_url", TELEGRAM) != TELEGRAM
    if hook.startswith("http:") and not own_server:
        problems.append(f"WEBHOOK_URL = “{hook}”: cần địa chỉ bắt đầu bằng https:// (http chỉ dùng với Bot API riêng)")
    if hook and not values.get("webhook_secret"):
        problems.append("WEBHOOK_SECRET: cần có khi đặt WEBHOOK_URL")
    problems += _left_open(values)
    if problems:
        raise BadSettings(problems)
    return Settings(**values)


def _left_open(values: Mapping[str, Any]) -> Iterator[str]:
    if values.get("vector_index") == "qdrant" and not values.get("qdrant_url"):
        yield "QDRANT_URL: cần có khi đặt VECTOR_INDEX=qdrant"
    if values.get("metrics_host", LOOPBACK[0]) not in LOOPBACK and not values.get("metrics_token"):
        yield "METRICS_TOKEN: cần có khi METRICS_HOST mở ra ngoài máy này"
