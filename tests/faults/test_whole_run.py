"""A house at work, with petitions, faults and backups: what it writes beside the database holds no secret and nobody's
words, name or number; nor does the list of processes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyrage import x25519

from tests.faults.conftest import ROOT, surroundings
from tests.postgres import Cluster
from tests.telegram.double import TOKEN, Double, Fault
from tests.telegram.process import Bot, free_port

PASSWORD, HOOK = "mat-khau-kin-9f3c", "chuoi-bi-mat-cua-webhook-77"
METRICS, QDRANT = "ma-xem-so-do-rat-kin-31", "khoa-qdrant-rat-kin-64"
SECRETS = (TOKEN.partition(":")[2], PASSWORD, HOOK, METRICS, QDRANT)
NAME, PHONE, MAIL, STORY = "Nguyễn Thị Kín Đáo", "0912345678", "kin.dao@thu-rieng.vn", "cái cống xanh lè trước quán phở"
PERSONAL = (NAME, "Kín Đáo", PHONE, "0912 345", MAIL, "kin.dao", "xanh lè", "Lê Thị Chị Lan", "CHIDS01234")
CHAT = 8_877_665_544


def processes() -> str:
    lines = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(file.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return "\n".join(lines)


def among(text: str, words: tuple[str, ...]) -> list[str]:
    return [w for w in words if w in text]


class Serving:
    """`python -m bot serve` with everything on, and what it leaves behind."""

    def __init__(self, bot: Bot, double: Double, folder: Path, site: int, metrics: int) -> None:
        self.bot, self.double, self.folder = bot, double, folder
        self.site, self.metrics = f"http://127.0.0.1:{site}", f"http://127.0.0.1:{metrics}/metrics"

    def command(self, *arguments: str) -> str:
        environment = surroundings(**self.bot.settings)
        command = [sys.executable, "-m", "bot", *arguments]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def told(self) -> str:
        answer = httpx.get(self.metrics, headers={"Authorization": f"Bearer {METRICS}"})
        assert answer.status_code == 200
        return answer.text


@pytest.fixture
def serving(shipped: Path, postgres: Cluster, tmp_path: Path) -> Iterator[Serving]:
    """The throw-away server trusts everybody, so any password does."""
    site, metrics = free_port(), free_port() % 20_000 + 30_000
    settings = {
        "DATABASE_URL": postgres.database().replace("postgres@", f"postgres:{PASSWORD}@"),
        "AUTHORITY_NAME": "UBND xã Bình An",
        "PORT": str(site),
        "LOG_FORMAT": "json",
        "LOG_LEVEL": "DEBUG",
        "METRICS_PORT": str(metrics),
        "METRICS_TOKEN": METRICS,
        "VECTOR_INDEX": "qdrant",
        "QDRANT_URL": "http://127.0.0.1:1",
        "QDRANT_API_KEY": QDRANT,
        "BACKUP_DIR": str(tmp_path / "copies"),
        "BACKUP_RECIPIENT": str(x25519.Identity.generate().to_public()),
    }
    with Double() as double, Bot(double, tmp_path / "var", shipped, "serve", **settings) as bot:
        yield Serving(bot, double, tmp_path, site, metrics)


def a_petition_by_the_api(serving: Serving) -> str:
    out = serving.command("key", "add", "so-noi-vu")
    key = re.findall(r"[\w-]{24,}", out)[-1]
    body = {
        "consent": True,
        "text": f"Đề nghị xã sửa {STORY}, cống bị nghẹt nên nước tràn ra đường. Tôi tên {NAME}.",
        "kind": "kien_nghi",
        "where": "12 đường Lê Lợi, xã Bình An",
        "contact": f"{NAME}, {PHONE}, {MAIL}",
    }
    answer = httpx.post(
        f"{serving.site}/api/v1/petitions", json=body, headers={"Authorization": f"Bearer {key}"}, timeout=30
    )
    assert answer.status_code == 201, answer.text
    broken = {**body, "kind": 5, "contact": [PHONE]}
    again = httpx.post(
        f"{serving.site}/api/v1/petitions", json=broken, headers={"Authorization": f"Bearer {key}"}, timeout=30
    )
    assert again.status_code == 422
    return str(answer.json()["code"])


def talk(serving: Serving) -> None:
    double = serving.double
    double.chat(CHAT, "Lê Thị Chị Lan")
    double.faults.append(Fault(500, 2, ("sendMessage",)))
    double.faults.append(Fault("nonsense", 1, ("getUpdates",)))
    double.say(CHAT, f"làm giấy khai sinh cần gì, tôi là {NAME}, gọi {PHONE} hoặc {MAIL}")
    double.wait(lambda: any("khai sinh" in t.lower() for t in double.texts(CHAT)), 90)
    for n in range(3):
        double.push({"message": {"chat": {"id": CHAT}, "text": f"{NAME} {PHONE}", "nonsense": n}})
        double.push({"callback_query": {"id": n, "from": {"id": CHAT, "first_name": NAME}, "data": STORY}})
    double.say(CHAT, f"tôi muốn phản ánh {STORY}")
    time.sleep(3)


@pytest.mark.slow
def test_what_a_whole_run_writes_tells_no_secret_and_of_nobody(serving: Serving) -> None:
    code = a_petition_by_the_api(serving)
    talk(serving)
    for path in (f"/thu-tuc/{NAME}", f"/quan-tri/moi/{'x' * 30}", f"/?q={PHONE}", "/api/v1/ask"):
        httpx.get(f"{serving.site}{path}", headers={"User-Agent": MAIL}, timeout=30)
    assert not among(processes(), SECRETS)
    metrics = serving.told()
    assert 'mot_cua_turns_total{door="telegram"' in metrics and not among(
        metrics, (*SECRETS, *PERSONAL, code, str(CHAT))
    )
    assert httpx.get(serving.metrics).status_code == 401
    doctor = subprocess.run(
        [sys.executable, "-m", "bot", "doctor"],
        cwd=ROOT,
        env=surroundings(**serving.bot.settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Qdrant" in doctor.stdout and not among(doctor.stdout + doctor.stderr, SECRETS)
    copies = serving.folder / "copies"
    serving.double.wait(lambda: list(copies.glob("mot-cua-*.age")), 90)
    assert serving.bot.stop() in (0, 1)
    journal = serving.bot.log()
    assert "Qdrant does not answer" in journal, "nothing was written: this test would prove nothing"
    assert not among(journal, (*SECRETS, *PERSONAL, str(CHAT)))
    for line in journal.splitlines():
        if line.startswith("{"):
            assert {"at", "level", "logger", "message"} <= json.loads(line).keys()
    for copy in copies.iterdir():
        assert not among(copy.read_bytes().decode("latin-1"), (*SECRETS, *PERSONAL))
    for file in (f for f in (serving.folder / "var").rglob("*") if f.is_file()):
        assert not among(file.read_bytes().decode(errors="replace"), SECRETS), file
